"""MSRP messages and the reader that cuts them out of a stream."""

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iq_profile.flow.msrp import (
    ByteRange,
    Continuation,
    MsrpError,
    MsrpLimits,
    MsrpReader,
    Request,
    Response,
    response_to,
    send_chunks,
    send_request,
    wants_response,
    write_message,
)

ALICE = "msrps://192.0.2.1:7394/2s93i9ek2a;tcp"
RELAY = "msrps://relay.example.org:9000/r;tcp"
BOB = "msrp://192.0.2.2:8493/si438dsaodes;tcp"
OPENING = send_request("d93kswow", "12339sdqwer", (BOB,), (ALICE,))
HELLO = send_request("a786hjs2", "87652491", (BOB,), (ALICE,), content_type="text/plain", body=b"Hi, I'm Alice!\r\n")
HEAD = f"MSRP a786hjs2 SEND\r\nTo-Path: {BOB}\r\nFrom-Path: {ALICE}\r\nMessage-ID: 87652491\r\n".encode()

messages = st.builds(
    lambda number, body, flag: Request(
        f"t{number:07d}", (BOB,), (ALICE, RELAY), "87652491", ByteRange(1, None, None), "text/plain", body, flag
    ),
    st.integers(0, 9_999_999),
    st.lists(st.sampled_from([b"\r\n", b"-------", b"-", b"t", b"$", b"\r", b"MSRP x", b"\x00\xff"])).map(b"".join),
    st.sampled_from(Continuation),
)


def read(data: bytes, limits: MsrpLimits | None = None) -> list[Request | Response]:
    """Read octets that arrive at once."""
    return MsrpReader(limits).receive(data)


def test_a_send_looks_as_the_rfc_lays_it_out() -> None:
    """Paths first, Content-Type last, an empty line, the body, CRLF, the end line."""
    assert write_message(HELLO) == HEAD + (
        b"Byte-Range: 1-16/16\r\nContent-Type: text/plain\r\n\r\nHi, I'm Alice!\r\n\r\n-------a786hjs2$\r\n"
    )


def test_an_empty_send_has_neither_content_type_nor_empty_line() -> None:
    """The SEND that opens a session ends right after its last header field."""
    data = write_message(OPENING)
    assert data.endswith(b"Byte-Range: 1-0/0\r\n-------d93kswow$\r\n")
    assert read(data) == [OPENING]


def test_an_empty_body_is_not_the_same_as_no_body() -> None:
    """A Content-Type with nothing behind it reads as an empty body."""
    empty = send_request("a786hjs2", "87652491", (BOB,), (ALICE,), content_type="text/plain", body=b"")
    assert read(write_message(empty)) == [empty]


def test_an_empty_body_without_its_own_crlf_is_understood() -> None:
    """Senders that put the end line right behind the empty line are read with an empty body."""
    (message,) = read(HEAD + b"Content-Type: text/plain\r\n\r\n-------a786hjs2$\r\n")
    assert isinstance(message, Request)
    assert message.body == b""


@settings(deadline=None)
@given(st.lists(messages, max_size=4), st.data())
def test_segmentation_does_not_matter(sent: list[Request], data: st.DataObject) -> None:
    """However a stream of messages with treacherous bodies is cut, the same messages come out."""
    stream = b"".join(map(write_message, sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    reader = MsrpReader()
    parts = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert [message for part in parts for message in reader.receive(part)] == sent
    assert reader.is_between_messages


@settings(deadline=None)
@given(st.lists(messages, max_size=2), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=3))))
def test_damaged_octets_give_messages_or_the_documented_error(
    sent: list[Request], damage: list[tuple[int, bytes]]
) -> None:
    """Nothing but MsrpError leaves the reader, whatever arrives."""
    stream = bytearray(b"".join(map(write_message, sent)))
    for place, octets in damage:
        stream[place : place + len(octets)] = octets
    with suppress(MsrpError):
        assert len(read(bytes(stream))) <= len(stream)


def test_octet_by_octet() -> None:
    """A request and a response arrive one octet at a time."""
    sent: list[Request | Response] = [HELLO, response_to(HELLO), OPENING]
    reader = MsrpReader()
    stream = b"".join(map(write_message, sent))
    assert [message for octet in stream for message in reader.receive(bytes([octet]))] == sent


def test_a_longer_message_is_sent_in_chunks() -> None:
    """Chunks follow each other without gap, all but the last one marked `+`."""
    body = bytes(range(256)) * 20
    whole = send_request("a786hjs2", "87652491", (BOB,), (ALICE,), content_type="application/x", body=body)
    assert whole.byte_range == ByteRange(1, None, 5120)
    chunks = list(send_chunks(whole, (f"chunk{number}" for number in count())))
    assert [str(chunk.byte_range) for chunk in chunks] == ["1-2048/5120", "2049-4096/5120", "4097-5120/5120"]
    assert [chunk.continuation.value for chunk in chunks] == ["+", "+", "$"]
    received = read(b"".join(map(write_message, chunks)))
    assert b"".join(chunk.body or b"" for chunk in received if isinstance(chunk, Request)) == body


def test_a_message_without_body_is_one_chunk() -> None:
    """Splitting the empty SEND changes nothing but the transaction id."""
    assert list(send_chunks(OPENING, ["d93kswow"])) == [OPENING]


@pytest.mark.parametrize(("identifiers", "size"), [([], 10), (["chunk1"], 0)])
def test_chunks_need_identifiers_and_room(identifiers: list[str], size: int) -> None:
    """Without a transaction id or an octet for a chunk there is an error."""
    with pytest.raises(MsrpError, match=r"transaction id|at least 1"):
        list(send_chunks(HELLO, identifiers, size))


def test_the_response_to_a_send_goes_one_hop_back() -> None:
    """Only the leftmost URI of From-Path becomes To-Path, and the answerer names itself."""
    request = Request("a786hjs2", (BOB,), (RELAY, ALICE), "87652491")
    response = response_to(request)
    assert (response.to_path, response.from_path) == ((RELAY,), (BOB,))
    assert read(write_message(response)) == [response]
    assert write_message(response).startswith(b"MSRP a786hjs2 200 OK\r\n")


def test_the_response_to_another_method_goes_the_whole_way_back() -> None:
    """For methods other than SEND the path is copied whole."""
    request = Request("a786hjs2", (BOB,), (RELAY, ALICE), None, method="NICKNAME")
    assert response_to(request, 501, None).to_path == (RELAY, ALICE)
    assert write_message(response_to(request, 501, None)).startswith(b"MSRP a786hjs2 501\r\n")


@pytest.mark.parametrize(
    ("method", "report", "status", "wanted"),
    [
        ("SEND", None, 200, True),
        ("SEND", "yes", 481, True),
        ("SEND", "no", 481, False),
        ("SEND", "partial", 200, False),
        ("SEND", "partial", 415, True),
        ("REPORT", None, 200, False),
    ],
)
def test_failure_report_decides_on_responses(method: str, report: str | None, status: int, wanted: bool) -> None:
    """Failure-Report yes, no and partial; a REPORT is never answered."""
    headers = () if report is None else (("failure-report", report),)
    assert (
        wants_response(Request("a786hjs2", (BOB,), (ALICE,), "87652491", method=method, headers=headers), status)
        is wanted
    )


def test_header_names_are_read_in_any_case_and_unknown_fields_kept() -> None:
    """Names are case-insensitive, and what has no field of its own survives in order."""
    data = (
        HEAD.replace(b"Message-ID", b"message-id") + b"Success-Report: yes\r\nX-Own: \xc3\xa4\r\n-------a786hjs2#\r\n"
    )
    (message,) = read(data)
    assert isinstance(message, Request)
    assert message.message_id == "87652491"
    assert message.headers == (("Success-Report", "yes"), ("X-Own", "ä"))
    assert message.continuation is Continuation.ABORTED


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"GET / HTTP/1.1\r\n", "line 1: .*found 'GET"),
        (b"\r\n", "line 1"),
        (b"MSRP abc SEND\r\n", "line 1"),
        (b"MSRP a786hjs2 SEND\r\n-------a786hjs2$\r\n", "line 2: To-Path"),
        (
            f"MSRP a786hjs2 SEND\r\nFrom-Path: {BOB}\r\nTo-Path: {BOB}\r\n-------a786hjs2$\r\n".encode(),
            "line 2: To-Path",
        ),
        (
            f"MSRP a786hjs2 SEND\r\nTo-Path: http://x\r\nFrom-Path: {BOB}\r\n-------a786hjs2$\r\n".encode(),
            "line 2: MSRP URI",
        ),
        (HEAD + b"-------othertid$\r\n", "line 5: end line of a786hjs2"),
        (HEAD + b"-------a786hjs2!\r\n", "line 5: end line"),
        (HEAD + b"\r\n", "line 4: Content-Type"),
        (HEAD + b"Content-Type: a/b\r\n-------a786hjs2$\r\n", "without a body"),
        (HEAD + b"no colon\r\n-------a786hjs2$\r\n", "line 5: `name: value`"),
        (HEAD + b"Byte-Range: 1-x/2\r\n-------a786hjs2$\r\n", "Byte-Range"),
        (HEAD + b"Byte-Range: 1-2/" + b"9" * 5000 + b"\r\n-------a786hjs2$\r\n", "Byte-Range"),
        (HEAD + b"X: \xff\r\n", "line 5, octet 4: UTF-8"),
        (
            HEAD.replace(b"SEND", b"200 OK") + b"Content-Type: a/b\r\n\r\n\r\n-------a786hjs2$\r\n",
            "response without a body",
        ),
    ],
)
def test_faults_name_place_and_cause(data: bytes, cause: str) -> None:
    """What is no MSRP is refused with the line and what was expected there."""
    with pytest.raises(MsrpError, match=cause):
        read(data)


def test_messages_before_a_fault_are_not_lost() -> None:
    """The error carries what was complete before it, once; the reader stays closed."""
    reader = MsrpReader()
    with pytest.raises(MsrpError) as caught:
        reader.receive(write_message(OPENING) + b"nonsense\r\n")
    assert caught.value.messages == (OPENING,)
    with pytest.raises(MsrpError) as again:
        reader.receive(write_message(HELLO))
    assert again.value.messages == ()


def test_header_and_body_limits() -> None:
    """Header fields or a body without end are refused at their limits, and pass just below."""
    with pytest.raises(MsrpError, match="64 octets"):
        read(b"MSRP a786hjs2 SEND\r\nTo-Path: " + b"x" * 60, MsrpLimits(header_bytes=64))
    assert read(write_message(HELLO), MsrpLimits(body_bytes=16)) == [HELLO]
    for arrived in (write_message(HELLO), HEAD + b"Content-Type: a/b\r\n\r\n" + b"x" * 80):
        with pytest.raises(MsrpError, match="15 octets"):
            read(arrived, MsrpLimits(body_bytes=15))


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        (Request("abc", (BOB,), (ALICE,), "87652491"), "line 1"),
        (Request("a786hjs2", (), (ALICE,), "87652491"), "To-Path"),
        (Request("a786hjs2", (BOB,), ("sip:x",), "87652491"), "From-Path"),
        (Request("a786hjs2", (BOB,), (ALICE,), "no good"), "Message-ID"),
        (Request("a786hjs2", (BOB,), (ALICE,), "87652491", body=b"x"), "content type"),
        (Request("a786hjs2", (BOB,), (ALICE,), "87652491", content_type="a/b"), "content type"),
        (Request("a786hjs2", (BOB,), (ALICE,), "87652491", headers=(("X", "a\r\nY: b"),)), "'X'"),
        (Request("a786hjs2", (BOB,), (ALICE,), None, None, "a/b", b"1-------a786hjs2$"), "choose another id"),
        (Response("a786hjs2", 200, "OK\r\nX: y", (ALICE,), (BOB,)), "line 1"),
    ],
)
def test_nothing_malformed_is_written(message: Request | Response, cause: str) -> None:
    """A message that would not be read back is refused."""
    with pytest.raises(MsrpError, match=cause):
        write_message(message)
