"""Refuses names that would be read as keywords.

Keywords are no reserved words: a termination may be called ``Add``. Only where a keyword and a name can stand at one
place does a reader take the keyword: a signal parameter called ``Stream`` would come back as the signal's stream. Such
places are found from the grammar: two alternatives begin alike, up to a keyword in one and a name in the other.
"""

import re

from ..expansion import Choice, Expansion, Symbol, UnknownFormError
from ..terminals import Form
from .pieces import PieceWriter
from .plan import Method, Parts


class ClashWriter(PieceWriter):
    """Refuses clashes."""

    def _clash(self, choice: Expansion | None, way: Parts, method: Method) -> tuple[str, str] | None:
        """Return the expression for a name in a way and the set of words that would be read as another way there."""
        if not isinstance(choice, Choice):
            return None
        own = self.openings.joined(way)
        others = self.openings.of(choice) - own
        for opening in sorted(own):
            for index, name in enumerate(opening):
                if self.terminals[name].form is not Form.NAME:
                    continue
                rivals = {one[index] for one in others if len(one) > index and one[:index] == opening[:index]}
                words = self._words_like(name, rivals)
                if words:
                    expression = self._terminal_at(way, index, method)
                    return expression, self.clashes.setdefault(words, f"_KEYWORDS_OF_{method.name.upper()}")
        return None

    def _words_like(self, name: str, rivals: set[str]) -> tuple[str, ...]:
        """Return the keywords among rivals that have a name's form."""
        pattern = re.compile(self.terminals[name].pattern)
        keywords = [self.terminals[rival] for rival in rivals if self.terminals[rival].form is Form.KEYWORD]
        words = {word.lower() for keyword in keywords for word in keyword.spellings if pattern.fullmatch(word)}
        return tuple(sorted(words))

    def _terminal_at(self, parts: Parts, index: int, method: Method, owner: str = "") -> str:
        """Return the expression for the value of the terminal that parts have at an index."""
        for part in parts:
            names = self.openings.of(part)
            length = min(map(len, names))
            if index >= length and all(len(one) == length for one in names) and length < 3:
                index -= length
                continue
            match part:
                case Symbol(name, is_terminal=True):
                    return owner or self._variable(name, method)
                case Symbol(name) if name in self.overlay.rules:
                    return self._inside(name, index, owner or self._variable(name, method), method)
                case Choice(ones):
                    method.clash_test = self._test(self._straight(ones[0]), method)
                    return self._terminal_at(self._straight(ones[0]), index, method, owner)
                case _:
                    return self._terminal_at(self._straight(part), index, method, owner)
        raise UnknownFormError(f"{method.name}: no terminal at {index}")

    def _inside(self, name: str, index: int, value: str, method: Method) -> str:
        """Go on with ``_terminal_at`` in a rule that yields ``value``."""
        rule = self.overlay.rules[name]
        inner = Method(name, rule, method.lines)
        if rule.value:
            return value
        found = self._terminal_at(self._straight(self.grammar.rules[name]), index, inner)
        is_list = self._is_list(found, inner)
        method.clash_test = inner.clash_test.replace("len(", f"len({value}.")
        return f"{value}.{found}{'[0]' if is_list else ''}"

    def _check_clash(self, choice: Expansion | None, way: Parts, method: Method) -> None:
        clash = self._clash(choice, way, method)
        if clash is not None:
            expression, words = clash
            variable = expression.partition("[")[0]
            if self._is_list(variable, method):
                expression = f"{variable}[0]"
            self._refuse_clash(expression, words, variable, method, expression)

    def _refuse_clash(self, expression: str, words: str, variable: str, method: Method, value: str) -> None:
        expression = re.sub(rf"^{variable}(?=\.)", "one", expression) if value == "one" else expression
        place = "node, field" if method.rule.value else f'node, "{variable.partition(".")[0]}"'
        tests = [method.clash_test] if method.clash_test else []
        method.clash_test = ""
        method.lines.add(f"if {' and '.join([*tests, f'{expression}.lower() in {words}'])}:")
        method.lines.add(f"    self.keyword({place}, {value}, {expression})")
