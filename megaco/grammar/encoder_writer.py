"""Writes the production encoder: the mirror of the decoder, a method a rule, from the same grammar and overlay.

A method takes a node (or a value) and returns its text. Walking the rule's production, the writer knows of each part
which field it takes; what is optional, chosen or repeated is decided by the fields that are filled. A filled field that
a production leaves over is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .decoder_writer import UnknownFormError
from .expansion import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol, recursive_rules
from .lines import Lines
from .openings import Openings
from .overlay import Overlay, Rule
from .shapes import INNER, Shapes, enum_of
from .terminals import Form, Terminal

_MANY_FIELDS = 3
"""Of so many fields, one call for all is faster than one for each."""

Parts = tuple[Expansion, ...]
"""What stands one after the other."""


@dataclass
class _Method:
    """The rule being written."""

    name: str
    rule: Rule
    lines: Lines
    pieces: list[str] = field(default_factory=list)
    """Parts of an f-string not yet written."""
    has_text: bool = False
    times: dict[str, int] = field(default_factory=dict)
    """How often a part with several targets was written."""
    in_item: bool = False
    """Whether what is written is an item of braces of the rule itself."""
    depth: str = "depth"
    """Of the braces that the current parts stand in."""
    text: str = "out"
    items: str = "written"
    clash_test: str = ""
    """What must hold for a name to be in the way of a keyword."""
    """The variables that the text, and the items of its braces, are gathered in."""


class EncoderWriter:
    """Writes the encoder of a grammar."""

    def __init__(self, grammar: Grammar, overlay: Overlay, terminals: dict[str, Terminal], start: str) -> None:
        self.grammar = grammar
        self.overlay = overlay
        self.terminals = terminals
        self.start = start
        self.openings = Openings(grammar)
        self.shapes = Shapes(grammar, overlay)
        self.spellers: dict[tuple[str, ...], str] = {}
        """Terminals that can stand at a place -> the name of what spells them."""
        self.clashes: dict[tuple[str, ...], str] = {}
        """Words that are keywords at a place -> the name of their set."""
        self.keywords: dict[str, None] = {}
        """Keywords that are written."""
        self.recursive = recursive_rules(grammar)
        self.deviations = {allowance.terminal for allowance in overlay.allowances.values()}

    def methods(self) -> Iterator[str]:
        """Yield the source of each rule's method, in the order of the grammar file."""
        for name, expansion in self.grammar.rules.items():
            if name in self.overlay.rules and not self._is_deviant(name):
                yield self._method(name, expansion)

    # ------------------------------------------------------------------------------------------------ method

    def _method(self, name: str, expansion: Expansion) -> str:
        rule = self.overlay.rules[name]
        method = _Method(name, rule, Lines(1))
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

    def _members(self, method: _Method) -> None:
        """A keyword that stands for a member."""
        first = self.openings.first(self.grammar.rules[method.name])
        for terminal, member in method.rule.members().items():
            if terminal not in first:
                continue
            literal = f"_{enum_of(member).replace('.', '_')}" if method.rule.enum else str(member)
            method.lines.add(f"if value is {literal}:")
            method.lines.add(f"    return {self._keyword(terminal)}")
        method.lines.add("self.no_place_for(node, field, value)")

    def _take_fields(self, method: _Method) -> None:
        """Put the fields that the rule writes into variables of their names."""
        rule, lines = method.rule, method.lines
        names = self.shapes.common_fields(rule)
        kinds = {name: self.shapes.type_of(rule, name) for name in names}
        every = self.shapes.all_fields(rule)
        if len(names) < _MANY_FIELDS or not every:
            lines += [f"{name}: {kind} = node.{name}" for name, kind in kinds.items()]
        else:
            lines += [f"{name}: {kind}" for name, kind in kinds.items()]
            lines.add(f"{', '.join(name if name in kinds else '_' for name in every)} = astuple(node)")
        if rule.spread is not None:
            self._take_spread(method)

    def _take_spread(self, method: _Method) -> None:
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

    def _check_rule(self, method: _Method) -> None:
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

    # ------------------------------------------------------------------------------------------------ fields

    def _target(self, part: str, method: _Method) -> str | list[str] | dict[str, bool] | None:
        rule = method.rule
        spread = rule.spread.fields if rule.spread is not None else {}
        return rule.fields.get(part, spread.get(part))

    def _prefix(self, part: str, method: _Method) -> str:
        return "" if part in method.rule.fields else INNER

    def _variable(self, part: str, method: _Method) -> str:
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

    def _is_list(self, variable: str, method: _Method) -> bool:
        return not method.rule.value and self.shapes.is_list(method.rule, variable.removeprefix("node."))

    def _rivals(self, part: str, method: _Method) -> list[str]:
        """Return all parts that fill the same field."""
        rule, target = method.rule, self._target(part, method)
        if rule.value:
            return self.shapes.value_parts(method.name)
        fields = rule.fields if part in rule.fields else rule.spread.fields if rule.spread else {}
        return [one for one, of_one in fields.items() if of_one == target and not self._is_deviant(one)]

    def _is_filled(self, variable: str, method: _Method) -> str:
        if self._is_list(variable, method):
            return variable
        name = variable.removeprefix("node.")
        return self.shapes.is_filled(method.rule, name).replace(name, variable, 1)

    def _bound(self, parts: Parts) -> list[str]:
        """Return the names of the parts, braces and options opened, that are rules or terminals."""
        return [name for part in parts for name in self._names(part)]

    def _names(self, part: Expansion) -> list[str]:
        match part:
            case Symbol(name):
                return [name]
            case Sequence(parts) | Choice(parts):
                return self._bound(parts)
            case Maybe(inner) | Many(inner):
                return self._names(inner)

    def _uses(self, parts: Parts, method: _Method) -> list[str]:
        """Return the variables that these parts write."""
        found = [self._variable(name, method) for part in self._opened(parts) for name in self._names(part)]
        return list(dict.fromkeys(filter(None, found)))

    def _all_uses(self, parts: Parts, method: _Method) -> list[str]:
        """Return the variables that these parts write, or that a keyword among them stands for."""
        found = self._uses(parts, method)
        for name in self._bound(self._opened(parts)):
            target = None if method.rule.value else self._target(name, method)
            if isinstance(target, dict):
                found += [self._prefix(name, method) + variable for variable in target]
        return list(dict.fromkeys(found))

    def _opened(self, parts: Parts) -> Parts:
        """Open rules that hand their parts up, at any depth."""
        return tuple(self._open(part) for part in parts)

    def _open(self, part: Expansion) -> Expansion:
        match part:
            case Symbol(name, is_terminal=False) if name not in self.overlay.rules:
                return self._open(self.grammar.rules[name])
            case Sequence(parts):
                return Sequence(self._opened(parts))
            case Choice(parts):
                return Choice(self._opened(parts))
            case Maybe(inner):
                return Maybe(self._open(inner))
            case Many(inner, least):
                return Many(self._open(inner), least)
        return part

    def _straight(self, expansion: Expansion) -> Parts:
        """Return an expansion as parts one after the other, sequences in it opened."""
        match self._open(expansion):
            case Sequence(parts):
                return tuple(
                    one for part in parts for one in (self._straight(part) if isinstance(part, Sequence) else (part,))
                )
            case other:
                return (other,)

    def _variants(self, parts: Parts) -> list[Parts]:
        """Return the ways through parts that hold choices, options and repetitions kept as they are."""
        ways: list[Parts] = [()]
        index = 0
        while index < len(parts):
            part = parts[index]
            length = self._chain(parts, index)
            if length or not isinstance(part, Choice):
                length = max(length, 1)
                ways = [(*way, *parts[index : index + length]) for way in ways]
            else:
                length = 1
                more = [way for one in part.parts for way in self._variants(self._straight(one))]
                ways = [(*way, *end) for way in ways for end in more]
            index += length
        return [way for way in ways if not self._deviates(way)]

    def _deviates(self, way: Parts) -> bool:
        """Tell whether a way is not to the letter, and so is never written."""
        return any(isinstance(part, Symbol) and self._is_deviant(part.name) for part in way)

    def _is_deviant(self, name: str) -> bool:
        """Tell whether a terminal, or all that a rule stands for, is not to the letter."""
        if name in self.terminals:
            return name in self.deviations and name not in self.overlay.terminals
        return not self._variants(self._straight(self.grammar.rules[name]))

    def _test(self, parts: Parts, method: _Method, *, in_list: bool = False) -> str:
        """Return the condition that these parts can be written; "" where nothing speaks against it."""
        tests: list[str] = []
        index = 0
        while index < len(parts):
            length = self._chain(parts, index)
            tests.append(self._test_part(parts[index], method, in_list or length > 0))
            index += max(length, 1)
        return " and ".join(dict.fromkeys(filter(None, tests)))

    def _test_part(self, part: Expansion, method: _Method, in_list: bool) -> str:
        match part:
            case Symbol(name):
                return self._test_symbol(name, method, in_list)
            case Sequence(parts):
                return self._test(parts, method, in_list=in_list)
            case Choice(parts):
                tests = [self._test(self._straight(one), method, in_list=in_list) for one in parts]
                atoms = [atom for test in dict.fromkeys(tests) for atom in test.strip("()").split(" or ")]
                return _any_of(list(dict.fromkeys(atoms))) if all(tests) else ""
            case Many(inner):
                return self._test((inner,), method, in_list=True)
            case Maybe():
                return ""

    def _test_symbol(self, name: str, method: _Method, in_list: bool) -> str:
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

    # -------------------------------------------------------------------------------------------------- text

    def _return(self, method: _Method) -> None:
        """Write what is left, and return the whole."""
        if method.has_text:
            self._flush(method)
            method.lines.add(f"return {method.text}")
        else:
            method.lines.add(f"return {_f_string(method.pieces)}")

    def _flush(self, method: _Method) -> None:
        if method.pieces or not method.has_text:
            sign = "+=" if method.has_text else "="
            method.lines.add(f"{method.text} {sign} {_f_string(method.pieces)}")
            method.pieces = []
            method.has_text = True

    def _text(self, parts: Parts, method: _Method) -> None:
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

    def _part(self, part: Expansion, before: Expansion | None, method: _Method) -> None:
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

    def _piece(self, name: str, before: Expansion | None, method: _Method) -> str:
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

    def _class_keyword(self, method: _Method) -> None:
        """Write the keyword that stands for the node's class."""
        classes = list(method.rule.classes.items())
        if method.pieces:
            self._flush(method)
        for index, (keyword, node) in enumerate(classes):
            is_last = index == len(classes) - 1
            method.lines.add("else:" if is_last else f"{'if' if index == 0 else 'elif'} type(node) is _{node}:")
            method.lines.add(f"    {method.text} {'+=' if method.has_text else '='} {self._keyword(keyword)}")
        method.has_text = True

    def _punctuation(self, terminal: Terminal, before: Expansion | None, method: _Method) -> str:
        if terminal.form is Form.SPACE:
            ends_line = isinstance(before, Symbol) and before.name in self.overlay.layout.lines
            return "\\n" if ends_line else " "
        if terminal.form is Form.BRACES:
            return "{self.gap}{self.block([], depth)}"
        if terminal.form is Form.PATTERN:
            return self.grammar.spellings[terminal.name][0]
        return {"=": "{self.equal}", ",": "{self.comma}"}.get(terminal.marks, terminal.marks)

    def _written(self, part: str, value: str, variable: str, method: _Method) -> str:
        """Return the expression for a part's text; ``value`` is it, or one of the list ``variable``."""
        place = "node, field" if method.rule.value else f"node, '{variable.removeprefix(INNER).removeprefix('node.')}'"
        if part in self.overlay.rules:
            if self.overlay.rules[part].classes:
                return f"self.{part}({value}, {method.depth})"
            return f"self.{part}({value}, {place}, {method.depth})"
        terminal = self.terminals[part]
        match terminal.kind:
            case "uint32" | "uint16" | "version" | "timer" | "error_code":
                return f"self.number({value}, {most_of(terminal)}, {place})"
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

    def _speller(self, part: str, method: _Method) -> str:
        """Return what spells a terminal, or any of those that fill the same field."""
        key = tuple(one for one in self._rivals(part, method) if one in self.terminals)
        return self.spellers.setdefault(key, "_" + "_OR_".join(self.terminals[one].constant for one in key[:2]))

    def _option(self, parts: Parts, method: _Method) -> None:
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

    def _leftovers(self, uses: list[str], test: str, method: _Method) -> None:
        """Refuse a filled field of an option that is not written for want of another."""
        for name in uses if len(uses) > 1 or test not in uses else []:
            if test == self._is_filled(name, method):
                continue
            method.lines.add(f"elif {self._is_filled(name, method)}:")
            method.lines.add(f'    self.no_place(node, "{name.removeprefix(INNER)}")')

    def _choice(self, choice: Choice, ways: list[Parts], method: _Method) -> None:
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

    def _cases(self, choice: Choice, ways: list[Parts], method: _Method) -> Iterator[Parts]:
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

    def _only(self, test: str, uses: set[str], every: list[str], method: _Method) -> str:
        """Return the condition of a way, for one that takes a single value that there are no others."""
        if not test.startswith("len("):
            return test
        others = [f"not {name}" for name in every if name not in uses and self._is_list(name, method)]
        return " and ".join([test, *others])

    def _wanted(self, ways: list[Parts]) -> str:
        """Return what an error calls the parts, one of which must be there."""
        firsts = [name for way in ways for name in self._names(way[0])[:1]]
        words = [name if name in self.overlay.rules else self.overlay.word(name, self.grammar) for name in firsts]
        return " or ".join(dict.fromkeys(word for word in words if word)).replace('"', "'")

    def _side_by_side(self, part: Expansion, method: _Method) -> None:
        """Write what is repeated without commas, a line each in the pretty layout."""
        ways = self._variants(self._straight(part))
        names = [way[0].name for way in ways if isinstance(way[0], Symbol)]
        variable = self._variable(names[0], method)
        method.lines.add(f"{method.items}: list[str] = []")
        self._loop(variable, names, method)
        method.pieces.append(f"{{self.lines({method.items})}}")

    def _list(self, parts: Parts, method: _Method) -> None:
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

    def _each(self, name: str, variable: str, method: _Method) -> str:
        return f"{self._written(name, 'one', variable, method)} for one in {variable}"

    # ------------------------------------------------------------------------------------------------ braces

    def _is_brace(self, part: Expansion, mark: str) -> bool:
        if not isinstance(part, Symbol) or not part.is_terminal:
            return False
        terminal = self.terminals[part.name]
        return terminal.form is Form.MARK and terminal.marks == mark and not terminal.kind

    def _end_of_braces(self, parts: Parts, index: int) -> int:
        """Return where the brace that opens at an index closes."""
        depth = 0
        for at in range(index, len(parts)):
            depth += self._is_brace(parts[at], "{") - self._is_brace(parts[at], "}")
            if depth == 0:
                return at
        raise UnknownFormError("a brace that is not closed where it is opened")

    def _braces(self, inner: Parts, before: Expansion, method: _Method) -> None:
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
        outer, method.depth = method.depth, _deeper(method.depth)
        self._items(inner, method)
        method.depth = outer
        if not all(isinstance(part, Maybe) for part in inner):
            method.lines.add(f"if not {method.items}:")
            method.lines.add(f'    self.wants(node, "{self._wanted(self._variants(inner[:1]))}")')
        method.pieces.append(f"{gap}{{self.{kind}({method.items}, {method.depth})}}")

    def _simple(self, inner: Parts, kind: str, method: _Method) -> str:
        """Return a block as one expression, where it is that simple; "" where not."""
        match inner:
            case ():
                return f"self.{kind}([], {method.depth})"
            case (Maybe(Symbol(name, is_terminal=True)),) if self.terminals[name].kind == "octet_string":
                variable = self._variable(name, method)
                return f"self.octets_block({variable}, node, '{variable}')"
            case (Symbol(name), Many(Sequence((Symbol("_COMMA"), Symbol(other))))) if name == other:
                variable = self._variable(name, method)
                outer, method.depth = method.depth, _deeper(method.depth)
                each = self._each(name, variable, method)
                method.depth = outer
                if not self._is_list(variable, method) or name in method.rule.once:
                    return ""
                if not method.in_item and not method.lines.rows[-1].lstrip().startswith("if "):
                    method.lines.add(f"if not {variable}:")
                    method.lines.add(f'    self.wants(node, "{self._wanted([inner])}")')
                outer, method.depth = method.depth, _deeper(method.depth)
                only = self._written(name, f"{variable}[0]", variable, method)
                method.depth = outer
                several = f"self.{kind}([{each}], {method.depth})"
                return f"self.{kind}_of({only}, {method.depth}) if len({variable}) == 1 else {several}"
            case (Symbol(name),):
                variable = self._variable(name, method)
                if variable and not self._is_list(variable, method):
                    outer, method.depth = method.depth, _deeper(method.depth)
                    written = self._written(name, variable, variable, method)
                    method.depth = outer
                    return f"self.{kind}_of({written}, {method.depth})"
        return ""

    def _items(self, parts: Parts, method: _Method) -> None:
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
            if index < len(parts) and _is_comma(parts[index]):
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
        return _is_comma(part) or (isinstance(part, Maybe) and _is_comma(self._straight(part.part)[-1]))

    def _item(self, parts: Parts, method: _Method) -> None:
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

    def _fragment(self, parts: Parts, method: _Method) -> str:
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
        return _f_string(inner.pieces)

    # ------------------------------------------------------------------------------------------------- lists

    def _chain(self, parts: Parts, index: int) -> int:
        """Return how many parts from here make a list with commas: a first element, then more of them; 0: none."""
        end = index + 1
        while end < len(parts) and _element(parts[end]) is not None:
            end += 1
        return end - index if end > index + 1 else 0

    def _chain_items(self, parts: Parts, method: _Method) -> None:
        """Write ``X (_COMMA X)* (_COMMA Y)? (_COMMA Z)*`` as items."""
        elements = [(parts[0],), *(_element(part) or () for part in parts[1:])]
        for index, element in enumerate(elements):
            if element in elements[:index]:
                continue
            choice = element[0] if isinstance(element[0], Choice) else None
            self._elements(self._variants(element), choice, method)

    def _elements(self, ways: list[Parts], choice: Expansion | None, method: _Method) -> None:
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

    def _loop(self, variable: str, names: list[str], method: _Method, choice: Expansion | None = None) -> None:
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

    # ----------------------------------------------------------------------------------------------- clashes

    def _clash(self, choice: Expansion | None, way: Parts, method: _Method) -> tuple[str, str] | None:
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

    def _terminal_at(self, parts: Parts, index: int, method: _Method, owner: str = "") -> str:
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

    def _inside(self, name: str, index: int, value: str, method: _Method) -> str:
        """Go on with ``_terminal_at`` in a rule that yields ``value``."""
        rule = self.overlay.rules[name]
        inner = _Method(name, rule, method.lines)
        if rule.value:
            return value
        found = self._terminal_at(self._straight(self.grammar.rules[name]), index, inner)
        is_list = self._is_list(found, inner)
        method.clash_test = inner.clash_test.replace("len(", f"len({value}.")
        return f"{value}.{found}{'[0]' if is_list else ''}"

    def _check_clash(self, choice: Expansion | None, way: Parts, method: _Method) -> None:
        clash = self._clash(choice, way, method)
        if clash is not None:
            expression, words = clash
            variable = expression.partition("[")[0]
            if self._is_list(variable, method):
                expression = f"{variable}[0]"
            self._refuse_clash(expression, words, variable, method, expression)

    def _refuse_clash(self, expression: str, words: str, variable: str, method: _Method, value: str) -> None:
        expression = re.sub(rf"^{variable}(?=\.)", "one", expression) if value == "one" else expression
        place = "node, field" if method.rule.value else f'node, "{variable.partition(".")[0]}"'
        tests = [method.clash_test] if method.clash_test else []
        method.clash_test = ""
        method.lines.add(f"if {' and '.join([*tests, f'{expression}.lower() in {words}'])}:")
        method.lines.add(f"    self.keyword({place}, {value}, {expression})")


def _deeper(depth: str) -> str:
    """Return the expression for the depth inside braces at a depth."""
    name, _, more = depth.partition(" + ")
    return f"{name} + {int(more or 0) + 1}"


def _element(part: Expansion) -> Parts | None:
    """Return what is repeated behind a comma; None for what is no such repetition."""
    match part:
        case Many(Sequence((Symbol("_COMMA"), *element))) | Maybe(Sequence((Symbol("_COMMA"), *element))):
            return tuple(element)
    return None


def _any_of(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"


def _is_comma(part: Expansion) -> bool:
    return isinstance(part, Symbol) and part.name == "_COMMA"


def _f_string(pieces: list[str]) -> str:
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == 1 and pieces[0].startswith("{") and pieces[0].count("{") == 1:
        return pieces[0][1:-1]
    if not any("{" in piece for piece in pieces):
        return '"' + "".join(pieces) + '"'
    return 'f"' + "".join(pieces) + '"'


def camel(name: str) -> str:
    """Return a rule's name as Annex B writes it."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def most_of(terminal: Terminal) -> int:
    """Return the largest number that a terminal stands for."""
    digits = int(terminal.pattern.removeprefix("[0-9]{1,").partition("}")[0])
    most: int = {"uint16": 65535, "uint32": 4294967295}.get(terminal.kind, 10**digits - 1)
    return most
