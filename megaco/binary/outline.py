"""What stands where in the octets of a message, by the table of types: paths for errors, lines for people.

This reads any octets as far as they can be read and never raises: it is asked where the decoder has given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .lengths import LengthError, find_ends, header_at

MESSAGE_ERROR = 400
_CONSTRUCTED = 0x20
_MOST_SHOWN = 60
_DEEPEST = 200


class Entry(NamedTuple):
    """A type of the module."""

    kind: str
    """The ASN.1 keyword."""
    tag: int
    """Its own identifier octet; 0 for a CHOICE, which has none."""
    parts: dict[int, tuple[str, str]]
    """Identifier octet -> name in a path ("": no place of its own) and type, of SEQUENCE, SET and CHOICE."""
    element: str
    """The type of a list's elements."""
    code: int
    """The H.248.8 code of an error inside; 0: that of what it stands in."""
    words: dict[int, str]
    """Number -> word, of ENUMERATED and BIT STRING."""


class Piece(NamedTuple):
    """A value in the octets."""

    depth: int
    offset: int
    """Of its identifier octet."""
    contents: int
    end: int
    """Where its contents end."""
    name: str
    """Its name in a path, "" where it has none, ``[2]`` for an element of a list."""
    type_name: str
    """Of the module's types; "" for a value that the module does not know."""
    code: int


def pieces(data: bytes, types: dict[str, Entry], start: str) -> Iterator[Piece]:
    """Yield all values, each before those inside it, until the octets cannot be read any further."""
    opened = [_Opened(0, len(data), start, 0, MESSAGE_ERROR, False)]
    ends: dict[int, int] = {}
    is_cut = False
    """Whether a value without length does not end: then it goes on to the end of what holds it."""
    while opened:
        place = opened[-1]
        if place.at >= place.end or (place.is_indefinite and data[place.at : place.at + 2] == b"\0\0"):
            opened.pop()
            if opened:
                opened[-1].at = max(opened[-1].at, place.at + 2 * place.is_indefinite)
            continue
        tag = data[place.at]
        try:
            contents, length = header_at(data, place.at, place.end)
        except LengthError:
            return
        if length is None and contents not in ends and not is_cut:
            try:
                ends |= find_ends(data, contents, place.end)
            except LengthError:
                is_cut = True
        known = ends.get(contents) if length is None else contents + length
        end = place.end if known is None else min(known, place.end)
        name, type_name = place.next_part(tag, types)
        code = place.code
        for one in (place.element(types), type_name) if type_name else ():
            entry = types.get(one)
            code = entry.code if entry is not None and entry.code else code
        yield Piece(len(opened) - 1, place.at, contents, end, name, type_name, code)
        place.at = contents if known is None else end
        if tag & _CONSTRUCTED and len(opened) < _DEEPEST:
            opened.append(_Opened(contents, end, type_name, tag, code, length is None))


class _Opened:
    """A constructed value that is being gone through."""

    def __init__(self, at: int, end: int, type_name: str, tag: int, code: int, is_indefinite: bool) -> None:
        self.at = at
        self.end = end
        self.type_name = type_name
        self.tag = tag
        self.code = code
        self.is_indefinite = is_indefinite
        self._count = -1

    def element(self, types: dict[str, Entry]) -> str:
        """Return the type of a list's elements; "" where this is no list."""
        entry = types.get(self.type_name)
        return entry.element if entry is not None and self.tag else ""

    def next_part(self, tag: int, types: dict[str, Entry]) -> tuple[str, str]:
        """Return name and type of the value that comes next."""
        entry = types.get(self.type_name)
        if entry is None:
            return "", ""
        if not self.tag:  # the message itself stands in nothing
            return "", self.type_name
        if entry.kind == "SEQUENCE OF":
            self._count += 1
            return f"[{self._count}]", _chosen(entry.element, tag, types)
        name, type_name = entry.parts.get(tag, entry.parts.get(tag & ~_CONSTRUCTED, ("", "")))
        return name, type_name


def _chosen(type_name: str, tag: int, types: dict[str, Entry]) -> str:
    """Return the type of a list's element: of a CHOICE, which has no tag of its own, that of the alternative."""
    entry = types.get(type_name)
    if entry is None or entry.kind != "CHOICE":
        return type_name
    return entry.parts.get(tag, ("", ""))[1]


def path_of(data: bytes, offset: int, types: dict[str, Entry], start: str, inside: int = -1) -> tuple[str, int]:
    """Return the path of the value that an offset is in, and the H.248.8 code of an error there.

    ``inside``: where the value begins that is meant, for an offset at which it has ended; -1: the offset tells.
    """
    sought = offset if inside < 0 else inside
    return paths_of(data, [sought], types, start)[sought]


def paths_of(data: bytes, offsets: Iterable[int], types: dict[str, Entry], start: str) -> dict[int, tuple[str, int]]:
    """Return paths and codes of several offsets, found in one pass."""
    waiting = sorted(set(offsets), reverse=True)
    found: dict[int, tuple[str, int]] = {}
    opened: list[Piece] = []
    for piece in pieces(data, types, start):
        while waiting and waiting[-1] < piece.offset:
            offset = waiting.pop()
            found[offset] = _place(opened, offset)
        if not waiting:
            break
        del opened[piece.depth :]
        opened.append(piece)
    for offset in waiting:
        found[offset] = _place(opened, offset)
    return found


def _place(opened: list[Piece], offset: int) -> tuple[str, int]:
    """Return path and code of the innermost value that holds an offset, of those that have a place in the module."""
    names, code = [], MESSAGE_ERROR
    for piece in opened:
        is_inside = piece.offset <= offset < max(piece.end, piece.offset + 1)
        if not is_inside or not (piece.name or piece.type_name):
            break
        names.append(piece.name)
        code = piece.code
    return _joined(names), code


def _joined(names: list[str]) -> str:
    path = ""
    for name in names:
        path += name if name.startswith("[") or not path or not name else f".{name}"
    return path


def outline(data: bytes, types: dict[str, Entry], start: str) -> Iterator[str]:
    """Yield a line for every value: offset, name, type, and what a simple one holds."""
    reached = 0
    for piece in pieces(data, types, start):
        words = [f"@{piece.offset:<7}" + "  " * piece.depth + (piece.name or "-"), piece.type_name or "(not known)"]
        if not data[piece.offset] & _CONSTRUCTED:
            words.append(_shown(data[piece.contents : piece.end], types.get(piece.type_name)))
        if not data[piece.offset] & _CONSTRUCTED or piece.contents == piece.end:
            reached = piece.end
        yield "  ".join(words)
    if reached < len(data) and data[reached:].strip(b"\0"):
        yield f"@{reached:<7}{len(data) - reached} octets that are no values of this type"


def _shown(octets: bytes, entry: Entry | None) -> str:
    kind = "" if entry is None else entry.kind
    if kind in ("INTEGER", "ENUMERATED") and 0 < len(octets) <= 8:
        number = int.from_bytes(octets, "big", signed=True)
        word = entry.words.get(number) if entry is not None else None
        return f"{word} ({number})" if word else str(number)
    if kind == "BOOLEAN" and len(octets) == 1:
        return str(octets != b"\0").lower()
    if kind == "BIT STRING" and len(octets) > 1 and entry is not None:
        bits = "".join(f"{octet:08b}" for octet in octets[1:])
        return " ".join(entry.words.get(number, str(number)) for number, bit in enumerate(bits) if bit == "1")
    cut = octets[:_MOST_SHOWN]
    text = ascii(cut.decode("latin-1")) if kind == "IA5String" else cut.hex()
    return text if len(octets) <= _MOST_SHOWN else f"{text}..."
