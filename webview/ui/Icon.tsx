/** The code points of the codicons in use (`@vscode/codicons`). */
const glyphs = {
  add: '\uea60',
  'arrow-down': '\uea9a',
  'arrow-up': '\ueaa1',
  check: '\ueab2',
  'chevron-down': '\ueab4',
  'chevron-up': '\ueab7',
  close: '\uea76',
  'debug-stop': '\uead7',
  'circle-slash': '\ueabd',
  diff: '\ueae1',
  edit: '\uea73',
  file: '\uea7b',
  filter: '\ueaf1',
  'layout-sidebar-right': '\uebf4',
  search: '\uea6d',
  note: '\ueb26',
  unmute: '\ueb75',
  dash: '\ueacc',
  pass: '\ueba4',
  error: '\uea87',
  info: '\uea74',
  play: '\ueb2c',
  warning: '\uea6c',
} as const;

export type IconName = keyof typeof glyphs;

interface IconProps {
  readonly name: IconName;
  /** The slot of the custom element around it. */
  readonly slot?: string;
}

/** A picture beside a text that says the same. */
export function Icon({ name, slot }: IconProps) {
  return (
    <span class={`icon icon-${name}`} aria-hidden="true" {...(slot ? { slot } : {})}>
      {glyphs[name]}
    </span>
  );
}
