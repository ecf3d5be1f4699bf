"""Messages and exchanges judged by a profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iq_profile.roles import Sender
from megaco.message import Message, Node
from megaco.packages.items import Provenance

from . import checks, exchange
from .case import Case, Encoding, Transport
from .loading import Profile
from .model import AnyRule, Severity


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message, and what is known of how it came; None: nothing."""

    message: Message
    encoding: Encoding | None = None
    transport: Transport | None = None
    sender: Sender | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a message breaks."""

    rule_name: str
    """As the profile calls it: ``transactions-per-message``."""
    rule: AnyRule
    what: str
    """What was found; what was expected."""
    node: Node
    """Where: the node itself, as it stands in the message."""
    index: int = 0
    """Number of the message in its exchange, from 0."""
    own_provenance: Provenance = "standard"
    """How sure this of the rule is, where the rule as a whole is sure."""

    @property
    def provenance(self) -> Provenance:
        """How sure it is: the less sure of both."""
        return max(self.rule.provenance, self.own_provenance, key=_DOUBTS.index)

    @property
    def severity(self) -> Severity:
        """How bad it is: as the rule says, else an error where it is sure."""
        return self.rule.severity or ("error" if self.provenance == "standard" else "warning")

    @property
    def source(self) -> str:
        """Where the rule stands, and how sure that is where it is not read there."""
        doubt = "" if self.provenance == "standard" else self.provenance
        return ", ".join(part for part in (self.rule.clause, doubt) if part)

    def __str__(self) -> str:
        return f"{self.severity}[{self.rule_name}]: {self.what} ({self.source})"


_DOUBTS: tuple[Provenance, ...] = ("standard", "recalled", "assumed")


def judge(
    message: Message,
    profile: Profile,
    *,
    encoding: Encoding | None = None,
    transport: Transport | None = None,
    sender: Sender | None = None,
) -> list[Finding]:
    """Return what of a profile a message breaks, rule by rule; what is not told of how it came is not judged."""
    return _of_message(Case(message, profile, encoding, transport, sender), 0)


def judge_exchange(spoken: Sequence[Spoken], profile: Profile) -> list[Finding]:
    """Return what of a profile an exchange breaks, message by message; who sends is found out where it is not told."""
    cases = [Case(one.message, profile, one.encoding, one.transport, one.sender) for one in spoken]
    whole = exchange.Exchange.of(cases)
    found = [finding for index, case in enumerate(cases) for finding in _of_message(case, index)]
    for name, rule in profile.rules.items():
        check = exchange.CHECKS.get(type(rule))
        wrong: Iterable[exchange.WrongIn] = check(rule, whole) if check is not None else ()
        found += [Finding(name, rule, what, node, index) for index, node, what in wrong]
    return sorted(found, key=lambda finding: finding.index)


def _of_message(case: Case, index: int) -> list[Finding]:
    found: list[Finding] = []
    for name, rule in case.profile.rules.items():
        check = checks.CHECKS.get(type(rule))
        wrong: Iterable[checks.Wrong] = check(rule, case) if check is not None else ()
        found += [Finding(name, rule, one.what, one.node, index, one.provenance) for one in wrong]
    return found
