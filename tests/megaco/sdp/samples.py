"""Descriptions as they occur, shared by the tests of this folder."""

from __future__ import annotations

from typing import Final

SHA_256: Final = "AB:CD:EF:01:" * 7 + "AB:CD:EF:01"
SHA_1: Final = "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB"

MSRP_ORDER: Final = b"v=0\r\nc=IN IP4 $\r\nm=message $ TCP/TLS/MSRP *\r\na=setup:actpass\r\na=fingerprint:sha-256 $\r\n"

INDENTED_ORDER: Final = b"\n    v=0\n    c=IN IP4 $\n    m=message $ TCP/MSRP *\n    a=setup:actpass\n          "

UE_OFFER: Final = (
    "v=0\r\n"
    "o=alice 2890844526 2890844527 IN IP6 2001:db8::7\r\n"
    "s= -\r\n"
    "i=Fran\u00e7oise\r\n"
    "c=IN IP6 2001:db8::7\r\n"
    "t=0 0\r\n"
    f"a=fingerprint:SHA-256 {SHA_256}\r\n"
    "a=setup:active\r\n"
    "m=message 7394 TCP/TLS/MSRP *\r\n"
    "a=accept-types:message/cpim text/plain\r\n"
    "a=path:msrps://[2001:db8::7]:7394/2s93i9ek2a;tcp\r\n"
    "a=setup:actpass\r\n"
    "a=msrp-cema\r\n"
    "a=3ge2ae:requested\r\n"
    "m=audio 49170/2 RTP/AVP 0 8\r\n"
    "c=IN IP4 192.0.2.9\r\n"
    "a=rtpmap:0 PCMU/8000\r\n"
    "m=application 50000 TCP/TLS/BFCP *\r\n"
    "i=floor\r\n"
    "a=floorctrl:c-only s-only\r\n"
    "a=connection:new\r\n"
    f"a=fingerprint:sha-1 {SHA_1}\r\n"
    "m=image 0 udptl t38\r\n"
).encode("latin-1")

TWO_GROUPS: Final = b"v=0\nc=IN IP4 $\nm=audio $ RTP/AVP 0\nv=0\nc=IN IP4 $\nm=audio $ RTP/AVP 8\n"

EVERY_SAMPLE: Final = (
    MSRP_ORDER,
    INDENTED_ORDER,
    UE_OFFER,
    TWO_GROUPS,
    b"",
    b" \r\n\r\n",
    b"m=- $ TCP -",
    b"v=0\r\nm=audio 1 RTP/AVP 0\nX=?\ra=\xff\xfe",
    b"c=IN IP4 $\n\n\nm=message 9 TCP/MSRP *   \n\t\n",
)
