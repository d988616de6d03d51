import { maskJavaScript } from './javascriptMask';
import type { Signature, SignatureParameter } from './signature';

const name = String.raw`[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$])`;
const start = String.raw`(?<![\p{L}\p{N}_$.])`;
const typeParameters = String.raw`(?:<[^(]{0,300}>\s*)?`;
/** Characters of source in which a list of parameters or exports must end; hostile source cannot take long. */
const longestList = 4000;

/** The functions that a JavaScript or TypeScript module exports, in order; of plain values too, as they may be functions. */
export function javascriptSignatures(text: string): Signature[] {
  const source = maskJavaScript(text);
  const locals = new Map<string, Signature>();
  const exported = new Map<string, Signature>();
  let depth = 0;
  let line = 0;
  let counted = 0;
  for (const found of source.matchAll(declarations())) {
    const between = source.slice(counted, found.index);
    depth += count(between, '{') - count(between, '}');
    line += count(between, '\n');
    counted = found.index;
    if (depth === 0) readDeclaration(source, found, line, { locals, exported });
  }
  return [...exported].map(([as, signature]) => ({ ...signature, name: as }));
}

/**
 * What declares or exports something; made for each text, as classes of all letters take long to compile. No two runs of
 * white space stand side by side, and gaps are bounded: matching takes linear time.
 */
function declarations(): RegExp {
  return new RegExp(
    [
      String.raw`${start}(?<exported>export\s+(?<byDefault>default\s+)?)?(?:declare\s+)?(?:async\s+)?function(?![\p{L}\p{N}_$])\s*(?:\*\s*)?(?:(?<fn>${name})\s*)?${typeParameters}(?=\()`,
      String.raw`${start}(?<exportedValue>export\s+)?(?:const|let|var)\s+(?<value>${name})[^=;{(]{0,300}=(?!=)`,
      String.raw`${start}(?:module\s*\.\s*)?exports\s*\.\s*(?<member>${name})\s*=(?!=)`,
      String.raw`${start}(?:export\s*(?=\{)|module\s*\.\s*exports\s*=\s*(?=\{))(?<list>)`,
      String.raw`${start}export\s+default\s+(?<expression>)`,
    ].join('|'),
    'gu',
  );
}

interface Names {
  readonly locals: Map<string, Signature>;
  readonly exported: Map<string, Signature>;
}

function readDeclaration(source: string, found: RegExpExecArray, line: number, { locals, exported }: Names): void {
  const groups = found.groups ?? {};
  const after = found.index + found[0].length;
  const rest = source.slice(after, after + longestList);
  if (groups.list !== undefined) {
    for (const [as, local] of exportList(rest)) {
      exported.set(as, locals.get(local) ?? { name: as, line, parameters: [] });
    }
    return;
  }
  const id = groups.fn ?? groups.value ?? groups.member ?? 'default';
  const parameters = groups.fn === undefined && groups.byDefault === undefined ? valueParameters(rest) : listAt(rest);
  const signature = { name: id, line, parameters };
  locals.set(id, signature);
  if (groups.byDefault !== undefined || groups.expression !== undefined) exported.set('default', signature);
  else if ((groups.exported ?? groups.exportedValue ?? groups.member) !== undefined) exported.set(id, signature);
}

/** Pairs of exported and local name of `{ a, b as c }` or `{ a, c: b }`. */
function exportList(text: string): [as: string, local: string][] {
  const list = text.slice(0, text.indexOf('}') + 1);
  const listItem = new RegExp(
    String.raw`(?:^|[{,])\s*(?!type\s+${name})(${name})(?:\s+as\s+(${name})|\s*:\s*(${name}))?\s*(?=[,}]|$)`,
    'gu',
  );
  return Array.from(list.matchAll(listItem), ([, first = '', as, local]) => [as ?? first, local ?? first]);
}

/** The parameters of `async (a, b) => …`, `a => …` or `function (a, b) …`; none for any other value. */
function valueParameters(text: string): readonly SignatureParameter[] {
  const head = text.slice(0, 400);
  const single = new RegExp(String.raw`^\s*(?:async\s+)?(${name})\s*=>`, 'u').exec(head);
  if (single) return [{ name: single[1] ?? '', kind: 'positional' }];
  const list = new RegExp(
    String.raw`^\s*(?:async(?![\p{L}\p{N}_$])\s*)?(?:function(?![\p{L}\p{N}_$])\s*(?:\*\s*)?(?:${name}\s*)?)?${typeParameters}(?=\()`,
    'u',
  ).exec(head);
  return list ? listAt(text.slice(list[0].length)) : [];
}

/** The parameters of the bracketed list at the start of a text, up to the first that has no name of its own. */
function listAt(text: string): readonly SignatureParameter[] {
  const parameters: SignatureParameter[] = [];
  const plain = new RegExp(String.raw`^\s*(\.\.\.)?\s*(${name})\s*(?:[?:=]|$)`, 'u');
  for (const item of listItems(text)) {
    const found = plain.exec(item);
    if (!found) break;
    parameters.push({ name: found[2] ?? '', kind: found[1] === undefined ? 'positional' : 'varargs' });
  }
  return parameters;
}

function listItems(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 1;
  // A `<` directly behind a word opens type arguments; arrows close nothing.
  for (const { index, 0: token } of text.matchAll(/=>|[()[\]{},>]|(?<=\w)</g)) {
    if (token === '=>') continue;
    if ('([{<'.includes(token)) depth++;
    else if (token !== ',' && !(token === '>' && depth === 1)) depth--;
    if (depth === 0 || (depth === 1 && token === ',')) {
      items.push(text.slice(start, index));
      start = index + 1;
    }
    if (depth === 0) break;
  }
  return items;
}

function count(text: string, character: string): number {
  let total = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) total++;
  return total;
}
