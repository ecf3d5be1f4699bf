"""Fixture folders: one a flow, one file a message, numbered in the order they were seen; recorded here and replayed.

``NNN-SOURCE-to-TARGET.WHAT.h248`` is an H.248 message in pretty text, ``NNN-SOURCE-to-TARGET.offer.sdp`` (or
``answer``) an SDP. Replaying a folder needs no sockets: every message goes through the codec and back in each
encoding; all together they are judged by the profile; the gateway's engine executes the requests and must give the
recorded replies; the controller's engine gets the recorded offers, answers and replies and must give the recorded
requests and rewritten SDP. Both engines are replayed twice, with the messages as text and with the same messages in
binary.

A message may hold several transactions; each of them is replayed by itself. A folder whose messages have other names
holds no flow: each of its messages goes through the codec and back.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path

import megaco
from iq_profile.agw.engine import AgwEngine
from iq_profile.agw.settings import AgwSettings
from iq_profile.alg.engine import AlgEngine, Request, SendAnswer, SendOffer
from iq_profile.alg.settings import AlgSettings
from iq_profile.alg.state import Side
from iq_profile.procedures import compose, read_outcome
from iq_profile.profile import Profile, Spoken, judge_exchange, shipped_profile
from iq_profile.roles import Roles, Sender
from megaco.association import ControllerConfig, Registrar
from megaco.codec import BINARY, is_binary
from megaco.errors import LocalError
from megaco.message import (
    ActionRequest,
    AddReply,
    CommandReply,
    Message,
    ServiceChangeReply,
    SubtractRequest,
    TimeStamp,
    Transaction,
    TransactionReply,
    TransactionRequest,
)
from megaco.sdp import Fingerprint, MediaDescription, Sdp, SdpError

from .round_trips import binary_faults, text_faults
from .run import FlowResult

_NAME = re.compile(
    r"(?P<number>[0-9]{3})-(?P<source>[a-z]+)-to-(?P<target>[a-z]+)\.(?P<what>[a-z.-]+)\.(?P<kind>h248|sdp)"
)
_SESSION = "fixture"


@dataclass(frozen=True, slots=True)
class Fixture:
    """One message of a folder."""

    path: Path
    number: int
    source: str
    target: str
    what: str
    kind: str
    data: bytes

    @property
    def message(self) -> Message:
        """Return the H.248 message; raises DecodeError."""
        return megaco.decode(self.data, strict=True)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fixture that does not come out as recorded, or one that was not checked."""

    path: Path
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


OnSkip = Callable[[Finding], None]
"""Takes each message that was not checked in binary, with the reason why binary cannot carry it."""


def record_folder(result: FlowResult, folder: Path) -> int:
    """Write a flow's messages into a folder, old ones removed; return how many. Repetitions are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.h248"), *folder.glob("*.sdp")):
        old.unlink()
    written: set[str] = set()
    number = 0
    for entry in result.entries:
        if entry.kind not in ("h248", "sdp") or entry.source == entry.target or entry.text in written:
            continue
        what = _file_words(entry.kind, entry.text, entry.summary)
        if what is None:
            continue
        written.add(entry.text)
        number += 10
        name = f"{number:03d}-{entry.source.lower()}-to-{entry.target.lower()}.{what}.{entry.kind}"
        (folder / name).write_bytes(entry.text.encode("utf-8"))
    return number // 10


def _file_words(kind: str, text: str, summary: str) -> str | None:
    if kind == "sdp":
        found = re.match(r"SDP (offer|answer)", summary)
        return found.group(1) if found else None
    transaction = megaco.decode(text).transactions[0]
    if isinstance(transaction, TransactionRequest):
        return f"{_command_word(transaction.actions[0])}.request"
    if isinstance(transaction, TransactionReply) and transaction.actions and transaction.actions[0].replies:
        return f"{type(transaction.actions[0].replies[0]).__name__.removesuffix('Reply').lower()}.reply"
    return type(transaction).__name__.lower()


def _command_word(action: ActionRequest) -> str:
    return type(action.commands[0].command).__name__.removesuffix("Request").lower()


def fixture_folders(folder: Path) -> list[Path]:
    """Return the folders below one that hold fixtures, and those right below it that hold nothing at all.

    A folder of TOML files alone holds plans that the tests of the project run, and no messages.
    """
    below = [path for path in folder.iterdir() if path.is_dir() and not _holds_plans(path)]
    deep = {file.parent for path in below for kind in ("*.h248", "*.sdp") for file in path.rglob(kind)}
    return sorted(deep | {path for path in below if not any(path in (one, *one.parents) for one in deep)})


def _holds_plans(folder: Path) -> bool:
    suffixes = {path.suffix for path in folder.iterdir()}
    return suffixes - {".md"} == {".toml"}


def check_folder(folder: Path, on_skip: OnSkip = lambda skipped: None) -> list[Finding]:
    """Replay a folder; return what does not come out as recorded. Raises LocalError where there are no fixtures."""
    fixtures = list(_read_folder(folder))
    if not fixtures and (messages := sorted(folder.glob("*.h248"))):
        return [finding for path in messages for finding in _check_message(path, on_skip)]
    if not fixtures:
        raise LocalError(f"{folder}: no fixtures (NNN-SOURCE-to-TARGET.WHAT.h248 or .sdp)")
    skipped: list[Finding] = []
    findings = [finding for fixture in fixtures for finding in _check_codec(fixture, skipped.append)]
    for one in skipped:
        on_skip(one)
    if findings:
        return findings
    told = [one for one in fixtures if one.kind == "sdp" or any(_is_told(part) for part in one.message.transactions)]
    return _replay(told) or ([] if skipped else _replay_in_binary(told))


def _replay(fixtures: list[Fixture]) -> list[Finding]:
    profile = shipped_profile()
    roles = profile.roles
    apart = list(_apart(fixtures))
    return [
        *_check_profile(fixtures, profile),
        *_replay_registration(apart),
        *_replay_gateway(apart, roles),
        *_replay_controller(apart, roles),
    ]


def _apart(fixtures: list[Fixture]) -> Iterator[Fixture]:
    """Yield SDP, requests and replies, each transaction once and alone in its message."""
    seen: set[tuple[str, type, int]] = set()
    for fixture in fixtures:
        if fixture.kind == "sdp":
            yield fixture
            continue
        message = fixture.message
        encoding = BINARY if is_binary(fixture.data) else "pretty"
        for one in message.transactions:
            if not isinstance(one, TransactionRequest | TransactionReply) or not _is_told(one):
                continue
            key = fixture.source, type(one), one.transaction_id
            if key not in seen:
                seen.add(key)
                yield replace(fixture, data=megaco.encode(Message(message.version, message.mid, (one,)), encoding))


def _replay_in_binary(fixtures: list[Fixture]) -> list[Finding]:
    """Replay what comes out as recorded in text, with the same messages in binary."""
    carried = [one if one.kind == "sdp" else replace(one, data=megaco.encode(one.message, BINARY)) for one in fixtures]
    return [Finding(finding.path, f"in binary: {finding.what}") for finding in _replay(carried)]


def _as_carried(fixture: Fixture, transaction: Transaction) -> Transaction:
    """Return a transaction as it comes out of the fixture's encoding, to compare it with what came out of it."""
    if not is_binary(fixture.data):
        return transaction
    message = Message(fixture.message.version, fixture.message.mid, (transaction,))
    return megaco.decode(megaco.encode(message, BINARY)).transactions[0]


def _read_folder(folder: Path) -> Iterator[Fixture]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise LocalError(f"{folder}: {error.strerror}") from None
    for path in paths:
        match = _NAME.fullmatch(path.name)
        if match:
            source, target, what, kind = match.group("source", "target", "what", "kind")
            yield Fixture(path, int(match["number"]), source, target, what, kind, path.read_bytes())


# -------------------------------------------------------------------------------------------------------------- codec


def _check_codec(fixture: Fixture, on_skip: OnSkip) -> Iterator[Finding]:
    """Send a message through every encoding and back; SDP through its parser and back."""
    if fixture.kind == "sdp":
        try:
            sdp = Sdp.parse(fixture.data)
            sdp.validate()
        except ValueError as error:
            yield Finding(fixture.path, str(error))
            return
        if sdp.encode() != fixture.data:
            yield Finding(fixture.path, "the SDP does not come back byte for byte")
        return
    try:
        message = fixture.message
    except megaco.DecodeError as error:
        yield Finding(fixture.path, f"{error.place}: {error.summary}")
        return
    yield from _check_round_trips(fixture.path, message, on_skip, strict=True)
    if megaco.encode(message, "pretty") != fixture.data:
        yield Finding(fixture.path, "the file is not in the pretty layout")


def _check_message(path: Path, on_skip: OnSkip) -> Iterator[Finding]:
    """Send a message that stands alone, in any layout and with any allowance, through every encoding and back."""
    try:
        message = megaco.decode(path.read_bytes())
    except megaco.DecodeError as error:
        yield Finding(path, f"{error.place}: {error.summary}")
        return
    yield from _check_round_trips(path, message, on_skip, strict=False)


def _check_round_trips(path: Path, message: Message, on_skip: OnSkip, *, strict: bool) -> Iterator[Finding]:
    yield from (Finding(path, what) for what in text_faults(message, strict=strict))
    try:
        yield from (Finding(path, what) for what in binary_faults(message, strict=strict))
    except megaco.EncodeError as error:
        on_skip(Finding(path, error.what))


_SENDERS: dict[str, Sender] = {"alg": "controller", "agw": "gateway"}


def _check_profile(fixtures: list[Fixture], profile: Profile) -> Iterator[Finding]:
    """Hold the messages, which are one exchange, to the profile."""
    told = [one for one in fixtures if one.kind == "h248"]
    spoken = [Spoken(one.message, "text", sender=_SENDERS.get(one.source)) for one in told]
    for finding in judge_exchange(spoken, profile):
        yield Finding(told[finding.index].path, f"{profile.name}: {finding}")


# ------------------------------------------------------------------------------------------------------- registration


def _replay_registration(fixtures: list[Fixture]) -> Iterator[Finding]:
    """Let the controller's registrar answer the gateway, and compare; only leaving may go unanswered."""
    replies = {_transaction_id(one): one for one in fixtures if one.source == "alg" and _is_reply(one)}
    registrar = Registrar(ControllerConfig(), _clock_of(replies.values()))
    for fixture in fixtures:
        if fixture.source != "agw" or not _is_request(fixture):
            continue
        request = fixture.message.transactions[0]
        assert isinstance(request, TransactionRequest)
        actions = registrar.receive(request, fixture.message.mid, fixture.source)
        recorded = replies.get(request.transaction_id)
        if actions is None or (recorded is None and not registrar.gateways):
            continue
        reply = TransactionReply(request.transaction_id, actions)
        if recorded is None:
            yield Finding(fixture.path, "there is no reply to it")
        elif recorded.message.transactions[0] != _as_carried(recorded, reply):
            yield Finding(recorded.path, f"the controller replies otherwise: {_compact(recorded.message, reply)}")


def _clock_of(replies: Iterable[Fixture]) -> Callable[[], TimeStamp] | None:
    """Return a clock that says what the controller's said while it was recorded; None: nothing."""
    commands = [one for fixture in replies for one in _commands_of(fixture)]
    services = [one.services for one in commands if isinstance(one, ServiceChangeReply) and one.services is not None]
    stamps = [one.time_stamp for one in services if one.time_stamp is not None]
    if not stamps:
        return None
    said = chain(stamps, repeat(stamps[-1]))
    return lambda: next(said)


def _commands_of(fixture: Fixture) -> Iterator[CommandReply]:
    reply = fixture.message.transactions[0]
    for action in reply.actions if isinstance(reply, TransactionReply) else ():
        yield from action.replies


# ------------------------------------------------------------------------------------------------------------ gateway


def _replay_gateway(fixtures: list[Fixture], roles: Roles) -> Iterator[Finding]:
    """Let the gateway's engine execute the recorded requests, with the recorded ports, and compare its replies."""
    h248 = [fixture for fixture in fixtures if fixture.kind == "h248"]
    requests = {_transaction_id(one): one for one in h248 if one.source == "alg" and _is_request(one)}
    replies = {_transaction_id(one): one for one in h248 if one.source == "agw" and _is_reply(one)}
    chosen = [media for one in replies.values() for media in _chosen_media(one.message)]
    ports = iter([media.port for media in chosen if isinstance(media.port, int)])
    fingerprints = [one for media in chosen for one in media.fingerprints]
    addresses = [media.connection.address for media in chosen if media.connection is not None]
    settings = AgwSettings(access_address=(addresses or ["127.0.0.1"])[0], core_address=(addresses or ["127.0.0.1"])[0])
    announced = fingerprints[0] if fingerprints else Fingerprint("sha-256", "$")
    engine = AgwEngine(settings, roles, announced, lambda leg, address: next(ports, 9))
    for number, fixture in requests.items():
        request = fixture.message.transactions[0]
        assert isinstance(request, TransactionRequest)
        reply = TransactionReply(number, engine.execute(request.actions, float(fixture.number)))
        if number not in replies:
            yield Finding(fixture.path, "there is no reply to it")
        elif replies[number].message.transactions[0] != _as_carried(replies[number], reply):
            yield Finding(
                replies[number].path, f"the gateway replies otherwise: {_compact(replies[number].message, reply)}"
            )
    if not engine.is_empty:
        yield Finding(h248[-1].path, "the gateway is not empty at the end")


def _chosen_media(message: Message) -> Iterator[MediaDescription]:
    """Yield the Local descriptions that the gateway filled in when it added a termination."""
    for transaction in message.transactions:
        for action in transaction.actions if isinstance(transaction, TransactionReply) else ():
            for reply in action.replies:
                media = reply.media if isinstance(reply, AddReply) else None
                for stream in media.streams if media is not None else ():
                    if stream.local is not None:
                        yield from _readable_media(stream.local.sdp)


def _readable_media(octets: bytes) -> tuple[MediaDescription, ...]:
    """Return the m-line of a Local; none where it is not SDP, which the comparison of the replies will tell."""
    try:
        sdp = Sdp.parse(octets)
        sdp.validate()
    except SdpError:
        return ()
    return sdp.media[:1]


def _compact(message: Message, reply: TransactionReply) -> str:
    return megaco.encode(Message(message.version, message.mid, (reply,)), "compact").decode("utf-8", "replace")


# --------------------------------------------------------------------------------------------------------- controller


def _replay_controller(fixtures: list[Fixture], roles: Roles) -> Iterator[Finding]:
    """Give the controller's engine what the ends and the gateway said, and compare what it says."""
    engine = AlgEngine(AlgSettings())
    said = _Said(engine, roles)
    for fixture in fixtures:
        if fixture.target == "alg" and fixture.kind == "sdp":
            side: Side = "access" if fixture.source == "ue" else "core"
            said.hear_sdp(fixture, side)
        elif fixture.target == "alg" and _is_reply(fixture):
            said.hear_reply(fixture)
        elif fixture.source == "alg" and fixture.kind == "sdp":
            yield from said.expect_sdp(fixture)
        elif fixture.source == "alg" and _is_request(fixture):
            yield from said.expect_request(fixture)
    for unsaid in said.unrecorded():
        yield Finding(fixtures[-1].path, f"the controller says more than is recorded: {unsaid}")
    if not engine.is_empty:
        yield Finding(fixtures[-1].path, "the controller still holds the session at the end")


class _Said:
    """What the controller's engine has said and nobody has compared yet."""

    def __init__(self, engine: AlgEngine, roles: Roles) -> None:
        self.engine = engine
        self.roles = roles
        self.requests: list[Request] = []
        self.sdp: list[bytes] = []
        self.numbers: dict[int, int] = {}

    def hear_sdp(self, fixture: Fixture, side: Side) -> None:
        if fixture.what == "offer":
            agreed = frozenset(AlgSettings().mechanisms)
            self.engine.offer(_SESSION, side, fixture.data, agreed, float(fixture.number))
        else:
            self.engine.answer(_SESSION, fixture.data, float(fixture.number))
        self._take()

    def hear_reply(self, fixture: Fixture) -> None:
        reply = fixture.message.transactions[0]
        if isinstance(reply, TransactionReply) and reply.transaction_id in self.numbers:
            number = self.numbers[reply.transaction_id]
            self.engine.outcome(number, read_outcome(reply), float(fixture.number))
            self._take()

    def expect_request(self, fixture: Fixture) -> Iterator[Finding]:
        request = fixture.message.transactions[0]
        assert isinstance(request, TransactionRequest)
        if isinstance(request.actions[0].commands[0].command, SubtractRequest) and not self.requests:
            self.engine.bye(_SESSION, "offerer", float(fixture.number))
            self._take()
        if not self.requests:
            yield Finding(fixture.path, "the controller does not send it")
            return
        own = self.requests.pop(0)
        self.numbers[request.transaction_id] = own.number
        action = compose(own.procedure, self.roles)
        sent = TransactionRequest(request.transaction_id, (action,))
        if _as_carried(fixture, sent) != request:
            message = Message(fixture.message.version, fixture.message.mid, (TransactionRequest(1, (action,)),))
            shown = megaco.encode(message, "compact").decode("utf-8", "replace")
            yield Finding(fixture.path, f"the controller sends otherwise: {shown}")

    def expect_sdp(self, fixture: Fixture) -> Iterator[Finding]:
        if not self.sdp:
            yield Finding(fixture.path, "the controller does not send it")
        elif (own := self.sdp.pop(0)) != fixture.data:
            yield Finding(fixture.path, f"the controller sends otherwise: {own.decode('utf-8', 'replace')!r}")

    def unrecorded(self) -> Iterator[str]:
        """Yield what was said and stands in no file."""
        yield from (one.procedure.title for one in self.requests)
        yield from (repr(one.decode("utf-8", "replace")) for one in self.sdp)

    def _take(self) -> None:
        for action in self.engine.take_actions():
            if isinstance(action, Request):
                self.requests.append(action)
            elif isinstance(action, SendOffer | SendAnswer):
                self.sdp.append(action.sdp)


def _is_request(fixture: Fixture) -> bool:
    return fixture.kind == "h248" and isinstance(fixture.message.transactions[0], TransactionRequest)


def _is_reply(fixture: Fixture) -> bool:
    return fixture.kind == "h248" and isinstance(fixture.message.transactions[0], TransactionReply)


def _is_told(transaction: Transaction) -> bool:
    """Tell what can be replayed: a reply, or a request whose actions have commands."""
    match transaction:
        case TransactionRequest(actions=actions):
            return all(action.commands for action in actions)
        case TransactionReply():
            return True
    return False


def _transaction_id(fixture: Fixture) -> int:
    transaction = fixture.message.transactions[0]
    assert isinstance(transaction, TransactionRequest | TransactionReply)
    return transaction.transaction_id
