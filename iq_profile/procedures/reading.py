"""What the readers of commands share: where the faults go, and values as the packages type them."""

from dataclasses import dataclass
from typing import Literal

from iq_profile.roles import Item, Roles
from megaco.errors import ItemError
from megaco.message import (
    ALL,
    ROOT,
    ActionRequest,
    Command,
    CommandRequest,
    ContextProperties,
    ObservedEvent,
    RequestedEvent,
    Signal,
    SubtractRequest,
)
from megaco.packages import PythonValue, Scalar

from .model import Procedure

UNKNOWN_TERMINATION, NO_COMMAND, NO_DESCRIPTOR, NO_PROPERTY, NO_PARAMETER = 430, 443, 444, 445, 446
DESCRIPTOR_TWICE, BAD_VALUE, NO_EVENT, NO_SIGNAL, TWICE, NOT_IMPLEMENTED = 448, 449, 451, 452, 456, 501
"""Error codes (H.248.8) of what is no part of a procedure."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a command is no part of the procedure: what a gateway that knows no more answers, and why."""

    code: int
    """Of H.248.8."""
    what: str


class Reader:
    """Reads the commands of one action; what is no part of a procedure becomes a fault."""

    def __init__(self, context_id: int, properties: ContextProperties | None, roles: Roles) -> None:
        self.context_id = context_id
        self.properties = properties or ContextProperties()
        self.roles = roles
        self.items = roles.items
        self.faults: list[Fault] = []

    def fault(self, code: int, what: str) -> None:
        """Note what is no part of the procedure."""
        self.faults.append(Fault(code, what))

    def no_such(self, kind: Literal["property", "event", "signal"], name: str) -> None:
        """Note an item that no procedure has: one that no package has either, or one that is of no use here."""
        known = getattr(self.roles.packages.registry, kind)(name) is not None
        code = {"property": NO_PROPERTY, "event": NO_EVENT, "signal": NO_SIGNAL}[kind]
        self.fault(code, f"Unsupported {kind} {name}" if known else f"No such {kind} in this package: {name}")

    def is_in_place(self, procedure: Procedure, command: Command) -> bool:
        """Tell whether a procedure is about what its command names: ROOT, or terminations."""
        row = self.roles.procedures.get(procedure.key)
        is_root = command.termination_ids[0].upper() == ROOT
        if row is None or row.on_root in (None, is_root):
            return True
        self.fault(NO_EVENT, f"{procedure.title} of {command.termination_ids[0]}")
        return False

    def beside_command(self, action: ActionRequest, request: CommandRequest) -> None:
        """Note what is said round a command that no procedure has."""
        if self.properties.topology:
            self.fault(NO_DESCRIPTOR, "Unsupported or unknown descriptor Topology")
        if self.properties.ieps_call is not None or self.properties.properties:
            self.fault(NO_PROPERTY, "Unsupported or unknown property of the context")
        if action.audit is not None:
            self.fault(NOT_IMPLEMENTED, "an audit of the context")
        if request.wildcard_return and not isinstance(request.command, SubtractRequest):
            self.fault(NOT_IMPLEMENTED, "a wildcarded reply to another command than Subtract")

    def role(self, role: str) -> Item:
        """Return the item that plays a role."""
        item: Item = getattr(self.items, role)
        return item

    @staticmethod
    def one(name: str, value: PythonValue) -> Scalar:
        """Return a value that is one; raises ItemError for a choice, a range or a wildcard: a procedure has no room."""
        if not isinstance(value, Scalar):
            raise ItemError(f"{name}: {type(value).__name__.lower()}; expected one value", BAD_VALUE, name)
        return value

    def parameters(self, node: RequestedEvent | ObservedEvent | Signal) -> dict[str, Scalar] | None:
        """Return the parameters of an event or a signal; None where one of them is wrong, which is noted."""
        try:
            return {name: self.one(f"{node.name} {name}", value) for name, value in self.listed(node).items()}
        except ItemError as error:
            self.fault(error.code, error.what)
            return None

    def listed(self, node: RequestedEvent | ObservedEvent | Signal) -> dict[str, PythonValue]:
        """Return the parameters of an event or a signal, lists and choices among them; raises ItemError."""
        return self.roles.packages.parameters(node)


def word(descriptor: object) -> str:
    """Return H.248.1's word for a descriptor."""
    return type(descriptor).__name__.removesuffix("Descriptor")


def asks_for(name: str, item: Item) -> bool:
    """Tell whether an event asked for is an item, or a wildcard for it."""
    package = item.name.lower().partition("/")[0]
    return name.lower() in (item.name.lower(), f"{package}/{ALL}", f"{ALL}/{ALL}")
