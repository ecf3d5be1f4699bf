"""Where spaces and line ends go: ``pretty`` for people, ``compact`` without a spare octet.

The writer hands over marks in the order they are written; the layout turns them into text. In the pretty layout a
braced block stays on its line while it is short and plain, and is broken and indented otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

WIDTH = 100
"""A block that would pass this column is broken, in the pretty layout."""
INDENT = "  "
_ONE_LINE_BLOCK = 72


@dataclass(slots=True)
class Block:
    """What stands between two braces."""

    broken: bool
    """Always on lines of its own."""
    marks: list["Mark"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Raw:
    """Octets that must stand as they are: no space may be put before what follows them."""

    text: str


@dataclass(frozen=True, slots=True)
class Punctuation:
    """A separator, by its bare character."""

    text: str


Mark = str | Punctuation | Block | Raw

_SPACED = {"=": " = ", ">": " > ", "<": " < ", "#": " # ", ",": ", "}


def compact(marks: list[Mark]) -> str:
    """Write with no white space but where the grammar wants some."""
    return "".join(_compact(marks))


def _compact(marks: list[Mark]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Block):
            yield "{"
            yield from _compact(mark.marks)
            yield "}"
        else:
            yield mark if isinstance(mark, str) else mark.text


def pretty(marks: list[Mark]) -> str:
    """Write indented, one item a line where a block is long."""
    # Only a brace lets white space follow: a message that ends in a segment number ends there.
    return "".join(_pretty(marks, "")) + ("\n" if isinstance(marks[-1], Block) else "")


def _pretty(marks: list[Mark], indent: str) -> Iterator[str]:
    previous: Mark = ""
    for mark in marks:
        if isinstance(mark, Block):
            yield " " if _wants_space(previous) else ""
            yield _braced(mark, indent)
        elif isinstance(mark, Punctuation):
            yield f",\n{indent}" if mark.text == "," else _SPACED.get(mark.text, mark.text)
        else:
            yield f"\n{indent}" if isinstance(previous, Block) else ""
            yield mark if isinstance(mark, str) else mark.text
        previous = mark


def _braced(block: Block, indent: str) -> str:
    line = _on_one_line(block)
    if line is not None and len(line) <= _ONE_LINE_BLOCK and len(indent) + len(line) <= WIDTH:
        return line
    inner = indent + INDENT
    if any(isinstance(mark, Raw) for mark in block.marks):
        return "{\n" + "".join(_compact(block.marks)) + "}"
    return f"{{\n{inner}{''.join(_pretty(block.marks, inner))}\n{indent}}}"


def _on_one_line(block: Block) -> str | None:
    """Return the block on one line; None where it may not stand on one."""
    if block.broken:
        return None
    parts: list[str] = []
    previous: Mark = ""
    for mark in block.marks:
        if isinstance(mark, Raw):
            return None
        if isinstance(mark, Block):
            inner = _on_one_line(mark)
            if inner is None:
                return None
            parts.append(" " + inner if _wants_space(previous) else inner)
        elif isinstance(mark, Punctuation):
            parts.append(_SPACED.get(mark.text, mark.text))
        else:
            parts.append(mark)
        previous = mark
    return "{ " + "".join(parts) + " }" if parts else "{ }"


def _wants_space(previous: Mark) -> bool:
    """A brace follows a word at a distance, and ``=`` brings its own."""
    return isinstance(previous, str) and previous != ""
