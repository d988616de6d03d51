import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Demo } from '../../core/demo/definition';
import { ExpectedError } from '../../core/errors';
import type { LoggedSample } from '../../core/flagging/log/types';
import { pixelDifferenceIn } from '../../core/flagging/replay/loadPixels';
import type { ReplaySetup } from '../../core/flagging/replay/replayRun';
import { openSamples } from '../../core/flagging/replay/samples';
import { createDemoRunner } from '../demoRunner';
import type { Services } from '../services';
import { configured } from '../settings';
import { blockedByTrust } from '../trust';

/** What a replay runs. */
export interface ReplayTarget {
  readonly log: vscode.Uri;
  /** The definition of the demo. */
  readonly demo: vscode.Uri;
  /** Positions in the log as they were when they were chosen; all when empty. */
  readonly rows: readonly number[];
}

/** The definition as it is now. @throws ExpectedError when it has errors */
export async function currentDemo({ sources }: Services, uri: vscode.Uri): Promise<Demo> {
  const { demo, problems } = await sources.ofDefinition(uri).load();
  if (demo) return demo;
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  throw new ExpectedError(
    vscode.l10n.t('The demo cannot be run: its definition has errors. {0}', problem?.message ?? ''),
    vscode.l10n.t('Mend it in {0}.', path.basename(uri.fsPath)),
  );
}

/**
 * Reads the samples and makes a runner for the function as it is now.
 *
 * @param mediaDir for the files that the function makes
 */
export async function setUpReplay(
  services: Services,
  { log }: ReplayTarget,
  demo: Demo,
  options: {
    readonly mediaDir: string;
    readonly isChosen: (sample: LoggedSample) => boolean;
    readonly onStatus: (status: string) => void;
  },
): Promise<ReplaySetup & { readonly logged: readonly LoggedSample[] }> {
  const blocked = blockedByTrust();
  if (blocked) throw new ExpectedError(blocked.reason);
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const praising = configured('replayPraisingOptions', log);
  const { logged, samples } = await openSamples({ demo, log: log.fsPath, folders, praising }, options.isChosen);
  const runner = createDemoRunner(services, demo, options.mediaDir);
  const tolerance = configured('replayTolerance', log);
  return {
    logged,
    total: logged.length,
    samples,
    outputs: demo.outputs,
    comparison: {
      tolerance: {
        absolute: tolerance,
        relative: tolerance,
        pixels: configured('replayPixelTolerance', log),
      },
      pixels: pixelDifferenceIn(vscode.Uri.joinPath(services.context.extensionUri, 'dist').fsPath),
    },
    runner,
    prepare: async (signal) => {
      if (demo.fn.type === 'http') await services.consent.require(demo.fn.url, demo.title);
      else await runner.describe({ signal, onStatus: options.onStatus });
    },
  };
}
