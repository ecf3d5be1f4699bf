"""The productions of ``megaco.lark`` as plain values, taken from Lark's own reading of the file."""

import ast
from dataclasses import dataclass, field
from typing import Any

from lark import Token, Tree
from lark.grammar import NonTerminal, Terminal
from lark.load_grammar import load_grammar as _lark_load


@dataclass(frozen=True, slots=True)
class Symbol:
    """A rule or, in upper case, a terminal."""

    name: str
    is_terminal: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple["Expansion", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple["Expansion", ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """The part or nothing."""

    part: "Expansion"


@dataclass(frozen=True, slots=True)
class Many:
    """The part ``least`` times or more."""

    part: "Expansion"
    least: int


class UnknownFormError(ValueError):
    """What the grammar file says in a form that cannot be turned into code."""


Expansion = Symbol | Sequence | Choice | Maybe | Many


@dataclass(frozen=True)
class Grammar:
    """All productions, and the literal spellings of each terminal: long form first, short form second."""

    rules: dict[str, Expansion]
    spellings: dict[str, tuple[str, ...]] = field(repr=False)

    def is_keyword(self, terminal: str) -> bool:
        """Tell a keyword from punctuation and from values."""
        return terminal.endswith("_TOKEN")


def load_grammar(text: str) -> Grammar:
    """Read a grammar file's text; raises ``lark.exceptions.LarkError`` where it is none."""
    loaded, _ = _lark_load(text, "megaco.lark", [], False)  # type: ignore[no-untyped-call]  # Lark has no annotation there
    rules = {str(name): _expansion(tree) for name, _parameters, tree, _options in loaded.rule_defs}
    spellings = {str(name): tuple(_literals(tree)) for name, (tree, _priority) in loaded.term_defs}
    return Grammar(rules, spellings)


def _expansion(node: Any) -> Expansion:
    """Turn a node of Lark's grammar tree into ours."""
    match node:
        case Tree(data="expansions", children=children):
            return _one_or(Choice, children)
        case Tree(data="expansion", children=children):
            return _one_or(Sequence, children)
        case Tree(data="value", children=[NonTerminal() as rule]):
            return Symbol(str(rule.name), is_terminal=False)
        case Tree(data="value", children=[Terminal() as terminal]):
            return Symbol(str(terminal.name), is_terminal=True)
        case Tree(data="expr", children=[part, "?"]):
            return Maybe(_expansion(part))
        case Tree(data="expr", children=[part, ("*" | "+") as times]):
            return Many(_expansion(part), least=1 if times == "+" else 0)
    raise UnknownFormError(f"megaco.lark uses a form that the codec does not know: {node}")


def _one_or(kind: type[Choice] | type[Sequence], children: list[Any]) -> Expansion:
    parts = tuple(_expansion(child) for child in children)
    return parts[0] if len(parts) == 1 else kind(parts)


def recursive_rules(grammar: Grammar) -> frozenset[str]:
    """Return the rules that can stand inside themselves."""
    inside = {name: _rules_in(expansion) for name, expansion in grammar.rules.items()}
    return frozenset(name for name in inside if name in _reachable(name, inside))


def _reachable(name: str, inside: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = set(inside[name])
    while ahead:
        found |= ahead
        ahead = set().union(*(inside[one] for one in ahead)) - found
    return found


def _rules_in(expansion: Expansion) -> set[str]:
    match expansion:
        case Symbol(name, is_terminal):
            return set() if is_terminal else {name}
        case Sequence(parts) | Choice(parts):
            return set().union(*map(_rules_in, parts))
        case Maybe(part) | Many(part):
            return _rules_in(part)


def _literals(tree: Any) -> list[str]:
    """Collect a terminal's quoted spellings, in the order they stand in the file."""
    if isinstance(tree, Token):
        return [ast.literal_eval(tree.rstrip("i"))] if tree.type == "STRING" else []
    return [literal for child in tree.children for literal in _literals(child)] if isinstance(tree, Tree) else []
