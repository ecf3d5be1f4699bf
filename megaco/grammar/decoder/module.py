"""Puts the generated decoder together: its lexicons and tables, and the class with a method a rule."""

from lark import Lark

from ..expansion import Grammar
from ..overlay import Overlay
from ..shapes import enum_of
from ..terminals import Form, Terminal, terminals_of
from .writer import DecoderWriter

_HEAD = '''"""The decoder of the text encoding. Generated from grammars/megaco.lark by ``make grammar``; do not edit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from megaco.deviations import Allowance
from megaco.message import (
{names}
)

from .lexicon import Lexicon, Row
from .scanner import Scanner

if TYPE_CHECKING:
    from mypy_extensions import i64

NO_OCTETS: Final = Octets()
UNKNOWN: Final = -1
"""What a word is that no terminal of the place takes."""

'''


def decoder_source(grammar: Grammar, overlay: Overlay, parser: Lark, start: str) -> str:
    """Return the source of the decoder's module."""
    terminals = terminals_of(parser, overlay, grammar.spellings)
    writer = DecoderWriter(grammar, overlay, terminals, start)
    methods = list(writer.methods())
    names = sorted(_tree_names(overlay), key=str.lower)
    parts = [_HEAD.format(names="\n".join(f"    {name}," for name in names))]
    nodes = sorted(overlay.nodes())
    parts += [f"_{node}: Final[type[{node}]] = {node}\n" for node in nodes]
    parts += ["\n"]
    parts += [f"{terminal.constant}: Final = {terminal.rank}\n" for terminal in _numbered(terminals)]
    parts += ["\n", *(_pattern(terminals[name]) for name in writer.patterns), "\n"]
    parts += [_wanted(terminals[name], overlay, grammar) for name in writer.wanted]
    parts += ["\n"]
    parts += [_lexicon(name, [terminals[one] for one in row]) for row, name in writer.places.items()]
    parts += [
        "\n",
        *(_members(name, overlay, terminals) for name, rule in overlay.rules.items() if rule.enum or rule.flags),
    ]
    parts += [_allowances(overlay)]
    parts += ['\n\nclass Decoder(Scanner):\n    """Annex B, a method a rule."""\n']
    parts += ["\n" + method for method in methods]
    return "".join(parts)


def _tree_names(overlay: Overlay) -> set[str]:
    names = overlay.nodes() | overlay.enums()
    return names | {"Octets", "Value", "Relation", "TimeStamp"}


def _numbered(terminals: dict[str, Terminal]) -> list[Terminal]:
    """Return the terminals that are told by their number."""
    return [terminal for terminal in terminals.values() if terminal.is_wordish]


def _pattern(terminal: Terminal) -> str:
    return f"_{terminal.constant}: Final = re.compile({terminal.pattern!r})\n"


def _wanted(terminal: Terminal, overlay: Overlay, grammar: Grammar) -> str:
    word = overlay.word(terminal.name, grammar)
    return f"_WANTS_{terminal.constant}: Final[tuple[str, ...]] = {(word,) if word else ()!r}\n"


def _lexicon(name: str, terminals: list[Terminal]) -> str:
    rows = "".join(f"    {_row(terminal)},\n" for terminal in terminals)
    return f"{name}: Final = Lexicon(\n{rows})\n"


def _row(terminal: Terminal) -> str:
    if terminal.form is Form.KEYWORD:
        spellings = tuple(dict.fromkeys(spelling.lower() for spelling in terminal.spellings))
        return f"Row({terminal.constant}, spellings={spellings!r})"
    is_whole = "" if terminal.form is Form.NAME else ", is_whole=False"
    return f"Row({terminal.constant}, {terminal.pattern!r}, {terminal.kind!r}{is_whole})"


def _allowances(overlay: Overlay) -> str:
    rows = "".join(
        f"    {name!r}: Allowance({row.what!r}, {row.expected!r}, {row.who!r}),\n"
        for name, row in overlay.allowances.items()
    )
    return f"ALLOWANCES: Final = {{\n{rows}}}\n"


def _members(name: str, overlay: Overlay, terminals: dict[str, Terminal]) -> str:
    rule = overlay.rules[name]
    kind = rule.enum or "bool"
    rows = "".join(
        f"    {terminals[one].constant}: {enum_of(member) if rule.enum else member},\n"
        for one, member in rule.members().items()
        if one in terminals
    )
    return f"_{name.upper()}: Final[dict[int, {kind}]] = {{\n{rows}}}\n"
