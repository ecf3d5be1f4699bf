"""Puts the generated encoder together: words of both layouts, what spells values, the class with a method a rule."""

from lark import Lark

from ..expansion import Grammar
from ..overlay import Overlay
from ..shapes import enum_of
from ..terminals import Terminal, terminals_of
from .writer import EncoderWriter

_HEAD = '''"""The encoder of the text encoding. Generated from grammars/megaco.lark by ``make grammar``; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

import msgspec

from megaco.message import (
{names}
)

from .writer import Speller, Writer, check_names

if TYPE_CHECKING:
    from mypy_extensions import i64

astuple: Final = msgspec.structs.astuple
'''

_WORDS = '''

@final
class Words:
    """Every keyword in the spelling of a layout (0 for the long one, -1 for the short one) and a version."""

    def __init__(self, spelling: int, version: int) -> None:
{rows}

class Encoder(Writer):
    """Annex B, a method a rule."""

    def __init__(self, is_pretty: bool, version: int) -> None:
        super().__init__(is_pretty)
        self.words = Words(0 if is_pretty else -1, version)
'''


def encoder_source(grammar: Grammar, overlay: Overlay, parser: Lark, start: str) -> str:
    """Return the source of the encoder's module."""
    terminals = terminals_of(parser, overlay, grammar.spellings)
    writer = EncoderWriter(grammar, overlay, terminals, start)
    methods = list(writer.methods())
    nodes = overlay.nodes()
    enums = overlay.enums()
    names = sorted(nodes | enums | {"Node", "Octets", "Relation", "Value", "TimeStamp"}, key=str.lower)
    members = {enum_of(member) for rule in overlay.rules.values() if rule.enum for member in rule.members().values()}
    rows = "".join(
        f"        self.{terminals[name].constant} = {_spellings(terminals[name])!r}[spelling]\n"
        for name in writer.keywords
    )
    rows += "".join(
        f"        if (spelling, version) == (0, {version}):\n"
        f"            self.{terminals[name].constant} = {spelling!r}\n"
        for name, of_version in overlay.spellings.items()
        for version, spelling in of_version.items()
    )
    return "".join(
        [
            _HEAD.format(names="\n".join(f"    {name}," for name in names)),
            *(f"_{node}: Final = {node}\n" for node in sorted(nodes | {"Value", "TimeStamp"} | enums)),
            *(f"_{member.replace('.', '_')}: Final = {member}\n" for member in sorted(members)),
            "\n",
            *(
                _speller(name, [terminals[one] for one in key], [overlay.word(one, grammar) for one in key])
                for key, name in writer.spellers.items()
            ),
            *(f"{name}: Final = frozenset({words!r})\n" for words, name in writer.clashes.items()),
            _WORDS.format(rows=rows),
            *("\n" + method for method in methods),
        ]
    )


def _spellings(terminal: Terminal) -> tuple[str, str]:
    return terminal.spellings[0], terminal.spellings[-1]


def _speller(name: str, terminals: list[Terminal], words: list[str]) -> str:
    rows = "".join(
        f"    ({terminal.pattern!r}, {terminal.kind!r}, {word!r}),\n"
        for terminal, word in zip(terminals, words, strict=True)
    )
    return f"{name}: Final = Speller(\n{rows})\n"
