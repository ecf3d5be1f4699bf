"""Writes the decoder: a method a type, each component told by its identifier octet."""

import msgspec

from ..lines import Lines
from .binding import OF_CHOICE, Binding, BindingError, TypeBinding, Values, is_spread, node_fields
from .classes import classes_of
from .forms import parts_taken
from .module import Asn1Type, Component
from .naming import snake
from .writer import Form, ModuleWriter, element_name

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


_Parts = dict[str, str]
"""Component -> the variable that it comes to, in the order of the components."""


class DecoderWriter(ModuleWriter):
    """Writes the module that reads messages."""

    HEAD = _HEAD

    def written(self, name: str, form: Form) -> str:
        """Return the method for a type."""
        asn1_type, made, remembered = form
        lines = Lines(1)
        bound = self.binding.of(asn1_type)
        kind = ", kind: Any" if bound.node == OF_CHOICE else ""
        lines.add(f"def {name}(self, end: i64{kind}) -> {self._python_type(asn1_type, made)}:")
        with lines.deeper():
            what = f"Type ``{asn1_type.name}``." if asn1_type.name else f"A list of ``{element_name(asn1_type)}``."
            lines.add(f'"""{what}"""')
            if asn1_type.kind == "CHOICE":
                self._choice(asn1_type, bound, lines)
            elif asn1_type.kind == "SEQUENCE OF":
                self._list(asn1_type, bound, made, lines)
            else:
                self._sequence(asn1_type, bound, made, remembered, lines)
        return lines.text()

    def _python_type(self, asn1_type: Asn1Type, made: str = "") -> str:
        """Return the annotation of what a type yields."""
        bound = self.binding.of(asn1_type)
        if bound.yields and (not made or made == bound.made):
            return self.name(bound.yields)
        if made or bound.made or bound.node == OF_CHOICE or asn1_type.kind == "CHOICE":
            return "Any"
        if bound.node:
            return self.name(bound.node)
        if asn1_type.kind == "SEQUENCE OF":
            assert asn1_type.element is not None
            return f"tuple[{self._python_type(asn1_type.element, bound.element)}, ...]"
        return _BARE.get(asn1_type.kind, "Any")

    # --------------------------------------------------------------------------------------------------- values

    def _read(self, component: Component, bound: TypeBinding, where: str, end: str) -> str:
        """Return the expression that reads a component, its identifier octet known."""
        value = self._value(component.type, bound.of.get(component.name, ""), f"{where}.{component.name}", end)
        made = bound.parts.get(component.name) or self.made(component.type)
        return f"self.make_{made}({self._kind(bound, component)}{value}, self.opened)" if made else value

    def _kind(self, bound: TypeBinding, component: Component) -> str:
        if component.name in bound.of:
            return f"{self.constant(bound.of[component.name])}, "
        return "kind, " if bound.node == OF_CHOICE else ""

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
                table = self._table(asn1_type, where, self.binding.bits)
                return f"tuple([{table}[bit] for bit in self.bits({end}, {len(_numbers(asn1_type))})])"
        return self._constructed(asn1_type, kind, end)

    def _constructed(self, asn1_type: Asn1Type, kind: str, end: str) -> str:
        bound = self.binding.of(asn1_type)
        of_choice = f", {self.constant(kind) if kind else 'kind'}" if bound.node == OF_CHOICE else ""
        return f"self.{self.method_of(asn1_type)}(self.enter({end}){of_choice})"

    def _enumerated(self, asn1_type: Asn1Type, where: str, end: str) -> str:
        table = self._table(asn1_type, where, self.binding.enums)
        values = self.binding.enums.get(asn1_type.name) or self.binding.enums[where]
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
        values = self.binding.enums.get(key) or self.binding.bits.get(key)
        if values is None:
            raise BindingError(f"{where}: nothing is said of its values")
        name = "_" + snake(key.replace(".", "_")).upper()
        members = values.members(asn1_type.values, where)
        row = [f"{self.name(values.cls)}.{members[one]}" if one in members else "None" for one in _numbers(asn1_type)]
        self.tables[name] = f"({', '.join(row)},)"
        return name

    # ----------------------------------------------------------------------------------------------------- CHOICE

    def _choice(self, asn1_type: Asn1Type, bound: TypeBinding, lines: Lines) -> None:
        lines.add("tag = self.peek(end)")
        self._enter_recursion(asn1_type, lines)
        if asn1_type.name in self.recursive:
            lines.add("value: Any")
        for older, allowance in bound.old.items():
            lines.add(f"if self.is_older(end, {allowance!r}):")
            lines.add(f"    return self.{self.method_of(self.module[older])}(end, kind)")
        for component in asn1_type.components:
            lines.add(f"if {_test(component)}:")
            with lines.deeper():
                self._since(component, lines)
                constant = bound.constants.get(component.name)
                if constant is not None:
                    lines.add("self.null(end)")
                    value = self.constant(constant)
                elif component.type.kind == "CHOICE":
                    value = self._explicit(component, bound, asn1_type.name, lines)
                else:
                    value = self._read(component, bound, asn1_type.name, "end")
                self._leave_recursion(asn1_type, value, lines)
        names = tuple(component.name for component in asn1_type.components)
        lines.add(f"raise self.no_alternative(tag, {names!r})")

    def _explicit(self, component: Component, bound: TypeBinding, where: str, lines: Lines, end: str = "end") -> str:
        """Read a CHOICE inside its explicit tag; return the variable that holds what was chosen."""
        stop, name = f"{snake(component.name)}_end", f"chosen_{snake(component.name)}"
        inner = self.binding.of(component.type)
        kind = bound.of.get(component.name, "")
        of_choice = f", {self.constant(kind) if kind else 'kind'}" if inner.node == OF_CHOICE else ""
        lines.add(f"{stop} = self.enter({end})")
        lines.add(f"{name} = self.{self.method_of(component.type)}({stop}{of_choice})")
        lines.add(f"self.leave({stop})")
        made = bound.parts.get(component.name) or inner.made
        return f"self.make_{made}({self._kind(bound, component)}{name}, self.opened)" if made else name

    def _enter_recursion(self, asn1_type: Asn1Type, lines: Lines) -> None:
        if asn1_type.name in self.recursive:
            lines.add("self.deeper()")

    def _leave_recursion(self, asn1_type: Asn1Type, value: str, lines: Lines) -> None:
        if asn1_type.name in self.recursive:
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
                lines.add(f"found.append(self.{self.method_of(element)}(end))")
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
        if not made:
            lines.add("return tuple(found)")
            return
        lines.add(f"node = self.make_{made}(tuple(found), start)")
        lines += ["if self.places is not None:", "    self.place(node, start)", "return node"]

    def _element(self, element: Asn1Type, bound: TypeBinding) -> str:
        if bound.element:
            return f"self.{self.method_of(element, bound.element, bound.element_remembered)}(self.enter(end))"
        value = self._value(element, "", element.name or element.kind, "end")
        made = self.made(element)
        return f"self.make_{made}({value}, self.opened)" if made else value

    # -------------------------------------------------------------------------------------------------- SEQUENCE

    def _sequence(
        self, asn1_type: Asn1Type, bound: TypeBinding, made: str, remembered: str, lines: Lines
    ) -> None:
        parts: _Parts = {}
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
            lines.add(f"{parts[component.name]}: {kind if component.is_optional else 'Any'} = {absent}")
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
                lines.add(f"    raise self.absent(tag, {component.name!r}, start)")

    def _component(
        self, owner: Asn1Type, component: Component, bound: TypeBinding, parts: _Parts, end: str, lines: Lines
    ) -> None:
        if is_spread(component, bound):
            self._declare(component, bound, parts, lines)
        elif component.is_optional:
            self._declare_one(component, bound, parts, lines)
        else:
            self._take_name(component, parts)
        if component.name == bound.scope:
            lines.add("self.scope = scope")
        if component.name in bound.old:
            self._older(component, bound, parts, end, lines)
        elif component.is_optional:
            lines.add(f"if {_test(component)}:")
            with lines.deeper():
                self._since(component, lines)
                self._take(owner, component, bound, parts, end, lines)
                lines.add(f"tag = self.peek({end})")
        else:
            lines.add(f"if {_test(component, is_not=True)}:")
            with lines.deeper():
                lines.add(f"raise self.absent(tag, {component.name!r}, start)")
            self._take(owner, component, bound, parts, end, lines)
            lines.add(f"tag = self.peek({end})")

    def _older(self, component: Component, bound: TypeBinding, parts: _Parts, end: str, lines: Lines) -> None:
        """Read a list of strings that older peers write as one string, under the same number."""
        made = bound.parts.get(component.name)
        allowance = bound.old[component.name]

        def taken(value: str) -> str:
            return f"{parts[component.name]} = " + (f"self.make_{made}({value}, self.opened)" if made else value)

        lines.add(f"if tag == 0x{component.tag:02X}:")
        lines.add(f"    {taken(self._value(component.type, '', component.name, end))}")
        lines.add(f"    tag = self.peek({end})")
        lines.add(f"elif tag == 0x{component.tag & ~0x20:02X}:")
        lines.add(f"    {taken(f'self.one_string({end}, {allowance!r})')}")
        lines.add(f"    tag = self.peek({end})")
        if not component.is_optional:
            lines.add("else:")
            lines.add(f"    raise self.absent(tag, {component.name!r}, start)")

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
            lines.add(f"{parts[component.name]} = {value}")
        elif component.type.kind == "CHOICE":
            lines += [f"{stop} = self.enter({end})", f"tag = self.peek({stop})"]
            self._spread_choice(component.type, bound, parts, stop, owner.name, lines)
            lines.add(f"self.leave({stop})")
        else:
            lines.add(f"{stop} = self.enter({end})")
            self._components(component.type, bound, parts, stop, lines)
        if component.name == self.binding.header.parts[-1] and set(self.binding.header.parts) <= set(parts):
            values = ", ".join(parts[name] for name in self.binding.header.parts)
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
                    value = self._read(component, bound, where, end)
                lines.add(f"{parts[component.name]} = {value}")
        lines.add("else:")
        with lines.deeper():
            names = tuple(component.name for component in choice.components)
            lines.add(f"raise self.no_alternative(tag, {names!r})")

    def _since(self, component: Component, lines: Lines) -> None:
        if component.since > 1:
            lines.add(f"if self.version < {component.since}:")
            with lines.deeper():
                lines.add(f"self.later_version({component.name!r}, {component.since})")

    def _declare(self, component: Component, bound: TypeBinding, parts: _Parts, lines: Lines) -> None:
        """Declare the variables of what is spread: it may be absent, or another alternative chosen."""
        for inner in component.type.components:
            if is_spread(inner, bound):
                self._declare(inner, bound, parts, lines)
            elif component.is_optional or component.type.kind == "CHOICE" or inner.is_optional:
                self._declare_one(inner, bound, parts, lines)
            else:
                self._take_name(inner, parts)

    def _take_name(self, component: Component, parts: _Parts) -> None:
        parts[component.name] = snake(component.name)

    def _declare_one(self, component: Component, bound: TypeBinding, parts: _Parts, lines: Lines) -> None:
        if component.name in parts:
            return
        self._take_name(component, parts)
        kind, absent = self._annotation(component, bound)
        lines.add(f"{parts[component.name]}: {kind} = {absent}")

    def _annotation(self, component: Component, bound: TypeBinding) -> tuple[str, str]:
        """Return the annotation of a component that may be absent, and what stands for it then."""
        absent = self._absent(component, bound)
        made = bound.parts.get(component.name) or self.made(component.type)
        kind = "Any" if made else self._python_type(component.type)
        if absent == "()":
            return (kind if kind.startswith("tuple") else "tuple[Any, ...]"), absent
        if absent == "False":
            return "bool", absent
        return ("Any" if kind == "Any" else f"{kind} | None"), absent

    def _absent(self, component: Component, bound: TypeBinding) -> str:
        """Return what stands for an absent component: what the maker takes, or the field has, where there is none."""
        if bound.made:
            return parts_taken().get(bound.made, {}).get(snake(component.name), "None")
        target = bound.fields.get(component.name)
        node = bound.node if bound.node != OF_CHOICE else ""
        fields = node_fields(node or self._first_class(bound))
        default = next((info.default for info in fields if info.name == target), None)
        return repr(default) if default == () or default is False else "None"

    def _first_class(self, bound: TypeBinding) -> str:
        owner = next(one for one in self.module.values() if self.binding.of(one) is bound)
        return classes_of(owner, self.module, self.binding)[0]

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
        lines.add("if self.places is not None:")
        lines.add("    self.place(node, start)")
        if asn1_type.name in self.recursive:
            lines.add("self.depth -= 1")
        lines.add_return("node")

    def _made_of(self, asn1_type: Asn1Type, bound: TypeBinding, made: str, parts: _Parts) -> str:
        """Return the call of a maker: what it takes and the module does not have stays absent."""
        taken = parts_taken().get(made)
        if taken is None:
            raise BindingError(f"types.{asn1_type.name}: there is no make_{made}")
        if alien := [name for name in parts.values() if name not in taken]:
            raise BindingError(f"types.{asn1_type.name}: make_{made} takes no {', '.join(alien)}")
        there = parts.values()
        arguments = [name if name in there else absent for name, absent in taken.items()]
        kind = ["kind"] if bound.node == OF_CHOICE else []
        return f"self.make_{made}({', '.join([*kind, *arguments, 'start'])})"

    def _node(self, asn1_type: Asn1Type, bound: TypeBinding, parts: _Parts) -> str:
        """Return the call that makes a node, its fields in their order up to the last that is filled."""
        if not bound.node:
            raise BindingError(f"{asn1_type.name}: nothing is said of what it makes")
        missing = sorted(set(parts) - set(bound.fields))
        if missing:
            raise BindingError(f"{asn1_type.name}: {', '.join(missing)} fills no field of {bound.node}")
        name = self._node_class(asn1_type, bound)
        fillers = {
            target: parts[component] for component, target in bound.fields.items() if component in parts
        }
        arguments: list[str] = []
        for info in node_fields(name):
            arguments.append(fillers.pop(info.name, "") or _default(info, asn1_type.name))
        if fillers:
            raise BindingError(f"{asn1_type.name}: {name} has no field {', '.join(fillers)}")
        while arguments[-1] not in parts.values():
            arguments.pop()
        called = "kind" if bound.node == OF_CHOICE else self.constant(bound.node)
        return f"{called}({', '.join(arguments)})"

    def _node_class(self, asn1_type: Asn1Type, bound: TypeBinding) -> str:
        """Return the node class; of those that a CHOICE names the first, for they have the same fields."""
        if bound.node != OF_CHOICE:
            return bound.node
        return classes_of(asn1_type, self.module, self.binding)[0]


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


def decoder_source(module: dict[str, Asn1Type], binding: Binding) -> str:
    """Return the source of the decoder's module."""
    return DecoderWriter(module, binding).source()
