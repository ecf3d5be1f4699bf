"""Which terminal a word is, at one place of the grammar.

A place knows its keywords from the start. Other words are tried against the patterns of the terminals that can stand
there, in the reference parser's order, and remembered, so that the next message finds them at once. What is remembered
is bounded: a peer that sends ever new words makes the place forget, not grow.

Keywords are found in the message itself, without a copy of the word; where this is not compiled, ``patterns.py``
remembers them like all other words instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, final

from .values import KINDS

if TYPE_CHECKING:
    from mypy_extensions import i64

    from .scanner import Scanner

UNKNOWN: Final = -1
"""What a word is that no terminal of the place takes."""
MOST_WORDS: Final = 2048
"""Words that a place remembers; with one more it forgets them all and begins anew."""
LONGEST_WORD: Final = 64
"""Characters of the longest word that is remembered, which is the standard's longest name."""

_SLOTS: Final = 64
_FOLDED: Final = bytes([octet + 32 if 65 <= octet <= 90 else octet for octet in range(256)])
"""Each octet in lower case."""


class Row(NamedTuple):
    """A terminal of a place, as the grammar has it."""

    number: int
    """What the decoder calls it."""
    pattern: str = ""
    """For ``re``; "" for keywords, which are spelled out."""
    kind: str = ""
    """How its text becomes a value (values.py); "" where it has none."""
    spellings: tuple[str, ...] = ()
    """Of a keyword, in lower case."""
    is_whole: bool = True
    """Whether it is the whole word, or only begins it."""


@final
class _Keyword:
    """One spelling of a keyword, and the next that falls into the same slot."""

    def __init__(self, word: str, number: int, following: _Keyword | None) -> None:
        self.word = word.encode("ascii")
        self.length: i64 = len(word)
        self.number: i64 = number
        self.following = following


@final
class Lexicon:
    """The terminals of a place."""

    def __init__(self, *rows: Row) -> None:
        self._spellings = {spelling: row.number for row in rows for spelling in row.spellings}
        self._others = [(row, re.compile(row.pattern)) for row in rows if row.pattern]
        self._longest: i64 = max(map(len, self._spellings), default=0)
        self._slots: list[_Keyword | None] = [None] * _SLOTS
        for word, number in self._spellings.items():
            slot = _slot(len(word), ord(word[0]), ord(word[-1]))
            self._slots[slot] = _Keyword(word, number, self._slots[slot])
        self._words: dict[str, int] = {}

    def find(self, scanner: Scanner) -> i64:
        """Return the number of the terminal that the current word is, UNKNOWN for none; the scanner keeps a name."""
        start = scanner.start
        length = scanner.end - start
        if 0 < length <= self._longest:
            octets = scanner.octets
            first: i64 = _FOLDED[octets[start]]
            last: i64 = _FOLDED[octets[start + length - 1]]
            keyword = self._slots[_slot(length, first, last)]
            while keyword is not None:
                if keyword.length == length and _is_same(keyword.word, octets, start):
                    return keyword.number
                keyword = keyword.following
        if not self._others:
            return UNKNOWN
        word = scanner.text[start : scanner.end]
        scanner.name = word
        found = self._words.get(word)
        return self.learn(word) if found is None else found

    @property
    def remembered(self) -> int:
        """How many words it remembers."""
        return len(self._words)

    def learn(self, word: str) -> int:
        """Find out which terminal a word is, and remember it."""
        number = self._number(word)
        if len(word) <= LONGEST_WORD:
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            self._words[word] = number
        return number

    def _number(self, word: str) -> int:
        keyword = self._spellings.get(word.lower())
        if keyword is not None:
            return keyword
        for row, pattern in self._others:
            if pattern.fullmatch(word) if row.is_whole else pattern.match(word):
                return row.number if _is_legal(row, word) else UNKNOWN
        return UNKNOWN


def _slot(length: i64, first: i64, last: i64) -> i64:
    return (length * 5 + first + last * 11) % 64


def _is_same(word: bytes, octets: bytes, start: i64) -> bool:
    """Tell whether a word in lower case stands at an offset, in whatever case."""
    folded = _FOLDED
    length: i64 = len(word)
    index: i64 = 0
    while index < length:
        if folded[octets[start + index]] != word[index]:
            return False
        index += 1
    return True


def _is_legal(row: Row, word: str) -> bool:
    """Tell whether a word that has a terminal's form keeps to the rules beside the grammar too."""
    if not row.kind or not row.is_whole:
        return True
    try:
        KINDS[row.kind].parse(word)
    except ValueError:
        return False
    return True
