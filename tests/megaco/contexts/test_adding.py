"""Add: CHOOSE, names, ALL; what is physical and what is ephemeral."""

from typing import Any

import pytest

from megaco.contexts import Call, ChooseCall, CommandCall, CommandError, ContextsConfig
from megaco.errors import LocalError
from megaco.message import (
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    AddReply,
    AddRequest,
    ErrorDescriptor,
    MediaDescriptor,
    ServiceState,
    StreamDescriptor,
    StreamMode,
    TerminationStateDescriptor,
)
from megaco.message.descriptors import LocalControlDescriptor

from .rig import Rig, accept, add, idle, modify, optional, refuse, service_change, subtract

_MEDIA = MediaDescriptor(streams=(StreamDescriptor(1, LocalControlDescriptor(StreamMode.INACTIVE)),))


def test_the_application_adds_one_termination_at_a_time(rig: Rig) -> None:
    """The command that it sees names that termination alone; what it returns is the reply."""
    told = MediaDescriptor(streams=(StreamDescriptor(1),))
    rig.app = lambda call: told if isinstance(call, CommandCall) else None
    reply = rig.reply(CHOOSE_CONTEXT, add("rtp/$", descriptors=[_MEDIA]))
    assert reply == AddReply(("rtp/1",), (told,))
    assert rig.said == ["choose rtp/$", "add rtp/1"]
    _, call = rig.calls
    assert isinstance(call, CommandCall)
    assert call.command == AddRequest(("rtp/1",), (_MEDIA,))
    assert call.arguments == (call.termination, call.command)


def test_during_add_the_termination_is_in_its_context(rig: Rig) -> None:
    """So the application can look at the others."""
    seen: list[Any] = []

    def app(call: Call) -> None:
        if isinstance(call, CommandCall):
            assert call.termination.context is not None
            seen.append(list(call.termination.context.terminations))

    rig.app = app
    rig.one(CHOOSE_CONTEXT, add("$"), add("$"))
    assert seen == [["rtp/1"], ["rtp/1", "rtp/2"]]


@pytest.mark.parametrize(
    ("asked", "ephemeral", "name"),
    [
        ("$", ("rtp/$", "*"), "rtp/1"),
        ("$", ("ip/7/$/x",), "ip/7/1/x"),
        ("ATM/$", ("rtp/$", "*"), "ATM/1"),
        ("a$", ("*",), "a1"),
        ("ip/3/core/$", ("ip/*/core/$",), "ip/3/core/1"),
        ("a/$/b/$", ("*",), "a/1/b/1"),
    ],
)
def test_a_name_is_made_from_the_pattern(asked: str, ephemeral: tuple[str, ...], name: str) -> None:
    """``$`` becomes a number."""
    rig = Rig(ephemeral=ephemeral)
    assert rig.reply(CHOOSE_CONTEXT, add(asked)) == AddReply((name,))


@pytest.mark.parametrize(
    ("asked", "ephemeral"),
    [("$", ("*",)), ("$", ("ip/*/core/$",)), ("$", ()), ("atm/$", ("rtp/$",)), ("ip/1/lan/$", ("ip/*/core/$",))],
)
def test_what_the_gateway_cannot_make_is_unknown(asked: str, ephemeral: tuple[str, ...]) -> None:
    """430, in a reply that names what was asked."""
    rig = Rig(ephemeral=ephemeral)
    reply = rig.reply(CHOOSE_CONTEXT, add(asked))
    assert isinstance(reply, AddReply)
    assert reply.termination_ids == (asked,)
    assert reply.error is not None
    assert reply.error.code == 430
    rig.check()


def test_numbers_are_not_given_again_at_once() -> None:
    """They go round, over those in use; where none is left 432 says so."""
    rig = Rig(highest_number=3)
    context = rig.new("$", "$")
    rig.one(context, subtract("rtp/1"))
    assert rig.reply(context, add("$")) == AddReply(("rtp/3",))
    assert rig.reply(context, add("$")) == AddReply(("rtp/1",))
    assert rig.code(context, add("$")) == 432
    assert rig.reply(context, add("atm/$")) == AddReply(("atm/3",))


def test_there_may_be_too_many_terminations() -> None:
    """432 for an ephemeral one; 434 in one context."""
    rig = Rig("tdm/1", most_terminations=3, most_terminations_per_context=2)
    context = rig.new("$", "$")
    assert rig.code(context, add("$")) == 434
    assert rig.code(context, add("tdm/1")) == 434
    assert rig.code(CHOOSE_CONTEXT, add("$")) == 432
    rig.app = lambda call: "rtp/77" if isinstance(call, ChooseCall) else None
    assert rig.code(CHOOSE_CONTEXT, add("$")) == 432
    with pytest.raises(LocalError, match="all that the settings allow"):
        rig.contexts.provision("tdm/2")
    rig.check()


def test_no_name_is_chosen_for_a_context_that_is_full() -> None:
    """The application is not asked in vain."""
    rig = Rig(most_terminations_per_context=1)
    context = rig.new("$")
    assert rig.code(context, add("$")) == 434
    assert rig.calls == []


def test_the_application_may_choose(rig: Rig) -> None:
    """A name that is new makes an ephemeral termination."""
    rig.app = lambda call: "RTP/blue" if isinstance(call, ChooseCall) else None
    assert rig.reply(CHOOSE_CONTEXT, add("rtp/$")) == AddReply(("RTP/blue",))
    termination = rig.contexts.find("rtp/BLUE")
    assert termination is not None
    assert (termination.name, termination.is_provisioned) == ("RTP/blue", False)


def test_the_application_may_choose_an_idle_termination() -> None:
    """By its name, or by itself; nothing is made."""
    for result in ("TDM/2", None):
        rig = Rig("tdm/1", "tdm/2")
        wanted = result or rig.contexts.find("tdm/2")
        rig.app = lambda call, wanted=wanted: wanted if isinstance(call, ChooseCall) else None  # type: ignore[misc]
        assert rig.reply(CHOOSE_CONTEXT, add("$")) == AddReply(("tdm/2",))
        assert rig.places == {"tdm/1": NULL_CONTEXT, "tdm/2": 1}


def test_the_application_cannot_choose_what_is_taken() -> None:
    """500 tells whose fault it is."""
    rig = Rig("tdm/1")
    context = rig.new("tdm/1")
    rig.app = lambda call: "tdm/1" if isinstance(call, ChooseCall) else None
    error = rig.error(context, add("$"))
    assert (error.code, error.text) == (500, "tdm/1 was chosen, which is in context 1 already")
    rig.check()


def test_the_application_may_have_nothing_to_choose(rig: Rig) -> None:
    """What it raises is the answer."""

    def app(call: Call) -> None:
        raise CommandError(432, "all ports are taken")

    rig.app = app
    assert rig.reply(CHOOSE_CONTEXT, add("rtp/$")) == AddReply(
        ("rtp/$",), (ErrorDescriptor(432, "all ports are taken"),)
    )
    assert dict(rig.contexts.contexts) == {}


@pytest.mark.parametrize("result", ["rtp/$", "*", "", "ROOT", "atm/1", 7, "rtp"])
def test_what_is_no_choice_is_the_applications_fault(rig: Rig, result: object) -> None:
    """LocalError, so that the driver can log it: no termination's name, or none that was asked for."""
    execution = rig.contexts.execute(_request(add("rtp/$")), 1, 0.0)
    with pytest.raises(LocalError, match="choose returned"):
        next(execution).accept(result)


def test_physical_terminations_are_chosen_within_their_group() -> None:
    """An idle one that matches, and 432 when there is none: nothing ephemeral is made in its place."""
    rig = Rig("tdm/1/1", "tdm/1/2", "tdm/2/1")
    first = rig.new("tdm/1/$", "tdm/1/$")
    assert rig.places == {"tdm/1/1": first, "tdm/1/2": first, "tdm/2/1": NULL_CONTEXT}
    assert rig.code(first, add("tdm/1/$")) == 432
    assert rig.reply(first, add("tdm/$/1")) == AddReply(("tdm/2/1",))
    assert rig.reply(first, add("tdm/3/$")) == AddReply(("tdm/3/1",))


def test_choose_alone_does_not_seize_a_circuit() -> None:
    """It asks for an ephemeral termination unless the application says otherwise."""
    rig = Rig("tdm/1")
    assert rig.reply(CHOOSE_CONTEXT, add("$")) == AddReply(("rtp/1",))


def test_what_is_not_in_service_is_not_chosen() -> None:
    """Neither what is out of service nor what leaves it."""
    rig = Rig("tdm/1", "tdm/2", "tdm/3")
    rig.reply(NULL_CONTEXT, service_change("tdm/1"))
    rig.reply(NULL_CONTEXT, modify("tdm/2", descriptors=[_state(ServiceState.OUT_OF_SERVICE)]))
    assert rig.reply(CHOOSE_CONTEXT, add("tdm/$")) == AddReply(("tdm/3",))
    assert rig.code(CHOOSE_CONTEXT, add("tdm/$")) == 432


def test_a_physical_termination_is_added_by_its_name() -> None:
    """In any case; the gateway's spelling is kept."""
    rig = Rig("Tdm/1")
    assert rig.reply(CHOOSE_CONTEXT, add("tDM/1")) == AddReply(("Tdm/1",))
    assert rig.places == {"Tdm/1": 1}


def test_a_termination_is_in_one_context_only() -> None:
    """433 in its own as in another; 430 for one that is nowhere."""
    rig = Rig("tdm/1")
    first, second = rig.new("$", "tdm/1"), rig.new("$")
    for context in (first, second):
        assert rig.code(context, add("TDM/1")) == 433
        assert rig.code(context, add("rtp/1")) == 433
        assert rig.code(context, add("tdm/2")) == 430
    assert rig.calls == []


@pytest.mark.parametrize(("name", "code"), [("ROOT", 410), ("root", 410), ("$/*", 410), ("*$", 410)])
def test_some_names_can_never_be_added(rig: Rig, name: str, code: int) -> None:
    """410: ROOT (clause 6.2.5), and both wildcards at once."""
    assert rig.code(CHOOSE_CONTEXT, add(name)) == code


def test_all_adds_what_is_idle() -> None:
    """Each with its own reply; 431 where nothing idle matches."""
    rig = Rig("tdm/1", "tdm/2", "tdm/3", "isdn/1")
    context = rig.new("tdm/2")
    reply = rig.one(context, add("tdm/*"))
    assert reply.replies == (AddReply(("tdm/1",)), AddReply(("tdm/3",)))
    assert rig.code(context, add("tdm/*")) == 431
    assert rig.places["isdn/1"] == NULL_CONTEXT


def test_all_is_attempted_after_a_failure() -> None:
    """Then the transaction ends (clause 8)."""
    rig = Rig("tdm/1", "tdm/2", "tdm/3", app=refuse("tdm/2"))
    reply = rig.one(CHOOSE_CONTEXT, add("*"), add("$"))
    assert [(one.termination_ids, one.error and one.error.code) for one in reply.replies] == [
        (("tdm/1",), None),
        (("tdm/2",), 510),
        (("tdm/3",), None),
    ]
    assert rig.places == {"tdm/1": 1, "tdm/2": NULL_CONTEXT, "tdm/3": 1}


def test_a_list_is_taken_name_by_name() -> None:
    """Version 3: each has its reply, and one that fails does not keep the others from being attempted."""
    rig = Rig("tdm/1")
    reply = rig.one(CHOOSE_CONTEXT, add("$", "tdm/9", "tdm/1", "$"))
    assert [one.termination_ids[0] for one in reply.replies] == [
        "rtp/1",
        "tdm/9",
        "tdm/1",
        "rtp/2",
    ]


def test_a_command_names_something(rig: Rig) -> None:
    """442 for one that names nothing, which only code can write."""
    assert rig.code(CHOOSE_CONTEXT, add()) == 442


def test_a_failed_add_leaves_no_termination() -> None:
    """An ephemeral one is gone, a physical one idle; its number is spent."""
    rig = Rig("tdm/1", app=refuse("tdm/1", "rtp/1"))
    reply = rig.one(CHOOSE_CONTEXT, optional(add("$")), optional(add("tdm/1")))
    assert [one.termination_ids for one in reply.replies] == [("$",), ("tdm/1",)]
    assert rig.places == idle("tdm/1")
    rig.check()
    rig.app = accept
    assert rig.reply(CHOOSE_CONTEXT, add("$")) == AddReply(("rtp/2",))


@pytest.mark.parametrize("name", ["", "ROOT", "tdm/*", "tdm/$", "TDM/1"])
def test_a_name_can_be_provisioned_once(name: str) -> None:
    """And not one that stands for others."""
    rig = Rig("tdm/1")
    with pytest.raises(LocalError):
        rig.contexts.provision(name)


def test_a_physical_termination_can_be_withdrawn_while_it_is_idle() -> None:
    """Then its name is unknown."""
    rig = Rig("tdm/1", "tdm/2")
    rig.new("tdm/1")
    for name in ("tdm/1", "tdm/3", "ROOT"):
        with pytest.raises(LocalError):
            rig.contexts.withdraw(name)
    rig.contexts.withdraw("TDM/2")
    rig.check()
    assert rig.code(CHOOSE_CONTEXT, add("tdm/2")) == 430


def test_forms_have_a_place_for_the_number() -> None:
    """Settings that cannot work are refused at once."""
    with pytest.raises(ValueError, match="rtp"):
        ContextsConfig(ephemeral=("rtp/*",))
    with pytest.raises(ValueError, match="highest_number"):
        ContextsConfig(highest_number=0)


def _state(state: ServiceState) -> MediaDescriptor:
    return MediaDescriptor(TerminationStateDescriptor(state))


def _request(command: AddRequest) -> Any:
    from megaco.message import TransactionRequest

    from .rig import action

    return TransactionRequest(1, (action(CHOOSE_CONTEXT, command),))
