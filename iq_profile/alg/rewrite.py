"""SDP through the controller: which lines are secured, what the gateway is told of them, how they are rewritten.

Everything here is a pure function of SDP; lines that no rule touches stay byte for byte as they came (TR 29.828
clause 5.2.1, steps 8 and 19; TS 24.229 clause 7.5.2 for a=3ge2ae).
"""

from megaco.sdp import MediaDescription, Sdp, SdpError, Setup

from .settings import AlgSettings, H248Transport, WithoutCema

_SECURED = {"TCP/TLS/MSRP": "TCP/MSRP", "TCP/TLS/BFCP": "TCP/BFCP"}
"""Transport on the access side -> transport on the core side."""
_PLAIN = {plain: secured for secured, plain in _SECURED.items()}
_MECHANISMS = {"MSRP": "msrp-tls", "BFCP": "bfcp-tls"}
"""Application -> what UE and P-CSCF announce at registration."""
_E2AE = "3ge2ae"
_REQUESTED, _APPLIED = "requested", "applied"


def read(octets: bytes) -> Sdp:
    """Read SDP as ends send it, its values checked; raises SdpError, also for wildcards, which are H.248's alone."""
    sdp = Sdp.parse(octets)
    sdp.validate()
    if sdp.alternatives:
        raise SdpError("one session description", found=f"{1 + len(sdp.alternatives)} v= lines")
    for media in sdp.media:
        _refuse_wildcards(media)
    return sdp


def check_chosen(local: bytes, *, is_access: bool) -> None:
    """Check that a gateway's Local says what it was to choose; raises SdpError."""
    sdp = Sdp.parse(local)
    sdp.validate()
    if len(sdp.media) != 1 or sdp.alternatives:
        raise SdpError("one m= line", found=f"{len(sdp.media)} of them")
    media = sdp.media[0]
    _refuse_wildcards(media)
    if media.connection is None or media.is_rejected:
        raise SdpError("an address and a port", found=f"{media.connection}, {media.port}")
    if is_access and not media.fingerprints:
        raise SdpError("a fingerprint towards the UE")


def _refuse_wildcards(media: MediaDescription) -> None:
    connection = media.connection
    address_is_open = connection is not None and connection.is_choose
    if address_is_open or media.is_port_choose or any(one.is_choose for one in media.fingerprints):
        raise SdpError("address, port and fingerprint without $", line=media.first_line)


def application_of(media: MediaDescription) -> str:
    """Return ``MSRP`` or ``BFCP``, or another last part of the transport."""
    return media.protocol.upper().rpartition("/")[2]


def wants_securing(
    media: MediaDescription, *, is_originating: bool, agreed: frozenset[str], settings: AlgSettings
) -> bool:
    """Tell whether end-to-access-edge security applies to an offered line.

    From a UE: it asks for it, brings a fingerprint, and both announced the mechanism at registration; by policy a
    fingerprint is enough. To a UE: both announced the mechanism. ``agreed``: the mechanisms that both announced.
    """
    transport = media.protocol.upper()
    if media.is_rejected or transport not in (_SECURED if is_originating else _PLAIN):
        return False
    is_agreed = _MECHANISMS[application_of(media)] in agreed
    if not is_originating:
        return is_agreed
    is_asked = (media.end_to_access_edge or "").strip().lower() == _REQUESTED
    return bool(media.fingerprints) and (settings.e2ae_always or (is_asked and is_agreed))


def is_refused(media: MediaDescription, settings: AlgSettings) -> bool:
    """Tell whether a line cannot be secured: MSRP without CEMA needs a gateway that rewrites a=path (RFC 6714)."""
    needs_path = application_of(media) == "MSRP" and not media.msrp_cema
    return needs_path and settings.without_cema is WithoutCema.REFUSE


def check_far_end(media: MediaDescription, *, is_access: bool) -> None:
    """Hold a line that is to be secured to what the gateway needs of its far end; raises SdpError."""
    if media.is_rejected:
        return
    if media.connection is None:
        raise SdpError("a c= line for a line to be secured", found=f"none for m={media.kind}")
    if is_access and not any(one.hash_name.startswith("sha-") for one in media.fingerprints):
        found = ", ".join(one.hash_name for one in media.fingerprints) or "none"
        raise SdpError("a=fingerprint with a SHA hash", found=found)


def to_core(media: MediaDescription, local: MediaDescription) -> MediaDescription:
    """Rewrite a line on its way to the core: plain transport, the gateway's address, nothing of TLS."""
    rewritten = media.with_protocol(_SECURED.get(media.protocol.upper(), media.protocol))
    return _at(rewritten.without_attribute(_E2AE).without_attribute("fingerprint"), local)


def to_access(media: MediaDescription, local: MediaDescription, *, is_offer: bool) -> MediaDescription:
    """Rewrite a line on its way to the UE: secured transport, the gateway's address and fingerprint."""
    rewritten = media.with_protocol(_PLAIN.get(media.protocol.upper(), media.protocol)).without_attribute(_E2AE)
    if is_offer:
        rewritten = rewritten.with_attribute(_E2AE, _APPLIED)
    return _at(rewritten.with_fingerprints(local.fingerprints), local)


def without_request(media: MediaDescription) -> MediaDescription:
    """Return a line that is not secured as it goes to the core: a=3ge2ae is between UE and P-CSCF alone."""
    return media.without_attribute(_E2AE)


def rejected(media: MediaDescription) -> MediaDescription:
    """Return the line with port 0."""
    return media.with_port(0)


def _at(media: MediaDescription, local: MediaDescription) -> MediaDescription:
    """Put the gateway's address and port into a line; the c= line is the line's own, others may need the session's."""
    connection = local.connection
    if connection is not None and connection != media.connection:
        media = media.with_connection(connection)
    return media.with_port(local.port)


# ------------------------------------------------------------------------------------------- Local and Remote for H.248


def local_to_choose(offered: MediaDescription, setup: Setup, *, is_access: bool, settings: AlgSettings) -> bytes:
    """Compose a Local descriptor in which the gateway chooses address, port and, towards the UE, fingerprint."""
    connection = offered.connection
    address_type = connection.address_type if connection is not None else "IP4"
    return _description(
        offered, f"IN {address_type} $", "$", setup, is_access=is_access, settings=settings, fingerprints=("sha-256 $",)
    )


def remote_of(media: MediaDescription, setup: Setup, *, is_access: bool, settings: AlgSettings) -> bytes:
    """Compose the Remote descriptor for a far end: its address, its port and, on the access side, its fingerprints."""
    assert media.connection is not None  # check_far_end has seen it
    fingerprints = tuple(str(one) for one in media.fingerprints)
    port = str(media.port)
    return _description(
        media, str(media.connection), port, setup, is_access=is_access, settings=settings, fingerprints=fingerprints
    )


def with_setup(local: bytes, setup: Setup) -> bytes:
    """Return a Local descriptor with another a=setup."""
    sdp = Sdp.parse(local)
    return sdp.replace_media(0, sdp.media[0].with_setup(setup)).encode()


def _description(
    media: MediaDescription,
    connection: str,
    port: str,
    setup: Setup,
    *,
    is_access: bool,
    settings: AlgSettings,
    fingerprints: tuple[str, ...],
) -> bytes:
    transport, form = f"TCP{'/TLS' if is_access else ''}/{application_of(media)}", "*"
    if settings.h248_transport is H248Transport.TCP:
        transport, form = transport.rpartition("/")[0], "-"
    lines = ["v=0", f"c={connection}", f"m={media.kind} {port} {transport} {form}", f"a=setup:{setup.value}"]
    if is_access:
        lines += [f"a=fingerprint:{one}" for one in fingerprints]
    return "".join(f"{line}\r\n" for line in lines).encode()


def offered_setup(media: MediaDescription) -> Setup:
    """Return the role that an offer claims; one that says nothing is active (RFC 4145 clause 4.1)."""
    return media.setup or Setup.ACTIVE


def answered_setup(media: MediaDescription) -> Setup:
    """Return the role that an answer takes; one that says nothing is passive (RFC 4145 clause 4.1)."""
    return media.setup or Setup.PASSIVE


def opposite(setup: Setup) -> Setup:
    """Return the other side's role."""
    return {Setup.ACTIVE: Setup.PASSIVE, Setup.PASSIVE: Setup.ACTIVE}.get(setup, setup)
