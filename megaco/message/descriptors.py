"""Descriptors (H.248.1 clause 7.1)."""

from enum import Enum

import msgspec

from .base import Node, Octets
from .identifiers import MessageIdentifier
from .values import PropertyParm, StatisticsParameter, TimeStamp, Value


class ErrorDescriptor(Node, frozen=True):
    """What went wrong (clause 7.1.16; codes in H.248.8)."""

    code: int
    text: str | None = None
    """For people; None where only the code is given."""


class StreamMode(Enum):
    """Which way media flows on a stream, seen from outside the context (clause 7.1.7)."""

    SEND_ONLY = "SendOnly"
    RECEIVE_ONLY = "ReceiveOnly"
    SEND_RECEIVE = "SendReceive"
    INACTIVE = "Inactive"
    LOOP_BACK = "LoopBack"


class ServiceState(Enum):
    """Whether a termination can be used (clause 7.1.5)."""

    TEST = "Test"
    OUT_OF_SERVICE = "OutOfService"
    IN_SERVICE = "InService"


class EventBufferControl(Enum):
    """What happens to events while no Events descriptor asks for them (clause 7.1.5)."""

    OFF = "Off"
    LOCK_STEP = "LockStep"


class TerminationStateDescriptor(Node, frozen=True):
    """State of a termination as a whole (clause 7.1.5)."""

    service_state: ServiceState | None = None
    event_buffer_control: EventBufferControl | None = None
    properties: tuple[PropertyParm, ...] = ()


class LocalControlDescriptor(Node, frozen=True):
    """Stream properties between controller and gateway (clause 7.1.7)."""

    mode: StreamMode | None = None
    reserve_value: bool | None = None
    reserve_group: bool | None = None
    properties: tuple[PropertyParm, ...] = ()


class LocalDescriptor(Node, frozen=True):
    """Media that the gateway receives (clause 7.1.8)."""

    sdp: Octets = msgspec.field(default_factory=Octets)
    """SDP octets, byte for byte; ``$`` in them asks the gateway to choose."""


class RemoteDescriptor(Node, frozen=True):
    """Media that the gateway sends (clause 7.1.8)."""

    sdp: Octets = msgspec.field(default_factory=Octets)
    """SDP octets, byte for byte."""


class StatisticsDescriptor(Node, frozen=True):
    """Statistics of a termination or stream (clause 7.1.15)."""

    parameters: tuple[StatisticsParameter, ...] = ()


class StreamDescriptor(Node, frozen=True):
    """One bidirectional stream of a termination (clause 7.1.6)."""

    stream_id: int | None = None
    """0 to 65535; None where the message writes the stream's parts straight into Media, which stands for stream 1."""
    local_control: LocalControlDescriptor | None = None
    local: LocalDescriptor | None = None
    remote: RemoteDescriptor | None = None
    statistics: StatisticsDescriptor | None = None
    """Since version 3."""


class MediaDescriptor(Node, frozen=True):
    """All that concerns media on a termination (clause 7.1.4)."""

    termination_state: TerminationStateDescriptor | None = None
    streams: tuple[StreamDescriptor, ...] = ()


class RequestedEvent(Node, frozen=True):
    """An event that the gateway shall look for (clause 7.1.9)."""

    name: str
    """``package/event``; ``*`` in either place means all."""
    stream_id: int | None = None
    keep_active: bool = False
    """True: signals go on when the event is seen."""
    parameters: tuple[PropertyParm, ...] = ()


class EventsDescriptor(Node, frozen=True):
    """The events that the gateway shall report (clause 7.1.9)."""

    request_id: int | None = None
    """Comes back in ObservedEvents; None, with no events, cancels all."""
    events: tuple[RequestedEvent, ...] = ()


class SignalType(Enum):
    """How a signal ends (clause 7.1.11)."""

    ON_OFF = "OnOff"
    TIME_OUT = "TimeOut"
    BRIEF = "Brief"


class NotifyReason(Enum):
    """Endings of a signal that the controller wants to hear of (clause 7.1.11)."""

    TIME_OUT = "TimeOut"
    INTERRUPTED_BY_EVENT = "IntByEvent"
    INTERRUPTED_BY_SIGNALS_DESCRIPTOR = "IntBySigDescr"
    OTHER = "OtherReason"
    ITERATION = "Iteration"


class Signal(Node, frozen=True):
    """A signal that the gateway shall apply (clause 7.1.11)."""

    name: str
    """``package/signal``."""
    stream_id: int | None = None
    signal_type: SignalType | None = None
    """None: as the package says."""
    duration: int | None = None
    """Hundredths of a second; None: as the package says."""
    notify_completion: tuple[NotifyReason, ...] = ()
    keep_active: bool = False
    parameters: tuple[PropertyParm, ...] = ()


class SignalList(Node, frozen=True):
    """Signals played one after the other (clause 7.1.11)."""

    list_id: int
    signals: tuple[Signal, ...]


class SignalsDescriptor(Node, frozen=True):
    """The signals to apply; empty stops all (clause 7.1.11)."""

    signals: tuple[Signal | SignalList, ...] = ()


class AuditItem(Enum):
    """A descriptor that an audit asks for (clause 7.1.12)."""

    MUX = "Mux"
    MODEM = "Modem"
    MEDIA = "Media"
    DIGIT_MAP = "DigitMap"
    STATISTICS = "Statistics"
    OBSERVED_EVENTS = "ObservedEvents"
    PACKAGES = "Packages"
    SIGNALS = "Signals"
    EVENT_BUFFER = "EventBuffer"
    EVENTS = "Events"


class AuditDescriptor(Node, frozen=True):
    """What to tell about a termination; empty: nothing but that it is there (clause 7.1.12)."""

    items: tuple[AuditItem, ...] = ()


class ObservedEvent(Node, frozen=True):
    """An event that the gateway saw (clause 7.1.17)."""

    name: str
    """``package/event``."""
    time: TimeStamp | None = None
    stream_id: int | None = None
    parameters: tuple[PropertyParm, ...] = ()


class ObservedEventsDescriptor(Node, frozen=True):
    """Events that the gateway saw, oldest first (clause 7.1.17)."""

    request_id: int
    """Of the Events descriptor that asked; 0 for events nobody asked for."""
    events: tuple[ObservedEvent, ...]


class PackagesDescriptor(Node, frozen=True):
    """Packages that a termination realises (clause 7.1.14)."""

    packages: tuple[str, ...]
    """``name-version`` each."""


class ServiceChangeMethod(Enum):
    """What happens to a termination or to the whole gateway (clause 7.2.8)."""

    FAILOVER = "Failover"
    FORCED = "Forced"
    GRACEFUL = "Graceful"
    RESTART = "Restart"
    DISCONNECTED = "Disconnected"
    HAND_OFF = "HandOff"


class ServiceChangeParm(Node, frozen=True):
    """Parameters of a ServiceChange request (clause 7.2.8)."""

    method: ServiceChangeMethod
    reason: Value
    """Decimal code and words, quoted: ``901 Cold Boot``."""
    delay: int | None = None
    """Seconds; None, with Graceful, waits until terminations are idle."""
    address: MessageIdentifier | None = None
    """Where to send requests from now on; excludes ``mgc_id_to_try``."""
    address_port: int | None = None
    """The same, when only the port changes."""
    mgc_id_to_try: MessageIdentifier | None = None
    profile: str | None = None
    """``name/version``."""
    version: int | None = None
    """The highest protocol version the sender can do."""
    time_stamp: TimeStamp | None = None


class ServiceChangeResParm(Node, frozen=True):
    """Parameters of a ServiceChange reply (clause 7.2.8)."""

    address: MessageIdentifier | None = None
    address_port: int | None = None
    mgc_id_to_try: MessageIdentifier | None = None
    """Go to this controller instead."""
    profile: str | None = None
    version: int | None = None
    """The version to use from now on."""
    time_stamp: TimeStamp | None = None
