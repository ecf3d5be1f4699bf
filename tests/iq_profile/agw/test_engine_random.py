"""The engine under any sequence of commands, reports and time: it never raises, joins nothing early, leaks nothing."""

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from iq_profile.agw import orders
from iq_profile.agw.orders import LegId
from iq_profile.agw.settings import AgwSettings
from iq_profile.procedures import ReleaseTerminations, ReserveConnectionPoint, Reserved, StreamTerms, compose
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    AddRequest,
    AuditDescriptor,
    AuditValueRequest,
    Command,
    CommandRequest,
    MediaDescriptor,
    ModifyRequest,
    MoveRequest,
    Signal,
    SignalsDescriptor,
    StreamDescriptor,
    SubtractRequest,
)
from megaco.message.base import Octets
from megaco.message.descriptors import LocalDescriptor, RemoteDescriptor

from .rig import ACCESS_ADDRESS, CORE_ADDRESS, FAR, PEER, PROFILE, UE, Rig, asked, peer, sdp, secured, ue

_SETUPS = st.sampled_from(["active", "passive", "actpass", "holdconn", None])
_STREAMS = st.integers(1, 3)
_INTERFACES = st.sampled_from(["access", "core"])
_LAST_CONTEXT = 9
_CONTEXTS = st.integers(1, _LAST_CONTEXT) | st.sampled_from([CHOOSE_CONTEXT, NULL_CONTEXT, ALL_CONTEXTS])
_BROKEN = st.sampled_from([b"", b"v=0\r\n", b"x", sdp("UDP/BFCP"), sdp(setup="sideways")])
_NAMES = st.sampled_from([ALL, "ip/1/*/*", "ip/1/core/*", "ROOT", "ip/9/core/9"]) | st.builds(
    "ip/1/{}/{}".format, _INTERFACES, st.integers(1, 8)
)
_FEW = settings(max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))


def _locals(interface: str) -> st.SearchStrategy[bytes]:
    protocols = ("TCP/TLS/MSRP", "TCP/TLS/BFCP") if interface == "access" else ("TCP/MSRP", "TCP/BFCP")
    fingerprint = "sha-256 $" if interface == "access" else None
    return st.builds(sdp, st.sampled_from(protocols), setup=_SETUPS, fingerprint=st.just(fingerprint))


def _remotes(interface: str) -> st.SearchStrategy[bytes]:
    far = st.sampled_from([UE if interface == "access" else PEER, ("192.0.2.99", 0)])
    fingerprint = st.sampled_from([str(FAR), None])
    return st.builds(sdp, st.just("TCP/TLS/MSRP"), far=far, setup=_SETUPS, fingerprint=fingerprint)


def _terms(interface: str) -> st.SearchStrategy[StreamTerms]:
    remote = st.none() | _remotes(interface) | _BROKEN
    filters = st.none() | st.booleans()
    return st.builds(
        StreamTerms,
        _STREAMS,
        local=_locals(interface),
        remote=remote,
        establish_tls=st.booleans(),
        source_filter=filters,
    )


def _reservations(interface: str) -> st.SearchStrategy[ReserveConnectionPoint]:
    streams = st.lists(_terms(interface), max_size=3, unique_by=lambda terms: terms.stream_id).map(tuple)
    events = st.none() | st.sampled_from([0, 5]).map(asked)
    return st.builds(ReserveConnectionPoint, _CONTEXTS, st.just(1), st.just(interface), streams, events)


def _good_terms(interface: str, stream: int, setup: str | None, is_told: bool, filters: bool) -> StreamTerms:
    """Return the terms of a BFCP stream, whose TLS needs no order to start."""
    is_access = interface == "access"
    local = secured("BFCP", setup) if is_access else sdp("TCP/BFCP", setup=setup)
    remote = ue("BFCP") if is_access else peer("BFCP")
    return StreamTerms(stream, local=local, remote=remote if is_told else None, source_filter=filters)


_ADDS = _INTERFACES.flatmap(_reservations).map(lambda wanted: compose(wanted, PROFILE))
_SIGNALS = st.builds(
    lambda name, stream: SignalsDescriptor((Signal(name, stream_id=stream),)),
    st.sampled_from(["tlsbsc/EstBNC", "al/ri"]),
    _STREAMS,
)


def _modifies(interface: str) -> st.SearchStrategy[Command]:
    local = st.none() | _locals(interface) | _BROKEN
    remote = st.none() | _remotes(interface) | _BROKEN
    stream = st.builds(
        lambda number, here, there: StreamDescriptor(
            number,
            local=LocalDescriptor(Octets(here)) if here is not None else None,
            remote=RemoteDescriptor(Octets(there)) if there is not None else None,
        ),
        _STREAMS,
        local,
        remote,
    )
    media = st.none() | stream.map(lambda one: MediaDescriptor(streams=(one,)))
    names = st.builds("ip/1/{}/{}".format, st.just(interface), st.integers(1, 8))
    return st.builds(
        lambda name, *told: ModifyRequest((name,), tuple(one for one in told if one is not None)),
        names,
        media,
        st.none() | _SIGNALS,
    )


_COMMANDS = (
    _INTERFACES.flatmap(_modifies)
    | _NAMES.map(lambda name: SubtractRequest((name,), AuditDescriptor()))
    | _NAMES.map(lambda name: AuditValueRequest((name,), AuditDescriptor()))
    | _NAMES.map(lambda name: MoveRequest((name,)))
)
_REQUESTS = st.builds(CommandRequest, _COMMANDS, st.booleans(), st.booleans())
_ACTIONS = _ADDS | st.builds(
    lambda context, commands: ActionRequest(context, commands=tuple(commands)),
    _CONTEXTS,
    st.lists(_REQUESTS, min_size=1, max_size=3),
)


_REPORT_KINDS = st.sampled_from(
    [
        orders.Accepted,
        orders.Connected,
        orders.ConnectFailed,
        orders.Handshaken,
        orders.Verified,
        orders.TlsFailed,
        orders.Ended,
    ]
)
_FOLLOWS: dict[type[orders.Order], type[orders.Report]] = {
    orders.Accept: orders.Accepted,
    orders.Connect: orders.Connected,
    orders.StartTls: orders.Handshaken,
    orders.Trust: orders.Verified,
}
"""What the relay reports when an order has gone well."""


class Anything(RuleBasedStateMachine):
    """A controller and a relay that do what they should, or whatever comes to their minds."""

    def __init__(self) -> None:
        """Start with a small gateway, so that its limits are met."""
        super().__init__()
        chosen = AgwSettings(access_address=ACCESS_ADDRESS, core_address=CORE_ADDRESS, most_contexts=3, most_streams=2)
        self.rig = Rig(chosen, ports=8, is_wired=False)
        self.points: list[Reserved] = []
        self.seen: dict[LegId, set[type[orders.Report]]] = {}
        self.awaited: list[tuple[LegId, type[orders.Report]]] = []

    @rule(streams=st.integers(1, 2), told=st.booleans(), setup=_SETUPS, swap=st.booleans(), filters=st.booleans())
    def call(self, streams: int, told: bool, setup: str | None, swap: bool, filters: bool) -> None:
        """Reserve two points in a context of their own, in good order, with or without the far ends' addresses."""
        context = CHOOSE_CONTEXT
        for interface in ("access", "core") if swap else ("core", "access"):
            terms = tuple(_good_terms(interface, 1 + number, setup, told, filters) for number in range(streams))
            outcome = self.rig.order(ReserveConnectionPoint(context, 1, interface, terms, asked(5)))
            if isinstance(outcome, Reserved):
                context = outcome.context_id
                self.points.append(outcome)
        self._check()

    @rule(number=st.integers(0, 5))
    def release(self, number: int) -> None:
        """Subtract all of a context."""
        if self.points:
            point = self.points[-1 - number % len(self.points)]
            self.rig.order(ReleaseTerminations(point.context_id, (ALL,), is_wildcarded=True))
        self._check()

    @rule(actions=st.lists(_ACTIONS, min_size=1, max_size=3), number=st.integers(0, 5))
    def execute(self, actions: list[ActionRequest], number: int) -> None:
        """Send a transaction, about what is there where it names numbers."""
        aimed = [self._aim(one, number) for one in actions]
        assert 1 <= len(self.rig.execute(*aimed)) <= len(actions)
        self._check()

    @rule(numbers=st.lists(st.integers(0, 100), min_size=1, max_size=8))
    def work(self, numbers: list[int]) -> None:
        """Report that orders have gone well."""
        for number in numbers:
            if self.awaited:
                leg, kind = self.awaited.pop(number % len(self.awaited))
                self._report(kind, leg, is_stranger=False)

    @rule(kind=_REPORT_KINDS, number=st.integers(0, 15), is_stranger=st.booleans())
    def report(self, kind: type[orders.Report], number: int, is_stranger: bool) -> None:
        """Report anything of one of the last legs, closed ones among them."""
        recent = self.rig.legs[-16:]
        self._report(kind, recent[number % len(recent)] if recent else LegId("nobody"), is_stranger)

    @rule(seconds=st.sampled_from([0.1, 3.0, 11.0]))
    def wait(self, seconds: float) -> None:
        """Let time pass; forget what the controller is told of every third time."""
        self.rig.wait(seconds)
        for indication in self.rig.engine.take_indications()[::3]:
            self.rig.engine.forget(indication, self.rig.now)
            self.rig.perform()
        self._check()

    def _aim(self, action: ActionRequest, number: int) -> ActionRequest:
        """Let an action concern a context and a termination that were there."""
        if not self.points or action.context_id > _LAST_CONTEXT or action.context_id == NULL_CONTEXT:
            return action
        point = self.points[-1 - number % len(self.points)]
        requests = tuple(_aimed(one, point.termination_id) for one in action.commands)
        return ActionRequest(point.context_id, commands=requests)

    def _report(self, kind: type[orders.Report], leg: LegId, is_stranger: bool) -> None:
        self.seen.setdefault(leg, set()).add(kind)
        far = UE if self.rig.addresses.get(leg) == ACCESS_ADDRESS else PEER
        address = "203.0.113.9" if is_stranger else far[0]
        rest: dict[type[orders.Report], tuple[object, ...]] = {
            orders.Accepted: (address, 4000),
            orders.Connected: (),
            orders.Handshaken: ("TLSv1.3", "x"),
            orders.Verified: (FAR,),
        }
        self.rig.engine.report(kind(leg, *rest.get(kind, ("a cause",))), self.rig.now)  # type: ignore[arg-type]
        self.rig.perform()
        self._check()

    def _check(self) -> None:
        """See that what was ordered could be, and expect its success."""
        for order in self.rig.done():
            if isinstance(order, orders.Join):
                assert self._is_fit(order.one)
                assert self._is_fit(order.other)
            elif not isinstance(order, orders.Close):
                assert self._is_up(order.leg) or not isinstance(order, orders.StartTls)
                self.awaited.append((order.leg, _FOLLOWS[type(order)]))

    def _is_up(self, leg: LegId) -> bool:
        return not self.seen.get(leg, set()).isdisjoint({orders.Accepted, orders.Connected})

    def _is_fit(self, leg: LegId) -> bool:
        """Tell whether application data may pass: TCP is up and, on the access side, the certificate verified."""
        is_verified = {orders.Handshaken, orders.Verified} <= self.seen.get(leg, set())
        return self._is_up(leg) and (is_verified or self.rig.addresses[leg] == CORE_ADDRESS)

    @invariant()
    def ports_are_bounded(self) -> None:
        """No more legs than the settings allow: 3 contexts of 2 terminations of 2 streams."""
        assert len(self.rig.open) <= 3 * 2 * 2

    def teardown(self) -> None:
        """Whatever happened, releasing all leaves nothing, and every leg was closed exactly once."""
        self.rig.engine.release_all(self.rig.now)
        self.rig.perform()
        assert self.rig.engine.is_empty
        assert self.rig.open == set()
        assert sorted(self.rig.closed) == sorted(self.rig.legs)
        assert len(set(self.rig.legs)) == len(self.rig.legs)
        assert self.rig.engine.next_deadline() is None


def _aimed(request: CommandRequest, name: str) -> CommandRequest:
    """Let a command that names a termination by number name this one."""
    command = request.command
    if isinstance(command, AddRequest) or not command.termination_ids[0][-1].isdecimal():
        return request
    return msgspec.structs.replace(request, command=msgspec.structs.replace(command, termination_ids=(name,)))


TestAnything = Anything.TestCase
TestAnything.settings = _FEW
