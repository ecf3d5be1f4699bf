"""Generates the production codec: ``python -m megaco.grammar``."""

from pathlib import Path
from typing import Any

from lark import Lark

from megaco.packages.loading import SHIPPED_FILE, build_shipped

from .data import data_text, grammar_text, read_toml
from .decoder import decoder_source
from .encoder import encoder_source
from .expansion import load_grammar
from .overlay import load_overlay

START = "megaco_message"
"""The rule that a message is."""
PACKAGE = Path(__file__).resolve().parent.parent
"""Where the generated modules are, each in the package of its encoding."""


def parser_of(grammar: str) -> Lark:
    """Return the reference parser of a grammar file's text."""
    return Lark(grammar, parser="lalr", lexer="contextual", start=START, maybe_placeholders=False)


def text_sources(grammar: str | None = None, overlay: dict[str, Any] | None = None) -> dict[str, str]:
    """Return the modules of the text encoding, name -> source, for a grammar and overlay; None: the shipped ones."""
    text = grammar_text() if grammar is None else grammar
    rules = load_grammar(text)
    beside = load_overlay(read_toml("megaco.toml") if overlay is None else overlay)
    parser = parser_of(text)
    return {
        "decoder.py": decoder_source(rules, beside, parser, START),
        "encoder.py": encoder_source(rules, beside, parser, START),
    }


def binary_sources(module: str | None = None, binding: dict[str, Any] | None = None) -> dict[str, str]:
    """Return the modules of the binary encoding likewise, for an ASN.1 module and what stands beside it."""
    from . import asn1  # asn1tools is there where the codec is made, not where it is used

    types = asn1.load_module(data_text("megaco.asn") if module is None else module)
    bound = asn1.load_binding(read_toml("megaco.asn.toml") if binding is None else binding)
    return {
        "decoder.py": asn1.decoder_source(types, bound),
        "encoder.py": asn1.encoder_source(types, bound),
        "schema.py": asn1.schema_source(types, bound),
    }


def sources() -> dict[Path, str]:
    """Return the generated files, file -> content: the codec's modules, and the packages that are shipped."""
    modules = {
        PACKAGE / encoding / name: source
        for encoding, modules in (("text", text_sources()), ("binary", binary_sources()))
        for name, source in modules.items()
    }
    return modules | {SHIPPED_FILE: build_shipped().decode("utf-8")}


def stale() -> list[Path]:
    """Return the generated files that are not what the grammars give."""
    return [path for path, source in sources().items() if not path.is_file() or path.read_text("utf-8") != source]


def write() -> int:
    """Generate the modules anew; nothing is written where a grammar cannot be turned into code."""
    for path, source in sources().items():
        path.write_text(source, "utf-8")
    return 0
