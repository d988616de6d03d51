"""What the function returned as payloads of the output components (``postprocess`` of gradio/components, 6.25)."""

import datetime
import inspect
import json
import os
from typing import Any, Callable, Dict, List, Sequence

from .errors import WorkerError
from .images import write_image
from .inputs import rounded, time_format
from .media import MediaFolder, is_path, returned_file
from .plain import plain

Component = Dict[str, Any]
_BYTES = (bytes, bytearray, memoryview)


def postprocess(value: Any, components: Sequence[Component], name: str, media: MediaFolder) -> List[Any]:
    """One payload per output component; several outputs are returned as a tuple or a list."""
    if not components:
        return []
    values = [value] if len(components) == 1 else _several(value, len(components), name)
    return [_one(item, component, index, media) for index, (item, component) in enumerate(zip(values, components))]


def _several(value: Any, count: int, name: str) -> Sequence[Any]:
    if not isinstance(value, (tuple, list)):
        raise WorkerError(
            f"{name} returned 1 value ({type(value).__name__}) for {count} outputs.", "Return a tuple with one value per output."
        )
    if len(value) != count:
        values = "1 value" if len(value) == 1 else f"{len(value)} values"
        raise WorkerError(f"{name} returned {values} for {count} outputs.", "Return one value per output.")
    return value


def _one(value: Any, component: Component, index: int, media: MediaFolder) -> Any:
    convert = _CONVERTERS[component["kind"]]
    if value is None and component["kind"] not in _OF_NOTHING:
        return None
    try:
        return convert(value, component, media)
    except WorkerError as error:
        raise error.about(f"Output {component.get('label') or index + 1}") from None


def _text(value: Any, component: Component, media: MediaFolder) -> str:
    if isinstance(value, _BYTES):
        raise WorkerError("the function returned bytes; this output shows text.", "Decode them: value.decode().")
    return str(value)


def _markdown(value: Any, component: Component, media: MediaFolder) -> str:
    return inspect.cleandoc(_text(value, component, media))


def _code(value: Any, component: Component, media: MediaFolder) -> str:
    return _text(value, component, media).strip()


def _number(value: Any, component: Component, media: MediaFolder) -> Any:
    number = plain(value)
    while isinstance(number, list) and len(number) == 1:
        number = number[0]
    if not isinstance(number, (int, float)):
        raise WorkerError(f"the function returned {_described(value)}; this output shows a number.")
    return rounded(number, component)


def _checkbox(value: Any, component: Component, media: MediaFolder) -> bool:
    return bool(value)


def _choice(value: Any, component: Component, media: MediaFolder) -> Any:
    chosen = plain(value)
    if component.get("multiselect") and not isinstance(chosen, list):
        return [chosen]
    if isinstance(chosen, dict) or (isinstance(chosen, list) and not component.get("multiselect")):
        raise WorkerError(f"the function returned {_described(value)}; this output shows one choice.")
    return chosen


def _choices(value: Any, component: Component, media: MediaFolder) -> List[Any]:
    chosen = [] if value is None else plain(value)
    return chosen if isinstance(chosen, list) else [chosen]


def _image(value: Any, component: Component, media: MediaFolder) -> Any:
    return write_image(value, component.get("format"), media)


def _audio(value: Any, component: Component, media: MediaFolder) -> Any:
    if isinstance(value, tuple) and len(value) == 2:
        from .sound import write_sound

        return write_sound(value, media)
    return _media_file(value, f"audio.{component.get('format') or 'wav'}", media, "a path, bytes or (rate, samples)")


def _video(value: Any, component: Component, media: MediaFolder) -> Any:
    return _media_file(value, "video.mp4", media, "a path or bytes")


def _file(value: Any, component: Component, media: MediaFolder) -> Any:
    if isinstance(value, (list, tuple)):
        files = [_media_file(item, "file.bin", media, "a path or bytes") for item in value]
        if component.get("file_count") == "multiple":
            return files
        if len(files) != 1:
            raise WorkerError(f"the function returned {len(files)} files for one.", 'Set "file_count": "multiple".')
        return files[0]
    file = _media_file(value, "file.bin", media, "a path or bytes")
    return [file] if component.get("file_count") == "multiple" else file


def _media_file(value: Any, name: str, media: MediaFolder, expected: str) -> Any:
    if isinstance(value, _BYTES):
        return media.write(name, bytes(value))
    if not is_path(value):
        raise WorkerError(f"the function returned {_described(value)}; this output takes {expected}.")
    return returned_file(value, media)


def _dataframe(value: Any, component: Component, media: MediaFolder) -> Any:
    from .tables import write_table

    return write_table([] if value is None else value, component)


def _json(value: Any, component: Component, media: MediaFolder) -> Any:
    if not isinstance(value, str):
        return plain(value)
    try:
        return json.loads(value)
    except ValueError as error:
        raise WorkerError(f"the function returned text that is not JSON: {error}.") from None


def _state(value: Any, component: Component, media: MediaFolder) -> Any:
    return plain(value)


def _datetime(value: Any, component: Component, media: MediaFolder) -> Any:
    if isinstance(value, datetime.datetime):
        return value.strftime(time_format(component))
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day).strftime(time_format(component))
    if isinstance(value, str):
        return value
    seconds = plain(value)
    if not isinstance(seconds, (int, float)):
        raise WorkerError(f"the function returned {_described(value)}; this output shows a time.")
    try:
        return datetime.datetime.fromtimestamp(seconds).strftime(time_format(component))
    except (ValueError, OverflowError, OSError):
        raise WorkerError(f"{seconds} seconds since 1970 is no time.") from None


def _label(value: Any, component: Component, media: MediaFolder) -> Any:
    if isinstance(value, (list, tuple)) and all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        value = {plain(name): confidence for name, confidence in value}
    value = plain(value)
    if isinstance(value, dict):
        return _confidences(value, component.get("num_top_classes"))
    if isinstance(value, list):
        raise WorkerError("the function returned a list; a label is a name, or a dict from names to confidences.")
    if isinstance(value, str) and value.endswith(".json") and os.path.exists(value):
        with open(value, encoding="utf-8") as file:
            return json.load(file)
    return {"label": str(value), "confidences": None}


def _confidences(value: Dict[str, Any], count: Any) -> Any:
    if not value:
        return None
    if isinstance(value.get("confidences"), list):
        value = {entry["label"]: entry["confidence"] for entry in value["confidences"]}
    for name, confidence in value.items():
        if isinstance(confidence, bool) or not isinstance(confidence, (int, float)):
            raise WorkerError(f"the confidence of {name!r} is {_described(confidence)}, not a number.")
    # NaN has no place in an order: it goes last.
    ranked = sorted(value.items(), key=lambda item: item[1] if item[1] == item[1] else float("-inf"), reverse=True)[:count]
    return {
        "label": ranked[0][0],
        "confidences": [{"label": name, "confidence": confidence} for name, confidence in ranked],
    }


def _highlighted(value: Any, component: Component, media: MediaFolder) -> Any:
    pairs = _entities(value) if isinstance(value, dict) else [_pair(item) for item in value]
    if component.get("combine_adjacent"):
        pairs = _combined(pairs)
    return [{"token": str(text), "class_or_confidence": plain(category)} for text, category in pairs]


def _pair(item: Any) -> Any:
    if isinstance(item, dict) and "token" in item:
        return item["token"], item.get("class_or_confidence")
    if isinstance(item, (list, tuple)) and len(item) == 2:
        return item
    raise WorkerError("highlighted text is a list of (text, class) pairs, or {'text': …, 'entities': […]}.")


def _entities(value: Dict[str, Any]) -> List[Any]:
    if "text" not in value or "entities" not in value:
        raise WorkerError("the dict of a highlighted text must have 'text' and 'entities'.")
    text, pairs, index = value["text"], [], 0
    if not value["entities"]:
        return [(text, None)]
    for entity in sorted(value["entities"], key=lambda entity: entity["start"]):
        category = entity.get("entity") or entity.get("entity_group")
        pairs += [(text[index : entity["start"]], None), (text[entity["start"] : entity["end"]], category)]
        index = entity["end"]
    return [*pairs, (text[index:], None)]


def _combined(pairs: List[Any]) -> List[Any]:
    combined: List[Any] = []
    for text, category in pairs:
        if not text:
            continue
        if combined and combined[-1][1] == category:
            combined[-1] = (combined[-1][0] + text, category)
        else:
            combined.append((text, category))
    return combined


def _gallery(value: Any, component: Component, media: MediaFolder) -> Any:
    if value is None:
        return []
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise WorkerError(f"the function returned {_described(value)}; a gallery is a list of images.")
    items = []
    for entry in value:
        medium, caption = entry if isinstance(entry, (tuple, list)) else (entry, None)
        file = write_image(medium, component.get("format"), media)
        kind = "video" if (file["mime_type"] or "").startswith("video/") else "image"
        items.append({kind: file, "caption": None if caption is None else str(caption)})
    return items


def _plot(value: Any, component: Component, media: MediaFolder) -> Any:
    from .plots import write_plot

    return write_plot(value, component.get("format"))


def _annotated(value: Any, component: Component, media: MediaFolder) -> Any:
    from .annotated import write_annotated

    return write_annotated(value, component, media)


def _described(value: Any) -> str:
    text = repr(value) if isinstance(value, (str, int, float)) else ""
    return f"{type(value).__name__} {text[:80]}".strip()


# Kinds for which None, too, has a payload of its own.
_OF_NOTHING = ("checkbox", "checkboxgroup", "dataframe", "gallery")

_CONVERTERS: Dict[str, Callable[[Any, Component, MediaFolder], Any]] = {
    "textbox": _text,
    "html": _text,
    "colorpicker": _text,
    "markdown": _markdown,
    "code": _code,
    "number": _number,
    "slider": _number,
    "checkbox": _checkbox,
    "checkboxgroup": _choices,
    "radio": _choice,
    "dropdown": _choice,
    "image": _image,
    "audio": _audio,
    "video": _video,
    "file": _file,
    "dataframe": _dataframe,
    "json": _json,
    "state": _state,
    "datetime": _datetime,
    "label": _label,
    "highlightedtext": _highlighted,
    "gallery": _gallery,
    "plot": _plot,
    "annotatedimage": _annotated,
}
