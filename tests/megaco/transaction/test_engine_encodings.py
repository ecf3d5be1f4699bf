"""The transaction engine between text and binary: whoever is answered is answered in his own encoding."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco import DecodeError, EncodeError, decode, dictionary, encode
from megaco.codec import BrokenTransaction, Header, Salvage, is_binary
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    IpAddress,
    Message,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import (
    MessageRefused,
    PeerFault,
    ReplyReceived,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from ...compiled import interpreted_only
from ...harness import Pair
from .looks import an_engine, transactions

ACTION = ActionRequest(1, commands=(CommandRequest(ModifyRequest(("t",))),))
REQUEST = Message(1, DeviceName("b"), (TransactionRequest(7, (ACTION,)),))
OWN_EVENT = """
id = "own"
number = 0x8765
version = 1
title = "One's own"
spec = "none"
[events.ev]
number = 0x0001
title = "An event"
provenance = "assumed"
"""


def sent(engine: TransactionEngine) -> list[bytes]:
    """Return the octets that an engine has ready."""
    return [octets for octets, _ in engine.take_datagrams()]


def as_seen(octets: bytes) -> str:
    """Name the encoding of octets."""
    return "binary" if is_binary(octets) else "compact" if octets.startswith(b"!/") else "pretty"


@pytest.mark.parametrize(
    ("own", "asked", "answered"),
    [
        ("pretty", "compact", "pretty"),
        ("compact", "pretty", "compact"),
        ("pretty", "binary", "binary"),
        ("compact", "binary", "binary"),
        ("binary", "binary", "binary"),
        ("binary", "compact", "pretty"),
    ],
)
def test_a_peer_is_answered_in_its_encoding(own: str, asked: str, answered: str) -> None:
    """Pending, reply, repeated reply, and the refusal of a request: text in our layout, or binary."""
    engine = an_engine(encoding=own)
    engine.receive(encode(REQUEST, asked), "b", 0.0)
    (event,) = engine.take_events()
    assert isinstance(event, RequestReceived)
    assert event.encoding == answered
    engine.handle_timer(1.0)
    answers = sent(engine)
    engine.reply("b", 7, (ActionReply(1),), 2.0)
    answers += sent(engine)
    engine.receive(encode(REQUEST, asked), "b", 3.0)
    answers += sent(engine)
    assert [as_seen(one) for one in answers] == [answered] * 3
    assert [type(decode(one).transactions[0]) for one in answers] == [TransactionPending] + [TransactionReply] * 2
    engine.receive(encode(Message(1, DeviceName("c"), REQUEST.transactions), asked), "c", 0.0)
    engine.refuse("c", 7, ErrorDescriptor(505, "no"))
    assert [as_seen(one) for one in sent(engine)] == [answered]


def test_two_peers_speak_two_encodings() -> None:
    """Each has its own, at the same time and with the same TransactionID; a peer may change its mind."""
    engine = an_engine()
    engine.receive(encode(REQUEST, "binary"), "b", 0.0)
    engine.receive(encode(REQUEST, "pretty"), "c", 0.0)
    changed = Message(1, DeviceName("b"), (TransactionRequest(8, (ACTION,)),))
    engine.receive(encode(changed, "compact"), "b", 0.0)
    for peer, number in (("c", 7), ("b", 7), ("b", 8)):
        engine.reply(peer, number, (ActionReply(1),), 0.0)
    assert [(peer, as_seen(octets)) for octets, peer in engine.take_datagrams()] == [
        ("c", "compact"),
        ("b", "binary"),
        ("b", "compact"),
    ]


@pytest.mark.parametrize("own", ["compact", "binary"])
def test_requests_are_in_our_encoding_unless_told_otherwise(own: str) -> None:
    """``agree`` says it of a peer until ``forget_peer``; repetitions and acknowledgements are in the same."""
    other = {"compact": "binary", "binary": "compact"}[own]
    engine = an_engine(TransactionConfig(keeps_order=False), encoding=own)
    engine.agree("c", encoding=other)
    for peer, expected in (("b", own), ("c", other)):
        number = engine.submit(peer, (ACTION,), 0.0)
        (request,) = sent(engine)
        engine.handle_timer(0.2)
        (again,) = sent(engine)
        reply = TransactionReply(number, (ActionReply(1),), immediate_ack_required=True)
        engine.receive(encode(Message(1, DeviceName(peer), (reply,)), expected), peer, 0.3)
        (acknowledgement,) = sent(engine)
        assert request == again
        assert [as_seen(one) for one in (request, acknowledgement)] == [expected] * 2
        assert isinstance(decode(acknowledgement).transactions[0], TransactionResponseAck)
    engine.forget_peer("c")
    engine.submit("c", (ACTION,), 1.0)
    assert [as_seen(one) for one in sent(engine)] == [own]


def test_what_was_agreed_later_does_not_change_what_was_written() -> None:
    """A request and a reply are repeated as they were sent first; new ones are as agreed, in messages of their own."""
    engine = an_engine(TransactionConfig(keeps_order=False))
    engine.receive(encode(REQUEST, "compact"), "b", 0.0)
    engine.submit("b", (ACTION,), 0.0)
    engine.reply("b", 7, (ActionReply(1),), 0.0)
    (before,) = sent(engine)
    engine.agree("b", version=3, encoding="binary")
    engine.submit("b", (ACTION,), 0.1)
    engine.receive(encode(REQUEST, "compact"), "b", 0.1)
    engine.handle_timer(0.2)
    written = [(as_seen(one), decode(one).version, len(transactions(one))) for one in sent(engine)]
    assert written == [("binary", 3, 1), ("compact", 1, 2)]
    assert (as_seen(before), decode(before).version, len(transactions(before))) == ("compact", 1, 2)


def test_two_engines_in_binary() -> None:
    """Requests both ways over a link, as in text."""
    pair = Pair()
    for engine in pair.engines.values():
        engine.encoding = "binary"
    pair.request("a", 3)
    pair.request("b", 4)
    pair.drive()
    assert [event.reply.actions for event in pair.happened("a", ReplyReceived)] == [(ActionReply(3),)]
    assert [event.reply.actions for event in pair.happened("b", ReplyReceived)] == [(ActionReply(4),)]
    assert all(is_binary(datagram.octets) for datagram in pair.sent)


# ---------------------------------------------------------------------------------------------------------- refusals


def test_too_much_is_refused_in_the_peers_encoding() -> None:
    """Too many transactions in a message, and too many requests."""
    engine = an_engine(TransactionConfig(most_transactions=1, max_received=1), encoding="pretty")
    for numbers in ((1, 2), (3,), (4,)):
        requests = tuple(TransactionRequest(number, (ACTION,)) for number in numbers)
        engine.receive(encode(Message(1, DeviceName("b"), requests), "binary"), "b", 0.0)
    whole, single = sent(engine)
    assert is_binary(whole)
    assert is_binary(single)
    error, (reply,) = decode(whole).error, decode(single).transactions
    assert error is not None
    assert isinstance(reply, TransactionReply)
    assert reply.error is not None
    assert (error.code, reply.error.code) == (413, 510)


@pytest.mark.parametrize("own", ["compact", "binary"])
def test_broken_binary_is_answered_in_binary(own: str) -> None:
    """With a code and the offset, wherever it is cut after its beginning; errors are not answered in turn."""
    whole = encode(Message(2, IpAddress("192.0.2.1", 2945), REQUEST.transactions), "binary")
    answered = 0
    for end in range(len(whole)):
        engine = an_engine(encoding=own)
        engine.receive(whole[:end], "b", 0.0)
        (fault,) = engine.take_events()
        assert isinstance(fault, PeerFault)
        for answer in sent(engine):
            answered += 1
            assert is_binary(answer)
            message = decode(answer, strict=True)
            error = message.error
            if error is None:
                (reply,) = message.transactions
                assert isinstance(reply, TransactionReply)
                assert reply.transaction_id in (0, 7)
                error = reply.error
            assert error is not None
            assert (error.text or "").startswith("@")
            engine.receive(answer, "b", 0.0)
            assert engine.take_events() == ([] if message.error is None else [MessageRefused("b", message.error)])
            assert sent(engine) == []
    assert answered > len(whole) // 2


def test_broken_text_is_answered_in_text() -> None:
    """By an engine whose own requests are binary."""
    engine = an_engine(encoding="binary")
    engine.receive(b"!/1 a T = 1 { Foo }", "b", 0.0)
    (answer,) = sent(engine)
    assert as_seen(answer) == "pretty"


@pytest.mark.parametrize("octets", [b"0", b"0\x80", b"0\x03\x02\x01", b"0\x84\xff\xff\xff\xff", b"\x30\x02\xa1\x00"])
def test_binary_without_a_beginning_is_not_answered(octets: bytes) -> None:
    """Nobody knows whether it was meant to be H.248."""
    engine = an_engine(encoding="binary")
    engine.receive(octets, "b", 0.0)
    assert [type(event) for event in engine.take_events()] == [PeerFault]
    assert sent(engine) == []


@interpreted_only
def test_what_is_told_of_broken_binary_is_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of an error has no other letters there, whatever the fault quotes, and of whichever level it is."""
    fault = DecodeError('what "the" peér wrote', offset=7)
    said = ErrorDescriptor(400, r"@7: what 'the' pe\xe9r wrote")

    def fails(*_: object, **__: object) -> Message:
        raise fault

    def finds(*_: object, **__: object) -> Salvage:
        return Salvage(Header(1, DeviceName("b")), (BrokenTransaction("request", 7, fault),))

    engine = an_engine(encoding="binary")
    request = encode(REQUEST, "binary")
    for salvage, answer in ((fails, Message(1, DeviceName("a"), error=said)), (finds, _refusal(7, said))):
        monkeypatch.setattr("megaco.transaction.engine.codec.decode", fails)
        monkeypatch.setattr("megaco.transaction.engine.codec.salvage", salvage)
        engine.receive(request, "b", 0.0)
        monkeypatch.undo()
        assert [decode(octets) for octets in sent(engine)] == [answer]


def _refusal(number: int, error: ErrorDescriptor) -> Message:
    return Message(1, DeviceName("a"), (TransactionReply(number, error=error),))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_that_a_peer_sends_in_binary_raises(data: st.DataObject) -> None:
    """Cut and garbled messages; what is answered is a message in binary."""
    engine = an_engine()
    whole = encode(Message(2, IpAddress("192.0.2.1", 2945), REQUEST.transactions), "binary")
    for _ in range(4):
        at = data.draw(st.integers(1, len(whole)))
        octets = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 4)) :]
        engine.receive(octets, "b", 0.0)
    assert all(is_binary(answer) and decode(answer, strict=True) for answer in sent(engine))


# -------------------------------------------------------------------------------------------------------------- names


def test_names_come_from_the_dictionary(tmp_path: Path) -> None:
    """What it has no number for cannot be sent, and is read by number; with the package's file both go by name."""
    (tmp_path / "own.toml").write_text(OWN_EVENT)
    event = ObservedEventsDescriptor(1, (ObservedEvent("own/ev"),))
    action = ActionRequest(1, commands=(CommandRequest(NotifyRequest(("t",), event)),))
    knowing, ignorant = an_engine(encoding="binary", names=dictionary([tmp_path])), an_engine(encoding="binary")
    with pytest.raises(EncodeError, match="'own' is not known"):
        ignorant.submit("b", (action,), 0.0)
    knowing.submit("b", (action,), 0.0)
    (octets,) = sent(knowing)
    for engine, name in ((knowing, "own/ev"), (ignorant, "x8765/x0001")):
        engine.receive(octets, "b", 0.0)
        (received,) = engine.take_events()
        assert isinstance(received, RequestReceived)
        notify = received.request.actions[0].commands[0].command
        assert isinstance(notify, NotifyRequest)
        assert notify.observed_events.events[0].name == name
