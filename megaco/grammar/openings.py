"""With which terminals an expansion can begin: what a choice is decided by."""

from .expansion import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol

DEPTH = 3
"""How many terminals of an alternative are looked at: those of Annex B differ in the third at the latest."""

Opening = tuple[str, ...]
"""The first terminals of an expansion; fewer than ``DEPTH`` where it can end before."""


class Openings:
    """The openings of a grammar's rules, found when first asked for."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._found: dict[str, frozenset[Opening]] = {}

    def of(self, expansion: Expansion) -> frozenset[Opening]:
        """Return every opening of an expansion."""
        match expansion:
            case Symbol(name, is_terminal=True):
                return frozenset({(name,)})
            case Symbol(name):
                if name not in self._found:
                    self._found[name] = self.of(self._grammar.rules[name])
                return self._found[name]
            case Sequence(parts):
                return self.joined(parts)
            case Choice(parts):
                return frozenset().union(*map(self.of, parts))
            case Maybe(part):
                return self.of(part) | {()}
            case Many(part, least):
                return self.joined((part,) * DEPTH) | self.joined((part,) * least)

    def joined(self, parts: tuple[Expansion, ...]) -> frozenset[Opening]:
        """Return the openings of parts that stand one after the other."""
        openings: frozenset[Opening] = frozenset({()})
        for part in parts:
            if all(len(opening) == DEPTH for opening in openings):
                break
            nexts = self.of(part)
            openings = frozenset((opening + more)[:DEPTH] for opening in openings for more in nexts)
        return openings

    def first(self, expansion: Expansion) -> list[str]:
        """Return the terminals that an expansion can begin with, in the order of their names."""
        return sorted({opening[0] for opening in self.of(expansion) if opening})

    def can_be_empty(self, expansion: Expansion) -> bool:
        """Tell whether an expansion can stand for nothing."""
        return () in self.of(expansion)
