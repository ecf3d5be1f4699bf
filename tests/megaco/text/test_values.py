"""How single values are read and spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.message import Value
from megaco.reference import text_encoding
from megaco.text.values import KINDS, from_text, to_text


def test_every_kind_is_used_and_known() -> None:
    """The overlay names exactly the kinds that there are."""
    assert set(text_encoding().overlay.terminals.values()) == set(KINDS)


@given(st.binary(max_size=40))
def test_text_keeps_every_octet(octets: bytes) -> None:
    """Octets become text and octets again, UTF-8 or not."""
    latin = octets.decode("latin-1")
    assert from_text(to_text(latin)) == latin


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("context_id", "-", 0),
        ("context_id", "$", 0xFFFFFFFE),
        ("context_id", "*", 0xFFFFFFFF),
        ("context_id", "4294967293", 4294967293),
        ("value", '"a b"', Value("a b", quoted=True)),
        ("value", "a", Value("a")),
        ("hex", "0x00ab", "00AB"),
        ("mtp_address", "MTP{ab12}", "AB12"),
        ("uint32", "0000000007", 7),
        ("request_id", "7", 7),
        ("request_id", "*", 0xFFFFFFFF),
        ("digit_map", "(0 | ;#\n 1x )", "(0|1x)"),
    ],
)
def test_values_are_read(kind: str, text: str, value: object) -> None:
    """A terminal's text becomes the value that the tree holds."""
    assert KINDS[kind].parse(text) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("context_id", -1),
        ("context_id", 2**32),
        ("context_id", "1"),
        ("uint16", 65536),
        ("request_id", 2**32),
        ("digit_map", "(0 | 1)"),
        ("digit_map", ""),
        ("uint16", 1.0),
        ("quoted_string", 'a"b'),
        ("quoted_string", "\x07"),
        ("quoted_string", None),
        ("path_name", "1a"),
        ("path_name", ""),
        ("name", "a b"),
    ],
)
def test_values_out_of_bounds_are_not_spelled(kind: str, value: object) -> None:
    """A value that no text stands for raises ValueError."""
    with pytest.raises(ValueError, match="no"):
        KINDS[kind].spell(value)
