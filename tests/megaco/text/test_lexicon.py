"""What a word is at a place: keywords in any case, names by their pattern, a memory that is bounded."""

import pytest

from megaco.text import patterns
from megaco.text.lexicon import LONGEST_WORD, MOST_WORDS, UNKNOWN, Lexicon, Row
from megaco.text.scanner import Scanner

_PLACE = Lexicon(
    Row(1, spellings=("media", "m")),
    Row(2, spellings=("modem", "md")),
    Row(3, r"O-", is_whole=False),
    Row(4, r"[A-Za-z][A-Za-z0-9_]*/[a-z]+", "name"),
)


def _at(word: str) -> Scanner:
    scanner = Scanner(f"{word} ".encode("latin-1"), frozenset(), 10, 10)
    scanner.read(0)
    return scanner


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("Media", 1),
        ("MEDIA", 1),
        ("mEdIa", 1),
        ("m", 1),
        ("MD", 2),
        ("mo", UNKNOWN),
        ("mediax", UNKNOWN),
        ("Nedia", UNKNOWN),
        ("O-Add", 3),
        ("al/of", 4),
        ("al/of/x", UNKNOWN),
        (f"{'a' * 70}/b", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_words(word: str, number: int) -> None:
    """Both forms find the same, the first time and the next."""
    for find in (_PLACE.find, lambda scanner: patterns.find(_PLACE, scanner)):
        assert [find(_at(word)), find(_at(word))] == [number, number]


def test_a_name_stays_with_the_scanner() -> None:
    """The decoder needs it as a value."""
    scanner = _at("al/of")
    _PLACE.find(scanner)
    assert scanner.name == "al/of"


def test_the_memory_is_bounded() -> None:
    """A peer that sends ever new words makes a place forget; what it finds does not change."""
    place = Lexicon(Row(1, r"[a-z]+[0-9]*", "name"))
    for number in range(2 * MOST_WORDS + 10):
        assert place.find(_at(f"a{number}")) == 1
    assert place.remembered <= MOST_WORDS


def test_long_words_are_not_remembered() -> None:
    """A name has 64 characters at most."""
    place = Lexicon(Row(1, r"[a-z]+"))
    assert place.find(_at("a" * (LONGEST_WORD + 1))) == 1
    assert place.remembered == 0
