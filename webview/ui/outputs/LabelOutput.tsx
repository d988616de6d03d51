import type { Label } from '../../../extension/core/demo/components';
import { formatPercent } from './number';
import type { Confidence, LabelPayload } from './payload';
import { strings } from './strings';

interface LabelProps {
  readonly value: LabelPayload;
  readonly component: Label;
}

/** The top class as a heading, then the most confident classes with a bar and a percentage each. */
export function LabelOutput({ value, component }: LabelProps) {
  const classes = topClasses(value.confidences ?? [], component.num_top_classes);
  const top = value.label ?? classes[0]?.label;
  return (
    <div class="output-label">
      <h3 class="output-heading" dir="auto">
        {top ?? strings.empty}
      </h3>
      {classes.length > 0 && (
        <ul class="output-bars">
          {classes.map((item, index) => (
            <ConfidenceBar key={index} {...item} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ConfidenceBar({ label, confidence }: Confidence) {
  const text = typeof confidence !== 'number' ? strings.noConfidence : formatPercent(confidence);
  return (
    <li class="output-confidence">
      <span dir="auto">{label}</span>
      <span class="output-percent">{text}</span>
      <progress
        class="output-progress"
        max={1}
        value={share(confidence)}
        aria-label={strings.percent(String(label), text)}
      />
    </li>
  );
}

/** The most confident first, equal ones in their given order; all when `count` is undefined. */
function topClasses(confidences: readonly Confidence[], count?: number): readonly Confidence[] {
  const rank = ({ confidence }: Confidence) =>
    typeof confidence !== 'number' || Number.isNaN(confidence) ? -Infinity : confidence;
  return [...confidences].sort((a, b) => (rank(b) > rank(a) ? 1 : rank(b) < rank(a) ? -1 : 0)).slice(0, count);
}

function share(confidence: Confidence['confidence']): number {
  return typeof confidence !== 'number' || Number.isNaN(confidence) ? 0 : Math.min(1, Math.max(0, confidence));
}
