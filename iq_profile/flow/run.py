"""Runs a whole call flow: gateway, controller, UE and core peer as real endpoints on loopback."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from iq_profile.agw.config import AgwConfig, MediaSection
from iq_profile.agw.config import H248Section as AgwH248
from iq_profile.agw.gateway import Gateway
from iq_profile.agw.orders import Accepted, Connected, ConnectFailed, Ended, Handshaken, Report, TlsFailed, Verified
from iq_profile.agw.relay import Certificate
from iq_profile.alg import signalling
from iq_profile.alg.config import AlgConfig, SignallingSection
from iq_profile.alg.config import H248Section as AlgH248
from iq_profile.alg.controller import Controller
from iq_profile.encoding import EncodingKeys
from iq_profile.mediasec import parse_security_headers
from megaco.sdp import Setup
from megaco.transport import Address, Datagram, standard_port

from .end import End, EndPlan
from .record import Entry, Kind, StepVerdict
from .recorder import Recorder
from .steps import PROCEDURES, Step, refusal_steps, steps_of

PARTICIPANTS = ("UE", "AGW", "ALG", "peer")

_FLOW_TIMEOUT_S = 15.0
_RELEASE_TIMEOUT_S = 3.0
_IDLE_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class FlowOptions:
    """Variations of a flow."""

    setup: Setup = Setup.ACTIVE
    """What the answer says in a=setup."""
    is_ipv6: bool = False
    wrong_certificate: Literal["ue", "agw"] | None = None
    """Whose certificate is not the one that its fingerprint announced."""
    encoding: Literal["pretty", "compact", "binary"] = "pretty"
    """Encoding of the H.248 messages."""
    transport: Literal["udp", "tcp"] = "udp"
    """What carries the H.248 messages."""
    profile_file: str = ""
    """A profile of one's own; empty: the shipped one."""
    packages: tuple[str, ...] = ()
    """Folders of package files."""

    @property
    def keys(self) -> EncodingKeys:
        """Return what both sides' configuration says of what is sent."""
        return EncodingKeys(profile_file=self.profile_file, encoding=self.encoding, packages=self.packages)

    @property
    def address(self) -> str:
        """Return the loopback address."""
        return "::1" if self.is_ipv6 else "127.0.0.1"

    @property
    def listen(self) -> str:
        """Return where each side of H.248 listens: any free port."""
        return Address(self.address, 0, self.transport).url


@dataclass(slots=True)
class FlowResult:
    """What a flow came to."""

    procedure: str
    verdicts: list[StepVerdict] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    access: dict[str, Any] = field(default_factory=dict)
    octets: dict[str, int] = field(default_factory=dict)
    datagrams: list[Datagram] = field(default_factory=list)
    """H.248 messages as they arrived; the controller's port is the standard's, by which dissectors know H.248."""

    @property
    def ok(self) -> bool:
        """Tell whether every step was seen."""
        return all(verdict.ok for verdict in self.verdicts)

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``h248 demo --json`` prints."""
        return {
            "procedure": self.procedure,
            "ok": self.ok,
            "steps": [
                {"step": one.step, "what": one.what, "ok": one.ok, "detail": one.detail} for one in self.verdicts
            ],
            "messages": [
                {"n": one.number, "from": one.source, "to": one.target, "kind": _json_kind(one.kind), "text": one.text}
                for one in self.entries
            ],
            "access": self.access,
            "bytes": self.octets,
        }


def _json_kind(kind: Kind) -> str:
    """Registration headers go by the signalling's kind: the JSON form knows h248, sdp, tcp, tls and media."""
    return "sdp" if kind == "sip" else kind


async def run_flow(procedure: str, options: FlowOptions) -> FlowResult:
    """Run one procedure of ``PROCEDURES`` and judge it by what its endpoints saw.

    Raises TransportError and LocalError where an endpoint cannot even start.
    """
    if procedure not in PROCEDURES:
        raise ValueError(f"no such procedure: {procedure}; there are {', '.join(PROCEDURES)}")
    steps = steps_of(procedure, options.setup)
    if options.wrong_certificate is not None:
        steps += refusal_steps(options.wrong_certificate)
    keys = options.keys
    recorder = Recorder(keys.roles(), {tag: step.step for step in steps for tag in step.needs}, keys.dictionary())
    flow = _Flow(procedure, options, recorder)
    try:
        await flow.start()
        await flow.call()
    finally:
        await flow.close()
    flow.result.entries = recorder.entries
    flow.result.verdicts = [_judge(step, recorder) for step in steps]
    return flow.result


def _judge(step: Step, recorder: Recorder) -> StepVerdict:
    """A step was seen when all of its tags were, in their order."""
    missing = [tag for tag in step.needs if tag not in recorder.tags]
    if missing:
        return StepVerdict(step.step, step.what, False, f"not seen: {', '.join(missing)}")
    for earlier, later in step.order:
        if recorder.tags.get(earlier, 0) > recorder.tags.get(later, len(recorder.entries) + 1):
            return StepVerdict(step.step, step.what, False, f"{later} was seen before {earlier}")
    numbers = ", ".join(f"#{number}" for number in sorted({recorder.tags[tag] for tag in step.needs}))
    return StepVerdict(step.step, step.what, True, f"seen: {numbers}")


async def _wait_for(futures: Sequence[asyncio.Future[Any]]) -> None:
    """Wait until all are done; being cancelled leaves them alone."""
    await asyncio.wait(futures)


class _Flow:
    """The endpoints of one flow."""

    def __init__(self, procedure: str, options: FlowOptions, recorder: Recorder) -> None:
        self.result = FlowResult(procedure)
        self.options = options
        self.recorder = recorder
        self.application: Literal["msrp", "bfcp"] = "msrp" if procedure.startswith("msrp") else "bfcp"
        self.is_originating = procedure.endswith("originating")
        self.controller: Controller | None = None
        self.gateway: Gateway | None = None
        self.ends: dict[str, End] = {}

    async def start(self) -> None:
        """Start controller, gateway and ends, and let the gateway register."""
        options, host = self.options, self.options.address
        self.controller = await Controller.start(
            AlgConfig(
                h248=AlgH248(listen=options.listen, **_fields(options.keys)),
                signalling=SignallingSection(listen=str(Address(host, 0))),
            ),
            trace=lambda way, data, peer, local: self._trace("AGW", "ALG", way, data, peer, local),
            observer=self._end_said,
        )
        assert self.controller.mgc is not None
        certificate = Certificate.generate("IMS-AGW", validity_days=1)
        other = Certificate.generate("IMS-AGW", validity_days=1)
        is_wrong = options.wrong_certificate == "agw"
        self.gateway = await Gateway.start(
            AgwConfig(
                h248=AgwH248(
                    controller=self.controller.mgc.local.url,
                    listen=options.listen,
                    **_fields(options.keys),
                    maximum_waiting_delay_s=0.0,
                ),
                media=MediaSection(access_address=host, core_address=host),
            ),
            certificate=certificate,
            announced=(other if is_wrong else certificate).fingerprint(),
            observer=self._gateway_saw,
            trace=lambda way, data, peer, local: self._trace("ALG", "AGW", way, data, peer, local),
        )
        assert self.gateway.mg is not None
        await self.gateway.mg.in_service()
        for plan in (self._ue(), self._peer()):
            end = self.ends[plan.name] = End(plan, self.recorder)
            await end.attach(host, self.controller.signalling_port)

    def _ue(self) -> EndPlan:
        certificate = Certificate.generate("UE", validity_days=1)
        other = Certificate.generate("UE", validity_days=1)
        announced = (other if self.options.wrong_certificate == "ue" else certificate).fingerprint()
        mechanism = f"{self.application}-tls"
        setup = Setup.ACTPASS if self.is_originating else self.options.setup
        return EndPlan("UE", self.application, self.options.address, setup, certificate, announced, mechanism)

    def _peer(self) -> EndPlan:
        setup = self.options.setup if self.is_originating else Setup.ACTPASS
        return EndPlan("peer", self.application, self.options.address, setup)

    async def call(self) -> None:
        """Let one end offer, wait until both have said and heard what they want or it is over, and hang up."""
        offerer, answerer = ("UE", "peer") if self.is_originating else ("peer", "UE")
        self.ends[offerer].offer("call1", to=answerer)
        finished = asyncio.create_task(_wait_for([end.finished for end in self.ends.values()]))
        over = asyncio.create_task(_wait_for([end.ended for end in self.ends.values()]))
        await asyncio.wait([finished, over], timeout=_FLOW_TIMEOUT_S, return_when=asyncio.FIRST_COMPLETED)
        self._take_stock()
        if finished.done():
            self.ends[offerer].hang_up()
        for task in (finished, over):
            task.cancel()
        await asyncio.wait([end.gone for end in self.ends.values()], timeout=_RELEASE_TIMEOUT_S)
        await self._wait_until_idle()
        self._note_end()

    def _take_stock(self) -> None:
        """Note how TLS came out."""
        verified = {"verified:UE", "verified:AGW"} <= self.recorder.tags.keys()
        access = {"tls_version": None, "cipher": None, "tls_role_of_agw": None, "fingerprint_checked": verified}
        self.result.access = access | self.result.access

    async def _wait_until_idle(self) -> None:
        """Give the gateway's connections time to close; they linger until their far ends have closed too."""
        assert self.gateway is not None
        end = asyncio.get_running_loop().time() + _RELEASE_TIMEOUT_S
        while not self.gateway.is_idle and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(_IDLE_POLL_S)

    def _note_end(self) -> None:
        """Note what is left, and count what each end's application got: nobody else can say that an octet passed."""
        assert self.gateway is not None
        self.result.octets = {
            "access_to_core": self.ends["peer"].octets_received,
            "core_to_access": self.ends["UE"].octets_received,
        }
        if self.gateway.is_idle:
            summary = "no context, no connection, no port is left"
            self.recorder.note("AGW", "AGW", "h248", summary, summary, ["empty:AGW"])
        for name, end in self.ends.items():
            if end.ended.done() and not end.finished.done():
                tags = [f"over:{name}"] + ([f"no-octets:{name}"] if end.octets_received == 0 else [])
                summary = f"over: {end.ended.result()}; {end.octets_received} application octets received"
                self.recorder.note(name, name, "media", summary, summary, tags)

    async def close(self) -> None:
        """Close every endpoint."""
        for end in self.ends.values():
            await end.close()
        if self.gateway is not None:
            await self.gateway.close()
        if self.controller is not None:
            await self.controller.close()

    # -------------------------------------------------------------------------------------------------- observing

    def _trace(self, source: str, target: str, way: str, data: bytes, peer: Address, local: Address) -> None:
        """A message counts where it arrives."""
        if way != "received":
            return
        ends = {source: peer, target: local}
        ends["ALG"] = ends["ALG"]._replace(port=standard_port(self.options.encoding))
        self.result.datagrams.append(Datagram(time.time(), ends[source], ends[target], data))
        self.recorder.h248(source, target, data)

    def _end_said(self, user: str, message: signalling.FromEnd) -> None:
        match message:
            case signalling.Attach(security_client=values) if values:
                summary = f"Security-Client: {', '.join(values)}"
                tags = [f"security-client:{one.name}" for one in parse_security_headers(values).media]
                self.recorder.note(user, "ALG", "sip", summary, summary, tags)
            case signalling.Offer(sdp=sdp):
                self.recorder.sdp(user, "ALG", "offer", sdp)
            case signalling.Answer(sdp=sdp):
                self.recorder.sdp(user, "ALG", "answer", sdp)
            case signalling.Bye():
                self.recorder.note(user, "ALG", "sdp", "BYE", "BYE", [f"bye:{user}>ALG"])

    def _gateway_saw(self, report: Report) -> None:
        far = "UE" if "/access/" in report.leg else "peer"
        note = self.recorder.note
        match report:
            case Accepted(address=address, port=port):
                text = f"TCP connection from {address} port {port} to {report.leg}"
                note(far, "AGW", "tcp", text, "TCP SYN, SYN-ACK, ACK", [f"tcp:{far}>AGW"])
            case Connected():
                note("AGW", "AGW", "tcp", f"{report.leg} connected to the {far}", f"TCP to the {far} is up", ())
            case ConnectFailed(cause=cause):
                note("AGW", "AGW", "tcp", cause, f"TCP to the {far} failed: {cause}", ["tcp-failed:AGW"])
            case Handshaken(version=version, cipher=cipher):
                ue_role = self.ends["UE"].tls_role
                role = {"client": "server", "server": "client"}.get(ue_role or "")
                self.result.access |= {"tls_version": version, "cipher": cipher, "tls_role_of_agw": role}
                summary = f"TLS handshake done: {version}, {cipher}"
                note(far, "AGW", "tls", summary, summary, ["tls:AGW"])
            case Verified(fingerprint=fingerprint):
                note(
                    "AGW",
                    "AGW",
                    "tls",
                    str(fingerprint),
                    f"certificate of the {far} matches its fingerprint",
                    ["verified:AGW"],
                )
            case TlsFailed(cause=cause):
                note("AGW", "AGW", "tls", cause, f"TLS refused: {cause}", ["tls-refused:AGW"])
            case Ended(cause=cause):
                note(far, "AGW", "tcp", cause, f"TCP connection over: {cause}", [f"tcp-ended:{far}"])


def _fields(keys: EncodingKeys) -> dict[str, Any]:
    """Return keys as a section of a configuration takes them."""
    return msgspec.structs.asdict(keys)
