import { isRecord, type Json } from '../../json';
import { fileData, isFileData } from '../fileData';
import { imageFormat, listOf, oneOf, positiveInteger, received, shouldBe } from './common';
import type { SpecOf } from './kindSpec';

const path = { type: ['string', 'null'] } as const;
const height = { schema: positiveInteger, description: 'Height of the view in pixels.' };
const pixels = ['numpy', 'pil', 'filepath'];
const pixelsNote = '`"numpy"` and `"pil"` need these packages in your Python.';

function file(value: string | null | undefined): Json {
  return typeof value === 'string' ? { ...fileData(value) } : null;
}

function notFile(payload: unknown): string | undefined {
  return isFileData(payload) ? undefined : shouldBe('a file', payload);
}

export const image: SpecOf<'image'> = {
  title: 'Image',
  description: 'A picture: chosen, dropped, pasted, or taken with the camera.',
  place: 'both',
  props: {
    value: { schema: path, description: 'Path of the image at first, relative to this file.' },
    type: received(pixels, 'numpy', pixelsNote),
    sources: {
      schema: listOf(oneOf('upload', 'webcam', 'clipboard')),
      default: ['upload', 'webcam', 'clipboard'],
      description: 'Where an image may come from.',
    },
    image_mode: {
      schema: path,
      default: 'RGB',
      description:
        'Pillow mode to which pixels are converted, such as `"RGB"` or `"L"`; `null` keeps the image as it is.',
    },
    format: imageFormat,
    height,
  },
  initial: ({ value }) => file(value),
  problem: (_, payload) => notFile(payload),
};

export const audio: SpecOf<'audio'> = {
  title: 'Audio',
  description: 'Sound: a file, or recorded with the microphone.',
  place: 'both',
  props: {
    value: { schema: path, description: 'Path of the sound at first, relative to this file.' },
    type: received(['numpy', 'filepath'], 'numpy', '`"numpy"` is `(sample rate, samples)`.'),
    sources: {
      schema: listOf(oneOf('upload', 'microphone')),
      default: ['upload', 'microphone'],
      description: 'Where sound may come from.',
    },
    format: { schema: { type: 'string' }, description: 'File type of sound that the function returns as samples.' },
  },
  initial: ({ value }) => file(value),
  problem: (_, payload) => notFile(payload),
};

export const video: SpecOf<'video'> = {
  title: 'Video',
  description: 'A video file. The function receives its path.',
  place: 'both',
  props: { value: { schema: path, description: 'Path of the video at first, relative to this file.' }, height },
  initial: ({ value }) => file(value),
  // Gradio up to 5 wraps the file: {"video": FileData, "subtitles": null}.
  problem: (_, payload) => notFile(isRecord(payload) && 'video' in payload ? payload.video : payload),
};

export const fileKind: SpecOf<'file'> = {
  title: 'File',
  description: 'One file of any type, or several.',
  place: 'both',
  props: {
    value: {
      schema: { anyOf: [path, listOf({ type: 'string' })] },
      description: 'Path of the file at first, relative to this file; a list with `"file_count": "multiple"`.',
    },
    file_count: { schema: oneOf('single', 'multiple'), default: 'single', description: 'One file or several.' },
    file_types: {
      schema: listOf({ type: 'string' }),
      description: 'What may be chosen: endings such as `".pdf"`, or `"image"`, `"audio"`, `"video"`, `"text"`.',
    },
    type: received(['filepath', 'binary'], 'filepath', '`"binary"` gives the bytes.'),
  },
  initial: ({ value, file_count }) => {
    if (file_count !== 'multiple') return file(typeof value === 'string' ? value : null);
    return value === undefined || value === null ? null : [value].flat().map(file);
  },
  problem: ({ file_count }, payload) => {
    if (file_count !== 'multiple') return notFile(payload);
    return Array.isArray(payload) && payload.every(isFileData) ? undefined : shouldBe('a list of files', payload);
  },
};

function isGalleryItem(item: unknown): boolean {
  if (!isRecord(item) || !(isFileData(item.image) || isFileData(item.video))) return false;
  return item.caption === undefined || item.caption === null || typeof item.caption === 'string';
}

export const gallery: SpecOf<'gallery'> = {
  title: 'Gallery',
  description: 'Images and videos with captions.',
  place: 'both',
  props: {
    columns: { schema: positiveInteger, default: 2, description: 'Columns of the grid.' },
    type: received(pixels, 'filepath', pixelsNote),
    format: imageFormat,
  },
  initial: () => [],
  problem: (_, payload) =>
    Array.isArray(payload) && payload.every(isGalleryItem) ? undefined : shouldBe('a list of images', payload),
};

export const annotatedimage: SpecOf<'annotatedimage'> = {
  title: 'Annotated image',
  description: 'An image with labelled areas, given as boxes or masks.',
  place: 'output',
  props: {
    color_map: { schema: colorMap(), description: 'Color of each label.' },
    format: imageFormat,
  },
  initial: () => null,
  problem: (_, payload) =>
    isRecord(payload) && isFileData(payload.image) && Array.isArray(payload.annotations)
      ? undefined
      : shouldBe('an image with annotations', payload),
};

/** Colors by label. */
export function colorMap() {
  return { type: 'object', additionalProperties: { type: 'string' } } as const;
}
