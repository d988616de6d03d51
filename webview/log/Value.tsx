import type { GridMedia, SampleValue } from '../../extension/protocol/log';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { JsonTree } from '../demo/outputs/JsonTree';
import { LabelOutput } from '../demo/outputs/LabelOutput';
import { isLabel } from '../demo/outputs/payload';
import { strings } from './strings';

interface ValueProps {
  readonly value: SampleValue;
  /** Opens one of its files in an editor. */
  readonly open: (index: number) => void;
}

/** One value of a sample, drawn by what it looks like. */
export function Value({ value: { kind, value, media, name }, open }: ValueProps) {
  if (media.length > 0) {
    return (
      <>
        {media.map((file, index) => (
          <Media key={index} media={file} open={() => open(index)} />
        ))}
      </>
    );
  }
  if (value === null || value === undefined || value === '') return <p class="side-empty">{strings.emptyValue}</p>;
  if (kind === 'label' && isLabel(value))
    return <LabelOutput value={value} component={{ kind: 'label', label: name }} />;
  if (typeof value === 'object') return <JsonTree value={value} label={name} />;
  return <p class="side-text">{typeof value === 'string' ? value : JSON.stringify(value)}</p>;
}

function Media({
  media: { kind, name, url, problem },
  open,
}: {
  readonly media: GridMedia;
  readonly open: () => void;
}) {
  if (url === null) {
    return (
      <Notice severity="warning">
        <p>{problem ?? name}</p>
      </Notice>
    );
  }
  return (
    <div class="side-media">
      {kind === 'image' && <img class="side-image" src={url} alt={name} />}
      {kind === 'audio' && <audio controls preload="none" src={url} aria-label={name} />}
      {kind === 'video' && <video controls preload="metadata" class="side-image" src={url} aria-label={name} />}
      <Button caption={strings.openFile(name)} onClick={open} />
    </div>
  );
}
