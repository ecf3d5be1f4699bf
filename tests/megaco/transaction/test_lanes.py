"""Timers that all run for the same time."""

from hypothesis import given
from hypothesis import strategies as st

from megaco.transaction.lanes import Lane


class _Item:
    """Something that waits until it does not."""

    def __init__(self, name: int) -> None:
        self.name = name
        self.waits = True


def _lane() -> Lane[_Item]:
    return Lane(lambda item: item.waits)


def _names(lane: Lane[_Item], now: float) -> list[int]:
    return [item.name for item in lane.due(now)]


def test_first_set_first_due() -> None:
    """Each once, and not before its time; two of the same time in the order in which they came."""
    lane = _lane()
    assert lane.next_deadline() is None
    for name, deadline in enumerate((1.0, 2.0, 2.0, 3.0)):
        lane.add(deadline, _Item(name))
    assert lane.next_deadline() == 1.0
    assert _names(lane, 0.9) == []
    assert _names(lane, 2.0) == [0, 1, 2]
    assert lane.next_deadline() == 3.0
    assert _names(lane, 9.0) == [3]
    assert lane.next_deadline() is None


def test_what_waits_no_longer_is_passed_over() -> None:
    """Wherever it stands; nobody has to take it out."""
    lane, items = _lane(), [_Item(name) for name in range(5)]
    for item in items:
        lane.add(1.0 + item.name, item)
    for name in (0, 2, 4):
        items[name].waits = False
    assert lane.next_deadline() == 2.0
    assert _names(lane, 9.0) == [1, 3]
    assert lane.next_deadline() is None


def test_a_shorter_time_waits_for_those_before_it() -> None:
    """What was to be due sooner is due with what came before it, not lost."""
    lane = _lane()
    lane.add(10.0, _Item(0))
    lane.add(1.0, _Item(1))
    assert lane.next_deadline() == 10.0
    assert _names(lane, 5.0) == []
    assert _names(lane, 10.0) == [0, 1]


def test_adding_while_firing() -> None:
    """What is added is due in the same round if its time has come; others may stop waiting meanwhile."""
    lane, items = _lane(), [_Item(name) for name in range(3)]
    for item in items:
        lane.add(1.0, item)
    fired = []
    for item in lane.due(2.0):
        fired.append(item.name)
        if item.name == 0:
            items[1].waits = False
            lane.add(1.5, _Item(7))
            lane.add(2.5, _Item(8))
    assert fired == [0, 2, 7]
    assert lane.next_deadline() == 2.5


def test_the_oldest_beyond_so_many() -> None:
    """As many go as there are too many; of these, those that do not wait any more go unseen."""
    lane, items = _lane(), [_Item(name) for name in range(10)]
    for item in items:
        lane.add(1.0, item)
    items[1].waits = False
    assert [item.name for item in lane.beyond(12)] == []
    assert [item.name for item in lane.beyond(6)] == [0, 2, 3]
    assert [item.name for item in lane.beyond(0)] == [4, 5, 6, 7, 8, 9]
    assert lane.next_deadline() is None


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["add", "end", "fire"])), max_size=80))
def test_a_lane_is_a_list_of_deadlines(course: list[tuple[int, str]]) -> None:
    """Whatever is added and ends: what fires is what still waits and has come due, in order."""
    lane, now = _lane(), 0.0
    waiting: list[tuple[float, _Item]] = []
    for number, what in course:
        now += number
        if what == "add":
            item = _Item(len(waiting))
            lane.add(now + 3.0, item)
            waiting.append((now + 3.0, item))
        elif what == "end" and waiting:
            waiting.pop(number % len(waiting))[1].waits = False
        elif what == "fire":
            due = [item for deadline, item in waiting if deadline <= now]
            assert list(lane.due(now)) == due
            del waiting[: len(due)]
        assert lane.next_deadline() == (waiting[0][0] if waiting else None)
