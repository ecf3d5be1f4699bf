"""The recorded requests: each is a procedure of the profile, whole, and is composed again as it was sent."""

from pathlib import Path

import pytest

from iq_profile.flow.steps import PROCEDURES
from iq_profile.procedures import ReleaseTerminations, compose, recognise, recognise_command
from iq_profile.roles import Sender
from megaco import decode
from megaco.message import TransactionRequest

from .strategies import ENCODINGS, ROLES, carried

_FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
_REQUESTS = sorted(path for name in PROCEDURES for path in (_FIXTURES / name).glob("*.request.h248"))
every_request = pytest.mark.parametrize("path", _REQUESTS, ids=lambda path: f"{path.parent.name}/{path.name}")


def _request(path: Path) -> tuple[TransactionRequest, Sender]:
    (request,) = decode(path.read_bytes(), strict=True).transactions
    assert isinstance(request, TransactionRequest)
    return request, "controller" if "alg-to-agw" in path.name else "gateway"


def test_every_flow_has_requests() -> None:
    """Registration, Adds, Modifies and a release of each."""
    assert {path.parent.name for path in _REQUESTS} == set(PROCEDURES)
    assert len(_REQUESTS) >= 5 * len(PROCEDURES)


@every_request
def test_a_recorded_request_is_a_whole_procedure(path: Path) -> None:
    """Nothing is missing to it and nothing is too much."""
    request, sender = _request(path)
    for action in request.actions:
        for command in action.commands:
            found = recognise_command(action, command, ROLES, sender)
            assert (found.faults, found.missing, found.nearest) == ((), (), "")
            assert len(found.procedures) == 1


@every_request
def test_a_recorded_request_is_composed_as_it_was_sent(path: Path) -> None:
    """From what it is recognised as, over every encoding."""
    request, sender = _request(path)
    for action in request.actions:
        for encoding in ENCODINGS:
            (procedure,) = recognise(carried(action, encoding), ROLES, sender)
            assert compose(procedure, ROLES) == action
        assert isinstance(procedure, ReleaseTerminations) or len(action.commands) == 1
