"""Timers and limits that a controller sets on ROOT (packages root and seg), as the gateway's own, sans-IO."""

import msgspec

from megaco.message import (
    ActionReply,
    MediaDescriptor,
    ModifyRequest,
    PropertyParm,
    TransactionRequest,
    Value,
)
from megaco.transaction import TransactionConfig

from .words import is_root

_SECOND = 1000
_MOST_DIGITS = 10
_LONGEST = 1_000_000_000
_FEWEST_OCTETS = 512
"""A controller that says it takes no longer messages is not believed: the gateway could not even register again."""
_FIELDS = {
    "root/normalmgexecutiontime": ("execution_s", _SECOND),
    "root/mgprovisionalresponsetimervalue": ("provisional_s", _SECOND),
    "root/mgoriginatedpendinglimit": ("most_pendings", 1),
    "root/mgcoriginatedpendinglimit": ("most_pendings_taken", 1),
    "seg/mgcsegmentationtimervalue": ("segments_wait_s", _SECOND),
    "seg/mgcmaxpdusize": ("most_octets", 1),
}
"""Property in lower case -> setting, and how much of its unit makes one of the setting's."""


def timers_asked_for(
    request: TransactionRequest, reply: tuple[ActionReply, ...], config: TransactionConfig
) -> TransactionConfig | None:
    """Return the settings after a request that was executed; None where it changes none or was refused."""
    wanted = [
        parameter
        for action in request.actions
        for asked in action.commands
        if isinstance(asked.command, ModifyRequest) and is_root(asked.command.termination_ids)
        for parameter in _properties(asked.command.media)
    ]
    changes = dict(change for parameter in wanted if (change := _change(parameter)) is not None)
    if not changes or any(_has_failed(action) for action in reply):
        return None
    return msgspec.structs.replace(config, **changes)


def _properties(media: MediaDescriptor | None) -> tuple[PropertyParm, ...]:
    state = None if media is None else media.termination_state
    return () if state is None else state.properties


def _change(parameter: PropertyParm) -> tuple[str, float] | None:
    field, unit = _FIELDS.get(parameter.name.lower(), ("", 0))
    value = parameter.value
    text = value.text.strip() if isinstance(value, Value) else ""
    if not field or not (text.isascii() and text.isdecimal()) or len(text) > _MOST_DIGITS:
        return None
    if not (_FEWEST_OCTETS if field == "most_octets" else 1) <= int(text) <= _LONGEST:
        return None
    return field, int(text) / unit if unit == _SECOND else int(text)


def _has_failed(action: ActionReply) -> bool:
    return action.error is not None or any(getattr(one, "error", None) is not None for one in action.replies)
