"""Stage-2 procedures of TS 23.334 clause 8 and the H.248 commands that carry them, in both directions.

``compose`` turns a procedure into an action, ``recognise`` an action into a procedure; both sides use them from
opposite ends, and neither keeps anything. One pair of terminations carries a session, one stream an m-line.
"""

from .composition import compose, compose_probe, compose_reserved
from .model import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Indication,
    Order,
    Outcome,
    Procedure,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)
from .recognition import heartbeat_period, is_on, read_outcome, recognise, stream_terms

__all__ = [
    "BearerReleased",
    "ConfigureConnectionPoint",
    "Heartbeat",
    "Indication",
    "Order",
    "Outcome",
    "Procedure",
    "Rejected",
    "ReleaseTerminations",
    "Released",
    "ReserveConnectionPoint",
    "Reserved",
    "StreamTerms",
    "TcpFailed",
    "TlsFailed",
    "compose",
    "compose_probe",
    "compose_reserved",
    "heartbeat_period",
    "is_on",
    "read_outcome",
    "recognise",
    "stream_terms",
]
