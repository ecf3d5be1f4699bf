"""The steps of each flow, under each policy."""

import pytest

from iq_profile.alg.plans import PlanStep, answer_plan, offer_plan
from iq_profile.alg.settings import AlgSettings

S = PlanStep


def plan(
    settings: AlgSettings, *, originating: bool, msrp: bool, refused: bool = False, active: bool = True
) -> tuple[PlanStep, ...]:
    """Return the steps of an answer."""
    return answer_plan(settings, is_originating=originating, has_msrp=msrp, has_refused=refused, is_peer_active=active)


def test_an_offer_reserves_both_sides_the_answerers_first() -> None:
    """Steps 2-4, 5-7, 8-9."""
    assert offer_plan(AlgSettings()) == (S.RESERVE_ANSWERER, S.RESERVE_OFFERER, S.FORWARD_OFFER)


def test_a_combined_offer_reserves_the_answerers_side_only() -> None:
    """NOTE 2 leaves steps 5-7 for later."""
    assert offer_plan(AlgSettings(combine=True)) == (S.RESERVE_ANSWERER, S.FORWARD_OFFER)


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize(
    ("originating", "msrp", "steps"),
    [
        (True, True, (S.CONFIGURE_ANSWERER, S.CONFIGURE_OFFERER, S.FORWARD_ANSWER, S.START_TLS)),
        (True, False, (S.CONFIGURE_ANSWERER, S.FORWARD_ANSWER)),
        (False, True, (S.CONFIGURE_ANSWERER, S.FORWARD_ANSWER)),
        (False, False, (S.CONFIGURE_ANSWERER, S.FORWARD_ANSWER)),
    ],
)
def test_each_flow_has_its_steps(originating: bool, msrp: bool, active: bool, steps: tuple[PlanStep, ...]) -> None:
    """Only MSRP originating directs TLS, and whoever is active changes nothing by default."""
    assert plan(AlgSettings(), originating=originating, msrp=msrp, active=active) == steps


def test_a_combined_answer_reserves_the_offerers_side_in_place_of_configuring_it() -> None:
    """NOTE 2: the answer's a=setup is known by then."""
    steps = plan(AlgSettings(combine=True), originating=True, msrp=True)
    assert steps == (S.CONFIGURE_ANSWERER, S.RESERVE_OFFERER, S.FORWARD_ANSWER, S.START_TLS)
    assert S.RESERVE_OFFERER in plan(AlgSettings(combine=True), originating=False, msrp=False)


@pytest.mark.parametrize(
    ("originating", "active", "refused", "skipped"),
    [(True, True, False, True), (True, False, False, False), (False, True, False, False), (True, True, True, False)],
)
def test_the_core_side_is_left_alone_where_the_peer_is_active(
    originating: bool, active: bool, refused: bool, skipped: bool
) -> None:
    """NOTE 3 holds for originating calls with a=setup:active, unless streams are to be given back."""
    steps = plan(
        AlgSettings(skip_core_configure=True), originating=originating, msrp=True, refused=refused, active=active
    )
    assert (S.CONFIGURE_ANSWERER not in steps) == skipped


def test_tls_may_start_with_the_configuration() -> None:
    """By policy there is no step 21."""
    steps = plan(AlgSettings(merge_tls_start=True), originating=True, msrp=True)
    assert steps == (S.CONFIGURE_ANSWERER, S.CONFIGURE_OFFERER, S.FORWARD_ANSWER)


def test_a_refused_line_is_given_back_on_both_sides() -> None:
    """BFCP originating configures the offerer's side only for that."""
    steps = plan(AlgSettings(), originating=True, msrp=False, refused=True)
    assert steps == (S.CONFIGURE_ANSWERER, S.CONFIGURE_OFFERER, S.FORWARD_ANSWER)
