"""Type annotations of the person's function, and the values that they ask for."""

import enum
import inspect
import os
import pathlib
import types
import typing
from typing import Any, Callable, Dict, List, Tuple

_UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))
_NONE = type(None)


def hints_of(function: Callable[..., Any], signature: inspect.Signature) -> Dict[str, Any]:
    """Annotations by parameter, and the result's as ``return``; as they are written where they cannot be resolved."""
    while hasattr(function, "func"):  # functools.partial
        function = function.func
    target = function if inspect.isroutine(function) or inspect.isclass(function) else type(function).__call__
    if inspect.isclass(target):
        target = target.__init__
    try:
        return typing.get_type_hints(target)
    except Exception:  # Names that exist only for the type checker, or broken annotations: neither hinders a run.
        written = {name: parameter.annotation for name, parameter in signature.parameters.items()}
        return {**written, "return": signature.return_annotation}


def without_none(annotation: Any) -> Tuple[Any, bool]:
    """``Optional[X]`` → ``(X, True)``; the annotation itself and False otherwise."""
    if typing.get_origin(annotation) in _UNIONS:
        members = [member for member in typing.get_args(annotation) if member is not _NONE]
        if len(members) == 1 and len(typing.get_args(annotation)) == 2:
            return members[0], True
    return annotation, False


def coerce(function: Callable[..., Any], signature: inspect.Signature, values: List[Any]) -> List[Any]:
    """Gives the function what its annotations name where JSON has no such type: a Path, an Enum's member, an int."""
    parameters = [p for p in signature.parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if all(parameter.annotation is parameter.empty for parameter in parameters):
        return values
    hints = hints_of(function, signature)
    annotations = [hints.get(parameter.name) for parameter in parameters]
    return [
        _coerce_value(value, annotations[index]) if index < len(annotations) else value
        for index, value in enumerate(values)
    ]


def _coerce_value(value: Any, annotation: Any) -> Any:
    if value is None or annotation is None:
        return value
    annotation, _ = without_none(annotation)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (list, List) and isinstance(value, list) and arguments:
        item = arguments[0]
        return [_coerce_value(_without_caption(entry, item), item) for entry in value]
    if origin is tuple and isinstance(value, list):
        return tuple(value)
    if not inspect.isclass(annotation):
        return value
    if issubclass(annotation, enum.Enum) and not isinstance(value, enum.Enum):
        return _member(annotation, value)
    if issubclass(annotation, os.PathLike) and isinstance(value, str):
        return annotation(value) if issubclass(annotation, pathlib.PurePath) else value
    if annotation is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if annotation is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _member(annotation: Any, value: Any) -> Any:
    for member in annotation:
        if member.value == value or member.name == value:
            return member
    return value


def _without_caption(entry: Any, annotation: Any) -> Any:
    """A gallery gives pairs of medium and caption; ``list[Path]`` asks for the media alone."""
    if isinstance(entry, tuple) and len(entry) == 2 and typing.get_origin(annotation) is not tuple:
        return entry[0] if inspect.isclass(annotation) and annotation is not tuple else entry
    return entry
