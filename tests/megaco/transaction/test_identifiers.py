"""TransactionIDs: within their range, and none again within LONG-TIMER, whatever starts again how often."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.transaction import TransactionIds

_ALL = 4294967295
_LONG_TIMER_S = 30.0
_EPOCHS = st.floats(0.0, 4e9)


@given(_EPOCHS, st.lists(st.floats(0.0, 2000.0), min_size=1, max_size=50))
def test_ids_are_within_their_range(epoch_s: float, waits_s: list[float]) -> None:
    """1 to 4294967295, and never 0, which is for requests whose id could not be read (clause 8.1.1)."""
    identifiers, now = TransactionIds(epoch_s), 0.0
    for wait_s in waits_s:
        now += wait_s
        assert 1 <= identifiers.next(now) <= _ALL


def test_ids_follow_each_other() -> None:
    """As long as the clock asks for no step."""
    identifiers = TransactionIds(1.7e9)
    first = identifiers.next(0.0)
    assert [identifiers.next(number / 10) for number in range(1, 1000)] == list(range(first + 1, first + 1000))


def test_after_the_last_comes_the_first() -> None:
    """In a row, and where the clock's place itself is at the end."""
    identifiers = TransactionIds((_ALL - 3) / 1e6)
    assert [identifiers.next(0.0) for _ in range(6)] == [_ALL - 2, _ALL - 1, _ALL, 1, 2, 3]
    for beyond in range(-2, 3):
        assert 1 <= TransactionIds((_ALL + beyond) / 1e6).next(0.0) <= _ALL


def test_a_start_again_begins_above() -> None:
    """However fast ids were used before, up to a million a second, and however soon it starts again."""
    before = TransactionIds(1000.0)
    used = [before.next(0.0) for _ in range(500)]
    after = TransactionIds(1000.001)
    assert after.next(0.0) > max(used)


def test_the_clock_of_the_calls_need_not_be_that_of_the_day() -> None:
    """``now`` may begin anywhere: what counts is its sum with the epoch."""
    assert TransactionIds(1000.0).next(500.0) == TransactionIds(1500.0).next(0.0) == TransactionIds(0.0).next(1500.0)


_LIFE = st.tuples(
    st.floats(0.001, 5000.0),  # how long it lives
    st.integers(0, 60),  # how many ids it uses, bursts included
    st.floats(0.001, 100.0) | st.floats(0.001, 5000.0),  # how long until it lives again
    st.integers(0, 2**32),  # when it uses them
)


@settings(max_examples=200, deadline=None)
@given(st.floats(0.0, 4e9), st.lists(_LIFE, min_size=1, max_size=12))
def test_no_id_comes_again_within_long_timer(begin_s: float, lives: list[tuple[float, int, float, int]]) -> None:
    """An endpoint that starts again at random times and uses ids at random rates, over hours: with no memory kept."""
    clock = begin_s
    last_used: dict[int, float] = {}
    for length_s, count, pause_s, seed in lives:
        chance = Random(seed)
        identifiers = TransactionIds(clock)  # a clock that begins anew, as that of the loop may
        for now in sorted(chance.random() * length_s for _ in range(count)):
            number = identifiers.next(now)
            assert number not in last_used or clock + now - last_used[number] > _LONG_TIMER_S
            last_used[number] = clock + now
        clock += length_s + pause_s


@settings(max_examples=30, deadline=None)
@given(st.floats(0.0, 4e9), st.floats(590.0, 610.0), st.floats(0.01, 2.0), st.integers(1, 3000))
def test_bursts_right_before_a_start_again(begin_s: float, length_s: float, pause_s: float, burst: int) -> None:
    """Thousands of ids in the last moment of a life, near the step, lie below those of the next one."""
    before = TransactionIds(begin_s)
    before.next(0.0)
    used = {before.next(length_s) for _ in range(burst)}
    after = TransactionIds(begin_s + length_s + pause_s)
    assert used.isdisjoint({after.next(0.0) for _ in range(burst)})


@settings(max_examples=20, deadline=None)
@given(st.floats(0.0, 4e9), st.integers(2, 7))
def test_a_long_life_does_not_run_into_itself(begin_s: float, hours: int) -> None:
    """Round the whole range and on: what is used again was used an hour ago or longer."""
    identifiers = TransactionIds(begin_s)
    last_used: dict[int, float] = {}
    for second in range(0, hours * 3600, 7):
        for _ in range(5):
            number = identifiers.next(float(second))
            assert number not in last_used or second - last_used[number] > 3600
            last_used[number] = float(second)


@pytest.mark.parametrize("back_s", [0.0, 1.0, 5.0])
def test_a_clock_put_back_by_less_than_the_pause_does_no_harm(back_s: float) -> None:
    """An endpoint that was away for six seconds begins above all it used, though its clock was put back meanwhile."""
    before = TransactionIds(10_000.0)
    used = {before.next(second / 10) for second in range(6000)}
    after = TransactionIds(10_000.0 + 600.0 + 6.0 - back_s)
    assert used.isdisjoint({after.next(second / 10) for second in range(6000)})
