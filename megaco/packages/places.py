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
_REQUESTS = {
    AddRequest,
    MoveRequest,
    ModifyRequest,
    SubtractRequest,
    AuditValueRequest,
    AuditCapabilityRequest,
    NotifyRequest,
    ServiceChangeRequest,
}
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


Way: TypeAlias = tuple[Any, str]
"""The way to where a step in the tree begins, None at the root, and the step (recursive types make mypyc fail)."""


def path_of(way: Way | None) -> str:
    """Return a way as text."""
    steps = []
    while way is not None:
        steps.append(way[1])
        way = way[0]
    return "".join(reversed(steps)).removeprefix(".")


def places(node: Node, kind: Kind | None = None) -> list[Place]:
    """Return every item in a message or in a part of one, in the order of the tree; ``kind`` None: of every kind."""
    walk = _Walk(_visits(kind))
    walk.is_request = not isinstance(node, ActionReply)
    walk.visit(node, None)
    return walk.found


class _Visit(NamedTuple):
    """What to do at a class of nodes."""

    kind: Kind | None
    """Of the item that it is; None: it is none, or none that is wanted."""
    has_stream: bool
    """Whether it is an item that names its stream itself."""
    changes_scope: bool
    descriptor: str
    fields: tuple[tuple[str, str], ...]
    """Those below which items can be, and each as a path has it."""


class _Walk:
    """A walk over a tree: what was found, and the scope of where it is."""

    def __init__(self, visits: dict[type, _Visit]) -> None:
        self.visits = visits
        self.found: list[Place] = []
        self.context_id: int | None = None
        self.termination_ids: tuple[str, ...] | None = None
        self.stream_id: int | None = None
        self.descriptor = ""
        self.is_request = True

    def visit(self, node: Any, way: Way | None) -> None:
        """Go to a node and to what is below it."""
        visit = self.visits.get(type(node))
        if visit is None:
            return
        if visit.kind is not None:
            own: int | None = node.stream_id if visit.has_stream else None
            stream_id = self.stream_id if own is None else own
            scope = Scope(self.context_id, self.termination_ids, stream_id, self.descriptor, self.is_request)
            self.found.append(Place(visit.kind, node.name, node, scope, way or (None, "")))
        if not visit.changes_scope:
            self._below(node, visit, way)
            return
        outer = (self.context_id, self.termination_ids, self.stream_id, self.descriptor, self.is_request)
        self._enter(node, visit)
        self._below(node, visit, way)
        self.context_id, self.termination_ids, self.stream_id, self.descriptor, self.is_request = outer

    def _below(self, node: Any, visit: _Visit, way: Way | None) -> None:
        for field, step in visit.fields:
            value: Any = getattr(node, field)
            if value is None:
                continue
            below = (way, step)
            if isinstance(value, tuple):
                self._several(value, below)
            else:
                self.visit(value, below)

    def _several(self, values: tuple[Any, ...], way: Way) -> None:
        for index, one in enumerate(values):
            below = (way, f"[{index}]")
            if isinstance(one, tuple):  # groups of properties
                self._several(one, below)
            else:
                self.visit(one, below)

    def _enter(self, node: Any, visit: _Visit) -> None:
        """Take the scope inside a node."""
        node_class = type(node)
        if visit.descriptor:
            self.descriptor = visit.descriptor
        elif visit.has_stream:
            self.stream_id = self.stream_id if node.stream_id is None else node.stream_id
        elif node_class in _STREAMS:
            self.stream_id = UNNAMED_STREAM if node.stream_id is None else node.stream_id
        elif node_class is ActionRequest or node_class is ActionReply:
            self.context_id = node.context_id
            self.is_request = node_class is ActionRequest
        else:
            self.termination_ids = node.termination_ids
            self.is_request = node_class in _REQUESTS


_STREAMS = {StreamDescriptor, StreamAudit}


@cache
def _visits(kind: Kind | None) -> dict[type, _Visit]:
    """Find what to do at each class of nodes that is an item of a kind, or that has some below it."""
    fields = _fields()
    leading = {one for one, its_kind in _KINDS.items() if kind is None or its_kind == kind}
    size = 0
    while size < len(leading):
        size = len(leading)
        leading |= {one for one, below in fields.items() if any(leading & classes for classes in below.values())}
    return {one: _visit_of(one, fields[one], leading, kind) for one in leading}


def _visit_of(node_class: type, fields: dict[str, set[type]], leading: set[type], kind: Kind | None) -> _Visit:
    its_kind = _KINDS.get(node_class)
    descriptor = _DESCRIPTORS.get(node_class, "")
    has_stream = its_kind in ("event", "signal")
    return _Visit(
        its_kind if kind is None or its_kind == kind else None,
        has_stream,
        bool(descriptor) or has_stream or node_class in _SCOPED or hasattr(node_class, "termination_ids"),
        descriptor,
        tuple((name, f".{name}") for name, classes in fields.items() if leading & classes),
    )


_SCOPED = {ActionRequest, ActionReply, *_STREAMS}
"""What changes the scope besides descriptors, commands and items with a stream of their own."""


def _fields() -> dict[type, dict[str, set[type]]]:
    """Return the classes of nodes that each field of each class of nodes can hold."""
    fields: dict[type, dict[str, set[type]]] = {}
    waiting: list[type] = [Message, ActionRequest, ActionReply]
    while waiting:
        node_class = waiting.pop()
        if node_class in fields:
            continue
        left_out = _NO_ITEMS.get(node_class, ())
        infos = [info for info in msgspec.structs.fields(node_class) if info.name not in left_out]
        fields[node_class] = {info.name: set(_classes(info.type)) for info in infos}
        waiting += [one for classes in fields[node_class].values() for one in classes]
    return fields


def _classes(annotation: Any) -> Iterator[type]:
    """Yield the classes of nodes that a field can hold."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    elif get_origin(annotation) in (tuple, Union, UnionType):
        for member in get_args(annotation):
            yield from _classes(member)
