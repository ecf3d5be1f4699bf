"""How long a bearer waits for a far end that does not come."""

import pytest

from iq_profile.agw.orders import Accepted, Close, Connected, Handshaken, StartTls, TlsRole, Verified
from iq_profile.procedures import StreamTerms, TcpFailed, TlsFailed

from .rig import FAR, PEER, UE, Rig, peer, plain_terms, secured_terms, ue, with_setup


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def test_a_ue_that_never_connects_ends_the_call(rig: Rig) -> None:
    """Once both far ends are known the wait is limited; then TCP counts as failed, and everything is closed."""
    core = rig.reserve("core", plain_terms(peer()))
    access = rig.reserve("access", secured_terms(ue()), context=core.context_id)
    orders = rig.wait(rig.engine.settings.connection_wait_s)
    assert {order.leg for order in orders if isinstance(order, Close)} == set(rig.legs)
    (told,) = rig.engine.take_indications()
    assert isinstance(told, TcpFailed)
    assert told.termination_id in (core.termination_id, access.termination_id)
    assert told.cause == "no TCP connection came within 30 s"


def test_a_phone_may_ring_as_long_as_it_likes(rig: Rig) -> None:
    """While one far end is not known yet, nobody is in a hurry."""
    core = rig.reserve("core", plain_terms())
    rig.reserve("access", secured_terms(ue()), context=core.context_id)
    assert rig.wait(10_000) == []


def test_tls_that_is_never_ordered_ends_the_call(rig: Rig) -> None:
    """A client that waits for the controller's word waits no longer than for a connection."""
    core = rig.reserve("core", plain_terms(peer()))
    access = rig.reserve("access", secured_terms(ue()), context=core.context_id)
    t2, t1 = rig.legs
    local = with_setup(access.locals[1], "active")
    rig.configure(access, StreamTerms(1, local=local))
    rig.report(Accepted(t2, *PEER), Connected(t1))
    rig.wait(rig.engine.settings.connection_wait_s)
    (told,) = rig.engine.take_indications()
    assert isinstance(told, TlsFailed)
    assert told.cause == "TLS did not start within 30 s"


def test_a_call_that_is_up_has_no_limit(rig: Rig) -> None:
    """Open bearers wait for nothing."""
    core = rig.reserve("core", plain_terms(peer()))
    rig.reserve("access", secured_terms(ue()), context=core.context_id)
    t2, t1 = rig.legs
    rig.report(Accepted(t1, *UE), Connected(t2), Handshaken(t1, "TLSv1.3", "x"), Verified(t1, FAR))
    assert rig.engine.next_deadline() is None


def test_the_wait_for_tls_begins_with_the_connection(rig: Rig) -> None:
    """A far end that connects at the last moment leaves the controller its full time to start TLS."""
    core = rig.reserve("core", plain_terms(peer()))
    access = rig.reserve("access", secured_terms(ue()), context=core.context_id)
    t2, t1 = rig.legs
    rig.configure(access, StreamTerms(1, local=with_setup(access.locals[1], "active")))
    rig.wait(rig.engine.settings.connection_wait_s - 1)
    rig.report(Accepted(t2, *PEER), Connected(t1))
    assert rig.wait(rig.engine.settings.connection_wait_s - 1) == []
    rig.configure(access, StreamTerms(1, establish_tls=True))
    assert rig.done() == [StartTls(t1, TlsRole.CLIENT)]
