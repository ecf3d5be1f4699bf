"""What was asked, executed, said and told, and whether it may have been so: the oracles of a run.

At most one execution within an incarnation of the responder; exactly one outcome of each request, not later than T-MAX;
replies as they were said; the order of requests about one termination; TransactionIDs that do not come again.
"""

from collections import defaultdict
from typing import NamedTuple

from megaco import codec
from megaco.message import (
    ALL,
    CHOOSE,
    ActionReply,
    ActionRequest,
    AddRequest,
    ErrorDescriptor,
    Message,
    MessageIdentifier,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    SubtractRequest,
    TransactionReply,
    TransactionRequest,
    stands_for,
)
from megaco.transaction import Failure, ReplyReceived, RequestFailed, RequestReceived, TransactionConfig

from .plan import Step
from .traffic import Said
from .wire import Place

ABORTED, NO_ROOM, TOO_LONG = 506, 510, 533
"""Errors that a responder's engine says by itself."""
_ALONE = (AddRequest, ModifyRequest, MoveRequest, NotifyRequest)
_ANY_NUMBER = 65_535
_MOST_REPEATS = 30
"""Of one request: the waits double from some milliseconds to seconds, and T-MAX ends them."""


class Answer(NamedTuple):
    """What an executor said, and under which terms."""

    said: Said
    mid: MessageIdentifier
    version: int
    encoding: str
    most_octets: int
    most_segments: int
    """1 where a reply that is too long may not go in segments."""


class Exchange:
    """One request and what became of it."""

    def __init__(self, step: Step, requester: str, incarnation: int, number: int, now: float) -> None:
        self.step = step
        self.requester = requester
        self.incarnation = incarnation
        self.number = number
        """TransactionID."""
        self.submitted_at = now
        self.ahead: list[Exchange] = []
        """Those that it has to wait for."""
        self.outcome = ""
        """``answered``, ``cancelled``, ``died`` (with the requester), or the name of a Failure; "" as long as open."""
        self.answers: list[Answer] = []
        self.executions = 0
        self.is_refused = False
        self.is_aborted = False
        self.is_spoofed = False
        """Whether somebody said something in the responder's place that may pass for its reply."""
        self.names: frozenset[str] = frozenset()
        """Terminations that no other request may be under way about."""
        self.sweeps: tuple[str, ...] = ()
        """Terminations that it subtracts by ALL."""

    def __str__(self) -> str:
        step = self.step
        return f"request {step.number} ({step.who} to {step.to} at {step.at:.3f}, id {self.number})"


class Ledger:
    """Keeps account of a run; what should not have been goes to ``violations``."""

    def __init__(self, *, is_spoiled: bool, all_answered: bool, slack_s: float) -> None:
        self.violations: list[str] = []
        self.exchanges: list[Exchange] = []
        self.refused_locally = 0
        self._is_spoiled = is_spoiled
        """Whether datagrams are changed under way: then what they say proves nothing, only how many there are."""
        self._all_answered = all_answered
        self._slack_s = slack_s
        self._by_id: dict[tuple[str, int], Exchange] = {}
        self._by_step: dict[int, Exchange] = {}
        self._executed: dict[tuple[object, ...], float] = {}
        self._last_ids: dict[str, dict[int, float]] = defaultdict(dict)
        self._open: dict[tuple[str, int, Place], list[Exchange]] = defaultdict(list)

    def broken(self, now: float, what: str) -> None:
        """Note a violation."""
        self.violations.append(f"{now:.3f}: {what}")

    # ------------------------------------------------------------------------------------------------- requests

    def submitted(
        self,
        step: Step,
        incarnation: int,
        target: Place,
        number: int,
        actions: tuple[ActionRequest, ...],
        now: float,
        *,
        keeps_order: bool,
    ) -> Exchange:
        """Note a request that was made."""
        exchange = Exchange(step, step.who, incarnation, number, now)
        exchange.names, exchange.sweeps = _alone(actions), _sweeps(actions)
        line = self._open[step.who, incarnation, target]
        line[:] = [one for one in line if not one.outcome]
        if keeps_order:
            exchange.ahead = [one for one in line if _goes_before(one, exchange, actions)]
        line.append(exchange)
        self.exchanges.append(exchange)
        self._check_id(exchange, now)
        self._by_id[step.who, number] = exchange
        self._by_step[step.number] = exchange
        return exchange

    def _check_id(self, exchange: Exchange, now: float) -> None:
        used = self._last_ids[exchange.requester]
        if not 1 <= exchange.number <= 0xFFFFFFFF:
            self.broken(now, f"{exchange}: no TransactionID")
        if exchange.number in used:
            self.broken(now, f"{exchange}: the id was used at {used[exchange.number]:.3f}")
        used[exchange.number] = now

    def by_id(self, requester: str, number: int) -> Exchange | None:
        """Return the request with a TransactionID."""
        return self._by_id.get((requester, number))

    def spoofed(self, requester: str, number: int) -> None:
        """Note that the reply to a request may be somebody else's."""
        exchange = self.by_id(requester, number)
        if exchange is not None:
            exchange.is_spoofed = True

    def by_step(self, number: int) -> Exchange | None:
        """Return the request of the step with this number."""
        return self._by_step.get(number)

    # ------------------------------------------------------------------------------------------------ executions

    def received(
        self, name: str, incarnation: int, requester: str, event: RequestReceived, long_timer_s: float, now: float
    ) -> Exchange | None:
        """Note that a request is to be executed; return it, None where nobody honest made it.

        Honest networks deliver nothing after LONG-TIMER, others do, and then may have it executed again.
        """
        number = event.request.transaction_id
        exchange = self._by_id.get((requester, number))
        is_refused = exchange is not None and exchange.step.says == "refuse"
        key = (name, incarnation, event.mid, requester, number)
        is_again = key in self._executed and not is_refused
        is_honest = exchange is not None and not self._is_spoiled  # else the id may be that of another request
        if is_again and (is_honest or now < self._executed[key] + long_timer_s):
            self.broken(now, f"{exchange or key} is executed again, first at {self._executed[key]:.3f}")
        self._executed[key] = now
        if exchange is not None:
            exchange.executions += 1
            if not self._is_spoiled:
                self._check_turn(exchange, event.request, now)
        return exchange

    def _check_turn(self, exchange: Exchange, request: TransactionRequest, now: float) -> None:
        for one in exchange.ahead:
            if not one.outcome:
                self.broken(now, f"{exchange} came before {one} had ended")

    # -------------------------------------------------------------------------------------------------- outcomes

    def answered(
        self, name: str, incarnation: int, event: ReplyReceived, config: TransactionConfig, now: float
    ) -> None:
        """Note a reply that was delivered."""
        exchange = self._ended(name, incarnation, event, "answered", config, now)
        is_trusted = exchange is not None and not self._is_spoiled and not exchange.is_spoofed
        if exchange is not None and is_trusted and not self._is_right(exchange, event):
            told = [outline(*answer.said) for answer in exchange.answers]
            self.broken(now, f"{exchange}: {outline(event.reply.actions, event.reply.error)} is none of {told}")

    def failed(self, name: str, incarnation: int, event: RequestFailed, config: TransactionConfig, now: float) -> None:
        """Note a failure that was told."""
        exchange = self._ended(name, incarnation, event, event.reason.name, config, now)
        if exchange is None:
            return
        if event.reason is Failure.NOT_SENT and not exchange.ahead:
            self.broken(now, f"{exchange} was not sent and had nobody to wait for")
        if self._all_answered and event.reason is not Failure.NOT_SENT:
            self.broken(now, f"{exchange} failed: {event.reason.value}")

    def _ended(
        self,
        name: str,
        incarnation: int,
        event: ReplyReceived | RequestFailed,
        outcome: str,
        config: TransactionConfig,
        now: float,
    ) -> Exchange | None:
        exchange = self._by_id.get((name, event.transaction_id))
        if exchange is None or exchange.incarnation != incarnation:
            self.broken(now, f"{name}: {outcome}: {event.transaction_id}, which it did not ask")
            return None
        if exchange.outcome:
            self.broken(now, f"{exchange}: {outcome} after {exchange.outcome}")
        if event.repeats > _MOST_REPEATS:
            self.broken(now, f"{exchange} was repeated {event.repeats} times")
        elapsed_s = now - exchange.submitted_at
        if elapsed_s > config.lifetime_s + self._slack_s:
            self.broken(now, f"{exchange}: {outcome} after {elapsed_s:.3f} s")
        if not -1e-6 <= event.elapsed_s <= elapsed_s + 1e-6:
            self.broken(now, f"{exchange}: took {elapsed_s:.6f} s, not {event.elapsed_s:.6f}")
        exchange.outcome = outcome
        return exchange

    def _is_right(self, exchange: Exchange, event: ReplyReceived) -> bool:
        reply = event.reply
        if exchange.is_refused and reply.error is not None:
            return True
        for answer in exchange.answers:
            actions, error = answer.said
            is_same = reply.actions == actions or (answer.most_segments > 1 and _one(reply.actions) == _one(actions))
            if is_same and reply.error == error and event.mid == answer.mid:
                return True
        if _is_of_two_lives(exchange):
            return True
        code = 0 if reply.error is None else reply.error.code
        if code == TOO_LONG:
            return any(_is_too_long(exchange.number, answer) for answer in exchange.answers)
        return code == NO_ROOM or (code == ABORTED and exchange.is_aborted)

    def ended_otherwise(self, exchange: Exchange, outcome: str, now: float) -> None:
        """Note that a request was given up by whoever made it."""
        if exchange.outcome:
            self.broken(now, f"{exchange}: {outcome} after {exchange.outcome}")
        exchange.outcome = outcome

    def died(self, name: str, incarnation: int) -> None:
        """Note that a party has forgotten all that it asked."""
        for (requester, which, _), line in self._open.items():
            if requester == name and which == incarnation:
                for exchange in line:
                    exchange.outcome = exchange.outcome or "died"

    def finish(self, now: float) -> None:
        """Look for requests that came to nothing."""
        for exchange in self.exchanges:
            if not exchange.outcome:
                self.broken(now, f"{exchange} has neither reply nor failure")


def outline(actions: tuple[ActionReply, ...], error: ErrorDescriptor | None) -> str:
    """Return what is in a reply, without its lengths."""
    if error is not None:
        return f"error {error.code} {error.text or ''}"[:60]
    parts = (
        f"{action.context_id}: {', '.join(type(reply).__name__ for reply in action.replies)}"
        f"{'' if action.error is None else f' error {action.error.code}'}"
        for action in actions
    )
    return f"[{'; '.join(parts)}]"


def _alone(actions: tuple[ActionRequest, ...]) -> frozenset[str]:
    return frozenset(
        name.lower()
        for action in actions
        for asked in action.commands
        if isinstance(asked.command, _ALONE)
        for name in asked.command.termination_ids
        if CHOOSE not in name
    )


def _sweeps(actions: tuple[ActionRequest, ...]) -> tuple[str, ...]:
    return tuple(
        name
        for action in actions
        for asked in action.commands
        if isinstance(asked.command, SubtractRequest)
        for name in asked.command.termination_ids
        if ALL in name
    )


def _goes_before(one: Exchange, other: Exchange, actions: tuple[ActionRequest, ...]) -> bool:
    """Tell whether a request that is under way holds back another one (clause 9.1)."""
    if one.names & other.names:
        return True
    added = [
        name
        for action in actions
        for asked in action.commands
        if isinstance(asked.command, AddRequest)
        for name in asked.command.termination_ids
        if CHOOSE not in name
    ]
    return any(stands_for(pattern, name) for pattern in one.sweeps for name in added)


def _is_of_two_lives(exchange: Exchange) -> bool:
    """Tell whether a responder may have sent segments both before and after it started anew: nothing tells them apart.

    Whoever registers again ends what it was asked before.
    """
    senders = [answer.mid for answer in exchange.answers if answer.most_segments > 1]
    return len(senders) > len(set(senders))


def _one(actions: tuple[ActionReply, ...]) -> list[ActionReply]:
    """Return actions, those in a row on one context as one: segments do not tell them apart."""
    found: list[ActionReply] = []
    for action in actions:
        if found and found[-1].context_id == action.context_id and found[-1].error is None:
            found[-1] = ActionReply(action.context_id, replies=found[-1].replies + action.replies, error=action.error)
        else:
            found.append(action)
    return found


def _is_too_long(number: int, answer: Answer) -> bool:
    """Tell whether a reply fits neither into one message nor, where that may be, in segments of one command each."""
    actions, error = answer.said
    if _octets(TransactionReply(number, actions, error), answer) <= answer.most_octets - 1:
        return False
    if answer.most_segments == 1:
        return True
    pieces = [
        ActionReply(action.context_id, replies=(reply,), error=action.error)
        for action in actions
        for reply in action.replies
    ]
    lengths = [
        _octets(TransactionReply(number, (piece,), segment_number=_ANY_NUMBER, is_last_segment=True), answer)
        for piece in pieces
    ]
    return max(lengths) > answer.most_octets - 8 or sum(lengths) > answer.most_octets * answer.most_segments // 2


def _octets(reply: TransactionReply, answer: Answer) -> int:
    asked = TransactionReply(
        reply.transaction_id,
        reply.actions,
        reply.error,
        immediate_ack_required=reply.segment_number is None,
        segment_number=reply.segment_number,
        is_last_segment=reply.is_last_segment,
    )
    return len(codec.encode(Message(answer.version, answer.mid, (asked,)), answer.encoding))


def refusal() -> ErrorDescriptor:
    """Return the error of executors that refuse."""
    return ErrorDescriptor(505, "Transaction Request Received before a ServiceChange Reply has been received")
