"""MSRP URIs, as `a=path` and the To-Path and From-Path headers carry them (RFC 4975 clauses 6 and 9)."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

import msgspec

from megaco.sdp.error import SdpError
from megaco.sdp.values import MAX_PORT

# MSRP-URI = msrp-scheme "://" authority ["/" session-id] ";" transport *( ";" URI-parameter)
# The authority is RFC 3986's, less `;` in a host name, which would begin the transport, and less a password
# in the userinfo, which RFC 4975 clause 6 forbids.
_URI = re.compile(
    r"(?P<scheme>msrps?)://"
    r"(?:(?P<userinfo>[\w\-.~!$&'()*+,;=%]*)@)?"
    r"(?:\[(?P<literal>[0-9a-f:.]+)\]|(?P<name>[\w\-.~!$&'()*+,=%]+))"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/(?P<session_id>[\w\-.~+=/]+))?"
    r";(?P<transport>[0-9a-z]+)"
    r"(?P<parameters>(?:;[^\s;]+)*)",
    re.ASCII | re.IGNORECASE,
)
_FORM = "msrp[s]://[user@]host[:port][/session-id];transport"


class MsrpUri(msgspec.Struct, frozen=True):
    """An MSRP URI taken apart; `str` puts it together with nothing changed but the scheme's letter case."""

    is_secure: bool
    """Whether the scheme is msrps: TLS protects the connection."""

    host: str
    """Name, IPv4 address, or IPv6 address without its brackets."""

    port: int | None
    """None if not written; SDP must write it (RFC 4975 clause 8.2)."""

    session_id: str | None
    """Case-sensitive; None names the host and no session."""

    transport: str = "tcp"
    userinfo: str | None = None

    parameters: tuple[str, ...] = ()
    """Further URI parameters, without their semicolons."""

    @classmethod
    def parse(cls, text: str) -> MsrpUri:
        """Read a URI. Raises SdpError (line None) for another scheme, no transport, a bad host or port."""
        match = _URI.fullmatch(text)
        if match is None:
            raise SdpError(_FORM, found=text)
        port = int(match["port"]) if match["port"] else None
        if port is not None and port > MAX_PORT:
            raise SdpError(f"a port of 0 to {MAX_PORT}", found=text)
        if match["literal"] and not isinstance(_numeric_host(match["literal"]), ipaddress.IPv6Address):
            raise SdpError("an IPv6 address in the brackets", found=text)
        return cls(
            is_secure=match["scheme"].lower() == "msrps",
            host=match["literal"] or match["name"],
            port=port,
            session_id=match["session_id"],
            transport=match["transport"],
            userinfo=match["userinfo"],
            parameters=tuple(match["parameters"].split(";")[1:]),
        )

    def __str__(self) -> str:
        """The URI as it is sent."""
        user = "" if self.userinfo is None else f"{self.userinfo}@"
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        session = "" if self.session_id is None else f"/{self.session_id}"
        parameters = ";".join((self.transport, *self.parameters))
        return f"msrp{'s' * self.is_secure}://{user}{host}{port}{session};{parameters}"

    def with_authority(self, host: str, port: int, secure: bool) -> MsrpUri:
        """The URI of the same session at another place: scheme, host and port change, all else stays.

        `host` is a name or an address, IPv6 without brackets; SdpError if it, or the port, could not be read back.
        """
        changed = msgspec.structs.replace(self, host=host, port=port, is_secure=secure)
        if MsrpUri.parse(str(changed)) != changed:
            raise SdpError("a host name or an address", found=host)
        return changed

    def matches(self, other: MsrpUri) -> bool:
        """Whether both name the same session, by the rules of RFC 4975 clause 6.1; user and parameters do not count."""
        return self._identity() == other._identity()

    def _identity(self) -> tuple[object, ...]:
        host = unquote(self.host).lower()
        return self.is_secure, _numeric_host(host) or host, self.port, self.session_id, self.transport.lower()


def _numeric_host(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
