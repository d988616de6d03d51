"""Out-of-sample probabilities of the person's own scikit-learn pipeline."""

import os
import sys
import warnings
from typing import Any, Callable, Dict

from .errors import WorkerError
from .packages import require
from .plain import plain

# Rows that travel in one event.
_PIECE = 10_000
_PURPOSE = "Cross-validating a pipeline"


def cross_val_predict(request: Dict[str, Any], send: Callable[..., None], guarded: Callable[..., Any]) -> Dict[str, Any]:
    """
    Sends the probabilities of all texts in pieces, as partial results; the columns are the sorted labels. Loading the
    pipeline runs whatever code its pickle holds.

    ``guarded`` surrounds steps into the person's code, see ``Calls``.
    """
    file, labels, folds = request["file"], request["labels"], request["folds"]
    base = os.path.basename(file)
    send("status", text=f"Loading {base}…")
    pipeline = guarded(f"{base} could not be loaded:", lambda: _load(file))
    send("status", text=f"Cross-validating in {folds} folds…")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        matrix = guarded(
            "cross_val_predict raised", lambda: _predict(pipeline, request["texts"], labels, folds), by_function=True
        )
    send("status", text="")
    for start in range(0, len(labels), _PIECE):
        rows = guarded("The probabilities could not be read:", lambda: plain(matrix[start : start + _PIECE]))
        send("partial", outputs=rows)
    messages = dict.fromkeys(" ".join(str(warning.message).split()) for warning in caught)
    return {"classes": sorted(set(labels)), "warnings": list(messages)}


def _load(file: str) -> Any:
    if not os.path.isfile(file):
        raise WorkerError(f"There is no file {file}.", "Save the pipeline with joblib.dump.")
    # Steps of a pipeline may be defined in modules beside it.
    directory = os.path.dirname(file)
    sys.path[:] = [directory, *(entry for entry in sys.path if entry != directory)]
    require("sklearn", _PURPOSE)
    pipeline = require("joblib", _PURPOSE).load(file)
    if hasattr(pipeline, "predict_proba"):
        return pipeline
    raise WorkerError(
        f"{os.path.basename(file)} holds a {type(pipeline).__name__}, which predicts no probabilities.",
        "Save a classifier that has predict_proba; CalibratedClassifierCV gives it to those that have not.",
    )


def _predict(pipeline: Any, texts: Any, labels: Any, folds: int) -> Any:
    clone = require("sklearn.base", _PURPOSE).clone
    selection = require("sklearn.model_selection", _PURPOSE)
    return selection.cross_val_predict(clone(pipeline), texts, labels, cv=folds, method="predict_proba")
