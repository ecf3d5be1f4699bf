"""Gateways and controllers on one virtual clock, each with the rules of its endpoint, and a network between them.

No octets, no transactions: a request arrives after a while, its reply after another, and a reply that does not come is
missed after T-MAX. A node is a letter or a word, and so is its mId.
"""

import heapq
import itertools
from collections.abc import Callable
from typing import Any

from megaco.association import (
    Ask,
    AskGateway,
    AssociationConfig,
    AssociationEvent,
    ControllerConfig,
    GatewayAssociation,
    InService,
    MoveTo,
    Register,
    RegisteredGateway,
    Registrar,
    RegistrarEvent,
    empty_audit,
)
from megaco.association.table import GatewayState
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AuditValueReply,
    DeviceName,
    ErrorDescriptor,
    TimeStamp,
    TransactionReply,
    TransactionRequest,
)

from . import office, station

T_MAX_S = 25.0
_NO_ASSOCIATION = ErrorDescriptor(505, "no association")
_SERVING = (GatewayState.IN_SERVICE, GatewayState.LEAVING)

Settle = Callable[[TransactionReply | None], None]


class Node:
    """Something with a name that sends and is sent requests."""

    name: str

    def receive(self, request: TransactionRequest, sender: str) -> TransactionReply:
        """Answer a request."""
        raise NotImplementedError


class World:
    """The time, the nodes, and what is on its way."""

    def __init__(self, delay_s: float = 0.05) -> None:
        """Begin at 0 s, with nobody."""
        self.now = 0.0
        self.delay_s = delay_s
        self.nodes: dict[str, Node] = {}
        self.silent: set[str] = set()
        """Nodes whose messages, and those to them, are lost."""
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Let something happen."""
        heapq.heappush(self._agenda, (when, next(self._numbers), what))

    def run(self, until: float) -> None:
        """Let time pass."""
        while self._agenda and self._agenda[0][0] <= until:
            self.now, _, what = heapq.heappop(self._agenda)
            what()
        self.now = until

    def stamp(self) -> TimeStamp:
        """Return the time of day."""
        return TimeStamp("20261123", f"{round(self.now * 100):08d}")

    def send(self, sender: Node, receiver: str, actions: tuple[ActionRequest, ...], settle: Settle) -> None:
        """Carry a request, and its reply back; what is lost is missed after T-MAX."""
        request = TransactionRequest(next(self._numbers), actions)
        outcome: list[TransactionReply | None] = []

        def end(reply: TransactionReply | None) -> None:
            if not outcome:
                outcome.append(reply)
                settle(reply)

        def arrive() -> None:
            node = self.nodes.get(receiver)
            if node is not None and not self._is_lost(sender, receiver):
                reply = node.receive(request, sender.name)
                self.at(self.now + self.delay_s, lambda: None if self._is_lost(sender, receiver) else end(reply))

        self.at(self.now + self.delay_s, arrive)
        self.at(self.now + T_MAX_S, lambda: end(None))

    def _is_lost(self, sender: Node, receiver: str) -> bool:
        return self.nodes.get(sender.name) is not sender or bool({sender.name, receiver} & self.silent)


class Gateway(Node):
    """A gateway: answers 505 where it has no controller, and executes anything else."""

    def __init__(self, world: World, controllers: str = "ab", name: str = "gw", **options: Any) -> None:
        """Begin to register; one of the same name that was there is no more."""
        self.name, self._world = name, world
        config = AssociationConfig(station.PROFILE, **{"maximum_waiting_delay_s": 0.0, **options})
        self.association = GatewayAssociation(config, lambda: 0.5, tuple(controllers), world.stamp)
        self.controller = controllers[0]
        self.log: list[str] = []
        self.answered: list[int] = []
        """Codes of the errors that its controllers were answered."""
        world.nodes[name] = self
        self.do(lambda association: association.start(world.now))

    def do(self, what: Callable[[GatewayAssociation], Any]) -> None:
        """Do something with the association, and what follows from it."""
        what(self.association)
        for event in self.association.take_events():
            self.log.append(f"{self._world.now:g} {station.shown(event)}")
            self._follow(event)
        deadline = self.association.next_deadline()
        if deadline is not None:
            self._world.at(max(deadline, self._world.now), self._due)

    def ask(self) -> None:
        """Ask the controller whether it is there."""
        self._world.send(self, self.controller, empty_audit(), self._asked)

    def receive(self, request: TransactionRequest, sender: str) -> TransactionReply:
        """Answer a request of a controller."""
        number = request.transaction_id
        if self.association.state not in _SERVING or sender != self.controller:
            self.answered.append(_NO_ASSOCIATION.code)
            return TransactionReply(number, error=_NO_ASSOCIATION)
        replies = []

        def take(association: GatewayAssociation) -> None:
            association.heard(self._world.now)
            replies.append(association.receive_request(request, self._world.now))

        self.do(take)
        reply = replies[0]
        if reply is None:
            return TransactionReply(number, (ActionReply(NULL_CONTEXT, replies=(AuditValueReply(("ROOT",)),)),))
        if reply.error is not None:
            self.answered.append(reply.error.code)
        return TransactionReply(number, (ActionReply(NULL_CONTEXT, replies=(reply,)),))

    def _follow(self, event: AssociationEvent) -> None:
        match event:
            case Register(actions=actions, expects_reply=True, controller=str(controller)):
                self.controller = controller
                self._world.send(self, controller, actions, lambda reply: self._registered(reply, controller))
            case Register(actions=actions):
                self._world.send(self, self.controller, actions, lambda reply: None)
            case MoveTo(mid=mid):
                self.do(lambda association: association.moved(station.named(mid), self._world.now))
            case Ask(actions=actions):
                self._world.send(self, self.controller, actions, self._asked)
            case InService(controller=str(controller)):
                self.controller = controller

    def _registered(self, reply: TransactionReply | None, controller: str) -> None:
        self.do(lambda association: association.receive_reply(reply, self._world.now, DeviceName(controller)))

    def _asked(self, reply: TransactionReply | None) -> None:
        if reply is None or reply.error == _NO_ASSOCIATION:
            self.do(lambda association: association.contact_lost(self._world.now))
        else:
            self.do(lambda association: association.heard(self._world.now))

    def _due(self) -> None:
        if self._world.nodes.get(self.name) is self:
            self.do(lambda association: association.handle_timer(self._world.now))


class Controller(Node):
    """A controller: answers 505 to strangers, and takes who does not answer for gone."""

    def __init__(self, world: World, name: str, **options: Any) -> None:
        """Know no gateway."""
        self.name, self._world = name, world
        self.registrar = Registrar(ControllerConfig(**options), world.stamp)
        self.log: list[str] = []
        world.nodes[name] = self

    def hand_off(self, gateway: str, other: str) -> None:
        """Send a gateway to another controller; it is gone once it has acknowledged that."""
        before = self.registrar.gateways.get(gateway)

        def settle(reply: TransactionReply | None) -> None:
            errors = [] if reply is None else [reply.error, *(getattr(one, "error", None) for one in _replies(reply))]
            if not any(errors):
                self._lost(gateway, "no answer" if reply is None else "handed off", before)

        self._world.send(self, gateway, self.registrar.hand_off(DeviceName(other)), settle)

    def audit(self, gateway: str) -> None:
        """Ask a gateway whether it is there."""
        before = self.registrar.gateways.get(gateway)
        self._world.send(self, gateway, empty_audit(), lambda reply: self._audited(gateway, reply, before))

    def receive(self, request: TransactionRequest, sender: str) -> TransactionReply:
        """Answer a request of a gateway."""
        number = request.transaction_id
        actions = self.registrar.receive(request, DeviceName(sender), sender, self._world.now)
        self._drain()
        if actions is not None:
            return TransactionReply(number, actions)
        if sender not in self.registrar.gateways:
            return TransactionReply(number, error=_NO_ASSOCIATION)
        return TransactionReply(number, (ActionReply(NULL_CONTEXT),))

    def _audited(self, gateway: str, reply: TransactionReply | None, before: RegisteredGateway | None) -> None:
        if reply is None:
            self._lost(gateway, "no answer", before)
        else:
            self.registrar.heard(gateway, self._world.now)

    def _lost(self, gateway: str, reason: str, before: RegisteredGateway | None) -> None:
        self.registrar.lost(gateway, reason, before)
        self._drain()

    def _drain(self) -> None:
        for event in self.registrar.take_events():
            self._follow(event)
        deadline = self.registrar.next_deadline()
        if deadline is not None:
            self._world.at(max(deadline, self._world.now), self._due)

    def _follow(self, event: RegistrarEvent) -> None:
        self.log.append(f"{self._world.now:g} {office.shown(event)}")
        if isinstance(event, AskGateway):
            assert isinstance(event.gateway.peer, str)
            self.audit(event.gateway.peer)

    def _due(self) -> None:
        self.registrar.handle_timer(self._world.now)
        self._drain()


def _replies(reply: TransactionReply) -> list[Any]:
    return [one for action in reply.actions for one in action.replies]
