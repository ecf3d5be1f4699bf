"""SDP in Local and Remote: what it says of a stream, and how the gateway fills in what it was asked to choose."""

from megaco.sdp import Connection, Fingerprint, MediaDescription, Sdp, SdpError, has_wildcard

_TRANSPORTS = frozenset(
    f"{transport}{application}".upper() for transport in ("TCP", "TCP/TLS") for application in ("", "/MSRP", "/BFCP")
)
"""Transports that the gateway can carry (TR 29.828 clause 5.2.1)."""


def read_description(sdp: Sdp) -> MediaDescription:
    """Return the one m-line of a Local or Remote descriptor, its values checked; raises SdpError."""
    if len(sdp.media) != 1:
        raise SdpError("one m= line", found=f"{len(sdp.media)} of them")
    media = sdp.media[0]
    if media.protocol.upper() not in _TRANSPORTS:
        raise SdpError(f"one of {', '.join(sorted(_TRANSPORTS))}", found=media.protocol)
    sdp.validate()
    return media


def answer_local(sdp: Sdp, address: str, port: int, fingerprint: Fingerprint) -> Sdp:
    """Fill in ``$`` for address, port and fingerprint; a description without ``$`` comes back as it is."""
    if not has_wildcard(sdp):
        return sdp
    filled = sdp
    if filled.session_connection is not None and filled.session_connection.is_choose:
        filled = filled.with_session_connection(Connection.to_address(address))
    media = filled.media[0]
    if any(connection.is_choose for connection in media.connections):
        media = media.with_connection(Connection.to_address(address))
    if media.is_port_choose:
        media = media.with_port(port)
    if any(one.is_choose for one in media.fingerprints):
        media = media.with_fingerprints((fingerprint,))
    return filled.replace_media(0, media)
