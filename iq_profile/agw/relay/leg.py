"""One leg: a TCP connection, with TLS on it or not, whose received bytes go to a sink.

It stands on asyncio and ``tls``; ``relay`` makes legs for the gateway's engine, and the demo's user equipment uses
them alone. Whatever a leg may not deliver yet - it has no sink, TLS is not up, the certificate is not trusted - is
parked up to ``RelaySettings.parked_limit_bytes``, and then the leg stops reading, so that TCP holds the far end back.

The two directions end one by one. The far end's FIN, or ``close_notify`` before it, becomes ``write_eof`` at the sink;
``write_eof`` at the leg becomes ``close_notify`` and FIN. A far end that ends TLS by FIN alone is taken at its word,
since MSRP and BFCP frame their messages themselves and user equipment often does so. A reset is passed on as a reset.
TLS 1.2 wants a far end that gets ``close_notify`` to answer with its own at once (RFC 5246 clause 7.2.1), so there
half-close lasts as long as the far end cares to go on; TLS 1.3 leaves each direction alone (RFC 8446 clause 6.1).
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import cast

from iq_profile.agw.orders import Ended, Handshaken, LegId, Report, TlsFailed, TlsRole, Verified
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.ports import reset_on_close
from iq_profile.agw.relay.settings import RelaySettings
from iq_profile.agw.relay.stream import Deadline, Inbound, Sink, Source, hold_back, let_go_on
from iq_profile.agw.relay.tls import HandshakeCompleted, PeerFinished, PeerVerified, TlsEngine, TlsEvent, TlsFault
from megaco.sdp import Fingerprint

_log = logging.getLogger("h248.relay")
_ENDED_IN_ORDER = "closed in both directions"


class Leg(asyncio.BufferedProtocol):
    """One TCP connection, from before it is up until it is over; methods are called in its event loop only.

    As an asyncio protocol it is handed to ``create_connection`` or ``connect_accepted_socket``. It reports
    ``Handshaken``, ``Verified``, ``TlsFailed`` and ``Ended`` of ``iq_profile.agw.orders``: one of the last two, once,
    after a connection was up, and nothing after it nor after ``close``.
    """

    def __init__(
        self,
        name: LegId,
        settings: RelaySettings,
        report: Callable[[Report], None],
        read_buffer: bytearray | None = None,
    ) -> None:
        """Make a leg whose connection is still to come; ``report`` gets what happens, from within the event loop.

        ``read_buffer``, of ``settings.read_bytes``, may be shared by legs of one selector event loop, since a read is
        done with before the next begins, so that an idle leg costs little; None gives the leg its own.
        """
        self.name = name
        self.bytes_sent = 0
        """Application bytes accepted from the source and given to TCP."""
        self._settings = settings
        self._report: Callable[[Report], None] | None = report
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the connection is over, or closed before it was up; ``asyncio.wait`` for it does not cancel it."""
        self._transport: asyncio.Transport | None = None
        self._deadline = Deadline()
        self._tls: TlsEngine | None = None
        self._fingerprints: tuple[Fingerprint, ...] | None = None
        self._buffer = bytearray(settings.read_bytes) if read_buffer is None else read_buffer
        self._view = memoryview(self._buffer)
        self._inbound = Inbound()
        self._source: Source | None = None
        self._unsent: list[bytes] = []
        self._is_fin_received = False
        self._is_eof_wanted = self._is_eof_sent = False
        self._is_held_back = self._is_paused = self._is_write_paused = self._is_lingering = False
        self._end_cause: str | None = None

    # Orders, from the relay or from the leg's user.

    def start_tls(self, certificate: Certificate, role: TlsRole) -> None:
        """Put TLS on the connection, or on it once it is up; bytes received so far are the far end's handshake.

        ``trust`` may have been called before or is called later. A second call changes nothing.
        """
        if self._tls is not None:
            return
        self._tls = TlsEngine(certificate, role, self._settings)
        if self._fingerprints is not None:
            self._tls.trust(self._fingerprints)
        if self._transport is not None:
            self._begin_handshake()

    def trust(self, fingerprints: tuple[Fingerprint, ...]) -> None:
        """Say what the far end's certificate must match; parked bytes flow if it does, else the leg is reset."""
        self._fingerprints = fingerprints
        if self._tls is not None:
            self._tls.trust(fingerprints)
            self._follow_tls()

    def deliver_to(self, sink: Sink | None) -> None:
        """Give received bytes to ``sink`` from now on, parked ones first; None parks them again."""
        self._inbound.sink = sink
        self._deliver()

    def be_fed_by(self, source: Source | None) -> None:
        """Hold back ``source`` whenever this leg cannot take more; None when nobody is to be held back."""
        former, self._source = self._source, source
        if former is not None and former is not source:
            former.resume_reading()
        if not self._is_ready or self._is_write_paused:
            hold_back(self._source)

    def write(self, data: bytes) -> None:
        """Send application bytes, or keep them until the leg is up and trusted, holding the source back.

        Bytes for a leg that is over, or whose ``write_eof`` was called, are dropped.
        """
        if self._is_eof_wanted or self._is_over or not data:
            return
        if self._is_ready:
            self._send(data)
        else:
            self._unsent.append(data)
            hold_back(self._source)

    def write_eof(self) -> None:
        """Send no more after what was written: TLS ``close_notify`` and TCP FIN. Receiving goes on."""
        self._is_eof_wanted = True
        if self._is_ready and not self._is_over:
            self._send_eof()

    def pause_reading(self) -> None:
        """Receive no more for now."""
        self._is_held_back = True
        self._update_reading()

    def resume_reading(self) -> None:
        """Receive again."""
        self._is_held_back = False
        self._update_reading()

    def abort(self, cause: str) -> None:
        """Reset the connection; ``Ended`` tells ``cause``."""
        self._end_cause = self._end_cause or cause
        if self._transport is None:
            self._set_closed()
        elif not self.closed.done():
            reset_on_close(cast(socket.socket, self._transport.get_extra_info("socket")))
            self._transport.abort()

    def close(self, abort: bool = False) -> None:
        """Close in good order: send what was written, ``close_notify``, FIN, and drop what still arrives.

        The leg reports nothing any more. It is reset if the far end has not closed in time, with ``abort`` at once.
        """
        self._report = None
        self.deliver_to(None)
        self.be_fed_by(None)
        if abort or self._transport is None:
            self.abort("closed by order")
        elif not self._is_over:
            self.write_eof()
            self._linger()
        elif not self.closed.done():
            self._abort_after_linger()

    @property
    def bytes_received(self) -> int:
        """Application bytes given to the sink so far."""
        return self._inbound.delivered_bytes

    @property
    def parked_bytes(self) -> int:
        """Bytes received and kept, for want of a sink or of trust."""
        return len(self._inbound.parked) + (self._tls.plaintext_bytes if self._tls is not None else 0)

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection that came up."""
        self._transport = cast(asyncio.Transport, transport)
        if self.closed.done():
            self._transport.abort()
            return
        self._transport.set_write_buffer_limits(self._settings.write_high_bytes, self._settings.write_low_bytes)
        if self._tls is not None:
            self._begin_handshake()
        else:
            self._become_ready()
        self._update_reading()

    def get_buffer(self, sizehint: int) -> bytearray:
        """Lend the buffer for the next read."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Take what was read, before the buffer is lent again."""
        if self._is_lingering:
            return
        if self._tls is not None:
            self._tls.receive(self._view[:nbytes])
            self._follow_tls()
        else:
            self._inbound.take(bytes(self._view[:nbytes]), self._is_ready)
            self._update_reading()

    def eof_received(self) -> bool:
        """Take the far end's FIN; the other direction stays open unless the leg only lingers."""
        self._is_fin_received = True
        if self._is_lingering:
            return False
        if self._tls is not None and not self._inbound.is_ended:
            self._tls.receive_eof()
            self._follow_tls()
        else:
            self._inbound.is_ended = True
            self._deliver()
        return True

    def pause_writing(self) -> None:
        """Hold the source back: TCP does not take our bytes as fast as they come."""
        self._is_write_paused = True
        hold_back(self._source)

    def resume_writing(self) -> None:
        """Let the source go on."""
        self._is_write_paused = False
        let_go_on(self._source)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end of the connection, tell it, and reset the sink if it did not come in good order."""
        self._deadline.clear()
        cause = self._end_cause or (f"reset by the far end: {exc}" if exc else _ENDED_IN_ORDER)
        if exc is not None and self._end_cause == _ENDED_IN_ORDER:
            cause = f"reset by the far end: {exc}"
        self._inbound.parked.clear()
        self._unsent.clear()
        self._set_closed()
        is_in_handshake = self._tls is not None and not self._tls.is_handshaken
        self._tell_last((TlsFailed if is_in_handshake else Ended)(self.name, cause))
        sink, self._inbound.sink = self._inbound.sink, None
        source, self._source = self._source, None
        let_go_on(source)
        if sink is not None and cause != _ENDED_IN_ORDER:
            sink.abort(f"the leg it was joined to ended: {cause}")

    # TLS.

    def _begin_handshake(self) -> None:
        tls = cast(TlsEngine, self._tls)
        self._deadline.set(self._settings.handshake_timeout_s, self._give_up_handshake)
        tls.start()
        tls.receive(bytes(self._inbound.parked))
        self._inbound.parked.clear()
        if self._inbound.is_ended:
            self._inbound.is_ended = False
            tls.receive_eof()
        self._follow_tls()

    def _give_up_handshake(self) -> None:
        self._fail_tls(f"no TLS handshake within {self._settings.handshake_timeout_s:g} s", reset=True)

    def _follow_tls(self) -> None:
        """Carry out what the TLS engine has for us; needed after any call of it."""
        tls = cast(TlsEngine, self._tls)
        if self._transport is None or self._is_over:
            return
        to_send = tls.take_to_send()
        if to_send and not self._is_eof_sent:
            self._transport.write(to_send)
        events = tls.take_events()
        # What an event says, such as Verified, is told before the bytes that came with it are delivered.
        self._inbound.take(tls.take_plaintext(), self._is_ready and not events)
        for event in events:
            self._follow_event(event, is_alert_sent=bool(to_send))
        self._deliver()

    def _follow_event(self, event: TlsEvent, is_alert_sent: bool) -> None:
        match event:
            case HandshakeCompleted(version, cipher):
                self._deadline.clear()
                self._tell(Handshaken(self.name, version, cipher))
            case PeerVerified(fingerprint):
                self._tell(Verified(self.name, fingerprint))
                self._become_ready()
            case PeerFinished(close_notify):
                self._inbound.is_ended = True
                if not close_notify:
                    _log.debug("leg %s: the far end closed without close_notify", self.name)
            case TlsFault(cause):
                self._fail_tls(cause, reset=not is_alert_sent)

    def _fail_tls(self, cause: str, reset: bool) -> None:
        """End the leg by a fault of TLS; without ``reset`` an alert is on its way, which a reset might overtake.

        In TLS 1.3 a client is done before the server has judged its certificate (RFC 8446 clause 2): a fault before the
        far end's first application byte is still a failure to establish the session.
        """
        self._deadline.clear()
        if cast(TlsEngine, self._tls).is_trusted and self.bytes_received + self.parked_bytes > 0:
            self._deliver()
            self.abort(cause)
            return
        self._tell_last(TlsFailed(self.name, cause))
        self._inbound.sink = self._source = None
        if reset:
            self.abort(cause)
        else:
            self._linger()

    # Both directions.

    @property
    def _is_ready(self) -> bool:
        """Whether application bytes may be sent."""
        return self._transport is not None and (self._tls is None or self._tls.is_trusted)

    @property
    def _is_over(self) -> bool:
        return self._end_cause is not None or self._is_lingering or self.closed.done()

    def _become_ready(self) -> None:
        unsent = b"".join(self._unsent)
        self._unsent.clear()
        if unsent:
            self._send(unsent)
        if self._is_eof_wanted:
            self._send_eof()
        elif self._source is not None and not self._is_write_paused:
            self._source.resume_reading()

    def _send(self, data: bytes) -> None:
        self.bytes_sent += len(data)
        if self._tls is not None:
            self._tls.write(data)
            self._follow_tls()
        else:
            cast(asyncio.Transport, self._transport).write(data)

    def _send_eof(self) -> None:
        if self._is_eof_sent:
            return
        if self._tls is not None:
            self._tls.close()
            self._follow_tls()
        self._send_fin()
        self._end_if_both_ended()

    def _send_fin(self) -> None:
        """Send FIN; a far end that reset while reading was paused is noticed only here, and the leg ends with it."""
        self._is_eof_sent = True
        try:
            cast(asyncio.Transport, self._transport).write_eof()
        except OSError as error:
            self.abort(f"reset by the far end: {error}")

    def _deliver(self) -> None:
        """Give what is parked to the sink, if it may have it, and see what follows from that."""
        self._inbound.deliver(self._is_ready)
        self._end_if_both_ended()
        self._update_reading()

    def _end_if_both_ended(self) -> None:
        if self._inbound.is_ended and self._is_eof_sent and not self._inbound.parked and not self._is_over:
            self._end_cause = _ENDED_IN_ORDER
            cast(asyncio.Transport, self._transport).close()

    def _update_reading(self) -> None:
        """Read or not: not while held back, nor while as much is parked as may be."""
        if self._transport is None or self.closed.done():
            return
        pause = self._is_held_back or self.parked_bytes >= self._settings.parked_limit_bytes
        pause = pause and not self._is_lingering
        if pause != self._is_paused:
            self._is_paused = pause
            (self._transport.pause_reading if pause else self._transport.resume_reading)()

    # The end.

    def _linger(self) -> None:
        """Send FIN, wait a while for the far end's, drop what it sends: closing with bytes unread would reset."""
        self._is_lingering = True
        self._inbound.parked.clear()
        if not self._is_eof_sent:
            self._send_fin()
        if self._is_fin_received:
            cast(asyncio.Transport, self._transport).close()
        self._abort_after_linger()
        self._update_reading()

    def _abort_after_linger(self) -> None:
        self._deadline.set(self._settings.linger_timeout_s, lambda: self.abort("the far end did not close"))

    def _set_closed(self) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def _tell(self, report: Report) -> None:
        _log.debug("%s", report)
        if self._report is not None:
            self._report(report)

    def _tell_last(self, report: Report) -> None:
        self._tell(report)
        self._report = None
