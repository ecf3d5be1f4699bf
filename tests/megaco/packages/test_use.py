"""Items of packages in messages: found, judged and written."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import megaco
from megaco import ItemError, ItemUseError, Level, LocalError, Message, PeerError, decode, encode
from megaco.message import (
    AddRequest,
    EventsDescriptor,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaDescriptor,
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
    Value,
    ValueChoice,
    ValueList,
)
from megaco.packages import (
    Alternatives,
    Bound,
    Items,
    Package,
    PythonValue,
    Registry,
    Span,
    Wildcard,
    default_items,
    default_registry,
    find,
)
from megaco.packages import Event as EventItem
from megaco.packages import Parameter as ParameterItem
from megaco.packages import Property as PropertyItem
from megaco.packages import Signal as SignalItem
from megaco.packages import Statistic as StatisticItem
from megaco.packages.places import Scope

from ..samples import EVERY_SAMPLE, request
from ..strategies import MESSAGES

_ITEMS = default_items()
_SLOW_TO_DRAW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def _add(text: str) -> Message:
    """Return a message that adds a termination with these descriptors."""
    return _action(f"Add = t {{ {text} }}")


def _action(text: str) -> Message:
    return decode(f"MEGACO/3 [192.0.2.1]:2944 Transaction = 1 {{ Context = 1 {{ {text} }} }}")


def _property(text: str) -> Message:
    return _add(f"Media {{ Stream = 1 {{ LocalControl {{ {text} }} }} }}")


def _state(text: str) -> Message:
    return _add(f"Media {{ TerminationState {{ {text} }} }}")


def _observed(text: str) -> Message:
    return _action(f"Notify = t {{ ObservedEvents = 1 {{ {text} }} }}")


def _parameter(name: str, text: str) -> PropertyParm:
    return PropertyParm(name, Value(text))


_TYPED: dict[str, Any] = {"type": "integer", "provenance": "assumed"}
_MADE_UP = Package(
    id="mix",
    number=0x9001,
    version=1,
    title="All kinds under one name, and what no shipped package has",
    spec="none",
    properties={
        "x": PropertyItem(number=1, title="", descriptors=("LocalControl", "Remote"), **_TYPED),
        "told": PropertyItem(number=2, title="", descriptors=("LocalControl",), access="read only", **_TYPED),
        "secret": PropertyItem(number=3, title="", descriptors=("LocalControl",), access="write only", **_TYPED),
    },
    events={
        "x": EventItem(number=1, title="", provenance="assumed"),
        "e": EventItem(
            number=2,
            title="",
            provenance="assumed",
            parameters={"must": ParameterItem(number=1, required=True, **_TYPED)},
            observed={"must": ParameterItem(number=1, required=True, **_TYPED)},
        ),
    },
    signals={"x": SignalItem(number=1, title="", type="brief", provenance="assumed")},
    statistics={"x": StatisticItem(number=1, title="", **_TYPED)},
)
_MIX = Items(Registry([("mix.toml", _MADE_UP)]))


# ------------------------------------------------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        (_property("tdmc/ec = on"), "tdmc/ec", True),
        (_property("TDMC/EC = OFF"), "tdmc/ec", False),
        (_property("tdmc/gain = automatic"), "TDMC/Gain", "automatic"),
        (_property("tdmc/gain = 0x3"), "tdmc/gain", 3),
        (_property("nt/jit = $"), "nt/jit", Wildcard.CHOOSE),
        (_property("nt/jit = [1:2]"), "nt/jit", Span(1, 2)),
        (_property("nt/jit = { 1, 2 }"), "nt/jit", Alternatives((1, 2))),
        (_property("nt/jit > 5"), "nt/jit", Bound(megaco.message.Relation.GREATER, 5)),
        (_property("rtp/jit = 5"), "rtp/jit", 5),
        (_state('ipra/ar = [ "a", "b c" ]'), "ipra/ar", ("a", "b c")),
        (_add("Statistics { rtp/pl = 0.2 }"), "rtp/pl", Decimal("0.2")),
        (_add("Statistics { nt/os = 12, rtp/ps }"), "nt/os", 12),
        (_add("Statistics { nt/os = 12, rtp/ps }"), "rtp/ps", None),
        (_add("Events = 1 { al/on { strict = STATE } }"), "al/on", {"strict": "state"}),
        (_add("Events = 1 { dd/std { TL = [ d0, dt ] } }"), "dd/std", {"tl": ("d0", "dt")}),
        (_add("Events = 1 { g/cause }"), "g/cause", {}),
        (_observed("al/on { Init = ON }"), "al/on", {"init": True}),
        (_observed("g/cause { Generalcause = FT, failurecause = 0aFF }"), "g/cause", {"Generalcause": "FT"}),
        (_observed("g/sc { SigID = cg/dt, Meth = TO }"), "g/sc", {"SigID": "cg/dt", "Meth": "TO"}),
        (_add("Signals { cg/dt { Stream = 1 } }"), "cg/dt", {}),
        (_add("Signals { SignalList = 2 { tonegen/pt { tl = [dt,rt] } } }"), "tonegen/pt", {"tl": ("dt", "rt")}),
        (_property("tdmc/ec = on"), "nt/jit", None),
        (_add("Signals { }"), "cg/dt", None),
    ],
)
def test_items_are_found(message: Message, name: str, value: PythonValue | Mapping[str, PythonValue]) -> None:
    """By name in any case, with values as their package types them; None where there is none."""
    found = _ITEMS.find(message, name)
    if isinstance(value, dict) and "Generalcause" in value:
        value = {**value, "Failurecause": b"\x0a\xff"}
    assert found == value
    assert find(message, name) == megaco.find(message, name, items=_ITEMS) == found


_STREAMS = _add(
    """Media { TerminationState { rtp/jit = 7 }, Stream = 1 { LocalControl { nt/jit = 1, tdmc/ec = on } },
    Stream = 2 { LocalControl { NT/jit = 2 }, Statistics { nt/os = 9 } } }, Statistics { nt/os = 8 }"""
)


def test_all_of_a_name_are_found() -> None:
    """In the order of the message, each with its place."""
    first, second = _ITEMS.find_all(_STREAMS, "nt/jit")
    assert (first.name, first.value, second.name, second.value) == ("nt/jit", 1, "NT/jit", 2)
    assert first.place.scope == Scope(1, ("t",), 1, "LocalControl")
    assert second.place.path.endswith("streams[1].local_control.properties[0]")
    assert [found.value for found in _ITEMS.find_all(_STREAMS, "nt/os")] == [9, 8]
    assert [*_ITEMS.find_all(_STREAMS, "cg/dt")] == []


def test_what_is_found_may_be_of_one_stream() -> None:
    """What stands outside of streams is of none."""
    assert [_ITEMS.find(_STREAMS, "nt/jit", stream_id=number) for number in (1, 2, 3)] == [1, 2, None]
    assert [_ITEMS.find(_STREAMS, "nt/os", stream_id=number) for number in (None, 1, 2)] == [9, None, 9]
    assert _ITEMS.find(_STREAMS, "rtp/jit") == 7
    assert _ITEMS.find(_STREAMS, "rtp/jit", stream_id=1) is None


def test_what_is_found_may_be_in_a_part_of_a_message() -> None:
    """A descriptor, a command, or the item itself."""
    media = MediaDescriptor(streams=(StreamDescriptor(2, LocalControlDescriptor(properties=(_JIT,))),))
    for node in (media, media.streams[0], media.streams[0].local_control, _JIT):
        assert node is not None
        assert _ITEMS.find(node, "nt/jit") == 5
    assert _ITEMS.find(media, "nt/jit", stream_id=2) == 5


_JIT = PropertyParm("nt/jit", Value("5"))


def test_one_name_may_be_of_several_kinds() -> None:
    """One of them can be asked for."""
    message = _add("Signals { mix/x }, Events = 1 { mix/x }, Statistics { mix/x = 4 }, Media { O { mix/x = 3 } }")
    assert [_MIX.find(message, "mix/x", kind=kind) for kind in ("property", "statistic")] == [3, 4]
    assert _MIX.find(message, "mix/x", kind="event") == _MIX.find(message, "mix/x", kind="signal") == {}
    kinds = {found.place.kind for found in _MIX.find_all(message, "mix/x")}
    assert kinds == {"event", "property", "signal", "statistic"}


@pytest.mark.parametrize(
    ("name", "code", "what"),
    [
        ("nosuch/x", 440, "package 'nosuch' is not known"),
        ("txc/x", 440, "package 'txc' is known by its number only"),
        ("nt/nosuch", 450, "package 'nt' has no property 'nosuch'"),
        ("nt", 445, "'nt' is no property: its name would be package/item"),
        ("", 445, "'' is no property: its name would be package/item"),
    ],
)
def test_who_asks_for_what_there_cannot_be_is_told(name: str, code: int, what: str) -> None:
    """It is the caller's mistake, whatever the message has."""
    with pytest.raises(ItemUseError) as caught:
        _ITEMS.find(_STREAMS, name)
    assert (caught.value.code, str(caught.value)) == (code, f"error[{code}]: {what}")
    with pytest.raises(ItemUseError):
        [*_ITEMS.find_all(_STREAMS, name)]


def test_a_value_that_is_none_is_the_far_ends_fault() -> None:
    """With its place."""
    with pytest.raises(ItemError) as caught:
        _ITEMS.find(_property("tdmc/ec = g165"), "tdmc/ec")
    assert isinstance(caught.value, PeerError)
    assert (caught.value.code, caught.value.level, caught.value.name) == (449, Level.COMMAND, "tdmc/ec")
    assert caught.value.path.endswith("streams[0].local_control.properties[0]")
    assert str(caught.value) == f"error[449]: tdmc/ec = 'g165'; expected on or off (in {caught.value.path})"


# ------------------------------------------------------------------------------------------------- values, parameters


def test_one_value() -> None:
    """Of a property, by its name."""
    assert _ITEMS.value("tdmc/ec", Value("on")) is True
    assert _ITEMS.value("ipra/ar", ValueList((Value("a"),))) == ("a",)
    for name, value, code in (
        ("nosuch/x", Value("1"), 440),
        ("nt", Value("1"), 445),
        ("nt/os", Value("1"), 450),
        ("tdmc/ec", Value("1"), 449),
        ("tdmc/ec", ValueList((Value("on"),)), 449),
    ):
        with pytest.raises(ItemError) as caught:
            _ITEMS.value(name, value)
        assert (caught.value.code, caught.value.name, caught.value.path) == (code, name, "")
        assert "(in" not in str(caught.value)


def test_parameters() -> None:
    """Of an event asked for or seen, and of a signal, as the package spells them."""
    assert _ITEMS.parameters(RequestedEvent("AL/on", parameters=(_parameter("STRICT", "exact"),))) == {
        "strict": "exact"
    }
    assert _ITEMS.parameters(ObservedEvent("al/on", parameters=(_parameter("init", "off"),))) == {"init": False}
    assert _ITEMS.parameters(Signal("tonegen/pt", parameters=(_parameter("tl", "dt"),))) == {"tl": ("dt",)}
    nodes: tuple[tuple[RequestedEvent | ObservedEvent | Signal, int], ...] = (
        (RequestedEvent("nosuch/on"), 440),
        (RequestedEvent("al/nosuch"), 451),
        (Signal("cg/nosuch"), 452),
        (RequestedEvent("al/on", parameters=(_parameter("init", "on"),)), 446),
        (ObservedEvent("al/on", parameters=(_parameter("init", "5"),)), 449),
        (RequestedEvent("al/on", parameters=(_parameter("strict", "5"),)), 454),
        (RequestedEvent("al/on", parameters=(_parameter("strict", "exact"), _parameter("Strict", "state"))), 456),
        (Signal("ipnapt/latch"), 457),
        (ObservedEvent("chp/mgcon"), 457),
    )
    for node, code in nodes:
        with pytest.raises(ItemError) as caught:
            _ITEMS.parameters(node)
        assert (caught.value.code, caught.value.name) == (code, node.name)


# ------------------------------------------------------------------------------------------------------------- judging


def _controlled(*properties: PropertyParm) -> Message:
    """Return what text cannot say, or the decoder does not take."""
    control = LocalControlDescriptor(properties=properties)
    return request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, control),)),)))


def _twice_observed(name: str, *parameters: str) -> Message:
    event = ObservedEvent(name, parameters=tuple(_parameter(one, "on") for one in parameters))
    return request(NotifyRequest(("t",), ObservedEventsDescriptor(1, (event,))))


def _local(name: str) -> Message:
    local = LocalDescriptor(property_groups=((PropertyParm(name, Value("1")),),))
    return request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, None, local),)),)))


@pytest.mark.parametrize(
    ("code", "message", "name", "what"),
    [
        (440, _property("nosuch/x = 1"), "nosuch/x", "package 'nosuch' is not known"),
        (440, _add("Events = 1 { nosuch/x }"), "nosuch/x", "package 'nosuch' is not known"),
        (445, _controlled(_parameter("jit", "1")), "jit",
         "'jit' is no property: its name would be package/item"),
        (446, _add("Events = 1 { al/on { init = on } }"), "al/on", "al/on has no parameter init here"),
        (446, _observed("al/on { strict = exact }"), "al/on", "al/on has no parameter strict here"),
        (446, _add("Signals { cg/dt { nosuch = 1 } }"), "cg/dt", "cg/dt has no parameter nosuch here"),
        (449, _property("nt/jit = a"), "nt/jit", "nt/jit = 'a'; expected a number"),
        (449, _property("ds/dscp = 64"), "ds/dscp", "ds/dscp = 64; expected 0 to 63"),
        (449, _property("ds/pb = move"), "ds/pb", "ds/pb = 'move'; expected one of mark, copy"),
        (449, _property("nt/jit = [1,2]"), "nt/jit", "nt/jit = a list; expected one integer"),
        (449, _add("Statistics { nt/os = a }"), "nt/os", "nt/os = 'a'; expected a number"),
        (449, _observed("al/on { init = 5 }"), "al/on", "al/on init = '5'; expected on or off"),
        (450, _property("nt/nosuch = 1"), "nt/nosuch", "package 'nt' has no property 'nosuch'"),
        (450, _property("nt/os = 1"), "nt/os", "package 'nt' has no property 'os'"),
        (451, _add("Events = 1 { nt/nosuch }"), "nt/nosuch", "package 'nt' has no event 'nosuch'"),
        (452, _add("Signals { al/on }"), "al/on", "package 'al' has no signal 'on'"),
        (453, _add("Statistics { nt/jit }"), "nt/jit", "package 'nt' has no statistic 'jit'"),
        (454, _add("Events = 1 { al/on { strict = 5 } }"), "al/on",
         "al/on strict = '5'; expected one of exact, state, failWrong"),
        (455, _state("nt/jit = 1"), "nt/jit", "nt/jit in TerminationState; expected in LocalControl"),
        (455, _property("mgcinfo/db = ab, root/MGMaxPDUSize = 1"), "root/MGMaxPDUSize",
         "root/MGMaxPDUSize in LocalControl; expected in TerminationState"),
        (455, _local("nt/jit"), "nt/jit", "nt/jit in Local; expected in LocalControl"),
        (455, _add("Modem = V18 { nt/jit = 1 }"), "nt/jit", "nt/jit in Modem; expected in LocalControl"),
        (456, _controlled(_parameter("nt/jit", "1"), _parameter("NT/Jit", "2")), "NT/Jit", "NT/Jit stands twice"),
        (456, _twice_observed("al/on", "init", "Init"), "al/on", "al/on has the parameter init twice"),
        (457, _add("Signals { ipnapt/latch }"), "ipnapt/latch", "ipnapt/latch without its parameter napt"),
        (457, _observed("chp/mgcon"), "chp/mgcon", "chp/mgcon without its parameter reduction"),
        (534, _state('ipra/ar = [ "a" ]'), "ipra/ar", "ipra/ar is read only"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(code: int, message: Message, name: str, what: str) -> None:
    """Every code, with the item and its place."""
    (error,) = _ITEMS.check(message)
    assert (error.code, error.what, error.name) == (code, what, name)
    assert error.path.startswith("transactions[0].actions[0].commands[0].command.")
    assert str(error) == f"error[{code}]: {what} (in {error.path})"
    assert error.level is Level.COMMAND


_ALL_KINDS = """Media { TerminationState { root/MGMaxPDUSize = 1 },
    Stream = 1 { LocalControl { nt/jit = $, tdmc/ec = on } },
    Stream = 2 { LocalControl { nt/jit = 1 } } }, Statistics { nt/os = 1, rtp/ps },
    Events = 1 { al/on { strict = exact, Embed { Signals { cg/dt }, Events = 2 { dd/std { tl = [d0] } } } }, g/* },
    Signals { cg/rt, SignalList = 1 { tonegen/pt { tl = [dt] } } }, EventBuffer { al/of { strict = state } }"""


@pytest.mark.parametrize(
    "message",
    [
        _add(_ALL_KINDS),
        _observed("al/on { init = on }, g/cause { Generalcause = NR }, g/sc { SigID = cg/dt, Meth = TO }"),
        _property("txc/nosuch = 1, BCP/x = $"),
        _add("Events = 1 { */*, txc/any { x = 1 } }, Signals { al/* }"),
        _action(
            "Modify = a { Media { LocalControl { nt/jit = 1 } } }, Modify = b { Media { LocalControl { nt/jit = 1 } } }"
        ),
        _action("AuditValue = a { Audit { Media { TS { ipra/ar } }, Events = 1 { al/on }, Signals { cg/dt } } }"),
        decode('MEGACO/3 a Reply = 1 { Context = 1 { AuditValue = a { Media { TS { ipra/ar = [ "a" ] } } } } }'),
    ],
)
def test_what_is_right_is_not_told(message: Message) -> None:
    """Neither wildcards, nor packages of which no items are known, nor what is read only where it is told."""
    assert [*_ITEMS.check(message)] == []


def test_everything_that_is_wrong_is_told() -> None:
    """In the order of the tree, one error an item."""
    message = _add(
        """Media { LocalControl { nt/jit = a, nt/nosuch = 1, tdmc/ec = on } }, Events = 1 { al/nosuch, al/on,
        dd/nosuch { Embed { Signals { cg/nosuch } } } }, Statistics { nosuch/x }"""
    )
    assert [error.code for error in _ITEMS.check(message)] == [449, 450, 451, 451, 452, 440]


def test_a_part_can_be_judged() -> None:
    """What is above is not known: no descriptor, so a property may stand in any."""
    assert [*_ITEMS.check(_JIT)] == []
    assert [error.code for error in _ITEMS.check(PropertyParm("nt/jit", Value("a")))] == [449]
    assert [error.path for error in _ITEMS.check(PropertyParm("nt/jit", Value("a")))] == [""]
    assert [error.code for error in _MIX.check(PropertyParm("mix/told", Value("1")))] == [534]
    control = LocalControlDescriptor(properties=(_JIT, _JIT))
    assert [error.code for error in _ITEMS.check(control)] == [456]


@pytest.mark.parametrize("text", EVERY_SAMPLE)
def test_samples_can_be_judged(text: str) -> None:
    """Whatever they use: errors are told, not raised, and each has a code and a place."""
    for error in _ITEMS.check(decode(text)):
        assert error.code in {440, 445, 446, 449, 450, 451, 452, 453, 454, 455, 456, 457, 534}
        assert error.path


@_SLOW_TO_DRAW
@given(MESSAGES)
def test_every_tree_can_be_judged(message: Message) -> None:
    """Nothing is raised."""
    assert all(400 <= error.code < 600 for error in _ITEMS.check(message))


# ------------------------------------------------------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("code", "write", "what"),
    [
        (440, lambda: _ITEMS.property("nosuch/x", 1), "package 'nosuch' is not known"),
        (440, lambda: _ITEMS.signal("txc/x"), "package 'txc' is known by its number only"),
        (445, lambda: _ITEMS.reported("jit", 1), "'jit' is no property: its name would be package/item"),
        (446, lambda: _ITEMS.requested_event("al/on", {"init": True}), "al/on has no parameter init here"),
        (446, lambda: _ITEMS.signal("cg/dt", {"x": 1}), "cg/dt has no parameter x here"),
        (449, lambda: _ITEMS.property("nt/jit", "a"), "nt/jit = 'a'; expected a number (int)"),
        (449, lambda: _ITEMS.property("ds/dscp", 64), "ds/dscp = 64; expected 0 to 63"),
        (449, lambda: _ITEMS.reported("nt/jit", (1,)), "nt/jit = (1,); expected one integer"),
        (449, lambda: _ITEMS.observed_event("al/on", {"init": 1}), "al/on init = 1; expected True or False"),
        (449, lambda: _ITEMS.statistic("nt/os", "a"), "nt/os = 'a'; expected a number (int)"),
        (449, lambda: _ITEMS.statistic("nt/os", Span(1, 2)), "nt/os = Span(low=1, high=2); expected a value, not a "),
        (
            449,
            lambda: _ITEMS.statistic("nt/os", Alternatives((1, 2))),
            "nt/os = Alternatives(values=(1, 2)); expected ",
        ),
        (450, lambda: _ITEMS.property("nt/os", 1), "package 'nt' has no property 'os'"),
        (451, lambda: _ITEMS.requested_event("nt/jit"), "package 'nt' has no event 'jit'"),
        (451, lambda: _ITEMS.observed_event("al/*"), "package 'al' has no event '*'"),
        (452, lambda: _ITEMS.signal("al/on"), "package 'al' has no signal 'on'"),
        (453, lambda: _ITEMS.statistic("nt/jit", 1), "package 'nt' has no statistic 'jit'"),
        (454, lambda: _ITEMS.requested_event("al/on", {"strict": "x"}), "al/on strict = 'x'; expected one of exact, "),
        (
            455,
            lambda: _ITEMS.property("nt/jit", 1, "TerminationState"),
            "nt/jit in TerminationState; expected in Local",
        ),
        (455, lambda: _MIX.property("mix/x", 1, "Local"), "mix/x in Local; expected in LocalControl or Remote"),
        (457, lambda: _ITEMS.signal("ipnapt/latch"), "ipnapt/latch without its parameter napt"),
        (457, lambda: _MIX.observed_event("mix/e"), "mix/e without its parameter must"),
        (457, lambda: _MIX.requested_event("mix/e"), "mix/e without its parameter must"),
        (534, lambda: _ITEMS.property("ipra/ar", ("a",), "TerminationState"), "ipra/ar is read only"),
    ],
)
def test_what_cannot_be_written_is_told(code: int, write: Callable[[], object], what: str) -> None:
    """Every code; it is the caller's mistake."""
    with pytest.raises(ItemUseError) as caught:
        write()
    assert isinstance(caught.value, LocalError)
    assert caught.value.code == code
    assert caught.value.what.startswith(what)
    assert str(caught.value) == f"error[{code}]: {caught.value.what}"


def test_items_are_written() -> None:
    """As the package types them; names of parameters as it spells them."""
    assert _ITEMS.property("nt/jit", 5) == _JIT
    assert _ITEMS.property("nt/jit", Wildcard.CHOOSE) == PropertyParm("nt/jit", Value("$"))
    assert _ITEMS.property("nt/jit", Alternatives((1, 2))).value == ValueChoice((Value("1"), Value("2")))
    assert _ITEMS.property("mgcinfo/db", b"\xab", "TerminationState").value == Value("AB")
    assert _MIX.property("mix/secret", 1).name == "mix/secret"
    assert _ITEMS.reported("ipra/ar", ("a",)).value == ValueList((Value("a", quoted=True),))
    assert _ITEMS.requested_event("al/on", {"STRICT": "Exact"}, stream_id=2) == RequestedEvent(
        "al/on", stream_id=2, parameters=(_parameter("strict", "exact"),)
    )
    assert _ITEMS.observed_event("al/on", {"init": True}) == ObservedEvent(
        "al/on", parameters=(_parameter("init", "on"),)
    )
    assert _ITEMS.signal("cg/dt", stream_id=1) == Signal("cg/dt", stream_id=1)
    assert _ITEMS.statistic("rtp/pl", Decimal("0.2")) == StatisticsParameter("rtp/pl", Value("0.2"))


@pytest.mark.parametrize("encoding", ["compact", "pretty", "binary"])
def test_what_is_written_is_found_again(encoding: str) -> None:
    """Over either encoding, and nothing is wrong with it."""
    properties: dict[str, PythonValue] = {"nt/jit": Span(1, 40), "tdmc/gain": "automatic", "tdmc/ec": True}
    control = LocalControlDescriptor(properties=tuple(_ITEMS.property(*one) for one in properties.items()))
    strict: dict[str, PythonValue] = {"strict": "failWrong"}
    tones: dict[str, PythonValue] = {"tl": ("d0", "dt")}
    cause: dict[str, PythonValue] = {"Generalcause": "FT", "Failurecause": b"\x00\xff"}
    done: dict[str, PythonValue] = {"SigID": "cg/dt", "Meth": "TO", "SLID": 7}
    seen = (_ITEMS.observed_event("g/cause", cause), _ITEMS.observed_event("g/sc", done))
    message = request(
        AddRequest(
            ("t",),
            (
                MediaDescriptor(streams=(StreamDescriptor(2, control),)),
                EventsDescriptor(1, (_ITEMS.requested_event("al/on", strict),)),
                SignalsDescriptor((_ITEMS.signal("tonegen/pt", tones, stream_id=2),)),
                StatisticsDescriptor((_ITEMS.statistic("rtp/pl", Decimal("0.25")), _ITEMS.statistic("nt/os", 1 << 40))),
            ),
        ),
        NotifyRequest(("t",), ObservedEventsDescriptor(1, seen)),
        version=3,
    )
    read = decode(encode(message, encoding), strict=True)
    assert read == message
    assert [*_ITEMS.check(read)] == []
    for name, value in properties.items():
        assert _ITEMS.find(read, name, stream_id=2) == value
    assert _ITEMS.find(read, "al/on") == strict
    assert _ITEMS.find(read, "tonegen/pt", stream_id=2) == tones
    assert _ITEMS.find(read, "rtp/pl") == Decimal("0.25")
    assert _ITEMS.find(read, "nt/os") == 1 << 40
    assert _ITEMS.find(read, "g/cause") == cause
    assert _ITEMS.find(read, "g/sc") == done


def test_the_default_is_what_is_shipped() -> None:
    """Made once."""
    assert default_items() is megaco.default_items()
    assert default_items().registry is default_registry()


# --------------------------------------------------------------------------------------------------- what is not so yet


def test_an_audited_statistic_is_one() -> None:
    """It has no value yet."""
    message = _action("AuditValue = a { Audit { Statistics { nt/os } } }")
    assert [*_ITEMS.check(message)] == []
    assert [found.value for found in _ITEMS.find_all(message, "nt/os")] == [None]


def test_properties_of_annex_c_are_known() -> None:
    """The binary encoding has them in Local and Remote."""
    assert [*_ITEMS.check(_local("C.6/Port"))] == []


def test_extensions_of_service_change_are_not_judged() -> None:
    """They are of no package."""
    text = 'ServiceChange = a { Services { Method = Restart, Reason = "900", X-word = 1 } }'
    assert [*_ITEMS.check(_action(text))] == []


def test_an_unknown_name_of_a_kind_is_told_too() -> None:
    """As one without a kind is."""
    with pytest.raises(ItemUseError):
        _ITEMS.find(_STREAMS, "nosuch/x", kind="property")


def test_several_kinds_come_in_the_order_of_the_message() -> None:
    """As the docstring of find_all has it."""
    message = _add("Signals { mix/x }, Events = 1 { mix/x }, Statistics { mix/x = 4 }, Media { O { mix/x = 3 } }")
    assert [found.place.kind for found in _MIX.find_all(message, "mix/x")] == [
        "signal",
        "event",
        "statistic",
        "property",
    ]


def test_an_event_is_found_once() -> None:
    """Also where a signal has the same name."""
    assert len([*_MIX.find_all(_add("Events = 1 { mix/x }"), "mix/x")]) == 1


def test_a_parameter_cannot_be_written_twice() -> None:
    """Names have no case; the far end would answer 456."""
    with pytest.raises(ItemUseError, match=r"^error\[456\]"):
        _ITEMS.requested_event("al/on", {"strict": "exact", "Strict": "state"})
