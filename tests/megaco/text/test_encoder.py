"""Trees that cannot be written: the error names the place in the tree and the reason."""

import pytest

from megaco import EncodeError, Message, decode, encode
from megaco import message as tree
from megaco.message import Command, Octets

from ..samples import request

_ROOT = "message.transactions[0].actions[0]"
_COMMAND = f"{_ROOT}.commands[0].command"


def _refusal(message: Message) -> EncodeError:
    for layout in ("pretty", "compact"):
        with pytest.raises(EncodeError) as caught:
            encode(message, layout)
    return caught.value


def _with_property(name: str, value: tree.AnyValue) -> Command:
    control = tree.LocalControlDescriptor(properties=(tree.PropertyParm(name, value),))
    return tree.AddRequest(("t",), (tree.MediaDescriptor(streams=(tree.StreamDescriptor(1, control),)),))


def _parameters(*names: str) -> tuple[tree.PropertyParm, ...]:
    return tuple(tree.PropertyParm(name, tree.Value("1")) for name in names)


def _with_properties(*names: str) -> Command:
    control = tree.LocalControlDescriptor(properties=_parameters(*names))
    return tree.AddRequest(("t",), (tree.MediaDescriptor(streams=(tree.StreamDescriptor(1, control),)),))


@pytest.mark.parametrize(
    ("mid", "path"),
    [
        (tree.IpAddress("192.0.2.300"), "address"),
        (tree.IpAddress("fe80::1%eth0"), "address"),
        (tree.IpAddress("alg.example.net"), "address"),
        (tree.IpAddress("192.0.2.1", 70000), "port"),
        (tree.IpAddress("192.0.2.1", -1), "port"),
        (tree.DomainName("a>b"), "name"),
        (tree.DomainName(""), "name"),
        (tree.DeviceName("a b"), "name"),
        (tree.DeviceName("a" * 65), "name"),
        (tree.MtpAddress("XYZ0"), "digits"),
    ],
)
def test_identifiers_are_held_to_the_grammar(mid: tree.MessageIdentifier, path: str) -> None:
    """What would not be read back as the same message identifier is not written."""
    assert _refusal(Message(1, mid, (tree.TransactionPending(1),))).path == f"message.mid.{path}"


@pytest.mark.parametrize("address", ["192.0.2.1", "010.001.000.255", "::", "2001:db8::192.0.2.1", "2001:DB8:0::1"])
def test_addresses_are_written_as_they_were(address: str) -> None:
    """An IP address keeps its spelling, leading zeros included."""
    message = Message(1, tree.IpAddress(address), (tree.TransactionPending(1),))
    assert decode(encode(message, "compact")) == message


@pytest.mark.parametrize(
    ("command", "path", "why"),
    [
        (tree.AddRequest(()), "", "wants termination_id"),
        (tree.AddRequest(("a b",)), ".termination_ids[0]", "'a b' is no pathNAME"),
        (tree.AddRequest(("a", "b{")), ".termination_ids[1]", "is no pathNAME"),
        (tree.AddRequest(("t",), (tree.MediaDescriptor(),)), ".descriptors[0]", "wants"),
        (
            _with_property("nopackage", tree.Value("x")),
            ".descriptors[0].streams[0].local_control.properties[0].name",
            "package/item",
        ),
        (
            _with_property("a/b", tree.Value("x y")),
            ".descriptors[0].streams[0].local_control.properties[0].value",
            "without quotation marks",
        ),
        (
            _with_property("a/b", tree.Value("")),
            ".descriptors[0].streams[0].local_control.properties[0].value",
            "without quotation marks",
        ),
        (
            _with_property("a/b", tree.Value('"', True)),
            ".descriptors[0].streams[0].local_control.properties[0].value",
            "cannot be quoted",
        ),
        (
            _with_property("a/b", tree.Value("\ud800", True)),
            ".descriptors[0].streams[0].local_control.properties[0].value",
            "surrogates not allowed",
        ),
        (
            _with_property("a/b", tree.ValueList(())),
            ".descriptors[0].streams[0].local_control.properties[0].value",
            "wants value",
        ),
        (
            tree.ModifyRequest(("t",), (tree.EventsDescriptor(None, (tree.RequestedEvent("a/b"),)),)),
            ".descriptors[0].events[0]",
            "no place",
        ),
        (tree.ModifyRequest(("t",), (tree.EventsDescriptor(1),)), ".descriptors[0].request_id", "no place"),
        (
            tree.NotifyRequest(("t",), tree.ObservedEventsDescriptor(-1, (tree.ObservedEvent("a/b"),))),
            ".observed_events.request_id",
            "-1 is not a whole number within 0 to 4294967295",
        ),
        (
            tree.NotifyRequest(
                ("t",),
                tree.ObservedEventsDescriptor(1, (tree.ObservedEvent("a/b", tree.TimeStamp("2026", "12000000")),)),
            ),
            ".observed_events.events[0].time",
            "no time stamp",
        ),
    ],
)
def test_errors_name_the_node(command: Command, path: str, why: str) -> None:
    """An EncodeError has the path of the node that the text encoding has no words for."""
    error = _refusal(request(command))
    assert error.path == _COMMAND + path
    assert why in str(error)


@pytest.mark.parametrize(
    ("message", "path"),
    [
        (Message(1, tree.DeviceName("a")), "message"),
        (Message(-1, tree.DeviceName("a"), error=tree.ErrorDescriptor(400)), "message.version"),
        (Message(1, tree.DeviceName("a"), error=tree.ErrorDescriptor(10000)), "message.error.code"),
        (Message(1, tree.DeviceName("a"), error=tree.ErrorDescriptor(400, "a\x00")), "message.error.text"),
        (
            Message(1, tree.DeviceName("a"), (tree.TransactionPending(1),), tree.ErrorDescriptor(400)),
            "message.transactions[0]",
        ),
        (Message(1, tree.DeviceName("a"), (tree.TransactionReply(1),)), "message.transactions[0]"),
        (
            Message(
                1, tree.DeviceName("a"), (tree.TransactionReply(1, (tree.ActionReply(1),), tree.ErrorDescriptor(500)),)
            ),
            _ROOT,
        ),
        (Message(1, tree.DeviceName("a"), (tree.TransactionRequest(1, (tree.ActionRequest(1),)),)), _ROOT),
        (
            Message(1, tree.DeviceName("a"), (tree.TransactionRequest(1, (tree.ActionRequest(2**32),)),)),
            f"{_ROOT}.context_id",
        ),
        (
            Message(
                1,
                tree.DeviceName("a"),
                (tree.TransactionPending(1),),
                authentication=tree.AuthenticationHeader("12345678", "no", "0" * 24),
            ),
            "message.authentication.sequence_number",
        ),
    ],
)
def test_what_excludes_each_other_is_refused(message: Message, path: str) -> None:
    """A message, reply or action with both of two alternatives, or with neither, names the part that is too much."""
    assert _refusal(message).path == path


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (tree.AddRequest(("t",), (tree.EventsDescriptor(), tree.EventsDescriptor())), ".descriptors[1]"),
        (_with_properties("a/b", "c/d", "A/B"), ".descriptors[0].streams[0].local_control.properties[2]"),
        (
            tree.AddRequest(("t",), (tree.SignalsDescriptor((tree.Signal("a/b", parameters=_parameters("x", "X")),)),)),
            ".descriptors[0].signals[0].parameters[1]",
        ),
        (
            tree.AddRequest(
                ("t",), (tree.EventsDescriptor(1, (tree.RequestedEvent("a/b", parameters=_parameters("x", "x")),)),)
            ),
            ".descriptors[0].events[0].parameters[1]",
        ),
    ],
)
def test_what_stands_once_is_not_written_twice(command: Command, path: str) -> None:
    """A second descriptor of a kind, and a second property or parameter of a name, are refused as in decoding."""
    error = _refusal(request(command))
    assert error.path == _COMMAND + path
    assert "a second time" in str(error)


_METHODS: list[tuple[tree.ServiceChangeMethod | None, str | None]] = [
    (None, None),
    (tree.ServiceChangeMethod.FORCED, "X-own"),
]


@pytest.mark.parametrize(("method", "extension"), _METHODS)
def test_a_service_change_has_one_method(method: tree.ServiceChangeMethod | None, extension: str | None) -> None:
    """A ServiceChange without method, or with one of each sort, is not written."""
    services = tree.ServiceChangeParm(method, tree.Value("900", quoted=True), method_extension=extension)
    error = _refusal(request(tree.ServiceChangeRequest(("t",), services)))
    assert (error.path, "one of method and method_extension" in str(error)) == (f"{_COMMAND}.services", True)


def test_streams_are_written_one_way_or_the_other() -> None:
    """A stream without number beside one with a number is refused: read back, it would be out of its place."""
    local = tree.LocalDescriptor(Octets(b"v=0"))
    streams = (tree.StreamDescriptor(1, local=local), tree.StreamDescriptor(None, local=local))
    for order in (streams, streams[::-1]):
        path = _refusal(request(tree.AddRequest(("t",), (tree.MediaDescriptor(streams=order),)))).path
        assert path.startswith(f"{_COMMAND}.descriptors[0]")


def test_a_long_list_is_written_in_one_walk() -> None:
    """The limit's worth of items is written and read back; a writer that walks all that is left would take minutes."""
    acks = tuple(tree.TransactionAck(number) for number in range(10_000))
    message = Message(1, tree.DeviceName("a"), (tree.TransactionResponseAck(acks),))
    assert decode(encode(message, "compact")) == message


def test_unknown_layouts_are_the_callers_mistake() -> None:
    """A layout that does not exist is a ValueError that names those that do."""
    with pytest.raises(ValueError, match="no such encoding: xml; there are pretty, compact"):
        encode(request(tree.AddRequest(("t",))), "xml")


@pytest.mark.parametrize("layout", ["pretty", "compact"])
def test_what_is_no_tree_is_refused(layout: str) -> None:
    """Fields that hold what their types do not allow are an EncodeError that says where, not a TypeError."""
    command = tree.AuditValueRequest(("t",), None)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(EncodeError, match=r"not a message: .*audit"):
        encode(request(command), layout)
