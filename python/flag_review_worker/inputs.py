"""Payloads of a page as the values a function receives; as the ``preprocess`` methods of Gradio's components."""

import datetime
from typing import Any, Callable, Dict, List

from .errors import WorkerError
from .images import read_image
from .media import MediaFolder
from .sound import read_sound
from .tables import read_table

Component = Dict[str, Any]


def preprocess(payload: Any, component: Component, index: int, media: MediaFolder) -> Any:
    convert = _BY_KIND.get(component["kind"])
    if convert is None:
        return payload
    try:
        return convert(payload, component, media)
    except WorkerError as error:
        raise error.about(f"Input {component.get('label') or index + 1}") from None


def _text(payload: Any, component: Component, media: MediaFolder) -> Any:
    return None if payload is None else str(payload)


def rounded(value: Any, component: Component) -> Any:
    """``Number.round_to_precision``: no precision leaves the number, 0 makes an integer."""
    precision = component.get("precision")
    if precision is None or value != value or value in (float("inf"), float("-inf")):
        return value
    return int(round(value, precision)) if precision == 0 else round(value, precision)


def _number(payload: Any, component: Component, media: MediaFolder) -> Any:
    if payload is None:
        return None
    if isinstance(payload, bool) or not isinstance(payload, (int, float)):
        raise WorkerError(f"{payload!r} is not a number.")
    minimum, maximum = component.get("minimum"), component.get("maximum")
    if minimum is not None and payload < minimum:
        raise WorkerError(f"{payload} is less than the minimum {minimum}.")
    if maximum is not None and payload > maximum:
        raise WorkerError(f"{payload} is more than the maximum {maximum}.")
    return rounded(payload, component)


def _choice(payload: Any, component: Component, media: MediaFolder) -> Any:
    if payload is None:
        return None
    values = [choice[1] if isinstance(choice, list) else choice for choice in component.get("choices", [])]
    if payload not in values:
        if not component.get("allow_custom_value"):
            raise WorkerError(f"{payload!r} is none of the choices.")
        return None if component.get("type") == "index" else payload
    return values.index(payload) if component.get("type") == "index" else payload


def _choices(payload: Any, component: Component, media: MediaFolder) -> List[Any]:
    return [_choice(value, component, media) for value in payload or []]


def _dropdown(payload: Any, component: Component, media: MediaFolder) -> Any:
    return _choices(payload, component, media) if component.get("multiselect") else _choice(payload, component, media)


def _path(payload: Any, component: Component, media: MediaFolder) -> Any:
    return None if payload is None else payload["path"]


def _image(payload: Any, component: Component, media: MediaFolder) -> Any:
    return None if payload is None else read_image(payload, component, media)


def _audio(payload: Any, component: Component, media: MediaFolder) -> Any:
    if payload is None:
        return None
    return read_sound(payload["path"]) if component.get("type", "numpy") == "numpy" else payload["path"]


def _file(payload: Any, component: Component, media: MediaFolder) -> Any:
    if payload is None:
        return None
    if isinstance(payload, list):
        return [_file(item, component, media) for item in payload]
    if component.get("type") != "binary":
        return payload["path"]
    with open(payload["path"], "rb") as file:
        return file.read()


def _dataframe(payload: Any, component: Component, media: MediaFolder) -> Any:
    return None if payload is None else read_table(payload, component.get("type", "pandas"))


def time_format(component: Component) -> str:
    return "%Y-%m-%d %H:%M:%S" if component.get("include_time", True) else "%Y-%m-%d"


def _datetime(payload: Any, component: Component, media: MediaFolder) -> Any:
    if payload is None or payload == "":
        return None
    wanted = component.get("type", "timestamp")
    if wanted == "string":
        return payload
    try:
        moment = datetime.datetime.strptime(payload, "%Y-%m-%d %H:%M:%S" if " " in payload else "%Y-%m-%d")
    except ValueError:
        raise WorkerError(f"{payload!r} is no date.", "Write it as 2024-12-31 or 2024-12-31 23:59:59.") from None
    return moment if wanted == "datetime" else moment.timestamp()


def _gallery(payload: Any, component: Component, media: MediaFolder) -> Any:
    if payload is None:
        return None
    pictures = {"type": component.get("type", "filepath"), "image_mode": None}
    items = []
    for item in payload:
        value = item["video"]["path"] if "video" in item else read_image(item["image"], pictures, media)
        items.append((value, item.get("caption")))
    return items


_BY_KIND: Dict[str, Callable[[Any, Component, MediaFolder], Any]] = {
    "textbox": _text,
    "code": _text,
    "colorpicker": _text,
    "markdown": _text,
    "html": _text,
    "number": _number,
    "slider": _number,
    "checkboxgroup": _choices,
    "radio": _choice,
    "dropdown": _dropdown,
    "image": _image,
    "audio": _audio,
    "video": _path,
    "file": _file,
    "dataframe": _dataframe,
    "datetime": _datetime,
    "gallery": _gallery,
}
