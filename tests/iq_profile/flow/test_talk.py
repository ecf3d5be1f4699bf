"""What two ends say to each other: requests answered, each once, in any pieces."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from iq_profile.flow.talk import BfcpTalk, MsrpTalk, Talk

UE, PEER = ("msrps://192.0.2.1:7394/ue;tcp",), ("msrp://192.0.2.2:9000/peer;tcp",)


def talks(kind: str) -> tuple[Talk, Talk, list[str], list[str]]:
    """Return two ends and what each has seen."""
    seen: tuple[list[str], list[str]] = ([], [])

    def noting(where: list[str]) -> object:
        return lambda tag, summary, text: where.append(f"{tag} {summary}")

    first, second = noting(seen[0]), noting(seen[1])
    assert callable(first)
    assert callable(second)
    if kind == "msrp":
        return MsrpTalk(UE, PEER, "hello ☎", "ue1", first), MsrpTalk(PEER, UE, "hi", "peer1", second), *seen
    return BfcpTalk(101, 102, first), BfcpTalk(102, 101, second), *seen


def pieces(data: bytes, size: int) -> list[bytes]:
    """Cut octets up."""
    return [data[start : start + size] for start in range(0, len(data), size)]


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(["msrp", "bfcp"]), st.integers(1, 400))
def test_both_ends_finish_however_the_octets_come(kind: str, size: int) -> None:
    """Each sends one request, answers the other's, and has then said and heard all."""
    ue, peer, _, _ = talks(kind)
    to_peer, to_ue = ue.begin(), peer.begin()
    while to_peer or to_ue:
        assert not (ue.is_finished and peer.is_finished)
        answers = b"".join(peer.receive(piece) for piece in pieces(to_peer, size))
        to_peer = b"".join(ue.receive(piece) for piece in pieces(to_ue, size))
        to_ue = answers
    assert ue.is_finished
    assert peer.is_finished


@pytest.mark.parametrize(
    ("kind", "request_seen", "answer_seen"),
    [
        ("msrp", "media-request MSRP SEND 'hi'", "media-answer MSRP 200 OK"),
        ("bfcp", "media-request BFCP Hello from user 102", "media-answer BFCP HelloAck to user 101"),
    ],
)
def test_what_arrives_is_told_in_words(kind: str, request_seen: str, answer_seen: str) -> None:
    """Request and answer have a tag each and one line for the ladder."""
    ue, peer, seen, _ = talks(kind)
    ue.receive(peer.begin())
    ue.receive(peer.receive(ue.begin()))
    assert seen == [request_seen, answer_seen]


@pytest.mark.parametrize("kind", ["msrp", "bfcp"])
def test_half_is_not_enough(kind: str) -> None:
    """Only asked, or only answered, is not finished."""
    ue, peer, _, _ = talks(kind)
    request = peer.begin()
    ue.receive(request)
    assert not ue.is_finished
    answered, other, _, _ = talks(kind)
    answered.receive(other.receive(answered.begin()))
    assert not answered.is_finished


def test_a_response_other_than_200_is_no_answer() -> None:
    """It is shown, and the talk is not finished by it."""
    ue, peer, seen, _ = talks("msrp")
    response = peer.receive(ue.begin()).replace(b" 200 OK", b" 481 no such session")
    ue.receive(peer.begin())
    ue.receive(response)
    assert not ue.is_finished
    assert seen[-1] == "media-astray MSRP 481 no such session"


@pytest.mark.parametrize("kind", ["msrp", "bfcp"])
def test_an_echo_is_not_the_far_end(kind: str) -> None:
    """Whoever gets its own words back has heard nothing from the far end."""
    one, _, seen, _ = talks(kind)
    assert one.receive(one.begin()) == b""
    assert not one.is_finished
    assert [one.split()[0] for one in seen] == ["media-astray"]
