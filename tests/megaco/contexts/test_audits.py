"""AuditValue and AuditCapability: what is answered from the books, and what the application adds."""

from typing import Any

import pytest

from megaco.contexts import CommandCall
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    ContextAuditReply,
    ContextProperties,
    EmptyDescriptor,
    ErrorDescriptor,
    EventBufferDescriptor,
    EventsAudit,
    EventsDescriptor,
    EventSpec,
    MediaDescriptor,
    ModemDescriptor,
    ModemType,
    ModifyReply,
    MuxDescriptor,
    MuxType,
    PackagesDescriptor,
    RequestedEvent,
    ServiceState,
    Signal,
    SignalsDescriptor,
    StatisticsDescriptor,
    StreamDescriptor,
    TerminationStateDescriptor,
)

from .rig import Rig, action, add, capability, modify, optional, subtract, together, value

_EVENTS = EventsDescriptor(7, (RequestedEvent("al/of"),))
_SIGNALS = SignalsDescriptor((Signal("cg/dt"),))
_BUFFER = EventBufferDescriptor((EventSpec("al/on"),))
_MODEM = ModemDescriptor((ModemType.V18,))
_MUX = MuxDescriptor(MuxType.H221)
_STATE = TerminationStateDescriptor(ServiceState.IN_SERVICE)


# ---------------------------------------------------------------------------------------------------------- empty audit


def test_an_empty_audit_of_root_tells_that_the_gateway_lives(rig: Rig) -> None:
    """The application is not asked."""
    assert rig.reply(NULL_CONTEXT, value("ROOT")) == AuditValueReply(("ROOT",))
    assert rig.calls == []


def test_an_empty_audit_of_a_name(rig: Rig) -> None:
    """Nothing but that it is there (clause 7.2.5); in all contexts the context is told."""
    context = rig.new("$")
    assert rig.reply(context, value("RTP/1")) == AuditValueReply(("rtp/1",))
    assert rig.reply(context, capability("rtp/1")) == AuditCapabilityReply(("rtp/1",))
    assert rig.one(ALL_CONTEXTS, value("rtp/1")) == ActionReply(context, replies=(AuditValueReply(("rtp/1",)),))
    assert rig.calls == []


def test_an_empty_audit_of_all_lists_names() -> None:
    """In the condensed form that the Annexes have for it (clause 7.2.5)."""
    rig = Rig("tdm/1", "tdm/2")
    first, second = rig.new("$", "$"), rig.new("$", "tdm/1")
    assert rig.reply(first, value("*")) == ContextAuditReply(termination_ids=("rtp/1", "rtp/2"))
    assert rig.reply(NULL_CONTEXT, value("*")) == ContextAuditReply(termination_ids=("tdm/2",))
    assert rig.reply(second, capability("t*")) == ContextAuditReply(is_capability=True, termination_ids=("tdm/1",))
    replies = rig.run(action(ALL_CONTEXTS, value("*")))
    assert replies == (
        ActionReply(first, replies=(ContextAuditReply(termination_ids=("rtp/1", "rtp/2")),)),
        ActionReply(second, replies=(ContextAuditReply(termination_ids=("rtp/3", "tdm/1")),)),
    )
    assert rig.calls == []


def test_an_empty_audit_with_a_wildcarded_reply(rig: Rig) -> None:
    """The union of nothing."""
    context = rig.new("$", "$")
    assert rig.reply(context, together(value("*"))) == AuditValueReply(("*",))
    assert rig.code(context, together(value("x*"))) == 431
    assert rig.calls == []


def test_a_list_has_room_for_errors(rig: Rig) -> None:
    """Each in its own reply."""
    context = rig.new("$")
    reply = rig.one(context, value("x", "*"), value("rtp/1"))
    assert reply.replies == (
        AuditValueReply(("x",), (ErrorDescriptor(430, "Unknown TerminationID x"),)),
        ContextAuditReply(termination_ids=("rtp/1",)),
    )


def test_the_contexts_are_listed_by_root_in_all_contexts(rig: Rig) -> None:
    """An action reply each (clause 7.2.5), whatever is asked of ROOT; one without context where there is none."""
    for command, reply in (
        (value("ROOT"), AuditValueReply(("ROOT",))),
        (value("ROOT", items=[AuditItem.PACKAGES]), AuditValueReply(("ROOT",))),
        (capability("ROOT"), AuditCapabilityReply(("ROOT",))),
    ):
        assert rig.run(action(ALL_CONTEXTS, command)) == (ActionReply(ALL_CONTEXTS, replies=(reply,)),)
    first, second = rig.new("$"), rig.new("$")
    for number in (2, 3):
        rig.version = number
        assert rig.run(action(ALL_CONTEXTS, value("ROOT", items=[AuditItem.PACKAGES]))) == (
            ActionReply(first, replies=(AuditValueReply(("ROOT",)),)),
            ActionReply(second, replies=(AuditValueReply(("ROOT",)),)),
        )
    assert rig.calls == []


def test_the_contexts_are_listed_together_in_version_three(rig: Rig) -> None:
    """Where a wildcarded reply is asked for; earlier versions have no place for a list."""
    together_of_root = together(value("ROOT"))
    assert rig.one(ALL_CONTEXTS, together_of_root) == ActionReply(ALL_CONTEXTS, replies=(AuditValueReply(("ROOT",)),))
    first, second = rig.new("$"), rig.new("$")
    assert rig.one(ALL_CONTEXTS, together_of_root) == ActionReply(
        ALL_CONTEXTS, ContextProperties(context_list=(first, second)), (AuditValueReply(("ROOT",)),)
    )
    rig.version = 2
    assert [one.context_id for one in rig.run(action(ALL_CONTEXTS, together_of_root))] == [first, second]


def test_contexts_that_were_just_emptied_are_not_listed(rig: Rig) -> None:
    """They are gone when the action ends."""
    first = rig.new("$")
    assert rig.run(action(ALL_CONTEXTS, subtract("*"), value("ROOT"))) == (
        ActionReply(first, replies=rig_subtracted("rtp/1")),
        ActionReply(ALL_CONTEXTS, replies=(AuditValueReply(("ROOT",)),)),
    )


def rig_subtracted(name: str) -> tuple[Any, ...]:
    """Return the reply to the Subtract of a termination."""
    from megaco.message import SubtractReply

    return (SubtractReply((name,)),)


# ---------------------------------------------------------------------------------------------------------- with items


def test_the_application_tells_what_it_is_asked(rig: Rig) -> None:
    """What else it returns is left out."""
    context = rig.new("$")
    rig.app = lambda call: [PackagesDescriptor(("nt-1",)), StatisticsDescriptor(), ErrorDescriptor(532)]
    asked = value("rtp/1", items=[AuditItem.PACKAGES])
    reply = rig.reply(context, asked)
    assert reply == AuditValueReply(("rtp/1",), (PackagesDescriptor(("nt-1",)), ErrorDescriptor(532)))
    (call,) = rig.calls
    assert isinstance(call, CommandCall)
    assert call.command == asked


def test_the_books_tell_the_rest(rig: Rig) -> None:
    """As it was set last, or that it is empty."""
    context = rig.new("$")
    items = list(AuditItem)
    reply: Any = rig.reply(context, value("rtp/1", items=items))
    assert set(reply.descriptors) == {
        EventsDescriptor(),
        SignalsDescriptor(),
        EventBufferDescriptor(),
        MediaDescriptor(_STATE),
        *(
            EmptyDescriptor(item)
            for item in items
            if item not in (AuditItem.EVENTS, AuditItem.SIGNALS, AuditItem.EVENT_BUFFER, AuditItem.MEDIA)
        ),
    }
    rig.reply(context, modify("rtp/1", descriptors=[_EVENTS, _SIGNALS, _BUFFER, _MODEM, _MUX]))
    reply = rig.reply(context, value("rtp/1", items=items))
    assert {_EVENTS, _SIGNALS, _BUFFER, _MODEM, _MUX} <= set(reply.descriptors)


def test_media_is_told_with_the_service_state(rig: Rig) -> None:
    """Unless the application tells it."""
    context = rig.new("$")
    streams = (StreamDescriptor(1),)
    for told, wanted in (
        (MediaDescriptor(streams=streams), MediaDescriptor(_STATE, streams)),
        (MediaDescriptor(TerminationStateDescriptor()), MediaDescriptor(_STATE)),
        (MediaDescriptor(TerminationStateDescriptor(ServiceState.TEST)),) * 2,
    ):
        rig.app = lambda call, told=told: told  # type: ignore[misc]
        assert rig.reply(context, value("rtp/1", items=[AuditItem.MEDIA])) == AuditValueReply(("rtp/1",), (wanted,))


def test_an_individual_audit_is_the_applications(rig: Rig) -> None:
    """Its descriptors pass; the books fill in nothing for it."""
    context = rig.one(CHOOSE_CONTEXT, add("$", descriptors=[_EVENTS])).context_id
    asked = AuditValueRequest(("rtp/1",), AuditDescriptor(individual=(EventsAudit("al/of", 7),)))
    assert rig.reply(context, asked) == AuditValueReply(("rtp/1",))
    rig.app = lambda call: [_EVENTS, _SIGNALS]
    assert rig.reply(context, asked) == AuditValueReply(("rtp/1",), (_EVENTS,))


def test_a_capability_is_not_a_value(rig: Rig) -> None:
    """Of what can be the books know nothing."""
    context = rig.one(CHOOSE_CONTEXT, add("$", descriptors=[_EVENTS])).context_id
    reply = rig.reply(context, capability("rtp/1", items=[AuditItem.EVENTS, AuditItem.MEDIA]))
    assert reply == AuditCapabilityReply(("rtp/1",), (EventsDescriptor(), EmptyDescriptor(AuditItem.MEDIA)))
    rig.app = lambda call: [_EVENTS, MediaDescriptor(streams=(StreamDescriptor(1),))]
    reply = rig.reply(context, capability("rtp/1", items=[AuditItem.EVENTS, AuditItem.MEDIA]))
    assert reply == AuditCapabilityReply(("rtp/1",), (_EVENTS, MediaDescriptor(streams=(StreamDescriptor(1),))))


@pytest.mark.parametrize("item", [AuditItem.DIGIT_MAP, AuditItem.PACKAGES])
def test_what_is_no_capability(rig: Rig, item: AuditItem) -> None:
    """447 (clause 7.2.6)."""
    context = rig.new("$")
    assert rig.code(context, capability("rtp/1", items=[AuditItem.EVENTS, item])) == 447
    assert rig.calls == []


def test_an_audit_inside_add_and_modify_is_answered(rig: Rig) -> None:
    """Beside whatever the application returns (clause 7.1.12)."""
    asked = AuditDescriptor((AuditItem.EVENTS, AuditItem.SIGNALS, AuditItem.MEDIA))
    media = MediaDescriptor(streams=(StreamDescriptor(1),))
    rig.app = lambda call: media if isinstance(call, CommandCall) else None
    reply: Any = rig.reply(CHOOSE_CONTEXT, add("$", descriptors=[_EVENTS, asked]))
    assert reply.descriptors == (MediaDescriptor(_STATE, media.streams), _EVENTS, SignalsDescriptor())
    assert rig.reply(1, modify("rtp/1", descriptors=[AuditDescriptor()])) == ModifyReply(("rtp/1",), (media,))


def test_audits_go_on_or_end_like_other_commands(rig: Rig) -> None:
    """An error is an error."""
    context = rig.new("$")
    assert len(rig.one(context, value("x"), value("rtp/1")).replies) == 1
    assert len(rig.one(context, optional(value("x")), value("rtp/1")).replies) == 2


def test_a_list_of_names_with_root_in_all_contexts(rig: Rig) -> None:
    """ROOT lists contexts, the others tell what is asked."""
    context = rig.new("$")
    command = AuditCapabilityRequest(("rtp/1", "ROOT"), AuditDescriptor((AuditItem.EVENTS,)))
    assert rig.one(ALL_CONTEXTS, command) == ActionReply(
        context,
        replies=(AuditCapabilityReply(("rtp/1",), (EventsDescriptor(),)), AuditCapabilityReply(("ROOT",))),
    )
