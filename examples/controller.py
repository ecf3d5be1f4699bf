"""A controller that waits for a gateway, connects two terminations, looks at them and ends the call.

python examples/controller.py udp://127.0.0.1:2944
"""

import argparse
import asyncio

import megaco
from megaco.association import GatewayUp, RegistrarEvent
from megaco.endpoint import Commands
from megaco.message import (
    CHOOSE_CONTEXT,
    AuditDescriptor,
    AuditItem,
    LocalControlDescriptor,
    MediaDescriptor,
    StreamDescriptor,
    StreamMode,
)


def media(mode: StreamMode) -> MediaDescriptor:
    """Return a description of one stream in this mode."""
    return MediaDescriptor(streams=(StreamDescriptor(1, LocalControlDescriptor(mode)),))


async def call(gateway: Commands) -> None:
    """Make a call of two terminations, and end it."""
    caller = await gateway.add(CHOOSE_CONTEXT, "rtp/$", media(StreamMode.RECEIVE_ONLY))
    callee = await gateway.add(caller.context_id, "rtp/$", media(StreamMode.SEND_RECEIVE))
    (one,), (other,) = caller.reply.termination_ids, callee.reply.termination_ids
    print(f"context {caller.context_id} connects {one} with {other}")
    await gateway.modify(caller.context_id, one, media(StreamMode.SEND_RECEIVE))
    audit = await gateway.audit_value(caller.context_id, "*", AuditDescriptor((AuditItem.MEDIA,)))
    for termination in audit.replies:
        print(*termination.termination_ids, *termination.descriptors)
    ended = await gateway.subtract(caller.context_id, "*")
    print(f"{len(ended.replies)} terminations are free again", flush=True)


async def main(url: str, encoding: str) -> None:
    """Serve gateways until cancelled."""
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    async with await megaco.Mgc.listen(url, encoding=encoding, on_gateway=events.put_nowait) as mgc:
        print(f"listening at {mgc.local.url}", flush=True)
        while True:
            event = await events.get()
            print(f"{type(event).__name__}: {event.gateway.peer}", flush=True)
            if isinstance(event, GatewayUp):
                try:
                    await call(mgc.commands(event.gateway))
                except megaco.MegacoError as error:  # refused, or not answered
                    print(error, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="udp://, tcp:// or sctp://HOST:PORT to listen at")
    parser.add_argument("--encoding", default="pretty", choices=megaco.ENCODINGS)
    megaco.run(main(**vars(parser.parse_args())))
