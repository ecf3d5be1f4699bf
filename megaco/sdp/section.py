"""A section of a description: the lines before the first `m=`, or one `m=` line with what follows it.

Between `line` and `media`. Views read the section's own lines; edits return a new section in which only the
lines concerned differ, dressed (indentation, line end) like their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self, TypeVar

import msgspec

from megaco.sdp.error import SdpError
from megaco.sdp.fingerprint import Fingerprint
from megaco.sdp.line import CRLF, SdpLine, insert_line
from megaco.sdp.values import (
    Connection,
    ConnectionAttribute,
    Origin,
    Setup,
    parse_connection_attribute,
    parse_floor_control,
    parse_setup,
)

# What stands before c= in RFC 8866 clause 9, at the session level (v o s i u e p) and in a media description (m i).
_BEFORE_CONNECTION: Final = frozenset("vosiuepm")
_ATTRIBUTE_NAME = re.compile(r"[!#-'*+\-.0-9A-Z^-~]+")

# What `validate` reads lines with; the m= line, of several values, is the media description's.
_FIELD_PARSERS: Final[Mapping[str, Callable[[str], object]]] = {"o": Origin.parse, "c": Connection.parse}
_ATTRIBUTE_PARSERS: Final[Mapping[bytes, Callable[[str], object]]] = {
    b"setup": parse_setup,
    b"connection": parse_connection_attribute,
    b"fingerprint": Fingerprint.parse,
    b"floorctrl": parse_floor_control,
}

_T = TypeVar("_T")


class Section(msgspec.Struct, frozen=True):
    """The session section of a description, and what a media description has in common with it.

    Typed views raise SdpError, with line and expectation, when what they read is malformed; they look at it
    only when viewed, so that a line nobody needs never fails a call. `validate` reads everything.
    """

    lines: tuple[SdpLine, ...] = ()
    """The lines in order, blank ones included."""

    first_line: int = 1
    """The 1-based number of the first of them in the whole description."""

    line_end: bytes = CRLF
    """What ends a new line that has no neighbour to take after."""

    # -- views ---------------------------------------------------------------------------------------------------

    def attributes(self, name: str) -> tuple[str, ...]:
        """The values of every `a=<name>` line of this section in order; "" where the line has no value.

        Names are case-sensitive (RFC 8866 clause 5). The value is the text after the colon as it stands.
        """
        return tuple(self._attribute_value(index) for index in self._attribute_lines(name))

    def attribute(self, name: str) -> str | None:
        """The value of the first `a=<name>` line of this section, "" for a property attribute, None if absent."""
        return next(iter(self.attributes(name)), None)

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Every `c=` of this section in order (several only for hierarchical multicast, RFC 8866 clause 5.7)."""
        return tuple(self._read(index, Connection.parse) for index in self._lettered("c"))

    @property
    def connection(self) -> Connection | None:
        """The first `c=` of this section, None if absent."""
        return self._first(self._lettered("c"), Connection.parse)

    @property
    def setup(self) -> Setup | None:
        """The `a=setup` of this section (RFC 4145 clause 4), None if absent: the caller's default applies."""
        return self._first(self._attribute_lines("setup"), parse_setup)

    @property
    def connection_attribute(self) -> ConnectionAttribute | None:
        """The `a=connection` of this section (RFC 4145 clause 5), None if absent."""
        return self._first(self._attribute_lines("connection"), parse_connection_attribute)

    @property
    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """Every `a=fingerprint` of this section in order (RFC 8122 clause 5)."""
        return tuple(self._read(index, Fingerprint.parse) for index in self._attribute_lines("fingerprint"))

    def validate(self) -> None:
        """Read every typed line of this section, repeated ones too; raises SdpError for the first fault.

        Typed are `o=`, `c=`, `a=setup`, `a=connection`, `a=fingerprint` and `a=floorctrl`. The session that a
        media description falls back on is not read with it.
        """
        for index, line in enumerate(self.lines):
            parse = _ATTRIBUTE_PARSERS.get(_name_of(line)) if line.letter == "a" else _FIELD_PARSERS.get(line.letter)
            if parse is not None:
                self._read(index, parse)

    # -- edits ---------------------------------------------------------------------------------------------------

    def with_connection(self, connection: Connection) -> Self:
        """The section with this `c=` and no other: in the place of the first, else where RFC 8866 wants it."""
        return self._with_lines("c", self._lettered("c"), [str(connection)], self._connection_place())

    def without_connection(self) -> Self:
        """The section without any `c=`."""
        return self._with_lines("c", self._lettered("c"), [], 0)

    def with_attribute(self, name: str, value: str | None) -> Self:
        """The section with this attribute once: in the place of its first occurrence, else at the end.

        `value` None or "" makes a property attribute. Raises SdpError for a name that is no token
        (RFC 8866 clause 9) and a value with NUL, CR or LF.
        """
        line = _attribute_text(name, value)
        return self._with_lines("a", self._attribute_lines(name), [line], self._end())

    def add_attribute(self, name: str, value: str | None) -> Self:
        """The section with one attribute line more, at its end; arguments and errors as for `with_attribute`."""
        return self._with_lines("a", [], [_attribute_text(name, value)], self._end())

    def without_attribute(self, name: str) -> Self:
        """The section without any `a=<name>` line."""
        return self._with_lines("a", self._attribute_lines(name), [], 0)

    def with_setup(self, setup: Setup) -> Self:
        """The section with this `a=setup`."""
        return self.with_attribute("setup", setup.value)

    def with_fingerprints(self, fingerprints: tuple[Fingerprint, ...]) -> Self:
        """The section with exactly these `a=fingerprint` lines, in the places of the old; () removes all."""
        lines = [_attribute_text("fingerprint", str(fingerprint)) for fingerprint in fingerprints]
        return self._with_lines("a", self._attribute_lines("fingerprint"), lines, self._end())

    # -- for this package ----------------------------------------------------------------------------------------

    def _read(self, index: int, parse: Callable[[str], _T]) -> _T:
        """Parse what line `index` says: an attribute's value, or the whole value of any other line."""
        line = self.lines[index]
        try:
            return parse(self._attribute_value(index) if line.letter == "a" else line.text)
        except SdpError as fault:
            raise fault.at(self.first_line + index) from None

    def _first(self, indexes: Sequence[int], parse: Callable[[str], _T]) -> _T | None:
        return self._read(indexes[0], parse) if indexes else None

    def _lettered(self, letter: str) -> list[int]:
        return [index for index, line in enumerate(self.lines) if line.letter == letter]

    def _attribute_lines(self, name: str) -> list[int]:
        wanted = name.encode("utf-8", "surrogateescape")
        return [
            index
            for index, line in enumerate(self.lines)
            if line.letter == "a" and line.value.startswith(wanted) and _name_of(line) == wanted
        ]

    def _attribute_value(self, index: int) -> str:
        return self.lines[index].text.partition(":")[2]

    def _end(self) -> int:
        """The place after the last line that is not blank."""
        return max((index + 1 for index, line in enumerate(self.lines) if line.letter), default=0)

    def _connection_place(self) -> int:
        return max((index + 1 for index, line in enumerate(self.lines) if line.letter in _BEFORE_CONNECTION), default=0)

    def _with_lines(self, letter: str, indexes: Sequence[int], values: Sequence[str], place: int) -> Self:
        """Put `values` where the lines `indexes` are, one by one; drop surplus lines, insert missing ones.

        Missing ones go after the last of `indexes`, or to `place` if there is none.
        """
        lines = list(self.lines)
        for index, value in zip(indexes, values, strict=False):
            lines[index] = lines[index].with_value(value)
        for index in reversed(indexes[len(values) :]):
            del lines[index]
        start = indexes[-1] + 1 if indexes else place
        for offset, value in enumerate(values[len(indexes) :]):
            insert_line(lines, start + offset, letter, value, self.line_end)
        return msgspec.structs.replace(self, lines=tuple(lines))


def _name_of(line: SdpLine) -> bytes:
    return line.value.partition(b":")[0].rstrip()


def _attribute_text(name: str, value: str | None) -> str:
    if not _ATTRIBUTE_NAME.fullmatch(name):
        raise SdpError("an attribute name (token)", found=name)
    return f"{name}:{value}" if value else name
