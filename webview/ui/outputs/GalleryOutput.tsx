import { useRef, useState } from 'preact/hooks';
import type { Gallery } from '../../../extension/core/demo/components';
import type { OutputContext } from './context';
import { nameOf } from './file';
import { galleryFile, Lightbox } from './Lightbox';
import type { GalleryItem } from './payload';
import { moveFocus } from './roving';
import { strings } from './strings';

interface GalleryProps {
  readonly items: readonly GalleryItem[];
  readonly component: Gallery;
  readonly context: OutputContext;
}

/** Thumbnails with captions and one tab stop; a thumbnail opens the lightbox. */
export function GalleryOutput({ items, component, context }: GalleryProps) {
  const grid = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const [open, setOpen] = useState(false);
  const stop = Math.min(current, items.length - 1);
  const close = () => {
    setOpen(false);
    grid.current?.querySelectorAll('button')[stop]?.focus();
  };
  return (
    <>
      <ul
        class="gallery"
        ref={grid}
        aria-label={component.label ?? strings.gallery}
        style={component.columns ? { gridTemplateColumns: `repeat(${component.columns}, minmax(0, 1fr))` } : undefined}
        onKeyDown={(event) => moveFocus(event, grid.current)}
      >
        {items.map((item, index) => (
          <li key={index}>
            <button
              type="button"
              class="thumbnail"
              tabIndex={index === stop ? 0 : -1}
              aria-label={strings.open(strings.galleryItem(index + 1, items.length, item.caption ?? ''))}
              onFocus={() => setCurrent(index)}
              onClick={() => {
                setCurrent(index);
                setOpen(true);
              }}
            >
              <Thumbnail item={item} />
              {item.caption && (
                <span class="caption" dir="auto">
                  {item.caption}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {open && <Lightbox items={items} index={stop} onMove={setCurrent} onClose={close} context={context} />}
    </>
  );
}

function Thumbnail({ item }: { readonly item: GalleryItem }) {
  const file = galleryFile(item);
  if (!file?.url) return <span class="thumbnail-name">{file ? nameOf(file) : ''}</span>;
  return item.image ? <img src={file.url} alt="" loading="lazy" /> : <video src={file.url} preload="metadata" muted />;
}
