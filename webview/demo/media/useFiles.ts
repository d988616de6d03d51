import { useEffect, useRef, useState } from 'preact/hooks';
import { accepts, wantedTypes } from './accept';
import { filesOf, takesMany, withFile, type MediaComponent } from './payload';
import { strings } from './strings';
import type { Upload } from './upload';
import { useTransfer, type Transfer } from './useTransfer';

export interface Files {
  /** Checks and sends files, one after the other, and puts them into the payload. */
  readonly take: (files: readonly File[]) => Promise<void>;
  /** Gives the input another payload. */
  readonly change: (value: unknown) => void;
  readonly cancel: () => void;
  readonly transfer: Transfer | null;
  /** What is wrong, for a person; empty when nothing is. */
  readonly problem: string;
  readonly setProblem: (problem: string) => void;
  /** What has just happened, for a live region. */
  readonly news: string;
}

interface FilesOptions {
  readonly component: MediaComponent;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly upload: Upload;
}

/** The files of one input on their way from the person to the payload. */
export function useFiles({ component, value, onChange, upload }: FilesOptions): Files {
  const [problem, setProblem] = useState('');
  const [news, setNews] = useState('');
  const { current: transfer, send, cancel: stop } = useTransfer(upload);
  // Several files arrive within one drawing of the page: each must see the payload that the one before it made.
  const latest = useRef(value);
  const emptied = value !== latest.current && filesOf(value).length === 0;
  latest.current = value;
  // Cleared by the page: a file on its way must not come back after that.
  useEffect(() => {
    if (!emptied) return;
    stop();
    setProblem('');
  }, [value]);

  const change = (next: unknown) => {
    latest.current = next;
    setNews('');
    setProblem('');
    onChange(next);
  };
  const take = async (given: readonly File[]) => {
    const fitting = given.filter((file) => accepts(component, file));
    const chosen = takesMany(component) ? fitting : fitting.slice(0, 1);
    for (const file of chosen) {
      try {
        const stored = await send(file);
        if (!stored) return;
        change(withFile(component, latest.current, stored));
        setNews(strings.added(file.name));
      } catch (error) {
        setProblem(strings.failed(file.name, error instanceof Error ? error.message : String(error)));
        return;
      }
    }
    setProblem(refusal(component, given, chosen.length));
  };
  const cancel = () => {
    setNews(transfer ? strings.cancelled(transfer.name) : '');
    stop();
  };
  return { take, change, cancel, transfer, problem, setProblem, news };
}

/** Why some of the given files were not taken. */
function refusal(component: MediaComponent, given: readonly File[], taken: number): string {
  const stranger = given.find((file) => !accepts(component, file));
  if (stranger) {
    const wanted = component.kind === 'file' ? wantedTypes(component).join(', ') : '';
    return strings.wrongType(stranger.name, component.kind, wanted);
  }
  return taken < given.length ? strings.onlyOne : '';
}
