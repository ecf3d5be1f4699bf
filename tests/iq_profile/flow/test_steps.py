"""The steps of the four flows, as the report numbers them."""

import pytest

from iq_profile.flow.steps import PROCEDURES, refusal_steps, steps_of
from megaco.sdp import Setup

NUMBERS = {
    "msrp-originating": "1 2-4 5-7 8-9 10 11 12 13-15 16-18 19-20 21",
    "msrp-terminating": "1 2-4 5-7 8-9 10 11 12 13 14-16 17-18",
    "bfcp-originating": "1 2-4 5-7 8-9 10 11 12 13 14-16 17-18",
    "bfcp-terminating": "1 2-4 5-7 8-9 10 11 12 13 14-16 17-18",
}


@pytest.mark.parametrize("setup", [Setup.ACTIVE, Setup.PASSIVE])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_flow_has_the_steps_of_the_report(procedure: str, setup: Setup) -> None:
    """In order, none left out, with both registrations before and media and release after."""
    numbers = [step.step for step in steps_of(procedure, setup)]
    assert numbers == ["agw", "ue", *NUMBERS[procedure].split(), "media", "end"]


@pytest.mark.parametrize("setup", [Setup.ACTIVE, Setup.PASSIVE])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_step_needs_something(procedure: str, setup: Setup) -> None:
    """No step is passed by doing nothing, and what has an order is needed by some step."""
    steps = steps_of(procedure, setup)
    needed = {tag for step in steps for tag in step.needs}
    assert all(step.needs and step.what for step in steps)
    assert {tag for step in steps for pair in step.order for tag in pair} <= needed


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_request_needs_its_reply(procedure: str) -> None:
    """A request that arrived is half of a step."""
    tags = {tag for step in steps_of(procedure, Setup.ACTIVE) for tag in step.needs}
    asked = {tag.removeprefix("request:") for tag in tags if tag.startswith("request:")}
    assert asked == {tag.removeprefix("reply:") for tag in tags if tag.startswith("reply:")}
    assert len(asked) >= 4


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_octet_may_come_before_both_certificates_were_compared(procedure: str) -> None:
    """The media step is held to that order."""
    (media,) = [step for step in steps_of(procedure, Setup.ACTIVE) if step.step == "media"]
    requests = ("media-request:UE>peer", "media-request:peer>UE")
    assert {(verified, one) for verified in ("verified:UE", "verified:AGW") for one in requests} == set(media.order)


@pytest.mark.parametrize(("wrong", "refuser"), [("ue", "AGW"), ("agw", "UE")])
def test_a_wrong_certificate_is_refused_by_the_other_side(wrong: str, refuser: str) -> None:
    """Whoever shows it, no application sees an octet and the gateway ends up empty."""
    tags = {tag for step in refusal_steps(wrong) for tag in step.needs}
    assert {f"tls-refused:{refuser}", "notify:access", "no-octets:UE", "no-octets:peer", "empty:AGW"} <= tags
