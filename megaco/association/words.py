"""What associations say: the ServiceChanges, and the items of packages by which contact and load are watched."""

from typing import TypeVar

import msgspec

from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    Command,
    CommandRequest,
    ModifyRequest,
    NotifyRequest,
    PropertyParm,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    TransactionRequest,
    Value,
)

Asked = TypeVar("Asked", ModifyRequest, NotifyRequest, ServiceChangeRequest)


class WatchItems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of the items that associations act on; some are known from implementations only, so they are settings."""

    inactivity: str = "it/ito"
    """Event on ROOT: nothing was heard of the controller (H.248.14)."""
    inactivity_time: str = "mit"
    """Its parameter: longest time without a message, in units of 10 ms."""
    congestion: str = "chp/mgcon"
    """Event on ROOT: the share of load to keep away has changed (H.248.10)."""
    congestion_reduction: str = "reduction"
    """Its parameter, percent."""
    overload: str = "ocp/mg_overload"
    """Event on ROOT: there is too much to do (H.248.11)."""


REASONS = {
    "restored": "900 Service Restored",
    "cold": "901 Cold Boot",
    "warm": "902 Warm Boot",
    "directed": "903 MGC Directed Change",
    "out": "905 Termination taken out of service",
    "mgc-failed": "909 MGC Impending Failure",
    "stay": "918 Cancel Graceful",
}
"""Reasons of ServiceChange that associations give (clause 7.2.8, IANA)."""


def root_action(command: Command) -> tuple[ActionRequest, ...]:
    """Return the actions of a request that is one command on ROOT."""
    return (ActionRequest(NULL_CONTEXT, commands=(CommandRequest(command),)),)


def root_service_change(services: ServiceChangeParm) -> tuple[ActionRequest, ...]:
    """Return the actions of a ServiceChange on ROOT."""
    return root_action(ServiceChangeRequest((ROOT,), services))


def said(method: ServiceChangeMethod, reason: str) -> ServiceChangeParm:
    """Return a method with one of ``REASONS``."""
    return ServiceChangeParm(method, Value(REASONS[reason], quoted=True))


def empty_audit() -> tuple[ActionRequest, ...]:
    """Return the actions of the AuditValue on ROOT that asks for nothing but an answer."""
    return root_action(AuditValueRequest((ROOT,), AuditDescriptor()))


def reason_code(reason: Value) -> str:
    """Return the three digits of a reason."""
    return reason.text.strip()[:3]


def root_commands(request: TransactionRequest, kind: type[Asked]) -> list[Asked]:
    """Return the commands of one kind in a request that are about the gateway as a whole."""
    commands = (asked.command for action in request.actions for asked in action.commands)
    return [one for one in commands if isinstance(one, kind) and is_root(one.termination_ids)]


def whole_number(parameters: tuple[PropertyParm, ...], name: str, most_digits: int) -> int | None:
    """Return what a parameter, its name in lower case, says; None where it is not there, or is no such number."""
    for parameter in parameters:
        value = parameter.value
        if parameter.name.lower() == name and isinstance(value, Value):
            text = value.text.strip()
            if text.isascii() and text.isdecimal() and len(text) <= most_digits:
                return int(text)
    return None


def is_root(names: tuple[str, ...]) -> bool:
    """Tell whether a command is about the gateway as a whole."""
    return len(names) == 1 and names[0].upper() == ROOT
