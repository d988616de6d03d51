import type { Choice, Component } from '../../extension/core/demo/components';
import { filesOf, type MediaComponent } from './media/payload';
import { strings } from './strings';

interface ExampleCellProps {
  readonly component: Component;
  readonly value: unknown;
}

/** One value of an example: short, or as a thumbnail. */
export function ExampleCell({ component, value }: ExampleCellProps) {
  if (!isMedia(component)) return <span class="example-text">{summary(component, value)}</span>;
  const files = filesOf(value);
  return (
    <span class="example-files">
      {files.map((file) => {
        const name = file.orig_name ?? file.path;
        const pictured = file.url && (component.kind === 'image' || component.kind === 'gallery');
        return pictured ? (
          <img key={file.path} src={file.url ?? ''} alt={name} loading="lazy" />
        ) : (
          <span key={file.path}>{name}</span>
        );
      })}
    </span>
  );
}

function isMedia(component: Component): component is MediaComponent {
  return ['image', 'audio', 'video', 'file', 'gallery'].includes(component.kind);
}

/** A value in one line. */
function summary(component: Component, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (component.kind === 'checkbox') return value === true ? strings.checked : strings.unchecked;
  if (component.kind === 'radio' || component.kind === 'dropdown' || component.kind === 'checkboxgroup') {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.map((item) => choiceLabel(component.choices, item)).join(', ');
  }
  return shortened(typeof value === 'string' ? value : JSON.stringify(value));
}

function choiceLabel(choices: readonly Choice[], value: unknown): string {
  return choices.find(([, choice]) => choice === value)?.[0] ?? String(value);
}

function shortened(text: string): string {
  const limit = 200;
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
