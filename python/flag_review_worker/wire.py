"""The connection to the host: one JSON object a line.

NaN and the infinities, which JSON lacks, travel as ``{"__float__": "NaN"}``.
"""

import json
import math
import os
import sys
import threading
from typing import Any, Dict, Iterator

_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class Wire:
    """Takes standard input and output for itself, so that nothing the function prints, in C too, is taken for an event."""

    def __init__(self) -> None:
        self._requests = os.fdopen(os.dup(0), "rb")
        self._events = os.fdopen(os.dup(1), "wb")
        self._lock = threading.Lock()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)

    def requests(self) -> Iterator[Dict[str, Any]]:
        """Every request until the host closes the connection."""
        for line in self._requests:
            yield decode(line)

    def send(self, request_id: int, event: str, **fields: Any) -> None:
        line = encode({"id": request_id, "event": event, **fields})
        with self._lock:
            self._events.write(line)
            self._events.flush()


def encode(message: Any) -> bytes:
    try:
        text = json.dumps(message, allow_nan=False, separators=(",", ":"))
    except ValueError:
        text = json.dumps(_encode_special(message), allow_nan=False, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def decode(line: bytes) -> Any:
    return json.loads(line, object_hook=_decode_special if b'"__float__"' in line else None)


def _encode_special(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"__float__": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, dict):
        return {key: _encode_special(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encode_special(item) for item in value]
    return value


def _decode_special(value: Dict[str, Any]) -> Any:
    if len(value) == 1 and "__float__" in value:
        return _SPECIAL.get(value["__float__"], value)
    return value
