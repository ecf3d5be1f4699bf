"""Transport addresses as users write them: ``udp://127.0.0.1:2944``, ``udp://[::1]:2944``."""

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from megaco.codec import BINARY
from megaco.errors import LocalError

TEXT_PORT = 2944
"""The port of the text encoding (H.248.1 clause 9)."""
BINARY_PORT = 2945
"""The port of the binary encoding (H.248.1 clause 9)."""
_SCHEMES = ("udp",)


class Address(NamedTuple):
    """Host and port of a transport endpoint; the key under which a peer is known."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def standard_port(encoding: str) -> int:
    """Return the port that H.248.1 has for an encoding."""
    return BINARY_PORT if encoding == BINARY else TEXT_PORT


def parse_url(url: str, encoding: str = "pretty") -> Address:
    """Read ``udp://address[:port]``, without port that of the encoding; raises LocalError that says what is wrong."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise LocalError(f"{url}: {error}") from None
    if parts.scheme not in _SCHEMES:
        raise LocalError(
            f"{url}: the transport is one of {', '.join(_SCHEMES)}, written like udp://127.0.0.1:{TEXT_PORT}"
        )
    try:
        port = parts.port
        host = str(ipaddress.ip_address(parts.hostname or ""))
    except ValueError as error:
        raise LocalError(f"{url}: {error}") from None
    return Address(host, standard_port(encoding) if port is None else port)


def parse_host_port(text: str) -> Address:
    """Read ``address:port``, IPv6 in brackets; raises LocalError that says what is wrong."""
    if "://" in text:
        raise LocalError(f"{text}: written like 127.0.0.1:5080 or [::1]:5080")
    try:
        parts = urlsplit(f"//{text}")
        if parts.port is None:
            raise ValueError("a port is missing")
        return Address(str(ipaddress.ip_address(parts.hostname or "")), parts.port)
    except ValueError as error:
        raise LocalError(f"{text}: {error}; written like 127.0.0.1:5080 or [::1]:5080") from None
