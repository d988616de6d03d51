import * as path from 'node:path';
import * as vscode from 'vscode';
import { loggedComponents } from '../../core/demo/definition';
import { ExpectedError } from '../../core/errors';
import { resolveMedia } from '../../core/flagging/log/mediaPath';
import { samplePayloads, type ResolveFile } from '../../core/flagging/replay/payloads';
import { demoOfLog } from '../replay/demoOfLog';
import { currentDemo } from '../replay/replayTarget';
import type { Services } from '../services';
import { blockedByTrust } from '../trust';
import { foldersOf } from './sampleMedia';
import type { SampleNode } from './samplesTree';

/** Shows the demo that a sample was flagged in, with its inputs. */
export async function openInDemo(services: Services, { log, read }: SampleNode): Promise<void> {
  const blocked = blockedByTrust();
  if (blocked) throw new ExpectedError(blocked.reason, vscode.l10n.t('Trust it to open its demos.'));
  const definition = await demoOfLog(log.uri);
  if (!definition) return;
  const { inputs } = await currentDemo(services, definition);
  // The state of a demo is not logged.
  const logged = inputs.filter((input) => loggedComponents({ inputs: [input], outputs: [] }).length > 0);
  const payloads = await samplePayloads(logged, read.sample, resolverOf(log.uri));
  const values = inputs.map((input) => payloads[logged.indexOf(input)] ?? null);
  const panel = await services.panels.open(
    services,
    services.sources.ofDefinition(definition),
    vscode.ViewColumn.Active,
  );
  await panel.fillInputs(values);
}

function resolverOf(log: vscode.Uri): ResolveFile {
  return async (text) => {
    const found = await resolveMedia(text, { log: log.fsPath, folders: foldersOf(log) });
    if ('file' in found) return found.file;
    throw new ExpectedError(found.problem, vscode.l10n.t('It is missing beside {0}.', path.basename(log.fsPath)));
  };
}
