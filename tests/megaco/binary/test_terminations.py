"""TerminationIDs and digit map names between text and octets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.binary.terminations import (
    Form,
    Level,
    Octets,
    Provisioning,
    read_provisioning,
    shipped_provisioning,
)
from megaco.errors import DataFileError

_DEFAULT = shipped_provisioning("default")
_OTP = shipped_provisioning("otp")
_OCTET_LEVELS = Provisioning((Form(tuple(Level(8, notation="bits") for _ in range(3))),))
_NUMBERS = st.integers(0, 0xFF)


def _octets(wildcards: str, octets: str) -> Octets:
    return Octets(tuple(bytes([one]) for one in bytes.fromhex(wildcards)), bytes.fromhex(octets))


@pytest.mark.parametrize(
    ("text", "wildcards", "octets"),
    [
        ("00000001/00011110/01010101", "", "011e55"),
        ("00000001/00011110/*", "87", "011e00"),
        ("$/00011110/$", "1707", "001e00"),
        ("00000001/$", "4f", "010000"),
        ("*", "d7", "000000"),
        ("$", "57", "000000"),
        ("ROOT", "", "ffffffffffffffff"),
        ("*/*/*", "978f87", "000000"),
    ],
)
def test_the_examples_of_the_standard(text: str, wildcards: str, octets: str) -> None:
    """H.248.1 Annex A.1, three octets, a level each."""
    assert _OCTET_LEVELS.termination_octets(text) == _octets(wildcards, octets)
    assert _OCTET_LEVELS.termination_text(_octets(wildcards, octets)) == text


@pytest.mark.parametrize(
    ("text", "wildcards", "octets"),
    [
        ("ip/1/core/5", "", "0100010200000005"),
        ("ip/65535/access/4294967295", "", "01ffff01ffffffff"),
        ("ip/1/7/5", "", "0100010700000005"),
        ("ip/$/$/$", "37271f", "0100000000000000"),
        ("ip/1/core/$", "1f", "0100010200000000"),
        ("ip/$", "77", "0100000000000000"),
        ("ip/*/core/$", "b71f", "0100000200000000"),
        ("*", "ff", "0000000000000000"),
        ("$", "7f", "0000000000000000"),
        ("a4444", "", "006134343434"),
        ("A4444", "", "004134343434"),
        ("aln/6/31", "", "616c6e2f362f3331"),
        ("p/$", "47", "00702f00"),
        ("11111111/00000000/00000001", "", "ff0001"),
        ("11111111/*", "cf", "ff0000"),
        ("x01/x02", "", "0102"),
        ("xff/x02/$/x04", "0f", "ff020004"),
    ],
)
def test_the_default_layout(text: str, wildcards: str, octets: str) -> None:
    """Hierarchies of the gateway, characters, OTP's three octets, and octets as they stand."""
    assert _DEFAULT.termination_octets(text) == _octets(wildcards, octets)
    assert _DEFAULT.termination_text(_octets(wildcards, octets)) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("IP/1/CORE/5", "ip/1/core/5"), ("root", "ROOT"), ("ip/*/*/*", "ip/*/*/*")],
)
def test_case_does_not_count_where_words_have_numbers(text: str, canonical: str) -> None:
    """What comes back has the spelling of the layout."""
    assert _DEFAULT.termination_text(_DEFAULT.termination_octets(text)) == canonical


@pytest.mark.parametrize(
    "text",
    ["a/long/name", "ip/65536/core/1", "ip/1/satellite/1", "ip/01/core/1", "a b", "caf\xe9", "a/$/b", "",
     "ip/1/core/1/2", "xff/xff/xff/xff/xff/xff/xff/xff"],
)  # fmt: skip
def test_what_fits_no_form_is_refused(text: str) -> None:
    """The message names the id and says what to do."""
    with pytest.raises(ValueError, match=r"fits no form of the layout; name it under \[termination_names\]"):
        _DEFAULT.termination_octets(text)


def test_wildcards_that_cut_through_a_level_are_refused() -> None:
    """A bit position that begins no level has no text."""
    with pytest.raises(ValueError, match="wildcard fields 05 of 010203, which fit no level"):
        _DEFAULT.termination_text(_octets("05", "010203"))


@given(st.binary(min_size=1, max_size=8))
def test_any_octets_come_back(octets: bytes) -> None:
    """Whatever a peer names its terminations, the text leads back to the octets."""
    for layout in (_DEFAULT, _OTP):
        assert layout.termination_octets(layout.termination_text(Octets((), octets))) == Octets((), octets)


@given(st.binary(min_size=1, max_size=8), st.lists(st.integers(0, 255).map(lambda one: bytes([one])), max_size=3))
def test_wildcards_come_back_or_are_refused(octets: bytes, wildcards: list[bytes]) -> None:
    """With wildcards too; the bits under them do not count, nor does how "all below" is said."""
    try:
        text = _DEFAULT.termination_text(Octets(tuple(wildcards), octets))
    except ValueError:
        return
    written = _DEFAULT.termination_octets(text)
    assert _DEFAULT.termination_text(written) == text
    assert len(written.id) == len(octets) or text in ("$", "*")


@given(_NUMBERS, _NUMBERS, _NUMBERS)
def test_otp_has_bits(one: int, two: int, three: int) -> None:
    """Three levels, eight binary digits each."""
    text = f"{one:08b}/{two:08b}/{three:08b}"
    assert _OTP.termination_octets(text) == Octets((), bytes([one, two, three]))


@pytest.mark.parametrize(
    ("name", "octets"),
    [("dialplan00", "0000"), ("dialplan42", "0402"), ("d1", "6431"), ("d", "6400"), ("xabcd", "abcd")],
)
def test_digit_maps(name: str, octets: str) -> None:
    """A word and two digits, one or two characters, or the octets."""
    assert _DEFAULT.digit_map_octets(name).hex() == octets
    assert _DEFAULT.digit_map_text(bytes.fromhex(octets)) == name


def test_a_digit_map_without_number_is_refused() -> None:
    """The message says where to name it."""
    with pytest.raises(ValueError, match=r"digit map 'normal' has no number; name it under \[digit_map_names\]"):
        _DEFAULT.digit_map_octets("normal")


@given(st.binary(min_size=2, max_size=2))
def test_any_digit_map_comes_back(octets: bytes) -> None:
    """Its text leads back to the octets."""
    assert _DEFAULT.digit_map_octets(_DEFAULT.digit_map_text(octets)) == octets


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """Names that fit no form, and digit maps, by table."""
    path = tmp_path / "mine.toml"
    path.write_text(
        '[termination_names]\n"a/very/long/name" = "09 08 07"\n[digit_map_names]\nnormal = 7\n'
        "[[terminations]]\ncharacters = true\n",
        "utf-8",
    )
    mine = read_provisioning(path)
    assert mine.termination_octets("a/very/long/name") == _octets("", "090807")
    assert mine.termination_text(_octets("", "090807")) == "a/very/long/name"
    assert mine.digit_map_octets("normal") == b"\0\7"
    assert mine.digit_map_text(b"\0\7") == "normal"
    assert mine.termination_octets("$") == _octets("7f", "0000000000000000")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("[[terminations]]\nlevels = [{ bits = 7 }]", "levels of 7 bits in all"),
        ("[[terminations]]\nlevels = [{ bits = 65 }]", "a level of 65 bits"),
        ("[[terminations]]\n", "either `levels` or `characters = true`"),
        ("[[terminations]]\nlevels = [{ bits = 8, words = { a = 256 } }]", "'a' has no number that fits 8 bits"),
        ("[[terminations]]\nlevels = [{ bits = 8, words = { a = 1, b = 1 } }]", "two words have one number"),
        ("[[terminations]]\nlevels = [{ bits = 8, words = { 5 = 7 } }]", "the word '5' is a number"),
        ('[termination_names]\na = "1"', "'1' are not 1 to 8 octets in hex"),
        ("[digit_map_names]\na = 65536", "65536 is not within two octets"),
        (
            "[digit_map]\na = 1",
            ":1: unknown key digit_map; allowed here: digit_map_names, digit_maps, ",
        ),
        ("[", "at end of document"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, content: str, cause: str) -> None:
    """File and cause in one line."""
    path = tmp_path / "broken.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(DataFileError) as caught:
        read_provisioning(path)
    assert str(path) in str(caught.value)
    assert cause in str(caught.value)
