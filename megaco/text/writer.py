"""What the generated encoder stands on: words, white space and blocks of the two layouts, and how values are spelled.

``pretty`` is for people: long keywords, a block on its line while it is short and plain, indented otherwise.
``compact`` has short keywords and no octet to spare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn, final

from megaco.message import Node, Octets, PropertyParm, StatisticsParameter, TimeStamp, Value
from megaco.refusals import Unwritable

from .values import KINDS

if TYPE_CHECKING:
    from mypy_extensions import i64

WIDTH: Final = 100
"""A block that would pass this column is broken, in the pretty layout."""
LONGEST_LINE_BLOCK: Final = 72
"""Characters of the longest block that stays on its line."""

DEEPEST: Final = 120
"""Braces that stand in each other at most."""
_INDENTS: Final = ["  " * depth for depth in range(DEEPEST + 8)]
_SEPARATORS: Final = [",\n" + indent for indent in _INDENTS]
_MOST_KNOWN: Final = 2048
_NULL_CONTEXT: Final = 0
_CHOOSE_CONTEXT: Final = 0xFFFFFFFE
_ALL_CONTEXTS: Final = 0xFFFFFFFF
_ALL_EVENTS: Final = 0xFFFFFFFF


@final
class Speller:
    """How the values of a terminal, or of several that can stand at one place, are spelled; it remembers them."""

    def __init__(self, *terminals: tuple[str, str, str]) -> None:
        self._terminals = [(re.compile(pattern), kind, what) for pattern, kind, what in terminals]
        self._known: dict[object, str] = {}

    def spell(self, value: object, node: Node, field: str) -> str:
        """Return a value's text; raises Unwritable where it has none."""
        text = self._known.get(value)
        return self._learn(value, node, field) if text is None else text

    def _learn(self, value: object, node: Node, field: str) -> str:
        objection = ""
        for pattern, kind, what in self._terminals:
            try:
                text = KINDS[kind].spell(value)
            except ValueError as error:
                objection = objection or str(error)
                continue
            if pattern.fullmatch(text):
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                if len(text) <= 64:
                    self._known[value] = text
                return text
            objection = objection or f"{value!r} is not {what}"
        raise Unwritable(node, field, value, objection)


class Writer:
    """One message being written in one layout."""

    def __init__(self, is_pretty: bool) -> None:
        self.is_pretty = is_pretty
        self.equal = " = " if is_pretty else "="
        self.comma = ", " if is_pretty else ","
        self.gap = " " if is_pretty else ""
        """Between a word and the brace after it."""

    # ------------------------------------------------------------------------------------------------ blocks

    def block(self, items: list[str], depth: i64) -> str:
        """Return items in braces, on one line if that is short enough."""
        if not self.is_pretty:
            return f"{{{','.join(items)}}}"
        line = ", ".join(items)
        length: i64 = len(line) + 4
        if length <= LONGEST_LINE_BLOCK and 2 * depth + length <= WIDTH and "\n" not in line:
            return f"{{ {line} }}" if items else "{ }"
        return self.broken_block(items, depth)

    def block_of(self, text: str, depth: i64) -> str:
        """Return one item, or several with a comma and a space between them, in braces."""
        if not self.is_pretty:
            return f"{{{text}}}"
        length: i64 = len(text) + 4
        if length <= LONGEST_LINE_BLOCK and 2 * depth + length <= WIDTH and "\n" not in text:
            return f"{{ {text} }}"
        return self.broken_block_of(text, depth)

    def broken_block(self, items: list[str], depth: i64) -> str:
        """Return items in braces, a line each."""
        if not self.is_pretty:
            return f"{{{','.join(items)}}}"
        return self.broken_block_of(_SEPARATORS[depth + 1].join(items), depth) if items else "{ }"

    def broken_block_of(self, text: str, depth: i64) -> str:
        """Return one item in braces, on lines of its own."""
        if not self.is_pretty:
            return f"{{{text}}}"
        return f"{{\n{_INDENTS[depth + 1]}{text}\n{_INDENTS[depth]}}}"

    def lines(self, items: list[str]) -> str:
        """Return what stands side by side, a line each in the pretty layout; only a brace lets white space follow."""
        if not self.is_pretty:
            return "".join(items)
        return "".join([item + "\n" if item.endswith("}") else item for item in items[:-1]] + items[-1:])

    def octets_block(self, octets: Octets, node: Node, field: str) -> str:
        """Return octets in braces, as they are but for closing braces, which are escaped."""
        if not octets:
            return "{ }" if self.is_pretty else "{}"
        return ("{\n" if self.is_pretty else "{") + spelled("octet_string", octets, node, field) + "}"

    # ---------------------------------------------------------------------------------------------- spelling

    def number(self, value: object, most: i64, node: Node, field: str) -> str:
        """Return a number's text."""
        if isinstance(value, int) and 0 <= value <= most:
            return str(value + 0)  # True is 1
        raise Unwritable(node, field, value, f"{value!r} is not a whole number within 0 to {most}")

    def context_id_text(self, value: object, node: Node, field: str) -> str:
        """Return a ContextID's text."""
        if value == _NULL_CONTEXT:
            return "-"
        if value == _CHOOSE_CONTEXT:
            return "$"
        if value == _ALL_CONTEXTS:
            return "*"
        return self.number(value, _CHOOSE_CONTEXT, node, field)

    def request_id_text(self, value: object, node: Node, field: str) -> str:
        """Return a RequestID's text."""
        return "*" if value == _ALL_EVENTS else self.number(value, 0xFFFFFFFF, node, field)

    def quoted(self, value: object, node: Node, field: str) -> str:
        """Return a text in quotation marks."""
        return spelled("quoted_string", value, node, field)

    def value_text(self, value: Value) -> str:
        """Return a VALUE's text."""
        text = value.text
        if value.quoted:
            return self.quoted(text, value, "")
        if is_word(text):
            return text
        return spelled("value", value, value, "")

    def time_stamp_text(self, value: TimeStamp) -> str:
        """Return a time stamp's text."""
        date, time = value.date, value.time
        text = f"{date}T{time}"
        if len(date) != 8 or len(time) != 8 or not (date.isdigit() and time.isdigit() and text.isascii()):
            raise Unwritable(value, "", value, f"{text!r} is no time stamp (yyyymmdd, hhmmssss)")
        return text

    # ------------------------------------------------------------------------------------------------ faults

    def no_place(self, node: Node, field: str) -> NoReturn:
        """Refuse what the grammar has no place for."""
        raise Unwritable(node, field, None, f"the text encoding has no place for this in {type(node).__name__}")

    def no_place_for(self, node: Node, field: str, value: object) -> NoReturn:
        """Refuse one of several values that the grammar has no place for."""
        shown = type(value).__name__ if isinstance(value, Node) else repr(value)
        raise Unwritable(node, field, value, f"the text encoding has no place for {shown}")

    def wants(self, node: Node, what: str) -> NoReturn:
        """Refuse a node without a part that the grammar wants."""
        raise Unwritable(node, "", None, f"the text encoding wants {what} in {type(node).__name__}")

    def wants_one_of(self, node: Node, what: str) -> NoReturn:
        """Refuse a node with none, or several, of what it must have one of."""
        raise Unwritable(node, "", None, f"{type(node).__name__} must have one of {what}")

    def check_depth(self, depth: i64, node: Node) -> None:
        """Refuse what stands in itself too often."""
        if depth > DEEPEST:
            raise Unwritable(node, "", None, f"nested deeper than {DEEPEST} braces")

    def twice(self, node: Node, field: str, value: object) -> NoReturn:
        """Refuse what stands in a list a second time."""
        raise Unwritable(node, field, value, "this stands here a second time")

    def excluded(self, node: Node, field: str, value: object = None) -> NoReturn:
        """Refuse what cannot stand beside something else in the node."""
        raise Unwritable(node, field, value, "this excludes what stands before it")

    def keyword(self, node: Node, field: str, value: object, word: str) -> NoReturn:
        """Refuse a name that would be read as a keyword."""
        raise Unwritable(node, field, value, f"{word!r} would be read as a keyword here")


def spelled(kind: str, value: object, node: Node, field: str) -> str:
    """Return the text of a value of a kind; raises Unwritable where it has none."""
    try:
        return KINDS[kind].spell(value)
    except ValueError as error:
        raise Unwritable(node, field, value, str(error)) from None


def check_names(items: tuple[PropertyParm, ...] | tuple[StatisticsParameter, ...], node: Node, field: str) -> None:
    """Refuse two items of one name, in whatever letter case."""
    names: set[str] = set()
    for item in items:
        name = item.name.lower()
        if name in names:
            raise Unwritable(node, field, item, "this stands here a second time")
        names.add(name)


def is_word(text: str) -> bool:
    """Tell whether a text is a run of ASCII SafeChars, and so can be written as a VALUE without quotation marks."""
    for character in text:
        code: i64 = ord(character)
        if code > 126 or code < 33 or _SAFE[code] == 0:
            return False
    return len(text) > 0


_SAFE: Final = bytes([chr(octet).isalnum() or chr(octet) in "+-&!_/'?@^`~*$\\()%.|" for octet in range(127)])
