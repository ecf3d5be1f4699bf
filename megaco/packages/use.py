"""Items of packages in messages as Python values: found, judged and written by what their package says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from megaco.errors import ItemError, ItemUseError
from megaco.message import (
    ALL,
    AnyValue,
    Node,
    ObservedEvent,
    PropertyAudit,
    PropertyParm,
    RequestedEvent,
    Signal,
    SignalAudit,
    StatisticsAudit,
    StatisticsParameter,
    Value,
    ValueList,
)
from megaco.packages.annex_c import StreamProperty
from megaco.packages.items import Event, Item, Parameter, Property, Statistic, Typed
from megaco.packages.items import Signal as SignalItem
from megaco.packages.loading import default_registry, shipped
from megaco.packages.places import ItemNode, Kind, Place, path_of, places
from megaco.packages.registry import Registry
from megaco.packages.values import PythonValue, TypedValues

_UNKNOWN_PACKAGE, _NO_PROPERTY, _NO_PARAMETER, _BAD_VALUE = 440, 445, 446, 449
_NO_SUCH: dict[Kind, int] = {"property": 450, "event": 451, "signal": 452, "statistic": 453}
_NO_SUCH_PARAMETER_VALUE, _WRONG_DESCRIPTOR, _TWICE, _MISSING_PARAMETER, _READ_ONLY = 454, 455, 456, 457, 534


NO_PARAMETERS: Mapping[str, PythonValue] = MappingProxyType({})


class Found(NamedTuple):
    """An item in a message with its value."""

    name: str
    """``package/item`` as the message spells it."""
    value: PythonValue | Mapping[str, PythonValue] | None
    """Of a property or a statistic, None where it is only named; of an event or a signal its parameters by name."""
    place: Place


_MOST_REMEMBERED: Final = 1024
"""Names of items whose parameters are remembered, of each kind of node."""
_Known: TypeAlias = tuple[Mapping[str, tuple[str, Parameter]], tuple[str, ...]]
"""Parameters by name in lower case, each with its name as the package spells it, and the names of those required."""


class _Fault(Exception):  # noqa: N818  # on its way to an ItemError or an ItemUseError
    """What is wrong with the use of an item."""

    def __init__(self, code: int, what: str) -> None:
        self.code = code
        self.what = what
        super().__init__(what)


@contextmanager
def _writing() -> Iterator[None]:
    """Make what is wrong the fault of who writes."""
    try:
        yield
    except _Fault as fault:
        raise ItemUseError(fault.what, fault.code) from None


class Items:
    """What the packages of a registry say, put to use."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._values: dict[int, TypedValues] = {}
        self._parameters: dict[type, dict[str, _Known]] = {}
        self._stream_properties = {one.name.lower(): one for one in shipped().annex_c}

    # ---------------------------------------------------------------------------------------------------- reading

    def find(
        self, node: Node, name: str, *, stream_id: int | None = None, kind: Kind | None = None
    ) -> PythonValue | Mapping[str, PythonValue] | None:
        """Return the value of the first item of a name in a message or in a part of one; None where there is none.

        A property or a statistic has its value, an event or a signal the mapping of its parameters. ``stream_id`` None:
        on any stream; ``kind`` None: what the registry has under the name. Raises ItemUseError where no package has
        the name, ItemError where the item or its value in the message is not as its package says.
        """
        return next((found.value for found in self.find_all(node, name, stream_id=stream_id, kind=kind)), None)

    def find_all(
        self, node: Node, name: str, *, stream_id: int | None = None, kind: Kind | None = None
    ) -> Iterator[Found]:
        """Yield every item of a name, with its value and its place, in the order of the message."""
        kinds = self._kinds_of(name, kind)
        wanted = name.lower()
        for place in places(node, kinds[0] if len(kinds) == 1 else None):
            is_it = place.kind in kinds and place.name.lower() == wanted
            if is_it and stream_id in (None, place.scope.stream_id):
                try:
                    yield Found(place.name, self._value_of(place), place)
                except _Fault as fault:
                    raise ItemError(fault.what, fault.code, place.name, place.path) from None

    def value(self, name: str, value: AnyValue) -> PythonValue:
        """Return a property's value as its package types it; raises ItemError, 440, 449 or 450."""
        try:
            return self._typed(self._property(name), value, name)
        except _Fault as fault:
            raise ItemError(fault.what, fault.code, name) from None

    def parameters(self, node: RequestedEvent | ObservedEvent | Signal) -> dict[str, PythonValue]:
        """Return the parameters of an event or a signal by name, as the package spells it; raises ItemError."""
        try:
            return self._parameters_of(node)
        except _Fault as fault:
            raise ItemError(fault.what, fault.code, node.name) from None

    def parameters_of(self, node: ItemNode) -> dict[str, Parameter]:
        """Return the parameters that an event or a signal can have where it stands, by name in lower case.

        None of what is neither, and of what no package has.
        """
        if isinstance(node, PropertyParm | PropertyAudit | StatisticsParameter | StatisticsAudit):
            return {}
        try:
            return {key: parameter for key, (_, parameter) in self._known_parameters(node)[0].items()}
        except _Fault:
            return {}

    # ---------------------------------------------------------------------------------------------------- judging

    def check(self, node: Node) -> Iterator[ItemError]:
        """Yield what is wrong with the items of a message or of a part of one, in the order of the tree.

        A package of which no more than name and number are known is not judged.
        """
        for _, error in self.check_places(places(node)):
            yield error

    def check_places(self, found: Iterable[Place]) -> Iterator[tuple[Place, ItemError]]:
        """Yield what is wrong with items that were found already, as ``check`` does, each with its place."""
        seen: set[tuple[str, str]] = set()
        for place in found:
            try:
                self._judge(place)
                if isinstance(place.node, PropertyParm):
                    _once(place, seen)
            except _Fault as fault:
                yield place, ItemError(fault.what, fault.code, place.name, place.path)

    def _judge(self, place: Place) -> None:
        package, _, item = place.name.partition("/")
        if ALL in (package, item) or (self.registry.package(package) is None and self.registry.number(package)):
            return
        if place.name.lower() in self._stream_properties:  # of Annex C: its place in Local or Remote is its own
            self._value_of(place)
            return
        if isinstance(place.node, PropertyParm):
            self._judge_property(place, place.node)
        else:
            self._value_of(place)

    def _judge_property(self, place: Place, node: PropertyParm) -> None:
        found = self._property(place.name)
        if place.scope.descriptor:
            _hold_to_descriptor(place.name, found, place.scope.descriptor)
        if place.scope.is_request:
            _hold_to_access(place.name, found)
        self._typed(found, node.value, place.name)

    # ----------------------------------------------------------------------------------------------------- values

    def _value_of(self, place: Place) -> PythonValue | Mapping[str, PythonValue] | None:
        node = place.node
        match node:
            case PropertyParm() | PropertyAudit():
                typed: Typed = self._stream_properties.get(place.name.lower()) or self._property(place.name)
            case StatisticsParameter() | StatisticsAudit():
                typed = self._statistic(place.name)
            case _:
                return self._parameters_of(node)
        value: AnyValue | None = getattr(node, "value", None)
        return None if value is None else self._typed(typed, value, place.name)

    def _typed(self, typed: Typed, value: AnyValue, name: str, parameter: str = "") -> PythonValue:
        try:
            return self._values_of(typed).to_python(value)
        except ValueError as error:
            raise _Fault(_value_code(typed), f"{name} {parameter}".rstrip() + f" = {error}") from None

    def _values_of(self, typed: Typed) -> TypedValues:
        found = self._values.get(id(typed))
        if found is None:
            found = self._values[id(typed)] = TypedValues(typed)  # the registry keeps its items, so ids stay theirs
        return found

    def _parameters_of(self, node: ItemNode) -> dict[str, PythonValue]:
        """Return the parameters of an event or a signal; those of an audit, which has none, are none."""
        known, required = self._known_parameters(node)
        given: tuple[PropertyParm, ...] = getattr(node, "parameters", ())
        values: dict[str, PythonValue] = {}
        for parameter in given:
            found = known.get(parameter.name.lower())
            if found is None:
                raise _Fault(_NO_PARAMETER, f"{node.name} has no parameter {parameter.name} here")
            name, typed = found
            if name in values:
                raise _Fault(_TWICE, f"{node.name} has the parameter {name} twice")
            values[name] = self._typed(typed, parameter.value, node.name, name)
        if required and isinstance(node, RequestedEvent | ObservedEvent | Signal):
            missing = [name for name in required if name not in values]
            if missing:
                raise _Fault(_MISSING_PARAMETER, f"{node.name} without its parameter {missing[0]}")
        return values

    def _known_parameters(self, node: ItemNode) -> _Known:
        """Return the parameters that an event or a signal can have where it stands, remembered by its name."""
        memory = self._parameters.setdefault(type(node), {})
        known = memory.get(node.name)
        if known is None:
            parameters = self._defined_parameters(node)
            required = tuple([name for name, typed in parameters.items() if typed.required])
            if len(memory) >= _MOST_REMEMBERED:  # names come from peers, in any case
                memory.clear()
            known = memory[node.name] = (_by_key(parameters), required)
        return known

    def _defined_parameters(self, node: ItemNode) -> Mapping[str, Parameter]:
        if isinstance(node, Signal | SignalAudit):
            return self._signal(node.name).parameters
        event = self._event(node.name)
        return event.observed if isinstance(node, ObservedEvent) else event.parameters

    # ------------------------------------------------------------------------------------------------------ items

    def _kinds_of(self, name: str, kind: Kind | None) -> tuple[Kind, ...]:
        """Return the kinds of which the registry has a name, of one asked for that; ItemUseError where it has none."""
        registry = self.registry
        known: dict[Kind, Item | StreamProperty | None] = {
            "property": registry.property(name) or self._stream_properties.get(name.lower()),
            "event": registry.event(name),
            "signal": registry.signal(name),
            "statistic": registry.statistic(name),
        }
        found = tuple(one for one, item in known.items() if item is not None and kind in (None, one))
        if not found:
            raise ItemUseError(*_unknown(registry, name, kind or "property"))
        return found

    def _property(self, name: str) -> Property:
        found = self.registry.property(name)
        if found is None:
            raise self._unknown(name, "property")
        return found

    def _event(self, name: str) -> Event:
        found = self.registry.event(name)
        if found is None:
            raise self._unknown(name, "event")
        return found

    def _signal(self, name: str) -> SignalItem:
        found = self.registry.signal(name)
        if found is None:
            raise self._unknown(name, "signal")
        return found

    def _statistic(self, name: str) -> Statistic:
        found = self.registry.statistic(name)
        if found is None:
            raise self._unknown(name, "statistic")
        return found

    def _unknown(self, name: str, kind: Kind) -> _Fault:
        what, code = _unknown(self.registry, name, kind)
        return _Fault(code, what)

    # ---------------------------------------------------------------------------------------------------- writing

    def property(self, name: str, value: PythonValue, descriptor: str = "LocalControl") -> PropertyParm:
        """Write a property for a request.

        Raises ItemUseError: 440, 450 unknown, 449 a value, 455 not a property of the descriptor, 534 read only.
        """
        with _writing():
            found = self._property(name)
            _hold_to_descriptor(name, found, descriptor)
            _hold_to_access(name, found)
            return PropertyParm(name, self._written(found, value, name))

    def reported(self, name: str, value: PythonValue) -> PropertyParm:
        """Write a property for a reply, where read only ones can stand too; raises ItemUseError."""
        with _writing():
            return PropertyParm(name, self._written(self._property(name), value, name))

    def requested_event(
        self, name: str, parameters: Mapping[str, PythonValue] = NO_PARAMETERS, *, stream_id: int | None = None
    ) -> RequestedEvent:
        """Write an event to look for; raises ItemUseError: 440, 451 unknown, 446, 449, 454, 457 its parameters."""
        with _writing():
            written = self._written_parameters(name, self._event(name).parameters, parameters)
            return RequestedEvent(name, stream_id=stream_id, parameters=written)

    def observed_event(
        self, name: str, parameters: Mapping[str, PythonValue] = NO_PARAMETERS, *, stream_id: int | None = None
    ) -> ObservedEvent:
        """Write an event that was seen; raises ItemUseError likewise."""
        with _writing():
            written = self._written_parameters(name, self._event(name).observed, parameters)
            return ObservedEvent(name, stream_id=stream_id, parameters=written)

    def signal(
        self, name: str, parameters: Mapping[str, PythonValue] = NO_PARAMETERS, *, stream_id: int | None = None
    ) -> Signal:
        """Write a signal to apply; raises ItemUseError: 440, 452 unknown, 446, 449, 454, 457 its parameters."""
        with _writing():
            written = self._written_parameters(name, self._signal(name).parameters, parameters)
            return Signal(name, stream_id=stream_id, parameters=written)

    def statistic(self, name: str, value: PythonValue) -> StatisticsParameter:
        """Write a statistic; raises ItemUseError: 440, 453 unknown, 449 a value."""
        with _writing():
            written = self._written(self._statistic(name), value, name)
            if not isinstance(written, Value | ValueList):
                raise _Fault(_BAD_VALUE, f"{name} = {value}; expected a value, not a choice of them")
            return StatisticsParameter(name, written)

    def _written_parameters(
        self, name: str, known: Mapping[str, Parameter], given: Mapping[str, PythonValue]
    ) -> tuple[PropertyParm, ...]:
        by_key = _by_key(known)
        if len({one.lower() for one in given}) < len(given):
            raise _Fault(_TWICE, f"{name} has a parameter twice")
        for one in given:
            if one.lower() not in by_key:
                raise _Fault(_NO_PARAMETER, f"{name} has no parameter {one} here")
        for one, typed in known.items():
            if typed.required and one.lower() not in {key.lower() for key in given}:
                raise _Fault(_MISSING_PARAMETER, f"{name} without its parameter {one}")
        return tuple(
            PropertyParm(by_key[one.lower()][0], self._written(by_key[one.lower()][1], value, f"{name} {one}"))
            for one, value in given.items()
        )

    def _written(self, typed: Typed, value: PythonValue, name: str) -> AnyValue:
        try:
            return self._values_of(typed).to_value(value)
        except ValueError as error:
            raise _Fault(_value_code(typed), f"{name} = {error}") from None


@cache
def default_items() -> Items:
    """Return the items of the packages that are shipped or installed, made once."""
    return Items(default_registry())


def find(
    node: Node, name: str, *, stream_id: int | None = None, kind: Kind | None = None, items: Items | None = None
) -> PythonValue | Mapping[str, PythonValue] | None:
    """Return the value of the first item of a name in a message or a part of one, as `Items.find` does.

    ``items`` None: by the packages that are shipped or installed.
    """
    return (default_items() if items is None else items).find(node, name, stream_id=stream_id, kind=kind)


def _hold_to_descriptor(name: str, found: Property, descriptor: str) -> None:
    if descriptor not in found.descriptors:
        raise _Fault(_WRONG_DESCRIPTOR, f"{name} in {descriptor}; expected in {' or '.join(found.descriptors)}")


def _hold_to_access(name: str, found: Property) -> None:
    if found.access == "read only":
        raise _Fault(_READ_ONLY, f"{name} is read only")


def _value_code(typed: Typed) -> int:
    """Return the code of a value that is none: the standard has a code of its own for parameters' words."""
    is_word = isinstance(typed, Parameter) and typed.type.endswith("enumeration")
    return _NO_SUCH_PARAMETER_VALUE if is_word else _BAD_VALUE


def _unknown(registry: Registry, name: str, kind: Kind) -> tuple[str, int]:
    """Say why a name means nothing: no name of a package's item, an unknown package, or an item that it has not."""
    package, slash, item = name.partition("/")
    if not slash:
        return f"{name!r} is no {kind}: its name would be package/item", _NO_PROPERTY
    if registry.package(package) is None:
        known = "is known by its number only" if registry.number(package) is not None else "is not known"
        return f"package {package!r} {known}", _UNKNOWN_PACKAGE
    return f"package {package!r} has no {kind} {item!r}", _NO_SUCH[kind]


def _by_key(parameters: Mapping[str, Parameter]) -> dict[str, tuple[str, Parameter]]:
    return {name.lower(): (name, parameter) for name, parameter in parameters.items()}


def _once(place: Place, seen: set[tuple[str, str]]) -> None:
    """Refuse a property that stands twice in its descriptor."""
    holder = place.way[0]
    key = (path_of(holder), place.name.lower())
    if key in seen:
        raise _Fault(_TWICE, f"{place.name} stands twice")
    seen.add(key)
