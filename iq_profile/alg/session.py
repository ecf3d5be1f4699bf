"""A session, that is one offer and its answer, as a table.

Theory of operation. An offer is *prepared*: connection points are reserved, one after the other, and the rewritten
offer goes on. Then it waits. An answer is *carried out*: connection points are configured and the rewritten answer goes
back; for some flows TLS is started last. What the steps are depends on who offers, on the application and on policy:
that is a plan, data, in ``plans.py``. This table knows only that a plan has steps, that a step is done or refused, and
what happens to a session that ends at any point: everybody is told once, and the gateway ends up empty.

Rules of this file: no SDP, no H.248, no clock; every pair of state and input is there.
"""

from enum import Enum, auto
from typing import NamedTuple


class SessionState(Enum):
    """Where a session stands."""

    IDLE = auto()
    PREPARING = auto()
    OFFERED = auto()
    ANSWERING = auto()
    ESTABLISHED = auto()
    RELEASING = auto()
    GONE = auto()


class SessionInput(Enum):
    """What can happen to a session."""

    OFFER = auto()
    STEP_DONE = auto()
    STEP_REFUSED = auto()
    SECURITY_REFUSED = auto()
    """The gateway cannot secure what is offered, but there are other m-lines."""
    PLAN_DONE = auto()
    ANSWER = auto()
    ANSWER_SENT = auto()
    """The offerer has its answer: from now on bye is the word for it, not a rejection."""
    REJECTED = auto()
    """The answerer says no."""
    OFFERER_BYE = auto()
    ANSWERER_BYE = auto()
    BEARER_LOST = auto()
    """The gateway indicates that the only bearer failed or ended."""
    ANSWER_WAIT_OVER = auto()
    GATEWAY_LOST = auto()
    RELEASED = auto()
    """Nothing of the session is left in the gateway."""


class SessionEffect(Enum):
    """What the engine does on a step."""

    PLAN_OFFER = auto()
    PLAN_ANSWER = auto()
    PLAN_WITHOUT_GATEWAY = auto()
    """Give back what is reserved, and go on with the other m-lines."""
    RUN_PLAN = auto()
    AWAIT_ANSWER = auto()
    REJECT_OFFERER = auto()
    BYE_OFFERER = auto()
    BYE_ANSWERER = auto()
    RELEASE = auto()
    """Subtract what is reserved, once nothing is outstanding any more."""
    FORGET_GATEWAY = auto()
    """The gateway is gone and its terminations with it."""
    FORGET = auto()


class SessionStep(NamedTuple):
    """What to do, and the state after it."""

    effects: tuple[SessionEffect, ...]
    state: SessionState


_S, _I, _E = SessionState, SessionInput, SessionEffect


def _end(*told: SessionEffect) -> SessionStep:
    return SessionStep((*told, _E.RELEASE), _S.RELEASING)


def _lost(*told: SessionEffect) -> SessionStep:
    return SessionStep((*told, _E.FORGET_GATEWAY, _E.FORGET), _S.GONE)


_STEPS: dict[SessionState, dict[SessionInput, SessionStep]] = {
    _S.IDLE: {
        _I.OFFER: SessionStep((_E.PLAN_OFFER, _E.RUN_PLAN), _S.PREPARING),
    },
    _S.PREPARING: {
        _I.STEP_DONE: SessionStep((_E.RUN_PLAN,), _S.PREPARING),
        _I.STEP_REFUSED: _end(_E.REJECT_OFFERER),
        _I.SECURITY_REFUSED: SessionStep((_E.PLAN_WITHOUT_GATEWAY, _E.RUN_PLAN), _S.PREPARING),
        _I.PLAN_DONE: SessionStep((_E.AWAIT_ANSWER,), _S.OFFERED),
        _I.OFFERER_BYE: _end(),
        _I.ANSWERER_BYE: _end(_E.REJECT_OFFERER),
        _I.BEARER_LOST: _end(_E.REJECT_OFFERER),
        _I.GATEWAY_LOST: _lost(_E.REJECT_OFFERER),
    },
    _S.OFFERED: {
        _I.ANSWER: SessionStep((_E.PLAN_ANSWER, _E.RUN_PLAN), _S.ANSWERING),
        _I.REJECTED: _end(_E.REJECT_OFFERER),
        _I.OFFERER_BYE: _end(_E.BYE_ANSWERER),
        _I.ANSWERER_BYE: _end(_E.REJECT_OFFERER),
        _I.BEARER_LOST: _end(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
        _I.ANSWER_WAIT_OVER: _end(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
        _I.GATEWAY_LOST: _lost(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
    },
    _S.ANSWERING: {
        _I.STEP_DONE: SessionStep((_E.RUN_PLAN,), _S.ANSWERING),
        _I.STEP_REFUSED: _end(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
        _I.SECURITY_REFUSED: _end(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
        _I.ANSWER_SENT: SessionStep((), _S.ESTABLISHED),
        _I.OFFERER_BYE: _end(_E.BYE_ANSWERER),
        _I.ANSWERER_BYE: _end(_E.REJECT_OFFERER),
        _I.BEARER_LOST: _end(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
        _I.GATEWAY_LOST: _lost(_E.REJECT_OFFERER, _E.BYE_ANSWERER),
    },
    _S.ESTABLISHED: {
        _I.STEP_DONE: SessionStep((_E.RUN_PLAN,), _S.ESTABLISHED),
        _I.STEP_REFUSED: _end(_E.BYE_OFFERER, _E.BYE_ANSWERER),
        _I.SECURITY_REFUSED: _end(_E.BYE_OFFERER, _E.BYE_ANSWERER),
        _I.OFFERER_BYE: _end(_E.BYE_ANSWERER),
        _I.ANSWERER_BYE: _end(_E.BYE_OFFERER),
        _I.BEARER_LOST: _end(_E.BYE_OFFERER, _E.BYE_ANSWERER),
        _I.GATEWAY_LOST: _lost(_E.BYE_OFFERER, _E.BYE_ANSWERER),
    },
    _S.RELEASING: {
        _I.STEP_DONE: SessionStep((_E.RELEASE,), _S.RELEASING),
        _I.STEP_REFUSED: SessionStep((_E.RELEASE,), _S.RELEASING),
        _I.SECURITY_REFUSED: SessionStep((_E.RELEASE,), _S.RELEASING),
        _I.RELEASED: SessionStep((_E.FORGET,), _S.GONE),
        _I.GATEWAY_LOST: _lost(),
    },
    _S.GONE: {},
}

SESSION: dict[tuple[SessionState, SessionInput], SessionStep] = {
    (state, what): _STEPS[state].get(what, SessionStep((), state)) for state in SessionState for what in SessionInput
}
"""Every pair of state and input; one that means nothing keeps its state and does nothing."""
