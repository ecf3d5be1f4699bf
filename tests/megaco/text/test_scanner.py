"""The items that a message is read as: compiled loops and the regular expression of the interpreted form agree."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from megaco import DecodeError
from megaco.text import patterns
from megaco.text.scanner import CLASSES, Scanner

_OCTETS = st.binary(max_size=40) | st.text('aZ/ \t\r\n;,{}[]=:<>#"\x00\x7f\xff', max_size=40).map(
    lambda text: text.encode("latin-1")
)


def _scanner(octets: bytes) -> Scanner:
    return Scanner(octets, frozenset(), 10, 10)


def _item(scanner: Scanner) -> tuple[int, int, str, int]:
    return scanner.start, scanner.end, scanner.mark, scanner.next


@given(_OCTETS, st.data())
@example(b"a ; comment\n = b", None)
@example(b"a ; open", None)
@example(b";\x01\n=", None)
def test_both_forms_read_the_same_items(octets: bytes, data: st.DataObject | None) -> None:
    """Wherever an item begins, whatever the octets."""
    at = data.draw(st.integers(0, len(octets))) if data is not None else 0
    one, other = _scanner(octets), _scanner(octets)
    one.read(at)
    patterns.read(other, at)
    assert _item(one) == _item(other)


@given(_OCTETS)
@example(b"} ;c\n } , a")
@example(b"}a")
def test_both_forms_pass_the_same_brackets(octets: bytes) -> None:
    """Whatever stands behind one."""
    one, other = _scanner(b"}" + octets), _scanner(b"}" + octets)
    for scanner in (one, other):
        scanner.read(0)
    one.close()
    patterns.close(other)
    assert _item(one) == _item(other)


def test_every_octet_has_a_class() -> None:
    """The octet that ends a message is none that an item can hold."""
    assert len(CLASSES) == 256
    assert CLASSES[0] == 0


@pytest.mark.parametrize(
    ("text", "number", "end"), [("12", 12, 2), ("007}", 7, 3), ("65535,", 65535, 5), ("1/2", 1, 1), ("1END", 1, 1)]
)
def test_a_number_ends_with_its_digits(text: str, number: int, end: int) -> None:
    """What follows in the same word is the next thing to read."""
    scanner = _scanner(text.encode())
    scanner.read(0)
    assert scanner.take_number(5, 65535, ("a number",)) == number
    assert scanner.end == end


@pytest.mark.parametrize("text", ["", "x1", "-1", "65536", "99999", "\xb2", "\u0661"])
def test_other_words_are_no_numbers(text: str) -> None:
    """Digits are ASCII; what is too large is told with its bounds."""
    scanner = _scanner(text.encode())
    scanner.read(0)
    with pytest.raises(DecodeError):
        scanner.take_number(5, 65535, ("a number",))


@pytest.mark.parametrize("text", ["20260314T12000000", "20260314t12000000"])
def test_time_stamps(text: str) -> None:
    """Eight digits, T, eight digits."""
    scanner = _scanner(text.encode())
    scanner.read(0)
    assert patterns.is_time_stamp(scanner)
    stamp = scanner.take_time_stamp(("a time stamp",))
    assert (stamp.date, stamp.time) == ("20260314", "12000000")


@pytest.mark.parametrize("text", ["20260314T1200000", "20260314X12000000", "2026031AT12000000", "20260314T120000000"])
def test_other_words_are_no_time_stamps(text: str) -> None:
    """A digit too few or too many, or a letter in its place."""
    scanner = _scanner(text.encode())
    scanner.read(0)
    assert not scanner.is_time_stamp()
    assert not patterns.is_time_stamp(scanner)
