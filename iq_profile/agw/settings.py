"""What an operator may set on the gateway's decisions."""

from enum import Enum

import msgspec


class EarlySyn(Enum):
    """What becomes of a SYN that comes before the far end's address is known (TR 29.828, editor's notes at step 10)."""

    ACCEPT = "accept"
    HOLD = "hold"
    """It waits in the kernel's backlog until the address is known."""


class AgwSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Policies and limits of the gateway's engine (times in seconds)."""

    access_address: str = "127.0.0.1"
    """Address of terminations towards the UE, IPv4 or IPv6."""
    core_address: str = "127.0.0.1"
    """Address of terminations towards the core network."""
    early_syn: EarlySyn = EarlySyn.ACCEPT
    """``accept`` or ``hold``; with gm/saf ON in the Add, SYNs are held whatever stands here."""
    connection_wait_s: float = 30.0
    """How long a far end that is to connect may take once both far ends are known, and TLS to start after it."""
    fingerprint_wait_s: float = 10.0
    """How long a finished TLS handshake waits for its fingerprint before the bearer fails."""
    most_contexts: int = 10_000
    """Contexts at once; an Add into a new one beyond it is refused with 412."""
    most_terminations: int = 2
    """Terminations in one context; one more is refused with 434."""
    most_streams: int = 16
    """Streams in one termination; more are refused with 449."""

    def address_of(self, interface: str) -> str | None:
        """Return the address of an interface; None where there is no such interface."""
        return {"access": self.access_address, "core": self.core_address}.get(interface.lower())
