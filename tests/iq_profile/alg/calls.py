"""SDP of ends, a gateway that is made up, and a driver of the controller's engine on a clock of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from iq_profile.alg.engine import Action, AlgEngine, Request, SendAnswer, SendBye, SendOffer, SendReject, SessionGone
from iq_profile.alg.settings import AlgSettings
from iq_profile.alg.state import Side
from iq_profile.procedures import (
    ConfigureConnectionPoint,
    Order,
    Outcome,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
)
from megaco.message import ALL, CHOOSE_CONTEXT
from megaco.sdp import Connection, Fingerprint, Sdp

BOTH = frozenset({"msrp-tls", "bfcp-tls"})
UE_PRINT = "SHA-256 " + ":".join(["A1"] * 32)
OTHER_PRINT = "SHA-1 " + ":".join(["B2"] * 20)
GATEWAY_PRINT = "sha-256 " + ":".join(["0F"] * 32)
HEAD = ("v=0", "o=alice 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0")
CEMA = ("a=accept-types:text/plain", "a=path:msrps://192.0.2.1:7394/abc;tcp", "a=msrp-cema")
AUDIO = ("m=audio 5004/2 RTP/AVP 0 8", "a=rtpmap:0 PCMU/8000", "a=sendrecv")

T = TypeVar("T")


def sdp(*lines: str, head: tuple[str, ...] = HEAD) -> bytes:
    """Write a description."""
    return "".join(f"{line}\r\n" for line in (*head, *lines)).encode()


def secured(application: str, *more: str, setup: str = "actpass", port: int = 7394) -> tuple[str, ...]:
    """Return a UE's line: TLS, a fingerprint, and what is given besides."""
    extra = CEMA if application == "MSRP" else ("a=floorctrl:c-only", "a=confid:4321")
    kind = "message" if application == "MSRP" else "application"
    first = (f"m={kind} {port} TCP/TLS/{application} *", f"a=setup:{setup}", f"a=fingerprint:{UE_PRINT}")
    return (*first, *more, *extra)


def asked(application: str, *, setup: str = "actpass", port: int = 7394) -> tuple[str, ...]:
    """Return the line of a UE that asks for end-to-access-edge security."""
    return secured(application, "a=3ge2ae:requested", setup=setup, port=port)


def plain(application: str, *, setup: str = "actpass", port: int = 9000) -> tuple[str, ...]:
    """Return a core peer's line."""
    extra = CEMA if application == "MSRP" else ("a=floorctrl:s-only", "a=confid:4321")
    kind = "message" if application == "MSRP" else "application"
    return (f"m={kind} {port} TCP/{application} *", f"a=setup:{setup}", *extra)


@dataclass
class FakeGateway:
    """Names terminations, chooses ports, and knows what it still holds."""

    address: str = "198.51.100.7"
    held: dict[str, int] = field(default_factory=dict)
    """Termination -> context."""
    released: list[str] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    refuse: Callable[[Order], bool] = lambda order: False

    def execute(self, order: Order) -> Outcome:
        """Carry out an order, or refuse it."""
        self.orders.append(order)
        if self.refuse(order):
            return Rejected(510, "Insufficient resources")
        match order:
            case ReserveConnectionPoint():
                context_id = 1 if order.context_id == CHOOSE_CONTEXT else order.context_id
                name = f"ip/{order.group}/{order.interface}/{len(self.orders)}"
                self.held[name] = context_id
                return Reserved(context_id, name, {one.stream_id: self._choose(one) for one in order.streams})
            case ConfigureConnectionPoint():
                return Reserved(order.context_id, order.termination_id, {})
            case ReleaseTerminations():
                names = list(self.held) if order.termination_ids == (ALL,) else order.termination_ids
                for name in names:
                    del self.held[name]
                    self.released.append(name)
                return Released(order.context_id, order.termination_ids)

    def _choose(self, terms: StreamTerms) -> bytes:
        assert terms.local is not None
        asked_for = Sdp.parse(terms.local)
        media = asked_for.media[0].with_port(40000 + 100 * len(self.orders) + terms.stream_id)
        if media.fingerprints:
            media = media.with_fingerprints((Fingerprint.parse(GATEWAY_PRINT),))
        return asked_for.with_session_connection(Connection.to_address(self.address)).replace_media(0, media).encode()


class Call:
    """One session through an engine: collects what it says, lets the gateway answer, owns the clock."""

    def __init__(self, settings: AlgSettings | None = None, gateway: FakeGateway | None = None) -> None:
        self.engine = AlgEngine(settings or AlgSettings())
        self.gateway = gateway or FakeGateway()
        self.now = 0.0
        self.said: list[Action] = []
        self.waiting: list[Request] = []

    def offer(self, side: Side, octets: bytes, agreed: frozenset[str] = BOTH, *, name: str = "s") -> "Call":
        """Offer, and let the gateway do what it is asked."""
        self.engine.offer(name, side, octets, agreed, self.now)
        return self.run()

    def answer(self, octets: bytes, *, name: str = "s") -> "Call":
        """Answer, and let the gateway do what it is asked."""
        self.engine.answer(name, octets, self.now)
        return self.run()

    def bye(self, by: str = "offerer", *, name: str = "s") -> "Call":
        """End the session."""
        self.engine.bye(name, "offerer" if by == "offerer" else "answerer", self.now)
        return self.run()

    def take(self) -> None:
        """Collect what the engine wants done without doing it."""
        for action in self.engine.take_actions():
            self.said.append(action)
            if isinstance(action, Request):
                self.waiting.append(action)

    def step(self) -> bool:
        """Let the gateway answer one request; False where it has none."""
        self.take()
        if not self.waiting:
            return False
        request = self.waiting.pop(0)
        self.engine.outcome(request.number, self.gateway.execute(request.procedure), self.now)
        self.take()
        return True

    def run(self) -> "Call":
        """Let the gateway answer until nothing is asked any more."""
        while self.step():
            pass
        return self

    def all(self, kind: type[T]) -> list[T]:
        """Return what was said of a kind."""
        return [action for action in self.said if isinstance(action, kind)]

    @property
    def forwarded_offer(self) -> bytes:
        """The one offer that went on."""
        (sent,) = self.all(SendOffer)
        return sent.sdp

    @property
    def forwarded_answer(self) -> bytes:
        """The one answer that went back."""
        (sent,) = self.all(SendAnswer)
        return sent.sdp

    @property
    def is_over(self) -> bool:
        """Nothing is left, here and in the gateway."""
        gone = [one.session for one in self.all(SessionGone)]
        return self.engine.is_empty and not self.gateway.held and len(gone) == len(set(gone)) > 0

    def rejections(self) -> list[SendReject]:
        """Return what the offerer was told."""
        return self.all(SendReject)

    def told(self) -> list[str]:
        """Return who was told bye, in order."""
        return [one.to for one in self.all(SendBye)]


OFFER = sdp(*asked("MSRP"))
ANSWER = sdp(*plain("MSRP", setup="active"))
TWO = sdp(*asked("MSRP"), *asked("BFCP", port=7500))
TWO_ANSWERED = sdp(*plain("MSRP", setup="active"), *plain("BFCP", setup="active", port=9002))
ONE_REJECTED = sdp(*plain("MSRP", setup="active"), *plain("BFCP", setup="active", port=0))


def refusing(ordinal: int) -> FakeGateway:
    """Return a gateway that refuses its order with this ordinal, counted from 1."""
    gateway = FakeGateway()
    gateway.refuse = lambda order: len(gateway.orders) == ordinal and not isinstance(order, ReleaseTerminations)
    return gateway


def paused(settings: AlgSettings | None, requests: int) -> Call:
    """Return a call that stands still after so many replies of the gateway; the answer comes as soon as it can."""
    call = Call(settings)
    call.engine.offer("s", "access", OFFER, BOTH, 0.0)
    call.take()
    for _ in range(requests):
        call.step()
        if call.all(SendOffer) and not call.all(SendAnswer):
            call.engine.answer("s", ANSWER, 0.0)
            call.take()
    return call


def lines(octets: bytes) -> list[str]:
    """Return the lines of a description."""
    return octets.decode().split("\r\n")[:-1]


def changed(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Return which lines went and which came, in order; all others are the same, byte for byte."""
    old, new = lines(before), lines(after)
    gone: list[str] = []
    come: list[str] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[start:end]
            come += new[begin:stop]
    return gone, come
