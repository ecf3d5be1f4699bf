"""Commands and their replies (H.248.1 clause 7.2)."""

from typing import TypeVar

from .audits import (
    AuditDescriptor,
    EmptyDescriptor,
)
from .base import Node
from .descriptors import (
    DigitMapDescriptor,
    ErrorDescriptor,
    EventBufferDescriptor,
    EventsDescriptor,
    MediaDescriptor,
    ModemDescriptor,
    MuxDescriptor,
    ObservedEventsDescriptor,
    PackagesDescriptor,
    SignalsDescriptor,
    StatisticsDescriptor,
)
from .service_change import (
    ServiceChangeParm,
    ServiceChangeResParm,
)

Descriptor = (
    MediaDescriptor
    | ModemDescriptor
    | MuxDescriptor
    | EventsDescriptor
    | EventBufferDescriptor
    | SignalsDescriptor
    | DigitMapDescriptor
    | AuditDescriptor
    | StatisticsDescriptor
)
"""A descriptor of Add, Move and Modify (ASN.1 ``AmmDescriptor``)."""

AuditReturn = (
    ErrorDescriptor
    | MediaDescriptor
    | ModemDescriptor
    | MuxDescriptor
    | EventsDescriptor
    | EventBufferDescriptor
    | SignalsDescriptor
    | DigitMapDescriptor
    | ObservedEventsDescriptor
    | StatisticsDescriptor
    | PackagesDescriptor
    | EmptyDescriptor
)
"""A descriptor of a reply (ASN.1 ``AuditReturnParameter``)."""

_Kind = TypeVar("_Kind", bound=Node)


def _first(descriptors: tuple[Node, ...], kind: type[_Kind]) -> _Kind | None:
    return next((one for one in descriptors if isinstance(one, kind)), None)


class _AmmRequest(Node, frozen=True):
    """What Add, Move and Modify share (ASN.1 ``AmmRequest``)."""

    termination_ids: tuple[str, ...]
    """One, or since version 3 several; ``$`` and ``*`` at any level."""
    descriptors: tuple[Descriptor, ...] = ()
    """Each kind at most once, in the order written."""

    @property
    def media(self) -> MediaDescriptor | None:
        """The Media descriptor; None where there is none."""
        return _first(self.descriptors, MediaDescriptor)

    @property
    def events(self) -> EventsDescriptor | None:
        """The Events descriptor; None where there is none."""
        return _first(self.descriptors, EventsDescriptor)

    @property
    def signals(self) -> SignalsDescriptor | None:
        """The Signals descriptor; None where there is none."""
        return _first(self.descriptors, SignalsDescriptor)


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


class _AuditReply(Node, frozen=True):
    """What a reply tells of a termination (ASN.1 ``TerminationAudit``)."""

    termination_ids: tuple[str, ...]
    descriptors: tuple[AuditReturn, ...] = ()
    """In the order written."""

    @property
    def media(self) -> MediaDescriptor | None:
        """The Media descriptor; None where there is none."""
        return _first(self.descriptors, MediaDescriptor)

    @property
    def error(self) -> ErrorDescriptor | None:
        """Why the command failed; None where it did not."""
        return _first(self.descriptors, ErrorDescriptor)


class AddReply(_AuditReply, frozen=True):
    """Reply to Add."""


class MoveReply(_AuditReply, frozen=True):
    """Reply to Move."""


class ModifyReply(_AuditReply, frozen=True):
    """Reply to Modify."""


class SubtractReply(_AuditReply, frozen=True):
    """Reply to Subtract."""


class AuditValueReply(_AuditReply, frozen=True):
    """Reply to AuditValue of a termination."""


class AuditCapabilityReply(_AuditReply, frozen=True):
    """Reply to AuditCapability of a termination."""


class ContextAuditReply(Node, frozen=True):
    """Reply to an audit of a context's terminations: their names, or why not (ASN.1 ``contextAuditResult``)."""

    is_capability: bool = False
    """True in reply to AuditCapability."""
    termination_ids: tuple[str, ...] = ()
    error: ErrorDescriptor | None = None


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
    | ContextAuditReply
    | NotifyReply
    | ServiceChangeReply
)
