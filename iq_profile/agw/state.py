"""What the gateway remembers: contexts, terminations, and the bearers of their streams."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from iq_profile.procedures import EventTerms
from megaco.message import StreamMode, stands_for
from megaco.sdp import Fingerprint, MediaDescription, Setup

from .bearer import BearerState
from .orders import LegId, TlsRole

NO_EVENTS = EventTerms(0)
_OPPOSITE = {Setup.ACTIVE: Setup.PASSIVE, Setup.PASSIVE: Setup.ACTIVE}


@dataclass(slots=True, eq=False)
class Bearer:
    """One stream of one termination."""

    leg: LegId
    stream_id: int
    termination: "Termination"
    media: MediaDescription
    """The gateway's own side, as told and as chosen."""
    port: int = 0
    """Reserved for the leg."""
    remote: MediaDescription | None = None
    """The far end; None until the controller tells."""
    state: BearerState = BearerState.LISTENING
    accepts_from: str | None = ""
    """What the relay was told last of whom to accept, as in ``Accept``: at first nobody."""
    wants_connect: bool = False
    """The other side is up: connect as soon as the far end's address is known."""
    was_accepted: bool = False
    mode: StreamMode = StreamMode.SEND_RECEIVE
    """Which way the gate is open, seen from outside the context (H.248.1 clause 7.1.7)."""
    gate: tuple[bool, bool] = (False, False)
    """What the relay lets pass: in from this far end, out to it."""
    tls_ordered: bool = False
    """The controller told the gateway to start TLS, as client."""
    trusted: tuple[Fingerprint, ...] = ()
    """What the relay was told last to compare the certificate with."""

    @property
    def setup(self) -> Setup | None:
        """The gateway's own role in TCP: as told, or while that is open what the far end's leaves (RFC 4145).

        None where neither side's description has an a=setup.
        """
        own = self.media.setup
        if own in _OPPOSITE or self.remote is None or self.remote.setup is None:
            return own
        return _OPPOSITE.get(self.remote.setup, own)

    @property
    def source(self) -> str | None:
        """The address that alone is let in, with the source filter the far end's; None: any, empty: none as yet."""
        if not self.termination.filters_source:
            return None
        connection = self.remote.connection if self.remote is not None else None
        return connection.address if connection is not None and not connection.is_choose else ""

    @property
    def tls_role(self) -> TlsRole | None:
        """The gateway's TLS role; None where it cannot be told yet.

        BFCP: the answerer is the server (RFC 8856 clause 8), and the controller's order to start tells that the gateway
        is not. MSRP: the active side is the client (RFC 8122 clause 6.2); while a=setup is open, whoever opened TCP is.
        """
        if self.media.protocol.upper().endswith("/BFCP") or self.media.kind.lower() == "application":
            return TlsRole.CLIENT if self.tls_ordered else TlsRole.SERVER
        match self.setup:
            case Setup.ACTIVE:
                return TlsRole.CLIENT
            case Setup.PASSIVE:
                return TlsRole.SERVER
        return TlsRole.SERVER if self.was_accepted else None

    @property
    def receives(self) -> bool:
        """Tell whether what the far end sends may come in."""
        return self.mode in (StreamMode.SEND_RECEIVE, StreamMode.RECEIVE_ONLY)

    @property
    def sends(self) -> bool:
        """Tell whether anything may go out to the far end."""
        return self.mode in (StreamMode.SEND_RECEIVE, StreamMode.SEND_ONLY)

    def others(self) -> Iterator["Bearer"]:
        """Yield the bearers of the same stream on the other terminations of the context."""
        for termination in self.termination.context.terminations.values():
            if termination is not self.termination and self.stream_id in termination.bearers:
                yield termination.bearers[self.stream_id]


@dataclass(slots=True, eq=False)
class Termination:
    """One connection point."""

    name: str
    interface: str
    context: "Context"
    events: EventTerms = NO_EVENTS
    """What to report."""
    filters_source: bool = False
    bearers: dict[int, Bearer] = field(default_factory=dict)
    """By stream."""

    def is_named(self, pattern: str) -> bool:
        """Compare with a TerminationID that may hold ALL at some levels, or be ALL; names have no case."""
        return stands_for(pattern, self.name)


@dataclass(slots=True, eq=False)
class Context:
    """Terminations that belong together."""

    number: int
    terminations: dict[str, Termination] = field(default_factory=dict)
    """By name in lower case: names are compared without case."""
