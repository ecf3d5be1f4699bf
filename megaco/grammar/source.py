"""What both writers read: the grammar file, what stands beside it, and what follows from the two."""

from .expansion import Grammar, recursive_rules
from .openings import Openings
from .overlay import Overlay
from .shapes import Shapes
from .terminals import Terminal


class Source:
    """The grammar and its overlay, ready to be turned into code."""

    def __init__(self, grammar: Grammar, overlay: Overlay, terminals: dict[str, Terminal], start: str) -> None:
        self.grammar = grammar
        self.overlay = overlay
        self.terminals = terminals
        self.start = start
        self.openings = Openings(grammar)
        self.shapes = Shapes(grammar, overlay)
        self.recursive = recursive_rules(grammar)
