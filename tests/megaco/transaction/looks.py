"""Looks at what engines sent, and what the tests send in the place of their peers."""

from collections.abc import Callable, Hashable, Iterable

from megaco.codec import Dictionary, decode, encode
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    DeviceName,
    Message,
    MessageIdentifier,
    ModifyRequest,
    Transaction,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import LinkTerms, TransactionConfig, TransactionEngine, TransactionIds

from ...harness import Pair


def transactions(octets: bytes) -> tuple[Transaction, ...]:
    """Return what a message carries."""
    return decode(octets).transactions


def kinds(pair: Pair, sender: str) -> list[type]:
    """Return the kinds of transactions that one side sent, in order."""
    return [type(one) for octets in pair.octets(sender) for one in transactions(octets)]


def sent_at(pair: Pair, sender: str) -> list[float]:
    """Return when one side sent each datagram."""
    return [round(datagram.at, 3) for datagram in pair.sent if datagram.sender == sender]


def from_b(*several: Transaction) -> bytes:
    """Write a message as side b would."""
    return encode(Message(1, DeviceName("b"), several), "compact")


def id_of(transaction: Transaction) -> int:
    """Return the TransactionID of any transaction but an acknowledgement."""
    assert not isinstance(transaction, TransactionResponseAck)
    return transaction.transaction_id


# --------------------------------------------------------------------------------------------------- a single engine


def an_engine(
    config: TransactionConfig | None = None,
    *,
    encoding: str = "compact",
    version: int = 1,
    names: Dictionary | None = None,
    origin: Callable[[Hashable], Hashable] | None = None,
    link: Callable[[Hashable], LinkTerms] | None = None,
) -> TransactionEngine:
    """Make an engine whose first TransactionID is 1, and whose repeats are spread by half."""
    return TransactionEngine(
        DeviceName("a"),
        config or TransactionConfig(),
        identifiers=TransactionIds(0.0),
        jitter=lambda: 0.5,
        encoding=encoding,
        version=version,
        dictionary=names,
        origin=origin,
        link=link,
    )


def hear(
    engine: TransactionEngine,
    peer: Hashable,
    *several: Transaction,
    now: float = 0.0,
    mid: MessageIdentifier | None = None,
    version: int = 1,
    encoding: str = "compact",
) -> None:
    """Let an engine receive transactions in one message; the mId is the peer's name, up to a colon, or as told."""
    message = Message(version, mid or DeviceName(str(peer).partition(":")[0]), several)
    engine.receive(encode(message, encoding), peer, now)


def said(engine: TransactionEngine) -> list[Transaction]:
    """Take what an engine has to send, and return its transactions."""
    return [one for octets, _ in engine.take_datagrams() for one in transactions(octets)]


def said_to(engine: TransactionEngine, peer: Hashable) -> list[Transaction]:
    """Take what an engine has to send, and return the transactions to one peer."""
    return [one for octets, to in engine.take_datagrams() if to == peer for one in transactions(octets)]


def messages(engine: TransactionEngine) -> list[Message]:
    """Take what an engine has to send."""
    return [decode(octets) for octets, _ in engine.take_datagrams()]


def modifies(context: int, *names: str) -> ActionRequest:
    """Return an action that modifies terminations, each by a command of its own."""
    return ActionRequest(context, commands=tuple(CommandRequest(ModifyRequest((name,))) for name in names))


def requests(*numbers: int) -> list[TransactionRequest]:
    """Return requests as a peer might make them, about different terminations."""
    return [TransactionRequest(number, (modifies(1, f"t{number}"),)) for number in numbers]


def replies(numbers: Iterable[int]) -> list[TransactionReply]:
    """Return replies to requests of ours that say nothing."""
    return [TransactionReply(number, (ActionReply(1),)) for number in numbers]
