/** The code points of the codicons in use (`@vscode/codicons`). */
const glyphs = {
  add: '\uea60',
  'arrow-down': '\uea9a',
  'arrow-left': '\uea9b',
  'arrow-right': '\uea9c',
  'arrow-up': '\ueaa1',
  check: '\ueab2',
  'chevron-down': '\ueab4',
  'chevron-up': '\ueab7',
  close: '\uea76',
  'debug-stop': '\uead7',
  'circle-outline': '\ueabc',
  'circle-slash': '\ueabd',
  'debug-step-over': '\uead6',
  diff: '\ueae1',
  discard: '\ueae2',
  edit: '\uea73',
  'eye-closed': '\ueae7',
  file: '\uea7b',
  filter: '\ueaf1',
  'go-to-file': '\uea94',
  graph: '\ueb03',
  'layout-sidebar-right': '\uebf4',
  search: '\uea6d',
  note: '\ueb26',
  unmute: '\ueb75',
  dash: '\ueacc',
  pass: '\ueba4',
  pulse: '\ueb31',
  question: '\ueb32',
  sparkle: '\uec10',
  table: '\uebb7',
  trash: '\uea81',
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
