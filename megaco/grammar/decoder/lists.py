"""Writes what can be absent and what can stand several times."""

from ..expansion import Choice, Expansion, Many, Maybe, Sequence, Symbol, UnknownFormError
from ..terminals import Form
from .choices import ChoiceWriter
from .plan import Due, Method, quoted


class ListWriter(ChoiceWriter):
    """Repeats."""

    def _nexts(self, parts: tuple[Expansion, ...]) -> list[str]:
        """Return the terminals that these parts can begin with."""
        names: list[str] = []
        for part in parts:
            names += self.openings.first(part)
            if not self.openings.can_be_empty(part):
                break
        return names

    def _maybe(self, part: Expansion, due: Due, method: Method, after: Due, rest: list[str]) -> Due:
        """Write an optional part; ``rest``: terminals that can stand in its stead."""
        lines = method.lines
        due = self._settle(due, self._due_at((part,), after), method)
        first = sorted(self.openings.first(part), key=self._rank)
        wordish = [name for name in first if self.terminals[name].is_wordish]
        if wordish:
            self._tell([*first, *rest], method.name, method)
        told = method.told
        tests = [self._stands(self.terminals[name], due, first) for name in first if name not in wordish]
        tests += [f"self.token == {self.terminals[name].constant}" for name in wordish]
        lines.add(f"if {' or '.join(tests)}:")
        before = set(method.sure)
        with lines.deeper():
            end = self._settle(self._write(part, due, method, after, known=len(first) == 1), after, method)
            if end is Due.WORD and told and not method.told:
                self._tell(rest, method.name, method)
        method.sure = before
        method.told = told and end is Due.WORD
        return self._after_option(first, due, end, after, method)

    def _after_option(self, first: list[str], due: Due, end: Due, after: Due, method: Method) -> Due:
        """Bring the way without an optional part to what is due after the way with it."""
        lines = method.lines
        if end is due:
            if due is Due.MARK and all(self.terminals[name].form is Form.MARK for name in first):
                lines.add("else:")
                lines.add(f"    self.missed = {quoted(' or '.join(self._word_list(first)))}")
                lines.add("    self.missed_at = self.end")
            return end
        if due is Due.WORD and after is Due.MARK:
            lines.add("elif self.end != self.start:")
            lines.add(f"    self.wrong_word({self._words(first)})")
            return Due.MARK
        if due is Due.MARK and after is Due.WORD:
            lines.add("else:")
            lines.add("    self.read(self.end)")
            method.told = False
            return Due.WORD
        raise UnknownFormError(f"{method.name}: an optional part after which it is not clear what is due")

    def _many(self, part: Expansion, least: int, due: Due, method: Method, after: Due) -> Due:
        """A repetition that is no list with commas: side by side to the end of the message."""
        if least != 1 or not self._starts_with_word(part):
            raise UnknownFormError(f"{method.name}: a repetition without commas")
        lines = method.lines
        due = self._settle(due, Due.WORD, method)
        lines.add("while True:")
        method.loops += 1
        method.told = False
        with lines.deeper():
            self._write(part, due, method, Due.MARK)
            lines.add("if self.end == self.length:")
            lines.add("    break")
            lines.add("self.read(self.end)")
        method.loops -= 1
        return Due.MARK

    def _chain(self, parts: tuple[Expansion, ...], index: int) -> int:
        """Return how many parts from here make a list with commas: a first element, then more of them; 0: none."""
        end = index + 1
        while end < len(parts) and self._element(parts[end]) is not None:
            end += 1
        return end - index if end > index + 1 else 0

    def _element(self, part: Expansion) -> tuple[Expansion, ...] | None:
        """Return what is repeated behind a comma; None for what is no such repetition."""
        match part:
            case Many(Sequence((Symbol("_COMMA"), *element))) | Maybe(Sequence((Symbol("_COMMA"), *element))):
                return tuple(element)
        return None

    def _loop(self, parts: tuple[Expansion, ...], due: Due, method: Method, *, known: bool) -> Due:
        """Write a list: ``X (_COMMA X)* (_COMMA Y)? (_COMMA Z)*``."""
        lines = method.lines
        first, *rest = parts
        elements = [self._element(part) or () for part in rest]
        least = isinstance(rest[0], Many) and rest[0].least > 0
        if elements == [(first,)] and not least:
            due = self._settle(due, Due.WORD, method)
            lines.add("while True:")
            method.loops += 1
            method.told = False
            sure = set(method.sure)
            with lines.deeper():
                self._write(first, due, method, Due.MARK)
                lines.add('if self.mark != ",":')
                lines.add("    break")
                lines.add("self.read(self.next)")
            method.loops -= 1
            method.sure = sure | self._lists_of(first, method)
            return Due.MARK
        self._write(first, due, method, Due.MARK, known=known)
        if least:
            lines.add('if self.mark != ",":')
            lines.add(f"    self.wrong_mark({self._words(['_COMMA'])})")
        sure = set(method.sure)
        if all(isinstance(part, Maybe) for part in rest) and len(rest) == 1:
            lines.add('if self.mark == ",":')
            with lines.deeper():
                lines.add("self.read(self.next)")
                method.told = False
                self._sequence(elements[0], Due.WORD, method, Due.MARK)
        elif len(rest) == 1:
            lines.add('while self.mark == ",":')
            method.loops += 1
            with lines.deeper():
                lines.add("self.read(self.next)")
                method.told = False
                self._sequence(elements[0], Due.WORD, method, Due.MARK)
            method.loops -= 1
        else:
            self._staged(rest, elements, method)
        method.sure = sure
        return Due.MARK

    def _lists_of(self, element: Expansion, method: Method) -> set[str]:
        """Return the list fields that one element is sure to fill."""
        match element:
            case Symbol(name) if name in method.rule.fields:
                target = method.rule.fields[name]
                return {target} if isinstance(target, str) else set()
            case Symbol(name, is_terminal=False) if name not in self.overlay.rules:
                return self._lists_of(self.grammar.rules[name], method)
            case Choice(parts):
                return set.intersection(*(self._lists_of(part, method) for part in parts))
        return set()

    def _staged(self, rest: list[Expansion], elements: list[tuple[Expansion, ...]], method: Method) -> None:
        """Write the end of a list whose elements come in stages: those of a stage never after those of a later one."""
        lines = method.lines
        rows = [
            (alternative, stage) for stage, element in enumerate(elements) for alternative in self._flattened(element)
        ]
        lines.add("stage = 0")
        lines.add('while self.mark == ",":')
        method.loops += 1
        with lines.deeper():
            lines.add("self.read(self.next)")
            names = [name for one, _ in rows for name in self._firsts(one)]
            method.told = False
            self._tell(names, method.name, method)
            lines.add("token = self.token")
            keyword = "if"
            for stage in range(len(elements)):
                own = [one for one, of_stage in rows if of_stage == stage]
                tokens = [name for one in own for name in self._firsts(one)]
                is_last = stage == len(elements) - 1
                lines.add(f"{keyword} {self._stage_test(tokens, stage, is_last)}:")
                with lines.deeper():
                    method.told = True
                    moves_to = stage + 1 if isinstance(rest[stage], Maybe) else stage
                    if moves_to:
                        lines.add(f"stage = {moves_to}")
                    ends: list[tuple[Due, set[str]]] = []
                    if len(own) == 1:
                        self._alternative(own[0], Due.WORD, method, Due.MARK)
                    else:
                        self._branches(own, Due.WORD, method, Due.MARK, ends)
                keyword = "elif"
            lines.add("else:")
            lines.add(f"    self.wrong_word({self._words(names)})")
        method.loops -= 1

    def _stage_test(self, tokens: list[str], stage: int, is_last: bool) -> str:
        if is_last and len(tokens) > 3:
            return "token != UNKNOWN"
        tests = " or ".join(f"token == {self.terminals[name].constant}" for name in sorted(set(tokens), key=self._rank))
        return f"stage <= {stage} and ({tests})" if not is_last else tests
