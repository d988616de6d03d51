import type { VNode } from 'preact';
import type { Component } from '../../../extension/core/demo/components';
import { AnnotatedImageOutput } from './AnnotatedImageOutput';
import type { OutputContext } from './context';
import { DataframeOutput } from './DataframeOutput';
import { FileOutput } from './FileOutput';
import { GalleryOutput } from './GalleryOutput';
import { HighlightedTextOutput } from './HighlightedTextOutput';
import { ImageOutput } from './ImageOutput';
import { JsonTree } from './JsonTree';
import { LabelOutput } from './LabelOutput';
import { Html, Markdown } from './Markdown';
import * as payload from './payload';
import { PlayerOutput } from './PlayerOutput';
import { PlotOutput } from './PlotOutput';
import { strings } from './strings';
import { CodeOutput, ColorOutput, TextOutput } from './TextOutput';
import {
  CheckboxGroupOutput,
  CheckboxOutput,
  ChoiceOutput,
  ChoicesOutput,
  NumberOutput,
  SliderOutput,
} from './ValueOutput';

export interface OutputProps {
  readonly component: Component;
  /** What the function returned for it; null or undefined before the first run. Trusted in nothing. */
  readonly value: unknown;
  readonly context: OutputContext;
}

/** Draws one output, without its label. */
export function OutputView({ component, value, context }: OutputProps) {
  if (component.kind === 'state') return null;
  if (value === null || value === undefined) return <Placeholder text={strings.empty} />;
  return draw(component, value, context) ?? <Unexpected kind={component.kind} value={value} />;
}

/** The drawing of a value of the right shape, or null. */
function draw(component: Component, value: unknown, context: OutputContext): VNode | null {
  switch (component.kind) {
    case 'textbox':
      return payload.isString(value) ? orEmpty(value, strings.emptyText, <TextOutput text={value} />) : null;
    case 'datetime':
      return payload.isString(value) ? orEmpty(value, strings.empty, <TextOutput text={value} />) : null;
    case 'code':
      return payload.isString(value)
        ? orEmpty(value, strings.emptyText, <CodeOutput text={value} component={component} />)
        : null;
    case 'colorpicker':
      return payload.isString(value) ? orEmpty(value, strings.empty, <ColorOutput text={value} />) : null;
    case 'markdown':
      return payload.isString(value)
        ? orEmpty(value.trim(), strings.emptyText, <Markdown text={value} openLink={context.openLink} />)
        : null;
    case 'html':
      return payload.isString(value)
        ? orEmpty(value.trim(), strings.emptyText, <Html text={value} openLink={context.openLink} />)
        : null;
    case 'number':
      return payload.isNumber(value) ? <NumberOutput value={value} /> : null;
    case 'slider':
      return payload.isNumber(value) ? <SliderOutput value={value} component={component} /> : null;
    case 'checkbox':
      return payload.isBoolean(value) ? <CheckboxOutput value={value} /> : null;
    case 'radio':
      return payload.isScalar(value) ? <ChoiceOutput value={value} choices={component.choices} /> : null;
    case 'checkboxgroup':
      return payload.isChosen(value) ? <CheckboxGroupOutput values={value} choices={component.choices} /> : null;
    case 'dropdown':
      if (payload.isScalar(value)) return <ChoiceOutput value={value} choices={component.choices} />;
      return payload.isChosen(value)
        ? orEmpty(value, strings.noneChosen, <ChoicesOutput values={value} choices={component.choices} />)
        : null;
    case 'json':
      return <JsonTree value={value} label={component.label ?? strings.jsonTree} />;
    case 'label':
      return payload.isLabel(value) ? <LabelOutput value={value} component={component} /> : null;
    case 'highlightedtext':
      return payload.isHighlightedText(value)
        ? orEmpty(value, strings.emptyText, <HighlightedTextOutput tokens={value} component={component} />)
        : null;
    case 'image':
      return payload.isFile(value) ? (
        <ImageOutput file={value} alt={component.label ?? strings.image} context={context} />
      ) : null;
    case 'audio':
    case 'video':
      return payload.isFile(value) ? <PlayerOutput file={value} component={component} context={context} /> : null;
    case 'file':
      if (payload.isFile(value)) return <FileOutput files={[value]} context={context} />;
      return payload.isFiles(value)
        ? orEmpty(value, strings.noFiles, <FileOutput files={value} context={context} />)
        : null;
    case 'gallery':
      return payload.isGallery(value)
        ? orEmpty(value, strings.empty, <GalleryOutput items={value} component={component} context={context} />)
        : null;
    case 'annotatedimage':
      return payload.isAnnotated(value) ? (
        <AnnotatedImageOutput value={value} component={component} context={context} />
      ) : null;
    case 'plot':
      return payload.isPlot(value) ? <PlotOutput value={value} label={component.label ?? strings.plot} /> : null;
    case 'dataframe':
      return payload.isDataframe(value) ? (
        <DataframeOutput table={value} component={component} context={context} />
      ) : null;
    case 'state':
      return null;
  }
}

function orEmpty(value: { readonly length: number }, text: string, drawing: VNode): VNode {
  return value.length === 0 ? <Placeholder text={text} /> : drawing;
}

function Placeholder({ text }: { readonly text: string }) {
  return <p class="output-placeholder">{text}</p>;
}

function Unexpected({ kind, value }: { readonly kind: string; readonly value: unknown }) {
  return (
    <div class="output-unexpected">
      <p class="output-warning">{strings.unexpected(kind)}</p>
      <JsonTree value={value} label={strings.jsonTree} />
    </div>
  );
}
