"""Settings of the bookkeeping: limits, names that it may make, and the codes of cases that no readable clause codes."""

import msgspec

from megaco.message import ALL, CHOOSE


class RefusalCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Codes (H.248.8) of refusals that H.248.1 version 1 names no code for.

    When to use a code is defined in H.248.8, which was not readable: these are assumptions from the codes' titles.
    """

    wrong_choose: int = 410
    """CHOOSE in a command that takes existing terminations only (clauses 7.2.2 to 7.2.8 call it an error)."""
    out_of_service: int = 502
    """Add or Move of a termination that is out of service (clauses 7.2.1 and 7.2.4 forbid it)."""
    leaving: int = 521
    """Add or Move of a termination that leaves service gracefully."""
    moved_from_null: int = 435
    """Move of a termination in the null context (clause 7.2.4 forbids it)."""
    method_for_root: int = 449
    """ServiceChange of a termination other than ROOT with a method that is for ROOT alone (clause 7.2.8)."""
    nothing_known: int = 532
    """Audit of a context property that was never set."""
    too_many_replies: int = 533
    """A command or an audit that would be answered with more than ``most_replies``."""
    too_much_work: int = 510
    """More comparisons of names, topology or context properties than the limits allow."""
    wrong_choice: int = 500
    """The application chose a termination that is in a context already."""
    busy: int = 511
    """A transaction for which there is no room among those that wait for their turn."""


class ContextsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits and habits of a gateway's bookkeeping."""

    most_contexts: int = 10_000
    """Contexts at once; one more is refused with 412."""
    most_terminations: int = 100_000
    """Terminations at once, provisioned and ephemeral; CHOOSE of one more is refused with 432."""
    most_terminations_per_context: int = 64
    """Terminations in one context (clause 6.1 calls it a property of the gateway); one more is refused with 434."""
    most_replies: int = 10_000
    """Command replies, names in lists, and triples and properties of contexts, in the reply to one transaction.

    A command that would go beyond it is refused with 533 before any of it is done. A wildcarded reply counts as one,
    and holds so many different descriptors at most.
    """
    most_comparisons: int = 1_000_000
    """Names compared with wildcards in one transaction; beyond it commands are refused with 510."""
    most_flows: int = 10_000
    """Pairs of terminations in one context that its topology tells of; more are refused with 510."""
    most_context_properties: int = 100
    """Properties of packages kept for one context; more are refused with 510."""
    supports_topology: bool = True
    """Whether topology is taken; else it is refused with 444 (clause 7.1.18)."""
    ephemeral: tuple[str, ...] = ("rtp/$", ALL)
    """What TerminationIDs the gateway makes for CHOOSE.

    Each is a TerminationID with ``$`` for the number that the gateway gives and ``*`` for a level that the controller
    names; ``*`` alone takes whatever the controller asks. ``$`` alone is answered as if it asked the first of them.
    """
    highest_number: int = 4_294_967_295
    """Numbers given for ``$`` go from 1 to this, then from 1 again, and pass over those in use."""
    codes: RefusalCodes = RefusalCodes()

    def __post_init__(self) -> None:
        """Refuse forms without a place for the number."""
        for form in self.ephemeral:
            if form != ALL and CHOOSE not in form:
                raise ValueError(f"ephemeral: {form!r} has no {CHOOSE}")
        if self.highest_number < 1:
            raise ValueError("highest_number: at least 1")
