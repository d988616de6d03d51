import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commands,
  contextKeys,
  customEditors,
  languageModelTools,
  settings,
  settingsSection,
  viewContainer,
  views,
  viewTypes,
  walkthroughs,
} from '../../extension/ids';
import { candidateListFields } from '../../extension/core/review/tools/candidateTools';
import { flaggedSampleFields } from '../../extension/core/review/tools/flaggedSampleTool';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}
interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly enablement?: string }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly MenuItem[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly scope: string }>> }[];
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly modelDescription: string;
      readonly inputSchema: { readonly properties: Readonly<Record<string, unknown>> };
    }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const text = read('package.json');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const sources = readdirSync(path.join(root, 'extension'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'ids.ts')
  .map((file) => read(path.join('extension', file)))
  .join('\n');
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();
const menuItems = Object.values(contributes.menus).flat();
const ours = (clauses: string): string[] => clauses.match(/\bflagReview\.[\w.]+/g) ?? [];

describe('the manifest and the code name the same', () => {
  it('commands, in both directions', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(Object.values(commands)));
    const unused = Object.keys(commands).filter((name) => !sources.includes(`registerCommand(commands.${name},`));
    expect(unused).toEqual([]);
  });

  it('tools for language models, in both directions, and what their schemas allow', () => {
    const tools = contributes.languageModelTools;
    expect(sorted(tools.map(({ name }) => name))).toEqual(sorted(Object.values(languageModelTools)));
    const listSchema = tools.find(({ name }) => name === languageModelTools.listCandidates)?.inputSchema;
    expect(sorted(Object.keys(listSchema?.properties ?? {}))).toEqual(sorted(candidateListFields));
    const sampleSchema = tools.find(({ name }) => name === languageModelTools.listFlaggedSamples)?.inputSchema;
    expect(sorted(Object.keys(sampleSchema?.properties ?? {}))).toEqual(sorted(flaggedSampleFields));
    for (const { modelDescription } of tools) expect(modelDescription.length).toBeGreaterThan(100);
  });

  it('settings, in both directions', () => {
    const contributed = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    expect(sorted(contributed)).toEqual(sorted(Object.values(settings).map((name) => `${settingsSection}.${name}`)));
    expect(contributed).toEqual(
      expect.arrayContaining([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations]),
    );
  });

  it('context keys: each one used is known, each one known is used and set', () => {
    const clauses = [
      ...menuItems.map(({ when = '' }) => when),
      ...contributes.keybindings.map(({ when = '' }) => when),
      ...contributes.commands.map(({ enablement = '' }) => enablement),
      ...contributes.walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ completionEvents }) => completionEvents.filter((event) => event.startsWith('onContext:'))),
      ),
    ].map((clause) => clause.replace(/'[^']*'/g, ''));
    expect(sorted(clauses.flatMap(ours))).toEqual(sorted(Object.values(contextKeys)));
    const neverSet = Object.keys(contextKeys).filter((name) => !sources.includes(`setContext(contextKeys.${name},`));
    expect(neverSet).toEqual([]);
  });

  it('views, their container, and the views that menus are shown in', () => {
    const { activitybar } = contributes.viewsContainers;
    expect(activitybar.map(({ id }) => id)).toEqual([viewContainer]);
    const contributed = (contributes.views[viewContainer] ?? []).map(({ id }) => id);
    expect(contributed).toEqual(Object.values(views));
    const named = menuItems.flatMap(({ when = '' }) => [...when.matchAll(/\bview == '([^']+)'/g)].map(([, id]) => id));
    expect(sorted(named.map(String))).toEqual(sorted(contributed));
    expect(contributes.viewsWelcome.map(({ view }) => view)).toEqual(contributed);
  });

  it('webview panels, each of which activates the extension', () => {
    const events = manifest.activationEvents.filter((event) => event.startsWith('onWebviewPanel:'));
    expect(events).toEqual(Object.values(viewTypes).map((type) => `onWebviewPanel:${type}`));
    const named = menuItems.flatMap(({ when = '' }) =>
      [...when.matchAll(/activeWebviewPanelId == '([^']+)'/g)].map(([, id]) => id),
    );
    expect(named.every((id) => (Object.values(viewTypes) as unknown[]).includes(id))).toBe(true);
  });

  it('custom editors, each of which is registered', () => {
    expect(sorted(contributes.customEditors.map(({ viewType }) => viewType))).toEqual(
      sorted(Object.values(customEditors)),
    );
    const missing = Object.keys(customEditors).filter(
      (name) => !sources.includes(`registerCustomEditorProvider(customEditors.${name},`),
    );
    expect(missing).toEqual([]);
  });

  it('walkthroughs, whose steps are completed by commands and keys that exist', () => {
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual(Object.values(walkthroughs));
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ completionEvents }) => completionEvents),
    );
    const commandIds: readonly string[] = Object.values(commands);
    for (const event of events.filter((name) => name.startsWith('onCommand:'))) {
      expect(commandIds).toContain(event.slice('onCommand:'.length));
    }
  });
});

describe('the manifest', () => {
  it('has menus, keys and texts only for commands that exist', () => {
    const known: readonly string[] = Object.values(commands);
    const named = [...menuItems, ...contributes.keybindings].filter(({ submenu }) => submenu === undefined);
    for (const { command } of named) expect(known).toContain(command);
    for (const [, id] of read('package.nls.json').matchAll(/\(command:([\w.]+)\)/g)) expect(known).toContain(id);
  });

  it('fills each submenu and shows it somewhere', () => {
    const ids = contributes.submenus.map(({ id }) => id);
    expect(Object.keys(contributes.menus)).toEqual(expect.arrayContaining(ids));
    expect(sorted(menuItems.flatMap(({ submenu = [] }) => submenu))).toEqual(sorted(ids));
  });

  it('puts every command under the product name', () => {
    expect(sorted(contributes.commands.map(({ category }) => category))).toEqual(['Flag & Review']);
  });

  it('scopes every key', () => {
    expect(contributes.keybindings.filter(({ when }) => !when)).toEqual([]);
  });

  it('has a text for each %key%, and no text too many', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    expect(sorted(used)).toEqual(sorted(Object.keys(JSON.parse(read('package.nls.json')) as object)));
  });

  it('names files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views)
        .flatMap((own) => own.map(({ icon }) => icon))
        .filter((icon) => !icon.startsWith('$(')),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('lets no untrusted workspace choose a program or a place to write', () => {
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual([
      'flagReview.python.interpreter',
      'flagReview.flagging.directory',
    ]);
  });
});
