"""Packages that a conversion needs only when it is asked for; the worker itself needs none."""

import importlib
import importlib.util
import sys
from typing import Any, Optional

from .errors import WorkerError, install_hint


def require(module: str, purpose: str) -> Any:
    """The module, or an error that names the package and how this interpreter gets it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != module.split(".")[0]:
            raise
        package = module.split(".")[0]
        raise WorkerError(f"{purpose} needs the package {package}.", install_hint(package)) from None


def has(module: str) -> bool:
    """Whether this interpreter has the package; it is not loaded."""
    return module in sys.modules or importlib.util.find_spec(module) is not None


def loaded(module: str) -> Optional[Any]:
    """The module if the function has loaded it: a value of a package's type cannot exist before."""
    return sys.modules.get(module)


def is_instance(value: Any, module: str, *names: str) -> bool:
    """Whether a value is of a class of a package, without loading that package."""
    package = loaded(module)
    classes = tuple(getattr(package, name) for name in names if isinstance(getattr(package, name, None), type))
    return isinstance(value, classes)


def is_array(value: Any) -> bool:
    return is_instance(value, "numpy", "ndarray")


def is_pil(value: Any) -> bool:
    return is_instance(value, "PIL.Image", "Image")
