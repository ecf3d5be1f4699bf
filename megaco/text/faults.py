"""Where a text leaves the grammar and how that is told: place, what was found there, H.248.8 code and level."""

import re
from bisect import bisect_right
from collections.abc import Callable

from megaco.errors import DecodeError, Level

SYNTAX_ERROR_IN_MESSAGE = 400
VERSION_NOT_SUPPORTED = 406
SYNTAX_ERROR_IN_COMMAND = 442
DESCRIPTOR_TWICE = 448
PROPERTY_TWICE = 456
NEWEST_VERSION = 3

_LEVEL_OF_CODE = {
    403: Level.TRANSACTION,
    422: Level.ACTION,
    442: Level.COMMAND,
    448: Level.COMMAND,
    456: Level.COMMAND,
}
_BLANK = re.compile(r"(?:[ \t\r\n]|;[\t\x20-\x7e]*[\r\n])*+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|\x80-\xff]{1,32}|.", re.DOTALL)


def place_finder(text: str) -> Callable[[int], tuple[int, int]]:
    """Return a function from an offset to line and column, both from 1; a line ends with CR, LF or both."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place_of(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return place_of


def white_space(text: str, offset: int) -> int:
    """Return the length of the white space and comments that begin at an offset."""
    blank = _BLANK.match(text, offset)
    return len(blank.group()) if blank else 0


def found_at(text: str, offset: int) -> str:
    """Name what stands at an offset."""
    if offset >= len(text):
        return "the end of the message"
    word = _WORD.match(text, offset)
    return ascii(word.group()) if word else "nothing"


def error_at(text: str, offset: int, what: str, code: int, expected: tuple[str, ...] = ()) -> DecodeError:
    """Return the error of what stands at an offset, its level told from its code."""
    line, column = place_finder(text)(offset)
    return DecodeError(
        what,
        code=code,
        level=_LEVEL_OF_CODE.get(code, Level.MESSAGE),
        offset=offset,
        line=line,
        column=column,
        expected=expected,
        source_line=shown_line(text, offset, column),
    )


def shown_line(text: str, offset: int, column: int) -> str:
    """Return the line that an offset is in, from its beginning, as it can be printed."""
    rest = re.split(r"[\r\n]", text[offset : offset + 200], maxsplit=1)[0]
    shown = text[offset - column + 1 : offset] + rest
    return "".join(character if " " <= character <= "~" else " " for character in shown)
