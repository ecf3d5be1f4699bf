"""What the rules yield, as types: the message tree seen from the grammar."""

import typing
from functools import cache
from typing import Any

import msgspec

from .expansion import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol
from .overlay import Overlay, Rule, Spread, Target, message_class

_TYPE_OF_KIND = {
    "version": "int",
    "uint16": "int",
    "uint32": "int",
    "timer": "int",
    "error_code": "int",
    "context_id": "int",
    "request_id": "int",
    "value": "Value",
    "octet_string": "Octets",
    "relation": "Relation",
    "time_stamp": "TimeStamp",
}
"""Of the kinds of values (megaco/text/values.py); the others are text."""


INNER = "inner_"
"""What the variables for the fields of a spread node begin with."""


class Shapes:
    """Types of rules and of the fields that they fill."""

    def __init__(self, grammar: Grammar, overlay: Overlay) -> None:
        self._grammar = grammar
        self._overlay = overlay

    def of_kind(self, kind: str) -> str:
        """Return the type of a kind of value."""
        return _TYPE_OF_KIND.get(kind, "str")

    def of_part(self, part: str) -> str:
        """Return the type of a rule's or a terminal's value."""
        if part in self._overlay.rules:
            return self.of_rule(part)
        return self.of_kind(self._overlay.terminals.get(part, ""))

    def of_rule(self, name: str) -> str:
        """Return the type of what a rule yields."""
        rule = self._overlay.rules[name]
        if rule.enum:
            return rule.enum
        if rule.flags:
            return "bool"
        if rule.value:
            parts = self.value_parts_of(self._grammar.rules[name])
            return " | ".join(dict.fromkeys(one for part in parts for one in self.of_part(part).split(" | ")))
        return " | ".join(dict.fromkeys(rule.classes.values()))

    def value_parts(self, name: str) -> list[str]:
        """Return the parts that a rule's value can come from."""
        return list(dict.fromkeys(self.value_parts_of(self._grammar.rules[name])))

    def value_parts_of(self, expansion: Expansion) -> list[str]:
        """Return the parts of an expansion that have a value."""
        match expansion:
            case Symbol(name, is_terminal):
                if name in self._overlay.rules or (is_terminal and name in self._overlay.terminals):
                    return [name]
                return [] if is_terminal else self.value_parts_of(self._grammar.rules[name])
            case Sequence(parts) | Choice(parts):
                return [name for part in parts for name in self.value_parts_of(part)]
            case Maybe(part) | Many(part):
                return self.value_parts_of(part)

    # ------------------------------------------------------------------------------------------------ fields

    def declarations(self, rule: Rule) -> list[str]:
        """Return a line for each field that the rule fills, as a variable at its default."""
        lines = self._declared(rule.fields, list(rule.classes.values()))
        if rule.spread is not None:
            lines += self._declared(rule.spread.fields, [rule.spread.node], INNER)
            if rule.spread.field not in {name for target in rule.fields.values() for name in _names(target)}:
                lines.append(f"{rule.spread.field}: {rule.spread.node} | None = None")
        return lines

    def _declared(self, fields: dict[str, Target], nodes: list[str], prefix: str = "") -> list[str]:
        names = dict.fromkeys(name for target in fields.values() for name in _names(target))
        owners = {name: next(node for node in nodes if name in defaults(node)) for name in names}
        return [line for name, node in owners.items() for line in self._declaration(fields, node, name, prefix)]

    def _declaration(self, fields: dict[str, Target], node: str, name: str, prefix: str) -> list[str]:
        kind, variable = self._kind(fields, name), prefix + name
        if name in list_fields(node):
            return [f"{variable}: tuple[{kind}, ...] = ()", f"more_{variable}: list[{kind}] | None = None"]
        if defaults(node)[name] is False:
            return [f"{variable} = False"]
        if isinstance(defaults(node)[name], bytes):
            return [f"{variable} = NO_OCTETS"]
        return [f"{variable}: {kind} | None = None"]

    def _kind(self, fields: dict[str, Target], name: str) -> str:
        """Return the type of what the parts that fill a field yield."""
        kinds = [
            kind
            for part, target in fields.items()
            if name in _names(target)
            for kind in ("bool" if isinstance(target, dict) else self.of_part(part)).split(" | ")
        ]
        return " | ".join(dict.fromkeys(kinds))

    def is_list(self, rule: Rule, name: str) -> bool:
        """Tell whether a field that the rule fills holds several values."""
        node, bare = self._owner(rule, name)
        return bare in list_fields(node)

    def _owner(self, rule: Rule, name: str) -> tuple[str, str]:
        """Return the node that a variable's field is in, and the field."""
        if rule.spread is not None and name.startswith(INNER):
            return rule.spread.node, name.removeprefix(INNER)
        return next(node for node in rule.classes.values() if name in defaults(node)), name

    def is_filled(self, rule: Rule, name: str) -> str:
        """Return the condition that a variable for a field has been filled."""
        node, bare = self._owner(rule, name)
        default = defaults(node)[bare]
        return name if default is False else f"{name} is not None"

    def required(self, rule: Rule) -> list[str]:
        """Return the fields that the rule's node cannot do without."""
        return [
            name
            for name, default in defaults(next(iter(rule.classes.values()))).items()
            if default is msgspec.NODEFAULT
        ]

    def filled(self, rule: Rule) -> set[str]:
        """Return the fields that the rule fills."""
        names = {name for target in rule.fields.values() for name in _names(target)}
        return names | ({rule.spread.field} if rule.spread else set())

    def spread_locals(self, spread: Spread) -> list[tuple[str, bool]]:
        """Return the fields of a spread node, and whether each is a list."""
        names = dict.fromkeys(name for target in spread.fields.values() for name in _names(target))
        return [(name, name in list_fields(spread.node)) for name in names]

    def common_fields(self, rule: Rule) -> list[str]:
        """Return the fields that the rule fills and that all of its nodes have."""
        names = dict.fromkeys(name for target in rule.fields.values() for name in _names(target))
        if rule.spread is not None:
            names[rule.spread.field] = None
        return [name for name in names if all(name in defaults(node) for node in rule.classes.values())]

    def foreign_fields(self, rule: Rule) -> list[str]:
        """Return the fields of a rule's nodes that no part of it fills: those of the other encoding."""
        filled = {name for target in rule.fields.values() for name in _names(target)}
        if rule.spread is not None:
            filled.add(rule.spread.field)
        fields = dict.fromkeys(name for node in rule.classes.values() for name in defaults(node))
        return [name for name in fields if name not in filled]

    def all_fields(self, rule: Rule) -> list[str]:
        """Return every field of a rule's nodes, in order; none where the nodes differ."""
        orders = {tuple(defaults(node)) for node in rule.classes.values()}
        return list(orders.pop()) if len(orders) == 1 else []

    def type_of(self, rule: Rule, name: str) -> str:
        """Return the type of a field that all nodes of a rule have."""
        node = next(iter(rule.classes.values()))
        if rule.spread is not None and name == rule.spread.field and name not in list_fields(node):
            return f"{rule.spread.node} | None"
        return self.field_type(rule.fields, node, name)

    def field_type(self, fields: dict[str, Target], node: str, name: str) -> str:
        """Return the type of a node's field, from the parts that fill it."""
        kind = self._kind(fields, name)
        if name in list_fields(node):
            return f"tuple[{kind}, ...]"
        return f"{kind} | None" if defaults(node)[name] is None else kind

    def construction(self, node: str, filled: set[str], prefix: str = "") -> str:
        """Return the call that makes a node from the variables that are named like its fields, behind a prefix."""
        arguments = []
        for name, default in defaults(node).items():
            if name not in filled:
                arguments.append("()" if name in list_fields(node) else repr(default))
            elif name in list_fields(node):
                arguments.append(f"{prefix}{name} if more_{prefix}{name} is None else tuple(more_{prefix}{name})")
            else:
                arguments.append(prefix + name)
        while arguments and arguments[-1] in ("()", "None", "False"):
            arguments.pop()
        return f"_{node}({', '.join(arguments)})"


def _names(target: Target) -> list[str]:
    return list(target) if isinstance(target, dict | list) else [target]


@cache
def defaults(node: str) -> dict[str, Any]:
    """Return the fields of a node with their defaults, in order; NODEFAULT where a field is required."""
    return {
        field.name: field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        for field in msgspec.structs.fields(message_class(node))
    }


@cache
def list_fields(node: str) -> frozenset[str]:
    """Return the fields of a node that hold several values."""
    fields = msgspec.structs.fields(message_class(node))
    return frozenset(field.name for field in fields if typing.get_origin(field.type) is tuple)


def enum_of(value: object) -> str:
    """Return the literal of an enumeration's member."""
    return f"{type(value).__name__}.{getattr(value, 'name', '')}"
