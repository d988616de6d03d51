"""Values as plain JSON: what a payload that no component gives a shape may hold."""

import datetime
import decimal
import enum
import os
import uuid
from typing import Any

from .errors import WorkerError
from .packages import is_array, is_instance

_DEPTH = 200


def plain(value: Any, depth: int = 0) -> Any:
    """Lists, dicts, strings, numbers, booleans and None; NumPy's numbers and arrays become Python's."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if depth > _DEPTH:
        raise WorkerError("The value is nested too deeply, or contains itself.", "Return plain lists and dicts.")
    if isinstance(value, dict):
        return {_key(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, depth + 1) for item in value]
    return _scalar(value, depth)


def _scalar(value: Any, depth: int) -> Any:
    if isinstance(value, enum.Enum):
        return plain(value.value, depth + 1)
    # Subclasses of the plain types are reduced to them: a str with behaviour is still text.
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    if is_array(value):
        return plain(value.tolist(), depth + 1)
    if is_instance(value, "numpy", "generic"):
        return plain(value.item(), depth + 1)
    if is_instance(value, "torch", "Tensor"):
        return plain(value.detach().cpu().tolist(), depth + 1)
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.time, uuid.UUID, os.PathLike)) or is_instance(
        value, "pandas", "Timestamp"
    ):
        return str(value)
    name = type(value).__name__
    hint = "Decode it: value.decode()." if isinstance(value, bytes) else "Return lists, dicts, text and numbers."
    raise WorkerError(f"a value of type {name} cannot be written as JSON.", hint)


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    return str(plain(key))
