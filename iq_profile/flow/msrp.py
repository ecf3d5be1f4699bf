"""MSRP (RFC 4975) for the players of a recorded call: requests, responses and an incremental reader. Knows no sockets.

A player builds a `Request` with `send_request` or `send_chunks`, writes it with `write_message`, feeds what arrives to
an `MsrpReader` and answers with `response_to`. Identifiers are always passed in: nothing here is left to chance.
Relays (RFC 4976) and the putting together of chunks into whole messages are not its business.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec

INTERRUPTIBLE_BODY_BYTES = 2048
"""A longer chunk must be interruptible, hence carries `*` as the end of its Byte-Range (RFC 4975 clause 7.1.1)."""

_IDENT = r"[A-Za-z0-9][A-Za-z0-9.\-+%=]{3,31}"
_UTF8_TEXT = r"[^\x00-\x08\x0a-\x1f\x7f]*"
_IDENT_ALONE = re.compile(_IDENT)
_REQUEST_START = re.compile(rf"MSRP ({_IDENT}) ([A-Z]+)")
_RESPONSE_START = re.compile(rf"MSRP ({_IDENT}) ([0-9]{{3}})(?: ({_UTF8_TEXT}))?")
_HEADER = re.compile(rf"([!-9;-~]+): *({_UTF8_TEXT})")
_URI = re.compile(r"msrps?://[!-~]+;[A-Za-z0-9]+[!-~]*", re.IGNORECASE)
# Nineteen digits hold every 63-bit length; more is no length but an attack on the reader.
_BYTE_RANGE = re.compile(r"([0-9]{1,19})-([0-9]{1,19}|\*)/([0-9]{1,19}|\*)")
_END_LINE_BYTES = len("\r\n-------$\r\n") + 32
_OWN_FIELDS = frozenset({"message-id", "byte-range", "content-type"})


class MsrpError(ValueError):
    """Bytes that are no MSRP, or a message that cannot be written; the text names the place and the cause.

    `messages` are those that `MsrpReader.receive` had completed in the same call before the fault.
    """

    def __init__(self, text: str, messages: "tuple[Request | Response, ...]" = ()) -> None:
        super().__init__(text)
        self.messages = messages


class Continuation(Enum):
    """The flag at the end of a message (RFC 4975 clause 7.1)."""

    COMPLETE = "$"
    """This was the last chunk of the message."""
    MORE = "+"
    """Further chunks follow."""
    ABORTED = "#"
    """The sender gives the message up; no chunk follows."""


class MsrpLimits(msgspec.Struct, frozen=True):
    """How much a peer may make the reader hold."""

    header_bytes: int = 8192
    """Start line and header fields of one message, in octets."""
    body_bytes: int = 1 << 20
    """Body of one chunk, in octets."""


class ByteRange(msgspec.Struct, frozen=True):
    """Which octets of the whole message a chunk carries, the first one counted as 1 (RFC 4975 clause 7.1.1)."""

    start: int
    end: int | None
    """None: unknown or interruptible, `*` on the wire."""
    total: int | None
    """None: unknown, `*` on the wire."""

    def __str__(self) -> str:
        """Give the value as it stands in the header field."""
        end, total = ("*" if number is None else number for number in (self.end, self.total))
        return f"{self.start}-{end}/{total}"


class Request(msgspec.Struct, frozen=True):
    """A SEND, or another request; what has no field of its own is kept in `headers`."""

    transaction_id: str
    to_path: tuple[str, ...]
    """Left is the next hop, right the final one."""
    from_path: tuple[str, ...]
    """Left is the hop that sent this, right the origin."""
    message_id: str | None
    """None: absent, which a SEND does not allow (RFC 4975 clause 7.1.1)."""
    byte_range: ByteRange | None = None
    """None: absent; the chunk then starts at 1."""
    content_type: str | None = None
    """None: the request has no body."""
    body: bytes | None = None
    """None: no body, as in the SEND that opens a session; b"" is an empty body, which is another thing (clause 7.1)."""
    continuation: Continuation = Continuation.COMPLETE
    method: str = "SEND"
    headers: tuple[tuple[str, str], ...] = ()
    """Further header fields in their order, the MIME ones included, Content-Type not."""


class Response(msgspec.Struct, frozen=True):
    """The answer to a request: never chunked, never with a body (RFC 4975 clause 7.2)."""

    transaction_id: str
    status: int
    """Three digits: 200 is success, clause 10 lists the others."""
    comment: str | None
    """The phrase after the status; None: absent."""
    to_path: tuple[str, ...]
    from_path: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = ()


def send_request(
    transaction_id: str,
    message_id: str,
    to_path: tuple[str, ...],
    from_path: tuple[str, ...],
    *,
    content_type: str | None = None,
    body: bytes | None = None,
) -> Request:
    """Give the SEND that carries a whole message in one chunk; without a body, the empty SEND that opens a session.

    Content type and body come together or not at all. The caller chooses unique identifiers, and a transaction id whose
    end line does not occur in the body; `write_message` checks both. RFC 4975 clauses 5.4, 7.1, 7.1.1.
    """
    size = len(body or b"")
    end = None if size > INTERRUPTIBLE_BODY_BYTES else size
    return Request(transaction_id, to_path, from_path, message_id, ByteRange(1, end, size), content_type, body)


def send_chunks(
    whole: Request, transaction_ids: Iterable[str], chunk_bytes: int = INTERRUPTIBLE_BODY_BYTES
) -> Iterator[Request]:
    """Split a SEND into chunks of at most `chunk_bytes` octets, all but the last marked `+` (RFC 4975 clause 7.1.1).

    Each chunk takes the next of `transaction_ids`; MsrpError if they run out or if `chunk_bytes` is below 1.
    """
    if chunk_bytes < 1:
        raise MsrpError(f"a chunk of {chunk_bytes} octets carries nothing: at least 1 expected")
    body = whole.body or b""
    identifiers = iter(transaction_ids)
    for offset in range(0, max(len(body), 1), chunk_bytes):
        piece = body[offset : offset + chunk_bytes]
        is_last = offset + chunk_bytes >= len(body)
        if (transaction_id := next(identifiers, None)) is None:
            raise MsrpError(f"no transaction id left for the chunk at octet {offset + 1} of {len(body)}")
        end = None if len(piece) > INTERRUPTIBLE_BODY_BYTES else offset + len(piece)
        changes = {
            "transaction_id": transaction_id,
            "byte_range": ByteRange(offset + 1, end, len(body)),
            "body": None if whole.body is None else piece,
            "continuation": whole.continuation if is_last else Continuation.MORE,
        }
        yield msgspec.structs.replace(whole, **changes)


def wants_response(request: Request, status: int = 200) -> bool:
    """Tell whether a response with this status may go back, by the request's Failure-Report, `yes` by default.

    A REPORT is never answered; `partial` is answered only when the request failed (RFC 4975 clauses 7.1.2, 7.2).
    """
    if request.method == "REPORT":
        return False
    report = next((value.lower() for name, value in request.headers if name.lower() == "failure-report"), "yes")
    return report == "yes" or (report == "partial" and status != 200)


def response_to(request: Request, status: int = 200, comment: str | None = "OK") -> Response:
    """Give the response to a request, from the one who was its target.

    To a SEND it goes to the previous hop only, the leftmost URI of From-Path; to any other request it takes the whole
    path back (RFC 4975 clause 7.2). The caller asks `wants_response` first, and sends on the request's connection.
    """
    back = request.from_path[:1] if request.method == "SEND" else request.from_path
    return Response(request.transaction_id, status, comment, to_path=back, from_path=request.to_path[:1])


def write_message(message: Request | Response) -> bytes:
    """Give the octets of a message.

    MsrpError if a field cannot stand in its place: a malformed identifier or path, a line break in a header field, a
    body without content type or the reverse, an end line in the body (choose another transaction id, clause 7.1).
    """
    paths = (("To-Path", message.to_path), ("From-Path", message.from_path))
    fields = [(name, _written_path(name, path)) for name, path in paths]
    if isinstance(message, Response):
        comment = "" if message.comment is None else f" {message.comment}"
        start, flag = f"MSRP {message.transaction_id} {message.status:03d}{comment}", Continuation.COMPLETE
        fields += message.headers
    else:
        start, flag = f"MSRP {message.transaction_id} {message.method}", message.continuation
        fields += _request_fields(message)
    _transaction_id(start)
    head = "".join(f"{line}\r\n" for line in (start, *(_header_line(name, value) for name, value in fields)))
    return head.encode() + _written_body(message) + f"-------{message.transaction_id}{flag.value}\r\n".encode()


class MsrpReader:
    """Cuts one TCP connection's octets into MSRP messages, whatever the segmentation.

    After an MsrpError the framing is lost: the connection is to be closed, and every further `receive` raises the same.
    """

    def __init__(self, limits: MsrpLimits | None = None) -> None:
        self._limits = limits or MsrpLimits()
        self._buffer = bytearray()
        self._lines: list[str] = []
        self._position = 0
        self._searched = 0
        self._end_in_body: re.Pattern[bytes] | None = None
        self._fault: str | None = None

    @property
    def is_between_messages(self) -> bool:
        """True when nothing of an unfinished message is held: a connection that ends here ends cleanly."""
        return not self._buffer

    def receive(self, data: bytes) -> list[Request | Response]:
        """Take the next octets of the connection; return the messages that they complete, in order, often none.

        MsrpError: the octets are no MSRP, or a limit is exceeded. Its `messages` were completed before it in this call.
        """
        if self._fault is not None:
            raise MsrpError(self._fault)
        self._buffer += data
        messages: list[Request | Response] = []
        try:
            while (message := self._next_message()) is not None:
                messages.append(message)
        except MsrpError as fault:
            self._fault = str(fault)
            self._buffer.clear()
            raise MsrpError(self._fault, tuple(messages)) from None
        return messages

    def _next_message(self) -> Request | Response | None:
        """Read on from where the last call stopped: header lines first, then, after an empty line, the body."""
        while self._end_in_body is None:
            line = self._next_line()
            if line is None:
                return None
            if self._lines and line.startswith("-------"):
                return self._finish(self._checked_flag(line), None, self._position)
            if not self._lines:
                _transaction_id(line)
            if line:
                self._lines.append(line)
            else:
                self._begin_body()
        return self._read_body(self._end_in_body)

    def _next_line(self) -> str | None:
        """Return the next line of the head without its CRLF, or None if it is not complete yet."""
        end = self._buffer.find(b"\r\n", self._searched)
        if (end if end >= 0 else len(self._buffer)) > self._limits.header_bytes:
            raise MsrpError(f"header fields exceed {self._limits.header_bytes} octets without an end")
        if end < 0:
            self._searched = max(self._position, len(self._buffer) - 1)
            return None
        raw = bytes(self._buffer[self._position : end])
        self._position = self._searched = end + 2
        try:
            return raw.decode()
        except UnicodeDecodeError as cause:
            raise MsrpError(f"line {len(self._lines) + 1}, octet {cause.start + 1}: UTF-8 expected") from None

    def _checked_flag(self, line: str) -> Continuation:
        """Read the end line of a message without body."""
        transaction_id = _transaction_id(self._lines[0])
        if line[:-1] != f"-------{transaction_id}" or line[-1] not in "$+#":
            raise MsrpError(f"line {len(self._lines) + 1}: end line of {transaction_id} expected, found {line!r}")
        return Continuation(line[-1])

    def _begin_body(self) -> None:
        """Pass from the header fields to the body, which only a request with Content-Type has (RFC 4975 clause 7.1)."""
        if not self._lines[-1].lower().startswith("content-type:"):
            raise MsrpError(f"line {len(self._lines)}: Content-Type expected as the last field before a body")
        transaction_id = re.escape(_transaction_id(self._lines[0]).encode())
        self._end_in_body = re.compile(rb"\r\n-------" + transaction_id + rb"([$+#])\r\n")
        # The empty line's own CRLF may serve the end line: some senders leave out the second one if the body is empty.
        self._searched = self._position - 2

    def _read_body(self, end_in_body: re.Pattern[bytes]) -> Request | Response | None:
        """Look for the end line where it was not looked for yet; everything before it is the body."""
        found = end_in_body.search(self._buffer, self._searched)
        body_end = found.start() if found else len(self._buffer) - _END_LINE_BYTES
        if body_end - self._position > self._limits.body_bytes:
            transaction_id = _transaction_id(self._lines[0])
            raise MsrpError(f"body of transaction {transaction_id} exceeds {self._limits.body_bytes} octets")
        if found is None:
            self._searched = max(self._searched, len(self._buffer) - _END_LINE_BYTES)
            return None
        flag, end = Continuation(found[1].decode()), found.end()
        return self._finish(flag, bytes(self._buffer[self._position : max(body_end, self._position)]), end)

    def _finish(self, flag: Continuation, body: bytes | None, end: int) -> Request | Response:
        """Make the message from its collected parts and stand ready for the next one."""
        message = _built(self._lines, flag, body)
        del self._buffer[:end]
        self._lines, self._position, self._searched, self._end_in_body = [], 0, 0, None
        return message


def _built(lines: list[str], flag: Continuation, body: bytes | None) -> Request | Response:
    """Make a message of its start line, header lines, flag and body."""
    fields = [_header(number, line) for number, line in enumerate(lines[1:], 2)]
    if [name.lower() for name, _ in fields[:2]] != ["to-path", "from-path"]:
        raise MsrpError("line 2: To-Path and then From-Path expected before every other header field")
    to_path, from_path = (_path(number, fields[number - 2][1]) for number in (2, 3))
    if answer := _RESPONSE_START.fullmatch(lines[0]):
        if body is not None:
            raise MsrpError(f"transaction {answer[1]}: a response without a body expected")
        return Response(answer[1], int(answer[2]), answer[3], to_path, from_path, tuple(fields[2:]))
    start = _REQUEST_START.fullmatch(lines[0])
    assert start is not None, "the reader let only these two kinds of start line in"
    known = {name.lower(): value for name, value in reversed(fields)}
    content_type = known.get("content-type")
    if (content_type is None) != (body is None):
        raise MsrpError(f"transaction {start[1]}: Content-Type without a body")
    byte_range = _byte_range(known["byte-range"]) if "byte-range" in known else None
    others = tuple((name, value) for name, value in fields[2:] if name.lower() not in _OWN_FIELDS)
    message_id = known.get("message-id")
    return Request(start[1], to_path, from_path, message_id, byte_range, content_type, body, flag, start[2], others)


def _transaction_id(line: str) -> str:
    start = _REQUEST_START.fullmatch(line) or _RESPONSE_START.fullmatch(line)
    if start is None:
        raise MsrpError(f"line 1: `MSRP transaction-id` and a method or status expected, found {line[:80]!r}")
    return start[1]


def _header(number: int, line: str) -> tuple[str, str]:
    header = _HEADER.fullmatch(line)
    if header is None:
        raise MsrpError(f"line {number}: `name: value` expected, found {line[:80]!r}")
    return header[1], header[2]


def _path(number: int, value: str) -> tuple[str, ...]:
    uris = tuple(value.split(" "))
    for uri in uris:
        if not _URI.fullmatch(uri):
            raise MsrpError(f"line {number}: MSRP URI with a transport expected, found {uri!r}")
    return uris


def _byte_range(value: str) -> ByteRange:
    parts = _BYTE_RANGE.fullmatch(value)
    if parts is None:
        raise MsrpError(f"Byte-Range: `start-end/total` expected, found {value[:80]!r}")
    end, total = (None if part == "*" else int(part) for part in parts.groups()[1:])
    return ByteRange(int(parts[1]), end, total)


def _request_fields(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the fields after the paths, Content-Type last as RFC 4975 clause 7.1 asks."""
    if request.message_id is not None:
        if not _IDENT_ALONE.fullmatch(request.message_id):
            raise MsrpError(f"Message-ID {request.message_id!r}: 4 to 32 identifier characters expected")
        yield "Message-ID", request.message_id
    if request.byte_range is not None:
        yield "Byte-Range", str(request.byte_range)
    yield from request.headers
    if request.content_type is not None:
        yield "Content-Type", request.content_type


def _header_line(name: str, value: str) -> str:
    line = f"{name}: {value}"
    if not _HEADER.fullmatch(line):
        raise MsrpError(f"header field {name!r}: a value without control characters expected, found {value!r}")
    return line


def _written_path(name: str, path: tuple[str, ...]) -> str:
    if not path or not all(_URI.fullmatch(uri) for uri in path):
        raise MsrpError(f"{name}: MSRP URIs with a transport expected, found {path!r}")
    return " ".join(path)


def _written_body(message: Request | Response) -> bytes:
    if isinstance(message, Response):
        return b""
    if (message.content_type is None) != (message.body is None):
        raise MsrpError(f"transaction {message.transaction_id}: a body and its content type expected, or neither")
    if message.body is None:
        return b""
    if b"-------" + message.transaction_id.encode() in message.body:
        raise MsrpError(f"transaction {message.transaction_id}: its end line occurs in the body, choose another id")
    return b"\r\n" + message.body + b"\r\n"
