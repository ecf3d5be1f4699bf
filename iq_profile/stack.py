"""The keys of a configuration file about the stack: who one is, transactions, and the transports below them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

import megaco
from megaco.errors import DecodeError
from megaco.message import ErrorDescriptor, Message, MessageIdentifier
from megaco.transaction import TransactionConfig
from megaco.transport import IP_TRANSPORTS, LinkSettings, parse_url

from .configuration import ConfigFile, Seconds
from .encoding import EncodingKeys, check_encoding

_Count = Annotated[int, Meta(ge=1, le=10_000_000)]
_Octets = Annotated[int, Meta(ge=1024, le=1 << 30)]
_Version = Annotated[int, Meta(ge=1, le=3)]
_TRANSACTIONS = TransactionConfig()
_LINKS = LinkSettings()
_SOME_ERROR = ErrorDescriptor(500)


class StackKeys(EncodingKeys, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What gateway and controller are told alike."""

    mid: str = ""
    """Message identifier: "[192.0.2.1]:2944", "<mgc.example.net>:2944" or a device's name. Empty: the address listened
    at; needed where that is any (0.0.0.0, ::), for the far end tells its peers apart by it."""
    lowest_version: _Version = 1
    """A far end that can do less is refused with 406 (H.248.1 clause 11.3)."""
    first_repeat_s: Seconds = _TRANSACTIONS.first_repeat_s
    """Wait before a request without answer is repeated the first time; doubles each time. From then on it follows from
    how fast the far end answers (Annex D.1.3)."""
    shortest_repeat_s: Seconds = _TRANSACTIONS.shortest_repeat_s
    """It is repeated no sooner, however fast the far end answers."""
    longest_repeat_s: Seconds = _TRANSACTIONS.longest_repeat_s
    """The wait between two repeats grows no further."""
    reliable_repeat_s: Seconds = _TRANSACTIONS.reliable_repeat_s
    """Wait before a repeat over TCP or SCTP, where only a broken connection loses anything (Annex D.2.1)."""
    pending_repeat_s: Seconds = _TRANSACTIONS.pending_repeat_s
    """Wait between repeats of a request that the far end says is pending (clause 8.2.3)."""
    most_pendings_taken: Annotated[int, Meta(ge=1, le=1_000_000)] = _TRANSACTIONS.most_pendings_taken
    """TransactionPendings taken of a far end about one request; a further one means that it has failed."""
    lifetime_s: Seconds = _TRANSACTIONS.lifetime_s
    """T-MAX: a request without reply has failed by then (Annex D.1.5)."""
    long_timer_s: Seconds = _TRANSACTIONS.long_timer_s
    """LONG-TIMER: replies are remembered for so long (Annex D.1.1)."""
    three_way_handshake: bool = _TRANSACTIONS.three_way_handshake
    """Acknowledge replies, so that the far end need not keep them (Annex D.1.2.2)."""
    acknowledge_after_s: Seconds = _TRANSACTIONS.acknowledge_after_s
    """An acknowledgement goes with the next message to the same peer, or alone after this."""
    most_transactions: Annotated[int, Meta(ge=1, le=1_000_000)] = _TRANSACTIONS.most_transactions
    """Transactions taken in one message; one with more is refused with 413."""
    most_transactions_sent: Annotated[int, Meta(ge=1, le=1_000_000)] = _TRANSACTIONS.most_transactions_sent
    """Transactions put into one message where several are ready (TS 29.334: at most 10); 1: each travels alone."""
    most_octets: _Octets = _TRANSACTIONS.most_octets
    """Octets of a message sent: over UDP no more than the network carries well."""
    max_sent: _Count = _TRANSACTIONS.max_sent
    """Requests without reply at once; a further one is refused to whoever wants it sent."""
    max_received: _Count = _TRANSACTIONS.max_received
    """Requests of far ends remembered at once, some 500 octets each and their replies; a further one is refused with
    510."""

    def transactions(self) -> TransactionConfig:
        """Return the timers and limits of the transaction layer."""
        return msgspec.convert(self, TransactionConfig, from_attributes=True)

    def identifier(self) -> MessageIdentifier | None:
        """Return the message identifier; None: the address listened at. Raises ValueError for what is none."""
        return read_mid(self.mid) if self.mid else None


class TransportSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """UDP, TCP and SCTP below H.248."""

    socket_octets: _Octets = _LINKS.socket_octets
    """Buffers asked of the system for a UDP socket; a burst that does not fit is lost (net.core.rmem_max limits it)."""
    most_connections: _Count = _LINKS.most_connections
    """TCP connections and SCTP associations at once; further ones are closed as soon as they are accepted."""
    connect_s: Seconds = _LINKS.connect_s
    """How long a connection may take to open."""
    first_backoff_s: Seconds = _LINKS.first_backoff_s
    """Wait before a far end that could not be reached is tried again; doubles each time."""
    longest_backoff_s: Seconds = _LINKS.longest_backoff_s
    """The wait between two tries grows no further."""
    first_message_s: Seconds = _LINKS.first_message_s
    """How long a connection that was accepted may take to bring its first whole message."""
    frame_s: Seconds = _LINKS.frame_s
    """How long a message may take from its first octet to its last before its connection is closed."""
    write_octets: _Octets = _LINKS.write_octets
    """Octets waiting for a far end that does not read; beyond it the connection is cut."""
    write_s: Seconds = _LINKS.write_s
    """How long a far end may read nothing of what waits for it before the connection is cut."""
    keepalive_s: Annotated[float, Meta(ge=1, le=32_767)] = _LINKS.keepalive_s
    """Silence of a TCP connection after which the system asks whether the far end is still there."""
    resolve_s: Seconds = _LINKS.resolve_s
    """How long a host name may take to become an address."""
    sctp_style: Literal["one-to-one", "one-to-many"] = _LINKS.sctp_style
    """SCTP sockets (RFC 6458): one an association, or one for all."""

    def links(self) -> LinkSettings:
        """Return the limits and waits of the links."""
        return msgspec.convert(self, LinkSettings, from_attributes=True)


def read_mid(text: str) -> MessageIdentifier:
    """Read a message identifier as text messages have it; raises ValueError for what is none."""
    try:
        if not text or any(one.isspace() for one in text):
            raise ValueError
        return megaco.decode(f"MEGACO/1 {text} Error = 500 {{ }}").mid
    except (DecodeError, ValueError):
        allowed = "[ADDRESS]:PORT, <NAME>:PORT or the name of a device"
        raise ValueError(f"no message identifier; allowed: {allowed}") from None


def write_mid(mid: MessageIdentifier) -> str:
    """Write a message identifier as text messages have it."""
    head = megaco.encode(Message(1, mid, error=_SOME_ERROR), "compact")
    return head.split()[1].decode("utf-8", "backslashreplace")


def check_stack(file: ConfigFile, keys: StackKeys) -> None:
    """Hold keys to what they name; raises LocalError that says which is wrong."""
    check_encoding(file, keys)
    if keys.mid:
        file.check("h248.mid", keys.mid, read_mid)
    highest = keys.roles().identity.version
    if keys.lowest_version > highest:
        shown = f"h248.lowest_version = {keys.lowest_version}"
        raise file.error(f"{shown}; allowed: 1 to {highest}, the version of the profile")


def check_h248_url(url: str) -> None:
    """Refuse what is no URL of an H.248 endpoint on a network; raises LocalError."""
    parse_url(url, transports=IP_TRANSPORTS)
