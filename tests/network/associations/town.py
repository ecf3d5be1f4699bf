"""Controllers and gateways at work: they come and go as the plan says, and everything is held to its invariants.

A gateway executes nothing but what its own controller asks, and that once; nobody registers in storms; each call ends
in time; once the network is healed each gateway is in service with one controller, which knows it and no other does;
and when the gateways have left nothing is left of them.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from random import Random
from typing import Any, Final, NamedTuple

import msgspec

from megaco.association import (
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    ControllerConfig,
    GatewayDown,
    GatewayUp,
    HandedOff,
    InService,
    Left,
    NoAnswer,
    Refused,
    RegisteredGateway,
    RegistrarEvent,
)
from megaco.endpoint import Mg, Mgc
from megaco.errors import MegacoError
from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    MessageIdentifier,
)
from megaco.transaction import RequestReceived, TransactionConfig
from megaco.transport import Address, MemoryLink

from ..footprint import footprint
from ..traffic import actions_of, said
from .loop import VirtualLoop
from .loop import run as run_virtually
from .plan import Controller, Gateway, Service, Step
from .troubles import Troubles

_GRAIN_S: Final = 0.05
_MOST_IN_A_MINUTE: Final = 80
"""Registrations of one gateway: a round over three controllers, each of which sends it elsewhere five times, is 18 at
once, and applications begin three more rounds."""
_MINUTE_S: Final = 60.0
_AGAIN_S: Final = 20.0
"""After so long an application starts a gateway again that was refused by all."""
_PROPAGATION_S: Final = 5.0
_SETTLE_S: Final = 120.0
_PROBE: Final = ActionRequest(NULL_CONTEXT, commands=(CommandRequest(AuditValueRequest((ROOT,), AuditDescriptor())),))
_CALL: Final = actions_of(("$: add ip/1/core/$",))
_NOTIFY: Final = actions_of(("1: notify ip/1/core/1",))
_NOBODY: Final = "nobody/1"


class Result(NamedTuple):
    """What a run showed."""

    violations: tuple[str, ...]
    outcomes: Counter[str]
    """Of calls: answered, and the kinds of errors; beside them registrations and executed."""
    messages: int

    @property
    def exchanges(self) -> int:
        """How many calls were made."""
        return self.outcomes.total() - self.outcomes["registrations"] - self.outcomes["executed"]


class Town:
    """Everybody in one run."""

    def __init__(self, plan: Service, loop: VirtualLoop) -> None:
        self.plan = plan
        self.violations: list[str] = []
        self.outcomes: Counter[str] = Counter()
        self._loop = loop
        self._since = loop.time()
        self._chance = Random(f"{plan.seed} town")
        self._troubles = Troubles(plan.network, plan.seed, loop.time)
        self._controllers: dict[str, Mgc] = {}
        self._gateways: dict[str, Mg] = {}
        self._serving: dict[str, str | None] = {gateway.name: None for gateway in plan.gateways}
        """Gateway -> the controller that it is in service with, by its own word."""
        self._known: dict[str, set[MessageIdentifier]] = {}
        """Controller -> gateways that it has told of."""
        self._executed: Counter[tuple[str, int, str, int]] = Counter()
        self._lives: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_over = False

    # ------------------------------------------------------------------------------------------------- the course

    async def run(self) -> None:
        """Let everything happen; then look what has become of everybody."""
        for controller in self.plan.controllers:
            await self._open_controller(controller)
        for gateway in self.plan.gateways:
            await self._open_gateway(gateway)
        for step in self.plan.steps:
            self._loop.call_at(self._since + step.at, self._begin, step)
        await asyncio.sleep(self.plan.lasts_s)
        await self._heal()
        self._check_agreement()
        await self._check_calls()
        await self._end()

    async def _heal(self) -> None:
        self._troubles.heal()
        longest_s = max((step.lasts_s for step in self.plan.steps if step.do != "cut"), default=0.0)
        await asyncio.sleep(longest_s + _SETTLE_S + 3 * self.plan.lifetime_s)

    async def _end(self) -> None:
        """Let the gateways leave, then look what is left of them; close everything."""
        self._is_over = True
        while self._tasks:
            await asyncio.wait(self._tasks)
        for name, mg in self._gateways.items():
            await self._close(name, mg)
        await asyncio.sleep(2 * self.plan.lifetime_s + _PROPAGATION_S + _GRAIN_S)
        for name, mgc in self._controllers.items():
            self._check_rest(name, mgc)
            await mgc.close()
        self._check_storms()
        timers = [timer for timer in self._loop.timers() if timer.when() > self._loop.time() + _PROPAGATION_S]
        if timers:
            self.broken(f"timers are left: {timers}")
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            self.broken(f"tasks are left: {others}")

    def broken(self, what: str) -> None:
        """Note a violation."""
        self.violations.append(f"{self._loop.time() - self._since:.3f}: {what}")

    def _begin(self, step: Step) -> None:
        self._start(self._do(step))

    def _start(self, errand: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(self._guarded(errand))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, errand: Coroutine[Any, Any, None]) -> None:
        try:
            await errand
        except Exception as error:
            self.broken(f"{type(error).__name__}: {error}")

    # ------------------------------------------------------------------------------------------------- who is there

    @property
    def _transactions(self) -> TransactionConfig:
        lifetime_s = self.plan.lifetime_s
        return TransactionConfig(lifetime_s=lifetime_s, long_timer_s=lifetime_s + _PROPAGATION_S)

    async def _open_controller(self, controller: Controller) -> None:
        name = controller.name
        mgc = await Mgc.listen(
            f"memory:{name}",
            controller=ControllerConfig(highest_version=controller.version, audit_s=controller.audit_s),
            on_gateway=lambda event: self._note(name, event),
            on_request=lambda event: self._execute(name, event),
            transactions=self._transactions,
            encoding=controller.encoding,
            version=controller.version,
        )
        self._spoil(mgc)
        self._lives[name] += 1
        self._known[name] = set()
        self._controllers[name] = mgc

    async def _open_gateway(self, gateway: Gateway) -> None:
        name = gateway.name
        urls = [f"memory:{one}" for one in gateway.controllers]
        mg = await Mg.connect(
            *urls,
            local=f"memory:{name}",
            association=AssociationConfig(
                version=gateway.version,
                probe_s=gateway.probe_s,
                maximum_waiting_delay_s=gateway.waiting_s,
                retry_s=gateway.retry_s,
            ),
            on_request=lambda event: self._serve(name, event),
            on_association=lambda event: self._hear(gateway, event),
            probe=_PROBE,
            transactions=self._transactions,
            encoding=gateway.encoding,
        )
        self._spoil(mg)
        self._lives[name] += 1
        self._gateways[name] = mg

    def _spoil(self, endpoint: Mg | Mgc) -> None:
        for link in endpoint.pump.links:
            assert isinstance(link, MemoryLink)
            link._fate = self._troubles.fate
            link.is_reliable = False

    async def _crash(self, name: str) -> None:
        """Be gone without a word."""
        endpoint: Mg | Mgc | None = self._controllers.pop(name, None) or self._gateways.pop(name, None)
        if endpoint is not None:
            for link in endpoint.pump.links:
                link.close()
            await self._close(name, endpoint)

    async def _close(self, name: str, endpoint: Mg | Mgc) -> None:
        await endpoint.close()
        if name in self._serving:
            self._serving[name] = None
        if endpoint.engine.outstanding and not endpoint.engine.next_deadline():
            self.broken(f"{name} closed with requests that no timer ends")

    async def _return(self, name: str, after_s: float) -> None:
        """Be there again, with nothing remembered."""
        await asyncio.sleep(after_s)
        for controller in self.plan.controllers:
            if controller.name == name and name not in self._controllers:
                await self._open_controller(controller)
        for gateway in self.plan.gateways:
            if gateway.name == name and name not in self._gateways:
                await self._open_gateway(gateway)

    # ------------------------------------------------------------------------------------------------------- steps

    async def _do(self, step: Step) -> None:
        match step.do:
            case "cut":
                until = self._loop.time() + step.lasts_s
                self._troubles.cut(step.who, step.to, until)
                if step.both_ways:
                    self._troubles.cut(step.to, step.who, until)
            case "crash":
                await self._crash(step.who)
                await self._return(step.who, step.lasts_s)
            case "hand off":
                await self._hand_off(step)
            case "leave" | "stay" | "close":
                await self._go(step)
            case "call":
                await self._call(step.who, step.to)
            case "notify":
                await self._notify(step.who)
            case "send elsewhere" | "refuse":
                await self._detour(step)
            case "replay":
                self._replay(step)

    def _replay(self, step: Step) -> None:
        """Let a controller hear a registration that was sent long before, to it or to another one."""
        mgc = self._controllers.get(step.to)
        heard = [octets for (source, _), octets in self._troubles.heard.items() if source == step.who]
        if mgc is not None and heard:
            mgc.pump.take(self._chance.choice(heard), Address(step.who, 0, "memory"), mgc.local)
            mgc.pump.drain()

    async def _hand_off(self, step: Step) -> None:
        mgc = self._controllers.get(step.who)
        gateway = self._registered(step.who, step.gateway)
        if mgc is not None and gateway is not None:
            await self._ended(lambda: mgc.hand_off(gateway, DeviceName(step.to)))

    async def _go(self, step: Step) -> None:
        """Leave at once or gracefully, or think better of it; in the end be there again."""
        mg = self._gateways.get(step.who)
        if mg is None:
            return
        if step.do == "close":
            del self._gateways[step.who]
            await self._close(step.who, mg)
            await self._return(step.who, step.lasts_s)
            return
        mg.association.leave(mg.pump.now(), int(step.lasts_s))
        mg.is_empty() if step.lasts_s == 1.0 else mg._drain_association()
        if step.do == "stay":
            await asyncio.sleep(step.lasts_s / 2)
            mg.association.stay(mg.pump.now())
            mg._drain_association()

    async def _detour(self, step: Step) -> None:
        mgc = self._controllers.get(step.who)
        if mgc is None:
            return
        before = mgc.registrar.config
        other = DeviceName(step.to) if step.do == "send elsewhere" else None
        profiles = (_NOBODY,) if step.do == "refuse" else ()
        mgc.registrar.config = msgspec.structs.replace(before, elsewhere=other, profiles=profiles)
        await asyncio.sleep(step.lasts_s)
        mgc.registrar.config = msgspec.structs.replace(before, elsewhere=None, profiles=())

    # ------------------------------------------------------------------------------------------------------- calls

    def _registered(self, controller: str, gateway: str) -> RegisteredGateway | None:
        mgc = self._controllers.get(controller)
        known = (
            [] if mgc is None else [one for one in mgc.registrar.gateways.values() if one.mid == DeviceName(gateway)]
        )
        if len(known) > 1:
            self.broken(f"{controller} knows {gateway} as {known}")
        return known[0] if known else None

    async def _call(self, controller: str, gateway: str) -> bool:
        mgc, registered = self._controllers.get(controller), self._registered(controller, gateway)
        if mgc is None or registered is None:
            return False
        return await self._ended(lambda: mgc.request(registered, *_CALL))

    async def _notify(self, gateway: str) -> bool:
        mg = self._gateways.get(gateway)
        return mg is not None and await self._ended(lambda: mg.request(*_NOTIFY))

    async def _ended(self, ask: Callable[[], Awaitable[object]]) -> bool:
        """See how a request ends, and that it ends by T-MAX."""
        since = self._loop.time()
        outcome = "answered"
        try:
            await ask()
        except MegacoError as error:
            outcome = _named(error)
        self.outcomes[outcome] += 1
        if self._loop.time() - since > self.plan.lifetime_s + _GRAIN_S:
            self.broken(f"a request ended ({outcome}) after {self._loop.time() - since:.3f} s")
        return outcome == "answered"

    # ---------------------------------------------------------------------------------------------------- execution

    def _execute(self, name: str, event: RequestReceived) -> tuple[ActionReply, ...]:
        key = (name, self._lives[name], event.peer.host, event.request.transaction_id)
        self._executed[key] += 1
        self.outcomes["executed"] += 1
        if self._executed[key] > 1:
            self.broken(f"{name} executes {event.request.transaction_id} of {event.peer} again")
        return said(event.request, "done")[0]

    def _serve(self, name: str, event: RequestReceived) -> tuple[ActionReply, ...] | Awaitable[Any]:
        if self._serving[name] != event.peer.host:
            self.broken(f"{name} executes for {event.peer.host}, but is in service with {self._serving[name]}")
        reply = self._execute(name, event)
        return self._slowly(reply) if self._chance.random() < 0.2 else reply

    async def _slowly(self, reply: tuple[ActionReply, ...]) -> tuple[ActionReply, ...] | ErrorDescriptor:
        await asyncio.sleep(3.0 * self._chance.random())
        return reply

    def _note(self, name: str, event: RegistrarEvent) -> None:
        """Gateways are told of as new when they are, and as gone when they were there."""
        known = self._known[name]
        match event:
            case GatewayUp(gateway=gateway, is_new=is_new):
                if is_new == (gateway.mid in known):
                    self.broken(f"{name}: {gateway.mid} came, is_new: {is_new}, known: {known}")
                known.add(gateway.mid)
            case GatewayDown(gateway=gateway):
                if gateway.mid not in known:
                    self.broken(f"{name}: {gateway.mid} has gone, known: {known}")
                known.discard(gateway.mid)

    def _hear(self, gateway: Gateway, event: AssociationEvent) -> None:
        name = gateway.name
        match event:
            case InService(controller=controller, version=version):
                self._serving[name] = getattr(controller, "host", None)
                if not 1 <= version <= gateway.version:
                    self.broken(f"{name} is in service with version {version}, offered {gateway.version}")
            case ContactLost() | HandedOff() | NoAnswer():
                self._serving[name] = None
            case Refused() | Left():
                self._serving[name] = None
                if not self._is_over:
                    self._start(self._begin_again(name))

    async def _begin_again(self, name: str) -> None:
        """As an application does whose gateway was refused by all, or has left."""
        mg = self._gateways.pop(name, None)
        if mg is not None:
            await self._close(name, mg)
            await self._return(name, _AGAIN_S)

    # ------------------------------------------------------------------------------------------------------ oracles

    def _check_agreement(self) -> None:
        """The network is whole, everybody is there: each gateway is served by one controller, and both know it."""
        for gateway in self.plan.gateways:
            name = gateway.name
            known_to = [one for one in self._controllers if self._registered(one, name) is not None]
            if self._serving[name] is None or known_to != [self._serving[name]]:
                state = self._gateways[name].association.state.name if name in self._gateways else "gone"
                self.broken(f"{name} ({state}) is in service with {self._serving[name]}, registered with {known_to}")
                continue
            registered, version = self._registered(known_to[0], name), self._gateways[name].engine.version
            if registered is not None and registered.version != version:
                self.broken(f"{name} writes version {version}, {known_to[0]} writes version {registered.version}")

    async def _check_calls(self) -> None:
        """Everybody can be asked."""
        for name, controller in self._serving.items():
            if controller is None or self._registered(controller, name) is None:
                continue
            if not await self._call(controller, name):
                self.broken(f"{controller} cannot ask {name}")
            if not await self._notify(name):
                self.broken(f"{name} cannot ask {controller}")

    def _check_rest(self, name: str, mgc: Mgc) -> None:
        """All gateways have left, and LONG-TIMER is over: nothing is left of them."""
        engine, registrar = mgc.engine, mgc.registrar
        left = footprint(engine) + len(engine._outbox.terms) + len(mgc._addresses) + len(mgc._waiting) + len(mgc._tasks)
        if left or not engine.is_idle() or registrar.gateways or registrar.leaving or registrar.next_deadline():
            self.broken(
                f"{name}: {left} things left, idle: {engine.is_idle()}, terms: {list(engine._outbox.terms)}, "
                f"gateways: {list(registrar.gateways)}, leaving: {registrar.leaving}"
            )
        if self._known[name]:
            self.broken(f"{name} never told that {self._known[name]} have gone")

    def _check_storms(self) -> None:
        for host, registrations in self._troubles.registrations.items():
            times = sorted(registrations.values())
            self.outcomes["registrations"] += len(times)
            for first, last in zip(times, times[_MOST_IN_A_MINUTE:], strict=False):
                if last - first < _MINUTE_S:
                    self.broken(f"{host} registered {_MOST_IN_A_MINUTE} times within {last - first:.1f} s")
                    break

    def result(self) -> Result:
        """Return what the run showed."""
        return Result(tuple(self.violations), self.outcomes, self._troubles.messages)


def _named(error: MegacoError) -> str:
    return str(getattr(error, "reason", "") or type(error).__name__)


class _Errors(logging.Handler):
    """Takes errors that endpoints log, for these are faults of this library."""

    def __init__(self, town: Town) -> None:
        super().__init__(logging.ERROR)
        self._town = town

    def emit(self, record: logging.LogRecord) -> None:
        """Note a record."""
        cause = record.exc_info[1] if record.exc_info else None
        self._town.broken(f"logged: {record.getMessage()}: {cause!r}")


def run(plan: Service) -> Result:
    """Run a plan and return what it showed."""
    return run_virtually(_run(plan))


async def _run(plan: Service) -> Result:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    town = Town(plan, loop)
    loop.set_exception_handler(lambda _, context: town.broken(f"nobody took {context}"))
    log, state = logging.getLogger("h248"), random.getstate()
    errors, level, propagate = _Errors(town), log.level, log.propagate
    log.addHandler(errors)
    log.propagate = False
    random.seed(plan.seed)
    try:
        await town.run()
    finally:
        random.setstate(state)
        log.removeHandler(errors)
        log.setLevel(level)
        log.propagate = propagate
    return town.result()
