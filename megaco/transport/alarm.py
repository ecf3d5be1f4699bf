"""One timer of the event loop, kept at an engine's next deadline."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls ``ring`` when the deadline has come; setting another deadline replaces it."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """Bind to the running event loop; nothing is set."""
        self._loop = asyncio.get_running_loop()
        self._ring = ring
        self._handle: asyncio.TimerHandle | None = None

    def now(self) -> float:
        """Return the clock that deadlines are on, seconds."""
        return self._loop.time()

    def set(self, deadline: float | None) -> None:
        """Ring at ``deadline``; None: not at all."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if deadline is not None:
            self._handle = self._loop.call_at(deadline, self._go_off)

    def _go_off(self) -> None:
        self._handle = None
        self._ring()
