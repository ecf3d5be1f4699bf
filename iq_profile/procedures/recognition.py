"""H.248 actions to procedures, replies to outcomes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iq_profile.roles import Change, Item, Roles, Row, Sender
from megaco.errors import ItemError
from megaco.message import (
    ALL,
    CHOOSE,
    ROOT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandRequest,
    ContextProperties,
    Descriptor,
    ErrorDescriptor,
    EventsDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    PropertyParm,
    RequestedEvent,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    Signal,
    SignalList,
    SignalsDescriptor,
    StreamDescriptor,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    Value,
)
from megaco.packages import PythonValue, Scalar

from .model import (
    SERVICE_CHANGES,
    TITLES,
    Acknowledged,
    ActivateCongestion,
    ActivateInactivity,
    ActivateRealmAvailability,
    AuditCapability,
    Audited,
    AuditValue,
    BearerReleased,
    ConfigureConnectionPoint,
    Congestion,
    EventRole,
    EventTerms,
    Heartbeat,
    Inactivity,
    MediaInactive,
    Outcome,
    Procedure,
    RealmAvailability,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    ServiceChanged,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)
from .wording import EVENTS, PROPERTIES, ROOT_EVENTS, SIGNALS

_OCTETS = re.compile(r"(?:[0-9a-fA-F]{2})+")
_REASON = re.compile(r"\s*([0-9]{1,3})\b\s*(.*)", re.DOTALL)
_UNTYPED_STREAM = 1
"""A stream without id is stream 1 (TS 29.334 clause 5.7)."""
_UNKNOWN_TERMINATION, _NO_COMMAND, _NO_DESCRIPTOR, _NO_PROPERTY, _NO_PARAMETER = 430, 443, 444, 445, 446
_BAD_VALUE, _NO_EVENT, _NO_SIGNAL = 449, 451, 452
_NOT_IMPLEMENTED = 501


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a command is no part of the procedure: what a gateway that knows no more answers, and why."""

    code: int
    """Of H.248.8."""
    what: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a command is of the profile."""

    command: Command
    procedures: tuple[Procedure, ...] = ()
    """One, or one for each termination or event that the command names; none where it fits none."""
    missing: tuple[str, ...] = ()
    """Titles of mandatory information elements that are not there."""
    faults: tuple[Fault, ...] = ()
    nearest: str = ""
    """Where it fits none, the key of the procedure that comes nearest; "" where none is near."""

    @property
    def title(self) -> str:
        """What it is called; of one that fits no procedure the nearest."""
        keys = dict.fromkeys(one.key for one in self.procedures) or ((self.nearest,) if self.nearest else ())
        return ", ".join(TITLES[key] for key in keys)


def recognise(action: ActionRequest, roles: Roles, sender: Sender | None = None) -> tuple[Procedure, ...]:
    """Read an action as procedures, Subtracts together; a command that fits none is left out.

    ``sender`` tells apart procedures that look alike; None: the gateway, where that is the question.
    """
    found: list[Procedure] = []
    subtracted: list[ReleaseTerminations] = []
    for request in action.commands:
        for procedure in recognise_command(action, request, roles, sender).procedures:
            if isinstance(procedure, ReleaseTerminations):
                subtracted.append(procedure)
            else:
                found.append(procedure)
    if subtracted:
        names = tuple(name for one in subtracted for name in one.termination_ids)
        found.append(ReleaseTerminations(action.context_id, names, any(one.is_wildcarded for one in subtracted)))
    return tuple(found)


def recognise_command(
    action: ActionRequest, request: CommandRequest, roles: Roles, sender: Sender | None = None
) -> Recognition:
    """Read a command of an action: what procedure it is, what is missing to it, and what it has beside it."""
    reader = _Reader(action.context_id, action.properties, roles)
    command = request.command
    match command:
        case AddRequest():
            procedures, nearest = reader.reserve(command), "reserve"
        case ModifyRequest(termination_ids=(name, *_)) if name.upper() == ROOT:
            procedures, nearest = reader.activate(command), ""
        case ModifyRequest():
            procedures, nearest = reader.configure(command), "configure"
        case SubtractRequest():
            release = ReleaseTerminations(action.context_id, command.termination_ids, request.wildcard_return)
            procedures, nearest = (release,), "release"
        case NotifyRequest():
            procedures, nearest = reader.indications(command), ""
        case AuditValueRequest() | AuditCapabilityRequest():
            procedures, nearest = (reader.audit(command),), ""
        case ServiceChangeRequest():
            procedures, nearest = reader.service_change(command, sender)
        case MoveRequest():
            procedures, nearest = (), ""
            reader.fault(_NO_COMMAND, "Unsupported or unknown command Move")
    procedures = tuple(one for one in procedures if reader.is_in_place(one, command))
    missing = tuple(title for one in procedures for title in missing_elements(one, roles))
    return Recognition(command, procedures, missing, tuple(reader.faults), "" if procedures else nearest)


def missing_elements(procedure: Procedure, roles: Roles) -> Iterator[str]:
    """Yield the titles of a procedure's mandatory information elements that it does not hold."""
    row = roles.procedures.get(procedure.key)
    for name, element in row.elements.items() if row is not None else ():
        if element.presence == "M" and not has_element(procedure, name):
            yield element.title


def has_element(procedure: Procedure, name: str) -> bool:
    """Tell whether a procedure holds an information element: in itself, its events, or every one of its streams."""
    holders = [procedure, getattr(procedure, "events", None), *getattr(procedure, "streams", ())]
    values = [getattr(one, name) for one in holders if hasattr(one, name)]
    if values:
        return all(one not in (None, "", ()) for one in values)
    events: EventTerms | None = getattr(procedure, "events", None)
    return events is not None and name in events.notify


class _Reader:
    """Reads the commands of one action; what is no part of a procedure becomes a fault."""

    def __init__(self, context_id: int, properties: ContextProperties | None, roles: Roles) -> None:
        self.context_id = context_id
        self.properties = properties or ContextProperties()
        self.roles = roles
        self.items = roles.items
        self.faults: list[Fault] = []

    def fault(self, code: int, what: str) -> None:
        """Note what is no part of the procedure."""
        self.faults.append(Fault(code, what))

    def is_in_place(self, procedure: Procedure, command: Command) -> bool:
        """Tell whether a procedure is about what its command names: ROOT, or terminations."""
        row = self.roles.procedures.get(procedure.key)
        is_root = command.termination_ids[0].upper() == ROOT
        if row is None or row.on_root in (None, is_root):
            return True
        self.fault(_NO_EVENT, f"{procedure.title} of {command.termination_ids[0]}")
        return False

    # --------------------------------------------------------------------------------------------------- reservations

    def reserve(self, add: AddRequest) -> tuple[Procedure, ...]:
        """Read an Add."""
        name = add.termination_ids[0]
        parts = self.roles.terminations.parts(name) or {}
        group, interface = parts.get("group", ""), parts.get("interface", "")
        is_named = group == CHOOSE or group.isdecimal(), interface == CHOOSE or interface.isalnum()
        if not all(is_named) or parts["id"] != CHOOSE:
            form = self.roles.terminations.form.format(group="GROUP", interface="INTERFACE", id=CHOOSE)
            self.fault(_UNKNOWN_TERMINATION, f"Unknown TerminationID {name}: {form} can be added")
        if len(add.termination_ids) > 1:
            self.fault(_NOT_IMPLEMENTED, "an Add of several terminations")
        self._beside(add)
        streams, realm = self._streams(add.media, add.signals)
        procedure = ReserveConnectionPoint(
            self.context_id,
            int(group) if group.isdecimal() else None,
            interface if interface.isalnum() else None,
            streams,
            self._events(add.events),
            realm,
            self.properties.priority,
            self.properties.emergency,
        )
        return (procedure,)

    def configure(self, modify: ModifyRequest) -> tuple[Procedure, ...]:
        """Read a Modify of terminations, one procedure each."""
        streams, realm = self._streams(modify.media, modify.signals)
        events = self._events(modify.events)
        self._beside(modify)
        return tuple(
            ConfigureConnectionPoint(self.context_id, name, streams, events, realm, self.properties.priority)
            for name in modify.termination_ids
        )

    def _beside(self, command: AddRequest | ModifyRequest) -> None:
        """Note descriptors that no procedure has."""
        for one in command.descriptors:
            if not isinstance(one, MediaDescriptor | EventsDescriptor | SignalsDescriptor):
                self.fault(_NO_DESCRIPTOR, f"Unsupported or unknown descriptor {_word(one)}")
            elif isinstance(one, MediaDescriptor) and one.termination_state is not None:
                self.fault(_NO_DESCRIPTOR, "Unsupported or unknown descriptor TerminationState of a termination")

    def _streams(
        self, media: MediaDescriptor | None, signals: SignalsDescriptor | None
    ) -> tuple[tuple[StreamTerms, ...], str | None]:
        """Read Media and Signals as what they say of each stream, and the realm that they are in."""
        told: dict[int, dict[str, PythonValue | bytes | None]] = {}
        realm: str | None = None
        for stream in media.streams if media is not None else ():
            terms = told.setdefault(stream.stream_id or _UNTYPED_STREAM, {})
            own = self._stream(stream, terms)
            realm = realm if own is None else own
        for signal in signals.signals if signals is not None else ():
            if isinstance(signal, SignalList):
                self.fault(_NO_SIGNAL, "No such signal in this package: a signal list")
            else:
                self._signal(signal, told.setdefault(signal.stream_id or _UNTYPED_STREAM, {}))
        return tuple(StreamTerms(number, **told[number]) for number in sorted(told)), realm  # type: ignore[arg-type]

    def _stream(self, stream: StreamDescriptor, terms: dict[str, PythonValue | bytes | None]) -> str | None:
        """Read a stream into the fields of its terms; return its realm."""
        realm: str | None = None
        control = stream.local_control
        if control is not None:
            terms |= {"mode": control.mode, "reserve_value": control.reserve_value}  # type: ignore[dict-item]
            if control.reserve_group is not None:
                self.fault(_NO_PROPERTY, "Unsupported or unknown property ReserveGroup")
            for parameter in control.properties:
                own = self._property(parameter, terms)
                realm = realm if own is None else own
        terms["local"] = bytes(stream.local.sdp) if stream.local is not None else None
        terms["remote"] = bytes(stream.remote.sdp) if stream.remote is not None else None
        if stream.statistics is not None:
            self.fault(_NO_DESCRIPTOR, "Unsupported or unknown descriptor Statistics")
        return realm

    def _property(self, parameter: PropertyParm, terms: dict[str, PythonValue | bytes | None]) -> str | None:
        """Read a property into the field that it is; return it where it is the realm."""
        is_realm = self.items.realm.is_named(parameter.name)
        field = next((one for one in PROPERTIES if self._role(one).is_named(parameter.name)), None)
        if field is None and not is_realm:
            self.fault(_NO_PROPERTY, f"Unsupported or unknown property {parameter.name}")
            return None
        try:
            value = self._one(parameter.name, self.roles.packages.value(parameter.name, parameter.value))
        except ItemError as error:
            self.fault(error.code, error.what)
            return None
        if field is not None:
            terms[field] = value
        return str(value) if is_realm else None

    @staticmethod
    def _one(name: str, value: PythonValue) -> Scalar:
        """Return a value that is one; raises ItemError for a choice, a range or a wildcard: a procedure has no room."""
        if not isinstance(value, Scalar):
            raise ItemError(f"{name}: {type(value).__name__.lower()}; expected one value", _BAD_VALUE, name)
        return value

    def _role(self, role: str) -> Item:
        item: Item = getattr(self.items, role)
        return item

    def _signal(self, signal: Signal, terms: dict[str, PythonValue | bytes | None]) -> None:
        field = next((one for one, role in SIGNALS.items() if self._role(role).is_named(signal.name)), None)
        latching = self.items.latching
        if field is None and not latching.is_named(signal.name):
            self.fault(_NO_SIGNAL, f"No such signal in this package: {signal.name}")
            return
        self._plain_signal(signal)
        parameters = self._parameters(signal)
        if field is not None:
            terms[field] = True
        elif parameters is not None:
            terms["latching"] = parameters.get(latching.mode)

    def _plain_signal(self, signal: Signal) -> None:
        """Note what a signal says of its course: in a procedure it is applied as its package has it."""
        plain = Signal(signal.name, stream_id=signal.stream_id, parameters=signal.parameters)
        if signal != plain:
            self.fault(_NO_PARAMETER, f"{signal.name} with a type, duration or direction of its own")

    def _parameters(self, node: RequestedEvent | ObservedEvent | Signal) -> dict[str, Scalar] | None:
        """Return the parameters of an event or a signal; None where one of them is wrong, which is noted."""
        try:
            return {name: self._one(f"{node.name} {name}", value) for name, value in self._listed(node).items()}
        except ItemError as error:
            self.fault(error.code, error.what)
            return None

    def _listed(self, node: RequestedEvent | ObservedEvent | Signal) -> dict[str, PythonValue]:
        return self.roles.packages.parameters(node)

    def _events(self, events: EventsDescriptor | None) -> EventTerms | None:
        if events is None:
            return None
        notify: set[EventRole] = set()
        given: dict[str, Scalar | None] = {}
        for event in events.events:
            roles = [role for role in EVENTS if _asks_for(event.name, self._role(role))]
            notify.update(roles)
            if event.embedded is not None or event.digit_map is not None or event.notify_behaviour is not None:
                self.fault(_NO_PARAMETER, f"{event.name} with something embedded")
            if ALL in event.name:
                given["is_wildcarded"] = True
                continue
            if not roles:
                self.fault(_NO_EVENT, f"No such event in this package: {event.name}")
                continue
            parameters = self._parameters(event) or {}
            if roles == ["heartbeat"]:
                given["heartbeat_s"] = parameters.get(self.items.heartbeat.timer)
            elif roles == ["media_inactivity"]:
                given["inactivity_s"] = parameters.get(self.items.media_inactivity.time)
                given["inactivity_direction"] = parameters.get(self.items.media_inactivity.direction)
        return EventTerms(events.request_id or 0, frozenset(notify), **given)  # type: ignore[arg-type]

    # ----------------------------------------------------------------------------------------------------- about ROOT

    def activate(self, modify: ModifyRequest) -> tuple[Procedure, ...]:
        """Read a Modify of ROOT: which reports it asks for."""
        found: list[Procedure] = []
        events = modify.events or EventsDescriptor()
        request_id = events.request_id or 0
        for event in events.events:
            asked: list[Procedure] = []
            if _asks_for(event.name, self.items.congestion):
                asked.append(ActivateCongestion(self.context_id, request_id))
            if _asks_for(event.name, self.items.realm_change):
                asked.append(ActivateRealmAvailability(self.context_id, request_id))
            if _asks_for(event.name, self.items.inactivity):
                time = None if ALL in event.name else (self._parameters(event) or {}).get(self.items.inactivity.timer)
                asked.append(ActivateInactivity(self.context_id, request_id, time if isinstance(time, int) else None))
            if not asked and ALL not in event.name:
                self.fault(_NO_EVENT, f"No such event in this package: {event.name}")
            found += asked
        for one in modify.descriptors:
            self._beside_events(one)
        return tuple(found)

    def _beside_events(self, descriptor: Descriptor) -> None:
        """Note what a Modify of ROOT says besides its events."""
        state = descriptor.termination_state if isinstance(descriptor, MediaDescriptor) else None
        if state is not None and state.properties:
            self.fault(_NO_PROPERTY, f"Unsupported or unknown property {state.properties[0].name}")
        elif not isinstance(descriptor, EventsDescriptor):
            self.fault(_NO_DESCRIPTOR, f"Unsupported or unknown descriptor {_word(descriptor)} of ROOT")

    def audit(self, request: AuditValueRequest | AuditCapabilityRequest) -> Procedure:
        """Read an audit."""
        kind = AuditValue if isinstance(request, AuditValueRequest) else AuditCapability
        if request.audit.individual:
            self.fault(_NO_DESCRIPTOR, "Unsupported or unknown descriptor in an audit: a part of one")
        return kind(self.context_id, request.termination_ids, tuple(item.value for item in request.audit.items))

    def service_change(self, request: ServiceChangeRequest, sender: Sender | None) -> tuple[tuple[Procedure, ...], str]:
        """Read a ServiceChange; where it fits no procedure also return the key of the nearest."""
        services = request.services
        code, text = reason_of(services)
        is_root = request.termination_ids[0].upper() == ROOT
        rows = {key: row for key, row in self.roles.procedures.items() if key in SERVICE_CHANGES}
        near = sorted(rows, key=lambda key: -_nearness(rows[key], services, code, is_root, sender))
        for key in near:
            row = rows[key]
            is_it = services.method in row.methods and code in row.reasons and row.on_root in (None, is_root)
            if is_it and sender in (None, row.sender):
                return (self._service_change(key, request, code, text),), ""
        self.fault(_NO_COMMAND, f"no procedure has {_method(services)} for reason {code if code else 'none'}")
        return (), near[0] if near else ""

    def _service_change(self, key: str, request: ServiceChangeRequest, code: int, text: str) -> Procedure:
        services = request.services
        assert services.method is not None
        return SERVICE_CHANGES[key](
            services.method,
            code,
            self.context_id,
            request.termination_ids,
            text,
            services.delay,
            services.version,
            services.profile,
            services.mgc_id_to_try,
            services.address,
        )

    # ---------------------------------------------------------------------------------------------------- indications

    def indications(self, notify: NotifyRequest) -> tuple[Procedure, ...]:
        """Read a Notify, one procedure an event."""
        found: list[Procedure] = []
        for event in notify.observed_events.events:
            if not any(self._role(role).is_named(event.name) for role in (*EVENTS, *ROOT_EVENTS)):
                self.fault(_NO_EVENT, f"No such event in this package: {event.name}")
                continue
            one = self._indication(notify.termination_ids[0], notify.observed_events.request_id, event)
            if one is not None:
                found.append(one)
        return tuple(found)

    def _indication(self, name: str, request_id: int, event: ObservedEvent) -> Procedure | None:
        items, stream_id = self.items, event.stream_id or _UNTYPED_STREAM
        where = (self.context_id, name, request_id)
        if items.bearer_released.is_named(event.name):  # its text, which some write as words, is read as it comes
            return BearerReleased(*where, stream_id, self._cause(event))
        if items.realm_change.is_named(event.name):
            return self._realm_availability(request_id, event)
        told = self._parameters(event)
        if told is None:
            return None
        if items.heartbeat.is_named(event.name):
            return Heartbeat(*where)
        if items.media_inactivity.is_named(event.name):
            return MediaInactive(*where, stream_id)
        if items.inactivity.is_named(event.name):
            return Inactivity(self.context_id, request_id)
        if items.congestion.is_named(event.name):
            return Congestion(self.context_id, request_id, int(told[items.congestion.reduction]))
        for change, failure in ((items.tcp_change, TcpFailed), (items.tls_change, TlsFailed)):
            if change.is_named(event.name):
                kind = _change(event, change, failure)
                return kind(*where, stream_id, self._cause(event)) if kind is not None else None
        return None

    def _realm_availability(self, request_id: int, event: ObservedEvent) -> Procedure | None:
        change = self.items.realm_change
        try:
            told = self._listed(event)
        except ItemError as error:
            self.fault(error.code, error.what)
            return None
        realms = [told.get(name, ()) for name in (change.available, change.unavailable)]
        available, unavailable = (tuple(map(str, one)) if isinstance(one, tuple) else () for one in realms)
        return RealmAvailability(self.context_id, request_id, available, unavailable)

    def _cause(self, event: ObservedEvent) -> str:
        """Read a cause: quoted it is text; without quotation marks an octet string, whose octets are text."""
        value = _value(event, self.items.bearer_released.text)
        if value is None or value.quoted or not _OCTETS.fullmatch(value.text):
            return value.text if value is not None else ""
        return bytes.fromhex(value.text).decode("utf-8", "replace")


def _word(descriptor: object) -> str:
    return type(descriptor).__name__.removesuffix("Descriptor")


def _asks_for(name: str, item: Item) -> bool:
    """Tell whether an event asked for is an item, or a wildcard for it."""
    package = item.name.lower().partition("/")[0]
    return name.lower() in (item.name.lower(), f"{package}/{ALL}", f"{ALL}/{ALL}")


def _change(
    event: ObservedEvent, change: Change, failure: type[TcpFailed] | type[TlsFailed]
) -> type[TcpFailed] | type[TlsFailed] | type[BearerReleased] | None:
    """Return what a change of a connection is; None for one to the better."""
    value = _value(event, change.type)
    meanings = {change.failed.lower(): failure, change.released.lower(): BearerReleased}
    return meanings.get(value.text.lower() if value is not None else "")


def _value(event: ObservedEvent, name: str) -> Value | None:
    for parameter in event.parameters:
        if parameter.name.lower() == name.lower() and isinstance(parameter.value, Value):
            return parameter.value
    return None


def reason_of(services: ServiceChangeParm) -> tuple[int, str]:
    """Return the code of a reason, 0 where there is none, and the words behind it."""
    found = _REASON.fullmatch(services.reason.text)
    return (int(found.group(1)), found.group(2)) if found is not None else (0, services.reason.text)


def _method(services: ServiceChangeParm) -> str:
    return services.method.value if services.method is not None else services.method_extension or "no method"


def _nearness(row: Row, services: ServiceChangeParm, code: int, is_root: bool, sender: Sender | None) -> int:
    """Count how well a row fits a ServiceChange; the reason says most, for method and place are few."""
    fits = (services.method in row.methods, row.on_root in (None, is_root))
    can_be_sent = sender in (None, row.sender)
    return (
        sum(fits)
        + 2 * (code in row.reasons)
        + (services.version is not None) * ("version" in row.elements)
        + 9 * can_be_sent
    )


# ------------------------------------------------------------------------------------------------------------- outcomes


def read_outcome(reply: TransactionReply | None) -> Outcome:
    """Read the reply to a request of one procedure; None, where none came, is Rejected with code 0."""
    if reply is None:
        return Rejected(0, "the gateway does not answer")
    error = _first_error(reply)
    if error is not None:
        return Rejected(error.code, error.text or "")
    for action in reply.actions:
        outcome = _outcome(action)
        if outcome is not None:
            return outcome
    return Rejected(0, "the gateway's reply holds no command reply")


def _outcome(action: ActionReply) -> Outcome | None:
    context_id = action.context_id
    subtracted = tuple(name for one in action.replies if isinstance(one, SubtractReply) for name in one.termination_ids)
    for one in action.replies:
        match one:
            case AddReply() | ModifyReply() if one.termination_ids[0].upper() != ROOT:
                return Reserved(context_id, one.termination_ids[0], _chosen(one.media))
            case SubtractReply():
                return Released(context_id, subtracted)
            case NotifyReply() | ModifyReply():
                return Acknowledged(context_id, one.termination_ids)
            case ServiceChangeReply():
                told = one.services or ServiceChangeResParm()
                return ServiceChanged(context_id, one.termination_ids, told.version, told.profile, told.mgc_id_to_try)
            case AuditValueReply() | AuditCapabilityReply():
                return Audited(context_id, one.termination_ids, one.descriptors)
    return None


def _chosen(media: MediaDescriptor | None) -> dict[int, bytes]:
    streams = media.streams if media is not None else ()
    return {
        stream.stream_id or _UNTYPED_STREAM: bytes(stream.local.sdp) for stream in streams if stream.local is not None
    }


def _first_error(reply: TransactionReply) -> ErrorDescriptor | None:
    if reply.error is not None:
        return reply.error
    for action in reply.actions:
        errors: Iterable[ErrorDescriptor | None] = [getattr(one, "error", None) for one in action.replies]
        for error in (*errors, action.error):
            if error is not None:
                return error
    return None
