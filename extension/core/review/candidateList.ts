import type { Candidates } from './types';

export const noCandidates: Candidates = {
  rows: new Uint32Array(),
  given: new Uint32Array(),
  suggested: new Uint32Array(),
  labelQuality: new Float64Array(),
  normalizedMargin: new Float64Array(),
  selfConfidence: new Float64Array(),
  labelErrorCandidate: new Int32Array(),
  labellings: [],
};
