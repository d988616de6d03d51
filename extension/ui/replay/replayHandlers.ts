import { verdicts } from '../../core/flagging/replay/types';
import type { ReplayHost } from '../../protocol/replay';
import type { Handlers } from '../../protocol/rpc';
import { accepts, isCount, isString, type Answers } from '../answers';

export type ReplayAnswers = Answers<ReplayHost>;

const isVerdict = (value: unknown): boolean => value === null || (verdicts as readonly unknown[]).includes(value);

/** Checks what a page sends before it reaches the code that acts on it. */
export function replayHandlers(answers: ReplayAnswers): Handlers<ReplayHost> {
  return {
    view: { accepts: accepts(), handle: () => answers.view() },
    rows: {
      accepts: accepts(isVerdict, isCount, isCount),
      handle: (verdict, from, count) => answers.rows(verdict, from, count),
    },
    detail: { accepts: accepts(isCount), handle: (row) => answers.detail(row) },
    restart: { accepts: accepts(), handle: () => answers.restart() },
    cancel: { accepts: accepts(), handle: () => answers.cancel() },
    unflagFixed: { accepts: accepts(), handle: () => answers.unflagFixed() },
    saveRegression: { accepts: accepts(), handle: () => answers.saveRegression() },
    openSample: { accepts: accepts(isCount), handle: (row) => answers.openSample(row) },
    showLog: { accepts: accepts(), handle: () => answers.showLog() },
    openLink: { accepts: accepts(isString), handle: (url) => answers.openLink(url) },
    saveFile: { accepts: accepts(isString), handle: (token) => answers.saveFile(token) },
  };
}
