/** The query by which a module that changed is told from the one that Node.js has kept under the same path. */
const key = 'flag-review';

/** The version in a module's URL, or undefined where it is none of ours. */
export function versionOf(url: string | undefined): string | undefined {
  return url?.startsWith('file:') ? (new URL(url).searchParams.get(key) ?? undefined) : undefined;
}

export function withVersion(url: string, version: string): string {
  const versioned = new URL(url);
  versioned.searchParams.set(key, version);
  return versioned.href;
}

/** Removes the versions from a text such as a stack. */
export function withoutVersions(text: string): string {
  return text.replace(new RegExp(String.raw`\?${key}=\d+`, 'g'), '');
}

/** Installed packages are neither versioned nor watched: they are large, and change with an installation only. */
export function isInstalled(pathOrUrl: string): boolean {
  return /[\\/]node_modules[\\/]/.test(pathOrUrl);
}
