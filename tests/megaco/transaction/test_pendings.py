"""TransactionPending on both sides: when it is said, how often it may be, and what it does to who hears it."""

import pytest

from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionResponseAck,
)
from megaco.transaction import (
    Failure,
    ReplyReceived,
    RequestAborted,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from ...harness import Pair
from .looks import an_engine, hear, id_of, kinds, modifies, replies, requests, said, sent_at

_EXCEEDED = ErrorDescriptor(506, "Number of TransactionPendings Exceeded")
_GIVEN_UP = TransactionReply(1, error=_EXCEEDED, immediate_ack_required=True)

# -------------------------------------------------------------------------------------------------- whoever executes


def _executing(config: TransactionConfig | None = None) -> TransactionEngine:
    """Return an engine that executes request 1 of b since 0 s, and never ends."""
    engine = an_engine(config)
    hear(engine, "b", *requests(1))
    engine.take_events()
    return engine


def _said_until(engine: TransactionEngine, end: float) -> list[tuple[float, type]]:
    """Let the clock run, and return when what was said."""
    course = []
    while (deadline := engine.next_deadline()) is not None and deadline <= end:
        engine.handle_timer(deadline)
        course += [(round(deadline, 3), type(one)) for one in said(engine)]
    return course


def test_pendings_are_said_again_and_again_and_then_no_more() -> None:
    """First after ``provisional_s``, then after each ``execution_s``; in place of one too many comes 506."""
    engine = _executing()
    course = _said_until(engine, 29.0)
    assert course == [*((at, TransactionPending) for at in (1.0, 3.0, 5.0, 7.0, 9.0)), (11.0, TransactionReply)]
    assert engine.take_events() == [RequestAborted("b", 1)]
    assert (engine.counters.pendings_sent, engine.counters.requests_aborted, engine.executing) == (5, 1, 0)
    _said_until(engine, 60.0)
    assert engine.is_idle()


@pytest.mark.parametrize("most", [0, 1, 2, 7])
def test_the_limit_of_pendings_is_kept(most: int) -> None:
    """So many are said, and no more; with 0 it is given up where the first would be said."""
    engine = _executing(TransactionConfig(most_pendings=most, provisional_s=0.5, execution_s=1.5))
    times = [0.5 + 1.5 * count for count in range(most + 1)]
    assert _said_until(engine, 29.0) == list(zip(times, [TransactionPending] * most + [TransactionReply], strict=True))


def test_what_was_given_up_is_a_reply_like_others() -> None:
    """506 asks for an acknowledgement, is repeated to a repeated request, dropped when acknowledged, then forgotten."""
    engine = _executing(TransactionConfig(most_pendings=0))
    engine.handle_timer(1.0)
    assert said(engine) == [_GIVEN_UP]
    hear(engine, "b", *requests(1), now=2.0)
    assert said(engine) == [_GIVEN_UP]
    hear(engine, "b", TransactionResponseAck((TransactionAck(1),)), *requests(1), now=3.0)
    hear(engine, "b", *requests(1), now=4.0)
    assert said(engine) == []
    assert [type(event) for event in engine.take_events()] == [RequestAborted]
    engine.handle_timer(30.9)
    assert not engine.is_idle()
    engine.handle_timer(31.0)
    assert engine.is_idle()


def test_a_reply_after_giving_up_is_not_sent() -> None:
    """The application was told that nobody waits; what it says all the same is dropped, as is a refusal."""
    engine = _executing(TransactionConfig(most_pendings=0))
    engine.handle_timer(1.0)
    said(engine)
    engine.reply("b", 1, (ActionReply(1),), 1.5)
    engine.refuse("b", 1, ErrorDescriptor(505, "no"))
    assert said(engine) == []
    assert engine.counters.replies_sent == 1
    hear(engine, "b", *requests(1), now=2.0)
    assert said(engine) == [_GIVEN_UP]


def test_a_repeated_request_is_told_at_once() -> None:
    """A requester that has not heard of the first pending hears of another; the clock goes on from the first."""
    engine = _executing()
    hear(engine, "b", *requests(1), now=0.2)
    assert said(engine) == [TransactionPending(1)]
    assert _said_until(engine, 5.0) == [(2.2, TransactionPending), (4.2, TransactionPending)]


def test_a_flood_of_repeats_is_told_each_time() -> None:
    """Not once more; nor is a request given up sooner than the clock says, or executed again."""
    engine = _executing()
    for number in range(1000):
        hear(engine, "b", *requests(1), now=number / 1000)
    assert said(engine) == [TransactionPending(1)] * 1000
    assert engine.take_events() == []
    assert engine.counters.requests_received_again == 1000
    engine.reply("b", 1, (ActionReply(1),), 1.5)
    assert said(engine) == [TransactionReply(1, (ActionReply(1),), immediate_ack_required=True)]


def test_repeats_use_up_no_pendings() -> None:
    """A repeat says that the pending before was lost: the request is given up no sooner for it."""
    engine = _executing()
    hear(engine, "b", *requests(1), now=0.5)
    for _ in range(10):
        hear(engine, "b", *requests(1), now=0.6)
    said(engine)
    pendings = [(when, TransactionPending) for when in (2.5, 4.5, 6.5, 8.5)]
    assert _said_until(engine, 20.0) == [*pendings, (10.5, TransactionReply)]
    assert engine.take_events() == [RequestAborted("b", 1)]


@pytest.mark.parametrize(("at", "wants_ack"), [(0.9, False), (1.1, True), (10.9, True)])
def test_a_reply_in_time_ends_the_pendings(at: float, wants_ack: bool) -> None:
    """Nothing more is said of it, and nothing is given up; only after a pending is an acknowledgement wanted."""
    engine = _executing()
    _said_until(engine, at)
    engine.reply("b", 1, (ActionReply(1),), at)
    assert said(engine) == [TransactionReply(1, (ActionReply(1),), immediate_ack_required=wants_ack)]
    assert _said_until(engine, 60.0) == []
    assert engine.take_events() == []
    assert engine.is_idle()


def test_limits_set_meanwhile_hold_from_the_next_pending_on() -> None:
    """As a controller may set them on ROOT while requests are under way."""
    engine = _executing()
    assert _said_until(engine, 3.0) == [(1.0, TransactionPending), (3.0, TransactionPending)]
    engine.config = TransactionConfig(most_pendings=3, execution_s=0.5)
    assert _said_until(engine, 9.0) == [(5.0, TransactionPending), (5.5, TransactionReply)]


def test_each_request_has_pendings_of_its_own() -> None:
    """Of two under way, begun at different times, each is told of in its own time; they end apart."""
    engine = _executing(TransactionConfig(most_pendings=2))
    hear(engine, "b", *requests(2), now=0.5)
    engine.take_events()
    course = []
    while (deadline := engine.next_deadline()) is not None and deadline < 10:
        engine.handle_timer(deadline)
        course += [(deadline, id_of(one), type(one)) for one in said(engine)]
    assert course == [
        (1.0, 1, TransactionPending),
        (1.5, 2, TransactionPending),
        (3.0, 1, TransactionPending),
        (3.5, 2, TransactionPending),
        (5.0, 1, TransactionReply),
        (5.5, 2, TransactionReply),
    ]
    assert engine.take_events() == [RequestAborted("b", 1), RequestAborted("b", 2)]


# ------------------------------------------------------------------------------------------------------ whoever asks


def _asking(config: TransactionConfig | None = None) -> TransactionEngine:
    """Return an engine that waits for the reply to its request 1 to b since 0 s."""
    engine = an_engine(config)
    assert engine.submit("b", (modifies(1, "t"),), 0.0) == 1
    said(engine)
    return engine


def test_a_pending_puts_the_next_repeat_off() -> None:
    """By ``pending_repeat_s`` from each one that comes, and then from each repeat."""
    engine = _asking(TransactionConfig(pending_repeat_s=3.0))
    for heard in (0.1, 2.0, 2.5):
        hear(engine, "b", TransactionPending(1), now=heard)
        assert engine.next_deadline() == pytest.approx(heard + 3.0)
    for due in (5.5, 8.5, 11.5):
        engine.handle_timer(due)
        assert [id_of(one) for one in said(engine)] == [1]
        assert engine.next_deadline() == pytest.approx(due + 3.0)


@pytest.mark.parametrize("most", [0, 1, 20])
def test_too_many_pendings_fail_a_request(most: int) -> None:
    """As many as are taken do not; the next one does, and a reply after it is nobody's."""
    engine = _asking(TransactionConfig(most_pendings_taken=most))
    for number in range(most):
        hear(engine, "b", TransactionPending(1), now=number / 10)
    assert engine.take_events() == []
    hear(engine, "b", TransactionPending(1), *replies([1]), now=5.0)
    assert engine.take_events() == [RequestFailed("b", 1, Failure.PENDINGS, 5.0, 0)]
    assert engine.is_idle()


def test_a_request_that_fails_by_pendings_lets_the_next_go() -> None:
    """Which has pendings of its own."""
    engine = _asking(TransactionConfig(most_pendings_taken=0))
    second = engine.submit("b", (modifies(1, "t"),), 0.0)
    hear(engine, "b", TransactionPending(1))
    assert [id_of(one) for one in said(engine)] == [second]


def test_a_pending_after_the_reply_is_ignored() -> None:
    """However many: what is answered stays answered (Annex D.1.4)."""
    engine = _asking(TransactionConfig(most_pendings_taken=2))
    hear(engine, "b", *replies([1]))
    hear(engine, "b", *[TransactionPending(1)] * 10)
    assert [type(event) for event in engine.take_events()] == [ReplyReceived]
    assert engine.next_deadline() == pytest.approx(30.0)
    engine.handle_timer(29.9)
    assert said(engine) == []


def test_pendings_from_others_are_not_taken() -> None:
    """Nor do they count towards the limit."""
    engine = _asking(TransactionConfig(most_pendings_taken=0))
    hear(engine, "c", *[TransactionPending(1)] * 10)
    hear(engine, "b", TransactionPending(2))
    assert engine.take_events() == []
    assert engine.next_deadline() == pytest.approx(0.2)
    assert (engine.counters.pendings_received, engine.counters.replies_unasked) == (0, 11)


def test_a_flood_of_pendings_leaves_little_behind() -> None:
    """Thousands about hundreds of requests: each keeps so many entries in the heap as pendings are taken, at most."""
    most = 20
    engine = an_engine(TransactionConfig(most_pendings_taken=most))
    numbers = [engine.submit("b", (modifies(1, f"t{number}"),), 0.0) for number in range(200)]
    for _ in range(most):
        for begin in range(0, 200, 100):
            hear(engine, "b", *map(TransactionPending, numbers[begin : begin + 100]), now=0.1)
    assert engine.outstanding == 200
    assert len(engine._requester._repeats) <= 200 * (most + 1)
    for _ in range(5):
        hear(engine, "b", *map(TransactionPending, numbers[:100]), now=0.2)
    assert engine.outstanding == 100
    assert len(engine._requester._repeats) <= 200 * (most + 1)
    engine.handle_timer(60.0)
    assert len(engine._requester._repeats) == 0
    assert engine.is_idle()


def test_the_heap_of_repeats_holds_what_is_under_way() -> None:
    """After thousands of requests answered in time it has those of the last moments, not all."""
    engine = an_engine(TransactionConfig(most_answered=0))
    for number in range(5000):
        now = number / 1000
        hear(engine, "b", *replies([engine.submit("b", (modifies(1, f"t{number}"),), now)]), now=now)
        engine.handle_timer(now)
        assert len(engine._requester._repeats) <= 210
        engine.take_events()
        engine.take_datagrams()


# -------------------------------------------------------------------------------------------------- one to the other


def test_a_far_end_that_never_ends_is_given_up() -> None:
    """By itself, and the requester hears of it as the reply that it is; then both forget."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=12.0)
    (answered,) = pair.happened("a", ReplyReceived)
    assert answered.reply == TransactionReply(number, error=_EXCEEDED, immediate_ack_required=True)
    assert pair.happened("b", RequestAborted) == [RequestAborted("a", number)]
    assert kinds(pair, "a")[-1] is TransactionResponseAck
    pair.drive()
    assert pair.is_idle()


def test_a_pending_request_fails_too() -> None:
    """A far end that is busy for ever does not hold a request beyond T-MAX, however many pendings are allowed."""
    config = TransactionConfig(keeps_order=False, most_pendings=1000, most_pendings_taken=1000)
    pair = Pair(executor=lambda event: None, config=config)
    pair.request()
    pair.drive(until=26.0)
    (failed,) = pair.happened("a", RequestFailed)
    assert (failed.reason, failed.elapsed_s) == (Failure.NO_REPLY, 25.0)


def test_a_requester_that_is_tired_of_pendings() -> None:
    """It fails its request while the far end still works, and takes nothing of its reply."""
    config = TransactionConfig(keeps_order=False, most_pendings_taken=2)
    pair = Pair(executor=lambda event: None, config=config)
    number = pair.request()
    pair.drive(until=7.0)
    (failed,) = pair.happened("a", RequestFailed)
    assert failed.reason is Failure.PENDINGS
    pair.reply("b", number)
    pair.drive()
    assert pair.happened("a", ReplyReceived) == []
    assert pair.engines["a"].counters.replies_unasked >= 1
    assert len(pair.happened("b", RequestReceived)) == 1
    assert pair.is_idle()


def test_pendings_that_are_lost_do_no_harm() -> None:
    """The request is repeated instead, and executed once."""
    lost = [True]
    pair = Pair(
        config=TransactionConfig(keeps_order=False, most_pendings=20),
        executor=lambda event: None,
        fate=lambda datagram: [] if datagram.sender == "b" and lost[0] else [0.01],
    )
    number = pair.request()
    pair.drive(until=5.0)
    lost[0] = False
    pair.reply("b", number)
    pair.drive(until=6.0)
    assert len(sent_at(pair, "a")) > 5
    assert len(pair.happened("b", RequestReceived)) == len(pair.happened("a", ReplyReceived)) == 1
