"""What the parser made of a message, as lines: each rule entered, indented in the rule that uses it, with its text.

A message that parses has a tree. For one that does not, the parser's stack is all there is: parts finished, one after
the other, without the rules they were to become. LALR guarantees that a stack is the beginning of some sentence, so the
rules entered and not finished are found by deriving the stack from the start rule.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lark import Token, Tree, UnexpectedInput
from lark.grammar import Rule

from megaco.reference import TextEncoding

MOST_SHOWN = 60
"""Characters shown of the text that a rule covers; more end in ``...``."""
_INDENT = "  "
_START = "megaco_message"


def trace(data: bytes, encoding: TextEncoding) -> Iterator[str]:
    """Yield ``LINE:COL  rule  text`` for every rule and terminal that the parser went through in a message.

    A rule's text runs from its first to its last part that says something: brackets and commas are not parts. Where
    the parser stops, rules not finished are marked ``(open)`` and a last line names the terminals it would have taken.
    """
    text = data.decode("latin-1")
    parser: Any = encoding.parser.parse_interactive(text)
    last = None
    try:
        for token in parser.iter_parse():
            last = token
        tree = parser.feed_eof(last)
    except UnexpectedInput:
        stack = parser.parser_state.value_stack
        yield from _unfinished(stack, encoding.parser.rules, text)
        yield _line("", "", f"stopped; could have gone on with {_named(parser.accepts(), encoding)}")
    else:
        yield from _part(tree, "", text)


def _named(terminals: set[str], encoding: TextEncoding) -> str:
    """Name terminals as the grammar does, and each as an error message does where that says more."""
    words = {name: encoding.word(name) for name in sorted(terminals)}
    return ", ".join(f"{name} ({word})" if word not in ("", name) else name for name, word in words.items())


def _unfinished(stack: Sequence[Any], rules: Sequence[Rule], text: str) -> Iterator[str]:
    """Yield the parts on the stack, each below the open rules that it is in."""
    opened = [(name, at) for name, at in open_rules(rules, [_name(part) for part in stack]) if not name.startswith("_")]
    indent = ""
    for index, part in enumerate(stack):
        for name, _ in [rule for rule in opened if rule[1] == index]:
            yield _line(_place(part), indent, f"{name} (open)")
            indent += _INDENT
        yield from _part(part, indent, text)


def open_rules(rules: Sequence[Rule], stack: Sequence[str]) -> list[tuple[str, int]]:
    """Return the rules entered and not left when the parser has ``stack``, outermost first.

    Each comes with the index on the stack of its first part; a rule of which nothing is read yet is not entered.
    """
    tried: set[tuple[str, int]] = set()

    def enter(name: str, at: int) -> list[tuple[str, int]] | None:
        if (name, at) in tried:  # it led nowhere, or is being tried: left recursion adds nothing
            return None
        tried.add((name, at))
        derived = (within(rule, at) for rule in rules if rule.origin.name == name)
        return next(([(name, at), *inner] for inner in derived if inner is not None), None)

    def within(rule: Rule, at: int) -> list[tuple[str, int]] | None:
        for index, symbol in enumerate(rule.expansion, at):
            if index == len(stack):
                return []
            if not symbol.is_term and (inner := enter(symbol.name, index)) is not None:
                return inner
            if symbol.name != stack[index]:
                return None
        return [] if at + len(rule.expansion) == len(stack) else None

    return (enter(_START, 0) or []) if stack else []


def _part(part: Tree[Token] | Token, indent: str, text: str) -> Iterator[str]:
    """Yield a finished part and all that it is made of; punctuation and the grammar's helper rules are not shown."""
    name = _name(part)
    if isinstance(part, Token):
        if not name.startswith("_"):
            yield _line(_place(part), indent, f"{name}  {_short(str(part))}")
        return
    if not name.startswith("_"):
        yield _line(_place(part), indent, f"{name}  {_short(_covered(part, text))}")
        indent += _INDENT
    for child in part.children:
        yield from _part(child, indent, text)


def _name(part: Tree[Token] | Token) -> str:
    return str(part.data if isinstance(part, Tree) else part.type)


def _line(place: str, indent: str, what: str) -> str:
    return f"{place:>9}  {indent}{what}"


def _tokens(part: Tree[Token] | Token) -> list[Token]:
    return [part] if isinstance(part, Token) else list(part.scan_values(lambda value: isinstance(value, Token)))


def _place(part: Tree[Token] | Token) -> str:
    first = next(iter(_tokens(part)), None)
    return f"{first.line}:{first.column}" if first is not None else ""


def _covered(tree: Tree[Token], text: str) -> str:
    tokens = _tokens(tree)
    return text[tokens[0].start_pos : tokens[-1].end_pos] if tokens else ""


def _short(text: str) -> str:
    """Return text on one line, in quotation marks, cut, nothing in it that a terminal would obey."""
    line = re.sub(r"\s+", " ", text[: 4 * MOST_SHOWN], flags=re.ASCII)
    return ascii(line if len(line) <= MOST_SHOWN and len(text) <= 4 * MOST_SHOWN else line[: MOST_SHOWN - 3] + "...")
