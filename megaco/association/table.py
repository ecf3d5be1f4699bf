"""A gateway's association with its controller, as a table (H.248.1 clauses 7.2.8, 9.2, 11.2 to 11.5).

Theory of operation. A gateway that starts waits a random while, so that a region that wakes up together does not drown
its controller, then registers with a ServiceChange on ROOT: with its primary controller, and where that is silent with
the others it knows, in order; when all are silent it waits again. A controller accepts, refuses, or names another one,
which is asked before any else. When all refuse that is the end, unless one of them is only busy now: it is asked again
after a wait. In service, a controller that does not answer any more is lost: the gateway tries the others (Failover),
and then all of them again (Disconnected to the one it had). A controller may also hand it off to another. It leaves
gracefully, once its calls have ended or the delay is over, or at once (Forced).

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
    MOVING = auto()
    """Looking up the controller that another one named."""
    IN_SERVICE = auto()
    LEAVING = auto()
    """In service until the calls have ended or the delay is over."""
    REFUSED = auto()
    """Every controller said no; only a new start tries again."""


class GatewayInput(Enum):
    """What can happen to the association of a gateway."""

    START = auto()
    WAIT_OVER = auto()
    LOCAL_ACTIVITY = auto()
    """A user of the gateway wants something: no time to wait (clause 9.2)."""
    ACCEPTED = auto()
    REDIRECTED = auto()
    MOVED = auto()
    """The controller that was named has been found."""
    REFUSED = auto()
    """By this controller; another is left to try."""
    ALL_REFUSED = auto()
    BUSY = auto()
    """All refused, one of them only for now."""
    NO_ANSWER = auto()
    """Of this controller; another is left to try."""
    NOBODY_ANSWERED = auto()
    CONTACT_LOST = auto()
    """There are other controllers to try."""
    ONLY_CONTACT_LOST = auto()
    HANDED_OFF = auto()
    LEAVE = auto()
    STAY = auto()
    EMPTY = auto()
    """No call is left."""
    STOP = auto()


class GatewayEffect(Enum):
    """What the engine does on a step."""

    WAIT_FOR_START = auto()
    WAIT_FOR_RETRY = auto()
    WAIT_FOR_DELAY = auto()
    BEGIN_ROUND = auto()
    """Have all controllers to try, in order."""
    BEGIN_ROUND_ELSEWHERE = auto()
    """Have all controllers to try but the one that was lost."""
    TRY_NEXT = auto()
    REGISTER = auto()
    """Send ServiceChange on ROOT with the method that fits the controller and what came before."""
    LOOK_UP = auto()
    """Find the controller that was named."""
    TELL_IN_SERVICE = auto()
    TELL_REFUSED = auto()
    TELL_NO_ANSWER = auto()
    TELL_LOST = auto()
    TELL_HANDED_OFF = auto()
    TELL_LEFT = auto()
    SAY_GRACEFUL = auto()
    SAY_CANCEL_GRACEFUL = auto()
    SAY_FORCED = auto()


class GatewayStep(NamedTuple):
    """What to do, and the state after it; empty effects with an unchanged state is IGNORE."""

    effects: tuple[GatewayEffect, ...]
    state: GatewayState


_S, _I, _E = GatewayState, GatewayInput, GatewayEffect

_STEPS: dict[tuple[GatewayState, GatewayInput], GatewayStep] = {
    (_S.CLOSED, _I.START): GatewayStep((_E.WAIT_FOR_START,), _S.WAITING),
    (_S.WAITING, _I.WAIT_OVER): GatewayStep((_E.BEGIN_ROUND, _E.TRY_NEXT, _E.REGISTER), _S.REGISTERING),
    (_S.WAITING, _I.LOCAL_ACTIVITY): GatewayStep((_E.BEGIN_ROUND, _E.TRY_NEXT, _E.REGISTER), _S.REGISTERING),
    (_S.WAITING, _I.STOP): GatewayStep((), _S.CLOSED),
    (_S.REGISTERING, _I.ACCEPTED): GatewayStep((_E.TELL_IN_SERVICE,), _S.IN_SERVICE),
    (_S.REGISTERING, _I.REDIRECTED): GatewayStep((_E.LOOK_UP,), _S.MOVING),
    (_S.REGISTERING, _I.REFUSED): GatewayStep((_E.TRY_NEXT, _E.REGISTER), _S.REGISTERING),
    (_S.REGISTERING, _I.ALL_REFUSED): GatewayStep((_E.TELL_REFUSED,), _S.REFUSED),
    (_S.REGISTERING, _I.BUSY): GatewayStep((_E.TELL_REFUSED, _E.WAIT_FOR_RETRY), _S.WAITING),
    (_S.REGISTERING, _I.NO_ANSWER): GatewayStep((_E.TRY_NEXT, _E.REGISTER), _S.REGISTERING),
    (_S.REGISTERING, _I.NOBODY_ANSWERED): GatewayStep((_E.TELL_NO_ANSWER, _E.WAIT_FOR_RETRY), _S.WAITING),
    (_S.REGISTERING, _I.STOP): GatewayStep((_E.SAY_FORCED,), _S.CLOSED),
    (_S.MOVING, _I.MOVED): GatewayStep((_E.REGISTER,), _S.REGISTERING),
    (_S.MOVING, _I.NO_ANSWER): GatewayStep((_E.TRY_NEXT, _E.REGISTER), _S.REGISTERING),
    (_S.MOVING, _I.NOBODY_ANSWERED): GatewayStep((_E.TELL_NO_ANSWER, _E.WAIT_FOR_RETRY), _S.WAITING),
    (_S.MOVING, _I.STOP): GatewayStep((), _S.CLOSED),
    (_S.IN_SERVICE, _I.CONTACT_LOST): GatewayStep(
        (_E.TELL_LOST, _E.BEGIN_ROUND_ELSEWHERE, _E.TRY_NEXT, _E.REGISTER), _S.REGISTERING
    ),
    (_S.IN_SERVICE, _I.ONLY_CONTACT_LOST): GatewayStep((_E.TELL_LOST, _E.WAIT_FOR_RETRY), _S.WAITING),
    (_S.IN_SERVICE, _I.HANDED_OFF): GatewayStep((_E.TELL_HANDED_OFF, _E.BEGIN_ROUND_ELSEWHERE, _E.LOOK_UP), _S.MOVING),
    (_S.IN_SERVICE, _I.LEAVE): GatewayStep((_E.SAY_GRACEFUL, _E.WAIT_FOR_DELAY), _S.LEAVING),
    (_S.IN_SERVICE, _I.STOP): GatewayStep((_E.SAY_FORCED,), _S.CLOSED),
    (_S.LEAVING, _I.WAIT_OVER): GatewayStep((_E.SAY_FORCED, _E.TELL_LEFT), _S.CLOSED),
    (_S.LEAVING, _I.EMPTY): GatewayStep((_E.SAY_FORCED, _E.TELL_LEFT), _S.CLOSED),
    (_S.LEAVING, _I.STAY): GatewayStep((_E.SAY_CANCEL_GRACEFUL,), _S.IN_SERVICE),
    (_S.LEAVING, _I.CONTACT_LOST): GatewayStep((_E.TELL_LOST, _E.TELL_LEFT), _S.CLOSED),
    (_S.LEAVING, _I.ONLY_CONTACT_LOST): GatewayStep((_E.TELL_LOST, _E.TELL_LEFT), _S.CLOSED),
    (_S.LEAVING, _I.STOP): GatewayStep((_E.SAY_FORCED,), _S.CLOSED),
    (_S.REFUSED, _I.START): GatewayStep((_E.WAIT_FOR_START,), _S.WAITING),
    (_S.REFUSED, _I.STOP): GatewayStep((), _S.CLOSED),
}
"""The steps that mean something."""

GATEWAY: dict[tuple[GatewayState, GatewayInput], GatewayStep] = {
    (state, what): _STEPS.get((state, what), GatewayStep((), state)) for state in GatewayState for what in GatewayInput
}
"""Every pair; those without a step are IGNORE."""
