"""What a model returned for a list of texts."""

from collections.abc import Iterator
from typing import Any

from .packages import is_instance
from .plain import plain


def predictions(value: Any) -> Any:
    """Plain lists, dicts and numbers of arrays, tensors, data frames (a dict per row) and iterators."""
    if isinstance(value, Iterator):
        value = list(value)
    elif is_instance(value, "pandas", "DataFrame"):
        value = value.to_dict("records")
    elif is_instance(value, "tensorflow", "Tensor"):
        value = value.numpy()
    elif is_instance(value, "jax", "Array"):
        value = value.tolist()
    return plain(value)
