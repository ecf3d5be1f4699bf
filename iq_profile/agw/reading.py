"""What an Add or a Modify wants of a termination: read and checked whole, before the engine does any of it.

A command that is refused has changed nothing, so what cannot be done is found here, but for the ports that run out.
Nothing here changes a termination; nothing is sent or kept.
"""

from dataclasses import dataclass

from iq_profile.procedures import StreamTerms, heartbeat_period, is_on, stream_terms
from iq_profile.profile import Profile
from megaco.message import ALL, AddRequest, ErrorDescriptor, EventsDescriptor, ModifyRequest, StreamMode
from megaco.sdp import MediaDescription, Sdp, SdpError

from .bearer import BearerState
from .description import read_description
from .orders import is_same_address
from .settings import AgwSettings
from .state import Bearer, Termination


class CommandError(Exception):
    """A command cannot be carried out; ``code`` is of H.248.8."""

    def __init__(self, code: int, text: str) -> None:
        sayable = text.replace('"', "'").encode("ascii", "backslashreplace").decode("ascii")  # binary has ASCII here
        self.descriptor = ErrorDescriptor(code, sayable)
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class EventWishes:
    """What an Events descriptor asks for."""

    request_id: int
    wanted: frozenset[str]
    """Events to report, in lower case."""
    heartbeat_s: int
    """0: none."""


@dataclass(frozen=True, slots=True)
class StreamWishes:
    """What is said of one stream; None: not mentioned."""

    stream_id: int
    is_given_back: bool = False
    """An empty Local descriptor keeps nothing reserved; the rest then means nothing."""
    mode: StreamMode | None = None
    local: Sdp | None = None
    """With ``$`` where the gateway shall choose."""
    remote: MediaDescription | None = None
    establish_tls: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a command says of one termination; every part can be done."""

    termination: Termination
    address: str
    """The gateway's, at the termination's interface."""
    streams: tuple[StreamWishes, ...]
    events: EventWishes | None
    """None: not mentioned."""
    filters_source: bool | None
    """None: not mentioned."""

    @property
    def new_streams(self) -> tuple[StreamWishes, ...]:
        """The streams that need a port."""
        known = self.termination.bearers
        return tuple(one for one in self.streams if one.stream_id not in known and not one.is_given_back)


def read_command(
    command: AddRequest | ModifyRequest, termination: Termination, settings: AgwSettings, profile: Profile
) -> Wishes:
    """Read what a command says of a termination; raises CommandError for the first thing that cannot be done.

    441: a new stream without Local. 445: an unknown property. 449: a value. 451: an unknown event. 452: an unknown
    signal (H.248.8).
    """
    _check_signals(command, profile)
    filters_source = _read_properties(command, profile)
    events = _read_events(command.events, profile) if command.events is not None else None
    address = settings.address_of(termination.interface) or ""
    terms = stream_terms(command.media, command.signals, profile)
    if len(termination.bearers.keys() | {one.stream_id for one in terms}) > settings.most_streams:
        raise CommandError(449, f"More than {settings.most_streams} streams")
    streams = tuple(_read_stream(one, termination.bearers.get(one.stream_id), address) for one in terms)
    return Wishes(termination, address, streams, events, filters_source)


def _check_signals(command: AddRequest | ModifyRequest, profile: Profile) -> None:
    for signal in command.signals.signals if command.signals is not None else ():
        if not profile.items.tls_establish.is_named(getattr(signal, "name", "")):
            raise CommandError(452, f"No such signal in this package: {getattr(signal, 'name', 'a signal list')}")


def _read_properties(command: AddRequest | ModifyRequest, profile: Profile) -> bool | None:
    """Return whether to filter the source; None where nothing is said of it."""
    filters_source = None
    for stream in command.media.streams if command.media is not None else ():
        for parameter in stream.local_control.properties if stream.local_control is not None else ():
            if profile.items.source_filter.is_named(parameter.name):
                filters_source = is_on(parameter)
            elif not profile.items.realm.is_named(parameter.name):
                raise CommandError(445, f"Unsupported or unknown property {parameter.name}")
    return filters_source


def _read_events(events: EventsDescriptor, profile: Profile) -> EventWishes:
    items = profile.items
    known = (items.heartbeat, items.bearer_released, items.tcp_change, items.tls_change)
    for event in events.events:
        if ALL not in event.name and not any(item.is_named(event.name) for item in known):
            raise CommandError(451, f"No such event in this package: {event.name}")
    period_s = heartbeat_period(events, profile)
    if period_s is None:
        raise CommandError(449, f"{items.heartbeat.name}: {items.heartbeat.timer} is no number of seconds")
    return EventWishes(events.request_id or 0, frozenset(event.name.lower() for event in events.events), period_s)


def _read_stream(terms: StreamTerms, bearer: Bearer | None, address: str) -> StreamWishes:
    """Read what is said of a stream; ``bearer`` None: it is new."""
    if terms.local == b"":
        return StreamWishes(terms.stream_id, is_given_back=True)
    if bearer is None and terms.local is None:
        raise CommandError(441, f"Missing Local descriptor for stream {terms.stream_id}")
    local = _parse(terms.local, "Local") if terms.local is not None else None
    if local is not None:
        _check_local(local, terms.stream_id, bearer, address)
    remote = read_description(_parse(terms.remote, "Remote")) if terms.remote is not None else None
    if terms.mode is StreamMode.LOOP_BACK:
        raise CommandError(449, f"Mode of stream {terms.stream_id}: the gateway loops nothing back")
    return StreamWishes(terms.stream_id, mode=terms.mode, local=local, remote=remote, establish_tls=terms.establish_tls)


def _check_local(local: Sdp, stream_id: int, bearer: Bearer | None, address: str) -> None:
    """Refuse what the gateway cannot be, and what a connection that was begun cannot become."""
    media = read_description(local)
    if bearer is None and not media.is_port_choose:
        raise CommandError(449, f"Local of new stream {stream_id}: the port is the gateway's to choose ($)")
    for connection in (local.session_connection, *media.connections):
        if connection is not None and not connection.is_choose and not is_same_address(connection.address, address):
            raise CommandError(449, f"Local of stream {stream_id}: {connection.address} is not the gateway's {address}")
    if bearer is not None and bearer.state is not BearerState.LISTENING and media.is_tls is not bearer.media.is_tls:
        change = f"the transport cannot become {media.protocol} once the connection was begun"
        raise CommandError(449, f"Local of stream {stream_id}: {change}")


def _parse(octets: bytes, descriptor: str) -> Sdp:
    try:
        sdp = Sdp.parse(octets)
        read_description(sdp)
    except SdpError as error:
        raise CommandError(449, f"{descriptor}: {error}") from None
    return sdp
