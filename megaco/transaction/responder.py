"""The responder's side of transactions: requests of peers, from their arrival until their replies may be forgotten."""

from collections import deque
from collections.abc import Callable, Hashable
from typing import Final

import msgspec

from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    Message,
    SegmentReply,
    ServiceChangeRequest,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
)

from . import segments
from .config import TransactionConfig
from .counters import Counters
from .events import Peer, RequestAborted, RequestReceived, TransactionEvent
from .lanes import Lane
from .outbox import Outbox, Parcel
from .ranges import is_within, merged
from .table import RESPONDER, Effect, ResponderInput, ResponderState
from .timers import Timers

_SEGMENTS_SINCE: Final = 3
"""Protocol version."""
_PENDINGS_EXCEEDED: Final = ErrorDescriptor(506, "Number of TransactionPendings Exceeded")
_INSUFFICIENT_RESOURCES: Final = 510
_RESERVE: Final = 10
"""One part in so many is kept for ServiceChange, beyond the limits of requests at once."""
_RESPONSE_TOO_LONG: Final = ErrorDescriptor(533, "Response exceeds maximum transport PDU size")

Sender = tuple[Hashable, object]
"""Whose TransactionIDs are unique: what of a peer stays when it connects anew, and its mId (Annex D.1.1)."""


class Received:
    """A request of a peer's."""

    __slots__ = (
        "encoding",
        "first_peer",
        "missing",
        "parcels",
        "peer",
        "pendings",
        "sender",
        "state",
        "transaction_id",
        "wait_s",
    )

    def __init__(self, peer: Peer, sender: Sender, transaction_id: int, encoding: str) -> None:
        self.peer = peer
        """Where it last came from, and so where what answers it goes (clause 7.2.8)."""
        self.first_peer = peer
        """Where it first came from, and so what the application knows it by."""
        self.sender = sender
        self.transaction_id = transaction_id
        self.encoding = encoding
        """Of the request, and so of what answers it."""
        self.state = ResponderState.EXECUTING
        self.pendings = 0
        self.parcels: tuple[Parcel, ...] = ()
        """The reply, or its segments."""
        self.missing: set[int] | None = None
        """Numbers of segments that nobody says have arrived."""
        self.wait_s = 0.0
        """Before segments are repeated next."""


class _Remembered:
    """The requests of one sender, by TransactionID; those acknowledged apart, for no acknowledgement is about them."""

    __slots__ = ("acknowledged", "requests")

    def __init__(self) -> None:
        self.requests: dict[int, Received] = {}
        self.acknowledged: dict[int, Received] | None = None

    def find(self, number: int) -> Received | None:
        """Return a request; None where it is not remembered."""
        found = self.requests.get(number)
        if found is None and self.acknowledged is not None:
            found = self.acknowledged.get(number)
        return found

    def acknowledge(self, received: Received) -> None:
        """Put an acknowledged request apart."""
        if self.acknowledged is None:
            self.acknowledged = {}
        self.acknowledged[received.transaction_id] = self.requests.pop(received.transaction_id)

    def forget(self, number: int) -> None:
        """Forget a request."""
        if self.requests.pop(number, None) is None and self.acknowledged is not None:
            del self.acknowledged[number]

    def is_empty(self) -> bool:
        """Tell whether nothing is remembered."""
        return not self.requests and not self.acknowledged


class Responder:
    """Executes its table for every request of peers."""

    def __init__(
        self,
        outbox: Outbox,
        events: deque[TransactionEvent],
        counters: Counters,
        origin: Callable[[Peer], Hashable],
    ) -> None:
        self._outbox = outbox
        self._events = events
        self._counters = counters
        self._origin = origin
        self._received: dict[Sender, _Remembered] = {}
        self._count = 0
        self._executing: dict[tuple[Peer, int], Received] = {}
        self._provisional: Lane[Received] = Lane(_is_executing)
        self._pending: Lane[Received] = Lane(_is_provisional)
        self._segments = Timers()
        """Of replies in segments: when those that have not arrived are sent again."""
        self._long_timers: Lane[Received] = Lane(_is_remembered)

    @property
    def _config(self) -> TransactionConfig:
        return self._outbox.config

    @property
    def remembered(self) -> int:
        """How many requests of peers are remembered, executing ones included."""
        return self._count

    @property
    def executing(self) -> int:
        """How many requests of peers have no reply yet."""
        return len(self._executing)

    def is_idle(self) -> bool:
        """Tell whether nothing is remembered."""
        return not self._received

    # --------------------------------------------------------------------------------------- from the application

    def reply(
        self,
        peer: Peer,
        transaction_id: int,
        actions: tuple[ActionReply, ...],
        now: float,
        error: ErrorDescriptor | None,
    ) -> None:
        """Answer a request; nothing where it was answered or given up."""
        received = self._executing.get((peer, transaction_id))
        if received is None:
            return
        wants_ack = received.state is ResponderState.PROVISIONAL
        reply = TransactionReply(transaction_id, actions, error, immediate_ack_required=wants_ack)
        parcels = self._written(reply, received)
        self._end_execution(received)
        is_cut = len(parcels) > 1
        received.parcels = parcels
        self._step(received, ResponderInput.LONG_REPLY_READY if is_cut else ResponderInput.REPLY_READY, now)

    def refuse(self, peer: Peer, transaction_id: int, error: ErrorDescriptor) -> None:
        """Answer a request with an error and remember nothing."""
        received = self._executing.get((peer, transaction_id))
        if received is not None:
            self._counters.requests_refused += 1
            self._end_execution(received)
            received.state = ResponderState.FORGOTTEN
            self._forget(received)
            self._refuse(transaction_id, error, received.peer, received.encoding)

    # ------------------------------------------------------------------------------------------------ from peers

    def take_request(
        self, request: TransactionRequest, message: Message, peer: Peer, encoding: str, now: float
    ) -> None:
        """Take a request: hand it up to be executed, or answer it as it was answered before."""
        number = request.transaction_id
        sender: Sender = (self._origin(peer), message.mid)
        remembered = self._received.get(sender)
        known = remembered.find(number) if remembered is not None else None
        if known is not None:
            self._counters.requests_received_again += 1
            known.peer = peer
            self._step(known, ResponderInput.REQUEST_AGAIN, now)
            return
        config = self._config
        if self._is_full(request):
            self._counters.requests_refused += 1
            error = ErrorDescriptor(_INSUFFICIENT_RESOURCES, "Insufficient resources: too many transactions at once")
            self._refuse(number, error, peer, encoding)
            return
        if (peer, number) in self._executing:
            return  # of another MG behind the same address: its repeat is taken once this one is done
        received = Received(peer, sender, number, encoding)
        if remembered is None:
            remembered = self._received[sender] = _Remembered()
        remembered.requests[number] = received
        self._count += 1
        self._executing[peer, number] = received
        self._provisional.add(now + config.provisional_s, received)
        self._counters.requests_received += 1
        self._events.append(RequestReceived(peer, message.mid, message.version, request, encoding))

    def _is_full(self, request: TransactionRequest) -> bool:
        """Tell whether a request is one too many; a registration is taken a little longer, so that nobody is shut out.

        Else one gateway with too much to say would keep the others from their controller.
        """
        config = self._config
        most, executing = config.max_received, config.most_executing
        if _is_service_change(request):
            most, executing = most + most // _RESERVE, executing + executing // _RESERVE
        return self._count >= most or len(self._executing) >= executing

    def take_acks(self, acks: tuple[TransactionAck, ...], message: Message, peer: Peer, now: float) -> None:
        """Walk the shorter: what is remembered of the peer, or the ranges, which may span four thousand million ids."""
        remembered = self._received.get((self._origin(peer), message.mid))
        if remembered is None:
            return
        ranges, requests = merged(acks), remembered.requests
        if sum(last - first + 1 for first, last in ranges) < len(requests):
            numbers = [number for first, last in ranges for number in range(first, last + 1) if number in requests]
        else:
            numbers = [number for number in requests if is_within(number, ranges)]
        for number in numbers:
            self._step(requests[number], ResponderInput.ACKNOWLEDGED, now)

    def take_segment_reply(self, segment: SegmentReply, message: Message, peer: Peer, now: float) -> None:
        """Take notice that a segment of a reply has arrived."""
        remembered = self._received.get((self._origin(peer), message.mid))
        received = None if remembered is None else remembered.requests.get(segment.transaction_id)
        if received is None or received.missing is None:
            self._counters.replies_unasked += 1
            return
        received.missing.discard(segment.segment_number)
        if not received.missing:
            self._step(received, ResponderInput.SEGMENTS_ARRIVED, now)

    # -------------------------------------------------------------------------------------------------- the clock

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        for received in self._provisional.due(now):
            self._pend(received, now)
        for received in self._pending.due(now):
            self._pend(received, now)
            if _is_provisional(received):
                self._pending.add(now + self._config.execution_s, received)
        for received in self._long_timers.due(now):
            self._step(received, ResponderInput.LONG_TIMER_OVER, now)
        for segmented in self._segments.due(now):
            assert isinstance(segmented, Received)
            self._step(segmented, ResponderInput.REPEAT_DUE, now)
            self._arm_segments(segmented, now)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        earliest: float | None = None
        for timers in (self._provisional, self._pending, self._segments, self._long_timers):
            deadline = timers.next_deadline()
            if deadline is not None and (earliest is None or deadline < earliest):
                earliest = deadline
        return earliest

    def _pend(self, received: Received, now: float) -> None:
        used_up = received.pendings >= self._config.most_pendings
        self._step(received, ResponderInput.PENDINGS_USED_UP if used_up else ResponderInput.PROVISIONAL_DUE, now)

    # -------------------------------------------------------------------------------------------------- the table

    def _step(self, received: Received, what: ResponderInput, now: float) -> None:
        step = RESPONDER[received.state, what]
        is_first_pending = step.state is ResponderState.PROVISIONAL and received.state is ResponderState.EXECUTING
        received.state = step.state
        for effect in step.effects:
            self._perform(effect, received, now)
        if is_first_pending:
            self._pending.add(now + self._config.execution_s, received)
        if step.state is ResponderState.FORGOTTEN:
            self._forget(received)

    def _perform(self, effect: Effect, received: Received, now: float) -> None:
        match effect:
            case Effect.SEND_PENDING:
                received.pendings += 1
                self._send_pending(received)
            case Effect.REPEAT_PENDING:
                self._send_pending(received)
            case Effect.SEND_REPLY | Effect.SEND_REPLY_WANTING_ACK:
                self._send_reply(received, now)
            case Effect.SEND_SEGMENTS:
                received.missing = set(range(1, len(received.parcels) + 1))
                received.wait_s = self._config.first_repeat_s
                self._send_reply(received, now)
                self._arm_segments(received, now)
            case Effect.GIVE_UP:
                self._give_up(received, now)
            case Effect.REPEAT_REPLY:
                self._counters.replies_repeated += 1
                self._put(received, received.parcels)
            case Effect.REPEAT_SEGMENTS:
                missing = received.missing or ()
                self._counters.replies_repeated += 1
                self._put(received, tuple(received.parcels[number - 1] for number in sorted(missing)))
            case Effect.DROP_REPLY:
                received.parcels, received.missing = (), None
                self._received[received.sender].acknowledge(received)

    def _send_pending(self, received: Received) -> None:
        self._counters.pendings_sent += 1
        self._outbox.send(TransactionPending(received.transaction_id), received.peer, received.encoding)

    def _send_reply(self, received: Received, now: float) -> None:
        self._counters.replies_sent += 1
        self._put(received, received.parcels)
        self._long_timers.add(now + self._config.long_timer_s, received)

    def _give_up(self, received: Received, now: float) -> None:
        self._counters.requests_aborted += 1
        reply = TransactionReply(received.transaction_id, error=_PENDINGS_EXCEEDED, immediate_ack_required=True)
        received.parcels = (self._outbox.pack(reply, received.peer, received.encoding),)
        self._end_execution(received)
        self._send_reply(received, now)
        self._events.append(RequestAborted(received.first_peer, received.transaction_id))

    def _put(self, received: Received, parcels: tuple[Parcel, ...]) -> None:
        if received.missing is not None:
            self._counters.segments_sent += len(parcels)
        for parcel in parcels:
            self._outbox.put(received.peer, parcel)

    def _arm_segments(self, received: Received, now: float) -> None:
        if received.state is ResponderState.SEGMENTED:
            is_reliable = self._outbox.link(received.peer).is_reliable
            self._segments.set(received, now + (self._config.reliable_repeat_s if is_reliable else received.wait_s))
            received.wait_s = min(received.wait_s * 2, self._config.longest_repeat_s)

    def _end_execution(self, received: Received) -> None:
        del self._executing[received.first_peer, received.transaction_id]

    def _forget(self, received: Received) -> None:
        self._segments.cancel(received)
        remembered = self._received[received.sender]
        remembered.forget(received.transaction_id)
        self._count -= 1
        if remembered.is_empty():
            del self._received[received.sender]

    # ----------------------------------------------------------------------------------------------------- octets

    def _refuse(self, transaction_id: int, error: ErrorDescriptor, peer: Peer, encoding: str) -> None:
        self._outbox.send(TransactionReply(transaction_id, error=error), peer, encoding)

    def _written(self, reply: TransactionReply, received: Received) -> tuple[Parcel, ...]:
        """Write a reply, in segments where it is too long; what cannot be sent at all becomes an error that can."""
        parcel = self._outbox.pack(reply, received.peer, received.encoding)
        if self._outbox.excess(received.peer, parcel) <= 0:
            return (parcel,)
        if self._config.segments and self._outbox.version_to(received.peer) >= _SEGMENTS_SINCE:
            pieces = segments.cut(reply, lambda piece: self._fits(piece, received), self._config.most_segments)
            if pieces:
                return tuple(self._outbox.pack(piece, received.peer, received.encoding) for piece in pieces)
        too_long = msgspec.structs.replace(reply, actions=(), error=_RESPONSE_TOO_LONG)
        return (self._outbox.pack(too_long, received.peer, received.encoding),)

    def _fits(self, piece: TransactionReply, received: Received) -> bool:
        return self._outbox.excess(received.peer, self._outbox.pack(piece, received.peer, received.encoding)) <= 0


def _is_service_change(request: TransactionRequest) -> bool:
    actions = request.actions
    return bool(actions and actions[0].commands) and isinstance(actions[0].commands[0].command, ServiceChangeRequest)


def _is_open(received: Received) -> bool:
    return received.state is ResponderState.EXECUTING or received.state is ResponderState.PROVISIONAL


def _is_executing(received: Received) -> bool:
    return received.state is ResponderState.EXECUTING


def _is_provisional(received: Received) -> bool:
    return received.state is ResponderState.PROVISIONAL


def _is_remembered(received: Received) -> bool:
    return not _is_open(received) and received.state is not ResponderState.FORGOTTEN
