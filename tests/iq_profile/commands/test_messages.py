"""The codec commands on every H.248 message of the recorded flows."""

from pathlib import Path

import pytest

import megaco
from iq_profile.flow.steps import PROCEDURES

from .programs import ROOT, call

FLOWS = sorted(PROCEDURES)
MESSAGES = sorted(path for flow in FLOWS for path in (ROOT / "fixtures" / flow).glob("*.h248"))


def paths(flow: str) -> list[str]:
    """Return the messages of a flow."""
    return [str(path) for path in MESSAGES if path.parent.name == flow]


@pytest.mark.parametrize("flow", FLOWS)
def test_check_says_nothing(flow: str) -> None:
    """To the letter of the standard."""
    result = call("check", "--strict", *paths(flow))
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("flow", FLOWS)
def test_decode_and_encode_are_inverse(flow: str, tmp_path: Path) -> None:
    """Through JSON and back each message is byte for byte what it was."""
    for path in paths(flow):
        document = call("decode", path)
        assert document.exit_code == 0
        result = call("encode", "--to", "pretty", "-", stdin=document.stdout_bytes)
        assert (result.exit_code, result.stdout_bytes) == (0, Path(path).read_bytes())


@pytest.mark.parametrize("flow", FLOWS)
def test_convert_keeps_the_message(flow: str) -> None:
    """Compact means the same, and comes back pretty byte for byte."""
    for path in paths(flow):
        compact = call("convert", "--to", "compact", path).stdout_bytes
        assert megaco.decode(compact) == megaco.decode(Path(path).read_bytes())
        assert call("convert", "--to", "pretty", "-", stdin=compact).stdout_bytes == Path(path).read_bytes()


@pytest.mark.parametrize("flow", FLOWS)
def test_decode_draws_a_tree(flow: str) -> None:
    """For people."""
    result = call("decode", "--out", "tree", *paths(flow))
    assert result.exit_code == 0
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) > 50
