"""An end of a call as a real endpoint: the UE, with TLS and its own certificate, or the core peer, with plain TCP.

It talks to the controller over its signalling connection and to the gateway over TCP. What it sees it records. It
judges the gateway's certificate by the fingerprint in the SDP that it got, as the gateway judges its own.
"""

import asyncio
import socket
from dataclasses import dataclass, field
from typing import Any, Literal

from iq_profile.agw.orders import Ended, Handshaken, LegId, Report, TlsFailed, TlsRole, Verified
from iq_profile.agw.relay import Certificate, Leg, RelaySettings
from iq_profile.alg import signalling
from iq_profile.alg.signalling import SignallingClient
from iq_profile.mediasec import parse_security_headers
from megaco.errors import TransportError
from megaco.sdp import Connection, Fingerprint, MediaDescription, Sdp, Setup

from .recorder import Recorder
from .talk import BfcpTalk, MsrpTalk, Talk

Application = Literal["msrp", "bfcp"]

_ANSWER_PAUSE_S = 0.03
"""An answerer takes this long to answer after TCP is up, as a user takes longer still."""


@dataclass(frozen=True, slots=True)
class EndPlan:
    """What an end is to do."""

    name: str
    """``UE`` or ``peer``: also its name in the ladder."""
    application: Application
    address: str
    setup: Setup
    """What it answers; what it offers is actpass."""
    certificate: Certificate | None = None
    """What it shows in TLS; None: it speaks plain TCP."""
    announced: Fingerprint | None = None
    """What its SDP says of the certificate."""
    mechanism: str = ""
    """Media security it announces when it attaches."""

    @property
    def is_access(self) -> bool:
        """Tell the UE from the core peer."""
        return self.certificate is not None


@dataclass(slots=True)
class _Media:
    """The end's own TCP endpoint."""

    listener: socket.socket
    port: int
    leg: Leg
    is_connected: bool = False
    was_accepted: bool = False
    tls_role: TlsRole | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


class End:
    """One end of one call."""

    def __init__(self, plan: EndPlan, recorder: Recorder) -> None:
        """Use ``attach`` next."""
        self.plan = plan
        self.recorder = recorder
        loop = asyncio.get_running_loop()
        self.attached: asyncio.Future[None] = loop.create_future()
        self.finished: asyncio.Future[None] = loop.create_future()
        """Done when this end sent and got what it wanted."""
        self.ended: asyncio.Future[str] = loop.create_future()
        """Done, with a reason, when the call is over before that."""
        self.gone: asyncio.Future[None] = loop.create_future()
        """Done when the controller says that nothing of the session is left."""
        self.octets_received = 0
        self._is_offerer = False
        self._session = ""
        self._far: MediaDescription | None = None
        self._talk: Talk | None = None
        self._signalling: SignallingClient | None = None
        self._reading: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        family = socket.AF_INET6 if ":" in plan.address else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setblocking(False)
        listener.bind((plan.address, 0))
        listener.listen(1)
        leg = Leg(LegId(plan.name), RelaySettings(), self._on_report)
        self._media = _Media(listener, listener.getsockname()[1], leg)

    # -------------------------------------------------------------------------------------------------- signalling

    async def attach(self, host: str, port: int) -> None:
        """Connect to the controller and announce media security; raises TransportError where it does not attach us."""
        self._signalling = await SignallingClient.connect(host, port)
        offered = (f"{self.plan.mechanism};mediasec",) if self.plan.mechanism else ()
        side: Literal["access", "core"] = "access" if self.plan.is_access else "core"
        self._signalling.send(signalling.Attach(self.plan.name, side, offered))
        self._reading = asyncio.create_task(self._read())
        outcomes: list[asyncio.Future[Any]] = [self.attached, self.ended]
        await asyncio.wait(outcomes, return_when=asyncio.FIRST_COMPLETED)
        if not self.attached.done():
            raise TransportError(f"the controller does not attach {self.plan.name}: {self.ended.result()}")

    def offer(self, session: str, to: str) -> None:
        """Offer a call, and listen from now on: media may be faster than the answer (RFC 8122 clause 6.2)."""
        self._session = session
        self._is_offerer = True
        self._send(signalling.Offer(session, self._sdp(Setup.ACTPASS), to=to))
        self._accept()

    @property
    def tls_role(self) -> str | None:
        """``client`` or ``server``, None before TLS."""
        return self._media.tls_role.value if self._media.tls_role is not None else None

    def hang_up(self) -> None:
        """End the call."""
        self._send(signalling.Bye(self._session))

    async def close(self) -> None:
        """Close every socket."""
        self._media.listener.close()
        self._media.leg.close()
        for task in (*self._tasks, self._reading):
            if task is not None:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._reading is not None:
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._signalling is not None:
            await self._signalling.close()
        await asyncio.wait([self._media.leg.closed])

    def _send(self, message: signalling.FromEnd) -> None:
        assert self._signalling is not None
        self._signalling.send(message)

    async def _read(self) -> None:
        assert self._signalling is not None
        while (message := await self._signalling.receive()) is not None:
            self._on_message(message)
        self._over("the controller closed the connection")

    def _on_message(self, message: signalling.ToEnd) -> None:
        name = self.plan.name
        match message:
            case signalling.Attached(security_server=values):
                self._attached(values)
            case signalling.Offer(session=session, sdp=sdp):
                self._session = session
                self.recorder.sdp("ALG", name, "offer", sdp)
                self._on_offer(sdp)
            case signalling.Answer(sdp=sdp):
                self.recorder.sdp("ALG", name, "answer", sdp)
                self._on_answer(sdp)
            case signalling.Reject(code=code, reason=reason):
                self.recorder.note("ALG", name, "sdp", f"{code} {reason}", f"{code} {reason}", [f"reject:{name}"])
                self._over(f"{code} {reason}")
            case signalling.Bye(reason=reason):
                self.recorder.note("ALG", name, "sdp", f"BYE {reason}", f"BYE ({reason})", [f"bye:{name}"])
                self._over(reason)
            case signalling.Gone():
                if not self.gone.done():
                    self.gone.set_result(None)
            case signalling.Fault(text=text):
                self._over(text)

    def _attached(self, values: tuple[str, ...]) -> None:
        if self.plan.is_access:
            text = "".join(f"Security-Server: {value}\n" for value in values)
            summary = f"Security-Server: {', '.join(values)}"
            tags = [f"security-server:{one.name}" for one in parse_security_headers(values).media]
            self.recorder.note("ALG", self.plan.name, "sip", text, summary, tags)
        if not self.attached.done():
            self.attached.set_result(None)

    def _over(self, reason: str) -> None:
        if not self.ended.done():
            self.ended.set_result(reason)
        self._media.leg.close()

    # --------------------------------------------------------------------------------------------------------- SDP

    def _sdp(self, setup: Setup) -> str:
        plan, port = self.plan, self._media.port
        kind, transport = ("message", "MSRP") if plan.application == "msrp" else ("application", "BFCP")
        if plan.is_access:
            transport = f"TLS/{transport}"
        lines = [
            "v=0",
            f"o={plan.name} 2890844526 2890844526 {self._connection()}",
            "s=-",
            f"c={self._connection()}",
            "t=0 0",
            f"m={kind} {port} TCP/{transport} *",
            f"a=setup:{setup.value}",
        ]
        if plan.is_access and self._is_offerer:
            lines.append("a=3ge2ae:requested")
        if plan.announced is not None:
            lines.append(f"a=fingerprint:{plan.announced}")
        if plan.application == "msrp":
            lines += ["a=accept-types:text/plain", f"a=path:{self._path()}", "a=msrp-cema"]
        else:
            lines += ["a=connection:new", f"a=floorctrl:{'c-only' if plan.is_access else 's-only'}", "a=confid:4321"]
        return "".join(f"{line}\r\n" for line in lines)

    def _connection(self) -> str:
        return str(Connection.to_address(self.plan.address))

    def _path(self) -> str:
        host = f"[{self.plan.address}]" if ":" in self.plan.address else self.plan.address
        scheme = "msrps" if self.plan.is_access else "msrp"
        return f"{scheme}://{host}:{self._media.port}/{self.plan.name.lower()}session;tcp"

    def _on_offer(self, sdp: str) -> None:
        """Take the role that the plan says; whoever is active answers once TCP, and for a UE TLS, is up."""
        self._far = Sdp.parse(sdp.encode()).media[0]
        self._trust()
        if self.plan.setup is Setup.ACTIVE:
            self._spawn(self._connect())
        else:
            self._accept()
            self._answer()

    def _on_answer(self, sdp: str) -> None:
        self._far = Sdp.parse(sdp.encode()).media[0]
        self._trust()
        if self._far.setup is Setup.PASSIVE and not self._media.is_connected:
            self._spawn(self._connect())
        elif self._media.is_connected:
            self._begin_talk()

    def _answer(self) -> None:
        self._send(signalling.Answer(self._session, self._sdp(self.plan.setup)))

    def _trust(self) -> None:
        if self.plan.is_access and self._far is not None:
            self._media.leg.trust(self._far.fingerprints)

    # --------------------------------------------------------------------------------------------------- TCP, TLS

    def _spawn(self, work: object) -> None:
        assert asyncio.iscoroutine(work)
        task = asyncio.create_task(work)
        self._tasks.add(task)

    def _accept(self) -> None:
        self._spawn(self._take_connection())

    async def _take_connection(self) -> None:
        loop = asyncio.get_running_loop()
        connection, _ = await loop.sock_accept(self._media.listener)
        connection.setblocking(False)
        await loop.connect_accepted_socket(lambda: self._media.leg, connection)
        self._media.was_accepted = True
        host, port = connection.getpeername()[:2]
        note = f"TCP connection from {host} port {port}"
        self.recorder.note("AGW", self.plan.name, "tcp", note, "TCP SYN, SYN-ACK, ACK", [f"tcp:AGW>{self.plan.name}"])
        self._connected()

    async def _connect(self) -> None:
        assert self._far is not None
        far = self._far.connection
        assert far is not None
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self._media.leg, far.address, int(str(self._far.port)))
        self._connected()

    def _connected(self) -> None:
        """Start TLS as the flow has it; a plain end is ready, and answers if it still owes that."""
        self._media.is_connected = True
        if self.plan.is_access:
            self._start_tls()
        else:
            if self._owes_answer:
                self._spawn(self._answer_soon())
            self._begin_talk()

    @property
    def _owes_answer(self) -> bool:
        return not self._is_offerer and self.plan.setup is Setup.ACTIVE

    async def _answer_soon(self) -> None:
        await asyncio.sleep(_ANSWER_PAUSE_S)
        self._answer()

    def _start_tls(self) -> None:
        """BFCP: the answerer is the server (RFC 8856 clause 8). MSRP: whoever accepted TCP is (RFC 8122 clause 6.2)."""
        is_server = not self._is_offerer if self.plan.application == "bfcp" else self._media.was_accepted
        self._media.tls_role = TlsRole.SERVER if is_server else TlsRole.CLIENT
        assert self.plan.certificate is not None
        self._media.leg.start_tls(self.plan.certificate, self._media.tls_role)

    def _on_report(self, report: Report) -> None:
        name = self.plan.name
        match report:
            case Handshaken(version=version, cipher=cipher):
                summary = f"TLS handshake done: {version}, {cipher}"
                self.recorder.note("AGW", name, "tls", summary, summary, [f"tls:{name}"])
                if self._owes_answer:
                    self._spawn(self._answer_soon())
                self._begin_talk()
            case Verified(fingerprint=fingerprint):
                summary = "certificate of the AGW matches its fingerprint"
                self.recorder.note(name, name, "tls", str(fingerprint), summary, [f"verified:{name}"])
            case TlsFailed(cause=cause):
                self.recorder.note(name, name, "tls", cause, f"TLS refused: {cause}", [f"tls-refused:{name}"])
            case Ended(cause=cause):
                self.recorder.note("AGW", name, "tcp", cause, f"TCP connection over: {cause}", [f"tcp-ended:{name}"])

    # ------------------------------------------------------------------------------------------------------- talk

    def _begin_talk(self) -> None:
        """Say something, and listen, as soon as the far end is known; until then the leg keeps what comes."""
        if self._talk is not None or self._far is None:
            return
        plan = self.plan
        if plan.application == "msrp":
            text = f"hello from the {plan.name}"
            identity = f"{plan.name.lower()}{self._session}"
            self._talk = MsrpTalk((self._path(),), self._far.path, text, identity, self._seen)
        else:
            own, far = (101, 102) if plan.is_access else (102, 101)
            self._talk = BfcpTalk(own, far, self._seen)
        self._media.leg.write(self._talk.begin())
        self._media.leg.deliver_to(self)

    def _seen(self, tag: str, summary: str, text: str) -> None:
        far = "peer" if self.plan.is_access else "UE"
        self.recorder.note(far, self.plan.name, "media", text, summary, [f"{tag}:{far}>{self.plan.name}"])

    def write(self, data: bytes) -> None:
        """Take application octets from the leg."""
        assert self._talk is not None
        self.octets_received += len(data)
        self._media.leg.write(self._talk.receive(data))
        if self._talk.is_finished and not self.finished.done():
            self.finished.set_result(None)

    def write_eof(self) -> None:
        """Take the far end's FIN: close too."""
        self._media.leg.write_eof()

    def abort(self, cause: str) -> None:
        """Take the leg's reset; the report told of it."""
