"""Certificate fingerprints."""

from __future__ import annotations

import pytest

from megaco.sdp import HASH_SIZES, Fingerprint, SdpError

from .samples import SHA_1, SHA_256


def test_letter_case_is_normalised() -> None:
    """Hash names become lower case, digests upper case."""
    assert Fingerprint.parse(f"SHA-1 {SHA_1.lower()}") == Fingerprint("sha-1", SHA_1)


@pytest.mark.parametrize("text", [f"sha-256 {SHA_256}", "sha-256 $", "$", "whirlpool-x AB"])
def test_the_text_form_reads_back(text: str) -> None:
    """What is canonical comes out as it went in."""
    assert str(Fingerprint.parse(text)) == text


@pytest.mark.parametrize(("text", "hash_name"), [("$", ""), ("$ $", ""), ("SHA-1 $", "sha-1")])
def test_wildcards(text: str, hash_name: str) -> None:
    """The digest, and the hash with it, may be left to the gateway."""
    assert Fingerprint.parse(text) == Fingerprint(hash_name, "$")
    assert Fingerprint.parse(text).is_choose


@pytest.mark.parametrize("hash_name", HASH_SIZES)
def test_the_digest_has_the_size_of_its_hash(hash_name: str) -> None:
    """One byte more or fewer than the hash gives is refused, naming the size."""
    size = HASH_SIZES[hash_name]
    assert not Fingerprint.parse(f"{hash_name} {':'.join(['0F'] * size)}").is_choose
    for wrong in (size - 1, size + 1):
        with pytest.raises(SdpError, match=f"{size} bytes for {hash_name}"):
            Fingerprint.parse(f"{hash_name} {':'.join(['0F'] * wrong)}")


@pytest.mark.parametrize("text", ["", "sha-1", "x A", "x AB:", "x AB:C", "x ABCD", "x GG", "$ AB", "x AB AB", "a/b AB"])
def test_malformed_fingerprints_are_refused(text: str) -> None:
    """Neither odd hex nor missing parts nor further words pass."""
    with pytest.raises(SdpError) as caught:
        Fingerprint.parse(text)
    assert caught.value.line is None
