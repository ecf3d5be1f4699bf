"""Stage-2 procedures of TS 23.334 clause 8 and their outcomes, as values.

Each procedure has a ``key``, under which a profile says what it must hold, and a ``title``, TS 23.334's name for it.
None in a field means that the information element is not there.
"""

from dataclasses import dataclass, fields
from typing import ClassVar, Literal, get_args

from megaco.message import CHOOSE, MessageIdentifier, ServiceChangeMethod, StreamMode

EventRole = Literal["heartbeat", "tcp_change", "tls_change", "bearer_released", "media_inactivity"]
"""Events of a termination, by the role that the profile gives them."""
BEARER_EVENTS: frozenset[EventRole] = frozenset({"tcp_change", "tls_change", "bearer_released"})
"""What tells that a connection failed or ended."""

TITLES = {
    "reserve": "Reserve AGW Connection Point",
    "reserve_and_configure": "Reserve and Configure AGW Connection Point",
    "configure": "Configure AGW Connection Point",
    "change_through_connection": "Change Through-Connection",
    "establish_tcp": "Establish TCP connection",
    "establish_tls": "Establish TLS session",
    "release": "Release AGW Termination",
    "heartbeat": "Termination heartbeat",
    "bearer_released": "IP bearer released",
    "tcp_failure": "TCP connection establishment failure",
    "tls_failure": "TLS session establishment failure",
    "media_inactivity": "Media inactivity",
    "termination_out_of_service": "Termination Out-of-Service",
    "termination_restoration": "Termination Restoration",
    "gateway_out_of_service": "IMS-AGW Out-of-Service",
    "gateway_communication_up": "IMS-AGW Communication Up",
    "gateway_registration": "IMS-AGW Registration",
    "gateway_restoration": "IMS-AGW Restoration",
    "gateway_re_registration": "IMS-AGW Re-Registration",
    "ordered_re_registration": "Re-Registration ordered by IMS-ALG",
    "controller_restoration": "IMS-ALG Restoration",
    "controller_out_of_service": "IMS-ALG Out-of-Service",
    "capability_update": "Capability Update",
    "audit_value": "Audit Value",
    "audit_capability": "Audit Capability",
    "congestion_activate": "IMS-AGW Congestion Activate",
    "congestion": "IMS-AGW Congestion Indication",
    "realm_availability_activate": "IP Realm Availability Activate",
    "realm_availability": "IP Realm Availability Change",
    "inactivity_activate": "Inactivity Timeout Activate",
    "inactivity": "Inactivity Timeout",
}
"""Name of each procedure, by its key."""


class _Titled:
    """What has a key has a title."""

    __slots__ = ()

    @property
    def title(self) -> str:
        """Name of the procedure in TS 23.334."""
        key: str = self.key  # type: ignore[attr-defined]  # each has one: of its class, or by what it says
        return TITLES[key]


@dataclass(frozen=True, slots=True)
class StreamTerms:
    """What a procedure says of one stream."""

    stream_id: int
    mode: StreamMode | None = None
    """Which way the gate is open (Change Through-Connection)."""
    local: bytes | None = None
    """SDP for the gateway's side; ``$`` where the gateway shall choose; empty gives the stream back."""
    remote: bytes | None = None
    """SDP of the far end."""
    establish_tls: bool = False
    """Start the TLS handshake now, as client."""
    establish_tcp: bool = False
    """Open the TCP connection now."""
    release_tls: bool = False
    release_tcp: bool = False
    reserve_value: bool | None = None
    """Reserve for every alternative in ``local`` (H.248.1 clause 7.1.7)."""
    source_filter: bool | None = None
    """Take packets and connections only from the far end's address."""
    source_mask: str | None = None
    """The addresses that the filter lets through, instead of the far end's."""
    source_port_filter: bool | None = None
    source_ports: str | None = None
    """The ports that the filter lets through, instead of the far end's."""
    dscp: int | None = None
    """DiffServ code point of what is sent, 0 to 63."""
    policing: bool | None = None
    sustainable_rate: int | None = None
    """Octets a second."""
    burst_size: int | None = None
    """Octets."""
    peak_rate: int | None = None
    """Octets a second."""
    delay_tolerance: int | None = None
    """In the unit of the package that carries it."""
    rtcp: bool | None = None
    """Whether a port for RTCP goes with the stream."""
    latching: str | None = None
    """OFF, LATCH or RELATCH: send to where packets come from."""


@dataclass(frozen=True, slots=True)
class EventTerms:
    """What a termination shall report; it replaces what was asked before."""

    request_id: int = 1
    """Comes back in each report."""
    notify: frozenset[EventRole] = frozenset()
    """Those with a period or a time below are among them, named here or not."""
    heartbeat_s: int | None = None
    """Period of the termination heartbeat in seconds; 0 turns it off."""
    inactivity_s: int | None = None
    """Time without media in seconds."""
    inactivity_direction: str | None = None
    """IN, OUT or BOTH."""
    is_wildcarded: bool = False
    """Some are asked for by a wildcard: those that the gateway has."""

    def __post_init__(self) -> None:
        """Put what has a period or a time among what is reported."""
        told: set[EventRole] = set(self.notify)
        if self.heartbeat_s is not None:
            told.add("heartbeat")
        if self.inactivity_s is not None or self.inactivity_direction is not None:
            told.add("media_inactivity")
        object.__setattr__(self, "notify", frozenset(told))


# ------------------------------------------------------------------------------------------------ calls: to the gateway


@dataclass(frozen=True, slots=True)
class ReserveConnectionPoint(_Titled):
    """Reserve, or with ``remote`` in a stream Reserve and Configure, AGW Connection Point (TS 23.334 clause 8)."""

    context_id: int
    """``CHOOSE_CONTEXT`` for a new one."""
    group: int | None
    """None: the gateway chooses."""
    interface: str | None
    """``access`` or ``core``; None: the gateway chooses."""
    streams: tuple[StreamTerms, ...]
    events: EventTerms | None = None
    realm: str | None = None
    """IP realm that all streams are in."""
    priority: int | None = None
    """Of the context, 0 to 15."""
    emergency: bool | None = None

    @property
    def termination_id(self) -> str:
        """Of the termination to make: the gateway chooses it, in the group and at the interface."""
        return CHOOSE

    @property
    def key(self) -> str:
        """Which of the two it is."""
        configured = any(stream.remote is not None for stream in self.streams)
        return "reserve_and_configure" if configured else "reserve"


@dataclass(frozen=True, slots=True)
class ConfigureConnectionPoint(_Titled):
    """Configure AGW Connection Point; with nothing but a mode, or an order to connect, what that is called."""

    context_id: int
    termination_id: str
    """``*`` at a level for all."""
    streams: tuple[StreamTerms, ...]
    events: EventTerms | None = None
    realm: str | None = None
    priority: int | None = None

    @property
    def key(self) -> str:
        """What it is by all that it says."""
        if self.events is None and self.realm is None and self.priority is None and self.streams:
            for key, field in _ALONE.items():
                if all(_says_only(stream, field) for stream in self.streams):
                    return key
        return "configure"


_ALONE = {"change_through_connection": "mode", "establish_tcp": "establish_tcp", "establish_tls": "establish_tls"}
"""Procedures that are a Configure with nothing but this in each stream."""


def _says_only(stream: StreamTerms, field: str) -> bool:
    value = getattr(stream, field)
    return bool(value) and stream == StreamTerms(stream.stream_id, **{field: value})


@dataclass(frozen=True, slots=True)
class ReleaseTerminations(_Titled):
    """Release AGW Termination."""

    context_id: int
    termination_ids: tuple[str, ...]
    """``*`` for every termination of the context."""
    is_wildcarded: bool = False
    """Ask for one reply for all of them."""

    key: ClassVar[str] = "release"


# ---------------------------------------------------------------------------------------------- calls: from the gateway


@dataclass(frozen=True, slots=True)
class _Indication(_Titled):
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

    key: ClassVar[str] = "tcp_failure"


@dataclass(frozen=True, slots=True)
class TlsFailed(_StreamIndication):
    """A TLS session could not be established: the handshake failed or the certificate does not match."""

    key: ClassVar[str] = "tls_failure"


NORMAL = "NR"
"""The cause of a normal release (H.248.1 Annex E.1)."""


@dataclass(frozen=True, slots=True)
class BearerReleased(_StreamIndication):
    """The far end ended the connection."""

    general: str = NORMAL
    """Which group of causes it is of: a word of the package."""

    key: ClassVar[str] = "bearer_released"


@dataclass(frozen=True, slots=True)
class Heartbeat(_Indication):
    """The termination is still there; is the session?"""

    key: ClassVar[str] = "heartbeat"


@dataclass(frozen=True, slots=True)
class MediaInactive(_Indication):
    """No media came, or went, for as long as was asked."""

    stream_id: int

    key: ClassVar[str] = "media_inactivity"


# ------------------------------------------------------------------------------------------------------ not about calls


@dataclass(frozen=True, slots=True)
class ServiceChangeProcedure(_Titled):
    """What the procedures that a ServiceChange carries share; which methods and reasons are whose the profile says."""

    method: ServiceChangeMethod
    reason: int
    """Code of H.248.1 clause 7.2.8: 901."""
    context_id: int
    """The null context for ROOT."""
    termination_ids: tuple[str, ...] = ("ROOT",)
    reason_text: str = ""
    """The words behind the code: ``Cold Boot``."""
    delay_s: int | None = None
    """How long a graceful change waits; None: until terminations are idle."""
    version: int | None = None
    """Highest H.248.1 version of the sender."""
    profile: str | None = None
    """``name/version``."""
    controller: MessageIdentifier | None = None
    """MgcIdToTry: the controller to register with."""
    address: MessageIdentifier | None = None
    """ServiceChangeAddress: where the sender wants its requests."""

    key: ClassVar[str] = ""


class TerminationOutOfService(ServiceChangeProcedure):
    """The gateway says that terminations cannot be used."""

    key = "termination_out_of_service"


class TerminationRestoration(ServiceChangeProcedure):
    """The gateway says that terminations can be used again."""

    key = "termination_restoration"


class GatewayOutOfService(ServiceChangeProcedure):
    """The gateway leaves, now or gracefully."""

    key = "gateway_out_of_service"


class GatewayCommunicationUp(ServiceChangeProcedure):
    """The gateway had lost the controller, and has all that it had before."""

    key = "gateway_communication_up"


class GatewayRegistration(ServiceChangeProcedure):
    """The gateway starts and registers."""

    key = "gateway_registration"


class GatewayRestoration(ServiceChangeProcedure):
    """The gateway has restarted and lost its contexts."""

    key = "gateway_restoration"


class GatewayReRegistration(ServiceChangeProcedure):
    """The gateway registers with the controller that another one named."""

    key = "gateway_re_registration"


class OrderedReRegistration(ServiceChangeProcedure):
    """The controller sends the gateway to another controller."""

    key = "ordered_re_registration"


class ControllerRestoration(ServiceChangeProcedure):
    """The controller has restarted; the gateway registers again."""

    key = "controller_restoration"


class ControllerOutOfService(ServiceChangeProcedure):
    """The controller leaves."""

    key = "controller_out_of_service"


class CapabilityUpdate(ServiceChangeProcedure):
    """The gateway's packages or capabilities have changed."""

    key = "capability_update"


SERVICE_CHANGES: dict[str, type[ServiceChangeProcedure]] = {
    one.key: one for one in ServiceChangeProcedure.__subclasses__()
}
"""The procedures that a ServiceChange carries, by key."""


@dataclass(frozen=True, slots=True)
class _Audit(_Titled):
    """What both audits share."""

    context_id: int
    """``ALL_CONTEXTS`` for all, the null context for ROOT."""
    termination_ids: tuple[str, ...]
    items: tuple[str, ...] = ()
    """Descriptors to tell, by H.248.1's words; empty: nothing but that the terminations are there."""


class AuditValue(_Audit):
    """Tell the state of terminations; of ROOT, with nothing to tell, whether the gateway is there."""

    __slots__ = ()
    key: ClassVar[str] = "audit_value"


class AuditCapability(_Audit):
    """Tell what terminations can do."""

    __slots__ = ()
    key: ClassVar[str] = "audit_capability"


@dataclass(frozen=True, slots=True)
class _Activate(_Titled):
    """What the orders to report something of ROOT share."""

    context_id: int
    request_id: int = 1


class ActivateCongestion(_Activate):
    """Report congestion of the gateway."""

    __slots__ = ()
    key: ClassVar[str] = "congestion_activate"


class ActivateRealmAvailability(_Activate):
    """Report realms that become available or unavailable."""

    __slots__ = ()
    key: ClassVar[str] = "realm_availability_activate"


@dataclass(frozen=True, slots=True)
class ActivateInactivity(_Activate):
    """Report that the controller was silent for some time."""

    time: int | None = None
    """In the unit of the package that carries it (it/ito: 10 ms)."""

    key: ClassVar[str] = "inactivity_activate"


@dataclass(frozen=True, slots=True)
class _RootIndication(_Titled):
    """What the indications of ROOT share."""

    context_id: int
    request_id: int


@dataclass(frozen=True, slots=True)
class Congestion(_RootIndication):
    """The gateway wants less work."""

    reduction: int
    """Percent of new calls to keep away; 0: none any more."""

    key: ClassVar[str] = "congestion"


@dataclass(frozen=True, slots=True)
class RealmAvailability(_RootIndication):
    """Realms became available or unavailable."""

    available: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()

    key: ClassVar[str] = "realm_availability"


class Inactivity(_RootIndication):
    """The controller was silent; any reply is a sign of life."""

    __slots__ = ()
    key: ClassVar[str] = "inactivity"


Order = ReserveConnectionPoint | ConfigureConnectionPoint | ReleaseTerminations
"""About calls, from the controller to the gateway."""
StreamIndication = TcpFailed | TlsFailed | BearerReleased
Indication = StreamIndication | Heartbeat | MediaInactive
"""About calls, from the gateway to the controller."""
Activate = ActivateCongestion | ActivateRealmAvailability | ActivateInactivity
RootIndication = Congestion | RealmAvailability | Inactivity
Audit = AuditValue | AuditCapability
Procedure = Order | Indication | ServiceChangeProcedure | Audit | Activate | RootIndication


_CLASSES: dict[str, type] = {
    "reserve": ReserveConnectionPoint,
    "reserve_and_configure": ReserveConnectionPoint,
    **dict.fromkeys(("configure", *_ALONE), ConfigureConnectionPoint),
    **SERVICE_CHANGES,
    **{
        one.key: one
        for one in (
            *(ReleaseTerminations, TcpFailed, TlsFailed, BearerReleased, Heartbeat, MediaInactive),
            *(AuditValue, AuditCapability, ActivateCongestion, ActivateRealmAvailability, ActivateInactivity),
            *(Congestion, RealmAvailability, Inactivity),
        )
    },
}
"""What each procedure is, by its key."""


def element_names(key: str) -> frozenset[str]:
    """Return the names of the information elements that a procedure can hold."""
    names = {name for name in dir(_CLASSES[key]) if not name.startswith("_")} - {"key", "title"}
    if "streams" in names:
        names |= {field.name for field in fields(StreamTerms)} | set(get_args(EventRole))
    return frozenset(names)
