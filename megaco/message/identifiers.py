"""Who and what a message names: message identifiers, contexts, terminations."""

from collections.abc import Container

from .base import Node

NULL_CONTEXT = 0
"""ContextID ``-``: no context (H.248.1 clause 6.1.2)."""

CHOOSE_CONTEXT = 0xFFFFFFFE
"""ContextID ``$``: the gateway shall create one."""

ALL_CONTEXTS = 0xFFFFFFFF
"""ContextID ``*``: every context of the gateway."""

ALL_EVENTS = 0xFFFFFFFF
"""RequestID ``*``, in a reply to AuditCapability: all events that there are."""

ROOT = "ROOT"
"""TerminationID of the gateway as a whole (H.248.1 clause 6.2.4)."""

CHOOSE = "$"
ALL = "*"


class IpAddress(Node, frozen=True):
    """mId ``[address]:port``, IPv4 or IPv6 (Annex B ``domainAddress``)."""

    address: str
    """As written, without brackets: ``192.0.2.1``, ``2001:db8::1``."""
    port: int | None = None
    """0 to 65535; None where the message names no port."""


class DomainName(Node, frozen=True):
    """mId ``<name>:port`` (Annex B ``domainName``)."""

    name: str
    port: int | None = None


class DeviceName(Node, frozen=True):
    """mId ``name`` (Annex B ``deviceName``, a pathNAME): no port."""

    name: str


class MtpAddress(Node, frozen=True):
    """mId ``MTP{hex}`` (Annex B ``mtpAddress``)."""

    digits: str
    """4 to 8 hex digits, two an octet."""


MessageIdentifier = IpAddress | DomainName | DeviceName | MtpAddress


def stands_for(pattern: str, termination_id: str, wildcards: Container[str] = (ALL,)) -> bool:
    """Tell whether a TerminationID with wildcards at some levels, or a wildcard alone, stands for another.

    Names have no case; ``wildcards`` are those that count.
    """
    wanted, found = pattern.lower().split("/"), termination_id.lower().split("/")
    return pattern in wildcards or (
        len(wanted) == len(found) and all(a in wildcards or a == b for a, b in zip(wanted, found, strict=True))
    )


def is_wildcarded(termination_id: str) -> bool:
    """Tell whether a TerminationID holds CHOOSE or ALL at any level (H.248.1 clause 6.2.2)."""
    return CHOOSE in termination_id or ALL in termination_id
