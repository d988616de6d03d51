// How much sooner label errors come up in an order that follows the decisions; see liveOrder.ts.

/** Share of the labels that are turned, of all classes or of one: what annotators confuse is seldom even. */
const cases = [
  { what: 'messages', share: 0.05, only: '' },
  { what: 'messages', share: 0.6, only: 'spam' },
  { what: 'mails', share: 0.05, only: '' },
  { what: 'mails', share: 0.4, only: 'spam' },
];
const seeds = [1, 2, 3];

/**
 * @param measure runs a command that prints JSON
 * @param ours `liveOrder.ts` as a file that Node.js runs
 */
export function liveOrder({ measure, ours, row, ratio, work }) {
  for (const { what, share, only } of cases) {
    const found = seeds.map((seed) => measure(process.execPath, [ours, what, work, `${share}`, only, `${seed}`]));
    const [{ reason, records }] = found;
    if (reason) {
      console.log(`\nThe order of ${what} is not compared: ${reason}`);
      continue;
    }
    const turned = `${100 * share} % of ${only === '' ? 'all' : only} labels turned`;
    const of = (name) => found.map((one) => one[name]);
    console.log(`\nDecisions until the 100th label error, ${records} ${what}, ${turned}`);
    row('in the order that was found', of('frozen'));
    row('in the order that follows the decisions', of('live'));
    ratio('found / following', of('frozen'), of('live'));
    row('label errors among the candidates', of('wrong_candidates'));
    row('left after 200 decisions', of('really_remaining'));
    for (const { remaining } of found) {
      const [value, low, high] = [remaining.value, remaining.low, remaining.high].map((number) => number.toFixed(0));
      console.log(`  … expected then: ${value} (${low} to ${high})`);
    }
  }
}
