"""The two machines of a transaction, as tables: requester and responder (H.248.1 clause 8.2, Annex D.1).

Theory of operation. UDP loses, repeats and reorders. The requester repeats its request until something comes back; a
TransactionPending calms it. The responder executes a request once: it remembers each reply, octet by octet, for
LONG-TIMER, and answers a repeated request from that memory. A reply that follows a TransactionPending asks for an
acknowledgement, for the requester repeats rarely by then. After an acknowledgement only the id is remembered, so that a
request that was long under way is still not executed again.

Rules of this file: no clock, no octets, no names of peers; every pair of state and input stands in its table, and a
pair that means nothing says so (IGNORE).
"""

from enum import Enum, auto
from typing import Generic, NamedTuple, TypeVar


class RequesterState(Enum):
    """Where a request stands that we sent."""

    SENT = auto()
    PENDING = auto()
    """The far end says that it works on it."""
    ANSWERED = auto()
    """Kept for LONG-TIMER, for replies that come again."""
    FORGOTTEN = auto()


class RequesterInput(Enum):
    """What can happen to a request that we sent."""

    REPLY = auto()
    REPLY_WANTS_ACK = auto()
    PENDING = auto()
    REPEAT_DUE = auto()
    LIFETIME_OVER = auto()


class ResponderState(Enum):
    """Where a request stands that we received."""

    EXECUTING = auto()
    PROVISIONAL = auto()
    """Executing, and the far end was told so."""
    REPLIED = auto()
    ACKNOWLEDGED = auto()
    FORGOTTEN = auto()


class ResponderInput(Enum):
    """What can happen to a request that we received."""

    REQUEST_AGAIN = auto()
    REPLY_READY = auto()
    PROVISIONAL_DUE = auto()
    ACKNOWLEDGED = auto()
    LIFETIME_OVER = auto()


class Effect(Enum):
    """What the engine does on a step."""

    SEND_REQUEST = auto()
    WAIT_LONGER = auto()
    """Repeat from now on at the far end's pace."""
    DELIVER = auto()
    SEND_ACK = auto()
    FAIL = auto()
    SEND_PENDING = auto()
    SEND_REPLY = auto()
    """Encode and send the reply, and remember its octets."""
    SEND_REPLY_WANTING_ACK = auto()
    REPEAT_REPLY = auto()
    DROP_REPLY = auto()
    """Forget the octets, remember the id."""


State = TypeVar("State", RequesterState, ResponderState)


class Step(NamedTuple, Generic[State]):
    """What to do, and the state after it; an empty ``effects`` with an unchanged state is IGNORE."""

    effects: tuple[Effect, ...]
    state: State


_Q, _QI = RequesterState, RequesterInput
_P, _PI = ResponderState, ResponderInput

REQUESTER: dict[tuple[RequesterState, RequesterInput], Step[RequesterState]] = {
    (_Q.SENT, _QI.REPLY): Step((Effect.DELIVER,), _Q.ANSWERED),
    (_Q.SENT, _QI.REPLY_WANTS_ACK): Step((Effect.DELIVER, Effect.SEND_ACK), _Q.ANSWERED),
    (_Q.SENT, _QI.PENDING): Step((Effect.WAIT_LONGER,), _Q.PENDING),
    (_Q.SENT, _QI.REPEAT_DUE): Step((Effect.SEND_REQUEST,), _Q.SENT),
    (_Q.SENT, _QI.LIFETIME_OVER): Step((Effect.FAIL,), _Q.FORGOTTEN),
    (_Q.PENDING, _QI.REPLY): Step((Effect.DELIVER,), _Q.ANSWERED),
    (_Q.PENDING, _QI.REPLY_WANTS_ACK): Step((Effect.DELIVER, Effect.SEND_ACK), _Q.ANSWERED),
    (_Q.PENDING, _QI.PENDING): Step((Effect.WAIT_LONGER,), _Q.PENDING),
    (_Q.PENDING, _QI.REPEAT_DUE): Step((Effect.SEND_REQUEST,), _Q.PENDING),
    (_Q.PENDING, _QI.LIFETIME_OVER): Step((Effect.FAIL,), _Q.FORGOTTEN),
    (_Q.ANSWERED, _QI.REPLY): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.REPLY_WANTS_ACK): Step((Effect.SEND_ACK,), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.PENDING): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.REPEAT_DUE): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.LIFETIME_OVER): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.REPLY): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.REPLY_WANTS_ACK): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.PENDING): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.REPEAT_DUE): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.LIFETIME_OVER): Step((), _Q.FORGOTTEN),
}

RESPONDER: dict[tuple[ResponderState, ResponderInput], Step[ResponderState]] = {
    (_P.EXECUTING, _PI.REQUEST_AGAIN): Step((Effect.SEND_PENDING,), _P.PROVISIONAL),
    (_P.EXECUTING, _PI.REPLY_READY): Step((Effect.SEND_REPLY,), _P.REPLIED),
    (_P.EXECUTING, _PI.PROVISIONAL_DUE): Step((Effect.SEND_PENDING,), _P.PROVISIONAL),
    (_P.EXECUTING, _PI.ACKNOWLEDGED): Step((), _P.EXECUTING),
    (_P.EXECUTING, _PI.LIFETIME_OVER): Step((), _P.FORGOTTEN),
    (_P.PROVISIONAL, _PI.REQUEST_AGAIN): Step((Effect.SEND_PENDING,), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.REPLY_READY): Step((Effect.SEND_REPLY_WANTING_ACK,), _P.REPLIED),
    (_P.PROVISIONAL, _PI.PROVISIONAL_DUE): Step((), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.ACKNOWLEDGED): Step((), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.LIFETIME_OVER): Step((), _P.FORGOTTEN),
    (_P.REPLIED, _PI.REQUEST_AGAIN): Step((Effect.REPEAT_REPLY,), _P.REPLIED),
    (_P.REPLIED, _PI.REPLY_READY): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.PROVISIONAL_DUE): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.ACKNOWLEDGED): Step((Effect.DROP_REPLY,), _P.ACKNOWLEDGED),
    (_P.REPLIED, _PI.LIFETIME_OVER): Step((), _P.FORGOTTEN),
    (_P.ACKNOWLEDGED, _PI.REQUEST_AGAIN): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.REPLY_READY): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.PROVISIONAL_DUE): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.ACKNOWLEDGED): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.LIFETIME_OVER): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.REQUEST_AGAIN): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.REPLY_READY): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.PROVISIONAL_DUE): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.ACKNOWLEDGED): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.LIFETIME_OVER): Step((), _P.FORGOTTEN),
}
