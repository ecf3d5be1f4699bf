"""Attributes of contexts: set, audited, selected by (H.248.1 clauses 6.1.1 and 7.2.9)."""

import pytest

from megaco.contexts import Call, CommandError, ContextCall
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    AddReply,
    ContextAudit,
    ContextAuditItem,
    ContextProperties,
    PropertyAudit,
    PropertyParm,
    SelectLogic,
    TopologyDirection,
    TopologyRequest,
    Value,
)

from .rig import Rig, action, add, codes, modify, optional, subtract

_ALL_ITEMS = ContextAudit(tuple(ContextAuditItem))
_BOTHWAY = (TopologyRequest("*", "*", TopologyDirection.BOTHWAY),)


def _parm(name: str, value: str) -> PropertyParm:
    return PropertyParm(name, Value(value))


def test_attributes_have_defaults(rig: Rig) -> None:
    """Topology at its default is told as such."""
    context = rig.new("$")
    assert rig.one(context, audit=_ALL_ITEMS) == ActionReply(
        context, ContextProperties(_BOTHWAY, priority=0, emergency=False, ieps_call=False)
    )


def test_attributes_are_set_and_told_as_they_are_then(rig: Rig) -> None:
    """An audit tells what the same action has set (clause 7.2.9)."""
    said = ContextProperties(priority=7, emergency=True, ieps_call=True, properties=(_parm("x/a", "1"),))
    audit = ContextAudit((ContextAuditItem.PRIORITY, ContextAuditItem.EMERGENCY), ("X/A",))
    reply = rig.one(CHOOSE_CONTEXT, add("$"), properties=said, audit=audit)
    told = ContextProperties(priority=7, emergency=True, properties=(_parm("x/a", "1"),))
    assert reply == ActionReply(1, told, (AddReply(("rtp/1",)),))
    context = rig.contexts.contexts[1]
    assert (context.priority, context.emergency, context.ieps_call) == (7, True, True)


def test_what_is_not_mentioned_stays(rig: Rig) -> None:
    """Each attribute by itself, each property by its name."""
    context = rig.new("$")
    rig.one(context, properties=ContextProperties(priority=7, properties=(_parm("x/a", "1"), _parm("x/b", "2"))))
    rig.one(context, properties=ContextProperties(emergency=True, properties=(_parm("X/A", "3"),)))
    reply = rig.one(context, audit=ContextAudit((ContextAuditItem.PRIORITY,), ("x/*",)))
    told = ContextProperties(priority=7, properties=(_parm("X/A", "3"), _parm("x/b", "2")))
    assert reply.properties == told


def test_an_action_of_attributes_alone_is_answered(rig: Rig) -> None:
    """With its context and nothing else."""
    context = rig.new("$")
    assert rig.one(context, properties=ContextProperties(priority=1)) == ActionReply(context)


def test_the_application_hears_of_attributes(rig: Rig) -> None:
    """Before its commands; what it refuses is refused with the action, and changes nothing."""
    said = ContextProperties(priority=7)
    rig.one(CHOOSE_CONTEXT, add("$"), properties=said)
    assert rig.said == ["modify_context 1", "choose $", "add rtp/1"]
    call = rig.calls[0]
    assert isinstance(call, ContextCall)
    assert (call.properties, call.arguments) == (said, (call.context, said))

    def app(call: Call) -> None:
        raise CommandError(473, "no")

    rig.app = app
    assert rig.refused(1, modify("*"), properties=ContextProperties(priority=9)) == 473
    assert rig.contexts.contexts[1].priority == 7
    assert rig.refused(CHOOSE_CONTEXT, add("$"), properties=said) == 473
    assert set(rig.contexts.contexts) == {1}


def test_the_null_context_has_no_attributes(rig: Rig) -> None:
    """421."""
    assert rig.refused(NULL_CONTEXT, properties=ContextProperties(priority=1)) == 421
    assert rig.refused(NULL_CONTEXT, audit=_ALL_ITEMS) == 421


def test_a_property_that_was_never_set(rig: Rig) -> None:
    """532, after the commands were done; over all contexts it is just not told."""
    context = rig.new("$")
    reply = rig.one(context, add("$"), audit=ContextAudit(properties=("x/a",)))
    assert reply.error is not None
    assert (reply.error.code, reply.replies) == (532, (AddReply(("rtp/2",)),))
    reply = rig.one(ALL_CONTEXTS, audit=ContextAudit(attributes=(PropertyAudit("x/a"),)))
    assert reply == ActionReply(context)


def test_all_contexts_are_told_of(rig: Rig) -> None:
    """An action reply each, with what the commands found."""
    first, second = rig.new("$"), rig.new("$")
    audit = ContextAudit((ContextAuditItem.PRIORITY,))
    rig.one(second, properties=ContextProperties(priority=3))
    assert rig.run(action(ALL_CONTEXTS, subtract("rtp/2"), audit=audit)) == (
        ActionReply(first, ContextProperties(priority=0)),
        rig_reply(second, 3, "rtp/2"),
    )
    assert set(rig.contexts.contexts) == {first}


def rig_reply(context: int, priority: int, name: str) -> ActionReply:
    """Return the reply of a context that lost a termination."""
    from megaco.message import SubtractReply

    return ActionReply(context, ContextProperties(priority=priority), (SubtractReply((name,)),))


def test_all_contexts_can_be_set(rig: Rig) -> None:
    """One answer for all."""
    rig.new("$")
    rig.new("$")
    assert rig.one(ALL_CONTEXTS, properties=ContextProperties(priority=3)) == ActionReply(ALL_CONTEXTS)
    assert [one.priority for one in rig.contexts.contexts.values()] == [3, 3]


def test_a_list_of_contexts_stands_for_them(rig: Rig) -> None:
    """Version 3, beside ALL; 411 where one is unknown, 422 beside one context."""
    contexts = [rig.new("$") for _ in range(3)]
    listed = ContextProperties(context_list=(contexts[2], contexts[0]))
    replies = rig.run(action(ALL_CONTEXTS, modify("*"), properties=listed))
    assert [one.context_id for one in replies] == [contexts[2], contexts[0]]
    assert rig.said == ["modify rtp/3", "modify rtp/1"]
    assert codes(rig.one(ALL_CONTEXTS, modify("rtp/2"), properties=listed)) == [435]
    assert rig.refused(ALL_CONTEXTS, modify("*"), properties=ContextProperties(context_list=(1, 9))) == 411
    assert rig.refused(contexts[0], modify("*"), properties=listed) == 422


@pytest.mark.parametrize(
    ("audit", "found"),
    [
        (ContextAudit(select_priority=5), [2, 3]),
        (ContextAudit(select_emergency=True), [3, 4]),
        (ContextAudit(select_ieps_call=True), [4]),
        (ContextAudit(attributes=(PropertyAudit("x/a", Value("1")),)), [2]),
        (ContextAudit(select_priority=5, select_emergency=True), [3]),
        (ContextAudit(select_priority=5, select_emergency=True, select_logic=SelectLogic.AND), [3]),
        (ContextAudit(select_priority=5, select_emergency=True, select_logic=SelectLogic.OR), [2, 3, 4]),
        (ContextAudit(select_priority=6), []),
        (ContextAudit((ContextAuditItem.PRIORITY,)), [1, 2, 3, 4]),
    ],
)
def test_contexts_can_be_selected(rig: Rig, audit: ContextAudit, found: list[int]) -> None:
    """Version 3: commands go to the selected ones as well."""
    for said in (
        ContextProperties(priority=1),
        ContextProperties(priority=5, properties=(_parm("x/a", "1"),)),
        ContextProperties(priority=5, emergency=True, properties=(_parm("x/a", "2"),)),
        ContextProperties(emergency=True, ieps_call=True),
    ):
        rig.one(CHOOSE_CONTEXT, add("$"), properties=said)
    replies = rig.run(action(ALL_CONTEXTS, optional(modify("*")), audit=audit))
    assert [one.context_id for one in replies] == (found or [ALL_CONTEXTS])
    assert rig.said == [f"modify rtp/{number}" for number in found]


def test_there_may_be_too_many_properties() -> None:
    """510, and none of them is set."""
    rig = Rig(most_context_properties=2)
    context = rig.new("$")
    rig.one(context, properties=ContextProperties(properties=(_parm("x/a", "1"), _parm("x/b", "1"))))
    rig.one(context, properties=ContextProperties(properties=(_parm("x/a", "2"), _parm("x/b", "2"))))
    more = ContextProperties(priority=4, properties=(_parm("x/c", "1"),))
    assert rig.refused(context, properties=more) == 510
    assert rig.contexts.contexts[context].priority == 0
