import { JsonTree } from './JsonTree';
import { ZoomImage } from './ImageOutput';
import type { PlotPayload } from './payload';
import { strings } from './strings';

interface PlotProps {
  readonly value: PlotPayload;
  readonly label: string;
}

/** A plot that came as a picture; one that came as a library's JSON is shown as data, with the reason. */
export function PlotOutput({ value, label }: PlotProps) {
  if (/^data:image\//i.test(value.plot)) return <ZoomImage source={value.plot} alt={label} name={label} />;
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
