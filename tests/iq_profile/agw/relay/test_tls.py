"""TLS with fingerprint trust, two engines or an engine and stdlib ``ssl`` in memory; no socket."""

import itertools
import ssl
from pathlib import Path
from typing import get_args

import pytest

from iq_profile.agw.orders import TlsRole
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.fingerprint import fingerprint_of
from iq_profile.agw.relay.settings import RelaySettings, TlsVersion
from iq_profile.agw.relay.tls import HandshakeCompleted, PeerFinished, PeerVerified, TlsEngine, TlsEvent, TlsFault
from megaco.sdp import Fingerprint

OURS = Certificate.generate("ours", 30)
THEIRS = Certificate.generate("theirs", 30)
RIGHT = (THEIRS.fingerprint(),)
WRONG = (OURS.fingerprint(),)
VERSIONS: tuple[TlsVersion, ...] = get_args(TlsVersion)
ROLES = (TlsRole.CLIENT, TlsRole.SERVER)

every_version = pytest.mark.parametrize("version", VERSIONS)
every_case = pytest.mark.parametrize(("version", "role"), tuple(itertools.product(VERSIONS, ROLES)))


def engine(certificate: Certificate, role: TlsRole, version: TlsVersion, parked_limit_bytes: int = 65536) -> TlsEngine:
    """One end that speaks one version."""
    settings = RelaySettings(tls_minimum=version, tls_maximum=version, parked_limit_bytes=parked_limit_bytes)
    return TlsEngine(certificate, role, settings)


def pair(version: TlsVersion, role: TlsRole, theirs: Certificate = THEIRS) -> tuple[TlsEngine, TlsEngine]:
    """Our end in ``role`` and the far end, which trusts ours, in the other."""
    other = TlsRole.SERVER if role is TlsRole.CLIENT else TlsRole.CLIENT
    far_end = engine(theirs, other, version)
    far_end.trust((OURS.fingerprint(),))
    return engine(OURS, role, version), far_end


def pump(one: TlsEngine, other: TlsEngine, segment_bytes: int = 1 << 20) -> None:
    """Start both and carry bytes between them, segment by segment, until neither has any."""
    one.start()
    other.start()
    moved = True
    while moved:
        moved = False
        for source, target in ((one, other), (other, one)):
            data = source.take_to_send()
            moved = moved or bool(data)
            for at in range(0, len(data), segment_bytes):
                target.receive(data[at : at + segment_bytes])


def faults(events: tuple[TlsEvent, ...]) -> list[str]:
    """The causes of the faults among events."""
    return [event.cause for event in events if isinstance(event, TlsFault)]


@every_case
def test_a_right_fingerprint_known_before_lets_data_flow(version: TlsVersion, role: TlsRole) -> None:
    """The verdict falls with the handshake, and says which fingerprint and which version."""
    ours, far_end = pair(version, role)
    ours.trust(RIGHT)
    pump(ours, far_end)
    completed, verified = ours.take_events()
    assert isinstance(completed, HandshakeCompleted)
    assert completed.version == f"TLSv{version}"
    assert verified == PeerVerified(RIGHT[0])
    ours.write(b"to them")
    far_end.write(b"to us")
    pump(ours, far_end)
    assert (ours.take_plaintext(), far_end.take_plaintext()) == (b"to us", b"to them")


@every_case
def test_a_wrong_fingerprint_known_before_ends_in_the_alert_bad_certificate(version: TlsVersion, role: TlsRole) -> None:
    """The far end sees the alert that RFC 8122 clause 6.2 names."""
    ours, far_end = pair(version, role)
    ours.trust(WRONG)
    pump(ours, far_end)
    assert faults(ours.take_events()) == ["the far end's certificate has none of the announced fingerprints"]
    assert faults(far_end.take_events()) == ["TLS: tls alert bad certificate"]
    assert not ours.is_trusted


@every_case
def test_quarantine_parks_until_a_right_fingerprint_comes(version: TlsVersion, role: TlsRole) -> None:
    """Data that outran its fingerprint is kept, then delivered in order; nothing may be written before."""
    ours, far_end = pair(version, role)
    pump(ours, far_end)
    far_end.write(b"early ")
    pump(ours, far_end)
    far_end.write(b"bird")
    pump(ours, far_end)
    assert [type(event) for event in ours.take_events()] == [HandshakeCompleted]
    assert ours.take_plaintext() == b""
    with pytest.raises(RuntimeError):
        ours.write(b"too early")
    ours.trust(RIGHT)
    assert ours.take_events() == (PeerVerified(RIGHT[0]),)
    assert ours.take_plaintext() == b"early bird"
    assert ours.take_plaintext() == b""


@every_case
def test_quarantine_discards_when_a_wrong_fingerprint_comes(version: TlsVersion, role: TlsRole) -> None:
    """Nothing is delivered, and no alert is left to send."""
    ours, far_end = pair(version, role)
    pump(ours, far_end)
    far_end.write(b"from a stranger")
    pump(ours, far_end)
    ours.trust(WRONG)
    assert len(faults(ours.take_events())) == 1
    assert (ours.take_plaintext(), ours.take_to_send(), ours.plaintext_bytes) == (b"", b"", 0)


@every_version
def test_a_trusted_far_end_is_dropped_when_another_is_announced(version: TlsVersion) -> None:
    """A later announcement replaces the first."""
    ours, far_end = pair(version, TlsRole.SERVER)
    ours.trust(RIGHT)
    pump(ours, far_end)
    ours.take_events()
    ours.trust(RIGHT)
    assert ours.take_events() == ()
    ours.trust(WRONG)
    assert len(faults(ours.take_events())) == 1


@every_version
def test_a_full_quarantine_stops_reading(version: TlsVersion) -> None:
    """What is parked stays within the limit and one record; the rest follows after trust."""
    ours = engine(OURS, TlsRole.SERVER, version, parked_limit_bytes=20_000)
    far_end = engine(THEIRS, TlsRole.CLIENT, version)
    far_end.trust((OURS.fingerprint(),))
    pump(ours, far_end)
    far_end.write(bytes(100_000))
    pump(ours, far_end)
    assert (ours.is_quarantine_full, ours.is_trusted) == (True, False)
    assert 20_000 <= ours.plaintext_bytes < 20_000 + 16_384
    ours.trust(RIGHT)
    assert (ours.is_quarantine_full, ours.is_trusted) == (False, True)
    assert ours.take_plaintext() == bytes(100_000)


@every_case
def test_an_expired_certificate_with_the_right_fingerprint_is_trusted(version: TlsVersion, role: TlsRole) -> None:
    """The fingerprint is the trust; dates are not looked at."""
    expired = Certificate.generate("expired", 0)
    ours, far_end = pair(version, role, expired)
    ours.trust((fingerprint_of(b"other"), expired.fingerprint()))
    pump(ours, far_end)
    assert ours.take_events()[-1] == PeerVerified(expired.fingerprint())


@every_case
def test_segments_of_one_byte_make_no_difference(version: TlsVersion, role: TlsRole) -> None:
    """Handshake, data and close_notify survive the smallest segments."""
    ours, far_end = pair(version, role)
    ours.trust(RIGHT)
    pump(ours, far_end, segment_bytes=1)
    far_end.write(bytes(range(256)))
    far_end.close()
    pump(ours, far_end, segment_bytes=1)
    assert ours.take_plaintext() == bytes(range(256))
    assert ours.take_events()[-1] == PeerFinished(close_notify=True)


@every_case
def test_close_notify_leaves_the_other_direction_open(version: TlsVersion, role: TlsRole) -> None:
    """Each end may go on writing after the other has finished."""
    ours, far_end = pair(version, role)
    ours.trust(RIGHT)
    pump(ours, far_end)
    ours.close()
    pump(ours, far_end)
    assert far_end.take_events()[-1] == PeerFinished(close_notify=True)
    far_end.write(b"still here")
    pump(ours, far_end)
    assert ours.take_plaintext() == b"still here"
    with pytest.raises(RuntimeError):
        ours.write(b"not any more")


def test_a_stream_that_ends_early_is_a_fault_only_in_the_handshake() -> None:
    """Afterwards it is an end without close_notify."""
    ours, far_end = pair("1.3", TlsRole.SERVER)
    ours.receive_eof()
    assert len(faults(ours.take_events())) == 1
    ours, far_end = pair("1.3", TlsRole.SERVER)
    ours.trust(RIGHT)
    pump(ours, far_end)
    ours.receive_eof()
    assert ours.take_events()[-1] == PeerFinished(close_notify=False)


def test_bytes_that_are_not_tls_are_a_fault() -> None:
    """Nothing raises for what a far end sends."""
    ours = engine(OURS, TlsRole.SERVER, "1.2")
    ours.receive(b"MSRP a786hjs2 SEND\r\n")
    ours.receive(b"more of it")
    assert len(faults(ours.take_events())) == 1


def test_versions_without_overlap_are_a_fault_on_both_ends() -> None:
    """TLS 1.2 only against TLS 1.3 only."""
    ours, far_end = engine(OURS, TlsRole.SERVER, "1.3"), engine(THEIRS, TlsRole.CLIENT, "1.2")
    pump(ours, far_end)
    assert faults(ours.take_events())
    assert faults(far_end.take_events()) == ["TLS: tlsv1 alert protocol version"]


class StdlibClient:
    """A TLS client of Python's ``ssl`` module over memory, as an ordinary far end."""

    def __init__(self, version: TlsVersion, identity: tuple[Path, Path] | None) -> None:
        """``identity`` is certificate and key to show, None to show none."""
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.context.maximum_version = ssl.TLSVersion.TLSv1_2 if version == "1.2" else ssl.TLSVersion.TLSv1_3
        if identity is not None:
            self.context.load_cert_chain(*identity)
        self.session: ssl.SSLSession | None = None

    def talk(self, server: TlsEngine, request: bytes) -> bytes:
        """Shake hands, send a request, have the server answer with what it got, and return that."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = self.context.wrap_bio(incoming, outgoing, session=self.session)
        answer: bytes | None = None
        is_written = False
        for _ in range(10):
            try:
                if not is_written:
                    client.do_handshake()
                    client.write(request)
                    is_written = True
                answer = client.read(65536)
                break
            except ssl.SSLWantReadError:
                server.receive(outgoing.read())
            got = server.take_plaintext()
            if got:
                server.write(got)
            incoming.write(server.take_to_send())
        self.session = client.session
        assert client.session_reused is False
        return answer or b""


@pytest.fixture
def identity(tmp_path: Path) -> tuple[Path, Path]:
    """The far end's certificate and key as files."""
    paths = tmp_path / "theirs.crt", tmp_path / "theirs.key"
    THEIRS.save(*paths)
    return paths


@every_version
def test_stdlib_ssl_talks_to_us_and_never_resumes(version: TlsVersion, identity: tuple[Path, Path]) -> None:
    """A second connection with the first one's session shows its certificate again."""
    client = StdlibClient(version, identity)
    for _ in range(2):
        server = engine(OURS, TlsRole.SERVER, version)
        server.trust(RIGHT)
        assert client.talk(server, b"MSRP") == b"MSRP"
        assert server.take_events()[1] == PeerVerified(RIGHT[0])


@pytest.mark.parametrize(("version", "alert"), [("1.2", "HANDSHAKE_FAILURE"), ("1.3", "CERTIFICATE_REQUIRED")])
def test_a_client_without_certificate_is_refused(version: TlsVersion, alert: str) -> None:
    """By the alert of its TLS version, fingerprints known or not."""
    server = engine(OURS, TlsRole.SERVER, version)
    with pytest.raises(ssl.SSLError, match=alert):
        StdlibClient(version, None).talk(server, b"MSRP")
    assert faults(server.take_events()) == ["TLS: peer did not return a certificate"]


def test_sha1_is_trusted_by_switch() -> None:
    """The setting reaches the verdict."""
    sha1: tuple[Fingerprint, ...] = (THEIRS.fingerprint("sha-1"),)
    for accept_sha1 in (False, True):
        ours = TlsEngine(OURS, TlsRole.SERVER, RelaySettings(accept_sha1=accept_sha1))
        far_end = engine(THEIRS, TlsRole.CLIENT, "1.3")
        ours.trust(sha1)
        pump(ours, far_end)
        assert ours.is_trusted is accept_sha1
