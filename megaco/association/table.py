"""A gateway's association with its controller, as a table (H.248.1 clauses 7.2.8, 11.2 to 11.5).

Theory of operation. A gateway that starts waits a random while, so that a region that wakes up together does not drown
its controller, then registers with a ServiceChange on ROOT. The controller accepts, names another controller, or
refuses; when nobody answers the gateway waits and tries again. In service, a controller that does not answer any more
is lost: the gateway says Disconnected to it until it answers again. Closing says Forced and asks for no answer.

Rules of this file: no clock, no message; every pair of state and input is there.
"""

from enum import Enum, auto
from typing import NamedTuple


class GatewayState(Enum):
    """Where the association of a gateway stands."""

    CLOSED = auto()
    WAITING = auto()
    """Before the first or the next attempt."""
    REGISTERING = auto()
    IN_SERVICE = auto()
    REFUSED = auto()
    """The controller said no; only a new start tries again."""


class GatewayInput(Enum):
    """What can happen to the association of a gateway."""

    START = auto()
    WAIT_OVER = auto()
    ACCEPTED = auto()
    REDIRECTED = auto()
    REFUSED = auto()
    NO_ANSWER = auto()
    CONTACT_LOST = auto()
    STOP = auto()


class GatewayEffect(Enum):
    """What the engine does on a step."""

    WAIT_FOR_START = auto()
    WAIT_FOR_RETRY = auto()
    REGISTER = auto()
    """Send ServiceChange on ROOT with the method that fits: Restart at first, Disconnected after a loss."""
    MOVE_TO_OTHER = auto()
    """Register with the controller that the reply named."""
    TELL_IN_SERVICE = auto()
    TELL_REFUSED = auto()
    TELL_NO_ANSWER = auto()
    TELL_LOST = auto()
    SAY_FORCED = auto()


class GatewayStep(NamedTuple):
    """What to do, and the state after it; empty effects with an unchanged state is IGNORE."""

    effects: tuple[GatewayEffect, ...]
    state: GatewayState


_S, _I, _E = GatewayState, GatewayInput, GatewayEffect


def _ignore(state: GatewayState, *inputs: GatewayInput) -> dict[tuple[GatewayState, GatewayInput], GatewayStep]:
    return {(state, what): GatewayStep((), state) for what in inputs}


GATEWAY: dict[tuple[GatewayState, GatewayInput], GatewayStep] = {
    (_S.CLOSED, _I.START): GatewayStep((_E.WAIT_FOR_START,), _S.WAITING),
    **_ignore(_S.CLOSED, *(set(_I) - {_I.START})),
    (_S.WAITING, _I.WAIT_OVER): GatewayStep((_E.REGISTER,), _S.REGISTERING),
    (_S.WAITING, _I.STOP): GatewayStep((), _S.CLOSED),
    **_ignore(_S.WAITING, *(set(_I) - {_I.WAIT_OVER, _I.STOP})),
    (_S.REGISTERING, _I.ACCEPTED): GatewayStep((_E.TELL_IN_SERVICE,), _S.IN_SERVICE),
    (_S.REGISTERING, _I.REDIRECTED): GatewayStep((_E.MOVE_TO_OTHER, _E.REGISTER), _S.REGISTERING),
    (_S.REGISTERING, _I.REFUSED): GatewayStep((_E.TELL_REFUSED,), _S.REFUSED),
    (_S.REGISTERING, _I.NO_ANSWER): GatewayStep((_E.TELL_NO_ANSWER, _E.WAIT_FOR_RETRY), _S.WAITING),
    (_S.REGISTERING, _I.STOP): GatewayStep((_E.SAY_FORCED,), _S.CLOSED),
    **_ignore(_S.REGISTERING, _I.START, _I.WAIT_OVER, _I.CONTACT_LOST),
    (_S.IN_SERVICE, _I.CONTACT_LOST): GatewayStep((_E.TELL_LOST, _E.WAIT_FOR_RETRY), _S.WAITING),
    (_S.IN_SERVICE, _I.STOP): GatewayStep((_E.SAY_FORCED,), _S.CLOSED),
    **_ignore(_S.IN_SERVICE, *(set(_I) - {_I.CONTACT_LOST, _I.STOP})),
    (_S.REFUSED, _I.START): GatewayStep((_E.WAIT_FOR_START,), _S.WAITING),
    (_S.REFUSED, _I.STOP): GatewayStep((), _S.CLOSED),
    **_ignore(_S.REFUSED, *(set(_I) - {_I.START, _I.STOP})),
}
