"""What a gateway is asked to report of itself when it has registered."""

from iq_profile.procedures import Activate, ActivateCongestion, ActivateInactivity, compose
from iq_profile.roles import Roles
from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    CommandRequest,
    EventsDescriptor,
    ModifyRequest,
    RequestedEvent,
)

from .config import H248Section

_REQUEST_ID = 1
_UNITS_A_SECOND = 100
"""Of the inactivity timer (it/ito counts in 10 ms)."""


def watch_request(keys: H248Section, roles: Roles) -> ActionRequest | None:
    """Return the Modify of ROOT that asks for everything wanted at once; None: nothing is.

    Events take the place of those asked for before (H.248.1 clause 7.1.9), so one command has to name them all. Raises
    LocalError where a value has no room in its package.
    """
    wanted: list[Activate] = []
    if keys.watch_congestion:
        wanted.append(ActivateCongestion(NULL_CONTEXT, _REQUEST_ID))
    if keys.inactivity_s:
        time = max(round(keys.inactivity_s * _UNITS_A_SECOND), 1)
        wanted.append(ActivateInactivity(NULL_CONTEXT, _REQUEST_ID, time))
    events = tuple(event for one in wanted for event in _events_of(compose(one, roles)))
    if not events:
        return None
    modify = ModifyRequest((ROOT,), (EventsDescriptor(_REQUEST_ID, events),))
    return ActionRequest(NULL_CONTEXT, commands=(CommandRequest(modify),))


def _events_of(action: ActionRequest) -> tuple[RequestedEvent, ...]:
    modify = action.commands[0].command
    assert isinstance(modify, ModifyRequest)
    assert modify.events is not None
    return modify.events.events
