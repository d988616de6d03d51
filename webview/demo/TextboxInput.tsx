import type { Textbox } from '../../extension/core/demo/components';
import type { ControlProps } from '../ui/control';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';

interface TextboxInputProps extends ControlProps<string> {
  readonly component: Textbox;
}

/** As Gradio's textbox: it grows with its text, since a text of one line may be pasted with several. */
export function TextboxInput({ component, ...control }: TextboxInputProps) {
  const { type = 'text', lines = 1, max_lines = 20, placeholder } = component;
  if (type !== 'text') return <TextField {...control} type={type} placeholder={placeholder} />;
  return <TextArea {...control} lines={lines} maxLines={max_lines} placeholder={placeholder} />;
}
