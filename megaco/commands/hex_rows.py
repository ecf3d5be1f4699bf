"""Lines of hex dumps: an offset, words of hex digits, and the rest."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .hex_text import refusal, spells

_LINE = re.compile(r"[^\r\n]+")
_OFFSET = re.compile(r"\s*+(?P<prefix>0[xX])?+(?P<digits>[0-9A-Fa-f]{3,16}+)(?P<colon>:?+)(?!\S)")
_WORDS = re.compile(r"(?:\s++(?:[0-9A-Fa-f]{2})++(?!\S))*+")
_WORD = re.compile(r"\S+")


class Row(NamedTuple):
    """A line of a dump: offset, the words behind it that are hex digits (some perhaps of the text column), the rest."""

    at: int
    """Index in the text where the offset stands."""
    offset: str
    has_prefix: bool
    has_colon: bool
    words: list[str]
    starts: list[int]
    """Index in the text where each word stands, and then where the rest does."""
    rest: str
    is_after_star: bool

    def gap(self, end: int) -> int:
        """Return how much white space stands behind so many words, 0 where nothing else does."""
        if end == len(self.words) and not self.rest:
            return 0
        return self.starts[end] - self.starts[end - 1] - len(self.words[end - 1])

    def usual_gap(self) -> int:
        """Return how much white space stands between octets."""
        # The text of one octet is too short for a word of hex digits: a second word is octets too.
        is_between_octets = len(self.words) > 1 and len(self.words[0]) == 2
        return self.gap(1) if is_between_octets else 1

    def octets(self, end: int) -> bytes:
        """Return the octets of so many words."""
        return bytes.fromhex("".join(self.words[:end]))

    def has_text_after(self, end: int) -> bool:
        """Tell whether what stands behind so many words is the text column that belongs to them."""
        is_framed = end == len(self.words) and self.rest[:1] + self.rest[-1:] in ("||", "><")
        return is_framed or spells(self._behind(end), self.octets(end))

    def _behind(self, end: int) -> str:
        return " ".join((*self.words[end:], self.rest))

    def is_low_octet_first(self, end: int) -> bool:
        """Tell whether the text column behind so many words shows the octets of each word in reverse."""
        column = self._behind(end)
        reverse = b"".join(bytes.fromhex(word)[::-1] for word in self.words[:end])
        return spells(column, reverse) and not spells(column, self.octets(end))


def first_rows(text: str) -> tuple[Row | None, Row | None]:
    """Return the first two lines of a text that are not blank, None for one that is not of a dump."""
    found: Iterator[Row | None] = (_row(text, line) for line in _lines(text))
    return next(found, None), next(found, None)


def rows_of(text: str) -> Iterator[Row]:
    """Yield the lines with an offset; raises InputRefusedError for another one, unless it is ``*``."""
    star = None
    for line in _lines(text):
        if line.group().strip() == "*":
            star = line
            continue
        row = _row(text, line, is_after_star=star is not None)
        if row is None:
            word = _WORD.search(text, line.start())
            found = word.group()[:20] if word else ""
            raise refusal(text, word.start() if word else line.start(), f"{found!a}; expected the offset of a line")
        yield row
        star = None
    if star is not None:
        raise refusal(text, star.start(), "'*' with nothing behind it; expected the offset up to which lines are alike")


def _lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that are neither blank nor comments as text2pcap has them."""
    return (line for line in _LINE.finditer(text) if not (line.group().lstrip() or "#").startswith("#"))


def _row(text: str, line: re.Match[str], *, is_after_star: bool = False) -> Row | None:
    offset = _OFFSET.match(text, line.start(), line.end())
    if offset is None:
        return None
    words = _WORDS.match(text, offset.end(), line.end())
    rest_at = words.end() if words else offset.end()
    rest = text[rest_at : line.end()]
    starts = (word.start() for word in _WORD.finditer(text, offset.end(), rest_at))
    return Row(
        at=offset.start("digits"),
        offset=offset["digits"],
        has_prefix=bool(offset["prefix"]),
        has_colon=bool(offset["colon"]),
        words=text[offset.end() : rest_at].split(),
        starts=[*starts, rest_at + len(rest) - len(rest.lstrip())],
        rest=rest.strip(),
        is_after_star=is_after_star,
    )
