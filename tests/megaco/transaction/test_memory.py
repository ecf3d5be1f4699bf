"""What an engine keeps, in octets, and that it keeps nothing in the end, nor of those that it has no business with."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    ModifyReply,
    SegmentReply,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionResponseAck,
)
from megaco.transaction import TransactionConfig, TransactionEngine

from .looks import an_engine, hear, modifies, replies, requests

_COUNT = 10_000
_REST = 500_000
"""Octets that may stay: names that the codec has read last, and the tables of dictionaries that are empty again."""
_EVERYTHING = TransactionResponseAck((TransactionAck(0, 4294967295),))


@contextmanager
def _traced() -> Iterator[Callable[[], int]]:
    """Let a function tell how many octets more are in use than at the beginning."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]

    def grown() -> int:
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before

    try:
        yield grown
    finally:
        tracemalloc.stop()


def _execute(engine: TransactionEngine, count: int, *, answer: tuple[ActionReply, ...] | None, peers: int = 1) -> None:
    """Let peers ask for so many requests, and answer each of them; None: not yet."""
    for begin in range(1, count + 1, 50):
        peer, now = f"b{begin // 50 % peers}", begin / count
        numbers = range(begin, min(begin + 50, count + 1))
        hear(engine, peer, *requests(*numbers), now=now)
        engine.take_events()
        if answer is not None:
            for number in numbers:
                engine.reply(peer, number, answer, now)
        engine.take_datagrams()


def _ask(engine: TransactionEngine, count: int, *, is_answered: bool) -> None:
    """Make so many requests, and let the peer answer each of them at once, or none."""
    for begin in range(0, count, 50):
        now = begin / count
        numbers = [engine.submit("b", (modifies(1, f"t{begin + index}"),), now) for index in range(50)]
        engine.take_datagrams()
        if is_answered:
            hear(engine, "b", *replies(numbers), now=now)
            engine.take_events()


def test_a_stored_reply_is_half_a_thousand_octets() -> None:
    """With its place in every table and timer; LONG-TIMER later nothing is left."""
    engine = an_engine()
    with _traced() as grown:
        _execute(engine, _COUNT, answer=(ActionReply(1),))
        each = grown() / _COUNT
        print(f"a stored reply: {each:.0f} octets")
        assert each < 800
        engine.handle_timer(40.0)
        assert engine.is_idle()
        assert grown() < _REST


def test_an_acknowledged_reply_keeps_its_id_alone() -> None:
    """Its octets go at once, though the id is remembered."""
    engine = an_engine()
    answer = (ActionReply(1, replies=(ModifyReply(("t",), (ErrorDescriptor(500, "n" * 1000),)),)),)
    with _traced() as grown:
        _execute(engine, 5000, answer=answer)
        stored = grown() / 5000
        hear(engine, "b0", _EVERYTHING, now=2.0)
        each = grown() / 5000
        print(f"a stored reply of 1000 octets: {stored:.0f} octets; acknowledged: {each:.0f}")
        assert stored > 1000
        assert each < stored - 1000
        assert engine.remembered == 5000


def test_many_senders_cost_little_more_than_many_requests() -> None:
    """A request each of hundreds of peers; nothing of them stays after LONG-TIMER."""
    engine = an_engine()
    with _traced() as grown:
        _execute(engine, 10_000, answer=(ActionReply(1),), peers=200)
        each = grown() / 10_000
        print(f"a stored reply, of 200 peers: {each:.0f} octets")
        assert each < 1000
        engine.handle_timer(40.0)
        assert engine.is_idle()
        assert grown() < _REST


def test_an_answered_request_keeps_neither_its_octets_nor_its_reply() -> None:
    """Only that it was; a far longer one keeps no more."""
    with _traced() as grown:
        engine = an_engine(TransactionConfig(most_answered=_COUNT))
        _ask(engine, 5000, is_answered=True)
        each = grown() / 5000
        print(f"an answered request: {each:.0f} octets")
        assert each < 800
        engine.handle_timer(40.0)
        assert engine.is_idle()


def test_so_many_answered_requests_are_remembered_as_are_allowed() -> None:
    """The oldest go first; what comes again for them is counted as not asked for."""
    engine = an_engine(TransactionConfig(most_answered=100))
    _ask(engine, 500, is_answered=True)
    assert len(engine._requester._requests) == 100
    hear(engine, "b", *replies([1, 400, 401, 500]), now=1.0)
    assert (engine.counters.replies_unasked, engine.counters.replies_received_again) == (2, 2)


def test_requests_without_reply_are_bounded_and_forgotten() -> None:
    """Each has its octets, its timers and its place in the order; after T-MAX nothing of it."""
    engine = an_engine()
    with _traced() as grown:
        _ask(engine, 5000, is_answered=False)
        each = grown() / 5000
        print(f"a request without reply: {each:.0f} octets")
        assert each < 2500
        engine.handle_timer(60.0)
        engine.take_events()
        engine.take_datagrams()
        assert engine.is_idle()
        assert grown() < _REST


def test_cancelled_requests_leave_nothing() -> None:
    """Behind one that is under way for long, thousands made and cancelled are gone with it at the latest."""
    engine = an_engine()
    engine.submit("b", (modifies(1, "t"),), 0.0)
    with _traced() as grown:
        for number in range(5000):
            engine.cancel(engine.submit("b", (modifies(1, f"t{number}"),), 0.0), 0.0)
            engine.take_datagrams()
        each = grown() / 5000
        print(f"a cancelled request until T-MAX: {each:.0f} octets")
        assert each < 600
        engine.handle_timer(26.0)
        engine.take_events()
        assert grown() < _REST


def test_strangers_leave_nothing() -> None:
    """Answers to nothing, confirmations of nothing and octets that are nothing, from thousands of addresses."""
    engine = an_engine()
    part = TransactionReply(1, (ActionReply(1),), segment_number=1)
    nothing = (TransactionPending(1), part, SegmentReply(1, 1), _EVERYTHING)
    with _traced() as grown:
        for number in range(500):
            peer = f"stranger{number}"
            hear(engine, peer, *replies([1]), *nothing, version=3)
            for octets in (b"", b"what", b"!/1 b T = 1 { Foo }", b"!/1 b P = 1 { Foo }"):
                engine.receive(octets, peer, 0.0)
            engine.take_events()
            engine.take_datagrams()
        assert engine.is_idle()
        assert grown() < _REST


def test_refused_requests_leave_nothing() -> None:
    """Too many of them, too many in a message, and those refused by the application."""
    engine = an_engine(TransactionConfig(most_executing=1, most_transactions=2))
    hear(engine, "b", *requests(1))
    engine.take_events()
    with _traced() as grown:
        for number in range(500):
            peer = f"stranger{number}"
            hear(engine, peer, *requests(1, 2))
            hear(engine, peer, *requests(1, 2, 3))
            engine.take_datagrams()
            engine.take_events()
        assert engine.remembered == 1
        assert grown() < _REST
    engine.refuse("b", 1, ErrorDescriptor(505, "no"))
    engine.take_datagrams()
    assert engine.is_idle()


def test_nothing_is_left_to_the_cycle_collector() -> None:
    """What is forgotten is gone without it, for it may be switched off while much is under way."""
    engine = an_engine()
    gc.collect()
    gc.disable()
    try:
        _execute(engine, 2000, answer=(ActionReply(1),))
        _ask(engine, 2000, is_answered=True)
        engine.handle_timer(40.0)
        assert engine.is_idle()
        assert gc.collect() < 100
    finally:
        gc.enable()
