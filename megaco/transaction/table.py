"""The two machines of a transaction, as tables: requester and responder (H.248.1 clause 8.2, Annex D.1).

Theory of operation. UDP loses, repeats and reorders. The requester repeats its request until something comes back; a
TransactionPending calms it. The responder executes a request once: it remembers each reply, octet by octet, for
LONG-TIMER, and answers a repeated request from that memory. A reply that follows a TransactionPending asks for an
acknowledgement, for the requester repeats rarely by then. After an acknowledgement only the id is remembered, so that a
request that was long under way is still not executed again.

A request about a termination that another request is about waits for its turn (clause 9.1). A reply too long for one
message comes in segments (version 3): each is answered with a SegmentReply, those that are not come again, and the
requester delivers them as the one reply that they are. Whoever has said TransactionPending too often gives up with 506.

Rules of this file: no clock, no octets, no names of peers; every pair of state and input stands in its table, and a
pair that means nothing says so (IGNORE).
"""

from enum import Enum, auto
from typing import Generic, NamedTuple, TypeVar


class RequesterState(Enum):
    """Where a request stands that we made."""

    HELD_BACK = auto()
    """Others about the same terminations come first."""
    SENT = auto()
    PENDING = auto()
    """The far end says that it works on it."""
    COLLECTING = auto()
    """Some segments of the reply are here."""
    ANSWERED = auto()
    """Kept for LONG-TIMER, for replies that come again."""
    FORGOTTEN = auto()


class RequesterInput(Enum):
    """What can happen to a request that we made."""

    SUBMITTED = auto()
    """Its turn has come: at once, or once those before it are done."""
    REPLY = auto()
    """A whole reply; or the last segment that was missing."""
    REPLY_WANTS_ACK = auto()
    SEGMENT = auto()
    PENDING = auto()
    TOO_MANY_PENDINGS = auto()
    REPEAT_DUE = auto()
    SEGMENTS_DUE = auto()
    LIFETIME_OVER = auto()
    """T-MAX."""
    CANCELLED = auto()
    PEER_GONE = auto()
    LONG_TIMER_OVER = auto()


class ResponderState(Enum):
    """Where a request stands that we received."""

    EXECUTING = auto()
    PROVISIONAL = auto()
    """Executing, and the far end was told so."""
    REPLIED = auto()
    SEGMENTED = auto()
    """Replied in segments, not all of which have arrived."""
    ACKNOWLEDGED = auto()
    FORGOTTEN = auto()


class ResponderInput(Enum):
    """What can happen to a request that we received."""

    REQUEST_AGAIN = auto()
    REPLY_READY = auto()
    LONG_REPLY_READY = auto()
    """In segments."""
    PROVISIONAL_DUE = auto()
    PENDINGS_USED_UP = auto()
    ACKNOWLEDGED = auto()
    SEGMENTS_ARRIVED = auto()
    REPEAT_DUE = auto()
    """Of segments that nobody says have arrived."""
    LONG_TIMER_OVER = auto()


class Effect(Enum):
    """What the engine does on a step."""

    SEND_REQUEST = auto()
    REPEAT_REQUEST = auto()
    WAIT_LONGER = auto()
    """Repeat from now on at the far end's pace."""
    COLLECT = auto()
    """Say that the segment is here and put it to the others."""
    SAY_SEGMENT_ARRIVED = auto()
    DELIVER = auto()
    SEND_ACK = auto()
    """At once: the far end waits for it."""
    NOTE_ACK = auto()
    """With the next message, where replies are acknowledged unasked."""
    FAIL_NO_REPLY = auto()
    FAIL_NOT_SENT = auto()
    FAIL_PENDINGS = auto()
    FAIL_SEGMENTS = auto()
    FAIL_PEER_GONE = auto()

    SEND_PENDING = auto()
    """One of those that may be said."""
    REPEAT_PENDING = auto()
    """To a repeated request, which says that the one before was lost: it does not count."""
    SEND_REPLY = auto()
    """Encode and send the reply, and remember its octets."""
    SEND_REPLY_WANTING_ACK = auto()
    SEND_SEGMENTS = auto()
    GIVE_UP = auto()
    """Reply 506 and tell the application that nobody waits any more."""
    REPEAT_REPLY = auto()
    REPEAT_SEGMENTS = auto()
    """Those that nobody says have arrived."""
    DROP_REPLY = auto()
    """Forget the octets, remember the id."""


State = TypeVar("State", RequesterState, ResponderState)


class Step(NamedTuple, Generic[State]):
    """What to do, and the state after it; an empty ``effects`` with an unchanged state is IGNORE."""

    effects: tuple[Effect, ...]
    state: State


_Q, _QI = RequesterState, RequesterInput
_P, _PI = ResponderState, ResponderInput
_E = Effect

REQUESTER: dict[tuple[RequesterState, RequesterInput], Step[RequesterState]] = {
    (_Q.HELD_BACK, _QI.SUBMITTED): Step((_E.SEND_REQUEST,), _Q.SENT),
    (_Q.HELD_BACK, _QI.REPLY): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.REPLY_WANTS_ACK): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.SEGMENT): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.PENDING): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.TOO_MANY_PENDINGS): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.REPEAT_DUE): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.SEGMENTS_DUE): Step((), _Q.HELD_BACK),
    (_Q.HELD_BACK, _QI.LIFETIME_OVER): Step((_E.FAIL_NOT_SENT,), _Q.FORGOTTEN),
    (_Q.HELD_BACK, _QI.CANCELLED): Step((), _Q.FORGOTTEN),
    (_Q.HELD_BACK, _QI.PEER_GONE): Step((_E.FAIL_PEER_GONE,), _Q.FORGOTTEN),
    (_Q.HELD_BACK, _QI.LONG_TIMER_OVER): Step((), _Q.HELD_BACK),
    (_Q.SENT, _QI.SUBMITTED): Step((), _Q.SENT),
    (_Q.SENT, _QI.REPLY): Step((_E.DELIVER, _E.NOTE_ACK), _Q.ANSWERED),
    (_Q.SENT, _QI.REPLY_WANTS_ACK): Step((_E.DELIVER, _E.SEND_ACK), _Q.ANSWERED),
    (_Q.SENT, _QI.SEGMENT): Step((_E.WAIT_LONGER, _E.COLLECT), _Q.COLLECTING),
    (_Q.SENT, _QI.PENDING): Step((_E.WAIT_LONGER,), _Q.PENDING),
    (_Q.SENT, _QI.TOO_MANY_PENDINGS): Step((_E.FAIL_PENDINGS,), _Q.FORGOTTEN),
    (_Q.SENT, _QI.REPEAT_DUE): Step((_E.REPEAT_REQUEST,), _Q.SENT),
    (_Q.SENT, _QI.SEGMENTS_DUE): Step((), _Q.SENT),
    (_Q.SENT, _QI.LIFETIME_OVER): Step((_E.FAIL_NO_REPLY,), _Q.FORGOTTEN),
    (_Q.SENT, _QI.CANCELLED): Step((), _Q.FORGOTTEN),
    (_Q.SENT, _QI.PEER_GONE): Step((_E.FAIL_PEER_GONE,), _Q.FORGOTTEN),
    (_Q.SENT, _QI.LONG_TIMER_OVER): Step((), _Q.SENT),
    (_Q.PENDING, _QI.SUBMITTED): Step((), _Q.PENDING),
    (_Q.PENDING, _QI.REPLY): Step((_E.DELIVER, _E.NOTE_ACK), _Q.ANSWERED),
    (_Q.PENDING, _QI.REPLY_WANTS_ACK): Step((_E.DELIVER, _E.SEND_ACK), _Q.ANSWERED),
    (_Q.PENDING, _QI.SEGMENT): Step((_E.WAIT_LONGER, _E.COLLECT), _Q.COLLECTING),
    (_Q.PENDING, _QI.PENDING): Step((_E.WAIT_LONGER,), _Q.PENDING),
    (_Q.PENDING, _QI.TOO_MANY_PENDINGS): Step((_E.FAIL_PENDINGS,), _Q.FORGOTTEN),
    (_Q.PENDING, _QI.REPEAT_DUE): Step((_E.REPEAT_REQUEST,), _Q.PENDING),
    (_Q.PENDING, _QI.SEGMENTS_DUE): Step((), _Q.PENDING),
    (_Q.PENDING, _QI.LIFETIME_OVER): Step((_E.FAIL_NO_REPLY,), _Q.FORGOTTEN),
    (_Q.PENDING, _QI.CANCELLED): Step((), _Q.FORGOTTEN),
    (_Q.PENDING, _QI.PEER_GONE): Step((_E.FAIL_PEER_GONE,), _Q.FORGOTTEN),
    (_Q.PENDING, _QI.LONG_TIMER_OVER): Step((), _Q.PENDING),
    (_Q.COLLECTING, _QI.SUBMITTED): Step((), _Q.COLLECTING),
    (_Q.COLLECTING, _QI.REPLY): Step((_E.DELIVER, _E.NOTE_ACK), _Q.ANSWERED),
    (_Q.COLLECTING, _QI.REPLY_WANTS_ACK): Step((_E.DELIVER, _E.SEND_ACK), _Q.ANSWERED),
    (_Q.COLLECTING, _QI.SEGMENT): Step((_E.COLLECT,), _Q.COLLECTING),
    (_Q.COLLECTING, _QI.PENDING): Step((), _Q.COLLECTING),
    (_Q.COLLECTING, _QI.TOO_MANY_PENDINGS): Step((), _Q.COLLECTING),
    (_Q.COLLECTING, _QI.REPEAT_DUE): Step((_E.REPEAT_REQUEST,), _Q.COLLECTING),
    (_Q.COLLECTING, _QI.SEGMENTS_DUE): Step((_E.FAIL_SEGMENTS,), _Q.FORGOTTEN),
    (_Q.COLLECTING, _QI.LIFETIME_OVER): Step((_E.FAIL_SEGMENTS,), _Q.FORGOTTEN),
    (_Q.COLLECTING, _QI.CANCELLED): Step((), _Q.FORGOTTEN),
    (_Q.COLLECTING, _QI.PEER_GONE): Step((_E.FAIL_PEER_GONE,), _Q.FORGOTTEN),
    (_Q.COLLECTING, _QI.LONG_TIMER_OVER): Step((), _Q.COLLECTING),
    (_Q.ANSWERED, _QI.SUBMITTED): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.REPLY): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.REPLY_WANTS_ACK): Step((_E.SEND_ACK,), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.SEGMENT): Step((_E.SAY_SEGMENT_ARRIVED,), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.PENDING): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.TOO_MANY_PENDINGS): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.REPEAT_DUE): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.SEGMENTS_DUE): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.LIFETIME_OVER): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.CANCELLED): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.PEER_GONE): Step((), _Q.ANSWERED),
    (_Q.ANSWERED, _QI.LONG_TIMER_OVER): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.SUBMITTED): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.REPLY): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.REPLY_WANTS_ACK): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.SEGMENT): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.PENDING): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.TOO_MANY_PENDINGS): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.REPEAT_DUE): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.SEGMENTS_DUE): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.LIFETIME_OVER): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.CANCELLED): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.PEER_GONE): Step((), _Q.FORGOTTEN),
    (_Q.FORGOTTEN, _QI.LONG_TIMER_OVER): Step((), _Q.FORGOTTEN),
}

RESPONDER: dict[tuple[ResponderState, ResponderInput], Step[ResponderState]] = {
    (_P.EXECUTING, _PI.REQUEST_AGAIN): Step((_E.SEND_PENDING,), _P.PROVISIONAL),
    (_P.EXECUTING, _PI.REPLY_READY): Step((_E.SEND_REPLY,), _P.REPLIED),
    (_P.EXECUTING, _PI.LONG_REPLY_READY): Step((_E.SEND_SEGMENTS,), _P.SEGMENTED),
    (_P.EXECUTING, _PI.PROVISIONAL_DUE): Step((_E.SEND_PENDING,), _P.PROVISIONAL),
    (_P.EXECUTING, _PI.PENDINGS_USED_UP): Step((_E.GIVE_UP,), _P.REPLIED),
    (_P.EXECUTING, _PI.ACKNOWLEDGED): Step((), _P.EXECUTING),
    (_P.EXECUTING, _PI.SEGMENTS_ARRIVED): Step((), _P.EXECUTING),
    (_P.EXECUTING, _PI.REPEAT_DUE): Step((), _P.EXECUTING),
    (_P.EXECUTING, _PI.LONG_TIMER_OVER): Step((), _P.EXECUTING),
    (_P.PROVISIONAL, _PI.REQUEST_AGAIN): Step((_E.REPEAT_PENDING,), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.REPLY_READY): Step((_E.SEND_REPLY_WANTING_ACK,), _P.REPLIED),
    (_P.PROVISIONAL, _PI.LONG_REPLY_READY): Step((_E.SEND_SEGMENTS,), _P.SEGMENTED),
    (_P.PROVISIONAL, _PI.PROVISIONAL_DUE): Step((_E.SEND_PENDING,), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.PENDINGS_USED_UP): Step((_E.GIVE_UP,), _P.REPLIED),
    (_P.PROVISIONAL, _PI.ACKNOWLEDGED): Step((), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.SEGMENTS_ARRIVED): Step((), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.REPEAT_DUE): Step((), _P.PROVISIONAL),
    (_P.PROVISIONAL, _PI.LONG_TIMER_OVER): Step((), _P.PROVISIONAL),
    (_P.REPLIED, _PI.REQUEST_AGAIN): Step((_E.REPEAT_REPLY,), _P.REPLIED),
    (_P.REPLIED, _PI.REPLY_READY): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.LONG_REPLY_READY): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.PROVISIONAL_DUE): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.PENDINGS_USED_UP): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.ACKNOWLEDGED): Step((_E.DROP_REPLY,), _P.ACKNOWLEDGED),
    (_P.REPLIED, _PI.SEGMENTS_ARRIVED): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.REPEAT_DUE): Step((), _P.REPLIED),
    (_P.REPLIED, _PI.LONG_TIMER_OVER): Step((), _P.FORGOTTEN),
    (_P.SEGMENTED, _PI.REQUEST_AGAIN): Step((_E.REPEAT_SEGMENTS,), _P.SEGMENTED),
    (_P.SEGMENTED, _PI.REPLY_READY): Step((), _P.SEGMENTED),
    (_P.SEGMENTED, _PI.LONG_REPLY_READY): Step((), _P.SEGMENTED),
    (_P.SEGMENTED, _PI.PROVISIONAL_DUE): Step((), _P.SEGMENTED),
    (_P.SEGMENTED, _PI.PENDINGS_USED_UP): Step((), _P.SEGMENTED),
    (_P.SEGMENTED, _PI.ACKNOWLEDGED): Step((_E.DROP_REPLY,), _P.ACKNOWLEDGED),
    (_P.SEGMENTED, _PI.SEGMENTS_ARRIVED): Step((), _P.REPLIED),
    (_P.SEGMENTED, _PI.REPEAT_DUE): Step((_E.REPEAT_SEGMENTS,), _P.SEGMENTED),
    (_P.SEGMENTED, _PI.LONG_TIMER_OVER): Step((), _P.FORGOTTEN),
    (_P.ACKNOWLEDGED, _PI.REQUEST_AGAIN): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.REPLY_READY): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.LONG_REPLY_READY): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.PROVISIONAL_DUE): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.PENDINGS_USED_UP): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.ACKNOWLEDGED): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.SEGMENTS_ARRIVED): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.REPEAT_DUE): Step((), _P.ACKNOWLEDGED),
    (_P.ACKNOWLEDGED, _PI.LONG_TIMER_OVER): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.REQUEST_AGAIN): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.REPLY_READY): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.LONG_REPLY_READY): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.PROVISIONAL_DUE): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.PENDINGS_USED_UP): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.ACKNOWLEDGED): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.SEGMENTS_ARRIVED): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.REPEAT_DUE): Step((), _P.FORGOTTEN),
    (_P.FORGOTTEN, _PI.LONG_TIMER_OVER): Step((), _P.FORGOTTEN),
}
