"""``megaco.toml``, read and checked against the grammar and the message tree."""

from enum import Enum
from typing import Any

import msgspec

import megaco.message

from .expansion import Grammar

Target = str | list[str] | dict[str, bool]
"""What a part of a rule fills: a field, the fields of its first and second time, or a field by its mere presence."""


class Spread(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parts that stand straight in a rule and together make one node."""

    node: str
    """Its class."""
    field: str
    """The field of the outer node that the node goes into."""
    fields: dict[str, Target]
    absent: str | None = None
    """The field of the node that is None in a node written so; None: every such node is."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule yields; exactly one of ``node``, ``enum``, ``value``, ``flags`` is set."""

    node: str | dict[str, str] | None = None
    enum: str | None = None
    value: bool = False
    flags: bool = False
    fields: dict[str, Target] = {}
    spread: Spread | None = None
    once: tuple[str, ...] = ()
    """Parts that stand in the rule once at most; code 448 where one stands twice."""
    unique: tuple[str, ...] = ()
    """Parts of which no two in the rule have the same name; code 456 where two do."""
    one_of: tuple[tuple[str, ...], ...] = ()
    """Sets of fields; exactly one of each set is filled, the others are None."""
    exclusive: tuple[tuple[str, ...], ...] = ()
    """Sets of parts; what stands in the rule may come from one of them only."""

    @property
    def classes(self) -> dict[str, str]:
        """Keyword that decides -> class; the key is "" where no keyword does."""
        return self.node if isinstance(self.node, dict) else {"": self.node} if self.node else {}

    def members(self) -> dict[str, object]:
        """Return what each keyword of an ``enum`` or ``flags`` rule stands for."""
        if self.flags:
            return {terminal: name == "true" for terminal, name in self.fields.items()}
        members = message_enum(self.enum)
        return {terminal: members[str(name)] for terminal, name in self.fields.items()}


class Allowance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A deviation from the letter of the standard that the default decoding takes."""

    terminal: str
    """That which is none of the standard; "" where the allowance is no terminal's."""
    what: str
    expected: str
    who: str
    """Who sends it."""
    legal_until: int = 0
    """The last protocol version in which it is no deviation; 0: in none."""


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How lines are broken: ``lines`` in both layouts after these rules, ``broken`` in pretty inside their braces."""

    lines: tuple[str, ...]
    broken: tuple[str, ...]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of a message is known when the rest cannot be read."""

    version: str
    """The terminal of the protocol version."""
    fields: tuple[str, ...]
    before: str
    """The rule before which all of them are read."""
    unless: str
    """A field that is not of the header and can stand before it."""


class Overlay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    rules: dict[str, Rule]
    terminals: dict[str, str]
    allowances: dict[str, Allowance]
    layout: Layout
    levels: dict[str, int]
    words: dict[str, str]
    header: Header
    spellings: dict[str, dict[str, str]]
    """Keyword -> version -> its long form there, where that is not the first in the grammar."""
    since: dict[str, int]
    """Keyword or rule -> the version that it came with, where that is not 1."""

    def nodes(self) -> set[str]:
        """Return the classes of the message tree that the rules build."""
        built = {node for rule in self.rules.values() for node in rule.classes.values()}
        return built | {rule.spread.node for rule in self.rules.values() if rule.spread}

    def enums(self) -> set[str]:
        """Return the enumerations of the message tree that the rules have members of."""
        return {rule.enum for rule in self.rules.values() if rule.enum}

    def word(self, terminal: str, grammar: Grammar) -> str:
        """Return what an error message calls a terminal; "" for one that is not worth naming."""
        spellings = grammar.spellings.get(terminal, ())
        if spellings and grammar.is_keyword(terminal):
            return spellings[0]
        return self.words.get(terminal, terminal)


def load_overlay(content: dict[str, Any]) -> Overlay:
    """Check the parsed TOML; raises ``msgspec.ValidationError`` with the path of what is wrong."""
    return msgspec.convert(content, Overlay)


def message_class(name: str) -> type[msgspec.Struct]:
    """Return a node class of the message tree by name."""
    found: type = getattr(megaco.message, name)
    if not issubclass(found, msgspec.Struct):
        raise TypeError(f"megaco.toml: {name} is no node of the message tree")
    return found


def message_enum(name: str | None) -> type[Enum]:
    """Return an enumeration of the message tree by name."""
    found: type = getattr(megaco.message, str(name))
    if not issubclass(found, Enum):
        raise TypeError(f"megaco.toml: {name} is no enumeration of the message tree")
    return found
