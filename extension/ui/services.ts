import * as path from 'node:path';
import type * as vscode from 'vscode';
import { CallbackRegistry } from './callbacks';
import { Consent } from './consent';
import { DemoPanels } from './demoPanels';
import { DemoSources } from './demoSource';
import { createErrorReporter, type ErrorReporter } from './errors';
import { CellTexts } from './flagLog/cellTexts';
import { FlagLogEditors } from './flagLog/flagLogEditors';
import { FlagSenders } from './hub/flagSenders';
import { HubAccounts } from './hub/hubAccounts';
import { createLogChannel } from './logChannel';
import { storagePath } from './paths';
import { openReview } from './review/openReview';
import { Reviews } from './reviews';
import { SampleFlags } from './sampleFlags';
import { SampleUndo } from './sampleUndo';

/** What the parts of the extension share. Made once by `activate` and passed on; nothing here is a global. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly errors: ErrorReporter;
  readonly callbacks: CallbackRegistry;
  readonly consent: Consent;
  readonly sources: DemoSources;
  readonly panels: DemoPanels;
  readonly logEditors: FlagLogEditors;
  readonly cellTexts: CellTexts;
  /** What was flagged outside demos. */
  readonly flags: SampleFlags;
  /** What was done with flagged samples, to take it back. */
  readonly sampleUndo: SampleUndo;
  readonly reviews: Reviews;
  readonly hubAccounts: HubAccounts;
  readonly flagSenders: FlagSenders;
}

export function createServices(context: vscode.ExtensionContext): Services {
  const log = createLogChannel();
  const errors = createErrorReporter(log);
  const consent = new Consent(context.workspaceState);
  const flags = new SampleFlags(log);
  const sampleUndo = new SampleUndo(path.join(storagePath(context), 'unflagged'), log);
  const cellTexts = new CellTexts();
  const reviews = new Reviews((dataset) => openReview(dataset, { context, log }), errors);
  const hubAccounts = new HubAccounts({ context, log });
  const flagSenders = new FlagSenders({ context, accounts: hubAccounts, log, errors });
  context.subscriptions.push(hubAccounts, flagSenders, log, flags, sampleUndo, cellTexts, reviews);
  return {
    context,
    log,
    errors,
    callbacks: new CallbackRegistry(),
    consent,
    sources: new DemoSources({ context, log, consent }),
    panels: new DemoPanels(),
    logEditors: new FlagLogEditors(),
    cellTexts,
    flags,
    sampleUndo,
    reviews,
    hubAccounts,
    flagSenders,
  };
}
