"""Links that carry messages, and the pump between a link and the transaction engine."""

from .address import Address, parse_host_port, parse_url
from .pump import Pump, Trace
from .udp import UdpLink

__all__ = ["Address", "Pump", "Trace", "UdpLink", "parse_host_port", "parse_url"]
