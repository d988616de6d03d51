import { basename, dirname } from 'node:path';
import type { Node } from 'jsonc-parser';
import type { Json } from '../json';
import { classifierComponents } from './classifier/components';
import type { Component } from './components';
import type { Demo, DemoResult, FunctionReference, LogFormat } from './definition';
import { definitionKeys, isDefinitionKey, keySpec, type DefinitionKey } from './definitionKeys';
import { readExamples } from './examples';
import { readFlaggingCallback } from './flaggingCallback';
import { classifierPrefix, fileIn, parseFunctionReference } from './functionReference';
import { withLabels } from './labels';
import { parseTree } from './parseTree';
import { didYouMean, Problems } from './problems';
import { describeValue } from './propSchema';
import { readComponents, type ReadContext } from './readComponents';
import { flaggingModeOf, loneFlagButton, readFlaggingOptions } from './readFlagging';
import { checkNode, entriesOf, valueOf, type Entry } from './readNodes';

/** What a parse may be told of its surroundings. */
export interface ParseContext {
  /** Overrides the definition's `log_format`. */
  readonly logFormat?: LogFormat | undefined;
  /** Names of a function's positional parameters, for the labels of inputs; undefined when they cannot be told. */
  readonly parameterNames?: (fn: FunctionReference) => readonly string[] | undefined;
  /** Whether an absolute path is a file; everything exists by default. */
  readonly fileExists?: (path: string) => boolean;
}

/**
 * Reads a demo definition: JSON with comments and trailing commas. Never throws; without errors among the problems
 * there is a demo, with every default applied.
 *
 * @param source absolute path of the definition
 */
export function parseDemo(text: string, source: string, context: ParseContext = {}): DemoResult {
  const problems = new Problems(text);
  const tree = parseTree(text, problems);
  if (tree && tree.type !== 'object')
    problems.error(tree, `A demo definition is an object {…}, not ${describeValue(valueOf(tree))}.`);
  const demo = tree?.type === 'object' ? new Reading(tree, source, problems, context).demo() : undefined;
  return demo && !problems.hasErrors ? { demo, problems: problems.list } : { problems: problems.list };
}

/** Reads the keys of one definition. */
class Reading {
  private readonly entries: ReadonlyMap<DefinitionKey, Entry>;
  private readonly baseDir: string;
  private readonly components: ReadContext;

  constructor(
    private readonly tree: Node,
    private readonly source: string,
    private readonly problems: Problems,
    private readonly context: ParseContext,
  ) {
    this.baseDir = dirname(source);
    this.components = { problems, baseDir: this.baseDir, fileExists: context.fileExists ?? (() => true) };
    this.entries = new Map(this.checkedEntries());
  }

  demo(): Demo | undefined {
    const fn = this.fn();
    const logFormat = this.context.logFormat ?? (this.value('log_format') as LogFormat);
    const { inputs, outputs, additionalInputs } = this.labelledComponents(fn, logFormat);
    const examples = this.entries.get('examples');
    const options = this.entries.get('flagging_options');
    const callback = this.entries.get('flagging_callback');
    const flaggingMode = flaggingModeOf(this.value('flagging_mode') ?? this.value('allow_flagging'));
    const live = this.value('live') === true;
    this.warnOfLiveAuto(live && flaggingMode === 'auto');
    const demo = {
      source: this.source,
      baseDir: this.baseDir,
      title: this.text('title') ?? basename(this.source).replace(/\.demo\.json$|\.json$/, ''),
      description: this.text('description') ?? '',
      article: this.text('article') ?? '',
      inputs,
      additionalInputs,
      outputs,
      examples: examples ? readExamples(examples.value, inputs, this.components) : [],
      live,
      flaggingMode,
      flaggingOptions: options ? readFlaggingOptions(options.value, this.problems) : loneFlagButton,
      flaggingDir: this.text('flagging_dir') ?? (logFormat === 'gradio-6' ? '.gradio/flagged' : 'flagged'),
      flaggingCallback: (callback && readFlaggingCallback(callback.value, this.problems)) ?? 'CSVLogger',
      logFormat,
    };
    return fn && { ...demo, fn };
  }

  /** The known keys whose values have the right type; everything else becomes a problem. */
  private *checkedEntries(): Generator<[DefinitionKey, Entry]> {
    const entries = entriesOf(this.tree, this.problems);
    for (const entry of entries.values()) {
      const { key, keyNode, value } = entry;
      if (isDefinitionKey(key)) {
        const { schema, inert, required } = keySpec(key);
        if (inert === true) this.problems.warn(keyNode, `"${key}" has no effect in this version.`);
        // Gradio's None for "not given".
        else if (value.type === 'null' && required === undefined) continue;
        else if (checkNode(value, schema, key, this.problems)) yield [key, entry];
      } else if (key !== '$schema') {
        const hint = didYouMean(key, Object.keys(definitionKeys));
        this.problems.warn(keyNode, `"${key}" is not a key of a demo definition.${hint}`);
      }
    }
    const isClassifier = String(entries.get('fn')?.value.value).startsWith(classifierPrefix);
    for (const key of Object.keys(definitionKeys).filter(isDefinitionKey)) {
      const { required } = keySpec(key);
      if ((required === true || (required === 'unless-classifier' && !isClassifier)) && !entries.has(key))
        this.problems.error({ offset: this.tree.offset, length: 1 }, `"${key}" is missing.`);
    }
    const modes = [entries.get('allow_flagging'), entries.get('flagging_mode')];
    if (modes[0] && modes[1])
      this.problems.warn(modes[0].keyNode, '"allow_flagging" has no effect beside "flagging_mode".');
  }

  private fn(): FunctionReference | undefined {
    const node = this.entries.get('fn')?.value;
    if (!node) return undefined;
    const parsed = parseFunctionReference(String(node.value), this.baseDir);
    if ('problem' in parsed) {
      this.problems.error(node, parsed.problem);
      return undefined;
    }
    const { fn } = parsed;
    if (fn.type !== 'http' && !this.components.fileExists(fn.file))
      this.problems.warn(node, `The file ${fileIn(String(node.value))} does not exist.`);
    return fn;
  }

  private labelledComponents(fn: FunctionReference | undefined, logFormat: LogFormat) {
    const usual = fn?.type === 'classifier' ? classifierComponents(fn) : undefined;
    const main = usual && !this.entries.has('inputs') ? [usual.input] : this.read('inputs', 'input');
    const additional = this.read('additional_inputs', 'input');
    const outputs = usual && !this.entries.has('outputs') ? [usual.output] : this.read('outputs', 'output');
    const isEmpty = main.length + additional.length + outputs.length === 0;
    if (isEmpty && this.entries.has('inputs') && this.entries.has('outputs') && !this.problems.hasErrors)
      this.problems.error(this.tree, 'The demo has neither inputs nor outputs.');
    const names = (fn && this.context.parameterNames?.(fn)) ?? [];
    return { ...withLabels([...main, ...additional], outputs, names, logFormat), additionalInputs: additional.length };
  }

  private read(key: DefinitionKey, place: 'input' | 'output'): readonly Component[] {
    const node = this.entries.get(key)?.value;
    return node ? readComponents(node, key, place, this.components) : [];
  }

  private warnOfLiveAuto(both: boolean): void {
    const live = this.entries.get('live');
    if (both && live)
      this.problems.warn(live.keyNode, 'With automatic flagging, "live" records a sample on every change.');
  }

  /** The value given, else the default, else null. */
  private value(key: DefinitionKey): Json {
    const node = this.entries.get(key)?.value;
    return node ? valueOf(node) : (keySpec(key).default ?? null);
  }

  private text(key: DefinitionKey): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }
}
