/** Checks of what a function returned: a payload of the wrong shape must never break the page. */
type Guard<T> = (value: unknown) => value is T;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const isString: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value) => typeof value === 'number';
export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';

/** A value of a choice. */
export const isScalar: Guard<string | number> = (value) => isString(value) || isNumber(value);

function isListOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

/** Absent means null, as in Gradio's data models. */
type Optional<T> = T | null | undefined;

const isOptional =
  <T>(guard: Guard<T>): Guard<Optional<T>> =>
  (value): value is Optional<T> =>
    value === null || value === undefined || guard(value);

/** A FileData with the fields that the page reads. */
export interface ShownFile {
  readonly path: string;
  readonly url?: Optional<string>;
  /** Bytes. */
  readonly size?: Optional<number>;
  readonly orig_name?: Optional<string>;
  readonly mime_type?: Optional<string>;
}

export const isFile: Guard<ShownFile> = (value): value is ShownFile =>
  isRecord(value) &&
  isString(value.path) &&
  isOptional(isString)(value.url) &&
  isOptional(isNumber)(value.size) &&
  isOptional(isString)(value.orig_name) &&
  isOptional(isString)(value.mime_type);

export interface Confidence {
  readonly label: string | number;
  readonly confidence?: Optional<number>;
}

export interface LabelPayload {
  readonly label?: Optional<string | number>;
  readonly confidences?: Optional<readonly Confidence[]>;
}

const isConfidence: Guard<Confidence> = (value): value is Confidence =>
  isRecord(value) && isScalar(value.label) && isOptional(isNumber)(value.confidence);

export const isLabel: Guard<LabelPayload> = (value): value is LabelPayload =>
  isRecord(value) &&
  isOptional(isScalar)(value.label) &&
  isOptional(isListOf(isConfidence))(value.confidences) &&
  (isScalar(value.label) || Array.isArray(value.confidences));

export interface HighlightedToken {
  readonly token: string;
  readonly class_or_confidence?: Optional<string | number>;
}

const isToken: Guard<HighlightedToken> = (value): value is HighlightedToken =>
  isRecord(value) && isString(value.token) && isOptional(isScalar)(value.class_or_confidence);

export const isHighlightedText: Guard<readonly HighlightedToken[]> = isListOf(isToken);

export interface GalleryItem {
  readonly image?: ShownFile;
  readonly video?: ShownFile;
  readonly caption?: Optional<string>;
}

const isGalleryItem: Guard<GalleryItem> = (value): value is GalleryItem =>
  isRecord(value) && (isFile(value.image) || isFile(value.video)) && isOptional(isString)(value.caption);

export const isGallery: Guard<readonly GalleryItem[]> = isListOf(isGalleryItem);

export interface AnnotatedPayload {
  readonly image: ShownFile;
  readonly annotations: readonly { readonly image: ShownFile; readonly label: string }[];
}

export const isAnnotated: Guard<AnnotatedPayload> = (value): value is AnnotatedPayload =>
  isRecord(value) &&
  isFile(value.image) &&
  Array.isArray(value.annotations) &&
  value.annotations.every((item) => isRecord(item) && isFile(item.image) && isString(item.label));

export interface PlotPayload {
  readonly type: string;
  readonly plot: string;
}

export const isPlot: Guard<PlotPayload> = (value): value is PlotPayload =>
  isRecord(value) && isString(value.type) && isString(value.plot);

export interface DataframePayload {
  readonly headers: readonly (string | number)[];
  readonly data: readonly (readonly unknown[])[];
}

export const isDataframe: Guard<DataframePayload> = (value): value is DataframePayload =>
  isRecord(value) && isListOf(isScalar)(value.headers) && Array.isArray(value.data) && value.data.every(Array.isArray);

export const isChosen = isListOf(isScalar);
export const isFiles = isListOf(isFile);
