"""What an operator may set on the relay; every bound on what a far end can make grow stands here."""

from typing import Literal

import msgspec

TlsVersion = Literal["1.2", "1.3"]
"""A TLS protocol version the relay can speak; older ones are deprecated (RFC 8996) and cannot be set."""


class RelaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one relay, the same for all its legs.

    Raises ``ValueError`` when bounds contradict one another, naming the fields.
    """

    port_low: int = 0
    """First port of the range legs are reserved from; 0 together with ``port_high`` 0 lets the kernel choose."""

    port_high: int = 0
    """Last port of that range, itself included."""

    backlog: int = 1
    """TCP connections the kernel keeps waiting at a reserved port; one is ever accepted, so more serves nobody."""

    parked_limit_bytes: int = 64 * 1024
    """Received bytes a leg keeps while nobody may have them; reading then pauses. One read can pass it, see
    ``read_bytes``. The default holds some twenty full MSRP chunks of 2 KiB and their headers."""

    read_bytes: int = 256 * 1024
    """Largest number of bytes taken from a socket at once, and the size of the receive buffer that the legs share.
    ``bench/relay`` measured 800 MB/s with 32 KiB, 1090 with 128 KiB, 1290 with 256 KiB, 1320 with 512 KiB."""

    write_high_bytes: int = 512 * 1024
    """Bytes waiting to be sent on a leg above which the leg that feeds it stops reading."""

    write_low_bytes: int = 128 * 1024
    """Bytes waiting below which the feeding leg reads again."""

    connect_timeout_s: float = 10.0
    """Seconds a TCP connection may take to come up before ``ConnectFailed``."""

    handshake_timeout_s: float = 10.0
    """Seconds from the start of TLS to its end before ``TlsFailed``. How long a finished handshake may wait for its
    fingerprint is the engine's to decide, not the relay's."""

    linger_timeout_s: float = 2.0
    """Seconds a leg closed from here waits for the far end to close too, so that the last bytes or an alert
    are not lost to a TCP reset; what arrives meanwhile is dropped, and afterwards the connection is reset."""

    tls_minimum: TlsVersion = "1.2"
    """Oldest TLS version spoken."""

    tls_maximum: TlsVersion = "1.3"
    """Newest TLS version spoken."""

    accept_sha1: bool = False
    """Whether a SHA-1 fingerprint counts when the far end announced no better one (RFC 8122 clause 5 allows it).
    MD5 and MD2 never count."""

    def __post_init__(self) -> None:
        """Refuse settings that contradict one another."""
        if not (0 <= self.port_low <= self.port_high <= 65535) or (self.port_low == 0) != (self.port_high == 0):
            raise ValueError(f"port_low..port_high {self.port_low}..{self.port_high}: not a range of ports, nor 0..0")
        if self.tls_minimum > self.tls_maximum:
            raise ValueError(f"tls_minimum {self.tls_minimum} is newer than tls_maximum {self.tls_maximum}")
        if not 0 <= self.write_low_bytes <= self.write_high_bytes:
            raise ValueError(f"write_low_bytes {self.write_low_bytes} above write_high_bytes {self.write_high_bytes}")
        for name in ("backlog", "parked_limit_bytes", "read_bytes"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} {getattr(self, name)}: at least 1 is needed")
