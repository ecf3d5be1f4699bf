"""Every limit and wait of the transports, with its default."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

MOST_UDP_OCTETS = 65_507
"""What a UDP datagram over IPv4 carries: 65,535 octets less the headers of IP and UDP."""
MOST_TPKT_OCTETS = 65_531
"""What a TPKT carries: its length of 16 bits includes its four octets of header (RFC 1006 clause 6)."""

_Count = Annotated[int, Meta(ge=1, le=10_000_000)]
_Octets = Annotated[int, Meta(ge=1, le=1 << 30)]
_Seconds = Annotated[float, Meta(gt=0, le=86_400)]


class LinkSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits (octets, counts) and waits (seconds) of one link."""

    socket_octets: _Octets = 4_194_304
    """Receive and send buffer asked of the system for each UDP socket, and each one-to-many socket of SCTP; the system
    may give less (net.core.rmem_max). A burst that does not fit is lost."""
    messages_a_turn: _Count = 32
    """Messages read from one socket in one turn of the event loop, before others have theirs."""
    udp_most_octets: Annotated[int, Meta(ge=1, le=MOST_UDP_OCTETS)] = MOST_UDP_OCTETS
    """Longest message sent over UDP."""
    tcp_most_octets: Annotated[int, Meta(ge=1, le=MOST_TPKT_OCTETS)] = MOST_TPKT_OCTETS
    """Longest message sent and taken over TCP; a connection whose frame claims more is closed."""
    sctp_most_octets: _Octets = 65_536
    """Longest message sent and taken over SCTP; a longer one is dropped."""
    memory_most_octets: _Octets = 1_048_576
    """Longest message sent in memory."""
    most_connections: _Count = 10_000
    """Connections at once, those being opened included; never more than half of the files that the process may open
    (RLIMIT_NOFILE). Further ones are closed as soon as they are accepted."""
    backlog: _Count = 1_024
    """Connections that the system completes while none is accepted."""
    accepts_a_turn: _Count = 64
    """Connections accepted in one turn of the event loop."""
    accept_pause_s: _Seconds = 1.0
    """Wait before the next connection is accepted where the system had no file left for one."""
    connect_s: _Seconds = 10.0
    """How long a connection may take to open."""
    first_backoff_s: _Seconds = 0.25
    """Wait before a peer that could not be reached is tried again; doubles each time."""
    longest_backoff_s: _Seconds = 30.0
    """The wait between two tries grows no further; a peer whose own connection has ended is not called back before."""
    held_octets: _Octets = 262_144
    """Octets held for one peer while the connection to it is being opened; what does not fit is dropped."""
    first_message_s: _Seconds = 10.0
    """How long a connection that was accepted may take to bring its first whole message before it is closed."""
    frame_s: _Seconds = 10.0
    """How long a message may take from its first octet to its last before its connection is closed."""
    write_octets: _Octets = 1_048_576
    """Octets waiting for a peer that does not read; beyond it the connection is cut."""
    octets_in_all: Annotated[int, Meta(ge=1, le=1 << 40)] = 268_435_456
    """Octets held for all connections of a link together: what waits to be written or to be said once a connection is
    open, and messages that are not whole. Beyond it the connection that needs more is cut."""
    write_s: _Seconds = 30.0
    """How long a peer may read nothing of what waits for it before the connection is cut."""
    close_s: _Seconds = 2.0
    """How long a link that is closed goes on writing what waits, and waits for the far ends to close too."""
    keepalive_s: _Seconds = 60.0
    """Silence of a TCP connection after which the system asks whether the far end is still there."""
    resolve_s: _Seconds = 10.0
    """How long a host name may take to become an address."""
    sctp_style: Literal["one-to-one", "one-to-many"] = "one-to-one"
    """Style of SCTP sockets (RFC 6458): one a connection, or one for all."""
    known_addresses: _Count = 65_536
    """Addresses of peers whose form is remembered, for speed; the memory is emptied when it is full."""


DEFAULT_SETTINGS = LinkSettings()
