"""Typed values of SDP fields: connection, origin, port, and the enumerations of comedia and BFCP.

Each reads from the text after `<letter>=` (or after the attribute's colon) and raises SdpError without a line;
the section that holds the line adds its number. Values handed to the constructors are checked the same way.
"""

from __future__ import annotations

import ipaddress
import re
from enum import Enum, StrEnum
from typing import Final, TypeVar

import msgspec

from megaco.sdp.error import SdpError
from megaco.sdp.fingerprint import WILDCARD

MAX_PORT: Final = 65_535

_NUMBER = re.compile(r"[0-9]{1,5}")
_WORD = re.compile(r"[^\s\0]+")
_LONG_NUMBER = re.compile(r"[0-9]+")
# RFC 8866 FQDN, with the RFC 1123 clause 2.1 remark that the last label is not all digits: else 192.0.2.999
# would pass for a name.
_FQDN = re.compile(r"(?:[0-9A-Za-z-]+\.)*(?![0-9]+\.?$)[0-9A-Za-z-]+\.?")

_E = TypeVar("_E", bound=StrEnum)


class Choose(Enum):
    """The H.248 wildcard `$` where a number would stand; its one member is exported as CHOOSE."""

    CHOOSE = WILDCARD

    def __str__(self) -> str:
        """The wildcard as it is sent."""
        return WILDCARD


CHOOSE: Final = Choose.CHOOSE


class Setup(StrEnum):
    """Which side opens the TCP connection (RFC 4145 clause 4)."""

    ACTIVE = "active"
    PASSIVE = "passive"
    ACTPASS = "actpass"
    HOLDCONN = "holdconn"


class ConnectionAttribute(StrEnum):
    """Whether a new TCP connection is wanted (RFC 4145 clause 5)."""

    NEW = "new"
    EXISTING = "existing"


class FloorRole(StrEnum):
    """Floor control roles (RFC 8856 clause 5.1); C_S is RFC 4583's, accepted and no longer to be sent."""

    C_ONLY = "c-only"
    S_ONLY = "s-only"
    C_S = "c-s"


class Connection(msgspec.Struct, frozen=True):
    """The value of a `c=` line (RFC 8866 clause 5.7): `IN IP4 192.0.2.1`.

    Raises SdpError when made of words with white space, or, for IN with IP4 or IP6, of an address that is
    neither of that family nor a host name. Any word may be "$" in H.248 (H.248.1 clause 7.1.8).
    """

    network_type: str
    """"IN" for the Internet."""

    address_type: str
    """"IP4" or "IP6"; another registered type passes unchecked."""

    address: str
    """The address or host name as written, a multicast "/ttl/count" included; "$" when to be chosen."""

    def __post_init__(self) -> None:
        """Refuse what could not be read back."""
        for word in (self.network_type, self.address_type, self.address):
            if not _WORD.fullmatch(word):
                raise SdpError("three words: network type, address type, address", found=str(self))
        if self.network_type.upper() == "IN":
            _check_address(self.address_type.upper(), self.address)

    @classmethod
    def parse(cls, text: str) -> Connection:
        """Read `<nettype> <addrtype> <address>`; raises SdpError."""
        words = text.split()
        if len(words) != 3:
            raise SdpError("three words: network type, address type, address", found=text)
        return cls(*words)

    @classmethod
    def to_address(cls, address: str) -> Connection:
        """The connection to an Internet address: IP6 if it holds a colon, else IP4. Raises SdpError if neither."""
        return cls("IN", "IP6" if ":" in address else "IP4", address)

    @property
    def is_choose(self) -> bool:
        """Whether the address is left to be chosen by the gateway."""
        return self.address == WILDCARD

    def __str__(self) -> str:
        """The value as it is sent."""
        return f"{self.network_type} {self.address_type} {self.address}"


class Origin(msgspec.Struct, frozen=True):
    """The value of the `o=` line (RFC 8866 clause 5.2); the numbers stay text, being of any length."""

    username: str
    """The user's login, "-" if there is none."""

    session_id: str
    """Decimal digits, or "$"."""

    session_version: str
    """Decimal digits, or "$"."""

    network_type: str
    address_type: str
    address: str

    @classmethod
    def parse(cls, text: str) -> Origin:
        """Read the six words; raises SdpError if there are more or fewer, or an id or version is no number."""
        words = text.split()
        if len(words) != 6:
            raise SdpError("six words: user name, session id, version, network type, address type, address", found=text)
        for number in words[1:3]:
            if number != WILDCARD and not (number.isascii() and _LONG_NUMBER.fullmatch(number)):
                raise SdpError("a decimal session id and version", found=text)
        return cls(*words)

    def __str__(self) -> str:
        """The value as it is sent."""
        return " ".join(msgspec.structs.astuple(self))


def parse_port(text: str) -> int | Choose:
    """Read a port of 0 to 65535, or `$`; raises SdpError."""
    if text == WILDCARD:
        return CHOOSE
    if not _NUMBER.fullmatch(text) or int(text) > MAX_PORT:
        raise SdpError(f"a port of 0 to {MAX_PORT} or '$'", found=text)
    return int(text)


def parse_enum(kind: type[_E], text: str) -> _E:
    """Read a member of `kind`; letter case is of no account (RFC 5234 clause 2.3). Raises SdpError."""
    try:
        return kind(text.strip().lower())
    except ValueError:
        raise SdpError(" or ".join(kind), found=text) from None


def parse_setup(text: str) -> Setup:
    """Read the value of `a=setup`."""
    return parse_enum(Setup, text)


def parse_connection_attribute(text: str) -> ConnectionAttribute:
    """Read the value of `a=connection`."""
    return parse_enum(ConnectionAttribute, text)


def parse_floor_control(text: str) -> tuple[FloorRole, ...]:
    """Read the roles of `a=floorctrl`, at least one; raises SdpError."""
    roles = tuple(parse_enum(FloorRole, word) for word in text.split())
    if not roles:
        raise SdpError(" or ".join(FloorRole), found=text)
    return roles


def _check_address(address_type: str, address: str) -> None:
    if address_type not in ("IP4", "IP6") or address == WILDCARD:
        return
    host = address.partition("/")[0]
    if not (_is_numeric(address_type, host) or _FQDN.fullmatch(host)):
        raise SdpError(f"an {address_type} address, a host name or '$'", found=address)


def _is_numeric(address_type: str, host: str) -> bool:
    try:
        if address_type == "IP4":
            ipaddress.IPv4Address(host)
        else:
            ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return "%" not in host  # a zone names an interface of one machine and means nothing to a peer
