"""Transactions (H.248.1 clause 8 and Annex D.1), sans-IO.

Octets and ``now`` go in; events, octets and the next deadline come out.
"""

from .config import TransactionConfig
from .engine import TransactionEngine
from .events import (
    MessageRefused,
    PeerFault,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionEvent,
)

__all__ = [
    "MessageRefused",
    "PeerFault",
    "ReplyReceived",
    "RequestFailed",
    "RequestReceived",
    "TransactionConfig",
    "TransactionEngine",
    "TransactionEvent",
]
