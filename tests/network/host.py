"""One party at work: its engine, its executor, its clock, and its death."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Final

import msgspec

from megaco import codec
from megaco.errors import LocalError
from megaco.message import (
    DeviceName,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    Message,
    MessageIdentifier,
    MtpAddress,
    TransactionRequest,
)
from megaco.transaction import (
    LinkTerms,
    MessageRefused,
    PeerFault,
    ReplyReceived,
    RequestAborted,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionIds,
)

from .clock import NeverAtRestError
from .footprint import footprint
from .ledger import Answer, Exchange, refusal
from .plan import Party, Step
from .traffic import actions_of, said
from .wire import Place

if TYPE_CHECKING:
    from .simulation import World

_TICK_S: Final = 1e-6
"""Added to a deadline, for clocks are floats."""
_SEGMENTS_SINCE: Final = 3
_PORT: Final = 2944
_PORTS_EACH: Final = 1000
_IN_FAULT: Final = ErrorDescriptor(500, "Internal software failure")


class Host:
    """A party, alive or not."""

    def __init__(self, world: "World", party: Party, index: int) -> None:
        self.party = party
        self.place = Place(party.host or party.name, _PORT + _PORTS_EACH * index)
        self.previous = self.place
        """Where it spoke from before it moved."""
        self.mid = _mid(party, index)
        self.incarnation = 0
        self.most_held = 0
        self._world = world
        self.config = msgspec.convert(msgspec.to_builtins(TransactionConfig()) | party.config, TransactionConfig)
        self._busy_until = 0.0
        self.boot()

    # ----------------------------------------------------------------------------------------------- life and death

    def boot(self) -> None:
        """Start with nothing remembered; the clock of the host begins anywhere, that of the wall goes on."""
        self.incarnation += 1
        self.is_down = False
        self._chance = Random(f"{self._world.plan.seed} {self.party.name} {self.incarnation}")
        self._offset = self._chance.uniform(0.0, 1e5) - self._world.clock.now
        self._versions: dict[Place, int] = {}
        self._armed_for: float | None = None
        self._is_to_drain = False
        self._asked = self._held_back = self._refused = self._transactions = 0
        party = self.party
        terms = LinkTerms(party.reliable, party.most_octets)
        self.engine = TransactionEngine(
            self.mid,
            self.config,
            identifiers=TransactionIds(self._world.epoch_s - self._offset),
            jitter=self._chance.random,
            encoding=party.encoding,
            version=party.version,
            origin=lambda peer: peer.host if isinstance(peer, Place) else peer,
            link=lambda peer: terms,
        )

    def kill(self) -> None:
        """Stop, and forget everything."""
        self.check()
        self.is_down = True
        self._world.ledger.died(self.party.name, self.incarnation)

    def move(self) -> None:
        """Speak from another port from now on."""
        self.previous = self.place
        self.place = Place(self.place.host, self.place.port + 1)

    def agree(self, other: Place, version: int) -> None:
        """Write to another party in a version from now on."""
        if not self.is_down:
            self._versions[other] = version
            self.engine.agree(other, version)

    def configure(self, changes: dict[str, float | int | bool]) -> None:
        """Change settings at work."""
        self.engine.config = self.config = msgspec.structs.replace(self.config, **changes)

    def stall(self, lasts_s: float) -> None:
        """Do nothing for a while; what comes meanwhile waits."""
        self._busy_until = max(self._busy_until, self._world.clock.now + lasts_s)

    def _later(self, what: Callable[[], None]) -> Callable[[], None]:
        """Return something to do that is only done while this incarnation lives, and not while it is stalled."""
        incarnation = self.incarnation

        def do() -> None:
            if self.incarnation != incarnation or self.is_down:
                return
            if self._world.clock.now < self._busy_until:
                self._world.clock.at(self._busy_until, do)
            else:
                what()

        return do

    def when_free(self, what: Callable[[], None]) -> None:
        """Do something now, or at the end of a stall; not at all where the party is down."""
        self._later(what)()

    @property
    def local(self) -> float:
        """What the clock of the host shows."""
        return self._world.clock.now + self._offset

    # ------------------------------------------------------------------------------------------- from the application

    def request(self, step: Step, target: Place) -> None:
        """Make the request of a step."""
        world, engine = self._world, self.engine
        actions = actions_of(step.actions)
        self._hear()  # so that the ledger knows as much as the engine
        try:
            number = engine.submit(target, actions, self.local)
        except LocalError as error:
            self._check_refusal(step, target, error)
            return
        self._asked += 1
        exchange = world.ledger.submitted(
            step, self.incarnation, target, number, actions, world.clock.now, keeps_order=self.config.keeps_order
        )
        self._held_back += bool(exchange.ahead)
        self.touch()

    def _check_refusal(self, step: Step, target: Place, error: LocalError) -> None:
        world, engine = self._world, self.engine
        world.ledger.refused_locally += 1
        request = TransactionRequest(1 << 31, actions_of(step.actions))
        length = len(codec.encode(Message(self.party.version, self.mid, (request,)), self.party.encoding))
        if engine.outstanding < self.config.max_sent and length <= self.party.most_octets - 8:
            world.ledger.broken(world.clock.now, f"{self.party.name} refuses to send step {step.number}: {error}")

    def cancel(self, exchange: Exchange) -> None:
        """Give up a request, where it is still open."""
        self._hear()
        if exchange.incarnation != self.incarnation or exchange.outcome:
            return
        self.engine.cancel(exchange.number, self.local)
        self._world.ledger.ended_otherwise(exchange, "cancelled", self._world.clock.now)
        self.touch()

    def abandon(self, target: Place) -> None:
        """Fail what was asked of a peer."""
        self.engine.abandon(target, self.local)
        self.touch()

    def redirect(self, target: Place, other: Place) -> None:
        """Ask another what one was asked."""
        self.engine.redirect(target, other, self.local)
        self.touch()

    # ------------------------------------------------------------------------------------------------ from the network

    def deliver(self, octets: bytes, source: Place) -> None:
        """Take a datagram."""
        self.engine.receive(octets, source, self.local)
        if self.party.fidgets:
            self.engine.handle_timer(self.local)
        self.touch()

    def touch(self) -> None:
        """Send and tell at the end of the turn what the engine has made."""
        self._world.rest_since = self._world.clock.now
        if not self._is_to_drain:
            self._is_to_drain = True
            self._world.clock.at(self._world.clock.now + self.party.turn_s, self._later(self._drain))

    def _drain(self) -> None:
        self._is_to_drain = False
        self._hear()
        for octets, target in self.engine.take_datagrams():
            assert isinstance(target, Place)
            if len(octets) > self.party.most_octets:
                self._broken(f"a message of {len(octets)} octets, most {self.party.most_octets}")
            if self._world.plan.all_answered and self._world.plan.agreed:
                self._inspect(octets)
            self._world.wire.send(octets, self.place, target)
        self.check()
        self._arm()

    def _inspect(self, octets: bytes) -> None:
        """Look into a message: it is to the letter and holds so many transactions as may travel together."""
        count = len(codec.decode(octets, strict=True).transactions)
        self._transactions += count
        if not 1 <= count <= self.config.most_transactions_sent:
            self._broken(f"{count} transactions in a message, most {self.config.most_transactions_sent}")
        if self._transactions > self.engine.counters.transactions_sent:
            self._broken(f"{self._transactions} transactions seen, {self.engine.counters.transactions_sent} counted")

    def _hear(self) -> None:
        while events := self.engine.take_events():  # a reply made at once may make others
            for event in events:
                self._take(event)

    def _take(self, event: object) -> None:
        ledger, now = self._world.ledger, self._world.clock.now
        match event:
            case RequestReceived():
                self._execute(event, self._received(event))
            case ReplyReceived():
                ledger.answered(self.party.name, self.incarnation, event, self.config, now)
            case RequestFailed():
                ledger.failed(self.party.name, self.incarnation, event, self.config, now)
            case RequestAborted():
                aborted = ledger.by_id(self._world.name_at(event.peer), event.transaction_id)
                if aborted is not None:
                    aborted.is_aborted = True
            case PeerFault() | MessageRefused():
                if self._world.is_clean:
                    self._broken(f"trouble with an honest peer: {event}")

    # ----------------------------------------------------------------------------------------------------- the executor

    def _received(self, event: RequestReceived) -> Exchange | None:
        world = self._world
        name, long_timer_s = self.party.name, self.config.long_timer_s
        requester = world.name_at(event.peer)
        return world.ledger.received(name, self.incarnation, requester, event, long_timer_s, world.clock.now)

    def _execute(self, event: RequestReceived, exchange: Exchange | None) -> None:
        if exchange is None:
            self._reply(event, None, "done")
            return
        step = exchange.step
        if step.says == "refuse":
            exchange.is_refused = True
            self._refused += 1
            self.engine.refuse(event.peer, event.request.transaction_id, refusal())
        elif step.takes_s:
            when = self._world.clock.now + step.takes_s
            self._world.clock.at(when, self._later(lambda: self._reply(event, exchange, step.says)))
        else:
            self._reply(event, exchange, step.says)

    def _reply(self, event: RequestReceived, exchange: Exchange | None, says: str) -> None:
        peer, number = event.peer, event.request.transaction_id
        actions, error = said(event.request, says, f"{self.party.name}/{self.incarnation} ")
        try:
            self.engine.reply(peer, number, actions, self.local, error)
        except LocalError:
            actions, error = (), _IN_FAULT
            self.engine.reply(peer, number, actions, self.local, error)
        if says == "twice":
            self.engine.reply(peer, number, (), self.local, _IN_FAULT)
        if exchange is not None:
            version = self._versions.get(peer, self.party.version)
            segments = self.config.most_segments if self.config.segments and version >= _SEGMENTS_SINCE else 1
            answer = Answer((actions, error), self.mid, version, event.encoding, self.party.most_octets, segments)
            exchange.answers.append(answer)
        self.touch()

    # -------------------------------------------------------------------------------------------------------- the clock

    def _arm(self) -> None:
        deadline = self.engine.next_deadline()
        if deadline is None:
            return
        when = deadline - self._offset + _TICK_S + self.party.grain_s * self._chance.random()
        if self._armed_for is None or when < self._armed_for:
            self._armed_for = when
            self._world.clock.at(when, self._later(lambda: self._wake(when)))

    def _wake(self, when: float) -> None:
        if self._armed_for != when:
            return
        self._armed_for = None
        self.engine.handle_timer(self.local)
        deadline = self.engine.next_deadline()
        if deadline is not None and deadline <= self.local:
            raise NeverAtRestError(f"{self.party.name}: what was due {self.local - deadline:.6f} s ago was not done")
        self.touch()

    # --------------------------------------------------------------------------------------------------------- oracles

    def _broken(self, what: str) -> None:
        self._world.ledger.broken(self._world.clock.now, f"{self.party.name}: {what}")

    def check(self) -> None:
        """Hold the counters and the limits to what was seen."""
        engine, config, counters = self.engine, self.config, self.engine.counters
        ended = counters.requests_answered + counters.requests_failed + counters.requests_cancelled
        if counters.requests_sent != ended + engine.outstanding or counters.requests_sent != self._asked:
            self._broken(f"{self._asked} requests; {ended} ended, {engine.outstanding} outstanding: {vars(counters)}")
        if counters.requests_held_back != self._held_back:
            self._broken(f"{counters.requests_held_back} requests were held back, not {self._held_back}")
        if counters.requests_received != counters.replies_sent + self._refused + engine.executing:
            self._broken(f"requests received and replies do not agree: {vars(counters)}")
        if engine.outstanding > config.max_sent or engine.remembered > config.max_received:
            self._broken(f"{engine.outstanding} requests outstanding, {engine.remembered} remembered")
        if engine.executing > config.most_executing or engine._requester._held > config.most_segments_held:
            self._broken(f"{engine.executing} requests executing, {engine._requester._held} segments held")

    def measure(self) -> int:
        """Look how much is remembered; return it."""
        held = footprint(self.engine)
        self.most_held = max(self.most_held, held)
        return held

    def check_rest(self) -> None:
        """Look whether nothing is left."""
        engine = self.engine
        left = footprint(engine)
        if not engine.is_idle() or engine.next_deadline() is not None or left:
            self._broken(f"{left} things left, idle: {engine.is_idle()}, deadline: {engine.next_deadline()}")
        counts = engine.outstanding, engine.executing, engine.remembered, engine._requester._held
        if any(counts):
            self._broken(f"outstanding, executing, remembered, segments held: {counts}")


def _mid(party: Party, index: int) -> MessageIdentifier:
    match party.mid:
        case "address":
            return IpAddress(f"192.0.2.{index + 1}", _PORT)
        case "domain":
            return DomainName(f"{party.name}.example.net", _PORT)
        case "mtp":
            return MtpAddress(f"{index + 1:04X}")
        case "device":
            return DeviceName(party.name)
