"""Figures as payloads ``{type, plot}`` (gradio/components/plot.py)."""

import base64
import io
import json
from types import ModuleType
from typing import Any, Dict, Optional

from .errors import WorkerError
from .packages import has

Payload = Dict[str, str]


def write_plot(value: Any, image_format: Optional[str]) -> Payload:
    module = value.__name__ if isinstance(value, ModuleType) else type(value).__module__
    library = module.split(".")[0]
    if library == "matplotlib" or hasattr(value, "savefig"):
        return _matplotlib(value, image_format or "webp")
    if library == "bokeh":
        from bokeh.embed import json_item

        return {"type": "bokeh", "plot": json.dumps(json_item(value))}
    if not hasattr(value, "to_json"):
        raise WorkerError(
            f"the function returned {type(value).__name__}; a plot is a figure of Matplotlib, Plotly, Altair or Bokeh."
        )
    kind = "altair" if library == "altair" else "plotly"
    return _rendered(value, kind) or {"type": kind, "plot": value.to_json()}


def _matplotlib(value: Any, image_format: str) -> Payload:
    data = io.BytesIO()
    try:
        value.savefig(data, format=image_format)
    except ValueError:
        data, image_format = io.BytesIO(), "png"
        value.savefig(data, format=image_format)
    _close(value)
    return {"type": "matplotlib", "plot": _data_uri(data.getvalue(), image_format)}


def _close(figure: Any) -> None:
    """pyplot keeps every figure it made; a long-lived worker would fill its memory with them."""
    from matplotlib import pyplot

    pyplot.close("all" if isinstance(figure, ModuleType) else figure)


def _rendered(value: Any, kind: str) -> Optional[Payload]:
    """A picture that a page can show as it is, where the interpreter has the library's own renderer."""
    try:
        if kind == "plotly" and has("kaleido"):
            return {"type": "matplotlib", "plot": _data_uri(value.to_image(format="png"), "png")}
        if kind == "altair" and has("vl_convert"):
            data = io.BytesIO()
            value.save(data, format="png")
            return {"type": "matplotlib", "plot": _data_uri(data.getvalue(), "png")}
    except Exception as error:  # The renderer may need a browser that is not there; the JSON still says everything.
        print(f"The {kind} figure could not be drawn: {error}")
    return None


def _data_uri(data: bytes, image_format: str) -> str:
    return f"data:image/{image_format};base64,{base64.b64encode(data).decode('ascii')}"
