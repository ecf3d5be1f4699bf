"""What an audit asks for: whole descriptors, or parts of them (H.248.1 clause 7.1.12)."""

from enum import Enum

from .base import Node
from .descriptors import LocalDescriptor, RemoteDescriptor, ServiceState, StreamMode
from .values import AnyValue, Relation


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


class PropertyAudit(Node, frozen=True):
    """A property to tell, or with a value to select by (since version 3)."""

    name: str
    value: AnyValue | None = None


class StreamModeAudit(Node, frozen=True):
    """The mode to tell, or to select by (since version 3)."""

    mode: StreamMode | None = None
    relation: Relation | None = None
    """``#`` selects other modes."""


class ServiceStateAudit(Node, frozen=True):
    """The service state to tell, or to select by (since version 3)."""

    state: ServiceState | None = None
    relation: Relation | None = None


class LocalControlAudit(Node, frozen=True):
    """What to tell of LocalControl."""

    mode: StreamModeAudit | None = None
    reserve_value: bool = False
    reserve_group: bool = False
    properties: tuple[PropertyAudit, ...] = ()


class StatisticsAudit(Node, frozen=True):
    """A statistic to tell."""

    name: str


class StreamAudit(Node, frozen=True):
    """What to tell of a stream; ``stream_id`` None as in StreamDescriptor."""

    stream_id: int | None = None
    local_control: LocalControlAudit | None = None
    local: LocalDescriptor | None = None
    remote: RemoteDescriptor | None = None
    statistics: StatisticsAudit | None = None


class TerminationStateAudit(Node, frozen=True):
    """What to tell of TerminationState."""

    service_state: ServiceStateAudit | None = None
    event_buffer_control: bool = False
    properties: tuple[PropertyAudit, ...] = ()


class MediaAudit(Node, frozen=True):
    """What to tell of Media."""

    termination_state: TerminationStateAudit | None = None
    streams: tuple[StreamAudit, ...] = ()


class EventsAudit(Node, frozen=True):
    """An event of the Events descriptor to tell of."""

    name: str
    request_id: int | None = None
    stream_id: int | None = None
    """The binary encoding only."""


class EventBufferAudit(Node, frozen=True):
    """An event of the EventBuffer to tell of."""

    name: str
    stream_id: int | None = None
    parameter: str | None = None


class SignalAudit(Node, frozen=True):
    """A signal to tell of."""

    name: str
    stream_id: int | None = None
    request_id: int | None = None


class SignalListAudit(Node, frozen=True):
    """A signal list to tell of."""

    list_id: int
    signal: SignalAudit | None = None


class SignalsAudit(Node, frozen=True):
    """What to tell of Signals: one signal, one list, or that there are none."""

    signal: SignalAudit | SignalListAudit | None = None


class DigitMapAudit(Node, frozen=True):
    """A digit map to tell."""

    name: str
    """In binary it may be "": whichever there is."""


class PackagesAudit(Node, frozen=True):
    """A package to tell of: ``name-version``."""

    package: str


IndividualAudit = (
    MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit
)
"""What to tell of a descriptor, instead of the whole (since version 2)."""


class AuditDescriptor(Node, frozen=True):
    """What to tell about a termination; empty: nothing but that it is there (clause 7.1.12)."""

    items: tuple[AuditItem, ...] = ()
    """Whole descriptors."""
    individual: tuple[IndividualAudit, ...] = ()
    """Parts of descriptors; since version 2."""


class EmptyDescriptor(Node, frozen=True):
    """A descriptor named without content in a reply: asked for, and empty."""

    item: AuditItem
