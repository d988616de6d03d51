"""Carries out the requests: ``describe``, ``run``, ``predict`` and ``cross_val_predict``."""

import inspect
import os
from typing import Any, Callable, ContextManager, Dict, List

from . import asynchronous
from .annotations import coerce
from .errors import WorkerError, from_exception
from .inputs import preprocess
from .loader import Loader
from .media import MediaFolder
from .outputs import postprocess
from .predictions import predictions

Send = Callable[..., None]
UsersCode = Callable[[], ContextManager[None]]


class Calls:
    """
    ``users_code`` surrounds every step into the person's code. What that code raises becomes a ``WorkerError``, also
    SystemExit: the model stays loaded.
    """

    def __init__(self, users_code: UsersCode) -> None:
        self._users_code = users_code
        self._loader = Loader()

    def perform(self, request: Dict[str, Any], send: Send) -> Any:
        operation = request["op"]
        if operation == "cross_val_predict":
            from .cross_validation import cross_val_predict

            return cross_val_predict(request, send, self._guarded)
        if operation not in ("run", "describe", "predict"):
            raise WorkerError(f"The worker knows no operation {operation}.")
        function = self._function(request["file"], request["name"], send)
        if operation == "describe":
            from .describe import describe

            return describe(function, request["name"])
        if operation == "predict":
            return self._predict(function, request)
        return self._run(function, request, send)

    def _function(self, file: str, name: str, send: Send) -> Callable[..., Any]:
        base = os.path.basename(file)
        if not self._loader.is_current(file):
            send("status", text=f"Loading {base}…")
            self._guarded(f"{base} could not be loaded:", lambda: self._loader.load(file))
            send("status", text="")
        return self._guarded(f"{name} could not be found:", lambda: self._loader.find(name))

    def _run(self, function: Callable[..., Any], request: Dict[str, Any], send: Send) -> List[Any]:
        name = request["name"]
        media = MediaFolder(request["mediaDir"])
        arguments = self._arguments(function, request, media)
        result = self._called(function, arguments, name)

        def convert(value: Any) -> List[Any]:
            return self._guarded(
                "The outputs could not be read:",
                lambda: postprocess(value, request["outputComponents"], name, media),
                by_function=True,
            )

        if inspect.isasyncgen(result):
            steps = asynchronous.iterate(result)
        elif inspect.isgenerator(result):
            steps = result
        else:
            return convert(result)
        return self._stream(steps, name, convert, send)

    def _predict(self, function: Callable[..., Any], request: Dict[str, Any]) -> Any:
        """What the function returns for a list of texts, of whatever shape; the host reads it."""
        name = request["name"]
        result = self._called(function, [request["texts"]], name)
        return self._guarded(f"What {name} returned could not be read:", lambda: predictions(result), by_function=True)

    def _called(self, function: Callable[..., Any], arguments: List[Any], name: str) -> Any:
        result = self._guarded(f"{name} raised", lambda: function(*arguments), by_function=True)
        if not inspect.isawaitable(result):
            return result
        return self._guarded(f"{name} raised", lambda: asynchronous.wait(result), by_function=True)

    def _stream(self, steps: Any, name: str, convert: Callable[[Any], List[Any]], send: Send) -> List[Any]:
        end = object()
        outputs = None
        while True:
            value = self._guarded(f"{name} raised", lambda: next(steps, end), by_function=True)
            if value is end:
                break
            outputs = convert(value)
            send("partial", outputs=outputs)
        if outputs is None:
            raise WorkerError(f"{name} is a generator that yielded nothing.", "Yield the outputs at least once.", by_function=True)
        return outputs

    def _arguments(self, function: Callable[..., Any], request: Dict[str, Any], media: MediaFolder) -> List[Any]:
        values = [
            self._guarded("The inputs could not be read:", lambda p=payload, c=component, i=index: preprocess(p, c, i, media))
            for index, (payload, component) in enumerate(zip(request["inputs"], request["inputComponents"]))
        ]
        try:
            signature = inspect.signature(function)
        except (TypeError, ValueError):
            return values  # Written in C: the call itself will tell.
        try:
            signature.bind(*values)
        except TypeError as error:
            count = f"{len(values)} input" + ("" if len(values) == 1 else "s")
            raise WorkerError(
                f"{request['name']}{signature} cannot be called with {count}: {error}.",
                "Give the demo one input per parameter.",
            ) from None
        return self._guarded("The inputs could not be read:", lambda: coerce(function, signature, values))

    def _guarded(self, doing: str, step: Callable[[], Any], by_function: bool = False) -> Any:
        try:
            with self._users_code():
                return step()
        except KeyboardInterrupt:
            raise
        except WorkerError as error:
            error.by_function = by_function
            raise
        except BaseException as error:
            raise from_exception(error, doing, by_function) from None
