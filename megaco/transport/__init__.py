"""Links that carry messages, and the pump between a link and the transaction engine."""

from .address import Address, parse_host_port, parse_url, standard_port
from .alarm import Alarm
from .pcap import Datagram, capture
from .pump import Pump, Trace
from .udp import UdpLink

__all__ = [
    "Address",
    "Alarm",
    "Datagram",
    "Pump",
    "Trace",
    "UdpLink",
    "capture",
    "parse_host_port",
    "parse_url",
    "standard_port",
]
