"""Writes the production decoder: a method a rule, each as one would write it by hand for that rule.

A method is entered with its rule's first terminal as the current item, and left with the mark after its last terminal
not yet taken (``megaco/text/scanner.py``). Inside, the writer knows of each place whether a word is due or a mark.
"""

from collections.abc import Iterator

from ..expansion import Choice, Expansion, Many, Maybe, Sequence, Symbol
from ..lines import Lines, camel
from ..overlay import Rule
from ..shapes import INNER
from ..terminals import Form, Terminal
from .lists import ListWriter
from .plan import Due, Method, names_of


class DecoderWriter(ListWriter):
    """Writes the decoder of a grammar."""

    def methods(self) -> Iterator[str]:
        """Yield the source of each rule's method, in the order of the grammar file."""
        for name, expansion in self.grammar.rules.items():
            if name in self.overlay.rules:
                yield self._method(name, expansion)

    # ------------------------------------------------------------------------------------------------ method

    def _method(self, name: str, expansion: Expansion) -> str:
        rule = self.overlay.rules[name]
        method = Method(name, rule, Lines(1))
        lines = method.lines
        lines.add(f"def {name}(self) -> {self.shapes.of_rule(name)}:")
        with lines.deeper():
            lines.add(f'"""{self._production(name)}"""')
            if rule.enum or rule.flags:
                self._members(method, expansion)
            elif rule.value:
                self._value(method, expansion)
            else:
                self._node(method, expansion)
        for variable in ("keyword", "token"):
            if any(row.lstrip().startswith(f"{variable} = ") for row in lines.rows):
                lines.rows.insert(2, f"        {variable}: i64")
        return lines.text()

    def _production(self, name: str) -> str:
        return f"Annex B ``{camel(name)}``."

    def _members(self, method: Method, expansion: Expansion) -> None:
        """A keyword that stands for a member."""
        terminals = self.openings.first(expansion)
        lines = method.lines
        lines.add(f"member = _{method.name.upper()}.get(self.token)")
        lines.add("if member is None:")
        lines.add(f"    self.wrong_word({self._words(terminals)})")
        for name in terminals:
            if name in self.overlay.since:
                lines.add(f"if self.token == {self.terminals[name].constant}:")
                with lines.deeper():
                    self._since(name, method)
        lines.add("return member")

    def _value(self, method: Method, expansion: Expansion) -> None:
        """A rule that yields the value of its only part."""
        lines = method.lines
        kind = self.shapes.of_rule(method.name)
        if "|" in kind:
            lines.add(f"value: {kind}")
        self._enter_level(method)
        self._since(method.name, method)
        due = Due.WORD if self._starts_with_word(expansion) else Due.MARK
        due = self._write(expansion, due, method, Due.MARK, known=self._is_checked(method.name))
        self._leave_level(method)
        lines.add_return("value")

    def _node(self, method: Method, expansion: Expansion) -> None:
        rule, lines = method.rule, method.lines
        if self._needs_start(rule):
            lines.add("start = self.start")
        for text in self.shapes.declarations(rule):
            lines.add(text)
        if rule.once:
            lines.add("seen = 0")
        if rule.exclusive:
            lines.add("group = 0")
        for part in rule.unique:
            lines.add(f"{names_of(part)}: set[str] | None = None")
        self._enter_level(method)
        self._since(method.name, method)
        if method.name in self.recursive:
            lines.add("self.enter()")
        due = Due.WORD if self._starts_with_word(expansion) else Due.MARK
        if method.name == self.start:
            method.body = len(lines.rows)
            method.told = False
            due = Due.MARK
        due = self._write(expansion, due, method, Due.MARK, known=self._is_checked(method.name))
        if method.name == self.start:
            lines.add("if self.end != self.length:")
            lines.add('    self.wrong_mark(("the end of the message",))')
        self._required(method)
        self._leave_level(method)
        if method.name in self.recursive:
            lines.add("self.nesting -= 1")
        self._spread(method)
        self._construct(method)

    def _needs_start(self, rule: Rule) -> bool:
        return bool(rule.one_of) or bool(self.shapes.required(rule))

    def _levels(self, method: Method) -> int:
        first = self.openings.first(self.grammar.rules[method.name])
        codes = {self.overlay.levels.get(name, 0) for name in first}
        return codes.pop() if len(codes) == 1 else 0

    def _enter_level(self, method: Method) -> None:
        if code := self._levels(method):
            method.lines.add("outer = self.code")
            method.lines.add(f"self.code = {code}")

    def _leave_level(self, method: Method) -> None:
        if self._levels(method):
            method.lines.add("self.code = outer")

    def _required(self, method: Method) -> None:
        """Refuse a node without a part that it must have, where the production lets it be absent."""
        rule, lines = method.rule, method.lines
        node = " or ".join(dict.fromkeys(rule.classes.values()))
        grouped = {name for group in rule.one_of for name in group}
        for group in rule.one_of:
            lines.add(f"if {' and '.join(f'{name} is None' for name in group)}:")
            lines.add(f'    self.lacking(start, "{node} lacks its {" or ".join(group)}")')
        for name in self.shapes.required(rule):
            if name not in grouped and name not in method.sure:
                lines.add(f"if not {name}:" if self.shapes.is_list(rule, name) else f"if {name} is None:")
                lines.add(f'    self.lacking(start, "{node} lacks its {name}")')

    def _spread(self, method: Method) -> None:
        spread, lines = method.rule.spread, method.lines
        if spread is None:
            return
        inner = self.shapes.spread_locals(spread)
        tests = [INNER + (name if is_list else f"{name} is not None") for name, is_list in inner]
        lines.add(f"if {' or '.join(tests)}:")
        made = self.shapes.construction(spread.node, {name for name, _ in inner}, INNER)
        if self.shapes.is_list(method.rule, spread.field):
            lines.add(f"    {spread.field} = ({made},)")
        else:
            lines.add(f"    {spread.field} = {made}")

    def _construct(self, method: Method) -> None:
        rule, lines = method.rule, method.lines
        filled = self.shapes.filled(rule)
        if isinstance(rule.node, str):
            lines.add(f"return {self.shapes.construction(rule.node, filled)}")
            return
        classes = list(rule.classes.items())
        for keyword, node in classes[:-1]:
            lines.add(f"if keyword == {self.terminals[keyword].constant}:")
            lines.add(f"    return {self.shapes.construction(node, filled)}")
        lines.add(f"return {self.shapes.construction(classes[-1][1], filled)}")

    # ------------------------------------------------------------------------------------------- productions

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
        match expansion:
            case Symbol(name, is_terminal=True):
                return self._terminal(self.terminals[name], due, method, after, known=known)
            case Symbol(name):
                return self._symbol(name, due, method, after, known=known)
            case Sequence(parts):
                return self._sequence(parts, due, method, after, known=known)
            case Choice(parts):
                return self._choice([(part,) for part in parts], due, method, after)
            case Maybe(part):
                return self._maybe(part, due, method, after, rest or [])
            case Many(part, least):
                return self._many(part, least, due, method, after)

    def _symbol(self, name: str, due: Due, method: Method, after: Due, *, known: bool) -> Due:
        if name not in self.overlay.rules:
            if (method.name, name) == (self.start, self.overlay.header.before):
                self._remember_header(method)
            return self._write(self.grammar.rules[name], due, method, after, known=known)
        expansion = self.grammar.rules[name]
        wants = Due.WORD if self._starts_with_word(expansion) else Due.MARK
        due = self._settle(due, wants, method)
        first = self.openings.first(expansion)
        if wants is Due.WORD:
            self._tell(first, name, method)
        if not known and len(first) == 1 and not self._checks_itself(name):
            self._expect(self.terminals[first[0]], due, method)
        self._bind(name, f"self.{name}()", method)
        method.told = False
        return Due.MARK

    def _is_checked(self, name: str) -> bool:
        """Tell whether whoever calls a rule's method has seen the rule's first terminal."""
        return len(self.openings.first(self.grammar.rules[name])) == 1 and not self._checks_itself(name)

    def _remember_header(self, method: Method) -> None:
        """Put what was written so far behind the question whether this header was read before."""
        lines, header = method.lines, self.overlay.header
        fields = ", ".join(header.fields)
        read = ["    " + row for row in lines.rows[method.body :]]
        del lines.rows[method.body :]
        lines.add("header = self.recall()")
        lines.add("if header is None:")
        lines.rows += read
        with lines.deeper():
            lines.add(f"self.header = ({fields})")
            lines.add("self.check_version()")
            lines.add(f"if {header.unless} is None:")
            lines.add(f"    self.remember({fields})")
        lines.add("else:")
        lines.add(f"    {fields} = header")

    def _checks_itself(self, name: str) -> bool:
        """Tell whether a rule's method refuses what the rule cannot begin with."""
        rule = self.overlay.rules[name]
        return bool(rule.enum or rule.flags) or self._refuses(self.grammar.rules[name])

    def _refuses(self, expansion: Expansion) -> bool:
        match expansion:
            case Choice():
                return len(self.openings.first(expansion)) > 1
            case Symbol(name, is_terminal=True):
                return self.terminals[name].form not in (Form.KEYWORD, Form.NAME) or bool(
                    self.terminals[name].kind in ("context_id", "request_id")
                )
            case Symbol(name):
                return (
                    self._checks_itself(name) if name in self.overlay.rules else self._refuses(self.grammar.rules[name])
                )
            case Sequence(parts):
                return isinstance(parts[0], Maybe) or self._refuses(parts[0])
            case Maybe() | Many():
                return True

    def _sequence(
        self, parts: tuple[Expansion, ...], due: Due, method: Method, after: Due, *, known: bool = False
    ) -> Due:
        index = 0
        missed: list[str] = []
        while index < len(parts):
            chain = self._chain(parts, index)
            rest = parts[index + max(chain, 1) :]
            then = self._due_at(rest, after)
            if chain:
                due = self._loop(parts[index : index + chain], due, method, known=known)
                missed = ["_COMMA"]
            else:
                part = parts[index]
                if (found := self._optional_pattern(part, rest)) is not None:
                    due = self._up_to(*found, due, method)
                elif isinstance(part, Symbol) and part.is_terminal and not known:
                    due = self._terminal(self.terminals[part.name], due, method, then, missed=missed)
                else:
                    due = self._write(part, due, method, then, known=known, rest=self._nexts(rest))
                before = missed if self.openings.can_be_empty(part) else []
                missed = [*before, *self._goes_on(part)]
            known = False
            index += max(chain, 1)
        return due

    def _goes_on(self, part: Expansion) -> list[str]:
        """Return the terminals with which a part could have gone on where it ended."""
        match part:
            case Symbol(name, is_terminal=False) if name not in self.overlay.rules:
                return self._goes_on(self.grammar.rules[name])
            case Choice(parts):
                return [name for one in parts for name in self._goes_on(one)]
            case Maybe(inner) | Many(inner):
                return [*self.openings.first(part), *self._goes_on(inner)]
            case Sequence(parts):
                ends = [self._goes_on(parts[-1])]
                for one, before in zip(reversed(parts), reversed(parts[:-1]), strict=False):
                    if not self.openings.can_be_empty(one):
                        break
                    ends.append(self._goes_on(before))
                return [name for end in ends for name in end]
        return []

    def _optional_pattern(self, part: Expansion, rest: tuple[Expansion, ...]) -> tuple[Terminal, Terminal] | None:
        """Return a terminal that may stand before a mark, and the mark, where what is no mark must be the terminal."""
        match part, rest:
            case Maybe(Symbol(name, is_terminal=True)), (Symbol(mark, is_terminal=True), *_):
                terminal, end = self.terminals[name], self.terminals[mark]
                if terminal.form is Form.PATTERN and end.form is Form.MARK and len(end.marks) == 1:
                    return terminal, end
        return None

    def _up_to(self, terminal: Terminal, mark: Terminal, due: Due, method: Method) -> Due:
        method.lines.add(f"if {self._absent(mark, due)}:")
        before = set(method.sure)
        with method.lines.deeper():
            self._terminal(terminal, due, method, Due.MARK)
        method.sure = before
        return Due.MARK
