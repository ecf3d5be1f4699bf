"""An event loop whose clock is virtual: it waits for nothing, the next timer is due at once."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from unittest.mock import patch

_RESOLUTION_S = 1e-6
_EPOCH_S = 1.704e9

Outcome = TypeVar("Outcome")


class VirtualLoop(asyncio.BaseEventLoop):
    """Has timers and callbacks, no files."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0
        self._clock_resolution = _RESOLUTION_S
        self._selector = self

    def time(self) -> float:
        """Return the virtual clock, seconds."""
        return self._now

    def select(self, timeout: float | None) -> list[object]:
        """Let time pass instead of waiting for files."""
        if timeout is None:
            raise RuntimeError("everybody waits and nothing is due")
        self._now += timeout
        return []

    def timers(self) -> list[asyncio.TimerHandle]:
        """Return the timers that are set."""
        return [handle for handle in self._scheduled if not handle.cancelled()]

    _scheduled: list[asyncio.TimerHandle]

    def _process_events(self, event_list: list[object]) -> None:
        """Nothing comes from files."""

    def _write_to_self(self) -> None:
        """No other thread wakes this loop."""


def run(main: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run to the end, the clock on the wall being virtual too."""
    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner, patch("time.time", lambda: _EPOCH_S + loop.time()):
        return runner.run(main)
