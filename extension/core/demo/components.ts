import type { Json } from '../json';

/**
 * The components of a demo with Gradio's lower-case names and props (`gradio/components/*.py`, 6.25). Payloads, the JSON
 * that a page holds and a flag log serialises, are given beside each kind.
 */
export interface ComponentBase {
  /** The column of the flag log. Undefined only while defaults are not yet applied. */
  readonly label?: string;
  /** One line of help below the label. */
  readonly info?: string;
  readonly show_label?: boolean;
  readonly visible?: boolean;
  /** An input that the person may not change when false. */
  readonly interactive?: boolean;
}

/** A choice and the value it stands for; definitions may give a plain string or number for both. */
export type Choice = readonly [label: string, value: string | number];

/** Payload: string. */
export interface Textbox extends ComponentBase {
  readonly kind: 'textbox';
  readonly value?: string;
  readonly lines?: number;
  readonly max_lines?: number;
  readonly max_length?: number;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password' | 'email';
}

/** Payload: number or null. */
export interface NumberComponent extends ComponentBase {
  readonly kind: 'number';
  readonly value?: number | null;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly step?: number;
  /** Decimal places; 0 makes integers. */
  readonly precision?: number;
}

/** Payload: number. */
export interface Slider extends ComponentBase {
  readonly kind: 'slider';
  readonly value?: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step?: number;
}

/** Payload: boolean. */
export interface Checkbox extends ComponentBase {
  readonly kind: 'checkbox';
  readonly value?: boolean;
}

/** Payload: array of values. */
export interface CheckboxGroup extends ComponentBase {
  readonly kind: 'checkboxgroup';
  readonly choices: readonly Choice[];
  readonly value?: readonly (string | number)[];
  readonly type?: 'value' | 'index';
}

/** Payload: value or null. */
export interface Radio extends ComponentBase {
  readonly kind: 'radio';
  readonly choices: readonly Choice[];
  readonly value?: string | number | null;
  readonly type?: 'value' | 'index';
}

/** Payload: value or null; array of values when `multiselect`. */
export interface Dropdown extends ComponentBase {
  readonly kind: 'dropdown';
  readonly choices: readonly Choice[];
  readonly value?: string | number | readonly (string | number)[] | null;
  readonly multiselect?: boolean;
  readonly max_choices?: number;
  readonly filterable?: boolean;
  readonly allow_custom_value?: boolean;
  readonly type?: 'value' | 'index';
}

/** Payload: FileData or null. `type` is what the function receives. */
export interface Image extends ComponentBase {
  readonly kind: 'image';
  readonly value?: string | null;
  readonly type?: 'filepath' | 'numpy' | 'pil';
  readonly sources?: readonly ('upload' | 'webcam' | 'clipboard')[];
  readonly image_mode?: string | null;
  /** File type of images that the function returns as pixels. */
  readonly format?: string;
  readonly height?: number;
}

/** Payload: FileData or null. */
export interface Audio extends ComponentBase {
  readonly kind: 'audio';
  readonly value?: string | null;
  readonly type?: 'filepath' | 'numpy';
  readonly sources?: readonly ('upload' | 'microphone')[];
  readonly format?: string;
}

/** Payload: FileData or null. */
export interface Video extends ComponentBase {
  readonly kind: 'video';
  readonly value?: string | null;
  readonly height?: number;
}

/** Payload: FileData or null; array of FileData when `file_count` is "multiple". */
export interface FileComponent extends ComponentBase {
  readonly kind: 'file';
  readonly value?: string | readonly string[] | null;
  readonly file_count?: 'single' | 'multiple';
  /** Extensions with the dot (".pdf") or "image", "audio", "video", "text". */
  readonly file_types?: readonly string[];
  readonly type?: 'filepath' | 'binary';
}

export type DataframeDatatype = 'str' | 'number' | 'bool' | 'date' | 'markdown' | 'html';

/** Payload: `{headers: string[], data: Json[][], metadata: null | object}`. */
export interface Dataframe extends ComponentBase {
  readonly kind: 'dataframe';
  readonly headers?: readonly string[];
  readonly datatype?: DataframeDatatype | readonly DataframeDatatype[];
  readonly row_count?: number;
  readonly col_count?: number;
  readonly value?: Json;
  readonly type?: 'pandas' | 'numpy' | 'array';
}

/** Payload: any JSON. */
export interface JsonComponent extends ComponentBase {
  readonly kind: 'json';
  readonly value?: Json;
}

/** Payload: string. */
export interface Code extends ComponentBase {
  readonly kind: 'code';
  readonly value?: string;
  readonly language?: string;
  readonly lines?: number;
}

/** Payload: string, `#rrggbb` or `rgba(…)`. */
export interface ColorPicker extends ComponentBase {
  readonly kind: 'colorpicker';
  readonly value?: string;
}

/** Payload: string, `YYYY-MM-DD HH:MM:SS` (or the date alone without `include_time`). `type` is what the function receives. */
export interface DateTime extends ComponentBase {
  readonly kind: 'datetime';
  readonly value?: string;
  readonly include_time?: boolean;
  readonly type?: 'timestamp' | 'datetime' | 'string';
}

/** Payload: `{label: string, confidences: {label: string, confidence: number | null}[] | null}`. Output only. */
export interface Label extends ComponentBase {
  readonly kind: 'label';
  readonly num_top_classes?: number;
}

/** Payload: `{token: string, class_or_confidence: string | number | null}[]`. */
export interface HighlightedText extends ComponentBase {
  readonly kind: 'highlightedtext';
  readonly color_map?: Readonly<Record<string, string>>;
  readonly show_legend?: boolean;
  readonly combine_adjacent?: boolean;
}

/** Payload: string. */
export interface Markdown extends ComponentBase {
  readonly kind: 'markdown';
  readonly value?: string;
}

/** Payload: string; shown sanitised. */
export interface Html extends ComponentBase {
  readonly kind: 'html';
  readonly value?: string;
}

/** Payload: `({image: FileData, caption: string | null} | {video: FileData, caption: string | null})[]`. */
export interface Gallery extends ComponentBase {
  readonly kind: 'gallery';
  readonly columns?: number;
  readonly type?: 'filepath' | 'numpy' | 'pil';
  readonly format?: string;
}

/** Payload: `{type: string, plot: string}`; a data URI for "matplotlib", the library's JSON for others. Output only. */
export interface Plot extends ComponentBase {
  readonly kind: 'plot';
  readonly format?: string;
}

/** Payload: `{image: FileData, annotations: {image: FileData, label: string}[]}`. Output only. */
export interface AnnotatedImage extends ComponentBase {
  readonly kind: 'annotatedimage';
  readonly color_map?: Readonly<Record<string, string>>;
  readonly format?: string;
}

/** Payload: any JSON. Kept between runs, never drawn; an input and an output of this kind pair up by order. */
export interface State extends ComponentBase {
  readonly kind: 'state';
  readonly value?: Json;
}

export type Component =
  | Textbox
  | NumberComponent
  | Slider
  | Checkbox
  | CheckboxGroup
  | Radio
  | Dropdown
  | Image
  | Audio
  | Video
  | FileComponent
  | Dataframe
  | JsonComponent
  | Code
  | ColorPicker
  | DateTime
  | Label
  | HighlightedText
  | Markdown
  | Html
  | Gallery
  | Plot
  | AnnotatedImage
  | State;

export type ComponentKind = Component['kind'];

export type ComponentOf<K extends ComponentKind> = Extract<Component, { kind: K }>;
