"""What is told of a termination: what the application returned, less what was not asked, and what is known here."""

from collections.abc import Iterable

import msgspec

from megaco.message import (
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditReturn,
    AuditValueRequest,
    DigitMapAudit,
    DigitMapDescriptor,
    EmptyDescriptor,
    ErrorDescriptor,
    EventBufferAudit,
    EventBufferDescriptor,
    EventsAudit,
    EventsDescriptor,
    IndividualAudit,
    MediaAudit,
    MediaDescriptor,
    ModemDescriptor,
    MuxDescriptor,
    ObservedEventsDescriptor,
    PackagesAudit,
    PackagesDescriptor,
    SignalsAudit,
    SignalsDescriptor,
    StatisticsAudit,
    StatisticsDescriptor,
    TerminationStateDescriptor,
)

from .errors import CommandError
from .state import Termination

_ITEM_OF: dict[type[AuditReturn], AuditItem] = {
    MuxDescriptor: AuditItem.MUX,
    ModemDescriptor: AuditItem.MODEM,
    MediaDescriptor: AuditItem.MEDIA,
    DigitMapDescriptor: AuditItem.DIGIT_MAP,
    StatisticsDescriptor: AuditItem.STATISTICS,
    ObservedEventsDescriptor: AuditItem.OBSERVED_EVENTS,
    PackagesDescriptor: AuditItem.PACKAGES,
    SignalsDescriptor: AuditItem.SIGNALS,
    EventBufferDescriptor: AuditItem.EVENT_BUFFER,
    EventsDescriptor: AuditItem.EVENTS,
}
_ITEM_OF_PART: dict[type[IndividualAudit], AuditItem] = {
    MediaAudit: AuditItem.MEDIA,
    EventsAudit: AuditItem.EVENTS,
    EventBufferAudit: AuditItem.EVENT_BUFFER,
    SignalsAudit: AuditItem.SIGNALS,
    DigitMapAudit: AuditItem.DIGIT_MAP,
    StatisticsAudit: AuditItem.STATISTICS,
    PackagesAudit: AuditItem.PACKAGES,
}
_KNOWN: dict[AuditItem, type[MuxDescriptor | ModemDescriptor]] = {
    AuditItem.MUX: MuxDescriptor,
    AuditItem.MODEM: ModemDescriptor,
}
_NO_CAPABILITY = {AuditItem.DIGIT_MAP, AuditItem.PACKAGES}
"""Not legal in AuditCapability (clause 7.2.6)."""
Audit = AuditValueRequest | AuditCapabilityRequest
"""The commands that ask."""


def is_empty(audit: AuditDescriptor) -> bool:
    """Tell whether an audit asks for nothing but the names (clause 7.1.12)."""
    return not audit.items and not audit.individual


def check_audit(command: Audit) -> None:
    """Refuse with 447 what AuditCapability cannot ask."""
    if isinstance(command, AuditCapabilityRequest):
        for item in sorted(_asked(command.audit) & _NO_CAPABILITY, key=lambda item: item.value):
            raise CommandError(447, f"Descriptor not legal in AuditCapability: {item.value}")


def audited(termination: Termination, command: Audit, told: tuple[AuditReturn, ...]) -> tuple[AuditReturn, ...]:
    """Return the descriptors of an audit's reply: those that were asked for, each at least as an empty one.

    What the application did not tell is filled in: in AuditValue by what is known here.
    """
    if isinstance(command, AuditCapabilityRequest):
        kept = _asked_of(command.audit, told)
        return kept + tuple(empty(item) for item in _missing(command.audit, kept))
    return completed(termination, command.audit, _asked_of(command.audit, told))


def subtracted(
    termination: Termination, audit: AuditDescriptor | None, told: tuple[AuditReturn, ...]
) -> tuple[AuditReturn, ...]:
    """Return the descriptors of Subtract's reply: statistics unless an audit asks for something else (clause 7.2.3)."""
    if audit is not None:
        return completed(termination, audit, _asked_of(audit, told))
    return tuple(one for one in told if isinstance(one, StatisticsDescriptor | ErrorDescriptor))


def completed(
    termination: Termination, audit: AuditDescriptor | None, told: tuple[AuditReturn, ...]
) -> tuple[AuditReturn, ...]:
    """Return what the application told, and of what an audit asks besides what is known here."""
    if audit is None:
        return told
    if AuditItem.MEDIA in audit.items:
        told = tuple(_with_state(termination, one) for one in told)
    return told + tuple(known(termination, item) for item in _missing(audit, told))


def known(termination: Termination, item: AuditItem) -> AuditReturn:
    """Return what is known here of a descriptor: as it was set last, or empty; of Media the service state."""
    match item:
        case AuditItem.MEDIA:
            return MediaDescriptor(TerminationStateDescriptor(termination.service_state))
        case AuditItem.EVENTS:
            return termination.events or empty(item)
        case AuditItem.SIGNALS:
            return termination.signals or empty(item)
        case AuditItem.EVENT_BUFFER:
            return termination.find(EventBufferDescriptor) or empty(item)
    kind = _KNOWN.get(item)
    return (kind and termination.find(kind)) or empty(item)


def empty(item: AuditItem) -> AuditReturn:
    """Return a descriptor that tells that there is nothing to tell: three have a form of their own (Annex B)."""
    match item:
        case AuditItem.EVENTS:
            return EventsDescriptor()
        case AuditItem.SIGNALS:
            return SignalsDescriptor()
        case AuditItem.EVENT_BUFFER:
            return EventBufferDescriptor()
    return EmptyDescriptor(item)


def item_of(descriptor: AuditReturn) -> AuditItem | None:
    """Return which item of an audit a descriptor answers; None for an error."""
    return descriptor.item if isinstance(descriptor, EmptyDescriptor) else _ITEM_OF.get(type(descriptor))


def _with_state(termination: Termination, descriptor: AuditReturn) -> AuditReturn:
    if not isinstance(descriptor, MediaDescriptor):
        return descriptor
    state = descriptor.termination_state or TerminationStateDescriptor()
    if state.service_state is not None:
        return descriptor
    state = msgspec.structs.replace(state, service_state=termination.service_state)
    return msgspec.structs.replace(descriptor, termination_state=state)


def _asked(audit: AuditDescriptor) -> set[AuditItem]:
    return {*audit.items, *(_ITEM_OF_PART[type(part)] for part in audit.individual)}


def _asked_of(audit: AuditDescriptor, told: tuple[AuditReturn, ...]) -> tuple[AuditReturn, ...]:
    asked = _asked(audit)
    return tuple(one for one in told if isinstance(one, ErrorDescriptor) or item_of(one) in asked)


def _missing(audit: AuditDescriptor, told: Iterable[AuditReturn]) -> list[AuditItem]:
    there = {item_of(one) for one in told}
    return [item for item in dict.fromkeys(audit.items) if item not in there]
