"""TLS on one connection, without the connection: bytes in, bytes and events out; no socket, no clock.

It stands on pyOpenSSL's memory BIO and is driven by ``leg``. Trust is the fingerprint and nothing else: no authority,
validity date, name or revocation is checked, because the certificate may be self-signed and the description that
announced its fingerprint vouches for it (RFC 8122 clauses 6.1 and 6.2).

Theory of operation. The far end is always asked for a certificate. If fingerprints are known when it arrives, the
verdict falls inside the handshake and a mismatch is told by the fatal alert ``bad_certificate``. If not, the handshake
completes and the connection is in *quarantine*: application data is decrypted and parked up to a limit, none is
delivered, none may be written, until ``trust`` brings a match. A mismatch then finds no alert that OpenSSL would still
send, so the owner has to reset the connection.

What a far end sees, measured with OpenSSL 4.0.3, self-signed, issued and expired certificates alike:

    | fault                        | TLS 1.2 client | TLS 1.2 server | TLS 1.3 client  | TLS 1.3 server       |
    |------------------------------|----------------|----------------|-----------------|----------------------|
    | mismatch in the handshake    | bad_certificate| bad_certificate| bad_certificate | bad_certificate      |
    | mismatch out of quarantine   | reset          | reset          | reset           | reset                |
    | the client shows none        | -              | handshake_     | -               | certificate_required |
    |                              |                | failure        |                 |                      |

(The column is the role of this engine.) For the last row RFC 8122 clause 6.2 names ``bad_certificate`` too, but
RFC 5246 and RFC 8446 name these, and OpenSSL offers no choice. In TLS 1.3 a client's handshake is complete before the
server has seen its certificate, so a client learns of its refusal by an alert after ``HandshakeCompleted``.
"""

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL
from OpenSSL.crypto import X509

from iq_profile.agw.orders import TlsRole
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.fingerprint import match
from iq_profile.agw.relay.settings import RelaySettings
from megaco.sdp import Fingerprint

_RECORD_BYTES = 16 * 1024
"""The largest plaintext of one TLS record (RFC 8446 clause 5.1); OpenSSL never reads more at once."""

_TAKE_BYTES = 512 * 1024
"""Ciphertext taken at once: more than one read of ``RelaySettings.read_bytes`` makes, so that nothing is joined.

With 64 KiB pieces joined, ``bench/relay`` showed half the throughput: the C library then maps fresh pages for every
large piece, where one piece this large teaches it to keep them."""

_CERT_NOT_YET_VALID = 9
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID, raised for every certificate; see ``BEFORE_ANY_CERTIFICATE``."""

_MISMATCH = "the far end's certificate has none of the announced fingerprints"


class HandshakeCompleted(msgspec.Struct, frozen=True):
    """The handshake is over; ``version`` is like ``TLSv1.3``, ``cipher`` is OpenSSL's name of the suite."""

    version: str
    cipher: str


class PeerVerified(msgspec.Struct, frozen=True):
    """The far end's certificate has this announced fingerprint; application data flows from now on."""

    fingerprint: Fingerprint


class PeerFinished(msgspec.Struct, frozen=True):
    """The far end sends no more, after what ``take_plaintext`` gives; without ``close_notify`` it may be cut short."""

    close_notify: bool


class TlsFault(msgspec.Struct, frozen=True):
    """TLS is over by a fault of either end; ``cause`` is for people. ``take_to_send`` may hold an alert to be sent."""

    cause: str


TlsEvent = HandshakeCompleted | PeerVerified | PeerFinished | TlsFault


class TlsEngine:
    """One end of a TLS connection.

    After every call of ``start``, ``receive``, ``receive_eof``, ``trust``, ``write`` and ``close``, the owner takes
    and sends ``take_to_send``, handles ``take_events`` and then takes ``take_plaintext``.
    """

    def __init__(self, certificate: Certificate, role: TlsRole, settings: RelaySettings) -> None:
        """Prepare one end; of the settings, TLS versions, ``accept_sha1`` and ``parked_limit_bytes`` count here."""
        context = certificate.context(role, settings.tls_minimum, settings.tls_maximum)
        self._connection = SSL.Connection(context, None)
        self._verdict = _Verdict(settings.accept_sha1)
        self._connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, self._verdict.overrule)
        self._parked_limit_bytes = settings.parked_limit_bytes
        self._parked = bytearray()
        self._plaintext: list[bytes] = []
        self._events: list[TlsEvent] = []
        self._is_finished_by_peer = False
        self.plaintext_bytes = 0
        """Decrypted bytes that ``take_plaintext`` has not given yet."""
        self.is_handshaken = False
        self.is_trusted = False
        self.is_failed = False
        if role is TlsRole.CLIENT:
            self._connection.set_connect_state()
        else:
            self._connection.set_accept_state()

    @property
    def is_quarantine_full(self) -> bool:
        """Whether the owner should stop reading until ``trust``: as much is parked as the limit allows."""
        return not self.is_trusted and self.plaintext_bytes >= self._parked_limit_bytes

    def start(self) -> None:
        """Begin the handshake; a client has its first flight to send afterwards."""
        self._advance()

    def receive(self, data: bytes | memoryview) -> None:
        """Take bytes that arrived from the far end; never raises for what they say, a fault is an event."""
        if self.is_failed or self._is_finished_by_peer or not data:
            return
        self._connection.bio_write(data)
        self._advance()

    def receive_eof(self) -> None:
        """Note that the far end's TCP stream ended; without ``close_notify`` before, that is said or is a fault."""
        if self.is_failed or self._is_finished_by_peer:
            return
        if self.is_handshaken:
            self._finish(close_notify=False)
        else:
            self._fail("the far end closed the connection during the TLS handshake")

    def trust(self, fingerprints: tuple[Fingerprint, ...]) -> None:
        """Announce what the far end's certificate must match, before, in or after the handshake.

        A second announcement replaces the first, and is a fault if the certificate does not match it.
        """
        self._verdict.announced = fingerprints
        if self.is_handshaken and not self.is_failed:
            self._judge()
            self._decrypt()

    def write(self, plaintext: bytes) -> None:
        """Encrypt application data, of any length; ``RuntimeError`` before ``PeerVerified`` or after ``close``."""
        if not self.is_trusted or self._connection.get_shutdown() & SSL.SENT_SHUTDOWN:
            raise RuntimeError("application data may be written only between PeerVerified and close")
        left = memoryview(plaintext)
        while left and not self.is_failed:
            try:
                left = left[self._connection.send(left) :]
            except SSL.Error as error:
                self._fail(_cause(error))

    def close(self) -> None:
        """Say ``close_notify``: nothing is written any more, the far end may still write (RFC 8446 clause 6.1)."""
        if self.is_failed or not self.is_handshaken:
            return
        try:
            self._connection.shutdown()
        except SSL.Error as error:
            self._fail(_cause(error))

    def take_to_send(self) -> bytes:
        """Return, once, the bytes that must go to the far end now; empty when there are none."""
        chunks: list[bytes] = []
        try:
            while not chunks or len(chunks[-1]) == _TAKE_BYTES:
                chunks.append(self._connection.bio_read(_TAKE_BYTES))
        except SSL.WantReadError:
            pass  # nothing, or nothing more
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def take_plaintext(self) -> bytes:
        """Return, once, the application data that may be delivered; empty in quarantine and when there is none."""
        if not self.is_trusted:
            return b""
        taken = b"".join((self._parked, *self._plaintext))
        self._parked.clear()
        self._plaintext.clear()
        self.plaintext_bytes = 0
        return taken

    def take_events(self) -> tuple[TlsEvent, ...]:
        """Return, once, what happened, in order."""
        taken = tuple(self._events)
        self._events.clear()
        return taken

    def _advance(self) -> None:
        try:
            if not self.is_handshaken:
                self._connection.do_handshake()
                self._complete()
        except SSL.WantReadError:
            return
        except SSL.Error as error:
            self._fail(_MISMATCH if self._verdict.is_refusal else _cause(error))
        self._decrypt()

    def _complete(self) -> None:
        self.is_handshaken = True
        version = self._connection.get_protocol_version_name()
        self._events.append(HandshakeCompleted(version, self._connection.get_cipher_name() or ""))
        if self._verdict.announced is not None:
            self._judge()

    def _judge(self) -> None:
        matching = self._verdict.on(self._connection.get_peer_certificate())
        if matching is None:
            self._fail(_MISMATCH)
        elif not self.is_trusted:
            self.is_trusted = True
            self._events.append(PeerVerified(matching))

    def _decrypt(self) -> None:
        try:
            while not (self.is_failed or self._is_finished_by_peer or self.is_quarantine_full):
                chunk = self._connection.recv(_RECORD_BYTES)
                if self.is_trusted:
                    self._plaintext.append(chunk)
                else:
                    self._parked += chunk  # not as a list: records may hold one byte each
                self.plaintext_bytes += len(chunk)
        except SSL.WantReadError:
            return
        except SSL.ZeroReturnError:
            self._finish(close_notify=True)
        except SSL.Error as error:
            self._fail(_cause(error))

    def _finish(self, close_notify: bool) -> None:
        self._is_finished_by_peer = True
        self._events.append(PeerFinished(close_notify))

    def _fail(self, cause: str) -> None:
        self.is_failed = True
        if not self.is_trusted:
            self._parked.clear()
            self.plaintext_bytes = 0
        self._events.append(TlsFault(cause))


class _Verdict:
    """Trust by fingerprint. Apart from the engine, so that OpenSSL's callback closes no circle of references."""

    def __init__(self, accept_sha1: bool) -> None:
        self.announced: tuple[Fingerprint, ...] | None = None
        self.is_refusal = False
        self._accept_sha1 = accept_sha1

    def on(self, certificate: X509 | None) -> Fingerprint | None:
        """Return what the certificate matches; None also when it is absent or nothing was announced yet."""
        if certificate is None or self.announced is None:
            return None
        return match(certificate.to_cryptography().public_bytes(Encoding.DER), self.announced, self._accept_sha1)

    def overrule(self, _connection: SSL.Connection, certificate: X509, error: int, depth: int, _ok: int) -> bool:
        """Overrule every complaint of OpenSSL but one about the far end's own certificate, where the verdict falls.

        The other complaints come before it and would choose another alert.
        """
        if self.announced is None or depth != 0 or error != _CERT_NOT_YET_VALID:
            return True
        self.is_refusal = self.on(certificate) is None
        return not self.is_refusal


def _cause(error: SSL.Error) -> str:
    queue = error.args[0] if error.args and isinstance(error.args[0], list) else []
    reasons = [entry[2] for entry in queue if entry[2]]
    return "TLS: " + ("; ".join(reasons) or type(error).__name__)
