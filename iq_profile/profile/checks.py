"""How each kind of rule is judged on one message: a function a kind, which yields what breaks it."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from iq_profile.procedures import Recognition, reason_of
from iq_profile.roles import Naming
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    AuditValueReply,
    ContextProperties,
    DigitMapDescriptor,
    EventDigitMap,
    LocalDescriptor,
    MuxDescriptor,
    Node,
    PackagesDescriptor,
    RemoteDescriptor,
    ServiceChangeMethod,
    ServiceChangeRequest,
    SignalList,
)
from megaco.packages import shipped
from megaco.packages.items import Provenance
from megaco.packages.places import Place
from megaco.sdp import has_wildcard

from .case import Asked, Case, Told, descriptors_of, errors_of, is_root, parsed, senders_of
from .model import (
    CommandRule,
    CommandsRule,
    ContextWord,
    ElementsRule,
    EncodingRule,
    ErrorCodesRule,
    ItemsRule,
    LocalChoiceRule,
    LocalChosenRule,
    MessageIdentifierRule,
    OptionalCommandsRule,
    PackagesRule,
    ProceduresRule,
    RegistrationRule,
    RootOnlyRule,
    Rule,
    SdpLinesRule,
    SenderRule,
    ServiceChangeRule,
    TerminationNamesRule,
    TransactionsRule,
    TransportRule,
    UnusedRule,
    VersionRule,
    WildcardedRepliesRule,
)


class Wrong(NamedTuple):
    """What breaks a rule."""

    node: Node
    what: str
    provenance: Provenance = "standard"
    """How sure it is that the rule says so; a rule that is less sure as a whole makes it less sure."""


_CONTEXT_WORDS: dict[int, ContextWord] = {CHOOSE_CONTEXT: "choose", NULL_CONTEXT: "null", ALL_CONTEXTS: "all"}
_CONTEXT_SHOWN: dict[ContextWord, str] = {"choose": "$", "specific": "a number", "null": "-", "all": "*"}


def _listed(words: Any) -> str:
    return ", ".join(map(str, words)) or "none"


# -------------------------------------------------------------------------------------------------------- messages


def _version(rule: VersionRule, case: Case) -> Iterator[Wrong]:
    allowed = {*rule.allowed, *(rule.registering if case.is_before_agreement else ())}
    if case.message.version not in allowed:
        yield Wrong(case.message, f"version {case.message.version}; expected {_listed(sorted(allowed))}")


def _encoding(rule: EncodingRule, case: Case) -> Iterator[Wrong]:
    if case.encoding is not None and case.encoding not in rule.allowed:
        yield Wrong(case.message, f"{case.encoding} encoding; expected {_listed(rule.allowed)}")


def _transport(rule: TransportRule, case: Case) -> Iterator[Wrong]:
    if case.transport is not None and case.transport not in rule.allowed:
        yield Wrong(case.message, f"transport {case.transport}; expected {_listed(rule.allowed)}")


def _message_identifier(rule: MessageIdentifierRule, case: Case) -> Iterator[Wrong]:
    form = type(case.message.mid).__name__
    if form not in rule.allowed:
        yield Wrong(case.message.mid, f"the mId is a {form}; expected {_listed(rule.allowed)}")


def _transactions(rule: TransactionsRule, case: Case) -> Iterator[Wrong]:
    count = len(case.message.transactions)
    if count > rule.most:
        yield Wrong(
            case.message.transactions[rule.most], f"{count} transactions in a message; expected at most {rule.most}"
        )


def _commands(rule: CommandsRule, case: Case) -> Iterator[Wrong]:
    counts: dict[int, int] = {}
    for one in case.asked:
        counts[id(one.transaction)] = count = counts.get(id(one.transaction), 0) + 1
        if count == rule.most + 1:
            yield Wrong(one.request, f"more than {rule.most} commands in a transaction")


def _error_codes(rule: ErrorCodesRule, case: Case) -> Iterator[Wrong]:
    known = shipped().errors
    for error in errors_of(case.message):
        if error.code not in known:
            yield Wrong(error, f"error code {error.code}; expected one of H.248.8")


# -------------------------------------------------------------------------------------------------------- commands


def _optional_commands(rule: OptionalCommandsRule, case: Case) -> Iterator[Wrong]:
    for one in case.asked:
        if one.request.optional and one.word not in rule.allowed:
            yield Wrong(one.request, f"O-{one.word}; expected of {_listed(rule.allowed)} only")


def _wildcarded_replies(rule: WildcardedRepliesRule, case: Case) -> Iterator[Wrong]:
    for one in case.asked:
        if one.request.wildcard_return and one.word not in rule.allowed:
            yield Wrong(one.request, f"W-{one.word}; expected of {_listed(rule.allowed)} only")


def _command(rule: CommandRule, case: Case) -> Iterator[Wrong]:
    for one in case.asked:
        if one.word == rule.command:
            yield from _asked(rule, one)
    for told in case.told:
        if told.word == rule.command:
            for path, node in descriptors_of(told.reply):
                if path not in rule.reply:
                    yield Wrong(node, f"{path} in the reply to {rule.command}; expected {_listed(rule.reply)}")


def _asked(rule: CommandRule, one: Asked) -> Iterator[Wrong]:
    if not rule.senders:
        yield Wrong(one.command, f"{rule.command}, which is not used")
        return
    word = _CONTEXT_WORDS.get(one.action.context_id, "specific")
    shown = one.action.context_id if word == "specific" else _CONTEXT_SHOWN[word]
    contexts = rule.root_contexts if one.is_about_root else rule.contexts
    if word not in contexts:
        whose = "ROOT" if one.is_about_root else "a termination"
        wanted = " or ".join(_CONTEXT_SHOWN[context] for context in contexts) or "none at all"
        what = f"{rule.command} of {whose} in context {shown}; expected {wanted}"
        yield Wrong(one.command, what, rule.contexts_provenance or rule.provenance)
    for path, node in descriptors_of(one.command):
        if path not in rule.request:
            yield Wrong(node, f"{path} in {rule.command}; expected {_listed(rule.request)}")


def _sender(rule: SenderRule, case: Case) -> Iterator[Wrong]:
    senders = senders_of(case.profile)
    for one in case.asked:
        allowed = senders.get(one.word)
        if case.sender is not None and allowed and case.sender not in allowed:
            yield Wrong(one.command, f"{one.word} from the {case.sender}; expected from the {_listed(allowed)}")


def _service_change(rule: ServiceChangeRule, case: Case) -> Iterator[Wrong]:
    for one, code in _service_changes(case):
        services = one.services
        if services.method not in rule.methods:
            method = services.method.value if services.method is not None else services.method_extension
            yield Wrong(services, f"method {method}; expected {_listed(method.value for method in rule.methods)}")
        if code not in rule.reasons:
            yield Wrong(services, f"reason {services.reason.text!r}; expected {_listed(rule.reasons)}")


def _service_changes(case: Case) -> Iterator[tuple[ServiceChangeRequest, int]]:
    """Yield each ServiceChange with the code of its reason."""
    for one in case.asked:
        if isinstance(one.command, ServiceChangeRequest):
            yield one.command, reason_of(one.command.services)[0]


def _registration(rule: RegistrationRule, case: Case) -> Iterator[Wrong]:
    for command, code in _service_changes(case):
        services = command.services
        is_coming = services.method is ServiceChangeMethod.RESTART and is_root(command.termination_ids)
        if not is_coming or code not in rule.reasons or case.sender == "controller":
            continue
        if case.sender is None and services.version is None and services.profile is None:
            continue  # as a controller that has restarted says it
        if services.version is None:
            yield Wrong(services, "a registration without version")
        identity = case.profile.identity
        if identity is not None and (services.profile or "").lower() != identity.name.lower():
            yield Wrong(services, f"a registration with profile {services.profile or 'none'}; expected {identity.name}")


# ------------------------------------------------------------------------------------- contexts, terminations


def _unused(rule: UnusedRule, case: Case) -> Iterator[Wrong]:
    for node in _USES[rule.what](case):
        yield Wrong(node, f"{rule.what}, which is not used")


def _properties(case: Case) -> Iterator[ContextProperties]:
    seen: set[int] = set()
    for one in case.spoken:
        if one.action.properties is not None and id(one.action) not in seen:
            seen.add(id(one.action))
            yield one.action.properties


def _control_uses(case: Case, field: str) -> Iterator[Node]:
    for _, stream in case.streams:
        if stream.local_control is not None and getattr(stream.local_control, field) is not None:
            yield stream.local_control


def _states(case: Case, field: str) -> Iterator[tuple[Asked | Told, Node]]:
    for one in case.spoken:
        media = getattr(one.node, "media", None)
        state = media.termination_state if media is not None else None
        if state is not None and getattr(state, field) is not None:
            yield one, state


def _nodes(case: Case, *kinds: type[Node]) -> Iterator[Node]:
    """Yield every node of some classes, however deep it stands."""
    waiting: list[Any] = [case.message]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kinds):
            yield one
        if isinstance(one, tuple):
            waiting += one
        elif isinstance(one, Node):
            waiting += msgspec.structs.astuple(one)


_USES: dict[str, Callable[[Case], Iterator[Node]]] = {
    "EventBufferControl": lambda case: (state for _, state in _states(case, "event_buffer_control")),
    "ReserveGroup": lambda case: _control_uses(case, "reserve_group"),
    "Topology": lambda case: (one for one in _properties(case) if one.topology),
    "IEPSCall": lambda case: (one for one in _properties(case) if one.ieps_call is not None),
    "ContextAttr": lambda case: (one for one in _properties(case) if one.properties or one.context_list),
    "Mux": lambda case: _nodes(case, MuxDescriptor),
    "signal lists": lambda case: _nodes(case, SignalList),
    "digit maps": lambda case: _nodes(case, DigitMapDescriptor, EventDigitMap),
}


def _root_only(rule: RootOnlyRule, case: Case) -> Iterator[Wrong]:
    for one, state in _states(case, "service_state"):
        named: tuple[str, ...] = getattr(one.node, "termination_ids", ())
        if not is_root(named):
            yield Wrong(state, f"ServiceState of {_listed(named)}; expected of ROOT only")


def _termination_names(rule: TerminationNamesRule, case: Case) -> Iterator[Wrong]:
    naming = case.profile.terminations
    if naming is None:
        return
    for one in case.spoken:
        names: tuple[str, ...] = getattr(one.node, "termination_ids", ())
        may_choose = isinstance(one, Asked) and one.word == "Add"
        for name in names:
            if not _is_name(name, naming):
                yield Wrong(one.node, f"TerminationID {name}; expected {naming.form}")
            elif CHOOSE in name and not may_choose:
                yield Wrong(one.node, f"TerminationID {name}; expected $ in an Add only")


def _is_name(name: str, naming: Naming) -> bool:
    """Tell whether a TerminationID is of the profile's form, with wildcards at any level, or ROOT, or all."""
    if name.upper() == "ROOT" or name == ALL:
        return True
    parts = naming.parts(name)
    if parts is None:
        return False
    group, interface, number = (parts[one] for one in ("group", "interface", "id"))
    wild = (ALL, CHOOSE)
    return (
        (group in wild or _is_number(group, 0, 0xFFFF))
        and (interface in wild or (interface.isascii() and interface.isalnum() and len(interface) <= 51))
        and (number in wild or _is_number(number, 1, 0xFFFFFFFF))
    )


def _is_number(text: str, least: int, most: int) -> bool:
    return _NUMBER.fullmatch(text) is not None and least <= int(text) <= most


_NUMBER = re.compile(r"[0-9]{1,10}")


# ------------------------------------------------------------------------------------------------ items, SDP


def _items(rule: ItemsRule, case: Case) -> Iterator[Wrong]:
    registry = case.profile.vocabulary.registry
    for place, error in case.profile.vocabulary.check_places(case.items):
        package = registry.package(place.name.partition("/")[0])
        item = getattr(registry, place.kind)(place.name)
        known = item if item is not None else package
        yield Wrong(place.node, f"{error.what} ({error.code})", known.provenance if known is not None else "standard")


def _packages(rule: PackagesRule, case: Case) -> Iterator[Wrong]:
    for place in case.items:
        package, _, item = place.name.partition("/")
        use = case.profile.packages.get(package.lower())
        if package == ALL:
            continue
        if use is None:
            yield Wrong(place.node, f"{place.name}: package {package} is not used")
        elif item != ALL and use.items and item.lower() not in {name.lower() for name in use.items}:
            yield Wrong(place.node, f"{place.name} is not used; of {package} {_listed(use.items)} are")
        elif (since := _since(place, case)) > use.version:
            yield Wrong(
                place.node, f"{place.name} came with version {since} of {package}; used is version {use.version}"
            )

    for told in case.told:
        if isinstance(told.reply, AuditValueReply) and is_root(told.reply.termination_ids):
            yield from _realised(told.reply, case)


def _realised(reply: AuditValueReply, case: Case) -> Iterator[Wrong]:
    """Hold the packages that a gateway says it realises to those that are mandatory."""
    for node in reply.descriptors:
        if isinstance(node, PackagesDescriptor):
            told = {name.lower().rpartition("-")[0] for name in node.packages}
            missing = [
                name for name, use in case.profile.packages.items() if use.use == "mandatory" and name not in told
            ]
            if missing:
                yield Wrong(node, f"mandatory packages are missing: {_listed(missing)}")


def _since(place: Place, case: Case) -> int:
    found = getattr(case.profile.vocabulary.registry, place.kind)(place.name)
    return found.since if found is not None else 1


def _sdp_lines(rule: SdpLinesRule, case: Case) -> Iterator[Wrong]:
    for node in _descriptions(case):
        letters = [line[:1].decode("latin-1") for line in bytes(node.sdp).replace(b"\r", b"\n").split(b"\n") if line]
        for letter in dict.fromkeys(letters):
            if letter not in rule.allowed:
                yield Wrong(node, f"{letter}= in SDP; expected {_listed(f'{one}=' for one in rule.allowed)}")
        for letter in rule.required:
            if letter not in letters:
                yield Wrong(node, f"SDP without {letter}=; expected {_listed(f'{one}=' for one in rule.required)}")


def _descriptions(case: Case) -> Iterator[LocalDescriptor | RemoteDescriptor]:
    """Yield what Local and Remote say; an empty one says that nothing is kept."""
    for _, stream in case.streams:
        for node in (stream.local, stream.remote):
            if node is not None and node.sdp.strip():
                yield node


def _local_choice(rule: LocalChoiceRule, case: Case) -> Iterator[Wrong]:
    for one, stream in case.streams:
        if not isinstance(one, Asked) or one.word != "Add" or stream.local is None:
            continue
        sdp = parsed(stream.local)
        if sdp is None:
            continue
        connections = [sdp.session_connection, *(line for media in sdp.media for line in media.connections)]
        if not all(connection is None or connection.is_choose for connection in connections):
            yield Wrong(stream.local, "Local of an Add names an address; expected $")
        if not all(media.is_port_choose for media in sdp.media):
            yield Wrong(stream.local, "Local of an Add names a port; expected $")


def _local_chosen(rule: LocalChosenRule, case: Case) -> Iterator[Wrong]:
    for one, stream in case.streams:
        if isinstance(one, Told) and stream.local is not None:
            sdp = parsed(stream.local)
            if sdp is not None and has_wildcard(sdp):
                yield Wrong(stream.local, "Local of a reply leaves $ to choose")


# ------------------------------------------------------------------------------------------------- procedures


def _procedures(rule: ProceduresRule, case: Case) -> Iterator[Wrong]:
    for _, recognition in case.recognitions:
        if not recognition.procedures:
            yield Wrong(recognition.command, no_procedure(recognition))


def no_procedure(recognition: Recognition) -> str:
    """Say that a command is no procedure, which one is nearest, and what is wrong with it."""
    near = f"; nearest: {recognition.title}" if recognition.title else ""
    first = f" ({recognition.faults[0].what})" if recognition.faults else ""
    return f"no procedure{near}{first}"


def _elements(rule: ElementsRule, case: Case) -> Iterator[Wrong]:
    for _, recognition in case.recognitions:
        for element in dict.fromkeys(recognition.lacking):
            what = f"{recognition.title} without its mandatory {element.title}"
            yield Wrong(recognition.command, what, element.provenance)


CHECKS: dict[type[Rule], Callable[[Any, Case], Iterator[Wrong]]] = {
    VersionRule: _version,
    EncodingRule: _encoding,
    TransportRule: _transport,
    MessageIdentifierRule: _message_identifier,
    TransactionsRule: _transactions,
    CommandsRule: _commands,
    OptionalCommandsRule: _optional_commands,
    WildcardedRepliesRule: _wildcarded_replies,
    CommandRule: _command,
    SenderRule: _sender,
    UnusedRule: _unused,
    RootOnlyRule: _root_only,
    TerminationNamesRule: _termination_names,
    ItemsRule: _items,
    PackagesRule: _packages,
    SdpLinesRule: _sdp_lines,
    LocalChoiceRule: _local_choice,
    LocalChosenRule: _local_chosen,
    ServiceChangeRule: _service_change,
    RegistrationRule: _registration,
    ErrorCodesRule: _error_codes,
    ProceduresRule: _procedures,
    ElementsRule: _elements,
}
"""Kind of rule -> what breaks it in a message; kinds that are not here need an exchange."""
