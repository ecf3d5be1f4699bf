"""How long to wait before a repeat (Annex D.1.3): what a peer's delays teach, what they do not, and the bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.message import ActionReply, TransactionPending, TransactionReply
from megaco.transaction import TransactionConfig, TransactionEngine
from megaco.transaction.estimate import AnswerDelay

from .looks import an_engine, hear, id_of, modifies, replies, said

_CONFIG = TransactionConfig(shortest_repeat_s=0.05, longest_repeat_s=4.0)
_SECONDS = st.floats(0.0, 100.0)

# ------------------------------------------------------------------------------------------------------ the numbers


def _after(*delays_s: float) -> AnswerDelay:
    delay = AnswerDelay(_CONFIG)
    for delay_s in delays_s:
        delay.observe(delay_s)
    return delay


def test_nothing_measured_yet() -> None:
    """The first wait is the configured average, without deviation."""
    delay = _after()
    assert (delay.average_s, delay.deviation_s) == (0.2, 0.0)
    assert delay.wait_s(0, 0.5, _CONFIG) == 0.2


def test_the_first_measurement_counts_whole() -> None:
    """It is the average, and half of it the deviation (RFC 6298 clause 2.2); the guess before it counts no more."""
    delay = _after(0.4)
    assert (delay.average_s, delay.deviation_s) == (0.4, 0.2)
    assert delay.wait_s(0, 0.5, _CONFIG) == pytest.approx(0.4 + 4 * 0.2)


def test_later_measurements_count_in_part() -> None:
    """The deviation by a quarter, from the average as it was; then the average by an eighth (RFC 6298 clause 2.3)."""
    delay = _after(0.4, 0.8)
    assert delay.deviation_s == pytest.approx(0.2 * 3 / 4 + 0.4 / 4)
    assert delay.average_s == pytest.approx(0.4 * 7 / 8 + 0.8 / 8)


def test_a_steady_peer_is_known_well() -> None:
    """After many equal delays the wait comes down to the delay itself."""
    delay = _after(*[0.3] * 100)
    assert delay.average_s == pytest.approx(0.3)
    assert delay.wait_s(0, 0.5, _CONFIG) == pytest.approx(0.3)


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
@pytest.mark.parametrize("repeats", [1, 2, 3])
def test_each_repeat_doubles_the_average(repeats: int, chance: float, share: float) -> None:
    """And takes a chance part of it, from half to whole; N deviations are added whole."""
    delay = _after(0.1)
    expected = 0.1 * 2**repeats * share + 4 * 0.05
    assert delay.wait_s(repeats, chance, _CONFIG) == pytest.approx(expected)


@pytest.mark.parametrize("deviations", [0.0, 1.0, 2.5])
def test_n_is_a_setting(deviations: float) -> None:
    """How many deviations are added."""
    config = TransactionConfig(deviations=deviations)
    assert _after(0.4).wait_s(0, 0.5, config) == pytest.approx(0.4 + deviations * 0.2)


def test_a_fast_peer_is_not_repeated_to_at_once() -> None:
    """Its average counts for ``shortest_repeat_s`` at least, unless the first wait was set shorter than that."""
    delay = _after(*[0.001] * 50)
    assert delay.wait_s(0, 0.5, _CONFIG) == pytest.approx(0.05, abs=0.001)
    hasty = TransactionConfig(first_repeat_s=0.01, shortest_repeat_s=0.05)
    assert delay.wait_s(0, 0.5, hasty) == pytest.approx(0.01, abs=0.001)


@given(st.lists(_SECONDS, max_size=20), st.integers(0, 100_000), st.floats(0.0, 1.0))
def test_every_wait_is_within_bounds(delays_s: list[float], repeats: int, chance: float) -> None:
    """Whatever the peer did and however often a request was repeated."""
    assert 0.05 <= _after(*delays_s).wait_s(repeats, chance, _CONFIG) <= 4.0


@given(st.lists(_SECONDS, max_size=20), st.integers(0, 20), st.floats(0.0, 1.0))
def test_waits_do_not_shrink(delays_s: list[float], repeats: int, chance: float) -> None:
    """With the same chance a later repeat waits no less than an earlier one; nor does the first after the sending."""
    delay = _after(*delays_s)
    waits = [delay.wait_s(count, chance, _CONFIG) for count in range(1, repeats + 2)]
    assert waits == sorted(waits)
    assert delay.wait_s(1, 1.0, _CONFIG) >= delay.wait_s(0, chance, _CONFIG)


@given(st.lists(_SECONDS, min_size=1, max_size=50))
def test_the_average_is_among_the_delays(delays_s: list[float]) -> None:
    """Never below the least or above the greatest; the deviation is at most what lies between, or half the first."""
    delay = _after(*delays_s)
    assert min(delays_s) - 1e-9 <= delay.average_s <= max(delays_s) + 1e-9
    assert 0.0 <= delay.deviation_s <= max(max(delays_s) - min(delays_s), delays_s[0] / 2) + 1e-9


# ------------------------------------------------------------------------------------------- what an engine measures


def _submit(engine: TransactionEngine, now: float, peer: str = "b") -> int:
    number = engine.submit(peer, (modifies(1, "t"),), now)
    said(engine)
    return number


def _answered_after(engine: TransactionEngine, delay_s: float, now: float, peer: str = "b") -> None:
    """Let a peer answer a request that was sent once."""
    number = _submit(engine, now, peer)
    hear(engine, peer, *replies([number]), now=now + delay_s)
    engine.take_events()


def _first_wait(engine: TransactionEngine, now: float, peer: str = "b") -> float:
    """Return how long the next request to a peer waits before its first repeat."""
    number = _submit(engine, now, peer)
    deadline = engine.next_deadline()
    assert deadline is not None
    engine.cancel(number, now)
    return round(deadline - now, 6)


def test_a_slow_peer_is_waited_for() -> None:
    """After one answer in a second a request is not repeated within a second; a fast one is repeated to sooner."""
    engine = an_engine()
    assert _first_wait(engine, 0.0) == 0.2
    _answered_after(engine, 0.19, 0.0)
    assert _first_wait(engine, 1.0) == pytest.approx(0.19 + 4 * 0.095)
    for number in range(1, 30):
        _answered_after(engine, 0.01, float(number))
    assert _first_wait(engine, 50.0) < 0.15


def test_each_peer_has_its_delay() -> None:
    """What one teaches says nothing of another; forgetting a peer forgets it."""
    engine = an_engine()
    _answered_after(engine, 0.1, 0.0)
    assert _first_wait(engine, 1.0) == pytest.approx(0.3)
    assert _first_wait(engine, 1.0, "c") == 0.2
    engine.forget_peer("b")
    engine.forget_peer("nobody")
    assert _first_wait(engine, 2.0) == 0.2


def test_a_repeated_request_teaches_patience() -> None:
    """Nobody knows which sending its reply is to (Karn): the average stays, but the next request waits for as long.

    Else a peer that has become slower than the first repeat would be asked twice for ever.
    """
    engine = an_engine()
    number = _submit(engine, 0.0)
    engine.handle_timer(0.2)
    assert [id_of(one) for one in said(engine)] == [number]
    hear(engine, "b", *replies([number]), now=0.9)
    assert _first_wait(engine, 1.0) == pytest.approx(1.25 * 0.9)
    _answered_after(engine, 0.4, 5.0)
    assert _first_wait(engine, 6.0) == pytest.approx(0.4 + 4 * 0.2)


def test_a_pending_or_segmented_request_teaches_nothing() -> None:
    """Its reply took as long as the work, not as the way."""
    engine = an_engine(TransactionConfig(keeps_order=False))
    pending, segmented = _submit(engine, 0.0), _submit(engine, 0.0)
    part = TransactionReply(segmented, (ActionReply(1),), segment_number=1)
    last = TransactionReply(segmented, (ActionReply(1),), segment_number=2, is_last_segment=True)
    hear(engine, "b", TransactionPending(pending), part, now=0.1, version=3)
    hear(engine, "b", *replies([pending]), last, now=0.15, version=3)
    assert len(engine.take_events()) == 2
    said(engine)
    assert _first_wait(engine, 1.0) == 0.2


def test_a_doubled_reply_teaches_once() -> None:
    """Nor do replies that nobody waits for, and those from others."""
    engine = an_engine()
    number = _submit(engine, 0.0)
    hear(engine, "c", *replies([number]), now=0.05)
    hear(engine, "b", *replies([number]), now=0.1)
    for now in (3.0, 9.0):
        hear(engine, "b", *replies([number, 77]), now=now)
    assert _first_wait(engine, 10.0) == pytest.approx(0.3)


def test_waiting_in_line_is_no_delay() -> None:
    """What is measured runs from the sending, not from ``submit``."""
    engine = an_engine()
    first = _submit(engine, 0.0)
    second = _submit(engine, 0.0)
    hear(engine, "b", TransactionPending(first), now=0.1)
    hear(engine, "b", *replies([first]), now=5.0)
    hear(engine, "b", *replies([second]), now=5.1)
    assert _first_wait(engine, 6.0) == pytest.approx(0.3)


def test_repeats_of_one_request_do_not_slow_others() -> None:
    """One lost datagram says little of a peer."""
    engine = an_engine(TransactionConfig(keeps_order=False))
    _submit(engine, 0.0)
    for now in (0.2, 0.5, 1.1):
        engine.handle_timer(now)
    said(engine)
    number = _submit(engine, 1.2)
    engine.handle_timer(1.4)
    assert [id_of(one) for one in said(engine)] == [number]


def test_chance_spreads_repeats() -> None:
    """Engines that sent at the same time repeat at times of their own, each between half and all of the wait."""
    times = []
    for chance in (0.0, 0.3, 1.0):
        engine = an_engine()
        engine._requester._jitter = lambda chance=chance: chance  # type: ignore[misc]
        _submit(engine, 0.0)
        engine.handle_timer(0.2)
        times.append(engine.next_deadline())
    assert times == [pytest.approx(0.4), pytest.approx(0.46), pytest.approx(0.6)]
