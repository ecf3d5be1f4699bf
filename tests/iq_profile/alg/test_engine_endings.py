"""The controller's engine when things go wrong: refusals, silence, byes, losses, and answers that say no."""

import pytest

from iq_profile.alg.engine import AlgEngine, SendAnswer, SendBye, SendOffer, SendReject, SessionGone
from iq_profile.alg.settings import AlgSettings
from iq_profile.procedures import (
    ConfigureConnectionPoint,
    Heartbeat,
    Outcome,
    Rejected,
    Released,
    ReleaseTerminations,
    Reserved,
)

from .calls import (
    ANSWER,
    AUDIO,
    BOTH,
    HEAD,
    OFFER,
    TWO_ANSWERED,
    UE_PRINT,
    Call,
    asked,
    lines,
    paused,
    plain,
    refusing,
    sdp,
    secured,
)

# --------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("side", ["originating", "terminating"])
@pytest.mark.parametrize("combine", [False, True])
@pytest.mark.parametrize("ordinal", [1, 2, 3, 4])
def test_a_refusal_at_any_step_leaves_nothing_reserved(side: str, combine: bool, ordinal: int) -> None:
    """The offerer hears 488 with the gateway's code, and every termination that was reserved is subtracted."""
    call = Call(AlgSettings(combine=combine), refusing(ordinal))
    if side == "originating":
        call.offer("access", OFFER).answer(ANSWER)
    else:
        call.offer("core", sdp(*plain("MSRP"))).answer(sdp(*secured("MSRP", setup="active")))
    if call.all(SendAnswer):
        call.bye()
    else:
        (rejection,) = call.rejections()
        assert (rejection.code, rejection.reason) == (488, "the gateway refuses: 510 Insufficient resources")
    assert call.is_over


def test_a_refusal_of_the_last_step_ends_the_session_for_both() -> None:
    """Step 21 comes after the answer: the refusal finds both ends in a session."""
    call = Call(gateway=refusing(5)).offer("access", OFFER).answer(ANSWER)
    assert len(call.all(SendAnswer)) == 1
    assert (call.told(), call.rejections()) == (["offerer", "answerer"], [])
    assert call.is_over


@pytest.mark.parametrize("ordinal", [1, 2])
def test_a_refusal_costs_only_the_lines_that_need_the_gateway(ordinal: int) -> None:
    """Beside audio the secured line gets port 0, what was reserved is subtracted, and the offer goes on."""
    call = Call(gateway=refusing(ordinal)).offer("access", sdp(*AUDIO, *asked("MSRP")))
    assert not call.gateway.held
    assert "m=message 0 TCP/TLS/MSRP *" in lines(call.forwarded_offer)
    assert lines(call.forwarded_offer)[5:8] == list(AUDIO)
    call.answer(sdp(*AUDIO, *plain("MSRP", port=0)))
    assert "m=message 0 TCP/MSRP *" in lines(call.forwarded_answer)
    assert call.bye().is_over


def test_a_refusal_beside_a_rejected_line_rejects_the_offer() -> None:
    """An offer of which nothing but port 0 would be left does not go on."""
    call = Call(gateway=refusing(1)).offer("access", sdp("m=audio 0 RTP/AVP 0", *asked("MSRP")))
    assert (len(call.rejections()), call.all(SendOffer)) == (1, [])
    assert call.is_over


def test_a_refused_release_is_taken_for_done() -> None:
    """What cannot be subtracted is not there; the session is gone all the same."""
    call = Call().offer("access", OFFER)
    call.gateway.refuse = lambda order: isinstance(order, ReleaseTerminations)
    call.bye()
    assert call.engine.is_empty
    assert len(call.all(SessionGone)) == 1


def test_no_reply_is_told_in_words() -> None:
    """Code 0 stands for silence and is not shown."""
    call = Call()
    call.engine.offer("s", "access", OFFER, BOTH, 0.0)
    call.take()
    call.engine.outcome(call.waiting.pop().number, Rejected(0, "the gateway does not answer"), 0.0)
    call.run()
    assert [one.reason for one in call.rejections()] == ["the gateway does not answer"]


@pytest.mark.parametrize(
    "outcome",
    [
        Released(1),
        Reserved(1, "ip/1/core/1", {}),
        Reserved(1, "ip/1/core/1", {1: b"garbage"}),
        Reserved(1, "ip/1/core/1", {1: b"v=0\r\n"}),
        Reserved(1, "ip/1/core/1", {2: b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=message 9 TCP/MSRP *\r\n"}),
        Reserved(1, "ip/1/core/1", {1: b"v=0\r\nc=IN IP4 $\r\nm=message $ TCP/MSRP *\r\n"}),
    ],
)
def test_a_reply_that_does_not_say_what_was_asked_counts_as_a_refusal(outcome: Outcome) -> None:
    """A gateway that chooses nothing, or something unreadable, makes the offer fail; what it named is subtracted."""
    call = Call()
    call.engine.offer("s", "access", OFFER, BOTH, 0.0)
    call.take()
    call.engine.outcome(call.waiting.pop().number, outcome, 0.0)
    call.take()
    released = [one.procedure for one in call.waiting]
    named = ("ip/1/core/1",) if isinstance(outcome, Reserved) else ()
    assert released == ([ReleaseTerminations(1, named)] if named else [])
    assert call.rejections()[0].reason.startswith("the gateway's ")


def test_a_reply_to_configure_under_another_name_is_taken_as_its_own() -> None:
    """The request is known by its number; the name in the reply changes nothing."""
    call = paused(None, 2)
    request = call.waiting.pop()
    call.engine.outcome(request.number, Reserved(9, "IP/1/elsewhere/9", {}), 0.0)
    call.run()
    assert call.bye().is_over


def test_an_outcome_of_no_request_is_nothing() -> None:
    """Late and doubled replies are passed over."""
    call = Call().offer("access", OFFER)
    for number in (0, 1, 2, 99):
        call.engine.outcome(number, Rejected(500, ""), 0.0)
    assert call.engine.take_actions() == []


# ------------------------------------------------------------------------------------------------------ no and never


def test_an_answer_that_never_comes() -> None:
    """After the wait both ends are told and everything is released; before it nothing happens."""
    call = Call(AlgSettings(answer_wait_s=20.0)).offer("access", OFFER)
    assert call.engine.next_deadline() == 20.0
    call.engine.handle_timer(19.9)
    assert call.engine.take_actions() == []
    call.engine.handle_timer(20.0)
    call.run()
    assert [(one.code, one.reason) for one in call.rejections()] == [(488, "no answer came")]
    assert call.told() == ["answerer"]
    assert call.is_over
    assert call.engine.next_deadline() is None


@pytest.mark.parametrize("octets", [OFFER, sdp(*AUDIO)])
def test_an_answer_stops_the_clock(octets: bytes) -> None:
    """With and without the gateway nothing is due after the answer."""
    call = Call().offer("access", octets)
    call.answer(ANSWER if octets is OFFER else sdp(*AUDIO))
    assert call.engine.next_deadline() is None


@pytest.mark.parametrize("code", [486, 488, 603])
def test_a_rejection_goes_back_with_its_code(code: int) -> None:
    """The answerer's no is the offerer's no."""
    call = Call().offer("access", OFFER)
    call.engine.reject("s", code, 0.0)
    call.run()
    assert [(one.code, one.reason) for one in call.rejections()] == [(code, "rejected by the answerer")]
    assert call.told() == []
    assert call.is_over


def test_a_rejection_after_the_answer_means_nothing() -> None:
    """Its code does not colour what happens later either."""
    call = paused(None, 2)
    call.engine.reject("s", 603, 0.0)
    call.gateway.refuse = lambda order: isinstance(order, ConfigureConnectionPoint)
    call.run()
    assert [one.code for one in call.rejections()] == [488]


@pytest.mark.parametrize(
    "octets",
    [b"\xff\xfe", b"nonsense", sdp(), sdp("m=message x TCP/MSRP *"), sdp("m=message $ TCP/MSRP *"), TWO_ANSWERED],
)
def test_an_answer_that_cannot_be_read_counts_as_a_rejection(octets: bytes) -> None:
    """Grammar, a wildcard, or another number of lines: the answerer hears bye and both hear why."""
    call = Call().offer("access", OFFER).answer(octets)
    (bye,) = call.all(SendBye)
    (rejection,) = call.rejections()
    assert (bye.to, rejection.code) == ("answerer", 488)
    assert bye.reason == rejection.reason
    assert rejection.reason.startswith("the answer: SDP")
    assert call.is_over


@pytest.mark.parametrize("octets", [b"", b"v=0\r\n", sdp(*AUDIO)])
def test_an_offer_without_anything_to_secure_goes_on(octets: bytes) -> None:
    """Also one without any line: that is not the controller's to judge."""
    assert Call().offer("access", octets).forwarded_offer == octets


@pytest.mark.parametrize(
    "octets",
    [
        b"nonsense",
        sdp("m=message 70000 TCP/TLS/MSRP *"),
        sdp(*asked("MSRP"), "a=fingerprint:sha-256 $"),
        sdp("m=message $ TCP/TLS/MSRP *", *asked("MSRP")[1:]),
        sdp() + sdp(),
    ],
)
def test_an_offer_that_cannot_be_read_is_rejected(octets: bytes) -> None:
    """488 with the place; nothing is kept, and the name may be used again."""
    call = Call().offer("access", octets)
    assert [type(one) for one in call.said] == [SendReject, SessionGone]
    assert call.rejections()[0].reason.startswith("the offer: SDP")
    assert call.is_over
    assert call.offer("access", OFFER).all(SendOffer)


def test_too_many_lines_are_rejected() -> None:
    """The limit is a setting."""
    settings = AlgSettings(most_lines=2)
    assert Call(settings).offer("access", sdp(*AUDIO, *AUDIO)).all(SendOffer)
    call = Call(settings).offer("access", sdp(*AUDIO, *AUDIO, *AUDIO))
    assert "at most 2 m= lines" in call.rejections()[0].reason


def test_a_flood_of_fingerprints_is_rejected() -> None:
    """Pushing a thousand fingerprints down to every line would make much of little."""
    head = (*HEAD, *(f"a=fingerprint:{UE_PRINT}" for _ in range(1000)))
    bare = tuple(one for one in asked("MSRP") if "fingerprint" not in one)
    call = Call(AlgSettings(most_lines=1000)).offer("access", sdp(*(bare * 60), head=head))
    assert call.rejections()[0].reason.startswith("the offer: SDP")


def test_too_many_sessions_are_rejected_with_503() -> None:
    """The limit is a setting; a session that ends makes room."""
    call = Call(AlgSettings(most_sessions=1)).offer("access", OFFER).offer("access", OFFER, name="t")
    assert [(one.session, one.code) for one in call.rejections()] == [("t", 503)]
    call.bye().offer("access", OFFER, name="t")
    assert [one.session for one in call.all(SendOffer)] == ["s", "t"]


def test_an_offer_under_a_name_in_use_is_rejected_alone() -> None:
    """The session that is there goes on: no one is told that it is gone."""
    call = Call().offer("access", OFFER).offer("access", OFFER)
    assert len(call.rejections()) == 1
    assert call.all(SessionGone) == []
    assert call.answer(ANSWER).forwarded_answer
    assert call.bye().is_over


def test_what_is_said_of_no_session_is_nothing() -> None:
    """Answers, rejections and byes under an unknown name are passed over."""
    call = Call()
    call.engine.answer("x", ANSWER, 0.0)
    call.engine.reject("x", 488, 0.0)
    call.engine.bye("x", "offerer", 0.0)
    assert call.engine.take_actions() == []
    assert not call.engine.indication(Heartbeat(1, "ip/1/core/1", 1), 0.0)


# -------------------------------------------------------------------------------------------------------------- bye


@pytest.mark.parametrize("by", ["offerer", "answerer"])
@pytest.mark.parametrize("requests", range(6))
def test_bye_at_any_point_releases_everything(by: str, requests: int) -> None:
    """Whatever is outstanding: its outcome is waited for, then what is reserved goes, once."""
    call = paused(None, requests)
    call.bye(by)
    if not call.is_over:
        assert by == "answerer"  # before the offer reached it there is no answerer to hang up
        call.bye("offerer")
    assert call.is_over
    assert len(call.gateway.released) == len(set(call.gateway.released))
    assert len(call.all(SendBye)) + len(call.rejections()) <= 1


def test_the_other_end_hears_of_it() -> None:
    """After the answer it is bye for the other end, before it a rejection for the offerer."""
    assert Call().offer("access", OFFER).answer(ANSWER).bye("offerer").told() == ["answerer"]
    assert Call().offer("access", OFFER).answer(ANSWER).bye("answerer").told() == ["offerer"]
    early = Call().offer("access", OFFER).bye("answerer")
    assert (early.told(), len(early.rejections())) == ([], 1)


def test_a_second_bye_means_nothing() -> None:
    """Nothing is released twice."""
    call = Call().offer("access", OFFER).answer(ANSWER)
    call.engine.bye("s", "offerer", 0.0)
    call.bye("answerer")
    assert call.told() == ["answerer"]
    assert call.is_over


def test_an_offer_of_which_nothing_is_left_is_rejected() -> None:
    """The only m-line lacks a=msrp-cema: 488, and the gateway hears nothing."""
    offer = sdp(*(one for one in asked("MSRP") if one != "a=msrp-cema"))
    engine = AlgEngine(AlgSettings())
    engine.offer("1", "access", offer, frozenset({"msrp-tls"}), 0.0)
    (rejected, gone) = engine.take_actions()
    assert isinstance(rejected, SendReject)
    assert "msrp-cema" in rejected.reason
    assert gone == SessionGone("1")
    assert engine.is_empty
