import type { LogFormat } from '../demo/definition';
import { ExpectedError } from '../errors';
import { flag, logFormatOf, parse, text } from './optionValues';

export const logUsage = `  flag-review log <file> [--format jsonl|csv|table]
      Prints the samples of a flag log of any Gradio release, or of this extension: by default one JSON object a
      line, {"log", "row", "era", "components": {label: value}, "raw": [cells], "option", "username", "timestamp",
      "media": [paths]}. "media" has absolute paths where the files were found, else the texts of the cells.

  flag-review check <log> [--fix]
      Says what is wrong with a flag log and shows what would mend it; --fix does that. Files that no row names are
      moved to .flag-review-trash beside the log. Exit status 1 when something is wrong still.

  flag-review merge <log>… --out DIR [--log-format guide|gradio-4|gradio-6] [--once] [--dry-run]
      Joins flag logs of any era into one in a new directory, with their files and notes. --once leaves samples out
      that are the same as an earlier one, --dry-run only says what would be done.
`;

const formats = ['jsonl', 'csv', 'table'] as const;

export interface LogArguments {
  readonly log: string;
  readonly format: (typeof formats)[number];
}

export interface CheckArguments {
  readonly log: string;
  readonly fix: boolean;
}

export interface MergeArguments {
  readonly logs: readonly string[];
  /** A directory that is not there yet. */
  readonly out: string;
  readonly logFormat: LogFormat;
  /** Leaves samples out that are the same as an earlier one. */
  readonly once: boolean;
  readonly dryRun: boolean;
}

export function logArguments(argv: readonly string[]): LogArguments {
  const { values, positionals } = parse(argv, { format: text });
  const [log, ...more] = positionals;
  if (log === undefined || more.length > 0) throw new ExpectedError('log takes one file.', 'See flag-review --help.');
  const format = formats.find((known) => known === (values.format ?? 'jsonl'));
  if (format === undefined)
    throw new ExpectedError(`"${values.format}" is no format of a log's samples.`, `Use one of ${formats.join(', ')}.`);
  return { log, format };
}

export function checkArguments(argv: readonly string[]): CheckArguments {
  const { values, positionals } = parse(argv, { fix: flag });
  const [log, ...more] = positionals;
  if (log === undefined || more.length > 0) throw new ExpectedError('check takes one log.', 'See flag-review --help.');
  return { log, fix: values.fix ?? false };
}

export function mergeArguments(argv: readonly string[]): MergeArguments {
  const { values, positionals } = parse(argv, { out: text, 'log-format': text, once: flag, 'dry-run': flag });
  const { out, once = false } = values;
  if (positionals.length === 0 || out === undefined)
    throw new ExpectedError('merge takes logs and a new directory, --out DIR.', 'See flag-review --help.');
  const logFormat = logFormatOf(values['log-format']) ?? 'guide';
  return { logs: positionals, out, logFormat, once, dryRun: values['dry-run'] ?? false };
}
