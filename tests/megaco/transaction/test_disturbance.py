"""The transaction engine under chance: whatever the link does, a request is executed at most once."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.transaction import ReplyReceived, RequestFailed, RequestReceived, TransactionConfig

from ...harness import Pair, accept, disturbed

_CHANCES = st.floats(0.0, 0.9)


def _check(pair: Pair, numbers: dict[str, list[int]]) -> None:
    """At most one execution a request, exactly one outcome, and nothing left."""
    for name, other in (("a", "b"), ("b", "a")):
        executed = Counter(event.request.transaction_id for event in pair.happened(other, RequestReceived))
        answered = [event.transaction_id for event in pair.happened(name, ReplyReceived)]
        failed = [event.transaction_id for event in pair.happened(name, RequestFailed)]
        assert set(executed.values()) <= {1}
        assert sorted(answered + failed) == numbers[name]
        assert set(answered) <= set(executed)
    assert pair.is_idle()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), _CHANCES, _CHANCES, st.floats(0.0, 4.0))
def test_at_most_once(seed: int, loss: float, double: float, longest_s: float) -> None:
    """Loss, doubling and reordering change neither the number of executions nor that of outcomes."""
    pair = Pair(fate=disturbed(seed, loss=loss, double=double, longest_s=longest_s))
    numbers: dict[str, list[int]] = {"a": [], "b": []}
    for round_ in range(5):
        for name in numbers:
            numbers[name].append(pair.request(name))
        pair.drive(until=round_ * 0.3)
    pair.drive()
    _check(pair, numbers)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), _CHANCES, st.lists(st.floats(0.0, 8.0), min_size=1, max_size=4))
def test_at_most_once_when_executing_takes_time(seed: int, loss: float, delays_s: list[float]) -> None:
    """The same holds for requests that are pending for a while and whose replies want an acknowledgement."""
    pair = Pair(fate=disturbed(seed, loss=loss, double=0.3, longest_s=0.5), executor=lambda event: None)
    numbers = [pair.request() for _ in delays_s]
    for delay_s, number in sorted(zip(delays_s, numbers, strict=True)):
        pair.drive(until=delay_s)
        pair.reply("b", number)
    pair.drive(until=200.0)
    for event in pair.happened("b", RequestReceived):  # those that arrived after their reply was due
        pair.reply("b", event.request.transaction_id)
    pair.drive()
    _check(pair, {"a": numbers, "b": []})


@pytest.mark.parametrize("reliable", [False, True])
def test_a_link_that_only_reorders_loses_nothing(reliable: bool) -> None:
    """Where nothing is lost every request is answered, on either kind of transport."""
    config = TransactionConfig(reliable=reliable, keeps_order=False)
    pair = Pair(fate=disturbed(1, loss=0.0, double=0.5, longest_s=2.0), config=config, executor=accept)
    numbers = [pair.request() for _ in range(50)]
    pair.drive()
    _check(pair, {"a": numbers, "b": []})
    assert len(pair.happened("a", ReplyReceived)) == 50
