"""The controller's side of associations, sans-IO: which gateways are registered, and how a registration is answered."""

from collections.abc import Hashable

import msgspec

from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    MessageIdentifier,
    ServiceChangeMethod,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    TransactionRequest,
)

_VERSION_NOT_SUPPORTED = 406
_PROFILE_NOT_SUPPORTED = 459
_SAME_AS_BEFORE = ("916", "917")
"""Reasons by which a Restart tells of changed packages or capabilities, and of nothing lost (clause 7.2.8)."""
_COMING = {
    ServiceChangeMethod.RESTART,
    ServiceChangeMethod.DISCONNECTED,
    ServiceChangeMethod.FAILOVER,
    ServiceChangeMethod.HAND_OFF,
}


class ControllerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a controller accepts from gateways that register."""

    highest_version: int = 3
    """A gateway that offers more is answered this version."""
    lowest_version: int = 1
    """A gateway that can do less only is refused with 406."""
    profiles: tuple[str, ...] = ()
    """Accepted ``name/version``; empty: any. Another is refused with 459."""
    most_gateways: int = 10_000
    """Registered gateways at once; beyond it registration is refused with 510."""


class RegisteredGateway(msgspec.Struct, frozen=True):
    """A gateway in service."""

    mid: MessageIdentifier
    peer: Hashable
    version: int
    profile: str | None


class GatewayUp(msgspec.Struct, frozen=True):
    """A gateway came into service; ``is_new`` is False where it was known and has restarted or come back."""

    gateway: RegisteredGateway
    method: ServiceChangeMethod
    is_new: bool


class GatewayDown(msgspec.Struct, frozen=True):
    """A gateway left service by its own word."""

    gateway: RegisteredGateway
    reason: str


RegistrarEvent = GatewayUp | GatewayDown


class Registrar:
    """Knows the gateways; reads ServiceChange on ROOT and composes its reply."""

    def __init__(self, config: ControllerConfig) -> None:
        self.config = config
        self.gateways: dict[Hashable, RegisteredGateway] = {}
        """By the peer that they speak from."""
        self._events: list[RegistrarEvent] = []

    def take_events(self) -> list[RegistrarEvent]:
        """Return, once, who came and went."""
        taken, self._events = self._events, []
        return taken

    def receive(
        self, request: TransactionRequest, mid: MessageIdentifier, peer: Hashable
    ) -> tuple[ActionReply, ...] | None:
        """Answer a request that is a ServiceChange on ROOT; None for any other."""
        for action in request.actions:
            for one in action.commands:
                if isinstance(one.command, ServiceChangeRequest) and one.command.termination_ids[0].upper() == "ROOT":
                    reply = self._service_change(one.command, mid, peer)
                    return (ActionReply(action.context_id, replies=(reply,)),)
        return None

    def _service_change(
        self, command: ServiceChangeRequest, mid: MessageIdentifier, peer: Hashable
    ) -> ServiceChangeReply:
        services = command.services
        is_known = peer in self.gateways
        if services.method is ServiceChangeMethod.GRACEFUL and is_known:
            return ServiceChangeReply(command.termination_ids)  # it leaves by Forced, or by silence, once it is idle
        if services.reason.text.strip()[:3] in _SAME_AS_BEFORE and is_known:
            return ServiceChangeReply(command.termination_ids)
        if services.method not in _COMING:
            self._leave(peer, services.reason.text)
            return ServiceChangeReply(command.termination_ids)
        error = self._objection(services.version, services.profile, peer)
        if error is not None:
            return ServiceChangeReply(command.termination_ids, error=error)
        version = min(services.version or 1, self.config.highest_version)
        gateway = RegisteredGateway(mid, peer, version, services.profile)
        self._events.append(GatewayUp(gateway, services.method, is_new=peer not in self.gateways))
        self.gateways[peer] = gateway
        return ServiceChangeReply(
            command.termination_ids, ServiceChangeResParm(profile=services.profile, version=version)
        )

    def _objection(self, version: int | None, profile: str | None, peer: Hashable) -> ErrorDescriptor | None:
        lowest = self.config.lowest_version
        if (version or 1) < lowest:
            return ErrorDescriptor(_VERSION_NOT_SUPPORTED, f"version {lowest} or higher is needed")
        accepted = self.config.profiles
        if accepted and (profile or "").lower() not in {name.lower() for name in accepted}:
            return ErrorDescriptor(_PROFILE_NOT_SUPPORTED, f"profiles: {', '.join(accepted)}")
        if peer not in self.gateways and len(self.gateways) >= self.config.most_gateways:
            return ErrorDescriptor(510, "too many gateways")
        return None

    def forget(self, peer: Hashable) -> None:
        """Forget a gateway that answers no more; it has to register again."""
        self.gateways.pop(peer, None)

    def _leave(self, peer: Hashable, reason: str) -> None:
        gateway = self.gateways.pop(peer, None)
        if gateway is not None:
            self._events.append(GatewayDown(gateway, reason))
