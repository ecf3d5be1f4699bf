"""The procedures of ``iq.toml`` and those of the code are the same, and what the file names is there."""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

import pytest

from iq_profile.procedures import (
    SERVICE_CHANGES,
    TITLES,
    ConfigureConnectionPoint,
    EventRole,
    EventTerms,
    Procedure,
    ReserveConnectionPoint,
    ServiceChangeProcedure,
    StreamTerms,
)
from iq_profile.procedures.wording import EVENTS, PROPERTIES, SIGNALS
from megaco.message import ROOT

from .strategies import ROLES

_BY_STATE = {
    "reserve": ReserveConnectionPoint,
    "reserve_and_configure": ReserveConnectionPoint,
    "configure": ConfigureConnectionPoint,
    "change_through_connection": ConfigureConnectionPoint,
    "establish_tcp": ConfigureConnectionPoint,
    "establish_tls": ConfigureConnectionPoint,
}
"""Procedures whose key is what they hold."""
every_row = pytest.mark.parametrize("key", ROLES.procedures)


def _classes() -> Iterator[tuple[str, type[Procedure]]]:
    """Yield the classes of the code by key."""
    yield from _BY_STATE.items()
    yield from SERVICE_CHANGES.items()
    for kind in get_args(Procedure):
        if kind not in _BY_STATE.values() and kind is not ServiceChangeProcedure:
            yield kind.key, kind


CLASSES = dict(_classes())


def test_every_procedure_has_a_title_a_class_and_a_row() -> None:
    """None more, none less."""
    assert CLASSES.keys() == TITLES.keys() == ROLES.procedures.keys()
    assert len(set(TITLES.values())) == len(TITLES)


def test_every_service_change_has_a_class() -> None:
    """And what is none has no methods and no reasons."""
    changes = {key for key, row in ROLES.procedures.items() if row.command == "ServiceChange"}
    assert changes == SERVICE_CHANGES.keys()
    for key, row in ROLES.procedures.items():
        assert bool(row.methods) == bool(row.reasons) == (key in changes)


@every_row
def test_the_elements_of_a_row_are_fields(key: str) -> None:
    """Of the procedure, of its events or its streams; or events that it asks for; or what follows from them."""
    held = {field.name: str(field.type) for field in fields(CLASSES[key])}
    names = set(held) | {name for name, value in vars(CLASSES[key]).items() if isinstance(value, property)}
    if "streams" in held:
        names |= {field.name for field in fields(StreamTerms)}
    if "events" in held:
        names |= {field.name for field in fields(EventTerms)} | set(get_args(EventRole))
    assert ROLES.procedures[key].elements.keys() <= names


@every_row
def test_a_row_is_sent_by_whom_it_says(key: str) -> None:
    """Orders, audits and what they turn on by the controller; indications by the gateway."""
    row = ROLES.procedures[key]
    if row.command in ("Notify",):
        assert row.sender == "gateway"
    elif row.command != "ServiceChange":
        assert row.sender == "controller"


@every_row
def test_titles_of_elements_are_told_apart(key: str) -> None:
    """What is missing is named by its title alone."""
    titles = [element.title for element in ROLES.procedures[key].elements.values()]
    assert len(set(titles)) == len(titles)


def test_every_service_change_can_be_told_from_those_of_its_sender() -> None:
    """No two rows have a sender, a method, a reason and a place in common."""
    seen: set[tuple[str, str, int, bool]] = set()
    for row in (ROLES.procedures[key] for key in SERVICE_CHANGES):
        for method in row.methods:
            for reason in row.reasons:
                for on_root in (True, False) if row.on_root is None else (row.on_root,):
                    place = (row.sender, method.value, reason, on_root)
                    assert place not in seen, place
                    seen.add(place)


def test_every_field_of_a_stream_has_its_item() -> None:
    """What a procedure can say of a stream has a role in the profile, and each role is used."""
    own = {"stream_id", "mode", "local", "remote", "reserve_value", "latching"}
    assert {field.name for field in fields(StreamTerms)} == own | set(PROPERTIES) | set(SIGNALS)
    assert set(EVENTS) == set(get_args(EventRole))
    roles = {*PROPERTIES, *SIGNALS.values(), *EVENTS, "realm", "latching", "inactivity", "congestion", "realm_change"}
    assert roles == set(ROLES.items.__struct_fields__)


def test_what_is_about_root_says_so() -> None:
    """The rows whose classes name no termination."""
    for key, kind in CLASSES.items():
        names = {field.name for field in fields(kind)}
        is_named = bool(names & {"termination_id", "termination_ids", "interface"})
        assert is_named or ROLES.procedures[key].on_root, f"{key} is about {ROOT}"
