"""Flows between terminations, one by one."""

from hypothesis import given
from hypothesis import strategies as st

from megaco.contexts import Topology
from megaco.message import TopologyDirection, TopologyRequest

_D = TopologyDirection


def test_the_default_is_both_ways() -> None:
    """Each termination hears every other (clause 7.1.18)."""
    topology = Topology()
    assert topology.between("a", "b") == TopologyRequest("a", "b", _D.BOTHWAY)
    assert topology.between("a", "b", 2) == TopologyRequest("a", "b", _D.BOTHWAY, 2)
    assert list(topology) == []


def test_a_flow_is_found_from_both_ends_in_any_case() -> None:
    """It says itself which way it goes."""
    topology = Topology()
    flow = TopologyRequest("A", "b", _D.ONEWAY)
    topology.set(flow)
    assert topology.between("b", "a") == topology.between("a", "B") == flow
    assert list(topology) == [flow]
    topology.set(TopologyRequest("b", "a", _D.ISOLATE))
    assert list(topology) == [TopologyRequest("b", "a", _D.ISOLATE)]


def test_both_ways_is_the_default_again() -> None:
    """What undoes a flow is not kept."""
    topology = Topology()
    topology.set(TopologyRequest("a", "b", _D.ISOLATE))
    topology.set(TopologyRequest("b", "a", _D.BOTHWAY))
    assert list(topology) == []
    assert (topology._flows, topology.count) == ({}, 0)


def test_a_stream_may_differ_from_the_others() -> None:
    """What is said without stream later goes for all again."""
    topology = Topology()
    topology.set(TopologyRequest("a", "b", _D.ISOLATE))
    topology.set(TopologyRequest("a", "b", _D.BOTHWAY, 1))
    assert topology.between("a", "b", 1).direction is _D.BOTHWAY
    assert topology.between("a", "b", 2).direction is _D.ISOLATE
    assert topology.count == 2
    topology.set(TopologyRequest("a", "b", _D.BOTHWAY))
    assert topology.count == 0


def test_a_termination_takes_its_flows_with_it() -> None:
    """Those between others stay."""
    topology = Topology()
    for one, other in (("a", "b"), ("b", "c"), ("a", "c")):
        topology.set(TopologyRequest(one, other, _D.ISOLATE))
    topology.forget("A")
    assert list(topology) == [TopologyRequest("b", "c", _D.ISOLATE)]
    topology.forget("b")
    topology.forget("c")
    assert (topology._flows, topology.count) == ({}, 0)


_NAMES = st.sampled_from("abc")
_FLOWS = st.builds(TopologyRequest, _NAMES, _NAMES, st.sampled_from(_D), st.none() | st.integers(1, 2)).filter(
    lambda flow: flow.termination_from != flow.termination_to
)


@given(st.lists(_FLOWS | _NAMES, max_size=20))
def test_topology_is_what_was_said_last(steps: list[TopologyRequest | str]) -> None:
    """Compared with a list that is searched from its end."""
    topology, said = Topology(), list[TopologyRequest]()
    for step in steps:
        if isinstance(step, str):
            topology.forget(step)
            said = [one for one in said if step not in (one.termination_from, one.termination_to)]
        else:
            topology.set(step)
            said.append(step)
    for one, other in (("a", "b"), ("a", "c"), ("b", "c")):
        for stream in (None, 1, 2, 3):
            pair = [
                flow
                for flow in said
                if {flow.termination_from, flow.termination_to} == {one, other} and flow.stream_id in (None, stream)
            ]
            wanted = pair[-1] if pair else TopologyRequest(one, other, _D.BOTHWAY, stream)
            found = topology.between(one, other, stream)
            assert found.direction is wanted.direction
            if wanted.direction is not _D.BOTHWAY:
                assert found == wanted
    assert topology.count == len(list(topology))
