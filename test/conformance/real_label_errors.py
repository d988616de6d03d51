"""What cleanlab and scikit-learn say of real data: `real_label_errors.py DATA OUT` prints JSON and writes OUT/sms.npy."""

import json
import sys
from pathlib import Path

import numpy
import stable_sort  # noqa: F401  before what sorts
from cleanlab.filter import find_label_issues
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import cross_val_predict
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

FILTERS = (
    "prune_by_noise_rate",
    "prune_by_class",
    "both",
    "confident_learning",
    "predicted_neq_given",
    "low_normalized_margin",
    "low_self_confidence",
)


def candidates(labels, pred_probs):
    return {
        name: find_label_issues(
            labels, pred_probs, filter_by=name, return_indices_ranked_by="normalized_margin", n_jobs=1
        ).tolist()
        for name in FILTERS
    }


def messages(data, out):
    records = [json.loads(line) for line in (data / "sms.jsonl").read_text("utf-8").splitlines()]
    classes = sorted({record["label"] for record in records})
    labels = numpy.array([classes.index(record["label"]) for record in records])
    model = make_pipeline(CountVectorizer(), MultinomialNB())
    texts = [record["text"] for record in records]
    pred_probs = cross_val_predict(model, texts, labels, cv=10, method="predict_proba")
    numpy.save(out / "sms.npy", pred_probs)
    return candidates(labels, pred_probs)


def published(data, name):
    folder = data / "label-errors"
    pred_probs = numpy.load(folder / f"{name}_test_set_pyx.npy")
    labels = numpy.load(folder / f"{name}_test_set_original_labels.npy").astype(int)
    return candidates(labels, pred_probs / pred_probs.sum(axis=1, keepdims=True))


def main(data, out):
    answer = {"sms": messages(data, out)} | {name: published(data, name) for name in ("20news", "imdb")}
    print(json.dumps(answer))


main(Path(sys.argv[1]), Path(sys.argv[2]))
