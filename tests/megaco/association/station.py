"""One gateway's association on a virtual clock, with what it says written short; and what controllers answer it.

A controller is a letter here, and so is its mId: ``a`` is where ``DeviceName("a")`` is.
"""

from typing import Any

from megaco.association import (
    Ask,
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    GatewayAssociation,
    HandedOff,
    InService,
    Leaving,
    MoveTo,
    Refused,
    Register,
)
from megaco.association.table import GatewayState
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    Command,
    CommandReply,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    MessageIdentifier,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    TimeStamp,
    TransactionReply,
    TransactionRequest,
    Value,
)

PROFILE = "threegppiq/3"
STAMP = TimeStamp("20261123", "10152030")
MWD_S = 3.0
RETRY_S = 5.0
WAIT_S = RETRY_S + MWD_S / 2
"""Between two rounds, where chance is always a half."""


class Station:
    """A gateway's association, the time, and what it has said since it was last asked."""

    def __init__(self, controllers: str = "a", chance: float = 0.5, **options: Any) -> None:
        """Start closed at 0 s; ``controllers`` are letters, in order."""
        config = AssociationConfig(PROFILE, **{"maximum_waiting_delay_s": MWD_S, "retry_s": RETRY_S, **options})
        self.association = GatewayAssociation(config, lambda: chance, tuple(controllers), lambda: STAMP)
        self.now = 0.0

    @property
    def state(self) -> GatewayState:
        """Where the association stands."""
        return self.association.state

    def events(self) -> list[AssociationEvent]:
        """Return what came of the calls so far, once."""
        return self.association.take_events()

    def log(self) -> list[str]:
        """Return the same, written short."""
        return [shown(event) for event in self.events()]

    def registration(self) -> ServiceChangeParm:
        """Return the ServiceChange of the one ``Register`` among what was said."""
        (register,) = [event for event in self.events() if isinstance(event, Register)]
        return services_of(register.actions)

    # ------------------------------------------------------------------------------------------------- what happens

    def wait(self) -> float:
        """Let time pass until the next deadline; return how long that was."""
        deadline = self.association.next_deadline()
        assert deadline is not None, "nothing to wait for"
        waited, self.now = deadline - self.now, max(self.now, deadline)
        self.association.handle_timer(self.now)
        return waited

    def begin(self) -> None:
        """Start, and wait for the first registration."""
        self.association.start(self.now)
        self.wait()

    def accepts(self, by: str | None = None, **terms: Any) -> None:
        """Let the controller that is asked accept."""
        self.answers(ServiceChangeReply(("ROOT",), ServiceChangeResParm(**terms)), by)

    def refuses(self, code: int = 402) -> None:
        """Let the controller that is asked refuse."""
        self.answers(ServiceChangeReply(("ROOT",), error=ErrorDescriptor(code, "no")))

    def redirects(self, other: str, by: str | None = None) -> None:
        """Let the controller that is asked name another."""
        self.answers(ServiceChangeReply(("ROOT",), ServiceChangeResParm(mgc_id_to_try=DeviceName(other))), by)

    def answers(self, command: CommandReply, by: str | None = None) -> None:
        """Let the controller that is asked answer."""
        self.association.receive_reply(reply_of(command), self.now, None if by is None else DeviceName(by))

    def silence(self) -> None:
        """Let the controller that is asked say nothing."""
        self.association.receive_reply(None, self.now)

    def moved(self, controller: str | None) -> None:
        """Find the controller that was named, or not."""
        self.association.moved(controller, self.now)

    def lost(self) -> None:
        """Let the controller in service be gone."""
        self.association.contact_lost(self.now)

    def hand_off(self, other: str) -> ServiceChangeReply | None:
        """Let the controller in service send the gateway to another; return the gateway's reply."""
        return self.association.receive_request(hand_off_to(DeviceName(other)), self.now)

    def serve(self) -> "Station":
        """Come into service with the first controller; what was said until then is forgotten."""
        self.begin()
        self.accepts()
        self.events()
        return self


def shown(event: AssociationEvent) -> str:
    """Write an event short: ``Restart 901 > a`` is a registration with ``a``."""
    match event:
        case Register(actions=actions, controller=controller):
            services = services_of(actions)
            assert services.method is not None
            return f"{services.method.value} {services.reason.text[:3]} > {controller}"
        case MoveTo(mid=mid) | HandedOff(mid=mid):
            return f"{type(event).__name__} {named(mid)}"
        case InService(controller=controller) | ContactLost(controller=controller):
            return f"{type(event).__name__} {controller}"
        case Refused(error=error):
            return f"Refused {error.code}"
        case Leaving(delay_s=delay_s):
            return f"Leaving {delay_s}"
        case Ask():
            return "Ask"
        case _:
            return type(event).__name__


def named(mid: MessageIdentifier) -> str:
    """Return the name of a device."""
    assert isinstance(mid, DeviceName)
    return mid.name


def services_of(actions: tuple[ActionRequest, ...]) -> ServiceChangeParm:
    """Return the parameters of actions that are one ServiceChange on ROOT."""
    (action,) = actions
    (request,) = action.commands
    assert isinstance(request.command, ServiceChangeRequest)
    assert (action.context_id, request.command.termination_ids) == (NULL_CONTEXT, ("ROOT",))
    return request.command.services


def request_of(*commands: Command) -> TransactionRequest:
    """Return a request of commands in the null context."""
    return TransactionRequest(1, (ActionRequest(NULL_CONTEXT, commands=tuple(map(CommandRequest, commands))),))


def reply_of(*commands: CommandReply) -> TransactionReply:
    """Return a reply of commands in the null context."""
    return TransactionReply(1, (ActionReply(NULL_CONTEXT, replies=commands),))


def change(
    method: ServiceChangeMethod | None = ServiceChangeMethod.RESTART,
    reason: str = "901 Cold Boot",
    *,
    name: str = "ROOT",
    **parameters: Any,
) -> ServiceChangeRequest:
    """Return a ServiceChange."""
    return ServiceChangeRequest((name,), ServiceChangeParm(method, Value(reason, quoted=True), **parameters))


def hand_off_to(mid: MessageIdentifier, name: str = "ROOT") -> TransactionRequest:
    """Return a controller's HandOff."""
    reason = "903 MGC Directed Change"
    return request_of(change(ServiceChangeMethod.HAND_OFF, reason, name=name, mgc_id_to_try=mid))
