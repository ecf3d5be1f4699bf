"""A gateway that makes terminations as its controller asks, and keeps what is said of their media.

python examples/gateway.py udp://127.0.0.1:2944
"""

import argparse
import asyncio

import megaco
from megaco.association import AssociationConfig, AssociationEvent, Register
from megaco.message import AddRequest, AuditValueRequest, MediaDescriptor, ModifyRequest, SubtractRequest


class Ports(megaco.Behaviour):
    """What each termination does: it keeps its media. Contexts, names and errors are others' business."""

    def add(self, termination: megaco.Termination, command: AddRequest) -> None:
        """Begin with the media described."""
        termination.data = command.media
        print(f"{termination.name} is in context {termination.context_id}", flush=True)

    def modify(self, termination: megaco.Termination, command: ModifyRequest) -> None:
        """Go on with other media, where some are described."""
        termination.data = command.media or termination.data

    def audit_value(self, termination: megaco.Termination, command: AuditValueRequest) -> MediaDescriptor | None:
        """Tell the media."""
        media: MediaDescriptor | None = termination.data
        return media

    def subtract(self, termination: megaco.Termination, command: SubtractRequest) -> None:
        """Stop."""
        print(f"{termination.name} is free", flush=True)


def tell(event: AssociationEvent) -> None:
    """Say how the association with the controller fares."""
    if not isinstance(event, Register):
        print(type(event).__name__, flush=True)


async def main(url: str, encoding: str) -> None:
    """Serve the controller until cancelled; while there is none, go on looking for it."""
    at_once = AssociationConfig(maximum_waiting_delay_s=0)
    async with await megaco.Mg.connect(
        url, encoding=encoding, association=at_once, on_association=tell, on_request=megaco.Terminations(Ports())
    ):
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the controller: udp://, tcp:// or sctp://HOST:PORT")
    parser.add_argument("--encoding", default="pretty", choices=megaco.ENCODINGS)
    megaco.run(main(**vars(parser.parse_args())))
