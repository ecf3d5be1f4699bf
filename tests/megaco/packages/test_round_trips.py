"""Laws for every item of every shipped package: a Python value goes into a message and comes back out of it.

Both encodings carry it, and what the one has read the other can write.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megaco import decode, encode
from megaco.message import (
    ActionRequest,
    AddRequest,
    CommandRequest,
    ContextProperties,
    Descriptor,
    DeviceName,
    EventsDescriptor,
    LocalControlDescriptor,
    MediaDescriptor,
    Message,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    RequestedEvent,
    Signal,
    SignalsDescriptor,
    StatisticsDescriptor,
    StatisticsParameter,
    StreamDescriptor,
    TerminationStateDescriptor,
    TransactionRequest,
    Value,
    ValueList,
)
from megaco.packages import Package, Property, PythonValue, Typed, Wildcard, default_registry
from megaco.packages.places import places
from megaco.packages.values import TypedValues

from .typed_values import RANGES, bare, bounds, is_list, plain, values

_SHIPPED = default_registry()
_PACKAGES = sorted(package.id for package in _SHIPPED)
_DESCRIPTORS = ("TerminationState", "LocalControl", "ContextAttr")
"""Those that text can write properties into."""
_QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


class Use(NamedTuple):
    """Something that has a value, by the name that a package has for it."""

    kind: str
    """``property``, ``statistic``, ``requested``, ``observed`` or ``signal``: what it is, or is a parameter of."""
    name: str
    """``package/item``."""
    parameter: str
    """"" for a property or a statistic."""


Given = dict[Use, PythonValue]
Uses = dict[Use, Typed]


def _typed(package: Package) -> Uses:
    """Return all of a package, and of those that it extends, that has values."""
    found: Uses = {}
    for one in reversed(_SHIPPED.family(package)):
        found |= {Use("property", f"{package.id}/{name}", ""): item for name, item in one.properties.items()}
        found |= {Use("statistic", f"{package.id}/{name}", ""): item for name, item in one.statistics.items()}
        parameters = (
            *(("requested", name, event.parameters) for name, event in one.events.items()),
            *(("observed", name, event.observed) for name, event in one.events.items()),
            *(("signal", name, signal.parameters) for name, signal in one.signals.items()),
        )
        found |= {
            Use(kind, f"{package.id}/{name}", parameter): item
            for kind, name, items in parameters
            for parameter, item in items.items()
        }
    return found


_TYPED: Mapping[str, Uses] = {name: _typed(package) for package in _SHIPPED for name in [package.id]}
_ITEMS: Mapping[Use, TypedValues] = {use: TypedValues(one) for uses in _TYPED.values() for use, one in uses.items()}


# ------------------------------------------------------------------------------------------------------- the message


def _message(given_values: Given) -> Message:
    """Return a message that has every value in a place where it can be."""
    written = {use: _ITEMS[use].to_value(value) for use, value in given_values.items()}

    def properties(descriptor: str) -> tuple[PropertyParm, ...]:
        return tuple(
            PropertyParm(use.name, value)
            for use, value in written.items()
            if use.kind == "property" and _descriptor(use) == descriptor
        )

    def parameters(kind: str) -> Iterator[tuple[str, tuple[PropertyParm, ...]]]:
        for name in dict.fromkeys(use.name for use in written if use.kind == kind):
            found = [(use.parameter, value) for use, value in written.items() if (use.kind, use.name) == (kind, name)]
            yield name, tuple(PropertyParm(parameter, value) for parameter, value in found)

    state, control = (properties(descriptor) for descriptor in _DESCRIPTORS[:2])
    descriptors: list[Descriptor] = []
    if state or control:
        stream = StreamDescriptor(1, LocalControlDescriptor(properties=control))
        descriptors.append(
            MediaDescriptor(
                TerminationStateDescriptor(properties=state) if state else None, (stream,) if control else ()
            )
        )
    if requested := tuple(RequestedEvent(name, parameters=found) for name, found in parameters("requested")):
        descriptors.append(EventsDescriptor(1, requested))
    if signals := tuple(Signal(name, parameters=found) for name, found in parameters("signal")):
        descriptors.append(SignalsDescriptor(signals))
    if statistics := tuple(_statistic(use.name, value) for use, value in written.items() if use.kind == "statistic"):
        descriptors.append(StatisticsDescriptor(statistics))
    commands = [CommandRequest(AddRequest(("t",), tuple(descriptors)))]
    if observed := tuple(ObservedEvent(name, parameters=found) for name, found in parameters("observed")):
        commands.append(CommandRequest(NotifyRequest(("t",), ObservedEventsDescriptor(1, observed))))
    context = properties("ContextAttr")
    action = ActionRequest(1, ContextProperties(properties=context) if context else None, commands=tuple(commands))
    return Message(3, DeviceName("a"), (TransactionRequest(1, (action,)),))


def _descriptor(use: Use) -> str:
    found = _ITEMS[use].typed
    assert isinstance(found, Property)
    return next(one for one in found.descriptors if one in _DESCRIPTORS)


def _statistic(name: str, value: object) -> StatisticsParameter:
    assert isinstance(value, Value | ValueList)
    return StatisticsParameter(name, value)


def _read(message: Message) -> Given:
    """Return all values in a message."""
    found: Given = {}
    for place in places(message):
        node = place.node
        if isinstance(node, PropertyParm | StatisticsParameter):
            use = Use(place.kind, place.name, "")
            assert node.value is not None
            found[use] = _ITEMS[use].to_python(node.value)
        else:
            assert isinstance(node, RequestedEvent | ObservedEvent | Signal)
            kinds = {RequestedEvent: "requested", ObservedEvent: "observed", Signal: "signal"}
            for parameter in node.parameters:
                use = Use(kinds[type(node)], place.name, parameter.name)
                found[use] = _ITEMS[use].to_python(parameter.value)
    return found


def _by_text(message: Message) -> Message:
    return decode(encode(message, "compact"), strict=True)


def _by_pretty_text(message: Message) -> Message:
    return decode(encode(message, "pretty"), strict=True)


def _by_binary(message: Message) -> Message:
    return decode(encode(message, "binary"), strict=True)


def _by_text_and_binary(message: Message) -> Message:
    return _by_text(_by_binary(_by_text(message)))


_WAYS: tuple[Callable[[Message], Message], ...] = (_by_text, _by_pretty_text, _by_binary, _by_text_and_binary)

# ---------------------------------------------------------------------------------------------------------- the laws


def _all_of(name: str, draw_from: Callable[[Typed], st.SearchStrategy[PythonValue]]) -> st.SearchStrategy[Given]:
    """Return a value for everything in a package that has one; what is counted is no choice."""
    uses = _TYPED[name]
    return st.fixed_dictionaries(
        {use: (plain if use.kind == "statistic" else draw_from)(typed) for use, typed in uses.items()}
    )


@pytest.mark.parametrize("name", [name for name in _PACKAGES if _TYPED[name]])
@_QUICK
@given(st.data())
def test_every_value_of_every_item_comes_back(name: str, data: st.DataObject) -> None:
    """Given outright, as a choice, a range or a bound; each in its range."""
    given_values = data.draw(_all_of(name, values))
    message = _message(given_values)
    assert _read(message) == given_values
    for way in _WAYS:
        assert _read(way(message)) == given_values, way.__name__


def _words() -> Iterator[tuple[str, Given]]:
    """Yield values so that each word of each package comes up: the first of all enumerations, then the second."""
    for name, uses in _TYPED.items():
        worded = {use: sorted(typed.values) for use, typed in uses.items() if typed.values}
        for number in range(max(map(len, worded.values()), default=0)):
            found: Given = {}
            for use, words in worded.items():
                word = words[min(number, len(words) - 1)]
                found[use] = (word,) if is_list(uses[use]) else Wildcard.ALL if word == "*" else word
            yield name, found


@pytest.mark.parametrize("way", _WAYS)
def test_every_word_of_every_item_comes_back(way: Callable[[Message], Message]) -> None:
    """None is left out; a ``*`` that is a word is read as the wildcard where it stands alone."""
    seen: dict[Use, set[object]] = {}
    for _, found in _words():
        assert _read(way(_message(found))) == found
        for use, value in found.items():
            seen.setdefault(use, set()).add(value[0] if isinstance(value, tuple) else value)
    wanted = {use: typed.values for uses in _TYPED.values() for use, typed in uses.items() if typed.values}
    assert {use: len(words) for use, words in seen.items()} == {use: len(words) for use, words in wanted.items()}
    assert sum(map(len, wanted.values())) > 50


def _bounds() -> Iterator[tuple[Use, int, int]]:
    """Yield whatever is a whole number, with the least and the greatest that it can be."""
    for uses in _TYPED.values():
        for use, typed in uses.items():
            if bare(typed) in RANGES and not typed.fraction_bits:
                yield use, *bounds(typed)


@pytest.mark.parametrize("bound", [*_bounds()], ids=lambda bound: f"{bound[0].name} {bound[0].parameter}".strip())
def test_the_ends_of_every_range_come_back(bound: tuple[Use, int, int]) -> None:
    """And one beyond them is refused, both when it is written and when it is read."""
    use, least, most = bound
    for number in (least, most):
        value: PythonValue = (number,) if _ITEMS[use].is_list else number
        for way in _WAYS:
            assert _read(way(_message({use: value}))) == {use: value}
    for number in (least - 1, most + 1):
        for refused in (partial(_ITEMS[use].to_value, number), partial(_ITEMS[use].to_python, Value(str(number)))):
            with pytest.raises(ValueError, match=f"{number}(; expected {least} to {most}| has more than 64 bits)$"):
                refused()


def test_nothing_is_left_out() -> None:
    """Every property, statistic and parameter of the shipped packages is among those that the laws are held to."""
    held = {id(typed) for uses in _TYPED.values() for typed in uses.values()}
    for package in _SHIPPED:
        events, signals = package.events.values(), package.signals.values()
        parameters = [one for event in events for one in (*event.parameters.values(), *event.observed.values())]
        parameters += [one for signal in signals for one in signal.parameters.values()]
        for one in (*package.properties.values(), *package.statistics.values(), *parameters):
            assert id(one) in held
