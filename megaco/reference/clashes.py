"""Values that a reader would take for a keyword.

Keywords are no reserved words: a termination may be called ``Add``. Only where a keyword and a name can stand at one
place does the reader take the keyword: a signal parameter called ``Stream`` would come back as the signal's stream.
Such places are found from the grammar: two alternatives begin alike, up to a keyword in one and a value in the other.
"""

from typing import NamedTuple

from megaco.grammar import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol

from .layout import Mark

_DEPTH = 3
"""How many terminals of an alternative are looked at: those of Annex B differ in the third at the latest."""

Opening = tuple[str, ...]


class _Clash(NamedTuple):
    """A place in an alternative, and the words that are keywords there."""

    place: int
    words: frozenset[str]


class Clashes:
    """Where the alternatives of a grammar's choices clash, found when first asked for."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._openings: dict[str, frozenset[Opening]] = {}
        self._found: dict[tuple[int, int], tuple[_Clash, ...]] = {}
        """By the identity of a choice's parts, which live as long as the grammar: hashing them would walk them."""

    def word(self, parts: tuple[Expansion, ...], chosen: int, marks: list[Mark]) -> str | None:
        """Return the word, of an alternative as written, that begins another alternative; None where none does."""
        key = id(parts), chosen
        if key not in self._found:
            self._found[key] = tuple(self._clashes(parts, chosen))
        for place, words in self._found[key]:
            mark = marks[place] if place < len(marks) else None
            if isinstance(mark, str) and mark.casefold() in words:
                return mark
        return None

    def _clashes(self, parts: tuple[Expansion, ...], chosen: int) -> list[_Clash]:
        own = self._of(parts[chosen])
        others = frozenset().union(*(self._of(part) for part in parts)) - own
        found: dict[int, set[str]] = {}
        for opening in own:
            for index, terminal in enumerate(opening):
                if terminal == "_LBRKT":
                    break
                if terminal.startswith("_") or self._grammar.is_keyword(terminal):
                    continue
                rivals = {other[index] for other in others if other[:index] == opening[:index] and len(other) > index}
                keywords = filter(self._grammar.is_keyword, rivals)
                words = {word.casefold() for name in keywords for word in self._grammar.spellings[name]}
                found.setdefault(index, set()).update(words)
        return [_Clash(index, frozenset(words)) for index, words in found.items() if words]

    def _of(self, expansion: Expansion) -> frozenset[Opening]:
        """Return the terminals that an expansion can begin with; fewer than the depth where it can end before."""
        match expansion:
            case Symbol(name, is_terminal=True):
                return frozenset({(name,)})
            case Symbol(name):
                if name not in self._openings:
                    self._openings[name] = self._of(self._grammar.rules[name])
                return self._openings[name]
            case Sequence(parts):
                return self._joined(parts)
            case Choice(parts):
                return frozenset().union(*map(self._of, parts))
            case Maybe(part):
                return self._of(part) | {()}
            case Many(part, least):
                return self._joined((part,) * _DEPTH) | self._joined((part,) * least)

    def _joined(self, parts: tuple[Expansion, ...]) -> frozenset[Opening]:
        openings: frozenset[Opening] = frozenset({()})
        for part in parts:
            if all(len(opening) == _DEPTH for opening in openings):
                break
            nexts = self._of(part)
            openings = frozenset((opening + more)[:_DEPTH] for opening in openings for more in nexts)
        return openings
