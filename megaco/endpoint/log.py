"""One line of the log a transaction: who asked whom for what, and what came of it.

The logger is ``h248.transaction`` of the standard library's ``logging``. At DEBUG it tells of every transaction, at
INFO of those that failed or were answered with an error, and at WARNING, where a busy gateway runs, of none: an error
reply is the business of who asked, and one line for each request of a peer that is gone would be a flood. That a peer
is gone is told once, by the association.

Messages are ``key=value`` pairs; the same pairs are ``record.h248``, a dict, for formatters such as ``JsonFormatter``.
What a peer wrote can neither begin a line of its own nor move a cursor, and is cut to ``MOST_TEXT`` characters.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from megaco.errors import Level
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    DeviceName,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    MtpAddress,
    first_error,
)
from megaco.transaction import ReplyReceived, RequestFailed, RequestReceived
from megaco.transport import Address

_log = logging.getLogger("h248.transaction")

MOST_LISTED = 8
"""Contexts and commands named in a line; of more the number is told: ``+12``."""
MOST_TEXT = 200
"""Characters shown of anything that a peer wrote."""
_CONTEXTS = {NULL_CONTEXT: "-", CHOOSE_CONTEXT: "$", ALL_CONTEXTS: "*"}
_PLAIN = re.compile(r'[^\s"=\\]+')
"""Values that need no quotation marks."""


def log_reply(event: ReplyReceived, actions: tuple[ActionRequest, ...]) -> None:
    """Log a request of ours that was answered; ``actions`` are those of the request."""
    if not _log.isEnabledFor(logging.INFO):
        return
    error = first_error(event.reply.error, event.reply.actions)
    level = _level(error)
    if _log.isEnabledFor(level):
        end = {"elapsed_ms": _milliseconds(event.elapsed_s), "repeats": event.repeats}
        _tell(level, event.transaction_id, "requester", event.peer, event.mid, actions, _outcome(error) | end)


def log_failure(event: RequestFailed, actions: tuple[ActionRequest, ...]) -> None:
    """Log a request of ours that has no reply; ``actions`` are those of the request."""
    if _log.isEnabledFor(logging.INFO):
        outcome = {"outcome": "failed", "reason": event.reason.name.lower()}
        end = {"elapsed_ms": _milliseconds(event.elapsed_s), "repeats": event.repeats}
        _tell(logging.INFO, event.transaction_id, "requester", event.peer, None, actions, outcome | end)


def log_executed(event: RequestReceived, reply: tuple[ActionReply, ...] | ErrorDescriptor, elapsed_s: float) -> None:
    """Log a request of a peer's that was executed, ``elapsed_s`` seconds after it was handed out."""
    if not _log.isEnabledFor(logging.INFO):
        return
    error = first_error(reply, ()) if isinstance(reply, ErrorDescriptor) else first_error(None, reply)
    level = _level(error)
    if _log.isEnabledFor(level):
        request, end = event.request, {"elapsed_ms": _milliseconds(elapsed_s)}
        _tell(level, request.transaction_id, "responder", event.peer, event.mid, request.actions, _outcome(error) | end)


def shown(text: str, most: int = MOST_TEXT) -> str:
    """Return a peer's text for people: printable characters as they are, others as escapes, no longer than ``most``."""
    cut = _escaped(text[:most])
    return cut if len(cut) <= most and len(text) <= most else f"{cut[: most - 3]}..."


def _escaped(text: str) -> str:
    return text if text.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


class TextFormatter(logging.Formatter):
    """Formats as its base class does, but no record forges another or moves a cursor: one line, a traceback aside.

    handler.setFormatter(TextFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        """Return the line."""
        return _escaped(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's own name
        """Return the traceback; its lines are kept."""
        return "\n".join(map(_escaped, super().formatException(ei).split("\n")))


class JsonFormatter(logging.Formatter):
    """One JSON object a record, on one line: time (UTC), level, logger, message, and where there are, h248, exception.

    handler.setFormatter(JsonFormatter())
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        pairs = getattr(record, "h248", None)
        if pairs is not None:
            told["h248"] = pairs
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, separators=(",", ":"), default=str)


# ------------------------------------------------------------------------------------------------ of one transaction


def _tell(
    level: int,
    transaction_id: int,
    role: str,
    peer: object,
    mid: MessageIdentifier | None,
    actions: tuple[ActionRequest, ...],
    outcome: Mapping[str, Any],
) -> None:
    pairs: dict[str, Any] = {"transaction": transaction_id, "role": role, "peer": _peer(peer)}
    if mid is not None:
        pairs["mid"] = _mid(mid)
    pairs["contexts"] = _listed(_CONTEXTS.get(one.context_id, str(one.context_id)) for one in actions)
    pairs["commands"] = _listed(_commands(actions))
    pairs.update(outcome)
    _log.log(level, "%s", _line(pairs), extra={"h248": pairs})


def _line(pairs: Mapping[str, Any]) -> str:
    return " ".join(f"{key}={_value(value)}" for key, value in pairs.items())


def _value(value: object) -> str:
    text = ",".join(value) if isinstance(value, list) else str(value)
    return text if _PLAIN.fullmatch(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _listed(names: Iterable[str]) -> list[str]:
    """Return the first names, and how many more there are."""
    every = list(names)
    return every if len(every) <= MOST_LISTED else [*every[:MOST_LISTED], f"+{len(every) - MOST_LISTED}"]


def _commands(actions: tuple[ActionRequest, ...]) -> Iterator[str]:
    """Yield the commands by their names, an audit or properties of a context alone by what they are."""
    for action in actions:
        if not action.commands and (action.audit is not None or action.properties is not None):
            yield "ContextAudit" if action.audit is not None else "ContextAttributes"
        for one in action.commands:
            yield type(one.command).__name__.removesuffix("Request")


def _level(error: tuple[Level, ErrorDescriptor] | None) -> int:
    return logging.DEBUG if error is None else logging.INFO


def _outcome(error: tuple[Level, ErrorDescriptor] | None) -> dict[str, Any]:
    if error is None:
        return {"outcome": "reply"}
    level, descriptor = error
    told: dict[str, Any] = {"outcome": "error", "code": descriptor.code, "level": level.value}
    return told | ({"text": shown(descriptor.text)} if descriptor.text else {})


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)


def _peer(peer: object) -> str:
    return shown(peer.url if isinstance(peer, Address) else str(peer))


def _mid(mid: MessageIdentifier) -> str:
    """Return a message identifier as the text encoding writes it."""
    match mid:
        case IpAddress(address=address, port=port):
            return shown(f"[{address}]{_port(port)}")
        case DomainName(name=name, port=port):
            return shown(f"<{name}>{_port(port)}")
        case MtpAddress(digits=digits):
            return shown(f"MTP{{{digits}}}")
        case DeviceName(name=name):
            return shown(name)


def _port(port: int | None) -> str:
    return "" if port is None else f":{port}"
