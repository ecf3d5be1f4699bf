"""Transport addresses as users write them: ``udp://127.0.0.1:2944``, ``tcp://[::1]``, ``sctp://mgc.example.net``."""

import ipaddress
import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urlsplit

from megaco.codec import BINARY
from megaco.errors import LocalError

TEXT_PORT = 2944
"""The port of the text encoding (H.248.1 clause 9)."""
BINARY_PORT = 2945
"""The port of the binary encoding (H.248.1 clause 9)."""
UDP = "udp"
TCP = "tcp"
SCTP = "sctp"
MEMORY = "memory"
IP_TRANSPORTS = (UDP, TCP, SCTP)
"""Transports between hosts (H.248.1 Annex D, H.248.4)."""
TRANSPORTS = (*IP_TRANSPORTS, MEMORY)
"""All of them: ``memory`` joins endpoints of one event loop."""

_LONGEST_NAME = 253
"""Characters of a host name (RFC 1123)."""
_URL = re.compile(r"(?P<scheme>[A-Za-z]+)://(?:\[(?P<six>[^][/]*)]|(?P<host>[^][:/@?#\s]*))(?::(?P<port>\d{0,9}))?/?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_MEMORY_NAME = re.compile(r"[A-Za-z0-9._-]{1,255}")
_ZONE = re.compile(r"[A-Za-z0-9._:@-]{1,15}")
_HOST_FORMS = "an IPv4 address, an IPv6 address in brackets, or a host name"


class Address(NamedTuple):
    """Host and port of a transport endpoint and what carries the octets; the key under which a peer is known.

    ``host`` is an IP address in its one form (see ``one_form``), a host name until it is resolved, or the name of an
    endpoint in memory, whose ``port`` is 0.
    """

    host: str
    port: int
    transport: str = UDP

    def __str__(self) -> str:
        if self.transport == MEMORY:
            return self.host
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """As ``parse_url`` reads it."""
        return f"{MEMORY}:{self.host}" if self.transport == MEMORY else f"{self.transport}://{self}"


def standard_port(encoding: str) -> int:
    """Return the port that H.248.1 has for an encoding."""
    return BINARY_PORT if encoding == BINARY else TEXT_PORT


def parse_url(url: str, encoding: str = "pretty", transports: Collection[str] = TRANSPORTS) -> Address:
    """Read ``transport://host[:port]`` or ``memory:NAME``; without port it is that of the encoding.

    The host is an IPv4 address, an IPv6 address in brackets, with zone where it needs one (``[fe80::1%eth0]``), or a
    name, which ``resolve`` makes an address of. ``transports`` are those to take. Raises LocalError that says what is
    wrong and what is allowed.
    """
    if MEMORY in transports and url.startswith(f"{MEMORY}:"):
        return _memory(url)
    match = _URL.fullmatch(url)
    transport = match["scheme"].lower() if match else url.partition("://")[0].lower()
    if transport not in transports or transport == MEMORY:
        raise LocalError(
            f"{url}: the transport is one of {', '.join(transports)}, written like {_examples(transports)}"
        )
    if match is None:
        raise LocalError(f"{url}: written like {transport}://HOST[:PORT], HOST being {_HOST_FORMS}")
    try:
        host = _six(match["six"]) if match["six"] is not None else one_form(match["host"])
        port = _port(match["port"]) if match["port"] else standard_port(encoding)
    except ValueError as error:
        raise LocalError(f"{url}: {error}") from None
    return Address(host, port, transport)


def one_form(host: str) -> str:
    """Return the one form under which a host is known; raises ValueError for what is none.

    An IP address in its shortest form, an IPv4 address mapped into IPv6 as the IPv4 address that it is, a host name in
    lower case and without the dot at its end.
    """
    address, percent, zone = host.partition("%")
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return _name(host)
    if ip.version == 6 and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if percent and (ip.version == 4 or not _ZONE.fullmatch(zone)):
        raise ValueError(f"{host!r} has a zone that is none")
    return f"{ip}{percent}{zone}"


def is_ip_address(host: str) -> bool:
    """Tell an IP address, with zone or without, from a name."""
    return _ip_version(host) is not None


def is_ipv6(host: str) -> bool:
    """Tell whether an address in its one form is of IPv6; no name has a colon."""
    return ":" in host


def is_of_version(local: Address, peer: Address) -> bool:
    """Tell whether a socket at ``local`` reaches the peer's IP version: it is its own, or the socket is of both."""
    return is_ipv6(peer.host) == is_ipv6(local.host) or local.host == "::"


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


def _memory(url: str) -> Address:
    name = url.removeprefix(f"{MEMORY}:")
    if not _MEMORY_NAME.fullmatch(name):
        raise LocalError(f"{url}: written like memory:NAME, NAME being letters, digits, '.', '_' and '-', at most 255")
    return Address(name, 0, MEMORY)


def _examples(transports: Collection[str]) -> str:
    examples = [f"{one}://127.0.0.1:{TEXT_PORT}" for one in transports if one != MEMORY][:1]
    return " or ".join([*examples, *(["memory:NAME"] if MEMORY in transports else [])])


def _ip_version(host: str) -> int | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).version
    except ValueError:
        return None


def _six(host: str) -> str:
    if _ip_version(host) != 6:
        raise ValueError(f"{host!r} in brackets is no IPv6 address")
    return one_form(host)


def _name(host: str) -> str:
    """Check a host name (RFC 1123), underscores allowed as they are met with."""
    name = host.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValueError(f"{host[: _LONGEST_NAME + 1]!r} is no host; allowed: {_HOST_FORMS}")
    return name


def _port(text: str) -> int:
    port = int(text)
    if port > 65535:
        raise ValueError(f"port {port}; allowed: 0 to 65535")
    return port
