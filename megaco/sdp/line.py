"""Lines: bytes to `SdpLine` and back, losing nothing.

Below stands only the error; sections are built from what is here. White space that H.248 writers put around
SDP (indentation, blank lines) is part of the line it precedes, so that joining all lines gives the bytes back.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from megaco.sdp.error import SdpError

CRLF: Final = b"\r\n"

# A lone CR ends a line as well: H.248.1 Annex B takes CR, LF and CR LF for EOL, and RFC 8866 clause 9 keeps
# NUL, CR and LF out of every value, so there is no other reading of it.
_LINE = re.compile(rb"([ \t]*)(?:([A-Za-z])=([^\r\n\0]*))?(\r\n|\n|\r|\Z)")
_NEVER_IN_A_VALUE = re.compile(rb"[\r\n\0]")
_LETTER = re.compile(r"[A-Za-z]")
_REST_OF_LINE = re.compile(rb"[^\r\n]*")


class Limits(msgspec.Struct, frozen=True):
    """How much SDP of a peer is read; beyond either the text is refused with SdpError.

    The defaults leave room for a description with a hundred ICE candidates on each of several media lines,
    many times what one Local or Remote descriptor holds, and bound the memory of one parse to some megabytes.
    """

    max_bytes: int = 65_536
    """Longest text taken, in bytes."""

    max_lines: int = 2_000
    """Most lines taken, blank ones included."""


DEFAULT_LIMITS: Final = Limits()


class SdpLine(msgspec.Struct, frozen=True):
    """One line `<letter>=<value>` as it stood, or a blank one (letter "", value b"")."""

    letter: str
    """The type: one ASCII letter, known to RFC 8866 or not; "" for a blank line."""

    value: bytes
    """What follows the equals sign, untouched; often UTF-8, never promised (RFC 8866 clause 9, byte-string)."""

    indent: bytes = b""
    """Blanks and tabs before the letter."""

    end: bytes = CRLF
    """CR LF, LF or CR; b"" on a last line without an end."""

    @classmethod
    def build(cls, letter: str, value: str, *, indent: bytes = b"", end: bytes = CRLF) -> SdpLine:
        """A new line, the value in the form `text` gives it.

        Raises SdpError when `letter` is not one ASCII letter, and when the value holds NUL, CR or LF, with which
        it would become other lines.
        """
        if not _LETTER.fullmatch(letter):
            raise SdpError("one letter as the type of a line", found=letter)
        return cls(letter, _checked(value), indent, end)

    @property
    def text(self) -> str:
        """The value as text: UTF-8, other bytes as lone surrogates (PEP 383), so that nothing is lost."""
        return self.value.decode("utf-8", "surrogateescape")

    def with_value(self, value: str) -> SdpLine:
        """The same line with another value; itself if the bytes are equal. Raises SdpError as `build` does."""
        changed = _checked(value)
        return self if changed == self.value else msgspec.structs.replace(self, value=changed)

    def encode(self) -> bytes:
        """The bytes of the line, its indentation and end included."""
        return self.indent + (b"%c=" % ord(self.letter) if self.letter else b"") + self.value + self.end


def parse_lines(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[SdpLine, ...]:
    """Cut bytes into lines; joining their `encode()` gives `data` back.

    Raises SdpError with the line number where neither `<letter>=<value>` nor a blank line stands, where a
    value holds NUL, and where a limit is passed.
    """
    if len(data) > limits.max_bytes:
        raise SdpError(f"at most {limits.max_bytes} bytes", found=f"{len(data)} bytes")
    lines: list[SdpLine] = []
    position, end = 0, len(data)
    while position < end:
        match = _LINE.match(data, position)
        if match is None:
            raise SdpError("<letter>=<value>", found=_rest(data, position), line=len(lines) + 1)
        if len(lines) == limits.max_lines:
            raise SdpError(f"at most {limits.max_lines} lines", found=_rest(data, position), line=len(lines) + 1)
        indent, letter, value, line_end = match.groups()
        lines.append(SdpLine(letter.decode() if letter else "", value or b"", indent, line_end))
        position = match.end()
    return tuple(lines)


def line_end_of(lines: tuple[SdpLine, ...]) -> bytes | None:
    """The line end these lines are written with: that of the first one that has any, None if none has."""
    return next((line.end for line in lines if line.end), None)


def insert_line(lines: list[SdpLine], index: int, letter: str, value: str, line_end: bytes) -> None:
    """Insert a line at `index`, dressed like the line before it (or, at the top, the one after it).

    A neighbour that was the unended last line receives `line_end`, and the new line, now last, stays unended.
    """
    neighbour = lines[max(index - 1, 0)] if lines else SdpLine("", b"", end=line_end)
    new = SdpLine.build(letter, value, indent=neighbour.indent, end=neighbour.end)
    if index and not neighbour.end:
        lines[index - 1] = msgspec.structs.replace(neighbour, end=line_end)
    elif not neighbour.end:
        new = msgspec.structs.replace(new, end=line_end)
    lines.insert(index, new)


def ended(lines: tuple[SdpLine, ...]) -> tuple[SdpLine, ...]:
    """The lines with an end put to every one but the last that lacks it, in the style of the others."""
    if all(line.end for line in lines[:-1]):
        return lines
    style = line_end_of(lines) or CRLF
    head = (line if line.end else msgspec.structs.replace(line, end=style) for line in lines[:-1])
    return (*head, lines[-1])


def _checked(value: str) -> bytes:
    data = value.encode("utf-8", "surrogateescape")
    if _NEVER_IN_A_VALUE.search(data):
        raise SdpError("a value without NUL, CR and LF", found=value)
    return data


def _rest(data: bytes, position: int) -> str:
    match = _REST_OF_LINE.match(data, position)
    return match[0].decode("utf-8", "backslashreplace") if match else ""
