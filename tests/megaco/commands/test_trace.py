"""The parser's way through a message."""

import contextlib
import random
import re

import pytest

import megaco
from megaco.commands.trace import MOST_SHOWN, open_rules, trace
from megaco.reference import text_encoding

from .samples import BROKEN, GOOD

LARK_RULES = text_encoding().parser.rules


def steps(data: bytes) -> list[str]:
    """Return the trace of a message."""
    return list(trace(data, text_encoding()))


def rules_entered(lines: list[str]) -> list[str]:
    """Return the names in a trace."""
    return [found.group(1) for line in lines if (found := re.match(r" *\d+:\d+ +(\w+)", line))]


def test_a_good_message_shows_every_rule_with_its_text() -> None:
    """The trace goes from the start rule down to the terminals; punctuation and helper rules are left out."""
    lines = steps(b"!/3 a PN=7{}")
    assert [line.strip() for line in lines] == [
        "1:1  megaco_message  '!/3 a PN=7'",
        "1:1    message  '!/3 a PN=7'",
        "1:1      MEGACOP_TOKEN  '!'",
        "1:3      VERSION  '3'",
        "1:5      m_id  'a'",
        "1:5        device_name  'a'",
        "1:5          PATH_NAME  'a'",
        "1:7      message_body  'PN=7'",
        "1:7        transaction_item  'PN=7'",
        "1:7          transaction_pending  'PN=7'",
        "1:7            PENDING_TOKEN  'PN'",
        "1:10            TRANSACTION_ID  '7'",
    ]


def test_a_refused_message_shows_the_rules_still_open() -> None:
    """The trace has the rules entered, those not finished marked, and at its end what could have come next."""
    lines = steps(BROKEN)
    opened = [line.split()[1] for line in lines if line.endswith("(open)")]
    assert opened == [
        "megaco_message",
        "message",
        "message_body",
        "transaction_item",
        "transaction_request",
        "action_request",
        "action_request_body",
        "command_request",
        "command",
        "amm_request",
    ]
    assert "MEDIA_TOKEN (Media)" in lines[-1]
    assert "MODE_TOKEN" not in lines[-1]


@pytest.mark.parametrize("end", [len(GOOD) - 3, 280, 260, 200, 120, 60, 40, 10])
def test_a_message_cut_short_enters_the_rules_that_the_whole_one_does(end: int) -> None:
    """The trace of a beginning is a beginning of the trace: same rules, same order."""
    lines = steps(GOOD[:end])
    assert lines[-1].strip().startswith("stopped; ")
    entered = rules_entered(lines[:-1])
    whole = iter(rules_entered(steps(GOOD)))
    assert all(name in whole for name in entered)


def test_octets_that_begin_no_message_stop_at_once() -> None:
    """Nothing read: only what could have stood first."""
    (line,) = steps(b"hello")
    assert "MEGACOP_TOKEN (MEGACO)" in line


def test_text_is_cut_to_one_line_without_control_characters() -> None:
    """A rule that covers much shows its beginning; octets of SDP are escaped."""
    lines = steps(GOOD.replace(b"v=0", b"s=\x1b\xff"))
    assert all(len(line) < 60 + MOST_SHOWN + 40 for line in lines)
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert lines[0].endswith("...'")


def test_any_damage_gives_a_trace() -> None:
    """Whatever happens to a message, the trace comes; where it stops, rules are open and decoding refuses."""
    chance = random.Random(20260102)
    for _ in range(150):
        data = bytearray(GOOD)
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(4)] = chance.choice([b"", b"{", b"}", b",", b"=", b"\xff", b" ", b"x"])
        lines = steps(bytes(data))
        if "stopped; " in lines[-1]:
            with pytest.raises(megaco.DecodeError):
                megaco.decode(bytes(data))
            assert len(lines) == 1 or lines[0].endswith("megaco_message (open)")
        else:
            with contextlib.suppress(megaco.DecodeError):
                megaco.decode(bytes(data))
            assert lines[0].split()[1] == "megaco_message"


def test_an_empty_stack_has_entered_nothing() -> None:
    """Before the first token no rule is entered."""
    assert open_rules(LARK_RULES, []) == []


def test_a_stack_that_is_no_beginning_has_no_rules() -> None:
    """What the grammar cannot derive is answered with nothing."""
    assert open_rules(LARK_RULES, ["_COMMA"]) == []


def test_open_rules_say_where_each_began() -> None:
    """Each rule comes with the place on the stack of its first part."""
    stack = ["MEGACOP_TOKEN", "_SLASH", "VERSION", "_SEP", "m_id", "_SEP", "PENDING_TOKEN", "_EQUAL"]
    rules = open_rules(LARK_RULES, stack)
    assert [rule for rule in rules if not rule[0].startswith("_")] == [
        ("megaco_message", 0),
        ("message", 0),
        ("message_body", 6),
        ("transaction_item", 6),
        ("transaction_pending", 6),
    ]
