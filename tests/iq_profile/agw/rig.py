"""A gateway engine on a clock that the test turns, with a pretended relay below and a pretended controller above."""

import errno
from dataclasses import replace

from iq_profile.agw import orders
from iq_profile.agw.engine import AgwEngine
from iq_profile.agw.orders import LegId
from iq_profile.agw.settings import AgwSettings
from iq_profile.procedures import (
    BEARER_EVENTS,
    ConfigureConnectionPoint,
    EventTerms,
    Outcome,
    Procedure,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    compose,
    read_outcome,
)
from iq_profile.profile import shipped_profile
from megaco import decode, encode
from megaco.message import (
    CHOOSE_CONTEXT,
    ActionReply,
    ActionRequest,
    AddRequest,
    AuditDescriptor,
    Command,
    CommandReply,
    CommandRequest,
    ErrorDescriptor,
    IpAddress,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    Message,
    Octets,
    PropertyParm,
    RemoteDescriptor,
    StreamDescriptor,
    StreamMode,
    SubtractRequest,
    TransactionReply,
    TransactionRequest,
    Value,
)
from megaco.sdp import Fingerprint, Sdp

PROFILE = shipped_profile().roles
OWN = Fingerprint("sha-256", ":".join(["A1"] * 32))
"""The gateway's."""
FAR = Fingerprint("sha-256", ":".join(["B2"] * 32))
"""The UE's."""
ACCESS_ADDRESS, CORE_ADDRESS = "192.0.2.1", "2001:db8::1"
UE, PEER = ("198.51.100.7", 4000), ("2001:db8::7", 5000)
FIRST_PORT = 40_000

NO_STATISTICS = AuditDescriptor()
_MID = IpAddress("127.0.0.1", 2944)


def sdp(
    protocol: str = "TCP/MSRP",
    *,
    far: tuple[str, int] | None = None,
    setup: str | None = "actpass",
    fingerprint: str | None = None,
    kind: str | None = None,
) -> bytes:
    """Write a description of one line; without ``far`` address and port are the gateway's to choose."""
    address, port = far if far is not None else ("$", "$")
    family = "IP6" if ":" in address else "IP4"
    named = kind or ("application" if protocol.endswith("BFCP") else "message")
    lines = ["v=0", f"c=IN {family} {address}", f"m={named} {port} {protocol} *"]
    lines += [f"a=setup:{setup}"] if setup else []
    lines += [f"a=fingerprint:{fingerprint}"] if fingerprint else []
    return "".join(f"{line}\r\n" for line in lines).encode()


def secured(application: str = "MSRP", setup: str | None = "actpass") -> bytes:
    """Write a Local descriptor of the access side with everything left to choose."""
    return sdp(f"TCP/TLS/{application}", setup=setup, fingerprint="sha-256 $")


def ue(application: str = "MSRP", setup: str | None = "actpass", fingerprint: Fingerprint | None = FAR) -> bytes:
    """Write the Remote descriptor of the UE."""
    told = str(fingerprint) if fingerprint is not None else None
    return sdp(f"TCP/TLS/{application}", far=UE, setup=setup, fingerprint=told)


def peer(application: str = "MSRP", setup: str | None = "actpass") -> bytes:
    """Write the Remote descriptor of the core peer."""
    return sdp(f"TCP/{application}", far=PEER, setup=setup)


def with_setup(local: bytes, setup: str) -> bytes:
    """Write a description again with another a=setup."""
    parsed = Sdp.parse(local)
    return parsed.replace_media(0, parsed.media[0].with_attribute("setup", setup)).encode()


class Rig:
    """An engine; legs get ports 40000, 40001 and so on."""

    def __init__(self, settings: AgwSettings | None = None, ports: int = 1_000, *, is_wired: bool = True) -> None:
        """Start empty; ``ports`` is how many legs can have one at a time, ``is_wired`` whether messages are written."""
        chosen = settings or AgwSettings(access_address=ACCESS_ADDRESS, core_address=CORE_ADDRESS)
        self.engine = AgwEngine(chosen, PROFILE, OWN, self._reserve)
        self.now = 0.0
        self.legs: list[LegId] = []
        """Every leg that was ever reserved, oldest first."""
        self.addresses: dict[LegId, str] = {}
        self.open: set[LegId] = set()
        """Legs that are reserved and not yet closed."""
        self.closed: list[LegId] = []
        self._ports = ports
        self._is_wired = is_wired
        self._done: list[orders.Order] = []

    def _reserve(self, leg: LegId, address: str) -> int:
        if leg in self.open:
            raise ValueError(f"leg {leg} has a port already")
        if len(self.open) >= self._ports:
            raise OSError(errno.EADDRINUSE, "every port is in use")
        self.open.add(leg)
        self.legs.append(leg)
        self.addresses[leg] = address
        return FIRST_PORT + len(self.legs) - 1

    # -- the controller -----------------------------------------------------------------------------------------

    def execute(self, *actions: ActionRequest) -> tuple[ActionReply, ...]:
        """Send a transaction, as the wire has it; return what comes back, which can be written too."""
        if self._is_wired:
            sent = decode(encode(Message(2, _MID, (TransactionRequest(1, actions),)))).transactions[0]
            assert sent == TransactionRequest(1, actions)
        replies = self.engine.execute(actions, self.now)
        if self._is_wired:
            encode(Message(2, _MID, (TransactionReply(1, replies),)))
        self.perform()
        return replies

    def order(self, procedure: Procedure) -> Outcome:
        """Send a procedure; return its outcome."""
        return read_outcome(TransactionReply(1, self.execute(compose(procedure, PROFILE))))

    def command(self, command: Command, context: int = CHOOSE_CONTEXT) -> CommandReply:
        """Send one command; return its reply."""
        (reply,) = self.execute(action(command, context=context))
        assert reply.error is None
        return reply.replies[0]

    def refusal(self, command: Command, context: int = CHOOSE_CONTEXT) -> ErrorDescriptor:
        """Send one command; return the error that comes back at its level."""
        error = self.command(command, context).error
        assert error is not None
        return error

    def reserve(
        self,
        interface: str,
        *streams: StreamTerms,
        context: int = CHOOSE_CONTEXT,
        heartbeat_s: int = 0,
        filter_source: bool = False,
    ) -> Reserved:
        """Reserve (and Configure) a connection point that is granted."""
        terms = tuple(replace(one, source_filter=True) for one in streams) if filter_source else streams
        outcome = self.order(ReserveConnectionPoint(context, 1, interface, terms, asked(heartbeat_s)))
        assert isinstance(outcome, Reserved), outcome
        return outcome

    def reserve_two(self) -> tuple[Reserved, Reserved]:
        """Reserve a plain core side and a secured access side in a context, and forget the orders."""
        core = self.reserve("core", plain_terms())
        access = self.reserve("access", secured_terms(), context=core.context_id)
        self.done()
        return core, access

    def configure(self, point: Reserved, *streams: StreamTerms) -> Reserved:
        """Configure a connection point, which is granted."""
        outcome = self.order(ConfigureConnectionPoint(point.context_id, point.termination_id, streams))
        assert isinstance(outcome, Reserved), outcome
        return outcome

    def release(self, *points: Reserved) -> Outcome:
        """Release connection points by name."""
        names = tuple(point.termination_id for point in points)
        return self.order(ReleaseTerminations(points[0].context_id, names))

    # -- the relay ----------------------------------------------------------------------------------------------

    def report(self, *reports: orders.Report) -> list[orders.Order]:
        """Let the relay report; return the orders that follow."""
        self.done()
        for report in reports:
            self.engine.report(report, self.now)
            self.perform()
        return self.done()

    def wait(self, seconds: float) -> list[orders.Order]:
        """Let time pass, deadline by deadline; return the orders that follow."""
        self.done()
        end = self.now + seconds
        while (deadline := self.engine.next_deadline()) is not None and deadline <= end:
            self.now = deadline
            self.engine.handle_timer(self.now)
            self.perform()
        self.now = end
        return self.done()

    def done(self) -> list[orders.Order]:
        """Return, once, the orders that were given."""
        done, self._done = self._done, []
        return done

    def perform(self) -> None:
        """Carry out orders as the relay does: those to legs that are closed would be lost, so there must be none."""
        for order in self.engine.take_orders():
            named = {order.one, order.other} if isinstance(order, orders.Join) else {order.leg}
            assert named <= self.open, f"{order}: no such leg"
            if isinstance(order, orders.Close):
                self.open.discard(order.leg)
                self.closed.append(order.leg)
            self._done.append(order)


def action(*commands: Command, context: int = CHOOSE_CONTEXT, optional: bool = False) -> ActionRequest:
    """Make an action of commands, all optional or none."""
    return ActionRequest(context, commands=tuple(CommandRequest(one, optional=optional) for one in commands))


def plain_terms(remote: bytes | None = None, stream: int = 1) -> StreamTerms:
    """Return the terms of a plain MSRP stream."""
    return StreamTerms(stream, StreamMode.SEND_RECEIVE, sdp(), remote)


def asked(heartbeat_s: int = 0) -> EventTerms:
    """Ask for what the controller asks for of each termination."""
    return EventTerms(1, BEARER_EVENTS, heartbeat_s=heartbeat_s)


def secured_terms(remote: bytes | None = None, stream: int = 1) -> StreamTerms:
    """Return the terms of a secured MSRP stream."""
    return StreamTerms(stream, StreamMode.SEND_RECEIVE, secured(), remote)


def media(local: bytes | None, remote: bytes | None = None, stream: int = 1, *properties: str) -> MediaDescriptor:
    """Make a Media descriptor of one stream, with these properties in its LocalControl."""
    control = LocalControlDescriptor(properties=tuple(PropertyParm(name, Value("1")) for name in properties))
    described = StreamDescriptor(
        stream,
        local_control=control if properties else None,
        local=LocalDescriptor(Octets(local)) if local is not None else None,
        remote=RemoteDescriptor(Octets(remote)) if remote is not None else None,
    )
    return MediaDescriptor(streams=(described,))


def add(local: bytes | None = None, *, name: str = "ip/1/core/$") -> AddRequest:
    """Make an Add of one stream, plain unless ``local`` says otherwise."""
    return AddRequest((name,), (media(sdp() if local is None else local),))


def subtract(*names: str) -> SubtractRequest:
    """Make a Subtract that wants no statistics back."""
    return SubtractRequest(names, NO_STATISTICS)
