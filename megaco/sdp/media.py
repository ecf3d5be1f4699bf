"""A media description: one `m=` line and the lines up to the next (RFC 8866 clause 5.14)."""

from __future__ import annotations

import re
from typing import Final, Self

import msgspec

from megaco.sdp.error import SdpError
from megaco.sdp.fingerprint import Fingerprint
from megaco.sdp.section import Section
from megaco.sdp.values import (
    CHOOSE,
    Choose,
    Connection,
    ConnectionAttribute,
    FloorRole,
    Setup,
    parse_floor_control,
    parse_port,
)

# media-field = %s"m" "=" media SP port ["/" integer] SP proto 1*(SP fmt) CRLF          RFC 8866 clause 9
_MEDIA_FIELD = re.compile(
    r"[ \t]*(?P<kind>\S+)[ \t]+(?P<port>[^\s/]+)(?:/(?P<count>[^\s/]+))?[ \t]+(?P<protocol>\S+)[ \t]+(?P<formats>\S.*)"
)
_PORT_COUNT = re.compile(r"[1-9][0-9]{0,4}")
_WORD = re.compile(r"\S+")
_SECURITY_LAYERS: Final = frozenset({"TLS", "DTLS"})


class MediaDescription(Section, frozen=True):
    """A media description with its typed views; the first of its lines is the `m=` line.

    `connection`, `setup`, `connection_attribute` and `fingerprints` fall through to the session section when
    this one has none; everything else, `attribute` too, speaks of this section alone.
    """

    session: Section = Section()
    """The session section of the same group, for what it says about every media description."""

    # -- the m= line ---------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The media type: "message", "application", "audio", or "-" where H.248 leaves it open."""
        return self._field("kind")

    @property
    def port(self) -> int | Choose:
        """The transport port, or CHOOSE for `$`; 0 rejects the media (RFC 3264 clause 6)."""
        return self._read(0, lambda _: parse_port(self._field("port")))

    @property
    def port_count(self) -> int | None:
        """How many ports the line asks for (`49170/2`), None if it does not say. Kept by `with_port`."""
        match = self._media_field()
        if match["count"] is None:
            return None
        if not _PORT_COUNT.fullmatch(match["count"]):
            raise SdpError("a port count of 1 to 99999", found=match["count"], line=self.first_line)
        return int(match["count"])

    @property
    def protocol(self) -> str:
        """The transport protocol as written: "TCP/TLS/MSRP", "TCP/TLS", "RTP/AVP"."""
        return self._field("protocol")

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats, at least one; ("*",) for MSRP and BFCP, ("-",) where H.248 leaves them open."""
        return tuple(self._field("formats").split())

    @property
    def is_rejected(self) -> bool:
        """Whether the port is 0."""
        return self.port == 0

    @property
    def is_port_choose(self) -> bool:
        """Whether the port is left to be chosen by the gateway."""
        return self.port is CHOOSE

    @property
    def is_tls(self) -> bool:
        """Whether the protocol has TLS or DTLS in it: TCP/TLS, TCP/TLS/BFCP, UDP/TLS/RTP/SAVPF, TCP/DTLS/BFCP."""
        return not _SECURITY_LAYERS.isdisjoint(self.protocol.upper().split("/"))

    # -- what falls through to the session -----------------------------------------------------------------------

    @property
    def connection(self) -> Connection | None:
        """The address of this media, else the session's, None if neither says (RFC 8866 clause 5.7)."""
        return super().connection or self.session.connection

    @property
    def setup(self) -> Setup | None:
        """The `a=setup` of this media, else the session's, None if neither has one (RFC 4145 clause 4)."""
        return super().setup or self.session.setup

    @property
    def connection_attribute(self) -> ConnectionAttribute | None:
        """The `a=connection` of this media, else the session's, None if neither has one (RFC 4145 clause 5)."""
        return super().connection_attribute or self.session.connection_attribute

    @property
    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """The fingerprints of this media; the session's only if this one has none at all (RFC 8122 clause 5)."""
        return super().fingerprints or self.session.fingerprints

    # -- attributes of MSRP, BFCP and e2ae -----------------------------------------------------------------------

    @property
    def path(self) -> tuple[str, ...]:
        """The URIs of `a=path`, nearest hop first, () if absent (RFC 4975 clause 8.2); `MsrpUri` reads one."""
        return tuple((self.attribute("path") or "").split())

    @property
    def msrp_cema(self) -> bool:
        """Whether `a=msrp-cema` is there (RFC 6714 clause 5)."""
        return self.attribute("msrp-cema") is not None

    @property
    def end_to_access_edge(self) -> str | None:
        """The value of `a=3ge2ae`: "requested", "applied" or a later token; None if absent (TS 24.229)."""
        value = self.attribute("3ge2ae")
        return None if value is None else value.strip()

    @property
    def floor_control(self) -> tuple[FloorRole, ...]:
        """The roles of `a=floorctrl` in order, () if absent (RFC 8856 clause 5.1)."""
        return self._first(self._attribute_lines("floorctrl"), parse_floor_control) or ()

    def validate(self) -> None:
        """Read the `m=` line and what `Section.validate` reads; raises SdpError for the first fault."""
        _ = self.port, self.port_count
        super().validate()

    # -- edits of the m= line ------------------------------------------------------------------------------------

    def with_port(self, port: int | Choose) -> Self:
        """The media with another port, its port count kept. Raises SdpError outside 0 to 65535."""
        return self._with_field("port", str(parse_port(str(port))))

    def with_protocol(self, protocol: str) -> Self:
        """The media with another protocol. Raises SdpError if it is no single word."""
        return self._with_field("protocol", _word(protocol))

    def with_formats(self, *formats: str) -> Self:
        """The media with these formats. Raises SdpError if there is none, or one is no single word."""
        if not formats:
            raise SdpError("at least one format")
        return self._with_field("formats", " ".join(_word(each) for each in formats))

    # -- for this package ----------------------------------------------------------------------------------------

    def _media_field(self) -> re.Match[str]:
        text = self.lines[0].text
        match = _MEDIA_FIELD.fullmatch(text)
        if match is None:
            raise SdpError("media, port, protocol and at least one format", found=text, line=self.first_line)
        return match

    def _field(self, name: str) -> str:
        found: str = self._media_field()[name]
        return found

    def _with_field(self, name: str, value: str) -> Self:
        match = self._media_field()
        if match[name].split() == value.split():
            return self
        text = match.string[: match.start(name)] + value + match.string[match.end(name) :]
        return msgspec.structs.replace(self, lines=(self.lines[0].with_value(text), *self.lines[1:]))


def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise SdpError("one word", found=text)
    return text
