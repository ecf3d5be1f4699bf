"""The controller's end: gateways register, are asked, and ask."""

from collections.abc import Callable, Iterable

from megaco.association import (
    ControllerConfig,
    RegisteredGateway,
    Registrar,
    RegistrarEvent,
)
from megaco.codec import Dictionary
from megaco.message import (
    ActionRequest,
    ErrorDescriptor,
    MessageIdentifier,
    TransactionReply,
)
from megaco.transaction import (
    RequestReceived,
    TransactionConfig,
)
from megaco.transport import Address, Trace, parse_url

from .base import NO_ASSOCIATION, Endpoint, ReplyHandler, RequestHandler, own_mid


class Mgc(Endpoint):
    """A media gateway controller."""

    def __init__(
        self,
        mid: MessageIdentifier,
        config: TransactionConfig,
        encoding: str,
        dictionary: Dictionary | None,
        version: int,
        trace: Trace | None,
    ) -> None:
        """Use ``listen``."""
        super().__init__(mid, config, encoding, dictionary, version, trace)
        self.registrar = Registrar(ControllerConfig())
        self._on_gateway: Callable[[RegistrarEvent], None] = lambda event: None
        self._handler: RequestHandler = lambda event: ErrorDescriptor(443, "Unsupported or Unknown Command")

    @classmethod
    async def listen(
        cls,
        url: str,
        *,
        on_gateway: Callable[[RegistrarEvent], None] | None = None,
        on_request: RequestHandler | None = None,
        mid: MessageIdentifier | None = None,
        controller: ControllerConfig | None = None,
        peers: Iterable[str] = (),
        transactions: TransactionConfig | None = None,
        encoding: str = "pretty",
        dictionary: Dictionary | None = None,
        version: int = 2,
        trace: Trace | None = None,
    ) -> "Mgc":
        """Listen for gateways at ``udp://address:port``.

        ``on_gateway`` hears of gateways that come and go, ``on_request`` executes what registered gateways ask
        (Notify); ``mid`` None is the address listened at. A URL without port has the one of the encoding. Gateways are
        asked in the encoding that they registered in; ``encoding`` says which layout of text that is. ``dictionary``
        as for ``megaco.encode``. Raises TransportError where the address is taken, LocalError for a bad URL.
        """
        local = parse_url(url, encoding)
        mgc = cls(mid or own_mid(local), transactions or TransactionConfig(), encoding, dictionary, version, trace)
        mgc.registrar = Registrar(controller or ControllerConfig())
        mgc._on_gateway = on_gateway or mgc._on_gateway
        mgc.pump.peers = frozenset(peers)
        mgc._handler = on_request or mgc._handler
        await mgc._bind(local)
        if mid is None:
            mgc.engine.mid = own_mid(mgc.local)
        return mgc

    async def request(self, gateway: RegisteredGateway, *actions: ActionRequest) -> TransactionReply:
        """Send a request to a gateway and wait for its reply; raises TransportError where none comes."""
        return await self._request(_address(gateway), actions)

    def submit(self, gateway: RegisteredGateway, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> None:
        """Send a request to a gateway; ``on_reply`` takes the reply."""
        self._submit(_address(gateway), actions, on_reply)

    def _on_request(self, event: RequestReceived) -> None:
        actions = self.registrar.receive(event.request, event.mid, event.peer)
        if actions is not None:
            registered = self.registrar.gateways.get(event.peer)
            if registered is not None:
                self.engine.agreed[event.peer] = registered.version
                self.engine.encodings[event.peer] = event.encoding
            self._answer(event, actions)
            if registered is None:
                self.engine.agreed.pop(event.peer, None)
                self.engine.encodings.pop(event.peer, None)
            for happened in self.registrar.take_events():
                self._on_gateway(happened)
        elif event.peer not in self.registrar.gateways:
            self.engine.refuse(event.peer, event.request.transaction_id, NO_ASSOCIATION)
        else:
            self._execute(event, self._handler)


def _address(gateway: RegisteredGateway) -> Address:
    assert isinstance(gateway.peer, Address)
    return gateway.peer
