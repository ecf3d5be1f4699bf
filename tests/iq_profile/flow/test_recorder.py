"""What the recorder makes of what endpoints saw."""

import pytest

import megaco
from iq_profile.flow.recorder import Recorder, describe_sdp, first_error
from iq_profile.procedures import (
    BEARER_EVENTS,
    ConfigureConnectionPoint,
    EventTerms,
    Heartbeat,
    Procedure,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TlsFailed,
    compose,
    compose_outcome,
)
from iq_profile.profile import shipped_profile
from megaco.message import (
    CHOOSE_CONTEXT,
    ActionReply,
    AddReply,
    CommandReply,
    ErrorDescriptor,
    IpAddress,
    Message,
    SubtractReply,
    TransactionReply,
    TransactionRequest,
)

PROFILE = shipped_profile().roles
MID = IpAddress("127.0.0.1", 2944)
LOCAL = b"v=0\r\nc=IN IP4 $\r\nm=message $ TCP/TLS/MSRP *\r\na=setup:actpass\r\na=fingerprint:sha-256 $\r\n"
REMOTE = b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=message 9 TCP/TLS/MSRP *\r\na=setup:active\r\n"
EVENTS = EventTerms(1, BEARER_EVENTS, heartbeat_s=300)
RESERVE = ReserveConnectionPoint(CHOOSE_CONTEXT, 1, "access", (StreamTerms(1, local=LOCAL),), EVENTS)
RESERVE_TAG = "Reserve AGW Connection Point:access:TCP/TLS/MSRP+actpass+fingerprint?:-"


def recorder(**steps: str) -> Recorder:
    """Return an empty recorder; ``steps``: tag with _ for everything else -> step."""
    return Recorder(PROFILE, steps)


def request(procedure: Procedure, number: int = 7) -> bytes:
    """Write a procedure as a message."""
    return megaco.encode(Message(2, MID, (TransactionRequest(number, (compose(procedure, PROFILE),)),)), "pretty")


def reply(*replies: CommandReply, number: int = 7, error: ErrorDescriptor | None = None) -> bytes:
    """Write a reply as a message."""
    action = ActionReply(1, replies=replies, error=error)
    return megaco.encode(Message(2, MID, (TransactionReply(number, (action,)),)), "pretty")


def tags_of(procedure: Procedure) -> list[str]:
    """Return the tags of a request."""
    seen = recorder()
    seen.h248("ALG", "AGW", request(procedure))
    return list(seen.tags)


def test_a_note_is_an_entry_with_the_first_steps_number() -> None:
    """Entries count from 1, and a tag keeps the number of the entry that gave it first."""
    seen = recorder(a="10", b="11")
    seen.note("UE", "ALG", "sip", "text", "summary", ["none", "b"])
    seen.note("UE", "ALG", "sip", "text", "summary", ["a", "none"])
    assert [(one.number, one.step) for one in seen.entries] == [(1, "11"), (2, "10")]
    assert seen.tags == {"none": 1, "b": 1, "a": 2}
    assert 0 <= seen.entries[0].time_s <= seen.entries[1].time_s


def test_whoever_waits_hears_of_each_note() -> None:
    """``changed`` is called after the entry is there."""
    seen = recorder()
    counts: list[int] = []
    seen.changed = lambda: counts.append(len(seen.entries))
    seen.note("UE", "ALG", "sip", "", "", ())
    assert counts == [1]


@pytest.mark.parametrize(
    ("procedure", "tag"),
    [
        (RESERVE, RESERVE_TAG),
        (
            ReserveConnectionPoint(1, 1, "core", (StreamTerms(1, local=LOCAL, remote=REMOTE),), EVENTS),
            "Reserve and Configure AGW Connection Point:core:TCP/TLS/MSRP+actpass+fingerprint?:TCP/TLS/MSRP+active",
        ),
        (
            ConfigureConnectionPoint(1, "ip/1/core/1", (StreamTerms(1, remote=REMOTE, establish_tls=True),)),
            "Configure AGW Connection Point:core:-:TCP/TLS/MSRP+active:+tls",
        ),
        (
            ConfigureConnectionPoint(1, "ip/1/access/1", (StreamTerms(1, establish_tls=True),)),
            "Establish TLS session:access:-:-:+tls",
        ),
        (ReleaseTerminations(1, ("ip/1/core/1", "ip/1/access/2")), "Release AGW Termination:"),
    ],
)
def test_a_request_is_tagged_with_what_it_asks(procedure: Procedure, tag: str) -> None:
    """Procedure, interface, transport, roles and TLS order: what the verdicts look at."""
    assert tags_of(procedure) == [f"request:{tag}"]


def test_an_indication_is_tagged_with_its_interface() -> None:
    """The verdicts want to know which side failed."""
    assert tags_of(TlsFailed(1, "ip/1/access/2", 1, 1, "bad certificate"))[1:] == ["notify:access"]
    assert tags_of(Heartbeat(1, "elsewhere", 1)) == ["request:Termination heartbeat:"]


def test_a_reply_is_tagged_by_its_request() -> None:
    """Under the transaction's number; one without request says nothing."""
    seen = recorder()
    seen.h248("ALG", "AGW", request(RESERVE))
    add = compose(RESERVE, PROFILE).commands[0].command
    reserved = compose_outcome(add, Reserved(1, "ip/1/access/1", {}))
    seen.h248("AGW", "ALG", reply(*reserved, number=8))
    assert list(seen.tags) == [f"request:{RESERVE_TAG}"]
    seen.h248("AGW", "ALG", reply(*reserved))
    assert list(seen.tags) == [f"request:{RESERVE_TAG}", f"reply:{RESERVE_TAG}"]


@pytest.mark.parametrize("level", ["action", "command"])
def test_a_refusal_is_no_reply(level: str) -> None:
    """An error at any level makes another tag, and its code stands in the summary."""
    seen = recorder()
    seen.h248("ALG", "AGW", request(RESERVE))
    error = ErrorDescriptor(510, "full")
    if level == "action":
        seen.h248("AGW", "ALG", reply(error=error))
    else:
        seen.h248("AGW", "ALG", reply(AddReply(("ip/1/access/$",), (error,))))
    assert list(seen.tags)[1:] == [f"refused:{RESERVE_TAG}"]
    assert seen.entries[-1].summary == "Reply to Add access: Error 510"


def test_a_message_that_comes_again_is_shown_as_that() -> None:
    """Repetitions are seen; their tags are there already."""
    seen = recorder()
    for _ in range(2):
        seen.h248("ALG", "AGW", request(RESERVE))
    assert seen.entries[1].summary == f"{seen.entries[0].summary} (repeated)"
    assert set(seen.tags.values()) == {1}


def test_binary_is_shown_as_text() -> None:
    """Below a comment of H.248 text, so that what is shown is a message itself; tags are those of the text."""
    seen, text = recorder(), recorder()
    octets = megaco.encode(megaco.decode(request(RESERVE)), "binary")
    seen.h248("ALG", "AGW", octets)
    seen.h248("ALG", "AGW", octets)
    text.h248("ALG", "AGW", request(RESERVE))
    assert list(seen.tags) == list(text.tags)
    first, again = seen.entries
    assert first.summary == f"{text.entries[0].summary} (binary, {len(octets)} octets)"
    assert again.summary == f"{first.summary} (repeated)"
    comment, _, rest = first.text.partition("\n")
    assert comment == f"; {len(octets)} octets in binary, which are in text:"
    assert rest == text.entries[0].text
    assert megaco.decode(first.text, strict=True) == megaco.decode(text.entries[0].text)


def test_binary_that_text_has_no_words_for_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the JSON form."""
    octets = megaco.encode(megaco.decode(request(RESERVE)), "binary")

    def refuses(*_: object) -> bytes:
        raise megaco.EncodeError("no words")

    seen = recorder()
    monkeypatch.setattr(megaco, "encode", refuses)
    seen.h248("ALG", "AGW", octets)
    assert megaco.from_json(seen.entries[0].text.partition("\n")[2]) == megaco.decode(octets)


def test_an_error_message_has_its_code() -> None:
    """A whole message may be an error."""
    seen = recorder()
    error = Message(2, MID, error=ErrorDescriptor(406, "Version Not Supported"))
    seen.h248("ALG", "AGW", megaco.encode(error, "pretty"))
    assert list(seen.tags) == ["error:406"]
    assert seen.entries[0].summary == "Error 406 Version Not Supported"


def test_sdp_is_tagged_by_its_lines() -> None:
    """Kind, way, and what of transport, role, fingerprint and 3ge2ae stands in each line."""
    seen = recorder()
    seen.sdp("UE", "ALG", "offer", REMOTE.decode() + "m=audio 0 RTP/AVP 0\r\n")
    assert list(seen.tags) == ["offer:UE>ALG:TCP/TLS/MSRP+active", "offer:UE>ALG:RTP/AVP+rejected"]


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("v=0\r\n", ()),
        ("m=message 9 TCP/MSRP *\r\n", ("TCP/MSRP",)),
        ("m=message 9 TCP/TLS/MSRP *\r\na=3ge2ae:applied\r\n", ("TCP/TLS/MSRP+applied",)),
        (f"m=x 9 T *\r\na=fingerprint:sha-1 {':'.join(['AA'] * 20)}\r\n", ("T+fingerprint",)),
    ],
)
def test_a_description_in_words(text: str, described: tuple[str, ...]) -> None:
    """A word a line; nothing of what is not there."""
    assert describe_sdp(text) == described


@pytest.mark.parametrize("text", ["nonsense", "m=message\r\n", "m=message x T *\r\n"])
def test_unreadable_sdp_is_described_as_that(text: str) -> None:
    """Whatever an end sends, the recorder shows it."""
    (word,) = describe_sdp(text)
    assert word.startswith("unreadable (SDP")


def test_the_first_error_is_found_at_any_level() -> None:
    """Transaction, action, command; none where all went well."""
    error = ErrorDescriptor(430, "x")
    assert first_error(TransactionReply(1, error=error)) == 430
    assert first_error(TransactionReply(1, (ActionReply(1, error=error),))) == 430
    assert first_error(TransactionReply(1, (ActionReply(1, replies=(SubtractReply(("t",), (error,)),)),))) == 430
    assert first_error(TransactionReply(1, (ActionReply(1, replies=(SubtractReply(("t",)),)),))) is None


def test_transactions_that_share_a_message_are_told_apart() -> None:
    """Each request and each reply gives its own tag, in one entry that says all of them."""
    recorded = recorder()
    release = ReleaseTerminations(1, ("ip/1/access/1",))
    requests = (
        TransactionRequest(7, (compose(RESERVE, PROFILE),)),
        TransactionRequest(8, (compose(release, PROFILE),)),
    )
    replies = (
        TransactionReply(8, (ActionReply(1, replies=(SubtractReply(("ip/1/access/1",)),)),)),
        TransactionReply(7, error=ErrorDescriptor(510, "Insufficient resources")),
    )
    recorded.h248("ALG", "AGW", megaco.encode(Message(2, MID, requests), "pretty"))
    recorded.h248("AGW", "ALG", megaco.encode(Message(2, MID, replies), "pretty"))
    asked, answered = (entry.summary for entry in recorded.entries)
    assert asked == "Add access: Reserve AGW Connection Point; Subtract: Release AGW Termination"
    assert answered == "Reply to Subtract; Reply to Add access: Error 510"
    released = f"{release.title}:"
    assert recorded.tags == {
        f"request:{RESERVE_TAG}": 1,
        f"request:{released}": 1,
        f"reply:{released}": 2,
        f"refused:{RESERVE_TAG}": 2,
    }
