"""What two ends say to each other once bytes flow: MSRP SEND and 200, or BFCP Hello and HelloAck. Sans-IO.

A talk sends one request of its own as soon as it is allowed to, answers the far end's, and is finished when its own was
answered and the far end's was seen. It looks who speaks: what does not come from the far end, or answers what was never
asked, is astray and counts for nothing.
"""

from collections.abc import Callable
from typing import Protocol

from . import bfcp, msrp

Seen = Callable[[str, str, str], None]
"""Called with a tag, one line for the ladder, and the text of what arrived."""


class Talk(Protocol):
    """One end of an exchange."""

    is_finished: bool

    def begin(self) -> bytes:
        """Return the octets to send first."""

    def receive(self, data: bytes) -> bytes:
        """Take octets; return those to answer with."""


class MsrpTalk:
    """SEND and 200 (RFC 4975 clauses 7.1, 7.2)."""

    def __init__(
        self, own_path: tuple[str, ...], far_path: tuple[str, ...], text: str, identity: str, seen: Seen
    ) -> None:
        """``identity`` makes transaction and message ids unique to this end."""
        self.is_finished = False
        self._own_path = own_path
        self._far_path = far_path
        self._text = text
        self._identity = identity
        self._seen = seen
        self._reader = msrp.MsrpReader()
        self._was_answered = self._was_asked = False

    def begin(self) -> bytes:
        """Return a SEND with a line of text."""
        request = msrp.send_request(
            f"{self._identity}tx1",
            f"{self._identity}msg1",
            self._far_path,
            self._own_path,
            content_type="text/plain",
            body=self._text.encode(),
        )
        return msrp.write_message(request)

    def receive(self, data: bytes) -> bytes:
        """Take octets; answer each SEND with 200."""
        answers = b""
        for message in self._reader.receive(data):
            text = msrp.write_message(message).decode("utf-8", "replace")
            if message.from_path != self._far_path or message.to_path != self._own_path:
                self._seen("media-astray", f"MSRP from {' '.join(message.from_path)}, who is not the far end", text)
            elif isinstance(message, msrp.Response):
                self._answered(message, text)
            elif message.method == "SEND":
                self._was_asked = True
                said = (message.body or b"").decode("utf-8", "replace")
                self._seen("media-request", f"MSRP SEND {said!r}", text)
                if msrp.wants_response(message):
                    answers += msrp.write_message(msrp.response_to(message))
        self.is_finished = self._was_answered and self._was_asked
        return answers

    def _answered(self, response: msrp.Response, text: str) -> None:
        is_good = response.status == 200 and response.transaction_id == f"{self._identity}tx1"
        self._was_answered |= is_good
        summary = f"MSRP {response.status} {response.comment or ''}".strip()
        self._seen("media-answer" if is_good else "media-astray", summary, text)


class BfcpTalk:
    """Hello and HelloAck (RFC 8855)."""

    def __init__(self, user_id: int, far_user_id: int, seen: Seen) -> None:
        self.is_finished = False
        self._user_id = user_id
        self._far_user_id = far_user_id
        self._seen = seen
        self._reader = bfcp.BfcpReader()
        self._was_answered = self._was_asked = False

    def begin(self) -> bytes:
        """Return a Hello."""
        return bfcp.write_message(bfcp.hello(conference_id=4321, transaction_id=self._user_id, user_id=self._user_id))

    def receive(self, data: bytes) -> bytes:
        """Take octets; answer each Hello with a HelloAck."""
        answers = b""
        for message in self._reader.receive(data):
            text = bfcp.write_message(message).hex(" ")
            hello = message.primitive == bfcp.Primitive.HELLO
            ack = message.primitive == bfcp.Primitive.HELLO_ACK
            if hello and message.user_id == self._far_user_id:
                self._was_asked = True
                self._seen("media-request", f"BFCP Hello from user {message.user_id}", text)
                answers += bfcp.write_message(bfcp.hello_ack(message))
            elif ack and (message.user_id, message.transaction_id) == (self._user_id, self._user_id):
                self._was_answered = True
                self._seen("media-answer", f"BFCP HelloAck to user {message.user_id}", text)
            else:
                self._seen("media-astray", f"BFCP primitive {message.primitive} of user {message.user_id}", text)
        self.is_finished = self._was_answered and self._was_asked
        return answers
