"""Controller and gateway on loopback sockets that speak text, binary, or one of each."""

import asyncio
from pathlib import Path

import pytest

from megaco import dictionary
from megaco.association import GatewayUp, RegistrarEvent
from megaco.codec import is_binary
from megaco.endpoint import Mg
from megaco.message import ErrorDescriptor
from megaco.transport import Address

from .endpoints import ACTION, ASSOCIATION, DONE, accept, controller_at, gateway_of, soon


class Taps:
    """What one endpoint sent and received, by encoding."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.sent: set[bool] = set()
        self.received: set[bool] = set()

    def __call__(self, way: str, data: bytes, peer: Address, local: Address) -> None:
        """Note a datagram: True for binary."""
        (self.sent if way == "sent" else self.received).add(is_binary(data))


@pytest.mark.parametrize("of_gateway", ["compact", "binary"])
@pytest.mark.parametrize("of_controller", ["pretty", "binary"])
async def test_the_gateways_encoding_is_spoken(of_controller: str, of_gateway: str) -> None:
    """It registers in its own; replies and the controller's requests are in the same."""
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    taps = Taps()
    async with (
        controller_at(on_gateway=events.put_nowait, encoding=of_controller) as mgc,
        gateway_of(mgc.local, encoding=of_gateway, trace=taps) as mg,
    ):
        await soon(mg.in_service())
        up = await soon(events.get())
        assert isinstance(up, GatewayUp)
        assert (await soon(mgc.request(up.gateway, ACTION))).actions == DONE
        assert (await soon(mg.request(ACTION))).error == ErrorDescriptor(443, "Unsupported or Unknown Command")
    assert taps.sent == taps.received == {of_gateway == "binary"}


async def test_a_gateway_that_has_left_leaves_no_encoding() -> None:
    """The next one at its address may speak another."""
    async with controller_at() as mgc:
        async with gateway_of(mgc.local, encoding="binary") as mg:
            await soon(mg.in_service())
            assert mgc.engine.terms_of(mg.local) == (2, "binary")
            local = mg.local
        async with gateway_of(mgc.local, local=f"udp://{local}") as mg:
            await soon(mg.in_service())
            assert mgc.engine.terms_of(mg.local) == (2, "pretty")


async def test_names_are_those_of_the_dictionary(tmp_path: Path) -> None:
    """Both ends take a provisioning of their own, and understand each other by it."""
    file = tmp_path / "own.toml"
    file.write_text('[termination_names]\nt = "0123456789"\n')
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    seen: list[bytes] = []
    async with (
        controller_at(on_gateway=events.put_nowait, dictionary=dictionary(provisioning=file)) as mgc,
        gateway_of(
            mgc.local,
            encoding="binary",
            dictionary=dictionary(provisioning=file),
            trace=lambda way, data, peer, local: seen.append(data),
        ) as mg,
    ):
        await soon(mg.in_service())
        up = await soon(events.get())
        assert (await soon(mgc.request(up.gateway, ACTION))).actions == DONE
    assert sum(bytes.fromhex("0123456789") in data for data in seen) == 1


@pytest.mark.parametrize(("encoding", "port"), [("pretty", 2944), ("binary", 2945)])
async def test_a_controller_without_port_is_at_that_of_the_encoding(encoding: str, port: int) -> None:
    """As H.248.1 clause 9 has it."""
    mg = await Mg.connect(
        "udp://127.0.0.1", association=ASSOCIATION, on_request=accept, local="udp://127.0.0.1:0", encoding=encoding
    )
    assert mg.controller == Address("127.0.0.1", port)
    await soon(mg.close())
