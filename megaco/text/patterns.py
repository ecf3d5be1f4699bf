"""Hot loops as regular expressions: the same results, found faster where the codec runs interpreted.

``install`` puts them in the place of the loops. Tests hold each against the loop that it stands for.
"""

import re

from . import writer
from .lexicon import Lexicon
from .scanner import Scanner

_ITEM = re.compile(
    r"([^\x00-\x20{}\[\]=,:<>#;\"\x7f]*+)"
    r"[ \t\r\n]*+(?:;[\t\x20-\x7e]*+[\r\n][ \t\r\n]*+)*+"
    r"(?:([{}\[\]=,:<>#])[ \t\r\n]*+(?:;[\t\x20-\x7e]*+[\r\n][ \t\r\n]*+)*+)?"
).match


def read(self: Scanner, at: int) -> None:
    """``Scanner.read``."""
    item = _ITEM(self.text, at)
    self.start = at
    self.end = item.end(1)  # type: ignore[union-attr]  # the pattern matches everywhere
    self.mark = item[2] or ""  # type: ignore[index]
    self.next = item.end()  # type: ignore[union-attr]


_DIGITS = re.compile(r"[0-9]+").match


def take_number(self: Scanner, digits: int, most: int, expected: tuple[str, ...]) -> int:
    """``Scanner.take_number``."""
    start = self.start
    word = self.text[start : self.end]
    if not word.isdecimal() or not word.isascii() or len(word) > digits:
        found = _DIGITS(word, 0, digits)
        if found is None:
            self.wrong_word(expected)
        word = found[0]
        self.resume(start + len(word))
    value = int(word)
    if value > most:
        self.bad_value(f"{value} is not within 0 to {most}")
    return value


_SKIPPED = re.compile(r"(?:[ \t\r\n]|;[\t\x20-\x7e]*+[\r\n])*+").match


def close(self: Scanner) -> None:
    """``Scanner.close``: what follows a bracket is mostly another, or a comma."""
    text, at = self.text, self.next
    mark = text[at]
    if mark not in "},":
        _close_before_others(self)
        return
    self.start = self.end = at
    self.mark = mark
    self.next = at + 1 if text[at + 1] not in " \t\r\n;" else _SKIPPED(text, at + 1).end()  # type: ignore[union-attr]


_close_before_others = Scanner.close
_STAMP = re.compile(r"[0-9]{8}[Tt][0-9]{8}").fullmatch


def is_time_stamp(self: Scanner) -> bool:
    """``Scanner.is_time_stamp``."""
    return _STAMP(self.text, self.start, self.end) is not None


def find(self: Lexicon, scanner: Scanner) -> int:
    """``Lexicon.find``."""
    scanner.name = word = scanner.text[scanner.start : scanner.end]
    try:
        return self._words[word]
    except KeyError:
        return self.learn(word)


_WORD = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|]+").fullmatch


def is_word(text: str) -> bool:
    """``writer.is_word``."""
    return _WORD(text) is not None


def install() -> None:
    """Take the place of the loops."""
    Scanner.read = read  # type: ignore[method-assign]
    Scanner.close = close  # type: ignore[method-assign]
    Scanner.take_number = take_number  # type: ignore[method-assign]
    Scanner.is_time_stamp = is_time_stamp  # type: ignore[method-assign]
    Lexicon.find = find  # type: ignore[method-assign]
    writer.is_word = is_word
