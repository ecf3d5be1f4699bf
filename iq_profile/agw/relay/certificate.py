"""The relay's own certificate and private key, and the TLS contexts made from them.

The key leaves this module only inside an OpenSSL context or a file of mode 0600; no repr or log line shows it.
Trust in the far end is not decided here: contexts check no authority, date or name, see ``tls``.
"""

import datetime
import os
import stat
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from OpenSSL import SSL

from iq_profile.agw.orders import TlsRole
from iq_profile.agw.relay.fingerprint import fingerprint_of
from iq_profile.agw.relay.settings import TlsVersion
from megaco.sdp import Fingerprint

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey

TLS_1_2_CIPHERS = b"ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES"
"""Suites offered in TLS 1.2, all with forward secrecy; CBC ones last, for older user equipment."""

BEFORE_ANY_CERTIFICATE = datetime.datetime(1, 1, 1)
"""The date OpenSSL is made to check validity against.

Every certificate is then "not yet valid", an error which the verdict in ``tls`` overrules or confirms. It is the one
complaint that OpenSSL raises for any certificate, self-signed, issued or expired, and that it tells the far end as
``bad_certificate``, the alert of RFC 8122 clause 6.2. Left alone its complaint about a self-signed certificate would
become ``unknown_ca``."""

_VERSION_NUMBERS: dict[TlsVersion, int] = {"1.2": SSL.TLS1_2_VERSION, "1.3": SSL.TLS1_3_VERSION}
_METHODS = {TlsRole.CLIENT: SSL.TLS_CLIENT_METHOD, TlsRole.SERVER: SSL.TLS_SERVER_METHOD}
_BACKDATED = datetime.timedelta(hours=1)


class CertificateError(ValueError):
    """A certificate or key cannot be loaded or saved; the text is one line that names the file and the cause."""


class Certificate:
    """A certificate with its private key, immutable; one per gateway or one per session, as its owner likes."""

    __slots__ = ("_certificate", "_contexts", "_key")

    def __init__(self, certificate: x509.Certificate, key: PrivateKey) -> None:
        """Hold a certificate and the key that belongs to it; the caller has made sure that it does."""
        self._certificate = certificate
        self._key = key
        self._contexts: dict[tuple[TlsRole, TlsVersion, TlsVersion], SSL.Context] = {}

    def __repr__(self) -> str:
        """Show the public fingerprint and nothing of the key."""
        return f"<Certificate {self.fingerprint().value}>"

    @classmethod
    def generate(cls, common_name: str, validity_days: int) -> "Certificate":
        """Make a fresh P-256 key and a certificate for it, signed by itself with SHA-256.

        ``common_name`` is 1 to 64 characters that far ends may show to people. Valid from an hour ago, against clocks
        that differ, for ``validity_days``. RFC 8122 clause 6.1 lets a self-signed certificate serve.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
        start = datetime.datetime.now(datetime.UTC) - _BACKDATED
        builder = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + datetime.timedelta(days=validity_days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        )
        return cls(builder.sign(key, hashes.SHA256()), key)

    @classmethod
    def load(cls, cert_path: Path, key_path: Path) -> "Certificate":
        """Read a PEM certificate (the first of the file) and its PEM key.

        Raises ``CertificateError`` when a file is missing, unreadable or not PEM, when the key is protected by
        a passphrase, readable by others than its owner, of a kind TLS does not use, or not the certificate's.
        """
        certificate = _parse_certificate(cert_path, _read(cert_path))
        key = _parse_key(key_path, _read(key_path, private=True))
        if _spki(key.public_key()) != _spki(certificate.public_key()):
            raise CertificateError(f"{key_path}: the key does not belong to the certificate in {cert_path}")
        return cls(certificate, key)

    def save(self, cert_path: Path, key_path: Path) -> None:
        """Write both as PEM to new files, the key's with mode 0600 from its first byte on.

        Raises ``CertificateError`` when either cannot be created or is there already: a key is never overwritten.
        """
        _create(cert_path, self._certificate.public_bytes(Encoding.PEM), 0o644)
        try:
            _create(key_path, self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
        except CertificateError:
            cert_path.unlink()
            raise

    def fingerprint(self, hash_name: str = "sha-256") -> Fingerprint:
        """Return the fingerprint to announce; ``ValueError`` for a hash RFC 8122 does not allow."""
        return fingerprint_of(self._certificate.public_bytes(Encoding.DER), hash_name)

    def context(self, role: TlsRole, minimum: TlsVersion = "1.2", maximum: TlsVersion = "1.3") -> SSL.Context:
        """Return the TLS context for a role and range of versions, made once and shared by all its connections.

        No tickets, session cache, compression or renegotiation: a resumed session would show no certificate. The
        context asks the far end for nothing; who verifies sets that on the connection, as ``TlsEngine`` does.
        """
        wanted = (role, minimum, maximum)
        if wanted not in self._contexts:
            self._contexts[wanted] = self._make_context(*wanted)
        return self._contexts[wanted]

    def _make_context(self, role: TlsRole, minimum: TlsVersion, maximum: TlsVersion) -> SSL.Context:
        context = SSL.Context(_METHODS[role])
        context.set_min_proto_version(_VERSION_NUMBERS[minimum])
        context.set_max_proto_version(_VERSION_NUMBERS[maximum])
        context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_COMPRESSION | SSL.OP_NO_RENEGOTIATION)
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        context.set_cipher_list(TLS_1_2_CIPHERS)
        context.get_cert_store().set_time(BEFORE_ANY_CERTIFICATE)  # type: ignore[union-attr]  # a context always has one
        context.use_privatekey(self._key)
        context.use_certificate(self._certificate)
        return context


def _read(path: Path, private: bool = False) -> bytes:
    try:
        with path.open("rb") as file:
            if private and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise CertificateError(f"{path}: others than its owner may read this key; chmod 600 {path}")
            return file.read()
    except OSError as error:
        raise CertificateError(f"{path}: {error.strerror}") from error


def _parse_certificate(path: Path, pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise CertificateError(f"{path}: not a certificate in PEM form") from error


def _parse_key(path: Path, pem: bytes) -> PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise CertificateError(f"{path}: the key is protected by a passphrase") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError(f"{path}: not a private key in PEM form") from error
    if not isinstance(key, PrivateKey):
        raise CertificateError(f"{path}: {type(key).__name__} is not a key for TLS")
    return key


def _spki(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _create(path: Path, content: bytes, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise CertificateError(f"{path}: {error.strerror}") from error
