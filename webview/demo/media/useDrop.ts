import { useState } from 'preact/hooks';

interface Drop {
  /** Whether files hover above the element now. */
  readonly hovering: boolean;
  /** For the element that files can be dropped on. */
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Makes an element take dropped files. */
export function useDrop(disabled: boolean, onFiles: (files: readonly File[]) => void): Drop {
  const [hovering, setHovering] = useState(false);
  const hover = (event: DragEvent) => {
    if (disabled) return;
    event.preventDefault();
    setHovering(true);
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    const inside =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!inside) setHovering(false);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setHovering(false);
    if (!disabled) onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  return { hovering, handlers: { onDragEnter: hover, onDragOver: hover, onDragLeave: leave, onDrop: drop } };
}
