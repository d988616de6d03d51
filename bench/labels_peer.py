"""cleanlab and scikit-learn for labels.ts: prints one JSON object. Imports are not counted in the times."""

import csv
import json
import resource
import statistics
import sys
import time

import numpy
from cleanlab.filter import find_label_issues
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import cross_val_predict
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def generate(directory, rows, classes):
    """Probabilities of a fair model, and labels of which a tenth is given at random."""
    random = numpy.random.default_rng(0)
    rows, classes = int(rows), int(classes)
    true = random.integers(0, classes, rows)
    scores = random.normal(size=(rows, classes))
    scores[numpy.arange(rows), true] += 3
    weights = numpy.exp(scores * 1.5)
    labels = numpy.where(random.random(rows) < 0.1, random.integers(0, classes, rows), true)
    numpy.save(f"{directory}/pred_probs.npy", weights / weights.sum(axis=1, keepdims=True))
    numpy.save(f"{directory}/labels.npy", labels)
    return {}


def find(directory, rounds, jobs):
    pred_probs = numpy.load(f"{directory}/pred_probs.npy")
    labels = numpy.load(f"{directory}/labels.npy")
    settings = {"n_jobs": int(jobs)} if jobs != "default" else {}
    before, times = peak_mib(), []
    for _ in range(int(rounds)):
        started = time.perf_counter()
        found = find_label_issues(labels, pred_probs, return_indices_ranked_by="normalized_margin", **settings)
        times.append(time.perf_counter() - started)
    return {
        "issues": len(found),
        "seconds": statistics.median(times),
        "before_mib": before,
        "peak_mib": peak_mib(),
    }


def pipeline(path, folds):
    csv.field_size_limit(sys.maxsize)
    started = time.perf_counter()
    with open(path, newline="", encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    classes = sorted({record["label"] for record in records})
    labels = numpy.array([classes.index(record["label"]) for record in records])
    model = make_pipeline(CountVectorizer(), MultinomialNB())
    texts = [record["text"] for record in records]
    pred_probs = cross_val_predict(model, texts, labels, cv=int(folds), method="predict_proba")
    found = find_label_issues(labels, pred_probs, return_indices_ranked_by="normalized_margin", n_jobs=1)
    return {"issues": len(found), "seconds": time.perf_counter() - started, "peak_mib": peak_mib()}


parts = {"generate": generate, "find": find, "pipeline": pipeline}
print(json.dumps(parts[sys.argv[1]](*sys.argv[2:])))
