"""What the gateway's engine and its relay say to each other: orders down, reports up.

A *leg* is one TCP connection of a termination's stream, with TLS on it or not. The engine gives orders and owns every
decision; the relay carries them out and reports what it saw. Neither imports the other: they share this vocabulary.
All values are immutable; a leg is named by the engine and means nothing to the relay.
"""

import ipaddress
from enum import Enum
from typing import NewType

import msgspec

from megaco.sdp import Fingerprint

LegId = NewType("LegId", str)
"""Name of a leg, unique in one gateway while the leg lives."""


class TlsRole(Enum):
    """Which side of the TLS handshake the gateway takes on a leg."""

    CLIENT = "client"
    SERVER = "server"


def is_same_address(one: str, other: str) -> bool:
    """Compare IP addresses by value; a host name is none that could be compared, and is the same as nothing."""
    try:
        return ipaddress.ip_address(one) == ipaddress.ip_address(other)
    except ValueError:
        return False


class Accept(msgspec.Struct, frozen=True):
    """Accept the first TCP connection that arrives at the leg's reserved port; later ones are refused.

    Given again before a connection came, it replaces the former order.
    """

    leg: LegId
    source: str | None = None
    """The address that alone is let in, connections from others being reset; None: any, empty: SYNs wait."""

    def lets_in(self, address: str) -> bool:
        """Tell whether a connection from an address is accepted."""
        return self.source is None or is_same_address(self.source, address)


class Connect(msgspec.Struct, frozen=True):
    """Open TCP to the far end from the leg's reserved address and port; the leg listens no longer."""

    leg: LegId
    address: str
    port: int


class StartTls(msgspec.Struct, frozen=True):
    """Begin the TLS handshake on a leg whose TCP connection is up."""

    leg: LegId
    role: TlsRole


class Trust(msgspec.Struct, frozen=True):
    """The far end's certificate must match these (RFC 8122 clause 5); may come before, in or after the handshake."""

    leg: LegId
    fingerprints: tuple[Fingerprint, ...]


class Join(msgspec.Struct, frozen=True):
    """From now on bytes flow between the two legs, parked bytes first; given again, with other directions, it replaces.

    What arrives for a direction that is closed is parked, up to the relay's limit; then the leg is read no more.
    """

    one: LegId
    other: LegId
    forth: bool = True
    """Whether bytes flow from ``one`` to ``other``."""
    back: bool = True
    """Whether bytes flow from ``other`` to ``one``."""


class Close(msgspec.Struct, frozen=True):
    """Close the leg, free its port and forget it; ``abort`` resets instead of closing in good order."""

    leg: LegId
    abort: bool = False


Order = Accept | Connect | StartTls | Trust | Join | Close


class Accepted(msgspec.Struct, frozen=True):
    """The far end's SYN arrived and TCP is up; address and port are the far end's."""

    leg: LegId
    address: str
    port: int


class Connected(msgspec.Struct, frozen=True):
    """The TCP connection that ``Connect`` asked for is up."""

    leg: LegId


class ConnectFailed(msgspec.Struct, frozen=True):
    """The TCP connection that ``Connect`` asked for did not come up; ``cause`` is for people."""

    leg: LegId
    cause: str


class Handshaken(msgspec.Struct, frozen=True):
    """TLS is up on the leg and the far end showed a certificate; whether it is trusted, ``Verified`` tells."""

    leg: LegId
    version: str
    cipher: str


class Verified(msgspec.Struct, frozen=True):
    """The far end's certificate matches the fingerprint it was announced with; application data may flow."""

    leg: LegId
    fingerprint: Fingerprint


class TlsFailed(msgspec.Struct, frozen=True):
    """The handshake failed or the certificate does not match; the connection is closed, no application byte passed."""

    leg: LegId
    cause: str


class Ended(msgspec.Struct, frozen=True):
    """The leg's connection is over: both directions closed in good order, or reset; ``cause`` is for people."""

    leg: LegId
    cause: str


Report = Accepted | Connected | ConnectFailed | Handshaken | Verified | TlsFailed | Ended
