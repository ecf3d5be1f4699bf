"""Writes the production decoder: a method a rule, each as one would write it by hand for that rule.

A method is entered with its rule's first terminal as the current item, and left with the mark after its last terminal
not yet taken (``megaco/text/scanner.py``). Inside, the writer knows of each place whether a word is due or a mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from .expansion import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol, recursive_rules
from .lines import Lines
from .openings import Openings
from .overlay import Overlay, Rule, Target
from .shapes import INNER, Shapes
from .terminals import Form, Terminal

LATER_VERSION = "later-version"
"""The allowance for what came with a later version than the message's."""

Alternative = tuple[Expansion, ...]
"""What stands one after the other where a choice decides for it."""


class Due(Enum):
    """What a place in a rule is about to look at."""

    WORD = auto()
    """The current item's word: nothing of the item is taken yet."""
    MARK = auto()
    """What stands after the current word, which is taken."""


class UnknownFormError(ValueError):
    """A production that the writer cannot turn into code."""


@dataclass
class _Method:
    """The rule being written."""

    name: str
    rule: Rule
    lines: Lines
    told: bool = True
    """Whether ``self.token`` is what the current word is."""
    body: int = 0
    """The line at which the production begins."""
    loops: int = 0
    """How many loops the current place is in."""
    times: dict[str, int] = field(default_factory=dict)
    """How often a part with several targets was written."""
    sure: set[str] = field(default_factory=set)
    """Fields that are filled whenever the rule is through."""


class DecoderWriter:
    """Writes the decoder of a grammar."""

    def __init__(self, grammar: Grammar, overlay: Overlay, terminals: dict[str, Terminal], start: str) -> None:
        self.grammar = grammar
        self.overlay = overlay
        self.terminals = terminals
        self.start = start
        self.openings = Openings(grammar)
        self.shapes = Shapes(grammar, overlay)
        self.places: dict[tuple[str, ...], str] = {}
        """Terminals that a place tells apart -> the name of its lexicon."""
        self.patterns: dict[str, None] = {}
        """Terminals whose pattern is used."""
        self.wanted: dict[str, None] = {}
        """Terminals that are taken by code that refuses what is none."""
        self.recursive = recursive_rules(grammar)
        self.allowance_of = {allowance.terminal: name for name, allowance in overlay.allowances.items()}

    def methods(self) -> Iterator[str]:
        """Yield the source of each rule's method, in the order of the grammar file."""
        for name, expansion in self.grammar.rules.items():
            if name in self.overlay.rules:
                yield self._method(name, expansion)

    # ------------------------------------------------------------------------------------------------ method

    def _method(self, name: str, expansion: Expansion) -> str:
        rule = self.overlay.rules[name]
        method = _Method(name, rule, Lines(1))
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
        return f"Annex B ``{_camel(name)}``."

    def _members(self, method: _Method, expansion: Expansion) -> None:
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

    def _value(self, method: _Method, expansion: Expansion) -> None:
        """A rule that yields the value of its only part."""
        lines = method.lines
        kind = self.shapes.of_rule(method.name)
        if "|" in kind:
            lines.add(f"value: {kind}")
        self._enter_level(method)
        self._since(method.name, method)
        due = Due.WORD if self._starts_with_word(expansion) else Due.MARK
        due = self._write(expansion, due, method, Due.MARK, known=self._is_checked(method.name))
        self._settle(due, Due.MARK, method)
        self._leave_level(method)
        lines.add_return("value")

    def _node(self, method: _Method, expansion: Expansion) -> None:
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
            lines.add(f"{_names_of(part)}: set[str] | None = None")
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
        self._settle(due, Due.MARK, method)
        self._required(method)
        self._leave_level(method)
        if method.name in self.recursive:
            lines.add("self.nesting -= 1")
        self._spread(method)
        self._construct(method)

    def _needs_start(self, rule: Rule) -> bool:
        return bool(rule.one_of) or bool(self.shapes.required(rule))

    def _levels(self, method: _Method) -> int:
        first = self.openings.first(self.grammar.rules[method.name])
        codes = {self.overlay.levels.get(name, 0) for name in first}
        return codes.pop() if len(codes) == 1 else 0

    def _enter_level(self, method: _Method) -> None:
        if code := self._levels(method):
            method.lines.add("outer = self.code")
            method.lines.add(f"self.code = {code}")

    def _leave_level(self, method: _Method) -> None:
        if self._levels(method):
            method.lines.add("self.code = outer")

    def _required(self, method: _Method) -> None:
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

    def _spread(self, method: _Method) -> None:
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

    def _construct(self, method: _Method) -> None:
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

    # ------------------------------------------------------------------------------------------ productions

    def _write(
        self,
        expansion: Expansion,
        due: Due,
        method: _Method,
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

    def _symbol(self, name: str, due: Due, method: _Method, after: Due, *, known: bool) -> Due:
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

    def _remember_header(self, method: _Method) -> None:
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
        self, parts: tuple[Expansion, ...], due: Due, method: _Method, after: Due, *, known: bool = False
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
                missed = [*missed, *self.openings.first(part)] if self.openings.can_be_empty(part) else []
            known = False
            index += max(chain, 1)
        return due

    def _optional_pattern(self, part: Expansion, rest: tuple[Expansion, ...]) -> tuple[Terminal, Terminal] | None:
        """Return a terminal that may stand before a mark, and the mark, where what is no mark must be the terminal."""
        match part, rest:
            case Maybe(Symbol(name, is_terminal=True)), (Symbol(mark, is_terminal=True), *_):
                terminal, end = self.terminals[name], self.terminals[mark]
                if terminal.form is Form.PATTERN and end.form is Form.MARK and len(end.marks) == 1:
                    return terminal, end
        return None

    def _up_to(self, terminal: Terminal, mark: Terminal, due: Due, method: _Method) -> Due:
        method.lines.add(f"if {self._absent(mark, due)}:")
        before = set(method.sure)
        with method.lines.deeper():
            self._terminal(terminal, due, method, Due.MARK)
        method.sure = before
        return Due.MARK

    def _due_at(self, parts: tuple[Expansion, ...], after: Due) -> Due:
        """Return what is due where these parts begin."""
        for part in parts:
            if self.openings.first(part):
                return Due.WORD if self._starts_with_word(part) else Due.MARK
        return after

    def _starts_with_word(self, expansion: Expansion) -> bool:
        """Tell whether an expansion begins in the place of a word: a bracket can begin there too."""
        kinds = {self.terminals[name].comes_after_a_word for name in self.openings.first(expansion)}
        if kinds == {False, True}:
            return True
        return kinds == {False}

    # --------------------------------------------------------------------------------------------- terminals

    def _terminal(
        self,
        terminal: Terminal,
        due: Due,
        method: _Method,
        after: Due,
        *,
        known: bool = False,
        missed: list[str] | None = None,
    ) -> Due:
        """Take a terminal, its value into the field it fills."""
        lines = method.lines
        if terminal.comes_after_a_word:
            return self._punctuation(terminal, due, method, after, known=known, missed=missed or [])
        due = self._settle(due, Due.WORD, method)
        if not known and not self._takes_itself(terminal):
            self._expect(terminal, due, method)
        self._deviate(terminal, "self.start", method)
        self._since(terminal.name, method)
        if terminal.form is Form.PREFIX:
            spellings = tuple(dict.fromkeys(spelling.lower() for spelling in terminal.spellings))
            lines.add(f"self.take_prefix({spellings}, {self._wants(terminal)})".replace("'", '"'))
        if terminal.form is Form.PATTERN and not terminal.kind:
            lines.add(f"self.take({self._pattern(terminal)}, {self._wants(terminal)})")
        if terminal.kind:
            self._bind(terminal.name, self._taking(terminal), method)
        else:
            self._bind(terminal.name, "", method)
        method.told = False
        return Due.MARK

    def _takes_itself(self, terminal: Terminal) -> bool:
        """Tell whether the code that takes a terminal refuses what is none."""
        return terminal.form is not Form.KEYWORD and (
            terminal.form is not Form.NAME or terminal.kind in ("context_id", "request_id")
        )

    def _taking(self, terminal: Terminal) -> str:
        """Return the expression that takes a terminal and is its value."""
        expected = self._wants(terminal)
        if terminal.form is Form.NUMBER:
            digits, most = self._digits(terminal)
            return f"self.take_number({digits}, {most}, {expected})"
        match terminal.kind:
            case "name" | "path_name" | "digit_first_name" | "extension":
                return "self.name"
            case "context_id" | "request_id":
                return f"self.take_{terminal.kind}({expected})"
            case "value":
                return f"self.take_value({self._pattern(terminal)}, {expected})"
            case "time_stamp":
                return f"self.take_time_stamp({expected})"
            case "digit_map":
                return f"self.take_digit_map({self._pattern(terminal)}, {expected})"
            case "octet_string":
                return f"self.take_octets({expected})"
        taken = f'self.take_converted({self._pattern(terminal)}, "{terminal.kind}", {expected})'
        return f"cast({self.shapes.of_kind(terminal.kind)}, {taken})"

    def _digits(self, terminal: Terminal) -> tuple[int, int]:
        """Return how many digits a number has at most, and the largest number."""
        pattern = terminal.pattern
        if not pattern.startswith("[0-9]{1,"):
            raise UnknownFormError(f"{terminal.name} is no number: {pattern}")
        digits = int(pattern.removeprefix("[0-9]{1,").partition("}")[0])
        most = {"uint16": 65535, "uint32": 4294967295}.get(terminal.kind, 10**digits - 1)
        return digits, most

    def _punctuation(
        self, terminal: Terminal, due: Due, method: _Method, after: Due, *, known: bool, missed: list[str]
    ) -> Due:
        lines = method.lines
        if not known and terminal.form is not Form.SPACE:
            lines.add(f"if {self._absent(terminal, due)}:")
            words = self._words([terminal.name, *missed])
            lines.add(f"    self.{'wrong_mark' if due is Due.MARK else 'wrong_word'}({words})")
        self._deviate(terminal, "self.skip(self.end)", method)
        if terminal.kind:
            self._bind(terminal.name, f"{self.shapes.of_kind(terminal.kind)}(self.mark)", method)
        method.told = False
        match terminal.form:
            case Form.SPACE:
                lines.add("self.separate()")
                return Due.WORD
            case Form.TIGHT:
                lines.add("self.read(self.end + 1)")
                return Due.WORD
            case Form.BRACES:
                lines.add("self.read(self.next)")
                lines.add("self.close()")
                return Due.MARK
        if terminal.marks in "}]" or (after is Due.MARK and terminal.marks not in "{"):
            lines.add("self.close()")
            return Due.MARK
        lines.add("self.read(self.next)")
        return Due.WORD

    def _present(self, terminal: Terminal, due: Due) -> str:
        """Return the condition that a terminal that comes after a word stands here."""
        empty = "self.end == self.start and " if due is Due.WORD else ""
        match terminal.form:
            case Form.MARK if len(terminal.marks) == 1:
                return f'{empty}self.mark == "{terminal.marks}"'
            case Form.MARK:
                return f"{empty}self.mark in ({', '.join(f'{mark!r}' for mark in terminal.marks)})".replace("'", '"')
            case Form.BRACES:
                return f'{empty}self.mark == "{terminal.marks[0]}" and self.text[self.next] == "{terminal.marks[1]}"'
            case Form.TIGHT:
                return f'self.text[self.end] == "{terminal.marks}"'
            case Form.AHEAD:
                return f'self.mark == "{terminal.marks}" and {self._pattern(terminal)}.match(self.text, self.end)'
            case Form.SPACE:
                return "self.is_blank()"
        raise UnknownFormError(f"{terminal.name} where a mark is due")

    def _absent(self, terminal: Terminal, due: Due) -> str:
        if terminal.form is Form.MARK and len(terminal.marks) == 1:
            word = "self.end != self.start or " if due is Due.WORD else ""
            return f'{word}self.mark != "{terminal.marks}"'
        if terminal.form is Form.TIGHT:
            return f'self.text[self.end] != "{terminal.marks}"'
        return f"not ({self._present(terminal, due)})"

    def _expect(self, terminal: Terminal, due: Due, method: _Method) -> None:
        """Refuse what is not this terminal, without taking it."""
        lines = method.lines
        if terminal.comes_after_a_word:
            lines.add(f"if {self._absent(terminal, due)}:")
            lines.add(f"    self.{'wrong_mark' if due is Due.MARK else 'wrong_word'}({self._words([terminal.name])})")
            return
        if terminal.form is Form.VALUE or not terminal.is_wordish:
            return
        self._tell([terminal.name], terminal.name, method)
        lines.add(f"if self.token != {terminal.constant}:")
        lines.add(f"    self.wrong_word({self._words([terminal.name])})")

    def _since(self, name: str, method: _Method) -> None:
        """Note an element that came with a later version than the message's."""
        if (version := self.overlay.since.get(name)) is not None:
            method.lines.add(f"if self.version < {version}:")
            method.lines.add(f'    self.deviate("{LATER_VERSION}", self.start, ALLOWANCES["{LATER_VERSION}"])')

    def _deviate(self, terminal: Terminal, at: str, method: _Method) -> None:
        name = self.allowance_of.get(terminal.name)
        if name is None:
            return
        allowance, lines = self.overlay.allowances[name], method.lines
        call = f'self.deviate("{name}", {at}, ALLOWANCES["{name}"])'
        if allowance.legal_until:
            lines.add(f"if self.version > {allowance.legal_until}:")
            lines.add(f"    {call}")
        else:
            lines.add(call)

    def _settle(self, due: Due, wanted: Due, method: _Method) -> Due:
        """Go on to a word that follows a word with nothing between them."""
        if due is Due.MARK and wanted is Due.WORD:
            method.lines.add("self.read(self.end)")
            method.told = False
        elif due is Due.WORD and wanted is Due.MARK:
            return Due.WORD
        return wanted

    # ----------------------------------------------------------------------------------------------- choices

    def _choice(self, alternatives: list[Alternative], due: Due, method: _Method, after: Due) -> Due:
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
            self._distinguish(flat, 1, due, method, after, ends)
        else:
            self._branches(flat, due, method, after, ends)
        method.sure = before | set.intersection(*(sure for _, sure in ends))
        dues = {end for end, _ in ends}
        if len(dues) > 1:
            raise UnknownFormError(f"{method.name}: alternatives end with different things due")
        return dues.pop()

    def _firsts(self, alternative: Alternative) -> list[str]:
        return sorted({opening[0] for opening in self.openings.joined(alternative) if opening})

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

    def _only_decides(self, alternatives: list[Alternative], method: _Method) -> bool:
        """Tell whether a choice is one of keywords that do nothing but name the node's class."""
        names = [one[0].name for one in alternatives if len(one) == 1 and isinstance(one[0], Symbol)]
        return (
            len(names) == len(alternatives) and "" not in method.rule.classes and set(names) == set(method.rule.classes)
        )

    def _branches(
        self,
        alternatives: list[Alternative],
        due: Due,
        method: _Method,
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
            tests = [test for test in (self._test(names, due, words, every, index == len(groups) - 1),) if test]
            lines.add(f"{word_if} {tests[0]}:")
            word_if, is_open = "elif", True
            with lines.deeper():
                before = set(method.sure)
                method.told = has_token or not told
                chosen = [alternatives[owner] for owner in owners]
                if len(chosen) == 1:
                    end = self._alternative(chosen[0], due, method, after)
                    ends.append((end, method.sure))
                else:
                    self._distinguish(chosen, 1, due, method, after, ends)
                method.sure = before
        lines.add("else:")
        refusal = "wrong_word" if due is Due.WORD else "wrong_mark"
        lines.add(f"    self.{refusal}({self._words(every)})")
        lines.indent = indent
        method.told = False

    def _alternative(self, alternative: Alternative, due: Due, method: _Method, after: Due) -> Due:
        before = len(method.lines.rows)
        end = self._sequence(alternative, due, method, after, known=True)
        end = self._level_with(end, after, method)
        if len(method.lines.rows) == before:
            method.lines.add("pass")
        return end

    def _level_with(self, end: Due, after: Due, method: _Method) -> Due:
        """Bring an alternative to what is due after the choice."""
        if end is Due.MARK and after is Due.WORD:
            return self._settle(end, after, method)
        return end

    def _rank(self, name: str) -> int:
        return self.terminals[name].rank

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

    def _test(self, names: list[str], due: Due, words: list[str], every: list[str], is_last: bool) -> str:
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
        characters = _first_characters(terminal.pattern)
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
        return not characters[1].isalnum() and all(_first_characters(one) not in ("", characters) for one in patterns)

    def _distinguish(
        self,
        alternatives: list[Alternative],
        depth: int,
        due: Due,
        method: _Method,
        after: Due,
        ends: list[tuple[Due, set[str]]],
    ) -> None:
        """Write a choice between alternatives that begin with the same ``depth`` terminals."""
        lines = method.lines
        openings = [self.openings.joined(one) for one in alternatives]
        nexts = [{opening[depth] for opening in of_one if len(opening) > depth} for of_one in openings]
        if not any(nexts[index] & nexts[other] for index in range(len(nexts)) for other in range(index)):
            self._by_next(alternatives, nexts, depth, Due.MARK, due, method, after, ends)
            return
        common = sorted(openings[0])[0][:depth]
        peeked = sorted({opening[: depth + 1] for of_one in openings for opening in of_one})[0]
        thirds = [{opening[depth + 1] for opening in of_one if len(opening) > depth + 1} for of_one in openings]
        if len({peeked}) != 1 or any(thirds[0] & other for other in thirds[1:]):
            raise UnknownFormError(f"{method.name}: alternatives that begin with {common} cannot be told apart")
        lines.add("at = self.start")
        state = due
        for name in peeked[1:] if due is Due.WORD and self.terminals[peeked[0]].is_wordish else peeked:
            state = self._pass(self.terminals[name], state, method)
        self._by_next(alternatives, thirds, depth + 1, state, due, method, after, ends, back=True)

    def _pass(self, terminal: Terminal, state: Due, method: _Method) -> Due:
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
        method: _Method,
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

    def _test_ahead(self, names: list[str], state: Due, method: _Method) -> str:
        wordish = [name for name in names if self.terminals[name].is_wordish]
        tests = [self._stands(self.terminals[name], state, names) for name in names if name not in wordish]
        if wordish:
            tests.append(f"{self._token(wordish, method.name)} != UNKNOWN")
        return " or ".join(tests)

    # ----------------------------------------------------------------------------------- options, repetitions

    def _nexts(self, parts: tuple[Expansion, ...]) -> list[str]:
        """Return the terminals that these parts can begin with."""
        names: list[str] = []
        for part in parts:
            names += self.openings.first(part)
            if not self.openings.can_be_empty(part):
                break
        return names

    def _maybe(self, part: Expansion, due: Due, method: _Method, after: Due, rest: list[str]) -> Due:
        """Write an optional part; ``rest``: terminals that can stand in its stead."""
        lines = method.lines
        if self._due_at((part,), after) is Due.WORD and due is Due.MARK:
            due = self._settle(due, Due.WORD, method)
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
            end = self._write(part, due, method, after, known=len(first) == 1)
            if end is Due.MARK and after is Due.WORD:
                end = self._settle(end, after, method)
            if end is Due.WORD and told and not method.told:
                self._tell(rest, method.name, method)
        method.sure = before
        method.told = told and end is Due.WORD
        return self._after_option(first, due, end, after, method)

    def _after_option(self, first: list[str], due: Due, end: Due, after: Due, method: _Method) -> Due:
        """Bring the way without an optional part to what is due after the way with it."""
        lines = method.lines
        if end is due:
            if due is Due.MARK and all(self.terminals[name].form is Form.MARK for name in first):
                lines.add("else:")
                lines.add(f"    self.missed = {_quoted(' or '.join(self._word_list(first)))}")
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

    def _many(self, part: Expansion, least: int, due: Due, method: _Method, after: Due) -> Due:
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

    def _loop(self, parts: tuple[Expansion, ...], due: Due, method: _Method, *, known: bool) -> Due:
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

    def _lists_of(self, element: Expansion, method: _Method) -> set[str]:
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

    def _staged(self, rest: list[Expansion], elements: list[tuple[Expansion, ...]], method: _Method) -> None:
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

    # -------------------------------------------------------------------------------------------------- fields

    def _bind(self, part: str, value: str, method: _Method) -> None:
        """Write what becomes of a part's value: ``value`` is the expression that takes it, "" for a keyword."""
        rule, lines = method.rule, method.lines
        if rule.value:
            if value:
                lines.add(f"value = {value}")
            return
        spread = rule.spread.fields if rule.spread is not None else {}
        target = rule.fields.get(part, spread.get(part))
        prefix = INNER if part not in rule.fields and part in spread else ""
        self._check_exclusive(part, method)
        self._check_once(part, method)
        if part in rule.classes:
            lines.add(f"keyword = {self.terminals[part].constant}")
        elif target is None:
            if value:
                lines.add(value)
        elif isinstance(target, dict):
            ((name, constant),) = target.items()
            self._check_repeated(prefix + name, part, method)
            lines.add(f"{prefix}{name} = {constant}")
        else:
            self._fill(part, target, prefix, value, method)

    def _fill(self, part: str, target: Target, prefix: str, value: str, method: _Method) -> None:
        rule, lines = method.rule, method.lines
        if isinstance(target, list):
            time = method.times.get(part, 0)
            method.times[part] = time + 1
            name = prefix + target[min(time, len(target) - 1)]
        else:
            name = prefix + str(target)
        if self.shapes.is_list(rule, name):
            self._append(part, name, value, method)
            return
        self._check_repeated(name, part, method)
        lines.add(f"{name} = {value}")
        if part == self.overlay.header.version and method.name == self.start:
            lines.add(f"self.set_version({name})")
        if not method.loops:
            method.sure.add(name)

    def _append(self, part: str, name: str, value: str, method: _Method) -> None:
        lines = method.lines
        if not method.loops:
            lines.add(f"{name} = ({value},)")
            method.sure.add(name)
            return
        more = [
            f"if more_{name} is None:",
            f"    more_{name} = [{name}[0]]",
            f"if len(more_{name}) >= self.max_items:",
            f'    self.too_many("{name.removeprefix(INNER)}")',
            *(self._unique(part, name, value) if part in method.rule.unique else [f"more_{name}.append({value})"]),
        ]
        if name in method.sure:
            lines += more
            return
        lines.add(f"if not {name}:")
        lines.add(f"    {name} = ({value},)")
        lines.add("else:")
        with lines.deeper():
            lines += more

    def _unique(self, part: str, name: str, value: str) -> list[str]:
        """Return the lines that add to a list in which no two have the same name."""
        names = _names_of(part)
        return [
            "at = self.start",
            f"item = {value}",
            f"if {names} is None:",
            f"    {names} = {{{name}[0].name.lower()}}",
            "folded = item.name.lower()",
            f"if folded in {names}:",
            f"    self.twice(item.name, {self._code_of(part)}, at)",
            f"{names}.add(folded)",
            f"more_{name}.append(item)",
        ]

    def _check_repeated(self, name: str, part: str, method: _Method) -> None:
        """Refuse a field filled twice, where a loop can do so."""
        group = next((group for group in method.rule.one_of if name in group), (name,))
        if method.loops:
            tests = [self.shapes.is_filled(method.rule, one) for one in group]
            method.lines.add(f"if {' or '.join(tests)}:")
            method.lines.add(f'    self.twice("{name.removeprefix(INNER)}", {self._code_of(part)})')

    def _check_once(self, part: str, method: _Method) -> None:
        if part in method.rule.once:
            bit = 1 << method.rule.once.index(part)
            method.lines.add(f"if seen & {bit}:")
            method.lines.add(f'    self.twice("this descriptor", {self._code_of(part)})')
            method.lines.add(f"seen |= {bit}")

    def _check_exclusive(self, part: str, method: _Method) -> None:
        for index, group in enumerate(method.rule.exclusive, 1):
            if part in group:
                method.lines.add(f"if group not in (0, {index}):")
                method.lines.add("    self.excluded()")
                method.lines.add(f"group = {index}")

    def _code_of(self, part: str) -> int:
        return 448 if part.endswith("_descriptor") else 456

    # -------------------------------------------------------------------------------------------------- tables

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

    def _tell(self, names: list[str], place: str, method: _Method) -> None:
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
        return f"({', '.join(map(_quoted, words))}{',' if len(words) == 1 else ''})"


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _names_of(part: str) -> str:
    return f"names_of_{part}"


def _first_characters(pattern: str) -> str:
    """Return, as a literal, the characters that a pattern's matches begin with, where its first character is fixed."""
    folds = pattern.startswith("(?i:")
    bare = pattern.removeprefix("(?i:")
    if bare.startswith("[0-9]"):
        return _quoted("0123456789")
    character = bare[1] if bare[0] == "\\" else bare[0]
    if bare[0] in "([.^$" or (bare[0] == "\\" and character.isalnum()):
        return ""
    characters = {character.lower(), character.upper()} if folds else {character}
    return _quoted("".join(sorted(characters)))
