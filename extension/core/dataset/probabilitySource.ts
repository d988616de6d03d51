/** Where predicted probabilities come from. */
export type ProbabilitySource = { readonly kind: 'built-in'; readonly folds: number } | GivenSource;

/** Probabilities that are not those of the built-in classifier. */
export type GivenSource =
  /** A file of probabilities, absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  /** Columns of the dataset. */
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  /** A function of the person, `file.py:function`, or a fitted scikit-learn pipeline, path of a `.joblib`. */
  | { readonly kind: 'model'; readonly fn: string; readonly folds: number };

/** Whether a model is a pipeline, which learns from the dataset fold by fold; else it is a function. */
export function isPipeline(fn: string): boolean {
  return /\.(?:joblib|pkl)$/.test(fn);
}
