"""Descriptors (H.248.1 clause 7.1)."""

from enum import Enum

import msgspec

from .base import Node, Octets
from .values import NonStandardData, PropertyParm, StatisticsParameter, TimeStamp


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
    property_groups: tuple[tuple[PropertyParm, ...], ...] = ()
    """In place of ``sdp`` what of Annex C is no SDP: groups to choose from; the binary encoding only."""


class RemoteDescriptor(Node, frozen=True):
    """Media that the gateway sends (clause 7.1.8)."""

    sdp: Octets = msgspec.field(default_factory=Octets)
    """SDP octets, byte for byte."""
    property_groups: tuple[tuple[PropertyParm, ...], ...] = ()
    """As in LocalDescriptor."""


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


class DigitMapValue(Node, frozen=True):
    """A digit map with its timers (clause 7.1.14); None: the timer is not given."""

    body: str
    """The map with its parentheses, without white space and comments."""
    start_timer: int | None = None
    """Seconds, 0 to 99."""
    short_timer: int | None = None
    """Seconds, 0 to 99."""
    long_timer: int | None = None
    """Seconds, 0 to 99."""
    duration_timer: int | None = None
    """Tenths of a second, 0 to 99; since version 2."""


class DigitMapDescriptor(Node, frozen=True):
    """A digit map of a termination (clause 7.1.14)."""

    name: str | None = None
    value: DigitMapValue | None = None


class EventDigitMap(Node, frozen=True):
    """The digit map of an event: by name, or by value."""

    name: str | None = None
    value: DigitMapValue | None = None


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


class SignalDirection(Enum):
    """Which way a signal is applied (clause 7.1.11); since version 3."""

    INTERNAL = "Internal"
    EXTERNAL = "External"
    BOTH = "Both"


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
    direction: SignalDirection | None = None
    """Since version 3."""
    request_id: int | None = None
    """Since version 3."""
    intersignal_delay: int | None = None
    """Hundredths of a second; since version 3."""
    parameters: tuple[PropertyParm, ...] = ()


class SignalList(Node, frozen=True):
    """Signals played one after the other (clause 7.1.11)."""

    list_id: int
    signals: tuple[Signal, ...]


class SignalsDescriptor(Node, frozen=True):
    """The signals to apply; empty stops all (clause 7.1.11)."""

    signals: tuple[Signal | SignalList, ...] = ()


class NotifyImmediately(Node, frozen=True):
    """Report the event at once, whatever the notification behaviour regulates (clause 7.1.9); since version 3."""


class NotifyNever(Node, frozen=True):
    """Do not report the event (clause 7.1.9); since version 3."""


class SecondEventsDescriptor(Node, frozen=True):
    """Events that take the place of the present ones when an event is seen (clause 7.1.9)."""

    request_id: int | None = None
    events: tuple["SecondRequestedEvent", ...] = ()


class NotifyRegulated(Node, frozen=True):
    """Report the event as notification regulation allows; what is embedded happens in any case; since version 3."""

    embedded: "EmbeddedDescriptors | None" = None


NotifyBehaviour = NotifyImmediately | NotifyNever | NotifyRegulated


class SecondRequestedEvent(Node, frozen=True):
    """An event inside Embed (clause 7.1.9)."""

    name: str
    stream_id: int | None = None
    keep_active: bool = False
    digit_map: EventDigitMap | None = None
    signals: SignalsDescriptor | None = None
    """Applied when the event is seen."""
    notify_behaviour: NotifyBehaviour | None = None
    reset_events: bool = False
    parameters: tuple[PropertyParm, ...] = ()


class RequestedEvent(Node, frozen=True):
    """An event that the gateway shall look for (clause 7.1.9)."""

    name: str
    """``package/event``; ``*`` in either place means all."""
    stream_id: int | None = None
    keep_active: bool = False
    """True: signals go on when the event is seen."""
    digit_map: EventDigitMap | None = None
    embedded: "EmbeddedDescriptors | None" = None
    """What takes effect when the event is seen."""
    notify_behaviour: NotifyBehaviour | None = None
    """Since version 3."""
    reset_events: bool = False
    """Since version 3."""
    parameters: tuple[PropertyParm, ...] = ()


class EmbeddedDescriptors(Node, frozen=True):
    """Signals and events that take effect when an event is seen (Annex B ``embedFirst``)."""

    signals: SignalsDescriptor | None = None
    events: SecondEventsDescriptor | None = None


class EventsDescriptor(Node, frozen=True):
    """The events that the gateway shall report (clause 7.1.9)."""

    request_id: int | None = None
    """Comes back in ObservedEvents; None, with no events, cancels all; ``ALL_EVENTS`` in a reply to AuditCapability."""
    events: tuple[RequestedEvent, ...] = ()


class EventSpec(Node, frozen=True):
    """An event to keep while nobody asks for it (clause 7.1.10)."""

    name: str
    stream_id: int | None = None
    parameters: tuple[PropertyParm, ...] = ()


class EventBufferDescriptor(Node, frozen=True):
    """The events to keep; empty: none (clause 7.1.10)."""

    events: tuple[EventSpec, ...] = ()


class ModemType(Enum):
    """A modem (clause 7.1.2)."""

    V18 = "V18"
    V22 = "V22"
    V22BIS = "V22b"
    V32 = "V32"
    V32BIS = "V32b"
    V34 = "V34"
    V90 = "V90"
    V91 = "V91"
    SYNCH_ISDN = "SynchISDN"


class ModemDescriptor(Node, frozen=True):
    """Modems of a termination (clause 7.1.2)."""

    types: tuple[ModemType, ...] = ()
    extensions: tuple[str, ...] = ()
    """``X-`` and ``X+`` types."""
    properties: tuple[PropertyParm, ...] = ()
    non_standard: NonStandardData | None = None
    """The binary encoding only."""


class MuxType(Enum):
    """A multiplex (clause 7.1.3)."""

    H221 = "H221"
    H223 = "H223"
    H226 = "H226"
    V76 = "V76"
    NX64K = "Nx64k"


class MuxDescriptor(Node, frozen=True):
    """A multiplex and the terminations that carry it (clause 7.1.3)."""

    type: MuxType | None = None
    extension: str | None = None
    """An ``X-`` type."""
    termination_ids: tuple[str, ...] = ()
    non_standard: NonStandardData | None = None
    """The binary encoding only."""


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
