"""The gateway's side of an association, sans-IO: when to register, with what words, and what the answer means."""

from collections import deque
from collections.abc import Callable, Hashable

import msgspec

from megaco.message import (
    ActionRequest,
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
)

from .inactivity import InactivityTimer
from .table import GATEWAY, GatewayEffect, GatewayInput, GatewayState
from .words import WatchItems, is_root, root_service_change, said

_VERSION_NOT_SUPPORTED = 406
_PROFILE_NOT_SUPPORTED = 459
_FOR_NOW = {502, 503, 510, 511}
"""Not ready, unavailable, insufficient resources, temporarily busy: asked again later, it may accept."""
_NOT_READY = ErrorDescriptor(502, "Not Ready")
_SERVING = (GatewayState.IN_SERVICE, GatewayState.LEAVING)


class AssociationConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a gateway says of itself when it registers, and how long it waits (H.248.1 clauses 9.2, 11.2)."""

    profile: str | None = None
    """``name/version`` sent in the registration; None: no profile."""
    version: int = 2
    """Highest H.248.1 version offered, 1 to 3; the controller may answer a lower one."""
    lowest_version: int = 1
    """A controller that answers less is refused, and what it asks is answered with 406 (clause 11.3)."""
    profiles: tuple[str, ...] = ()
    """Other profiles ``name/version`` that a controller may answer; any else than these and ``profile`` is refused."""
    maximum_waiting_delay_s: float = 3.0
    """MWD: the first registration comes after a random part of it, and each further round of them after ``retry_s``
    and a random part of it."""
    retry_s: float = 5.0
    """Wait before registering again when nobody answered."""
    probe_s: float = 60.0
    """Silence after which the controller is asked whether it is still there; 0: never."""
    inactivity_s: float = 120.0
    """Time of the inactivity timer where the controller asks for it and names none (it/ito)."""
    most_redirects: int = 5
    """Redirections by MgcIdToTry followed in a row, from each controller of the list; a further one counts as a
    refusal."""
    is_warm: bool = False
    """Whether the registration says Warm Boot instead of Cold Boot."""
    address: MessageIdentifier | None = None
    """ServiceChangeAddress: where the controller shall send its requests; None: where the registration came from."""
    items: WatchItems = WatchItems()
    """Names of items that the association acts on."""


class Register(msgspec.Struct, frozen=True):
    """Send these actions to a controller and, unless no reply is expected, hand its reply to ``receive_reply``."""

    actions: tuple[ActionRequest, ...]
    expects_reply: bool = True
    controller: Hashable = None
    """One of those given, or what ``moved`` was told."""


class MoveTo(msgspec.Struct, frozen=True):
    """A controller has named another: find out where ``mid`` is and tell ``moved``."""

    mid: MessageIdentifier


class InService(msgspec.Struct, frozen=True):
    """The controller accepted; ``version`` is the protocol version of every message from now on."""

    version: int
    controller: Hashable = None
    profile: str | None = None
    """The profile agreed; None: none was said."""
    address: MessageIdentifier | None = None
    """Where to send requests from now on; None: to the controller as before."""
    address_port: int | None = None
    """The same, when only the port changes."""


class Refused(msgspec.Struct, frozen=True):
    """Every controller refused the registration; ``error`` is of the last.

    Where one of them did so only for now (502, 503, 510, 511) another attempt follows after a wait.
    """

    error: ErrorDescriptor


class NoAnswer(msgspec.Struct, frozen=True):
    """Nobody answered the registration; another attempt follows."""


class ContactLost(msgspec.Struct, frozen=True):
    """A controller that was there answers no more; another attempt to register follows."""

    controller: Hashable = None


class HandedOff(msgspec.Struct, frozen=True):
    """The controller sends the gateway to another one; calls go on."""

    mid: MessageIdentifier


class Leaving(msgspec.Struct, frozen=True):
    """The gateway has told that it leaves; ``delay_s`` None: as soon as no call is left."""

    delay_s: int | None


class Left(msgspec.Struct, frozen=True):
    """The gateway has left after a graceful while."""


class Ask(msgspec.Struct, frozen=True):
    """Send these actions to the controller: a reply shows that it is there, the want of one that it is lost."""

    actions: tuple[ActionRequest, ...]


AssociationEvent = Register | MoveTo | InService | Refused | NoAnswer | ContactLost | HandedOff | Leaving | Left | Ask


class GatewayAssociation:
    """Executes the table; drain ``take_events`` after each call, and call ``handle_timer`` at ``next_deadline``."""

    def __init__(
        self,
        config: AssociationConfig,
        jitter: Callable[[], float],
        controllers: tuple[Hashable, ...] = (None,),
        clock: Callable[[], TimeStamp] | None = None,
    ) -> None:
        """Start closed.

        ``jitter`` returns a number within 0..1; ``controllers`` are the primary one and the others, in order, opaque
        here; ``clock`` gives the TimeStamp of registrations, None: they have none.
        """
        self.config = config
        self.state = GatewayState.CLOSED
        self.rejection: ErrorDescriptor | None = None
        """What to answer a controller that was refused because of its version; None: 505 as before registration."""
        self._controllers = controllers
        self._jitter = jitter
        self._clock = clock
        self._deadline: float | None = None
        self._inactivity = InactivityTimer(config.items, config.inactivity_s)
        self._events: list[AssociationEvent] = []
        self._to_try: deque[Hashable] = deque()
        self._target: Hashable = controllers[0]
        self._previous: Hashable = None
        self._was_in_service = False
        self._is_handed_off = False
        self._is_anybody_silent = False
        self._is_anybody_busy = False
        self._redirects = 0
        self._error = ErrorDescriptor(0)
        self._other: MessageIdentifier | None = None
        self._agreed = InService(config.version)
        self._delay_s: int | None = None

    # --------------------------------------------------------------------------------------- from the application

    def start(self, now: float) -> None:
        """Begin to register."""
        self._step(GatewayInput.START, now)

    def stop(self, now: float) -> None:
        """Leave service at once."""
        self._deadline = None
        self._step(GatewayInput.STOP, now)
        self._was_in_service = False

    def leave(self, now: float, delay_s: int | None = None) -> None:
        """Leave service once ``delay_s`` seconds are over or ``is_empty`` is told; None: not before that."""
        self._delay_s = delay_s
        self._step(GatewayInput.LEAVE, now)

    def stay(self, now: float) -> None:
        """Stay after all."""
        self._step(GatewayInput.STAY, now)

    def is_empty(self, now: float) -> None:
        """Take notice that no call is left: a gateway that is leaving leaves now."""
        self._step(GatewayInput.EMPTY, now)

    def local_activity(self, now: float) -> None:
        """Take notice that a user of the gateway wants something: it waits no longer (clause 9.2)."""
        self._step(GatewayInput.LOCAL_ACTIVITY, now)

    # ----------------------------------------------------------------------------------------- from the controller

    def receive_reply(self, reply: TransactionReply | None, now: float, mid: MessageIdentifier | None = None) -> None:
        """Take the reply to what ``Register`` asked to send, and who gave it; None where none came.

        Only of the last ``Register``: what was asked before ``stop`` is not to be told after the next ``start``.
        """
        if self.state is GatewayState.REGISTERING:
            self._step(self._silence() if reply is None else self._judge(reply, mid), now)

    def receive_request(self, request: TransactionRequest, now: float) -> ServiceChangeReply | None:
        """Take notice of a request of the controller; return the reply where it is a HandOff, None where it is not."""
        if self.state in _SERVING:
            self._inactivity.observe(request, now)
        commands = [asked.command for action in request.actions for asked in action.commands]
        if (
            len(commands) == 1
            and isinstance(commands[0], ServiceChangeRequest)
            and is_root(commands[0].termination_ids)
        ):
            return self._handed_off(commands[0], now)
        return None

    def heard(self, now: float) -> None:
        """Take notice that the controller said something."""
        self._inactivity.heard(now)

    def moved(self, controller: Hashable, now: float) -> None:
        """Take notice of where the controller of ``MoveTo`` is; None: nowhere."""
        if self.state is not GatewayState.MOVING:
            return
        if controller is None:
            self._step(self._silence(), now)
            return
        self._target = controller
        self._step(GatewayInput.MOVED, now)

    def contact_lost(self, now: float) -> None:
        """Take notice that the controller let another request go unanswered, or knows nothing of this gateway."""
        others = any(one != self._target for one in self._controllers)
        self._step(GatewayInput.CONTACT_LOST if others else GatewayInput.ONLY_CONTACT_LOST, now)

    # --------------------------------------------------------------------------------------------------- the clock

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        if self._deadline is not None and now >= self._deadline:
            self._deadline = None
            self._step(GatewayInput.WAIT_OVER, now)
        notification = self._inactivity.notification(now)
        if notification is not None:
            self._events.append(Ask(notification))

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        deadlines = (self._deadline, self._inactivity.next_deadline())
        return min((one for one in deadlines if one is not None), default=None)

    def take_events(self) -> list[AssociationEvent]:
        """Return, once, what to do and what happened."""
        taken, self._events = self._events, []
        return taken

    # ------------------------------------------------------------------------------------------------ judgements

    def _silence(self) -> GatewayInput:
        self._is_anybody_silent = True
        return GatewayInput.NO_ANSWER if self._to_try else GatewayInput.NOBODY_ANSWERED

    def _refusal(self) -> GatewayInput:
        if self._to_try:
            return GatewayInput.REFUSED
        if self._is_anybody_silent:
            return GatewayInput.NOBODY_ANSWERED
        return GatewayInput.BUSY if self._is_anybody_busy else GatewayInput.ALL_REFUSED

    def _judge(self, reply: TransactionReply, mid: MessageIdentifier | None) -> GatewayInput:
        """Read a registration's reply: an error at any level refuses, MgcIdToTry redirects.

        A controller that names itself accepts: Erlang/OTP's example does.
        """
        command = next((one for action in reply.actions for one in action.replies), None)
        errors = [reply.error, *(action.error for action in reply.actions), getattr(command, "error", None)]
        error = next((one for one in errors if one is not None), None)
        services = command.services if isinstance(command, ServiceChangeReply) else None
        services = services or ServiceChangeResParm()
        if error is None and services.mgc_id_to_try not in (None, mid):
            self._other = services.mgc_id_to_try
            self._redirects += 1
            if self._redirects <= self.config.most_redirects:
                return GatewayInput.REDIRECTED
            error = ErrorDescriptor(0, f"redirected {self._redirects} times in a row")
        error = error or self._objection(services)
        if error is not None:
            self._error = error
            self._is_anybody_busy |= error.code in _FOR_NOW
            return self._refusal()
        offered = self.config.version
        self._agreed = InService(
            min(offered, services.version or offered),
            self._target,
            services.profile,
            services.address,
            services.address_port,
        )
        return GatewayInput.ACCEPTED

    def _objection(self, services: ServiceChangeResParm) -> ErrorDescriptor | None:
        """Return what this gateway has against the terms of a controller that accepted; None: nothing."""
        lowest = self.config.lowest_version
        if services.version is not None and services.version < lowest:
            self.rejection = ErrorDescriptor(_VERSION_NOT_SUPPORTED, "Version Not Supported")
            return ErrorDescriptor(_VERSION_NOT_SUPPORTED, f"version {services.version} answered, {lowest} needed")
        known = {name.lower() for name in (self.config.profile, *self.config.profiles) if name is not None}
        if services.profile is not None and known and services.profile.lower() not in known:
            return ErrorDescriptor(_PROFILE_NOT_SUPPORTED, f"profile {services.profile} answered")
        return None

    def _handed_off(self, command: ServiceChangeRequest, now: float) -> ServiceChangeReply | None:
        """Follow a HandOff; a gateway that leaves says so instead, lest the controller take it for one that goes."""
        services = command.services
        if services.method is not ServiceChangeMethod.HAND_OFF or services.mgc_id_to_try is None:
            return None
        if self.state is not GatewayState.IN_SERVICE:
            return ServiceChangeReply(command.termination_ids, error=_NOT_READY)
        self._other = services.mgc_id_to_try
        self._step(GatewayInput.HANDED_OFF, now)
        return ServiceChangeReply(command.termination_ids)

    # -------------------------------------------------------------------------------------------------- the table

    def _step(self, what: GatewayInput, now: float) -> None:
        step = GATEWAY[self.state, what]
        self.state = step.state
        for effect in step.effects:
            self._perform(effect, now)

    def _perform(self, effect: GatewayEffect, now: float) -> None:
        match effect:
            case GatewayEffect.WAIT_FOR_START:
                self._redirects = 0
                self.rejection = None
                self._deadline = now + self.config.maximum_waiting_delay_s * self._jitter()
            case GatewayEffect.WAIT_FOR_RETRY:
                random_s = self.config.maximum_waiting_delay_s * self._jitter()
                self._deadline = now + self.config.retry_s + random_s
            case GatewayEffect.WAIT_FOR_DELAY:
                self._deadline = now + self._delay_s if self._delay_s else None
            case GatewayEffect.BEGIN_ROUND:
                self._begin_round(self._controllers)
            case GatewayEffect.BEGIN_ROUND_ELSEWHERE:
                self._begin_round(tuple(one for one in self._controllers if one != self._previous))
                self._is_anybody_silent = True  # that one: when the others refuse it is tried again (clause 11.5)
            case GatewayEffect.TRY_NEXT:
                self._is_handed_off = False
                self._redirects = 0
                self._target = self._to_try.popleft()
            case GatewayEffect.REGISTER:
                self._events.append(Register(self._registration(), controller=self._target))
            case GatewayEffect.LOOK_UP if self._other is not None:
                self._events.append(MoveTo(self._other))
            case GatewayEffect.SAY_GRACEFUL:
                graceful = said(ServiceChangeMethod.GRACEFUL, "out")
                self._say(msgspec.structs.replace(graceful, delay=self._delay_s or None))
                self._events.append(Leaving(self._delay_s or None))
            case GatewayEffect.SAY_CANCEL_GRACEFUL:
                self._deadline = None
                self._say(said(ServiceChangeMethod.RESTART, "stay"))
            case GatewayEffect.SAY_FORCED:
                self._say(said(ServiceChangeMethod.FORCED, "out"))
                self._end_service()
            case _:
                self._tell(effect)

    def _tell(self, effect: GatewayEffect) -> None:
        match effect:
            case GatewayEffect.TELL_IN_SERVICE:
                self._was_in_service, self._is_handed_off = True, False
                self._redirects = 0
                self.rejection = None
                self._previous = self._target
                self._events.append(self._agreed)
            case GatewayEffect.TELL_REFUSED:
                self._events.append(Refused(self._error))
            case GatewayEffect.TELL_NO_ANSWER:
                self._events.append(NoAnswer())
            case GatewayEffect.TELL_LOST:
                self._end_service()
                self._events.append(ContactLost(self._target))
            case GatewayEffect.TELL_HANDED_OFF if self._other is not None:
                self._end_service()
                self._is_handed_off = True
                self._events.append(HandedOff(self._other))
            case GatewayEffect.TELL_LEFT:
                self._was_in_service = False
                self._events.append(Left())

    def _end_service(self) -> None:
        self._deadline = None
        self._inactivity.stop()

    def _begin_round(self, controllers: tuple[Hashable, ...]) -> None:
        self._to_try = deque(controllers)
        self._is_anybody_silent = self._is_anybody_busy = False
        self._redirects = 0
        self._deadline = None

    def _say(self, services: ServiceChangeParm) -> None:
        self._events.append(Register(root_service_change(services), expects_reply=False, controller=self._target))

    def _registration(self) -> tuple[ActionRequest, ...]:
        services = self._occasion()
        return root_service_change(
            msgspec.structs.replace(
                services,
                address=self.config.address,
                profile=self.config.profile,
                version=self.config.version,
                time_stamp=None if self._clock is None else self._clock(),
            )
        )

    def _occasion(self) -> ServiceChangeParm:
        """Return method and reason: of a start, or of why the former controller is not asked as before."""
        if not self._was_in_service:
            return said(ServiceChangeMethod.RESTART, "warm" if self.config.is_warm else "cold")
        if self._is_handed_off:
            return said(ServiceChangeMethod.HAND_OFF, "directed")
        if self._target == self._previous:
            return said(ServiceChangeMethod.DISCONNECTED, "restored")
        return said(ServiceChangeMethod.FAILOVER, "mgc-failed")
