const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index) => index + 1,
  ArrowDown: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Moves the focus among the items of a group that has one tab stop; the items carry a `tabindex`. */
export function moveFocus(event: KeyboardEvent, group: HTMLElement | null): void {
  const items = [...(group?.querySelectorAll<HTMLElement>('[tabindex]') ?? [])];
  const index = items.findIndex((item) => item === document.activeElement);
  const step = steps[event.key];
  if (index < 0 || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  items[Math.min(items.length - 1, Math.max(0, step(index, items.length)))]?.focus();
}
