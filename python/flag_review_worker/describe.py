"""The signature of a function, reduced to what decides on components."""

import enum
import inspect
import os
import typing
from typing import Any, Callable, Dict, List

from .annotations import hints_of, without_none
from .errors import WorkerError
from .plain import plain

Description = Dict[str, Any]

_SIMPLE = {str: "str", int: "int", float: "float", bool: "bool", dict: "dict", list: "list", type(None): "none", None: "none"}
# Recognised by name: importing a package to compare classes would cost seconds.
_BY_NAME = {("PIL", "Image"): "pil", ("numpy", "ndarray"): "numpy", ("pandas", "DataFrame"): "dataframe"}


def describe(function: Callable[..., Any], name: str) -> Description:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        raise WorkerError(f"Python does not know the parameters of {name}.", "Write a demo definition for it.") from None
    hints = hints_of(function, signature)
    return {
        "name": name.split(".")[-1],
        "doc": inspect.getdoc(function) or "",
        "parameters": [
            _parameter(parameter, hints)
            for parameter in signature.parameters.values()
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ],
        "returns": _returned(hints.get("return", inspect.Signature.empty)),
    }


def _parameter(parameter: inspect.Parameter, hints: Dict[str, Any]) -> Description:
    described = {"name": parameter.name, "type": describe_type(hints.get(parameter.name, parameter.annotation))}
    if parameter.default is not parameter.empty:
        try:
            described["default"] = plain(parameter.default)
        except WorkerError:
            pass  # A default that JSON cannot hold: the component starts empty.
    return described


def _returned(annotation: Any) -> Description:
    """A generator's outputs are what it yields, a coroutine's what it is awaited for."""
    name = getattr(typing.get_origin(annotation), "__name__", "")
    arguments = typing.get_args(annotation)
    if arguments and name in ("Generator", "Iterator", "Iterable", "AsyncGenerator", "AsyncIterator", "AsyncIterable"):
        return describe_type(arguments[0])
    if arguments and name in ("Awaitable", "Coroutine"):
        return describe_type(arguments[-1])
    return describe_type(annotation)


def describe_type(annotation: Any) -> Description:
    inner, optional = without_none(annotation)
    if optional:
        return {"type": "optional", "item": describe_type(inner)}
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated if hasattr(typing, "Annotated") else False:
        return describe_type(arguments[0])
    if origin is typing.Literal:
        return {"type": "literal", "values": [value for value in arguments if isinstance(value, (str, int, float))]}
    if origin is not None:
        return _generic(origin, arguments)
    if isinstance(annotation, typing.Hashable) and annotation in _SIMPLE:
        return {"type": _SIMPLE[annotation]}
    return _class(annotation) if inspect.isclass(annotation) else {"type": "unknown"}


def _generic(origin: Any, arguments: Any) -> Description:
    if (getattr(origin, "__module__", "").split(".")[0], getattr(origin, "__name__", "")) == ("numpy", "ndarray"):
        return {"type": "numpy"}
    name = getattr(origin, "__name__", "")
    if name in ("list", "List", "Sequence", "Iterable", "Collection") and len(arguments) == 1:
        return {"type": "list_of", "item": describe_type(arguments[0])}
    if name in ("dict", "Mapping", "MutableMapping") and len(arguments) == 2:
        return {"type": "confidences"} if arguments[0] is str and arguments[1] is float else {"type": "dict"}
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "list_of", "item": describe_type(arguments[0])}
        return {"type": "tuple", "items": [describe_type(item) for item in arguments]}
    return {"type": "unknown"}


def _class(annotation: Any) -> Description:
    if issubclass(annotation, enum.Enum):
        return {"type": "enum", "name": annotation.__name__, "members": _members(annotation)}
    if issubclass(annotation, os.PathLike):
        return {"type": "path"}
    for kind in annotation.__mro__:
        found = _BY_NAME.get((kind.__module__.split(".")[0], kind.__name__))
        if found is not None:
            return {"type": found}
    for simple in (bool, int, float, str, dict, list):
        if issubclass(annotation, simple):
            return {"type": _SIMPLE[simple]}
    return {"type": "unknown"}


def _members(annotation: Any) -> List[List[Any]]:
    """Members whose value is no text or number stand by their name."""
    return [
        [member.name, member.value if isinstance(member.value, (str, int, float)) else member.name]
        for member in annotation
    ]
