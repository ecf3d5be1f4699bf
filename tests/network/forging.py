"""Somebody in between: hears every datagram, says some again, and makes up others from what it heard."""

from random import Random
from typing import TYPE_CHECKING, Final

from megaco import codec
from megaco.errors import DecodeError
from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    Message,
    SegmentReply,
    Transaction,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)

from .plan import Step
from .wire import Place, Seen, flipped, shortened, spoiled

if TYPE_CHECKING:
    from .simulation import World

_LAST_ID: Final = 2**32 - 1
_SPARE_S: Final = 3.0
"""How long before LONG-TIMER is over a request is said again at the latest: its host may be stalled."""


class Forger:
    """Speaks from a place of its own, or in the place of others what these have said."""

    def __init__(self, world: "World", chance: Random) -> None:
        self._world = world
        self._chance = chance
        self._place = Place("mallory", 666)

    def act(self, step: Step) -> None:
        """Do the step of a plan, where there is anything to do it upon."""
        seen = self._world.wire.seen
        if not seen:
            return
        heard = seen[min(int(step.picks * len(seen)), len(seen) - 1)]
        if step.do == "garbage":
            if step.change == "same":
                self._world.deliver(spoiled(b"", self._chance), heard.source, heard.target)
            else:
                self._world.deliver(spoiled(heard.octets, self._chance), self._place, heard.target)
        elif step.do == "replay":
            if self._may_come_again(heard):
                self._world.deliver(heard.octets, heard.source, heard.target)
        else:
            self._forge(heard, step.change, is_spoof=step.do == "spoof")

    def _may_come_again(self, heard: Seen) -> bool:
        """Tell whether nobody has a right to have forgotten what was asked: that is so for LONG-TIMER."""
        for transaction in _transactions(heard.octets):
            if isinstance(transaction, TransactionRequest):
                asked = self._world.ledger.by_id(self._world.name_at(heard.source), transaction.transaction_id)
                long_timer_s = self._world.hosts[self._world.name_at(heard.target)].config.long_timer_s
                if asked is None or self._world.clock.now > asked.submitted_at + long_timer_s - _SPARE_S:
                    return False
        return True

    def _forge(self, heard: Seen, change: str, *, is_spoof: bool) -> None:
        """Say what was heard, or what its receiver would answer to a request or to a reply, as oneself or as him."""
        if change in ("flip", "cut", "request"):
            made = flipped if change == "flip" else shortened
            octets = heard.octets if change == "request" or not heard.octets else made(heard.octets, self._chance)
            self._world.deliver(octets, self._place, heard.target)
            return
        kind = TransactionRequest if change in ("reply", "pending", "piece") else TransactionReply
        for transaction in _transactions(heard.octets):
            if isinstance(transaction, kind):
                said = self._forged(change, transaction.transaction_id, heard, is_spoof=is_spoof)
                self._say(said, heard.target, heard.source, heard.target if is_spoof else self._place)

    def _forged(self, change: str, number: int, heard: Seen, *, is_spoof: bool) -> Transaction:
        chance = self._chance
        match change:
            case "reply":
                return TransactionReply(number, error=ErrorDescriptor(500, "forged"))
            case "piece":
                self._world.ledger.spoofed(self._world.name_at(heard.source), number)
                place, is_last = chance.randrange(4), chance.random() < 0.5
                return TransactionReply(number, (ActionReply(1),), segment_number=place, is_last_segment=is_last)
            case "pending":
                return TransactionPending(number)
            case "segment":
                return SegmentReply(number, chance.randrange(4), chance.random() < 0.5)
        every = TransactionAck(1, _LAST_ID), TransactionAck(number), TransactionAck(_LAST_ID, 1)
        return TransactionResponseAck(every if is_spoof else (TransactionAck(number),))

    def _say(self, transaction: Transaction, pretended: Place, target: Place, source: Place) -> None:
        host = self._world.hosts.get(self._world.name_at(pretended))
        if host is not None:
            octets = codec.encode(Message(3, host.mid, (transaction,)), "compact")
            self._world.deliver(octets, source, target)


def _transactions(octets: bytes) -> tuple[Transaction, ...]:
    try:
        return codec.decode(octets).transactions
    except DecodeError:
        return ()
