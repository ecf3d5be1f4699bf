"""Timers and limits that a controller sets on ROOT (packages root and seg), as the gateway's own, sans-IO."""

import msgspec

from megaco.message import (
    ActionReply,
    MediaDescriptor,
    ModifyRequest,
    PropertyParm,
    TransactionRequest,
    first_error,
)
from megaco.transaction import TransactionConfig

from .words import root_commands, whole_number

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
        parameter for command in root_commands(request, ModifyRequest) for parameter in _properties(command.media)
    ]
    changes = dict(change for parameter in wanted if (change := _change(parameter)) is not None)
    if not changes or first_error(None, reply) is not None:
        return None
    return msgspec.structs.replace(config, **changes)


def _properties(media: MediaDescriptor | None) -> tuple[PropertyParm, ...]:
    state = None if media is None else media.termination_state
    return () if state is None else state.properties


def _change(parameter: PropertyParm) -> tuple[str, float] | None:
    name = parameter.name.lower()
    field, unit = _FIELDS.get(name, ("", 0))
    number = whole_number((parameter,), name, _MOST_DIGITS)
    if not field or number is None:
        return None
    if not (_FEWEST_OCTETS if field == "most_octets" else 1) <= number <= _LONGEST:
        return None
    return field, number / unit if unit == _SECOND else number
