"""Associations under anything that may happen, in any order: what they never do, and where they end up.

The gateway's world is naive: it keeps what is outstanding, and answers as chance has it. Nothing here knows the table.
"""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from megaco.association import (
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    ControllerConfig,
    GatewayAssociation,
    GatewayDown,
    GatewayLeaving,
    GatewayStaying,
    GatewayUp,
    HandedOff,
    InService,
    Left,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
    RegisteredGateway,
    Registrar,
)
from megaco.association.table import GatewayState
from megaco.message import (
    DeviceName,
    ErrorDescriptor,
    EventsDescriptor,
    ModifyRequest,
    PropertyParm,
    RequestedEvent,
    ServiceChangeMethod,
    ServiceChangeReply,
    ServiceChangeResParm,
    TimeStamp,
    Value,
)

from .station import STAMP, change, hand_off_to, reply_of, request_of, services_of

_RETRY_S = 5.0
_SETTLED = (GatewayState.IN_SERVICE, GatewayState.WAITING, GatewayState.REFUSED, GatewayState.CLOSED)
_SERVING = (GatewayState.IN_SERVICE, GatewayState.LEAVING)
_CONTROLLERS = st.sampled_from(["a", "b", "c", "x", "y"])
_REPLIES = st.one_of(
    st.just(None),
    st.just(ErrorDescriptor(402)),
    st.builds(
        ServiceChangeResParm,
        mgc_id_to_try=st.one_of(st.none(), st.builds(DeviceName, _CONTROLLERS)),
        version=st.one_of(st.none(), st.integers(0, 4)),
        profile=st.sampled_from([None, "p/1", "q/1"]),
    ),
)
"""Silence, an error, or terms: acceptance, redirection, a version or a profile that will not do."""


class AnyFate(RuleBasedStateMachine):
    """A gateway's association, and all that can befall it."""

    association: GatewayAssociation
    outstanding: Register | None
    sought: bool

    @initialize(
        count=st.integers(1, 3),
        most_redirects=st.integers(0, 2),
        chances=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5),
        lowest=st.integers(1, 2),
    )
    def begin(self, count: int, most_redirects: int, chances: list[float], lowest: int) -> None:
        """A gateway that has not been started."""
        self.controllers = tuple("abc"[:count])
        self.now = 0.0
        self.draws = 0

        def chance() -> float:
            self.draws += 1
            return chances[self.draws % len(chances)]

        config = AssociationConfig(
            "p/1", 2, lowest, maximum_waiting_delay_s=3.0, retry_s=_RETRY_S, most_redirects=most_redirects
        )
        self.association = GatewayAssociation(config, chance, self.controllers, lambda: STAMP)
        self.outstanding, self.sought = None, False
        self.served_by: object = None
        self.former: object = None
        """Who served last since the start; None: nobody yet."""
        self.is_handed_off = False
        self.not_before = 0.0
        self.most = count * (1 + most_redirects)
        self.tries = 0
        """Registrations since the clock, a user, a loss or a HandOff last gave reason to try."""

    # ----------------------------------------------------------------------------------------- what the gateway does

    def do(self, what: Callable[[GatewayAssociation], object]) -> None:
        """Do something with the association, and look at what it says."""
        what(self.association)
        for event in self.association.take_events():
            self.look(event)
        assert self.tries <= self.most + 1 + self.association.config.most_redirects

    def look(self, event: AssociationEvent) -> None:
        """Keep what is outstanding, and doubt the rest."""
        match event:
            case Register(expects_reply=True):
                self.look_at_registration(event)
            case Register():
                assert self.outstanding is None
                assert event.controller == (self.served_by or event.controller)
            case MoveTo():
                assert self.outstanding is None
                assert not self.sought
                self.sought = True
            case InService(version=version, controller=controller, profile=profile):
                assert self.association.config.lowest_version <= version <= 2
                assert profile in (None, "p/1")
                assert self.served_by is None
                self.served_by = self.former = controller
                self.is_handed_off = False
            case ContactLost() | HandedOff():
                assert self.served_by is not None
                self.served_by = None
                self.is_handed_off = isinstance(event, HandedOff)
            case NoAnswer():
                self.not_before = self.now + _RETRY_S
            case Left():
                self.served_by = self.former = None
            case Refused():
                assert event.error != ErrorDescriptor(0, None)

    def look_at_registration(self, event: Register) -> None:
        """One at a time, not too soon, with the words that fit (clauses 11.2, 11.5)."""
        assert self.outstanding is None
        assert not self.sought
        assert self.served_by is None
        assert self.now >= self.not_before
        self.outstanding = event
        self.tries += 1
        services = services_of(event.actions)
        said = services.method, services.reason.text[:3]
        if self.former is None:
            assert said == (ServiceChangeMethod.RESTART, "901")
        elif said == (ServiceChangeMethod.HAND_OFF, "903"):
            assert self.is_handed_off
        elif event.controller == self.former:
            assert said == (ServiceChangeMethod.DISCONNECTED, "900")
        else:
            assert said == (ServiceChangeMethod.FAILOVER, "909")

    # --------------------------------------------------------------------------------------------- what may happen

    @rule()
    def start(self) -> None:
        """Start, or say so again."""
        self.do(lambda association: association.start(self.now))

    @rule()
    def stop(self) -> None:
        """Stop; what was asked before is given up, as an endpoint that closes does."""
        self.outstanding, self.sought = None, False
        self.do(lambda association: association.stop(self.now))
        self.served_by = self.former = None
        self.not_before = 0.0
        assert self.association.state is GatewayState.CLOSED

    @rule(delay_s=st.one_of(st.none(), st.integers(0, 20)))
    def leave(self, delay_s: int | None) -> None:
        """Leave gracefully."""
        self.do(lambda association: association.leave(self.now, delay_s))

    @rule()
    def stay(self) -> None:
        """Stay after all."""
        self.do(lambda association: association.stay(self.now))

    @rule()
    def no_call_is_left(self) -> None:
        """The last call has ended."""
        self.do(lambda association: association.is_empty(self.now))

    @rule()
    def a_user_wants_something(self) -> None:
        """Local activity."""
        if self.association.state is GatewayState.WAITING:
            self.not_before, self.tries = self.now, 0
        self.do(lambda association: association.local_activity(self.now))

    @precondition(lambda self: self.outstanding is not None)
    @rule(reply=_REPLIES, by=_CONTROLLERS)
    def answer(self, reply: ErrorDescriptor | ServiceChangeResParm | None, by: str) -> None:
        """The controller that is asked answers, or does not."""
        self.outstanding = None
        if reply is None:
            self.do(lambda association: association.receive_reply(None, self.now))
            return
        error, terms = (reply, None) if isinstance(reply, ErrorDescriptor) else (None, reply)
        whole = reply_of(ServiceChangeReply(("ROOT",), terms, error))
        self.do(lambda association: association.receive_reply(whole, self.now, DeviceName(by)))

    @precondition(lambda self: self.sought)
    @rule(where=st.one_of(st.none(), _CONTROLLERS))
    def find(self, where: str | None) -> None:
        """The controller that was named is found, or is nowhere."""
        self.sought = False
        self.do(lambda association: association.moved(where, self.now))

    @rule()
    def lose(self) -> None:
        """A request goes unanswered."""
        self.tries = 0 if self.association.state in _SERVING else self.tries
        self.do(lambda association: association.contact_lost(self.now))

    @rule(other=_CONTROLLERS)
    def hand_off(self, other: str) -> None:
        """The controller sends the gateway to another; the reply says whether it goes."""
        goes = self.association.state is GatewayState.IN_SERVICE
        self.tries = 0 if goes else self.tries
        replies: list[ServiceChangeReply | None] = []
        wanted = hand_off_to(DeviceName(other))
        self.do(lambda association: replies.append(association.receive_request(wanted, self.now)))
        (reply,) = replies
        assert reply is not None
        assert (reply.error is None) == goes
        assert self.sought or not goes

    @rule(time=st.sampled_from(["100", "0", "-1", "99999999999", None]))
    def watch(self, time: str | None) -> None:
        """The controller asks for the inactivity timer, or no longer."""
        event = RequestedEvent("it/ito", parameters=(PropertyParm("mit", Value(time or "")),))
        wanted = request_of(ModifyRequest(("ROOT",), (EventsDescriptor(1, () if time is None else (event,)),)))
        self.do(lambda association: association.receive_request(wanted, self.now))

    @rule()
    def hear(self) -> None:
        """The controller says something."""
        self.do(lambda association: association.heard(self.now))

    @rule(seconds=st.floats(0.0, 40.0))
    def pass_time(self, seconds: float) -> None:
        """Let time pass; a timer that is due is handled when it is."""
        until = self.now + seconds
        for _ in range(4):
            deadline = self.association.next_deadline()
            if deadline is None or deadline > until:
                break
            self.now = max(self.now, deadline)
            self.tick()
        self.now = until
        self.tick()

    def tick(self) -> None:
        """Look at the clock."""
        self.tries = 0 if self.association.state is GatewayState.WAITING else self.tries
        self.do(lambda association: association.handle_timer(self.now))

    # --------------------------------------------------------------------------------------------- what always holds

    @invariant()
    def is_consistent(self) -> None:
        """The state says what is outstanding, and what goes on without anybody is on the clock."""
        state, deadline = self.association.state, self.association.next_deadline()
        assert (state is GatewayState.REGISTERING) == (self.outstanding is not None)
        assert (state is GatewayState.MOVING) == self.sought
        assert (state in _SERVING) == (self.served_by is not None)
        assert state is not GatewayState.WAITING or deadline is not None
        assert state in (GatewayState.WAITING, *_SERVING) or deadline is None
        assert self.association.take_events() == []

    def teardown(self) -> None:
        """Whatever went before: where nobody answers any more, it settles."""
        if not hasattr(self, "association"):
            return
        self.no_call_is_left()
        steps = 0
        while self.association.state not in _SETTLED:
            steps += 1
            assert steps <= 2 * len(self.controllers)
            self.find(None) if self.sought else self.answer(None, "a")
        self.is_consistent()
        if self.association.state is GatewayState.WAITING:
            self.pass_time(3.0 + _RETRY_S)
            self.answer(ServiceChangeResParm(), "a")
            assert self.served_by is not None


TestAnyFate = AnyFate.TestCase
TestAnyFate.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)


_MIDS = st.sampled_from(["one", "two", "three", "four"])
_PEERS = st.integers(1, 4)
_MOST = 3


class AnyGateways(RuleBasedStateMachine):
    """A controller's registrar, and gateways that say anything from anywhere."""

    @initialize(profiles=st.sampled_from([(), ("p/1",)]), audit_s=st.sampled_from([0.0, 10.0]))
    def begin(self, profiles: tuple[str, ...], audit_s: float) -> None:
        """Nobody is registered."""
        config = ControllerConfig(most_gateways=_MOST, profiles=profiles, audit_s=audit_s, lowest_version=2)
        self.registrar = Registrar(config, lambda: STAMP)
        self.now = 0.0
        self.told: dict[object, RegisteredGateway] = {}
        """Who is there, as the events tell."""
        self.leaving: set[object] = set()

    @rule(
        mid=_MIDS,
        peer=_PEERS,
        method=st.one_of(st.none(), st.sampled_from(ServiceChangeMethod)),
        reason=st.sampled_from(["901 Cold Boot", "917", "918", "", "x"]),
        version=st.sampled_from([None, 1, 2, 3]),
        profile=st.sampled_from([None, "p/1", "q/1"]),
        time=st.sampled_from([None, "10000000", "11000000"]),
    )
    def say(
        self,
        mid: str,
        peer: int,
        method: ServiceChangeMethod | None,
        reason: str,
        version: int | None,
        profile: str | None,
        time: str | None,
    ) -> None:
        """A gateway says some ServiceChange on ROOT."""
        stamp = None if time is None else TimeStamp("20261123", time)
        command = change(method, reason, version=version, profile=profile, time_stamp=stamp)
        stays = method is ServiceChangeMethod.RESTART and reason == "918"
        is_stranger = peer not in self.registrar.gateways
        actions = self.registrar.receive(request_of(command), DeviceName(mid), peer, self.now)
        if stays and is_stranger:  # it is answered 505, and so learns that nothing is known of it
            assert actions is None
            return
        assert actions is not None
        ((reply,),) = (action.replies for action in actions)
        assert isinstance(reply, ServiceChangeReply)
        self.look()
        if reply.services is not None:
            assert self.registrar.gateways[peer].mid == DeviceName(mid)
            assert self.registrar.gateways[peer].version == reply.services.version
        if reply.error is not None and method in (ServiceChangeMethod.RESTART, ServiceChangeMethod.DISCONNECTED):
            assert peer not in self.registrar.gateways

    @rule(peer=_PEERS)
    def lose(self, peer: int) -> None:
        """A gateway answers no more."""
        self.registrar.lost(peer)
        self.look()
        assert peer not in self.registrar.gateways

    @rule(peer=_PEERS)
    def forget(self, peer: int) -> None:
        """The user forgets one."""
        self.registrar.forget(peer)
        self.told.pop(peer, None)
        self.leaving.discard(peer)

    @rule(seconds=st.floats(0.0, 30.0))
    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.registrar.handle_timer(self.now)
        asked = [event.gateway.peer for event in self.registrar.take_events()]
        assert len(set(asked)) == len(asked)
        assert set(asked) <= set(self.registrar.gateways)

    def look(self) -> None:
        """Follow what is told."""
        for event in self.registrar.take_events():
            match event:
                case GatewayUp(gateway=gateway, before=before):
                    if before is not None:
                        assert self.told.pop(before.peer) == before
                        self.leaving.discard(before.peer)
                    assert gateway.peer not in self.told
                    self.told[gateway.peer] = gateway
                case GatewayDown(gateway=gateway):
                    assert self.told.pop(gateway.peer) == gateway
                    self.leaving.discard(gateway.peer)
                case GatewayLeaving(gateway=gateway):
                    self.leaving.add(gateway.peer)
                case GatewayStaying(gateway=gateway):
                    self.leaving.discard(gateway.peer)

    @invariant()
    def is_consistent(self) -> None:
        """Who follows the events knows who is there: each mId once, no more than may be, watched where that is set."""
        assert self.registrar.gateways == self.told
        assert self.registrar.leaving == self.leaving
        mids = [gateway.mid for gateway in self.told.values()]
        assert len(set(mids)) == len(mids) <= _MOST
        is_watched = bool(self.told) and self.registrar.config.audit_s > 0
        assert (self.registrar.next_deadline() is not None) == is_watched


TestAnyGateways = AnyGateways.TestCase
TestAnyGateways.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
