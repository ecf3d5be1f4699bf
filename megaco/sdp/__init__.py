"""Lossless SDP (RFC 8866) with typed views and the wildcards of H.248 (H.248.1 clause 7.1.8).

`Sdp.parse` keeps every byte; views (`media[0].port`, `.setup`, `.fingerprints` ...) read single values when asked;
edits return new descriptions in which only the lines concerned differ. No protocol decision is taken here.
"""

from megaco.sdp.description import Sdp, has_wildcard, push_down_fingerprints, split_groups
from megaco.sdp.error import SdpError
from megaco.sdp.fingerprint import HASH_SIZES, WILDCARD, Fingerprint
from megaco.sdp.line import Limits, SdpLine
from megaco.sdp.media import MediaDescription
from megaco.sdp.msrp_uri import MsrpUri
from megaco.sdp.section import Section
from megaco.sdp.values import (
    CHOOSE,
    Choose,
    Connection,
    ConnectionAttribute,
    FloorRole,
    Origin,
    Setup,
)

__all__ = [
    "CHOOSE",
    "HASH_SIZES",
    "WILDCARD",
    "Choose",
    "Connection",
    "ConnectionAttribute",
    "Fingerprint",
    "FloorRole",
    "Limits",
    "MediaDescription",
    "MsrpUri",
    "Origin",
    "Sdp",
    "SdpError",
    "SdpLine",
    "Section",
    "Setup",
    "has_wildcard",
    "push_down_fingerprints",
    "split_groups",
]
