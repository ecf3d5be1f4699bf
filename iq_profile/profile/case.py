"""A message laid out for judging: its commands, replies, items and procedures, each found once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from iq_profile.procedures import Recognition, recognise_command
from iq_profile.roles import CommandWord, Sender
from megaco.message import (
    ROOT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    CommandRequest,
    ContextAuditReply,
    ErrorDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    Message,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    Node,
    NotifyReply,
    NotifyRequest,
    RemoteDescriptor,
    ServiceChangeReply,
    ServiceChangeRequest,
    StreamDescriptor,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    TransactionRequest,
)
from megaco.packages.places import Place, places
from megaco.sdp import Sdp, SdpError

from .loading import Profile
from .model import CommandRule

Encoding = Literal["text", "binary"]
Transport = Literal["sctp", "udp", "tcp"]

WORDS: dict[type, CommandWord] = {
    AddRequest: "Add",
    ModifyRequest: "Modify",
    MoveRequest: "Move",
    SubtractRequest: "Subtract",
    AuditValueRequest: "AuditValue",
    AuditCapabilityRequest: "AuditCapability",
    NotifyRequest: "Notify",
    ServiceChangeRequest: "ServiceChange",
    AddReply: "Add",
    ModifyReply: "Modify",
    MoveReply: "Move",
    SubtractReply: "Subtract",
    AuditValueReply: "AuditValue",
    AuditCapabilityReply: "AuditCapability",
    NotifyReply: "Notify",
    ServiceChangeReply: "ServiceChange",
}
"""H.248.1's word for a command or its reply."""


def word_of(reply: CommandReply) -> CommandWord:
    """Return H.248.1's word for the command that a reply answers."""
    if isinstance(reply, ContextAuditReply):
        return "AuditCapability" if reply.is_capability else "AuditValue"
    return WORDS[type(reply)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A command where it stands."""

    transaction: TransactionRequest
    action: ActionRequest
    request: CommandRequest

    @property
    def command(self) -> Command:
        """The command itself."""
        return self.request.command

    @property
    def node(self) -> Node:
        """The command, as of a reply the reply."""
        return self.request.command

    @property
    def word(self) -> CommandWord:
        """H.248.1's word for it."""
        return WORDS[type(self.command)]

    @property
    def is_about_root(self) -> bool:
        """Whether it is about the gateway as a whole."""
        return is_root(self.command.termination_ids)


@dataclass(frozen=True, slots=True)
class Told:
    """A reply to a command where it stands."""

    transaction: TransactionReply
    action: ActionReply
    reply: CommandReply

    @property
    def node(self) -> Node:
        """The reply."""
        return self.reply

    @property
    def word(self) -> CommandWord:
        """H.248.1's word for the command that it answers."""
        return word_of(self.reply)


@dataclass
class Case:
    """A message, and what is known of how it came."""

    message: Message
    profile: Profile
    encoding: Encoding | None = None
    """None: not known."""
    transport: Transport | None = None
    sender: Sender | None = None

    @cached_property
    def asked(self) -> list[Asked]:
        """Every command."""
        requests = [one for one in self.message.transactions if isinstance(one, TransactionRequest)]
        return [
            Asked(one, action, request) for one in requests for action in one.actions for request in action.commands
        ]

    @cached_property
    def told(self) -> list[Told]:
        """Every reply to a command."""
        replies = [one for one in self.message.transactions if isinstance(one, TransactionReply)]
        return [Told(one, action, reply) for one in replies for action in one.actions for reply in action.replies]

    @cached_property
    def items(self) -> list[Place]:
        """Every item of a package."""
        return places(self.message)

    @cached_property
    def recognitions(self) -> list[tuple[Asked, Recognition]]:
        """What each command is; empty where the profile has no procedures."""
        roles = self.profile.roles_or_none
        if roles is None:
            return []
        return [(one, recognise_command(one.action, one.request, roles, self.sender)) for one in self.asked]

    @cached_property
    def streams(self) -> list[tuple[Asked | Told, StreamDescriptor]]:
        """Every stream of a command or a reply."""
        return [(one, stream) for one in self.spoken for stream in streams_of(one.node)]

    @cached_property
    def spoken(self) -> list[Asked | Told]:
        """Every command and every reply."""
        return [*self.asked, *self.told]

    @property
    def is_before_agreement(self) -> bool:
        """Whether it may come before a version is agreed: ServiceChange and what answers it, and refusals."""
        words = [one.word for one in self.spoken]
        return all(word == "ServiceChange" for word in words)


def senders_of(profile: Profile) -> dict[CommandWord, tuple[Sender, ...]]:
    """Return who sends which command, as the rules of a profile say."""
    return {rule.command: rule.senders for rule in profile.rules.values() if isinstance(rule, CommandRule)}


def is_root(termination_ids: tuple[str, ...]) -> bool:
    """Tell whether a command or reply names ROOT."""
    return bool(termination_ids) and termination_ids[0].upper() == ROOT


def parsed(node: LocalDescriptor | RemoteDescriptor) -> Sdp | None:
    """Return the SDP of a descriptor; None where it is none."""
    try:
        return Sdp.parse(bytes(node.sdp))
    except SdpError:
        return None


def streams_of(node: Node) -> tuple[StreamDescriptor, ...]:
    """Return the streams of a command or a reply."""
    media: MediaDescriptor | None = getattr(node, "media", None)
    return media.streams if media is not None else ()


def descriptors_of(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield what a command or a reply holds, by its path: ``Media/Stream/Local``, ``Events``, ``Audit``."""
    for one in getattr(node, "descriptors", ()):
        if isinstance(one, MediaDescriptor):
            yield from _media(one)
        else:
            yield type(one).__name__.removesuffix("Descriptor"), one
    for field, word in (("audit", "Audit"), ("observed_events", "ObservedEvents"), ("services", "Services")):
        one = getattr(node, field, None)
        if isinstance(one, Node):
            yield word, one
    error = getattr(node, "error", None)
    if isinstance(error, ErrorDescriptor) and error not in getattr(node, "descriptors", ()):
        yield "Error", error


def _media(media: MediaDescriptor) -> Iterator[tuple[str, Node]]:
    if media.termination_state is not None:
        yield "Media/TerminationState", media.termination_state
    for stream in media.streams:
        for word in ("LocalControl", "Local", "Remote", "Statistics"):
            one = getattr(stream, {"LocalControl": "local_control"}.get(word, word.lower()))
            if one is not None:
                yield f"Media/Stream/{word}", one


def errors_of(message: Message) -> Iterator[ErrorDescriptor]:
    """Yield every error descriptor of a message, wherever it stands."""
    if message.error is not None:
        yield message.error
    for transaction in message.transactions:
        if isinstance(transaction, TransactionRequest):
            commands = [request.command for action in transaction.actions for request in action.commands]
            yield from (one.error for one in commands if isinstance(one, NotifyRequest) and one.error is not None)
        elif isinstance(transaction, TransactionReply):
            holders = [transaction, *transaction.actions, *(one for act in transaction.actions for one in act.replies)]
            yield from (one.error for one in holders if one.error is not None)
