"""Trees that binary has no form for: the error names the place in the tree and the reason."""

import pytest

from megaco import EncodeError, Message, decode, encode
from megaco import message as tree
from megaco.message import Command, Octets

from ..samples import request

_COMMAND = "message.transactions[0].actions[0].commands[0].command"
_DESCRIPTOR = f"{_COMMAND}.descriptors[0]"


def _refusal(message: Message) -> EncodeError:
    with pytest.raises(EncodeError) as caught:
        encode(message, "binary")
    with pytest.raises(EncodeError) as again:  # what is remembered of the first time changes nothing
        encode(message, "binary")
    assert str(again.value) == str(caught.value)
    return caught.value


def _with(*descriptors: tree.Descriptor) -> Command:
    return tree.ModifyRequest(("t",), descriptors)


def _with_property(name: str, value: tree.AnyValue) -> Command:
    state = tree.TerminationStateDescriptor(properties=(tree.PropertyParm(name, value),))
    return _with(tree.MediaDescriptor(state))


def _with_stream(stream: tree.StreamDescriptor) -> Command:
    return _with(tree.MediaDescriptor(streams=(stream,)))


def _with_event(name: str, *parameters: tree.PropertyParm) -> Command:
    return _with(tree.EventsDescriptor(1, (tree.RequestedEvent(name, parameters=parameters),)))


def _with_signal(signal: tree.Signal) -> Command:
    return _with(tree.SignalsDescriptor((signal,)))


def _change(**fields: object) -> Command:
    """Return a ServiceChange with these parameters beside method and reason."""
    known = {"method": tree.ServiceChangeMethod.FORCED, "reason": tree.Value("900", quoted=True)}
    return tree.ServiceChangeRequest(("ROOT",), tree.ServiceChangeParm(**(known | fields)))  # type: ignore[arg-type]  # names are looked at nowhere


def _auditing(individual: tree.IndividualAudit) -> Command:
    return tree.AuditValueRequest(("t",), tree.AuditDescriptor(individual=(individual,)))


_VALUE = tree.Value("x")
_PROPERTY = ".descriptors[0].termination_state.properties[0]"
_EVENT = ".descriptors[0].events[0]"
_AUDIT = ".audit.individual[0]"
_DATA = Octets(b"")
_UNEQUAL = tree.Relation.UNEQUAL

# -------------------------------------------------------------------------------------------------- header, numbers


@pytest.mark.parametrize(
    ("mid", "path", "why"),
    [
        (tree.IpAddress("192.0.2.300"), ".address", "'192.0.2.300' is no IP address"),
        (tree.IpAddress("alg.example.net"), ".address", "is no IP address"),
        (tree.IpAddress("::1::"), ".address", "is no IP address"),
        (tree.IpAddress("fe80::1%eth0"), ".address", "is no IP address"),
        (tree.IpAddress("192.0.2.1", 65_536), "", "65536 is not a whole number within 0 to 65535"),
        (tree.IpAddress("2001:db8::1", -1), "", "-1 is not a whole number within 0 to 65535"),
        (tree.DomainName("bücher.example"), ".name", "is not ASCII"),
        (tree.DomainName("mg.example", 65_536), ".port", "65536 is not"),
        (tree.DeviceName(""), "", "0 characters; 1 to 64 can be written"),
        (tree.DeviceName("a" * 65), "", "65 characters; 1 to 64 can be written"),
        (tree.DeviceName("é"), "", "is not ASCII"),
        (tree.MtpAddress("XYZ0"), ".digits", "are not hex digits"),
        (tree.MtpAddress("12"), "", "1 octets; 2 to 4 can be written"),
        (tree.MtpAddress("123456789"), "", "5 octets; 2 to 4 can be written"),
    ],
)
def test_message_identifiers(mid: tree.MessageIdentifier, path: str, why: str) -> None:
    """An address or a name has a size and a range."""
    error = _refusal(Message(1, mid, (tree.TransactionPending(1),)))
    assert error.path.startswith("message.mid")
    assert error.path == f"message.mid{path}" or not path
    assert why in str(error)


@pytest.mark.parametrize(
    ("message", "path", "why"),
    [
        (Message(-1, tree.DeviceName("a")), "message.version", "-1 is not a whole number within 0 to 99"),
        (Message(100, tree.DeviceName("a")), "message.version", "100 is not"),
        (Message(1, tree.DeviceName("a"), (tree.TransactionPending(2**32),)), ".transaction_id", "0 to 4294967295"),
        (Message(1, tree.DeviceName("a"), (tree.TransactionPending(-1),)), ".transaction_id", "0 to 4294967295"),
        (Message(1, tree.DeviceName("a"), error=tree.ErrorDescriptor(65_536)), "message.error.code", "65536 is not"),
        (Message(1, tree.DeviceName("a"), error=tree.ErrorDescriptor(500, "né")), "message.error.text", "is not ASCII"),
        (
            Message(1, tree.DeviceName("a"), (tree.TransactionPending(1),), tree.ErrorDescriptor(400)),
            "message.transactions[0]",
            "not beside the other",
        ),
        (
            Message(
                1, tree.DeviceName("a"), (tree.TransactionReply(1, (tree.ActionReply(1),), tree.ErrorDescriptor(500)),)
            ),
            "message.transactions[0].actions[0]",
            "not beside the other",
        ),
        (
            Message(
                1,
                tree.DeviceName("a"),
                authentication=tree.AuthenticationHeader("12345678", "no hex", "00" * 12),
            ),
            "message.authentication.sequence_number",
            "'no hex' are not hex digits, two an octet",
        ),
        (
            Message(1, tree.DeviceName("a"), authentication=tree.AuthenticationHeader("1234567", "0" * 8, "00" * 12)),
            "message.authentication.security_parm_index",
            "are not hex digits",
        ),
        (
            Message(1, tree.DeviceName("a"), authentication=tree.AuthenticationHeader("12345678", "0" * 8, "00" * 33)),
            "message.authentication.data",
            "33 octets; 12 to 32 can be written",
        ),
        (
            Message(1, tree.DeviceName("a"), (tree.TransactionResponseAck((tree.TransactionAck(1, 2**32),)),)),
            "message.transactions[0].acks[0].last",
            "4294967296 is not",
        ),
        (
            Message(1, tree.DeviceName("a"), (tree.TransactionRequest(1, (tree.ActionRequest(-1),)),)),
            "message.transactions[0].actions[0].context_id",
            "-1 is not",
        ),
    ],
)
def test_messages(message: Message, path: str, why: str) -> None:
    """Numbers have a range, texts are ASCII, of two alternatives there is one."""
    error = _refusal(message)
    assert error.path.endswith(path)
    assert why in str(error)


# -------------------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("command", "path", "why"),
    [
        # TerminationIDs
        (tree.AddRequest(("much/too/long",)), ".termination_ids[0]", "fits no form of the layout; name it under"),
        (tree.AddRequest(("t", "ä")), ".termination_ids[1]", "fits no form of the layout"),
        (tree.AuditValueRequest((), tree.AuditDescriptor()), ".termination_ids[0]", "no TerminationID"),
        # names
        (_with_event("nope/x"), _EVENT + ".name", "package 'nope' is not known; add a file nope.toml"),
        (_with_event("Nope/x"), _EVENT + ".name", "add a file nope.toml"),
        (_with_event("al/nope"), _EVENT + ".name", "package 'al' has no event 'nope'; add it to al.toml"),
        (_with_event("al"), _EVENT + ".name", "add it to al.toml"),
        (_with_event(""), _EVENT + ".name", "package '' is not known"),
        (
            _with_event("al/on", tree.PropertyParm("nope", _VALUE)),
            _EVENT + ".parameters[0].name",
            "no parameter 'nope'",
        ),
        (_with_signal(tree.Signal("cg/nope")), ".descriptors[0].signals[0].name", "has no signal 'nope'"),
        (_with_property("nt/nope", _VALUE), _PROPERTY + ".name", "has no property"),
        (_with_property("txc/x", _VALUE), _PROPERTY + ".name", "known by its number only; add a file txc.toml"),
        (
            _with(tree.StatisticsDescriptor((tree.StatisticsParameter("nt/nope"),))),
            ".descriptors[0].parameters[0].name",
            "has no statistic",
        ),
        (
            _with(tree.StatisticsDescriptor((tree.StatisticsParameter("nope/x", _VALUE),))),
            ".descriptors[0].parameters[0].name",
            "nope.toml",
        ),
        (
            _with(tree.DigitMapDescriptor("emergency")),
            ".descriptors[0].name",
            "digit map 'emergency' has no number; name it under [digit_map_names]",
        ),
        (_auditing(tree.DigitMapAudit("emergency")), _AUDIT + ".name", "has no number"),
        (_auditing(tree.PackagesAudit("nope-1")), _AUDIT + ".package", "package 'nope' is not known"),
        (_auditing(tree.PackagesAudit("al")), _AUDIT + ".package", "'al' is no package with its version"),
        (_auditing(tree.PackagesAudit("al-100")), _AUDIT + ".package", "'al-100' is no package with its version"),
        # values
        (_with_property("x8001/x0001", tree.Value("5")), _PROPERTY + ".value", "'5' has no known type"),
        (_with_property("nt/jit", tree.Value("\ud800")), _PROPERTY + ".value", "surrogates not allowed"),
        # SDP
        (
            _with_stream(tree.StreamDescriptor(1, local=tree.LocalDescriptor(Octets(b"v=0\r\nhello\r\n")))),
            ".descriptors[0].streams[0].local.sdp",
            "'hello' is no line of SDP",
        ),
        (
            _with_stream(tree.StreamDescriptor(1, remote=tree.RemoteDescriptor(Octets(b"\xff=1")))),
            ".descriptors[0].streams[0].remote.sdp",
            "is no line of SDP",
        ),
        (
            _with_stream(
                tree.StreamDescriptor(
                    1, local=tree.LocalDescriptor(Octets(b"v=0"), ((tree.PropertyParm("C/Ptime", tree.Value("1")),),))
                )
            ),
            ".descriptors[0].streams[0].local.property_groups[0]",
            "not beside sdp",
        ),
        # what text only has
        (_with(tree.ModemDescriptor((), ("X-own",))), ".descriptors[0].extensions[0]", "extensions cannot be carried"),
        (_with(tree.MuxDescriptor(None, "X-own", ("t",))), ".descriptors[0].extension", "extension cannot be carried"),
        (
            _auditing(tree.EventBufferAudit("al/on", parameter="strict")),
            _AUDIT + ".parameter",
            "parameter cannot be carried",
        ),
        (_auditing(tree.SignalsAudit()), _AUDIT + ".signal", "an audit of no signal cannot be carried"),
        (
            _auditing(
                tree.MediaAudit(
                    streams=(
                        tree.StreamAudit(
                            1, tree.LocalControlAudit(tree.StreamModeAudit(tree.StreamMode.INACTIVE, _UNEQUAL))
                        ),
                    )
                )
            ),
            _AUDIT + ".streams[0].local_control.mode.relation",
            "a relation to a mode cannot be carried",
        ),
        (
            _auditing(
                tree.MediaAudit(tree.TerminationStateAudit(tree.ServiceStateAudit(tree.ServiceState.TEST, _UNEQUAL)))
            ),
            _AUDIT + ".termination_state.service_state.relation",
            "a relation to a service state cannot be carried",
        ),
        (
            _auditing(tree.MediaAudit(streams=(tree.StreamAudit(), tree.StreamAudit(1)))),
            _AUDIT + ".streams[0].stream_id",
            "a stream without number beside others",
        ),
        # ServiceChange
        (
            _change(method=None, method_extension="X-own"),
            ".services.method_extension",
            "a method of one's own cannot be carried",
        ),
        (
            _change(extensions=(tree.PropertyParm("X-a", _VALUE), tree.PropertyParm("X-b", _VALUE))),
            ".services.extensions[0]",
            "more than one extension parameter",
        ),
        (
            _change(extensions=(tree.PropertyParm("X-a", tree.ValueList((_VALUE,))),)),
            ".services.extensions[0].value",
            "a list or range cannot be carried",
        ),
        (
            _change(extensions=(tree.PropertyParm("X-toolong", _VALUE),)),
            ".services.extensions[0].name",
            "'X-toolong' cannot be carried",
        ),
        (_change(address=tree.DeviceName("a"), address_port=1), ".services.address_port", "not beside an address"),
        (_change(address_port=65_536), ".services.address_port", "65536 is not a whole number"),
        (
            _change(time_stamp=tree.TimeStamp("2026", "12000000")),
            ".services.time_stamp.date",
            "4 characters; 8 can be written",
        ),
        (_change(profile="x" * 68), ".services.profile", "68 characters; 1 to 67 can be written"),
        (
            _change(non_standard=tree.NonStandardData(_DATA, object="1")),
            ".services.non_standard.object",
            "'1' is no object identifier",
        ),
        (
            _change(non_standard=tree.NonStandardData(_DATA, object="3.1")),
            ".services.non_standard.object",
            "is no object identifier",
        ),
        (
            _change(non_standard=tree.NonStandardData(_DATA, object="1.2.-3")),
            ".services.non_standard.object",
            "is no object identifier",
        ),
        (
            _change(non_standard=tree.NonStandardData(_DATA, object="1.2", experimental="12345678")),
            ".services.non_standard.experimental",
            "not beside the other",
        ),
        (
            _change(non_standard=tree.NonStandardData(_DATA, h221=(1, 2, 3, 65_536))),
            ".services.non_standard.h221",
            "65536 is not",
        ),
        # numbers
        (_with_signal(tree.Signal("cg/dt", duration=65_536)), ".descriptors[0].signals[0].duration", "65536 is not"),
        (_with_signal(tree.Signal("cg/dt", stream_id=-1)), ".descriptors[0].signals[0].stream_id", "-1 is not"),
        (
            _with(tree.DigitMapDescriptor("d1", tree.DigitMapValue("(1)", start_timer=100))),
            ".descriptors[0].value.start_timer",
            "100 is not",
        ),
        (_with(tree.DigitMapDescriptor("d1", tree.DigitMapValue("(é)"))), ".descriptors[0].value.body", "is not ASCII"),
        (
            tree.NotifyRequest(("t",), tree.ObservedEventsDescriptor(2**32, (tree.ObservedEvent("al/on"),))),
            ".observed_events.request_id",
            "4294967296 is not a whole number within 0 to 4294967295",
        ),
    ],
)
def test_errors_name_the_node(command: Command, path: str, why: str) -> None:
    """An EncodeError has the path of what binary has no form for, and says what to do where there is something."""
    error = _refusal(request(command, version=3))
    assert error.path == _COMMAND + path
    assert why in str(error)


@pytest.mark.parametrize(("fields", "why"), [({"version": 100}, "100 is not"), ({"delay": 2**32}, "4294967296 is not")])
def test_numbers_of_a_service_change(fields: dict[str, int], why: str) -> None:
    """The path leads to the parameters at least."""
    error = _refusal(request(_change(**fields)))
    assert error.path.startswith(f"{_COMMAND}.services")
    assert why in str(error)


@pytest.mark.parametrize(
    "reply",
    [
        tree.ServiceChangeReply(("ROOT",), tree.ServiceChangeResParm(version=1), tree.ErrorDescriptor(500)),
        tree.ContextAuditReply(False, ("t",), tree.ErrorDescriptor(500)),
    ],
)
def test_a_reply_has_content_or_an_error(reply: tree.CommandReply) -> None:
    """Not both, in ServiceChange and in an audit of a context."""
    actions = (tree.ActionReply(1, replies=(reply,)),)
    error = _refusal(Message(3, tree.DeviceName("a"), (tree.TransactionReply(1, actions),)))
    assert error.path.startswith("message.transactions[0].actions[0].replies[0]")
    assert "not beside" in str(error)


# ----------------------------------------------------------------------------------------------------------- depth


def _nested(levels: int, name: str = "al/on") -> Message:
    """Return a message with as many regulated notifications in one another."""
    embedded = None
    for _ in range(levels):
        event = tree.SecondRequestedEvent(name, notify_behaviour=tree.NotifyRegulated(embedded))
        embedded = tree.EmbeddedDescriptors(events=tree.SecondEventsDescriptor(1, (event,)))
    event_ = tree.RequestedEvent("al/on", notify_behaviour=tree.NotifyRegulated(embedded))
    return request(_with(tree.EventsDescriptor(1, (event_,))), version=3)


def test_nesting() -> None:
    """What can be read is written, what is deeper than that is refused, with its path."""
    assert decode(encode(_nested(7), "binary"), strict=True) == _nested(7)
    for levels in (200, 1000):
        error = _refusal(_nested(levels))
        assert error.path.startswith(f"{_DESCRIPTOR}.events[0].notify_behaviour.embedded.events.events[0]")
        assert "nested deeper than" in str(error)


def test_what_is_deep_and_wrong_elsewhere() -> None:
    """However deep a tree is, what is wrong in another place of it is found."""
    deep = _nested(1000)
    for data in ("no hex", 5):
        header = tree.AuthenticationHeader("12345678", "12345678", data)  # type: ignore[arg-type]  # that is the point
        error = _refusal(Message(deep.version, deep.mid, deep.transactions, authentication=header))
        assert error.path in ("message.authentication.data", "message")
    error = _refusal(Message(deep.version, deep.mid, deep.transactions, error=tree.ErrorDescriptor(500)))
    assert error.path == "message.transactions[0]"


def test_what_was_refused_leaves_no_trace() -> None:
    """The depth that an error was raised at is not where the next message begins."""
    for _ in range(5):
        _refusal(_nested(1000))
    assert encode(_nested(3), "binary")
