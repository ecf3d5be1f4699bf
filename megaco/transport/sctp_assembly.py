"""Messages of SCTP from the pieces that the system hands out. Sans-IO."""

from .counters import TransportCounters
from .sctp_api import H248_PAYLOAD, UNSPECIFIED_PAYLOAD, Received

_PAYLOADS = frozenset({H248_PAYLOAD, UNSPECIFIED_PAYLOAD})


class Assembly:
    """Pieces of one association in, messages out; a message that is not for us is dropped whole, and counted."""

    def __init__(self, most_octets: int, counters: TransportCounters) -> None:
        """Take messages of up to ``most_octets``."""
        self._most_octets = most_octets
        self._counters = counters
        self._octets = bytearray()
        self._has_begun = False
        self._is_unwanted = False

    @property
    def octets_held(self) -> int:
        """Octets of a message that has not ended."""
        return len(self._octets)

    @property
    def is_partial(self) -> bool:
        """Whether a message has begun that has not ended."""
        return self._has_begun

    def add(self, octets: bytes, info: Received | None, *, is_end: bool) -> bytes | None:
        """Take a piece; return the message that it ends. None: it does not end one that is wanted.

        ``info`` None: the system told nothing of the payload, which is then taken to be H.248.
        """
        if not self._has_begun:
            self._has_begun = True
            self._is_unwanted = info is not None and info.payload not in _PAYLOADS
            self._counters.foreign_payloads += self._is_unwanted
        if not self._is_unwanted and len(self._octets) + len(octets) > self._most_octets:
            self._is_unwanted = True
            self._counters.overlong += 1
        if self._is_unwanted:
            self._octets.clear()
        else:
            self._octets += octets
        return self._take() if is_end else None

    def _take(self) -> bytes | None:
        message = None if self._is_unwanted else bytes(self._octets)
        self._octets.clear()
        self._has_begun = self._is_unwanted = False
        return message
