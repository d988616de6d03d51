import type { VNode } from 'preact';
import type { ControlProps } from '../../../webview/ui/control';
import { mount, perform, update } from '../outputs/mount';

export interface Mounted<Value> {
  readonly root: HTMLElement;
  readonly value: () => Value;
  /** As an example does. */
  readonly set: (value: Value) => Promise<void>;
}

/** A control whose page keeps its value. */
export function mountControl<Value>(first: Value, draw: (props: ControlProps<Value>) => VNode): Mounted<Value> {
  let value = first;
  const root = mount(null);
  const redraw = (): void => {
    const wiring = { id: 'it', labelId: 'it-label', describedBy: undefined, invalid: false, disabled: false };
    const onChange = (next: Value): void => {
      value = next;
      redraw();
    };
    update(root, draw({ ...wiring, value, onChange }));
  };
  redraw();
  const set = (next: Value): Promise<void> =>
    perform(() => {
      value = next;
      redraw();
    });
  return { root, value: () => value, set };
}
