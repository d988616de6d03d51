"""Loads the person's module, finds the function in it, and loads it anew after a change."""

import importlib
import importlib.util
import inspect
import linecache
import os
import sys
from types import ModuleType
from typing import Any, Callable, Dict, Optional, Tuple

from .errors import WorkerError

Stamp = Tuple[int, int]


class Loader:
    """Keeps one module, its function objects and the stamps of the files they came from."""

    def __init__(self) -> None:
        self._file: Optional[str] = None
        self._module: Optional[ModuleType] = None
        self._stamps: Dict[str, Tuple[str, Stamp]] = {}
        self._instances: Dict[str, Any] = {}

    def is_current(self, file: str) -> bool:
        """Whether what is loaded is this file, and no source file of it has changed."""
        if self._module is None or self._file != file:
            return False
        self._watch()
        return all(_stamp(path) == stamp for path, stamp in self._stamps.values())

    def load(self, file: str) -> None:
        """Runs the module; what it raises is passed on."""
        if not os.path.isfile(file):
            raise WorkerError(f"There is no file {file}.", "Check the path in fn.")
        self._forget()
        name = _module_name(file)
        directory = os.path.dirname(file)
        sys.path[:] = [directory, *(entry for entry in sys.path if entry != directory)]
        importlib.invalidate_caches()
        linecache.checkcache()
        with open(file, "rb") as source:
            # Compiled here, since a cached .pyc would hide a second change within the same second.
            stamp = _stamp(file)
            code = compile(source.read(), file, "exec", dont_inherit=True)
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None:
            raise WorkerError(f"{file} is not a Python source file.")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            exec(code, module.__dict__)
        except BaseException:
            self._file = file
            self._watch()
            self._forget()
            sys.modules.pop(name, None)
            raise
        self._file, self._module = file, module
        self._stamps[name] = (file, stamp or (0, 0))
        self._watch()

    def find(self, name: str) -> Callable[..., Any]:
        """The function of a name; ``Class.method`` makes one object of the class and keeps it."""
        target: Any = self._module
        path = name.split(".")
        for index, part in enumerate(path):
            owner = target
            try:
                target = getattr(owner, part)
            except AttributeError:
                raise self._missing(".".join(path[: index + 1])) from None
            if inspect.isclass(owner) and inspect.isfunction(inspect.getattr_static(owner, part, None)):
                target = getattr(self._instance(owner, ".".join(path[:index])), part)
        if not callable(target):
            raise WorkerError(f"{name} in {self._basename()} is no function but {_article(type(target).__name__)}.")
        return target

    def _instance(self, owner: type, name: str) -> Any:
        if name not in self._instances:
            self._instances[name] = owner()
        return self._instances[name]

    def _missing(self, name: str) -> WorkerError:
        members = vars(self._module) if self._module else {}
        own = [
            key
            for key, value in members.items()
            if callable(value) and not key.startswith("_") and getattr(value, "__module__", None) == self._module.__name__
        ]
        has = f"It has: {', '.join(own[:20])}." if own else "It defines no function."
        return WorkerError(f"{self._basename()} has no function {name}.", has)

    def _basename(self) -> str:
        return os.path.basename(self._file or "")

    def _watch(self) -> None:
        """Remembers the files of all modules from the folder tree of the loaded file, as they are when first seen."""
        root = os.path.dirname(self._file or "") + os.sep
        for name, module in list(sys.modules.items()):
            if name in self._stamps:
                continue
            path = getattr(module, "__file__", None)
            if not isinstance(path, str) or not path.startswith(root) or _is_installed(path):
                continue
            stamp = _stamp(path)
            if stamp is not None:
                self._stamps[name] = (path, stamp)

    def _forget(self) -> None:
        for name, (path, stamp) in self._stamps.items():
            sys.modules.pop(name, None)
            if _stamp(path) != stamp:
                _remove_cached(path)
        self._stamps.clear()
        self._instances.clear()
        self._module = None


def _module_name(file: str) -> str:
    """The name an import would give it, unless that would replace a module that is in use already."""
    name = os.path.splitext(os.path.basename(file))[0]
    return name if name not in sys.modules and name not in sys.builtin_module_names else f"_demo_{name}"


def _stamp(path: str) -> Optional[Stamp]:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _is_installed(path: str) -> bool:
    return f"{os.sep}site-packages{os.sep}" in path or path.startswith(sys.prefix + os.sep)


def _remove_cached(path: str) -> None:
    """Drops compiled code: Python would still take it for current when size and second of the change are the same."""
    try:
        os.remove(importlib.util.cache_from_source(path))
    except (OSError, NotImplementedError):
        pass  # Nothing cached, or not removable: Python then compares time and size itself.


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
