"""What a gateway in need asks to be kept away from it (H.248.10, H.248.11), and which requests that touches."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.association import LoadConfig, WatchItems, begins_call
from megaco.association.load import Load
from megaco.message import (
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    AddRequest,
    Command,
    CommandRequest,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    SubtractRequest,
    TransactionRequest,
    Value,
    ValueList,
)

from .station import request_of

_OVERLOAD = ObservedEvent("ocp/mg_overload")
_ADD = AddRequest(("ip/$",))


def _load(**options: Any) -> Load:
    return Load(LoadConfig(**options), WatchItems())


def _congestion(text: str, parameter: str = "reduction", name: str = "chp/mgcon") -> ObservedEvent:
    return ObservedEvent(name, parameters=(PropertyParm(parameter, Value(text)),))


def _notify(*events: ObservedEvent, name: str = "ROOT") -> TransactionRequest:
    return request_of(NotifyRequest((name,), ObservedEventsDescriptor(1, events)))


def _actions(*commands: Command, context: int = CHOOSE_CONTEXT) -> tuple[ActionRequest, ...]:
    return (ActionRequest(context, commands=tuple(map(CommandRequest, commands))),)


def test_nothing_was_said() -> None:
    """A gateway that says nothing gets every call."""
    load = _load()
    assert load.share("a", 0.0) == 0.0
    assert load.admits("a", _actions(_ADD), 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "share"),
    [("0", 0.0), ("1", 1.0), ("50", 50.0), (" 050 ", 50.0), ("100", 100.0), ("101", 100.0), ("999", 100.0)],
)
def test_a_share_to_keep_away(text: str, share: float) -> None:
    """chp/mgcon names it in percent; more than all is all."""
    load = _load()
    assert load.observe("a", _notify(_congestion(text)), 0.0) == share
    assert load.share("a", 1e9) == share
    assert load.share("b", 0.0) == 0.0


@pytest.mark.parametrize("text", ["", "-1", "+5", "5.5", "half", "1000", "9" * 100_000, "٥", "²", "0x5", "NaN", "inf"])
def test_a_share_that_is_none(text: str) -> None:
    """Nonsense changes nothing: what was said before holds."""
    load = _load()
    assert load.observe("a", _notify(_congestion(text)), 0.0) is None
    load.observe("a", _notify(_congestion("30")), 0.0)
    assert load.observe("a", _notify(_congestion(text)), 0.0) is None
    assert load.share("a", 0.0) == 30.0


@pytest.mark.parametrize(
    "event",
    [
        ObservedEvent("chp/mgcon"),
        _congestion("50", "other"),
        _congestion("50", name="chp/other"),
        ObservedEvent("chp/mgcon", parameters=(PropertyParm("reduction", ValueList((Value("50"),))),)),
    ],
    ids=["no parameter", "another parameter", "another event", "a list"],
)
def test_nothing_is_said_of_load(event: ObservedEvent) -> None:
    """An event that does not name the share does not set it."""
    assert _load().observe("a", _notify(event), 0.0) is None


def test_the_end_of_congestion() -> None:
    """A share of 0 ends it, and is told."""
    load = _load()
    load.observe("a", _notify(_congestion("50")), 0.0)
    assert load.observe("a", _notify(_congestion("0")), 0.0) == 0.0
    assert load.admits("a", _actions(_ADD), 0.0, 0.0)


@given(st.lists(st.one_of(st.text(), st.integers().map(str)), max_size=5))
def test_any_shares(texts: list[str]) -> None:
    """Whatever is said, the share stays between none and all."""
    load = _load()
    for text in texts:
        load.observe("a", _notify(_congestion(text), _OVERLOAD), 0.0)
        assert 0.0 <= load.share("a", 0.0) <= 100.0


def test_overload_raises_the_share() -> None:
    """Each ocp/mg_overload keeps a step more away, up to the limit; with time it falls again."""
    load = _load(overload_step=40.0, overload_most=90.0, overload_fall=5.0)
    assert [load.observe("a", _notify(_OVERLOAD), 0.0) for _ in range(4)] == [40.0, 80.0, 90.0, 90.0]
    assert load.share("a", 10.0) == 40.0
    assert load.observe("a", _notify(_OVERLOAD), 10.0) == 80.0
    assert load.share("a", 26.0) == 0.0
    assert load.share("a", 1e9) == 0.0


def test_overload_by_default() -> None:
    """The shipped step is a tenth, and some calls go on whatever is said."""
    load = _load()
    assert load.observe("a", _notify(_OVERLOAD), 0.0) == 10.0
    for _ in range(100):
        load.observe("a", _notify(_OVERLOAD), 0.0)
    assert load.share("a", 0.0) == 95.0


def test_many_in_one_notify() -> None:
    """Several events of one request count one by one, and several commands too."""
    load = _load()
    assert load.observe("a", _notify(_OVERLOAD, _OVERLOAD), 0.0) == 20.0
    request = TransactionRequest(1, _notify(_OVERLOAD).actions * 3)
    assert load.observe("a", request, 0.0) == 50.0


def test_both_at_once() -> None:
    """The higher share counts."""
    load = _load()
    load.observe("a", _notify(_congestion("15")), 0.0)
    assert load.observe("a", _notify(_OVERLOAD), 0.0) == 15.0
    assert load.observe("a", _notify(_OVERLOAD), 0.0) == 20.0
    assert load.share("a", 100.0) == 15.0


@pytest.mark.parametrize("name", ["ip/1", "*"])
def test_events_of_terminations(name: str) -> None:
    """Only ROOT speaks for the gateway."""
    assert _load().observe("a", _notify(_OVERLOAD, name=name), 0.0) is None


def test_names_have_no_letter_case() -> None:
    """Events, their parameters and ROOT are compared without regard to it; so are the settings."""
    items = WatchItems(congestion="My/Con", congestion_reduction="Less", overload="My/Over")
    load = Load(LoadConfig(), items)
    assert load.observe("a", _notify(_congestion("50", "lESS", "mY/cON"), name="root"), 0.0) == 50.0
    assert load.observe("b", _notify(ObservedEvent("MY/OVER")), 0.0) == 10.0
    assert load.observe("c", _notify(_OVERLOAD, _congestion("50")), 0.0) is None
    assert _load().observe("a", _notify(_congestion("50", "REDUCTION", "CHP/MgCon")), 0.0) == 50.0


def test_calls_are_kept_away_by_chance() -> None:
    """Of new calls the share is kept away; all else goes through."""
    load = _load()
    load.observe("a", _notify(_congestion("30")), 0.0)
    admitted = [load.admits("a", _actions(_ADD), chance / 100, 0.0) for chance in range(100)]
    assert (admitted.count(False), admitted[29], admitted[30]) == (30, False, True)
    assert load.admits("a", _actions(_ADD, context=5), 0.0, 0.0)
    assert load.admits("b", _actions(_ADD), 0.0, 0.0)


def test_all_calls_are_kept_away() -> None:
    """A share of all leaves none, save what is no new call."""
    load = _load()
    load.observe("a", _notify(_congestion("100")), 0.0)
    assert not load.admits("a", _actions(_ADD), 0.999_999, 0.0)
    assert load.admits("a", _actions(SubtractRequest(("ip/1",)), context=5), 0.0, 0.0)


def test_a_gateway_that_is_forgotten() -> None:
    """Whoever comes back begins without a share."""
    load = _load()
    load.observe("a", _notify(_congestion("50"), _OVERLOAD), 0.0)
    load.forget("a")
    load.forget("b")
    assert load.share("a", 0.0) == 0.0


@pytest.mark.parametrize(
    ("actions", "is_one"),
    [
        (_actions(_ADD), True),
        (_actions(ModifyRequest(("ip/1",)), _ADD), True),
        (_actions(_ADD, context=5) + _actions(_ADD), True),
        (_actions(_ADD, context=5), False),
        (_actions(_ADD, context=NULL_CONTEXT), False),
        (_actions(MoveRequest(("ip/1",))), False),
        (_actions(), False),
        ((), False),
    ],
    ids=["add", "among others", "in the second action", "to a call", "null context", "move", "no command", "no action"],
)
def test_what_begins_a_call(actions: tuple[ActionRequest, ...], is_one: bool) -> None:
    """A request that adds to a context that it makes."""
    assert begins_call(actions) == is_one
