import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileData } from '../../../extension/core/demo/fileData';
import { MediaInput } from '../../../webview/demo/media/MediaInput';
import type { MediaComponent } from '../../../webview/demo/media/payload';
import type { Upload } from '../../../webview/demo/media/upload';
import { file } from '../outputs/kinds';
import { button, find, mount, perform, texts, update } from '../outputs/mount';

const png = new File([new Uint8Array(10)], 'cat.png', { type: 'image/png' });
const pdf = new File([new Uint8Array(10)], 'cat.pdf', { type: 'application/pdf' });

const store: Upload = (sent, name) => Promise.resolve(file(name, { mime_type: sent.type, size: sent.size }));

interface Page {
  readonly root: HTMLElement;
  readonly value: () => unknown;
  /** As the page does on Clear. */
  readonly clear: () => void;
}

/** An input whose page keeps its value. */
function show(component: MediaComponent, upload: Upload = store, first: unknown = null, disabled = false): Page {
  let value = first;
  const root = mount(null);
  const draw = () => {
    update(
      root,
      <MediaInput
        component={component}
        value={value}
        onChange={(next) => {
          value = next;
          draw();
        }}
        upload={upload}
        disabled={disabled}
        labelId="label"
      />,
    );
  };
  draw();
  const clear = () => {
    value = null;
    draw();
  };
  return { root, value: () => value, clear };
}

/** A drag, drop or paste event with files. */
function transfer(type: string, property: string, files: readonly File[]): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.defineProperty(event, property, { value: { files } });
  return event;
}

function give(root: HTMLElement, how: 'drop' | 'paste', files: readonly File[]): Promise<void> {
  const property = how === 'drop' ? 'dataTransfer' : 'clipboardData';
  return perform(() => void find(root, '[role=group]').dispatchEvent(transfer(how, property, files)));
}

async function choose(root: HTMLElement, files: readonly File[]): Promise<void> {
  const picker = find(root, 'input[type=file]', HTMLInputElement);
  Object.defineProperty(picker, 'files', { configurable: true, value: files });
  await perform(() => void picker.dispatchEvent(new Event('change', { bubbles: true })));
}

afterEach(() => vi.unstubAllGlobals());

describe('MediaInput', () => {
  it('takes a file that is chosen, dropped or pasted, and shows it', async () => {
    for (const way of ['choose', 'drop', 'paste'] as const) {
      const { root, value } = show({ kind: 'image' });
      await (way === 'choose' ? choose(root, [png]) : give(root, way, [png]));
      expect((value() as FileData).orig_name, way).toBe('cat.png');
      expect(find(root, 'img', HTMLImageElement).alt).toBe('cat.png');
      expect(texts(root, '.media-item')[0]).toContain('10 bytes');
      expect(texts(root, '[role=status]')).toEqual(['cat.png added.']);
      expect(button(root, 'Replace…')).toBeTruthy();
    }
  });

  it('refuses what does not fit with a sentence, and keeps what was there', async () => {
    const before = file('old.png');
    const { root, value } = show({ kind: 'image' }, store, before);
    await give(root, 'drop', [pdf]);
    expect(value()).toBe(before);
    expect(find(root, '[role=alert]').textContent).toBe('cat.pdf is not an image. Choose another.');
    await give(root, 'drop', [png]);
    expect(find(root, '[role=alert]').textContent).toBe('');
  });

  it('names the types that a file input wants', async () => {
    const { root } = show({ kind: 'file', file_types: ['.csv', 'audio'] });
    expect(find(root, 'input', HTMLInputElement).accept).toBe('.csv,audio/*');
    await choose(root, [pdf]);
    expect(find(root, '[role=alert]').textContent).toContain('(.csv, audio)');
  });

  it('takes several files in their order and removes one', async () => {
    const { root, value } = show({ kind: 'file', file_count: 'multiple' });
    await choose(root, [png, pdf]);
    await perform(() => undefined);
    expect((value() as FileData[]).map(({ orig_name }) => orig_name)).toEqual(['cat.png', 'cat.pdf']);
    await perform(() => button(root, 'Remove cat.png').click());
    expect((value() as FileData[]).map(({ orig_name }) => orig_name)).toEqual(['cat.pdf']);
    expect(document.activeElement).toBe(button(root, 'Add files…'));
  });

  it('says when only the first of several fits', async () => {
    const { root, value } = show({ kind: 'image' });
    await give(root, 'drop', [png, new File([], 'dog.png', { type: 'image/png' })]);
    expect((value() as FileData).orig_name).toBe('cat.png');
    expect(find(root, '[role=alert]').textContent).toContain('Only one file');
  });

  it('shows how far a large file is and stops on request', async () => {
    const stopped: unknown[] = [];
    const slow: Upload = (_, __, onProgress, signal) =>
      new Promise((_resolve, reject) => {
        onProgress(5);
        signal?.addEventListener('abort', () => {
          stopped.push(signal.reason);
          reject(new Error('aborted'));
        });
      });
    const { root, value } = show({ kind: 'image' }, slow);
    await give(root, 'drop', [png]);
    const progress = find(root, 'progress', HTMLProgressElement);
    expect([progress.value, progress.max]).toEqual([5, 10]);
    expect(root.textContent).toContain('Adding cat.png: 5 bytes of 10 bytes');
    await perform(() => button(root, 'Cancel').click());
    expect(stopped).toHaveLength(1);
    expect(root.querySelector('progress')).toBeNull();
    expect(value()).toBeNull();
    expect(find(root, '[role=alert]').textContent).toBe('');
    expect(texts(root, '[role=status]')).toEqual(['cat.png was not added.']);
  });

  it('keeps the newest when a file is replaced while the first is on its way', async () => {
    const waiting: (() => void)[] = [];
    const upload: Upload = (sent, name) =>
      new Promise((resolve) => waiting.push(() => resolve(file(name, { size: sent.size }))));
    const { root, value } = show({ kind: 'image' }, upload);
    await give(root, 'drop', [png]);
    await give(root, 'drop', [new File([], 'dog.png', { type: 'image/png' })]);
    await perform(() => waiting[1]?.());
    await perform(() => waiting[0]?.());
    expect((value() as FileData).orig_name).toBe('dog.png');
  });

  it('forgets a file on its way when the page is cleared', async () => {
    const waiting: (() => void)[] = [];
    const upload: Upload = (_, name) => new Promise((resolve) => waiting.push(() => resolve(file(name))));
    const { root, value, clear } = show({ kind: 'image' }, upload, file('old.png'));
    await give(root, 'drop', [png]);
    await perform(clear);
    await perform(() => waiting[0]?.());
    expect(value()).toBeNull();
    expect(root.querySelector('progress')).toBeNull();
  });

  it('says why a file could not be added', async () => {
    const { root, value } = show({ kind: 'image' }, () =>
      Promise.reject(new Error('The disk is full. Free some space.')),
    );
    await give(root, 'paste', [png]);
    expect(find(root, '[role=alert]').textContent).toBe(
      'cat.png could not be added: The disk is full. Free some space.',
    );
    expect(value()).toBeNull();
  });

  it('shows where a file may be dropped and explains a drop without one', async () => {
    const { root } = show({ kind: 'image' });
    const group = find(root, '[role=group]');
    await perform(() => void group.dispatchEvent(transfer('dragenter', 'dataTransfer', [])));
    expect(group.className).toContain('hovering');
    await give(root, 'drop', []);
    expect(group.className).not.toContain('hovering');
    expect(find(root, '[role=alert]').textContent).toContain('no file');
  });

  it('takes nothing while disabled', async () => {
    const { root, value } = show({ kind: 'image' }, store, null, true);
    await give(root, 'drop', [png]);
    await give(root, 'paste', [png]);
    expect(value()).toBeNull();
    expect([...root.querySelectorAll('button')].every(({ disabled }) => disabled)).toBe(true);
  });

  it('lets pasted text through', async () => {
    const { root } = show({ kind: 'image' });
    const paste = transfer('paste', 'clipboardData', []);
    await perform(() => void find(root, '[role=group]').dispatchEvent(paste));
    expect(paste.defaultPrevented).toBe(false);
  });

  it('pastes an image of the clipboard by a button', async () => {
    const items = [{ types: ['text/plain', 'image/png'], getType: () => Promise.resolve(png) }];
    vi.stubGlobal('navigator', { clipboard: { read: () => Promise.resolve(items) } });
    const { root, value } = show({ kind: 'image' });
    await perform(() => button(root, 'Paste').click());
    await perform(() => undefined);
    expect((value() as FileData).orig_name).toBe('pasted.png');
  });

  it('explains a clipboard that holds no image, or is refused', async () => {
    const answers = [Promise.resolve([]), Promise.reject(new DOMException('no', 'NotAllowedError'))];
    vi.stubGlobal('navigator', { clipboard: { read: () => answers.shift() } });
    const { root } = show({ kind: 'image' });
    await perform(() => button(root, 'Paste').click());
    expect(find(root, '[role=alert]').textContent).toContain('holds no image');
    await perform(() => button(root, 'Paste').click());
    expect(find(root, '[role=alert]').textContent).toContain('Ctrl+V');
  });
});

describe('capture', () => {
  const captions = (root: HTMLElement) => texts(root, 'button');

  it('is not offered where the page has no devices', () => {
    vi.stubGlobal('navigator', {});
    expect(captions(show({ kind: 'image' }).root)).toEqual(['Choose file…']);
    expect(captions(show({ kind: 'audio' }).root)).toEqual(['Choose file…']);
  });

  it('is offered for the sources of the definition', () => {
    vi.stubGlobal('navigator', { mediaDevices: {} });
    vi.stubGlobal('MediaRecorder', vi.fn());
    expect(captions(show({ kind: 'image' }).root)).toEqual(['Choose file…', 'Camera']);
    expect(captions(show({ kind: 'audio' }).root)).toEqual(['Choose file…', 'Record']);
    expect(captions(show({ kind: 'image', sources: ['upload'] }).root)).toEqual(['Choose file…']);
    expect(captions(show({ kind: 'video' }).root)).toEqual(['Choose file…']);
  });

  it('says why the camera was not had, and offers it again', async () => {
    const refusal = new DOMException('denied', 'NotAllowedError');
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(refusal) } });
    const { root } = show({ kind: 'image' });
    await perform(() => button(root, 'Camera').click());
    await perform(() => undefined);
    expect(find(root, '[role=alert]').textContent).toContain('The camera was refused');
    expect(button(root, 'Camera').disabled).toBe(false);
  });

  it('gives the microphone back when the recording is cancelled', async () => {
    const track = { readyState: 'live', stop: () => (track.readyState = 'ended') };
    const stream = { getTracks: () => [track] };
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve(stream) } });
    vi.stubGlobal(
      'MediaRecorder',
      class {
        start = () => undefined;
      },
    );
    const { root, value } = show({ kind: 'audio' });
    await perform(() => button(root, 'Record').click());
    await perform(() => undefined);
    expect(root.textContent).toContain('Recording');
    await perform(() => button(root, 'Cancel').click());
    expect(track.readyState).toBe('ended');
    expect(value()).toBeNull();
  });
});
