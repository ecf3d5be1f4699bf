"""Erlang/OTP's megaco reads from what we write the same term that it reads from the original."""

from pathlib import Path

import pytest

from .conftest import Messages, refusal
from .findings import Finding, known_findings, objections
from .otp import JUDGES, Otp

_MEASUREMENT_MESSAGES = 149


@pytest.fixture(scope="module")
def findings(
    otp: Otp, otp_messages: Messages, fixture_messages: Messages, tmp_path_factory: pytest.TempPathFactory
) -> list[Finding]:
    """What OTP holds against any message, asked once."""
    return otp.judge(otp_messages | fixture_messages, tmp_path_factory.mktemp("cases"))


def test_every_message_of_otp_is_taken(otp_originals: dict[str, bytes]) -> None:
    """Our decoder takes all messages that OTP measures itself with."""
    assert len(otp_originals) == _MEASUREMENT_MESSAGES
    refusals = {name: reason for name, original in otp_originals.items() if (reason := refusal(original))}
    assert not refusals, "\n".join(f"{name}: {reason}" for name, reason in refusals.items())


@pytest.mark.parametrize("judge", JUDGES)
def test_otp_reads_the_same_from_what_we_write(
    findings: list[Finding], otp_messages: Messages, fixture_messages: Messages, judge: str
) -> None:
    """Both texts of every message give OTP the term of the original, but for what is listed; the list is true."""
    messages = otp_messages | fixture_messages
    judged = {(name, text) for name, texts in messages.items() for text in texts}
    wrong = objections((one for one in findings if one.judge == judge), known_findings(), judge, judged)
    assert not wrong, "\n".join(wrong)


def test_judge_sees_what_is_wrong(otp: Otp, otp_originals: dict[str, bytes], tmp_path: Path) -> None:
    """Another mode and a missing brace are found, by both scanners, each in the text where it is."""
    original = otp_originals["msg01a"]
    texts = {"original": original, "pretty": original.replace(b"SendReceive", b"Inactive"), "compact": original[:-1]}
    findings = otp.judge({"case": texts}, tmp_path)
    assert [(one.judge, one.text, one.says.split(":")[0]) for one in findings] == [
        (judge, *finding)
        for judge in JUDGES
        for finding in (("pretty", "sendRecv became inactive"), ("compact", "refuses"))
    ]
