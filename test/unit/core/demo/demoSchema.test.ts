import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { demoSchema } from '../../../../extension/core/demo/demoSchema';
import { isComponentKind, kinds, propsOf } from '../../../../extension/core/demo/kinds';
import { parseDemo } from '../../../../extension/core/demo/parse';

const root = join(import.meta.dirname, '../../../..');

it('is the schema that the editor is given; -u writes it anew', async () => {
  const text = await format(JSON.stringify(demoSchema()), { parser: 'json', printWidth: 120 });
  await expect(text).toMatchFileSnapshot(join(root, 'schemas/demo.schema.json'));
});

/** The JSON service of VS Code with the schema as the editor has it. */
const service = getLanguageService({});
const schema: unknown = JSON.parse(readFileSync(join(root, 'schemas/demo.schema.json'), 'utf8'));
service.configure({ schemas: [{ uri: 'file:///demo.schema.json', fileMatch: ['*.demo.json'], schema: schema ?? {} }] });

function open(text: string) {
  const document = TextDocument.create('file:///a.demo.json', 'jsonc', 1, text);
  return { document, json: service.parseJSONDocument(document) };
}

async function complaints(text: string): Promise<string[]> {
  const { document, json } = open(text);
  const options = { comments: 'ignore', trailingCommas: 'ignore' } as const;
  return (await service.doValidation(document, json, options)).map(({ message }) =>
    typeof message === 'string' ? message : message.value,
  );
}

/** The proposals where the text has a bar. */
async function proposals(marked: string): Promise<string[]> {
  const { document, json } = open(marked.replace('|', ''));
  const list = await service.doComplete(document, document.positionAt(marked.indexOf('|')), json);
  return (list?.items ?? []).map(({ label }) => label);
}

async function hover(marked: string): Promise<string> {
  const { document, json } = open(marked.replace('|', ''));
  return JSON.stringify(await service.doHover(document, document.positionAt(marked.indexOf('|')), json));
}

const withInput = (component: string): string => `{"fn": "a.py:f", "inputs": [${component}], "outputs": ["text"]}`;

describe('in the editor', () => {
  const folder = join(root, 'examples');

  it.each(readdirSync(folder).filter((file) => file.endsWith('.demo.json')))('%s has no complaint', async (file) => {
    expect(await complaints(readFileSync(join(folder, file), 'utf8'))).toEqual([]);
  });

  it('all kinds are proposed where they may stand', async () => {
    const places = (place: 'input' | 'output') =>
      Object.entries(kinds).flatMap(([kind, spec]) => (['both', place].includes(spec.place) ? [`"${kind}"`] : []));
    expect(await proposals(withInput('|'))).toEqual(expect.arrayContaining(places('input')));
    expect(await proposals(withInput('|'))).not.toContain('"plot"');
    expect(await proposals('{"outputs": [|]}')).toEqual(expect.arrayContaining(places('output')));
  });

  it.each(Object.keys(kinds).filter(isComponentKind))('the props of %s are proposed, and no others', async (kind) => {
    const key = kinds[kind].place === 'output' ? 'outputs' : 'inputs';
    const found = await proposals(`{"${key}": [{"kind": "${kind}", |}]}`);
    expect(found.filter((label) => !['type', 'component with a label'].includes(label)).sort()).toEqual(
      [...propsOf(kind).keys()].filter((prop) => prop !== 'type').sort(),
    );
  });

  it('keys and props are explained', async () => {
    expect(await hover('{"fn|": "a.py:f"}')).toContain('The function that the demo calls');
    expect(await hover(withInput('{"type": "radio", "ch|oices": []}'))).toContain('What can be chosen');
  });

  it('a new file is offered a whole demo', async () => {
    expect(await proposals('|')).toContain('Demo of a Python function');
    expect(await proposals('{"fn": |}')).toContain('classifier of a dataset');
  });
});

describe('the schema and the parser agree on', () => {
  it.each([
    '"number"',
    '"Number"',
    '"slidr"',
    '"plot"',
    '7',
    '{}',
    '{"type": "radio", "choices": ["a", ["B", 2]]}',
    '{"type": "radio", "choices": ["a", ["B"]]}',
    '{"type": "radio", "choices": "a"}',
    '{"type": "textbox", "lines": 0}',
    '{"type": "TextBox", "lines": 2}',
    '{"type": "textbox", "linse": 2}',
    '{"kind": "textbox", "type": "email"}',
    '{"kind": "textbox", "type": "numpy"}',
    '{"kind": "image", "type": "numpy", "sources": ["upload"]}',
    '{"type": "image", "sources": ["scanner"]}',
    '{"type": "pil", "format": "png"}',
    '{"type": "filepath"}',
    '{"type": "files", "file_types": [".pdf"]}',
    '{"type": "dataframe", "headers": ["a"], "datatype": ["str"], "value": [[1]]}',
    '{"type": "dataframe", "datatype": "text"}',
    '{"type": "label"}',
    '{"type": "slider", "minimum": "0"}',
  ])('%s', async (component) => {
    const text = withInput(component);
    const { problems } = parseDemo(text, '/ws/a.demo.json');
    expect((await complaints(text)).length > 0).toBe(problems.length > 0);
  });

  it.each([
    '{}',
    '{"fn": 1, "inputs": "text", "outputs": null}',
    '{"fn": "a.py:f"}',
    '{"fn": "classifier:a.csv"}',
    '{"fn": "classifier:a.csv", "outputs": ["json"]}',
    '{"fn": "classifier:a.csv", "outputs": ["plott"]}',
    '{"fn": "a.py:f", "inputs": "text", "outputs": null, "flagging_options": ["a", ["b", "c"]]}',
    '{"fn": "a.py:f", "inputs": "text", "outputs": null, "flagging_options": [["b", "c"]], "allow_flagging": true}',
    '{"fn": "a.py:f", "inputs": "text", "outputs": null, "flagging_mode": "always"}',
    '{"fn": "a.py:f", "inputs": "text", "outputs": null, "titel": ""}',
    '{"fn": "a.py:f", "inputs": {"type": "text"}, "outputs": [], "log_format": "gradio-6"}',
  ])('%s', async (text) => {
    const { problems } = parseDemo(text, '/ws/a.demo.json');
    expect((await complaints(text)).length > 0).toBe(problems.length > 0);
  });
});
