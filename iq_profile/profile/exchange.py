"""How the rules are judged that need more than one message: an exchange between a controller and a gateway."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from iq_profile.roles import CommandWord, Sender
from megaco.message import (
    ActionReply,
    ActionRequest,
    AddReply,
    Command,
    CommandReply,
    MessageIdentifier,
    Node,
    SubtractReply,
    TransactionReply,
    TransactionRequest,
)

from .case import WORDS, Case, streams_of
from .model import (
    CommandRule,
    ConstantIdentifierRule,
    ReplyContentRule,
    ReplyMatchRule,
    Rule,
    SenderRule,
    TerminationsRule,
)

WrongIn: TypeAlias = tuple[int, Node, str]
"""What breaks a rule: the number of the message from 0, the node of its tree, and in words."""

_OTHER: dict[Sender, Sender] = {"controller": "gateway", "gateway": "controller"}


@dataclass(frozen=True)
class Answer:
    """A reply, and the request that it answers."""

    index: int
    """Of the reply's message."""
    reply: TransactionReply
    request: TransactionRequest | None
    """None: no message of the other side has it."""


@dataclass
class Exchange:
    """Messages in the order in which they were seen, and what they are to each other."""

    cases: list[Case]
    senders: dict[MessageIdentifier, Sender] = field(default_factory=dict)
    """Who is who, as the commands of each side say first."""
    answers: list[Answer] = field(default_factory=list)

    @classmethod
    def of(cls, cases: list[Case]) -> "Exchange":
        """Find out who is who and which reply belongs to which request; each case learns its sender."""
        exchange = cls(cases)
        for case in cases:
            exchange._learn(case)
        for case in cases:
            case.sender = case.sender or exchange.senders.get(case.message.mid)
        requests: dict[int, dict[MessageIdentifier, TransactionRequest]] = {}
        for index, case in enumerate(cases):
            for one in case.message.transactions:
                if isinstance(one, TransactionRequest):
                    requests.setdefault(one.transaction_id, {})[case.message.mid] = one
                elif isinstance(one, TransactionReply):
                    of_number = requests.get(one.transaction_id, {})
                    found = (request for mid, request in of_number.items() if mid != case.message.mid)
                    exchange.answers.append(Answer(index, one, next(found, None)))
        return exchange

    def _learn(self, case: Case) -> None:
        """Note who a side is by the first command that only one of both sends; the other is what is left."""
        senders = _senders(case)
        for one in case.asked:
            allowed = senders.get(one.word, ())
            if len(allowed) == 1 and case.message.mid not in self.senders:
                self.senders[case.message.mid] = allowed[0]
        others = {case.message.mid for case in self.cases} - self.senders.keys()
        if len(self.senders) == 1 and len(others) == 1:
            (known,) = self.senders.values()
            self.senders[others.pop()] = _OTHER[known]


def _senders(case: Case) -> dict[CommandWord, tuple[Sender, ...]]:
    """Return who sends which command, as the profile says."""
    return {rule.command: rule.senders for rule in case.profile.rules.values() if isinstance(rule, CommandRule)}


def _constant_identifier(rule: ConstantIdentifierRule, exchange: Exchange) -> Iterator[WrongIn]:
    known: list[MessageIdentifier] = []
    for index, case in enumerate(exchange.cases):
        mid = case.message.mid
        if mid not in known:
            known.append(mid)
            if len(known) > 2:
                shown = ", ".join(str(part) for part in msgspec.structs.astuple(mid) if part is not None)
                yield index, mid, f"{shown} is a third mId in the exchange; a side keeps its own"


def _sender(rule: SenderRule, exchange: Exchange) -> Iterator[WrongIn]:
    for index, case in enumerate(exchange.cases):
        sender, senders = exchange.senders.get(case.message.mid), _senders(case)
        for one in case.asked:
            allowed = senders.get(one.word)
            if sender is not None and allowed and sender not in allowed:
                yield index, one.command, f"{one.word} from the side that was the {sender} before"


def _terminations(rule: TerminationsRule, exchange: Exchange) -> Iterator[WrongIn]:
    contexts: dict[int, set[str]] = {}
    for index, case in enumerate(exchange.cases):
        for told in case.told:
            held = contexts.setdefault(told.action.context_id, set())
            if isinstance(told.reply, AddReply) and told.reply.error is None:
                before = len(held)
                held.update(name.lower() for name in told.reply.termination_ids)
                if len(held) > rule.most >= before:
                    yield index, told.reply, f"{len(held)} terminations in a context; expected at most {rule.most}"
            elif isinstance(told.reply, SubtractReply) and told.reply.error is None:
                names = {name.lower() for name in told.reply.termination_ids}
                contexts[told.action.context_id] = set() if "*" in names else held - names


def _reply_match(rule: ReplyMatchRule, exchange: Exchange) -> Iterator[WrongIn]:
    for answer in exchange.answers:
        if answer.request is None:
            number = answer.reply.transaction_id
            yield answer.index, answer.reply, f"a reply to transaction {number}, which the other side has not sent"
            continue
        for action, asked in zip(answer.reply.actions, answer.request.actions, strict=False):
            yield from ((answer.index, node, what) for node, what in _unmatched(action, asked))
        if len(answer.reply.actions) > len(answer.request.actions):
            yield answer.index, answer.reply, "replies of more actions than were asked"


def _unmatched(action: ActionReply, asked: ActionRequest) -> Iterator[tuple[Node, str]]:
    """Yield replies to commands that were not asked, in their order, and the first command that got none."""
    waiting = [request.command for request in asked.commands]
    answered: Command | None = None
    for reply in action.replies:
        if answered is not None and _answers(reply, answered):  # a wildcard brings a reply for each termination
            if waiting and _answers(reply, waiting[0]):
                answered = waiting.pop(0)
            continue
        if not waiting or not _answers(reply, waiting[0]):
            yield reply, f"a reply to {_word(reply)}, which was not asked here"
            return
        answered = waiting.pop(0)
    failed = action.error is not None or any(getattr(reply, "error", None) is not None for reply in action.replies)
    if waiting and not failed:
        yield action, f"no reply to {WORDS[type(waiting[0])]}"


def _answers(reply: CommandReply, command: Command) -> bool:
    return _word(reply) == WORDS[type(command)]


def _word(reply: CommandReply) -> str:
    return WORDS.get(type(reply)) or "AuditValue"


def _reply_content(rule: ReplyContentRule, exchange: Exchange) -> Iterator[WrongIn]:
    for answer in exchange.answers:
        if answer.request is None:
            continue
        asked = {
            stream.stream_id or 1
            for action in answer.request.actions
            for request in action.commands
            for stream in streams_of(request.command)
            if stream.local is not None and b"$" in bytes(stream.local.sdp)
        }
        for action in answer.reply.actions:
            for reply in action.replies:
                for stream in streams_of(reply) if _word(reply) in ("Add", "Modify") else ():
                    if (stream.stream_id or 1) not in asked:
                        number = stream.stream_id or 1
                        yield answer.index, stream, f"stream {number} in the reply, of which nothing was left to choose"


CHECKS: dict[type[Rule], Callable[[Any, Exchange], Iterator[WrongIn]]] = {
    ConstantIdentifierRule: _constant_identifier,
    SenderRule: _sender,
    TerminationsRule: _terminations,
    ReplyMatchRule: _reply_match,
    ReplyContentRule: _reply_content,
}
"""Kind of rule -> what breaks it in an exchange."""
