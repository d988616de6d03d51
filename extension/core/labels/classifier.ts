import { countKnownWords, type CountMatrix } from './countMatrix';
import { zeros, type PredProbs } from './matrix';
import { NaiveBayesCounts, NaiveBayesPredictor } from './naiveBayes';

/** Labelled texts as a classifier learns from them: their words are counted, they themselves are gone. */
export interface TrainingSet {
  readonly matrix: CountMatrix;
  /** Class index of each row of the matrix. */
  readonly labels: Int32Array;
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** Records without a label, or without a text. */
  readonly leftOut: number;
}

/** A trained text classifier: scikit-learn's `Pipeline(CountVectorizer(), MultinomialNB())`. */
export interface Classifier {
  readonly classes: readonly string[];
  /** The words it knows, in the order of their code points. */
  readonly vocabulary: readonly string[];
  readonly counts: NaiveBayesCounts;
}

export function trainClassifier({ matrix, labels, classes }: TrainingSet): Classifier {
  return { classes, vocabulary: matrix.vocabulary, counts: NaiveBayesCounts.of(matrix, labels, classes.length) };
}

/**
 * `predict_proba`: one row a text, one column a class. Words that the classifier does not know are ignored; a text
 * without known words gets the shares of the classes.
 */
export function predictProba({ classes, vocabulary, counts }: Classifier, texts: Iterable<string>): PredProbs {
  const matrix = countKnownWords(texts, vocabulary);
  const predProbs = zeros(matrix.starts.length - 1, classes.length);
  const predictor = new NaiveBayesPredictor(counts);
  for (let row = 0; row < predProbs.rows; row++)
    predictor.predict(matrix, row, predProbs.data, row * predProbs.columns);
  return predProbs;
}
