"""Writes flag logs with the loggers of the Gradio package that is installed, from the cases on standard input.

Each case names a working directory and sessions; each session is a new logger, as after a restart of the server. That of
`HuggingFaceDatasetSaver` names a repository too, on the Hub of `HF_ENDPOINT`.
Prints one JSON line per case with the row counts that `flag` returned, or with the error that ended it.
"""

import contextlib
import datetime
import json
import os
import sys
import types

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio
import huggingface_hub
from gradio import flagging

CLASSES = {
    "textbox": "Textbox",
    "number": "Number",
    "slider": "Slider",
    "checkbox": "Checkbox",
    "checkboxgroup": "CheckboxGroup",
    "radio": "Radio",
    "dropdown": "Dropdown",
    "image": "Image",
    "audio": "Audio",
    "video": "Video",
    "file": "File",
    "dataframe": "Dataframe",
    "json": "JSON",
    "code": "Code",
    "colorpicker": "ColorPicker",
    "datetime": "DateTime",
    "label": "Label",
    "highlightedtext": "HighlightedText",
    "markdown": "Markdown",
    "html": "HTML",
    "gallery": "Gallery",
    "plot": "Plot",
    "annotatedimage": "AnnotatedImage",
    "state": "State",
}


class Clock:
    """Stands in for `datetime.datetime` in Gradio's module."""

    text = ""

    @classmethod
    def now(cls):
        return cls.text


flagging.datetime = types.SimpleNamespace(datetime=Clock)
# It asks huggingface.co whether a card is good, whatever the endpoint is.
huggingface_hub.RepoCard.validate = lambda card, repo_type=None: None


def component(described):
    properties = {"file_count": "multiple"} if described.get("multiple") else {}
    made = getattr(gradio, CLASSES[described["kind"]])(render=False, **properties)
    made.label = described.get("label")
    return made


def payload(described, text):
    value = json.loads(text)
    if described["kind"] == "video" and value is not None and gradio.__version__ < "6":
        return {"video": value, "subtitles": None}
    return value


def logger(case):
    made = getattr(flagging, case["logger"])
    if case["logger"] == "HuggingFaceDatasetSaver":
        return made(os.environ["HF_TOKEN"], case["repo"], private=True, separate_dirs=case["separateDirs"])
    return made(verbose=False) if case["logger"] == "CSVLogger" and gradio.__version__ >= "5" else made()


def write(case):
    os.makedirs(case["cwd"], exist_ok=True)
    os.chdir(case["cwd"])
    components = [component(described) for described in case["components"]]
    counts = []
    for session in case["sessions"]:
        callback = logger(case)
        callback.setup(components, case["dir"])
        for flag in session:
            Clock.text = flag["timestamp"]
            option = flag["option"]
            if option is None and gradio.__version__ < "5":
                option = ""
            data = [payload(*pair) for pair in zip(case["components"], flag["data"])]
            counts.append(callback.flag(data, flag_option=option, username=flag["username"]))
    return counts


for case in json.load(sys.stdin):
    try:
        with contextlib.redirect_stdout(sys.stderr):
            result = {"counts": write(case)}
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(result), flush=True)
