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
    expected = [("pretty", "sendRecv became inactive"), ("compact", "refuses")]
    assert _found(otp, texts, tmp_path) == _by_both(expected)


def test_where_the_original_is_refused_our_texts_are_compared(
    otp: Otp, otp_originals: dict[str, bytes], tmp_path: Path
) -> None:
    """What OTP cannot read it cannot compare with; pretty and compact are to say the same still."""
    pretty = otp_originals["msg01a"]
    texts = {"original": pretty[:-1], "pretty": pretty, "compact": pretty.replace(b"SendReceive", b"Inactive")}
    assert _found(otp, texts, tmp_path) == _by_both([("original", "refuses"), ("compact", "sendRecv became inactive")])


def test_layout_of_a_digit_map_does_not_count(otp: Otp, tmp_path: Path) -> None:
    """White space and comments in a digit map are no difference, another digit is one."""
    maps = {"original": b"(0; (|\n|  1 )", "pretty": b"(0|1)", "compact": b"(0|2)"}
    texts = {
        text: b"MEGACO/3 [192.0.2.1] Transaction=1{Context=-{Modify=a{DigitMap={T:5," + digit_map + b"}}}}"
        for text, digit_map in maps.items()
    }
    assert _found(otp, texts, tmp_path) == _by_both([("compact", '"(0|1)" became "(0|2)"')])


def _found(otp: Otp, texts: dict[str, bytes], folder: Path) -> list[tuple[str, str, str]]:
    findings = otp.judge({"case": texts}, folder)
    return [(one.judge, one.text, one.says.split(":")[0]) for one in findings]


def _by_both(expected: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(judge, *finding) for judge in JUDGES for finding in expected]
