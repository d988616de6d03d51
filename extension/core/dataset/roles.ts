import type { Json } from '../json';
import { profileOf, type ColumnProfile } from './columnProfile';
import { listColumns } from './predProbs/probabilityRow';

/** What a single column may be for. */
export type ColumnRole = 'text' | 'label' | 'id' | 'media' | 'prediction';

/** What the columns of a dataset are for; undefined where none seems to be. */
export interface ColumnRoles {
  readonly text: string | undefined;
  readonly label: string | undefined;
  readonly id: string | undefined;
  /** Images, sounds or videos, or the paths of their files. */
  readonly media: string | undefined;
  /** One column a class, such as `prob_spam`. */
  readonly probabilities: readonly string[];
  /** Lists of probabilities or of `{label, score}`, as Argilla and the Hub keep predictions. */
  readonly prediction: string | undefined;
  /** What a column that has a role is taken for, and why, by its name: `the id: no cell of it comes twice`. */
  readonly reasons: ReadonlyMap<string, string>;
}

interface Guess {
  readonly role: ColumnRole;
  /** What a column of this role is called in its reason. */
  readonly noun: string;
  readonly names: RegExp;
  /** What the values say for the role, as the end of a sentence; undefined when they speak against it. */
  readonly values: (profile: ColumnProfile) => Evidence | undefined;
}

interface Evidence {
  /** 0 where the values fit but would not be enough without the name. */
  readonly weight: number;
  readonly because: string;
}

/** A name that says what a column is for counts more than values that look like it. */
const nameWeight = 10;
const mostClasses = 100;
const longestLabel = 60;

/** In the order in which they choose; a column has one role at most. */
const guesses: readonly Guess[] = [
  {
    role: 'prediction',
    noun: 'predictions',
    names: new RegExp(`^(?:${listColumns.join('|')})$`, 'i'),
    values: ({ lists }) => (lists > 0.5 ? { weight: 0, because: 'its cells are lists' } : undefined),
  },
  {
    role: 'media',
    noun: 'media',
    names: /^(?:image|img|picture|photo|audio|sound|video|file|file_?name|.*path)$/i,
    values: ({ mediaFiles }) => (mediaFiles > 0.5 ? { weight: 1, because: 'its cells are media files' } : undefined),
  },
  {
    role: 'text',
    noun: 'text',
    names:
      /^(?:text|texts|sentence|review|reviews|content|sms|message|messages|body|comment|tweet|post|document|description|abstract|question|utterance|input|inputs)$|[_ -]text$|^text[_ -]/i,
    values: textEvidence,
  },
  {
    role: 'label',
    noun: 'label',
    names:
      /^(?:labels?|category|categories|target|class(?:[_ -]?(?:index|name|label))?|sentiment|annotations?|intent|topic|tags?|y)$|[_ -]label$|^label[_ -]/i,
    values: labelEvidence,
  },
  {
    role: 'id',
    noun: 'id',
    names: /^(?:id|idx|index|uid|uuid|guid|key|unnamed: 0|)$|[_ -]id$/i,
    values: ({ count, distinct, averageLength }) =>
      count > 0 && distinct === count && averageLength <= longestLabel
        ? { weight: 0, because: 'no cell of it comes twice' }
        : undefined,
  },
];

/**
 * Guesses what columns are for, by their names and their values.
 *
 * @param rows some records, each with a cell for every column; a hundred are enough
 */
export function guessRoles(columns: readonly string[], rows: readonly (readonly Json[])[]): ColumnRoles {
  const profiles = columns.map((name, column) =>
    profileOf(
      name,
      rows.map((row) => row[column] ?? null),
    ),
  );
  const reasons = new Map<string, string>();
  const probabilities = probabilityColumns(profiles);
  for (const name of probabilities) {
    reasons.set(name, 'the probabilities of a class: its name begins so, and its cells are from 0 to 1');
  }
  const roles = new Map<ColumnRole, string>();
  for (const guess of guesses) {
    const best = bestFor(
      guess,
      profiles.filter(({ name }) => !reasons.has(name)),
    );
    if (!best) continue;
    roles.set(guess.role, best.name);
    reasons.set(best.name, `the ${guess.noun}: ${best.because}`);
  }
  return {
    text: roles.get('text'),
    label: roles.get('label'),
    id: roles.get('id'),
    media: roles.get('media'),
    probabilities,
    prediction: roles.get('prediction'),
    reasons,
  };
}

/** Of equals the first. */
function bestFor(
  { names, values }: Guess,
  profiles: readonly ColumnProfile[],
): { readonly name: string; readonly because: string } | undefined {
  let best: { readonly name: string; readonly because: string } | undefined;
  let most = 0;
  for (const profile of profiles) {
    const evidence = values(profile);
    if (!evidence) continue;
    const isNamed = names.test(profile.name);
    const weight = evidence.weight + (isNamed ? nameWeight : 0);
    if (weight <= most) continue;
    most = weight;
    best = { name: profile.name, because: (isNamed ? 'its name says so, and ' : '') + evidence.because };
  }
  return best;
}

/** Longer texts are better ones: a description rather than a title. */
function textEvidence({ count, averageLength, prose, numbers, lists }: ColumnProfile): Evidence | undefined {
  if (count === 0 || numbers > 0.5 || lists > 0.5 || averageLength === 0) return undefined;
  const length = Math.round(averageLength);
  const because = `its texts have ${length} character${length === 1 ? '' : 's'} on average`;
  return { weight: prose > 0.5 ? 1 + Math.min(averageLength / 1000, 1) : 0, because };
}

/** Few values that come again and again; the fewer the better. */
function labelEvidence(profile: ColumnProfile): Evidence | undefined {
  const { count, distinct, averageLength, numbers, integers } = profile;
  const isMeasured = numbers > 0.5 && integers < 1;
  if (count === 0 || averageLength > longestLabel || isMeasured) return undefined;
  const isRepeated = distinct > 1 && distinct <= Math.min(mostClasses, count / 2);
  const because = `it has ${distinct} different value${distinct === 1 ? '' : 's'} in ${count} records`;
  return { weight: isRepeated ? 1 + 1 / distinct : 0, because };
}

/** At least two columns of one prefix that hold nothing but numbers from 0 to 1. */
function probabilityColumns(profiles: readonly ColumnProfile[]): string[] {
  for (const prefix of ['prob_', 'proba_', 'p_']) {
    const found = profiles.filter(({ name, fractions }) => name.startsWith(prefix) && fractions === 1);
    if (found.length > 1) return found.map(({ name }) => name);
  }
  return [];
}
