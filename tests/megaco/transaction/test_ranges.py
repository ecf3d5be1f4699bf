"""Ranges of acknowledgements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.message import TransactionAck
from megaco.transaction.ranges import is_within, merged

_SMALL = st.integers(0, 30)


@pytest.mark.parametrize(
    ("acks", "ranges"),
    [
        ((), []),
        ((TransactionAck(5),), [(5, 5)]),
        ((TransactionAck(7, 9), TransactionAck(1, 3)), [(1, 3), (7, 9)]),
        ((TransactionAck(1, 9), TransactionAck(2, 3), TransactionAck(9, 12)), [(1, 12)]),
        ((TransactionAck(1, 4294967295),), [(1, 4294967295)]),
        ((TransactionAck(9, 1), TransactionAck(3, 4), TransactionAck(4294967295, 0)), [(3, 4)]),
    ],
)
def test_merging(acks: tuple[TransactionAck, ...], ranges: list[tuple[int, int]]) -> None:
    """Ranges come out in order, and those that overlap as one."""
    assert merged(acks) == ranges


@given(st.lists(st.builds(TransactionAck, _SMALL, st.none() | _SMALL), max_size=8), _SMALL)
def test_a_number_is_within_when_some_range_holds_it(acks: list[TransactionAck], number: int) -> None:
    """Merging changes no answer; a range whose end is before its beginning holds nothing."""
    plainly = any(ack.first <= number <= (ack.first if ack.last is None else ack.last) for ack in acks)
    assert is_within(number, merged(tuple(acks))) == plainly
