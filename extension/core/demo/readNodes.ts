import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import type { Json } from '../json';
import type { Problems } from './problems';
import { describeValue, misfit, type PropSchema } from './propSchema';

/** A key of an object with its nodes. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** The entries of an object node; a key that is given twice is a problem and its last value counts. */
export function entriesOf(node: Node, problems: Problems): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { children } of node.children ?? []) {
    const [keyNode, value] = children ?? [];
    if (!keyNode || !value) continue;
    const key = String(keyNode.value);
    if (entries.has(key)) problems.error(keyNode, `"${key}" is given twice.`);
    entries.set(key, { key, keyNode, value });
  }
  return entries;
}

/** The plain value of a node. */
export function valueOf(node: Node): Json {
  return getNodeValue(node) as Json;
}

/** Whether a node fits a schema; when not, the problem is placed at the item that does not. */
export function checkNode(node: Node, schema: PropSchema, name: string, problems: Problems): boolean {
  const wrong = misfit(getNodeValue(node), schema);
  if (!wrong) return true;
  const place = findNodeAtLocation(node, [...wrong.path]) ?? node;
  const where = wrong.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  problems.error(place, `"${name}${where}" must be ${wrong.expected}, not ${describeValue(getNodeValue(place))}.`);
  return false;
}
