"""TPKT, which tells where a message ends in a TCP stream (RFC 1006 clause 6; H.248.1 Annex D.2). Sans-IO.

A frame is version 3, a reserved octet, and its length in two octets, these four included.
"""

import struct

from megaco.errors import TransportError

from .settings import MOST_TPKT_OCTETS

HEADER_OCTETS = 4
_VERSION = 3
_HEADER = struct.Struct("!BxH")


class FrameError(TransportError):
    """A header that no frame has, or one that claims too long a message; where the next begins cannot be known."""


def frame(message: bytes) -> bytes:
    """Return a message framed; raises FrameError for one longer than 65,531 octets."""
    if len(message) > MOST_TPKT_OCTETS:
        raise FrameError(f"a message of {len(message)} octets; a TPKT carries {MOST_TPKT_OCTETS}")
    return _HEADER.pack(_VERSION, HEADER_OCTETS + len(message)) + message


class Deframer:
    """Octets in, messages out, however the octets were cut. It never holds more than it is fed and one frame less an
    octet, as long as ``take`` is called until it returns None before it is fed again.

    The reserved octet is not looked at. A frame without message is skipped and counted: some peers send it as a sign
    of life.
    """

    def __init__(self, most_octets: int = MOST_TPKT_OCTETS) -> None:
        """Take messages of up to ``most_octets``."""
        self._most_octets = most_octets
        self._octets = bytearray()
        self._start = 0
        """Where the next frame begins; what is before it is removed once a ``feed``, not once a frame."""
        self.empty_frames = 0
        """Frames without message so far."""

    @property
    def octets_held(self) -> int:
        """Octets that were fed and not taken: part of a frame, after ``take`` returned None."""
        return len(self._octets) - self._start

    @property
    def is_ready(self) -> bool:
        """Whether ``take`` may return a message, or raise."""
        held = len(self._octets) - self._start
        if held < HEADER_OCTETS:
            return held > 0 and self._octets[self._start] != _VERSION
        length = _HEADER.unpack_from(self._octets, self._start)[1]
        is_lie = self._octets[self._start] != _VERSION or length > HEADER_OCTETS + self._most_octets
        return is_lie or held >= length

    def feed(self, octets: bytes) -> None:
        """Add octets of the stream."""
        if self._start:
            del self._octets[: self._start]
            self._start = 0
        self._octets += octets

    def take(self) -> bytes | None:
        """Return the next message; None: it is not whole yet. Raises FrameError, from then on every time."""
        while True:
            begin = self._start
            held = len(self._octets) - begin
            if held and self._octets[begin] != _VERSION:
                raise FrameError(f"version {self._octets[begin]}; a TPKT has {_VERSION}")
            if held < HEADER_OCTETS:
                return None
            length = _HEADER.unpack_from(self._octets, begin)[1]
            if not HEADER_OCTETS <= length <= HEADER_OCTETS + self._most_octets:
                allowed = f"{HEADER_OCTETS} to {HEADER_OCTETS + self._most_octets}"
                raise FrameError(f"a frame of {length} octets; allowed: {allowed}")
            if held < length:
                return None
            self._start = begin + length
            if length > HEADER_OCTETS:
                return bytes(memoryview(self._octets)[begin + HEADER_OCTETS : begin + length])
            self.empty_frames += 1
