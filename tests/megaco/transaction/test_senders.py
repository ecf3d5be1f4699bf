"""Whose request it is, and whose reply: several gateways behind one host, peers that connect anew, and liars."""

from collections.abc import Hashable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.message import (
    ActionReply,
    DeviceName,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    ModifyReply,
    MtpAddress,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionResponseAck,
)
from megaco.transaction import (
    ReplyReceived,
    RequestAborted,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from .looks import an_engine, hear, modifies, replies, requests, said, said_to

_ONE, _OTHER = DeviceName("one"), DeviceName("other")
_AT_ONCE = TransactionConfig(keeps_order=False)


def _host(peer: Hashable) -> str:
    return str(peer).partition(":")[0]


def _engine(config: TransactionConfig | None = None) -> TransactionEngine:
    """Return an engine to which a peer is its host, whatever its port."""
    return an_engine(config, origin=_host)


def _reply(name: str) -> tuple[ActionReply, ...]:
    return (ActionReply(1, replies=(ModifyReply((name,)),)),)


def _executed(engine: TransactionEngine) -> list[tuple[str, MessageIdentifier, int]]:
    events = engine.take_events()
    return [
        (event.peer, event.mid, event.request.transaction_id) for event in events if isinstance(event, RequestReceived)
    ]


# --------------------------------------------------------------------------------------------- several behind one host


@pytest.mark.parametrize(
    "other", [_OTHER, DomainName("one"), IpAddress("192.0.2.1"), IpAddress("192.0.2.1", 2944), MtpAddress("0123")]
)
def test_equal_ids_of_different_gateways(other: MessageIdentifier) -> None:
    """Two mIds behind one host, each at its port: both requests are executed, each gets its own reply, and keeps it."""
    engine = _engine()
    hear(engine, "h:1", *requests(7), mid=_ONE)
    hear(engine, "h:2", *requests(7), mid=other)
    assert _executed(engine) == [("h:1", _ONE, 7), ("h:2", other, 7)]
    engine.reply("h:2", 7, _reply("second"), 0.0)
    engine.reply("h:1", 7, _reply("first"), 0.0)
    assert said_to(engine, "h:1") == [TransactionReply(7, _reply("first"))]
    hear(engine, "h:1", *requests(7), mid=_ONE)
    hear(engine, "h:2", *requests(7), mid=other)
    repeated = engine.take_datagrams()
    assert [peer for _, peer in repeated] == ["h:1", "h:2"]
    assert b"first" in repeated[0][0]
    assert b"second" in repeated[1][0]
    assert _executed(engine) == []


def test_equal_ids_at_one_address() -> None:
    """Two mIds at one port: the second's is taken once the first's is answered, for a reply names only an id."""
    engine = _engine()
    hear(engine, "h:1", *requests(7), mid=_ONE)
    hear(engine, "h:1", *requests(7), mid=_OTHER)
    assert _executed(engine) == [("h:1", _ONE, 7)]
    engine.reply("h:1", 7, _reply("first"), 0.0)
    hear(engine, "h:1", *requests(7), mid=_OTHER)
    assert _executed(engine) == [("h:1", _OTHER, 7)]
    engine.reply("h:1", 7, _reply("second"), 0.0)
    assert said(engine) == [TransactionReply(7, _reply("first")), TransactionReply(7, _reply("second"))]
    hear(engine, "h:1", *requests(7), mid=_ONE)
    assert said(engine) == [TransactionReply(7, _reply("first"))]
    engine.handle_timer(60.0)
    assert engine.is_idle()


def test_acknowledging_concerns_ones_own() -> None:
    """An acknowledgement of one gateway leaves the replies to the other behind the same host."""
    engine = _engine()
    for mid, peer in ((_ONE, "h:1"), (_OTHER, "h:2")):
        hear(engine, peer, *requests(7), mid=mid)
        engine.reply(peer, 7, _reply(mid.name), 0.0)
    said(engine)
    hear(engine, "h:2", TransactionResponseAck((TransactionAck(0, 4294967295),)), mid=_ONE)
    for mid in (_ONE, _OTHER):
        hear(engine, "h:3", *requests(7), mid=mid)
    assert said_to(engine, "h:3") == [TransactionReply(7, _reply("other"))]


# ------------------------------------------------------------------------------------------- peers that connect anew


def test_who_connects_anew_gets_the_stored_reply() -> None:
    """From another port with the same mId: executed once, and answered there, where the request came from last."""
    engine = _engine()
    hear(engine, "h:1", *requests(7), mid=_ONE)
    engine.reply("h:1", 7, _reply("done"), 0.0)
    said(engine)
    hear(engine, "h:2", *requests(7), mid=_ONE)
    assert [peer for _, peer in engine.take_datagrams()] == ["h:2"]
    assert _executed(engine) == [("h:1", _ONE, 7)]
    assert (engine.counters.requests_received, engine.counters.replies_repeated) == (1, 1)


def test_who_connects_anew_while_it_is_executed() -> None:
    """Pendings and the reply go to the new port; the application goes on knowing the request by the first."""
    engine = _engine()
    hear(engine, "h:1", *requests(7), mid=_ONE)
    hear(engine, "h:2", *requests(7), mid=_ONE, now=0.5)
    assert said_to(engine, "h:2") == [TransactionPending(7)]
    engine.handle_timer(2.5)
    assert said_to(engine, "h:2") == [TransactionPending(7)]
    assert _executed(engine) == [("h:1", _ONE, 7)]
    engine.reply("h:2", 7, _reply("nobody"), 2.6)
    assert said(engine) == []
    engine.reply("h:1", 7, _reply("done"), 2.6)
    assert said_to(engine, "h:2") == [TransactionReply(7, _reply("done"), immediate_ack_required=True)]
    hear(engine, "h:3", TransactionResponseAck((TransactionAck(7),)), mid=_ONE)
    hear(engine, "h:3", *requests(7), mid=_ONE)
    assert said(engine) == []


def test_giving_up_names_the_peer_that_the_application_knows() -> None:
    """And is told to the one that asked last."""
    engine = _engine(TransactionConfig(most_pendings=1))
    hear(engine, "h:1", *requests(7), mid=_ONE)
    hear(engine, "h:2", *requests(7), mid=_ONE)
    _executed(engine)
    said(engine)
    engine.handle_timer(2.0)
    assert engine.take_events() == [RequestAborted("h:1", 7)]
    assert [peer for _, peer in engine.take_datagrams()] == ["h:2"]


def test_a_refusal_goes_where_the_request_came_from_last() -> None:
    """And nothing of it is remembered."""
    engine = _engine()
    hear(engine, "h:1", *requests(7), mid=_ONE)
    hear(engine, "h:2", *requests(7), mid=_ONE)
    said(engine)
    engine.refuse("h:1", 7, ErrorDescriptor(505, "no"))
    assert said_to(engine, "h:2") == [TransactionReply(7, error=ErrorDescriptor(505, "no"))]
    assert (engine.executing, engine.remembered) == (0, 0)
    assert _executed(engine) == [("h:1", _ONE, 7)]
    hear(engine, "h:2", *requests(7), mid=_ONE)
    assert _executed(engine) == [("h:2", _ONE, 7)]


def test_a_reply_from_another_port_is_the_peers() -> None:
    """Where the host is what counts; the event names the peer that was asked."""
    engine = _engine(_AT_ONCE)
    pending, answered = (engine.submit("h:1", (modifies(1, "t"),), 0.0) for _ in range(2))
    said(engine)
    hear(engine, "h:2", TransactionPending(pending), *replies([answered]), now=0.1)
    (event,) = engine.take_events()
    assert isinstance(event, ReplyReceived)
    assert (event.peer, event.mid) == ("h:1", DeviceName("h"))
    assert engine.counters.pendings_received == 1


def test_without_an_origin_a_port_is_another_peer() -> None:
    """Its request is another request, though mId and id are the same; its reply is nobody's."""
    engine = an_engine()
    number = engine.submit("h:1", (modifies(1, "t"),), 0.0)
    for peer in ("h:1", "h:2"):
        hear(engine, peer, *requests(7), mid=_ONE)
    hear(engine, "h:2", *replies([number]))
    assert _executed(engine) == [("h:1", _ONE, 7), ("h:2", _ONE, 7)]
    assert engine.outstanding == 1


# ------------------------------------------------------------------------------------------------------------ liars


@pytest.mark.parametrize("liar", ["h:1", "g:2", "b2"])
def test_replies_from_others_are_counted_and_not_taken(liar: str) -> None:
    """Whole, in segments or pending: the request waits for its peer, undisturbed."""
    engine = _engine()
    number = engine.submit("b:1", (modifies(1, "t"),), 0.0)
    said(engine)
    whole = TransactionReply(number, _reply("lie"), immediate_ack_required=True)
    part = TransactionReply(number, _reply("lie"), segment_number=1, is_last_segment=True)
    hear(engine, liar, whole, part, TransactionPending(number), version=3)
    assert engine.take_events() == []
    assert said(engine) == []
    assert engine.counters.replies_unasked == 3
    assert engine.next_deadline() == pytest.approx(0.2)
    hear(engine, "b:1", TransactionReply(number, _reply("truth")))
    (event,) = engine.take_events()
    assert isinstance(event, ReplyReceived)
    assert event.reply.actions == _reply("truth")


def test_replies_to_nothing_are_counted() -> None:
    """To ids never given out, to 0, and to what was forgotten long ago."""
    engine = an_engine()
    number = engine.submit("b", (modifies(1, "t"),), 0.0)
    hear(engine, "b", *replies([number]))
    engine.handle_timer(30.0)
    hear(
        engine, "b", *replies([number, number + 1, 4294967295]), TransactionReply(0, error=ErrorDescriptor(403, "what"))
    )
    assert engine.counters.replies_unasked == 4
    assert [type(event) for event in engine.take_events()] == [ReplyReceived]
    assert engine.is_idle()


def test_a_reply_that_comes_again_is_counted_apart() -> None:
    """It was asked for; it is delivered once."""
    engine = an_engine()
    number = engine.submit("b", (modifies(1, "t"),), 0.0)
    for _ in range(3):
        hear(engine, "b", *replies([number]))
    assert len(engine.take_events()) == 1
    assert (engine.counters.replies_received_again, engine.counters.replies_unasked) == (2, 0)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["h:1", "h:2", "g:1"]), st.sampled_from([_ONE, _OTHER]), st.integers(1, 3)),
        max_size=40,
    ),
    st.sampled_from([0.0, 0.3, 100.0]),
)
def test_each_request_is_executed_once_and_answered_as_first(
    course: list[tuple[str, MessageIdentifier, int]], answered_after_s: float
) -> None:
    """By host, mId and id, from whatever ports copies come: one execution, and every answer is the same."""
    engine = _engine(TransactionConfig(most_pendings=1000))
    first: dict[tuple[str, MessageIdentifier, int], str] = {}
    waiting: list[tuple[float, str, int, str]] = []
    for index, (peer, mid, number) in enumerate(course):
        now = index / 10
        hear(engine, peer, *requests(number), mid=mid, now=now)
        for source, who, found in _executed(engine):
            assert (_host(source), who, found) not in first
            name = f"t{len(first)}"
            first[_host(source), who, found] = name
            waiting.append((now + answered_after_s, source, found, name))
        for due in [one for one in waiting if one[0] <= now]:
            waiting.remove(due)
            engine.reply(due[1], due[2], _reply(due[3]), now)
        engine.handle_timer(now)
        for answer in said_to(engine, peer):
            if isinstance(answer, TransactionReply) and answer.transaction_id == number:
                known = {first.get((_host(peer), other, number)) for other in (_ONE, _OTHER)}
                assert answer.actions in [_reply(name) for name in known if name]
    assert len(first) == engine.counters.requests_received
    for _, source, number, name in waiting:
        engine.reply(source, number, _reply(name), 5.0)
    engine.handle_timer(100.0)
    assert engine.is_idle()
