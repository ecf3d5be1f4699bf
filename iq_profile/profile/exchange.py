"""How the rules are judged that need more than one message: an exchange between a controller and a gateway."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, TypeAlias

import msgspec

from iq_profile.roles import Sender
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE,
    CHOOSE_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    Command,
    CommandReply,
    ContextAuditReply,
    DomainName,
    IpAddress,
    MessageIdentifier,
    Node,
    ServiceChangeMethod,
    ServiceChangeRequest,
    StreamDescriptor,
    SubtractReply,
    TransactionReply,
    TransactionRequest,
    first_error,
    stands_for,
)
from megaco.packages.places import UNNAMED_STREAM

from .case import WORDS, Case, is_root, senders_of, streams_of, word_of
from .model import (
    ConstantIdentifierRule,
    ReplyContentRule,
    ReplyMatchRule,
    Rule,
    TerminationsRule,
)

WrongIn: TypeAlias = tuple[int, Node, str]
"""What breaks a rule: the number of the message from 0, the node of its tree, and in words."""

_SIDES = 2
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
        exchange._find_senders()
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

    def _find_senders(self) -> None:
        """Note who a side is: as told, or by the first command that is its alone; the other is what is left."""
        mids = {case.message.mid for case in self.cases}
        for case in self.cases:
            sender = case.sender or self.senders.get(case.message.mid) or _only_sender(case)
            if sender is not None and case.message.mid not in self.senders:
                self.senders[case.message.mid] = sender
                others = mids - self.senders.keys() if len(mids) == _SIDES else set()
                self.senders |= dict.fromkeys(others, _OTHER[sender])
        for case in self.cases:
            case.sender = case.sender or self.senders.get(case.message.mid)


def _only_sender(case: Case) -> Sender | None:
    """Return who sends a message by the first of its commands that only one side sends."""
    senders = senders_of(case.profile)
    for one in case.asked:
        allowed = senders.get(one.word, ())
        if len(allowed) == 1:
            return allowed[0]
    return None


def _constant_identifier(rule: ConstantIdentifierRule, exchange: Exchange) -> Iterator[WrongIn]:
    known: list[str] = []
    for index, case in enumerate(exchange.cases):
        shown = _spelled(case.message.mid)
        if shown not in known:
            known.append(shown)
            if len(known) > _SIDES:
                yield index, case.message.mid, f"{shown} is a third mId in the exchange; a side keeps its own"


def _spelled(mid: MessageIdentifier) -> str:
    """Return a mId in one spelling: names have no case, IPv6 addresses are compressed."""
    match mid:
        case DomainName(name=name, port=port):
            return f"<{name.lower()}>:{port or ''}".rstrip(":")
        case IpAddress(address=address, port=port):
            with suppress(ValueError):
                address = str(ip_address(address))
            return f"[{address}]:{port or ''}".rstrip(":")
    return " ".join(str(part) for part in msgspec.structs.astuple(mid) if part is not None)


def _terminations(rule: TerminationsRule, exchange: Exchange) -> Iterator[WrongIn]:
    contexts: dict[int, set[str]] = {}
    for index, case in enumerate(exchange.cases):
        if any(_restarts(one.command) for one in case.asked):
            contexts.clear()
        for told in case.told:
            held = contexts.setdefault(told.action.context_id, set())
            if isinstance(told.reply, AddReply) and told.reply.error is None:
                before = len(held)
                held.update(name.lower() for name in told.reply.termination_ids)
                if len(held) > rule.most >= before:
                    yield index, told.reply, f"{len(held)} terminations in a context; expected at most {rule.most}"
            elif isinstance(told.reply, SubtractReply) and told.reply.error is None:
                patterns = told.reply.termination_ids
                contexts[told.action.context_id] = {
                    one for one in held if not any(_names(two, one) for two in patterns)
                }


def _restarts(command: Command) -> bool:
    """Tell whether a command says that the gateway begins anew, without contexts."""
    if not isinstance(command, ServiceChangeRequest):
        return False
    return is_root(command.termination_ids) and command.services.method is ServiceChangeMethod.RESTART


def _names(pattern: str, name: str) -> bool:
    """Tell whether a TerminationID of a request, which may have wildcards at its levels, stands for another."""
    return stands_for(pattern, name, (ALL, CHOOSE))


def _reply_match(rule: ReplyMatchRule, exchange: Exchange) -> Iterator[WrongIn]:
    for answer in exchange.answers:
        if answer.request is None:
            number = answer.reply.transaction_id
            yield answer.index, answer.reply, f"a reply to transaction {number}, which the other side has not sent"
        elif answer.reply.error is None and answer.reply.segment_number is None:
            yield from ((answer.index, node, what) for node, what in _unanswered(answer.reply, answer.request.actions))


def _unanswered(reply: TransactionReply, asked: tuple[ActionRequest, ...]) -> Iterator[tuple[Node, str]]:
    """Yield what of a reply answers nothing, and what it leaves without answer."""
    if any(one.context_id == ALL_CONTEXTS for one in asked):  # each context answers with an action of its own
        for action in reply.actions:
            if not any(_is_context(action, one) for one in asked):
                yield action, f"a reply of context {action.context_id}, which was not asked"
        return
    for action, request in zip(reply.actions, asked, strict=False):
        yield from _unmatched(action, request)
    if len(reply.actions) > len(asked):
        yield reply, "replies of more actions than were asked"
    elif len(reply.actions) < len(asked) and not any(_has_failed(action) for action in reply.actions):
        yield reply, f"no reply to {len(asked) - len(reply.actions)} of the actions"


def _is_context(action: ActionReply, asked: ActionRequest) -> bool:
    return asked.context_id in (ALL_CONTEXTS, CHOOSE_CONTEXT, action.context_id)


def _has_failed(action: ActionReply) -> bool:
    return first_error(None, (action,)) is not None


def _unmatched(action: ActionReply, asked: ActionRequest) -> Iterator[tuple[Node, str]]:
    """Yield replies to commands that were not asked, in their order, and the first command that got none."""
    if not _is_context(action, asked) and action.error is None:
        yield action, f"a reply of context {action.context_id}; asked was {asked.context_id}"
        return
    waiting = [request.command for request in asked.commands]
    answered: Command | None = None
    for reply in action.replies:
        if waiting and _answers(reply, waiting[0]):
            answered = waiting.pop(0)
        elif answered is None or not _answers(reply, answered):  # a wildcard brings a reply for each termination
            yield reply, f"a reply to {word_of(reply)} of {_listed(reply)}, which was not asked here"
            return
    if waiting and not _has_failed(action):
        yield action, f"no reply to {WORDS[type(waiting[0])]}"


def _answers(reply: CommandReply, command: Command) -> bool:
    if isinstance(reply, ContextAuditReply):
        return word_of(reply) == WORDS[type(command)]
    named = all(any(_names(asked, told) for asked in command.termination_ids) for told in reply.termination_ids)
    return word_of(reply) == WORDS[type(command)] and (named or getattr(reply, "error", None) is not None)


def _listed(reply: CommandReply) -> str:
    return ", ".join(reply.termination_ids)


def _reply_content(rule: ReplyContentRule, exchange: Exchange) -> Iterator[WrongIn]:
    for answer in exchange.answers:
        if answer.request is None:
            continue
        commands = [request.command for action in answer.request.actions for request in action.commands]
        given = {_number(stream) for one in commands for stream in streams_of(one) if stream.local is not None}
        for reply in (reply for action in answer.reply.actions for reply in action.replies):
            for stream in streams_of(reply) if word_of(reply) in ("Add", "Modify") else ():
                number = _number(stream)
                if number not in given:
                    yield answer.index, stream, f"stream {number} in the reply, whose Local the request did not give"


def _number(stream: StreamDescriptor) -> int:
    return stream.stream_id or UNNAMED_STREAM


CHECKS: dict[type[Rule], Callable[[Any, Exchange], Iterator[WrongIn]]] = {
    ConstantIdentifierRule: _constant_identifier,
    TerminationsRule: _terminations,
    ReplyMatchRule: _reply_match,
    ReplyContentRule: _reply_content,
}
"""Kind of rule -> what breaks it in an exchange."""
