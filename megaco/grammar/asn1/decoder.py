"""Writes the decoder: a method a type, each component told by its identifier octet."""

from dataclasses import dataclass, field

import msgspec

from ..lines import Lines
from .binding import OF_CHOICE, Binding, BindingError, TypeBinding, Values, is_plain_flag, is_spread, node_fields, snake
from .classes import classes_of
from .forms import parts_taken
from .module import Asn1Type, Component
from .recursion import recursive_types

_BARE = {"INTEGER": "int", "BOOLEAN": "bool", "NULL": "bool", "OCTET STRING": "bytes", "IA5String": "str"}
_HEAD = '''"""The decoder of the binary encoding. Generated from megaco.asn by ``make grammar``; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, final

from megaco.message import (
{names}
)

from .assembly import Assembler
from .names import remember
from .reader import NOTHING

if TYPE_CHECKING:
    from mypy_extensions import i64

{tables}

@final
class Decoder(Assembler):
    """Annex A, a method a type; ``end`` is where the type's octets end, which it reads to the last."""
'''


@dataclass
class _Parts:
    """What the components of a type came to: variables in the order of the components."""

    names: dict[str, str] = field(default_factory=dict)
    """Component -> variable."""
    absent: dict[str, str] = field(default_factory=dict)
    """Component -> what stands for it where it is absent."""


class DecoderWriter:
    """Writes the methods of all types that can be reached."""

    def __init__(self, module: dict[str, Asn1Type], binding: Binding) -> None:
        self._module = module
        self._binding = binding
        self._recursive = recursive_types(module)
        self._tables: dict[str, str] = {}
        self._names: set[str] = set()
        self._methods: dict[str, str] = {}
        self._waiting: list[tuple[str, Asn1Type, str, str]] = []

    def source(self) -> str:
        """Return the source of the decoder's module."""
        start = self._module[self._binding.header.type]
        self._method_of(start)
        while self._waiting:
            name, asn1_type, made, remembered = self._waiting.pop(0)
            self._methods[name] = self._written(name, asn1_type, made, remembered)
        head = _HEAD.format(
            names="\n".join(f"    {name}," for name in sorted(self._names, key=str.lower)),
            tables="".join(f"{name}: Final = {members}\n" for name, members in sorted(self._tables.items())),
        )
        return head + "".join("\n" + method for method in self._methods.values())

    # ------------------------------------------------------------------------------------------------------ types

    def _method_of(self, asn1_type: Asn1Type, made: str = "", remembered: str = "") -> str:
        """Return the method that reads a type, which is written if it is not yet."""
        name = snake(asn1_type.name)
        if not name:
            assert asn1_type.element is not None
            name = f"list_of_{snake(asn1_type.element.name or asn1_type.element.kind.replace(' ', '_').lower())}"
        if made:
            name += f"_as_{made}"
        if name not in self._methods:
            self._methods[name] = ""
            self._waiting.append((name, asn1_type, made, remembered))
        return name

    def _written(self, name: str, asn1_type: Asn1Type, made: str, remembered: str) -> str:
        lines = Lines(1)
        bound = self._binding.of(asn1_type)
        made = made or bound.made
        kind = ", kind: Any" if bound.node == OF_CHOICE else ""
        lines.add(f"def {name}(self, end: i64{kind}) -> {self._python_type(asn1_type, made)}:")
        with lines.deeper():
            what = f"Type ``{asn1_type.name}``." if asn1_type.name else f"A list of ``{_of(asn1_type)}``."
            lines.add(f'"""{what}"""')
            if asn1_type.kind == "CHOICE":
                self._choice(asn1_type, bound, lines)
            elif asn1_type.kind == "SEQUENCE OF":
                self._list(asn1_type, bound, made, lines)
            else:
                self._sequence(asn1_type, bound, made, remembered or bound.remembered, lines)
        return lines.text()

    def _python_type(self, asn1_type: Asn1Type, made: str = "") -> str:
        """Return the annotation of what a type yields."""
        bound = self._binding.of(asn1_type)
        if bound.yields and (not made or made == bound.made):
            return self._name(bound.yields)
        if made or bound.made or bound.node == OF_CHOICE or asn1_type.kind == "CHOICE":
            return "Any"
        if bound.node:
            return self._name(bound.node)
        if asn1_type.kind == "SEQUENCE OF":
            assert asn1_type.element is not None
            return f"tuple[{self._python_type(asn1_type.element, bound.element)}, ...]"
        return _BARE.get(asn1_type.kind, "Any")

    def _name(self, name: str) -> str:
        """Import a name of the message tree."""
        if name in ("int", "str"):
            return name
        self._names.add(name.split(".")[0].removesuffix("()"))
        return name

    # --------------------------------------------------------------------------------------------------- values

    def _read(self, component: Component, bound: TypeBinding, where: str, end: str) -> str:
        """Return the expression that reads a component, its identifier octet known."""
        value = self._value(component.type, bound.of.get(component.name, ""), f"{where}.{component.name}", end)
        made = bound.parts.get(component.name) or ("" if component.type.is_constructed else self._made(component.type))
        return f"self.make_{made}({self._kind(bound, component)}{value}, self.opened)" if made else value

    def _kind(self, bound: TypeBinding, component: Component) -> str:
        if component.name in bound.of:
            return f"{self._name(bound.of[component.name])}, "
        return "kind, " if bound.node == OF_CHOICE else ""

    def _made(self, asn1_type: Asn1Type) -> str:
        return self._binding.of(asn1_type).made

    def _value(self, asn1_type: Asn1Type, kind: str, where: str, end: str) -> str:
        """Return the expression that reads a type whose identifier octet is known."""
        low, high = asn1_type.low, asn1_type.high
        match asn1_type.kind:
            case "INTEGER":
                if low is None or high is None:
                    raise BindingError(f"{where}: an INTEGER without bounds")
                return f"self.integer({end}, {low}, {high})"
            case "BOOLEAN":
                return f"self.boolean({end})"
            case "NULL":
                return f"self.null({end})"
            case "OCTET STRING":
                return f"self.octets({end}, {low or 0}, {-1 if high is None else high})"
            case "IA5String":
                return f"self.ia5_string({end}, {low or 0}, {-1 if high is None else high})"
            case "OBJECT IDENTIFIER":
                return f"self.object_identifier({end})"
            case "ENUMERATED":
                return self._enumerated(asn1_type, where, end)
            case "BIT STRING":
                table = self._table(asn1_type, where, self._binding.bits)
                return f"tuple([{table}[bit] for bit in self.bits({end}, {len(_numbers(asn1_type))})])"
        return self._constructed(asn1_type, kind, end)

    def _constructed(self, asn1_type: Asn1Type, kind: str, end: str) -> str:
        bound = self._binding.of(asn1_type)
        of_choice = f", {self._name(kind) if kind else 'kind'}" if bound.node == OF_CHOICE else ""
        return f"self.{self._method_of(asn1_type)}(self.enter({end}){of_choice})"

    def _enumerated(self, asn1_type: Asn1Type, where: str, end: str) -> str:
        table = self._table(asn1_type, where, self._binding.enums)
        values = self._binding.enums.get(asn1_type.name) or self._binding.enums[where]
        count = len(_numbers(asn1_type))
        for number, also in values.also.items():
            value, allowance = also.split()
            if value in asn1_type.values:
                return f"{table}[self.enumerated_or({end}, {count}, {number}, {asn1_type.values[value]}, {allowance!r})]"
        if count > len(asn1_type.values):
            mask = sum(1 << number for number in asn1_type.values.values())
            return f"{table}[self.enumerated_among({end}, {mask:#x})]"
        return f"{table}[self.enumerated({end}, {count})]"

    def _table(self, asn1_type: Asn1Type, where: str, tables: dict[str, Values]) -> str:
        """Return the name of the tuple of members that numbers count in."""
        key = asn1_type.name if asn1_type.name in tables else where
        values = self._binding.enums.get(key) or self._binding.bits.get(key)
        if values is None:
            raise BindingError(f"{where}: nothing is said of its values")
        name = "_" + snake(key.replace(".", "_")).upper()
        members = values.members(asn1_type.values, where)
        row = [f"{self._name(values.cls)}.{members[one]}" if one in members else "None" for one in _numbers(asn1_type)]
        self._tables[name] = f"({', '.join(row)},)"
        return name

    # ----------------------------------------------------------------------------------------------------- CHOICE

    def _choice(self, asn1_type: Asn1Type, bound: TypeBinding, lines: Lines) -> None:
        lines.add("tag = self.peek(end)")
        self._enter_recursion(asn1_type, lines)
        if asn1_type.name in self._recursive:
            lines.add("value: Any")
        for component in asn1_type.components:
            lines.add(f"if {_test(component)}:")
            with lines.deeper():
                self._since(component, lines)
                constant = bound.constants.get(component.name)
                if constant is not None:
                    lines.add("self.null(end)")
                    value = self._name(constant)
                elif component.type.kind == "CHOICE":
                    value = self._explicit(component, bound, asn1_type.name, lines)
                else:
                    value = self._alternative(component, bound, asn1_type.name)
                self._leave_recursion(asn1_type, value, lines)
        names = tuple(component.name for component in asn1_type.components)
        lines.add(f"raise self.no_alternative(tag, {names!r})")

    def _alternative(self, component: Component, bound: TypeBinding, where: str) -> str:
        return self._read(component, bound, where, "end")

    def _explicit(self, component: Component, bound: TypeBinding, where: str, lines: Lines, end: str = "end") -> str:
        """Read a CHOICE inside its explicit tag; return the variable that holds what was chosen."""
        stop, name = f"{snake(component.name)}_end", f"chosen_{snake(component.name)}"
        inner = self._binding.of(component.type)
        kind = bound.of.get(component.name, "")
        of_choice = f", {self._name(kind) if kind else 'kind'}" if inner.node == OF_CHOICE else ""
        lines.add(f"{stop} = self.enter({end})")
        lines.add(f"{name} = self.{self._method_of(component.type)}({stop}{of_choice})")
        lines.add(f"self.leave({stop})")
        made = bound.parts.get(component.name) or inner.made
        return f"self.make_{made}({self._kind(bound, component)}{name}, self.opened)" if made else name

    def _enter_recursion(self, asn1_type: Asn1Type, lines: Lines) -> None:
        if asn1_type.name in self._recursive:
            lines.add("self.deeper()")

    def _leave_recursion(self, asn1_type: Asn1Type, value: str, lines: Lines) -> None:
        if asn1_type.name in self._recursive:
            lines += [f"value = {value}", "self.depth -= 1", "return value"]
        else:
            lines.add(f"return {value}")

    # ------------------------------------------------------------------------------------------------------ lists

    def _list(self, asn1_type: Asn1Type, bound: TypeBinding, made: str, lines: Lines) -> None:
        element = asn1_type.element
        assert element is not None
        lines.add("start = self.opened")
        lines.add(f"found: list[{self._python_type(element, bound.element)}] = []")
        lines.add("tag = self.peek(end)")
        lines.add("while tag != NOTHING:")
        with lines.deeper():
            if element.kind == "CHOICE":
                lines.add(f"found.append(self.{self._method_of(element)}(end))")
            else:
                lines.add(f"if {_test_of(element.universal_tag, element)}:")
                with lines.deeper():
                    lines.add(f"found.append({self._element(element, bound)})")
                lines.add("else:")
                with lines.deeper():
                    lines.add(f"raise self.unexpected(tag, {element.name or element.kind!r})")
            lines.add("tag = self.peek(end)")
        lines.add("if len(found) > self.max_items:")
        with lines.deeper():
            lines.add("raise self.too_many(start)")
        lines.add(f"return self.make_{made}(tuple(found), start)" if made else "return tuple(found)")

    def _element(self, element: Asn1Type, bound: TypeBinding) -> str:
        if bound.element:
            return f"self.{self._method_of(element, bound.element, bound.element_remembered)}(self.enter(end))"
        value = self._value(element, "", _of_name(element), "end")
        made = "" if element.is_constructed else self._made(element)
        return f"self.make_{made}({value}, self.opened)" if made else value

    # -------------------------------------------------------------------------------------------------- SEQUENCE

    def _sequence(
        self, asn1_type: Asn1Type, bound: TypeBinding, made: str, remembered: str, lines: Lines
    ) -> None:
        parts = _Parts()
        lines.add("start = self.opened")
        if remembered:
            lines += ["octets = self.key(end)", "if octets is not None:"]
            kind = self._python_type(asn1_type, made)
            known = f"    known: {kind} | None" if kind != "Any" else "    known"
            lines += [f"{known} = self.names.read_{remembered}.get(octets)", "    if known is not None:"]
            lines += ["        self.at = end", "        return known"]
            lines.add("noted = self.noted")
        self._enter_recursion(asn1_type, lines)
        self._components(asn1_type, bound, parts, "end", lines)
        self._result(asn1_type, bound, made, remembered, parts, lines)

    def _components(self, asn1_type: Asn1Type, bound: TypeBinding, parts: _Parts, end: str, lines: Lines) -> None:
        if asn1_type.kind == "SET":
            self._in_any_order(asn1_type, bound, parts, end, lines)
            return
        lines.add(f"tag = self.peek({end})")
        for index, component in enumerate(asn1_type.components):
            self._component(asn1_type, component, bound, parts, end, lines)
            if bound.scope and not index and end == "end":
                lines.add("scope = self.scope")
        lines.add("if tag != NOTHING:")
        with lines.deeper():
            lines.add(f"self.rest({end}, {len(asn1_type.components)}, {asn1_type.is_extensible})")

    def _in_any_order(self, asn1_type: Asn1Type, bound: TypeBinding, parts: _Parts, end: str, lines: Lines) -> None:
        """Read a SET: each component once, wherever it stands."""
        for component in asn1_type.components:
            if is_spread(component, bound) or bound.scope:
                raise BindingError(f"{asn1_type.name}: parts of a SET cannot be spread, and have no scope")
            self._take_name(component, parts)
            kind, absent = self._annotation(component, bound)
            lines.add(f"{parts.names[component.name]}: {kind if component.is_optional else 'Any'} = {absent}")
        lines += ["seen = 0", f"tag = self.peek({end})", "while tag != NOTHING:"]
        with lines.deeper():
            for index, component in enumerate(asn1_type.components):
                lines.add(f"{'el' if index else ''}if {_test(component)}:")
                with lines.deeper():
                    self._since(component, lines)
                    lines.add(f"seen = self.once(seen, {1 << index})")
                    self._take(asn1_type, component, bound, parts, end, lines)
            lines.add("else:")
            with lines.deeper():
                lines.add(f"self.rest({end}, {len(asn1_type.components)}, {asn1_type.is_extensible})")
            lines.add(f"tag = self.peek({end})")
        for index, component in enumerate(asn1_type.components):
            if not component.is_optional:
                lines.add(f"if not seen & {1 << index}:")
                lines.add(f"    raise self.absent(tag, {component.name!r}, {end})")

    def _component(
        self, owner: Asn1Type, component: Component, bound: TypeBinding, parts: _Parts, end: str, lines: Lines
    ) -> None:
        if is_spread(component, bound):
            self._declare(component, bound, parts, owner.name, lines)
        elif component.is_optional:
            self._declare_one(component, bound, parts, owner.name, lines)
        else:
            self._take_name(component, parts)
        if component.name == bound.scope:
            lines.add("self.scope = scope")
        if component.is_optional:
            lines.add(f"if {_test(component)}:")
            with lines.deeper():
                self._since(component, lines)
                self._take(owner, component, bound, parts, end, lines)
                lines.add(f"tag = self.peek({end})")
        else:
            lines.add(f"if {_test(component, is_not=True)}:")
            with lines.deeper():
                lines.add(f"raise self.absent(tag, {component.name!r}, {end})")
            self._take(owner, component, bound, parts, end, lines)
            lines.add(f"tag = self.peek({end})")

    def _take(
        self, owner: Asn1Type, component: Component, bound: TypeBinding, parts: _Parts, end: str, lines: Lines
    ) -> None:
        """Read a component whose identifier octet is known into its variable, or its components into theirs."""
        stop = f"{snake(component.name)}_end"
        if not is_spread(component, bound):
            if component.type.kind == "CHOICE":
                value = self._explicit(component, bound, owner.name, lines, end)
            else:
                value = self._read(component, bound, owner.name, end)
            lines.add(f"{parts.names[component.name]} = {value}")
        elif component.type.kind == "CHOICE":
            lines += [f"{stop} = self.enter({end})", f"tag = self.peek({stop})"]
            self._spread_choice(component.type, bound, parts, stop, owner.name, lines)
            lines.add(f"self.leave({stop})")
        else:
            lines.add(f"{stop} = self.enter({end})")
            self._components(component.type, bound, parts, stop, lines)
        if component.name == self._binding.header.parts[-1] and set(self._binding.header.parts) <= set(parts.names):
            values = ", ".join(parts.names[name] for name in self._binding.header.parts)
            lines.add(f"self.head({values}, start)")

    def _spread_choice(
        self, choice: Asn1Type, bound: TypeBinding, parts: _Parts, end: str, where: str, lines: Lines
    ) -> None:
        for index, component in enumerate(choice.components):
            lines.add(f"{'el' if index else ''}if {_test(component)}:")
            with lines.deeper():
                self._since(component, lines)
                if component.type.kind == "CHOICE":
                    value = self._explicit(component, bound, where, lines, end)
                else:
                    value = self._read(component, bound, f"{where}", end)
                lines.add(f"{parts.names[component.name]} = {value}")
        lines.add("else:")
        with lines.deeper():
            names = tuple(component.name for component in choice.components)
            lines.add(f"raise self.no_alternative(tag, {names!r})")

    def _since(self, component: Component, lines: Lines) -> None:
        if component.since > 1:
            lines.add(f"if self.version < {component.since}:")
            with lines.deeper():
                lines.add(f"self.later_version({component.name!r}, {component.since})")

    def _declare(self, component: Component, bound: TypeBinding, parts: _Parts, where: str, lines: Lines) -> None:
        """Declare the variables of what is spread: it may be absent, or another alternative chosen."""
        for inner in component.type.components:
            if is_spread(inner, bound):
                self._declare(inner, bound, parts, where, lines)
            elif component.is_optional or component.type.kind == "CHOICE" or inner.is_optional:
                self._declare_one(inner, bound, parts, where, lines)
            else:
                self._take_name(inner, parts)

    def _take_name(self, component: Component, parts: _Parts) -> None:
        parts.names[component.name] = snake(component.name)

    def _declare_one(self, component: Component, bound: TypeBinding, parts: _Parts, where: str, lines: Lines) -> None:
        if component.name in parts.names:
            return
        self._take_name(component, parts)
        kind, absent = self._annotation(component, bound)
        parts.absent[component.name] = absent
        lines.add(f"{parts.names[component.name]}: {kind} = {absent}")

    def _annotation(self, component: Component, bound: TypeBinding) -> tuple[str, str]:
        """Return the annotation of a component that may be absent, and what stands for it then."""
        made = bound.parts.get(component.name) or self._made(component.type)
        if made and not self._binding.of(component.type).yields:
            return "Any", "None"
        if component.type.kind == "NULL" or is_plain_flag(component, bound):
            return "bool", "False"
        match component.type.kind:
            case "SEQUENCE OF" if not made:
                return self._python_type(component.type), "()"
            case "BIT STRING":
                return "tuple[Any, ...]", "()"
        kind = self._python_type(component.type)
        return ("Any" if kind == "Any" else f"{kind} | None"), "None"

    # ------------------------------------------------------------------------------------------------------ nodes

    def _result(
        self, asn1_type: Asn1Type, bound: TypeBinding, made: str, remembered: str, parts: _Parts, lines: Lines
    ) -> None:
        if made:
            value = self._made_of(asn1_type, bound, made, parts)
        else:
            value = self._node(asn1_type, bound, parts)
        lines.add(f"node = {value}")
        if remembered:
            lines.add("if octets is not None and self.noted == noted:")
            lines.add(f"    remember(self.names.read_{remembered}, octets, node)")
        if not made or self._binding.of(asn1_type).yields or bound.node:
            lines.add("if self.places is not None:")
            with lines.deeper():
                lines.add("self.places[id(node)] = start")
        if asn1_type.name in self._recursive:
            lines.add("self.depth -= 1")
        lines.add_return("node")

    def _made_of(self, asn1_type: Asn1Type, bound: TypeBinding, made: str, parts: _Parts) -> str:
        """Return the call of a maker: what it takes and the module does not have stays absent."""
        taken = parts_taken().get(made)
        if taken is None:
            raise BindingError(f"types.{asn1_type.name}: there is no make_{made}")
        if alien := [name for name in parts.names.values() if name not in taken]:
            raise BindingError(f"types.{asn1_type.name}: make_{made} takes no {', '.join(alien)}")
        there = parts.names.values()
        arguments = [name if name in there else absent for name, absent in taken.items()]
        kind = ["kind"] if bound.node == OF_CHOICE else []
        return f"self.make_{made}({', '.join([*kind, *arguments, 'start'])})"

    def _node(self, asn1_type: Asn1Type, bound: TypeBinding, parts: _Parts) -> str:
        """Return the call that makes a node, its fields in their order up to the last that is filled."""
        if not bound.node:
            raise BindingError(f"{asn1_type.name}: nothing is said of what it makes")
        missing = sorted(set(parts.names) - set(bound.fields))
        if missing:
            raise BindingError(f"{asn1_type.name}: {', '.join(missing)} fills no field of {bound.node}")
        name = self._binding_class(asn1_type, bound)
        fillers = {
            target: parts.names[component] for component, target in bound.fields.items() if component in parts.names
        }
        arguments: list[str] = []
        for info in node_fields(name):
            arguments.append(fillers.pop(info.name, "") or _default(info, asn1_type.name))
        if fillers:
            raise BindingError(f"{asn1_type.name}: {name} has no field {', '.join(fillers)}")
        while arguments[-1] not in parts.names.values():
            arguments.pop()
        called = "kind" if bound.node == OF_CHOICE else self._name(bound.node)
        return f"{called}({', '.join(arguments)})"

    def _binding_class(self, asn1_type: Asn1Type, bound: TypeBinding) -> str:
        """Return the node class; of those that a CHOICE names the first, for they have the same fields."""
        if bound.node != OF_CHOICE:
            return bound.node
        return classes_of(asn1_type, self._module, self._binding)[0]


def _default(info: msgspec.structs.FieldInfo, where: str) -> str:
    default = info.default
    if default is not None and default != () and default is not False:
        raise BindingError(f"{where}: field {info.name} is neither filled nor has it an empty default")
    return repr(default)


def _numbers(asn1_type: Asn1Type) -> range:
    """Return the numbers of an enumeration from 0 to the last, those left out among them."""
    return range(max(asn1_type.values.values()) + 1)


def _test(component: Component, is_not: bool = False) -> str:
    return _test_of(component.tag, component.type, is_not)


def _test_of(tag: int, asn1_type: Asn1Type, is_not: bool = False) -> str:
    """Return the condition that a component stands here; BER may cut a string into segments."""
    if asn1_type.is_string:
        one, other, join = ("!=", "!=", "and") if is_not else ("==", "==", "or")
        return f"tag {one} 0x{tag:02X} {join} tag {other} 0x{tag | 0x20:02X}"
    return f"tag {'!=' if is_not else '=='} 0x{tag:02X}"


def _of(asn1_type: Asn1Type) -> str:
    assert asn1_type.element is not None
    return _of_name(asn1_type.element)


def _of_name(asn1_type: Asn1Type) -> str:
    return asn1_type.name or asn1_type.kind


def decoder_source(module: dict[str, Asn1Type], binding: Binding) -> str:
    """Return the source of the decoder's module."""
    return DecoderWriter(module, binding).source()
