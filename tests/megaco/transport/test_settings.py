"""Limits and waits, held to what makes sense where they come from a file."""

import msgspec
import pytest

from megaco.transport import LinkSettings
from megaco.transport.settings import DEFAULT_SETTINGS


def test_defaults_are_within_their_bounds() -> None:
    """What a file would have to say to get the defaults is accepted."""
    assert msgspec.convert(msgspec.to_builtins(DEFAULT_SETTINGS), LinkSettings) == LinkSettings()


@pytest.mark.parametrize(
    "wrong",
    [
        {"udp_most_octets": 65_508},
        {"tcp_most_octets": 65_532},
        {"most_connections": 0},
        {"connect_s": 0},
        {"frame_s": float("nan")},
        {"write_octets": -1},
        {"sctp_style": "many"},
        {"unknown": 1},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    """Beyond what a transport carries, nothing at all, no time, another style, an unknown name."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, LinkSettings)
