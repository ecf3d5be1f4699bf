"""Modify, Move and Subtract: which terminations they stand for, and what becomes of these."""

from typing import Any

import pytest

from megaco.contexts import Call, CommandCall, CommandError
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    AuditDescriptor,
    AuditItem,
    Command,
    ContextProperties,
    EmptyDescriptor,
    ErrorDescriptor,
    EventsDescriptor,
    MediaDescriptor,
    ModifyReply,
    MoveReply,
    PackagesDescriptor,
    RequestedEvent,
    ServiceState,
    Signal,
    SignalsDescriptor,
    StatisticsDescriptor,
    StatisticsParameter,
    SubtractReply,
    TerminationStateDescriptor,
    Value,
)

from .rig import (
    NOTHING,
    Rig,
    add,
    capability,
    codes,
    idle,
    modify,
    move,
    optional,
    refuse,
    service_change,
    subtract,
    together,
    value,
)

_EVENTS = EventsDescriptor(7, (RequestedEvent("al/of"),))
_SIGNALS = SignalsDescriptor((Signal("cg/dt"),))


def _statistics(octets: int) -> StatisticsDescriptor:
    return StatisticsDescriptor((StatisticsParameter("nt/os", Value(str(octets))),))


# ------------------------------------------------------------------------------------------------ which they stand for


@pytest.mark.parametrize("command", [modify("x"), subtract("x"), move("x"), service_change("x"), value("x")])
def test_a_termination_that_is_nowhere_is_unknown(rig: Rig, command: Command) -> None:
    """430."""
    assert rig.code(rig.new("$"), command) == 430


@pytest.mark.parametrize(
    "command", [modify("rtp/1"), subtract("rtp/1"), service_change("rtp/1"), value("rtp/1"), capability("rtp/1")]
)
def test_a_termination_of_another_context_is_not_here(rig: Rig, command: Command) -> None:
    """435, and the application is not asked; where it is, it can be reached in any case."""
    first, second = rig.new("$"), rig.new("$")
    assert rig.code(second, command) == 435
    if not isinstance(command, type(subtract())):
        assert rig.code(NULL_CONTEXT, command) == 435
    assert rig.calls == []
    assert getattr(rig.reply(first, modify("RTP/1")), "error", None) is None


@pytest.mark.parametrize("command", [modify("x*"), subtract("x*"), service_change("x*"), value("x*"), move("x*")])
def test_a_wildcard_may_match_nothing(rig: Rig, command: Command) -> None:
    """431, in a reply that names the wildcard."""
    reply: Any = rig.reply(rig.new("$"), command)
    assert (reply.termination_ids, reply.error.code) == (("x*",), 431)


@pytest.mark.parametrize(
    "command", [modify("$"), subtract("rtp/$"), move("$"), service_change("$"), value("$"), capability("$")]
)
def test_only_add_chooses(rig: Rig, command: Command) -> None:
    """410: CHOOSE is an error where existing terminations are meant (clauses 7.2.2 to 7.2.8)."""
    assert rig.code(rig.new("$"), command) == 410


def test_the_code_of_a_wrong_choose_is_a_setting() -> None:
    """Which code H.248.8 has for it was not readable."""
    from megaco.contexts import RefusalCodes

    rig = Rig(codes=RefusalCodes(wrong_choose=430))
    assert rig.code(rig.new("$"), modify("$")) == 430


@pytest.mark.parametrize("command", [subtract("ROOT"), move("root"), add("Root")])
def test_root_is_in_no_context(rig: Rig, command: Command) -> None:
    """410 (clause 6.2.5), even in the null context, where 421 is said first."""
    context = rig.new("$")
    assert rig.code(context, command) == 410
    assert rig.code(NULL_CONTEXT, command) == 421


@pytest.mark.parametrize("command", [modify("ROOT"), value("ROOT", items=[AuditItem.EVENTS]), service_change("ROOT")])
def test_root_is_addressed_outside_of_contexts(rig: Rig, command: Command) -> None:
    """In the null context it is a termination like others; in one context it is refused with 410."""
    context = rig.new("$")
    reply = rig.one(NULL_CONTEXT, command)
    assert reply.context_id == NULL_CONTEXT
    assert [call.arguments[0] for call in rig.calls] == [rig.contexts.root]
    assert rig.code(context, command) == 410


def test_root_can_be_modified_for_all_contexts(rig: Rig) -> None:
    """The reply is for all contexts too."""
    assert rig.one(ALL_CONTEXTS, modify("root")) == ActionReply(ALL_CONTEXTS, replies=(ModifyReply(("ROOT",)),))


def test_all_does_not_stand_for_root() -> None:
    """Clause 6.2.2."""
    rig = Rig("tdm/1")
    rig.one(NULL_CONTEXT, modify("*"))
    assert rig.said == ["modify tdm/1"]


def test_a_wildcard_stays_in_its_context() -> None:
    """Partial or not; in the null context it finds what is idle."""
    rig = Rig("tdm/1", "tdm/2", "tdm/3")
    first = rig.new("$", "tdm/1")
    rig.new("$", "tdm/2")
    rig.one(first, modify("*"))
    assert rig.said == ["modify rtp/1", "modify tdm/1"]
    rig.one(first, modify("TDM/*"))
    assert rig.said == ["modify tdm/1"]
    rig.one(NULL_CONTEXT, modify("t*/*"))
    assert rig.said == ["modify tdm/3"]


def test_each_termination_is_meant_once(rig: Rig) -> None:
    """However often a list names it."""
    context = rig.new("$", "$")
    reply = rig.one(context, modify("rtp/2", "*", "RTP/1", "x", "x", "y*", "y*"))
    assert [one.termination_ids[0] for one in reply.replies] == ["rtp/2", "rtp/1", "x", "y*"]
    assert rig.said == ["modify rtp/2", "modify rtp/1"]


def test_every_match_is_attempted(rig: Rig) -> None:
    """A reply each, errors in their own; then the transaction ends (clause 8)."""
    context = rig.new("$", "$", "$")
    rig.app = refuse("rtp/2", code=449)
    reply = rig.one(context, modify("*"), modify("rtp/1"))
    assert reply.replies == (
        ModifyReply(("rtp/1",)),
        ModifyReply(("rtp/2",), (ErrorDescriptor(449, "not on rtp/2"),)),
        ModifyReply(("rtp/3",)),
    )
    assert len(rig.one(context, optional(modify("*")), modify("rtp/1")).replies) == 4


# ---------------------------------------------------------------------------------------------------- wildcarded reply


def test_a_wildcarded_reply_is_the_union(rig: Rig) -> None:
    """One reply with the wildcard's name, and each value once (clause 6.2.2)."""
    context = rig.new("$", "$", "$")
    told = {
        "rtp/1": [PackagesDescriptor(("nt-1", "rtp-1")), _statistics(1)],
        "rtp/2": [PackagesDescriptor(("rtp-1", "tdmc-1")), _statistics(1)],
        "rtp/3": [_statistics(2)],
    }
    rig.app = lambda call: told[call.termination.name] if isinstance(call, CommandCall) else None
    reply: Any = rig.reply(context, together(value("rtp/*", items=[AuditItem.PACKAGES, AuditItem.STATISTICS])))
    assert reply.termination_ids == ("rtp/*",)
    assert reply.descriptors == (PackagesDescriptor(("nt-1", "rtp-1", "tdmc-1")), _statistics(1), _statistics(2))


def test_a_wildcarded_reply_is_for_wildcards(rig: Rig) -> None:
    """One termination answers for itself."""
    context = rig.new("$", "$")
    assert rig.reply(context, together(subtract("rtp/1"))) == SubtractReply(("rtp/1",))
    assert rig.reply(context, together(subtract("*"))) == SubtractReply(("*",))


def test_a_wildcarded_reply_over_all_contexts(rig: Rig) -> None:
    """It is for all contexts (clause 7.2.5, the third example)."""
    rig.new("$")
    rig.new("$")
    reply = rig.one(ALL_CONTEXTS, together(subtract("*", audit=NOTHING)))
    assert reply == ActionReply(ALL_CONTEXTS, replies=(SubtractReply(("*",)),))
    assert rig.places == {}


def test_a_wildcarded_reply_has_the_errors_too(rig: Rig) -> None:
    """Each once; every match was attempted, and the transaction ends."""
    context = rig.new("$", "$", "$")

    def app(call: Call) -> Any:
        assert isinstance(call, CommandCall)
        if call.termination.name != "rtp/2":
            raise CommandError(449, "no")
        return _statistics(5)

    rig.app = app
    reply = rig.one(context, together(subtract("*")), add("$"))
    assert reply.replies == (SubtractReply(("*",), (ErrorDescriptor(449, "no"), _statistics(5))),)
    assert rig.places == {"rtp/1": context, "rtp/3": context}


def test_a_wildcarded_service_change_has_one_error(rig: Rig) -> None:
    """There is room for one only."""
    context = rig.new("$", "$")
    reply: Any = rig.reply(context, together(service_change("*")))
    assert (reply.termination_ids, reply.error) == (("*",), None)
    rig.app = refuse("rtp/1", "rtp/2", code=501)
    reply = rig.reply(context, together(service_change("*")))
    assert (reply.termination_ids, reply.error.code) == (("*",), 501)


def test_an_empty_descriptor_is_told_where_no_other_is(rig: Rig) -> None:
    """Of a union it is the part that adds nothing."""
    context = rig.new("$", "$")
    rig.app = lambda call: (
        _statistics(1) if isinstance(call, CommandCall) and call.termination.name == "rtp/2" else None
    )
    reply: Any = rig.reply(context, together(value("*", items=[AuditItem.STATISTICS, AuditItem.MODEM])))
    assert reply.descriptors == (EmptyDescriptor(AuditItem.MODEM), _statistics(1))


# ------------------------------------------------------------------------------------------------------------ subtract


def test_an_ephemeral_termination_vanishes() -> None:
    """A physical one returns to the null context, and forgets what it was told (clause 7.2.3)."""
    rig = Rig("tdm/1")
    context = rig.new("$", "tdm/1")
    termination = rig.contexts.find("tdm/1")
    assert termination is not None
    rig.one(context, modify("*", descriptors=[_EVENTS, _SIGNALS]))
    assert (termination.events, termination.signals) == (_EVENTS, _SIGNALS)
    rig.one(context, subtract("*"))
    assert rig.places == idle("tdm/1")
    assert rig.contexts.find("rtp/1") is None
    assert (termination.events, termination.signals, termination.context_id) == (None, None, NULL_CONTEXT)


def test_during_subtract_the_termination_is_still_in_its_context(rig: Rig) -> None:
    """And stays there where the application refuses."""
    context = rig.new("$")
    rig.app = refuse("rtp/1")
    assert rig.code(context, subtract("rtp/1")) == 510
    assert rig.places == {"rtp/1": context}
    seen: list[int] = []

    def app(call: Call) -> None:
        assert isinstance(call, CommandCall)
        seen.append(call.termination.context_id)

    rig.app = app
    rig.one(context, subtract("rtp/1"))
    assert seen == [context]


@pytest.mark.parametrize(
    ("audit", "told"),
    [
        (None, (_statistics(3),)),
        (NOTHING, ()),
        (AuditDescriptor((AuditItem.STATISTICS,)), (_statistics(3),)),
        (AuditDescriptor((AuditItem.EVENTS,)), (_EVENTS,)),
        (AuditDescriptor((AuditItem.PACKAGES,)), (PackagesDescriptor(("nt-1",)),)),
    ],
)
def test_statistics_come_back_unless_asked_otherwise(
    rig: Rig, audit: AuditDescriptor | None, told: tuple[Any, ...]
) -> None:
    """Whatever the application returns, the reply has what was asked for (clause 7.2.3)."""
    context = rig.one(CHOOSE_CONTEXT, add("$", descriptors=[_EVENTS])).context_id
    rig.app = lambda call: [PackagesDescriptor(("nt-1",)), _statistics(3)]
    assert rig.reply(context, subtract("rtp/1", audit=audit)) == SubtractReply(("rtp/1",), told)


def test_no_statistics_are_none_at_all(rig: Rig) -> None:
    """Where the application tells nothing there is nothing to tell; asked for, they are told to be empty."""
    context = rig.new("$", "$")
    assert rig.reply(context, subtract("rtp/1")) == SubtractReply(("rtp/1",))
    asked = AuditDescriptor((AuditItem.STATISTICS,))
    assert rig.reply(context, subtract("rtp/2", audit=asked)) == SubtractReply(
        ("rtp/2",), (EmptyDescriptor(AuditItem.STATISTICS),)
    )


# ---------------------------------------------------------------------------------------------------------------- move


def test_a_termination_moves(rig: Rig) -> None:
    """It keeps what it was told but for what the command sets; its old context goes when it is empty (7.2.4)."""
    first, second = rig.one(CHOOSE_CONTEXT, add("$", descriptors=[_EVENTS])).context_id, rig.new("$")
    reply = rig.one(second, move("RTP/1", descriptors=[_SIGNALS]))
    assert reply == ActionReply(second, replies=(MoveReply(("rtp/1",)),))
    termination = rig.contexts.find("rtp/1")
    assert termination is not None
    assert (termination.context_id, termination.events, termination.signals) == (second, _EVENTS, _SIGNALS)
    assert first not in rig.contexts.contexts


def test_a_termination_moves_into_a_new_context(rig: Rig) -> None:
    """CHOOSE makes one for it; if it does not come, the new context goes."""
    first = rig.new("$", "$")
    assert rig.one(CHOOSE_CONTEXT, move("rtp/1")).context_id == 2
    assert rig.places == {"rtp/1": 2, "rtp/2": first}
    rig.app = refuse("rtp/2")
    assert rig.one(CHOOSE_CONTEXT, move("rtp/2")).context_id == 3
    assert rig.places == {"rtp/1": 2, "rtp/2": first}
    rig.check()


def test_during_move_the_termination_is_in_its_new_context(rig: Rig) -> None:
    """And goes back where the application refuses, even if it was alone there."""
    first, second = rig.new("$"), rig.new("$")
    seen: list[int] = []

    def app(call: Call) -> None:
        assert isinstance(call, CommandCall)
        seen.append(call.termination.context_id)
        raise CommandError(501, "no")

    rig.app = app
    assert rig.code(second, move("rtp/1")) == 501
    assert seen == [second]
    assert rig.places == {"rtp/1": first, "rtp/2": second}
    rig.check()


def test_what_cannot_be_moved() -> None:
    """435 from the null context, 433 where it is already, 434 where there is no room, 430 from nowhere."""
    rig = Rig("tdm/1", most_terminations_per_context=2)
    first, second = rig.new("$", "$"), rig.new("$")
    assert rig.code(first, move("tdm/1")) == 435
    assert rig.code(first, move("rtp/1")) == 433
    assert rig.code(first, move("rtp/3")) == 434
    assert rig.code(first, move("rtp/9")) == 430
    assert rig.calls == []
    assert rig.reply(second, move("rtp/1")) == MoveReply(("rtp/1",))


def test_all_moves_from_all_other_contexts() -> None:
    """What is in the null context stays there."""
    rig = Rig("tdm/1", "tdm/2")
    first, second = rig.new("$", "tdm/1"), rig.new("$")
    assert [one.termination_ids[0] for one in rig.one(second, move("*")).replies] == [
        "rtp/1",
        "tdm/1",
    ]
    assert rig.places == {"rtp/1": second, "tdm/1": second, "tdm/2": NULL_CONTEXT, "rtp/2": second}
    assert set(rig.contexts.contexts) == {second} != {first}
    assert rig.code(second, move("*")) == 431


# -------------------------------------------------------------------------------------------------------------- modify


def test_what_is_set_is_remembered_when_it_was_done(rig: Rig) -> None:
    """Not where the command failed; a descriptor that is not there leaves the last one (clause 6.2.4)."""
    context = rig.new("$")
    rig.app = refuse("rtp/1")
    rig.reply(context, modify("rtp/1", descriptors=[_EVENTS]))
    assert _held(rig) == (None, None)
    rig.app = lambda call: None
    rig.reply(context, modify("rtp/1", descriptors=[_EVENTS]))
    rig.reply(context, modify("rtp/1", descriptors=[_SIGNALS]))
    assert _held(rig) == (_EVENTS, _SIGNALS)
    rig.reply(context, modify("rtp/1", descriptors=[EventsDescriptor()]))
    assert _held(rig) == (EventsDescriptor(), _SIGNALS)


def _held(rig: Rig) -> tuple[EventsDescriptor | None, SignalsDescriptor | None]:
    termination = rig.contexts.find("rtp/1")
    assert termination is not None
    return termination.events, termination.signals


def test_the_service_state_can_be_set(rig: Rig) -> None:
    """It is a property of TerminationState (clause 7.1.5)."""
    context = rig.new("$")
    test = MediaDescriptor(TerminationStateDescriptor(ServiceState.TEST))
    rig.reply(context, modify("rtp/1", descriptors=[test]))
    termination = rig.contexts.find("rtp/1")
    assert termination is not None
    assert termination.service_state is ServiceState.TEST
    assert rig.contexts.take_changed() == [termination]


def test_a_termination_that_the_application_takes_away_meanwhile(rig: Rig) -> None:
    """Its turn is over with 430; an Add that it does not survive is none."""
    context = rig.new("$", "$")

    def app(call: Call) -> None:
        if isinstance(call, CommandCall) and call.termination.name in ("rtp/1", "rtp/3"):
            rig.contexts.release("rtp/2" if call.termination.name == "rtp/1" else "rtp/3")

    rig.app = app
    reply = rig.one(context, optional(modify("*")), optional(add("$")))
    assert codes(reply) == [None, 430, 430]
    assert rig.places == {"rtp/1": context}
    rig.check()


def test_a_termination_that_is_released_while_it_moves(rig: Rig) -> None:
    """430: it is in neither context."""
    rig.new("$")
    second = rig.new("$")
    rig.app = lambda call: rig.contexts.release("rtp/1") and None
    assert rig.code(second, move("rtp/1")) == 430
    assert rig.places == {"rtp/2": second}
    rig.check()


def test_a_move_that_fails_after_all_others_have_left(rig: Rig) -> None:
    """The context that it came from is there again."""
    first, second = rig.new("$", "$"), rig.new("$")
    rig.one(first, properties=ContextProperties(priority=7))

    def app(call: Call) -> None:
        rig.contexts.release("rtp/2")
        assert first not in rig.contexts.contexts
        raise CommandError(501, "no")

    rig.app = app
    assert rig.code(second, move("rtp/1")) == 501
    assert rig.places == {"rtp/1": first, "rtp/3": second}
    assert rig.contexts.contexts[first].priority == 7
    rig.check()


def test_a_termination_subtracted_twice_in_a_transaction(rig: Rig) -> None:
    """It is gone the second time."""
    context = rig.new("$", "$")
    assert codes(rig.one(context, optional(subtract("rtp/1")), subtract("rtp/1"))) == [None, 430]
