"""Ports given out in turn, and sockets bound to them."""

import errno
import socket
from unittest import mock

import pytest

from iq_profile.agw.relay.ports import Ports, PortUnavailable, bound_socket, connected_socket
from iq_profile.agw.relay.settings import RelaySettings

LOCAL = "127.0.0.1"


def listen(ports: Ports) -> int:
    """Take a port, as a leg that then connects does: the listener is closed, the port stays in use."""
    with ports.listen(LOCAL) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_a_range_is_used_in_turn_and_runs_out() -> None:
    """A busy port is passed over, and a freed one is given again when its turn comes."""
    with socket.create_server((LOCAL, 0)) as busy:
        low = busy.getsockname()[1]
        ports = Ports(RelaySettings(port_low=low, port_high=low + 2))
        assert [listen(ports), listen(ports)] == [low + 1, low + 2]
        with pytest.raises(PortUnavailable, match="every port") as raised:
            ports.listen(LOCAL)
        assert raised.value.errno == errno.EADDRINUSE
        ports.free(LOCAL, low + 1)
        assert listen(ports) == low + 1


def test_any_port_is_never_one_that_is_in_use_here() -> None:
    """Not even when the kernel would give it, because only a connection holds it."""
    ports = Ports(RelaySettings())
    taken = listen(ports)
    again = mock.Mock(getsockname=lambda: (LOCAL, taken))
    with mock.patch("iq_profile.agw.relay.ports.bound_socket", return_value=again), pytest.raises(PortUnavailable):
        ports.listen(LOCAL)
    assert again.close.call_count > 0


@pytest.mark.parametrize("address", ["192.0.2.1", "nonsense", "localhost"])
def test_a_foreign_address_or_a_name_cannot_be_listened_at(address: str) -> None:
    """The error names it; nothing is looked up."""
    with pytest.raises(PortUnavailable, match=address):
        Ports(RelaySettings()).listen(address)


def test_ipv6_and_ipv4_do_not_share() -> None:
    """The wildcard of IPv6 leaves the port free for IPv4."""
    with bound_socket("::", 0) as six, bound_socket("0.0.0.0", six.getsockname()[1]) as four:
        assert six.getsockname()[1] == four.getsockname()[1]


async def test_a_connection_comes_from_the_port_that_was_given_out() -> None:
    """Though a listener was there a moment ago."""
    port = listen(Ports(RelaySettings()))
    with socket.create_server((LOCAL, 0)) as server:
        with await connected_socket((LOCAL, port), server.getsockname(), 5):
            accepted, address = server.accept()
            accepted.close()
        assert address == (LOCAL, port)


async def test_a_connection_that_is_not_answered_times_out() -> None:
    """A listener with a full backlog lets SYNs go unanswered."""
    with socket.create_server((LOCAL, 0), backlog=0) as server:
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        with pytest.raises(TimeoutError, match=r"no answer within 0\.05 s"):
            await connected_socket((LOCAL, 0), server.getsockname(), 0.05)
        for filler in fillers:
            filler.close()


@pytest.mark.parametrize("address", ["::1", "localhost", "127.0.0.1.5"])
async def test_an_address_that_cannot_be_connected_to_fails(address: str) -> None:
    """The other IP version and names are failures to connect, and nothing is looked up."""
    with pytest.raises(OSError) as raised:  # noqa: PT011 - the text is the system's
        await connected_socket((LOCAL, 0), (address, 9), 5)
    assert raised.value.strerror
