/** Every id that the manifest and the code share; a test compares these tables with package.json in both directions. */

export const commands = {
  openDemo: 'flagReview.openDemo',
  openDemoForFunction: 'flagReview.openDemoForFunction',
  openClassifierDemo: 'flagReview.openClassifierDemo',
  newDemoDefinition: 'flagReview.newDemoDefinition',
  saveDefinition: 'flagReview.saveDefinition',
  submitDemo: 'flagReview.submitDemo',
  stopDemo: 'flagReview.stopDemo',
  clearDemo: 'flagReview.clearDemo',
  flagSample: 'flagReview.flagSample',
  undoLastFlag: 'flagReview.undoLastFlag',
  retryUnrecorded: 'flagReview.retryUnrecorded',
  openFlagLog: 'flagReview.openFlagLog',
  checkFlagLog: 'flagReview.checkFlagLog',
  mergeFlagLogs: 'flagReview.mergeFlagLogs',
  openAsText: 'flagReview.openAsText',
  reopenAsFlagLog: 'flagReview.reopenAsFlagLog',
  replaySamples: 'flagReview.replaySamples',
  promoteSamples: 'flagReview.promoteSamples',
  undoPromotion: 'flagReview.undoPromotion',
  filterSamples: 'flagReview.filterSamples',
  clearSampleFilter: 'flagReview.clearSampleFilter',
  sortSamples: 'flagReview.sortSamples',
  showMoreSamples: 'flagReview.showMoreSamples',
  openSample: 'flagReview.openSample',
  unflagSamples: 'flagReview.unflagSamples',
  undoSampleChange: 'flagReview.undoSampleChange',
  markReviewed: 'flagReview.markReviewed',
  markNotReviewed: 'flagReview.markNotReviewed',
  changeOption: 'flagReview.changeOption',
  copySampleAsJson: 'flagReview.copySampleAsJson',
  revealSampleMedia: 'flagReview.revealSampleMedia',
  openSampleInDemo: 'flagReview.openSampleInDemo',
  promoteChosen: 'flagReview.promoteChosen',
  deleteSamples: 'flagReview.deleteSamples',
  findLabelErrors: 'flagReview.findLabelErrors',
  cancelFindLabelErrors: 'flagReview.cancelFindLabelErrors',
  acceptCandidates: 'flagReview.acceptCandidates',
  relabelCandidates: 'flagReview.relabelCandidates',
  keepCandidates: 'flagReview.keepCandidates',
  markAmbiguousCandidates: 'flagReview.markAmbiguousCandidates',
  discardCandidates: 'flagReview.discardCandidates',
  skipCandidates: 'flagReview.skipCandidates',
  noteCandidate: 'flagReview.noteCandidate',
  showSimilarCandidates: 'flagReview.showSimilarCandidates',
  openCandidate: 'flagReview.openCandidate',
  openCandidateInFile: 'flagReview.openCandidateInFile',
  copyCandidates: 'flagReview.copyCandidates',
  decideCheckedCandidates: 'flagReview.decideCheckedCandidates',
  checkAllCandidates: 'flagReview.checkAllCandidates',
  uncheckCandidates: 'flagReview.uncheckCandidates',
  undoCandidates: 'flagReview.undoCandidates',
  redoCandidates: 'flagReview.redoCandidates',
  filterCandidates: 'flagReview.filterCandidates',
  clearFilterOfCandidates: 'flagReview.clearFilterOfCandidates',
  sortCandidates: 'flagReview.sortCandidates',
  showMoreCandidates: 'flagReview.showMoreCandidates',
  findAgainCandidates: 'flagReview.findAgainCandidates',
  showLabelDiff: 'flagReview.showLabelDiff',
  copyLabelDiff: 'flagReview.copyLabelDiff',
  changeLabelInText: 'flagReview.changeLabelInText',
  keepLabelInText: 'flagReview.keepLabelInText',
  secondOpinion: 'flagReview.secondOpinion',
  mergeReviewers: 'flagReview.mergeReviewers',
  revokeConsent: 'flagReview.revokeConsent',
  openReview: 'flagReview.openReview',
  reviewKeep: 'flagReview.reviewKeep',
  reviewAccept: 'flagReview.reviewAccept',
  reviewLabel: 'flagReview.reviewLabel',
  reviewChooseLabel: 'flagReview.reviewChooseLabel',
  reviewAmbiguous: 'flagReview.reviewAmbiguous',
  reviewDiscard: 'flagReview.reviewDiscard',
  reviewSkip: 'flagReview.reviewSkip',
  reviewNote: 'flagReview.reviewNote',
  reviewUndo: 'flagReview.reviewUndo',
  reviewRedo: 'flagReview.reviewRedo',
  reviewNext: 'flagReview.reviewNext',
  reviewPrevious: 'flagReview.reviewPrevious',
  reviewNextPending: 'flagReview.reviewNextPending',
  reviewBulk: 'flagReview.reviewBulk',
  reviewCharts: 'flagReview.reviewCharts',
  reviewFreeze: 'flagReview.reviewFreeze',
  reviewBlind: 'flagReview.reviewBlind',
  reviewHelp: 'flagReview.reviewHelp',
  reviewApply: 'flagReview.reviewApply',
  applyCorrections: 'flagReview.applyCorrections',
  undoApply: 'flagReview.undoApply',
  pushDataset: 'flagReview.pushDataset',
  runPushPlan: 'flagReview.runPushPlan',
  discardPushPlan: 'flagReview.discardPushPlan',
  editPushCard: 'flagReview.editPushCard',
  resumePush: 'flagReview.resumePush',
  pushAgain: 'flagReview.pushAgain',
  sendWaitingFlags: 'flagReview.sendWaitingFlags',
  discardWaitingFlags: 'flagReview.discardWaitingFlags',
  openHubDataset: 'flagReview.openHubDataset',
  updateHubDataset: 'flagReview.updateHubDataset',
  openOnHub: 'flagReview.openOnHub',
  copyLoadCode: 'flagReview.copyLoadCode',
  signInToHub: 'flagReview.signInToHub',
  signOutOfHub: 'flagReview.signOutOfHub',
  showLog: 'flagReview.showLog',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

/** Set by `setContext` and used in `when` clauses. */
export const contextKeys = {
  /** A demo panel is the active editor. */
  demoActive: 'flagReview.demoActive',
  /** The active demo panel shows a demo that has no definition file yet. */
  demoUnsaved: 'flagReview.demoUnsaved',
  /** A flag of this window can be taken back. */
  canUndoFlag: 'flagReview.canUndoFlag',
  /** A promotion of this window can be taken back. */
  canUndoPromotion: 'flagReview.canUndoPromotion',
  /** The flagged samples are filtered. */
  samplesFiltered: 'flagReview.samplesFiltered',
  /** Folders of the workspace that hold flag logs, at any depth: an object with a path a key. */
  logFolders: 'flagReview.logFolders',
  /** A change of flagged samples can be taken back. */
  canUndoSampleChange: 'flagReview.canUndoSampleChange',
  /** The label-error candidates are filtered. */
  candidatesFiltered: 'flagReview.candidatesFiltered',
  /** Candidates are checked, to be decided together. */
  candidatesChecked: 'flagReview.candidatesChecked',
  /** A decision on a label can be taken back. */
  canUndoDecision: 'flagReview.canUndoDecision',
  /** A decision that was taken back can be made again. */
  canRedoDecision: 'flagReview.canRedoDecision',
  /** Label errors are being looked for. */
  findingLabelErrors: 'flagReview.findingLabelErrors',
  /** A language model can be asked for a label; known once a review was opened. */
  hasLanguageModel: 'flagReview.hasLanguageModel',
  /** A push to the Hub is planned. */
  hasPushPlan: 'flagReview.hasPushPlan',
  /** A demo ran in this window: the walkthrough's second step. */
  ran: 'flagReview.ran',
  /** A sample was flagged in this window: the walkthrough's third step. */
  flagged: 'flagReview.flagged',
} as const;
export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/** Settings without their section, which is `settingsSection`. */
export const settings = {
  pythonInterpreter: 'python.interpreter',
  flaggingOptions: 'flagging.options',
  flaggingDirectory: 'flagging.directory',
  flaggingUsername: 'flagging.username',
  codeLens: 'codeLens.openDemo',
  replayTolerance: 'replay.tolerance',
  replayPixelTolerance: 'replay.pixelTolerance',
  replayPraisingOptions: 'replay.praisingOptions',
  reviewStopAt: 'review.stopAt',
  reviewDiagnostics: 'review.diagnostics',
  reviewMaxDiagnostics: 'review.maxDiagnostics',
  reviewer: 'review.reviewer',
  reviewDiscard: 'review.discard',
  hubEndpoint: 'hub.endpoint',
  hubOauthClientId: 'hub.oauthClientId',
  hubXet: 'hub.xet',
} as const;
export const settingsSection = 'flagReview';

/** View types of webview panels; each has its `onWebviewPanel:` activation event. */
export const viewTypes = {
  demo: 'flagReview.demo',
  replay: 'flagReview.replay',
  review: 'flagReview.review',
} as const;

/** View types of custom editors. */
export const customEditors = {
  /** What opens a log of a flagging directory. */
  flagLog: 'flagReview.flagLog',
  /** The same editor, offered for other tables. */
  table: 'flagReview.table',
  /** A log that VS Code hands to no extension as text. Its pattern fits no file: it is opened by us alone. */
  largeLog: 'flagReview.largeLog',
} as const;

/** Views of the activity bar's container. */
export const viewContainer = 'flagReview';
export const views = {
  flaggedSamples: 'flagReview.flaggedSamples',
  labelErrors: 'flagReview.labelErrors',
  hub: 'flagReview.hub',
} as const;

export const walkthroughs = { firstMinute: 'firstMinute' } as const;

/** Tools for language models; the manifest says what each one is for. */
export const languageModelTools = {
  listCandidates: 'flagReview_listCandidates',
  readRecord: 'flagReview_readRecord',
  listFlaggedSamples: 'flagReview_listFlaggedSamples',
  proposeDecision: 'flagReview_proposeDecision',
} as const;
