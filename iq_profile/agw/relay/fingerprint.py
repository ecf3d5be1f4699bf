"""Certificate fingerprints: computed, and matched against what the far end announced (RFC 8122 clause 5).

Pure functions over bytes and ``megaco.sdp.Fingerprint``; no TLS and no socket is known here.
"""

import hashlib
import hmac

from megaco.sdp import Fingerprint

STRONGEST_FIRST = ("sha-512", "sha-384", "sha-256", "sha-224", "sha-1")
"""Hash functions that may be used, most preferred first. MD5 and MD2 MUST NOT be (RFC 8122 clause 5)."""


def fingerprint_of(der: bytes, hash_name: str = "sha-256") -> Fingerprint:
    """Hash a certificate's DER form.

    ``hash_name`` is one of ``STRONGEST_FIRST``, in any letter case; else ``ValueError``. RFC 8122 clause 5.
    """
    name = hash_name.lower()
    if name not in STRONGEST_FIRST:
        raise ValueError(f"{hash_name!r} is not a hash function for fingerprints; known: {', '.join(STRONGEST_FIRST)}")
    digest = hashlib.new(name.replace("-", ""), der).digest()
    return Fingerprint(hash_name=name, value=digest.hex(":").upper())


def match(der: bytes, announced: tuple[Fingerprint, ...], accept_sha1: bool) -> Fingerprint | None:
    """Find the announced fingerprint that a certificate has, or None when it has none that counts.

    All lines of the strongest hash function that was announced are candidates, for several certificates may have been
    announced; lines of weaker ones are not looked at (RFC 8122 clause 5.1). ``sha-1`` counts only with ``accept_sha1``.
    Letter case means nothing. Comparison takes constant time. Never raises, whatever was announced.
    """
    names = {fingerprint.hash_name.lower() for fingerprint in announced}
    usable = (name for name in STRONGEST_FIRST if name in names and (accept_sha1 or name != "sha-1"))
    best = next(usable, None)
    if best is None:
        return None
    actual = fingerprint_of(der, best).value.encode()
    matching = None
    for fingerprint in announced:
        same_value = hmac.compare_digest(fingerprint.value.upper().encode(errors="replace"), actual)
        if same_value and fingerprint.hash_name.lower() == best and matching is None:
            matching = fingerprint
    return matching
