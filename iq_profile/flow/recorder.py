"""What the endpoints of a flow saw, as they saw it: entries for the drawings, tags for the verdicts.

A tag is given only by the endpoint that observed the thing: a message by whoever received it, a connection by whoever
accepted it, a certificate by whoever compared it. Verdicts are read from tags and from nothing else.
"""

import time
from collections.abc import Callable, Iterable

import megaco
from iq_profile.procedures import (
    ConfigureConnectionPoint,
    ReleaseTerminations,
    ReserveConnectionPoint,
    ServiceChangeProcedure,
    recognise,
)
from iq_profile.roles import Roles
from megaco.codec import is_binary
from megaco.message import (
    ActionRequest,
    Message,
    NotifyRequest,
    ServiceChangeRequest,
    TransactionReply,
    TransactionRequest,
)
from megaco.sdp import MediaDescription, Sdp, SdpError

from .record import Entry, Kind


class Recorder:
    """Collects one flow's record."""

    def __init__(self, roles: Roles, step_of: dict[str, str], dictionary: megaco.Dictionary | None = None) -> None:
        """Start the clock; ``step_of`` tells the step of the seed that a tag belongs to.

        ``dictionary`` has the names for binary; None: the shipped ones.
        """
        self._dictionary = dictionary
        self.entries: list[Entry] = []
        self.tags: dict[str, int] = {}
        """Tag -> number of the entry that first gave it."""
        self.changed: Callable[[], None] = lambda: None
        self._roles = roles
        self._step_of = step_of
        self._start = time.monotonic()
        self._requests: dict[int, list[tuple[str, str]]] = {}
        """TransactionID -> summary and tag of each action asked for."""
        self._seen: set[bytes] = set()

    def note(self, source: str, target: str, kind: Kind, text: str, summary: str, tags: Iterable[str] = ()) -> None:
        """Record what ``target`` observed coming from ``source``."""
        number = len(self.entries) + 1
        steps = [self._step_of[tag] for tag in tags if tag in self._step_of]
        elapsed = time.monotonic() - self._start
        self.entries.append(Entry(number, elapsed, source, target, kind, text, summary, steps[0] if steps else None))
        for tag in tags:
            self.tags.setdefault(tag, number)
        self.changed()

    def sdp(self, source: str, target: str, kind: str, text: str) -> None:
        """Record an offer or an answer that arrived, tagged with what stands in it."""
        described = describe_sdp(text)
        tags = [f"{kind}:{source}>{target}:{one}" for one in described]
        self.note(source, target, "sdp", text, f"SDP {kind}: {', '.join(described)}", tags)

    # ------------------------------------------------------------------------------------------------------ H.248

    def h248(self, source: str, target: str, data: bytes) -> None:
        """Record an H.248 message that arrived; binary is shown as text, one that came again as a repetition."""
        message = megaco.decode(data, dictionary=self._dictionary)
        summary, tags = self._describe(message)
        text = data.decode("utf-8", "replace")
        if is_binary(data):
            text = _text_of_binary(message, data)
            summary += f" (binary, {len(data)} octets)"
        if data in self._seen:
            summary += " (repeated)"
        self._seen.add(data)
        self.note(source, target, "h248", text, summary, tags)

    def _describe(self, message: Message) -> tuple[str, list[str]]:
        if message.error is not None:
            return f"Error {message.error.code} {message.error.text or ''}", [f"error:{message.error.code}"]
        words: list[str] = []
        tags: list[str] = []
        for transaction in message.transactions:
            match transaction:
                case TransactionRequest(transaction_id=number, actions=actions):
                    described = [self._describe_request(action) for action in actions]
                    words += [summary for summary, _ in described]
                    self._requests[number] = described
                    tags += [f"request:{tag}" for _, tag in described]
                    tags += [f"notify:{interface}" for action in actions if (interface := self._notifier(action))]
                case TransactionReply(transaction_id=number):
                    error = first_error(transaction)
                    outcome = "refused" if error else "reply"
                    for summary, tag in self._requests.get(number, []):
                        words.append(f"Reply to {summary.partition(':')[0]}{f': Error {error}' if error else ''}")
                        tags.append(f"{outcome}:{tag}")
                case other:
                    words.append(f"{type(other).__name__}")
        return "; ".join(words), tags

    def _describe_request(self, action: ActionRequest) -> tuple[str, str]:
        procedures = recognise(action, self._roles)
        if not procedures or isinstance(procedures[0], ServiceChangeProcedure):
            return _describe_plain(action)
        procedure = procedures[0]
        verb = type(action.commands[0].command).__name__.removesuffix("Request")
        interface = self._interface(procedure, action)
        detail = _detail(procedure)
        summary = f"{verb} {interface}: {procedure.title}" if interface else f"{verb}: {procedure.title}"
        return summary, f"{procedure.title}:{interface}{detail}"

    def _interface(self, procedure: object, action: ActionRequest) -> str:
        if isinstance(procedure, ReserveConnectionPoint):
            return procedure.interface or ""
        naming = self._roles.terminations
        if isinstance(procedure, ReleaseTerminations):
            return ""
        if isinstance(procedure, ConfigureConnectionPoint):
            return naming.interface_of(procedure.termination_id) or ""
        return self._notifier(action)

    def _notifier(self, action: ActionRequest) -> str:
        """Return the interface of the termination that notifies; "" for other actions."""
        notify = action.commands[0].command if action.commands else None
        name = notify.termination_ids[0] if isinstance(notify, NotifyRequest) else ""
        return self._roles.terminations.interface_of(name) or ""


def _text_of_binary(message: Message, data: bytes) -> str:
    """Return a message as the text that it would be, below a comment of H.248 text that tells what was on the wire."""
    try:
        text = megaco.encode(message, "pretty").decode("utf-8", "replace")
    except megaco.EncodeError:  # some octets of binary have no words in text
        text = megaco.to_json(message)
    return f"; {len(data)} octets in binary, which are in text:\n{text}"


def _describe_plain(action: ActionRequest) -> tuple[str, str]:
    """Describe an action that is no procedure of the profile: summary and tag."""
    match action.commands[0].command if action.commands else None:
        case ServiceChangeRequest(services=services):
            method = services.method.value if services.method is not None else services.method_extension
            return f"ServiceChange {method}, {services.reason.text}", f"ServiceChange {method}"
        case None:
            return "Context", "Context"
        case command:
            name = type(command).__name__.removesuffix("Request")
            return name, name


def first_error(reply: TransactionReply) -> int | None:
    """Return the H.248.8 code of a reply's first error; None where there is none."""
    found = [reply.error, *(action.error for action in reply.actions)]
    found += [getattr(one, "error", None) for action in reply.actions for one in action.replies]
    return next((error.code for error in found if error is not None), None)


def _detail(procedure: object) -> str:
    """Tell what of a procedure the verdicts want to see: transport, setup roles, TLS order."""
    if not isinstance(procedure, ReserveConnectionPoint | ConfigureConnectionPoint):
        return ""
    words: list[str] = []
    for stream in procedure.streams:
        for octets in (stream.local, stream.remote):
            described = describe_sdp(octets.decode("latin-1")) if octets else ("-",)
            words.append(described[0])
        words.append("+tls" if stream.establish_tls else "")
    return ":" + ":".join(word for word in words if word)


def describe_sdp(text: str) -> tuple[str, ...]:
    """Describe each m-line in a word: transport, and what of setup, fingerprint and 3ge2ae stands in it."""
    try:
        return tuple(_describe_media(media) for media in Sdp.parse(text.encode("utf-8", "surrogateescape")).media)
    except SdpError as error:
        return (f"unreadable ({error})",)


def _describe_media(media: MediaDescription) -> str:
    words = [media.protocol]
    if media.is_rejected:
        words.append("rejected")
    if media.setup is not None:
        words.append(media.setup.value)
    if media.fingerprints:
        words.append("fingerprint?" if media.fingerprints[0].is_choose else "fingerprint")
    if media.end_to_access_edge:
        words.append(media.end_to_access_edge)
    return "+".join(words)
