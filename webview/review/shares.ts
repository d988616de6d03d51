import { formatPercent } from '../ui/outputs/number';
import { strings } from './strings';

/** What rounds to 0 or 1 and is neither says so. */
const smallest = 0.0005;

/** A score from 0 to 1 as it is shown everywhere in the page. */
export function scoreText(score: number | null): string {
  if (score === null) return strings.none;
  if (score > 0 && score < smallest) return '< 0.001';
  if (score < 1 && score > 1 - smallest) return '> 0.999';
  return score.toFixed(3);
}

/** A probability in percent. */
export function probabilityText(probability: number): string {
  if (probability > 0 && probability < smallest) return '< 0.1%';
  if (probability < 1 && probability > 1 - smallest) return '> 99.9%';
  return formatPercent(probability);
}
