"""Runs coroutines on one event loop that lives as long as the worker, so that clients a model keeps stay usable."""

import asyncio
from typing import Any, AsyncIterator, Awaitable, Iterator, Optional

_loop: Optional[asyncio.AbstractEventLoop] = None
_END = object()


def wait(awaitable: Awaitable[Any]) -> Any:
    global _loop
    if _loop is None:
        _loop = asyncio.new_event_loop()
        asyncio.set_event_loop(_loop)
    task = asyncio.ensure_future(awaitable, loop=_loop)
    try:
        return _loop.run_until_complete(task)
    except BaseException:
        if not task.done():
            task.cancel()
            _loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
        raise


def iterate(generator: AsyncIterator[Any]) -> Iterator[Any]:
    """An asynchronous generator as an ordinary one."""

    async def step() -> Any:
        try:
            return await generator.__anext__()
        except StopAsyncIteration:
            return _END

    while True:
        value = wait(step())
        if value is _END:
            return
        yield value
