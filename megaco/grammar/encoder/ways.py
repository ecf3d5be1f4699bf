"""The grammar as the encoder sees it: productions opened to parts in a row, and the ways through their choices."""

from abc import ABC, abstractmethod

from ..expansion import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol, UnknownFormError
from ..overlay import Overlay
from ..source import Source
from ..terminals import Form, Terminal
from .plan import Method, Parts, element


class Ways(Source, ABC):
    """The grammar, and the tables that the methods written so far need."""

    def __init__(self, grammar: Grammar, overlay: Overlay, terminals: dict[str, Terminal], start: str) -> None:
        super().__init__(grammar, overlay, terminals, start)
        self.spellers: dict[tuple[str, ...], str] = {}
        """Terminals that can stand at a place -> the name of what spells them."""
        self.clashes: dict[tuple[str, ...], str] = {}
        """Words that are keywords at a place -> the name of their set."""
        self.keywords: dict[str, None] = {}
        """Keywords that are written."""
        self.deviations = {allowance.terminal for allowance in overlay.allowances.values()}

    def _bound(self, parts: Parts) -> list[str]:
        """Return the names of the parts, braces and options opened, that are rules or terminals."""
        return [name for part in parts for name in self._names(part)]

    def _names(self, part: Expansion) -> list[str]:
        match part:
            case Symbol(name):
                return [name]
            case Sequence(parts) | Choice(parts):
                return self._bound(parts)
            case Maybe(inner) | Many(inner):
                return self._names(inner)

    def _opened(self, parts: Parts) -> Parts:
        """Open rules that hand their parts up, at any depth."""
        return tuple(self._open(part) for part in parts)

    def _open(self, part: Expansion) -> Expansion:
        match part:
            case Symbol(name, is_terminal=False) if name not in self.overlay.rules:
                return self._open(self.grammar.rules[name])
            case Sequence(parts):
                return Sequence(self._opened(parts))
            case Choice(parts):
                return Choice(self._opened(parts))
            case Maybe(inner):
                return Maybe(self._open(inner))
            case Many(inner, least):
                return Many(self._open(inner), least)
        return part

    def _straight(self, expansion: Expansion) -> Parts:
        """Return an expansion as parts one after the other, sequences in it opened."""
        match self._open(expansion):
            case Sequence(parts):
                return tuple(
                    one for part in parts for one in (self._straight(part) if isinstance(part, Sequence) else (part,))
                )
            case other:
                return (other,)

    def _variants(self, parts: Parts) -> list[Parts]:
        """Return the ways through parts that hold choices, options and repetitions kept as they are."""
        ways: list[Parts] = [()]
        index = 0
        while index < len(parts):
            part = parts[index]
            length = self._chain(parts, index)
            if length or not isinstance(part, Choice):
                length = max(length, 1)
                ways = [(*way, *parts[index : index + length]) for way in ways]
            else:
                length = 1
                more = [way for one in part.parts for way in self._variants(self._straight(one))]
                ways = [(*way, *end) for way in ways for end in more]
            index += length
        return [way for way in ways if not self._deviates(way)]

    def _deviates(self, way: Parts) -> bool:
        """Tell whether a way is not to the letter, and so is never written."""
        return any(isinstance(part, Symbol) and self._is_deviant(part.name) for part in way)

    def _is_deviant(self, name: str) -> bool:
        """Tell whether a terminal, or all that a rule stands for, is not to the letter."""
        if name in self.terminals:
            return name in self.deviations and name not in self.overlay.terminals
        return not self._variants(self._straight(self.grammar.rules[name]))

    def _chain(self, parts: Parts, index: int) -> int:
        """Return how many parts from here make a list with commas: a first element, then more of them; 0: none."""
        end = index + 1
        while end < len(parts) and element(parts[end]) is not None:
            end += 1
        return end - index if end > index + 1 else 0

    def _is_brace(self, part: Expansion, mark: str) -> bool:
        if not isinstance(part, Symbol) or not part.is_terminal:
            return False
        terminal = self.terminals[part.name]
        return terminal.form is Form.MARK and terminal.marks == mark and not terminal.kind

    def _end_of_braces(self, parts: Parts, index: int) -> int:
        """Return where the brace that opens at an index closes."""
        depth = 0
        for at in range(index, len(parts)):
            depth += self._is_brace(parts[at], "{") - self._is_brace(parts[at], "}")
            if depth == 0:
                return at
        raise UnknownFormError("a brace that is not closed where it is opened")

    @abstractmethod
    def _text(self, parts: Parts, method: Method) -> None:
        """Write parts that stand outside braces, and their braces."""

    @abstractmethod
    def _fragment(self, parts: Parts, method: Method) -> str:
        """Return the expression for the text of parts that are one item, after what must be done for it."""
