import type * as vscode from 'vscode';
import type { FlagReviewApi } from './api';
import { registerApplyCorrections } from './ui/review/applyCorrections';
import { registerCandidateDiagnostics } from './ui/candidateDiagnostics/candidateDiagnostics';
import { registerOpenClassifierDemo } from './ui/classifier/openClassifierDemo';
import { registerConsent } from './ui/consent';
import { registerDemoPanels } from './ui/demoPanels';
import { registerDiagnostics } from './ui/diagnostics';
import { registerFindLabelErrors } from './ui/findLabelErrors/findLabelErrors';
import { registerFlagLogs } from './ui/flagLog/flagLogs';
import { registerFlaggedSamples } from './ui/flaggedSamples/flaggedSamples';
import { registerFlagSample } from './ui/flagSampleCommand';
import { registerFunctionLens } from './ui/functionLens';
import { registerHub } from './ui/hub/hub';
import { registerReviewReports } from './ui/labelDiff/reviewReportCommands';
import { registerLabelErrors } from './ui/labelErrors/labelErrors';
import { registerSecondOpinion } from './ui/languageModel/secondOpinion';
import { registerLedgerProblems } from './ui/ledgerProblems';
import { registerLanguageModelTools } from './ui/languageModel/tools';
import { registerCheckFlagLog } from './ui/logDoctor/checkFlagLog';
import { registerMergeFlagLogs } from './ui/logDoctor/mergeFlagLogs';
import { registerNewDemoDefinition } from './ui/newDemoDefinition';
import { registerOpenDemo } from './ui/openDemo';
import { registerOpenFlagLog } from './ui/openFlagLog';
import { registerUndoLastFlag } from './ui/sampleFlags';
import { registerPromoteSamples } from './ui/promote/promoteSamples';
import { registerReplaySamples } from './ui/replay/replaySamples';
import { registerReviewPanels } from './ui/review/reviewPanels';
import { registerReviewStatus } from './ui/reviewStatus';
import { registerSaveDefinition } from './ui/saveDefinition';
import { createServices } from './ui/services';
import { registerShowLog } from './ui/showLog';

/** Composes the extension; everything it registers ends with it. */
export function activate(context: vscode.ExtensionContext): FlagReviewApi {
  const services = createServices(context);
  context.subscriptions.push(
    registerDemoPanels(services),
    registerOpenDemo(services),
    registerFunctionLens(services),
    registerOpenClassifierDemo(services),
    registerNewDemoDefinition(services),
    registerSaveDefinition(services),
    registerDiagnostics(services),
    registerFlagSample(services),
    registerFlaggedSamples(services),
    registerFindLabelErrors(services),
    registerLabelErrors(services),
    registerApplyCorrections(services),
    registerReviewReports(services),
    registerCandidateDiagnostics(services),
    registerLanguageModelTools(services),
    registerSecondOpinion(services),
    registerReviewStatus(services),
    registerLedgerProblems(services),
    registerUndoLastFlag(services),
    registerOpenFlagLog(services),
    registerCheckFlagLog(services),
    registerMergeFlagLogs(services),
    registerFlagLogs(services),
    registerReplaySamples(services),
    registerPromoteSamples(services),
    registerReviewPanels(services),
    registerHub(services),
    registerConsent(services),
    registerShowLog(services),
  );
  return {
    version: 1,
    registerFlaggingCallback: (name, factory) => services.callbacks.register(name, factory),
  };
}
