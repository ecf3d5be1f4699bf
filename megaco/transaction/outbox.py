"""What is about to be sent: transactions to one peer that are ready together travel in one message."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from megaco import codec
from megaco.message import (
    ErrorDescriptor,
    Message,
    MessageIdentifier,
    Transaction,
    TransactionAck,
    TransactionResponseAck,
)

from .config import TransactionConfig
from .counters import Counters
from .estimate import AnswerDelay
from .events import Peer
from .lanes import Lane

_LENGTHS = 32
"""Octets by which lengths round the transactions of a message may grow in binary, at most."""

_HEAD = 512
"""Octets before the transactions of a message, more than there ever are."""


class LinkTerms(NamedTuple):
    """What the transport to a peer is like."""

    is_reliable: bool
    """Whether it repeats by itself."""
    most_octets: int
    """In one message."""


class Parcel(NamedTuple):
    """One transaction, encoded."""

    octets: bytes
    version: int
    encoding: str


class PeerTerms:
    """How to write to one peer, and what is known of it."""

    def __init__(self, version: int | None, encoding: str | None, delay: AnswerDelay) -> None:
        self.version = version
        """Agreed at registration; None: none yet."""
        self.encoding = encoding
        """Of requests; None: the engine's own."""
        self.delay = delay
        self.acks: list[int] = []
        """Replies received and not yet acknowledged."""
        self.acks_due = 0.0
        """When they are acknowledged alone."""


class Outbox:
    """Writes transactions for peers and hands them out as messages."""

    def __init__(
        self,
        mid: MessageIdentifier,
        config: TransactionConfig,
        encoding: str,
        version: int,
        dictionary: codec.Dictionary | None,
        link: Callable[[Peer], LinkTerms],
        counters: Counters,
    ) -> None:
        self.mid = mid
        self.config = config
        self.encoding = encoding
        self.version = version
        self.terms: dict[Peer, PeerTerms] = {}
        self.link = link
        self._dictionary = dictionary
        self._counters = counters
        self._queues: dict[Peer, list[Parcel]] = {}
        self._messages: list[tuple[bytes, Peer]] = []
        self._overdue: Lane[tuple[Peer, PeerTerms, float]] = Lane(_are_acks_waiting)

    def terms_of(self, peer: Peer) -> PeerTerms:
        """Return the terms with a peer, from now on kept."""
        terms = self.terms.get(peer)
        if terms is None:
            terms = self.terms[peer] = PeerTerms(None, None, AnswerDelay(self.config))
        return terms

    def encoding_to(self, peer: Peer) -> str:
        """Return the encoding of requests to a peer."""
        terms = self.terms.get(peer)
        return self.encoding if terms is None or terms.encoding is None else terms.encoding

    def version_to(self, peer: Peer) -> int:
        """Return the protocol version of messages to a peer."""
        terms = self.terms.get(peer)
        return self.version if terms is None or terms.version is None else terms.version

    def pack(self, transaction: Transaction, peer: Peer, encoding: str) -> Parcel:
        """Encode a transaction for a peer; raises EncodeError."""
        version = self.version_to(peer)
        octets = codec.encode_transaction(transaction, version, encoding, dictionary=self._dictionary)
        return Parcel(octets, version, encoding)

    def excess(self, peer: Peer, parcel: Parcel) -> int:
        """Return by how many octets a message with this transaction alone is too long; 0 or less where it is not."""
        most = self.link(peer).most_octets
        surely = len(parcel.octets) + _HEAD - most
        return surely if surely <= 0 else len(self._message([parcel])) - most

    def put(self, peer: Peer, parcel: Parcel) -> None:
        """Let a transaction go out with the next messages."""
        self._counters.transactions_sent += 1
        queue = self._queues.get(peer)
        if queue is None:
            self._queues[peer] = [parcel]
        else:
            queue.append(parcel)

    def send(self, transaction: Transaction, peer: Peer, encoding: str) -> None:
        """Encode a transaction and let it go out."""
        self.put(peer, self.pack(transaction, peer, encoding))

    def send_alone(self, transaction: Transaction, peer: Peer, encoding: str) -> None:
        """Let a transaction go out in a message of its own.

        In text nothing stands between a SegmentReply and what follows it; Erlang/OTP, for one, cannot tell them apart.
        """
        self._counters.transactions_sent += 1
        self._messages.append((self._message([self.pack(transaction, peer, encoding)]), peer))

    def refuse(self, error: ErrorDescriptor, peer: Peer, encoding: str) -> None:
        """Let an error about a whole message go out."""
        message = Message(self.version_to(peer), self.mid, error=error)
        self._messages.append((codec.encode(message, encoding, dictionary=self._dictionary), peer))

    def acknowledge(self, peer: Peer, transaction_id: int) -> None:
        """Acknowledge a reply at once."""
        self._counters.acknowledgements_sent += 1
        self.send(TransactionResponseAck((TransactionAck(transaction_id),)), peer, self.encoding_to(peer))

    def note_ack(self, peer: Peer, transaction_id: int, now: float) -> None:
        """Acknowledge a reply with the next message to its sender, or when it has waited long enough."""
        terms = self.terms_of(peer)
        if not terms.acks:
            terms.acks_due = now + self.config.acknowledge_after_s
            self._overdue.add(terms.acks_due, (peer, terms, terms.acks_due))
        terms.acks.append(transaction_id)
        if len(terms.acks) >= self.config.most_acknowledged:
            self._put_acks(peer, terms)

    def handle_timer(self, now: float) -> None:
        """Send the acknowledgements that have waited long enough."""
        for peer, terms, _ in self._overdue.due(now):
            self._put_acks(peer, terms)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        return self._overdue.next_deadline()

    def take(self) -> list[tuple[bytes, Peer]]:
        """Return, once, the messages to send and their peers."""
        for peer, parcels in self._queues.items():
            terms = self.terms.get(peer)
            if terms is not None and terms.acks:
                acks = self._acks_of(peer, terms)
                self._counters.transactions_sent += len(acks)
                parcels[:0] = acks
            if len(parcels) == 1:
                self._messages.append((self._message(parcels), peer))
            else:
                self._messages += [(self._message(load), peer) for load in self._loads(peer, parcels)]
        self._queues.clear()
        taken, self._messages = self._messages, []
        self._counters.messages_sent += len(taken)
        return taken

    def _put_acks(self, peer: Peer, terms: PeerTerms) -> None:
        for parcel in self._acks_of(peer, terms):
            self.put(peer, parcel)

    def _acks_of(self, peer: Peer, terms: PeerTerms) -> list[Parcel]:
        acks, terms.acks = tuple(_ranges(sorted(set(terms.acks)))), []
        parcels = self._packed_acks(peer, acks)
        self._counters.acknowledgements_sent += len(parcels)
        return parcels

    def _packed_acks(self, peer: Peer, acks: tuple[TransactionAck, ...]) -> list[Parcel]:
        """Encode acknowledgements, in halves of halves until each fits a message."""
        parcel = self.pack(TransactionResponseAck(acks), peer, self.encoding_to(peer))
        if len(acks) == 1 or self.excess(peer, parcel) <= 0:
            return [parcel]
        half = len(acks) // 2
        return self._packed_acks(peer, acks[:half]) + self._packed_acks(peer, acks[half:])

    def _message(self, parcels: list[Parcel]) -> bytes:
        octets = [parcel.octets for parcel in parcels]
        first = parcels[0]
        return codec.assemble(first.version, self.mid, octets, first.encoding, dictionary=self._dictionary)

    def _loads(self, peer: Peer, parcels: list[Parcel]) -> Iterable[list[Parcel]]:
        """Share transactions out to messages, in their order: so many and so long as a message may hold."""
        load: list[Parcel] = []
        room = 0
        for parcel in parcels:
            alike = load and load[0].version == parcel.version and load[0].encoding == parcel.encoding
            if not alike or len(load) >= self.config.most_transactions_sent or len(parcel.octets) > room:
                if load:
                    yield load
                head = len(self._message([parcel])) - len(parcel.octets)
                load, room = [], self.link(peer).most_octets - head - _LENGTHS
            load.append(parcel)
            room -= len(parcel.octets)
        yield load


def _are_acks_waiting(named: tuple[Peer, PeerTerms, float]) -> bool:
    """Tell whether the acknowledgements that a deadline was set for have not gone with a message before it."""
    return bool(named[1].acks) and named[1].acks_due == named[2]


def _ranges(numbers: list[int]) -> Iterable[TransactionAck]:
    """Yield numbers in order as single ones and ranges."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield TransactionAck(first, None if first == last else last)
            first = number
        last = number
    yield TransactionAck(first, None if first == last else last)
