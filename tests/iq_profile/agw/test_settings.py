"""The gateway's settings."""

import pytest

from iq_profile.agw.settings import AgwSettings


@pytest.mark.parametrize(
    ("interface", "address"),
    [("access", "192.0.2.1"), ("ACCESS", "192.0.2.1"), ("core", "192.0.2.2"), ("lan", None), ("", None)],
)
def test_interfaces_have_addresses(interface: str, address: str | None) -> None:
    """Two of them, in any case; None for another."""
    settings = AgwSettings(access_address="192.0.2.1", core_address="192.0.2.2")
    assert settings.address_of(interface) == address
