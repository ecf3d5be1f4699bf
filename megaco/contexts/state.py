"""What is remembered: contexts and terminations (H.248.1 clause 6)."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from megaco.message import (
    NULL_CONTEXT,
    Descriptor,
    EventBufferDescriptor,
    EventsDescriptor,
    ModemDescriptor,
    MuxDescriptor,
    PropertyParm,
    ServiceState,
    SignalsDescriptor,
)

from .names import is_root, key_of
from .topology import Topology

_Kind = TypeVar("_Kind", bound=Descriptor)

KEPT = (EventsDescriptor, EventBufferDescriptor, SignalsDescriptor, ModemDescriptor, MuxDescriptor)
"""Descriptors that are remembered as they were set last: each command that has one replaces it whole."""


@dataclass(slots=True, eq=False)
class Termination:
    """A termination, or ROOT. The application may set ``data`` alone."""

    name: str
    """As the gateway spells it; names are compared without case."""
    is_provisioned: bool = False
    """True for a physical termination: it is in the null context while it is idle. False for an ephemeral one."""
    context: "Context | None" = None
    """None: the null context."""
    service_state: ServiceState = ServiceState.IN_SERVICE
    is_leaving: bool = False
    """It leaves service gracefully: as soon as it is out of its context, or a delay is over (clause 7.2.8)."""
    data: Any = None
    """Whatever the application keeps with the termination."""
    held: dict[type[object], Descriptor] = field(default_factory=dict)
    """Descriptors of ``KEPT`` as they were set last, by their type."""

    @property
    def key(self) -> str:
        """What the name is compared by."""
        return key_of(self.name)

    @property
    def is_root(self) -> bool:
        """Tell whether this is the gateway as a whole (clause 6.2.5)."""
        return is_root(self.name)

    @property
    def context_id(self) -> int:
        """The context's number; ``NULL_CONTEXT`` where it is in none."""
        return NULL_CONTEXT if self.context is None else self.context.id

    def find(self, kind: type[_Kind]) -> _Kind | None:
        """Return a descriptor as it was set last; None where it never was."""
        found = self.held.get(kind)
        return found if isinstance(found, kind) else None

    @property
    def events(self) -> EventsDescriptor | None:
        """The events to look for; None where none were ever asked for."""
        return self.find(EventsDescriptor)

    @property
    def signals(self) -> SignalsDescriptor | None:
        """The signals as they were set last; None where none ever were."""
        return self.find(SignalsDescriptor)


@dataclass(slots=True, eq=False)
class Context:
    """Terminations that belong together, and what the controller said of them as a whole (clause 6.1)."""

    id: int
    terminations: dict[str, Termination] = field(default_factory=dict)
    """By key, in the order in which they came."""
    priority: int = 0
    """0 (lowest) to 15."""
    emergency: bool = False
    ieps_call: bool = False
    properties: dict[str, PropertyParm] = field(default_factory=dict)
    """Properties of packages, by their names in lower case."""
    topology: Topology = field(default_factory=Topology)
