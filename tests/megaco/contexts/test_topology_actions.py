"""Topology in actions: who hears whom, also of terminations that the same action brings (H.248.1 clause 7.1.18)."""

import pytest

from megaco.contexts import Call, CommandCall
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    Command,
    ContextAudit,
    ContextAuditItem,
    ContextProperties,
    TopologyDirection,
    TopologyRequest,
)

from .rig import Rig, accept, add, codes, modify, move, optional, refuse, subtract

_D = TopologyDirection
_AUDIT = ContextAudit((ContextAuditItem.TOPOLOGY,))
_Triple = tuple[str, str, TopologyDirection]
_DEFAULT = [("*", "*", _D.BOTHWAY)]


def _topology(*triples: _Triple | TopologyRequest) -> ContextProperties:
    return ContextProperties(
        topology=tuple(one if isinstance(one, TopologyRequest) else TopologyRequest(*one) for one in triples)
    )


def _told(rig: Rig, context: int) -> list[_Triple]:
    properties = rig.one(context, audit=_AUDIT).properties
    assert properties is not None
    return [(one.termination_from, one.termination_to, one.direction) for one in properties.topology]


def test_the_figure_of_the_standard(rig: Rig) -> None:
    """Figure 7, one after the other."""
    context = rig.new("$", "$", "$")
    t1, t2, t3 = "rtp/1", "rtp/2", "rtp/3"
    for said, told in (
        ((t1, t2, _D.ISOLATE), [(t1, t2, _D.ISOLATE)]),
        ((t3, t2, _D.ONEWAY), [(t1, t2, _D.ISOLATE), (t3, t2, _D.ONEWAY)]),
        ((t2, t3, _D.ONEWAY), [(t1, t2, _D.ISOLATE), (t2, t3, _D.ONEWAY)]),
        ((t2, t3, _D.BOTHWAY), [(t1, t2, _D.ISOLATE)]),
        ((t1, t2, _D.BOTHWAY), _DEFAULT),
    ):
        rig.one(context, properties=_topology(said))
        assert _told(rig, context) == told


def test_choose_stands_for_the_first_that_is_chosen(rig: Rig) -> None:
    """The triple comes before the Add that chooses; a second one is not meant."""
    context = rig.new("$", "$")
    rig.one(context, add("$"), add("$"), properties=_topology(("rtp/1", "$", _D.ISOLATE)))
    assert _told(rig, context) == [("rtp/1", "rtp/3", _D.ISOLATE)]


def test_a_chosen_termination_that_failed_is_not_meant(rig: Rig) -> None:
    """The next Add that chooses is the first that did."""
    context = rig.new("$")
    rig.app = refuse("rtp/2")
    rig.one(context, optional(add("$")), add("$"), properties=_topology(("$", "*", _D.ISOLATE)))
    assert _told(rig, context) == [("rtp/3", "rtp/1", _D.ISOLATE)]
    rig.check()


def test_names_may_be_of_terminations_that_are_yet_to_come() -> None:
    """A physical one by its name or a wildcard, one that is moved; it is connected when the application hears of it."""
    rig = Rig("tdm/1", "tdm/2")
    other = rig.new("$")
    context = rig.new("$")
    seen: list[TopologyDirection] = []

    def app(call: Call) -> None:
        if isinstance(call, CommandCall) and call.termination.context is not None:
            seen.append(call.termination.context.topology.between("rtp/2", call.termination.name).direction)

    rig.app = app
    said = _topology(("tdm/1", "rtp/2", _D.ONEWAY), ("tdm/2", "rtp/2", _D.ISOLATE), ("rtp/1", "rtp/2", _D.ISOLATE))
    rig.one(context, add("tdm/1"), add("tdm/2*"), move("RTP/1"), properties=said)
    assert seen == [_D.ONEWAY, _D.ISOLATE, _D.ISOLATE]
    assert sorted(_told(rig, context), key=str) == sorted(
        [("tdm/1", "rtp/2", _D.ONEWAY), ("tdm/2", "rtp/2", _D.ISOLATE), ("rtp/1", "rtp/2", _D.ISOLATE)], key=str
    )
    assert other not in rig.contexts.contexts


def test_the_last_triple_is_the_one_that_holds(rig: Rig) -> None:
    """They are applied in sequence, wildcards included."""
    context = rig.new("$", "$", "$")
    rig.one(context, properties=_topology(("*", "*", _D.ISOLATE), ("rtp/1", "rtp/2", _D.BOTHWAY)))
    assert {frozenset(told[:2]) for told in _told(rig, context)} == {
        frozenset(("rtp/1", "rtp/3")),
        frozenset(("rtp/2", "rtp/3")),
    }


def test_what_comes_later_is_connected_by_default(rig: Rig) -> None:
    """A wildcard is not kept for terminations of later actions."""
    context = rig.new("$", "$")
    rig.one(context, properties=_topology(("*", "*", _D.ISOLATE)))
    rig.one(context, add("$"))
    assert len(_told(rig, context)) == 1


def test_a_termination_takes_its_topology_with_it() -> None:
    """Subtracted, moved, or added in vain."""
    rig = Rig("tdm/1")
    context, other = rig.new("$", "$"), rig.new("$")
    rig.one(context, properties=_topology(("rtp/1", "rtp/2", _D.ISOLATE)))
    rig.app = refuse("rtp/2", "tdm/1")
    rig.one(other, move("rtp/2"))
    assert _told(rig, context) == [("rtp/1", "rtp/2", _D.ISOLATE)]
    rig.one(context, add("tdm/1"), properties=_topology(("tdm/1", "rtp/1", _D.ISOLATE)))
    assert _told(rig, context) == [("rtp/1", "rtp/2", _D.ISOLATE)]
    rig.app = accept
    rig.one(other, move("rtp/2"))
    assert _told(rig, context) == _told(rig, other) == _DEFAULT
    rig.one(other, properties=_topology(("rtp/3", "rtp/2", _D.ISOLATE)))
    rig.one(other, subtract("rtp/3"))
    assert _told(rig, other) == _DEFAULT
    rig.check()


def test_a_stream_has_its_own_topology(rig: Rig) -> None:
    """Since version 2."""
    context = rig.new("$", "$")
    flow = TopologyRequest("rtp/1", "rtp/2", _D.ISOLATE, 2)
    rig.one(context, properties=_topology(flow))
    reply = rig.one(context, audit=_AUDIT)
    assert reply.properties == ContextProperties(topology=(flow,))


@pytest.mark.parametrize(
    ("triple", "commands", "code"),
    [
        (("rtp/1", "$", _D.ISOLATE), [modify("*")], 422),  # nothing chooses
        (("rtp/1", "$", _D.ISOLATE), [add("tdm/1")], 422),
        (("rtp/1", "rtp/$", _D.ISOLATE), [add("$")], 422),  # no partial name (clause 7.1.18)
        (("ROOT", "rtp/1", _D.ISOLATE), [], 410),
        (("rtp/1", "rtp/9", _D.ISOLATE), [], 430),
        (("rtp/1", "rtp/3", _D.ISOLATE), [], 435),
        (("rtp/1", "tdm/1", _D.ISOLATE), [subtract("tdm/1")], 435),
        (("*", "rtp/1", _D.ONEWAY), [], 422),  # a termination that matches both ends
        (("rtp/1", "*", _D.ONEWAY_BOTH), [], 422),
        (("rtp/*", "rtp/2", _D.ONEWAY), [], 422),
        (("rtp/1", "RTP/1", _D.ONEWAY_EXTERNAL), [], 422),
    ],
)
def test_triples_that_can_mean_nothing(triple: _Triple, commands: list[Command], code: int) -> None:
    """The action is refused, and none of its commands is carried out."""
    rig = Rig("tdm/1")
    context = rig.new("$", "$")
    rig.new("$")
    assert rig.refused(context, *commands, properties=_topology(triple)) == code
    assert rig.calls == []
    assert _told(rig, context) == _DEFAULT


def test_both_ways_to_itself_is_no_loop(rig: Rig) -> None:
    """It is allowed, and means nothing (clause 7.1.18)."""
    context = rig.new("$")
    rig.one(context, properties=_topology(("rtp/1", "rtp/1", _D.BOTHWAY), ("*", "rtp/1", _D.ISOLATE)))
    assert _told(rig, context) == _DEFAULT


def test_topology_is_optional_to_implement() -> None:
    """444 says its name."""
    rig = Rig(supports_topology=False)
    context = rig.new("$")
    reply = rig.one(context, properties=_topology(("*", "*", _D.BOTHWAY)))
    assert reply.error is not None
    assert (reply.error.code, reply.error.text) == (444, "Unsupported or unknown descriptor: Topology")
    assert rig.one(context, modify("*"), properties=ContextProperties(priority=1)).error is None


def test_topology_of_all_contexts(rig: Rig) -> None:
    """Applied in each."""
    first, second = rig.new("$", "$"), rig.new("$", "$")
    rig.one(ALL_CONTEXTS, properties=_topology(("*", "*", _D.ISOLATE)))
    assert len(_told(rig, first)) == len(_told(rig, second)) == 1
    assert _told(rig, second) != _DEFAULT


def test_topology_is_bounded() -> None:
    """510, for those that are there and for those that come."""
    rig = Rig(most_flows=3)
    context = rig.new("$", "$", "$")
    assert rig.refused(context, properties=_topology(("*", "*", _D.ISOLATE))) == 510
    assert rig.one(context, properties=_topology(("rtp/1", "*", _D.ISOLATE))).error is None
    reply = rig.one(context, add("$"), properties=_topology(("$", "*", _D.ISOLATE)))
    assert codes(reply) == [510]
    assert len(_told(rig, context)) == 2
    rig.check()


def test_a_new_context_with_topology(rig: Rig) -> None:
    """The usual way of a conference: what the triples name, the same action brings."""
    reply = rig.one(
        CHOOSE_CONTEXT, add("$"), add("$"), add("$"), properties=_topology(("$", "*", _D.ISOLATE)), audit=_AUDIT
    )
    assert reply.properties is not None
    assert {(one.termination_from, one.termination_to) for one in reply.properties.topology} == {
        ("rtp/1", "rtp/2"),
        ("rtp/1", "rtp/3"),
    }
