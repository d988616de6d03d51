/** Which files an input takes. */
import type { MediaComponent } from './payload';

type Family = 'image' | 'audio' | 'video' | 'text';

/** Extensions by which a file is known when the system gives it no MIME type, or an unexpected one. */
const extensions: Readonly<Record<Family, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'svg', 'tif', 'tiff', 'heic', 'ico'],
  audio: ['wav', 'mp3', 'ogg', 'oga', 'opus', 'flac', 'm4a', 'aac', 'weba', 'aif', 'aiff'],
  video: ['mp4', 'm4v', 'webm', 'mov', 'mkv', 'avi', 'ogv', 'mpg', 'mpeg'],
  text: ['txt', 'md', 'csv', 'tsv', 'json', 'jsonl', 'log', 'xml', 'yaml', 'yml', 'py', 'js', 'ts', 'html', 'css'],
};

/** Gradio's names of families, or extensions with the dot; empty takes any file. */
export function wantedTypes(component: MediaComponent): readonly string[] {
  switch (component.kind) {
    case 'image':
    case 'audio':
    case 'video':
      return [component.kind];
    case 'gallery':
      return ['image', 'video'];
    case 'file':
      return (component.file_types ?? []).filter((type) => type !== 'file');
  }
}

/** The `accept` attribute of a file picker. */
export function acceptAttribute(component: MediaComponent): string {
  return wantedTypes(component)
    .map((type) => (isFamily(type) ? `${type}/*` : type))
    .join(',');
}

/** Whether a file may be given to the input. */
export function accepts(component: MediaComponent, file: { readonly name: string; readonly type: string }): boolean {
  const wanted = wantedTypes(component);
  return wanted.length === 0 || wanted.some((type) => matches(type, file));
}

function matches(wanted: string, { name, type }: { readonly name: string; readonly type: string }): boolean {
  if (wanted.includes('/')) return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (isFamily(wanted)) return type.startsWith(`${wanted}/`) || extensions[wanted].includes(extension);
  return name.toLowerCase().endsWith(`.${wanted.replace(/^\./, '').toLowerCase()}`);
}

function isFamily(type: string): type is Family {
  return Object.hasOwn(extensions, type);
}
