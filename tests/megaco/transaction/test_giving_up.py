"""Requests that are given up, and requests whose peer changes: cancel, abandon, redirect."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.message import ActionReply, TransactionPending, TransactionReply, TransactionRequest
from megaco.transaction import (
    Failure,
    LinkTerms,
    ReplyReceived,
    RequestFailed,
    TransactionConfig,
    TransactionEngine,
)

from ...harness import Pair
from .looks import an_engine, hear, id_of, modifies, replies, said, said_to, transactions

_AT_ONCE = TransactionConfig(keeps_order=False)


def _submit(engine: TransactionEngine, peer: str, name: str = "t", now: float = 0.0) -> int:
    return engine.submit(peer, (modifies(1, name),), now)


def _failures(engine: TransactionEngine) -> list[tuple[int, Failure]]:
    events = engine.take_events()
    return [(event.transaction_id, event.reason) for event in events if isinstance(event, RequestFailed)]


def _bring_to(state: str, engine: TransactionEngine) -> int:
    """Make a request that is in a state by the name that its table gives it."""
    if state == "HELD_BACK":
        _submit(engine, "b")
    number = _submit(engine, "b")
    if state == "PENDING":
        hear(engine, "b", TransactionPending(number))
    if state == "COLLECTING":
        hear(engine, "b", TransactionReply(number, (ActionReply(1),), segment_number=2), version=3)
    if state == "ANSWERED":
        hear(engine, "b", *replies([number]))
    said(engine)
    engine.take_events()
    return number


_OUTSTANDING = ["HELD_BACK", "SENT", "PENDING", "COLLECTING"]

# ----------------------------------------------------------------------------------------------------------- cancel


@pytest.mark.parametrize("state", _OUTSTANDING)
def test_a_cancelled_request_is_silent(state: str) -> None:
    """It is not repeated, its reply is not told of, no event says anything, and nothing of it is kept."""
    engine = an_engine()
    number = _bring_to(state, engine)
    before = engine.outstanding
    engine.cancel(number, 1.0)
    assert engine.outstanding == before - 1
    hear(engine, "b", TransactionPending(number), *replies([number]), now=1.0)
    engine.cancel(number, 1.0)
    engine.handle_timer(60.0)
    assert number not in {id_of(one) for one in said(engine)}
    assert number not in {number for number, _ in _failures(engine)}
    assert engine.counters.requests_cancelled == 1
    assert engine.is_idle()


def test_cancelling_what_is_answered_or_unknown_does_nothing() -> None:
    """What has its reply keeps it; a number that was never given out is nobody's."""
    engine = an_engine()
    number = _bring_to("ANSWERED", engine)
    for other in (number, 0, 7, -1):
        engine.cancel(other, 0.5)
    hear(engine, "b", *replies([number]), now=1.0)
    assert engine.counters.requests_cancelled == 0
    assert engine.counters.replies_received_again == 1


def test_a_cancelled_request_may_have_been_executed() -> None:
    """The far end knows nothing of it: it executes, replies, and forgets in its own time."""
    pair = Pair()
    number = pair.request()
    pair.engines["a"].cancel(number, 0.0)
    pair.drive()
    assert pair.engines["b"].counters.requests_received == 1
    assert pair.events["a"] == []
    assert pair.engines["a"].counters.replies_unasked == 1
    assert pair.is_idle()


# ---------------------------------------------------------------------------------------------------------- abandon


@pytest.mark.parametrize("state", _OUTSTANDING)
def test_a_peer_that_is_gone_fails_its_requests(state: str) -> None:
    """Each once, as PEER_GONE, whatever it waits for; nothing more is sent to that peer."""
    engine = an_engine()
    number = _bring_to(state, engine)
    outstanding = engine.outstanding
    engine.abandon("b", 1.0)
    failures = _failures(engine)
    assert (number, Failure.PEER_GONE) in failures
    assert len(failures) == outstanding
    assert said(engine) == []
    engine.handle_timer(60.0)
    assert said(engine) == []
    assert _failures(engine) == []
    assert engine.is_idle()


def test_those_who_wait_are_not_sent_to_a_peer_that_is_gone() -> None:
    """Many about the same terminations: none of them goes out because another has failed."""
    engine = an_engine()
    names = ["t", "t", "u", "t", "u", "v"]
    numbers = [_submit(engine, "b", name) for name in names]
    both = engine.submit("b", (modifies(1, "t", "u"),), 0.0)
    said(engine)
    engine.abandon("b", 1.0)
    assert said(engine) == []
    assert sorted(_failures(engine)) == [(number, Failure.PEER_GONE) for number in [*numbers, both]]
    assert engine.is_idle()


def test_abandoning_concerns_one_peer() -> None:
    """Requests to others, and replies to the one who has gone, are as before."""
    engine = an_engine()
    gone, other = _submit(engine, "b"), _submit(engine, "c")
    hear(engine, "b", TransactionRequest(9, (modifies(1, "t"),)))
    engine.reply("b", 9, (ActionReply(1),), 0.0)
    said(engine)
    engine.abandon("b", 0.0)
    engine.abandon("nobody", 0.0)
    assert _failures(engine) == [(gone, Failure.PEER_GONE)]
    hear(engine, "c", *replies([other]))
    (answered,) = engine.take_events()
    assert isinstance(answered, ReplyReceived)
    hear(engine, "b", TransactionRequest(9, (modifies(1, "t"),)))
    assert said(engine) == [TransactionReply(9, (ActionReply(1),))]


def test_what_was_answered_does_not_fail() -> None:
    """A reply that has come is not taken back."""
    engine = an_engine()
    _bring_to("ANSWERED", engine)
    engine.abandon("b", 1.0)
    assert engine.take_events() == []
    assert not engine.is_idle()


def test_after_abandoning_the_peer_can_be_asked_again() -> None:
    """A peer that started again gets new requests at once, about the same terminations too."""
    engine = an_engine()
    for _ in range(2):
        _submit(engine, "b")
    engine.abandon("b", 1.0)
    said(engine)
    number = _submit(engine, "b", now=1.0)
    assert [id_of(one) for one in said(engine)] == [number]


# --------------------------------------------------------------------------------------------------------- redirect


def test_requests_follow_to_whoever_has_taken_over() -> None:
    """The next repeat goes to the other, with the same octets; its reply is taken, and that of the first no more."""
    engine = an_engine(_AT_ONCE)
    number = _submit(engine, "b")
    ((octets, _),) = engine.take_datagrams()
    engine.redirect("b", "c", 0.0)
    assert engine.take_datagrams() == []
    engine.handle_timer(0.2)
    assert engine.take_datagrams() == [(octets, "c")]
    hear(engine, "b", *replies([number]), now=0.3)
    assert engine.take_events() == []
    assert engine.counters.replies_unasked == 1
    hear(engine, "c", *replies([number]), now=0.3)
    (answered,) = engine.take_events()
    assert isinstance(answered, ReplyReceived)
    assert (answered.peer, answered.transaction_id, answered.repeats) == ("c", number, 1)


def test_who_waits_is_sent_to_the_other() -> None:
    """A request held back when its peer was replaced goes to the new one alone."""
    engine = an_engine()
    first, second = _submit(engine, "b"), _submit(engine, "b")
    assert [id_of(one) for one in said_to(engine, "b")] == [first]
    engine.redirect("b", "c", 0.0)
    hear(engine, "c", *replies([first]))
    assert [to for _, to in engine.take_datagrams()] == ["c"]
    hear(engine, "c", *replies([second]))
    assert [type(event) for event in engine.take_events()] == [ReplyReceived] * 2


def test_redirecting_keeps_t_max() -> None:
    """The time that a request has is not begun anew."""
    engine = an_engine(_AT_ONCE)
    number = _submit(engine, "b")
    engine.redirect("b", "c", 0.0)
    engine.handle_timer(24.9)
    assert _failures(engine) == []
    engine.handle_timer(25.0)
    assert _failures(engine) == [(number, Failure.NO_REPLY)]


def test_redirecting_concerns_one_peer_and_its_outstanding_requests() -> None:
    """Requests to others stay with them; answers go where their requests came from (clause 7.2.8)."""
    engine = an_engine(_AT_ONCE)
    answered, moved, stays = _submit(engine, "b"), _submit(engine, "b"), _submit(engine, "d")
    hear(engine, "b", *replies([answered]), TransactionRequest(9, (modifies(1, "t"),)))
    said(engine)
    engine.redirect("b", "c", 0.0)
    engine.reply("b", 9, (ActionReply(1),), 0.1)
    assert [to for _, to in engine.take_datagrams()] == ["b"]
    engine.handle_timer(0.2)
    sent = {to: _id_of_only(octets) for octets, to in engine.take_datagrams()}
    assert sent == {"c": moved, "d": stays}


def _id_of_only(octets: bytes) -> int:
    """Return the TransactionID of the one transaction in a message."""

    (transaction,) = transactions(octets)
    return id_of(transaction)


def test_a_redirected_request_teaches_patience() -> None:
    """Its reply may be to either sending, so the new peer's next request waits for as long, but no average is made."""
    engine = an_engine(_AT_ONCE)
    number = _submit(engine, "b")
    engine.redirect("b", "c", 0.0)
    engine.handle_timer(0.2)
    hear(engine, "c", *replies([number]), now=3.0)
    said(engine)
    _submit(engine, "c", now=4.0)
    assert engine.next_deadline() == pytest.approx(4.0 + 1.25 * 3.0)


def test_the_new_peers_link_counts() -> None:
    """Repeats to a peer over a reliable link are rare, wherever the request went first."""
    links = {"b": LinkTerms(False, 65_507), "c": LinkTerms(True, 65_507)}
    engine = an_engine(_AT_ONCE, link=lambda peer: links[str(peer)])
    _submit(engine, "b")
    engine.redirect("b", "c", 0.0)
    engine.handle_timer(0.2)
    assert engine.next_deadline() == pytest.approx(10.2)


# ------------------------------------------------------------------------------------------------------ any course


@settings(deadline=None)
@given(st.data())
def test_every_request_ends_once(data: st.DataObject) -> None:
    """Submitted, answered, pended, cancelled, abandoned and redirected at will: one outcome each, none if cancelled."""
    engine = an_engine(TransactionConfig(keeps_order=data.draw(st.booleans())))
    peers = st.sampled_from("bcd")
    now, numbers, cancelled = 0.0, list[int](), set[int]()
    outcomes: list[int] = []
    for _ in range(data.draw(st.integers(1, 30))):
        now += data.draw(st.sampled_from([0.0, 0.1, 5.0]))
        what = data.draw(st.sampled_from(["submit", "submit", "cancel", "abandon", "redirect", "hear", "timer"]))
        if what == "submit":
            numbers.append(_submit(engine, data.draw(peers), data.draw(st.sampled_from("tu")), now))
        elif what == "abandon":
            engine.abandon(data.draw(peers), now)
        elif what == "redirect":
            engine.redirect(data.draw(peers), data.draw(peers), now)
        elif what == "timer":
            engine.handle_timer(now)
        elif numbers:
            number = data.draw(st.sampled_from(numbers))
            if what == "cancel":
                before = engine.outstanding
                engine.cancel(number, now)
                cancelled |= {number} if engine.outstanding < before else set()
            else:
                hear(engine, data.draw(peers), TransactionPending(number), *replies([number]), now=now)
        outcomes += _outcomes(engine)
    engine.handle_timer(now + 25.0)
    outcomes += _outcomes(engine)
    engine.handle_timer(now + 60.0)
    assert sorted([*outcomes, *cancelled]) == sorted(numbers)
    assert engine.is_idle()


def _outcomes(engine: TransactionEngine) -> list[int]:
    return [event.transaction_id for event in engine.take_events() if isinstance(event, ReplyReceived | RequestFailed)]
