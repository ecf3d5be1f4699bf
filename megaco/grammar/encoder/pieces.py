"""Writes single parts: words, values, punctuation, as pieces of an f-string."""

from ..expansion import Expansion, Symbol, UnknownFormError
from ..shapes import INNER
from ..terminals import Form, Terminal
from .fields import FieldReader
from .plan import Method, Parts, f_string


class PieceWriter(FieldReader):
    """Writes words and values."""

    def _return(self, method: Method) -> None:
        """Write what is left, and return the whole."""
        if method.has_text:
            self._flush(method)
            method.lines.add(f"return {method.text}")
        else:
            method.lines.add(f"return {f_string(method.pieces)}")

    def _flush(self, method: Method) -> None:
        if method.pieces or not method.has_text:
            sign = "+=" if method.has_text else "="
            method.lines.add(f"{method.text} {sign} {f_string(method.pieces)}")
            method.pieces = []
            method.has_text = True

    def _piece(self, name: str, before: Expansion | None, method: Method) -> str:
        """Return a symbol's text as a piece of an f-string."""
        if name in method.rule.classes:
            return "{" + self._keyword(name) + "}"
        variable = self._variable(name, method)
        if variable:
            method.times[name] = method.times.get(name, 0) + 1
            value = f"{variable}[0]" if self._is_list(variable, method) else variable
            return "{" + self._written(name, value, variable, method) + "}"
        if name in self.overlay.rules:
            raise UnknownFormError(f"{method.name}: nothing fills {name}")
        terminal = self.terminals[name]
        if terminal.form in (Form.KEYWORD, Form.PREFIX):
            return "{" + self._keyword(name) + "}"
        return self._punctuation(terminal, before, method)

    def _keyword(self, name: str) -> str:
        self.keywords[name] = None
        return f"self.words.{self.terminals[name].constant}"

    def _class_keyword(self, method: Method) -> None:
        """Write the keyword that stands for the node's class."""
        classes = list(method.rule.classes.items())
        if method.pieces:
            self._flush(method)
        for index, (keyword, node) in enumerate(classes):
            is_last = index == len(classes) - 1
            method.lines.add("else:" if is_last else f"{'if' if index == 0 else 'elif'} type(node) is _{node}:")
            method.lines.add(f"    {method.text} {'+=' if method.has_text else '='} {self._keyword(keyword)}")
        method.has_text = True

    def _punctuation(self, terminal: Terminal, before: Expansion | None, method: Method) -> str:
        if terminal.form is Form.SPACE:
            ends_line = isinstance(before, Symbol) and before.name in self.overlay.layout.lines
            return "\\n" if ends_line else " "
        if terminal.form is Form.BRACES:
            return "{self.gap}{self.block([], depth)}"
        if terminal.form is Form.PATTERN:
            return self.grammar.spellings[terminal.name][0]
        return {"=": "{self.equal}", ",": "{self.comma}"}.get(terminal.marks, terminal.marks)

    def _written(self, part: str, value: str, variable: str, method: Method) -> str:
        """Return the expression for a part's text; ``value`` is it, or one of the list ``variable``."""
        place = "node, field" if method.rule.value else f"node, '{variable.removeprefix(INNER).removeprefix('node.')}'"
        if part in self.overlay.rules:
            if self.overlay.rules[part].classes:
                return f"self.{part}({value}, {method.depth})"
            return f"self.{part}({value}, {place}, {method.depth})"
        terminal = self.terminals[part]
        match terminal.kind:
            case "uint32" | "uint16" | "version" | "timer" | "error_code":
                return f"self.number({value}, {terminal.most}, {place})"
            case "context_id":
                return f"self.context_id_text({value}, {place})"
            case "request_id":
                return f"self.request_id_text({value}, {place})"
            case "value":
                return f"self.value_text({value})"
            case "time_stamp":
                return f"self.time_stamp_text({value})"
            case "quoted_string":
                return f"self.quoted({value}, {place})"
            case "relation":
                return f"self.gap + {value}.value + self.gap"
        return f"{self._speller(part, method)}.spell({value}, {place})"

    def _speller(self, part: str, method: Method) -> str:
        """Return what spells a terminal, or any of those that fill the same field."""
        key = tuple(one for one in self._rivals(part, method) if one in self.terminals)
        return self.spellers.setdefault(key, "_" + "_OR_".join(self.terminals[one].constant for one in key[:2]))

    def _wanted(self, ways: list[Parts]) -> str:
        """Return what an error calls the parts, one of which must be there."""
        firsts = [name for way in ways for name in self._names(way[0])[:1]]
        words = [name if name in self.overlay.rules else self.overlay.word(name, self.grammar) for name in firsts]
        return " or ".join(dict.fromkeys(word for word in words if word)).replace('"', "'")

    def _each(self, name: str, variable: str, method: Method) -> str:
        return f"{self._written(name, 'one', variable, method)} for one in {variable}"
