"""Writes how a terminal is told and taken."""

from ..expansion import UnknownFormError
from ..terminals import Form, Terminal
from .fields import FieldWriter
from .plan import LATER_VERSION, Due, Method


class TerminalWriter(FieldWriter):
    """Takes terminals."""

    def _terminal(
        self,
        terminal: Terminal,
        due: Due,
        method: Method,
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
            return f"self.take_number({terminal.digits}, {terminal.most}, {expected})"
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

    def _punctuation(
        self, terminal: Terminal, due: Due, method: Method, after: Due, *, known: bool, missed: list[str]
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

    def _expect(self, terminal: Terminal, due: Due, method: Method) -> None:
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

    def _since(self, name: str, method: Method) -> None:
        """Note an element that came with a later version than the message's."""
        if (version := self.overlay.since.get(name)) is not None:
            method.lines.add(f"if self.version < {version}:")
            method.lines.add(f'    self.deviate("{LATER_VERSION}", self.start, ALLOWANCES["{LATER_VERSION}"])')

    def _deviate(self, terminal: Terminal, at: str, method: Method) -> None:
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

    def _settle(self, due: Due, wanted: Due, method: Method) -> Due:
        """Go on to a word that follows a word with nothing between them."""
        if due is Due.MARK and wanted is Due.WORD:
            method.lines.add("self.read(self.end)")
            method.told = False
            return Due.WORD
        return due
