"""The error family."""

import pytest

from megaco import DecodeError, EncodeError, Level, LocalError, MegacoError, PeerError, TransportError


@pytest.mark.parametrize(
    ("error", "base"),
    [
        (EncodeError("x"), LocalError),
        (DecodeError("x"), PeerError),
        (TransportError("x"), MegacoError),
        (LocalError("x"), MegacoError),
        (PeerError("x", 500, Level.MESSAGE), MegacoError),
    ],
)
def test_the_family(error: MegacoError, base: type[MegacoError]) -> None:
    """Every error of the package is a MegacoError, on the side of whoever is at fault."""
    assert isinstance(error, base)


def test_an_encode_error_leads_with_its_path() -> None:
    """The path of the node comes first, where there is one."""
    assert str(EncodeError("too long", "message.mid")) == "message.mid: too long"
    assert str(EncodeError("too long")) == "too long"


def test_a_decode_error_tells_its_place() -> None:
    """Line and column in text, the offset in binary."""
    assert DecodeError("x", line=3, column=4, offset=9).place == "3:4"
    assert str(DecodeError("x", offset=9)) == "@9: error[400]: x"


def test_a_decode_error_says_what_to_answer() -> None:
    """Code and level are those of H.248.8; a syntax error in the message unless said otherwise."""
    error = DecodeError("x", expected=("a", "b"))
    assert (error.code, error.level) == (400, Level.MESSAGE)
    assert error.summary == "error[400]: x; expected a or b"
