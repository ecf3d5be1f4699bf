"""Which field a part takes, and when it can be written."""

from ..expansion import Choice, Expansion, Many, Maybe, Sequence, Symbol
from ..shapes import INNER
from .plan import Method, Parts, any_of
from .ways import Ways


class FieldReader(Ways):
    """Reads fields."""

    def _target(self, part: str, method: Method) -> str | list[str] | dict[str, bool] | None:
        rule = method.rule
        spread = rule.spread.fields if rule.spread is not None else {}
        return rule.fields.get(part, spread.get(part))

    def _prefix(self, part: str, method: Method) -> str:
        return "" if part in method.rule.fields else INNER

    def _variable(self, part: str, method: Method) -> str:
        """Return the variable that a part takes its value from; "" where nothing fills it, or its presence says all."""
        if method.rule.value:
            is_value = part in self.overlay.rules or bool(self.terminals[part].kind)
            return "value" if is_value else ""
        target = self._target(part, method)
        if target is None or isinstance(target, dict):
            return ""
        if isinstance(target, list):
            return self._prefix(part, method) + target[min(method.times.get(part, 0), len(target) - 1)]
        if target not in self.shapes.common_fields(method.rule) and part in method.rule.fields:
            return f"node.{target}"
        return self._prefix(part, method) + target

    def _is_list(self, variable: str, method: Method) -> bool:
        return not method.rule.value and self.shapes.is_list(method.rule, variable.removeprefix("node."))

    def _rivals(self, part: str, method: Method) -> list[str]:
        """Return all parts that fill the same field."""
        rule, target = method.rule, self._target(part, method)
        if rule.value:
            return self.shapes.value_parts(method.name)
        fields = rule.fields if part in rule.fields else rule.spread.fields if rule.spread else {}
        return [one for one, of_one in fields.items() if of_one == target and not self._is_deviant(one)]

    def _is_filled(self, variable: str, method: Method) -> str:
        if self._is_list(variable, method):
            return variable
        name = variable.removeprefix("node.")
        return self.shapes.is_filled(method.rule, name).replace(name, variable, 1)

    def _uses(self, parts: Parts, method: Method) -> list[str]:
        """Return the variables that these parts write."""
        found = [self._variable(name, method) for part in self._opened(parts) for name in self._names(part)]
        return list(dict.fromkeys(filter(None, found)))

    def _all_uses(self, parts: Parts, method: Method) -> list[str]:
        """Return the variables that these parts write, or that a keyword among them stands for."""
        found = self._uses(parts, method)
        for name in self._bound(self._opened(parts)):
            target = None if method.rule.value else self._target(name, method)
            if isinstance(target, dict):
                found += [self._prefix(name, method) + variable for variable in target]
        return list(dict.fromkeys(found))

    def _test(self, parts: Parts, method: Method, *, in_list: bool = False) -> str:
        """Return the condition that these parts can be written; "" where nothing speaks against it."""
        tests: list[str] = []
        index = 0
        while index < len(parts):
            length = self._chain(parts, index)
            tests.append(self._test_part(parts[index], method, in_list or length > 0))
            index += max(length, 1)
        return " and ".join(dict.fromkeys(filter(None, tests)))

    def _test_part(self, part: Expansion, method: Method, in_list: bool) -> str:
        match part:
            case Symbol(name):
                return self._test_symbol(name, method, in_list)
            case Sequence(parts):
                return self._test(parts, method, in_list=in_list)
            case Choice(parts):
                tests = [self._test(self._straight(one), method, in_list=in_list) for one in parts]
                atoms = [atom for test in dict.fromkeys(tests) for atom in test.strip("()").split(" or ")]
                return any_of(list(dict.fromkeys(atoms))) if all(tests) else ""
            case Many(inner):
                return self._test((inner,), method, in_list=True)
            case Maybe():
                return ""

    def _test_symbol(self, name: str, method: Method, in_list: bool) -> str:
        if name in method.rule.classes:
            return f"type(node) is _{method.rule.classes[name]}"
        target = self._target(name, method) if not method.rule.value else None
        if isinstance(target, dict):
            ((variable, constant),) = target.items()
            return f"{self._prefix(name, method)}{variable} is {constant}"
        variable = self._variable(name, method)
        if not variable:
            return ""
        if self._is_list(variable, method):
            return variable if in_list else f"len({variable}) == 1"
        if len(self._rivals(name, method)) > 1 and name in self.overlay.rules:
            return self._is_a(name, variable)
        return "" if method.rule.value else self._is_filled(variable, method)

    def _is_a(self, rule: str, variable: str) -> str:
        """Return the condition that a value is what a rule yields."""
        kinds = [kind if kind == "bool" else f"_{kind}" for kind in self.shapes.of_rule(rule).split(" | ")]
        return " or ".join(f"type({variable}) is {kind}" for kind in kinds)
