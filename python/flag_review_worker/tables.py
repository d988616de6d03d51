"""Tables between payloads and pandas, NumPy or lists (gradio/components/dataframe.py)."""

from typing import Any, Dict, List

from .errors import WorkerError
from .media import is_path
from .packages import is_array, is_instance, require
from .plain import plain


def read_table(payload: Dict[str, Any], wanted: str) -> Any:
    rows = payload["data"]
    if wanted == "array":
        return rows
    if wanted == "numpy":
        return require("numpy", 'A dataframe of type "numpy"').array(rows)
    pandas = require("pandas", 'A dataframe of type "pandas"')
    return pandas.DataFrame([] if rows == [[]] else rows, columns=payload["headers"])


def write_table(value: Any, component: Dict[str, Any]) -> Dict[str, Any]:
    headers, rows, metadata = _parts(value)
    headers = headers or list(component.get("headers") or [])
    if not rows and not headers:
        headers = list(range(1, (component.get("col_count") or 3) + 1))
    if rows:
        width = max(len(row) for row in rows)
        headers = [*headers[:width], *(str(number + 1) for number in range(len(headers), width))]
    return {"headers": [str(header) for header in headers], "data": plain(rows), "metadata": plain(metadata)}


def _parts(value: Any) -> Any:
    if is_instance(value, "pandas.io.formats.style", "Styler"):
        value = value.data
    if is_instance(value, "pandas", "Series"):
        value = value.to_frame()
    if is_instance(value, "pandas", "DataFrame"):
        return list(value.columns), value.to_dict(orient="split")["data"], None
    if is_instance(value, "polars", "DataFrame"):
        return list(value.columns), [list(row) for row in value.rows()], None
    if is_path(value):
        return _parts(require("pandas", "A table that the function returns as a path").read_csv(value))
    if isinstance(value, dict) and "data" in value:
        return list(value.get("headers") or []), _rows(value["data"]), value.get("metadata")
    if is_array(value):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [], _rows(value), None
    raise WorkerError(
        f"the function returned {type(value).__name__}; a dataframe is a list of rows, an array or a DataFrame."
    )


def _rows(value: Any) -> List[List[Any]]:
    rows = value.tolist() if is_array(value) else value
    if not isinstance(rows, (list, tuple)):
        raise WorkerError("the data of a dataframe must be a list of rows.")
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in rows]
