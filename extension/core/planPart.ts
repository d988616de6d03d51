/** A part of a plan in lines for a person. */
export interface PlanPart {
  readonly title: string;
  readonly lines: readonly string[];
}
