"""The controller's side of associations, sans-IO: which gateways are registered, and how a registration is answered."""

from collections.abc import Callable, Hashable

import msgspec

from megaco.message import (
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    MessageIdentifier,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    TimeStamp,
    TransactionRequest,
    Value,
)
from megaco.transaction.timers import Timers

from .load import Load, LoadConfig
from .words import REASONS, WatchItems, empty_audit, is_root, reason_code, root_commands, root_service_change

_VERSION_NOT_SUPPORTED = 406
_SAME_AS_BEFORE = ("916", "917", "918")
"""Reasons by which a Restart tells of changed packages or capabilities, or of staying, and of nothing lost."""
_COMING = {
    ServiceChangeMethod.RESTART,
    ServiceChangeMethod.DISCONNECTED,
    ServiceChangeMethod.FAILOVER,
    ServiceChangeMethod.HAND_OFF,
}
_UNKNOWN_METHOD = ErrorDescriptor(501, "Not Implemented: this ServiceChangeMethod")
_ALONE = ErrorDescriptor(501, "Not Implemented: commands beside a ServiceChange on ROOT")


class ControllerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a controller accepts from gateways that register, and how it watches them."""

    highest_version: int = 3
    """A gateway that offers more is answered this version."""
    lowest_version: int = 1
    """A gateway that can do less only is refused with 406."""
    profiles: tuple[str, ...] = ()
    """Accepted ``name/version``; empty: any. Another is refused with ``profile_error``."""
    profile_error: int = 459
    """459 or 461: the registry has the same title for both."""
    most_gateways: int = 10_000
    """Registered gateways at once; beyond it registration is refused with 510."""
    elsewhere: MessageIdentifier | None = None
    """A controller that gateways are sent to (ServiceChangeMgcId) instead of being accepted; None: none."""
    audit_s: float = 0.0
    """Silence after which a gateway is asked by an empty AuditValue of ROOT whether it is still there; 0: never."""
    load: LoadConfig = LoadConfig()
    """What is done for a gateway that has too much to do."""
    items: WatchItems = WatchItems()
    """Names of items that the association acts on."""


class RegisteredGateway(msgspec.Struct, frozen=True):
    """A gateway in service."""

    mid: MessageIdentifier
    peer: Hashable
    """Whom it speaks as."""
    version: int
    profile: str | None
    address: MessageIdentifier | None = None
    """Where it wants requests (ServiceChangeAddress); None: where it speaks from."""
    address_port: int | None = None
    """The same, when only the port differs."""
    time_stamp: TimeStamp | None = None
    """Of its registration, by its own clock."""


class GatewayUp(msgspec.Struct, frozen=True):
    """A gateway came into service; ``is_new`` is False where it was known and has restarted or come back."""

    gateway: RegisteredGateway
    method: ServiceChangeMethod
    is_new: bool
    before: RegisteredGateway | None = None
    """What was known of it."""


class GatewayLeaving(msgspec.Struct, frozen=True):
    """A gateway will leave service: no new calls. ``delay_s`` None: when the calls it has have ended."""

    gateway: RegisteredGateway
    delay_s: int | None


class GatewayStaying(msgspec.Struct, frozen=True):
    """A gateway tells of changed packages (916) or capabilities (917), or that it stays (918)."""

    gateway: RegisteredGateway
    reason: str


class GatewayDown(msgspec.Struct, frozen=True):
    """A gateway left service: by its own word, handed off, or because it answers no more."""

    gateway: RegisteredGateway
    reason: str


class GatewayLoaded(msgspec.Struct, frozen=True):
    """A gateway asks to be kept ``share`` percent of new calls away from; 0: no more."""

    gateway: RegisteredGateway
    share: float


class AskGateway(msgspec.Struct, frozen=True):
    """Send these actions to a gateway: a reply shows that it is there; where none comes tell ``lost``."""

    gateway: RegisteredGateway
    actions: tuple[ActionRequest, ...]


RegistrarEvent = GatewayUp | GatewayLeaving | GatewayStaying | GatewayDown | GatewayLoaded | AskGateway


class Registrar:
    """Knows the gateways; reads ServiceChange on ROOT and composes its reply."""

    def __init__(self, config: ControllerConfig, clock: Callable[[], TimeStamp] | None = None) -> None:
        """Know no gateway; ``clock`` gives the TimeStamp of replies, None: they have none."""
        self.config = config
        self.gateways: dict[Hashable, RegisteredGateway] = {}
        """By the peer that they speak from."""
        self.leaving: set[Hashable] = set()
        """Peers that have said Graceful."""
        self.load = Load(config.load, config.items)
        self._by_mid: dict[MessageIdentifier, RegisteredGateway] = {}
        self._clock = clock
        self._heard: dict[Hashable, float] = {}
        self._silence = Timers()
        self._events: list[RegistrarEvent] = []

    def take_events(self) -> list[RegistrarEvent]:
        """Return, once, who came and went."""
        taken, self._events = self._events, []
        return taken

    # ---------------------------------------------------------------------------------------------- from gateways

    def receive(
        self, request: TransactionRequest, mid: MessageIdentifier, peer: Hashable, now: float = 0.0
    ) -> tuple[ActionReply, ...] | None:
        """Answer a request that has a ServiceChange on ROOT; None for any other."""
        self.heard(peer, now)
        if peer not in self.gateways and _stays(request):
            return None  # it has to learn that nothing is known of it
        if not root_commands(request, ServiceChangeRequest):
            self._watch_load(request, peer, now)
            return None
        actions: list[ActionReply] = []
        for action in request.actions:
            replies: list[ServiceChangeReply] = []
            for asked in action.commands:
                command = asked.command
                if not isinstance(command, ServiceChangeRequest) or not is_root(command.termination_ids):
                    actions.append(ActionReply(action.context_id, replies=tuple(replies), error=_ALONE))
                    return tuple(actions)
                replies.append(self._service_change(command, mid, peer, now))
            actions.append(ActionReply(action.context_id, replies=tuple(replies)))
        return tuple(actions)

    def heard(self, peer: Hashable, now: float) -> None:
        """Take notice that a gateway said something."""
        if peer in self._heard:
            self._heard[peer] = now

    def lost(self, peer: Hashable, reason: str = "no answer", registered: RegisteredGateway | None = None) -> None:
        """Take notice that a gateway answers no more; it has to register again.

        ``registered`` is the registration that this is about: nothing follows where the gateway has made another
        since, by a HandOff to the same controller for instance. None: whichever it has.
        """
        if registered is None or self.gateways.get(peer) is registered:
            self._leave(peer, reason)

    def forget(self, peer: Hashable) -> None:
        """Forget a gateway without a word."""
        gateway = self.gateways.pop(peer, None)
        if gateway is not None and self._by_mid.get(gateway.mid) is gateway:
            del self._by_mid[gateway.mid]
        self.leaving.discard(peer)
        self.load.forget(peer)
        self._heard.pop(peer, None)
        self._silence.cancel(peer)

    # ------------------------------------------------------------------------------------------------- to gateways

    def may_begin(self, gateway: RegisteredGateway) -> bool:
        """Tell whether new calls may go to a gateway: it has not said that it leaves."""
        return gateway.peer not in self.leaving

    def hand_off(self, mid: MessageIdentifier) -> tuple[ActionRequest, ...]:
        """Return the actions that send a gateway to another controller; once they are acknowledged, tell ``lost``, and
        of which registration."""
        reason = Value(REASONS["directed"], quoted=True)
        return root_service_change(ServiceChangeParm(ServiceChangeMethod.HAND_OFF, reason, mgc_id_to_try=mid))

    def handle_timer(self, now: float) -> None:
        """Ask those gateways that have been silent for too long."""
        for peer in tuple(self._silence.due(now)):
            gateway = self.gateways.get(peer)
            if gateway is None:
                continue
            due = self._heard[peer] + self.config.audit_s
            if due <= now:
                self._events.append(AskGateway(gateway, empty_audit()))
                due = now + self.config.audit_s
            self._silence.set(peer, due)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        return self._silence.next_deadline()

    # ------------------------------------------------------------------------------------------------ registration

    def _service_change(
        self, command: ServiceChangeRequest, mid: MessageIdentifier, peer: Hashable, now: float
    ) -> ServiceChangeReply:
        services = command.services
        gateway = self.gateways.get(peer)
        if gateway is not None and services.method is ServiceChangeMethod.GRACEFUL:
            self.leaving.add(peer)
            self._events.append(GatewayLeaving(gateway, services.delay or None))
            return ServiceChangeReply(command.termination_ids)
        is_restart = services.method is ServiceChangeMethod.RESTART
        if gateway is not None and is_restart and reason_code(services.reason) in _SAME_AS_BEFORE:
            self.leaving.discard(peer)
            self._events.append(GatewayStaying(gateway, services.reason.text))
            return ServiceChangeReply(command.termination_ids)
        if services.method in (ServiceChangeMethod.FORCED, ServiceChangeMethod.GRACEFUL):
            self._leave(peer, services.reason.text)
            return ServiceChangeReply(command.termination_ids)
        if services.method not in _COMING:
            return ServiceChangeReply(command.termination_ids, error=_UNKNOWN_METHOD)
        return self._registration(command, mid, peer, now)

    def _registration(
        self, command: ServiceChangeRequest, mid: MessageIdentifier, peer: Hashable, now: float
    ) -> ServiceChangeReply:
        """Accept a gateway, send it elsewhere, or refuse it; what was agreed with it before is over in any case."""
        services = command.services
        stamp = None if self._clock is None else self._clock()
        if self.config.elsewhere is not None:
            self._leave(peer, "sent to another controller")
            away = ServiceChangeResParm(mgc_id_to_try=self.config.elsewhere, time_stamp=stamp)
            return ServiceChangeReply(command.termination_ids, away)
        error = self._objection(services, mid, peer)
        if error is not None:
            self._leave(peer, f"refused: {error.code} {error.text}")
            return ServiceChangeReply(command.termination_ids, error=error)
        version = min(services.version or 1, self.config.highest_version)
        self._come(services, RegisteredGateway(mid, peer, version, services.profile, *_address(services)), now)
        terms = ServiceChangeResParm(profile=services.profile, version=version, time_stamp=stamp)
        return ServiceChangeReply(command.termination_ids, terms)

    def _objection(self, services: ServiceChangeParm, mid: MessageIdentifier, peer: Hashable) -> ErrorDescriptor | None:
        lowest = self.config.lowest_version
        if (services.version or 1) < lowest:
            return ErrorDescriptor(_VERSION_NOT_SUPPORTED, f"version {lowest} or higher is needed")
        accepted = self.config.profiles
        if accepted and (services.profile or "").lower() not in {name.lower() for name in accepted}:
            return ErrorDescriptor(self.config.profile_error, f"profiles: {', '.join(accepted)}")
        is_known = peer in self.gateways or mid in self._by_mid
        if not is_known and len(self.gateways) >= self.config.most_gateways:
            return ErrorDescriptor(510, "too many gateways")
        return None

    def _come(self, services: ServiceChangeParm, gateway: RegisteredGateway, now: float) -> None:
        """Take a gateway in; one that is known by its mId may speak from somewhere else now."""
        before = self._by_mid.get(gateway.mid) or self.gateways.get(gateway.peer)
        is_replayed = before is not None and gateway.time_stamp is not None and before == gateway
        if is_replayed:
            return  # the same registration once more, long after: nothing has restarted
        if before is not None:
            self.forget(before.peer)
            self._leave(gateway.peer, "another gateway speaks from there")
        self.gateways[gateway.peer] = self._by_mid[gateway.mid] = gateway
        self._heard[gateway.peer] = now
        if self.config.audit_s > 0:
            self._silence.set(gateway.peer, now + self.config.audit_s)
        assert services.method is not None
        self._events.append(GatewayUp(gateway, services.method, is_new=before is None, before=before))

    def _leave(self, peer: Hashable, reason: str) -> None:
        gateway = self.gateways.get(peer)
        if gateway is not None:
            self.forget(peer)
            self._events.append(GatewayDown(gateway, reason))

    def _watch_load(self, request: TransactionRequest, peer: Hashable, now: float) -> None:
        gateway = self.gateways.get(peer)
        if gateway is not None:
            share = self.load.observe(peer, request, now)
            if share is not None:
                self._events.append(GatewayLoaded(gateway, share))


def _stays(request: TransactionRequest) -> bool:
    """Tell whether a gateway that had said Graceful takes it back (reason 918)."""
    return any(
        command.services.method is ServiceChangeMethod.RESTART
        and reason_code(command.services.reason) == REASONS["stay"][:3]
        for command in root_commands(request, ServiceChangeRequest)
    )


def _address(
    services: ServiceChangeParm,
) -> tuple[MessageIdentifier | None, int | None, TimeStamp | None]:
    return services.address, services.address_port, services.time_stamp
