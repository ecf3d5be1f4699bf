"""The requester's side of transactions: requests of ours, from ``submit`` to their replies."""

import heapq
from collections import deque
from collections.abc import Callable, Hashable
from typing import Final

from megaco.errors import LocalError
from megaco.message import (
    ActionRequest,
    MessageIdentifier,
    SegmentReply,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
)

from . import segments
from .config import TransactionConfig
from .counters import Counters
from .events import Failure, Peer, ReplyReceived, RequestFailed, TransactionEvent
from .identifiers import TransactionIds
from .lanes import Lane
from .order import Order, Ordered
from .outbox import Outbox, Parcel
from .table import REQUESTER, Effect, RequesterInput, RequesterState

_FAILURES: Final = {
    Effect.FAIL_NO_REPLY: Failure.NO_REPLY,
    Effect.FAIL_NOT_SENT: Failure.NOT_SENT,
    Effect.FAIL_PENDINGS: Failure.PENDINGS,
    Effect.FAIL_SEGMENTS: Failure.SEGMENTS,
    Effect.FAIL_PEER_GONE: Failure.PEER_GONE,
}
_NEVER: Final = float("inf")
_NOTHING: Final = Parcel(b"", 0, "")


class Requested(Ordered):
    """A request of ours."""

    __slots__ = (
        "origin",
        "parcel",
        "peer",
        "pendings",
        "repeat_at",
        "repeats",
        "segments",
        "segments_due",
        "sent_at",
        "state",
        "submitted_at",
        "transaction_id",
    )

    def __init__(self, peer: Peer, origin: Hashable, transaction_id: int, parcel: Parcel, now: float) -> None:
        super().__init__()
        self.peer = peer
        self.origin = origin
        """What of the peer a reply has to come from."""
        self.transaction_id = transaction_id
        self.parcel = parcel
        self.submitted_at = now
        self.sent_at = now
        self.state = RequesterState.HELD_BACK
        self.repeats = 0
        self.repeat_at = _NEVER
        self.pendings = 0
        self.segments: dict[int, TransactionReply] | None = None
        self.segments_due = _NEVER
        """When those that are missing have to be here."""


class Requester:
    """Executes its table for every request of ours."""

    def __init__(
        self,
        identifiers: TransactionIds,
        outbox: Outbox,
        events: deque[TransactionEvent],
        counters: Counters,
        jitter: Callable[[], float],
        origin: Callable[[Peer], Hashable],
    ) -> None:
        self._identifiers = identifiers
        self._outbox = outbox
        self._events = events
        self._counters = counters
        self._jitter = jitter
        self._origin = origin
        self._requests: dict[int, Requested] = {}
        self._outstanding = 0
        self._held = 0
        """Segments of replies that are not whole yet."""
        self._order: Order[Requested] = Order()
        self._count = 0
        self._repeats: list[tuple[float, int, Requested]] = []
        """Heap; an entry holds as long as it names the time that its request is to be repeated at."""
        self._lifetimes: Lane[Requested] = Lane(_is_outstanding)
        self._long_timers: Lane[Requested] = Lane(_is_answered)
        self._segment_timers: Lane[tuple[Requested, float]] = Lane(_are_segments_missing)

    @property
    def _config(self) -> TransactionConfig:
        return self._outbox.config

    @property
    def outstanding(self) -> int:
        """How many requests have no reply yet."""
        return self._outstanding

    def is_idle(self) -> bool:
        """Tell whether nothing is remembered."""
        return not self._requests and self._order.is_empty()

    # --------------------------------------------------------------------------------------- from the application

    def submit(self, peer: Peer, actions: tuple[ActionRequest, ...], now: float) -> int:
        """Send a request, or hold it back until its turn; return its TransactionID. Raises LocalError."""
        if self._outstanding >= self._config.max_sent:
            raise LocalError(f"{self._outstanding} requests are without reply (max_sent)")
        self._outbox.terms_of(peer)
        number = self._identifiers.next(now)
        parcel = self._outbox.pack(TransactionRequest(number, actions), peer, self._outbox.encoding_to(peer))
        excess = self._outbox.excess(peer, parcel)
        if excess > 0:
            raise LocalError(f"the request is {excess} octets longer than the transport carries")
        request = Requested(peer, self._origin(peer), number, parcel, now)
        self._requests[number] = request
        self._outstanding += 1
        self._counters.requests_sent += 1
        self._lifetimes.add(now + self._config.lifetime_s, request)
        if not self._config.keeps_order or self._order.join(request, peer, actions):
            self._step(request, RequesterInput.SUBMITTED, now)
        else:
            self._counters.requests_held_back += 1
        return number

    def cancel(self, transaction_id: int, now: float) -> None:
        """Give up a request: it is not repeated, its reply is not told of."""
        request = self._requests.get(transaction_id)
        if request is not None and _is_outstanding(request):
            self._counters.requests_cancelled += 1
            self._step(request, RequesterInput.CANCELLED, now)

    def abandon(self, peer: Peer, now: float) -> None:
        """Fail every request to a peer that has gone."""
        theirs = [one for one in self._requests.values() if one.peer == peer]
        for request in sorted(theirs, key=_was_sent):  # those held back go first, for nothing is to free them any more
            self._step(request, RequesterInput.PEER_GONE, now)

    def redirect(self, peer: Peer, other: Peer, now: float) -> None:
        """Repeat the requests to a peer to another, now and from now on, for it has taken over (Annex D.1.5)."""
        self._outbox.terms_of(other)
        for request in self._requests.values():
            if request.peer == peer and _is_outstanding(request):
                request.peer, request.origin = other, self._origin(other)
                if _was_sent(request):
                    self._drop_segments(request)  # another one's reply is cut elsewhere
                    request.sent_at = now
                    self._repeat_at(request, now)

    # ------------------------------------------------------------------------------------------------ from peers

    def take_reply(self, reply: TransactionReply, mid: MessageIdentifier, peer: Peer, now: float) -> None:
        """Take a reply, or a segment of one."""
        request = self._asked(reply.transaction_id, peer)
        if request is None:
            return
        whole: TransactionReply | None = reply
        if reply.segment_number is not None:
            self._counters.segments_received += 1
            self._step(request, RequesterInput.SEGMENT, now, reply)
            whole = segments.whole(request.segments) if request.segments is not None else None
        elif request.state is RequesterState.ANSWERED:
            self._counters.replies_received_again += 1
        if whole is not None:
            wants_ack = whole.immediate_ack_required
            what = RequesterInput.REPLY_WANTS_ACK if wants_ack else RequesterInput.REPLY
            self._step(request, what, now, whole, mid)

    def take_pending(self, pending: TransactionPending, peer: Peer, now: float) -> None:
        """Take a TransactionPending."""
        request = self._asked(pending.transaction_id, peer)
        if request is None:
            return
        self._counters.pendings_received += 1
        request.pendings += 1
        is_too_many = request.pendings > self._config.most_pendings_taken
        self._step(request, RequesterInput.TOO_MANY_PENDINGS if is_too_many else RequesterInput.PENDING, now)

    def _asked(self, transaction_id: int, peer: Peer) -> Requested | None:
        """Return the request that a reply is to, if it was this peer who was asked."""
        request = self._requests.get(transaction_id)
        if request is None or request.state is RequesterState.HELD_BACK:
            self._counters.replies_unasked += 1
            return None
        if request.peer != peer and request.origin != self._origin(peer):
            self._counters.replies_unasked += 1
            return None
        return request

    # -------------------------------------------------------------------------------------------------- the clock

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        for request in self._lifetimes.due(now):
            self._step(request, RequesterInput.LIFETIME_OVER, now)
        for request, _ in self._segment_timers.due(now):
            self._step(request, RequesterInput.SEGMENTS_DUE, now)
        for request in self._long_timers.due(now):
            self._step(request, RequesterInput.LONG_TIMER_OVER, now)
        while (deadline := self._next_repeat()) is not None and deadline <= now:
            request = heapq.heappop(self._repeats)[2]
            request.repeat_at = _NEVER
            self._step(request, RequesterInput.REPEAT_DUE, now)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        earliest = _NEVER
        for deadline in (
            self._next_repeat(),
            self._lifetimes.next_deadline(),
            self._segment_timers.next_deadline(),
            self._long_timers.next_deadline(),
        ):
            if deadline is not None and deadline < earliest:
                earliest = deadline
        return None if earliest == _NEVER else earliest

    def _next_repeat(self) -> float | None:
        heap = self._repeats
        while heap and heap[0][2].repeat_at != heap[0][0]:
            heapq.heappop(heap)
        return heap[0][0] if heap else None

    # -------------------------------------------------------------------------------------------------- the table

    def _step(
        self,
        request: Requested,
        what: RequesterInput,
        now: float,
        reply: TransactionReply | None = None,
        mid: MessageIdentifier | None = None,
    ) -> None:
        was_outstanding = _is_outstanding(request)
        step = REQUESTER[request.state, what]
        request.state = step.state
        for effect in step.effects:
            self._perform(effect, request, now, reply, mid)
        if was_outstanding and not _is_outstanding(request):
            self._outstanding -= 1
            self._settle(request, now)
        if request.state is RequesterState.FORGOTTEN:
            self._requests.pop(request.transaction_id, None)

    def _perform(
        self,
        effect: Effect,
        request: Requested,
        now: float,
        reply: TransactionReply | None,
        mid: MessageIdentifier | None,
    ) -> None:
        match effect:
            case Effect.SEND_REQUEST:
                request.sent_at = now
                self._send(request, now)
            case Effect.REPEAT_REQUEST:
                request.repeats += 1
                self._counters.requests_repeated += 1
                self._send(request, now)
            case Effect.WAIT_LONGER:
                self._repeat_at(request, now + self._config.pending_repeat_s)
            case Effect.DELIVER if reply is not None and mid is not None:
                self._deliver(request, reply, mid, now)
            case Effect.NOTE_ACK:
                if self._config.three_way_handshake:
                    self._outbox.note_ack(request.peer, request.transaction_id, now)
            case Effect.SEND_ACK:
                self._outbox.acknowledge(request.peer, request.transaction_id)
            case Effect.SAY_SEGMENT_ARRIVED if reply is not None:
                self._say_arrived(request, reply)
            case Effect.COLLECT if reply is not None:
                self._collect(request, reply, now)
            case _:
                self._fail(request, _FAILURES[effect], now)

    def _send(self, request: Requested, now: float) -> None:
        self._outbox.put(request.peer, request.parcel)
        config = self._config
        if request.pendings or request.segments is not None:
            wait_s = config.pending_repeat_s
        elif self._outbox.link(request.peer).is_reliable:
            wait_s = config.reliable_repeat_s
        else:
            delay = self._outbox.terms_of(request.peer).delay
            wait_s = delay.wait_s(request.repeats, self._jitter(), config)
        self._repeat_at(request, now + wait_s)

    def _repeat_at(self, request: Requested, deadline: float) -> None:
        request.repeat_at = deadline
        self._count += 1
        heapq.heappush(self._repeats, (deadline, self._count, request))

    def _deliver(self, request: Requested, reply: TransactionReply, mid: MessageIdentifier, now: float) -> None:
        elapsed_s = now - request.submitted_at
        if request.pendings == 0 and request.segments is None:
            delay = self._outbox.terms_of(request.peer).delay
            if request.repeats == 0:
                delay.observe(now - request.sent_at)
            else:
                delay.suspect(now - request.sent_at)
        self._counters.requests_answered += 1
        self._events.append(ReplyReceived(request.peer, request.transaction_id, reply, mid, elapsed_s, request.repeats))

    def _fail(self, request: Requested, reason: Failure, now: float) -> None:
        self._counters.requests_failed += 1
        elapsed_s = now - request.submitted_at
        self._events.append(RequestFailed(request.peer, request.transaction_id, reason, elapsed_s, request.repeats))

    def _settle(self, request: Requested, now: float) -> None:
        """Let those go whose turn has come, and of an answered request remember no more than that it was."""
        self._drop_segments(request)
        request.parcel, request.repeat_at = _NOTHING, _NEVER
        if request.turns:
            for freed in self._order.leave(request):
                if now < freed.submitted_at + self._config.lifetime_s:  # or else T-MAX takes it at once
                    self._step(freed, RequesterInput.SUBMITTED, now)
        if request.state is RequesterState.ANSWERED:
            self._long_timers.add(now + self._config.long_timer_s, request)
            for oldest in self._long_timers.beyond(self._config.most_answered):
                self._step(oldest, RequesterInput.LONG_TIMER_OVER, now)

    # --------------------------------------------------------------------------------------------------- segments

    def _say_arrived(self, request: Requested, reply: TransactionReply) -> None:
        number = reply.segment_number or 0
        segment = SegmentReply(request.transaction_id, number, reply.is_last_segment)
        self._outbox.send_alone(segment, request.peer, self._outbox.encoding_to(request.peer))

    def _collect(self, request: Requested, reply: TransactionReply, now: float) -> None:
        """Put a segment to the others; the last one starts the timer of those that are missing."""
        if request.segments is None:
            request.segments = {}
        number = reply.segment_number or 0
        if number in request.segments or not 1 <= number <= self._config.most_segments:
            self._say_arrived(request, reply)
            return
        if self._held >= self._config.most_segments_held:
            return
        self._say_arrived(request, reply)
        had_last = segments.last_number(request.segments) is not None
        request.segments[number] = reply
        self._held += 1
        if not had_last and reply.is_last_segment:
            request.segments_due = now + self._config.segments_wait_s
            self._segment_timers.add(request.segments_due, (request, request.segments_due))

    def _drop_segments(self, request: Requested) -> None:
        self._held -= len(request.segments or ())
        request.segments, request.segments_due = None, _NEVER


def _was_sent(request: Requested) -> bool:
    return request.state is not RequesterState.HELD_BACK


def _is_outstanding(request: Requested) -> bool:
    return request.state is not RequesterState.ANSWERED and request.state is not RequesterState.FORGOTTEN


def _is_answered(request: Requested) -> bool:
    return request.state is RequesterState.ANSWERED


def _are_segments_missing(named: tuple[Requested, float]) -> bool:
    """Tell whether the segments that a deadline was set for are still waited for."""
    return named[0].state is RequesterState.COLLECTING and named[0].segments_due == named[1]
