"""What the generated decoder stands on: the message as items, a word and the mark after it, and what goes wrong there.

A word is a run of SafeChars, maybe none; a mark is one of ``{ } [ ] = , : < > #`` with the white space and comments
round it. Where a word follows a word, or a character must stand straight after one, the decoder asks.

The loops here are made to be compiled; where they are not, ``patterns.py`` puts regular expressions in their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from megaco.deviations import Allowance
from megaco.message import MessageIdentifier, Octets, TimeStamp, Value

from .faults import (
    NEWEST_VERSION,
    SYNTAX_ERROR_IN_COMMAND,
    VERSION_NOT_SUPPORTED,
    error_at,
    found_at,
)
from .values import KINDS, to_text

if TYPE_CHECKING:
    from mypy_extensions import i64

_OTHER: Final = 0
_WORD: Final = 1
_BLANK: Final = 2
_MARK: Final = 3
_COMMENT: Final = 4

_SAFE_CHARACTERS = "+-&!_/'?@^`~*$\\()%.|"


def _class_of(character: str) -> int:
    if character in " \t\r\n":
        return _BLANK
    if character in "{}[]=,:<>#":
        return _MARK
    if character == ";":
        return _COMMENT
    is_word = (character.isascii() and character.isalnum()) or character in _SAFE_CHARACTERS or character >= "\x80"
    return _WORD if is_word else _OTHER


CLASSES: Final = bytes([_class_of(chr(octet)) for octet in range(256)])
"""Of each octet, what it is to an item."""
MARKS: Final = [chr(octet) for octet in range(256)]

DEEPEST: Final = 64
"""Open rules that can stand inside themselves, whatever the caller allows: compiled, more could overrun the C stack."""
_UNKNOWN: Final = -1
_WHOLE_MESSAGE: Final = 400
_NULL_CONTEXT: Final = 0
_CHOOSE_CONTEXT: Final = 0xFFFFFFFE
_ALL_CONTEXTS: Final = 0xFFFFFFFF
_ALL_EVENTS: Final = 0xFFFFFFFF
_HEADERS: Final[list[tuple[str, int, MessageIdentifier]]] = []
"""Headers read last."""
_MOST_HEADERS: Final = 8
_LONGEST_HEADER: Final = 128
_BLANKS: Final = re.compile(r"[ \t\r\n]++|;[^\r\n]*+")
_Octets: Final[type[Octets]] = Octets
_Value: Final[type[Value]] = Value
_TimeStamp: Final[type[TimeStamp]] = TimeStamp


class Scanner:
    """A message being read, and where: the current item and what stands after it."""

    def __init__(self, message: bytes, allowed: frozenset[str], max_items: i64, max_nesting: i64) -> None:
        self.octets = message + b"\0"
        """The message; the octet that no message may hold ends it."""
        self.text = self.octets.decode("latin-1")
        """The same, an octet a character."""
        self.length: i64 = len(message)
        self.start: i64 = 0
        """Where the current word begins."""
        self.end: i64 = 0
        """Where it ends: at its beginning, if there is none."""
        self.mark = ""
        """The mark after it; "" where something else follows."""
        self.next: i64 = 0
        """Where the next item begins if the mark is taken."""
        self.token: i64 = _UNKNOWN
        """Which terminal the current word is, where that was asked."""
        self.name = ""
        """The current word, where a lexicon has found a name in it."""
        self.found: re.Match[str] | None = None
        """What a pattern matched when it was last tried."""
        self.tried: re.Pattern[str] | None = None
        self.tried_at: i64 = -1
        self.code: i64 = _WHOLE_MESSAGE
        """Of an error here: the innermost transaction, action or command decides."""
        self.version: i64 = 0
        self.version_at: i64 = -1
        self.max_items: i64 = max_items
        self.max_nesting: i64 = min(max_nesting, DEEPEST)
        self.nesting: i64 = 0
        """How many rules that can stand inside themselves are open."""
        self.allowed = allowed
        self.has_deviated = False
        self.deviations: list[tuple[str, int]] | None = None
        """Allowances made use of, and where, if somebody wants to know."""
        self.header: tuple[int, MessageIdentifier] | None = None
        """Version and sender, once both are read."""
        self.missed = ""
        """What could have stood after the last word as well."""
        self.missed_at: i64 = -1

    # ------------------------------------------------------------------------------------------------- items

    def read(self, at: i64) -> None:
        """Make what begins at ``at`` the current item."""
        octets = self.octets
        classes = CLASSES
        self.start = at
        kind: i64 = classes[octets[at]]
        while kind == _WORD:
            at += 1
            kind = classes[octets[at]]
        self.end = at
        if kind in (_BLANK, _COMMENT):
            at = self.skip(at)
            kind = classes[octets[at]]
        if kind != _MARK:
            self.mark = ""
            self.next = at
            return
        self.mark = MARKS[octets[at]]
        at += 1
        kind = classes[octets[at]]
        self.next = self.skip(at) if kind in (_BLANK, _COMMENT) else at

    def skip(self, at: i64) -> i64:
        """Return where the white space and comments that begin at ``at`` end."""
        octets = self.octets
        classes = CLASSES
        while True:
            kind: i64 = classes[octets[at]]
            if kind == _BLANK:
                at += 1
            elif kind == _COMMENT:
                end = self._end_of_comment(at)
                if end == at:
                    return at
                at = end
            else:
                return at

    def _end_of_comment(self, at: i64) -> i64:
        """Return where a comment ends, at its beginning if it is none: it must end with its line."""
        octets = self.octets
        end = at + 1
        while True:
            character: i64 = octets[end]
            if character == 10 or character == 13:
                return end + 1
            if character > 126 or (character < 32 and character != 9):
                return at
            end += 1

    def resume(self, at: i64) -> None:
        """End the current word at ``at``."""
        start = self.start
        self.read(at)
        if self.end > at:
            self.mark = ""
            self.next = at
        self.start = start
        self.end = at

    def close(self) -> None:
        """Pass a closing bracket: the mark after it, if there is one, is the next; a word can follow as well."""
        self.read(self.next)
        if self.end != self.start:
            self.end = self.start
            self.next = self.start
            self.mark = ""

    def separate(self) -> None:
        """Pass the white space that must stand after the current word."""
        at = self.skip(self.end)
        if at == self.end:
            self.wrong_mark(("white space",))
        self.read(at)

    def is_blank(self) -> bool:
        """Tell whether white space stands after the current word."""
        return self.skip(self.end) != self.end

    def begins(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether a pattern matches where the current item begins."""
        self.found = pattern.match(self.text, self.start, self.length)
        self.tried = pattern
        self.tried_at = self.start
        return self.found is not None

    # ------------------------------------------------------------------------------------------------ header

    def recall(self) -> tuple[int, MessageIdentifier] | None:
        """Pass a header that is, octet for octet, one read before, which those of one peer are; None for another."""
        for text, version, mid in _HEADERS:
            end: i64 = len(text)
            if self.text.startswith(text) and CLASSES[self.octets[end]] not in (_BLANK, _COMMENT):
                self.version = version
                self.header = (version, mid)
                self.read(end)
                return self.header
        return None

    def remember(self, version: int, mid: MessageIdentifier) -> None:
        """Keep the header, which ends where the current item begins."""
        if self.start <= _LONGEST_HEADER and not self.has_deviated:
            del _HEADERS[_MOST_HEADERS - 1 :]
            _HEADERS.insert(0, (self.text[: self.start], version, mid))

    # ------------------------------------------------------------------------------------------------ values

    def take_number(self, digits: i64, most: i64, expected: tuple[str, ...]) -> int:
        """Take a number of at most so many digits, 0 to ``most``, from the beginning of the current word."""
        octets = self.octets
        at = self.start
        value: i64 = 0
        while True:
            digit: i64 = octets[at] - 48
            if digit < 0 or digit > 9 or at - self.start == digits:
                break
            value = value * 10 + digit
            at += 1
        if at == self.start:
            self.wrong_word(expected)
        if value > most:
            self.bad_value(f"{value} is not within 0 to {most}")
        if at != self.end:
            self.resume(at)
        return value

    def take_context_id(self, expected: tuple[str, ...]) -> int:
        """Take a ContextID: a number, or ``-``, ``$``, ``*``."""
        if self.end - self.start == 1:
            character = self.text[self.start]
            if character == "-":
                return _NULL_CONTEXT
            if character == "$":
                return _CHOOSE_CONTEXT
            if character == "*":
                return _ALL_CONTEXTS
        value = self.take_number(10, _ALL_CONTEXTS, expected)
        if value == _NULL_CONTEXT or value >= _CHOOSE_CONTEXT:
            self.bad_value(f"ContextID {value} is reserved or too large; contexts are 1 to 4294967293, '-', '$' or '*'")
        return value

    def take_request_id(self, expected: tuple[str, ...]) -> int:
        """Take a RequestID: a number, or ``*``."""
        if self.end - self.start == 1 and self.text[self.start] == "*":
            return _ALL_EVENTS
        return self.take_number(10, 4294967295, expected)

    def take_value(self, pattern: re.Pattern[str], expected: tuple[str, ...]) -> Value:
        """Take a VALUE: the current word as it is, or a quoted string."""
        if self.end != self.start:
            word = self.text[self.start : self.end]
            return _Value(word if word.isascii() else to_text(word))
        text = self.take(pattern, expected)
        return _Value(to_text(text[1:-1]), True)

    def take_octets(self, expected: tuple[str, ...]) -> Octets:
        """Take octets up to the closing brace, which a backslash before it makes one of them."""
        text = self.text
        end: i64 = text.find("}", self.start)
        while end > self.start and text[end - 1] == "\\":
            end = text.find("}", end + 1)
        octets = text[self.start : end if end >= 0 else self.length]
        if "\0" in octets or not octets:
            self.start += max(octets.find("\0"), 0)
            self.wrong_word(expected)
        self.resume(self.start + len(octets))
        return _Octets(octets.replace("\\}", "}").encode("latin-1"))

    def take_prefix(self, spellings: tuple[str, ...], expected: tuple[str, ...]) -> None:
        """Take a keyword from the beginning of the current word."""
        for spelling in spellings:
            end = self.start + len(spelling)
            if self.text[self.start : end].lower() == spelling:
                if end != self.end:
                    self.resume(end)
                return
        self.wrong_word(expected)

    def take_converted(self, pattern: re.Pattern[str], kind: str, expected: tuple[str, ...]) -> object:
        """Take what a pattern matches, as a value of its kind."""
        text = self.take(pattern, expected)
        try:
            return KINDS[kind].parse(text)
        except ValueError as error:
            self.bad_value(str(error))

    def is_time_stamp(self) -> bool:
        """Tell whether the current word is a time stamp: 8 digits, ``T``, 8 digits."""
        octets = self.octets
        start = self.start
        if self.end - start != 17 or octets[start + 8] | 32 != 116:
            return False
        at = start
        while at < self.end:
            digit: i64 = octets[at] - 48
            if (digit < 0 or digit > 9) and at != start + 8:
                return False
            at += 1
        return True

    def take_time_stamp(self, expected: tuple[str, ...]) -> TimeStamp:
        """Take a time stamp."""
        if not self.is_time_stamp():
            self.wrong_word(expected)
        return _TimeStamp(self.text[self.start : self.start + 8], self.text[self.start + 9 : self.end])

    def take_digit_map(self, pattern: re.Pattern[str], expected: tuple[str, ...]) -> str:
        """Take the strings of a digit map, without the white space and comments between them."""
        text = self.take(pattern, expected)
        return _BLANKS.sub("", text) if ";" in text else "".join(text.split())

    def take(self, pattern: re.Pattern[str], expected: tuple[str, ...]) -> str:
        """Take what a pattern matches where the current item begins; its end is the end of the word."""
        if self.tried is not pattern or self.tried_at != self.start:
            self.begins(pattern)
        found = self.found
        if found is None:
            self.wrong_word(expected)
        self.resume(found.end())
        return found[0]

    # ------------------------------------------------------------------------------------------------ faults

    def set_version(self, version: int) -> None:
        """Note the protocol version, and where it stands."""
        self.version = version
        self.version_at = self.start

    def check_version(self) -> None:
        """Refuse a version that nobody here speaks."""
        if self.version < 1 or self.version > NEWEST_VERSION:
            self._fail(self.start, "")

    def deviate(self, name: str, at: i64, allowance: Allowance) -> None:
        """Make use of an allowance."""
        if name not in self.allowed:
            self._fail(at, allowance.what, expected=(allowance.expected,))
        self.has_deviated = True
        if self.deviations is not None:
            self.deviations.append((name, at))

    def wrong_word(self, expected: tuple[str, ...]) -> NoReturn:
        """Refuse what stands where the current item begins."""
        self._refuse(self.start, expected)

    def wrong_mark(self, expected: tuple[str, ...]) -> NoReturn:
        """Refuse what stands after the current word."""
        if self.missed_at == self.end:
            expected = (*expected, self.missed)
        self._refuse(self.skip(self.end), expected)

    def _refuse(self, at: i64, expected: tuple[str, ...]) -> NoReturn:
        self._fail(at, found_at(self.text[:-1], at), expected=tuple(sorted(set(expected) - {""})))

    def bad_value(self, what: str) -> NoReturn:
        """Refuse a value that has the right form."""
        self._fail(self.start, what)

    def lacking(self, at: i64, what: str) -> NoReturn:
        """Refuse a node without a part that it must have."""
        self._fail(at, what)

    def twice(self, what: str, code: i64, at: i64 = -1) -> NoReturn:
        """Refuse what stands here a second time; ``code`` is that of an error in a command."""
        code = code if self.code == SYNTAX_ERROR_IN_COMMAND else self.code
        self._fail(self.start if at < 0 else at, f"{what} stands here a second time", code)

    def too_many(self, what: str) -> NoReturn:
        """Refuse a list that is longer than the limit."""
        self._fail(self.start, f"more than {self.max_items} {what}")

    def enter(self) -> None:
        """Open a rule that can stand inside itself."""
        self.nesting += 1
        if self.nesting > self.max_nesting:
            self._fail(self.start, f"nested deeper than {self.max_nesting} levels")

    def excluded(self) -> NoReturn:
        """Refuse what cannot stand beside what was read before."""
        self._fail(self.start, "this excludes what stands before it")

    def _fail(self, at: i64, what: str, code: i64 = 0, expected: tuple[str, ...] = ()) -> NoReturn:
        """Raise the error of what stands at an offset; in a version not known, of that."""
        text = self.text[:-1]
        if self.version_at >= 0 and (self.version < 1 or self.version > NEWEST_VERSION):
            what, at, expected = f"protocol version {self.version}", self.version_at, ("1, 2 or 3",)
            raise error_at(text, at, what, VERSION_NOT_SUPPORTED, expected)
        raise error_at(text, at, what, code or self.code, expected)
