"""Message tree to octets: the mirror of the decoder, from the same grammar and overlay.

A rule is written by walking its production with the node's fields as a supply: a part of the production takes the next
value that the overlay binds to it, a choice is the alternative that uses most of what is left, an optional part is
written when there is something to write. What the grammar has no place for stays in the supply: that is an EncodeError.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec

from megaco.errors import EncodeError
from megaco.grammar import Choice, Expansion, Many, Maybe, Rule, Sequence, Symbol
from megaco.grammar.generate import START
from megaco.grammar.overlay import Target
from megaco.message import Message
from megaco.text.values import KINDS

from . import layout
from .encoding import TextEncoding
from .layout import Block, Mark, Punctuation, Raw

LAYOUTS: dict[str, tuple[int, Callable[[list[Mark]], str]]] = {
    "pretty": (0, layout.pretty),
    "compact": (-1, layout.compact),
}
"""Layout -> which spelling of a keyword it uses (first, last), and how it is laid out."""

_OPEN, _CLOSE = Punctuation("{"), Punctuation("}")
_PRESENT = object()
"""What a keyword takes from the supply when its standing there says something."""


def encode(message: Message, encoding: TextEncoding, layout_name: str) -> bytes:
    """Write a message; raises EncodeError with the node's path where the text encoding has no words for it."""
    spelling, lay_out = LAYOUTS[layout_name]
    return lay_out(_Writer(encoding, spelling).write(START, message, "message")).encode("latin-1")


class _NoWayError(Exception):
    """The production wants a part that the supply does not have."""


class _Supply:
    """Values of a node not yet written. Parts bound to one field share a queue, so that its order is kept."""

    def __init__(self, queues: list[list[tuple[str, Any, str]]], taken: list[int]) -> None:
        self.queues = queues
        self.taken = taken
        """Of each queue, how much is written: all that a copy has of its own."""

    def add(self, entries: list[tuple[str, Any, str]]) -> None:
        """Add the (part, value, path) of one field, in the order to write them."""
        if entries:
            self.queues.append(entries)
            self.taken.append(0)

    def take(self, part: str) -> tuple[Any, str] | None:
        """Return the value for a part and its path; None where none is due."""
        for index, (queue, taken) in enumerate(zip(self.queues, self.taken, strict=True)):
            if taken < len(queue) and queue[taken][0] == part:
                self.taken[index] += 1
                return queue[taken][1:]
        return None

    def copy(self) -> "_Supply":
        return _Supply(self.queues, self.taken.copy())

    def count(self) -> int:
        return sum(map(len, self.queues)) - sum(self.taken)

    def first_taken(self, later: "_Supply") -> str:
        """Return the path of the first value that a later state of this supply has written."""
        rows = zip(self.queues, self.taken, later.taken, strict=True)
        return next(queue[taken][2] for queue, taken, then in rows if then > taken)

    def first_left(self) -> str:
        """Return the path of the first value not written."""
        return next(queue[taken][2] for queue, taken in zip(self.queues, self.taken, strict=True) if taken < len(queue))


class _Writer:
    """Writes one message as marks for the layout."""

    def __init__(self, encoding: TextEncoding, spelling: int) -> None:
        self.encoding = encoding
        self.grammar = encoding.grammar
        self.overlay = encoding.overlay
        self.spelling = spelling
        self.written: dict[tuple[str, str], list[Mark]] = {}
        """What was written for a rule and a path: a choice tries its alternatives, and each would write it anew."""

    def write(self, name: str, value: Any, path: str) -> list[Mark]:
        """Write what a rule yields; ``path`` tells one value of the tree from every other."""
        if (name, path) not in self.written:
            self.written[name, path] = self._write(name, value, path)
        return self.written[name, path]

    def _write(self, name: str, value: Any, path: str) -> list[Mark]:
        rule = self.overlay.rules[name]
        supply = self._supply(name, rule, value, path)
        try:
            marks = self._expand(self.grammar.rules[name], supply, rule)
        except _NoWayError as error:
            raise EncodeError(f"the text encoding wants {error} in {_shown(value)}", path) from None
        if supply.count():
            raise EncodeError(f"the text encoding has no place for this in {_shown(value)}", supply.first_left())
        return _blocks(marks, broken=name in self.overlay.layout.broken)

    # ------------------------------------------------------------------------------------------------ supply

    def _supply(self, name: str, rule: Rule, value: Any, path: str) -> _Supply:
        supply = _Supply([], [])
        if rule.enum or rule.flags:
            supply.add(
                [(terminal, _PRESENT, path) for terminal, member in rule.members().items() if member == value][:1]
            )
        elif rule.value:
            supply.add([(self._part_for(value, self._value_parts(name), path), value, path)])
        else:
            keyword = next((keyword for keyword, node in rule.classes.items() if node == type(value).__name__), "")
            supply.add([(keyword, _PRESENT, path)] if keyword else [])
            self._add_fields(supply, rule.fields, value, path, rule)
            _check_exclusive(supply, rule)
            _check_repetition(supply, rule)
            _check_one_of(value, rule, path)
        return supply

    def _add_fields(self, supply: _Supply, fields: dict[str, Target], node: Any, path: str, rule: Rule) -> None:
        spread = rule.spread
        for name, value in _set_fields(node):
            at = f"{path}.{name}"
            values = value if isinstance(value, tuple) else (value,)
            places = [f"{at}[{index}]" if isinstance(value, tuple) else at for index in range(len(values))]
            if spread and name == spread.field and getattr(values[0], spread.absent or "", None) is None:
                self._add_fields(supply, spread.fields, values[0], places[0], Rule())
                values, places = values[1:], places[1:]
            parts = [part for part, target in fields.items() if _fills(target, name, value)]
            found = zip(values, places, strict=True)
            supply.add([(self._part_for(one, parts, place), one, place) for one, place in found])

    def _part_for(self, value: Any, parts: list[str], path: str) -> str:
        """Return the first part that can be written with a value."""
        for part in parts:
            if self._accepts(part, value):
                return part
        if len(parts) == 1:
            return parts[0]
        objections = (self._objection(part, value) for part in parts)
        what = next(filter(None, objections), f"the text encoding has no place for {_shown(value)}")
        raise EncodeError(what, path)

    def _objection(self, part: str, value: Any) -> str:
        """Return why a value that is of the right kind cannot be written; "" where it is of another kind."""
        rule = self.overlay.rules.get(part)
        if rule is not None:
            inner = self._value_parts(part) if rule.value else []
            return next(filter(None, (self._objection(one, value) for one in inner)), "")
        if self.grammar.is_keyword(part):
            return ""
        try:
            self._spell(part, value)
        except ValueError as error:
            return str(error)
        except (AttributeError, TypeError):
            return ""
        return ""

    def _accepts(self, part: str, value: Any) -> bool:
        rule = self.overlay.rules.get(part)
        if rule is None:
            return self._terminal_accepts(part, value)
        if rule.enum or rule.flags:
            return value in rule.members().values()
        if rule.value:
            return any(self._accepts(inner, value) for inner in self._value_parts(part))
        return type(value).__name__ in rule.classes.values()

    def _terminal_accepts(self, terminal: str, value: Any) -> bool:
        if self.grammar.is_keyword(terminal):
            return isinstance(value, bool)
        try:
            self._spell(terminal, value)
        except (ValueError, AttributeError, TypeError):
            return False
        return True

    def _spell(self, terminal: str, value: Any) -> str:
        """Return a value's text, held to the terminal's pattern in the grammar; ValueError where it has none."""
        text = KINDS[self.overlay.terminals[terminal]].spell(value)
        if not self.encoding.shapes[terminal].fullmatch(text):
            raise ValueError(f"{value!a} is not {self.encoding.word(terminal) or terminal}")
        return text

    def _value_parts(self, name: str) -> list[str]:
        """Return the parts of a production that carry values, those of rules that hand theirs up included."""
        return list(self._walk_values(self.grammar.rules[name]))

    def _walk_values(self, expansion: Expansion) -> Iterator[str]:
        match expansion:
            case Symbol(name, is_terminal):
                if name in self.overlay.rules or (is_terminal and name in self.overlay.terminals):
                    yield name
                elif not is_terminal:
                    yield from self._walk_values(self.grammar.rules[name])
            case Sequence(parts) | Choice(parts):
                for part in parts:
                    yield from self._walk_values(part)
            case Maybe(part) | Many(part):
                yield from self._walk_values(part)

    # ---------------------------------------------------------------------------------------------- production

    def _expand(self, expansion: Expansion, supply: _Supply, rule: Rule) -> list[Mark]:
        match expansion:
            case Symbol():
                return self._symbol(expansion, supply, rule)
            case Sequence(parts):
                return self._sequence(parts, supply, rule)
            case Choice(parts):
                return self._choice(parts, supply, rule)
            case Maybe(part):
                return self._repeat(part, supply, rule, most=1)
            case Many(part, least):
                first = self._expand(part, supply, rule) if least else []
                return first + self._repeat(part, supply, rule, most=None)

    def _sequence(self, parts: tuple[Expansion, ...], supply: _Supply, rule: Rule) -> list[Mark]:
        marks: list[Mark] = []
        previous = ""
        for part in parts:
            if isinstance(part, Symbol) and part.name == "_SEP":
                marks.append("\n" if previous in self.overlay.layout.lines else " ")
            else:
                marks += self._expand(part, supply, rule)
            previous = part.name if isinstance(part, Symbol) else ""
        return marks

    def _choice(self, parts: tuple[Expansion, ...], supply: _Supply, rule: Rule) -> list[Mark]:
        best: tuple[int, list[Mark], _Supply, int] | None = None
        wanted: list[str] = []
        for index, part in enumerate(parts):
            trial = supply.copy()
            try:
                marks = self._expand(part, trial, rule)
            except _NoWayError as error:
                wanted.append(str(error))
                continue
            left = trial.count()
            if best is None or left < best[0]:
                best = left, marks, trial, index
        if best is None:
            raise _NoWayError(" or ".join(wanted))
        _, marks, trial, index = best
        if (word := self.encoding.clashes.word(parts, index, marks)) is not None:
            raise EncodeError(f"{word!r} would be read as a keyword here", supply.first_taken(trial))
        supply.taken = trial.taken
        return marks

    def _repeat(self, part: Expansion, supply: _Supply, rule: Rule, most: int | None) -> list[Mark]:
        """Write a part as often as there is something to write with it."""
        marks: list[Mark] = []
        while most is None or most > 0:
            trial = supply.copy()
            try:
                more = self._expand(part, trial, rule)
            except _NoWayError:
                break
            if trial.count() == supply.count():
                break
            marks += more
            supply.taken = trial.taken
            most = most - 1 if most is not None else None
        return marks

    def _symbol(self, symbol: Symbol, supply: _Supply, rule: Rule) -> list[Mark]:
        name = symbol.name
        if not symbol.is_terminal and name not in self.overlay.rules:
            return self._expand(self.grammar.rules[name], supply, rule)
        taken = supply.take(name)
        if taken is not None:
            return self._bound(symbol, *taken)
        if name == "_SEP":
            return [" "]
        if name == "_EMPTY_BRACES":
            return [Block(broken=False)]
        if symbol.is_terminal and name.startswith("_"):
            return [_OPEN if name == "_LBRKT" else _CLOSE if name == "_RBRKT" else Punctuation(self._spelled(name))]
        if self.grammar.is_keyword(name) and not _is_bound(name, rule):
            return [self._spelled(name)]
        raise _NoWayError(name)

    def _bound(self, symbol: Symbol, value: Any, path: str) -> list[Mark]:
        if not symbol.is_terminal:
            return self.write(symbol.name, value, path)
        if self.grammar.is_keyword(symbol.name):
            return [self._spelled(symbol.name)]
        try:
            text = self._spell(symbol.name, value)
        except (ValueError, AttributeError, TypeError) as error:
            raise EncodeError(str(error), path) from None
        return [Raw(text) if self.overlay.terminals[symbol.name] == "octet_string" else text]

    def _spelled(self, terminal: str) -> str:
        return self.grammar.spellings[terminal][self.spelling]


def _check_exclusive(supply: _Supply, rule: Rule) -> None:
    """Refuse parts from more than one of the sets that exclude each other."""
    entries = [(part, path) for queue in supply.queues for part, _, path in queue]
    chosen: set[tuple[str, ...]] = set()
    for part, path in entries if rule.exclusive else []:
        chosen |= {group for group in rule.exclusive if part in group}
        if len(chosen) > 1:
            raise EncodeError("this excludes what stands before it", path)


def _check_repetition(supply: _Supply, rule: Rule) -> None:
    """Refuse a descriptor that stands twice, and two properties or parameters of one name."""
    seen: set[str] = set()
    for queue in supply.queues if rule.once or rule.unique else []:
        for part, value, path in queue:
            key = part if part in rule.once else value.name.casefold() if part in rule.unique else ""
            if key and key in seen:
                raise EncodeError("this stands here a second time", path)
            seen.add(key)


def _check_one_of(node: Any, rule: Rule, path: str) -> None:
    """Refuse a node in which none, or several, of a set of fields are filled where it must be one."""
    for group in rule.one_of:
        if sum(getattr(node, name) is not None for name in group) != 1:
            raise EncodeError(f"{_shown(node)} must have one of {' and '.join(group)}", path)


def _is_bound(keyword: str, rule: Rule) -> bool:
    """Tell whether a keyword says something in this rule, rather than only marking it."""
    spread = rule.spread.fields if rule.spread is not None else {}
    return keyword in rule.classes or keyword in rule.fields or keyword in spread


def _set_fields(node: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a node that differ from their default, in the node's order."""
    for name, default in _defaults(type(node)):
        value = getattr(node, name)
        if value is not None and (default is msgspec.NODEFAULT or value != default):
            yield name, value


@cache
def _defaults(node: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """Return each field of a class with its default, NODEFAULT where it is required."""
    return tuple(
        (info.name, info.default if info.default_factory is msgspec.NODEFAULT else info.default_factory())
        for info in msgspec.structs.fields(node)
    )


def _fills(target: Target, name: str, value: Any) -> bool:
    if isinstance(target, dict):
        return target.get(name) is value
    return name in target if isinstance(target, list) else target == name


def _shown(value: Any) -> str:
    return type(value).__name__ if isinstance(value, msgspec.Struct) else repr(value)


def _blocks(marks: list[Mark], *, broken: bool) -> list[Mark]:
    """Gather what stands between two braces of one production into a block."""
    outer: list[list[Mark]] = [[]]
    for mark in marks:
        if mark is _OPEN:
            outer.append([])
        elif mark is _CLOSE:
            inner = outer.pop()
            outer[-1].append(Block(broken and bool(inner), inner))
        else:
            outer[-1].append(mark)
    return outer[0]
