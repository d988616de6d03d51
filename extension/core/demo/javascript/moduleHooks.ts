/** Hooks of Node's module loader (`node:module`, "Customization hooks"), which run in a thread of their own. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { maskJavaScript } from '../javascriptMask';
import { endWithHost } from './endWithHost';
import { withoutTypes } from './syntax';
import { isInstalled, versionOf, withVersion } from './version';

/** A file that was loaded, as it was just before. */
export interface LoadedFile {
  readonly path: string;
  readonly stamp: string;
}

let loads: MessagePort | undefined;

export interface HookData {
  /** Is sent a `LoadedFile` for each. */
  readonly port: MessagePort;
  /** Id of the process that must be there. */
  readonly host: number;
}

export const initialize: InitializeHook<HookData> = ({ port, host }) => {
  loads = port;
  endWithHost(host);
};

/** Gives imported files the version of their importer, so that they too are loaded anew, and finds TypeScript files. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await nextResolve(typeScriptSpecifier(specifier, context.parentURL) ?? specifier, context);
  const version = versionOf(context.parentURL);
  if (version === undefined || !resolved.url.startsWith('file:') || isInstalled(resolved.url)) return resolved;
  return { ...resolved, url: withVersion(resolved.url, version) };
};

/** Translates TypeScript, and takes a `.js` file with `import` or `export` for the module that it is. */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (versionOf(url) === undefined) return nextLoad(url, context);
  const path = fileURLToPath(url);
  loads?.postMessage({ path, stamp: await stampOf(path) } satisfies LoadedFile);
  if (path.endsWith('.ts')) {
    const source = withoutTypes(await readFile(path, 'utf8'), path);
    return { format: 'module', source, shortCircuit: true };
  }
  if (path.endsWith('.js') && context.format !== 'module') {
    const source = await readFile(path, 'utf8');
    if (hasModuleSyntax(source)) return { format: 'module', source, shortCircuit: true };
  }
  return nextLoad(url, context);
};

/** What changes when a file is written; empty when there is none. */
export async function stampOf(path: string): Promise<string> {
  const status = await stat(path).catch(() => undefined);
  return status ? `${status.mtimeMs} ${status.size}` : '';
}

/** TypeScript imports its own files without their extension, or with that of the JavaScript they would become. */
function typeScriptSpecifier(specifier: string, parentUrl: string | undefined): string | undefined {
  if (versionOf(parentUrl) === undefined || parentUrl === undefined || !/^\.{1,2}\//.test(specifier)) return undefined;
  if (!new URL(parentUrl).pathname.endsWith('.ts')) return undefined;
  const stem = specifier.replace(/\.m?js$/, '');
  return [specifier, `${stem}.ts`, `${stem}/index.ts`].find((candidate) =>
    /\.\w+$/.test(candidate) ? existsSync(new URL(candidate, parentUrl)) : false,
  );
}

function hasModuleSyntax(source: string): boolean {
  return /^[ \t]*(?:export\b|import\b(?!\s*[(.]))/m.test(maskJavaScript(source));
}
