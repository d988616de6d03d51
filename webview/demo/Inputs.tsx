import type { Component } from '../../extension/core/demo/components';
import { Checkbox, CheckboxGroup, RadioGroup } from '../ui/Checkbox';
import { CodeField } from '../ui/CodeField';
import { ColorField } from '../ui/ColorField';
import { ComboBox } from '../ui/ComboBox';
import type { Wiring } from '../ui/control';
import { DataGrid } from '../ui/DataGrid';
import { DateTimeField } from '../ui/DateTimeField';
import { Field } from '../ui/Field';
import { JsonField } from '../ui/JsonField';
import { NumberField } from '../ui/NumberField';
import { Select } from '../ui/Select';
import { Slider } from '../ui/Slider';
import { TextArea } from '../ui/TextArea';
import { MediaInput } from './media/MediaInput';
import type { Upload } from './media/upload';
import { asChosen, asNumber, asScalar, asTable, asText, columnType } from './payloads';
import { TextboxInput } from './TextboxInput';

export interface InputProps {
  readonly id: string;
  readonly component: Component;
  readonly label: string;
  readonly value: unknown;
  /** The rule that the value breaks, or empty. */
  readonly problem: string;
  readonly upload: Upload;
  readonly onChange: (value: unknown) => void;
  /** Called with the rule that a text breaks which stands for no value. */
  readonly onProblem: (problem: string) => void;
}

/** Choices above this number are searched rather than scrolled. */
const searchable = 10;

/** An input component: its label, its control, its rule. */
export function Input(props: InputProps) {
  const { id, component, label, problem } = props;
  return (
    <Field
      id={id}
      label={label}
      showLabel={hidesLabelAsOutput(component) || component.show_label}
      info={component.info}
      problem={problem}
      disabled={component.interactive === false}
      labelled={labelledAs(component)}
    >
      {(wiring) => <Control {...props} wiring={wiring} />}
    </Field>
  );
}

/** These show no label by default, for their text speaks for itself; an empty field to type it in does not. */
function hidesLabelAsOutput({ kind }: Component): boolean {
  return kind === 'markdown' || kind === 'html';
}

const groups: ReadonlySet<Component['kind']> = new Set([
  'checkboxgroup',
  'radio',
  'image',
  'audio',
  'video',
  'file',
  'gallery',
  'dataframe',
]);

function labelledAs({ kind }: Component): 'control' | 'group' | 'inside' {
  if (kind === 'checkbox') return 'inside';
  return groups.has(kind) ? 'group' : 'control';
}

function Control({ wiring, ...props }: InputProps & { readonly wiring: Wiring }) {
  const { component, label, value, upload, onChange, onProblem } = props;
  switch (component.kind) {
    case 'textbox':
      return <TextboxInput {...wiring} component={component} value={asText(value)} onChange={onChange} />;
    case 'markdown':
    case 'html':
      return <TextArea {...wiring} lines={3} maxLines={20} value={asText(value)} onChange={onChange} />;
    case 'code':
      return <CodeField {...wiring} lines={component.lines ?? 5} value={asText(value)} onChange={onChange} />;
    case 'number':
      return (
        <NumberField
          {...wiring}
          minimum={component.minimum}
          maximum={component.maximum}
          step={component.step}
          value={asNumber(value)}
          onChange={onChange}
          onProblem={onProblem}
        />
      );
    case 'slider':
      return (
        <Slider
          {...wiring}
          minimum={component.minimum}
          maximum={component.maximum}
          step={component.step}
          value={asNumber(value) ?? component.minimum}
          onChange={onChange}
          onProblem={onProblem}
        />
      );
    case 'checkbox':
      return <Checkbox {...wiring} label={label} value={value === true} onChange={onChange} />;
    case 'checkboxgroup':
      return <CheckboxGroup {...wiring} choices={component.choices} value={asChosen(value)} onChange={onChange} />;
    case 'radio':
      return <RadioGroup {...wiring} choices={component.choices} value={asScalar(value)} onChange={onChange} />;
    case 'dropdown': {
      const { choices, multiselect = false, filterable = true, allow_custom_value: custom = false } = component;
      if (multiselect || custom || (filterable && choices.length > searchable))
        return (
          <ComboBox
            {...wiring}
            label={label}
            choices={choices}
            multiple={multiselect}
            allowCustom={custom}
            filterable={filterable}
            maxChoices={component.max_choices}
            value={asChosen(value)}
            onChange={(chosen) => onChange(multiselect ? chosen : (chosen[0] ?? null))}
          />
        );
      return <Select {...wiring} choices={choices} value={asScalar(value)} onChange={onChange} />;
    }
    case 'colorpicker':
      return <ColorField {...wiring} value={asText(value)} onChange={onChange} onProblem={onProblem} />;
    case 'datetime':
      return (
        <DateTimeField
          {...wiring}
          includeTime={component.include_time ?? true}
          value={asText(value)}
          onChange={onChange}
          onProblem={onProblem}
        />
      );
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
    case 'gallery':
      return <MediaInput {...wiring} component={component} value={value} onChange={onChange} upload={upload} />;
    case 'dataframe':
      return (
        <DataGrid
          {...wiring}
          table={asTable(value)}
          numeric={(column) => columnType(component, column) === 'number'}
          onChange={onChange}
        />
      );
    case 'json':
    case 'label':
    case 'highlightedtext':
    case 'annotatedimage':
    case 'plot':
    case 'state':
      return <JsonField {...wiring} lines={5} value={value} onChange={onChange} onProblem={onProblem} />;
  }
}
