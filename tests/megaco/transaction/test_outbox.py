"""Which transactions travel together: to one peer, in order, as many and as long as a message may hold."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.codec import ENCODINGS
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    ErrorDescriptor,
    ModifyReply,
    ModifyRequest,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import LinkTerms, TransactionConfig, TransactionEngine

from .looks import an_engine, hear, id_of, messages, modifies, replies, requests, said, said_to, transactions

_AT_ONCE = TransactionConfig(keeps_order=False)


def _submit(engine: TransactionEngine, peer: str = "b", *, count: int = 1, now: float = 0.0) -> list[int]:
    return [engine.submit(peer, (modifies(1, f"t{number}"),), now) for number in range(count)]


# ------------------------------------------------------------------------------------------------------ how many


def test_what_is_ready_together_travels_together() -> None:
    """In the order in which it was made, of whatever kind."""
    engine = an_engine(_AT_ONCE)
    hear(engine, "b", *requests(1, 2))
    first, second = _submit(engine, count=2)
    engine.reply("b", 2, (ActionReply(1),), 0.0)
    hear(engine, "b", *requests(1))
    third = engine.submit("b", (modifies(1, "u"),), 0.0)
    (message,) = messages(engine)
    assert [(type(one), id_of(one)) for one in message.transactions] == [
        (TransactionRequest, first),
        (TransactionRequest, second),
        (TransactionReply, 2),
        (TransactionPending, 1),
        (TransactionRequest, third),
    ]
    assert messages(engine) == []


@pytest.mark.parametrize(("most", "loads"), [(1, [1] * 23), (2, [2] * 11 + [1]), (10, [10, 10, 3]), (100, [23])])
def test_so_many_travel_together_as_are_allowed(most: int, loads: list[int]) -> None:
    """And no message has more."""
    engine = an_engine(TransactionConfig(most_transactions_sent=most))
    numbers = _submit(engine, count=23)
    sent = messages(engine)
    assert [len(message.transactions) for message in sent] == loads
    assert [id_of(one) for message in sent for one in message.transactions] == numbers
    assert (engine.counters.messages_sent, engine.counters.transactions_sent) == (len(loads), 23)


def test_what_was_taken_is_not_joined_by_what_comes_later() -> None:
    """Messages are made when they are taken."""
    engine = an_engine(_AT_ONCE)
    for _ in range(2):
        _submit(engine)
        assert len(engine.take_datagrams()) == 1


def test_peers_share_no_message() -> None:
    """Each gets its own, also where their addresses are of one host."""
    engine = an_engine(origin=lambda peer: str(peer).partition(":")[0])
    for peer in ("b:1", "c:1", "b:2", "b:1"):
        engine.submit(peer, (modifies(1, f"{peer.partition(':')[2]}{peer[0]}"),), 0.0)
    assert [peer for _, peer in engine.take_datagrams()] == ["b:1", "c:1", "b:2"]


def test_versions_and_encodings_share_no_message() -> None:
    """What was written for another stands in a message of its own; the order is kept."""
    engine = an_engine(_AT_ONCE)
    written = [(1, "compact"), (3, "compact"), (3, "binary"), (3, "binary"), (1, "binary"), (1, "compact")]
    for version, encoding in written:
        engine.agree("b", version, encoding)
        _submit(engine)
    sent = messages(engine)
    assert [(message.version, len(message.transactions)) for message in sent] == [
        (1, 1),
        (3, 1),
        (3, 2),
        (1, 1),
        (1, 1),
    ]
    assert [id_of(one) for message in sent for one in message.transactions] == [1, 2, 3, 4, 5, 6]


def test_repeats_share_a_message() -> None:
    """Requests that were sent together are repeated together; so are replies to them."""
    engine = an_engine()
    numbers = _submit(engine, count=5)
    hear(engine, "b", *requests(1, 2, 3))
    for number in (1, 2, 3):
        engine.reply("b", number, (ActionReply(1),), 0.0)
    messages(engine)
    engine.handle_timer(0.2)
    hear(engine, "b", *requests(1, 2, 3), now=0.2)
    (message,) = messages(engine)
    assert [id_of(one) for one in message.transactions] == [*numbers, 1, 2, 3]


def test_an_error_about_a_message_stands_alone() -> None:
    """With no transaction beside it; what is said to the same peer goes in another message."""
    engine = an_engine(TransactionConfig(most_transactions=1))
    _submit(engine)
    hear(engine, "b", *requests(1, 2))
    errors = [message.error and message.error.code for message in messages(engine)]
    assert sorted(errors, key=str) == [413, None]


# ------------------------------------------------------------------------------------------------------- how long


def _request(room: int) -> tuple[ActionRequest, ...]:
    return (ActionRequest(1, commands=tuple(CommandRequest(ModifyRequest((f"ip/{n}",))) for n in range(1, room + 1))),)


def _answer(room: int) -> tuple[ActionReply, ...]:
    return (ActionReply(1, replies=tuple(ModifyReply((f"ip/{n}",)) for n in range(1, room + 1))),)


_DEEDS = st.lists(
    st.tuples(st.sampled_from(["submit", "reply", "error", "pending", "again", "take"]), st.integers(1, 12)),
    max_size=60,
)


@settings(deadline=None)
@given(_DEEDS, st.sampled_from(ENCODINGS), st.integers(1, 12), st.integers(400, 900), st.booleans())
def test_no_message_is_longer_or_fuller_than_allowed(
    deeds: list[tuple[str, int]], encoding: str, most: int, room: int, is_bundled_late: bool
) -> None:
    """Whatever requests, replies, errors, pendings and repeats there are; and each is in some message, in order."""
    config = TransactionConfig(keeps_order=False, most_transactions_sent=most)
    engine = an_engine(config, encoding=encoding, version=3, link=lambda peer: LinkTerms(False, room))
    made: list[tuple[type, int]] = []
    sent: list[tuple[type, int]] = []
    number = 0
    for what, size in [*deeds, ("take", 0)]:
        if what == "take" or not is_bundled_late:
            sent += _checked(engine, room, most)
        if what == "submit":
            made.append((TransactionRequest, engine.submit("b", _request(size), 0.0)))
        elif what != "take":
            number += 1
            hear(engine, "b", TransactionRequest(number, _request(1)), encoding=encoding)
        if what == "pending":
            hear(engine, "b", TransactionRequest(number, _request(1)), encoding=encoding)
            made.append((TransactionPending, number))
        elif what in ("reply", "again"):
            engine.reply("b", number, _answer(size), 0.0)
            made.append((TransactionReply, number))
        elif what == "error":
            engine.reply("b", number, (), 0.0, ErrorDescriptor(500, "n" * size))
            made.append((TransactionReply, number))
        if what == "again":
            hear(engine, "b", TransactionRequest(number, _request(1)), encoding=encoding)
            made.append((TransactionReply, number))
    sent += _checked(engine, room, most)
    assert sent == made
    assert engine.counters.transactions_sent == len(made)


def _checked(engine: TransactionEngine, room: int, most: int) -> list[tuple[type, int]]:
    """Take the messages, check each, and return the kinds and numbers of their transactions."""
    datagrams = [octets for octets, _ in engine.take_datagrams()]
    assert all(len(octets) <= room for octets in datagrams)
    loads = [transactions(octets) for octets in datagrams]
    assert all(1 <= len(load) <= most for load in loads)
    return [(type(one), id_of(one)) for load in loads for one in load]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("room", [600, 1400, 65_507])
def test_messages_are_filled(encoding: str, room: int) -> None:
    """Two that follow each other would not have gone into one: hardly any room is given away."""
    config = TransactionConfig(most_transactions_sent=10_000, most_octets=room, keeps_order=False)
    engine = an_engine(config, encoding=encoding)
    for _ in range(3000):
        engine.submit("b", _request(1), 0.0)
    datagrams = [octets for octets, _ in engine.take_datagrams()]
    assert sum(len(transactions(octets)) for octets in datagrams) == 3000
    assert all(len(octets) <= room for octets in datagrams)
    assert all(len(one) + len(other) > room for one, other in pairwise(datagrams))
    assert all(len(octets) > room - 100 for octets in datagrams[:-1])


def test_each_peer_has_a_link_of_its_own() -> None:
    """What one carries another may not; the same transactions make fewer and longer messages there."""
    links = {"narrow": LinkTerms(False, 120), "wide": LinkTerms(True, 65_507)}
    engine = an_engine(_AT_ONCE, link=lambda peer: links[str(peer)])
    for peer in links:
        _submit(engine, peer, count=10)
    datagrams = engine.take_datagrams()
    assert [peer for _, peer in datagrams].count("wide") == 1
    narrow = [octets for octets, peer in datagrams if peer == "narrow"]
    assert len(narrow) >= 2
    assert all(len(octets) <= 120 for octets in narrow)


# ------------------------------------------------------------------------------------------------ acknowledgements


def _noted(count: int, config: TransactionConfig, step: int = 1) -> TransactionEngine:
    """Return an engine that has that many replies to acknowledge, to every ``step``-th of its requests."""
    engine = an_engine(config)
    numbers = _submit(engine, count=count * step)
    said(engine)
    for begin in range(0, len(numbers), 100 * step):
        hear(engine, "b", *replies(numbers[begin : begin + 100 * step : step]))
    return engine


_SHAKES = TransactionConfig(three_way_handshake=True, keeps_order=False)


def test_acknowledgements_go_first() -> None:
    """Before whatever else the message carries, and count among its transactions."""
    engine = _noted(3, TransactionConfig(three_way_handshake=True, keeps_order=False, most_transactions_sent=4))
    numbers = _submit(engine, count=4)
    first, second = messages(engine)
    assert first.transactions[0] == TransactionResponseAck((TransactionAck(1, 3),))
    assert [id_of(one) for one in (*first.transactions[1:], *second.transactions)] == numbers
    assert len(first.transactions) == 4


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("room", [200, 500, 1400])
def test_many_acknowledgements_share_out(encoding: str, room: int) -> None:
    """Where one message cannot hold them they take several, none longer than allowed, and none is lost."""
    config = TransactionConfig(
        three_way_handshake=True, keeps_order=False, most_octets=room, most_acknowledged=1000, max_sent=10_000
    )
    engine = _noted(500, config, step=2)
    engine.agree("b", encoding=encoding)
    engine.handle_timer(1.0)
    datagrams = [octets for octets, _ in engine.take_datagrams()]
    assert all(len(octets) <= room for octets in datagrams)
    acknowledged = [
        ack.first
        for octets in datagrams
        for one in transactions(octets)
        if isinstance(one, TransactionResponseAck)
        for ack in one.acks
    ]
    assert acknowledged == list(range(1, 1000, 2))
    counters = engine.counters
    assert counters.acknowledgements_sent == sum(
        isinstance(one, TransactionResponseAck) for octets in datagrams for one in transactions(octets)
    )


def test_acknowledgements_are_in_the_peers_encoding() -> None:
    """Beside requests in the same one; a reply in another goes in another message, after them."""
    engine = _noted(1, _SHAKES)
    engine.agree("b", encoding="binary")
    hear(engine, "b", *requests(9))
    engine.reply("b", 9, (ActionReply(1),), 0.0)
    datagrams = [octets for octets, _ in engine.take_datagrams()]
    kinds = [[type(one) for one in transactions(octets)] for octets in datagrams]
    assert kinds == [[TransactionResponseAck], [TransactionReply]]
    assert [octets[:1] == b"0" for octets in datagrams] == [True, False]


def test_transactions_of_one_peer_wait_for_no_other() -> None:
    """Taking messages empties every queue."""
    engine = an_engine(_AT_ONCE)
    for peer in "bcd":
        _submit(engine, peer, count=3)
    assert len(said_to(engine, "c")) == 3
    assert engine.take_datagrams() == []
