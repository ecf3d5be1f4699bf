"""What the pump asks of whatever carries messages."""

import asyncio
from typing import Protocol

from .address import Address


class Link(Protocol):
    """Carries messages of one transport between this endpoint and its peers."""

    @property
    def local(self) -> Address:
        """Where it listens."""

    @property
    def most_octets(self) -> int:
        """Longest message that it sends."""

    @property
    def is_reliable(self) -> bool:
        """Whether what it takes arrives once and in order as long as the far end is there."""

    @property
    def closed(self) -> asyncio.Future[None]:
        """Done when nothing of it is left."""

    def reaches(self, peer: Address) -> bool:
        """Tell whether it can carry to a peer: transport and IP version are its own."""

    def send(self, data: bytes, peer: Address) -> None:
        """Send one message and tell ``Pump.sent``; one that cannot be sent is lost and counted.

        Never raises for what a peer does.
        """

    def close(self) -> None:
        """Stop receiving, finish sending; ``closed`` tells the end. Harmless when closed."""
