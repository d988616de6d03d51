import { createHash } from 'node:crypto';

/** What git puts before the bytes whose SHA-1 names them. */
export function blobHeader(size: number): string {
  return `blob ${size}\0`;
}

/** The name that git gives to bytes. 40 hex digits. */
export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(blobHeader(bytes.length)).update(bytes).digest('hex');
}
