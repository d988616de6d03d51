"""Gradio's side of the bench, with its own classes: prints one JSON object.

usage: gradio_peer.py flags <directory> <rows> <flags>      flags per second into a log that has <rows> rows
       gradio_peer.py calls <calls>                         milliseconds of one calculator call over loopback HTTP
"""

import json
import statistics
import sys
import time
from pathlib import Path

import gradio as gr
from gradio.flagging import CSVLogger


def flags(directory, rows, count):
    Path(directory).mkdir(parents=True, exist_ok=True)
    header = "num1,operation,num2,output,flag,timestamp\r\n"
    row = "5,subtract,7.5,'-2.5,wrong sign,2024-01-02 03:04:05.678901\r\n"
    Path(directory, "dataset1.csv").write_bytes((header + row * rows).encode())
    with gr.Blocks():
        components = [gr.Number(label="num1"), gr.Textbox(label="operation"), gr.Number(label="num2"), gr.Number(label="output")]
    logger = CSVLogger(verbose=False)
    logger.setup(components, directory)
    sample = [5, "subtract", 7.5, -2.5]
    assert logger.flag(sample, "wrong sign") == rows + 1
    start = time.perf_counter()
    for _ in range(count):
        logger.flag(sample, "wrong sign")
    return {"flags_per_second": count / (time.perf_counter() - start)}


def calculator(num1, operation, num2):
    return num1 - num2 if operation == "subtract" else num1 + num2


def calls(count):
    from gradio_client import Client

    choices = gr.Radio(["add", "subtract"])
    demo = gr.Interface(calculator, ["number", choices, "number"], "number", flagging_mode="never", api_name="predict")
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, share=False)
    client = Client(url, verbose=False)
    times = []
    for index in range(count + 5):
        start = time.perf_counter()
        assert client.predict(5, "subtract", 7.5, api_name="/predict") == -2.5
        if index >= 5:
            times.append((time.perf_counter() - start) * 1000)
    demo.close()
    return {"median_ms": statistics.median(times)}


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    result = flags(rest[0], int(rest[1]), int(rest[2])) if what == "flags" else calls(int(rest[0]))
    print(json.dumps(result))
