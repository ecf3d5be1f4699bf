"""One line of the log a transaction."""

import json
import logging
import sys
import timeit
from collections.abc import Iterator
from typing import Any

import pytest

from megaco.endpoint.log import (
    MOST_TEXT,
    JsonFormatter,
    TextFormatter,
    log_executed,
    log_failure,
    log_reply,
    shown,
)
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditValueRequest,
    CommandRequest,
    ContextAudit,
    ContextAuditItem,
    ContextProperties,
    DeviceName,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    ModifyRequest,
    MtpAddress,
    SubtractReply,
    TransactionReply,
    TransactionRequest,
)
from megaco.transaction import Failure, ReplyReceived, RequestFailed, RequestReceived
from megaco.transport import Address

PEER = Address("192.0.2.1", 2944)
MID = IpAddress("192.0.2.1", 2944)
ADD = ActionRequest(
    CHOOSE_CONTEXT, commands=tuple(CommandRequest(one) for one in (AddRequest(("$",)), ModifyRequest(("a",))))
)
NO_TERMINATION = ErrorDescriptor(430, "Unknown TerminationID")


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log with every line of it."""
    with caplog.at_level(logging.DEBUG, "h248.transaction"):
        yield caplog


def replied(reply: TransactionReply, mid: MessageIdentifier = MID, peer: Any = PEER) -> ReplyReceived:
    """Return the event of a reply that took a while."""
    return ReplyReceived(peer, 7, reply, mid, elapsed_s=0.0123456, repeats=2)


def requested(*actions: ActionRequest) -> RequestReceived:
    """Return the event of a request."""
    return RequestReceived(PEER, MID, 2, TransactionRequest(8, actions))


def only(log: pytest.LogCaptureFixture) -> logging.LogRecord:
    """Return the one record that there is."""
    (record,) = log.records
    assert record.name == "h248.transaction"
    return record


def test_a_reply_is_told(log: pytest.LogCaptureFixture) -> None:
    """Whose transaction, to whom, about what, how long it took; at DEBUG, for nothing is wrong."""
    log_reply(replied(TransactionReply(7, (ActionReply(1),))), (ADD,))
    record = only(log)
    assert record.levelno == logging.DEBUG
    assert record.getMessage() == (
        "transaction=7 role=requester peer=udp://192.0.2.1:2944 mid=[192.0.2.1]:2944 contexts=$ commands=Add,Modify "
        "outcome=reply elapsed_ms=12.346 repeats=2"
    )


def test_an_error_reply_is_told_at_info(log: pytest.LogCaptureFixture) -> None:
    """With code, level and text; the same is in the record, for formatters."""
    reply = TransactionReply(7, (ActionReply(1, replies=(AddReply(("a",), (NO_TERMINATION,)),)),))
    log_reply(replied(reply), (ADD,))
    record = only(log)
    assert record.levelno == logging.INFO
    assert record.getMessage().endswith(
        'outcome=error code=430 level=command text="Unknown TerminationID" elapsed_ms=12.346 repeats=2'
    )
    assert vars(record)["h248"] == {
        "transaction": 7,
        "role": "requester",
        "peer": "udp://192.0.2.1:2944",
        "mid": "[192.0.2.1]:2944",
        "contexts": ["$"],
        "commands": ["Add", "Modify"],
        "outcome": "error",
        "code": 430,
        "level": "command",
        "text": "Unknown TerminationID",
        "elapsed_ms": 12.346,
        "repeats": 2,
    }


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (TransactionReply(7, error=ErrorDescriptor(505)), "outcome=error code=505 level=transaction elapsed_ms="),
        (
            TransactionReply(7, (ActionReply(1), ActionReply(2, error=ErrorDescriptor(411, "x")))),
            "outcome=error code=411 level=action text=x ",
        ),
        (
            TransactionReply(
                7,
                (
                    ActionReply(1, replies=(SubtractReply(("a",)), SubtractReply(("b",), (ErrorDescriptor(430),)))),
                    ActionReply(2, error=ErrorDescriptor(411)),
                ),
            ),
            "outcome=error code=430 level=command elapsed_ms=",
        ),
    ],
)
def test_the_first_error_counts(log: pytest.LogCaptureFixture, reply: TransactionReply, told: str) -> None:
    """Of the transaction, of an action, of a command; without text none is shown."""
    log_reply(replied(reply), (ADD,))
    assert told in only(log).getMessage()


@pytest.mark.parametrize("reason", Failure)
def test_a_failure_is_told_at_info(log: pytest.LogCaptureFixture, reason: Failure) -> None:
    """With its reason; nobody replied, so there is no mId."""
    log_failure(RequestFailed(PEER._replace(transport="tcp"), 7, reason, elapsed_s=25.0, repeats=9), (ADD,))
    record = only(log)
    assert record.levelno == logging.INFO
    assert record.getMessage() == (
        "transaction=7 role=requester peer=tcp://192.0.2.1:2944 contexts=$ commands=Add,Modify "
        f"outcome=failed reason={reason.name.lower()} elapsed_ms=25000.0 repeats=9"
    )


def test_what_we_executed_is_told(log: pytest.LogCaptureFixture) -> None:
    """As responder; an error for the whole transaction, and one inside of it."""
    log_executed(requested(ADD), (ActionReply(1),), 0.001)
    log_executed(requested(ADD), NO_TERMINATION, 0.001)
    log_executed(requested(ADD), (ActionReply(1, error=NO_TERMINATION),), 0.001)
    assert [record.levelno for record in log.records] == [logging.DEBUG, logging.INFO, logging.INFO]
    told = [record.getMessage() for record in log.records]
    assert told[0] == (
        "transaction=8 role=responder peer=udp://192.0.2.1:2944 mid=[192.0.2.1]:2944 contexts=$ commands=Add,Modify "
        "outcome=reply elapsed_ms=1.0"
    )
    assert 'outcome=error code=430 level=transaction text="Unknown TerminationID"' in told[1]
    assert 'outcome=error code=430 level=action text="Unknown TerminationID"' in told[2]


def test_contexts_and_commands_by_their_names(log: pytest.LogCaptureFixture) -> None:
    """Contexts as the text encoding writes them; actions without commands are told too."""
    audit = AuditValueRequest(("*",), AuditDescriptor())
    actions = (
        ActionRequest(NULL_CONTEXT, commands=(CommandRequest(audit),)),
        ActionRequest(ALL_CONTEXTS, audit=ContextAudit((ContextAuditItem.PRIORITY,))),
        ActionRequest(5, properties=ContextProperties(priority=3)),
    )
    log_reply(replied(TransactionReply(7)), actions)
    assert "contexts=-,*,5 commands=AuditValue,ContextAudit,ContextAttributes outcome=" in only(log).getMessage()


def test_a_long_transaction_is_a_short_line(log: pytest.LogCaptureFixture) -> None:
    """The first eight contexts and commands are named, the others counted."""
    actions = tuple(ActionRequest(number, commands=ADD.commands) for number in range(1, 1001))
    log_executed(requested(*actions), (), 0.0)
    text = only(log).getMessage()
    assert "contexts=1,2,3,4,5,6,7,8,+992 " in text
    assert "commands=Add,Modify,Add,Modify,Add,Modify,Add,Modify,+1992 " in text
    assert vars(only(log))["h248"]["contexts"] == [*"12345678", "+992"]


@pytest.mark.parametrize(
    ("mid", "told"),
    [
        (IpAddress("2001:db8::1"), "mid=[2001:db8::1] "),
        (DomainName("mg.example.net", 2944), "mid=<mg.example.net>:2944 "),
        (DeviceName("mg/1"), "mid=mg/1 "),
        (MtpAddress("0a0b"), "mid=MTP{0a0b} "),
        (DeviceName("mg\r\ntransaction=9 \x1b[2J"), r'mid="mg\\r\\ntransaction=9 \\x1b[2J" '),
    ],
)
def test_message_identifiers(log: pytest.LogCaptureFixture, mid: MessageIdentifier, told: str) -> None:
    """As the text encoding writes them; whatever a peer calls itself stays one value of one line."""
    log_reply(replied(TransactionReply(7), mid), (ADD,))
    assert told in only(log).getMessage()


def test_text_of_a_peer_does_no_harm(log: pytest.LogCaptureFixture) -> None:
    """No new line, no escape, no other direction of writing, no end of the value, no more than so many characters."""
    text = 'x"\nrole=forged \x1b]0;title\x07\u202e\x9b\\' + "y" * 100_000
    log_reply(replied(TransactionReply(7, error=ErrorDescriptor(500, text))), (ADD,))
    record = only(log)
    line = record.getMessage()
    assert line.isprintable()
    assert r'text="x\"\\nrole=forged \\x1b]0;title\\x07\\u202e\\x9b\\yyy' in line
    assert line.endswith('yyy..." elapsed_ms=12.346 repeats=2')
    assert len(vars(record)["h248"]["text"]) == MOST_TEXT


def test_shown_text_is_bounded() -> None:
    """Text that fits stays; what does not is cut, escapes counted."""
    assert shown("Müller \N{CHECK MARK}") == "Müller \N{CHECK MARK}"
    assert shown("abcdef", 6) == "abcdef"
    assert shown("abcdefg", 6) == "abc..."
    assert shown("\n\n\n\n", 6) == r"\n\..."
    assert shown("\n\n\n", 6) == r"\n\n\n"


@pytest.mark.parametrize("peer", ["a peer\n", 17])
def test_a_peer_may_be_anything(log: pytest.LogCaptureFixture, peer: object) -> None:
    """The engine does not know what a peer is; the log shows it by its name."""
    log_reply(replied(TransactionReply(7), peer=peer), (ADD,))
    assert ('peer="a peer\\\\n" ' if peer != 17 else "peer=17 ") in only(log).getMessage()


def test_levels_that_are_off_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """At WARNING nothing, at INFO what failed."""
    failing = replied(TransactionReply(7, error=NO_TERMINATION))
    for level, told in ((logging.WARNING, 0), (logging.INFO, 3), (logging.DEBUG, 5)):
        caplog.clear()
        with caplog.at_level(level, "h248.transaction"):
            log_reply(replied(TransactionReply(7)), (ADD,))
            log_reply(failing, (ADD,))
            log_failure(RequestFailed(PEER, 7), (ADD,))
            log_executed(requested(ADD), (ActionReply(1),), 0.0)
            log_executed(requested(ADD), NO_TERMINATION, 0.0)
        assert len(caplog.records) == told


def test_a_level_that_is_off_costs_next_to_nothing() -> None:
    """Some hundred nanoseconds; fifty times that is allowed here, for busy machines."""
    event = replied(TransactionReply(7, (ActionReply(1),)))
    logger = logging.getLogger("h248.transaction")
    logger.setLevel(logging.WARNING)
    try:
        seconds = min(timeit.repeat(lambda: log_reply(event, (ADD,)), number=10_000, repeat=3))
    finally:
        logger.setLevel(logging.NOTSET)
    assert seconds / 10_000 < 5e-6


def record_of(message: str, *arguments: object, caught: bool = False, **more: object) -> logging.LogRecord:
    """Return a record; with the exception that is being handled where there is one."""
    failure: Any = sys.exc_info() if caught else None
    record = logging.LogRecord("h248.alg", logging.WARNING, "file", 1, message, arguments, failure)
    vars(record).update(more)
    record.created = 1_700_000_000.25
    return record


def test_json_is_one_line_of_ascii() -> None:
    """Time, level, logger, message; h248 where there is such a thing, as numbers and lists."""
    line = JsonFormatter().format(record_of("%s said \x1b\n\u202e", "mg", h248={"transaction": 7, "contexts": ["$"]}))
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line) == {
        "time": "2023-11-14T22:13:20.250000Z",
        "level": "WARNING",
        "logger": "h248.alg",
        "message": "mg said \x1b\n\u202e",
        "h248": {"transaction": 7, "contexts": ["$"]},
    }


def test_json_has_the_traceback() -> None:
    """In a string of its own."""
    try:
        raise ValueError("a fault")
    except ValueError:
        told = json.loads(JsonFormatter().format(record_of("it failed", caught=True)))
    assert told["message"] == "it failed"
    assert told["exception"].startswith("Traceback ")
    assert told["exception"].endswith("ValueError: a fault")


def test_text_lines_cannot_be_forged() -> None:
    """Whatever a record says it is one line; of a traceback only the lines are kept."""
    formatter = TextFormatter("%(levelname)s %(name)s %(message)s")
    assert formatter.format(record_of("%s\nERROR h248.alg \x1b[2J", "mg")) == (
        r"WARNING h248.alg mg\nERROR h248.alg \x1b[2J"
    )
    assert formatter.format(record_of("Müller")) == "WARNING h248.alg Müller"
    try:
        raise ValueError("\x1b[2J")
    except ValueError:
        lines = formatter.format(record_of("it failed", caught=True)).split("\n")
    assert lines[0] == "WARNING h248.alg it failed"
    assert lines[-1] == r"ValueError: \x1b[2J"
    assert all(line.isprintable() for line in lines)
