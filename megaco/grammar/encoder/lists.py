"""Writes what stands several times."""

from ..expansion import Choice, Expansion, Symbol
from .clashes import ClashWriter
from .plan import Method, Parts, element


class ListWriter(ClashWriter):
    """Repeats."""

    def _chain_items(self, parts: Parts, method: Method) -> None:
        """Write ``X (_COMMA X)* (_COMMA Y)? (_COMMA Z)*`` as items."""
        elements = [(parts[0],), *(element(part) or () for part in parts[1:])]
        for parts_of_one in dict.fromkeys(elements):
            choice = parts_of_one[0] if isinstance(parts_of_one[0], Choice) else None
            self._elements(self._variants(parts_of_one), choice, method)

    def _elements(self, ways: list[Parts], choice: Expansion | None, method: Method) -> None:
        """Write all that is filled of the ways that an element of a list can be."""
        done: set[str] = set()
        tests: list[tuple[str, set[str]]] = []
        for way in ways:
            name = way[0].name if len(way) == 1 and isinstance(way[0], Symbol) else ""
            variable = self._variable(name, method) if name else ""
            if variable and self._is_list(variable, method):
                if variable not in done:
                    done.add(variable)
                    names = [
                        one[0].name
                        for one in ways
                        if len(one) == 1
                        and isinstance(one[0], Symbol)
                        and self._variable(one[0].name, method) == variable
                    ]
                    self._loop(variable, names, method, choice)
                continue
            test = self._test(way, method, in_list=True)
            earlier = [one for one, of in tests if of & set(self._uses(way, method))]
            tests.append((test, set(self._all_uses(way, method))))
            method.lines.add(f"if {' and '.join([test, *(f'not ({one})' for one in earlier)])}:")
            with method.lines.deeper():
                method.lines.add(f"{method.items}.append({self._fragment(way, method)})")
                self._check_clash(choice, way, method)

    def _loop(self, variable: str, names: list[str], method: Method, choice: Expansion | None = None) -> None:
        """Write each value of a list with the part that it is a value of."""
        lines, rule = method.lines, method.rule
        once = [name for name in names if name in rule.once]
        clashes = {name: self._clash(choice, (Symbol(name, name in self.terminals),), method) for name in names}
        if len(names) == 1 and not once and not clashes[names[0]]:
            each = f"each_of_{variable}"
            lines.add(f"for {each} in {variable}:")
            lines.add(f"    {method.items}.append({self._written(names[0], each, variable, method)})")
            return
        if once:
            lines.add("seen = 0")
        lines.add(f"for one in {variable}:")
        with lines.deeper():
            for index, name in enumerate(names):
                if len(names) > 1:
                    lines.add(f"{'if' if index == 0 else 'elif'} {self._is_a(name, 'one')}:")
                lines.indent += len(names) > 1
                if name in once:
                    bit = 1 << rule.once.index(name)
                    lines.add(f"if seen & {bit}:")
                    lines.add(f'    self.twice(node, "{variable}", one)')
                    lines.add(f"seen |= {bit}")
                if clash := clashes[name]:
                    self._refuse_clash(*clash, variable, method, "one")
                lines.add(f"{method.items}.append({self._written(name, 'one', variable, method)})")
                lines.indent -= len(names) > 1
            if len(names) > 1:
                lines.add("else:")
                lines.add(f'    self.no_place_for(node, "{variable}", one)')
