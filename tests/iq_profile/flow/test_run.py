"""Whole flows on loopback, and how they are judged."""

import json
from typing import Any, Literal

import pytest

from iq_profile.flow.recorder import Recorder
from iq_profile.flow.run import PARTICIPANTS, FlowOptions, FlowResult, _judge, run_flow
from iq_profile.flow.steps import PROCEDURES, Step, steps_of
from iq_profile.profile import shipped_profile
from megaco import decode, encode
from megaco.codec import is_binary
from megaco.sdp import Setup

SETUPS = [Setup.ACTIVE, Setup.PASSIVE]
ROLES = {
    ("msrp-originating", Setup.ACTIVE): "client",
    ("msrp-originating", Setup.PASSIVE): "server",
    ("msrp-terminating", Setup.ACTIVE): "server",
    ("msrp-terminating", Setup.PASSIVE): "client",
    ("bfcp-originating", Setup.ACTIVE): "server",
    ("bfcp-originating", Setup.PASSIVE): "server",
    ("bfcp-terminating", Setup.ACTIVE): "client",
    ("bfcp-terminating", Setup.PASSIVE): "client",
}
"""The gateway's TLS role by flow and answer (RFC 8122 clause 6.2, RFC 8856 clause 8)."""
BFCP_OCTETS = 64
"""A Hello and a HelloAck."""


def failed(result: FlowResult) -> dict[str, str]:
    """Return what was not seen, by step."""
    return {verdict.step: verdict.detail for verdict in result.verdicts if not verdict.ok}


@pytest.mark.parametrize("is_ipv6", [False, True])
@pytest.mark.parametrize("setup", SETUPS)
@pytest.mark.parametrize("procedure", PROCEDURES)
async def test_every_step_of_a_flow_is_seen(procedure: str, setup: Setup, is_ipv6: bool) -> None:
    """Roles as the RFCs have them, both fingerprints compared, octets both ways, and the gateway empty."""
    check_seen(await run_flow(procedure, FlowOptions(setup, is_ipv6)), setup)


def check_seen(result: FlowResult, setup: Setup) -> None:
    """Hold a flow that should have gone well to all that it should have done."""
    assert failed(result) == {}
    assert result.ok
    access = result.access
    assert (access["tls_role_of_agw"], access["fingerprint_checked"]) == (ROLES[result.procedure, setup], True)
    assert access["tls_version"] in ("TLSv1.2", "TLSv1.3")
    counted = list(result.octets.values())
    assert counted == [BFCP_OCTETS] * 2 if result.procedure.startswith("bfcp") else min(counted) > 100


@pytest.mark.parametrize("is_ipv6", [False, True])
@pytest.mark.parametrize("wrong", ["ue", "agw"])
@pytest.mark.parametrize("setup", SETUPS)
@pytest.mark.parametrize("procedure", PROCEDURES)
async def test_a_wrong_certificate_stops_everything(procedure: str, setup: Setup, wrong: str, is_ipv6: bool) -> None:
    """It is refused, the controller is told and ends the session, and no application octet has passed."""
    check_refused(await run_flow(procedure, FlowOptions(setup, is_ipv6, "ue" if wrong == "ue" else "agw")))


def check_refused(result: FlowResult) -> None:
    """Hold a flow with a wrong certificate to what must have come of it."""
    verdicts = {verdict.step: verdict.ok for verdict in result.verdicts}
    assert [verdicts[step] for step in ("bad", "tell", "none", "end")] == [True] * 4, failed(result)
    assert not result.ok
    assert not verdicts["media"]
    assert result.octets == {"access_to_core": 0, "core_to_access": 0}
    assert result.access["fingerprint_checked"] is False


async def test_compact_messages_do_too() -> None:
    """The layout changes nothing but the octets."""
    result = await run_flow("msrp-terminating", FlowOptions(encoding="compact"))
    assert failed(result) == {}
    assert any(entry.text.startswith("!/") for entry in result.entries)


@pytest.mark.parametrize("is_ipv6", [False, True])
@pytest.mark.parametrize("setup", SETUPS)
async def test_every_step_of_a_flow_is_seen_in_binary(setup: Setup, is_ipv6: bool) -> None:
    """One flow in all its variants: on the wire there was nothing else, and a reader sees what it means."""
    result = await run_flow("msrp-originating", FlowOptions(setup, is_ipv6, encoding="binary"))
    check_seen(result, setup)
    assert all(is_binary(datagram.data) for datagram in result.datagrams)
    shown = [entry for entry in result.entries if entry.kind == "h248" and entry.source != entry.target]
    assert len(shown) == len(result.datagrams)
    for entry, datagram in zip(shown, result.datagrams, strict=True):
        assert f"(binary, {len(datagram.data)} octets)" in entry.summary
        assert entry.text.startswith(f"; {len(datagram.data)} octets in binary")
        assert encode(decode(entry.text), "binary") == datagram.data


@pytest.mark.parametrize("procedure", PROCEDURES[1:])
async def test_the_other_flows_are_seen_in_binary_too(procedure: str) -> None:
    """Once each."""
    check_seen(await run_flow(procedure, FlowOptions(encoding="binary")), Setup.ACTIVE)


@pytest.mark.parametrize("wrong", ["ue", "agw"])
async def test_a_wrong_certificate_stops_everything_in_binary(wrong: Literal["ue", "agw"]) -> None:
    """What the gateway reports of it has its numbers too."""
    check_refused(await run_flow("msrp-originating", FlowOptions(wrong_certificate=wrong, encoding="binary")))


@pytest.mark.parametrize("is_ipv6", [False, True])
@pytest.mark.parametrize("procedure", PROCEDURES)
async def test_every_step_of_a_flow_is_seen_over_tcp(procedure: str, is_ipv6: bool) -> None:
    """What carries the H.248 messages makes no difference to what they bring about."""
    check_seen(await run_flow(procedure, FlowOptions(is_ipv6=is_ipv6, transport="tcp")), Setup.ACTIVE)


@pytest.mark.parametrize("wrong", ["ue", "agw"])
async def test_a_wrong_certificate_stops_everything_over_tcp(wrong: Literal["ue", "agw"]) -> None:
    """What the gateway reports comes through the connection that it opened."""
    check_refused(await run_flow("bfcp-terminating", FlowOptions(wrong_certificate=wrong, transport="tcp")))


@pytest.mark.parametrize("transport", ["udp", "tcp"])
@pytest.mark.parametrize(("encoding", "port"), [("compact", 2944), ("binary", 2945)])
async def test_messages_are_shown_at_the_standards_port(
    encoding: Literal["compact", "binary"], port: int, transport: Literal["udp", "tcp"]
) -> None:
    """The controller's, in both directions: dissectors know H.248 by it. The gateway's is its own."""
    result = await run_flow("bfcp-originating", FlowOptions(encoding=encoding, transport=transport))
    assert {one.source.transport for one in result.datagrams} == {transport}
    ends = {frozenset((one.source, one.target)) for one in result.datagrams}
    (pair,) = ends
    assert [one.host for one in pair] == ["127.0.0.1"] * 2
    assert sum(one.port == port for one in pair) == 1
    assert {one.target.port == port for one in result.datagrams} == {True, False}


async def test_a_flow_that_is_none_is_refused() -> None:
    """With the names of those there are."""
    with pytest.raises(ValueError, match="no such procedure: sip; there are msrp-originating"):
        await run_flow("sip", FlowOptions())


async def test_json_has_the_keys_that_users_were_promised() -> None:
    """Names and types of the object that ``h248 demo --json`` prints."""
    result = await run_flow("bfcp-originating", FlowOptions())
    told: dict[str, Any] = json.loads(json.dumps(result.to_json()))
    assert list(told) == ["procedure", "ok", "steps", "messages", "access", "bytes"]
    assert all(list(step) == ["step", "what", "ok", "detail"] for step in told["steps"])
    assert all(list(one) == ["n", "from", "to", "kind", "text"] for one in told["messages"])
    assert [one["n"] for one in told["messages"]] == list(range(1, len(told["messages"]) + 1))
    assert {one["from"] for one in told["messages"]} == set(PARTICIPANTS)
    assert {"h248", "sdp", "tcp", "tls", "media"} <= {one["kind"] for one in told["messages"]}
    assert sorted(told["access"]) == ["cipher", "fingerprint_checked", "tls_role_of_agw", "tls_version"]
    assert told["bytes"] == {"access_to_core": BFCP_OCTETS, "core_to_access": BFCP_OCTETS}


async def test_json_is_whole_when_tls_failed() -> None:
    """What is not known is null."""
    result = await run_flow("msrp-originating", FlowOptions(wrong_certificate="ue"))
    told = result.to_json()
    assert sorted(told["access"]) == ["cipher", "fingerprint_checked", "tls_role_of_agw", "tls_version"]
    assert told["ok"] is False


# -------------------------------------------------------------------------------------------------------- judgement


def fed(*tags: str) -> Recorder:
    """Return a recorder that saw these, in this order."""
    recorder = Recorder(shipped_profile().roles, {})
    for tag in tags:
        recorder.note("UE", "ALG", "sip", "", "", [tag])
    return recorder


def test_a_step_was_seen_when_all_its_tags_were() -> None:
    """The detail names the entries."""
    verdict = _judge(Step("1", "x", ("a", "b")), fed("a", "c", "b"))
    assert (verdict.ok, verdict.detail) == (True, "seen: #1, #3")


def test_a_step_fails_when_a_tag_is_missing() -> None:
    """The detail names what is missing."""
    verdict = _judge(Step("1", "x", ("a", "b", "c")), fed("b"))
    assert (verdict.ok, verdict.detail) == (False, "not seen: a, c")


def test_a_step_fails_when_the_order_is_wrong() -> None:
    """Both were seen, the later one first."""
    step = Step("1", "x", ("a", "b"), (("a", "b"),))
    assert _judge(step, fed("a", "b")).ok
    verdict = _judge(step, fed("b", "a"))
    assert (verdict.ok, verdict.detail) == (False, "b was seen before a")


@pytest.mark.parametrize("setup", SETUPS)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_verdicts_come_from_what_was_seen(procedure: str, setup: Setup) -> None:
    """An empty record fails every step; one that lacks a single tag fails just the steps that need it."""
    steps = steps_of(procedure, setup)
    assert not any(_judge(step, fed()).ok for step in steps)
    tags = list(dict.fromkeys(tag for step in steps for tag in step.needs))
    for missing in tags:
        record = fed(*(tag for tag in tags if tag != missing))
        verdicts = {step.step: _judge(step, record) for step in steps}
        for step in steps:
            assert missing not in step.needs or not verdicts[step.step].ok
