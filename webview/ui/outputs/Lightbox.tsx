import { useEffect, useRef } from 'preact/hooks';
import type { OutputContext } from './context';
import { nameOf } from './file';
import { FileBar } from './FileOutput';
import { ImageOutput } from './ImageOutput';
import type { GalleryItem, ShownFile } from './payload';
import { Player } from './Player';
import { strings } from './strings';

interface LightboxProps {
  readonly items: readonly GalleryItem[];
  readonly index: number;
  readonly onMove: (index: number) => void;
  readonly onClose: () => void;
  readonly context: OutputContext;
}

/** One item of a gallery over the page: arrows go on, Escape closes; the browser keeps the focus inside. */
export function Lightbox({ items, index, onMove, onClose, context }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const move = (to: number) => onMove(Math.min(items.length - 1, Math.max(0, to)));
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    Home: 0,
    End: items.length - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keys[event.key];
    if (target === undefined || event.target instanceof HTMLMediaElement) return;
    event.preventDefault();
    move(target);
  };
  const item = items[index];
  if (!item) return null;
  const caption = item.caption ?? '';
  const title = strings.galleryItem(index + 1, items.length, caption);
  return (
    <dialog class="lightbox" ref={dialog} aria-label={title} onKeyDown={onKeyDown} onClose={onClose}>
      <div class="lightbox-bar">
        <p class="lightbox-title" dir="auto" aria-live="polite">
          {title}
        </p>
        <button type="button" class="small-button" disabled={index === 0} onClick={() => move(index - 1)}>
          {strings.previous}
        </button>
        <button
          type="button"
          class="small-button"
          disabled={index === items.length - 1}
          onClick={() => move(index + 1)}
        >
          {strings.next}
        </button>
        <button type="button" class="small-button" onClick={() => dialog.current?.close()}>
          {strings.close}
        </button>
      </div>
      <LightboxItem key={index} item={item} title={title} context={context} />
    </dialog>
  );
}

interface LightboxItemProps {
  readonly item: GalleryItem;
  readonly title: string;
  readonly context: OutputContext;
}

function LightboxItem({ item, title, context }: LightboxItemProps) {
  if (item.image) return <ImageOutput file={item.image} alt={title} context={context} />;
  if (!item.video) return null;
  const failure = strings.cannotPlay(nameOf(item.video));
  return (
    <figure class="output-figure">
      <Player kind="video" source={item.video.url} label={title} failure={failure} />
      <FileBar file={item.video} context={context} />
    </figure>
  );
}

/** The file of an item, picture or film. */
export function galleryFile(item: GalleryItem): ShownFile | undefined {
  return item.image ?? item.video;
}
