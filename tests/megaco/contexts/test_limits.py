"""Limits: what a request may cost, and what becomes of one that would cost more."""

import time

import pytest

from megaco.contexts import CommandCall
from megaco.errors import LocalError
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    AddReply,
    AuditItem,
    ContextAudit,
    ContextAuditItem,
    ContextAuditReply,
    ContextProperties,
    PackagesDescriptor,
    PropertyAudit,
    PropertyParm,
    TopologyDirection,
    TopologyRequest,
    Value,
)

from .rig import NOTHING, Rig, accept, action, add, codes, modify, optional, subtract, together, value


def _lines(count: int) -> list[str]:
    return [f"line/{number}" for number in range(count)]


def test_a_wildcard_that_would_bring_too_many_replies() -> None:
    """533, and nothing of it is done; a wildcarded reply is one (clause 6.2.2)."""
    rig = Rig(*_lines(20), most_replies=10)
    assert rig.code(NULL_CONTEXT, modify("*")) == 533
    assert rig.code(NULL_CONTEXT, value("*")) == 533
    assert rig.calls == []
    assert rig.one(NULL_CONTEXT, together(modify("*"))).error is None
    assert len(rig.calls) == 20
    assert rig.code(NULL_CONTEXT, modify("line/1*")) == 533  # eleven of them
    assert len(rig.one(NULL_CONTEXT, modify("line/0*", "line/2*", "line/3")).replies) == 3


def test_a_wildcarded_reply_counts_as_one() -> None:
    """And a reply as one, so that a limit can be reached."""
    rig = Rig(*_lines(3), most_replies=2)
    assert codes(rig.one(NULL_CONTEXT, together(modify("*")), modify("line/1"))) == [None, None]
    assert codes(rig.one(NULL_CONTEXT, modify("line/1", "line/2"), optional(modify("line/1")))) == [None, None, 533]


def test_replies_are_counted_over_the_transaction() -> None:
    """Names in a list count too."""
    rig = Rig(*_lines(9), most_replies=10)
    reply = rig.one(NULL_CONTEXT, value("*"), modify("line/1"), modify("line/2"))
    assert [getattr(getattr(one, "error", None), "code", None) for one in reply.replies] == [None, None, 533]
    assert isinstance(reply.replies[0], ContextAuditReply)


def test_too_many_contexts_to_tell_of() -> None:
    """533 at the action, or for ROOT at the command."""
    rig = Rig(most_replies=3)
    for _ in range(4):
        rig.new("$")
    assert rig.refused(ALL_CONTEXTS, audit=ContextAudit((ContextAuditItem.PRIORITY,))) == 533
    assert rig.code(ALL_CONTEXTS, value("ROOT")) == 533
    assert rig.code(ALL_CONTEXTS, modify("*")) == 533


def test_topology_is_too_long_to_tell() -> None:
    """533 beside the replies to the commands, which were carried out."""
    rig = Rig(most_replies=9)
    isolated = ContextProperties((TopologyRequest("*", "*", TopologyDirection.ISOLATE),))
    context = rig.new("$", "$", "$", "$")
    rig.one(context, properties=isolated)
    audit = ContextAudit((ContextAuditItem.TOPOLOGY,))
    told = rig.one(context, modify("rtp/1", "rtp/2", "rtp/3"), audit=audit)
    assert told.properties is not None
    assert len(told.properties.topology) == 6
    reply = rig.one(context, modify("*"), audit=audit)
    assert (codes(reply), reply.properties, reply.error and reply.error.code) == ([None] * 4, None, 533)


def test_an_audit_of_all_contexts_may_fail_after_the_commands() -> None:
    """The error stands by itself, under all contexts; what was replied stays."""
    rig = Rig(most_replies=5)
    isolated = ContextProperties((TopologyRequest("*", "*", TopologyDirection.ISOLATE),))
    for _ in range(2):
        rig.one(CHOOSE_CONTEXT, add("$"), add("$"), add("$"), properties=isolated)
    audit = ContextAudit((ContextAuditItem.TOPOLOGY,))
    replies = rig.run(action(ALL_CONTEXTS, modify("rtp/1"), audit=audit))
    assert [(one.context_id, codes(one), one.error and one.error.code) for one in replies] == [
        (1, [None], None),
        (ALL_CONTEXTS, [], 533),
    ]


def test_a_union_may_be_too_long() -> None:
    """533 says that it was done all the same."""
    rig = Rig(*_lines(4), most_replies=3)
    rig.app = lambda call: PackagesDescriptor((call.arguments[0].name,))
    error = rig.error(NULL_CONTEXT, together(value("*", items=[AuditItem.PACKAGES])))
    assert (error.code, error.text) == (533, "The commands were carried out, but differ in more than 3 descriptors")
    assert rig.one(NULL_CONTEXT, together(value("line/0*", items=[AuditItem.PACKAGES]))).error is None


def test_comparisons_are_counted_over_the_transaction() -> None:
    """510; optional commands cannot go on forever."""
    rig = Rig(*_lines(100), most_comparisons=1_000)
    reply = rig.one(NULL_CONTEXT, *(optional(modify("*x")) for _ in range(20)))
    assert codes(reply) == [431] * 10 + [510] * 10
    assert rig.code(NULL_CONTEXT, modify("*x")) == 431


@pytest.mark.parametrize("many", [2_000])
def test_attributes_are_counted_too(many: int) -> None:
    """Properties of many contexts, asked for by many names; topology of many triples."""
    rig = Rig(most_comparisons=10_000)
    parms = tuple(PropertyParm(f"x/{number}", Value("1")) for number in range(100))
    for _ in range(3):
        rig.one(CHOOSE_CONTEXT, add("$"), properties=ContextProperties(properties=parms))
    names = tuple(f"x/{number}*" for number in range(many))
    assert rig.refused(1, audit=ContextAudit(properties=names)) == 510
    assert rig.refused(1, audit=ContextAudit(properties=("x/1",) * 6 * many)) == 510
    asked = tuple(PropertyAudit(name, Value("1")) for name in names)
    assert rig.refused(ALL_CONTEXTS, audit=ContextAudit(attributes=asked * 3)) == 510
    triples = tuple(TopologyRequest("$", f"t{number}", TopologyDirection.ISOLATE) for number in range(many))
    brought = [add("$"), *(add(f"t*{number}") for number in range(200))]
    assert rig.refused(1, *brought, properties=ContextProperties(triples)) == 510


def test_a_hundred_thousand_terminations_are_no_burden() -> None:
    """What concerns one of them costs as much as with ten: nothing is searched."""
    rig = Rig(*_lines(100_000), app=accept, most_terminations=200_000)
    before = time.process_time()
    for number in range(500):
        context = rig.one(CHOOSE_CONTEXT, add(f"line/{number}"), add("rtp/$")).context_id
        rig.one(context, subtract("*", audit=NOTHING))
    rig.one(NULL_CONTEXT, modify("line/99999*"))
    assert time.process_time() - before < 5.0
    assert rig.code(NULL_CONTEXT, modify("*")) == 533
    reply = rig.one(NULL_CONTEXT, together(modify("*")))
    assert reply.replies[0].termination_ids == ("*",)
    assert len(rig.calls) == 100_000


def test_one_transaction_at_a_time(rig: Rig) -> None:
    """A second that begins while the first is under way is the driver's mistake."""
    from megaco.message import TransactionRequest

    request = TransactionRequest(1, (action(CHOOSE_CONTEXT, add("$")),))
    first = rig.contexts.execute(request, 1, 0.0)
    second = rig.contexts.execute(request, 1, 0.0)
    next(first)
    with pytest.raises(LocalError, match="another transaction"):
        next(second)
    first.close()
    assert rig.drive(rig.contexts.execute(request, 1, 0.0)) == (ActionReply(2, replies=(AddReply(("rtp/1",)),)),)


def test_a_choice_costs_no_search_of_other_groups() -> None:
    """Physical terminations are looked for where the pattern begins."""
    rig = Rig(*_lines(100), most_comparisons=5)
    assert rig.reply(CHOOSE_CONTEXT, add("rtp/$")) == AddReply(("rtp/1",))
    assert rig.reply(CHOOSE_CONTEXT, add("line/7$")) == AddReply(("line/7",))
    (choose, call) = rig.calls
    assert isinstance(call, CommandCall)
    assert choose.method == "choose"
