import { pathsWarning } from './pathRules';
import type { StagingWarning } from './types';

/** What secrets look like, by whom they open; from the prefixes that their makers document. */
const secrets: Readonly<Record<string, RegExp>> = {
  'a Hugging Face token (hf_…)': /\bhf_[A-Za-z0-9]{20,}/,
  'a GitHub token (ghp_…)': /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22,}/,
  'a GitLab token (glpat-…)': /\bglpat-[\w-]{20}/,
  'an AWS access key (AKIA…)': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  'an API key (sk-…)': /\bsk-(?=[\w-]*\d)[\w-]{20,}/,
  'a Google API key (AIza…)': /\bAIza[\w-]{35}/,
  'a Slack token (xox…)': /\bxox[abeoprs]-[\w-]{10,}/,
  'a Stripe key (sk_live_…)': /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  'an npm token (npm_…)': /\bnpm_[A-Za-z0-9]{36}/,
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
};
const kinds = Object.entries(secrets);
/** Any of them, so that texts without one are looked at once. */
const anySecret = new RegExp(kinds.map(([, pattern]) => pattern.source).join('|'));

/** Characters that a secret may have before a chunk ends. */
const overlap = 256;
/** Bytes in which a file that is no text has a zero. */
const sniffed = 8192;

/** Finds what looks like a secret. What it found is not kept, only where. */
export class SecretScan {
  private readonly found = new Map<string, Set<string>>();

  /** @param where a path, or a column of one */
  see(where: string, text: string): void {
    if (!anySecret.test(text)) return;
    for (const [kind, pattern] of kinds) {
      if (!pattern.test(text)) continue;
      const places = this.found.get(kind);
      if (places) places.add(where);
      else this.found.set(kind, new Set([where]));
    }
  }

  /** Takes a file in chunks, in their order; one that is no text is passed over. */
  chunksOf(path: string): (chunk: Uint8Array) => void {
    let before = '';
    let isText: boolean | undefined;
    return (chunk) => {
      isText ??= !chunk.subarray(0, sniffed).includes(0);
      if (!isText) return;
      const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      this.see(path, text);
      this.see(path, before + text.slice(0, overlap));
      before = (before + text.slice(-overlap)).slice(-overlap);
    };
  }

  warnings(): StagingWarning[] {
    return kinds.flatMap(([kind]) => {
      return pathsWarning('secret', `What looks like ${kind} is in`, [...(this.found.get(kind) ?? [])].sort());
    });
  }
}
