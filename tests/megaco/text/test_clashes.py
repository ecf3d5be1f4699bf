"""Values spelled like a keyword: written where they are read back, refused where they would be read as the keyword."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco import EncodeError, Message, decode, encode
from megaco import message as tree
from megaco.message import Command, CommandReply
from megaco.reference import text_encoding
from megaco.text import LAYOUTS

from ..samples import request

_GRAMMAR = text_encoding().grammar
_WORDS = sorted(
    {word for name, row in _GRAMMAR.spellings.items() if _GRAMMAR.is_keyword(name) for word in row if word.isalnum()}
)


def _with_reply(reply: CommandReply) -> Message:
    action = tree.ActionReply(1, replies=(reply,))
    return Message(3, tree.DeviceName("a"), (tree.TransactionReply(1, (action,)),))


def _parameters(name: str) -> tuple[tree.PropertyParm, ...]:
    return (tree.PropertyParm(name, tree.Value("1")),)


def _signal(name: str) -> Command:
    return tree.AddRequest(("t",), (tree.SignalsDescriptor((tree.Signal("a/b", parameters=_parameters(name)),)),))


def _event(name: str) -> Command:
    events = (tree.RequestedEvent("a/b", parameters=_parameters(name)),)
    return tree.AddRequest(("t",), (tree.EventsDescriptor(1, events),))


def _second_event(name: str) -> Command:
    events = (tree.SecondRequestedEvent("a/b", parameters=_parameters(name)),)
    embedded = tree.EmbeddedDescriptors(events=tree.SecondEventsDescriptor(1, events))
    return tree.AddRequest(("t",), (tree.EventsDescriptor(1, (tree.RequestedEvent("a/b", embedded=embedded),)),))


def _observed(name: str) -> Command:
    events = (tree.ObservedEvent("a/b", parameters=_parameters(name)),)
    return tree.NotifyRequest(("t",), tree.ObservedEventsDescriptor(1, events))


def _buffered(name: str) -> Command:
    return tree.AddRequest(("t",), (tree.EventBufferDescriptor((tree.EventSpec("a/b", None, _parameters(name)),)),))


def _audited(name: str) -> Command:
    return tree.AuditValueRequest(("t",), tree.AuditDescriptor((), (tree.EventBufferAudit("a/b", parameter=name),)))


_PARAMETERS = (_signal, _event, _second_event, _observed, _buffered, _audited)


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (_signal("Stream"), "descriptors[0].signals[0].parameters[0]"),
        (_signal("spadi"), "descriptors[0].signals[0].parameters[0]"),
        (_event("KeepActive"), "descriptors[0].events[0].parameters[0]"),
        (_event("em"), "descriptors[0].events[0].parameters[0]"),
        (_second_event("DM"), "descriptors[0].events[0].embedded.events.events[0].parameters[0]"),
        (_observed("ST"), "observed_events.events[0].parameters[0]"),
        (_buffered("STREAM"), "descriptors[0].events[0].parameters[0]"),
        (_audited("Stream"), "audit.individual[0].parameter"),
    ],
)
def test_a_parameter_that_would_be_a_keyword_is_refused(command: Command, path: str) -> None:
    """A parameter spelled like a keyword of its place, in whatever letter case, cannot be written."""
    with pytest.raises(EncodeError, match="would be read as a keyword here") as caught:
        encode(request(command, version=3))
    assert caught.value.path == f"message.transactions[0].actions[0].commands[0].command.{path}"


@pytest.mark.parametrize(
    "reply",
    [
        tree.AuditValueReply(("C",)),
        tree.AuditCapabilityReply(("context",)),
        tree.ContextAuditReply(termination_ids=("Error",)),
    ],
)
def test_a_termination_that_would_be_a_keyword_is_refused(reply: CommandReply) -> None:
    """A termination called Context is none in an audit's reply, one called Error none at the head of a list."""
    with pytest.raises(EncodeError, match="would be read as a keyword here"):
        encode(_with_reply(reply))


@pytest.mark.parametrize(
    "message",
    [
        request(_signal("Embed")),
        request(_event("SPADI")),
        request(_observed("KeepActive")),
        request(_audited("KA")),
        request(tree.AddRequest(("Context",))),
        _with_reply(tree.AddReply(("C",))),
        _with_reply(tree.AuditValueReply(("C", "D"))),
        _with_reply(tree.ContextAuditReply(termination_ids=("a", "Error"))),
    ],
)
def test_keywords_of_other_places_are_names(message: Message) -> None:
    """Where a keyword cannot stand its word is a name like any other."""
    assert decode(encode(message, "compact")) == message


def _is_read_back_or_refused(message: Message, layout: str) -> None:
    try:
        data = encode(message, layout)
    except EncodeError:
        return
    assert decode(data) == message


@given(st.sampled_from(_WORDS), st.sampled_from(_PARAMETERS), st.sampled_from(sorted(LAYOUTS)))
def test_any_parameter_is_read_back_or_refused(word: str, build: Callable[[str], Command], layout: str) -> None:
    """No parameter changes its meaning on the way, whatever keyword it is called by."""
    _is_read_back_or_refused(request(build(word), version=3), layout)


_REPLIES: tuple[Callable[[str], CommandReply], ...] = (
    lambda name: tree.AuditValueReply((name,)),
    lambda name: tree.AuditCapabilityReply((name,), (tree.EmptyDescriptor(tree.AuditItem.MEDIA),)),
    lambda name: tree.ContextAuditReply(termination_ids=(name,)),
    lambda name: tree.NotifyReply((name,)),
)


@given(st.sampled_from(_WORDS), st.sampled_from(_REPLIES))
def test_any_termination_is_read_back_or_refused(word: str, build: Callable[[str], CommandReply]) -> None:
    """No termination of a reply changes its meaning on the way, whatever keyword it is called by."""
    _is_read_back_or_refused(_with_reply(build(word)), "compact")
