"""What cleanlab and scikit-learn say of the cases on standard input, one JSON line each."""

import json
import sys
from types import SimpleNamespace

import numpy
import stable_sort  # noqa: F401  before what sorts

from cleanlab.classification import CleanLearning  # noqa: F401  it imports everything that sorts
from cleanlab.count import (
    calibrate_confident_joint,
    compute_confident_joint,
    estimate_joint,
    get_confident_thresholds,
    num_label_issues,
)
from cleanlab.datalab.internal.issue_manager.imbalance import ClassImbalanceIssueManager
from cleanlab.dataset import find_overlapping_classes, health_summary, rank_classes_by_label_quality
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import accuracy_score, classification_report, cohen_kappa_score, confusion_matrix
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.model_selection import cross_val_predict
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline


def issues(case):
    labels = numpy.array(case["labels"])
    pred_probs = numpy.array(case["predProbs"])
    options = case["options"]
    mask = find_label_issues(labels, pred_probs, n_jobs=1, **options)
    scores = {
        method: get_label_quality_scores(labels, pred_probs, method=method).tolist()
        for method in ("normalized_margin", "self_confidence", "confidence_weighted_entropy")
    }
    adjusted = get_label_quality_scores(
        labels, pred_probs, method="normalized_margin", adjust_pred_probs=True
    ).tolist()
    return {"mask": mask.astype(int).tolist(), "scores": scores, "adjusted": adjusted}


def multilabel(case):
    labels = case["labels"]
    pred_probs = numpy.array(case["predProbs"])
    mask = find_label_issues(labels, pred_probs, n_jobs=1, multi_label=True, **case["options"])
    return {"mask": numpy.array(mask).astype(int).tolist()}


def counts(case):
    labels = numpy.array(case["labels"])
    pred_probs = numpy.array(case["predProbs"])
    joint = compute_confident_joint(labels, pred_probs, calibrate=False)
    calibrated = calibrate_confident_joint(joint, labels)
    # pandas sorts these by itself, equal ones in no promised order
    classes = rank_classes_by_label_quality(labels, pred_probs).sort_values("Class Index")
    overlaps = find_overlapping_classes(labels, pred_probs).sort_values(["Class Index A", "Class Index B"])
    summary = health_summary(labels, pred_probs, verbose=False)
    return {
        "thresholds": get_confident_thresholds(labels, pred_probs).tolist(),
        "joint": joint.tolist(),
        "calibrated": calibrated.tolist(),
        "distribution": estimate_joint(labels, pred_probs).tolist(),
        "num_label_issues": int(num_label_issues(labels, pred_probs)),
        "health_score": float(summary["overall_label_health_score"]),
        "classes": classes[["Class Index", "Label Issues", "Inverse Label Issues"]].values.tolist(),
        "quality": classes["Label Quality Score"].tolist(),
        "overlaps": overlaps[["Class Index A", "Class Index B", "Num Overlapping Examples"]].values.tolist(),
    }


def cross_validation(case):
    model = make_pipeline(CountVectorizer(), MultinomialNB())
    labels = numpy.array(case["labels"])
    predicted = cross_val_predict(model, case["texts"], labels, cv=case["folds"], method="predict_proba")
    return {"predProbs": predicted.tolist()}


def trained(case):
    model = make_pipeline(CountVectorizer(), MultinomialNB()).fit(case["texts"], case["labels"])
    return {"predProbs": model.predict_proba(case["asked"]).tolist()}


def report(case):
    labels, predicted = case["labels"], case["predicted"]
    figures = classification_report(labels, predicted, output_dict=True, zero_division=0)
    rows = {name: list(scores.values()) for name, scores in figures.items() if name != "accuracy"}
    return {
        "accuracy": float(accuracy_score(labels, predicted)),
        "macro": rows.pop("macro avg"),
        "weighted": rows.pop("weighted avg"),
        "classes": rows,
        "confusion": confusion_matrix(labels, predicted, labels=range(case["classes"])).tolist(),
    }


def similar(case):
    vectors = TfidfVectorizer().fit_transform(case["texts"])
    return {"cosines": cosine_similarity(vectors).tolist()}


def imbalance(case):
    labels = numpy.array(case["labels"])
    names = {label: str(label) for label in set(case["labels"])}
    # what the manager asks of a Datalab, which itself needs a package of datasets
    datalab = SimpleNamespace(labels=labels, class_names=list(names), _label_map=names)
    manager = ClassImbalanceIssueManager(datalab)
    manager.find_issues()
    return {"rarest": manager.info["Rarest Class"]}


def agreement(case):
    first, second = case["first"], case["second"]
    # it is not a number where both say one and the same of everything
    kappa = cohen_kappa_score(first, second) if len({*first, *second}) > 1 else None
    return {
        "kappa": kappa,
        "confusion": confusion_matrix(first, second).tolist(),
        "accuracy": accuracy_score(first, second),
    }


answers = {
    "issues": issues,
    "multilabel": multilabel,
    "counts": counts,
    "cross_validation": cross_validation,
    "trained": trained,
    "report": report,
    "similar": similar,
    "imbalance": imbalance,
    "agreement": agreement,
}

for case in json.load(sys.stdin):
    try:
        answer = answers[case["about"]](case)
    except Exception as error:  # a case that the peer itself refuses proves nothing
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer))
