"""Writes what becomes of a part's value: the variables that a node is made from."""

from ..overlay import Target
from ..shapes import INNER
from .plan import Method, names_of
from .tables import Tables


class FieldWriter(Tables):
    """Fills fields."""

    def _bind(self, part: str, value: str, method: Method) -> None:
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

    def _fill(self, part: str, target: Target, prefix: str, value: str, method: Method) -> None:
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

    def _append(self, part: str, name: str, value: str, method: Method) -> None:
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
        names = names_of(part)
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

    def _check_repeated(self, name: str, part: str, method: Method) -> None:
        """Refuse a field filled twice, where a loop can do so."""
        group = next((group for group in method.rule.one_of if name in group), (name,))
        if method.loops:
            tests = [self.shapes.is_filled(method.rule, one) for one in group]
            method.lines.add(f"if {' or '.join(tests)}:")
            method.lines.add(f'    self.twice("{name.removeprefix(INNER)}", {self._code_of(part)})')

    def _check_once(self, part: str, method: Method) -> None:
        if part in method.rule.once:
            bit = 1 << method.rule.once.index(part)
            method.lines.add(f"if seen & {bit}:")
            method.lines.add(f'    self.twice("this descriptor", {self._code_of(part)})')
            method.lines.add(f"seen |= {bit}")

    def _check_exclusive(self, part: str, method: Method) -> None:
        for index, group in enumerate(method.rule.exclusive, 1):
            if part in group:
                method.lines.add(f"if group not in (0, {index}):")
                method.lines.add("    self.excluded()")
                method.lines.add(f"group = {index}")

    def _code_of(self, part: str) -> int:
        return 448 if part.endswith("_descriptor") else 456
