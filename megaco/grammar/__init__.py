"""The grammar files, read: productions, keywords, and what each rule builds.

``grammars/megaco.lark`` is the text encoding, ``grammars/megaco.toml`` what it cannot say. This package reads both
and says so plainly; ``megaco.text`` decodes and encodes from what it finds here, and holds no keyword of its own.
"""

from .data import grammar_text, read_toml
from .expansion import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol, load_grammar
from .overlay import Allowance, Overlay, Rule, Spread, load_overlay

__all__ = [
    "Allowance",
    "Choice",
    "Expansion",
    "Grammar",
    "Many",
    "Maybe",
    "Overlay",
    "Rule",
    "Sequence",
    "Spread",
    "Symbol",
    "grammar_text",
    "load_grammar",
    "load_overlay",
    "read_toml",
]
