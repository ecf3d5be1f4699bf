"""Writes choices, decided by the first terminals of their alternatives."""

from collections.abc import Iterator

from ..expansion import Choice, Sequence, Symbol, UnknownFormError
from ..terminals import Form, Terminal
from .plan import Alternative, Due, Method, first_characters
from .terminals import TerminalWriter


class ChoiceWriter(TerminalWriter):
    """Chooses."""

    def _choice(self, alternatives: list[Alternative], due: Due, method: Method, after: Due) -> Due:
        """Write a choice, decided by the first terminals of its alternatives."""
        flat = [one for alternative in alternatives for one in self._flattened(alternative)]
        if self._only_decides(flat, method):
            terminals = [name for one in flat for name in self.openings.first(one[0])]
            self._tell(terminals, method.name, method)
            method.lines.add("keyword = self.token")
            method.told = False
            method.lines.add("if keyword == UNKNOWN:")
            method.lines.add(f"    self.wrong_word({self._words(terminals)})")
            return Due.MARK
        wants = {self._due_at(one, after) for one in flat}
        due = self._settle(due, Due.WORD if Due.WORD in wants else Due.MARK, method)
        before = set(method.sure)
        ends: list[tuple[Due, set[str]]] = []
        if all(len(self._firsts(one)) == 1 for one in flat) and len({self._firsts(one)[0] for one in flat}) == 1:
            self._distinguish(flat, due, method, after, ends)
        else:
            self._branches(flat, due, method, after, ends)
        method.sure = before | set.intersection(*(sure for _, sure in ends))
        dues = {end for end, _ in ends}
        if len(dues) > 1:
            raise UnknownFormError(f"{method.name}: alternatives end with different things due")
        return dues.pop()

    def _flattened(self, alternative: Alternative) -> Iterator[Alternative]:
        """Yield an alternative, or those of the choice that it stands for."""
        if len(alternative) == 1:
            match alternative[0]:
                case Symbol(name, is_terminal=False) if name not in self.overlay.rules:
                    yield from self._flattened((self.grammar.rules[name],))
                    return
                case Choice(parts):
                    for part in parts:
                        yield from self._flattened((part,))
                    return
                case Sequence(parts):
                    yield parts
                    return
        yield alternative

    def _only_decides(self, alternatives: list[Alternative], method: Method) -> bool:
        """Tell whether a choice is one of keywords that do nothing but name the node's class."""
        names = [one[0].name for one in alternatives if len(one) == 1 and isinstance(one[0], Symbol)]
        return (
            len(names) == len(alternatives) and "" not in method.rule.classes and set(names) == set(method.rule.classes)
        )

    def _branches(
        self,
        alternatives: list[Alternative],
        due: Due,
        method: Method,
        after: Due,
        ends: list[tuple[Due, set[str]]],
    ) -> None:
        """Write ``if`` and ``elif`` over alternatives, and the refusal of anything else."""
        lines = method.lines
        indent = lines.indent
        by_terminals: dict[tuple[int, ...], list[str]] = {}
        for name in sorted({name for one in alternatives for name in self._firsts(one)}, key=self._rank):
            owners = tuple(index for index, one in enumerate(alternatives) if name in self._firsts(one))
            by_terminals.setdefault(owners, []).append(name)
        every = [name for names in by_terminals.values() for name in names]
        words = [name for name in every if self.terminals[name].is_wordish]
        groups = sorted(by_terminals.items(), key=lambda row: self._order(row[1], row[0]))
        told = f"self.token = {self._token(words, method.name)}" if words and not method.told else ""
        word_if, is_open = "if", False
        has_token = False
        for index, (owners, names) in enumerate(groups):
            if any(self.terminals[name].is_wordish for name in names) and not has_token:
                has_token = True
                if is_open:
                    lines.add("else:")
                    lines.indent += 1
                    word_if = "if"
                if told:
                    lines.add(told)
                lines.add("token = self.token")
            lines.add(f"{word_if} {self._test(names, due, every, index == len(groups) - 1)}:")
            word_if, is_open = "elif", True
            with lines.deeper():
                before = set(method.sure)
                method.told = has_token or not told
                chosen = [alternatives[owner] for owner in owners]
                if len(chosen) == 1:
                    end = self._alternative(chosen[0], due, method, after)
                    ends.append((end, method.sure))
                else:
                    self._distinguish(chosen, due, method, after, ends)
                method.sure = before
        lines.add("else:")
        refusal = "wrong_word" if due is Due.WORD else "wrong_mark"
        lines.add(f"    self.{refusal}({self._words(every)})")
        lines.indent = indent
        method.told = False

    def _alternative(self, alternative: Alternative, due: Due, method: Method, after: Due) -> Due:
        before = len(method.lines.rows)
        end = self._settle(self._sequence(alternative, due, method, after, known=True), after, method)
        if len(method.lines.rows) == before:
            method.lines.add("pass")
        return end

    def _order(self, names: list[str], owners: tuple[int, ...]) -> tuple[int, int]:
        """Look first at what is no word; then at alternatives in their order in the grammar."""
        forms = {self.terminals[name].form for name in names}
        if forms <= {Form.BRACES, Form.AHEAD}:
            return 0, self._rank(names[0])
        if any(self.terminals[name].is_wordish for name in names):
            return 2, owners[0]
        if forms == {Form.VALUE}:
            return 3, owners[0]
        return 1, self._rank(names[0])

    def _test(self, names: list[str], due: Due, every: list[str], is_last: bool) -> str:
        """Return the condition that one of these terminals stands here."""
        wordish = [name for name in names if self.terminals[name].is_wordish]
        others = [self._stands(self.terminals[name], due, every) for name in names if name not in wordish]
        if len(wordish) > 3 and is_last:
            wordish_test = ["token != UNKNOWN"]
        else:
            wordish_test = [f"token == {self.terminals[name].constant}" for name in wordish]
        return " or ".join(wordish_test + others)

    def _stands(self, terminal: Terminal, due: Due, rivals: list[str]) -> str:
        """Return the condition that a terminal that is no plain word stands here, and not one of its rivals."""
        if terminal.comes_after_a_word:
            return self._present(terminal, due)
        if terminal.form is Form.STAMP:
            return "self.is_time_stamp()"
        if terminal.form is Form.VALUE:
            return 'self.end != self.start or self.text[self.start] == "\\""'
        characters = first_characters(terminal.pattern)
        if characters and self._is_told_by(characters, terminal, rivals):
            return f"self.text[self.start] == {characters}"
        if characters:
            return f"self.text[self.start] in {characters} and self.begins({self._pattern(terminal)})"
        return f"self.begins({self._pattern(terminal)})"

    def _is_told_by(self, characters: str, terminal: Terminal, rivals: list[str]) -> bool:
        """Tell whether a terminal is known by its first character: no word, and no rival, begins so."""
        if len(characters) != 3:
            return False
        others = [self.terminals[name] for name in rivals if name != terminal.name]
        patterns = [other.pattern for other in others if other.form is Form.PATTERN]
        return not characters[1].isalnum() and all(first_characters(one) not in ("", characters) for one in patterns)

    def _distinguish(
        self,
        alternatives: list[Alternative],
        due: Due,
        method: Method,
        after: Due,
        ends: list[tuple[Due, set[str]]],
    ) -> None:
        """Write a choice between alternatives that begin with the same terminals, by the second or the third."""
        openings = [self.openings.joined(one) for one in alternatives]
        seconds, thirds = ([{one[at] for one in of_one if len(one) > at} for of_one in openings] for at in (1, 2))
        if _are_apart(seconds):
            self._by_next(alternatives, seconds, 1, Due.MARK, due, method, after, ends)
            return
        ahead = {opening[:2] for of_one in openings for opening in of_one}
        if len({opening[1:] for opening in ahead}) > 1 or not _are_apart(thirds):
            raise UnknownFormError(f"{method.name}: alternatives that begin with {min(ahead)} cannot be told apart")
        method.lines.add("at = self.start")
        first, second = min(ahead)
        state = due if self.terminals[first].is_wordish else self._pass(self.terminals[first], due, method)
        state = self._pass(self.terminals[second], state, method)
        self._by_next(alternatives, thirds, 2, state, due, method, after, ends, back=True)

    def _pass(self, terminal: Terminal, state: Due, method: Method) -> Due:
        """Look beyond a terminal, without taking its value."""
        if terminal.form is Form.MARK:
            method.lines.add("self.read(self.next)")
            method.told = False
            return Due.WORD
        if terminal.form is Form.VALUE:
            method.lines.add(self._taking(terminal))
            return Due.MARK
        raise UnknownFormError(f"{method.name}: a choice that is decided behind {terminal.name}")

    def _by_next(
        self,
        alternatives: list[Alternative],
        nexts: list[set[str]],
        depth: int,
        state: Due,
        due: Due,
        method: Method,
        after: Due,
        ends: list[tuple[Due, set[str]]],
        *,
        back: bool = False,
    ) -> None:
        """Write a choice by the terminals ahead; the alternative with most of them, or with none, is the rest."""
        lines = method.lines
        told = method.told
        can_end = [
            not nexts[index] or depth in map(len, self.openings.joined(one)) for index, one in enumerate(alternatives)
        ]
        order = sorted(range(len(alternatives)), key=lambda index: (can_end[index], len(nexts[index]), index))
        for rank, index in enumerate(order):
            names = sorted(nexts[index], key=self._rank)
            if rank == len(order) - 1 and (back or can_end[index]):
                lines.add("else:")
            else:
                lines.add(f"{'if' if rank == 0 else 'elif'} {self._test_ahead(names, state, method)}:")
            with lines.deeper():
                before = set(method.sure)
                method.told = told and not back
                if back:
                    lines.add("self.read(at)")
                end = self._alternative(alternatives[index], due, method, after)
                ends.append((end, method.sure))
                method.sure = before
        if not back and not any(can_end):
            lines.add("else:")
            lines.add(f"    self.wrong_mark({self._words([name for names in nexts for name in names])})")

    def _test_ahead(self, names: list[str], state: Due, method: Method) -> str:
        wordish = [name for name in names if self.terminals[name].is_wordish]
        tests = [self._stands(self.terminals[name], state, names) for name in names if name not in wordish]
        if wordish:
            tests.append(f"{self._token(wordish, method.name)} != UNKNOWN")
        return " or ".join(tests)


def _are_apart(sets: list[set[str]]) -> bool:
    """Tell whether no two sets have anything in common."""
    return sum(map(len, sets)) == len(set().union(*sets))
