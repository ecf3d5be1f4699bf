"""Fingerprints of certificates: RFC 8122 clause 5."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iq_profile.agw.relay.fingerprint import STRONGEST_FIRST, fingerprint_of, match
from megaco.sdp import Fingerprint

DER = b"stands for the DER form of a certificate"


def test_sha256_is_upper_case_hex_with_colons() -> None:
    """The value is what ``openssl x509 -fingerprint`` shows."""
    digest = hashlib.sha256(DER).hexdigest().upper()
    pairs = [digest[at : at + 2] for at in range(0, 64, 2)]
    assert fingerprint_of(DER) == Fingerprint(hash_name="sha-256", value=":".join(pairs))


@pytest.mark.parametrize("name", ["md5", "md2", "", "sha-3", "sha256"])
def test_forbidden_and_unknown_hashes_are_refused(name: str) -> None:
    """Only the hash functions of RFC 8122 but MD5 and MD2 are calculated."""
    with pytest.raises(ValueError, match="not a hash function for fingerprints"):
        fingerprint_of(DER, name)


@given(st.sampled_from(STRONGEST_FIRST))
def test_any_allowed_hash_matches_itself(name: str) -> None:
    """Whatever is announced of the certificate itself matches, in any letter case."""
    announced = fingerprint_of(DER, name)
    loud = Fingerprint(hash_name=name.upper(), value=announced.value.lower())
    assert match(DER, (announced,), accept_sha1=True) == announced
    assert match(DER, (loud,), accept_sha1=True) == loud


@given(st.lists(st.builds(Fingerprint, hash_name=st.sampled_from(["md5", "sha-1", "sha-256", "x"]), value=st.text())))
def test_nonsense_neither_matches_nor_raises(announced: list[Fingerprint]) -> None:
    """Whatever text the far end announced, the verdict is a plain no."""
    assert match(DER, tuple(announced), accept_sha1=True) is None


def test_the_strongest_hash_decides_alone() -> None:
    """A right SHA-256 does not help when the SHA-512 line is of another certificate."""
    announced = (fingerprint_of(DER), fingerprint_of(b"other", "sha-512"))
    assert match(DER, announced, accept_sha1=False) is None


def test_all_lines_of_the_strongest_hash_are_candidates() -> None:
    """One of several announced certificates may be used (RFC 8122 clause 5.1)."""
    announced = (fingerprint_of(b"other"), fingerprint_of(DER), fingerprint_of(DER, "sha-1"))
    assert match(DER, announced, accept_sha1=False) == announced[1]


def test_sha1_counts_only_by_switch() -> None:
    """A far end that announces SHA-1 alone is trusted only where the operator allows it."""
    announced = (fingerprint_of(DER, "sha-1"),)
    assert match(DER, announced, accept_sha1=False) is None
    assert match(DER, announced, accept_sha1=True) == announced[0]


def test_md5_never_counts() -> None:
    """A right MD5 fingerprint is no match (RFC 8122 clause 5)."""
    md5 = Fingerprint(hash_name="md5", value=hashlib.md5(DER).digest().hex(":").upper())
    assert match(DER, (md5,), accept_sha1=True) is None
