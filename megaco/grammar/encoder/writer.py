"""Writes the production encoder: the mirror of the decoder, a method a rule, from the same grammar and overlay.

A method takes a node (or a value) and returns its text. Walking the rule's production, the writer knows of each part
which field it takes; what is optional, chosen or repeated is decided by the fields that are filled. A filled field that
a production leaves over is refused.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..expansion import Choice, Expansion, Many, Maybe, Sequence, Symbol
from ..lines import Lines, camel
from ..shapes import INNER, enum_of
from .lists import ListWriter
from .plan import MANY_FIELDS, Method, Parts, f_string, is_comma


class EncoderWriter(ListWriter):
    """Writes the encoder of a grammar."""

    def methods(self) -> Iterator[str]:
        """Yield the source of each rule's method, in the order of the grammar file."""
        for name, expansion in self.grammar.rules.items():
            if name in self.overlay.rules and not self._is_deviant(name):
                yield self._method(name, expansion)

    # ------------------------------------------------------------------------------------------------ method

    def _method(self, name: str, expansion: Expansion) -> str:
        rule = self.overlay.rules[name]
        method = Method(name, rule, Lines(1))
        lines = method.lines
        given = f"node: {self.shapes.of_rule(name)}"
        if not rule.classes:
            given = f"value: {self.shapes.of_rule(name)}, node: Node, field: str"
        lines.add(f"def {name}(self, {given}, depth: i64) -> str:")
        with lines.deeper():
            lines.add(f'"""Annex B ``{camel(name)}``."""')
            if rule.enum or rule.flags:
                self._members(method)
            else:
                if name in self.recursive:
                    lines.add("self.check_depth(depth, node)")
                self._take_fields(method)
                self._check_rule(method)
                self._text(self._straight(expansion), method)
                self._return(method)
        return lines.text()

    def _members(self, method: Method) -> None:
        """A keyword that stands for a member."""
        first = self.openings.first(self.grammar.rules[method.name])
        for terminal, member in method.rule.members().items():
            if terminal not in first:
                continue
            literal = f"_{enum_of(member).replace('.', '_')}" if method.rule.enum else str(member)
            method.lines.add(f"if value is {literal}:")
            method.lines.add(f"    return {self._keyword(terminal)}")
        method.lines.add("self.no_place_for(node, field, value)")

    def _take_fields(self, method: Method) -> None:
        """Put the fields that the rule writes into variables of their names."""
        rule, lines = method.rule, method.lines
        names = self.shapes.common_fields(rule)
        kinds = {name: self.shapes.type_of(rule, name) for name in names}
        every = self.shapes.all_fields(rule)
        if len(names) < MANY_FIELDS or not every:
            lines += [f"{name}: {kind} = node.{name}" for name, kind in kinds.items()]
        else:
            lines += [f"{name}: {kind}" for name, kind in kinds.items()]
            lines.add(f"{', '.join(name if name in kinds else '_' for name in every)} = astuple(node)")
        if rule.spread is not None:
            self._take_spread(method)
        for name in self.shapes.foreign_fields(rule):
            lines.add(f"if node.{name}:")
            lines.add(f'    self.no_place(node, "{name}")')

    def _take_spread(self, method: Method) -> None:
        """Take the node whose parts stand straight in the rule apart."""
        rule, lines = method.rule, method.lines
        spread = rule.spread
        assert spread is not None
        inner = self.shapes.spread_locals(spread)
        for name, is_list in inner:
            kind = self.shapes.field_type(spread.fields, spread.node, name)
            lines.add(f"{INNER}{name}: {kind} = {'()' if is_list else 'None'}")
        is_list = self.shapes.is_list(rule, spread.field)
        first = f"{spread.field}[0]" if is_list else spread.field
        is_there = f"{spread.field} and {first}.{spread.absent} is None" if is_list else f"{spread.field} is not None"
        lines.add(f"if {is_there}:")
        with lines.deeper():
            lines += [f"{INNER}{name} = {first}.{name}" for name, _ in inner]
            if is_list:
                tests = " or ".join(INNER + (name if is_list else f"{name} is not None") for name, is_list in inner)
                lines.add(f"if not ({tests}):")
                lines.add(f'    self.wants({first}, "{" or ".join(name for name, _ in inner)}")')
                lines.add(f"if len({spread.field}) > 1:")
                lines.add(f'    self.excluded(node, "{spread.field}", {spread.field}[1])')
                lines.add(f"{spread.field} = ()")

    def _check_rule(self, method: Method) -> None:
        """Refuse what the rules beside the grammar forbid."""
        rule, lines = method.rule, method.lines
        for one_of in rule.one_of:
            lines.add(f"if {' + '.join(f'({name} is not None)' for name in one_of)} != 1:")
            lines.add(f'    self.wants_one_of(node, "{" and ".join(one_of)}")')
        for part in rule.unique:
            name = self._variable(part, method)
            lines.add(f"if len({name}) > 1:")
            lines.add(f'    check_names({name}, node, "{name}")')
        spread = rule.spread.fields if rule.spread is not None else {}
        groups: list[list[str]] = [
            [self._variable(part, method) for part in group if part not in spread and part in rule.fields]
            for group in rule.exclusive
        ]
        for index, group in enumerate(groups):
            before = [f"{one} is not None" for earlier in groups[:index] for one in earlier]
            for variable in group if before and not spread else []:
                lines.add(f"if {variable} is not None and ({' or '.join(before)}):")
                lines.add(f'    self.excluded(node, "{variable}")')

    # -------------------------------------------------------------------------------------------------- text

    def _text(self, parts: Parts, method: Method) -> None:
        """Write parts that stand outside braces, and their braces."""
        index = 0
        while index < len(parts):
            part = parts[index]
            if self._is_brace(part, "{"):
                end = self._end_of_braces(parts, index)
                self._braces(parts[index + 1 : end], parts[index - 1], method)
                index = end + 1
            elif length := self._chain(parts, index):
                self._list(parts[index : index + length], method)
                index += length
            else:
                self._part(part, parts[index - 1] if index else None, method)
                index += 1

    def _part(self, part: Expansion, before: Expansion | None, method: Method) -> None:
        match part:
            case Symbol(name):
                method.pieces.append(self._piece(name, before, method))
            case Maybe(inner):
                self._option(self._straight(inner), method)
            case Choice(parts):
                self._choice(part, [way for one in parts for way in self._variants(self._straight(one))], method)
            case Many(inner):
                self._side_by_side(inner, method)
            case Sequence(parts):
                self._text(parts, method)

    def _option(self, parts: Parts, method: Method) -> None:
        """Write parts if there is something to write with them."""
        if not self._test(parts, method):
            return
        if method.pieces or not method.has_text:
            self._flush(method)
        lines = method.lines
        lines.add(f"if {self._test(parts, method)}:")
        with lines.deeper():
            self._text(parts, method)
            self._flush(method)
        self._leftovers(self._uses(parts, method), self._test(parts, method), method)

    def _leftovers(self, uses: list[str], test: str, method: Method) -> None:
        """Refuse a filled field of an option that is not written for want of another."""
        for name in uses if len(uses) > 1 or test not in uses else []:
            if test == self._is_filled(name, method):
                continue
            method.lines.add(f"elif {self._is_filled(name, method)}:")
            method.lines.add(f'    self.no_place(node, "{name.removeprefix(INNER)}")')

    def _choice(self, choice: Choice, ways: list[Parts], method: Method) -> None:
        """Write one of several ways: the first whose fields are filled, those with most fields first."""
        names = [way[0].name for way in ways if len(way) == 1 and isinstance(way[0], Symbol)]
        if len(ways) == 1:
            self._text(ways[0], method)
        elif len(names) == len(ways) and set(names) == set(method.rule.classes):
            self._class_keyword(method)
        elif len(names) == len(ways) and all(name in self.terminals and self.terminals[name].kind for name in names):
            method.pieces.append(self._piece(names[0], None, method))
        else:
            if method.pieces:
                self._flush(method)
            had_text = method.has_text
            for way in self._cases(choice, ways, method):
                method.has_text = had_text
                self._text(way, method)
                if method.pieces or not method.has_text:
                    self._flush(method)

    def _cases(self, choice: Choice, ways: list[Parts], method: Method) -> Iterator[Parts]:
        """Write ``if`` and ``elif`` over ways; the caller writes each way inside."""
        lines = method.lines
        uses = [set(self._all_uses(way, method)) for way in ways]
        every = list(dict.fromkeys(name for way in ways for name in self._all_uses(way, method)))
        tests = [self._only(self._test(way, method), uses[index], every, method) for index, way in enumerate(ways)]
        order = sorted(
            range(len(ways)),
            key=lambda index: (
                not tests[index],
                "len(" not in tests[index],
                -sum(uses[index] > other for other in uses),
                index,
            ),
        )
        times = dict(method.times)
        for rank, index in enumerate(order):
            word = "if" if rank == 0 else "elif"
            lines.add(f"{word} {tests[index]}:" if tests[index] else "else:")
            with lines.deeper():
                method.times = dict(times)
                yield ways[index]
                empty = {atom for earlier in order[:rank] for atom in tests[earlier].strip("()").split(" or ")}
                others = [name for name in every if name not in uses[index] and not name.startswith("node.")]
                for name in others:
                    if self._is_filled(name, method) not in empty:
                        lines.add(f"if {self._is_filled(name, method)}:")
                        lines.add(f'    self.no_place(node, "{name.removeprefix(INNER)}")')
                self._check_clash(choice, ways[index], method)
        if all(tests):
            lines.add("else:")
            if method.rule.value:
                lines.add("    self.no_place_for(node, field, value)")
            else:
                lines.add(f'    self.wants(node, "{self._wanted(ways)}")')

    def _only(self, test: str, uses: set[str], every: list[str], method: Method) -> str:
        """Return the condition of a way, for one that takes a single value that there are no others."""
        if not test.startswith("len("):
            return test
        others = [f"not {name}" for name in every if name not in uses and self._is_list(name, method)]
        return " and ".join([test, *others])

    def _side_by_side(self, part: Expansion, method: Method) -> None:
        """Write what is repeated without commas, a line each in the pretty layout."""
        ways = self._variants(self._straight(part))
        names = [way[0].name for way in ways if isinstance(way[0], Symbol)]
        variable = self._variable(names[0], method)
        method.lines.add(f"{method.items}: list[str] = []")
        self._loop(variable, names, method)
        method.pieces.append(f"{{self.lines({method.items})}}")

    def _list(self, parts: Parts, method: Method) -> None:
        """Write a list with commas outside braces."""
        names = self._names(parts[0])
        variable = self._variable(names[0], method)
        least = isinstance(parts[1], Many) and parts[1].least
        if least:
            method.lines.add(f"if len({variable}) < 2:")
            method.lines.add(f'    self.wants(node, "{names[0]}")')
        elif self._is_list(variable, method) and not method.in_item and method.name not in self.overlay.layout.broken:
            filled = [self._variable(one, method) for one in names]
            method.lines.add(f"if not {' and not '.join(dict.fromkeys(filled))}:")
            method.lines.add(f'    self.wants(node, "{names[0]}")')
        if len(names) == 1:
            method.pieces.append(f"{{self.comma.join([{self._each(names[0], variable, method)}])}}")
            return
        if method.pieces or not method.has_text:
            self._flush(method)
        method.lines.add(f"{method.items}: list[str] = []")
        self._elements([(Symbol(name, name in self.terminals),) for name in names], None, method)
        method.pieces.append(f"{{self.comma.join({method.items})}}")

    # ------------------------------------------------------------------------------------------------ braces

    def _braces(self, inner: Parts, before: Expansion, method: Method) -> None:
        """Write what stands between two braces."""
        gap = "" if isinstance(before, Symbol) and before.name == "_EQUAL" else "{self.gap}"
        kind = "broken_block" if method.name in self.overlay.layout.broken and not method.in_item else "block"
        simple = self._simple(inner, kind, method)
        if simple:
            method.pieces.append(f"{gap}{{{simple}}}")
            return
        if method.pieces or not method.has_text:
            self._flush(method)
        method.lines.add(f"{method.items}: list[str] = []")
        with method.deeper():
            self._items(inner, method)
        if not all(isinstance(part, Maybe) for part in inner):
            method.lines.add(f"if not {method.items}:")
            method.lines.add(f'    self.wants(node, "{self._wanted(self._variants(inner[:1]))}")')
        method.pieces.append(f"{gap}{{self.{kind}({method.items}, {method.depth})}}")

    def _simple(self, inner: Parts, kind: str, method: Method) -> str:
        """Return a block as one expression, where it is that simple; "" where not."""
        match inner:
            case ():
                return f"self.{kind}([], {method.depth})"
            case (Maybe(Symbol(name, is_terminal=True)),) if self.terminals[name].kind == "octet_string":
                variable = self._variable(name, method)
                return f"self.octets_block({variable}, node, '{variable}')"
            case (Symbol(name), Many(Sequence((Symbol("_COMMA"), Symbol(other))))) if name == other:
                variable = self._variable(name, method)
                if not self._is_list(variable, method) or name in method.rule.once:
                    return ""
                if not method.in_item and not method.lines.rows[-1].lstrip().startswith("if "):
                    method.lines.add(f"if not {variable}:")
                    method.lines.add(f'    self.wants(node, "{self._wanted([inner])}")')
                with method.deeper():
                    only = self._written(name, f"{variable}[0]", variable, method)
                    each = self._each(name, variable, method)
                several = f"self.{kind}([{each}], {method.depth})"
                return f"self.{kind}_of({only}, {method.depth}) if len({variable}) == 1 else {several}"
            case (Symbol(name),):
                variable = self._variable(name, method)
                if variable and not self._is_list(variable, method):
                    with method.deeper():
                        written = self._written(name, variable, variable, method)
                    return f"self.{kind}_of({written}, {method.depth})"
        return ""

    def _items(self, parts: Parts, method: Method) -> None:
        """Write what stands between two braces, as items: a comma ends one."""
        index = 0
        while index < len(parts):
            length = self._chain(parts, index)
            if length:
                self._chain_items(parts[index : index + length], method)
            else:
                length = self._length_of_item(parts, index)
                self._item(parts[index : index + length], method)
            index += length
            if index < len(parts) and is_comma(parts[index]):
                index += 1

    def _length_of_item(self, parts: Parts, index: int) -> int:
        """Return how many parts from here make one item."""
        depth, at = 0, index
        while at < len(parts) and (depth or not self._ends_item(parts[at])):
            depth += self._is_brace(parts[at], "{") - self._is_brace(parts[at], "}")
            at += 1
        return max(at - index, 1)

    def _ends_item(self, part: Expansion) -> bool:
        """Tell whether an item ends before or with a part: with a comma, or an option that has one at its end."""
        return is_comma(part) or (isinstance(part, Maybe) and is_comma(self._straight(part.part)[-1]))

    def _item(self, parts: Parts, method: Method) -> None:
        """Write parts between two commas."""
        match parts:
            case (Maybe(inner),):
                way = self._straight(inner)
                method.lines.add(f"if {self._test(way, method)}:")
                with method.lines.deeper():
                    self._items(way, method)
                self._leftovers(self._uses(way, method), self._test(way, method), method)
            case (Choice(ones) as choice,):
                ways = [way for one in ones for way in self._variants(self._straight(one))]
                for way in self._cases(choice, ways, method):
                    self._items(way, method)
            case _:
                method.lines.add(f"{method.items}.append({self._fragment(parts, method)})")

    def _fragment(self, parts: Parts, method: Method) -> str:
        """Return the expression for the text of parts that are one item, after what must be done for it."""
        inner = replace(
            method,
            pieces=[],
            has_text=False,
            text=f"{method.items}_text",
            items=f"{method.items}_in_item",
            in_item=True,
        )
        self._text(parts, inner)
        if inner.has_text:
            self._flush(inner)
            return inner.text
        return f_string(inner.pieces)
