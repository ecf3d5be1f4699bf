"""A profile as data (H.248.1 clause 13): the schema of ``grammars/profiles/iq.toml`` and of profiles of one's own.

A rule is a table with a ``kind``, which says how it is judged, and what the kind needs. Every rule says where it stands
and how sure that is; what is not ``standard`` is a warning unless ``severity`` says otherwise.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from iq_profile.roles import CommandWord, Naming, ProfileIdentity, RoleItems, Row, Sender
from megaco.message import ServiceChangeMethod
from megaco.packages.items import Provenance

Severity = Literal["error", "warning"]
DescriptorPath = Literal[
    "Media/TerminationState",
    "Media/Stream/LocalControl",
    "Media/Stream/Local",
    "Media/Stream/Remote",
    "Media/Stream/Statistics",
    "Modem",
    "Mux",
    "Events",
    "EventBuffer",
    "Signals",
    "DigitMap",
    "Statistics",
    "Audit",
    "ObservedEvents",
    "Packages",
    "Services",
    "Error",
    "Empty",
]
"""What a command or a reply can hold; of Media what is in it. Empty: a descriptor named without content."""
ContextWord = Literal["choose", "specific", "null", "all"]
"""What a context id can be: ``$``, a number, ``-``, ``*``."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="off"):
    """What all rules have; one of kind ``off`` is never broken, and takes the place of one that a profile extends."""

    clause: str = ""
    """Where it stands: ``TS 29.334 clause 5.10``."""
    provenance: Provenance = "assumed"
    severity: Severity | None = None
    """None: an error where the rule is ``standard``, else a warning."""


class VersionRule(Rule, frozen=True, tag="version"):
    """Protocol versions that messages have."""

    allowed: Annotated[tuple[Annotated[int, Meta(ge=1, le=3)], ...], Meta(min_length=1)]
    registering: tuple[Annotated[int, Meta(ge=1, le=3)], ...] = ()
    """Those of a ServiceChange and its reply, which come before a version is agreed."""


class EncodingRule(Rule, frozen=True, tag="encoding"):
    """Encodings that messages come in."""

    allowed: Annotated[tuple[Literal["text", "binary"], ...], Meta(min_length=1)]


class TransportRule(Rule, frozen=True, tag="transport"):
    """Transports that messages come over; judged where the exchange tells which it was."""

    allowed: Annotated[tuple[Literal["sctp", "udp", "tcp"], ...], Meta(min_length=1)]


class MessageIdentifierRule(Rule, frozen=True, tag="message-identifier"):
    """Forms of the mId."""

    allowed: Annotated[tuple[Literal["IpAddress", "DomainName", "DeviceName", "MtpAddress"], ...], Meta(min_length=1)]


class ConstantIdentifierRule(Rule, frozen=True, tag="constant-identifier"):
    """A side keeps its mId for the whole exchange."""


class TransactionsRule(Rule, frozen=True, tag="transactions"):
    """Transactions of one message, of every type together."""

    most: Annotated[int, Meta(ge=1)]


class CommandsRule(Rule, frozen=True, tag="commands"):
    """Commands of one transaction."""

    most: Annotated[int, Meta(ge=1)]


class OptionalCommandsRule(Rule, frozen=True, tag="optional-commands"):
    """Commands that may be ``O-``."""

    allowed: tuple[CommandWord, ...] = ()


class WildcardedRepliesRule(Rule, frozen=True, tag="wildcarded-replies"):
    """Commands that may be ``W-``."""

    allowed: tuple[CommandWord, ...] = ()


class CommandRule(Rule, frozen=True, tag="command"):
    """A command: who sends it, about which contexts, with which descriptors, and which come back."""

    command: CommandWord
    senders: tuple[Sender, ...] = ()
    """Nobody: the command is not used."""
    contexts: tuple[ContextWord, ...] = ()
    """Of terminations."""
    contexts_provenance: Provenance | None = None
    """How sure both lists of contexts are; None: as the rule is."""
    root_contexts: tuple[ContextWord, ...] = ()
    """Of ROOT; none: the command is not used on it."""
    request: tuple[DescriptorPath, ...] = ()
    reply: tuple[DescriptorPath, ...] = ()


class UnusedRule(Rule, frozen=True, tag="unused"):
    """Something that H.248.1 has and the profile has not."""

    what: Literal[
        "EventBufferControl", "ReserveGroup", "Topology", "IEPSCall", "ContextAttr", "Mux", "signal lists", "digit maps"
    ]


class RootOnlyRule(Rule, frozen=True, tag="root-only"):
    """ServiceState stands on ROOT only."""


class TerminationNamesRule(Rule, frozen=True, tag="termination-names"):
    """TerminationIDs have the form of the profile, and ``$`` stands in an Add only."""


class TerminationsRule(Rule, frozen=True, tag="terminations-per-context"):
    """Terminations that a context holds at once; judged over an exchange."""

    most: Annotated[int, Meta(ge=1)]


class ItemsRule(Rule, frozen=True, tag="items"):
    """Properties, events, signals and statistics are as their packages define them."""


class PackagesRule(Rule, frozen=True, tag="packages"):
    """Only packages of the profile are used, and of them the items that it names."""


class SdpLinesRule(Rule, frozen=True, tag="sdp-lines"):
    """Lines of the SDP in Local and Remote, by their letters."""

    required: tuple[Annotated[str, Meta(pattern="^[a-z]$")], ...]
    allowed: tuple[Annotated[str, Meta(pattern="^[a-z]$")], ...]

    def __post_init__(self) -> None:
        """Refuse what no SDP could keep."""
        if not set(self.required) <= set(self.allowed):
            raise ValueError("`required` has a letter that `allowed` has not")


class LocalChoiceRule(Rule, frozen=True, tag="local-choice"):
    """An Add leaves address and port of each Local to the gateway."""


class LocalChosenRule(Rule, frozen=True, tag="local-chosen"):
    """A reply's Local leaves nothing to choose."""


class ReplyContentRule(Rule, frozen=True, tag="reply-content"):
    """A reply tells of the streams alone whose Local left something to choose; judged over an exchange."""


class ReplyMatchRule(Rule, frozen=True, tag="reply-match"):
    """A reply answers a request of the other side, command by command; judged over an exchange."""


class SenderRule(Rule, frozen=True, tag="sender"):
    """A side sends its own commands, as their rules name the senders; judged where it is known which side it is."""


class ServiceChangeRule(Rule, frozen=True, tag="service-change"):
    """Methods and reasons of ServiceChange."""

    methods: tuple[ServiceChangeMethod, ...]
    reasons: tuple[Annotated[int, Meta(ge=900, le=999)], ...]


class RegistrationRule(Rule, frozen=True, tag="registration"):
    """A gateway that registers tells version and profile, this one: with Restart on ROOT and one of these reasons."""

    reasons: tuple[Annotated[int, Meta(ge=900, le=999)], ...]


class ErrorCodesRule(Rule, frozen=True, tag="error-codes"):
    """Error codes are those of H.248.8."""


class ProceduresRule(Rule, frozen=True, tag="procedures"):
    """Every command belongs to a procedure of the profile."""


class ElementsRule(Rule, frozen=True, tag="elements"):
    """A procedure holds its mandatory information elements."""


AnyRule = (
    Rule
    | VersionRule
    | EncodingRule
    | TransportRule
    | MessageIdentifierRule
    | ConstantIdentifierRule
    | TransactionsRule
    | CommandsRule
    | OptionalCommandsRule
    | WildcardedRepliesRule
    | CommandRule
    | UnusedRule
    | RootOnlyRule
    | TerminationNamesRule
    | TerminationsRule
    | ItemsRule
    | PackagesRule
    | SdpLinesRule
    | LocalChoiceRule
    | LocalChosenRule
    | ReplyContentRule
    | ReplyMatchRule
    | SenderRule
    | ServiceChangeRule
    | RegistrationRule
    | ErrorCodesRule
    | ProceduresRule
    | ElementsRule
)


class PackageUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A package of the profile; ``items`` are those used, by name, all where the list is empty."""

    use: Literal["mandatory", "optional"]
    clause: str
    provenance: Provenance
    version: Annotated[int, Meta(ge=1, le=99)] = 1
    """Items that a later version brought are not used."""
    items: tuple[str, ...] = ()


class ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file, with what it extends in it."""

    extends: str = ""
    """``iq``, or a file, relative to this one: its tables hold where this one says nothing; "": from nothing."""
    profile: ProfileIdentity | None = None
    """None: messages are judged whatever profile they register with."""
    terminations: Naming | None = None
    """None: no names are judged, and no procedures."""
    items: RoleItems | None = None
    """None: no procedures are judged."""
    packages: dict[str, PackageUse] = {}
    rules: dict[str, AnyRule] = {}
    procedures: dict[str, Row] = {}
