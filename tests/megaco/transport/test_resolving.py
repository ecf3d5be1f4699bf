"""Host names, looked up in what every machine has."""

import asyncio
import socket

import pytest

from megaco import LocalError, TransportError
from megaco.transport import Address, resolve, resolve_hosts
from megaco.transport.sockets import AddressBook, from_system, to_system


async def test_addresses_resolve_to_themselves() -> None:
    """In their one form, at once; a name in memory is a name."""
    assert await resolve(Address("192.0.2.1", 1, "tcp")) == Address("192.0.2.1", 1, "tcp")
    assert await resolve(Address("2001:DB8:0::1", 1)) == Address("2001:db8::1", 1)
    assert await resolve(Address("::ffff:192.0.2.1", 1)) == Address("192.0.2.1", 1)
    assert await resolve(Address("nowhere", 0, "memory")) == Address("nowhere", 0, "memory")


async def test_names_become_addresses() -> None:
    """``localhost`` is an address of this machine; the transport stays."""
    found = await resolve(Address("localhost", 2944, "tcp"), local=Address("127.0.0.1", 0, "tcp"))
    assert found == Address("127.0.0.1", 2944, "tcp")
    assert "127.0.0.1" in await resolve_hosts(["localhost"])
    assert await resolve_hosts(["2001:DB8::0:1", "192.0.2.1"]) == {"2001:db8::1", "192.0.2.1"}


async def test_of_several_addresses_one_that_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """The own address decides on the IP version; the address of all decides nothing."""

    async def both(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET6, 0, 0, "", ("2001:DB8::1", 9, 0, 0)), (socket.AF_INET, 0, 0, "", ("192.0.2.1", 9))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
    name, six, four = Address("a.example", 9), Address("2001:db8::1", 9), Address("192.0.2.1", 9)
    assert await resolve(name) == six
    assert await resolve(name, local=Address("0.0.0.0", 0)) == four
    assert await resolve(name, local=Address("::1", 0)) == six
    assert await resolve(name, local=Address("::", 0)) == six
    assert await resolve_hosts(["a.example"]) == {"2001:db8::1", "192.0.2.1"}


async def test_names_without_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has it, not of the IP version that can be reached, not in time: each is a TransportError of one line."""
    with pytest.raises(TransportError, match=r"^nowhere\.invalid: "):
        await resolve(Address("nowhere.invalid", 1))
    loop = asyncio.get_running_loop()

    async def four(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, 0, 0, "", ("192.0.2.1", 9))]

    monkeypatch.setattr(loop, "getaddrinfo", four)
    with pytest.raises(TransportError, match=r"a\.example has no address that \[::1\]:0 can reach"):
        await resolve(Address("a.example", 9), local=Address("::1", 0))
    monkeypatch.setattr(loop, "getaddrinfo", lambda *_, **__: asyncio.sleep(60))
    with pytest.raises(TransportError, match=r"a\.example: no address within 0\.01 s"):
        await resolve(Address("a.example", 9), wait_s=0.01)


async def test_what_is_no_host() -> None:
    """An allow-list with something else in it is the caller's mistake; a zone that is not there is the system's."""
    with pytest.raises(LocalError, match="'a b' is no host"):
        await resolve_hosts(["192.0.2.1", "a b"])
    with pytest.raises(TransportError, match=r"\[fe80::1%nowhere0\]:1: "):
        await resolve(Address("fe80::1%nowhere0", 1))


def test_the_system_has_its_own_form() -> None:
    """IPv4, mapped and not, IPv6 with a zone by number and by name: one key each, and back."""
    index = socket.if_nametoindex("lo")
    assert from_system(("192.0.2.1", 9), "udp") == Address("192.0.2.1", 9)
    assert from_system(("::ffff:192.0.2.1", 9, 0, 0), "udp") == Address("192.0.2.1", 9)
    assert from_system(("fe80::1", 9, 7, index), "tcp") == Address("fe80::1%lo", 9, "tcp")
    assert from_system(("fe80::1%lo", 9, 0, index), "tcp") == Address("fe80::1%lo", 9, "tcp")
    assert from_system(("fe80::1", 9, 0, 99_999), "tcp") == Address("fe80::1%99999", 9, "tcp")
    assert to_system(Address("192.0.2.1", 9), socket.AF_INET) == ("192.0.2.1", 9)
    assert to_system(Address("192.0.2.1", 9), socket.AF_INET6) == ("::ffff:192.0.2.1", 9, 0, 0)
    assert to_system(Address("fe80::1%lo", 9), socket.AF_INET6) == ("fe80::1", 9, 0, index)
    assert to_system(Address("fe80::1%3", 9), socket.AF_INET6) == ("fe80::1", 9, 0, 3)


@pytest.mark.parametrize(
    ("address", "family"),
    [
        (Address("localhost", 9), socket.AF_INET),
        (Address("::1", 9), socket.AF_INET),
        (Address("192.0.2.1", 65_536), socket.AF_INET),
        (Address("192.0.2.1", -1), socket.AF_INET),
        (Address("fe80::1%nowhere0", 9), socket.AF_INET6),
    ],
)
def test_what_the_system_cannot_send_to(address: Address, family: int) -> None:
    """A name (it is not looked up on the way), another IP version, a port that is none, a zone that is not there."""
    with pytest.raises(OSError, match=r".+"):
        to_system(address, family)


def test_an_address_book_is_bounded() -> None:
    """It forgets everything rather than grow, and goes on."""
    book = AddressBook("udp", socket.AF_INET, 10)
    for port in range(100):
        assert book.peer(("192.0.2.1", port)) == Address("192.0.2.1", port)
        assert book.target(Address("192.0.2.1", port)) == ("192.0.2.1", port)
    assert max(len(book._peers), len(book._targets)) <= 10
