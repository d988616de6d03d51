"""Gives the same payloads and the same returned values to Gradio's components and to our worker, and compares.

usage: conversions.py <folder of worker.py> <scratch folder>; prints {"passed": n, "failures": [...]}
"""

import datetime
import json
import math
import os
import sys
import warnings
import wave

warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])

import gradio as gr
import matplotlib
import numpy as np
import pandas as pd
import PIL.Image
from flag_review_worker.inputs import preprocess
from flag_review_worker.media import MediaFolder
from flag_review_worker.outputs import postprocess
from gradio.data_classes import GradioModel, GradioRootModel, JsonData
from matplotlib import pyplot

matplotlib.use("Agg")
SCRATCH = sys.argv[2]
MEDIA = MediaFolder(os.path.join(SCRATCH, "ours"))
CLASSES = {
    "textbox": gr.Textbox, "number": gr.Number, "slider": gr.Slider, "checkbox": gr.Checkbox,
    "checkboxgroup": gr.CheckboxGroup, "radio": gr.Radio, "dropdown": gr.Dropdown, "image": gr.Image,
    "audio": gr.Audio, "video": gr.Video, "file": gr.File, "dataframe": gr.Dataframe, "json": gr.JSON,
    "code": gr.Code, "colorpicker": gr.ColorPicker, "datetime": gr.DateTime, "label": gr.Label,
    "highlightedtext": gr.HighlightedText, "markdown": gr.Markdown, "html": gr.HTML, "gallery": gr.Gallery,
    "annotatedimage": gr.AnnotatedImage, "state": gr.State, "plot": gr.Plot,
}


def file(path):
    return {"path": path, "orig_name": os.path.basename(path), "meta": {"_type": "gradio.FileData"}}


def pictures():
    """One picture per mode, and one that its EXIF data turns."""
    pixels = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    paths = {}
    for mode in ("RGB", "L", "RGBA", "P"):
        paths[mode] = os.path.join(SCRATCH, f"{mode}.png")
        PIL.Image.fromarray(pixels).convert(mode).save(paths[mode])
    paths["turned"] = os.path.join(SCRATCH, "turned.jpg")
    exif = PIL.Image.Exif()
    exif[274] = 6
    PIL.Image.fromarray(pixels).save(paths["turned"], exif=exif)
    return paths


def sounds():
    paths = {}
    for channels, width in ((1, 2), (2, 2), (1, 1), (1, 4)):
        path = paths[f"{channels}x{width}"] = os.path.join(SCRATCH, f"{channels}x{width}.wav")
        with wave.open(path, "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(width)
            out.setframerate(8000)
            out.writeframes(bytes(range(64)) * width)
    return paths


def input_cases():
    picture, sound = pictures(), sounds()
    pairs = [("A", "a"), ("Two", 2)]
    yield from [("textbox", {}, "é"), ("textbox", {}, ""), ("number", {}, 5), ("number", {}, 2.5)]
    yield from [("number", {"precision": 0}, n) for n in (2.5, 3.5, -0.5, 7)]
    yield from [("number", {"precision": 2}, n) for n in (2.675, 1.005, -3.14159)]
    yield from [("number", {"minimum": 0, "maximum": 3}, n) for n in (-1, 0, 3, 4)]
    yield from [("slider", {"minimum": 0, "maximum": 10}, n) for n in (0, 3.3, 11)]
    yield from [("checkbox", {}, True), ("checkbox", {}, None), ("colorpicker", {}, "#fff"), ("code", {}, " x ")]
    for kind in ("value", "index"):
        yield from [("radio", {"choices": pairs, "type": kind}, value) for value in ("a", 2, "Two", None)]
        yield from [("checkboxgroup", {"choices": pairs, "type": kind}, value) for value in ([2, "a"], [], ["no"])]
        many = {"choices": pairs, "type": kind, "multiselect": True}
        yield from [("dropdown", many, value) for value in ([2], ["a", 2], [], ["no"])]
        custom = {"choices": pairs, "type": kind, "allow_custom_value": True}
        yield from [("dropdown", custom, value) for value in ("a", "own", None)]
    for kind in ("numpy", "pil", "filepath"):
        for mode in ("RGB", "L", None):
            props = {"type": kind, "image_mode": mode}
            yield from [("image", props, file(path)) for path in picture.values()]
        yield "gallery", {"type": kind}, [{"image": file(picture["L"]), "caption": "c"}, {"image": file(picture["RGB"]), "caption": None}]
    yield from [("audio", {"type": kind}, file(path)) for kind in ("numpy", "filepath") for path in sound.values()]
    yield "video", {}, file(picture["RGB"])
    yield from [("file", {"type": kind}, file(picture["L"])) for kind in ("filepath", "binary")]
    yield "file", {"file_count": "multiple"}, [file(picture["L"]), file(picture["RGB"])]
    table = {"headers": ["a", "b"], "data": [[1, "é"], [2.5, None]], "metadata": None}
    yield from [("dataframe", {"type": kind}, table) for kind in ("pandas", "numpy", "array")]
    for kind in ("timestamp", "datetime", "string"):
        yield "datetime", {"type": kind}, "2024-02-29 12:30:01"
        yield "datetime", {"type": kind, "include_time": False}, "2024-02-29"
        yield "datetime", {"type": kind}, "tomorrow"
    yield "json", {}, {"a": [1, None]}
    yield "state", {}, [1, {"k": "v"}]
    yield "highlightedtext", {}, [{"token": "a", "class_or_confidence": "N"}]


def output_cases():
    # Left out: Gradio 6.25 fails on bool pixels and on 8-bit samples, which NumPy 2 lets overflow; we write them.
    pixels = np.linspace(0, 255, 4 * 6 * 3).astype(np.uint8).reshape(4, 6, 3)
    yield from [("textbox", {}, value) for value in ("x", 5, 2.5, True, [1], None)]
    yield from [("markdown", {}, "  a\n    b\n  c"), ("code", {}, "\n x\n"), ("html", {}, "<b>"), ("colorpicker", {}, "#123")]
    yield from [("number", {}, value) for value in (5, -2.5, None, 1e21)]
    yield from [("number", {"precision": 1}, value) for value in (0.25, 0.35, -1.05, 7)]
    yield from [("slider", {}, 3.25), ("checkbox", {}, 1), ("checkbox", {}, None), ("checkbox", {}, "")]
    yield from [("radio", {"choices": ["a", "b"]}, value) for value in ("a", None)]
    yield from [("checkboxgroup", {"choices": ["a", "b"]}, value) for value in (["a"], "a", None)]
    yield from [("dropdown", {"choices": ["a", "b"], "multiselect": True}, value) for value in (["a"], "a", None)]
    confidences = {"cat": 0.2, "dog": 0.7, "cow": 0.1, "hen": 0.2}
    yield from [("label", {"num_top_classes": top}, confidences) for top in (None, 2)]
    yield from [("label", {}, value) for value in ("cat", 7, 2.5)]
    text = {"text": "Ann met Bob.", "entities": [{"entity": "P", "start": 8, "end": 11}, {"entity_group": "P", "start": 0, "end": 3}]}
    spans = [("The", "D"), (" cat", None), (" sat", None), ("", "X"), ("!", 0.5)]
    for combine in (False, True):
        yield from [("highlightedtext", {"combine_adjacent": combine}, value) for value in (text, spans, {"text": "a", "entities": []})]
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, math.nan], "d": [True, False]})
    tables = (frame, np.arange(6).reshape(2, 3), [[1, "a"], [2, "b"]], ["p", "q"], {"headers": ["h"], "data": [[1]]}, [], None, pd.DataFrame())
    yield from [("dataframe", props, value) for value in tables for props in ({}, {"headers": ["one"]})]
    yield from [("json", {}, value) for value in ({"a": (1, None)}, '{"b": [1.5]}', [np.int64(3), np.arange(3)], "{")]
    yield from [("datetime", {}, value) for value in (0, 1709209801.5, datetime.datetime(2024, 2, 29, 1, 2, 3), "2024-02-29 01:02:03", None)]
    arrays = (pixels, pixels[:, :, 0], pixels / 255, (pixels / 255).astype(np.float32), pixels.astype(np.int64),
              pixels.astype(np.uint16) * 257, np.dstack([pixels, pixels[:, :, :1]]), pixels * 2.0)
    yield from [("image", {"format": "png"}, value) for value in (*arrays, PIL.Image.fromarray(pixels), None)]
    yield from [("image", {"format": image_format}, pixels) for image_format in ("webp", "jpeg")]
    yield "gallery", {"format": "png"}, [pixels, (PIL.Image.fromarray(pixels), "c")]
    yield "gallery", {}, None
    wave_form = np.sin(np.arange(400) / 9)
    samples = (wave_form, wave_form.astype(np.float32) / 3, (wave_form * 9999).astype(np.int16), (wave_form * 2**30).astype(np.int32),
               np.zeros(9), np.stack([wave_form, -wave_form], 1))
    yield from [("audio", {}, (8000, value)) for value in samples]
    yield from [("plot", {"format": image_format}, figure()) for image_format in ("png", "webp")]
    yield "plot", {}, None
    mask = np.zeros((4, 6))
    mask[1:3, 1:4] = 0.75
    yield "annotatedimage", {"format": "png", "color_map": {"m": "#0a0b0c"}}, (pixels, [(mask, "m"), ((0, 0, 5, 4), "box")])


def figure():
    made, axes = pyplot.subplots(figsize=(2, 1))
    axes.plot([1, 3, 2])
    return made


def seen(value):
    """A value by what it means: files by their pixels, samples or bytes, arrays by type and content."""
    if isinstance(value, JsonData):
        return seen(value.root)
    if isinstance(value, (GradioModel, GradioRootModel)):
        return seen(value.model_dump())
    if isinstance(value, PIL.Image.Image):
        return ["image", value.mode, value.size, value.tobytes().hex()]
    if isinstance(value, np.ndarray):
        return ["array", str(value.dtype), value.shape, repr(value.tolist())]
    if isinstance(value, pd.DataFrame):
        return ["frame", [str(kind) for kind in value.dtypes], list(value.columns), repr(value.values.tolist())]
    if isinstance(value, dict):
        if isinstance(value.get("path"), str):
            return ["file", seen_file(value["path"])]
        return {key: seen(item) for key, item in value.items()}
    if isinstance(value, str) and value.startswith(SCRATCH):
        return ["file", seen_file(value)]
    if isinstance(value, (list, tuple)):
        return [type(value).__name__ if isinstance(value, tuple) else "list", *map(seen, value)]
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return repr(value)


def seen_file(path):
    extension = os.path.splitext(path)[1].lower()
    if extension == ".wav":
        with wave.open(path, "rb") as sound:
            return [sound.getparams()[:4], sound.readframes(sound.getnframes()).hex()]
    with PIL.Image.open(path) as image:
        return ["jpg" if extension == ".jpeg" else extension[1:], seen(image.convert(image.mode))]


def attempt(step):
    """A refusal equals a refusal: its words are our own."""
    try:
        return seen(step())
    except Exception:
        return "refused"


def theirs_in(kind, props, payload):
    component = CLASSES[kind](**props)
    model = getattr(component, "data_model", None)
    if model is not None and payload is not None:
        payload = model.from_json(payload) if hasattr(model, "from_json") else model(**payload)
    return component.preprocess(payload)


def main():
    passed, failures = 0, []
    for direction, cases, theirs, ours in (
        ("input", input_cases(), theirs_in, lambda k, p, v: preprocess(v, {"kind": k, **choices(p)}, 0, MEDIA)),
        ("output", output_cases(), lambda k, p, v: CLASSES[k](**p).postprocess(v), lambda k, p, v: postprocess(v, [{"kind": k, **choices(p)}], "f", MEDIA)[0]),
    ):
        for kind, props, value in cases:
            expected = attempt(lambda: theirs(kind, props, value))
            actual = attempt(lambda: ours(kind, props, value))
            if json.dumps(expected) == json.dumps(actual):
                passed += 1
            else:
                failures.append(f"{direction} {kind} {props} {str(value)[:60]!r}\n  Gradio {str(expected)[:300]}\n  ours   {str(actual)[:300]}")
    print(json.dumps({"passed": passed, "failures": failures}))


def choices(props):
    """Our definitions hold every choice as a pair."""
    if "choices" not in props:
        return props
    return {**props, "choices": [[choice, choice] if isinstance(choice, str) else list(choice) for choice in props["choices"]]}


if __name__ == "__main__":
    main()
