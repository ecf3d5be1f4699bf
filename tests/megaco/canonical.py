"""What a tree out of text is after it has been through binary, worked out from the package files alone."""

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import singledispatchmethod
from typing import Any, Final, Literal, NamedTuple, TypeVar

import msgspec

from megaco import message as tree
from megaco.packages import Event, Parameter, Registry, Signal, Typed, default_registry

_Kind = Literal["properties", "events", "signals", "statistics"]
_Named = Typed | Event | Signal
_Member = TypeVar("_Member")

_NUMBER = re.compile(r"-?[0-9]{1,19}|0[xX][0-9a-fA-F]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})*")
_SAFE = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|]+")
_DIAL_PLAN = re.compile(r"dialplan[0-9]{2}", re.IGNORECASE)
_BOOLEANS = {"on": "on", "true": "on", "off": "off", "false": "off"}
_STRINGS = ("string", "character")

_BITS: Final = (
    tree.AuditItem.MUX,
    tree.AuditItem.MODEM,
    tree.AuditItem.MEDIA,
    tree.AuditItem.EVENTS,
    tree.AuditItem.SIGNALS,
    tree.AuditItem.DIGIT_MAP,
    tree.AuditItem.STATISTICS,
    tree.AuditItem.OBSERVED_EVENTS,
    tree.AuditItem.PACKAGES,
    tree.AuditItem.EVENT_BUFFER,
)
"""Of auditToken, from bit 0 on."""


def canonical(message: tree.Message, registry: Registry | None = None) -> tree.Message:
    """Return the tree that comes back when a tree out of text is written in binary and read again.

    ``registry`` has the packages that both directions use; None: those that are shipped.
    """
    walked = _Canonical(default_registry() if registry is None else registry).of(message)
    assert isinstance(walked, tree.Message)
    return walked


class Difference(NamedTuple):
    """A place where two trees part."""

    path: str
    one: Any
    other: Any

    def __str__(self) -> str:
        return f"{self.path}: {self.one!r:.200} became {self.other!r:.200}"


def differences(one: Any, other: Any, path: str = "message") -> Iterator[Difference]:
    """Yield the innermost places where two trees part."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{path}[{number}]")
    elif isinstance(one, msgspec.Struct) and type(one) is type(other):
        for name in one.__struct_fields__:
            yield from differences(getattr(one, name), getattr(other, name), f"{path}.{name}")
    elif one != other:
        yield Difference(path, one, other)


class _Canonical:
    """Rules by type of node; a rule gets a node whose parts have been through theirs."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._packages = {name.lower(): name for name in registry.numbers}

    def of(self, value: Any) -> Any:
        """Return a value with the rules applied, from the inside out."""
        if isinstance(value, tuple):
            return tuple(self.of(one) for one in value)
        if not isinstance(value, msgspec.Struct):
            return value
        parts = {name: self.of(getattr(value, name)) for name in value.__struct_fields__}
        for name in ("termination_ids", "termination_from", "termination_to"):
            if name in parts:
                parts[name] = _root(parts[name])
        return self._rule(type(value)(**parts))

    @singledispatchmethod
    def _rule(self, node: Any) -> Any:
        return node

    # ------------------------------------------------------------------------------------------------ addresses

    @_rule.register
    def _(self, node: tree.IpAddress) -> Any:
        """An address is four or sixteen octets."""
        if ":" in node.address:
            return tree.IpAddress(str(ipaddress.IPv6Address(node.address)), node.port)
        return tree.IpAddress(".".join(str(int(part)) for part in node.address.split(".")), node.port)

    @_rule.register
    def _(self, node: tree.MtpAddress) -> Any:
        """Each two digits are an octet."""
        return tree.MtpAddress(node.digits.rjust(len(node.digits) + len(node.digits) % 2, "0").upper())

    @_rule.register
    def _(self, node: tree.AuthenticationHeader) -> Any:
        return tree.AuthenticationHeader(
            node.security_parm_index.upper(), node.sequence_number.upper(), node.data.upper()
        )

    # ----------------------------------------------------------------------------------------- names with values

    @_rule.register
    def _(self, node: tree.PropertyParm) -> Any:
        """A property; parameters have no slash, and wait for the event or signal that they belong to."""
        return tree.PropertyParm(*self._valued("properties", node.name, node.value)) if "/" in node.name else node

    @_rule.register
    def _(self, node: tree.PropertyAudit) -> Any:
        if node.value is None:
            return tree.PropertyAudit(self._name("properties", node.name))
        return tree.PropertyAudit(*self._valued("properties", node.name, node.value))

    @_rule.register
    def _(self, node: tree.StatisticsParameter) -> Any:
        """One value is never a list."""
        if node.value is None:
            return tree.StatisticsParameter(self._name("statistics", node.name))
        name, value = self._valued("statistics", node.name, node.value)
        is_one = isinstance(value, tree.ValueList) and len(value.values) == 1
        return tree.StatisticsParameter(name, value.values[0] if is_one else value)

    @_rule.register(tree.RequestedEvent)
    @_rule.register(tree.SecondRequestedEvent)
    @_rule.register(tree.EventSpec)
    def _(self, node: Any) -> Any:
        return self._with_parameters("events", node, lambda event: event.observed | event.parameters)

    @_rule.register
    def _(self, node: tree.ObservedEvent) -> Any:
        return self._with_parameters("events", node, lambda event: event.parameters | event.observed)

    @_rule.register
    def _(self, node: tree.Signal) -> Any:
        """The reasons are bits."""
        reasons = _in_order(node.notify_completion, tuple(tree.NotifyReason))
        node = msgspec.structs.replace(node, notify_completion=reasons)
        return self._with_parameters("signals", node, lambda signal: signal.parameters)

    def _with_parameters(self, kind: _Kind, node: Any, scope: Callable[[Any], Mapping[str, Parameter]]) -> Any:
        """Return an event or a signal whose parameters are spelled and typed by its package."""
        name, found = self._row(kind, node.name)
        rows = {key.lower(): (key, row) for key, row in (scope(found).items() if found is not None else ())}
        parameters = []
        for one in node.parameters:
            key, row = rows.get(one.name.lower(), (one.name, None))
            parameters.append(tree.PropertyParm(key, self._any_value(one.value, row)))
        return msgspec.structs.replace(node, name=name, parameters=tuple(parameters))

    def _valued(self, kind: _Kind, name: str, value: Any) -> tuple[str, Any]:
        spelled, row = self._row(kind, name)
        return spelled, self._any_value(value, row if isinstance(row, Typed) else None)

    def _name(self, kind: _Kind, name: str) -> str:
        return self._row(kind, name)[0]

    def _row(self, kind: _Kind, name: str) -> tuple[str, _Named | None]:
        """Return ``package/item`` in the registry's spelling, and what it is."""
        package, _, item = name.partition("/")
        known = self._registry.package(package)
        for one in self._registry.family(known) if known is not None else ():
            rows: Mapping[str, _Named] = getattr(one, kind)
            for key, row in rows.items():
                if key.lower() == item.lower():
                    return f"{self._package(package)}/{key}", row
        return f"{self._package(package)}/{item}", None

    def _package(self, name: str) -> str:
        return self._packages.get(name.lower(), name)

    # ---------------------------------------------------------------------------------------------------- values

    def _any_value(self, value: tree.AnyValue, row: Typed | None) -> Any:
        """A choice of one value is that value; ``$`` is no value at all."""
        match value:
            case tree.Value("$", False):
                return value
            case tree.Value():
                return self._value(value, row)
            case tree.ValueChoice((one,)):
                return self._value(one, row)
            case tree.ValueRange(low, high):
                return tree.ValueRange(self._value(low, row), self._value(high, row))
            case tree.RelatedValue(relation, bound):
                return tree.RelatedValue(relation, self._value(bound, row))
        return type(value)(tuple(self._value(one, row) for one in value.values))

    def _value(self, value: tree.Value, row: Typed | None) -> tree.Value:
        """Quotation marks are those of the type; a word that the type has no room for is kept, as text can write it."""
        kind = row.type.removeprefix("sub-list of ") if row is not None else ""
        text = self._text(value.text, kind, row)
        return tree.Value(text, kind in _STRINGS or _SAFE.fullmatch(text) is None)

    def _text(self, text: str, kind: str, row: Typed | None) -> str:
        if row is None or kind in _STRINGS:
            return text
        if kind == "boolean":
            return _BOOLEANS.get(text.lower(), text)
        if kind == "octet string":
            is_item = isinstance(row, Parameter) and row.text == "package/item"
            return self._item(text) if is_item else text.upper() if _HEX.fullmatch(text) else text
        if row.fraction_bits:
            return f"{Decimal(text).normalize():f}" if _DECIMAL.fullmatch(text) else text
        words = {word.lower(): number for word, number in row.values.items()}
        if _NUMBER.fullmatch(text):
            number = int(text, 16 if text[1:2] in ("x", "X") else 10)
        elif text.lower() in words:
            number = words[text.lower()]
        else:
            return text
        return next((word for word, one in row.values.items() if one == number), str(number))

    def _item(self, text: str) -> str:
        """A signal or an event that a value names."""
        for name, row in (self._row("signals", text), self._row("events", text)):
            if row is not None:
                return name
        return text

    # ---------------------------------------------------------------------------------------------- bare names

    @_rule.register(tree.EventsAudit)
    @_rule.register(tree.EventBufferAudit)
    def _(self, node: Any) -> Any:
        return msgspec.structs.replace(node, name=self._name("events", node.name))

    @_rule.register
    def _(self, node: tree.SignalAudit) -> Any:
        return msgspec.structs.replace(node, name=self._name("signals", node.name))

    @_rule.register
    def _(self, node: tree.StatisticsAudit) -> Any:
        return tree.StatisticsAudit(self._name("statistics", node.name))

    @_rule.register
    def _(self, node: tree.PackagesDescriptor) -> Any:
        return tree.PackagesDescriptor(tuple(map(self._package_version, node.packages)))

    @_rule.register
    def _(self, node: tree.PackagesAudit) -> Any:
        return tree.PackagesAudit(self._package_version(node.package))

    def _package_version(self, text: str) -> str:
        name, _, version = text.rpartition("-")
        return f"{self._package(name)}-{int(version)}"

    @_rule.register(tree.DigitMapDescriptor)
    @_rule.register(tree.DigitMapAudit)
    @_rule.register(tree.EventDigitMap)
    def _(self, node: Any) -> Any:
        """The shipped layouts number digit maps after one word."""
        is_numbered = node.name is not None and _DIAL_PLAN.fullmatch(node.name)
        return msgspec.structs.replace(node, name=node.name.lower()) if is_numbered else node

    # ---------------------------------------------------------------------------------------------- descriptors

    @_rule.register(tree.LocalDescriptor)
    @_rule.register(tree.RemoteDescriptor)
    def _(self, node: Any) -> Any:
        """Lines stand one by one, without their ends and without the blanks before them."""
        if node.property_groups:
            return node
        lines = [line.lstrip(b" \t") for line in node.sdp.splitlines()]
        return type(node)(tree.Octets(b"".join(line + b"\r\n" for line in lines if line)))

    @_rule.register(tree.MediaDescriptor)
    @_rule.register(tree.MediaAudit)
    def _(self, node: Any) -> Any:
        """A stream without number beside others is stream 1."""
        if len(node.streams) < 2:
            return node
        numbered = [msgspec.structs.replace(one, stream_id=1) if one.stream_id is None else one for one in node.streams]
        return msgspec.structs.replace(node, streams=tuple(numbered))

    @_rule.register(tree.AuditDescriptor)
    @_rule.register(tree.ServiceChangeParm)
    def _(self, node: Any) -> Any:
        """The items of an audit are bits."""
        node = msgspec.structs.replace(node, items=_in_order(node.items, _BITS))
        return _service_change(node) if isinstance(node, tree.ServiceChangeParm) else node

    @_rule.register
    def _(self, node: tree.ContextAudit) -> Any:
        """A property without value is asked for, wherever it stands."""
        asked = tuple(one.name for one in node.attributes if one.value is None)
        return msgspec.structs.replace(
            node,
            items=_in_order(node.items, tuple(tree.ContextAuditItem)),
            properties=(*(self._name("properties", name) for name in node.properties), *asked),
            attributes=tuple(one for one in node.attributes if one.value is not None),
        )

    @_rule.register
    def _(self, node: tree.ServiceChangeReply) -> Any:
        """Parameters that are all absent are none."""
        is_empty = node.services == tree.ServiceChangeResParm()
        return msgspec.structs.replace(node, services=None) if is_empty else node


def _service_change(node: tree.ServiceChangeParm) -> tree.ServiceChangeParm:
    """A reason is a string; the value of an extension is octets."""
    extensions = tuple(
        tree.PropertyParm(one.name, tree.Value(one.value.text, _SAFE.fullmatch(one.value.text) is None))
        for one in node.extensions
        if isinstance(one.value, tree.Value)
    )
    return msgspec.structs.replace(node, reason=tree.Value(node.reason.text, quoted=True), extensions=extensions)


def _in_order(members: tuple[_Member, ...], order: tuple[_Member, ...]) -> tuple[_Member, ...]:
    return tuple(one for one in order if one in members)


def _root(ids: Any) -> Any:
    """ROOT is eight octets of its own."""
    if isinstance(ids, tuple):
        return tuple(map(_root, ids))
    return tree.ROOT if ids.upper() == tree.ROOT else ids
