"""What a person is told of a failure."""

import os
import sys
import traceback
from typing import Any, Dict

_HERE = os.path.dirname(os.path.abspath(__file__))

# Packages whose name differs from that of their module.
_DISTRIBUTIONS = {
    "PIL": "Pillow",
    "cv2": "opencv-python",
    "sklearn": "scikit-learn",
    "skimage": "scikit-image",
    "yaml": "PyYAML",
    "bs4": "beautifulsoup4",
}


class WorkerError(Exception):
    """A failure that a person can mend: what failed and why, and what to do next."""

    def __init__(self, what: str, next_step: str = "", details: str = "", by_function: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.next = next_step
        self.details = details
        # Whether the function itself failed, rather than what surrounds it.
        self.by_function = by_function

    def about(self, part: str) -> "WorkerError":
        """The same failure, said of one input or output."""
        return WorkerError(f"{part}: {self.what}", self.next, self.details, self.by_function)

    def fields(self) -> Dict[str, Any]:
        return {"what": self.what, "next": self.next, "details": self.details, "byFunction": self.by_function}


def install_hint(module: str) -> str:
    """The command that adds a package to this very interpreter."""
    package = _DISTRIBUTIONS.get(module, module)
    return f"Install it: {quoted(sys.executable)} -m pip install {package}"


def quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def from_exception(error: BaseException, doing: str, by_function: bool) -> WorkerError:
    """What the person's code raised; ``doing`` begins the sentence: "predict raised", "model.py could not be loaded:"."""
    hint = ""
    if isinstance(error, ModuleNotFoundError) and error.name:
        hint = install_hint(error.name.split(".")[0])
    return WorkerError(f"{doing} {summary(error)}", hint, trimmed_traceback(error), by_function)


def summary(error: BaseException) -> str:
    """``ValueError: text``, on one bounded line."""
    name = type(error).__name__
    if isinstance(error, SystemExit):
        return f"SystemExit ({error.code})" if error.code is not None else "SystemExit"
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        text = f"{error.msg} ({os.path.basename(error.filename)}, line {error.lineno})"
    else:
        text = _text_of(error)
    text = " ".join(text.split())
    if len(text) > 500:
        text = text[:500] + "…"
    return f"{name}: {text}" if text else name


def trimmed_traceback(error: BaseException) -> str:
    """The traceback without the worker's and the import system's own frames."""
    report = traceback.TracebackException(type(error), error, error.__traceback__)
    _trim(report)
    return "".join(report.format()).rstrip()


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # The person's __str__ may itself be what is broken.
        return ""


def _trim(report: traceback.TracebackException) -> None:
    seen = set()
    waiting = [report]
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        frames = [frame for frame in current.stack if not _is_ours(frame.filename)]
        current.stack = traceback.StackSummary.from_list(frames)
        waiting += [current.__cause__, current.__context__]


def _is_ours(filename: str) -> bool:
    return filename.startswith("<frozen importlib") or os.path.dirname(os.path.abspath(filename)) == _HERE
