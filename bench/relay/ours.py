"""Our relay as a process: one call with TLS on the access leg, mutual certificates, fingerprint known before.

Argument: a JSON object with ``cert``, ``key`` (PEM paths of ours), ``fingerprint`` (the client's), ``settings``
(``RelaySettings`` fields) and ``profile`` (path for cProfile's figures, or null). Prints both ports; ends with stdin.
"""

import asyncio
import cProfile
import json
import sys
from pathlib import Path
from typing import Any

from iq_profile.agw.orders import Accept, Accepted, Join, LegId, Report, StartTls, TlsRole, Trust
from iq_profile.agw.relay import Certificate, Relay, RelaySettings
from megaco.sdp import Fingerprint

ACCESS, CORE = LegId("access"), LegId("core")


async def serve(parameters: dict[str, Any]) -> None:
    """Relay one call until stdin ends."""
    certificate = Certificate.load(Path(parameters["cert"]), Path(parameters["key"]))
    fingerprint = Fingerprint(hash_name="sha-256", value=parameters["fingerprint"])
    ended = asyncio.Event()

    def engine(report: Report) -> None:
        if isinstance(report, Accepted) and report.leg == ACCESS:
            relay.perform(StartTls(ACCESS, TlsRole.SERVER))

    relay = Relay(certificate, RelaySettings(**parameters["settings"]), engine)
    ports = [relay.reserve(leg, "127.0.0.1") for leg in (ACCESS, CORE)]
    relay.perform(Trust(ACCESS, (fingerprint,)))
    relay.perform(Accept(ACCESS))
    relay.perform(Accept(CORE))
    relay.perform(Join(ACCESS, CORE))
    print(json.dumps(ports), flush=True)
    asyncio.get_running_loop().add_reader(sys.stdin, ended.set)
    await ended.wait()
    await relay.close()


def main(parameters: dict[str, Any]) -> None:
    """Serve, under the profiler if asked to."""
    if not parameters["profile"]:
        asyncio.run(serve(parameters))
        return
    with cProfile.Profile() as profile:
        asyncio.run(serve(parameters))
    profile.dump_stats(parameters["profile"])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
