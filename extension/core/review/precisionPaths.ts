/** Decided candidates by rank. */
export interface Outcomes {
  /** From 0, any order. */
  readonly ranks: Uint32Array;
  /** 1 for a label error, 0 for none, ½ for an ambiguous one. */
  readonly errors: Float64Array;
}

/** Ways in which precision may go along the ranks, drawn from what the outcomes leave possible. */
export interface PrecisionPaths {
  /** Block of a rank. */
  readonly blockOf: (rank: number) => number;
  readonly blocks: number;
  /** One a draw: precision of each block. */
  readonly draws: readonly Float64Array[];
}

const blocks = 48;
const drawn = 400;
/** Ranks that make up the first unit of the scale: ranks count by their logarithm from about there on. */
const firstRanks = 20;
/** Log odds of precision. */
const states = Float64Array.from({ length: 45 }, (_, index) => (index - 22) / 4);
const precisions = states.map((odds) => 1 / (1 + Math.exp(-odds)));
/** How the log odds may wander per unit of the scale: standard deviations and drifts. */
const wanderings = [0.5, 1.5, 4].flatMap((deviation) => [0, -1.5, -5].map((drift) => ({ deviation, drift })));

/**
 * Draws how precision may fall along the ranks: a random walk of its log odds over the logarithm of the rank, so that what
 * was seen far above says little of what lies below. How far it wanders is learned from the outcomes. Drawn by forward
 * filtering and backward sampling (C. K. Carter, R. Kohn, "On Gibbs sampling for state space models", Biometrika 81, 1994)
 * on a grid of states; the same outcomes always give the same draws.
 *
 * @param candidates how many ranks there are
 */
export function drawPaths({ ranks, errors }: Outcomes, candidates: number): PrecisionPaths {
  const scale = blocks / Math.log1p(candidates / firstRanks);
  const blockOf = (rank: number): number => Math.min(blocks - 1, Math.floor(Math.log1p(rank / firstRanks) * scale));
  const wrong = new Float64Array(blocks);
  const right = new Float64Array(blocks);
  for (let index = 0; index < ranks.length; index++) {
    const block = blockOf(ranks[index] ?? 0);
    wrong[block] = (wrong[block] ?? 0) + (errors[index] ?? 0);
    right[block] = (right[block] ?? 0) + 1 - (errors[index] ?? 0);
  }
  const likelihoods = Array.from({ length: blocks }, (_, block) => likelihoodOf(wrong[block] ?? 0, right[block] ?? 0));
  const filters = wanderings.map(({ deviation, drift }) =>
    filtered(likelihoods, kernelOf(drift / scale, deviation / Math.sqrt(scale))),
  );
  const most = Math.max(...filters.map(({ evidence }) => evidence));
  const weights = Float64Array.from(filters, ({ evidence }) => Math.exp(evidence - most));
  const random = randomNumbers();
  const draws = Array.from({ length: drawn }, () => {
    const filter = filters[draw(weights, random())];
    return filter ? pathOf(filter, random) : new Float64Array(blocks);
  });
  return { blockOf, blocks, draws };
}

/** By state, scaled so that the largest is 1; scaling is in `log`. */
interface Likelihood {
  readonly values: Float64Array;
  readonly log: number;
}

function likelihoodOf(wrong: number, right: number): Likelihood {
  const logs = precisions.map((precision) => wrong * Math.log(precision) + right * Math.log(1 - precision));
  const log = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return { values: logs.map((value) => Math.exp(value - log)), log };
}

/** Probabilities of state × next state. */
type Kernel = readonly Float64Array[];

function kernelOf(drift: number, deviation: number): Kernel {
  return Array.from(states, (from) => {
    // A step below the width of the grid is drawn by chance to one of the states beside it.
    const spread = Math.max(deviation, 0.1);
    return normalised(states.map((to) => Math.exp(-0.5 * ((to - from - drift) / spread) ** 2)));
  });
}

interface Filter {
  readonly kernel: Kernel;
  /** Of each block, given the outcomes of it and those before. */
  readonly beliefs: readonly Float64Array[];
  /** Logarithm of the probability of all outcomes. */
  readonly evidence: number;
}

function filtered(likelihoods: readonly Likelihood[], kernel: Kernel): Filter {
  // Any precision is as likely at first.
  let predicted = normalised(precisions.map((precision) => precision * (1 - precision)));
  let evidence = 0;
  const beliefs = likelihoods.map(({ values, log }) => {
    const joint = predicted.map((belief, state) => belief * (values[state] ?? 0));
    evidence += log + Math.log(sumOf(joint));
    const belief = normalised(joint);
    predicted = stepped(belief, kernel);
    return belief;
  });
  return { kernel, beliefs, evidence };
}

function stepped(belief: Float64Array, kernel: Kernel): Float64Array {
  const next = new Float64Array(belief.length);
  for (const [state, weight] of belief.entries()) {
    const row = kernel[state];
    if (weight < 1e-12 || !row) continue;
    for (let to = 0; to < next.length; to++) next[to] = (next[to] ?? 0) + weight * (row[to] ?? 0);
  }
  return next;
}

/** A path of precisions, drawn from its end to its beginning. */
function pathOf({ beliefs, kernel }: Filter, random: () => number): Float64Array {
  const path = new Float64Array(beliefs.length);
  const weights = new Float64Array(states.length);
  let next = -1;
  for (let block = beliefs.length - 1; block >= 0; block--) {
    const belief = beliefs[block];
    for (let state = 0; state < weights.length; state++)
      weights[state] = (belief?.[state] ?? 0) * (next < 0 ? 1 : (kernel[state]?.[next] ?? 0));
    next = draw(weights, random());
    path[block] = precisions[next] ?? 0;
  }
  return path;
}

/** The index that a share of the sum of the weights falls on. */
function draw(weights: Float64Array, share: number): number {
  let left = share * sumOf(weights);
  for (let index = 0; index < weights.length; index++) {
    left -= weights[index] ?? 0;
    if (left < 0) return index;
  }
  return weights.length - 1;
}

function normalised(weights: Float64Array): Float64Array {
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** From 0 to 1, always the same ones (mulberry32), so that an estimate changes only with the decisions. */
export function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
