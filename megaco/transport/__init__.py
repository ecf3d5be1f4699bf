"""Links that carry messages over UDP, TCP, SCTP and in memory, and the pump between them and the transaction engine."""

from .address import (
    IP_TRANSPORTS,
    TRANSPORTS,
    Address,
    is_ip_address,
    one_form,
    parse_host_port,
    parse_url,
    standard_port,
)
from .alarm import Alarm
from .counters import TransportCounters
from .link import Link
from .memory import Fate, MemoryLink
from .opening import open_link
from .pcap import Datagram, capture
from .pump import Pump, Trace
from .resolving import near_host, resolve, resolve_hosts
from .settings import LinkSettings
from .udp import UdpLink

__all__ = [
    "IP_TRANSPORTS",
    "TRANSPORTS",
    "Address",
    "Alarm",
    "Datagram",
    "Fate",
    "Link",
    "LinkSettings",
    "MemoryLink",
    "Pump",
    "Trace",
    "TransportCounters",
    "UdpLink",
    "capture",
    "is_ip_address",
    "near_host",
    "one_form",
    "open_link",
    "parse_host_port",
    "parse_url",
    "resolve",
    "resolve_hosts",
    "standard_port",
]
