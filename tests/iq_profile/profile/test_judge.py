"""Messages judged one by one and as exchanges: who is who, what answers what, and that nothing makes it fail."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iq_profile.profile import Finding, Profile, Spoken, judge, judge_exchange, load_profile, shipped_profile
from iq_profile.profile.notes import procedure_notes
from megaco import DecodeError, Message, decode
from megaco.message import AddReply, TransactionReply
from tests.megaco.strategies import MESSAGES

from .samples import (
    ADD,
    ADDED,
    AGW,
    ALG,
    ASKED,
    CHOSEN,
    CONFIGURE,
    CONFIGURED,
    EVENTS,
    FAR,
    HEARTBEAT,
    REGISTRATION,
    added,
    asked,
    message,
    service_change,
    subtracted,
    told,
)

_CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "messages.jsonl"
_PROFILE = shipped_profile()


def _judged(*messages: Message, profile: Profile = _PROFILE) -> list[Finding]:
    return judge_exchange([Spoken(one) for one in messages], profile)


def _rules(*messages: Message, profile: Profile = _PROFILE) -> list[str]:
    return [finding.rule_name for finding in _judged(*messages, profile=profile)]


def _said(*messages: Message) -> list[str]:
    return [finding.what for finding in _judged(*messages)]


# ------------------------------------------------------------------------------------------------ what is not known


def test_what_is_not_told_is_not_judged() -> None:
    """Encoding, transport and sender of a message by itself."""
    notify = asked(HEARTBEAT)
    assert judge(notify, _PROFILE) == []
    assert [one.rule_name for one in judge(notify, _PROFILE, sender="controller")] == ["sender"]
    assert judge(notify, _PROFILE, sender="gateway") == []
    assert [one.rule_name for one in judge(notify, _PROFILE, transport="tcp")] == ["transport"]
    assert judge(notify, _PROFILE, transport="udp", encoding="binary") == []


def test_findings_of_one_message_are_of_index_0() -> None:
    """And those of an exchange stand in the order of its messages."""
    assert [one.index for one in judge(asked(CONFIGURE, "*", version=1), _PROFILE)] == [0, 0]
    findings = _judged(asked(CONFIGURE, version=1), told(CONFIGURED, version=3), asked(CONFIGURE, "*", number=2))
    assert [(one.index, one.rule_name) for one in findings] == [
        (0, "protocol-version"),
        (1, "protocol-version"),
        (2, "modify"),
    ]


def test_rules_of_an_exchange_are_silent_of_one_message() -> None:
    """A reply by itself answers nothing that was seen, and that is no wonder."""
    assert judge(told(ADDED), _PROFILE) == []
    assert _rules(told(ADDED)) == ["reply-match"]


# ---------------------------------------------------------------------------------------------------------- who is who


@pytest.mark.parametrize(
    ("messages", "wrong"),
    [
        ((asked(ADD, "$"), asked(HEARTBEAT, number=2, mid=AGW)), []),
        ((asked(ADD, "$"), asked(HEARTBEAT, number=2)), [1]),
        ((asked(HEARTBEAT, mid=AGW), asked(ADD, "$", mid=AGW)), [1]),
        # The first command that only one side sends decides; a ServiceChange is anybody's.
        ((service_change(REGISTRATION), asked(ADD, "$", mid=AGW), asked(HEARTBEAT, mid=AGW)), [2]),
        # What the one side is, the other is not, also when only it has spoken before.
        ((service_change(REGISTRATION), asked(HEARTBEAT, mid=ALG)), []),
    ],
)
def test_who_is_who_is_found_out(messages: tuple[Message, ...], wrong: list[int]) -> None:
    """By the commands that the profile has one side send."""
    findings = _judged(*messages)
    assert [one.index for one in findings if one.rule_name == "sender"] == wrong


@pytest.mark.parametrize(
    ("messages", "wrong"),
    [
        ((asked(ADD, "$"), asked(ADD, "$", mid=AGW)), [1]),
        ((service_change(REGISTRATION), asked(HEARTBEAT, mid=ALG), asked(HEARTBEAT, number=2, mid=AGW)), [2]),
    ],
)
def test_two_sides_are_not_the_same(messages: tuple[Message, ...], wrong: list[int]) -> None:
    """Where one is the controller the other is the gateway, whatever it sends afterwards."""
    findings = _judged(*messages)
    assert [one.index for one in findings if one.rule_name == "sender"] == wrong


def test_the_sender_that_is_told_is_the_sender() -> None:
    """Each message is judged by it."""
    findings = judge_exchange([Spoken(asked(ADD, "$"), sender="gateway")], _PROFILE)
    assert [one.rule_name for one in findings] == ["sender"]
    assert findings[0].what == "Add from the gateway; expected from the controller"


def test_a_sender_that_is_told_says_who_the_other_is() -> None:
    """A gateway registers, and the other side reports a heartbeat."""
    spoken = [Spoken(service_change(REGISTRATION), sender="gateway"), Spoken(asked(HEARTBEAT, number=2))]
    assert [one.rule_name for one in judge_exchange(spoken, _PROFILE)] == ["sender"]


def test_an_identifier_is_kept() -> None:
    """Each other one is told, once."""
    third = asked(CONFIGURE, number=2, mid="<alg.example>")
    findings = _judged(asked(CONFIGURE), told(CONFIGURED), third, third)
    assert [(one.index, one.rule_name) for one in findings] == [(2, "constant-identifier")]
    assert findings[0].node is third.mid


@pytest.mark.parametrize(
    ("one", "same"),
    [("<ALG.example>:2944", "<alg.example>:2944"), ("[2001:db8:0:0::1]:2944", "[2001:DB8::1]:2944")],
)
def test_an_identifier_in_other_letters_is_the_same(one: str, same: str) -> None:
    """Names of domains have no case, and IPv6 addresses several forms."""
    assert _rules(asked(CONFIGURE, mid=one), told(CONFIGURED), asked(CONFIGURE, number=2, mid=same)) == []


# --------------------------------------------------------------------------------------------------- what answers what


@pytest.mark.parametrize(
    "body",
    [
        f"{AGW} Pending = 1 {{ }}",
        f"{AGW} Pending = 99 {{ }}",
        f"{ALG} TransactionResponseAck {{ 1 }}",
        f"{ALG} TransactionResponseAck {{ 1-7, 9 }}",
        f"{AGW} Segment = 1/1",
        f"{ALG} Segment = 1/1/END",
        f'{AGW} Error = 400 {{ "Syntax error in message" }}',
    ],
)
def test_what_is_beside_requests_and_replies_is_harmless(body: str) -> None:
    """Segments, acknowledgements, pending and errors of whole messages, before, between and after."""
    beside = decode(f"MEGACO/{3 if 'Segment' in body else 2} {body}")
    request, reply = asked(ADD, "$"), told(ADDED)
    assert judge(beside, _PROFILE) == []
    for order in ((beside,), (beside, request, reply), (request, beside, reply), (request, reply, beside)):
        assert _rules(*order) == []


def test_repetitions_are_harmless() -> None:
    """Of requests and of replies; terminations of a reply that came twice are counted once."""
    exchange = [one for number in (1, 2, 3) for one in added(number, number)]
    assert _rules(*(one for one in exchange for _ in range(3))) == []


@pytest.mark.parametrize(
    "reply",
    [
        message('Reply = 1 { Error = 510 { "Insufficient resources" } }', AGW),
        told('Error = 411 { "Unknown ContextID" }'),
        told('Error = 411 { "Unknown ContextID" }', "-"),
        told('Modify = ip/1/core/1 { Error = 430 { "Unknown TerminationID" } }'),
        told('Modify = ip/1/core/1, Subtract = ip/1/core/2 { Error = 430 { "Unknown TerminationID" } }'),
        told("Modify = ip/1/core/1, Subtract = ip/1/core/2"),
    ],
)
def test_a_reply_matches(reply: Message) -> None:
    """Refused as a whole, at a command, or not at all."""
    assert _rules(asked(f"{CONFIGURE}, Subtract = ip/1/core/2"), reply) == []


@pytest.mark.parametrize(
    ("commands", "replies", "said"),
    [
        (CONFIGURE, "Subtract = ip/1/core/1", "a reply to Subtract of ip/1/core/1, which was not asked here"),
        (
            CONFIGURE,
            f"{CONFIGURED}, Subtract = ip/1/core/1",
            "a reply to Subtract of ip/1/core/1, which was not asked here",
        ),
        (f"{CONFIGURE}, Subtract = ip/1/core/2", CONFIGURED, "no reply to Subtract"),
        (
            f"{CONFIGURE}, Subtract = ip/1/core/2",
            "Subtract = ip/1/core/2",
            "a reply to Subtract of ip/1/core/2, which was not asked",
        ),
        (f"{CONFIGURE}, Subtract = ip/1/core/2", f"Subtract = ip/1/core/2, {CONFIGURED}", "a reply to Subtract"),
    ],
)
def test_a_reply_does_not_match(commands: str, replies: str, said: str) -> None:
    """A reply to what was not asked, and what has none, each told once."""
    findings = _judged(asked(commands), told(replies))
    assert [one.rule_name for one in findings] == ["reply-match"]
    assert findings[0].what.startswith(said)
    assert findings[0].index == 1


def test_where_a_reply_does_not_match() -> None:
    """At the reply that was not asked, and at the action that lacks one."""
    reply = told(f"{CONFIGURED}, Subtract = ip/1/core/1")
    (transaction,) = reply.transactions
    assert isinstance(transaction, TransactionReply)
    assert _judged(asked(CONFIGURE), reply)[0].node is transaction.actions[0].replies[1]
    more = asked(f"{CONFIGURE}, Subtract = ip/1/core/1, Subtract = ip/1/core/2")
    assert _judged(more, reply)[-1].node is transaction.actions[0]
    assert _judged(reply)[0].node is transaction


def test_a_wildcard_brings_several_replies() -> None:
    """One for each termination, and then those of the next command, also where it is of the same kind."""
    replies = "Modify = ip/1/core/1, Modify = ip/1/core/3, Modify = ip/1/access/2"
    wild = f"Modify = ip/1/core/* {{ {EVENTS} }}"
    assert _rules(asked(wild), told("Modify = ip/1/core/1, Modify = ip/1/core/3")) == []
    assert _rules(asked(f"{wild}, Modify = ip/1/access/2 {{ {EVENTS} }}"), told(replies)) == []
    core = "Modify = ip/1/core/1, Modify = ip/1/core/3"
    assert _rules(asked(f"{wild}, Subtract = *"), told(f"{core}, Subtract = ip/1/core/1")) == []
    assert _rules(asked(wild), told(replies)) == ["reply-match"]


def test_a_side_does_not_answer_itself() -> None:
    """The same transaction number of both sides is two transactions."""
    assert _rules(asked(CONFIGURE), told(CONFIGURED, mid=ALG)) == ["reply-match"]
    both = [asked(CONFIGURE), asked(HEARTBEAT, mid=AGW), told(CONFIGURED), told("Notify = ip/1/core/1", mid=ALG)]
    assert _rules(*both) == []


def test_a_reply_comes_behind_its_request() -> None:
    """One that comes before is an answer to nothing."""
    assert _said(told(CONFIGURED), asked(CONFIGURE)) == ["a reply to transaction 1, which the other side has not sent"]


def test_a_wildcarded_context_brings_several_actions() -> None:
    """H.248.1 clause 8.2.2; the shipped profile has AuditValue in context ``*``."""
    reply = message(
        "Reply = 1 { Context = 1 { AuditValue = ip/1/core/1 }, Context = 2 { AuditValue = ip/1/core/3 } }", AGW
    )
    assert _rules(asked("AuditValue = ip/1/core/* { Audit { } }", "*"), reply) == []


def test_an_action_without_reply_is_told() -> None:
    """Two actions were asked, the reply has one."""
    second = CONFIGURE.replace("core/1", "core/3")
    request = message(f"Transaction = 1 {{ Context = 7 {{ {CONFIGURE} }}, Context = 8 {{ {second} }} }}")
    assert _rules(request, told(CONFIGURED)) == ["reply-match"]


@pytest.mark.parametrize("reply", [told("Modify = ip/1/core/9"), told(CONFIGURED, "8")])
def test_a_reply_of_another_termination_or_context_is_told(reply: Message) -> None:
    """What was named without wildcard comes back by its name."""
    assert _rules(asked(CONFIGURE), reply) == ["reply-match"]


# ------------------------------------------------------------------------------------------------- what a reply holds


def _media(*streams: str) -> str:
    return f"Media {{ {', '.join(streams)} }}"


def _local(sdp: str, number: int | None = 1) -> str:
    return f"{'' if number is None else f'Stream = {number} {{ '}Local {{\n{sdp}}}{'' if number is None else ' }'}"


def test_streams_are_told_whose_local_was_to_be_chosen() -> None:
    """Those alone, each by its number; a stream without number is stream 1."""
    request = asked(f"Add = ip/1/core/$ {{ {_media(_local(ASKED), _local(ASKED, 2))}, {EVENTS} }}", "$")
    third = told(f"Add = ip/1/core/1 {{ {_media(_local(CHOSEN), _local(CHOSEN, 2), _local(CHOSEN, 3))} }}")
    findings = _judged(request, third)
    assert [one.rule_name for one in findings] == ["reply-content"]
    assert findings[0].what == "stream 3 in the reply, whose Local the request did not give"
    (transaction,) = third.transactions
    assert isinstance(transaction, TransactionReply)
    reply = transaction.actions[0].replies[0]
    assert isinstance(reply, AddReply)
    assert reply.media is not None
    assert findings[0].node is reply.media.streams[2]
    unnamed = asked(f"Add = ip/1/core/$ {{ {_media(_local(ASKED, None))}, {EVENTS} }}", "$")
    assert _rules(unnamed, told(ADDED)) == []


def test_a_modify_may_leave_to_choose_too() -> None:
    """An answer with a new port."""
    modify = f"Modify = ip/1/core/1 {{ {_media(_local(ASKED))} }}"
    reply = told(f"Modify = ip/1/core/1 {{ {_media(_local(CHOSEN))} }}")
    assert _rules(asked(modify), reply) == []
    assert _rules(asked(CONFIGURE), reply) == ["reply-content"]


def test_a_choice_between_alternatives_is_a_choice() -> None:
    """TS 29.334 clause 5.8: what was under- or over-specified comes back."""
    modify = f"Modify = ip/1/core/1 {{ {_media(_local(CHOSEN + CHOSEN.replace('actpass', 'active')))} }}"
    assert _rules(asked(modify), told(f"Modify = ip/1/core/1 {{ {_media(_local(CHOSEN))} }}")) == []


# ------------------------------------------------------------------------------------------- terminations of a context


def test_terminations_are_counted_by_context() -> None:
    """Three at once, and more one after the other, or elsewhere."""
    three = [one for number in (1, 2, 3) for one in added(number, number)]
    assert _rules(*three, *added(4, 4, "8")) == []
    assert _rules(*three, *subtracted("ip/1/core/2", 4), *added(4, 5)) == []
    assert _rules(*three, *subtracted("*", 4), *added(4, 5), *added(5, 6), *added(6, 7)) == []
    findings = _judged(*three, *added(4, 4), *added(5, 5))
    assert [(one.index, one.rule_name) for one in findings] == [(7, "terminations-per-context")]


def test_what_is_refused_is_not_counted() -> None:
    """Neither an Add nor a Subtract."""
    three = [one for number in (1, 2, 3) for one in added(number, number)]
    refused = [asked(ADD, number=4), told('Add = ip/1/core/4 { Error = 510 { "Insufficient resources" } }', number=4)]
    assert _rules(*three, *refused) == []
    kept = [
        asked("Subtract = ip/1/core/1", number=4),
        told('Subtract = ip/1/core/1 { Error = 501 { "Not implemented" } }', number=4),
    ]
    assert _rules(*three, *kept, *added(4, 5)) == ["terminations-per-context"]


@pytest.mark.parametrize("name", ["ip/*/*/*", "ip/1/core/*"])
def test_a_wildcard_of_the_form_releases_what_it_means(name: str) -> None:
    """One reply for all (W-Subtract), with the wildcard in it."""
    three = [one for number in (1, 2, 3) for one in added(number, number)]
    release = [asked(f"W-Subtract = {name} {{ Audit {{ }} }}", number=4), told(f"Subtract = {name}", number=4)]
    assert _rules(*three, *release, *added(4, 5)) == []


def test_a_restart_leaves_no_terminations() -> None:
    """A gateway after a cold boot has none."""
    three = [one for number in (1, 2, 3) for one in added(number, number)]
    reply = told("ServiceChange = ROOT { Services { Profile = threegppiq/3, Version = 2 } }", "-", 9, ALG)
    assert _rules(*three, service_change(REGISTRATION, version=1), reply, *added(4, 4)) == []


# ------------------------------------------------------------------------------------------------------- registrations


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_registration_may_have_any_version(version: int) -> None:
    """And its reply; nothing is agreed before. Refusals too."""
    request = service_change(REGISTRATION, version=version)
    services = "ServiceChange = ROOT { Services { Profile = threegppiq/3, Version = 2 } }"
    assert _rules(request, told(services, "-", 9, ALG, version)) == []
    refusal = 'ServiceChange = ROOT { Error = 406 { "Version Not Supported" } }'
    assert _rules(request, told(refusal, "-", 9, ALG, version)) == []
    assert _rules(asked(CONFIGURE, version=version)) == ([] if version == 2 else ["protocol-version"])


@pytest.mark.parametrize(
    "command",
    [
        service_change('Method = Restart, Reason = "915 State loss"'),
        service_change('Method = Restart, Reason = "901 Cold Boot"', "ip/1/core/1", "7"),
    ],
)
def test_what_is_no_registration_needs_no_version(command: Message) -> None:
    """It is no procedure, which is told already."""
    assert "registration" not in _rules(command)


def test_a_reason_is_a_whole_number() -> None:
    """9051 is not 905."""
    rules = _rules(service_change('Method = Forced, Reason = "9051 x"'))
    assert "service-change" in rules


# --------------------------------------------------------------------------------------------- what is inside of events


@pytest.mark.parametrize(
    ("embedded", "rule"),
    [
        ("Signals { SignalList = 1 { tcpbcc/EstBNC } }", "no-signal-lists"),
        ("Events = 3 { g/sc { DigitMap = dialplan0 } }", "no-digit-maps"),
    ],
)
def test_what_is_embedded_is_judged(embedded: str, rule: str) -> None:
    """Embedded Signals and Events are held to the same rules as those beside them."""
    modify = f"Modify = ip/1/core/1 {{ Events = 2 {{ g/cause {{ Embed {{ {embedded} }} }} }} }}"
    assert rule in _rules(asked(modify))


def test_lines_of_sdp_are_those_of_the_profile() -> None:
    """Each that is not used once, each that is missing; an empty Local or Remote is none."""

    def said(sdp: str) -> list[str]:
        return [one.partition(";")[0] for one in _said(asked(CONFIGURE.replace(FAR, sdp)))]

    assert said(FAR) == []
    assert said("") == []
    assert said(FAR.removeprefix("v=0\n")) == ["SDP without v="]
    assert said("b=AS:64\nb=AS:65\n") == ["SDP without v=", "SDP without c=", "SDP without m="]
    assert said(f"{FAR}i=x\ni=y\nt=0 0\n") == ["i= in SDP", "t= in SDP"]
    assert said(FAR.replace("\n", "\r\n")) == []


def test_items_that_are_embedded_are_judged() -> None:
    """A package that is not used, in Signals that begin with an event."""
    modify = "Modify = ip/1/core/1 { Events = 2 { g/cause { Embed { Signals { al/ri } } } } }"
    assert _said(asked(modify)) == ["al/ri: package al is not used"]


# ------------------------------------------------------------------------------------------------------- never a fault


def _corpus() -> Iterator[Message]:
    with _CORPUS.open(encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            octets = row["text"].encode() if "text" in row else bytes.fromhex(row.get("hex") or row["octets"])
            try:
                yield decode(octets)
            except DecodeError:
                continue


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """Return a profile with the rules of the shipped one and nothing else."""
    text = (Path(__file__).resolve().parents[3] / "grammars" / "profiles" / "iq.toml").read_text("utf-8")
    rules = text[text.index("[rules.protocol-version]") : text.index("[procedures.reserve]")]
    path = tmp_path_factory.mktemp("bare") / "bare.toml"
    path.write_text(rules, "utf-8")
    return load_profile(path)


@pytest.mark.skipif(not _CORPUS.is_file(), reason="the corpus is not beside the project")
def test_no_message_of_others_makes_it_fail(bare: Profile) -> None:
    """One by one, and all of the corpus in exchanges."""
    messages = list(_corpus())
    assert len(messages) > 2000
    for profile in (_PROFILE, bare):
        for one in messages:
            _is_sound(judge(one, profile, encoding="text", transport="udp", sender="gateway"), [one])
            procedure_notes(one, profile)
        for size in (2, 50, len(messages)):
            for at in range(0, len(messages), size):
                part = messages[at : at + size]
                _is_sound(_judged(*part, profile=profile), part)


@given(st.lists(MESSAGES, max_size=4))
def test_no_tree_makes_it_fail(messages: list[Message]) -> None:
    """Whatever text can carry, singly and as an exchange."""
    for one in messages:
        _is_sound(judge(one, _PROFILE, encoding="binary", transport="tcp", sender="controller"), [one])
        procedure_notes(one, _PROFILE)
    _is_sound(_judged(*messages), messages)


def _is_sound(findings: list[Finding], messages: list[Message]) -> None:
    """Hold findings to what every one is: of a message that there is, in order, one line."""
    assert [one.index for one in findings] == sorted(one.index for one in findings)
    for finding in findings:
        assert 0 <= finding.index < len(messages)
        assert finding.what
        assert _PROFILE.rules[finding.rule_name] == finding.rule


def test_a_finding_is_one_line() -> None:
    """Severity, rule, what was found and expected, where the rule stands, and how sure that is."""
    assert str(_judged(asked(CONFIGURE), told("Modify = tdm/1"))[0]) == (
        "warning[termination-names]: TerminationID tdm/1; expected ip/{group}/{interface}/{id} "
        "(TS 29.334 clause 5.6, recalled)"
    )
