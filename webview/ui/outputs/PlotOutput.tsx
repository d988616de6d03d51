import { useState } from 'preact/hooks';
import { JsonTree } from './JsonTree';
import type { PlotPayload } from './payload';
import { ActualSizeButton, Picture } from './Picture';
import { strings } from './strings';

interface PlotProps {
  readonly value: PlotPayload;
  readonly label: string;
}

/** A plot that came as a picture; one that came as a library's JSON is shown as data, with the reason. */
export function PlotOutput({ value, label }: PlotProps) {
  const [actual, setActual] = useState(false);
  if (/^data:image\//i.test(value.plot))
    return (
      <figure class="output-figure">
        <Picture source={value.plot} alt={label} failure={strings.cannotShow(label)} actual={actual} />
        <div class="output-bar">
          <ActualSizeButton actual={actual} onChange={setActual} />
        </div>
      </figure>
    );
  return (
    <div class="output-unexpected">
      <p class="output-warning">{strings.plotNeedsExporter(value.type)}</p>
      <JsonTree value={parsed(value.plot)} label={label} />
    </div>
  );
}

/** The JSON of a library, or the text itself when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
