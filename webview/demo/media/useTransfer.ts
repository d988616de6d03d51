import { useEffect, useRef, useState } from 'preact/hooks';
import type { FileData } from '../../../extension/core/demo/fileData';
import type { Upload } from './upload';

/** A file on its way; sizes in bytes. */
export interface Transfer {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

interface Transfers {
  readonly current: Transfer | null;
  /** Sends one file, after ending another; null when it was cancelled. */
  readonly send: (file: File) => Promise<FileData | null>;
  readonly cancel: () => void;
}

/** At most one upload at a time, ended with the input. */
export function useTransfer(upload: Upload): Transfers {
  const [current, setCurrent] = useState<Transfer | null>(null);
  const active = useRef<AbortController | null>(null);

  const cancel = () => {
    active.current?.abort();
    active.current = null;
    setCurrent(null);
  };
  useEffect(() => () => active.current?.abort(), []);

  const send = async (file: File): Promise<FileData | null> => {
    cancel();
    const controller = new AbortController();
    const { signal } = controller;
    active.current = controller;
    const progress = (sent: number) => {
      if (!signal.aborted) setCurrent({ name: file.name, sent, total: file.size });
    };
    progress(0);
    try {
      const stored = await upload(file, file.name, progress, signal);
      return signal.aborted ? null : stored;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      if (active.current === controller) cancel();
    }
  };
  return { current, send, cancel };
}
