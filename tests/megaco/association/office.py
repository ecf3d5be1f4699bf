"""A controller's registrar on a virtual clock, and gateways that speak to it."""

from collections.abc import Hashable
from typing import Any

from megaco.association import (
    AskGateway,
    ControllerConfig,
    GatewayDown,
    GatewayLeaving,
    GatewayLoaded,
    GatewayStaying,
    GatewayUp,
    RegisteredGateway,
    Registrar,
    RegistrarEvent,
)
from megaco.message import (
    Command,
    DeviceName,
    ServiceChangeMethod,
    ServiceChangeReply,
    TimeStamp,
)

from .station import PROFILE, change, request_of

CLOCK = TimeStamp("20261123", "11000000")


class Office:
    """A registrar and the time; a gateway is a mId (``gw``) that speaks from somewhere (``peer``)."""

    def __init__(self, **options: Any) -> None:
        """Know no gateway, at 0 s."""
        self.registrar = Registrar(ControllerConfig(**options), lambda: CLOCK)
        self.now = 0.0

    def says(self, *commands: Command, mid: str = "gw", peer: Hashable = "peer") -> list[ServiceChangeReply] | None:
        """Let a gateway say commands in one action; return the replies where the registrar answers."""
        actions = self.registrar.receive(request_of(*commands), DeviceName(mid), peer, self.now)
        if actions is None:
            return None
        (action,) = actions
        assert action.error is None
        replies = [reply for reply in action.replies if isinstance(reply, ServiceChangeReply)]
        assert len(replies) == len(action.replies) == len(commands)
        return replies

    def changes(
        self,
        method: ServiceChangeMethod | None = ServiceChangeMethod.RESTART,
        reason: str = "901 Cold Boot",
        *,
        mid: str = "gw",
        peer: Hashable = "peer",
        name: str = "ROOT",
        **parameters: Any,
    ) -> ServiceChangeReply:
        """Let a gateway say one ServiceChange."""
        replies = self.says(change(method, reason, name=name, **parameters), mid=mid, peer=peer)
        assert replies is not None
        return replies[0]

    def registers(
        self,
        method: ServiceChangeMethod = ServiceChangeMethod.RESTART,
        *,
        mid: str = "gw",
        peer: Hashable = "peer",
        at: str | None = None,
        **parameters: Any,
    ) -> ServiceChangeReply:
        """Let a gateway register; ``at`` is the time of day that it says, None: none."""
        stamp = None if at is None else TimeStamp("20261123", at)
        parameters = {"version": 2, "profile": PROFILE, "time_stamp": stamp, **parameters}
        return self.changes(method, mid=mid, peer=peer, **parameters)

    def refusal(self, **parameters: Any) -> int:
        """Let a gateway register that is refused; return the code of the error."""
        reply = self.registers(**parameters)
        assert reply.services is None
        assert reply.error is not None
        return reply.error.code

    def gateway(self, peer: Hashable = "peer") -> RegisteredGateway:
        """Return what is known of the gateway that speaks from somewhere."""
        return self.registrar.gateways[peer]

    def events(self) -> list[RegistrarEvent]:
        """Return who came and went, once."""
        return self.registrar.take_events()

    def log(self) -> list[str]:
        """Return the same, written short."""
        return [shown(event) for event in self.events()]

    def wait(self) -> None:
        """Let time pass until the next deadline."""
        deadline = self.registrar.next_deadline()
        assert deadline is not None, "nothing to wait for"
        self.now = max(self.now, deadline)
        self.registrar.handle_timer(self.now)


def shown(event: RegistrarEvent) -> str:
    """Write an event short: ``+gw@peer Restart`` is a new gateway, ``~`` one that was known."""
    gateway = event.gateway
    assert isinstance(gateway.mid, DeviceName)
    name = f"{gateway.mid.name}@{gateway.peer}"
    match event:
        case GatewayUp(method=method, is_new=is_new, before=before):
            assert is_new == (before is None)
            return f"{'+' if is_new else '~'}{name} {method.value}"
        case GatewayDown(reason=reason):
            return f"-{name} {reason}"
        case GatewayLeaving(delay_s=delay_s):
            return f"leaving {name} {delay_s}"
        case GatewayStaying(reason=reason):
            return f"staying {name} {reason}"
        case GatewayLoaded(share=share):
            return f"load {name} {share:g}"
        case AskGateway():
            return f"ask {name}"
