"""Two transaction engines on a virtual clock, joined by a link in memory that loses, doubles and reorders.

No socket, no waiting: ``step`` jumps to whatever is next, an arrival or a timer; ``drive`` goes on until all is done.
"""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from megaco.message import (
    ActionReply,
    ActionRequest,
    Command,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    ModifyRequest,
)
from megaco.transaction import (
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
    TransactionIds,
)

Fate = Callable[["Datagram"], list[float]]
"""The delays, seconds, after which copies of a datagram arrive: none where it is lost, several where it is doubled."""
Executor = Callable[[RequestReceived], tuple[ActionReply, ...] | ErrorDescriptor | None]
"""Executes a request; None: the test replies later."""

Event = TypeVar("Event", bound=TransactionEvent)

_COMMAND = CommandRequest(ModifyRequest(("t",)))
_MOST_STEPS = 100_000


def _other(name: str) -> str:
    return "b" if name == "a" else "a"


@dataclass(frozen=True)
class Datagram:
    """What one side sent."""

    at: float
    sender: str
    octets: bytes


@dataclass(order=True)
class _Arrival:
    at: float
    order: int
    receiver: str = field(compare=False)
    octets: bytes = field(compare=False)


def promptly(_: Datagram) -> list[float]:
    """Deliver everything once, in order."""
    return [0.01]


def losing(*ordinals: int) -> Fate:
    """Lose the datagrams with these ordinals, counted from 0 over both directions."""
    count = itertools.count()
    return lambda _: [] if next(count) in ordinals else [0.01]


def disturbed(seed: int, *, loss: float, double: float, longest_s: float) -> Fate:
    """Lose and double by chance, and delay each copy by itself, so that copies overtake each other."""
    chance = Random(seed)

    def fate(_: Datagram) -> list[float]:
        copies = 0 if chance.random() < loss else 2 if chance.random() < double else 1
        return [0.001 + longest_s * chance.random() for _ in range(copies)]

    return fate


def accept(event: RequestReceived) -> tuple[ActionReply, ...]:
    """Reply at once: each action took place and says nothing."""
    return tuple(ActionReply(action.context_id) for action in event.request.actions)


class Pair:
    """Engines ``a`` and ``b`` and the link between them; every datagram and event is kept."""

    def __init__(
        self, *, fate: Fate = promptly, config: TransactionConfig | None = None, executor: Executor = accept
    ) -> None:
        config = config or TransactionConfig(keeps_order=False)  # every request is about one termination
        self.now = 0.0
        self.engines = {
            name: TransactionEngine(
                DeviceName(name), config, identifiers=TransactionIds(0.0), jitter=lambda: 0.5, encoding="compact"
            )
            for name in ("a", "b")
        }
        self.fate = fate
        self.executor = executor
        self.sent: list[Datagram] = []
        self.events: dict[str, list[TransactionEvent]] = {"a": [], "b": []}
        self._arrivals: list[_Arrival] = []
        self._count = itertools.count()

    def request(self, sender: str = "a", context: int = 1, *commands: Command) -> int:
        """Send a request to the other side, of one plain command unless told others; return its TransactionID."""
        asked = tuple(CommandRequest(command) for command in commands) or (_COMMAND,)
        action = ActionRequest(context, commands=asked)
        number = self.engines[sender].submit(_other(sender), (action,), self.now)
        self.pump()
        return number

    def reply(self, sender: str, transaction_id: int, *actions: ActionReply) -> None:
        """Answer a request that the executor left open."""
        self.engines[sender].reply(_other(sender), transaction_id, actions or (ActionReply(1),), self.now)
        self.pump()

    def deliver(self, receiver: str, octets: bytes) -> None:
        """Hand octets to one side as if the other had sent them."""
        self.engines[receiver].receive(octets, _other(receiver), self.now)
        self.pump()

    def pump(self) -> None:
        """Take what both engines have ready: events to the executor, datagrams to the link."""
        for name, engine in self.engines.items():
            for event in engine.take_events():
                self.events[name].append(event)
                if isinstance(event, RequestReceived):
                    self._execute(engine, event)
            for octets, receiver in engine.take_datagrams():
                self._send(Datagram(self.now, name, octets), str(receiver))

    def next_deadline(self) -> float | None:
        """Return when the next thing happens; None: never."""
        deadlines = [engine.next_deadline() for engine in self.engines.values()]
        deadlines.append(self._arrivals[0].at if self._arrivals else None)
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def step(self) -> bool:
        """Jump to the next arrival or timer and let it happen; False where there is none."""
        deadline = self.next_deadline()
        if deadline is None:
            return False
        self.now = max(self.now, deadline)
        while self._arrivals and self._arrivals[0].at <= self.now:
            arrival = heapq.heappop(self._arrivals)
            self.engines[arrival.receiver].receive(arrival.octets, _other(arrival.receiver), self.now)
        for engine in self.engines.values():
            engine.handle_timer(self.now)
        self.pump()
        return True

    def drive(self, until: float = float("inf")) -> None:
        """Step until ``until``, or until nothing is left to happen."""
        for _ in range(_MOST_STEPS):
            deadline = self.next_deadline()
            if deadline is None or deadline > until:
                self.now = until if until < float("inf") else self.now
                return
            self.step()
        raise AssertionError(f"still not at rest after {_MOST_STEPS} steps")

    def happened(self, name: str, kind: type[Event]) -> list[Event]:
        """Return the events of one kind on one side, oldest first."""
        return [event for event in self.events[name] if isinstance(event, kind)]

    def octets(self, sender: str) -> list[bytes]:
        """Return the datagrams of one side, oldest first."""
        return [datagram.octets for datagram in self.sent if datagram.sender == sender]

    def is_idle(self) -> bool:
        """Tell whether neither engine remembers anything, no timer runs and nothing is under way."""
        return all(engine.is_idle() for engine in self.engines.values()) and self.next_deadline() is None

    def _execute(self, engine: TransactionEngine, event: RequestReceived) -> None:
        result = self.executor(event)
        if result is not None:
            actions, error = (result, None) if isinstance(result, tuple) else ((), result)
            engine.reply(event.peer, event.request.transaction_id, actions, self.now, error)

    def _send(self, datagram: Datagram, receiver: str) -> None:
        self.sent.append(datagram)
        for delay_s in self.fate(datagram):
            arrival = _Arrival(self.now + delay_s, next(self._count), receiver, datagram.octets)
            heapq.heappush(self._arrivals, arrival)
