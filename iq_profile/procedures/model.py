"""Stage-2 procedures of TS 23.334 clause 8 and their outcomes, as values."""

from dataclasses import dataclass

from megaco.message import (
    StreamMode,
)


@dataclass(frozen=True, slots=True)
class StreamTerms:
    """What a procedure says of one stream; None: not mentioned."""

    stream_id: int
    mode: StreamMode | None = None
    local: bytes | None = None
    """SDP for the gateway's side; ``$`` where the gateway shall choose."""
    remote: bytes | None = None
    """SDP of the far end."""
    establish_tls: bool = False
    """Start the TLS handshake now, as client."""


@dataclass(frozen=True, slots=True)
class ReserveConnectionPoint:
    """Reserve, or with ``remote`` in a stream Reserve and Configure, AGW Connection Point (TS 23.334 clause 8)."""

    context_id: int
    """``CHOOSE_CONTEXT`` for a new one."""
    group: int
    interface: str
    """``access`` or ``core``."""
    streams: tuple[StreamTerms, ...]
    heartbeat_s: int
    """Period of the termination heartbeat in seconds; 0 turns it off."""
    filter_source: bool = False
    """Take TCP connections only from the far end's address."""

    @property
    def title(self) -> str:
        """Name of the procedure in TS 23.334."""
        configured = any(stream.remote is not None for stream in self.streams)
        return "Reserve and Configure AGW Connection Point" if configured else "Reserve AGW Connection Point"


@dataclass(frozen=True, slots=True)
class ConfigureConnectionPoint:
    """Configure AGW Connection Point; with nothing but ``establish_tls``, the order to start TLS."""

    context_id: int
    termination_id: str
    streams: tuple[StreamTerms, ...]

    @property
    def title(self) -> str:
        """Name of the procedure in TS 23.334."""
        bare = all(stream.local is None and stream.remote is None and stream.mode is None for stream in self.streams)
        return "Establish TLS session" if bare else "Configure AGW Connection Point"


@dataclass(frozen=True, slots=True)
class ReleaseTerminations:
    """Release AGW Termination."""

    context_id: int
    termination_ids: tuple[str, ...]
    """``*`` for every termination of the context."""
    is_wildcarded: bool = False
    """Ask for one reply for all of them."""

    title = "Release AGW Termination"


@dataclass(frozen=True, slots=True)
class _Indication:
    """What the indications share."""

    context_id: int
    termination_id: str
    request_id: int
    """Of the Events descriptor that asked for it."""


@dataclass(frozen=True, slots=True)
class _StreamIndication(_Indication):
    """What the indications about one stream's connection share."""

    stream_id: int
    cause: str
    """For people."""


@dataclass(frozen=True, slots=True)
class TcpFailed(_StreamIndication):
    """A TCP connection could not be established, or broke."""

    title = "TCP connection establishment failure"


@dataclass(frozen=True, slots=True)
class TlsFailed(_StreamIndication):
    """A TLS session could not be established: the handshake failed or the certificate does not match."""

    title = "TLS session establishment failure"


@dataclass(frozen=True, slots=True)
class BearerReleased(_StreamIndication):
    """The far end ended the connection."""

    title = "IP bearer released"


@dataclass(frozen=True, slots=True)
class Heartbeat(_Indication):
    """The termination is still there; is the session?"""

    title = "Termination heartbeat"


Order = ReserveConnectionPoint | ConfigureConnectionPoint | ReleaseTerminations
"""From the controller to the gateway."""
Indication = TcpFailed | TlsFailed | BearerReleased | Heartbeat
"""From the gateway to the controller."""
Procedure = Order | Indication


@dataclass(frozen=True, slots=True)
class Reserved:
    """A connection point was reserved or configured."""

    context_id: int
    termination_id: str
    locals: dict[int, bytes]
    """Stream -> SDP that the gateway chose; only streams that were asked."""


@dataclass(frozen=True, slots=True)
class Released:
    """The terminations are gone."""

    context_id: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The gateway refused (Command Rejected); ``code`` is of H.248.8, 0 where no reply came."""

    code: int
    text: str


Outcome = Reserved | Released | Rejected
