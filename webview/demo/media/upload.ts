import type { FileData } from '../../../extension/core/demo/fileData';
import type { DemoHost } from '../../../extension/protocol/demo';
import type { Remote } from '../../../extension/protocol/rpc';

/** Bytes of one message: small enough that neither side holds much of a file, large enough to be quick. */
export const chunkSize = 4 * 1024 * 1024;

type Progress = (sent: number) => void;

/**
 * Sends a file to the host.
 *
 * @param onProgress called with the bytes sent so far, after each chunk
 * @param signal stops the sending; the promise then rejects with the signal's reason
 * @returns the file as the host knows it
 */
export type Upload = (file: Blob, name: string, onProgress: Progress, signal?: AbortSignal) => Promise<FileData>;

export type UploadHost = Pick<Remote<DemoHost>, 'beginUpload' | 'uploadChunk' | 'endUpload'>;

/** An upload of files for one input: chunks in order, one message at a time, each read when it is its turn. */
export function uploader(host: UploadHost, input: number): Upload {
  return async (file, name, onProgress, signal) => {
    signal?.throwIfAborted();
    const upload = await host.beginUpload(input, name, file.type, file.size);
    for (let start = 0; start < file.size; start += chunkSize) {
      const bytes = await file.slice(start, start + chunkSize).arrayBuffer();
      signal?.throwIfAborted();
      await host.uploadChunk(upload, bytes);
      onProgress(Math.min(file.size, start + chunkSize));
    }
    signal?.throwIfAborted();
    return host.endUpload(upload);
  };
}
