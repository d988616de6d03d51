import type { ComponentKind } from '../../demo/components';
import { isList, isMap, PythonFloat, type PythonValue } from './pythonValue';

/** What pydantic makes of a value: fields in their declared order, defaults filled in, unknown fields dropped. */
type Model = (value: PythonValue) => PythonValue;

interface Field {
  readonly model: Model;
  readonly default: PythonValue;
}

const any: Field = { model: (value) => value, default: null };

/** `float`, alone or in a union: integers become floats. What does not fit stays, so that it is not lost. */
const float: Field = {
  model: (value) => (typeof value === 'bigint' ? new PythonFloat(Number(value)) : value),
  default: null,
};

function listOf(model: Model): Model {
  return (value) => (isList(value) ? value.map(model) : value);
}

function object(fields: Readonly<Record<string, Field>>): Model {
  return (value) => {
    if (!isMap(value)) return value;
    return new Map(
      Object.entries(fields).map(([name, field]) => {
        const given = value.get(name);
        return [name, given === undefined ? field.default : field.model(given)];
      }),
    );
  };
}

const file = object({
  path: any,
  url: any,
  size: any,
  orig_name: any,
  mime_type: any,
  is_stream: { ...any, default: false },
  meta: { ...any, default: new Map([['_type', 'gradio.FileData']]) },
});
const fileField: Field = { model: file, default: null };

const videoData = object({ video: fileField, subtitles: fileField });

const label = object({
  label: any,
  confidences: { model: listOf(object({ label: any, confidence: float })), default: null },
});

const galleryImage = object({ image: fileField, caption: any });
const galleryVideo = object({ video: fileField, caption: any });

/** The data models of Gradio's components (`data_model` in `gradio/components`); kinds without one are not listed. */
const models: Readonly<Partial<Record<ComponentKind, Model>>> = {
  image: file,
  audio: file,
  video: (value) => (isMap(value) && value.has('video') ? videoData(value) : file(value)),
  file: (value) => (isList(value) ? value.map(file) : file(value)),
  dataframe: object({ headers: any, data: any, metadata: any }),
  label,
  highlightedtext: listOf(object({ token: any, class_or_confidence: float })),
  gallery: listOf((item) => (isMap(item) && item.has('video') ? galleryVideo(item) : galleryImage(item))),
  plot: object({ type: any, plot: any }),
  annotatedimage: object({
    image: fileField,
    annotations: { model: listOf(object({ image: fileField, label: any })), default: null },
  }),
};

/** Whether Gradio stores the files in a payload of this kind. */
export function hasModel(kind: ComponentKind): boolean {
  return models[kind] !== undefined;
}

/**
 * A payload as Gradio holds it after parsing it with the component's data model.
 *
 * @param wrapsVideo Gradio before 6.0 kept a video beside its subtitles
 */
export function normalise(kind: ComponentKind, payload: PythonValue, wrapsVideo: boolean): PythonValue {
  const value = models[kind]?.(payload) ?? payload;
  if (kind !== 'video' || !wrapsVideo || !isFile(value)) return value;
  return new Map<string, PythonValue>([
    ['video', value],
    ['subtitles', null],
  ]);
}

/** True for the object by which Gradio passes a stored file. */
export function isFile(value: PythonValue): value is ReadonlyMap<string, PythonValue> {
  if (!isMap(value) || typeof value.get('path') !== 'string') return false;
  const meta = value.get('meta') ?? null;
  return isMap(meta) && meta.get('_type') === 'gradio.FileData';
}
