"""Reads JSON texts from standard input; prints how Python writes each: json.dumps, repr and pydantic's compact JSON."""

import json
import sys
from typing import Any

from pydantic import RootModel


def written(text):
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return [json.dumps(value), repr(value), RootModel[Any](value).model_dump_json()]


json.dump([written(text) for text in json.load(sys.stdin)], sys.stdout)
