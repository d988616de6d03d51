import { isRecord } from '../../json';
import { candidateSorts, decisionKinds, type CandidateQuery, type CandidateStatus } from '../types';

export const candidateStatuses: readonly CandidateStatus[] = ['pending', ...decisionKinds];

/** The parts of a query that say which candidates are looked at. */
export function isFiltered({ given, suggested, status, scores, text }: CandidateQuery): boolean {
  return [given, suggested, status, scores, text].some((part) => part !== undefined);
}

/** A query as it was stored; what an older or a newer version wrote otherwise is left out. */
export function readQuery(stored: unknown): CandidateQuery {
  if (!isRecord(stored)) return {};
  const { given, suggested, status, scores, text, sort } = stored;
  return {
    given: typeof given === 'string' ? given : undefined,
    suggested: typeof suggested === 'string' ? suggested : undefined,
    status: candidateStatuses.find((known) => known === status),
    scores: readScores(scores),
    text: typeof text === 'string' && text !== '' ? text : undefined,
    sort: candidateSorts.find((known) => known === sort),
  };
}

function readScores(stored: unknown): CandidateQuery['scores'] {
  if (!Array.isArray(stored) || stored.length !== 2) return undefined;
  const [low, high] = stored as unknown[];
  return typeof low === 'number' && typeof high === 'number' && low <= high ? [low, high] : undefined;
}
