"""Which field of a procedure which role of the profile carries."""

from .model import EventRole

PROPERTIES = (
    "source_filter",
    "source_mask",
    "source_port_filter",
    "source_ports",
    "dscp",
    "policing",
    "sustainable_rate",
    "burst_size",
    "peak_rate",
    "delay_tolerance",
    "rtcp",
)
"""Fields of `StreamTerms` that are properties of LocalControl; each is the role of its item too."""
SIGNALS = {
    "establish_tcp": "tcp_establish",
    "establish_tls": "tls_establish",
    "release_tls": "tls_release",
    "release_tcp": "tcp_release",
}
"""Fields of `StreamTerms` that are signals without parameters, and the role of each."""
EVENTS: tuple[EventRole, ...] = ("heartbeat", "tcp_change", "tls_change", "bearer_released", "media_inactivity")
"""Events of a termination, in the order to write them; each is the role of its item too."""
ROOT_EVENTS = ("inactivity", "congestion", "realm_change")
"""Roles of the events of ROOT."""
