"""The relay's certificate and key, on disk and in contexts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from iq_profile.agw.orders import TlsRole
from iq_profile.agw.relay.certificate import Certificate, CertificateError


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Path]:
    """Paths of a certificate and its key, freshly saved."""
    paths = tmp_path / "agw.crt", tmp_path / "agw.key"
    Certificate.generate("agw.example", 30).save(*paths)
    return paths


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """The fingerprint survives the disk."""
    paths = tmp_path / "c", tmp_path / "k"
    made = Certificate.generate("agw.example", 30)
    made.save(*paths)
    assert Certificate.load(*paths).fingerprint() == made.fingerprint()


def test_the_key_file_is_its_owners_alone(saved: tuple[Path, Path]) -> None:
    """Mode 0600, whatever the umask would allow."""
    assert saved[1].stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_overwritten(saved: tuple[Path, Path], tmp_path: Path) -> None:
    """Saving over an existing key fails, names it, and leaves no certificate behind."""
    before = saved[1].read_bytes()
    with pytest.raises(CertificateError, match=r"agw\.key: File exists"):
        Certificate.generate("other", 1).save(tmp_path / "new.crt", saved[1])
    assert saved[1].read_bytes() == before
    assert not (tmp_path / "new.crt").exists()


def test_repr_shows_only_the_fingerprint() -> None:
    """Neither repr nor str can put a key into a log."""
    certificate = Certificate.generate("agw.example", 30)
    assert repr(certificate) == str(certificate) == f"<Certificate {certificate.fingerprint().value}>"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_others_may_read_is_refused(saved: tuple[Path, Path], mode: int) -> None:
    """The error says how to mend it."""
    saved[1].chmod(mode)
    with pytest.raises(CertificateError, match="chmod 600"):
        Certificate.load(*saved)


def test_a_missing_file_is_named(saved: tuple[Path, Path]) -> None:
    """The cause is the system's."""
    with pytest.raises(CertificateError, match=r"absent: No such file"):
        Certificate.load(saved[0].with_name("absent"), saved[1])
    with pytest.raises(CertificateError, match=r"absent: No such file"):
        Certificate.load(saved[0], saved[1].with_name("absent"))


def test_a_directory_is_not_readable_as_a_file(saved: tuple[Path, Path]) -> None:
    """What cannot be read is named with the cause."""
    with pytest.raises(CertificateError, match="Is a directory"):
        Certificate.load(saved[0].parent, saved[1])


def test_what_is_not_pem_is_refused(saved: tuple[Path, Path]) -> None:
    """Certificate and key each say what they should be."""
    with pytest.raises(CertificateError, match=r"agw\.key: not a certificate in PEM form"):
        Certificate.load(saved[1], saved[1])
    saved[1].write_bytes(b"nonsense")
    with pytest.raises(CertificateError, match=r"agw\.key: not a private key in PEM form"):
        Certificate.load(*saved)


def test_a_key_of_another_certificate_is_refused(saved: tuple[Path, Path], tmp_path: Path) -> None:
    """Both files are named."""
    Certificate.generate("other", 1).save(tmp_path / "other.crt", tmp_path / "other.key")
    with pytest.raises(CertificateError, match=r"other\.key: the key does not belong .*agw\.crt"):
        Certificate.load(saved[0], tmp_path / "other.key")


def test_a_key_with_a_passphrase_is_refused(saved: tuple[Path, Path]) -> None:
    """A gateway starts without anybody to type it."""
    key = load_pem_private_key(saved[1].read_bytes(), None)
    saved[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    with pytest.raises(CertificateError, match="protected by a passphrase"):
        Certificate.load(*saved)


def test_a_key_of_no_use_to_tls_is_refused(saved: tuple[Path, Path]) -> None:
    """An X25519 key cannot sign."""
    key = x25519.X25519PrivateKey.generate()
    saved[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(CertificateError, match="not a key for TLS"):
        Certificate.load(*saved)


def test_a_context_is_made_once() -> None:
    """Connections of one role and range of versions share it."""
    certificate = Certificate.generate("agw.example", 30)
    assert certificate.context(TlsRole.SERVER) is certificate.context(TlsRole.SERVER)
    assert certificate.context(TlsRole.SERVER) is not certificate.context(TlsRole.CLIENT)
