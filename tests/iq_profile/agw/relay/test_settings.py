"""The relay's settings."""

import pytest

from iq_profile.agw.relay.settings import RelaySettings


@pytest.mark.parametrize(
    ("low", "high"), [(2000, 1000), (0, 5), (5, 0), (1, 65536), (-1, 5)], ids=["crossed", "low", "high", "big", "minus"]
)
def test_what_is_no_range_of_ports_is_refused(low: int, high: int) -> None:
    """The error names the fields."""
    with pytest.raises(ValueError, match=r"port_low\.\.port_high"):
        RelaySettings(port_low=low, port_high=high)


def test_contradicting_bounds_are_refused() -> None:
    """Minimum above maximum, low mark above high mark, and limits of nothing."""
    with pytest.raises(ValueError, match="tls_minimum"):
        RelaySettings(tls_minimum="1.3", tls_maximum="1.2")
    with pytest.raises(ValueError, match="write_low_bytes"):
        RelaySettings(write_low_bytes=2, write_high_bytes=1)
    with pytest.raises(ValueError, match="read_bytes"):
        RelaySettings(read_bytes=0)
