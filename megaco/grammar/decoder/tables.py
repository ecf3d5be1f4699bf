"""What the decoder looks things up in, gathered while its methods are written: lexicons, patterns, words of errors."""

from abc import ABC, abstractmethod

from ..expansion import Expansion, Grammar
from ..overlay import Overlay
from ..source import Source
from ..terminals import Terminal
from .plan import Alternative, Due, Method, quoted


class Tables(Source, ABC):
    """The grammar, and the tables that the methods written so far need."""

    def __init__(self, grammar: Grammar, overlay: Overlay, terminals: dict[str, Terminal], start: str) -> None:
        super().__init__(grammar, overlay, terminals, start)
        self.places: dict[tuple[str, ...], str] = {}
        """Terminals that a place tells apart -> the name of its lexicon."""
        self.patterns: dict[str, None] = {}
        """Terminals whose pattern is used."""
        self.wanted: dict[str, None] = {}
        """Terminals that are taken by code that refuses what is none."""
        self.allowance_of = {allowance.terminal: name for name, allowance in overlay.allowances.items()}

    def _token(self, names: list[str], place: str) -> str:
        """Return the expression that tells which of these terminals the current word is."""
        wordish = tuple(sorted({name for name in names if self.terminals[name].is_wordish}, key=self._rank))
        if wordish not in self.places:
            constant = f"_{place.strip('_').upper()}_WORDS"
            number = 2
            while constant in self.places.values():
                constant = f"_{place.strip('_').upper()}_WORDS_{number}"
                number += 1
            self.places[wordish] = constant
        return f"{self.places[wordish]}.find(self)"

    def _tell(self, names: list[str], place: str, method: Method) -> None:
        """Find out which of these terminals the current word is, if that is not known yet."""
        if not method.told and any(self.terminals[name].is_wordish for name in names):
            method.lines.add(f"self.token = {self._token(names, place)}")
            method.told = True

    def _pattern(self, terminal: Terminal) -> str:
        self.patterns[terminal.name] = None
        return f"_{terminal.constant}"

    def _wants(self, terminal: Terminal) -> str:
        self.wanted[terminal.name] = None
        return f"_WANTS_{terminal.constant}"

    def _word_list(self, names: list[str]) -> list[str]:
        words = {self.overlay.word(name, self.grammar) for name in names}
        return sorted(words - {""})

    def _words(self, names: list[str]) -> str:
        """Return what an error says was expected, as a tuple."""
        words = self._word_list(names)
        return f"({', '.join(map(quoted, words))}{',' if len(words) == 1 else ''})"

    def _firsts(self, alternative: Alternative) -> list[str]:
        return sorted({opening[0] for opening in self.openings.joined(alternative) if opening})

    def _rank(self, name: str) -> int:
        return self.terminals[name].rank

    def _due_at(self, parts: tuple[Expansion, ...], after: Due) -> Due:
        """Return what is due where these parts begin."""
        for part in parts:
            if self.openings.first(part):
                return Due.WORD if self._starts_with_word(part) else Due.MARK
        return after

    def _starts_with_word(self, expansion: Expansion) -> bool:
        """Tell whether an expansion begins in the place of a word: a bracket can begin there too."""
        return not all(self.terminals[name].comes_after_a_word for name in self.openings.first(expansion))

    @abstractmethod
    def _write(
        self,
        expansion: Expansion,
        due: Due,
        method: Method,
        after: Due,
        *,
        known: bool = False,
        rest: list[str] | None = None,
    ) -> Due:
        """Write an expansion, entered with ``due``; return what is due after it.

        ``known``: its first terminal was seen; ``rest``: terminals that can follow it in its rule.
        """

    @abstractmethod
    def _sequence(
        self, parts: tuple[Expansion, ...], due: Due, method: Method, after: Due, *, known: bool = False
    ) -> Due:
        """Write parts one after the other."""
