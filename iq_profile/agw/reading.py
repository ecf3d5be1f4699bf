"""What a Reserve or a Configure wants of a termination: read and checked whole, before the engine does any of it.

A command that is refused has changed nothing, so what cannot be done is found here, but for the ports that run out.
Nothing here changes a termination; nothing is sent or kept.
"""

from dataclasses import dataclass

from iq_profile.procedures import ConfigureConnectionPoint, EventTerms, ReserveConnectionPoint, StreamTerms
from iq_profile.roles import Item, Roles
from megaco.message import StreamMode
from megaco.sdp import MediaDescription, Sdp, SdpError

from .bearer import BearerState
from .description import read_description
from .orders import is_same_address
from .settings import AgwSettings
from .state import Bearer, Termination


class CommandError(Exception):
    """A command cannot be carried out; ``code`` is of H.248.8."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        self.text = text.replace('"', "'").encode("ascii", "backslashreplace").decode("ascii")  # binary has ASCII here
        super().__init__(text)


_CARRIED = {"stream_id", "mode", "local", "remote", "establish_tls", "source_filter"}
"""Fields of StreamTerms that the gateway does something about."""
_ORDERED = {"establish_tcp": "tcp_establish", "release_tcp": "tcp_release", "release_tls": "tls_release"}
"""Signals that it has no use for, TCP being driven by a=setup, and the role of each."""


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
    events: EventTerms | None
    """None: not mentioned."""
    filters_source: bool | None
    """None: not mentioned."""

    @property
    def new_streams(self) -> tuple[StreamWishes, ...]:
        """The streams that need a port."""
        known = self.termination.bearers
        return tuple(one for one in self.streams if one.stream_id not in known and not one.is_given_back)


def read_terms(
    procedure: ReserveConnectionPoint | ConfigureConnectionPoint,
    termination: Termination,
    settings: AgwSettings,
    roles: Roles,
) -> Wishes:
    """Read what a procedure says of a termination; raises CommandError for the first thing that cannot be done.

    441: a new stream without Local. 445: a property that the gateway does nothing about. 449: a value. 451: such an
    event. 452: such a signal (H.248.8).
    """
    for terms in procedure.streams:
        _check_carried(terms, roles)
    events = procedure.events
    if events is not None and "media_inactivity" in events.notify and not events.is_wildcarded:
        raise CommandError(451, f"Unsupported event {roles.items.media_inactivity.name}")
    address = settings.address_of(termination.interface) or ""
    if len(termination.bearers.keys() | {one.stream_id for one in procedure.streams}) > settings.most_streams:
        raise CommandError(449, f"More than {settings.most_streams} streams")
    streams = tuple(_read_stream(one, termination.bearers.get(one.stream_id), address) for one in procedure.streams)
    filters = [one.source_filter for one in procedure.streams if one.source_filter is not None]
    return Wishes(termination, address, streams, procedure.events, any(filters) if filters else None)


def _check_carried(terms: StreamTerms, roles: Roles) -> None:
    """Refuse what the gateway would do nothing about."""
    unset = StreamTerms(terms.stream_id)
    for field in terms.__dataclass_fields__:
        if field in _CARRIED or getattr(terms, field) == getattr(unset, field):
            continue
        if field == "reserve_value":
            raise CommandError(445, "Unsupported or unknown property ReserveValue")
        if field in _ORDERED or field == "latching":
            item: Item = getattr(roles.items, _ORDERED.get(field, field))
            raise CommandError(452, f"Unsupported signal {item.name}")
        carrier: Item = getattr(roles.items, field)
        raise CommandError(445, f"Unsupported or unknown property {carrier.name}")


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
