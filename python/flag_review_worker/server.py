"""Answers the host's requests, one after the other, on the main thread.

A second thread reads the requests, so that a running call can be cancelled and the process ends with its host.
"""

import contextlib
import faulthandler
import os
import queue
import signal
import threading
from typing import Any, Dict, Iterator, Optional

from .calls import Calls
from .errors import WorkerError
from .wire import Wire


class Server:
    def __init__(self) -> None:
        self._wire = Wire()
        self._queue: "queue.SimpleQueue[Dict[str, Any]]" = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._main = threading.get_ident()
        self._current: Optional[int] = None
        self._cancelled = False
        # True only while the person's code runs: an event is never cut in half by an interrupt.
        self._interruptible = False
        # Drawing needs no screen here.
        os.environ.setdefault("MPLBACKEND", "Agg")
        faulthandler.enable()

    def serve(self) -> None:
        signal.signal(signal.SIGINT, self._on_interrupt)
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        calls = Calls(self._users_code)
        while True:
            self._answer(calls, self._queue.get())

    def _answer(self, calls: Calls, request: Dict[str, Any]) -> None:
        request_id = request["id"]
        with self._lock:
            self._current, self._cancelled = request_id, False

        def send(event: str, **fields: Any) -> None:
            self._wire.send(request_id, event, **fields)

        try:
            result = calls.perform(request, send)
        except WorkerError as error:
            send("error", reason="failed", **error.fields())
        except KeyboardInterrupt:
            send("error", reason="cancelled", **WorkerError("The run was stopped.").fields())
        else:
            send("done", result=result)
        finally:
            with self._lock:
                self._current, self._interruptible = None, False

    @contextlib.contextmanager
    def _users_code(self) -> Iterator[None]:
        """Surrounds every step into the person's code: only there may it be interrupted."""
        self._interruptible = True
        try:
            # Asked after the line above, so that no cancellation falls between the two.
            if self._cancelled:
                raise KeyboardInterrupt
            yield
        finally:
            self._interruptible = False

    def _on_interrupt(self, *_: Any) -> None:
        if self._interruptible and self._cancelled:
            self._interruptible = False
            raise KeyboardInterrupt

    def _read(self) -> None:
        try:
            for request in self._wire.requests():
                if request["op"] == "cancel":
                    self._cancel(request["id"])
                else:
                    self._queue.put(request)
        finally:
            _end_with_children()

    def _cancel(self, request_id: int) -> None:
        with self._lock:
            if self._current != request_id:
                return
            self._cancelled = True
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(self._main, signal.SIGINT)
        else:
            signal.raise_signal(signal.SIGINT)


def _end_with_children() -> None:
    """The host is gone: nobody waits for an answer any more."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)
