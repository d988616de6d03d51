"""Reads flag logs with Python's `csv` and with `read_from_flag` of the Gradio package that is installed.

Standard input names each log and its components. Prints one JSON line per log: its records without the header, and of
each record what the components read, as JSON texts; null where a component reads nothing of its own or fails.
"""

import csv
import json
import os
import sys

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio

READERS = {
    "number": gradio.Number,
    "slider": gradio.Slider,
    "json": gradio.JSON,
    "label": gradio.Label,
    "dataframe": gradio.Dataframe,
    "highlightedtext": gradio.HighlightedText,
    "plot": gradio.Plot,
}


def read(kind, cell):
    if kind not in READERS or cell == "":
        return None
    try:
        value = READERS[kind](render=False).read_from_flag(cell)
    except Exception:
        return None
    if hasattr(value, "model_dump"):
        value = value.model_dump()
    return None if isinstance(value, str) else json.dumps(value)


csv.field_size_limit(sys.maxsize)
for log in json.load(sys.stdin):
    # A mark at the very beginning is the file's, also where a text that begins with it came first.
    with open(log["path"], newline="", encoding="utf-8-sig") as file:
        records = [record for record in csv.reader(file) if record]
    rows = records[1:] if log["header"] else records
    values = [[read(kind, cell) for kind, cell in zip(log["kinds"], row)] for row in rows]
    print(json.dumps({"rows": rows, "values": values}))
