import { controlAttributes, type DraftProps } from './control';
import { strings } from './strings';
import { useDraft, type Reading } from './useDraft';

/** A colour by picker, or by code where it is to be see-through. Empty is no colour. */
export function ColorField({ value, onChange, onProblem, ...wiring }: DraftProps<string>) {
  const { text, write } = useDraft({ value, format: (color) => color, read: readColor, onChange, onProblem });
  const codeId = `${wiring.id}-code`;
  return (
    <div class="color-field">
      <input
        {...controlAttributes(wiring)}
        type="color"
        value={opaqueHex(value)}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <span class="visually-hidden" id={`${codeId}-label`}>
        {strings.colorCode}
      </span>
      <input
        {...controlAttributes({ ...wiring, id: codeId })}
        class="text-input"
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-labelledby={`${wiring.labelId} ${codeId}-label`}
        value={text}
        onInput={({ currentTarget }) => write(currentTarget.value)}
      />
    </div>
  );
}

const hex = /^#([\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})$/i;
const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(\s*[,/]\s*[\d.]+%?)?\s*\)$/i;

function readColor(text: string): Reading<string> {
  const code = text.trim();
  return code === '' || hex.test(code) || rgb.test(code) ? { value: code } : { problem: strings.notAColor };
}

/** The form that the browser's picker understands. */
function opaqueHex(color: string): string {
  const digits = hex.exec(color)?.[1] ?? '';
  if (digits.length >= 6) return `#${digits.slice(0, 6)}`.toLowerCase();
  if (digits.length >= 3) return `#${digits.slice(0, 3).replace(/./g, '$&$&')}`.toLowerCase();
  const channels = rgb.exec(color)?.slice(1, 4) ?? ['0', '0', '0'];
  return `#${channels.map(channelHex).join('')}`;
}

function channelHex(channel: string): string {
  return Math.round(Math.min(255, Number(channel)))
    .toString(16)
    .padStart(2, '0');
}
