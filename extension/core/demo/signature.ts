import { javascriptSignatures } from './javascriptSignatures';
import { pythonSignatures } from './pythonSignatures';
import type { CodeReference } from './definition';

/** A parameter as the source writes it. */
export interface SignatureParameter {
  readonly name: string;
  /** `positional` takes a place in a call; the others are `*args`, parameters after `*`, and `**kwargs`. */
  readonly kind: 'positional' | 'varargs' | 'keyword' | 'kwargs';
  /** Source text of the annotation. */
  readonly annotation?: string;
  /** Source text of the default. */
  readonly default?: string;
}

/** A function as the source declares it; nothing is run. */
export interface Signature {
  readonly name: string;
  /** Of the `def` or the declaration, from 0. */
  readonly line: number;
  readonly parameters: readonly SignatureParameter[];
  /** Source text of the return annotation. */
  readonly returns?: string;
}

/** Parameters that Gradio fills itself (`special_args` in gradio/helpers.py). */
const special =
  /^(?:(?:typing\.)?Optional\[)?(?:(?:gr|gradio)\.(?:\w+\.)*)?(?:Request|Progress|OAuthProfile|OAuthToken|EventData)\b/;

/** The functions that a source file offers: those at the top of a Python module, or the exports of a JavaScript one. */
export function signaturesIn(text: string, language: 'python' | 'javascript'): readonly Signature[] {
  return language === 'python' ? pythonSignatures(text) : javascriptSignatures(text);
}

/** Names of the parameters that inputs fill, in order; undefined when the source does not declare the function. */
export function parameterNamesIn(text: string, { type, name }: CodeReference): readonly string[] | undefined {
  const signature = signaturesIn(text, type).findLast((candidate) => candidate.name === name);
  return signature?.parameters.filter((parameter) => isFilledByInput(parameter)).map((parameter) => parameter.name);
}

function isFilledByInput({ kind, annotation, default: byDefault }: SignatureParameter): boolean {
  if (kind !== 'positional') return false;
  return !special.test((annotation ?? '').replace(/^["']/, '')) && !/^(?:gr|gradio)\.Progress\(/.test(byDefault ?? '');
}
