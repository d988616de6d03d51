import { isRecord } from '../core/json';
import type { DemoHost, FlagRequest } from '../protocol/demo';
import type { Handlers } from '../protocol/rpc';
import { accepts, isCount, isString, type Answers } from './answers';

const isValues = (value: unknown): boolean => Array.isArray(value);
const isBytes = (value: unknown): boolean => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
const isAction = (value: unknown): boolean =>
  isString(value) && ['unblock', 'openDefinition', 'showLog', 'saveDefinition'].includes(value);

function isFlagRequest(value: unknown): value is FlagRequest {
  if (!isRecord(value)) return false;
  const { runId, option, note, corrected } = value;
  return isCount(runId) && (option === null || isString(option)) && isString(note) && isRecord(corrected);
}

/** What answers a demo's page. */
export type DemoAnswers = Answers<DemoHost>;

/** Checks what a page sends before it reaches the code that acts on it. */
export function demoHandlers(answers: DemoAnswers): Handlers<DemoHost> {
  return {
    view: { accepts: accepts(), handle: () => answers.view() },
    beginUpload: {
      accepts: accepts(isCount, isString, isString, isCount),
      handle: (input, name, mimeType, size) => answers.beginUpload(input, name, mimeType, size),
    },
    uploadChunk: {
      accepts: accepts(isCount, isBytes),
      handle: (upload, bytes) => answers.uploadChunk(upload, bytes),
    },
    endUpload: { accepts: accepts(isCount), handle: (upload) => answers.endUpload(upload) },
    saveInputs: { accepts: accepts(isValues), handle: (values) => answers.saveInputs(values) },
    submit: { accepts: accepts(isValues), handle: (values) => answers.submit(values) },
    stop: { accepts: accepts(), handle: () => answers.stop() },
    clear: { accepts: accepts(), handle: () => answers.clear() },
    flag: { accepts: accepts(isFlagRequest), handle: (request) => answers.flag(request) },
    undoFlag: { accepts: accepts(isString), handle: (id) => answers.undoFlag(id) },
    retrySpooled: { accepts: accepts(), handle: () => answers.retrySpooled() },
    openLog: { accepts: accepts(isString), handle: (id) => answers.openLog(id) },
    setAutoFlag: { accepts: accepts((on) => typeof on === 'boolean'), handle: (on) => answers.setAutoFlag(on) },
    openLink: { accepts: accepts(isString), handle: (url) => answers.openLink(url) },
    saveFile: { accepts: accepts(isString), handle: (token) => answers.saveFile(token) },
    act: { accepts: accepts(isAction), handle: (action) => answers.act(action) },
  };
}
