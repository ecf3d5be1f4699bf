"""The controller's engine when streams, lines or the whole gateway are lost: what is given back, who is told."""

import pytest

from iq_profile.alg.engine import SendBye, SessionGone
from iq_profile.alg.settings import AlgSettings
from iq_profile.procedures import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Order,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)

from .calls import (
    ANSWER,
    AUDIO,
    BOTH,
    OFFER,
    ONE_REJECTED,
    TWO,
    TWO_ANSWERED,
    Call,
    asked,
    lines,
    paused,
    plain,
    refusing,
    sdp,
    secured,
)


def failures(stream_id: int, termination_id: str) -> list[TcpFailed | TlsFailed | BearerReleased]:
    """Return each way in which a stream can fail."""
    return [kind(1, termination_id, 1, stream_id, "cause") for kind in (TcpFailed, TlsFailed, BearerReleased)]


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_the_loss_of_the_only_stream_ends_the_session(kind: int) -> None:
    """Both ends are told what the gateway told, and both terminations are subtracted."""
    call = Call().offer("access", OFFER).answer(ANSWER)
    indication = failures(1, next(iter(call.gateway.held)))[kind]
    assert call.engine.indication(indication, 0.0)
    call.run()
    assert [(one.to, one.reason) for one in call.all(SendBye)] == [
        ("offerer", f"{indication.title}: cause"),
        ("answerer", f"{indication.title}: cause"),
    ]
    assert call.is_over


@pytest.mark.parametrize("requests", range(1, 6))
def test_the_loss_of_the_only_stream_at_any_point(requests: int) -> None:
    """Before the answer it is a rejection; whatever is outstanding, nothing stays."""
    call = paused(None, requests)
    assert call.engine.indication(failures(1, next(iter(call.gateway.held)))[1], 0.0)
    assert call.run().is_over


def test_a_heartbeat_is_known_or_not() -> None:
    """It changes nothing; an unknown termination or context is told to the gateway."""
    call = Call().offer("access", OFFER)
    name = next(iter(call.gateway.held))
    assert call.engine.indication(Heartbeat(1, name, 1), 0.0)
    assert not call.engine.indication(Heartbeat(2, name, 1), 0.0)
    assert not call.engine.indication(Heartbeat(1, "ip/1/core/77", 1), 0.0)
    assert call.engine.take_actions() == []


def test_the_loss_of_one_of_two_streams_keeps_the_session() -> None:
    """Both terminations may tell of it, one after the other: the second time changes nothing."""
    call = Call().offer("access", TWO).answer(TWO_ANSWERED)
    for name in list(call.gateway.held):
        for indication in failures(1, name):
            assert call.engine.indication(indication, 0.0)
    assert call.engine.take_actions() == []
    assert call.engine.indication(failures(2, name)[0], 0.0)
    assert call.run().is_over


@pytest.mark.parametrize("stream_id", [0, 3, 99, 65535])
def test_the_loss_of_a_stream_that_is_not_there_means_nothing(stream_id: int) -> None:
    """The gateway may name any stream: the session and its answer do not suffer."""
    call = Call().offer("access", sdp(*asked("MSRP"), *asked("BFCP", port=7500), *AUDIO))
    assert call.engine.indication(failures(stream_id, next(iter(call.gateway.held)))[0], 0.0)
    call.answer(sdp(*plain("MSRP", setup="active"), *plain("BFCP", setup="active"), *AUDIO))
    assert " 0 " not in "".join(one for one in lines(call.forwarded_answer) if one.startswith("m=m"))
    assert call.bye().is_over


@pytest.mark.parametrize("settings", [AlgSettings(), AlgSettings(skip_core_configure=True)])
def test_a_stream_lost_before_the_answer_is_given_back_on_both_sides(settings: AlgSettings) -> None:
    """Its line is answered with port 0, and Configure brings empty descriptors for it to both terminations."""
    call = Call(settings).offer("access", TWO)
    assert call.engine.indication(failures(1, next(iter(call.gateway.held)))[0], 0.0)
    call.answer(TWO_ANSWERED)
    assert "m=message 0 TCP/MSRP *" in lines(call.forwarded_answer)
    assert given_back(call.gateway.orders) == {"core": [1], "access": [1]}
    assert call.bye().is_over


def given_back(orders: list[Order]) -> dict[str, list[int]]:
    """Return the streams that were given back, by interface."""
    found: dict[str, list[int]] = {}
    for order in orders:
        if isinstance(order, ConfigureConnectionPoint):
            gone = [one.stream_id for one in order.streams if one == StreamTerms(one.stream_id, local=b"", remote=b"")]
            found.setdefault(order.termination_id.split("/")[2], []).extend(gone)
    return found


@pytest.mark.parametrize("settings", [AlgSettings(), AlgSettings(skip_core_configure=True)])
def test_a_line_that_the_answer_rejects_is_given_back_on_both_sides(settings: AlgSettings) -> None:
    """The other secured line is configured as ever."""
    call = Call(settings).offer("access", TWO).answer(ONE_REJECTED)
    assert given_back(call.gateway.orders) == {"core": [2], "access": [2]}
    assert "m=application 0 TCP/BFCP *" in lines(call.forwarded_answer)
    assert call.bye().is_over


def test_a_line_that_a_ue_rejects_is_given_back_on_both_sides() -> None:
    """The same towards the UE."""
    answer = sdp(*secured("MSRP", setup="active", port=0), *secured("BFCP", setup="active"))
    call = Call().offer("core", sdp(*plain("MSRP"), *plain("BFCP", port=9002))).answer(answer)
    assert given_back(call.gateway.orders) == {"core": [1], "access": [1]}
    assert call.bye().is_over


@pytest.mark.parametrize("combine", [False, True])
def test_an_answer_that_rejects_every_secured_line_releases_all(combine: bool) -> None:
    """The session goes on with its audio, and the gateway is empty from then on."""
    call = Call(AlgSettings(combine=combine)).offer("access", sdp(*AUDIO, *asked("MSRP")))
    call.answer(sdp(*AUDIO, *plain("MSRP", port=0)))
    assert not call.gateway.held
    assert "m=message 0 TCP/MSRP *" in lines(call.forwarded_answer)
    assert call.all(SessionGone) == []
    assert call.bye().is_over


@pytest.mark.parametrize("requests", range(6))
def test_a_lost_gateway_ends_the_session_without_a_word_to_it(requests: int) -> None:
    """Its terminations went with it: nothing is subtracted, and late outcomes are passed over."""
    call = paused(None, requests)
    late = [one.number for one in call.waiting]
    asked_so_far = len(call.gateway.orders)
    call.engine.gateway_lost(0.0)
    call.waiting.clear()
    for number in late:
        call.engine.outcome(number, Reserved(1, "ip/1/core/1", {}), 0.0)
    call.run()
    assert call.engine.is_empty
    assert len(call.gateway.orders) == asked_so_far
    assert "the gateway is lost" in [getattr(one, "reason", "") for one in call.said]


def test_a_session_without_the_gateway_survives_its_loss() -> None:
    """Nothing of it was there."""
    call = Call().offer("access", sdp(*AUDIO))
    call.engine.gateway_lost(0.0)
    assert call.engine.take_actions() == []
    assert call.answer(sdp(*AUDIO)).forwarded_answer


def test_a_gateway_lost_while_releasing_ends_the_release() -> None:
    """Nobody is told twice."""
    call = Call().offer("access", OFFER)
    call.engine.bye("s", "offerer", 0.0)
    call.take()
    call.engine.gateway_lost(0.0)
    call.take()
    assert call.engine.is_empty
    assert len(call.all(SessionGone)) == 1
    assert call.told() == ["answerer"]


def test_a_step_without_streams_is_left_out() -> None:
    """Where the last MSRP stream is lost during the answer, no order to start TLS goes out for nothing."""
    call = Call().offer("access", TWO)
    call.engine.answer("s", TWO_ANSWERED, 0.0)
    assert call.engine.indication(failures(1, next(iter(call.gateway.held)))[0], 0.0)
    call.run()
    assert all(one.streams for one in call.gateway.orders if isinstance(one, ConfigureConnectionPoint))
    assert given_back(call.gateway.orders)["access"] == [1]
    assert call.bye().is_over


def test_a_reserve_refused_after_another_line_was_lost() -> None:
    """Losses and refusals meet: nothing stays."""
    call = Call(gateway=refusing(2))
    call.engine.offer("s", "access", TWO, BOTH, 0.0)
    call.step()
    assert call.engine.indication(failures(1, next(iter(call.gateway.held)))[0], 0.0)
    assert call.run().is_over
    assert any(isinstance(one, ReserveConnectionPoint) for one in call.gateway.orders)
