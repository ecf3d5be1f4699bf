"""What a leg is joined to, and how received bytes wait until they may go there."""

import asyncio
from collections.abc import Callable
from typing import Protocol


class Sink(Protocol):
    """Whoever gets the bytes of a leg; another leg is one."""

    def write(self, data: bytes) -> None:
        """Take application bytes, in order and never empty."""

    def write_eof(self) -> None:
        """Note that no bytes come any more."""

    def abort(self, cause: str) -> None:
        """Note that the leg was reset, that is, bytes may be missing; ``cause`` is for people."""


class Source(Protocol):
    """Whoever writes to a leg and can be held back; another leg is one."""

    def pause_reading(self) -> None:
        """Write no more for now; what was read already may still be written."""

    def resume_reading(self) -> None:
        """Write again."""


def hold_back(source: Source | None) -> None:
    """Let a source, if there is one, write no more for now."""
    if source is not None:
        source.pause_reading()


def let_go_on(source: Source | None) -> None:
    """Let a source, if there is one, write again."""
    if source is not None:
        source.resume_reading()


class Inbound:
    """The receiving direction of a leg: bytes and their end, parked while ``deliver`` is not allowed."""

    def __init__(self) -> None:
        """Begin with nothing received and nobody to have it."""
        self.sink: Sink | None = None
        self.parked = bytearray()
        self.delivered_bytes = 0
        self.is_ended = False
        """Whether the far end has said that no bytes come any more."""
        self._is_end_delivered = False

    def take(self, data: bytes, is_allowed: bool) -> None:
        """Give received bytes to the sink, or park them when there is none or it may not have them yet."""
        if is_allowed and self.sink is not None and not self.parked:
            self._give(self.sink, data)
        else:
            self.parked += data

    def deliver(self, is_allowed: bool) -> None:
        """Give the sink, if there is one and it may have them, the parked bytes and then the end."""
        if not is_allowed or self.sink is None:
            return
        parked = bytes(self.parked)
        self.parked.clear()
        self._give(self.sink, parked)
        if self.is_ended and not self._is_end_delivered:
            self._is_end_delivered = True
            self.sink.write_eof()

    def _give(self, sink: Sink, data: bytes) -> None:
        if data:
            self.delivered_bytes += len(data)
            sink.write(data)


class Deadline:
    """At most one thing to be done later."""

    def __init__(self) -> None:
        """Begin with nothing to be done."""
        self._timer: asyncio.TimerHandle | None = None

    def set(self, delay_s: float, action: Callable[[], None]) -> None:
        """Do this in so many seconds, in place of what was to be done."""
        self.clear()
        self._timer = asyncio.get_running_loop().call_later(delay_s, action)

    def clear(self) -> None:
        """Do nothing."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
