/** How often the candidates that were decided were label errors, and what to expect of the rest. */
export interface PrecisionEstimate {
  /** Candidates that were decided, not counting those that were skipped. */
  readonly decided: number;
  /** Of those, label errors: changed, discarded or ambiguous ones. */
  readonly errors: number;
  /** Precision expected at the present rank, with a 90 % interval; null before the first decision. */
  readonly precision: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Errors expected among those that are pending, with a 90 % interval; null before the first decision. */
  readonly remaining: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Median seconds per decision; null before the first one. */
  readonly secondsPerItem: number | null;
  /** Share of errors among the decisions so far, at each rank that was decided; for the curve. */
  readonly curve: readonly { readonly rank: number; readonly precision: number }[];
}
