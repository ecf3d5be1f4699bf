"""Writes the encoder: a method a type, which returns its octets from the length on."""

from ..lines import Lines
from .binding import OF_CHOICE, Binding, BindingError, TypeBinding, is_plain_flag, is_spread, node_fields
from .classes import alternative_class, classes_of
from .forms import parts_taken
from .module import Asn1Type, Component
from .naming import snake
from .writer import Form, ModuleWriter, element_name

_HEAD = '''"""The encoder of the binary encoding. Generated from megaco.asn by ``make grammar``; do not edit."""

from __future__ import annotations

from typing import Any, Final, final

import msgspec

from megaco.message import (
{names}
)

from .dissection import Dissector
from .names import remember
from .writer import LONGEST_KEPT, NOT_IN_BINARY, length

astuple: Final = msgspec.structs.astuple
{tables}

@final
class Encoder(Dissector):
    """Annex A, a method a type; what it returns begins with the length."""
'''


class EncoderWriter(ModuleWriter):
    """Writes the module that writes messages."""

    HEAD = _HEAD

    def written(self, name: str, form: Form) -> str:
        """Return the method for a type."""
        asn1_type, made, remembered = form
        lines = Lines(1)
        bound = self.binding.of(asn1_type)
        if asn1_type.kind == "CHOICE":
            lines.add(f"def {name}(self, node: Any) -> bytes:")
        elif asn1_type.kind == "SEQUENCE OF":
            lines.add(f"def {name}(self, {'made: Any' if made else 'nodes: tuple[Any, ...]'}) -> bytes:")
        else:
            lines.add(f"def {name}(self, node: {self._annotation(bound, made)}) -> bytes:")
        with lines.deeper():
            suffix = ", with its tag" if asn1_type.kind == "CHOICE" else ""
            lines.add(f'"""Type ``{asn1_type.name}``{suffix}."""' if asn1_type.name else f'"""A list of ``{element_name(asn1_type)}``."""')
            if asn1_type.kind == "CHOICE":
                self._choice(asn1_type, bound, lines)
            elif asn1_type.kind == "SEQUENCE OF":
                self._list(asn1_type, bound, made, lines)
            else:
                self._sequence(asn1_type, bound, made, remembered, lines)
        return lines.text()

    def _annotation(self, bound: TypeBinding, made: str) -> str:
        if made and made == bound.made and bound.yields:
            return self.name(bound.yields)
        if made or not bound.node or bound.node == OF_CHOICE:
            return "Any"
        return self.name(bound.node)

    # ----------------------------------------------------------------------------------------------------- values

    def _body(self, component: Component, bound: TypeBinding, value: str, where: str, place: str) -> str:
        """Return the expression for a component's octets from the length on."""
        made = bound.parts.get(component.name) or self.made(component.type)
        if made:
            value = f"self.parts_of_{made}({value}, {place})"
        return self._value(component.type, value, f"{where}.{component.name}", place)

    def _value(self, asn1_type: Asn1Type, value: str, where: str, place: str) -> str:
        low, high = asn1_type.low, asn1_type.high
        sizes = f"{low or 0}, {-1 if high is None else high}"
        match asn1_type.kind:
            case "INTEGER":
                return f"self.integer({value}, {low}, {high}, {place})"
            case "BOOLEAN":
                return f"self.boolean({value}, {place})"
            case "NULL":
                return 'b"\\x00"'
            case "OCTET STRING":
                return f"self.octets({value}, {sizes}, {place})"
            case "IA5String":
                return f"self.ia5_string({value}, {sizes}, {place})"
            case "OBJECT IDENTIFIER":
                return f"self.object_identifier({value}, {place})"
            case "ENUMERATED":
                return f"self.enumerated({value}, {self._table(asn1_type, where)}, {place})"
            case "BIT STRING":
                return f"self.bits({value}, {self._table(asn1_type, where)}, {place})"
        return f"self.{self.method_of(asn1_type)}({value})"

    def _table(self, asn1_type: Asn1Type, where: str) -> str:
        """Return the name of the table from a member's word to its octets, or to its bit."""
        is_bits = asn1_type.kind == "BIT STRING"
        tables = self.binding.bits if is_bits else self.binding.enums
        key = asn1_type.name if asn1_type.name in tables else where
        values = tables[key]
        name = "_" + snake(key.replace(".", "_")).upper()
        members = values.members(asn1_type.values, where)
        rows = [
            f"{self.name(values.cls)}.{member}.value: " + (f"{number}" if is_bits else f"b'\\x01\\x{number:02x}'")
            for number, member in members.items()
        ]
        self.tables[name] = f"{{{', '.join(rows)}}}"
        return name

    # ----------------------------------------------------------------------------------------------------- CHOICE

    def _choice(self, asn1_type: Asn1Type, bound: TypeBinding, lines: Lines) -> None:
        lines.add("kind = type(node)")
        picked: dict[str, list[Component]] = {}
        for component in asn1_type.components:
            for name in alternative_class(component, bound, self.module, self.binding):
                picked.setdefault(name, []).append(component)
        for name, components in picked.items():
            self._alternatives(asn1_type, name, components, bound, lines)
        lines.add('raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")')

    def _alternatives(
        self, asn1_type: Asn1Type, name: str, components: list[Component], bound: TypeBinding, lines: Lines
    ) -> None:
        """Write the alternatives that values of one class are written as."""
        if "." in name:
            lines.add(f"if node is {self.constant(name)}:")
        else:
            lines.add(f"if kind is {self.constant(name)}:")
        with lines.deeper():
            pick = bound.picks[name].by if name in bound.picks else ""
            if not pick and len(components) > 1:
                names = ", ".join(component.name for component in components)
                raise BindingError(f"{asn1_type.name}: a {name} can be {names}, and nothing picks one")
            if pick:
                lines.add(f"picked = self.pick_{pick}(node)")
            for component in components:
                written = self._alternative(component, bound, asn1_type.name)
                if not pick:
                    lines.add(f"return {written}")
                else:
                    lines.add(f"if picked == {component.number}:")
                    with lines.deeper():
                        lines.add(f"return {written}")

    def _alternative(self, component: Component, bound: TypeBinding, where: str) -> str:
        if component.name in bound.constants:
            return f'b"\\x{component.tag:02x}\\x00"'
        if component.type.kind == "CHOICE":
            made = bound.parts.get(component.name) or self.binding.of(component.type).made
            value = f'self.parts_of_{made}(node, node, "")' if made else "node"
            return f'self.explicit(b"\\x{component.tag:02x}", self.{self.method_of(component.type)}({value}))'
        body = self._body(component, bound, "node", where, 'node, ""')
        return f'b"\\x{component.tag:02x}%b" % {body}'

    # ------------------------------------------------------------------------------------------------------ lists

    def _list(self, asn1_type: Asn1Type, bound: TypeBinding, made: str, lines: Lines) -> None:
        element = asn1_type.element
        assert element is not None
        if made:
            lines.add(f'nodes: tuple[Any, ...] = self.parts_of_{made}(made, made, "")')
        one, first = (self._element(element, bound, value) for value in ("one", "nodes[0]"))
        lines.add("if len(nodes) == 1:")
        with lines.deeper():
            lines.add(f"contents = {first}")
        lines.add("else:")
        with lines.deeper():
            lines.add(f'contents = b"".join([{one} for one in nodes])')
        lines.add('return b"%b%b" % (length(len(contents)), contents)')

    def _element(self, element: Asn1Type, bound: TypeBinding, value: str) -> str:
        if element.kind == "CHOICE":
            return f"self.{self.method_of(element)}({value})"
        tag = f"\\x{element.universal_tag:02x}"
        if bound.element:
            return f'b"{tag}%b" % self.{self.method_of(element, bound.element, bound.element_remembered)}({value})'
        made = self.made(element)
        if made:
            value = f'self.parts_of_{made}({value}, {value}, "")'
        return f'b"{tag}%b" % {self._value(element, value, element.name or element.kind, f"{value}, {NO_FIELD}")}'

    # -------------------------------------------------------------------------------------------------- SEQUENCE

    def _sequence(
        self, asn1_type: Asn1Type, bound: TypeBinding, made: str, remembered: str, lines: Lines
    ) -> None:
        if remembered:
            lines += [f"known = self.names.written_{remembered}.get(node)", "if known is not None:", "    return known"]
        is_recursive = asn1_type.name in self.recursive
        if is_recursive:
            lines.add("self.deeper(node)")
        values = self._values(asn1_type, bound, made, lines)
        pieces = self._components(asn1_type, bound, values, asn1_type.name, lines)
        if is_recursive:
            lines.add("self.depth -= 1")
        self._return(pieces, remembered, lines)

    def _values(self, asn1_type: Asn1Type, bound: TypeBinding, made: str, lines: Lines) -> dict[str, str]:
        """Put the value of each part into a variable; return component -> variable."""
        names = [component.name for component in self._parts(asn1_type, bound)]
        values = {name: snake(name) for name in names}
        if made:
            taken = list(parts_taken()[made])
            lines.add(f"{', '.join(taken)}, = self.parts_of_{made}(node)")
            for name in taken:
                if name not in values.values():
                    self._refuse(name, "", lines)
            return values
        name = bound.node if bound.node != OF_CHOICE else classes_of(asn1_type, self.module, self.binding)[0]
        by_field = {target: values[component] for component, target in bound.fields.items() if component in values}
        fields = node_fields(name)
        targets = [by_field.get(info.name, "" if info.name in bound.without else f"no_{info.name}") for info in fields]
        if len([target for target in targets if target]) > 2:
            lines.add(f"{', '.join(target or '_' for target in targets)}, = astuple(node)")
        else:
            for info, target in zip(fields, targets, strict=True):
                if target:
                    lines.add(f"{target} = node.{info.name}")
        for info, target in zip(fields, targets, strict=True):
            if target.startswith("no_") and target not in by_field.values():
                self._refuse(target, info.name, lines)
        return values

    @staticmethod
    def _refuse(variable: str, field: str, lines: Lines) -> None:
        """Refuse what the module has no component for."""
        lines.add(f"if {variable}:")
        with lines.deeper():
            lines.add(f'raise self.unwritable(node, "{field}", {variable}, NOT_IN_BINARY)')

    def _parts(self, asn1_type: Asn1Type, bound: TypeBinding) -> list[Component]:
        """Return the components that are parts: those of what is spread in place of it."""
        found = []
        for component in asn1_type.components:
            found += self._parts(component.type, bound) if is_spread(component, bound) else [component]
        return found

    def _components(
        self, asn1_type: Asn1Type, bound: TypeBinding, values: dict[str, str], where: str, lines: Lines
    ) -> list[str]:
        """Write the components; return what gives their octets, one after the other."""
        pieces = []
        for index, component in enumerate(asn1_type.components):
            if component.name == bound.scope:
                lines.add("self.scope = scope")
            piece = f"{snake(component.name)}_octets"
            pieces.append(piece)
            if not is_spread(component, bound):
                self._component(component, bound, values[component.name], piece, where, lines)
            elif component.type.kind == "CHOICE":
                self._spread_choice(component, bound, values, piece, where, lines)
            else:
                inner = self._components(component.type, bound, values, where, lines)
                self._wrap(component, inner, piece, lines)
            if bound.scope and not index and asn1_type.name in where:
                lines.add("scope = self.scope")
        return pieces

    def _component(
        self, component: Component, bound: TypeBinding, value: str, piece: str, where: str, lines: Lines
    ) -> None:
        written = self._tagged(component, bound, value, where)
        if not component.is_optional:
            lines.add(f"{piece} = {written}")
            return
        lines.add(f'{piece} = b""')
        lines.add(f"if {self._presence(component, value, bound)}:")
        with lines.deeper():
            lines.add(f"{piece} = {written}")

    def _tagged(self, component: Component, bound: TypeBinding, value: str, where: str) -> str:
        place = f'node, "{self._field(component, bound)}"'
        if component.type.kind == "CHOICE":
            made = bound.parts.get(component.name) or self.binding.of(component.type).made
            value = f"self.parts_of_{made}({value}, {place})" if made else value
            return f'self.explicit(b"\\x{component.tag:02x}", self.{self.method_of(component.type)}({value}))'
        return f'b"\\x{component.tag:02x}%b" % {self._body(component, bound, value, where, place)}'

    def _field(self, component: Component, bound: TypeBinding) -> str:
        return bound.fields.get(component.name, "")

    def _presence(self, component: Component, value: str, bound: TypeBinding) -> str:
        """Return the condition that a component is there."""
        if is_plain_flag(component, bound):
            return value
        if component.type.kind in ("NULL", "SEQUENCE OF", "BIT STRING") and not self.binding.of(component.type).made:
            return value
        if component.type.kind == "SEQUENCE OF" and self._is_plain_tuple(component.type):
            return value
        return f"{value} is not None"

    def _is_plain_tuple(self, asn1_type: Asn1Type) -> bool:
        return bool(self.binding.of(asn1_type).made) and not self.binding.of(asn1_type).yields

    def _spread_choice(
        self, choice: Component, bound: TypeBinding, values: dict[str, str], piece: str, where: str, lines: Lines
    ) -> None:
        """Write the alternative that has a value; where none has and one is wanted, the last."""
        alternatives = choice.type.components
        lines.add(f'{piece} = b""')
        for index, component in enumerate(alternatives):
            value = values[component.name]
            is_last = index == len(alternatives) - 1
            if is_last and not choice.is_optional:
                lines.add("else:")
            else:
                lines.add(f"{'el' if index else ''}if {self._presence(component, value, bound)}:")
            with lines.deeper():
                written = self._tagged(component, bound, value, where)
                lines.add(f'{piece} = self.explicit(b"\\x{choice.tag:02x}", {written})')
                for other in alternatives[index + 1 :]:
                    lines.add(f"if {self._presence(other, values[other.name], bound)}:")
                    with lines.deeper():
                        field = self._field(other, bound)
                        lines.add(
                            f'raise self.unwritable(node, "{field}", {values[other.name]}, "not beside the other")'
                        )

    def _wrap(self, component: Component, pieces: list[str], piece: str, lines: Lines) -> None:
        """Put the octets of what is spread into the type that they come from."""
        lines.add(f"{piece}_length = {' + '.join(f'len({one})' for one in pieces)}")
        written = f'b"\\x{component.tag:02x}%b{"%b" * len(pieces)}" % (length({piece}_length), {", ".join(pieces)})'
        if component.is_optional:
            lines.add(f'{piece} = b""')
            lines.add(f"if {piece}_length:")
            with lines.deeper():
                lines.add(f"{piece} = {written}")
        else:
            lines.add(f"{piece} = {written}")

    def _return(self, pieces: list[str], remembered: str, lines: Lines) -> None:
        size = " + ".join(f"len({piece})" for piece in pieces)
        written = f'b"%b{"%b" * len(pieces)}" % (length({size}), {", ".join(pieces)})'
        if remembered:
            lines += [f"octets = {written}", "if len(octets) <= LONGEST_KEPT:"]
            lines += [f"    remember(self.names.written_{remembered}, node, octets)", "return octets"]
        else:
            lines.add(f"return {written}")


NO_FIELD = '""'


def encoder_source(module: dict[str, Asn1Type], binding: Binding) -> str:
    """Return the source of the encoder's module."""
    return EncoderWriter(module, binding).source()
