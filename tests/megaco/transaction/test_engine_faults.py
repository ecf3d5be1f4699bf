"""The transaction engine and what should not be: octets that are no message, limits, mistakes of the caller."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco import DecodeError, EncodeError, LocalError, decode
from megaco.message import (
    ActionReply,
    ActionRequest,
    DeviceName,
    ErrorDescriptor,
    TransactionPending,
    TransactionReply,
)
from megaco.transaction import (
    LinkTerms,
    MessageRefused,
    PeerFault,
    ReplyReceived,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionIds,
)

from ...harness import Pair
from .looks import an_engine, from_b, hear, kinds, messages, modifies, requests, transactions

# ------------------------------------------------------------------------------------------------ what is no message


@pytest.mark.parametrize(
    "octets", [b"", b"GET / HTTP/1.1\r\n", b"\x00\xff", b"\x30\x03\x02\x01", b"MEGACO/1 [192.0.2."]
)
def test_garbage_is_not_answered(octets: bytes) -> None:
    """Octets whose beginning is no H.248 are reported and get no answer."""
    pair = Pair()
    pair.deliver("b", octets)
    assert [type(event) for event in pair.events["b"]] == [PeerFault]
    assert pair.sent == []


@pytest.mark.parametrize(
    ("octets", "code", "place"),
    [(b"!/1 a \x01\xff", 400, "1:7"), (b"!/4 a Anything", 406, "1:3"), (b"!/1 a T = 1 { } }", 400, "1:17")],
)
def test_a_broken_message_is_answered_with_an_error(octets: bytes, code: int, place: str) -> None:
    """Where the beginning is readable the sender is told the code and the place, in a message of its own."""
    pair = Pair()
    pair.deliver("b", octets)
    assert len(pair.happened("b", PeerFault)) == 1
    answer = decode(pair.octets("b")[0])
    assert answer.error is not None
    assert answer.error.code == code
    assert (answer.error.text or "").startswith(place)
    pair.drive()
    assert pair.happened("a", MessageRefused) == [MessageRefused("b", answer.error)]
    assert len(pair.sent) == 1


@pytest.mark.parametrize(
    ("transaction", "number", "code"),
    [
        (b"T = 1 { Foo }", 1, 403),
        (b"T = 1 { C = 1 { A = t { M { ^ ", 1, 403),
        (b'T = 1 { C = 1 { A = "quoted" } }', 1, 442),
        (b"T = 99999999999 { C = 1 { A = t } }", 0, 403),
        (b"Tea = 1 { C = 1 { A = t } }", 0, 403),
    ],
)
def test_a_broken_request_is_answered_with_an_error(transaction: bytes, number: int, code: int) -> None:
    """A reply says so, with the code of its level (403 where it has no end) and the place; 0 for an unknown id."""
    pair = Pair()
    pair.deliver("b", b"!/1 a " + transaction)
    (fault,) = pair.happened("b", PeerFault)
    (answer,) = transactions(pair.octets("b")[0])
    assert isinstance(answer, TransactionReply)
    assert answer.transaction_id == number
    assert answer.error is not None
    assert answer.error.code == code
    assert (answer.error.text or "").startswith(fault.error.place)
    pair.drive()
    assert pair.events["a"] == []
    assert len(pair.sent) == 1
    assert pair.is_idle()


def test_what_stands_beside_a_broken_transaction_is_taken() -> None:
    """Requests are executed, replies and pendings delivered, acknowledgements noted: as if the broken one were not."""
    pair = Pair(fate=lambda _: [], config=TransactionConfig(keeps_order=False))
    answered, pending = pair.request("a"), pair.request("a", 2)
    pair.deliver("a", from_b(*requests(5)))
    broken = b"T = 6 { C = 1 { A = } } P = 9 { X } K { Y } PN = 7 { Z }"
    whole = f"T = 8 {{ C = 3 {{ MF = u }} }} P = {answered} {{ C = 1 }} PN = {pending} {{ }} K {{ 5 }}".encode()
    pair.deliver("a", b"!/1 b " + broken + b" " + whole)
    assert [event.request.transaction_id for event in pair.happened("a", RequestReceived)] == [5, 8]
    assert [event.transaction_id for event in pair.happened("a", ReplyReceived)] == [answered]
    counters = pair.engines["a"].counters
    assert (counters.faults, counters.pendings_received, counters.acknowledgements_received) == (1, 1, 1)
    refused, accepted = transactions(pair.octets("a")[-1])
    assert isinstance(refused, TransactionReply)
    assert (refused.transaction_id, refused.error and refused.error.code) == (6, 442)
    assert accepted == TransactionReply(8, (ActionReply(3),))
    pair.deliver("a", from_b(*requests(5)))
    assert len(pair.octets("a")) == 4  # the acknowledged reply is dropped: nothing is said again


def test_broken_replies_are_not_answered() -> None:
    """Nobody answers an answer; the request that it was for goes on being repeated."""
    pair = Pair(fate=lambda _: [])
    number = pair.request()
    pair.deliver("a", f"!/1 b P = {number} {{ Foo }}".encode())
    pair.deliver("a", b"!/1 b K { Foo }")
    assert len(pair.happened("a", PeerFault)) == 2
    assert len(pair.sent) == 1
    pair.drive(until=0.2)
    assert len(pair.sent) == 2


def test_an_error_message_is_not_answered() -> None:
    """Two endpoints never throw errors at each other in turn."""
    pair = Pair()
    pair.deliver("b", b'!/1 a ER = 400 { "what" }')
    assert pair.happened("b", MessageRefused) == [MessageRefused("a", ErrorDescriptor(400, "what"))]
    assert pair.sent == []


def test_replies_to_nothing_are_ignored() -> None:
    """A reply or a pending for a request that was never sent changes nothing."""
    pair = Pair()
    pair.deliver("a", from_b(TransactionReply(77, (ActionReply(1),)), TransactionPending(78)))
    assert pair.events["a"] == []
    assert pair.is_idle()


# ---------------------------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize("config", [TransactionConfig(max_received=2), TransactionConfig(most_executing=2)])
def test_too_many_requests_are_refused(config: TransactionConfig) -> None:
    """Beyond a limit a request is answered with 510, not remembered and not executed; one known is still answered."""
    pair = Pair(executor=lambda event: None, config=config, fate=lambda _: [])
    for request in requests(1, 2, 3):
        pair.deliver("a", from_b(request))
    assert len(pair.happened("a", RequestReceived)) == 2
    (refusal,) = transactions(pair.octets("a")[-1])
    assert isinstance(refusal, TransactionReply)
    assert refusal.transaction_id == 3
    assert refusal.error is not None
    assert refusal.error.code == 510
    assert pair.engines["a"].counters.requests_refused == 1
    pair.reply("a", 1)
    assert kinds(pair, "a")[-1] is TransactionReply
    pair.deliver("a", from_b(*requests(3)))
    is_room = config.most_executing == 2  # executing are fewer now, remembered are not
    assert len(pair.happened("a", RequestReceived)) == (3 if is_room else 2)


def test_too_many_transactions_in_a_message_are_refused() -> None:
    """All of them, with 413 for the message; so many as there may be are taken."""
    engine = an_engine(TransactionConfig(most_transactions=3))
    hear(engine, "b", *requests(1, 2, 3, 4))
    (refusal,) = messages(engine)
    assert refusal.error is not None
    assert refusal.error.code == 413
    assert engine.take_events() == []
    hear(engine, "b", *requests(1, 2, 3))
    assert len(engine.take_events()) == 3


def test_too_many_requests_are_not_sent() -> None:
    """Beyond the limit ``submit`` raises and nothing is sent; answered requests count no more."""
    pair = Pair(config=TransactionConfig(max_sent=1))
    pair.request()
    with pytest.raises(LocalError, match=r"1 requests are without reply \(max_sent\)"):
        pair.request()
    assert len(pair.sent) == 1
    pair.drive(until=0.1)
    pair.request()
    assert pair.engines["a"].outstanding == 1


def test_a_request_too_long_is_not_sent() -> None:
    """``submit`` raises where the transport to that peer cannot carry it, and remembers nothing; one octet decides."""
    links = {"b": LinkTerms(False, 40), "c": LinkTerms(False, 65_507)}
    engine = an_engine(link=lambda peer: links[str(peer)])
    wide = modifies(1, "t" * 30)
    engine.submit("c", (wide,), 0.0)
    ((octets, _),) = engine.take_datagrams()
    for room, is_sent in ((len(octets) - 1, False), (len(octets), True)):
        links["b"] = LinkTerms(False, room)
        if is_sent:
            engine.submit("b", (wide,), 0.0)
        else:
            with pytest.raises(LocalError, match="the request is 1 octets longer than the transport carries"):
                engine.submit("b", (wide,), 0.0)
        assert len(engine.take_datagrams()) == is_sent
    assert engine.outstanding == 2


def test_limits_of_the_codec_hold() -> None:
    """A datagram over the codec's limits is no message."""
    pair = Pair()
    pair.deliver("b", b"!/1 a " + b" " * 1_048_576)
    assert isinstance(pair.happened("b", PeerFault)[0].error, DecodeError)
    assert pair.sent == []


# ------------------------------------------------------------------------------------------------------- the caller


def test_a_request_that_cannot_be_written_leaves_nothing() -> None:
    """``submit`` of actions that the encoding has no words for raises, sends nothing and remembers nothing."""
    pair = Pair()
    with pytest.raises(EncodeError):
        pair.engines["a"].submit("b", (ActionRequest(1),), 0.0)
    pair.pump()
    assert pair.sent == []
    assert pair.is_idle()


def test_a_reply_that_cannot_be_written_can_be_replaced() -> None:
    """``reply`` with an unwritable action raises, and another reply is taken after it."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=0.1)
    with pytest.raises(EncodeError):
        pair.reply("b", number, ActionReply(-1))
    pair.reply("b", number)
    pair.drive()
    assert len(pair.happened("a", ReplyReceived)) == 1
    assert pair.is_idle()


def test_a_second_reply_is_not_sent() -> None:
    """What was answered stays answered so."""
    pair = Pair()
    number = pair.request()
    pair.drive(until=1.0)
    said = len(pair.octets("b"))
    pair.reply("b", number, ActionReply(99))
    assert len(pair.octets("b")) == said


def test_a_reply_to_nothing_is_ignored() -> None:
    """Replying to a request that nobody sent, or that is forgotten, does nothing."""
    pair = Pair()
    pair.reply("b", 7)
    assert pair.sent == []


def test_early_timers_do_nothing() -> None:
    """``handle_timer`` before the deadline, or without one, is harmless."""
    pair = Pair(fate=lambda _: [])
    pair.engines["a"].handle_timer(100.0)
    pair.request()
    pair.engines["a"].handle_timer(0.1)
    pair.pump()
    assert len(pair.sent) == 1


def test_transaction_ids_wrap() -> None:
    """After the last TransactionID comes 1; 0 is never used."""
    engine = TransactionEngine(
        DeviceName("a"), TransactionConfig(), identifiers=TransactionIds(4294.967294), jitter=lambda: 0.0
    )
    assert [engine.submit("b", (modifies(1, "t"),), 0.0) for _ in range(2)] == [4294967295, 1]


def test_the_version_goes_into_every_message() -> None:
    """The agreed version, changed at any time, is that of the next message."""
    pair = Pair()
    for version in (1, 3):
        pair.engines["a"].version = version
        pair.request()
    pair.engines["a"].agree("b", version=2)
    pair.request()
    assert [decode(octets).version for octets in pair.octets("a")] == [1, 3, 2]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["T = 1 { C = 1 { MF = t } }", "P = 1 { C = 1 }", "PN = 1 { }", "K { 1-9 }"]), st.data())
def test_nothing_that_a_peer_sends_raises(body: str, data: st.DataObject) -> None:
    """Whole, cut and garbled messages in any order leave an engine with requests of both kinds at work."""
    pair = Pair(executor=lambda event: None, fate=lambda _: [])
    pair.request("a")
    for _ in range(4):
        octets = f"!/1 b {body}".encode()
        at = data.draw(st.integers(0, len(octets)))
        pair.deliver("a", octets[:at] + data.draw(st.binary(max_size=4)) + octets[at + data.draw(st.integers(0, 4)) :])
        pair.deliver("a", octets)
    pair.drive(until=5.0)
    assert len(pair.happened("a", RequestReceived)) <= 30
