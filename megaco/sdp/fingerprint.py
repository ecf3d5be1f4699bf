"""The certificate fingerprint of RFC 8122 clause 5, with the H.248 wildcard in the place of the hash value."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

import msgspec

from megaco.sdp.error import SdpError

WILDCARD: Final = "$"

# Digest sizes in bytes. MD2 and MD5 are here to be recognised only: RFC 8122 clause 5 forbids calculating
# or verifying with them, which is the decision of whoever verifies, not of the parser.
HASH_SIZES: Final = MappingProxyType(
    {"md2": 16, "md5": 16, "sha-1": 20, "sha-224": 28, "sha-256": 32, "sha-384": 48, "sha-512": 64}
)

_TOKEN = re.compile(r"[!#-'*+\-.0-9A-Z^-~]+")
_HEX_BYTES = re.compile(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*")


class Fingerprint(msgspec.Struct, frozen=True):
    """One value of `a=fingerprint`: the hash of a certificate's DER form (RFC 8122 clause 5)."""

    hash_name: str
    """Name of the hash in lower case ("sha-256"); empty when the hash, too, is to be chosen."""

    value: str
    """The digest as upper-case hex bytes with colons, or "$" when the receiver of the order is to choose."""

    @property
    def is_choose(self) -> bool:
        """Whether the digest is left to be chosen by the gateway (H.248.1 CHOOSE)."""
        return self.value == WILDCARD

    @classmethod
    def parse(cls, text: str) -> Fingerprint:
        """Read `<hash> <digest>`, `<hash> $`, `$ $` or `$` alone; letter case is of no account.

        A hash name outside `HASH_SIZES` is taken with a digest of any size, since the registry may grow.
        Raises SdpError (line None) for anything else: no digest, a digest of the wrong size, odd hex digits.
        """
        words = text.split()
        if words in ([WILDCARD], [WILDCARD, WILDCARD]):
            return cls("", WILDCARD)
        if len(words) != 2 or words[0] == WILDCARD or not _TOKEN.fullmatch(words[0]):
            raise SdpError("a hash name, a space and a fingerprint or '$'", found=text)
        return cls(words[0].lower(), _digest(words[0].lower(), words[1]))

    def __str__(self) -> str:
        """The attribute's value as it is sent: `sha-256 AB:CD...`, `sha-256 $` or `$`."""
        return f"{self.hash_name} {self.value}" if self.hash_name else self.value


def _digest(hash_name: str, text: str) -> str:
    if text == WILDCARD:
        return text
    if not _HEX_BYTES.fullmatch(text):
        raise SdpError("bytes of two hex digits with colons between, or '$'", found=text)
    size = HASH_SIZES.get(hash_name)
    if size is not None and len(text) != 3 * size - 1:
        raise SdpError(f"{size} bytes for {hash_name}", found=text)
    return text.upper()
