import { Document, Scalar, visit } from 'yaml';

/** Texts that no reader of YAML 1.1 or 1.2 takes for anything else; `10K<n<100K` is one of the Hub's. */
const plain = /^(?:[A-Za-z_]|\d+[KMBT]<)[\w ./*[\],=<>-]*$/;
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Characters that a document may hold only as escapes, or that end a line for some readers. */
const unprintable = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * A value as block YAML, in the style that `datasets` writes. Python's readers are of YAML 1.1, where `no`, `1:30` and
 * `=` are no texts, so a text that is not plainly one stands in quotes.
 *
 * @param value of plain data, or a node of a document, which keeps its comments and its quotes
 */
export function yamlText(value: unknown): string {
  const document = new Document(value);
  visit(document, { Scalar: (_, node) => quote(node) });
  return document
    .toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false })
    .replaceAll(unprintable, escaped);
}

/** Scalars that were read have a source, and stay as they were written. */
function quote(node: Scalar): void {
  if (typeof node.value !== 'string' || node.source !== undefined) return;
  if (node.value.includes('\n') || node.value.search(unprintable) >= 0) node.type = Scalar.QUOTE_DOUBLE;
  else if (!plain.test(node.value) || reserved.test(node.value)) node.type = Scalar.QUOTE_SINGLE;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
