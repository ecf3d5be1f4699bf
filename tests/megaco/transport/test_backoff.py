"""When a peer is tried again."""

from megaco.transport import Address
from megaco.transport.backoff import Backoff

_PEER = Address("192.0.2.1", 2944, "tcp")


def test_waits_double_up_to_the_longest() -> None:
    """Each failure doubles the wait; a success forgets them."""
    backoff, now, waits = Backoff(0.25, 3.0, 10), 100.0, []
    for _ in range(6):
        backoff.failed(_PEER, now)
        waits.append(backoff.remaining(_PEER, now))
        now += waits[-1]
        assert backoff.remaining(_PEER, now) == 0.0
    assert waits == [0.25, 0.5, 1.0, 2.0, 3.0, 3.0]
    assert not backoff.is_barred(_PEER, now)
    backoff.succeeded(_PEER)
    backoff.succeeded(_PEER)
    backoff.failed(_PEER, now)
    assert backoff.remaining(_PEER, now) == 0.25


def test_a_bar_is_lifted() -> None:
    """A peer that came by itself is not tried for the longest wait; after it as any other."""
    backoff = Backoff(0.25, 30.0, 10)
    assert not backoff.is_barred(_PEER, 0.0)
    backoff.bar(_PEER, 0.0)
    assert backoff.is_barred(_PEER, 29.9)
    assert not backoff.is_barred(_PEER, 30.0)
    backoff.failed(_PEER, 30.0)
    assert backoff.remaining(_PEER, 30.0) == 0.25


def test_what_is_remembered_is_bounded() -> None:
    """However many peers fail; those that failed last are remembered, those whose wait is long over first forgotten."""
    backoff = Backoff(1.0, 10.0, 100)
    for port in range(10_000):
        backoff.failed(_PEER._replace(port=port), port * 0.001)
        assert len(backoff) <= 100
    assert backoff.remaining(_PEER._replace(port=9_999), 9.999) == 1.0
    for port in range(100):
        backoff.failed(_PEER._replace(port=port), 1_000.0)
    assert len(backoff) <= 100
    assert backoff.remaining(_PEER._replace(port=99), 1_000.0) == 1.0
