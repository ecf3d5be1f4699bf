"""The list of known findings: what it covers, and that it cannot go stale."""

from .conftest import Messages
from .findings import Finding, KnownFinding, known_findings, objections

_KNOWN = KnownFinding(("otp-flex",), ("one",), "^refuses", "judge", "Annex B", "it cannot take it", ("pretty",))
_FINDING = Finding("otp-flex", "one", "pretty", "refuses: that")


def _objections(*findings: Finding) -> list[str]:
    return objections(findings, [_KNOWN], "otp-flex", {("one", "pretty"), ("one", "compact")})


def test_known_finding_is_no_objection() -> None:
    """A finding that a row covers does not count."""
    assert not _objections(_FINDING)


def test_other_findings_are_objections() -> None:
    """Another message, text or wording is not covered."""
    for other in (_FINDING._replace(message="two"), _FINDING._replace(text="compact"), _FINDING._replace(says="other")):
        assert _objections(_FINDING, other) == [str(other)]


def test_known_finding_that_is_gone_is_an_objection() -> None:
    """A listed case with which the judge agrees by now is reported."""
    (objection,) = _objections()
    assert objection == "otp-flex has nothing against one, pretty, any more; listed was: ^refuses"


def test_row_says_nothing_about_what_was_not_judged() -> None:
    """A run over other messages leaves a row alone."""
    assert not objections([], [_KNOWN], "otp-flex", {("two", "pretty")})


def test_every_row_names_messages_that_are_there(otp_originals: dict[str, bytes], fixture_messages: Messages) -> None:
    """No row speaks of a message that nobody has."""
    named = {message for row in known_findings() for message in row.messages}
    assert named <= otp_originals.keys() | fixture_messages.keys()
