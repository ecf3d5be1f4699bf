"""Commands and their replies (H.248.1 clause 7.2)."""

from .base import Node
from .descriptors import (
    AuditDescriptor,
    AuditItem,
    ErrorDescriptor,
    EventsDescriptor,
    MediaDescriptor,
    ObservedEventsDescriptor,
    PackagesDescriptor,
    ServiceChangeParm,
    ServiceChangeResParm,
    SignalsDescriptor,
    StatisticsDescriptor,
)


class _AmmRequest(Node, frozen=True):
    """What Add, Move and Modify share (ASN.1 ``AmmRequest``)."""

    termination_ids: tuple[str, ...]
    """One, or since version 3 several; ``$`` and ``*`` at any level."""
    media: MediaDescriptor | None = None
    events: EventsDescriptor | None = None
    signals: SignalsDescriptor | None = None
    audit: AuditDescriptor | None = None
    statistics: StatisticsDescriptor | None = None


class AddRequest(_AmmRequest, frozen=True):
    """Put a termination into a context (clause 7.2.1)."""


class MoveRequest(_AmmRequest, frozen=True):
    """Take a termination from its context into this one (clause 7.2.4)."""


class ModifyRequest(_AmmRequest, frozen=True):
    """Change a termination (clause 7.2.2)."""


class SubtractRequest(Node, frozen=True):
    """Take a termination out of its context (clause 7.2.3)."""

    termination_ids: tuple[str, ...]
    audit: AuditDescriptor | None = None
    """None: all statistics come back; an empty Audit: none do."""


class AuditValueRequest(Node, frozen=True):
    """Tell the present state (clause 7.2.5)."""

    termination_ids: tuple[str, ...]
    audit: AuditDescriptor


class AuditCapabilityRequest(Node, frozen=True):
    """Tell what is possible (clause 7.2.6)."""

    termination_ids: tuple[str, ...]
    audit: AuditDescriptor


class NotifyRequest(Node, frozen=True):
    """Report events (clause 7.2.7)."""

    termination_ids: tuple[str, ...]
    observed_events: ObservedEventsDescriptor
    error: ErrorDescriptor | None = None


class ServiceChangeRequest(Node, frozen=True):
    """A termination, or the gateway (ROOT), leaves or returns to service (clause 7.2.8)."""

    termination_ids: tuple[str, ...]
    services: ServiceChangeParm


Command = (
    AddRequest
    | MoveRequest
    | ModifyRequest
    | SubtractRequest
    | AuditValueRequest
    | AuditCapabilityRequest
    | NotifyRequest
    | ServiceChangeRequest
)


class CommandRequest(Node, frozen=True):
    """A command and how to treat it (ASN.1 ``CommandRequest``)."""

    command: Command
    optional: bool = False
    """``O-``: go on with the transaction if it fails."""
    wildcard_return: bool = False
    """``W-``: one reply for all terminations together."""


class _AuditReturn(Node, frozen=True):
    """What a reply tells of a termination (ASN.1 ``TerminationAudit``)."""

    termination_ids: tuple[str, ...]
    media: MediaDescriptor | None = None
    events: EventsDescriptor | None = None
    signals: SignalsDescriptor | None = None
    observed_events: ObservedEventsDescriptor | None = None
    statistics: StatisticsDescriptor | None = None
    packages: PackagesDescriptor | None = None
    error: ErrorDescriptor | None = None
    empty: tuple[AuditItem, ...] = ()
    """Descriptors named without content: asked for, and empty."""


class AddReply(_AuditReturn, frozen=True):
    """Reply to Add."""


class MoveReply(_AuditReturn, frozen=True):
    """Reply to Move."""


class ModifyReply(_AuditReturn, frozen=True):
    """Reply to Modify."""


class SubtractReply(_AuditReturn, frozen=True):
    """Reply to Subtract."""


class AuditValueReply(_AuditReturn, frozen=True):
    """Reply to AuditValue of a termination."""


class AuditCapabilityReply(_AuditReturn, frozen=True):
    """Reply to AuditCapability of a termination."""


class NotifyReply(Node, frozen=True):
    """Reply to Notify."""

    termination_ids: tuple[str, ...]
    error: ErrorDescriptor | None = None


class ServiceChangeReply(Node, frozen=True):
    """Reply to ServiceChange."""

    termination_ids: tuple[str, ...]
    services: ServiceChangeResParm | None = None
    error: ErrorDescriptor | None = None


CommandReply = (
    AddReply
    | MoveReply
    | ModifyReply
    | SubtractReply
    | AuditValueReply
    | AuditCapabilityReply
    | NotifyReply
    | ServiceChangeReply
)
