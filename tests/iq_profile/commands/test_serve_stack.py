"""``h248 agw`` and ``h248 alg`` as processes: transports, several controllers, and leaving gracefully."""

import asyncio
import re
import signal
import subprocess

import pytest

from iq_profile.agw.config import AgwConfig
from iq_profile.alg import signalling
from iq_profile.alg.signalling import SignallingClient
from iq_profile.commands.serve import _Watch
from megaco.association import ContactLost, HandedOff, InService, MoveTo, NoAnswer, Register
from megaco.message import IpAddress
from megaco.transport import Address

from ..alg.scene import ANSWER, OFFER
from .programs import line_of, serving, stderr_of, stop
from .test_serve import calling, free_port, told

SIGNALLING = '[signalling]\nlisten = "127.0.0.1:0"\n'


def alg_toml(listen: str, more: str = "") -> bytes:
    """Return a controller's configuration; ``listen`` as TOML has it."""
    return f"[h248]\nlisten = {listen}\n{more}{SIGNALLING}".encode()


def agw_toml(controller: str, more: str = "", transport: str = "udp") -> bytes:
    """Return a gateway's configuration; ``controller`` is a URL."""
    own = f'listen = "{transport}://127.0.0.1:0"\nmaximum_waiting_delay_s = 0.0\nretry_s = 0.1\n'
    return f'[h248]\ncontroller = "{controller}"\n{own}{more}'.encode()


def places(alg: subprocess.Popen[bytes]) -> tuple[list[str], int]:
    """Return from what a controller says where gateways find it, and the port for ends."""
    line = line_of(alg, "listening for gateways")
    found = re.search(r"for gateways on (.+), for ends on 127\.0\.0\.1:(\d+)", line)
    assert found is not None, line
    return found.group(1).split(", "), int(found.group(2))


# -------------------------------------------------------------------------------------------------------- transports


def test_a_call_through_two_processes_over_tcp() -> None:
    """Registration, a call and its end, and the connection goes with the program that opened it."""
    with serving("alg", "-v", "--config", "-", stdin=alg_toml('"tcp://127.0.0.1:0"')) as alg:
        (controller,), port = places(alg)
        assert controller.startswith("tcp://127.0.0.1:")
        with serving("agw", "--config", "-", stdin=agw_toml(controller, transport="tcp")) as agw:
            assert line_of(agw, "in service") == f"in service with {controller}, H.248 version 2"
            assert {"media-request:UE>peer", "media-request:peer>UE"} <= asyncio.run(calling(port)).tags.keys()
            assert stop(agw) == (0, b"")
        line_of(alg, "GatewayDown")
        assert stop(alg)[0] == 0


def test_a_controller_may_listen_at_several_places() -> None:
    """Gateways on different transports register with one controller; a host name is as good as its address."""
    with serving("alg", "-v", "--config", "-", stdin=alg_toml('["udp://127.0.0.1:0", "tcp://127.0.0.1:0"]')) as alg:
        urls, _ = places(alg)
        for url, transport in zip(urls, ("udp", "tcp"), strict=True):
            by_name = url.replace("127.0.0.1", "localhost")
            with serving("agw", "--config", "-", stdin=agw_toml(by_name, transport=transport)) as agw:
                assert line_of(agw, "in service") == f"in service with {by_name}, H.248 version 2"
                assert stop(agw) == (0, b"")
            assert f"transport='{transport}'" in line_of(alg, "GatewayUp")
        assert stop(alg)[0] == 0


def test_a_gateway_that_listens_anywhere_is_told_to_say_who_it_is() -> None:
    """A warning, once; with a message identifier of its own it is silent, and known by it."""
    with serving("alg", "-v", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as alg:
        (controller,), _ = places(alg)
        anywhere = agw_toml(controller).replace(b'"udp://127.0.0.1:0"', b'"udp://0.0.0.0:0"')
        with serving("agw", "--config", "-", stdin=anywhere) as agw:
            assert line_of(agw, "").startswith("warning: messages are from [0.0.0.0]: set h248.mid")
            line_of(agw, "in service")
            stop(agw)
        with serving("agw", "--config", "-", stdin=anywhere + b'mid = "<gw.example.net>:2944"\n') as agw:
            assert line_of(agw, "").startswith("listening on udp://0.0.0.0:")
            line_of(agw, "in service")
            stop(agw)
        line_of(alg, "DomainName(name='gw.example.net', port=2944)")


# ------------------------------------------------------------------------------------------------ several controllers


def test_a_secondary_controller_takes_a_gateway_whose_primary_is_silent() -> None:
    """One line tells of it."""
    with (
        free_port() as port,
        serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as alg,
    ):
        (second,), _ = places(alg)
        primary = f"udp://127.0.0.1:{port}"
        keys = f'controllers = ["{second}"]\nlifetime_s = 0.3\n'
        with serving("agw", "--config", "-", stdin=agw_toml(primary, keys)) as agw:
            assert line_of(agw, "registering with").endswith(f"registering with {primary}")
            assert line_of(agw, "registering") == f"registering with {second} instead of {primary}"
            assert line_of(agw, "in service") == f"in service with {second}, H.248 version 2"
            assert stop(agw) == (0, b"")


def test_a_gateway_goes_on_to_its_secondary_controller_when_the_primary_dies() -> None:
    """Contact is lost, told in one line, and the session's gateway says Failover."""
    with (
        serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as first,
        serving("alg", "-v", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as second,
    ):
        (primary,), _ = places(first)
        (secondary,), _ = places(second)
        keys = f'controllers = ["{secondary}"]\nlifetime_s = 0.3\nprobe_s = 0.2\n'
        with serving("agw", "--config", "-", stdin=agw_toml(primary, keys)) as agw:
            line_of(agw, "in service")
            first.kill()
            assert line_of(agw, "lost") == f"contact with {primary} is lost; registering again"
            assert line_of(agw, "") == f"registering with {secondary} instead of {primary}"
            assert line_of(agw, "") == f"in service with {secondary}, H.248 version 2"
            assert "Failover" in line_of(second, "GatewayUp")


def test_controllers_that_are_all_silent_are_told_in_one_line() -> None:
    """Each by its name; the program gives up as with one."""
    with free_port() as first, free_port() as second:
        urls = [f"udp://127.0.0.1:{port}" for port in (first, second)]
        keys = f'controllers = ["{urls[1]}"]\nlifetime_s = 0.2\n'
        line = told_last(agw_toml(urls[0], keys))
    assert line.startswith(f"Error: none of {urls[0]}, {urls[1]} answers: start the controller")


def told_last(stdin: bytes) -> str:
    """Run a gateway that gives up; return its last line."""
    with serving("agw", "--config", "-", stdin=stdin) as agw:
        return line_of(agw, "Error: ")


def test_a_controller_that_sends_gateways_elsewhere_is_told() -> None:
    """The gateway registers there, and says so."""
    with serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as other:
        (second,), _ = places(other)
        mid = re.sub(r"udp://(.+):(\d+)", r"[\1]:\2", second)
        elsewhere = alg_toml('"udp://127.0.0.1:0"', f'redirect_to = "{mid}"\n')
        with serving("alg", "--config", "-", stdin=elsewhere) as alg:
            (first,), _ = places(alg)
            with serving("agw", "--config", "-", stdin=agw_toml(first)) as agw:
                assert line_of(agw, "sends") == f"{first} sends this gateway to {mid}"
                assert line_of(agw, "") == f"registering with {second} instead of {first}"
                assert line_of(agw, "in service") == f"in service with {second}, H.248 version 2"


def test_a_version_that_is_too_low_is_told() -> None:
    """By the gateway, of a controller that answers less; 406."""
    with serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"', "highest_version = 1\n")) as alg:
        (controller,), _ = places(alg)
        line = told("agw", "--config", "-", stdin=agw_toml(controller, "lowest_version = 2\n"))
        assert line.startswith(f"Error: {controller} refuses the registration: 406 version 1 answered, 2 needed")


def test_a_profile_that_is_not_accepted_is_told() -> None:
    """By the controller; 459 with those that are."""
    with serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"', 'accept_profiles = ["o/1"]\n')) as alg:
        (controller,), _ = places(alg)
        line = told("agw", "--config", "-", stdin=agw_toml(controller))
        assert line == f"Error: {controller} refuses the registration: 459 profiles: o/1"


async def test_a_gateway_that_is_handed_off_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """In one line for the order and one for where it goes; then as ever."""
    failure: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    watch = _Watch(AgwConfig(), failure)
    first, second = Address("127.0.0.1", 2944), Address("192.0.2.2", 2944)
    watch.names = {first: watch.controllers[0]}
    mid = IpAddress("192.0.2.2", 2944)
    for event in (
        *(Register((), controller=first), InService(2, first)),
        *(HandedOff(mid), MoveTo(mid), Register((), controller=second), InService(2, second)),
        *(ContactLost(second), Register((), controller=first), NoAnswer()),
    ):
        watch.hear(event)
    assert capsys.readouterr().err.splitlines() == [
        "in service with udp://127.0.0.1:2944, H.248 version 2",
        "udp://127.0.0.1:2944 hands this gateway off to [192.0.2.2]:2944",
        "registering with udp://192.0.2.2:2944 instead of udp://127.0.0.1:2944",
        "in service with udp://192.0.2.2:2944, H.248 version 2",
        "contact with udp://192.0.2.2:2944 is lost; registering again",
        "registering with udp://127.0.0.1:2944 instead of udp://192.0.2.2:2944",
    ]
    assert failure.result().startswith("udp://127.0.0.1:2944 does not answer: start the controller")


# ----------------------------------------------------------------------------------------------------------- leaving


async def _session(port: int, agw: subprocess.Popen[bytes], number: int) -> tuple[str, float]:
    """Make a call, tell the gateway to stop, and hang up after that, or tell it again; return what it said."""
    alice, bob = [await SignallingClient.connect("127.0.0.1", port) for _ in range(2)]
    try:
        alice.send(signalling.Attach("alice", "access", ("msrp-tls;mediasec",)))
        bob.send(signalling.Attach("bob", "core"))
        for end in (alice, bob):
            assert isinstance(await _heard(end), signalling.Attached)
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert isinstance(await _heard(bob), signalling.Offer)
        bob.send(signalling.Answer("1", ANSWER))
        assert isinstance(await _heard(alice), signalling.Answer)
        agw.send_signal(signal.SIGTERM)
        line = await asyncio.to_thread(line_of, agw, "leaving")
        alice.send(signalling.Offer("2", OFFER, to="bob"))
        assert await _heard(alice) == signalling.Reject("2", 503, "the gateway is leaving service")
        assert agw.poll() is None
        if number == 1:
            alice.send(signalling.Bye("1"))
        else:
            agw.send_signal(signal.SIGTERM)
        since = asyncio.get_running_loop().time()
        assert await asyncio.to_thread(agw.wait, 10.0) == 0
        return line, asyncio.get_running_loop().time() - since
    finally:
        await alice.close()
        await bob.close()


async def _heard(end: SignallingClient) -> object:
    return await asyncio.wait_for(end.receive(), 10.0)


@pytest.mark.parametrize("signals", [1, 2])
def test_sigterm_lets_sessions_end_where_there_is_time_for_it(signals: int) -> None:
    """New ones are refused meanwhile; with the last one, or the second signal, the program ends."""
    with serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as alg:
        (controller,), port = places(alg)
        with serving("agw", "--config", "-", stdin=agw_toml(controller, "leave_s = 600\n")) as agw:
            line_of(agw, "in service")
            line, took_s = asyncio.run(_session(port, agw, signals))
            assert line == "leaving service: no new sessions, 600 s for those that there are"
            assert took_s < 5.0
            assert stderr_of(agw).read() == b""


def test_sigterm_without_sessions_ends_at_once() -> None:
    """Whatever time there would be."""
    with serving("alg", "--config", "-", stdin=alg_toml('"udp://127.0.0.1:0"')) as alg:
        (controller,), _ = places(alg)
        with serving("agw", "--config", "-", stdin=agw_toml(controller, "leave_s = 600\n")) as agw:
            line_of(agw, "in service")
            assert stop(agw) == (0, b"")
