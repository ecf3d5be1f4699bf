"""Timers and limits that a controller sets on ROOT (packages root and seg): the gateway's from then on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.association import timers_asked_for
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    AddRequest,
    AnyValue,
    ErrorDescriptor,
    LocalControlDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    PropertyParm,
    StreamDescriptor,
    TerminationStateDescriptor,
    TransactionRequest,
    Value,
    ValueList,
)
from megaco.transaction import TransactionConfig

from .station import request_of

_BEFORE = TransactionConfig()
_DONE = (ActionReply(NULL_CONTEXT, replies=(ModifyReply(("ROOT",)),)),)
_ERROR = ErrorDescriptor(501, "no")


def _media(**properties: str | AnyValue) -> MediaDescriptor:
    parameters = tuple(
        PropertyParm(name.replace("__", "/"), Value(value) if isinstance(value, str) else value)
        for name, value in properties.items()
    )
    return MediaDescriptor(TerminationStateDescriptor(properties=parameters))


def _request(name: str = "ROOT", **properties: str | AnyValue) -> TransactionRequest:
    return request_of(ModifyRequest((name,), (_media(**properties),)))


def _after(request: TransactionRequest, reply: tuple[ActionReply, ...] = _DONE) -> dict[str, Any] | None:
    config = timers_asked_for(request, reply, _BEFORE)
    if config is None:
        return None
    fields = TransactionConfig.__struct_fields__
    return {name: getattr(config, name) for name in fields if getattr(config, name) != getattr(_BEFORE, name)}


@pytest.mark.parametrize(
    ("name", "text", "setting", "value"),
    [
        ("root__normalMGExecutionTime", "1500", "execution_s", 1.5),
        ("root__MGProvisionalResponseTimerValue", "250", "provisional_s", 0.25),
        ("root__MGOriginatedPendingLimit", "7", "most_pendings", 7),
        ("root__MGCOriginatedPendingLimit", "9", "most_pendings_taken", 9),
        ("seg__MGCSegmentationTimerValue", "4000", "segments_wait_s", 4.0),
        ("seg__MGCMaxPDUSize", "1400", "most_octets", 1400),
        ("ROOT__NORMALMGEXECUTIONTIME", " 0001500 ", "execution_s", 1.5),
        ("root__normalMGExecutionTime", "1000000000", "execution_s", 1e6),
    ],
)
def test_what_is_set(name: str, text: str, setting: str, value: float) -> None:
    """Times are in milliseconds; names have no letter case."""
    assert _after(_request(**{name: text})) == {setting: value}


def test_several_at_once() -> None:
    """Of the same property set twice the last counts."""
    request = TransactionRequest(
        1,
        _request(root__normalMGExecutionTime="1000", root__MGOriginatedPendingLimit="3").actions
        + _request(root__normalMGExecutionTime="500").actions,
    )
    assert _after(request) == {"execution_s": 0.5, "most_pendings": 3}


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "+1", "1.5", "soon", "٥", "²", "1000000001", "9" * 11, "1000000000" + "0" * 5000, "0" * 9 + "19"],
    ids=lambda text: text[:12],
)
def test_what_is_no_time(text: str) -> None:
    """Nonsense sets nothing, however long it is."""
    assert _after(_request(root__normalMGExecutionTime=text)) is None


@given(st.one_of(st.text(), st.integers(min_value=0).map(str)))
def test_any_value(text: str) -> None:
    """Whatever is said, times stay above none and finite."""
    after = _after(_request(root__normalMGExecutionTime=text, seg__MGCSegmentationTimerValue=text))
    assert all(0.0 < value <= 1e6 for value in (after or {}).values())


@pytest.mark.parametrize(("text", "is_set"), [("1", False), ("511", False), ("512", True), ("65507", False)])
def test_messages_too_short_to_speak_in(text: str, is_set: bool) -> None:
    """A length in which not even a registration goes is not believed; the one already set changes nothing."""
    assert (_after(_request(seg__MGCMaxPDUSize=text)) or {}).get("most_octets") == (512 if is_set else None)


@pytest.mark.parametrize(
    "request_",
    [
        _request("ip/1", root__normalMGExecutionTime="1"),
        _request("*", root__normalMGExecutionTime="1"),
        _request(root__maxNumberOfContexts="1"),
        _request(other__normalMGExecutionTime="1"),
        _request(root__normalMGExecutionTime=ValueList((Value("1"),))),
        request_of(AddRequest(("ROOT",), (_media(root__normalMGExecutionTime="1"),))),
        request_of(ModifyRequest(("ROOT",))),
        request_of(
            ModifyRequest(
                ("ROOT",),
                (
                    MediaDescriptor(
                        streams=(
                            StreamDescriptor(
                                1,
                                LocalControlDescriptor(
                                    properties=(PropertyParm("root/normalMGExecutionTime", Value("1")),)
                                ),
                            ),
                        )
                    ),
                ),
            )
        ),
        TransactionRequest(1, ()),
    ],
    ids=["termination", "all", "another", "another package", "list", "add", "no media", "stream", "nothing"],
)
def test_what_sets_nothing(request_: TransactionRequest) -> None:
    """Only properties of ROOT's own state do, one value each, by Modify."""
    assert _after(request_) is None


@pytest.mark.parametrize(
    "reply",
    [
        (ActionReply(NULL_CONTEXT, error=_ERROR),),
        (ActionReply(NULL_CONTEXT, replies=(ModifyReply(("ROOT",), (_ERROR,)),)),),
        (*_DONE, ActionReply(NULL_CONTEXT, error=_ERROR)),
    ],
    ids=["action", "command", "another action"],
)
def test_what_was_refused(reply: tuple[ActionReply, ...]) -> None:
    """A request that failed, even in part, sets nothing."""
    assert _after(_request(root__normalMGExecutionTime="1500"), reply) is None
