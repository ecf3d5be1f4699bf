"""The gateway's side of an association, sans-IO: when to register, with what words, and what the answer means."""

from collections.abc import Callable

import msgspec

from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    CommandRequest,
    ErrorDescriptor,
    MessageIdentifier,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    TransactionReply,
    Value,
)

from .table import GATEWAY, GatewayEffect, GatewayInput, GatewayState


class AssociationConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a gateway says of itself when it registers, and how long it waits (H.248.1 clauses 9.2, 11.2)."""

    profile: str
    """``name/version`` sent in the registration."""
    version: int = 2
    """Highest H.248.1 version offered, 1 to 3; the controller may answer a lower one."""
    maximum_waiting_delay_s: float = 3.0
    """MWD: the first registration comes after a random part of it."""
    retry_s: float = 5.0
    """Wait before registering again when nobody answered."""
    probe_s: float = 60.0
    """Silence after which the controller is asked whether it is still there; 0: never."""
    most_redirects: int = 5
    """Redirections by MgcIdToTry followed in a row; a further one counts as a refusal."""


class Register(msgspec.Struct, frozen=True):
    """Send these actions to the controller and hand its reply to ``receive_reply``."""

    actions: tuple[ActionRequest, ...]
    expects_reply: bool = True


class MoveTo(msgspec.Struct, frozen=True):
    """Address the controller ``mid`` from now on."""

    mid: MessageIdentifier


class InService(msgspec.Struct, frozen=True):
    """The controller accepted; ``version`` is the protocol version of every message from now on."""

    version: int


class Refused(msgspec.Struct, frozen=True):
    """The controller refused the registration."""

    error: ErrorDescriptor


class NoAnswer(msgspec.Struct, frozen=True):
    """Nobody answered the registration; another attempt follows."""


class ContactLost(msgspec.Struct, frozen=True):
    """A controller that was there answers no more; another attempt to register follows."""


AssociationEvent = Register | MoveTo | InService | Refused | NoAnswer | ContactLost


class GatewayAssociation:
    """Executes the table; drain ``take_events`` after each call."""

    def __init__(self, config: AssociationConfig, jitter: Callable[[], float]) -> None:
        """Start closed; ``jitter`` returns a number within 0..1."""
        self.config = config
        self.state = GatewayState.CLOSED
        self._jitter = jitter
        self._deadline: float | None = None
        self._events: list[AssociationEvent] = []
        self._was_in_service = False
        self._redirects = 0
        self._error = ErrorDescriptor(0)
        self._other: MessageIdentifier | None = None
        self._agreed = config.version

    def start(self, now: float) -> None:
        """Begin to register."""
        self._step(GatewayInput.START, now)

    def stop(self, now: float) -> None:
        """Leave service."""
        self._deadline = None
        self._step(GatewayInput.STOP, now)
        self._was_in_service = False

    def receive_reply(self, reply: TransactionReply | None, now: float) -> None:
        """Take the reply to what ``Register`` asked to send; None where none came."""
        self._step(GatewayInput.NO_ANSWER if reply is None else self._judge(reply), now)

    def contact_lost(self, now: float) -> None:
        """Take notice that the controller let another request go unanswered."""
        self._step(GatewayInput.CONTACT_LOST, now)

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        if self._deadline is not None and now >= self._deadline:
            self._deadline = None
            self._step(GatewayInput.WAIT_OVER, now)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        return self._deadline

    def take_events(self) -> list[AssociationEvent]:
        """Return, once, what to do and what happened."""
        taken, self._events = self._events, []
        return taken

    def _judge(self, reply: TransactionReply) -> GatewayInput:
        """Read a registration's reply: an error at any level refuses, MgcIdToTry redirects."""
        command = next((one for action in reply.actions for one in action.replies), None)
        errors = [reply.error, *(action.error for action in reply.actions), getattr(command, "error", None)]
        error = next((one for one in errors if one is not None), None)
        services = command.services if isinstance(command, ServiceChangeReply) else None
        if error is None and services is not None and services.mgc_id_to_try is not None:
            self._other = services.mgc_id_to_try
            self._redirects += 1
            if self._redirects <= self.config.most_redirects:
                return GatewayInput.REDIRECTED
            error = ErrorDescriptor(0, f"redirected {self._redirects} times in a row")
        if error is not None:
            self._error = error
            return GatewayInput.REFUSED
        offered = self.config.version
        self._agreed = min(offered, services.version or offered) if services is not None else offered
        self._redirects = 0
        return GatewayInput.ACCEPTED

    def _step(self, what: GatewayInput, now: float) -> None:
        step = GATEWAY[self.state, what]
        self.state = step.state
        for effect in step.effects:
            self._perform(effect, now)

    def _perform(self, effect: GatewayEffect, now: float) -> None:
        match effect:
            case GatewayEffect.WAIT_FOR_START:
                self._redirects = 0
                self._deadline = now + self.config.maximum_waiting_delay_s * self._jitter()
            case GatewayEffect.WAIT_FOR_RETRY:
                self._deadline = now + self.config.retry_s
            case GatewayEffect.REGISTER:
                self._events.append(Register(self._service_change()))
            case GatewayEffect.MOVE_TO_OTHER if self._other is not None:
                self._events.append(MoveTo(self._other))
            case GatewayEffect.TELL_IN_SERVICE:
                self._was_in_service = True
                self._events.append(InService(self._agreed))
            case GatewayEffect.TELL_REFUSED:
                self._events.append(Refused(self._error))
            case GatewayEffect.TELL_NO_ANSWER:
                self._events.append(NoAnswer())
            case GatewayEffect.TELL_LOST:
                self._events.append(ContactLost())
            case GatewayEffect.SAY_FORCED:
                forced = _root_service_change(ServiceChangeMethod.FORCED, "905 Termination taken out of service")
                self._events.append(Register(forced, expects_reply=False))

    def _service_change(self) -> tuple[ActionRequest, ...]:
        method, reason = ServiceChangeMethod.RESTART, "901 Cold Boot"
        if self._was_in_service:
            method, reason = ServiceChangeMethod.DISCONNECTED, "900 Service Restored"
        return _root_service_change(method, reason, profile=self.config.profile, version=self.config.version)


def _root_service_change(
    method: ServiceChangeMethod, reason: str, *, profile: str | None = None, version: int | None = None
) -> tuple[ActionRequest, ...]:
    services = ServiceChangeParm(method, Value(reason, quoted=True), profile=profile, version=version)
    return (ActionRequest(NULL_CONTEXT, commands=(CommandRequest(ServiceChangeRequest((ROOT,), services)),)),)
