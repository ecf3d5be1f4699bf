"""ContextIDs: null, CHOOSE, ALL, numbers that are there and that are not; what may be said to which."""

import pytest

from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    AddReply,
    Command,
    CommandReply,
    ContextProperties,
    ErrorDescriptor,
    ModifyReply,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    SubtractReply,
)

from .rig import Rig, action, add, modify, move, optional, refuse, subtract


def test_choose_makes_a_context(rig: Rig) -> None:
    """The reply has its number (clause 8.1.2)."""
    reply = rig.one(CHOOSE_CONTEXT, add("$"), add("$"))
    assert reply == ActionReply(1, replies=(AddReply(("rtp/1",)), AddReply(("rtp/2",))))
    assert rig.places == {"rtp/1": 1, "rtp/2": 1}


def test_a_context_ends_with_its_last_termination(rig: Rig) -> None:
    """Be it subtracted or moved out (clause 6.1.2)."""
    first, second = rig.new("$"), rig.new("$")
    rig.one(second, move("rtp/1"))
    assert set(rig.contexts.contexts) == {second}
    rig.one(second, subtract("*"))
    assert dict(rig.contexts.contexts) == {}
    assert rig.refused(first, modify("rtp/1")) == 411


def test_a_context_is_there_until_its_action_ends(rig: Rig) -> None:
    """What empties it may be followed by what fills it again."""
    context = rig.new("$")
    reply = rig.one(context, subtract("rtp/1"), add("$"))
    assert reply.replies == (SubtractReply(("rtp/1",)), AddReply(("rtp/2",)))
    assert rig.places == {"rtp/2": context}


def test_a_context_in_which_no_add_succeeded_is_not_left_behind() -> None:
    """Nor is its termination, and its number is not given again at once."""
    rig = Rig("tdm/1", app=refuse("tdm/1"))
    reply = rig.one(CHOOSE_CONTEXT, add("tdm/1"))
    assert reply == ActionReply(1, replies=(AddReply(("tdm/1",), (ErrorDescriptor(510, "not on tdm/1"),)),))
    assert dict(rig.contexts.contexts) == {}
    rig.check()
    assert rig.new("$") == 2


def test_a_failed_add_beside_one_that_is_done() -> None:
    """The context stays with what came into it."""
    rig = Rig("tdm/1", app=refuse("tdm/1"))
    rig.one(CHOOSE_CONTEXT, optional(add("tdm/1")), add("$"))
    assert rig.places == {"tdm/1": NULL_CONTEXT, "rtp/1": 1}


def test_there_may_be_too_many_contexts() -> None:
    """412, and what is there stays."""
    rig = Rig(most_contexts=2)
    rig.new("$")
    rig.new("$")
    assert rig.refused(CHOOSE_CONTEXT, add("$")) == 412
    rig.one(1, subtract("*"))
    assert rig.new("$") == 3


def test_numbers_of_contexts_go_round() -> None:
    """Up to the highest that is a number, then from 1, over those in use."""
    highest = CHOOSE_CONTEXT - 1
    from megaco.contexts import Contexts

    rig = Rig()
    rig.contexts = Contexts(first_context_id=highest)
    assert [rig.new("$"), rig.new("$")] == [highest, 1]
    rig.contexts._inventory._last_context = highest - 1
    assert rig.new("$") == 2


@pytest.mark.parametrize("command", [add("$"), move("rtp/1"), subtract("rtp/1"), subtract("*")])
def test_the_null_context_takes_nothing_and_gives_nothing(rig: Rig, command: Command) -> None:
    """421: Add, Move and Subtract need a context (clauses 7.2.1, 7.2.3, 7.2.4)."""
    rig.new("$")
    assert rig.code(NULL_CONTEXT, command) == 421
    assert rig.calls == []


@pytest.mark.parametrize("command", [add("$"), move("rtp/1")])
def test_nothing_is_brought_into_all_contexts(rig: Rig, command: Command) -> None:
    """421."""
    rig.new("$")
    assert rig.code(ALL_CONTEXTS, command) == 421


def test_a_new_context_is_made_for_something(rig: Rig) -> None:
    """421 where no command of the action brings a termination."""
    assert rig.refused(CHOOSE_CONTEXT, modify("*")) == 421
    assert rig.refused(CHOOSE_CONTEXT, properties=ContextProperties(priority=3)) == 421
    assert rig.new("$") == 1


def test_commands_in_a_new_context_find_what_is_in_it(rig: Rig) -> None:
    """It may well be empty as yet."""
    reply = rig.one(CHOOSE_CONTEXT, optional(modify("*")), add("$"), modify("*"))
    assert [_code(one) for one in reply.replies] == [431, None, None]


def test_an_action_says_something(rig: Rig) -> None:
    """422 for one without commands, attributes and audit (clause 8)."""
    for context in (NULL_CONTEXT, CHOOSE_CONTEXT, ALL_CONTEXTS, 1):
        assert rig.refused(context) == 422


def test_an_unknown_context_ends_the_transaction(rig: Rig) -> None:
    """411 at the action; what came before is done."""
    replies = rig.run(action(CHOOSE_CONTEXT, add("$")), action(7, add("$")), action(CHOOSE_CONTEXT, add("$")))
    assert [(one.context_id, _code(one)) for one in replies] == [(1, None), (7, 411)]
    assert rig.places == {"rtp/1": 1}


def test_all_contexts_are_those_that_are_not_null() -> None:
    """Commands go through them in turn; each has its own reply (clause 7.2.5)."""
    rig = Rig("tdm/1", "tdm/2")
    rig.new("$", "tdm/1")
    rig.new("$")
    replies = rig.run(action(ALL_CONTEXTS, modify("rtp/*"), modify("*")))
    assert [(one.context_id, _names(one)) for one in replies] == [
        (1, ["rtp/1", "rtp/1", "tdm/1"]),
        (2, ["rtp/2", "rtp/2"]),
    ]
    assert rig.said == ["modify rtp/1", "modify rtp/2", "modify rtp/1", "modify tdm/1", "modify rtp/2"]


def test_a_name_in_all_contexts_is_told_with_its_context(rig: Rig) -> None:
    """430 and 435 go with all contexts."""
    rig.new("$")
    rig.contexts.provision("tdm/1")
    assert rig.one(ALL_CONTEXTS, modify("rtp/1")) == ActionReply(1, replies=(ModifyReply(("rtp/1",)),))
    for name, code in (("tdm/1", 435), ("tdm/2", 430), ("x*", 431)):
        reply = rig.one(ALL_CONTEXTS, modify(name))
        assert (reply.context_id, _code(reply.replies[0])) == (ALL_CONTEXTS, code)


def test_everything_can_be_subtracted_at_once() -> None:
    """ALL and ALL: no context is left, physical terminations are idle (clause 7.2.3)."""
    rig = Rig("tdm/1", "tdm/2")
    rig.new("$", "tdm/1")
    rig.new("tdm/2")
    replies = rig.run(action(ALL_CONTEXTS, subtract("*")))
    assert [(one.context_id, _names(one)) for one in replies] == [(1, ["rtp/1", "tdm/1"]), (2, ["tdm/2"])]
    assert dict(rig.contexts.contexts) == {}
    assert rig.places == {"tdm/1": NULL_CONTEXT, "tdm/2": NULL_CONTEXT}
    assert rig.one(ALL_CONTEXTS, subtract("*")).context_id == ALL_CONTEXTS


def test_the_first_failure_is_the_last_command() -> None:
    """No replies for what comes after it (clause 8.2.2)."""
    rig = Rig("tdm/1", app=refuse("tdm/1", code=452))
    replies = rig.run(
        action(CHOOSE_CONTEXT, add("$"), add("tdm/1"), add("$")),
        action(CHOOSE_CONTEXT, add("$")),
    )
    assert len(replies) == 1
    assert [_code(one) for one in replies[0].replies] == [None, 452]
    assert rig.places == {"rtp/1": 1, "tdm/1": NULL_CONTEXT}


def test_an_optional_command_may_fail() -> None:
    """The rest is carried out all the same, in further actions too."""
    rig = Rig("tdm/1", app=refuse("tdm/1"))
    replies = rig.run(action(CHOOSE_CONTEXT, optional(add("tdm/1")), add("$")), action(CHOOSE_CONTEXT, add("$")))
    assert [[_code(reply) for reply in one.replies] for one in replies] == [[510, None], [None]]


def test_a_gateway_is_not_notified(rig: Rig) -> None:
    """443: Notify goes the other way."""
    reply = rig.reply(NULL_CONTEXT, NotifyRequest(("ROOT",), ObservedEventsDescriptor(1, (ObservedEvent("g/cause"),))))
    assert isinstance(reply, NotifyReply)
    assert _code(reply) == 443


def _code(reply: CommandReply | ActionReply) -> int | None:
    error = getattr(reply, "error", None)
    return None if error is None else error.code


def _names(reply: ActionReply) -> list[str]:
    return [name for one in reply.replies for name in getattr(one, "termination_ids", ())]
