"""What the transaction engine tells of: requests to execute, replies, failures."""

from collections.abc import Hashable
from typing import Any

import msgspec

from megaco.errors import DecodeError
from megaco.message import ErrorDescriptor, MessageIdentifier, TransactionReply, TransactionRequest

Peer = Hashable
"""Whoever is at the other end of the transport; opaque here."""


class RequestReceived(msgspec.Struct, frozen=True):
    """A new request to execute: answer with ``reply(peer, request.transaction_id, ...)``."""

    peer: Any
    mid: MessageIdentifier
    version: int
    request: TransactionRequest
    encoding: str = "pretty"
    """What the request is answered in, and what the peer can be asked in: its own encoding."""


class ReplyReceived(msgspec.Struct, frozen=True):
    """The reply to a request of ours."""

    peer: Any
    transaction_id: int
    reply: TransactionReply


class RequestFailed(msgspec.Struct, frozen=True):
    """A request of ours has no reply after T-MAX."""

    peer: Any
    transaction_id: int


class MessageRefused(msgspec.Struct, frozen=True):
    """The peer could not read a message of ours and says why."""

    peer: Any
    error: ErrorDescriptor


class PeerFault(msgspec.Struct, frozen=True):
    """Octets that are no message; where their beginning was readable they were answered with an error descriptor."""

    peer: Any
    error: DecodeError


TransactionEvent = RequestReceived | ReplyReceived | RequestFailed | MessageRefused | PeerFault
