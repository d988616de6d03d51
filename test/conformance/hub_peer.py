"""`huggingface_hub` and `datasets` against a Hub on this machine: reads questions as lines of JSON, answers each by one."""

import hashlib
import io
import json
import sys

import datasets
import huggingface_hub
import PIL.Image

api = huggingface_hub.HfApi()
datasets.disable_progress_bars()


def call(method, arguments):
    """A method of `HfApi` on a dataset repository; `content` is a text that is uploaded."""
    if "content" in arguments:
        arguments["path_or_fileobj"] = arguments.pop("content").encode()
    try:
        result = getattr(api, method)(**arguments, **({} if method == "whoami" else {"repo_type": "dataset"}))
    except huggingface_hub.errors.HfHubHTTPError as error:
        return {"status": error.response.status_code}
    except ValueError:
        return {"invalid": True}
    return {"result": plain(result)}


def plain(value):
    if isinstance(value, (str, int, float, type(None))):
        return value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list) or hasattr(value, "__next__"):
        return [plain(item) for item in value]
    return {key: str(item) for key, item in vars(value).items()}


def image(seed):
    """Eight by eight pixels of one colour."""
    return PIL.Image.new("RGB", (8, 8), (seed % 256, seed // 256 % 256, 7))


def push(repo, rows, features, **settings):
    """`push_to_hub`; rows are lists of values, a feature is a dtype, a list of labels, or "image"."""
    kinds = {
        name: datasets.ClassLabel(names=kind) if isinstance(kind, list) else datasets.Image() if kind == "image" else datasets.Value(kind)
        for name, kind in features.items()
    }
    columns = {
        name: [image(row[at]) if kind == "image" else row[at] for row in rows]
        for at, (name, kind) in enumerate(features.items())
    }
    dataset = datasets.Dataset.from_dict(columns, features=datasets.Features(kinds))
    return str(dataset.push_to_hub(repo, private=True, **settings))


def load(repo, config=None, revision=None):
    """Features and rows of each split, as `load_dataset` gives them."""
    try:
        splits = datasets.load_dataset(repo, config, revision=revision)
        return {
            name: {
                "features": {column: str(feature) for column, feature in split.features.items()},
                "rows": [[readable(row[column]) for column in split.features] for row in split],
            }
            for name, split in splits.items()
        }
    except Exception as error:
        causes = f" ({error.__cause__})" if error.__cause__ else ""
        return {"error": f"{type(error).__name__}: {error}{causes}"}


def readable(value):
    """JSON; an image is what its pixels are, and an integer that JavaScript cannot hold is a text."""
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, PIL.Image.Image):
        pixels = hashlib.sha256(value.convert("RGBA").tobytes()).hexdigest()
        return {"size": list(value.size), "pixels": pixels}
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


questions = {"call": call, "push": push, "load": load}
answers, sys.stdout = sys.stdout, io.StringIO()
for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(questions[question.pop("ask")](**question)), file=answers, flush=True)
