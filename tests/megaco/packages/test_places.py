"""Where in a message items of packages stand."""

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from megaco import Message, decode
from megaco import message as tree
from megaco.message import (
    ActionReply,
    AddReply,
    EmbeddedDescriptors,
    LocalDescriptor,
    MediaDescriptor,
    Node,
    PropertyParm,
    RemoteDescriptor,
    StreamDescriptor,
    Value,
)
from megaco.packages.places import ItemNode, Kind, Place, Scope, path_of, places

from ..samples import EVERY_SAMPLE, request
from ..strategies import MESSAGES

_KINDS: tuple[Kind, ...] = get_args(Kind)
_NODES: tuple[type, ...] = get_args(ItemNode)
_SLOW_TO_DRAW = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def _request(text: str) -> Message:
    """Return a message with these actions."""
    return decode(f"MEGACO/3 [192.0.2.1]:2944 Transaction = 1 {{ {text} }}")


def _add(text: str) -> Message:
    return _request(f"Context = 7 {{ Add = t {{ {text} }} }}")


def _at(node: Any, path: str) -> Any:
    """Follow a path from a node to what is there."""
    for step in path.replace("[", ".[").split("."):
        node = node if not step else node[int(step[1:-1])] if step[0] == "[" else getattr(node, step)
    return node


_COMMAND = "transactions[0].actions[0].commands[0].command"
_FIRST = f"{_COMMAND}.descriptors[0]"
_T = Scope(7, ("t",))


def _in(descriptor: str, stream_id: int | None = None) -> Scope:
    return _T._replace(descriptor=descriptor, stream_id=stream_id)


@pytest.mark.parametrize(
    ("text", "kind", "name", "scope", "path"),
    [
        (
            "Media { TerminationState { root/maxNumberOfContexts = 1 } }",
            "property",
            "root/maxNumberOfContexts",
            _in("TerminationState"),
            f"{_FIRST}.termination_state.properties[0]",
        ),
        (
            "Media { Stream = 3 { LocalControl { Mode = SendOnly, tdmc/ec = on } } }",
            "property",
            "tdmc/ec",
            _in("LocalControl", 3),
            f"{_FIRST}.streams[0].local_control.properties[0]",
        ),
        (
            "Media { LocalControl { tdmc/ec = on } }",
            "property",
            "tdmc/ec",
            _in("LocalControl", 1),
            f"{_FIRST}.streams[0].local_control.properties[0]",
        ),
        ("Modem = V18 { x/speed = 9 }", "property", "x/speed", _in("Modem"), f"{_FIRST}.properties[0]"),
        ("Statistics { nt/os = 1 }", "statistic", "nt/os", _T, f"{_FIRST}.parameters[0]"),
        ("Statistics { nt/or }", "statistic", "nt/or", _T, f"{_FIRST}.parameters[0]"),
        (
            "Media { Stream = 2 { Statistics { nt/os } } }",
            "statistic",
            "nt/os",
            _T._replace(stream_id=2),
            f"{_FIRST}.streams[0].statistics.parameters[0]",
        ),
        ("Events = 1 { al/on { strict = state } }", "event", "al/on", _T, f"{_FIRST}.events[0]"),
        (
            "Events = 1 { nt/netfail { Stream = 2 } }",
            "event",
            "nt/netfail",
            _T._replace(stream_id=2),
            f"{_FIRST}.events[0]",
        ),
        ("EventBuffer { al/on { Stream = 4 } }", "event", "al/on", _T._replace(stream_id=4), f"{_FIRST}.events[0]"),
        ("Signals { cg/dt { Stream = 5 } }", "signal", "cg/dt", _T._replace(stream_id=5), f"{_FIRST}.signals[0]"),
        ("Signals { SignalList = 7 { al/ri { x = 1 } } }", "signal", "al/ri", _T, f"{_FIRST}.signals[0].signals[0]"),
    ],
)
def test_items_of_a_request(text: str, kind: Kind, name: str, scope: Scope, path: str) -> None:
    """Each kind of node once; a stream that has no number is stream 1, and parameters are no items."""
    message = _add(text)
    (place,) = places(message)
    assert (place.kind, place.name, place.scope, place.path) == (kind, name, scope, path)
    assert place.node is _at(message, path)


@pytest.mark.parametrize("descriptor", [LocalDescriptor, RemoteDescriptor])
def test_properties_in_groups(descriptor: type[LocalDescriptor | RemoteDescriptor]) -> None:
    """What of Annex C is no SDP, in the binary encoding only."""
    groups = tuple((PropertyParm(name, Value("00")), PropertyParm("C.4/BCOB", Value("1"))) for name in ("a/b", "a/c"))
    field = "local" if descriptor is LocalDescriptor else "remote"
    stream = StreamDescriptor(2, **{field: descriptor(property_groups=groups)})  # type: ignore[arg-type]  # by name
    found = [*places(request(tree.AddRequest(("t",), (MediaDescriptor(streams=(stream,)),))))]
    assert [place.name for place in found] == ["a/b", "C.4/BCOB", "a/c", "C.4/BCOB"]
    assert [place.path.rpartition(f"{field}.")[2] for place in found] == [
        f"property_groups[{group}][{member}]" for group in (0, 1) for member in (0, 1)
    ]
    assert {place.scope for place in found} == {Scope(1, ("t",), 2, field.title())}


_EMBEDDED = """Events = 5 {
  al/on { Embed { Signals { cg/dt, SignalList = 1 { cg/rt } }, Events = 6 {
    dd/ce { Stream = 2, Embed { Signals { cg/ct } } },
    al/of { RegulatedNotify { Embed { Signals { cg/bt } } } } } } },
  al/fl { RegulatedNotify { Embed { Events = 7 { g/cause } } } } }"""


def test_what_is_embedded_is_found() -> None:
    """Signals and events that take effect when an event is seen, at every depth, in the order of the tree."""
    message = _add(_EMBEDDED)
    found = [*places(message)]
    assert [(place.kind, place.name) for place in found] == [
        ("event", "al/on"),
        ("signal", "cg/dt"),
        ("signal", "cg/rt"),
        ("event", "dd/ce"),
        ("signal", "cg/ct"),
        ("event", "al/of"),
        ("signal", "cg/bt"),
        ("event", "al/fl"),
        ("event", "g/cause"),
    ]
    assert {type(place.node).__name__ for place in found} == {"RequestedEvent", "SecondRequestedEvent", "Signal"}
    assert [place.scope.stream_id for place in found if place.kind == "event"] == [None, 2, None, None, None]
    for place in found:
        assert _at(message, place.path) is place.node


def test_audits_name_items() -> None:
    """Properties, statistics, events and signals to tell of, and values to select by."""
    message = _request(
        """Context = 7 { AuditValue = t { Audit {
        Media { TerminationState { root/maxNumberOfContexts },
                Stream = 2 { LocalControl { tdmc/ec = on } }, Stream = 3 { Statistics { nt/dur } } },
        Events = 4 { al/on }, Signals { cg/dt { Stream = 9 } }, Signals { SignalList = 1 { al/ri } },
        Statistics { nt/os }, Packages { al-1 }, DigitMap } } }"""
    )
    found = [*places(message)]
    assert [(place.kind, place.name, place.scope) for place in found] == [
        ("property", "root/maxNumberOfContexts", _in("TerminationState")),
        ("property", "tdmc/ec", _in("LocalControl", 2)),
        ("statistic", "nt/dur", _T._replace(stream_id=3)),
        ("event", "al/on", _T),
        ("signal", "cg/dt", _T._replace(stream_id=9)),
        ("signal", "al/ri", _T),
        ("statistic", "nt/os", _T),
    ]
    for place in found:
        assert place.path.startswith(f"{_COMMAND}.audit.individual[")
        assert _at(message, place.path) is place.node


def test_items_of_a_context() -> None:
    """Its properties, and those that an audit asks for or selects by."""
    found = [
        *places(
            _request(
                """Context = 7 { ContextAttr { x/a = 1, x/b = [2,3] },
                   ContextAudit { Topology, ContextAttr { x/c, x/d > 3 } } },
                   Context = 8 { Subtract = s { Audit { Statistics { nt/os } } } }"""
            )
        )
    ]
    assert [place.name for place in found] == ["x/a", "x/b", "x/c", "x/d", "nt/os"]
    assert [place.scope.context_id for place in found] == [7, 7, 7, 7, 8]
    assert [place.scope.termination_ids for place in found] == [None, None, None, None, ("s",)]
    assert {place.scope.descriptor for place in found[:2]} == {"ContextAttr"}
    assert [place.path.removeprefix("transactions[0].") for place in found] == [
        "actions[0].properties.properties[0]",
        "actions[0].properties.properties[1]",
        "actions[0].audit.attributes[0]",
        "actions[0].audit.attributes[1]",
        "actions[1].commands[0].command.audit.individual[0]",
    ]


def test_each_command_has_terminations_of_its_own() -> None:
    """And each action its context."""
    message = _request(
        """Context = 1 { Modify = [ a, b ] { Signals { cg/dt } }, Move = c { Signals { cg/rt } } },
           Context = $ { Notify = d { ObservedEvents = 1 { 20260314T12000000 : g/sc { Stream = 2 } } } }"""
    )
    assert [(place.name, place.scope) for place in places(message)] == [
        ("cg/dt", Scope(1, ("a", "b"))),
        ("cg/rt", Scope(1, ("c",))),
        ("g/sc", Scope(tree.CHOOSE_CONTEXT, ("d",), 2)),
    ]


def test_what_is_told_is_no_request() -> None:
    """Replies tell, requests ask, and a Notify is one; a part of a reply alone is not known to be."""
    reply = decode(
        """MEGACO/3 [192.0.2.1] Reply = 4 { Context = 1 {
        ContextAttr { x/a = 1 },
        AuditValue = a { Media { LocalControl { tdmc/ec = on } }, Statistics { nt/os = [1,2] }, Signals { cg/dt },
                         Events = 1 { al/on }, EventBuffer { al/of }, ObservedEvents = 1 { al/fl } } } }"""
    )
    found = [*places(reply)]
    assert [place.name for place in found] == ["x/a", "tdmc/ec", "nt/os", "cg/dt", "al/on", "al/of", "al/fl"]
    assert {place.scope.is_request for place in found} == {False}
    assert found[1].scope == Scope(1, ("a",), 1, "LocalControl", is_request=False)
    assert (
        found[1].path == "transactions[0].actions[0].replies[0].descriptors[0].streams[0].local_control.properties[0]"
    )
    assert isinstance(reply.transactions[0], tree.TransactionReply)
    action = reply.transactions[0].actions[0]
    assert isinstance(action, ActionReply)
    assert isinstance(action.replies[0], tree.AuditValueReply)
    for part in (action, action.replies[0]):
        assert {place.scope.is_request for place in places(part)} == {False}
    assert {place.scope.is_request for place in places(_add("Signals { cg/dt }"))} == {True}


def test_a_walk_may_begin_anywhere() -> None:
    """What is above is not known; paths begin where the walk does."""
    message = _add("Media { Stream = 3 { LocalControl { tdmc/ec = on } } }")
    ((_, _, node, _, _),) = places(message)
    begun = [
        ("transactions[0]", _in("LocalControl", 3), "actions[0].commands[0].command.descriptors[0].streams[0]"),
        ("transactions[0].actions[0].commands[0]", Scope(None, ("t",), 3, "LocalControl"), "command.descriptors[0]"),
        (_FIRST, Scope(None, None, 3, "LocalControl"), "streams[0].local_control.properties[0]"),
        (f"{_FIRST}.streams[0]", Scope(None, None, 3, "LocalControl"), "local_control.properties[0]"),
        (f"{_FIRST}.streams[0].local_control", Scope(descriptor="LocalControl"), "properties[0]"),
        (f"{_FIRST}.streams[0].local_control.properties[0]", Scope(), ""),
    ]
    for start, scope, path in begun:
        (place,) = places(_at(message, start))
        assert place.node is node
        assert place.scope == scope
        assert place.path.startswith(path)
    assert place.path == ""


def test_without_items_there_are_no_places() -> None:
    """Whatever the node."""
    nodes: Sequence[Node] = (
        _add("DigitMap = d1 { (1) }, Mux = H223 { a }, Media { Local { v=0 } }"),
        tree.TransactionPending(1),
        MediaDescriptor(),
        EmbeddedDescriptors(),
        Value("al/on"),
        AddReply(("t",)),
        decode("MEGACO/3 [192.0.2.1] Error = 400 { }"),
    )
    for node in nodes:
        assert [*places(node)] == []


# ------------------------------------------------------------------------------------------------------------ all trees


def _all_nodes(node: Any) -> list[Any]:
    """Return what names an item, found without knowing where it may be; parameters have no slash in their names."""
    if isinstance(node, tuple):
        return [found for one in node for found in _all_nodes(one)]
    if not isinstance(node, msgspec.Struct):
        return []
    below = [found for name in node.__struct_fields__ for found in _all_nodes(getattr(node, name))]
    is_item = isinstance(node, _NODES) and (not isinstance(node, PropertyParm) or "/" in node.name)
    return [node, *below] if is_item else below


def _check_walk(message: Message) -> list[Place]:
    found = [*places(message)]
    named = [place for place in found if "/" in place.name]
    assert [id(place.node) for place in named] == [id(node) for node in _all_nodes(message)]
    for place in found:
        assert _at(message, place.path) is place.node
    return found


def test_every_node_of_every_sample_is_found() -> None:
    """In order, each under its path; no kind of node is left out."""
    found = [place for text in EVERY_SAMPLE for place in _check_walk(decode(text))]
    assert {place.kind for place in found} == set(_KINDS)
    assert {type(place.node) for place in found} == set(_NODES)


def test_one_kind_alone() -> None:
    """Gives what filtering all gives."""
    for text in EVERY_SAMPLE:
        message = decode(text)
        found = [*places(message)]
        for kind in _KINDS:
            assert [*places(message, kind)] == [place for place in found if place.kind == kind], kind


@_SLOW_TO_DRAW
@given(MESSAGES)
def test_every_node_of_every_tree_is_found(message: Message) -> None:
    """Whatever the message."""
    _check_walk(message)


def test_a_path_is_its_steps() -> None:
    """Without the dot that begins it."""
    assert path_of(None) == ""
    assert path_of((None, ".a")) == "a"
    assert path_of((((None, ".a"), "[0]"), ".b")) == "a[0].b"


# ------------------------------------------------------------------------------------------------------- what is not so


def test_extensions_of_service_change_are_no_items() -> None:
    """They are of no package."""
    text = 'Context = - { ServiceChange = a { Services { Method = Restart, Reason = "900", X-word = 1 } } }'
    assert [*places(_request(text))] == []


def test_an_audit_of_the_event_buffer_names_an_event() -> None:
    """As one of Events does."""
    found = [*places(_request("Context = 1 { AuditValue = a { Audit { EventBuffer { al/on { Stream = 2 } } } } }"))]
    assert [(place.kind, place.name, place.scope.stream_id) for place in found] == [("event", "al/on", 2)]


def test_an_audit_of_contexts_is_of_context_attr() -> None:
    """It stands in ContextAttr, as what it selects by does."""
    (place,) = places(_request("Context = 1 { ContextAudit { ContextAttr { x/c } } }"))
    assert place.scope.descriptor == "ContextAttr"
