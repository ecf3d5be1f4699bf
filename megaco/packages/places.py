"""Where in a message items of packages stand: properties, events, signals, statistics, and names of packages.

A walk over the tree that goes only where an item can be, found out once from the types of the tree's fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

import msgspec

from megaco.message import (
    ActionReply,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditValueRequest,
    ContextAudit,
    ContextProperties,
    EventBufferAudit,
    EventsAudit,
    EventSpec,
    LocalControlAudit,
    LocalControlDescriptor,
    LocalDescriptor,
    Message,
    ModemDescriptor,
    ModifyRequest,
    MoveRequest,
    Node,
    NotifyRequest,
    ObservedEvent,
    PropertyAudit,
    PropertyParm,
    RemoteDescriptor,
    RequestedEvent,
    SecondRequestedEvent,
    ServiceChangeParm,
    ServiceChangeRequest,
    Signal,
    SignalAudit,
    StatisticsAudit,
    StatisticsParameter,
    StreamAudit,
    StreamDescriptor,
    SubtractRequest,
    TerminationStateAudit,
    TerminationStateDescriptor,
)

Kind = Literal["property", "event", "signal", "statistic"]

ItemNode: TypeAlias = (
    PropertyParm
    | PropertyAudit
    | RequestedEvent
    | SecondRequestedEvent
    | EventSpec
    | ObservedEvent
    | EventsAudit
    | EventBufferAudit
    | Signal
    | SignalAudit
    | StatisticsParameter
    | StatisticsAudit
)
"""Nodes that name ``package/item``; a PropertyParm does where it is not a parameter of an event or a signal."""

_KINDS: dict[type, Kind] = {
    PropertyParm: "property",
    PropertyAudit: "property",
    RequestedEvent: "event",
    SecondRequestedEvent: "event",
    EventSpec: "event",
    EventBufferAudit: "event",
    ObservedEvent: "event",
    EventsAudit: "event",
    Signal: "signal",
    SignalAudit: "signal",
    StatisticsParameter: "statistic",
    StatisticsAudit: "statistic",
}
_DESCRIPTORS: dict[type, str] = {
    TerminationStateDescriptor: "TerminationState",
    TerminationStateAudit: "TerminationState",
    LocalControlDescriptor: "LocalControl",
    LocalControlAudit: "LocalControl",
    LocalDescriptor: "Local",
    RemoteDescriptor: "Remote",
    ContextProperties: "ContextAttr",
    ContextAudit: "ContextAttr",
    ModemDescriptor: "Modem",
}
_REQUESTS = (
    AddRequest,
    MoveRequest,
    ModifyRequest,
    SubtractRequest,
    AuditValueRequest,
    AuditCapabilityRequest,
    NotifyRequest,
    ServiceChangeRequest,
)
_NO_ITEMS: dict[type, tuple[str, ...]] = {
    **dict.fromkeys((RequestedEvent, SecondRequestedEvent, EventSpec, ObservedEvent, Signal), ("parameters",)),
    ServiceChangeParm: ("extensions",),
}
"""Fields that hold parameters, which are no properties."""
UNNAMED_STREAM = 1
"""The stream of what names none (H.248.1 clause 7.1.6)."""


class Place(NamedTuple):
    """An item in a message, and where it stands."""

    kind: Kind
    name: str
    """``package/item``."""
    node: ItemNode
    scope: Scope
    way: Way

    @property
    def path(self) -> str:
        """The place in the tree: ``transactions[0].actions[0] ...``."""
        return path_of(self.way)


class Scope(NamedTuple):
    """What an item belongs to; None: not known, since the walk began below it, or not applicable."""

    context_id: int | None = None
    termination_ids: tuple[str, ...] | None = None
    stream_id: int | None = None
    descriptor: str = ""
    """TerminationState, LocalControl, Local, Remote, ContextAttr, Modem; "" for what stands in none of these."""
    is_request: bool = True
    """Whether it is asked for, not told."""


Way: TypeAlias = "tuple[Way | None, str]"
"""A step in the tree, and the way to where it begins."""


def path_of(way: Way | None) -> str:
    """Return a way as text."""
    steps = []
    while way is not None:
        steps.append(way[1])
        way = way[0]
    return "".join(reversed(steps)).removeprefix(".")


def places(node: Node, kind: Kind | None = None) -> Iterator[Place]:
    """Yield every item in a message or in a part of one, in the order of the tree; ``kind`` None: of every kind."""
    is_request = not isinstance(node, ActionReply)
    yield from _walk(node, Scope(is_request=is_request), None, _routes(kind), kind)


_Routes: TypeAlias = dict[type, tuple[str, ...]]
"""For each class of nodes the fields below which items can be."""


def _walk(node: Any, scope: Scope, way: Way | None, routes: _Routes, wanted: Kind | None) -> Iterator[Place]:
    node_class = type(node)
    kind = _KINDS.get(node_class)
    if kind is not None and wanted in (None, kind):
        if node_class in _NAMED_STREAMS and node.stream_id is not None:
            scope = scope._replace(stream_id=node.stream_id)
        yield Place(kind, node.name, node, scope, way or (None, ""))
    elif kind is None:
        scope = _scope_in(node, node_class, scope)
    for field in routes.get(node_class, ()):
        value = getattr(node, field)
        if value is None:
            continue
        below = (way, f".{field}")
        if isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, tuple):  # groups of properties
                    for inner, member in enumerate(one):
                        yield from _walk(member, scope, ((below, f"[{index}]"), f"[{inner}]"), routes, wanted)
                else:
                    yield from _walk(one, scope, (below, f"[{index}]"), routes, wanted)
        else:
            yield from _walk(value, scope, below, routes, wanted)


_NAMED_STREAMS = {one for one, kind in _KINDS.items() if kind in ("event", "signal")}
"""Items that name their stream themselves."""


def _scope_in(node: Any, node_class: type, scope: Scope) -> Scope:
    """Return the scope inside a node."""
    descriptor = _DESCRIPTORS.get(node_class)
    if descriptor is not None:
        return scope._replace(descriptor=descriptor)
    if node_class is StreamDescriptor or node_class is StreamAudit:
        return scope._replace(stream_id=UNNAMED_STREAM if node.stream_id is None else node.stream_id)
    if node_class is ActionRequest or node_class is ActionReply:
        return scope._replace(context_id=node.context_id, is_request=node_class is ActionRequest)
    if hasattr(node, "termination_ids"):
        return scope._replace(termination_ids=node.termination_ids, is_request=isinstance(node, _REQUESTS))
    return scope


@cache
def _routes(kind: Kind | None) -> _Routes:
    """Find for each class of nodes the fields that lead to items of a kind."""
    wanted = {one for one, its_kind in _KINDS.items() if kind is None or its_kind == kind}
    fields: dict[type, dict[str, set[type]]] = {}
    waiting: list[type] = [Message, ActionRequest, ActionReply]
    while waiting:
        node_class = waiting.pop()
        if node_class in fields:
            continue
        fields[node_class] = {info.name: set(_classes(info.type)) for info in msgspec.structs.fields(node_class)}
        for name in _NO_ITEMS.get(node_class, ()):
            fields[node_class].pop(name, None)
        waiting += [one for classes in fields[node_class].values() for one in classes]
    leading = set(wanted)
    while more := {
        one for one, below in fields.items() if one not in leading and any(leading & set_ for set_ in below.values())
    }:
        leading |= more
    return {
        one: tuple(name for name, classes in below.items() if leading & classes)
        for one, below in fields.items()
        if any(leading & classes for classes in below.values())
    }


def _classes(annotation: Any) -> Iterator[type]:
    """Yield the classes of nodes that a field can hold."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    elif get_origin(annotation) in (tuple, Union, UnionType):
        for member in get_args(annotation):
            yield from _classes(member)
