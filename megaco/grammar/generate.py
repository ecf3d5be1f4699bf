"""Generates the production codec: ``python -m megaco.grammar``."""

from pathlib import Path
from typing import Any

from lark import Lark

from .data import grammar_text, read_toml
from .decoder import decoder_source
from .encoder import encoder_source
from .expansion import load_grammar
from .overlay import load_overlay

START = "megaco_message"
"""The rule that a message is."""
FOLDER = Path(__file__).resolve().parent.parent / "text"
"""Where the generated modules are."""


def parser_of(grammar: str) -> Lark:
    """Return the reference parser of a grammar file's text."""
    return Lark(grammar, parser="lalr", lexer="contextual", start=START, maybe_placeholders=False)


def sources(grammar: str | None = None, overlay: dict[str, Any] | None = None) -> dict[str, str]:
    """Return the generated modules, name -> source, for a grammar and overlay; None: the shipped ones."""
    text = grammar_text() if grammar is None else grammar
    rules = load_grammar(text)
    beside = load_overlay(read_toml("megaco.toml") if overlay is None else overlay)
    parser = parser_of(text)
    return {
        "decoder.py": decoder_source(rules, beside, parser, START),
        "encoder.py": encoder_source(rules, beside, parser, START),
    }


def stale() -> list[Path]:
    """Return the generated files that are not what the grammar gives."""
    return [
        FOLDER / name
        for name, source in sources().items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text("utf-8") != source
    ]


def write() -> int:
    """Generate the modules anew; nothing is written where the grammar cannot be turned into code."""
    for name, source in sources().items():
        (FOLDER / name).write_text(source, "utf-8")
    return 0
