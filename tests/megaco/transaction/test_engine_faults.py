"""The transaction engine and what should not be: octets that are no message, limits, mistakes of the caller."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco import DecodeError, EncodeError, LocalError, decode
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
)
from megaco.transaction import (
    MessageRefused,
    PeerFault,
    ReplyReceived,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from ...harness import Pair
from .looks import from_b, kinds, transactions

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
    ("octets", "code"),
    [
        (b"!/1 a \x01\xff", 400),
        (b"!/1 a T = 1 { Foo }", 403),
        (b"!/1 a T = 1 { C = 1 { A = t { M { ^ ", 442),
        (b"!/4 a Anything", 406),
        (b'!/1 a T = 1 { C = 1 { A = "quoted" } }', 442),
    ],
)
def test_a_broken_message_is_answered_with_an_error(octets: bytes, code: int) -> None:
    """Where the beginning is readable the sender is told the code and the place, in a message of its own."""
    pair = Pair()
    pair.deliver("b", octets)
    (fault,) = pair.happened("b", PeerFault)
    answer = decode(pair.octets("b")[0])
    assert answer.error is not None
    assert answer.error.code == fault.error.code == code
    assert answer.error.text is not None
    assert answer.error.text.startswith(fault.error.place)
    pair.drive()
    assert pair.happened("a", MessageRefused) == [MessageRefused("b", answer.error)]
    assert len(pair.sent) == 1


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


def test_too_many_requests_are_refused() -> None:
    """Beyond the limit a request is answered with 413, not remembered and not executed; one known is still answered."""
    pair = Pair(executor=lambda event: None, config=TransactionConfig(max_received=2), fate=lambda _: [])
    for number in (1, 2, 3):
        request = TransactionRequest(number, (ActionRequest(1, commands=_command()),))
        pair.deliver("a", from_b(request))
    assert len(pair.happened("a", RequestReceived)) == 2
    (refusal,) = transactions(pair.octets("a")[-1])
    assert isinstance(refusal, TransactionReply)
    assert refusal.transaction_id == 3
    assert refusal.error is not None
    assert refusal.error.code == 413
    pair.reply("a", 1)
    assert kinds(pair, "a")[-1] is TransactionReply


def _command() -> tuple[CommandRequest, ...]:
    pair = Pair()
    pair.request("b")
    (request,) = transactions(pair.octets("b")[0])
    assert isinstance(request, TransactionRequest)
    return request.actions[0].commands


def test_too_many_requests_are_not_sent() -> None:
    """Beyond the limit ``submit`` raises and nothing is sent."""
    pair = Pair(config=TransactionConfig(max_sent=1))
    pair.request()
    with pytest.raises(LocalError, match="1 requests are still remembered"):
        pair.request()
    assert len(pair.sent) == 1


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
        DeviceName("a"), TransactionConfig(), first_transaction_id=4294967295, jitter=lambda: 0.0
    )
    action = ActionRequest(1, commands=_command())
    assert [engine.submit("b", (action,), 0.0) for _ in range(2)] == [4294967295, 1]


def test_the_version_goes_into_every_message() -> None:
    """The agreed version, changed at any time, is that of the next message."""
    pair = Pair()
    for version in (1, 3):
        pair.engines["a"].version = version
        pair.request()
    assert [decode(octets).version for octets in pair.octets("a")] == [1, 3]


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
