"""Runs a plan: everybody on one clock, from the first step until nothing is left to happen."""

import traceback
from collections import Counter
from random import Random
from typing import Final, NamedTuple

from .clock import Clock, NeverAtRestError
from .forging import Forger
from .host import Host
from .ledger import Ledger
from .plan import Plan, Step
from .wire import Place, Wire

_YEAR_2024_S: Final = 1.704e9
_MEASURED_EACH_S: Final = 5.0
_SPARE_S: Final = 3.0
_HELD_EACH: Final = 60
"""Entries that an engine may hold for a request sent or received, repeats of timers included."""
_HELD_ANYWAY: Final = 200
_IDS_A_SECOND: Final = 1_000_000
_ALL_IDS: Final = 2**32 - 1


class Result(NamedTuple):
    """What a run showed."""

    violations: tuple[str, ...]
    outcomes: Counter[str]
    """Of requests: answered, cancelled, died, names of failures; beside them ``executed``."""
    datagrams: int
    lasted_s: float
    """Until the last of it was forgotten."""
    most_held: int
    """Entries that one engine held at most, see ``footprint``."""

    @property
    def exchanges(self) -> int:
        """How many requests were made."""
        return self.outcomes.total() - self.outcomes["executed"]


class World:
    """Everything that there is in one run."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.clock = Clock()
        self.rest_since = 0.0
        """When an engine was used last."""
        chance = Random(f"{plan.seed} world")
        self.epoch_s = _epoch_s(chance)
        deeds = {step.do for step in plan.steps}
        is_spoiled = plan.network.corruption > 0
        self.is_clean = not is_spoiled and not deeds & {"garbage", "forge", "spoof"} and not _refuses_messages(plan)
        """Whether nobody has a reason to find fault with what another sends."""
        stalls_s = max((step.lasts_s for step in plan.steps if step.do == "stall"), default=0.0)
        slack_s = max(party.grain_s + 2 * party.turn_s for party in plan.parties) + stalls_s + 0.001
        self.ledger = Ledger(is_spoiled=is_spoiled, all_answered=plan.all_answered, slack_s=slack_s)
        self.wire = Wire(self.clock, plan.network, plan.seed, self._deliver)
        self.hosts: dict[str, Host] = {}
        self._names: dict[Place, str] = {}
        for index, party in enumerate(plan.parties):
            host = self.hosts[party.name] = Host(self, party, index)
            self._names[host.place] = party.name
        self._forger = Forger(self, chance)
        self._agree()

    def name_at(self, place: Place) -> str:
        """Return who speaks from a place, or did; "" where that is nobody honest."""
        return self._names.get(place, "")

    def run(self) -> None:
        """Let everything happen, then look what is left."""
        for step in self.plan.steps:
            self.clock.at(step.at, lambda step=step: self._do(step))  # type: ignore[misc]
        end = self._end()
        for tick in range(int(end / _MEASURED_EACH_S)):
            self.clock.at(tick * _MEASURED_EACH_S, self._measure)
        self.clock.run(end)
        self.ledger.finish(self.clock.now)
        for host in self.hosts.values():
            host.check()
            host.check_rest()

    def _end(self) -> float:
        """Return by when everything has ended: after the last step, T-MAX, an execution, and LONG-TIMER."""
        last = max((step.at + step.lasts_s for step in self.plan.steps), default=0.0)
        longest_s = max((step.takes_s for step in self.plan.steps), default=0.0)
        timers = [(host.config.lifetime_s, host.config.long_timer_s) for host in self.hosts.values()]
        lifetime_s = max(lifetime for lifetime, _ in timers)
        long_timer_s = max(long_timer for _, long_timer in timers)
        return last + lifetime_s + longest_s + self.plan.network.longest_s + long_timer_s + _SPARE_S

    # ------------------------------------------------------------------------------------------------------- steps

    def _do(self, step: Step) -> None:
        who = self.hosts.get(step.who)
        to = self.hosts.get(step.to)
        match step.do:
            case "cut":
                self._cut(step)
            case "replay" | "forge" | "spoof" | "garbage":
                self._forger.act(step)
            case "cancel":
                self._cancel(step)
            case _ if who is None:
                return
            case "stall":
                who.stall(step.lasts_s)
            case "restart":
                self._restart(who, step)
            case "move":
                self._move(who)
            case "configure":
                who.when_free(lambda: who.configure(step.config))
            case "agree" if to is not None:
                who.when_free(lambda: who.agree(to.place, step.version))
            case "request" if to is not None:
                who.when_free(lambda: who.request(step, to.place))
            case "abandon" if to is not None:
                who.when_free(lambda: who.abandon(to.place))
            case "redirect" if to is not None:
                self._redirect(who, to, step)

    def _cancel(self, step: Step) -> None:
        exchange = self.ledger.by_step(step.number)
        if exchange is not None:
            host = self.hosts[exchange.requester]
            host.when_free(lambda: host.cancel(exchange))

    def _cut(self, step: Step) -> None:
        if step.who not in self.hosts or step.to not in self.hosts:
            return
        until = self.clock.now + step.lasts_s
        source, target = self.hosts[step.who].place.host, self.hosts[step.to].place.host
        self.wire.cut(source, target, until)
        if step.both_ways:
            self.wire.cut(target, source, until)

    def _restart(self, who: Host, step: Step) -> None:
        if who.is_down:
            return
        who.kill()

        def boot() -> None:
            who.boot()
            if step.moves:
                self._move(who)
            self._agree()

        self.clock.at(self.clock.now + step.lasts_s, boot)

    def _move(self, who: Host) -> None:
        who.move()
        self._names[who.place] = who.party.name
        self._agree()

    def _redirect(self, who: Host, to: Host, step: Step) -> None:
        """One party is taken over from by another, or by itself where it has moved."""
        other = self.hosts.get(step.other, to)
        source = to.place if other is not to else to.previous
        if source != other.place:
            who.when_free(lambda: who.redirect(source, other.place))

    def _agree(self) -> None:
        if self.plan.agreed:
            for host in self.hosts.values():
                for other in self.hosts.values():
                    host.agree(other.place, min(host.party.version, other.party.version))

    # ------------------------------------------------------------------------------------------------------ the wire

    def deliver(self, octets: bytes, source: Place, target: Place) -> None:
        """Hand octets to whoever is at a place, as if they came from another."""
        self._deliver(octets, source, target)

    def _deliver(self, octets: bytes, source: Place, target: Place) -> None:
        host = self.hosts.get(self.name_at(target))
        if host is not None and host.place == target:
            host.when_free(lambda: host.deliver(octets, source))

    def _measure(self) -> None:
        now = self.clock.now
        live_s = self._end() - max((step.at for step in self.plan.steps), default=0.0)
        for host in self.hosts.values():
            held = host.measure()
            about = sum(
                step.do in ("forge", "spoof", "replay", "garbage") or host.party.name in (step.who, step.to, step.other)
                for step in self.plan.steps
                if now - live_s <= step.at <= now
            )
            if held > _HELD_ANYWAY + _HELD_EACH * about:
                self.ledger.broken(now, f"{host.party.name} holds {held} things for {about} requests")


def _epoch_s(chance: Random) -> float:
    """Return what the clock on the wall shows at the beginning; at times TransactionIDs are about to run out then."""
    epoch_s = _YEAR_2024_S + chance.uniform(0.0, 1e7)
    if chance.random() < 0.3:
        missing = _ALL_IDS - int(epoch_s * _IDS_A_SECOND) % _ALL_IDS
        epoch_s += (missing - chance.randrange(40_000_000)) / _IDS_A_SECOND
    return epoch_s


def _refuses_messages(plan: Plan) -> bool:
    """Tell whether a party takes fewer transactions in a message than others may put there."""
    sent = max(int(party.config.get("most_transactions_sent", 10)) for party in plan.parties)
    sent = max(sent, *(int(step.config.get("most_transactions_sent", 0)) for step in plan.steps), 0)
    return any(int(party.config.get("most_transactions", 100)) < sent for party in plan.parties)


def run(plan: Plan) -> Result:
    """Run a plan and return what it showed; an exception is a violation like any other."""
    world: World | None = None
    violations: list[str] = []
    try:
        world = World(plan)
        world.run()
    except NeverAtRestError as error:
        violations.append(str(error))
    except Exception as error:  # whatever an engine raises is a finding
        where = traceback.extract_tb(error.__traceback__)[-1]
        violations.append(f"{type(error).__name__}: {error} ({where.filename.rpartition('/')[2]}:{where.lineno})")
    if world is None:
        return Result(tuple(violations), Counter(), 0, 0.0, 0)
    outcomes = Counter(exchange.outcome or "open" for exchange in world.ledger.exchanges)
    outcomes["executed"] = sum(exchange.executions for exchange in world.ledger.exchanges)
    most_held = max(host.most_held for host in world.hosts.values())
    return Result((*world.ledger.violations, *violations), outcomes, world.wire.carried, world.rest_since, most_held)
