"""The heap of deadlines."""

from hypothesis import given
from hypothesis import strategies as st

from megaco.transaction.timers import Timers


def test_the_earliest_comes_first() -> None:
    """Names fire in the order of their deadlines, each once, and not before its time."""
    timers = Timers()
    for name, deadline in (("late", 3.0), ("early", 1.0), ("middle", 2.0)):
        timers.set(name, deadline)
    assert timers.next_deadline() == 1.0
    assert list(timers.due(0.5)) == []
    assert list(timers.due(2.0)) == ["early", "middle"]
    assert list(timers.due(9.0)) == ["late"]
    assert timers.next_deadline() is None
    assert len(timers) == 0


def test_a_name_set_again_moves() -> None:
    """Only the last deadline of a name counts, earlier or later than the first."""
    timers = Timers()
    timers.set("x", 5.0)
    timers.set("x", 1.0)
    timers.set("y", 1.0)
    timers.set("y", 5.0)
    assert list(timers.due(2.0)) == ["x"]
    assert list(timers.due(5.0)) == ["y"]


def test_a_cancelled_name_is_silent() -> None:
    """What was cancelled does not fire; cancelling what is not set is harmless."""
    timers = Timers()
    timers.set("x", 1.0)
    timers.cancel("x")
    timers.cancel("y")
    assert timers.next_deadline() is None
    assert list(timers.due(9.0)) == []


def test_setting_while_firing() -> None:
    """A name may be set anew while it fires; a deadline already past fires in the same round."""
    timers = Timers()
    timers.set("x", 1.0)
    fired = []
    for name in timers.due(2.0):
        fired.append(name)
        if len(fired) < 3:
            timers.set(name, 1.0 + len(fired) / 2)
    assert fired == ["x", "x", "x"]


def test_moving_a_deadline_does_not_fill_the_heap() -> None:
    """A peer that makes us move one deadline again and again costs no memory."""
    timers = Timers()
    timers.set("other", 0.5)
    for number in range(10_000):
        timers.set("x", 1.0 + number % 7)
        assert len(timers._heap) < 100
    assert list(timers.due(3.0)) == ["other"]
    assert list(timers.due(9.0)) == ["x"]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | st.integers(0, 20)), max_size=150))
def test_timers_are_a_table_of_deadlines(changes: list[tuple[str, int | None]]) -> None:
    """Whatever is set, moved and cancelled, what fires is what a plain table of deadlines says."""
    timers, table = Timers(), dict[str, int]()
    for name, deadline in changes:
        if deadline is None:
            timers.cancel(name)
            table.pop(name, None)
        else:
            timers.set(name, deadline)
            table[name] = deadline
    assert timers.next_deadline() == min(table.values(), default=None)
    fired = list(timers.due(10))
    assert [table[str(name)] for name in fired] == sorted(at for at in table.values() if at <= 10)
    assert len(timers) == len(table) - len(fired)
