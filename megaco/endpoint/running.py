"""The event loop to run endpoints in: uvloop's where it is installed, asyncio's where it is not."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

_STOPS = (signal.SIGINT, signal.SIGTERM)


def run(main: Coroutine[Any, Any, Result], *, debug: bool | None = None) -> Result | None:
    """Run a program's coroutine to its end, as ``asyncio.run`` does, in the faster of the event loops there are.

    Ctrl-C (SIGINT) and SIGTERM cancel the coroutine, which closes what it has open; the result is then None. So it is
    in the main thread of systems that have signals; elsewhere they do what they do under ``asyncio.run``. uvloop is the
    extra of that name (``pip install h248[uvloop]``).
    """
    with asyncio.Runner(loop_factory=_loop_factory(), debug=debug) as runner:
        return runner.run(_until_stopped(main))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = new_event_loop
    return factory


async def _until_stopped(main: Coroutine[Any, Any, Result]) -> Result | None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    is_stopped = False

    def stop() -> None:
        nonlocal is_stopped
        is_stopped = True
        task.cancel()

    heard = [number for number in _STOPS if _is_heard(loop, number, stop)]
    try:
        return await main
    except asyncio.CancelledError:
        if not is_stopped:
            raise
        return None
    finally:
        for number in heard:
            loop.remove_signal_handler(number)


def _is_heard(loop: asyncio.AbstractEventLoop, number: signal.Signals, stop: Callable[[], None]) -> bool:
    """Have a signal call ``stop``, where a system or a thread lets us."""
    try:
        loop.add_signal_handler(number, stop)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows; a thread that is not the main one
        return False
    return True
