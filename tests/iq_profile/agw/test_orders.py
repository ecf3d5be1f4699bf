"""The vocabulary's few words that decide."""

import pytest

from iq_profile.agw.orders import Accept, LegId


@pytest.mark.parametrize(
    ("source", "seen", "is_let_in"),
    [
        (None, "192.0.2.7", True),
        ("", "192.0.2.7", False),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:0::7", "2001:db8::7", True),
        ("ue.example.com", "192.0.2.7", False),
    ],
)
def test_the_source_filter_compares_addresses(source: str | None, seen: str, is_let_in: bool) -> None:
    """By value, not by spelling; a host name cannot be compared and lets nobody in."""
    assert Accept(LegId("leg"), source).lets_in(seen) is is_let_in
