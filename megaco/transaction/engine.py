"""The transaction engine: executes the tables for many peers and many transactions at once.

How to drive it: call ``receive`` for each message, ``submit`` and ``reply`` when there is something to say, and
``handle_timer`` when ``next_deadline`` has come. After any of them, or after several, drain ``take_events`` and
``take_datagrams``, then ask ``next_deadline`` again: transactions to one peer that are made before that share messages.
Early or needless calls do nothing. Nothing here raises for what a peer sends.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Final

from megaco import codec
from megaco.errors import DecodeError
from megaco.message import (
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    Message,
    MessageIdentifier,
    SegmentReply,
    Transaction,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)

from .config import TransactionConfig
from .counters import Counters
from .events import MessageRefused, Peer, PeerFault, TransactionEvent
from .identifiers import TransactionIds
from .outbox import LinkTerms, Outbox
from .requester import Requester
from .responder import Responder

_TEXT: Final = "pretty"
"""What a peer that writes text is answered in where our own requests are binary."""
_TOO_MANY_TRANSACTIONS: Final = 413
_NO_ID: Final = 0
"""TransactionID of the reply to a request whose own could not be read (clause 8.1.1)."""


class TransactionEngine:
    """Requester and responder for every peer of one endpoint."""

    def __init__(
        self,
        mid: MessageIdentifier,
        config: TransactionConfig,
        *,
        identifiers: TransactionIds,
        jitter: Callable[[], float],
        encoding: str = "pretty",
        version: int = 1,
        limits: codec.Limits = codec.DEFAULT_LIMITS,
        dictionary: codec.Dictionary | None = None,
        origin: Callable[[Peer], Hashable] | None = None,
        link: Callable[[Peer], LinkTerms] | None = None,
    ) -> None:
        """Start with no transaction.

        ``jitter`` returns a number within 0..1 each time and spreads repeats; ``version`` goes into each message to a
        peer with which no other was agreed. ``encoding`` is that of requests; what a peer sends is answered in the
        peer's own. ``dictionary`` has the names for binary; None: the shipped ones. ``origin`` returns what of a peer
        stays when it connects anew, its host for instance: that and the mId tell whose TransactionIDs are the same;
        None: all of it. ``link`` tells what the transport to a peer is like; None: as the configuration says.
        """
        self.counters = Counters()
        self._as_configured = LinkTerms(config.reliable, config.most_octets)
        whole: Callable[[Peer], Hashable] = _whole if origin is None else origin
        self._outbox = Outbox(
            mid, config, encoding, version, dictionary, link or (lambda peer: self._as_configured), self.counters
        )
        self._events: deque[TransactionEvent] = deque()
        self._requester = Requester(identifiers, self._outbox, self._events, self.counters, jitter, whole)
        self._responder = Responder(self._outbox, self._events, self.counters, whole)
        self._limits = limits
        self._dictionary = dictionary

    # -------------------------------------------------------------------------------------------------- the terms

    @property
    def mid(self) -> MessageIdentifier:
        """The message identifier of this endpoint."""
        return self._outbox.mid

    @mid.setter
    def mid(self, mid: MessageIdentifier) -> None:
        self._outbox.mid = mid

    @property
    def config(self) -> TransactionConfig:
        """Timers and limits; others hold from the next transaction on."""
        return self._outbox.config

    @config.setter
    def config(self, config: TransactionConfig) -> None:
        self._outbox.config = config
        self._as_configured = LinkTerms(config.reliable, config.most_octets)

    @property
    def encoding(self) -> str:
        """The encoding of requests to peers with which no other was agreed."""
        return self._outbox.encoding

    @encoding.setter
    def encoding(self, encoding: str) -> None:
        self._outbox.encoding = encoding

    @property
    def version(self) -> int:
        """The protocol version of messages to peers with which no other was agreed."""
        return self._outbox.version

    @version.setter
    def version(self, version: int) -> None:
        self._outbox.version = version

    def agree(self, peer: Peer, version: int | None = None, encoding: str | None = None) -> None:
        """Write to a peer in this version and encoding from now on; None: the engine's own."""
        terms = self._outbox.terms_of(peer)
        terms.version, terms.encoding = version, encoding

    def terms_of(self, peer: Peer) -> tuple[int | None, str | None]:
        """Return the version and the encoding agreed with a peer; None: the engine's own."""
        terms = self._outbox.terms.get(peer)
        return (None, None) if terms is None else (terms.version, terms.encoding)

    def forget_peer(self, peer: Peer) -> None:
        """Forget what was agreed with a peer, and how fast it answers."""
        self._outbox.terms.pop(peer, None)

    # ----------------------------------------------------------------------------------------- from the application

    def submit(self, peer: Peer, actions: tuple[ActionRequest, ...], now: float) -> int:
        """Send a request; its TransactionID comes back with ReplyReceived or RequestFailed.

        It waits its turn where requests about the same terminations are under way (``keeps_order``). Raises LocalError:
        it cannot be written, or is too long, or too many are without reply.
        """
        return self._requester.submit(peer, actions, now)

    def cancel(self, transaction_id: int, now: float) -> None:
        """Give up a request of ours: it is not repeated, and nothing more is told of it. It may have been executed."""
        self._requester.cancel(transaction_id, now)

    def abandon(self, peer: Peer, now: float) -> None:
        """Fail every request of ours to a peer that has gone, or started again and knows of none."""
        self._requester.abandon(peer, now)

    def redirect(self, peer: Peer, other: Peer, now: float) -> None:
        """Repeat requests of ours to a peer to another, now and from now on, for it has taken over (Annex D.1.5)."""
        self._requester.redirect(peer, other, now)

    def reply(
        self,
        peer: Peer,
        transaction_id: int,
        actions: tuple[ActionReply, ...],
        now: float,
        error: ErrorDescriptor | None = None,
    ) -> None:
        """Answer a received request with ``actions``, or with ``error`` where the transaction as a whole failed."""
        self._responder.reply(peer, transaction_id, actions, now, error)

    def refuse(self, peer: Peer, transaction_id: int, error: ErrorDescriptor) -> None:
        """Answer a received request with an error and remember nothing: for peers that there is no association with."""
        self._responder.refuse(peer, transaction_id, error)

    # -------------------------------------------------------------------------------------------------- from peers

    def receive(self, data: bytes, peer: Peer, now: float) -> None:
        """Take a message."""
        self.counters.messages_received += 1
        try:
            message = codec.decode(data, limits=self._limits, dictionary=self._dictionary)
        except DecodeError as error:
            self._salvage(data, peer, error, now)
            return
        if message.error is not None:
            self._events.append(MessageRefused(peer, message.error))
        if len(message.transactions) > self.config.most_transactions:
            text = f"at most {self.config.most_transactions} transactions in a message"
            self._outbox.refuse(ErrorDescriptor(_TOO_MANY_TRANSACTIONS, text), peer, self._encoding_of(data))
            return
        encoding = self._encoding_of(data)
        self._take_acks(message.transactions, message, peer, now)
        for transaction in message.transactions:
            self._take(transaction, message, peer, encoding, now)

    def _take(self, transaction: Transaction, message: Message, peer: Peer, encoding: str, now: float) -> None:
        match transaction:
            case TransactionRequest():
                self._responder.take_request(transaction, message, peer, encoding, now)
            case TransactionReply():
                self._requester.take_reply(transaction, message.mid, peer, now)
            case TransactionPending():
                self._requester.take_pending(transaction, peer, now)
            case SegmentReply():
                self._responder.take_segment_reply(transaction, message, peer, now)

    def _take_acks(
        self, transactions: Iterable[Transaction | codec.BrokenTransaction], message: Message, peer: Peer, now: float
    ) -> None:
        """Take the acknowledgements of a message at once, for each look may be at all that is remembered of a peer."""
        several = [one for one in transactions if isinstance(one, TransactionResponseAck)]
        if several:
            self.counters.acknowledgements_received += len(several)
            self._responder.take_acks(tuple([ack for one in several for ack in one.acks]), message, peer, now)

    def _salvage(self, data: bytes, peer: Peer, error: DecodeError, now: float) -> None:
        """Take what can be understood of octets that are no message, and answer the rest at the level of its fault."""
        self.counters.faults += 1
        self._events.append(PeerFault(peer, error))
        encoding = self._encoding_of(data)
        try:
            found = codec.salvage(
                data,
                limits=self._limits,
                dictionary=self._dictionary,
                most_transactions=self.config.most_transactions,
            )
        except DecodeError as fault:
            self._refuse(data, peer, fault, encoding)
            return
        message = Message(found.header.version, found.header.mid)
        self._take_acks(found.transactions, message, peer, now)
        for transaction in found.transactions:
            if not isinstance(transaction, codec.BrokenTransaction):
                self._take(transaction, message, peer, encoding, now)
            elif transaction.kind in ("request", "unknown"):
                number = transaction.transaction_id or _NO_ID
                said = ErrorDescriptor(transaction.error.code, _text_of(transaction.error, encoding))
                self._outbox.send(TransactionReply(number, error=said), peer, encoding)

    def _refuse(self, data: bytes, peer: Peer, error: DecodeError, encoding: str) -> None:
        """Answer octets that are no message, as far as their beginning shows that they meant to be one."""
        try:
            codec.decode_header(data, limits=self._limits)
        except DecodeError:
            return
        self._outbox.refuse(ErrorDescriptor(error.code, _text_of(error, encoding)), peer, encoding)

    def _encoding_of(self, data: bytes) -> str:
        """Return the encoding to answer octets in: what a peer writes it can read."""
        if codec.is_binary(data):
            return codec.BINARY
        return _TEXT if self.encoding == codec.BINARY else self.encoding

    # ---------------------------------------------------------------------------------------------------- the clock

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        self._requester.handle_timer(now)
        self._responder.handle_timer(now)
        self._outbox.handle_timer(now)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; it may change after any other call. None: not at all."""
        earliest: float | None = None
        for part in (self._requester, self._responder, self._outbox):
            deadline = part.next_deadline()
            if deadline is not None and (earliest is None or deadline < earliest):
                earliest = deadline
        return earliest

    # ---------------------------------------------------------------------------------------------------------- out

    def take_datagrams(self) -> list[tuple[bytes, Peer]]:
        """Return, once, the messages to send and their peers."""
        return self._outbox.take()

    def take_events(self) -> list[TransactionEvent]:
        """Return, once, what happened."""
        taken = list(self._events)
        self._events.clear()
        return taken

    @property
    def outstanding(self) -> int:
        """How many requests of ours have no reply yet."""
        return self._requester.outstanding

    @property
    def executing(self) -> int:
        """How many requests of peers have no reply yet."""
        return self._responder.executing

    @property
    def remembered(self) -> int:
        """How many requests of peers are remembered, executing ones included."""
        return self._responder.remembered

    def is_idle(self) -> bool:
        """Tell whether nothing at all is remembered."""
        return self._requester.is_idle() and self._responder.is_idle() and self.next_deadline() is None


def _whole(peer: Peer) -> Hashable:
    return peer


def _text_of(error: DecodeError, encoding: str) -> str:
    """Return where and what a fault is, in the characters that the text of an error may have."""
    text = f"{error.place}: {error.what}".replace('"', "'")
    return text.encode("ascii", "backslashreplace").decode("ascii") if encoding == codec.BINARY else text
