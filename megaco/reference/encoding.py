"""The text encoding as one object: grammar, overlay and the parser made from them, built once at first use."""

import re
from functools import cache
from typing import Any

from megaco.grammar import Grammar, Overlay, grammar_text, load_grammar, load_overlay, read_toml
from megaco.grammar.generate import parser_of


class TextEncoding:
    """What the grammar file and its overlay say, ready for decoding and encoding."""

    def __init__(self, grammar: str, overlay: dict[str, Any]) -> None:
        self.grammar: Grammar = load_grammar(grammar)
        self.overlay: Overlay = load_overlay(overlay)
        self.parser = parser_of(grammar)
        self.shapes = {row.name: re.compile(row.pattern.to_regexp()) for row in self.parser.terminals}
        """What the text of each terminal must look like."""
        self.allowance_of = {allowance.terminal: name for name, allowance in self.overlay.allowances.items()}

    def word(self, terminal: str) -> str:
        """Return what an error message calls a terminal; "" for one that is not worth naming."""
        return self.overlay.word(terminal, self.grammar)


@cache
def text_encoding() -> TextEncoding:
    """Return the encoding made from the shipped files."""
    return TextEncoding(grammar_text(), read_toml("megaco.toml"))
