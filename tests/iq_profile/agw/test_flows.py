"""The engine through the four call flows of TR 29.828 clause 5.2.1, with both values of the answer's a=setup."""

import pytest

from iq_profile.agw.orders import (
    Accept,
    Accepted,
    Close,
    Connect,
    Connected,
    Handshaken,
    Join,
    LegId,
    StartTls,
    TlsRole,
    Trust,
    Verified,
)
from iq_profile.procedures import Released, Reserved, StreamTerms
from megaco.message import StreamMode

from .rig import (
    ACCESS_ADDRESS,
    CORE_ADDRESS,
    FAR,
    FIRST_PORT,
    OWN,
    PEER,
    UE,
    Rig,
    peer,
    plain_terms,
    sdp,
    secured,
    secured_terms,
    ue,
    with_setup,
)


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def _verify(rig: Rig, leg: LegId, other: LegId) -> None:
    """See that nothing is joined until TLS is up and the certificate has been found to be the right one."""
    assert rig.report(Handshaken(leg, "TLSv1.3", "x")) == []
    assert rig.report(Verified(leg, FAR)) == [Join(leg, other)]


def _release(rig: Rig, *points: Reserved) -> None:
    """See that the release closes each leg in good order and leaves nothing."""
    assert rig.release(*points) == Released(points[0].context_id, tuple(one.termination_id for one in points))
    assert rig.done() == [Close(leg) for leg in rig.legs]
    assert rig.engine.is_empty
    assert rig.engine.next_deadline() is None
    assert rig.engine.take_indications() == []


def _terms(local: bytes, remote: bytes | None = None, *, establish_tls: bool = False) -> StreamTerms:
    return StreamTerms(1, StreamMode.SEND_RECEIVE, local, remote, establish_tls)


def test_the_replies_bring_the_local_descriptors_that_were_left_to_choose(rig: Rig) -> None:
    """Address and port come back for the core side, the fingerprint too for the access side; then nothing more."""
    core = rig.reserve("core", plain_terms())
    access = rig.reserve("access", secured_terms(ue()), context=core.context_id)
    assert core.locals == {1: sdp(far=(CORE_ADDRESS, FIRST_PORT))}
    wanted = sdp("TCP/TLS/MSRP", far=(ACCESS_ADDRESS, FIRST_PORT + 1), fingerprint=str(OWN))
    assert access.locals == {1: wanted}
    assert rig.configure(access, StreamTerms(1, local=with_setup(wanted, "active"), remote=ue())).locals == {}
    assert list(rig.addresses.values()) == [CORE_ADDRESS, ACCESS_ADDRESS]


def _offer_from_ue(rig: Rig, application: str) -> tuple[Reserved, Reserved, LegId, LegId]:
    """Reserve for an offer of the UE (steps 2-7): both legs accept, the UE's fingerprint is to be trusted."""
    core = rig.reserve("core", _terms(sdp(f"TCP/{application}")))
    access = rig.reserve("access", _terms(secured(application), ue(application)), context=core.context_id)
    t2, t1 = rig.legs
    assert rig.done() == [Accept(t2), Trust(t1, (FAR,)), Accept(t1)]
    return core, access, t2, t1


def test_msrp_originating_answered_active(rig: Rig) -> None:
    """The peer's SYN makes the gateway send one to the UE; it is TLS client, once the controller says so."""
    core, access, t2, t1 = _offer_from_ue(rig, "MSRP")
    assert rig.report(Accepted(t2, *PEER)) == [Connect(t1, *UE)]
    assert rig.report(Connected(t1)) == []
    rig.configure(core, StreamTerms(1, remote=peer(setup="active")))
    rig.configure(access, StreamTerms(1, local=with_setup(access.locals[1], "active"), remote=ue(setup="passive")))
    assert rig.done() == []
    rig.configure(access, StreamTerms(1, establish_tls=True))
    assert rig.done() == [StartTls(t1, TlsRole.CLIENT)]
    _verify(rig, t1, t2)
    _release(rig, core, access)


def test_msrp_originating_answered_passive(rig: Rig) -> None:
    """The UE's SYN makes the gateway send one to the peer; it is TLS server at once and stays it in step 21."""
    core, access, t2, t1 = _offer_from_ue(rig, "MSRP")
    rig.configure(core, StreamTerms(1, remote=peer(setup="passive")))
    rig.configure(access, StreamTerms(1, local=with_setup(access.locals[1], "passive"), remote=ue(setup="active")))
    assert rig.done() == []
    assert rig.report(Accepted(t1, *UE)) == [Connect(t2, *PEER), StartTls(t1, TlsRole.SERVER)]
    rig.configure(access, StreamTerms(1, establish_tls=True))
    assert rig.report(Connected(t2)) == []
    _verify(rig, t1, t2)
    _release(rig, core, access)


def test_msrp_originating_with_the_start_of_tls_merged(rig: Rig) -> None:
    """The signal in steps 16-18 starts TLS as soon as TCP is up, without step 21."""
    _, access, t2, t1 = _offer_from_ue(rig, "MSRP")
    local = with_setup(access.locals[1], "active")
    rig.configure(access, StreamTerms(1, local=local, remote=ue(setup="passive"), establish_tls=True))
    assert rig.report(Accepted(t2, *PEER)) == [Connect(t1, *UE)]
    assert rig.report(Connected(t1)) == [StartTls(t1, TlsRole.CLIENT)]
    _verify(rig, t1, t2)


def test_msrp_originating_with_the_access_side_combined(rig: Rig) -> None:
    """The access side, reserved only after the peer's SYN (NOTE 2), opens TCP to the UE without another cause."""
    core = rig.reserve("core", plain_terms())
    (t2,) = rig.legs
    assert rig.report(Accepted(t2, *PEER)) == []
    local = secured("MSRP", "active")
    rig.reserve("access", _terms(local, ue(setup="passive")), context=core.context_id)
    t1 = rig.legs[1]
    assert rig.done() == [Trust(t1, (FAR,)), Accept(t1), Connect(t1, *UE)]


def _offer_to_ue(rig: Rig, application: str, *, establish_tls: bool) -> tuple[Reserved, Reserved, LegId, LegId]:
    """Reserve for an offer of the peer (steps 2-7): both legs accept; the UE's fingerprint is not known."""
    access = rig.reserve("access", _terms(secured(application), establish_tls=establish_tls))
    core = rig.reserve("core", _terms(sdp(f"TCP/{application}"), peer(application)), context=access.context_id)
    t1, t2 = rig.legs
    assert rig.done() == [Accept(t1), Accept(t2)]
    return access, core, t1, t2


def test_msrp_terminating_answered_active(rig: Rig) -> None:
    """The UE connects and starts TLS before its answer is there; the verdict waits for the fingerprint."""
    access, core, t1, t2 = _offer_to_ue(rig, "MSRP", establish_tls=False)
    assert rig.report(Accepted(t1, *UE)) == [Connect(t2, *PEER), StartTls(t1, TlsRole.SERVER)]
    assert rig.report(Connected(t2), Handshaken(t1, "TLSv1.3", "x")) == []
    rig.configure(access, StreamTerms(1, local=with_setup(access.locals[1], "passive"), remote=ue(setup="active")))
    assert rig.done() == [Trust(t1, (FAR,))]
    assert rig.report(Verified(t1, FAR)) == [Join(t1, t2)]
    _release(rig, access, core)


def test_msrp_terminating_answered_passive(rig: Rig) -> None:
    """The peer's SYN waits for the UE's address; then the gateway opens TCP and, as told, TLS."""
    access, core, t1, t2 = _offer_to_ue(rig, "MSRP", establish_tls=False)
    assert rig.report(Accepted(t2, *PEER)) == []
    local = with_setup(access.locals[1], "active")
    rig.configure(access, StreamTerms(1, local=local, remote=ue(setup="passive"), establish_tls=True))
    assert rig.done() == [Trust(t1, (FAR,)), Connect(t1, *UE)]
    assert rig.report(Connected(t1)) == [StartTls(t1, TlsRole.CLIENT)]
    _verify(rig, t1, t2)
    _release(rig, access, core)


def test_bfcp_originating_answered_active(rig: Rig) -> None:
    """The peer's SYN makes the gateway send one to the UE, and yet the gateway, as answerer, is the TLS server."""
    core, access, t2, t1 = _offer_from_ue(rig, "BFCP")
    assert rig.report(Accepted(t2, *PEER)) == [Connect(t1, *UE)]
    assert rig.report(Connected(t1)) == [StartTls(t1, TlsRole.SERVER)]
    rig.configure(core, StreamTerms(1, remote=peer("BFCP", "active")))
    _verify(rig, t1, t2)
    _release(rig, core, access)


def test_bfcp_originating_answered_passive(rig: Rig) -> None:
    """The UE's SYN makes the gateway send one to the peer; the gateway is the TLS server."""
    core, access, t2, t1 = _offer_from_ue(rig, "BFCP")
    rig.configure(core, StreamTerms(1, remote=peer("BFCP", "passive")))
    assert rig.report(Accepted(t1, *UE)) == [Connect(t2, *PEER), StartTls(t1, TlsRole.SERVER)]
    assert rig.report(Connected(t2)) == []
    _verify(rig, t1, t2)
    _release(rig, core, access)


def test_bfcp_terminating_answered_active(rig: Rig) -> None:
    """The UE opens TCP, the gateway starts TLS as client at once, and its verdict waits for the answer."""
    access, core, t1, t2 = _offer_to_ue(rig, "BFCP", establish_tls=True)
    assert rig.report(Accepted(t1, *UE)) == [Connect(t2, *PEER), StartTls(t1, TlsRole.CLIENT)]
    assert rig.report(Connected(t2), Handshaken(t1, "TLSv1.3", "x")) == []
    rig.configure(access, StreamTerms(1, remote=ue("BFCP", "active")))
    assert rig.done() == [Trust(t1, (FAR,))]
    assert rig.report(Verified(t1, FAR)) == [Join(t1, t2)]
    _release(rig, access, core)


def test_bfcp_terminating_answered_passive(rig: Rig) -> None:
    """The gateway opens TCP to the UE when the answer brings its address, and is the TLS client."""
    access, core, t1, t2 = _offer_to_ue(rig, "BFCP", establish_tls=True)
    assert rig.report(Accepted(t2, *PEER)) == []
    rig.configure(access, StreamTerms(1, remote=ue("BFCP", "passive")))
    assert rig.done() == [Trust(t1, (FAR,)), Connect(t1, *UE)]
    assert rig.report(Connected(t1)) == [StartTls(t1, TlsRole.CLIENT)]
    _verify(rig, t1, t2)
    _release(rig, access, core)


@pytest.mark.parametrize("application", ["MSRP", "BFCP"])
def test_the_core_side_may_be_the_last_to_open(rig: Rig, application: str) -> None:
    """Legs are joined by whichever opens last, and only once."""
    core, _, t2, t1 = _offer_from_ue(rig, application)
    rig.configure(core, StreamTerms(1, remote=peer(application, "passive")))
    rig.report(Accepted(t1, *UE), Handshaken(t1, "TLSv1.2", "x"))
    assert rig.report(Verified(t1, FAR)) == []
    assert rig.report(Connected(t2)) == [Join(t2, t1)]


def test_the_transport_may_be_named_without_the_application(rig: Rig) -> None:
    """With TCP and TCP/TLS in place of TCP/MSRP and TCP/TLS/MSRP (step 4, editor's note) the flow is the same."""
    access = rig.reserve("access", _terms(sdp("TCP/TLS", fingerprint="sha-256 $")))
    rig.reserve("core", _terms(sdp("TCP"), sdp("TCP", far=PEER)), context=access.context_id)
    t1, t2 = rig.legs
    rig.configure(access, StreamTerms(1, remote=sdp("TCP/TLS", far=UE, fingerprint=str(FAR))))
    assert rig.report(Accepted(t1, *UE)) == [Connect(t2, *PEER), StartTls(t1, TlsRole.SERVER)]
    rig.report(Connected(t2))
    _verify(rig, t1, t2)
