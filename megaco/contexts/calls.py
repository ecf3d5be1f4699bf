"""What the application has to do: one thing for one termination at a time."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from megaco.errors import LocalError
from megaco.message import (
    ALL,
    CHOOSE,
    ActionReply,
    AddRequest,
    AuditCapabilityRequest,
    AuditReturn,
    AuditValueRequest,
    Command,
    ContextProperties,
    ModifyRequest,
    MoveRequest,
    ServiceChangeRequest,
    ServiceChangeResParm,
    SubtractRequest,
    is_wildcarded,
)

from .names import is_root, key_of, matcher_of
from .state import Context, Termination

Answer = tuple[AuditReturn, ...] | ServiceChangeResParm | str | None
"""What goes back for a call: what its ``accept`` made of the application's result."""

_METHODS: dict[type[Command], str] = {
    AddRequest: "add",
    MoveRequest: "move",
    ModifyRequest: "modify",
    SubtractRequest: "subtract",
    AuditValueRequest: "audit_value",
    AuditCapabilityRequest: "audit_capability",
    ServiceChangeRequest: "service_change",
}
_RETURNED = get_args(AuditReturn)


@dataclass(frozen=True, slots=True)
class CommandCall:
    """Carry out a command on one termination; answer with the descriptors to reply with.

    A ServiceChange is answered with ServiceChangeResParm or None, of which only ROOT's is sent (clause 7.2.8).
    """

    termination: Termination
    """During Add and Move it is in its new context already, and goes back if the call fails."""
    command: Command
    """With the name of that termination alone."""

    @property
    def method(self) -> str:
        """The application's method that is meant."""
        return _METHODS[type(self.command)]

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What the method takes."""
        return self.termination, self.command

    def accept(self, result: object) -> Answer:
        """Return the answer that a result stands for; raises LocalError for one that is none."""
        if isinstance(self.command, ServiceChangeRequest):
            if result is None or isinstance(result, ServiceChangeResParm):
                return result
            raise LocalError(f"{self.method} returned {result!r}; expected ServiceChangeResParm or None")
        if result is None or isinstance(result, _RETURNED):
            return () if result is None else (result,)
        told = tuple(result) if isinstance(result, Iterable) else (result,)
        for one in told:
            if not isinstance(one, _RETURNED):
                raise LocalError(f"{self.method} returned {one!r}; expected descriptors of a reply")
        return told


@dataclass(frozen=True, slots=True)
class ChooseCall:
    """Name the termination that CHOOSE stands for; None leaves it to the bookkeeping (see ``Behaviour.choose``)."""

    pattern: str
    """The TerminationID with ``$`` at one or more places."""
    context: Context
    """Into which the termination will be added."""
    command: AddRequest

    method = "choose"

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What the method takes."""
        return self.pattern, self.context, self.command

    def accept(self, result: object) -> Answer:
        """Return the answer that a result stands for; raises LocalError for a name that the pattern does not allow."""
        if result is None:
            return None
        if isinstance(result, Termination):
            result = result.name
        if not isinstance(result, str) or is_wildcarded(result) or is_root(result):
            raise LocalError(f"{self.method} returned {result!r}; expected the name of a termination or None")
        if not matcher_of(self.pattern.replace(CHOOSE, ALL))(key_of(result)):
            raise LocalError(f"{self.method} returned {result!r}, which {self.pattern} does not stand for")
        return result


@dataclass(frozen=True, slots=True)
class ContextCall:
    """Take note of what the controller says of a context as a whole, or refuse it; there is nothing to answer."""

    context: Context
    """As it was before."""
    properties: ContextProperties

    method = "modify_context"

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What the method takes."""
        return self.context, self.properties

    def accept(self, result: object) -> Answer:
        """Return the answer that a result stands for; raises LocalError for one that is not None."""
        if result is not None:
            raise LocalError(f"{self.method} returned {result!r}; expected None")
        return None


Call = CommandCall | ChooseCall | ContextCall
Execution = Generator[Call, Answer, tuple[ActionReply, ...]]
"""A transaction that is being executed: yields calls, takes the answer of each, returns the action replies.

A PeerError thrown in answers a call with an error. Closing it gives the call that is under way up; what was done before
stays done.
"""
_Done = TypeVar("_Done")
Steps = Generator[Call, Answer, _Done]
"""A part of an execution."""
