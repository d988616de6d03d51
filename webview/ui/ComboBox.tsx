import { useRef, useState } from 'preact/hooks';
import { labelOfValue, matchingOptions, type Option } from './comboBoxState';
import { controlAttributes, type Choice, type ControlProps } from './control';
import { Icon } from './Icon';
import { strings } from './strings';

export interface ComboBoxProps extends ControlProps<readonly (string | number)[]> {
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Several values as tokens; else at most one. */
  readonly multiple: boolean;
  /** Whether a typed text that is no choice may be a value. */
  readonly allowCustom: boolean;
  /** Whether typing narrows the list. */
  readonly filterable: boolean;
  readonly maxChoices?: number | undefined;
  /** Whether the list is there from the beginning. */
  readonly opened?: boolean;
}

/** Choices by typing or from a list: the editable combobox of the ARIA practices. */
export function ComboBox(props: ComboBoxProps) {
  const {
    id,
    label,
    choices,
    multiple,
    allowCustom,
    filterable,
    maxChoices = Infinity,
    opened = false,
    value,
    onChange,
  } = props;
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(opened);
  /** What is being typed, or null where the value is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const settled = multiple || value[0] === undefined ? '' : labelOfValue(choices, value[0]);
  const options = matchingOptions({ choices, text: filterable ? (typed ?? '') : '', allowCustom });
  const full = multiple && value.length >= maxChoices;
  const listId = `${id}-list`;

  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const show = (): void => {
    setOpen(true);
    setActive(options.findIndex((option) => value.includes(option.value)));
  };
  const choose = (option: Option): void => {
    const chosen = value.includes(option.value);
    setTyped(null);
    if (!multiple) onChange([option.value]);
    else if (chosen) onChange(value.filter((item) => item !== option.value));
    else if (!full) onChange([...value, option.value]);
    if (!multiple) close();
  };
  const settle = (): void => {
    close();
    const text = typed?.trim();
    setTyped(null);
    if (text === undefined) return;
    if (text === '') {
      if (!multiple) onChange([]);
      return;
    }
    const match = options.find((option) => option.label.toLocaleLowerCase() === text.toLocaleLowerCase());
    if (match && !value.includes(match.value)) choose(match);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Ctrl+Enter submits, with what was typed so far.
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) settle();
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const option = options[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) show();
      else if (!event.altKey) setActive(moved(active, event.key === 'ArrowDown' ? 1 : -1, options.length));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (option) choose(option);
      else settle();
    } else if (event.key === 'Escape' && (open || typed !== null)) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
      close();
    } else if (event.key === 'Backspace' && multiple && !typed && value.length > 0) onChange(value.slice(0, -1));
  };

  return (
    <div class="combobox">
      {multiple && value.length > 0 && (
        <ul class="tokens" aria-label={strings.chosen(label)}>
          {value.map((item) => (
            <li key={item} class="token">
              <span>{labelOfValue(choices, item)}</span>
              <button
                type="button"
                disabled={props.disabled}
                aria-label={strings.remove(labelOfValue(choices, item))}
                onClick={() => {
                  onChange(value.filter((other) => other !== item));
                  input.current?.focus();
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="combobox-box">
        <input
          {...controlAttributes(props)}
          ref={input}
          class="text-input"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          readOnly={!filterable && !allowCustom}
          aria-autocomplete={filterable ? 'list' : 'none'}
          aria-expanded={open}
          aria-controls={listId}
          aria-activedescendant={open && active >= 0 ? `${id}-option-${active}` : undefined}
          placeholder={multiple && full ? strings.atMost(maxChoices) : undefined}
          value={typed ?? settled}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setOpen(true);
            setActive(filterable && currentTarget.value.trim() !== '' ? 0 : -1);
          }}
          onKeyDown={onKeyDown}
          onClick={() => (open ? undefined : show())}
          onBlur={settle}
        />
        <Icon name="chevron-down" />
        {open && (
          <OptionList
            id={listId}
            optionId={(index) => `${id}-option-${index}`}
            label={label}
            options={options}
            value={value}
            active={active}
            multiple={multiple}
            onChoose={choose}
          />
        )}
      </div>
    </div>
  );
}

interface OptionListProps {
  readonly id: string;
  readonly optionId: (index: number) => string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: readonly (string | number)[];
  readonly active: number;
  readonly multiple: boolean;
  readonly onChoose: (option: Option) => void;
}

/** Lines that are drawn at most; typing brings the others. */
const shownOptions = 200;

function OptionList({ id, optionId, label, options, value, active, multiple, onChoose }: OptionListProps) {
  const shown = options.slice(0, Math.max(shownOptions, active + 1));
  return (
    // The field keeps the focus while the list is used by mouse.
    <div class="combobox-popup" onMouseDown={(event) => event.preventDefault()}>
      <ul id={id} role="listbox" aria-label={label} aria-multiselectable={multiple ? 'true' : undefined}>
        {shown.map((option, index) => (
          <li
            key={`${String(option.custom)} ${option.value}`}
            id={optionId(index)}
            role="option"
            aria-selected={value.includes(option.value)}
            class={index === active ? 'active' : ''}
            ref={index === active ? scrollIntoView : null}
            onClick={() => onChoose(option)}
          >
            <span class="option-check">{value.includes(option.value) && <Icon name="check" />}</span>
            {option.custom ? strings.useCustom(option.label) : option.label}
          </li>
        ))}
      </ul>
      {options.length === 0 && <p class="combobox-note">{strings.noMatch}</p>}
      {options.length > shown.length && (
        <p class="combobox-note">{strings.moreChoices(options.length - shown.length)}</p>
      )}
    </div>
  );
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function moved(active: number, by: number, count: number): number {
  if (count === 0) return -1;
  if (active < 0) return by > 0 ? 0 : count - 1;
  return (active + by + count) % count;
}
