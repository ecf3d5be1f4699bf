"""What the engine counts is what was sent and received, and its sums come out."""

import inspect
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    ModifyReply,
    ModifyRequest,
    SegmentReply,
    Transaction,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import (
    Counters,
    Failure,
    ReplyReceived,
    RequestAborted,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from ...harness import Datagram, Fate, Pair, disturbed
from .looks import an_engine, hear, modifies, replies, requests, transactions

_SEGMENT = "segment"
_MESSAGE = "message"


class _Tally:
    """Counts by itself what each side sends, and what of it arrives."""

    def __init__(self, fate: Fate) -> None:
        self.sent: dict[str, Counter[object]] = {"a": Counter(), "b": Counter()}
        self.arrived: dict[str, Counter[object]] = {"a": Counter(), "b": Counter()}
        self._fate = fate

    def __call__(self, datagram: Datagram) -> list[float]:
        kinds = Counter([_MESSAGE, *map(_kind, transactions(datagram.octets))])
        delays = self._fate(datagram)
        self.sent[datagram.sender] += kinds
        receiver = "b" if datagram.sender == "a" else "a"
        for _ in delays:
            self.arrived[receiver] += kinds
        return delays


def _kind(transaction: Transaction) -> object:
    is_part = isinstance(transaction, TransactionReply) and transaction.segment_number is not None
    return _SEGMENT if is_part else type(transaction)


def _check_what_was_sent(counters: Counters, sent: Counter[object]) -> None:
    assert counters.messages_sent == sent[_MESSAGE]
    assert counters.transactions_sent == sent.total() - sent[_MESSAGE]
    assert counters.pendings_sent == sent[TransactionPending]
    assert counters.acknowledgements_sent == sent[TransactionResponseAck]
    assert counters.segments_sent == sent[_SEGMENT]
    assert counters.replies_sent <= sent[TransactionReply] + sent[_SEGMENT]


def _check_what_arrived(engine: TransactionEngine, arrived: Counter[object]) -> None:
    counters = engine.counters
    assert counters.messages_received == arrived[_MESSAGE]
    assert counters.acknowledgements_received == arrived[TransactionResponseAck]
    assert counters.requests_received + counters.requests_received_again == arrived[TransactionRequest]
    replies_of_all_kinds = arrived[TransactionReply] + arrived[TransactionPending] + arrived[_SEGMENT]
    taken = counters.pendings_received + counters.segments_received + counters.replies_received_again
    assert replies_of_all_kinds <= taken + counters.requests_answered + counters.replies_unasked
    assert counters.faults == counters.requests_refused == 0


def _check_sums(pair: Pair, name: str) -> None:
    counters = pair.engines[name].counters
    outcomes = counters.requests_answered + counters.requests_failed + counters.requests_cancelled
    assert counters.requests_sent == outcomes
    assert counters.requests_received == counters.replies_sent
    assert counters.requests_answered == len(pair.happened(name, ReplyReceived))
    assert counters.requests_failed == len(pair.happened(name, RequestFailed))
    assert counters.requests_received == len(pair.happened(name, RequestReceived))
    assert counters.requests_aborted == len(pair.happened(name, RequestAborted))
    repeats = sum(event.repeats for event in pair.happened(name, ReplyReceived))
    repeats += sum(event.repeats for event in pair.happened(name, RequestFailed))
    assert repeats <= counters.requests_repeated


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.floats(0.0, 0.8),
    st.floats(0.0, 0.8),
    st.floats(0.0, 3.0),
    st.booleans(),
    st.booleans(),
    st.sampled_from([1, 10]),
)
def test_counters_add_up(
    seed: int, loss: float, double: float, longest_s: float, shakes: bool, keeps_order: bool, most_sent: int
) -> None:
    """Over any link, with pendings, segments, acknowledgements, failures and cancelled requests, on both sides."""
    chance = Random(seed)
    tally = _Tally(disturbed(seed, loss=loss, double=double, longest_s=longest_s))
    config = TransactionConfig(
        three_way_handshake=shakes,
        keeps_order=keeps_order,
        most_transactions_sent=most_sent,
        most_octets=150,
        most_pendings=2,
        most_pendings_taken=4,
    )

    def execute(event: RequestReceived) -> tuple[ActionReply, ...] | ErrorDescriptor | None:
        if chance.random() < 0.2:
            return None  # answered later, or never
        if chance.random() < 0.2:
            return ErrorDescriptor(500, "no")
        return (ActionReply(1, replies=(ModifyReply(("t",)),) * chance.randrange(1, 60)),)

    pair = Pair(fate=tally, config=config, executor=execute)
    for engine in pair.engines.values():
        engine.version = 3
    for _ in range(8):
        for name in ("a", "b"):
            number = pair.request(name, 1, ModifyRequest((chance.choice("tu"),)))
            if chance.random() < 0.2:
                pair.engines[name].cancel(number, pair.now)
                pair.pump()
        pair.drive(until=pair.now + chance.random() * 2)
        for name in ("a", "b"):
            for event in pair.happened(name, RequestReceived):
                if chance.random() < 0.3:
                    pair.reply(name, event.request.transaction_id)
    pair.drive()
    for name, engine in pair.engines.items():
        _check_what_was_sent(engine.counters, tally.sent[name])
        _check_what_arrived(engine, tally.arrived[name])
        _check_sums(pair, name)
        never_sent = [one for one in pair.happened(name, RequestFailed) if one.reason is Failure.NOT_SENT]
        sent = tally.sent[name][TransactionRequest]
        first = sent - engine.counters.requests_repeated
        assert first <= engine.counters.requests_sent - len(never_sent)
        assert keeps_order or first == engine.counters.requests_sent
        if not keeps_order:
            assert engine.counters.requests_held_back == 0
    assert pair.is_idle()


def test_counters_of_a_plain_exchange() -> None:
    """One request and its reply."""
    pair = Pair()
    pair.request()
    pair.drive()
    assert _nonzero(pair.engines["a"]) == {
        "messages_received": 1,
        "messages_sent": 1,
        "transactions_sent": 1,
        "requests_sent": 1,
        "requests_answered": 1,
    }
    assert _nonzero(pair.engines["b"]) == {
        "messages_received": 1,
        "messages_sent": 1,
        "transactions_sent": 1,
        "requests_received": 1,
        "replies_sent": 1,
    }


def _nonzero(engine: TransactionEngine) -> dict[str, int]:
    every = {name: getattr(engine.counters, name) for name in inspect.get_annotations(Counters)}
    return {name: value for name, value in every.items() if value}


def test_every_counter_is_annotated_and_begins_at_zero() -> None:
    """Whoever shows them all finds them by the annotations of the class, which a compiled one would not have."""
    counters = Counters()
    names = [name for name in dir(counters) if not name.startswith("_")]
    assert sorted(inspect.get_annotations(Counters)) == names
    assert {getattr(counters, name) for name in names} == {0}


def test_what_is_refused_is_counted() -> None:
    """Requests beyond the limits, and those of peers without association; neither is executed or answered twice."""
    engine = an_engine(TransactionConfig(most_executing=1))
    hear(engine, "b", *requests(1, 2, 3))
    engine.refuse("b", 1, ErrorDescriptor(505, "no"))
    engine.refuse("b", 1, ErrorDescriptor(505, "no"))
    assert (engine.counters.requests_received, engine.counters.requests_refused) == (1, 3)
    assert engine.counters.replies_sent == 0
    assert engine.counters.transactions_sent == 3


@pytest.mark.parametrize("octets", [b"", b"nothing", b"!/1 b T = 1 { Foo }", b"!/1 b \x01", b"0\x80"])
def test_faults_are_counted(octets: bytes) -> None:
    """Each message that is none, or has a transaction that is none; as one message received."""
    engine = an_engine()
    engine.receive(octets, "b", 0.0)
    assert (engine.counters.faults, engine.counters.messages_received) == (1, 1)


def test_requests_that_wait_are_counted_once() -> None:
    """When they are held back, not again when they go; every one of ours is counted as made."""
    engine = an_engine()
    numbers = [engine.submit("b", (modifies(1, "t"),), 0.0) for _ in range(3)]
    for number in numbers:
        hear(engine, "b", *replies([number]))
    assert (engine.counters.requests_sent, engine.counters.requests_held_back) == (3, 2)
    assert engine.counters.requests_answered == 3


def test_segments_are_counted_by_the_piece() -> None:
    """A single one that comes again, too."""
    pair = Pair(config=TransactionConfig(most_octets=150), executor=lambda _: None, fate=lambda _: [])
    for engine in pair.engines.values():
        engine.version = 3
    pair.request()
    pair.deliver("b", pair.octets("a")[0])
    pair.reply("b", 1, ActionReply(1, replies=(ModifyReply(("t",)),) * 60))
    counters = pair.engines["b"].counters
    first = counters.segments_sent
    assert first > 2
    for number in range(2, first + 1):
        hear(pair.engines["b"], "a", SegmentReply(1, number), version=3)
    pair.drive(until=0.25)
    assert counters.segments_sent == first + 1
    assert (counters.replies_sent, counters.replies_repeated) == (1, 1)
