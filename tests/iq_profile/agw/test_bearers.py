"""Bearers that go wrong or wait: late fingerprints, wrong certificates, lost connections."""

import pytest

from iq_profile.agw.orders import (
    Accept,
    Accepted,
    Close,
    Connect,
    Connected,
    ConnectFailed,
    Ended,
    Handshaken,
    Join,
    LegId,
    Report,
    StartTls,
    TlsFailed,
    TlsRole,
    Trust,
    Verified,
)
from iq_profile.procedures import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Indication,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    compose,
)
from iq_profile.procedures import TcpFailed as TcpFailedIndication
from iq_profile.procedures import TlsFailed as TlsFailedIndication
from megaco.message import (
    CHOOSE_CONTEXT,
    AddRequest,
    EventsDescriptor,
    ModifyRequest,
    RequestedEvent,
)
from megaco.sdp import Fingerprint

from .rig import (
    FAR,
    PEER,
    PROFILE,
    UE,
    Rig,
    action,
    asked,
    peer,
    plain_terms,
    sdp,
    secured,
    secured_terms,
    ue,
    with_setup,
)


class Call:
    """Two terminations in a context, as an offer of the UE makes them: T1 access, T2 core."""

    def __init__(self, rig: Rig, remote: bytes | None = None) -> None:
        """Reserve both; ``remote`` is what is known of the UE."""
        self.rig = rig
        self.core = rig.reserve("core", plain_terms(peer()))
        self.access = rig.reserve("access", secured_terms(remote), context=self.core.context_id)
        self.t2, self.t1 = rig.legs[-2:]
        rig.done()

    def open(self) -> None:
        """Bring both legs up, the UE opening; the fingerprint has to be known."""
        self.rig.report(Accepted(self.t1, *UE), Connected(self.t2), Handshaken(self.t1, "TLSv1.3", "x"))
        assert self.rig.report(Verified(self.t1, FAR)) == [Join(self.t1, self.t2)]

    def told(self, kind: type[Indication], point: Reserved, cause: str) -> bool:
        """Tell whether there is one indication, this one."""
        (indication,) = self.rig.engine.take_indications()
        return indication == kind(point.context_id, point.termination_id, 1, *_stream(kind, cause))


def _stream(kind: type[Indication], cause: str) -> tuple[int, str] | tuple[()]:
    return () if kind is Heartbeat else (1, cause)


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


# ---------------------------------------------------------------------------------------------------------- the verdict


def test_a_verdict_waits_for_the_fingerprint_and_then_joins(rig: Rig) -> None:
    """Nothing passes while the fingerprint is missing, and the wait ends with it."""
    call = Call(rig)
    rig.report(Accepted(call.t1, *UE), Connected(call.t2))
    assert rig.report(Handshaken(call.t1, "TLSv1.3", "x")) == []
    assert rig.engine.next_deadline() == rig.engine.settings.fingerprint_wait_s
    rig.wait(9.9)
    rig.configure(call.access, StreamTerms(1, remote=ue()))
    assert Trust(call.t1, (FAR,)) in rig.done()
    assert rig.report(Verified(call.t1, FAR)) == [Join(call.t1, call.t2)]
    assert rig.engine.next_deadline() is None
    assert rig.wait(100) == []


def test_a_fingerprint_that_never_comes_ends_both_legs(rig: Rig) -> None:
    """The wait has an end: one indication, the access leg reset, the core leg closed."""
    call = Call(rig)
    rig.report(Accepted(call.t1, *UE), Connected(call.t2), Handshaken(call.t1, "TLSv1.3", "x"))
    assert rig.wait(10) == [Close(call.t1, abort=True), Close(call.t2)]
    assert call.told(TlsFailedIndication, call.access, "no fingerprint came within 10 s")
    assert rig.report(Verified(call.t1, FAR)) == []
    assert rig.engine.next_deadline() is None


def test_a_wrong_certificate_ends_both_legs_and_is_told_once(rig: Rig) -> None:
    """Whatever the relay says afterwards, the controller hears of it once and no bytes were joined."""
    call = Call(rig, ue())
    rig.report(Accepted(call.t1, *UE), Connected(call.t2), Handshaken(call.t1, "TLSv1.3", "x"))
    failed = TlsFailed(call.t1, "the certificate does not match")
    assert rig.report(failed) == [Close(call.t1, abort=True), Close(call.t2)]
    assert rig.report(failed, Ended(call.t1, "reset"), Ended(call.t2, "reset")) == []
    assert call.told(TlsFailedIndication, call.access, "the certificate does not match")
    rig.release(call.core, call.access)
    assert rig.done() == []
    assert rig.closed == [call.t1, call.t2]


def test_a_handshake_that_fails_is_a_failure_of_tls(rig: Rig) -> None:
    """The same before the certificate was seen, and when TCP breaks under the handshake."""
    call = Call(rig, ue())
    rig.report(Accepted(call.t1, *UE))
    assert rig.report(Ended(call.t1, "reset")) == [Close(call.t1, abort=True), Close(call.t2)]
    assert call.told(TlsFailedIndication, call.access, "reset")


def test_a_fingerprint_that_changes_is_judged_again(rig: Rig) -> None:
    """A new one goes to the relay, the same one does not; what the relay then finds wrong ends an open bearer."""
    call = Call(rig, ue())
    call.open()
    rig.configure(call.access, StreamTerms(1, remote=ue()))
    assert rig.done() == []
    other = Fingerprint("sha-256", ":".join(["C3"] * 32))
    rig.configure(call.access, StreamTerms(1, remote=ue(fingerprint=other)))
    assert rig.done() == [Trust(call.t1, (other,))]
    assert rig.report(TlsFailed(call.t1, "no match")) == [Close(call.t1, abort=True), Close(call.t2)]


def test_a_fingerprint_without_tls_is_not_passed_on(rig: Rig) -> None:
    """A plain bearer has no certificate to compare."""
    rig.reserve("core", plain_terms(sdp(far=PEER, fingerprint=str(FAR))))
    assert rig.done() == [Accept(rig.legs[0])]


# ------------------------------------------------------------------------------------------------------------------ TCP


def test_tcp_that_does_not_come_up_ends_both_legs(rig: Rig) -> None:
    """The indication names the leg that failed."""
    call = Call(rig, ue())
    assert Connect(call.t2, *PEER) in rig.report(Accepted(call.t1, *UE))
    assert rig.report(ConnectFailed(call.t2, "refused")) == [Close(call.t2, abort=True), Close(call.t1)]
    assert call.told(TcpFailedIndication, call.core, "refused")


def test_a_far_end_that_hangs_up_ends_both_legs(rig: Rig) -> None:
    """In good order on both sides: bytes on their way are not lost to a reset."""
    call = Call(rig, ue())
    call.open()
    assert rig.report(Ended(call.t2, "closed")) == [Close(call.t2), Close(call.t1)]
    assert call.told(BearerReleased, call.core, "closed")


@pytest.mark.parametrize(
    "remote",
    [
        sdp(far=("192.0.2.9", 0)),
        sdp(far=None),
        b"v=0\r\nm=message 4000 TCP/MSRP *\r\n",
    ],
)
def test_a_far_end_without_address_cannot_be_connected_to(rig: Rig, remote: bytes) -> None:
    """Port 0, ``$`` and a missing c= line are failures of TCP, not of the gateway."""
    core = rig.reserve("core", plain_terms(remote))
    rig.reserve("access", secured_terms(ue()), context=core.context_id)
    t2, t1 = rig.legs
    assert rig.report(Accepted(t1, *UE))[:2] == [Close(t2, abort=True), Close(t1)]
    (indication,) = rig.engine.take_indications()
    assert isinstance(indication, TcpFailedIndication)


def test_events_that_were_not_asked_for_are_not_told(rig: Rig) -> None:
    """An empty Events descriptor takes back what the Add asked for; the bearers end all the same."""
    call = Call(rig, ue())
    modify = ModifyRequest((call.access.termination_id,), (EventsDescriptor(),))
    rig.command(modify, call.access.context_id)
    rig.report(Accepted(call.t1, *UE))
    assert rig.report(TlsFailed(call.t1, "no")) == [Close(call.t1, abort=True), Close(call.t2)]
    assert rig.engine.take_indications() == []


def test_events_can_be_asked_for_by_package(rig: Rig) -> None:
    """``*`` for the event asks for all of the package."""
    call = Call(rig, ue())
    package = PROFILE.items.tls_change.name.partition("/")[0]
    events = EventsDescriptor(1, (RequestedEvent(f"{package}/*"),))
    rig.command(ModifyRequest((call.access.termination_id,), (events,)), call.access.context_id)
    rig.report(Accepted(call.t1, *UE), TlsFailed(call.t1, "no"))
    assert call.told(TlsFailedIndication, call.access, "no")


def test_reports_of_unknown_legs_are_ignored(rig: Rig) -> None:
    """A report may cross a Subtract."""
    call = Call(rig, ue())
    rig.release(call.access)
    reports: list[Report] = [Accepted(call.t1, *UE), Handshaken(call.t1, "", ""), Connected(LegId("nobody"))]
    assert rig.report(*reports) == []


def test_streams_stand_for_themselves(rig: Rig) -> None:
    """What happens to one m-line leaves the other of the same terminations alone."""
    core = rig.reserve("core", plain_terms(peer()), plain_terms(peer(), stream=2))
    rig.reserve("access", secured_terms(ue()), secured_terms(ue(), stream=2), context=core.context_id)
    t2, t2b, t1, t1b = rig.legs
    rig.report(Accepted(t1, *UE), Accepted(t1b, *UE), Connected(t2), Connected(t2b))
    assert rig.report(TlsFailed(t1, "no")) == [Close(t1, abort=True), Close(t2)]
    rig.report(Handshaken(t1b, "TLSv1.3", "x"))
    assert rig.report(Verified(t1b, FAR)) == [Join(t1b, t2b)]
    assert [one.stream_id for one in rig.engine.take_indications() if isinstance(one, TlsFailedIndication)] == [1]


# ---------------------------------------------------------------------------------------------------- who connects when


def test_a_passive_gateway_waits_for_the_far_end(rig: Rig) -> None:
    """With a=setup:passive on both legs neither opens TCP: each is connected to."""
    access = rig.reserve("access", StreamTerms(1, local=secured(setup="passive"), remote=ue()))
    rig.reserve("core", StreamTerms(1, local=sdp(setup="passive"), remote=peer()), context=access.context_id)
    t1, t2 = rig.legs
    assert rig.report(Accepted(t1, *UE)) == [StartTls(t1, TlsRole.SERVER)]
    rig.report(Handshaken(t1, "TLSv1.3", "x"), Verified(t1, FAR))
    assert rig.report(Accepted(t2, *PEER)) == [Join(t2, t1)]


def test_a_far_end_that_is_active_is_waited_for(rig: Rig) -> None:
    """Where Local leaves it open, a=setup:active in Remote means that the far end will send the SYN (RFC 4145)."""
    access = rig.reserve("access", secured_terms(ue()))
    rig.reserve("core", plain_terms(peer(setup="active")), context=access.context_id)
    t1, t2 = rig.legs
    assert rig.report(Accepted(t1, *UE)) == [StartTls(t1, TlsRole.SERVER)]
    assert rig.report(Accepted(t2, *PEER)) == []


def test_a_gateway_that_becomes_active_connects_then(rig: Rig) -> None:
    """The SYN that came while it was passive is not forgotten."""
    access = rig.reserve("access", StreamTerms(1, local=secured(setup="passive"), remote=ue()))
    core = rig.reserve("core", plain_terms(), context=access.context_id)
    t1, t2 = rig.legs
    assert rig.report(Accepted(t2, *PEER)) == []
    rig.configure(core, StreamTerms(1, remote=peer()))
    assert rig.done() == []
    rig.configure(access, StreamTerms(1, local=with_setup(access.locals[1], "active")))
    assert rig.done() == [Connect(t1, *UE)]


def test_tls_of_a_client_waits_for_the_order(rig: Rig) -> None:
    """With TCP up and a=setup:active, TLS starts when, and only when, the controller says so, and once."""
    access = rig.reserve("access", StreamTerms(1, local=secured(setup="active"), remote=ue()))
    rig.reserve("core", plain_terms(), context=access.context_id)
    t1, t2 = rig.legs
    assert rig.report(Accepted(t2, *PEER), Connected(t1)) == [Connect(t1, *UE)]
    rig.configure(access, StreamTerms(1, establish_tls=True))
    assert rig.done() == [StartTls(t1, TlsRole.CLIENT)]
    rig.configure(access, StreamTerms(1, establish_tls=True))
    assert rig.done() == []


def test_both_ends_may_connect_at_once(rig: Rig) -> None:
    """A far end's SYN that crosses the order to connect is the connection; TLS goes on from it."""
    call = Call(rig, ue())
    assert Connect(call.t1, *UE) in rig.report(Accepted(call.t2, *PEER))
    assert rig.report(Accepted(call.t1, *UE)) == [StartTls(call.t1, TlsRole.SERVER)]
    assert rig.report(Connected(call.t1), Handshaken(call.t1, "TLSv1.3", "x")) == []
    assert rig.report(Verified(call.t1, FAR)) == [Join(call.t1, call.t2)]


# ---------------------------------------------------------------------------------------------------------- heartbeat


def test_the_heartbeat_beats_while_the_termination_lives(rig: Rig) -> None:
    """Every period, with the request id of the Events descriptor, until the termination is gone."""
    core = rig.reserve("core", plain_terms(), heartbeat_s=300)
    rig.wait(299)
    assert rig.engine.take_indications() == []
    rig.wait(601)
    beat = Heartbeat(core.context_id, core.termination_id, 1)
    assert rig.engine.take_indications() == [beat, beat, beat]
    rig.release(core)
    assert rig.engine.next_deadline() is None


def test_the_heartbeat_rests_while_the_controller_talks(rig: Rig) -> None:
    """A Modify begins the period anew (H.248.36)."""
    core = rig.reserve("core", plain_terms(), heartbeat_s=300)
    rig.wait(200)
    rig.configure(core, StreamTerms(1, remote=peer()))
    rig.wait(299)
    assert rig.engine.take_indications() == []
    rig.wait(1)
    assert len(rig.engine.take_indications()) == 1


def test_the_heartbeat_can_be_turned_off(rig: Rig) -> None:
    """An Events descriptor without it, or with period 0, stops it."""
    core = rig.reserve("core", plain_terms(), heartbeat_s=300)
    rig.command(ModifyRequest((core.termination_id,), (EventsDescriptor(),)), core.context_id)
    assert rig.engine.next_deadline() is None
    rig.reserve("core", plain_terms(), heartbeat_s=0)
    assert rig.engine.next_deadline() is None


def test_a_termination_that_the_controller_does_not_know_is_freed(rig: Rig) -> None:
    """411, 430 or 435 in the reply to an indication: the leg is closed, the context gone; again is harmless."""
    core = rig.reserve("core", plain_terms(), heartbeat_s=300)
    rig.wait(300)
    (beat,) = rig.engine.take_indications()
    for _ in range(2):
        rig.engine.forget(beat, rig.now)
    assert rig.engine.take_orders() == [Close(rig.legs[0])]
    assert rig.engine.is_empty
    assert rig.engine.next_deadline() is None
    assert core.context_id == beat.context_id


def test_an_add_that_fails_beats_not(rig: Rig) -> None:
    """The heartbeat of a refused termination does not outlive it."""
    wanted = ReserveConnectionPoint(CHOOSE_CONTEXT, 1, "core", (StreamTerms(1, local=b"v=0\r\n"),), asked(300))
    (request,) = compose(wanted, PROFILE).commands
    assert isinstance(request.command, AddRequest)
    (reply,) = rig.execute(action(request.command))
    assert reply.replies[0].error is not None
    assert rig.engine.next_deadline() is None


def test_configuring_a_closed_bearer_does_nothing(rig: Rig) -> None:
    """After a failure the controller's orders that crossed it are answered, and change nothing."""
    call = Call(rig, ue())
    rig.report(Accepted(call.t1, *UE), TlsFailed(call.t1, "no"))
    terms = StreamTerms(1, remote=ue(), establish_tls=True)
    outcome = rig.order(ConfigureConnectionPoint(call.access.context_id, call.access.termination_id, (terms,)))
    assert isinstance(outcome, Reserved)
    assert rig.done() == []
