"""The transaction engine under scripted disturbance: each rule of Annex D.1 on its own."""

from itertools import pairwise

import pytest

from megaco import encode
from megaco.message import (
    ActionReply,
    DeviceName,
    ErrorDescriptor,
    Message,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionResponseAck,
)
from megaco.transaction import (
    Failure,
    LinkTerms,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
)

from ...harness import Pair, losing, promptly
from .looks import an_engine, from_b, hear, id_of, kinds, modifies, sent_at, transactions

# ---------------------------------------------------------------------------------------------- a request's life


def test_request_and_reply() -> None:
    """A request is executed once, its reply delivered once, and LONG-TIMER later nobody remembers it."""
    pair = Pair()
    number = pair.request()
    pair.drive(until=1.0)
    (executed,) = pair.happened("b", RequestReceived)
    (answered,) = pair.happened("a", ReplyReceived)
    assert (executed.peer, executed.mid, executed.request.transaction_id) == ("a", DeviceName("a"), number)
    assert (answered.transaction_id, answered.reply.actions) == (number, (ActionReply(1),))
    assert not pair.is_idle()
    pair.drive()
    assert pair.is_idle()
    assert pair.now == pytest.approx(30.02)
    assert len(pair.sent) == 2


def test_a_lost_request_is_repeated() -> None:
    """A request that did not arrive is sent again, octet by octet the same."""
    pair = Pair(fate=losing(0, 1))
    pair.request()
    pair.drive(until=5.0)
    assert len(pair.happened("b", RequestReceived)) == len(pair.happened("a", ReplyReceived)) == 1
    assert len(set(pair.octets("a"))) == 1
    assert sent_at(pair, "a") == [0.0, 0.2, 0.5]


def test_a_lost_reply_is_repeated_not_remade() -> None:
    """A repeated request is answered from the stored reply, octet by octet the same, and executed once."""
    pair = Pair(fate=losing(1))
    pair.request()
    pair.drive(until=5.0)
    first, second = pair.octets("b")
    assert first == second
    assert len(pair.happened("b", RequestReceived)) == len(pair.happened("a", ReplyReceived)) == 1


def test_a_doubled_datagram_is_executed_once() -> None:
    """Two copies of request and reply make one execution and one delivery."""
    pair = Pair(fate=lambda _: [0.01, 0.02])
    pair.request()
    pair.drive()
    assert len(pair.happened("b", RequestReceived)) == len(pair.happened("a", ReplyReceived)) == 1
    assert pair.is_idle()


def test_repeats_grow_apart_and_end() -> None:
    """Without answer the waits double up to the longest, and after T-MAX the request has failed, once."""
    pair = Pair(fate=lambda _: [])
    number = pair.request()
    pair.drive()
    times = sent_at(pair, "a")
    waits = [round(later - earlier, 3) for earlier, later in pairwise(times)]
    assert waits[:5] == [0.2, 0.3, 0.6, 1.2, 2.4]
    assert set(waits[5:]) == {3.0}
    assert pair.happened("a", RequestFailed) == [RequestFailed("b", number, Failure.NO_REPLY, 25.0, len(times) - 1)]
    assert pair.now == 25.0
    assert pair.is_idle()


def test_a_reply_after_the_failure_is_ignored() -> None:
    """A request that has failed stays failed."""
    pair = Pair(fate=lambda datagram: [26.0] if datagram.sender == "b" else [0.01])
    pair.request()
    pair.drive()
    assert len(pair.happened("a", RequestFailed)) == 1
    assert pair.happened("a", ReplyReceived) == []
    assert pair.is_idle()


def test_a_reliable_link_is_trusted() -> None:
    """Over a transport that repeats by itself a request is repeated rarely; T-MAX holds all the same."""
    pair = Pair(fate=lambda _: [], config=TransactionConfig(reliable=True))
    pair.request()
    pair.drive()
    assert sent_at(pair, "a") == [0.0, 10.0, 20.0]
    assert len(pair.happened("a", RequestFailed)) == 1


def test_the_link_knows_better_whether_it_is_reliable() -> None:
    """What it says of a peer counts, not the configuration; a far end that is busy calms either kind."""
    links = {"tcp": LinkTerms(True, 65_507), "udp": LinkTerms(False, 65_507)}
    engine = an_engine(TransactionConfig(reliable=True, keeps_order=False), link=lambda peer: links[str(peer)])
    for peer, waits_s in (("tcp", [10.0, 10.0]), ("udp", [0.2, 0.3])):
        number = engine.submit(peer, (modifies(1, "t"),), 0.0)
        now = 0.0
        for wait_s in waits_s:
            assert engine.next_deadline() == pytest.approx(now + wait_s)
            now += wait_s
            engine.handle_timer(now)
        hear(engine, peer, TransactionPending(number), now=now)
        assert engine.next_deadline() == pytest.approx(now + 4.0)
        engine.cancel(number, now)


def test_requests_both_ways_do_not_meet() -> None:
    """Both sides use the same TransactionIDs for their own requests."""
    pair = Pair()
    assert pair.request("a", 3) == pair.request("b", 4) == 1
    pair.drive()
    assert [event.reply.actions for event in pair.happened("a", ReplyReceived)] == [(ActionReply(3),)]
    assert [event.reply.actions for event in pair.happened("b", ReplyReceived)] == [(ActionReply(4),)]


def test_a_transaction_may_fail_as_a_whole() -> None:
    """An error instead of actions is delivered as the reply that it is."""
    error = ErrorDescriptor(500, "no")
    pair = Pair(executor=lambda _: error)
    pair.request()
    pair.drive()
    assert [event.reply for event in pair.happened("a", ReplyReceived)] == [TransactionReply(1, error=error)]


# -------------------------------------------------------------------------------------------------------- pending


def test_a_slow_request_is_pending() -> None:
    """What is not executed in time is reported pending; then the reply asks for an acknowledgement, and gets it."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=2.0)
    assert TransactionPending in kinds(pair, "b")
    pair.reply("b", number)
    pair.drive(until=3.0)
    (reply,) = transactions(pair.octets("b")[-1])
    assert isinstance(reply, TransactionReply)
    assert reply.immediate_ack_required
    assert transactions(pair.octets("a")[-1]) == (TransactionResponseAck((TransactionAck(number),)),)
    pair.drive()
    assert len(pair.happened("a", ReplyReceived)) == 1
    assert pair.is_idle()


def test_pending_calms_the_requester() -> None:
    """After a TransactionPending the request is repeated rarely, until the reply comes."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=10.0)
    times = sent_at(pair, "a")
    assert all(later - earlier >= 2.0 for earlier, later in pairwise(times[1:]))
    pair.reply("b", number)
    pair.drive()
    assert len(pair.happened("a", ReplyReceived)) == 1


def test_an_acknowledged_reply_is_dropped_but_not_its_id() -> None:
    """After the acknowledgement a stray copy of the request is neither executed nor answered."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=2.0)
    pair.reply("b", number)
    pair.drive(until=3.0)
    said = len(pair.octets("b"))
    pair.deliver("b", pair.octets("a")[0])
    assert len(pair.octets("b")) == said
    assert len(pair.happened("b", RequestReceived)) == 1


def test_a_lost_acknowledgement_is_sent_again() -> None:
    """A reply that asks for an acknowledgement, come again, is acknowledged again and not delivered again."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=2.0)
    pair.reply("b", number)
    pair.drive(until=3.0)
    pair.deliver("a", pair.octets("b")[-1])
    assert kinds(pair, "a")[-2:] == [TransactionResponseAck] * 2
    assert len(pair.happened("a", ReplyReceived)) == 1


# ------------------------------------------------------------------------------------------------ acknowledgements


def _with_stored_replies(count: int) -> Pair:
    pair = Pair(fate=promptly)
    for _ in range(count):
        pair.request("b")
    pair.drive(until=1.0)
    return pair


@pytest.mark.parametrize(
    "acks", [(TransactionAck(0, 4294967295),), tuple(TransactionAck(number) for number in range(10_000))]
)
def test_acknowledgements_are_bounded_work(acks: tuple[TransactionAck, ...]) -> None:
    """A range over all ids, or ten thousand ids by the piece, against three hundred stored replies drops them all."""
    pair = _with_stored_replies(300)
    pair.deliver("a", from_b(TransactionResponseAck(acks)))
    said = len(pair.octets("a"))
    for octets in pair.octets("b")[:300]:
        pair.deliver("a", octets)
    assert len(pair.octets("a")) == said
    assert len(pair.happened("a", RequestReceived)) == 300


def test_only_what_is_acknowledged_is_dropped() -> None:
    """Replies outside the ranges are still there to be repeated."""
    pair = _with_stored_replies(4)
    pair.deliver("a", from_b(TransactionResponseAck((TransactionAck(2, 3),))))
    first, second, third, fourth = (pair.octets("b")[index] for index in range(4))
    for octets, answers in ((first, 1), (second, 0), (third, 0), (fourth, 1)):
        said = len(pair.octets("a"))
        pair.deliver("a", octets)
        answered = [one for octets in pair.octets("a")[said:] for one in transactions(octets)]
        assert len(answered) == answers
        assert {id_of(one) for one in answered} <= {id_of(one) for one in transactions(octets)}


def test_a_peer_acknowledges_its_own_only() -> None:
    """An acknowledgement from somebody else changes nothing."""
    pair = _with_stored_replies(1)
    engine = pair.engines["a"]
    engine.receive(from_b(TransactionResponseAck((TransactionAck(0, 4294967295),))), "somebody", pair.now)
    pair.deliver("a", pair.octets("b")[0])
    assert pair.octets("a") == [pair.octets("a")[0]] * 2


def test_an_acknowledgement_while_executing_is_ignored() -> None:
    """Nothing is acknowledged before it is answered."""
    pair = Pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=0.1)
    pair.deliver("b", encode(Message(1, DeviceName("a"), (TransactionResponseAck((TransactionAck(number),)),))))
    pair.reply("b", number)
    pair.drive(until=0.5)
    assert len(pair.happened("a", ReplyReceived)) == 1
