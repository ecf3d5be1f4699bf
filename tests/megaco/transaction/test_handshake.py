"""The three-way handshake: replies acknowledged unasked, so that the far end need not keep them (Annex D.1.2.2)."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.message import (
    ActionReply,
    DeviceName,
    TransactionAck,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import ReplyReceived, RequestReceived, TransactionConfig, TransactionEngine

from ...harness import Pair, disturbed
from .looks import an_engine, hear, kinds, messages, modifies, replies, requests, said, said_to, sent_at, transactions

_SHAKES = TransactionConfig(three_way_handshake=True, keeps_order=False)


def _asking(config: TransactionConfig = _SHAKES, *, count: int = 9) -> TransactionEngine:
    """Return an engine that waits for the replies to so many requests to b since 0 s."""
    engine = an_engine(config)
    for number in range(count):
        engine.submit("b", (modifies(1, f"t{number}"),), 0.0)
    engine.take_datagrams()
    return engine


def _acks(engine: TransactionEngine, peer: str = "b") -> list[TransactionResponseAck]:
    return [one for one in said_to(engine, peer) if isinstance(one, TransactionResponseAck)]


# ------------------------------------------------------------------------------------------------------------ when


def test_without_the_handshake_nothing_is_acknowledged_unasked() -> None:
    """As it is unless told otherwise."""
    engine = _asking(TransactionConfig(), count=3)
    hear(engine, "b", *replies([1, 2, 3]))
    engine.handle_timer(29.0)
    assert said(engine) == []
    assert engine.counters.acknowledgements_sent == 0


def test_an_acknowledgement_goes_alone_when_it_has_waited_long_enough() -> None:
    """All of that time together, once."""
    engine = _asking(count=2)
    hear(engine, "b", *replies([1]))
    hear(engine, "b", *replies([2]), now=0.1)
    assert engine.next_deadline() == pytest.approx(1.0)
    engine.handle_timer(0.99)
    assert _acks(engine) == []
    engine.handle_timer(1.0)
    assert _acks(engine) == [TransactionResponseAck((TransactionAck(1, 2),))]
    engine.handle_timer(20.0)
    assert _acks(engine) == []
    assert engine.counters.acknowledgements_sent == 1


@pytest.mark.parametrize("wait_s", [0.0, 0.3, 5.0])
def test_how_long_it_waits_is_a_setting(wait_s: float) -> None:
    """``acknowledge_after_s``."""
    engine = _asking(TransactionConfig(three_way_handshake=True, acknowledge_after_s=wait_s), count=1)
    hear(engine, "b", *replies([1]))
    assert engine.next_deadline() == pytest.approx(wait_s)
    engine.handle_timer(wait_s)
    assert len(_acks(engine)) == 1


def test_an_acknowledgement_goes_with_the_next_message() -> None:
    """To the same peer, first in it; then it does not go again."""
    engine = _asking(count=2)
    hear(engine, "b", *replies([1, 2]), now=0.1)
    engine.submit("c", (modifies(1, "t"),), 0.2)
    assert [type(one) for one in said(engine)] == [TransactionRequest]
    engine.submit("b", (modifies(1, "t"),), 0.3)
    (message,) = messages(engine)
    assert list(map(type, message.transactions)) == [TransactionResponseAck, TransactionRequest]
    assert message.transactions[0] == TransactionResponseAck((TransactionAck(1, 2),))
    engine.handle_timer(1.1)
    assert _acks(engine) == []


def test_what_comes_after_such_a_message_waits_for_its_own_time() -> None:
    """The wait runs from the first reply that is not acknowledged yet."""
    engine = _asking(count=1)
    hear(engine, "b", *replies([1]))
    engine.submit("b", (modifies(1, "t"),), 0.5)
    assert len(_acks(engine)) == 1
    hear(engine, "b", *replies([2]), now=0.6)
    engine.handle_timer(1.0)
    assert _acks(engine) == []
    engine.handle_timer(1.6)
    assert _acks(engine) == [TransactionResponseAck((TransactionAck(2),))]


def test_so_many_that_they_wait_no_longer() -> None:
    """At ``most_acknowledged`` they go at once; the next ones begin anew."""
    engine = _asking(TransactionConfig(three_way_handshake=True, most_acknowledged=3), count=4)
    hear(engine, "b", *replies([1, 2]))
    assert _acks(engine) == []
    hear(engine, "b", *replies([3, 4]))
    assert _acks(engine) == [
        TransactionResponseAck((TransactionAck(4),)),
        TransactionResponseAck((TransactionAck(1, 3),)),
    ]
    engine.handle_timer(20.0)
    assert _acks(engine) == []


def test_a_reply_that_wants_it_is_acknowledged_at_once() -> None:
    """With the handshake as without it; it is not acknowledged a second time for having come once."""
    engine = _asking(count=1)
    hear(engine, "b", TransactionReply(1, (ActionReply(1),), immediate_ack_required=True))
    assert _acks(engine) == [TransactionResponseAck((TransactionAck(1),))]
    engine.handle_timer(20.0)
    assert _acks(engine) == []


def test_a_doubled_reply_is_acknowledged_once() -> None:
    """As are replies that were not asked for: not at all."""
    engine = _asking(count=1)
    hear(engine, "b", *replies([1]))
    hear(engine, "b", *replies([1, 77]))
    hear(engine, "c", *replies([1]))
    engine.handle_timer(1.0)
    assert _acks(engine) == [TransactionResponseAck((TransactionAck(1),))]
    assert _acks(engine, "c") == []


def test_a_reply_in_segments_is_acknowledged_when_it_is_whole() -> None:
    """Once, however many segments it had; not with what says that the last has arrived, which travels alone."""
    engine = _asking(count=1)
    for number in (1, 2, 3):
        part = TransactionReply(1, (ActionReply(1),), segment_number=number, is_last_segment=number == 3)
        hear(engine, "b", part, version=3)
        assert _acks(engine) == []
    engine.handle_timer(20.0)
    assert len(_acks(engine)) == 1


def test_a_peer_that_is_forgotten_is_acknowledged_all_the_same() -> None:
    """What was noted of it before goes alone."""
    engine = _asking(count=2)
    hear(engine, "b", *replies([1, 2]))
    engine.forget_peer("b")
    engine.handle_timer(1.0)
    assert _acks(engine) == [TransactionResponseAck((TransactionAck(1, 2),))]
    engine.handle_timer(40.0)
    assert engine.is_idle()


# ---------------------------------------------------------------------------------------------------------- ranges


@pytest.mark.parametrize(
    ("numbers", "acks"),
    [
        ([1], [(1, None)]),
        ([1, 2], [(1, 2)]),
        ([1, 3], [(1, None), (3, None)]),
        ([1, 2, 3, 5, 7, 8], [(1, 3), (5, None), (7, 8)]),
        ([8, 7, 3, 1, 2], [(1, 3), (7, 8)]),
    ],
)
def test_what_follows_each_other_is_a_range(numbers: list[int], acks: list[tuple[int, int | None]]) -> None:
    """In order, whichever came first."""
    engine = _asking()
    hear(engine, "b", *replies(numbers))
    engine.handle_timer(1.0)
    assert _acks(engine) == [TransactionResponseAck(tuple(TransactionAck(*ack) for ack in acks))]


@given(st.sets(st.integers(1, 60), min_size=1))
def test_ranges_hold_what_was_answered_and_nothing_else(numbers: set[int]) -> None:
    """Exactly; and two that follow each other are never apart."""
    engine = _asking(count=60)
    hear(engine, "b", *replies(numbers))
    engine.handle_timer(1.0)
    ((acks),) = (one.acks for one in _acks(engine))
    held = [number for ack in acks for number in range(ack.first, (ack.last or ack.first) + 1)]
    assert held == sorted(numbers)
    assert all((one.last or one.first) + 1 < other.first for one, other in pairwise(acks))
    assert all(ack.last is None or ack.last > ack.first for ack in acks)


# --------------------------------------------------------------------------------------------------- the far end


def test_the_far_end_drops_what_is_acknowledged() -> None:
    """The octets at once, the id after LONG-TIMER: a stray copy of the request is neither answered nor executed."""
    pair = Pair(config=_SHAKES)
    pair.request()
    pair.drive(until=0.5)
    (received,) = pair.engines["b"]._responder._received["a", DeviceName("a")].requests.values()
    assert received.parcels
    pair.drive(until=2.0)
    assert received.parcels == ()
    count = len(pair.octets("b"))
    pair.deliver("b", pair.octets("a")[0])
    assert len(pair.octets("b")) == count
    assert len(pair.happened("b", RequestReceived)) == 1
    assert pair.engines["b"].remembered == 1
    pair.drive()
    assert pair.is_idle()


def test_acknowledgements_alone_are_few() -> None:
    """A steady exchange carries them with its own messages; only the last waits for its time."""
    pair = Pair(config=_SHAKES)
    for _ in range(20):
        pair.request()
        pair.drive(until=pair.now + 0.1)
    pair.drive(until=10.0)
    assert kinds(pair, "a").count(TransactionRequest) == 20
    assert kinds(pair, "a").count(TransactionResponseAck) == 20
    assert len(pair.octets("a")) == 21
    assert sent_at(pair, "a")[-1] == pytest.approx(2.92)
    last = transactions(pair.octets("a")[-1])
    assert last == (TransactionResponseAck((TransactionAck(20),)),)


def test_requests_both_ways_acknowledge_both_ways() -> None:
    """An acknowledgement stands before a reply as before a request."""
    pair = Pair(config=_SHAKES)
    pair.request("a")
    pair.drive(until=0.5)
    pair.request("b")
    pair.drive(until=0.55)
    assert kinds(pair, "a") == [TransactionRequest, TransactionResponseAck, TransactionReply]
    assert len(pair.octets("a")) == 2
    pair.drive()
    assert pair.is_idle()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.0, 0.8), st.floats(0.0, 0.9), st.floats(0.0, 3.0))
def test_at_most_once_with_the_handshake(seed: int, loss: float, double: float, longest_s: float) -> None:
    """However the link loses, doubles and reorders, acknowledgements make nothing run twice, and end with the rest."""
    pair = Pair(fate=disturbed(seed, loss=loss, double=double, longest_s=longest_s), config=_SHAKES)
    numbers = []
    for _ in range(6):
        numbers.append(pair.request())
        pair.request("b")
        pair.drive(until=pair.now + 0.7)
    pair.drive()
    for name in ("a", "b"):
        executed = [event.request.transaction_id for event in pair.happened(name, RequestReceived)]
        assert len(executed) == len(set(executed))
        answered = [event.transaction_id for event in pair.happened(name, ReplyReceived)]
        assert len(answered) == len(set(answered))
    assert pair.is_idle()


# ------------------------------------------------------------------------------------------- hostile acknowledgements


@pytest.mark.parametrize(
    "acks",
    [
        [(0, 1_000_000_000), (4294967295, 0)],
        [(4294967295, 0), (1, 4294967295)],
        [(9, 1), (1, 4294967295)],
        [(0, 4294967295), (0, 4294967295)],
        [(3, 2)] * 1000 + [(1, 500_000_000)],
    ],
    ids=["a third of all", "all", "overlapped", "doubled", "by the thousand"],
)
def test_ranges_that_end_before_they_begin_cost_nothing(acks: list[tuple[int, int]]) -> None:
    """Beside one over hundreds of millions they do not make anybody walk it: what is stored is walked instead."""
    engine = an_engine()
    hear(engine, "b", *requests(*range(1, 51)))
    for number in range(1, 51):
        engine.reply("b", number, (ActionReply(1),), 0.0)
    said(engine)
    hear(engine, "b", TransactionResponseAck(tuple(TransactionAck(*ack) for ack in acks)))
    hear(engine, "b", *requests(*range(1, 51)))
    assert said(engine) == []


def test_acknowledgements_of_a_message_are_taken_together() -> None:
    """However many there are, and before anything else in it: what they name is dropped when a copy of it is read."""
    engine = an_engine()
    hear(engine, "b", *requests(1, 2, 3, 4))
    for number in (1, 2, 3, 4):
        engine.reply("b", number, (ActionReply(1),), 0.0)
    said(engine)
    acks = [TransactionResponseAck((TransactionAck(number),)) for number in (1, 4)]
    hear(engine, "b", *requests(1, 2), acks[0], *requests(3, 4), acks[1])
    assert [one.transaction_id for one in said(engine) if isinstance(one, TransactionReply)] == [2, 3]
    hear(engine, "b", *[TransactionResponseAck((TransactionAck(0, 4294967295),))] * 98)
    assert engine.counters.acknowledgements_received == 100


def test_an_acknowledgement_concerns_what_its_sender_asked() -> None:
    """Neither another mId at the same address nor another address with the same mId can drop its replies."""
    engine = an_engine()
    hear(engine, "b", *requests(1))
    engine.reply("b", 1, (ActionReply(1),), 0.0)
    said(engine)
    everything = TransactionResponseAck((TransactionAck(0, 4294967295),))
    hear(engine, "b", everything, mid=engine.mid)
    hear(engine, "c", everything)
    hear(engine, "b", *requests(1))
    assert said(engine) == [TransactionReply(1, (ActionReply(1),))]
