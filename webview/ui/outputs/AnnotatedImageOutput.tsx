import { useState } from 'preact/hooks';
import type { AnnotatedImage } from '../../../extension/core/demo/components';
import type { OutputContext } from './context';
import { nameOf } from './file';
import { FileBar } from './FileOutput';
import type { AnnotatedPayload } from './payload';
import { strings } from './strings';

interface AnnotatedImageProps {
  readonly value: AnnotatedPayload;
  readonly component: AnnotatedImage;
  readonly context: OutputContext;
}

/** A picture below its masks; each mask has a switch in the legend, and stands out while its switch has the focus. */
export function AnnotatedImageOutput({ value, component, context }: AnnotatedImageProps) {
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [pointed, setPointed] = useState<number | null>(null);
  const [broken, setBroken] = useState(false);
  const toggle = (index: number) => {
    const next = new Set(hidden);
    if (!next.delete(index)) next.add(index);
    setHidden(next);
  };
  const alt = [component.label ?? strings.image, ...value.annotations.map(({ label }) => label)].join(', ');
  return (
    <figure class="output-figure">
      {broken || !value.image.url ? (
        <p class="output-warning">{strings.cannotShow(nameOf(value.image))}</p>
      ) : (
        <div class="annotated">
          <img src={value.image.url} alt={alt} onError={() => setBroken(true)} />
          {value.annotations.map(({ image }, index) =>
            hidden.has(index) || !image.url ? null : (
              <img key={index} class={maskClass(index, pointed)} src={image.url} alt="" />
            ),
          )}
        </div>
      )}
      <ul class="legend" aria-label={strings.legend}>
        {value.annotations.map(({ label }, index) => (
          <li key={index}>
            <button
              type="button"
              class="legend-item"
              style={{ '--mark': component.color_map?.[label] ?? 'var(--vscode-foreground)' }}
              aria-pressed={!hidden.has(index)}
              onClick={() => toggle(index)}
              onFocus={() => setPointed(index)}
              onBlur={() => setPointed(null)}
              onMouseEnter={() => setPointed(index)}
              onMouseLeave={() => setPointed(null)}
            >
              <span aria-hidden="true">{hidden.has(index) ? '☐' : '☑'}</span> <span dir="auto">{label}</span>
            </button>
          </li>
        ))}
      </ul>
      <FileBar file={value.image} context={context} />
    </figure>
  );
}

function maskClass(index: number, pointed: number | null): string {
  if (pointed === null) return 'mask';
  return index === pointed ? 'mask strong' : 'mask faint';
}
