"""The steps of a flow as data: what is done between an offer and its forwarding, and between an answer and its own.

Steps are named by what they do for the *offerer's* or the *answerer's* side, so that originating and terminating flows
read alike: in an originating call the offerer's side is the access side, in a terminating call the core side.
"""

from enum import Enum, auto

from .settings import AlgSettings


class PlanStep(Enum):
    """One step; all but the forwarding ones wait for the gateway's reply."""

    RESERVE_ANSWERER = auto()
    """Reserve AGW Connection Point (steps 2-4)."""
    RESERVE_OFFERER = auto()
    """Reserve and Configure AGW Connection Point (steps 5-7)."""
    FORWARD_OFFER = auto()
    """Steps 8-9."""
    CONFIGURE_ANSWERER = auto()
    """Configure AGW Connection Point (steps 13-15, 14-16)."""
    CONFIGURE_OFFERER = auto()
    """Configure AGW Connection Point, TLS setup direction (MSRP originating, steps 16-18)."""
    FORWARD_ANSWER = auto()
    """Steps 17-18, 19-20."""
    START_TLS = auto()
    """Start of the TLS session (MSRP originating, step 21)."""
    RELEASE = auto()
    """Release AGW Termination, where the session goes on without the gateway."""


def offer_plan(settings: AlgSettings) -> tuple[PlanStep, ...]:
    """Return the steps that an offer with something to secure needs."""
    if settings.combine:
        return (PlanStep.RESERVE_ANSWERER, PlanStep.FORWARD_OFFER)
    return (PlanStep.RESERVE_ANSWERER, PlanStep.RESERVE_OFFERER, PlanStep.FORWARD_OFFER)


def answer_plan(
    settings: AlgSettings, *, is_originating: bool, has_msrp: bool, has_refused: bool, is_peer_active: bool
) -> tuple[PlanStep, ...]:
    """Return the steps that its answer needs.

    ``has_refused``: a line with streams reserved for it is answered with port 0; ``is_peer_active``: every secured line
    is answered a=setup:active.
    """
    steps: list[PlanStep] = []
    if has_refused or not (is_originating and is_peer_active and settings.skip_core_configure):
        steps.append(PlanStep.CONFIGURE_ANSWERER)
    directs_tls = is_originating and has_msrp
    if settings.combine:
        steps.append(PlanStep.RESERVE_OFFERER)
    elif directs_tls or has_refused:
        steps.append(PlanStep.CONFIGURE_OFFERER)
    steps.append(PlanStep.FORWARD_ANSWER)
    if directs_tls and not settings.merge_tls_start:
        steps.append(PlanStep.START_TLS)
    return tuple(steps)
