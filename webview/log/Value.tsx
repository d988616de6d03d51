import type { GridMedia, SampleValue } from '../../extension/protocol/log';
import { LinkButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { HighlightedTextOutput } from '../ui/outputs/HighlightedTextOutput';
import { JsonTree } from '../ui/outputs/JsonTree';
import { LabelOutput } from '../ui/outputs/LabelOutput';
import { isHighlightedText, isLabel } from '../ui/outputs/payload';
import { Player } from '../ui/outputs/Player';
import { PlainText, TextOutput } from '../ui/outputs/TextOutput';
import { CheckboxOutput, NumberOutput } from '../ui/outputs/ValueOutput';
import { strings } from './strings';

interface ValueProps {
  readonly value: SampleValue;
  /** Opens one of its files in an editor. */
  readonly open: (index: number) => void;
  /** Opens all of a text of which only the beginning is here. */
  readonly openWhole: () => void;
}

/** One value of a sample, drawn by what it looks like. */
export function Value({ value: { kind, value, clippedFrom, media, name }, open, openWhole }: ValueProps) {
  if (clippedFrom !== null) return <Beginning text={String(value)} of={clippedFrom} openWhole={openWhole} />;
  if (media.length > 0) {
    return (
      <>
        {media.map((file, index) => (
          <Media key={index} media={file} open={() => open(index)} />
        ))}
      </>
    );
  }
  if (kind === 'label' && isLabel(value))
    return <LabelOutput value={value} component={{ kind: 'label', label: name }} />;
  return <Typed name={name} value={value} />;
}

interface BeginningProps {
  readonly text: string;
  /** Length of the whole text. */
  readonly of: number;
  readonly openWhole: () => void;
}

function Beginning({ text, of, openWhole }: BeginningProps) {
  return (
    <div class="output-text">
      <PlainText text={text} />
      <p class="side-empty">
        {strings.beginningOf(text.length, of)} <LinkButton caption={strings.openWhole} onClick={openWhole} />
      </p>
    </div>
  );
}

/** A value by its type. */
export function Typed({ name, value }: { readonly name: string; readonly value: unknown }) {
  if (value === null || value === undefined || value === '') return <p class="side-empty">{strings.emptyValue}</p>;
  if (typeof value === 'string') return <TextOutput text={value} />;
  if (typeof value === 'number') return <NumberOutput value={value} />;
  if (typeof value === 'boolean') return <CheckboxOutput value={value} />;
  const isMarked = isHighlightedText(value) && value.length > 0;
  if (isMarked) return <HighlightedTextOutput tokens={value} component={{ kind: 'highlightedtext', label: name }} />;
  return <JsonTree value={value} label={name} />;
}

interface MediaProps {
  readonly media: GridMedia;
  readonly open: () => void;
}

function Media({ media: { kind, name, url, problem }, open }: MediaProps) {
  if (url === null) {
    return (
      <p class="side-missing">
        <Icon name="warning" /> {problem ?? name}
      </p>
    );
  }
  return (
    <div class="output-figure">
      {kind === 'image' && <img class="side-image" src={url} alt={name} />}
      {(kind === 'audio' || kind === 'video') && (
        <Player kind={kind} source={url} label={name} failure={strings.cannotPlay(name)} />
      )}
      <div class="output-bar">
        <span class="output-name" dir="auto" title={name}>
          {name}
        </span>
        <button type="button" class="small-button" aria-label={strings.openFile(name)} onClick={open}>
          {strings.open}
        </button>
      </div>
    </div>
  );
}
