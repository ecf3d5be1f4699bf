"""The gateway's hands for media: TCP legs, TLS trusted by fingerprint, and the bytes between them.

It stands under the gateway's engine, which decides, and on asyncio, pyOpenSSL and cryptography. The two speak only the
vocabulary of ``iq_profile.agw.orders``. Nothing here knows H.248, SDP or what the bytes mean.
"""

from iq_profile.agw.relay.certificate import Certificate, CertificateError
from iq_profile.agw.relay.fingerprint import fingerprint_of, match
from iq_profile.agw.relay.leg import Leg
from iq_profile.agw.relay.ports import PortUnavailable
from iq_profile.agw.relay.relay import Relay, join
from iq_profile.agw.relay.settings import RelaySettings, TlsVersion
from iq_profile.agw.relay.stream import Sink, Source
from iq_profile.agw.relay.tls import TlsEngine

__all__ = [
    "Certificate",
    "CertificateError",
    "Leg",
    "PortUnavailable",
    "Relay",
    "RelaySettings",
    "Sink",
    "Source",
    "TlsEngine",
    "TlsVersion",
    "fingerprint_of",
    "join",
    "match",
]
