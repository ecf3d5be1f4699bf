"""``h248 check`` and ``h248 decode`` with ``--profile``: the codec's commands, and what a profile says beside them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from iq_profile.profile import SHIPPED, Finding, Profile, Spoken, judge, judge_exchange, load_profile
from iq_profile.profile.notes import procedure_notes
from megaco import Dictionary, Message
from megaco.codec import is_binary, locate
from megaco.commands.check import Checked, Judge
from megaco.commands.check import check as check_messages
from megaco.commands.decode import decode as decode_messages
from megaco.commands.findings import Report
from megaco.packages import load_registry
from megaco.refusals import paths_of

_PROFILE_HELP = f"{', '.join(SHIPPED)}, or a TOML file of one's own."
_TRANSPORTS = ["sctp", "udp", "tcp"]


def _extended(
    command: click.Command, callback: Callable[..., Any], examples: str, *options: click.Option
) -> click.Command:
    """Return a command with more options, which its callback takes before it calls the command's own."""
    return click.Command(
        command.name,
        params=[*options, *command.params],
        callback=callback,
        help=f"{(command.help or '').rstrip()}\n{examples}",
        epilog=command.epilog,
    )


# ----------------------------------------------------------------------------------------------------------- check


def _check(profile: str | None, exchange: bool, transport: str | None, **arguments: Any) -> None:
    if profile is None and (exchange or transport):
        raise click.UsageError("--exchange and --transport say how messages are judged by a --profile")
    assert check_messages.callback is not None
    judge = _judge(_loaded(profile, arguments["packages"]), exchange, transport) if profile is not None else None
    check_messages.callback(judge=judge, **arguments)


def _loaded(source: str, packages: Sequence[Path]) -> Profile:
    """Read a profile; its items are of the packages that the command knows."""
    return load_profile(source, load_registry(packages) if packages else None)


def _judge(profile: Profile, exchange: bool, transport: Any) -> Judge:
    return Judge(
        lambda checked, dictionary: _reports(checked, dictionary, profile, exchange, transport), is_of_exchange=exchange
    )


def _reports(
    checked: Sequence[Checked], dictionary: Dictionary | None, profile: Profile, exchange: bool, transport: Any
) -> Iterator[Report]:
    """Judge messages; those that break rules are judged again with the places of their nodes known."""
    messages = [one.message for one in checked]
    findings = _findings(checked, messages, profile, exchange, transport)
    broken = {finding.index for finding in findings}
    located = {index: locate(checked[index].octets, dictionary=dictionary) for index in sorted(broken)}
    messages = [located[index][0] if index in located else one for index, one in enumerate(messages)]
    paths = {index: paths_of(message) for index, (message, _) in located.items()}
    for finding in _findings(checked, messages, profile, exchange, transport) if broken else ():
        yield Report(
            checked[finding.index].file,
            finding.severity,
            finding.rule_name,
            finding.what,
            located[finding.index][1].get(id(finding.node), ""),
            paths[finding.index].get(id(finding.node), ""),
            finding.rule.clause,
            finding.provenance,
        )


def _findings(
    checked: Sequence[Checked], messages: Sequence[Message], profile: Profile, exchange: bool, transport: Any
) -> list[Finding]:
    spoken = [
        Spoken(message, "binary" if is_binary(one.octets) else "text", transport)
        for one, message in zip(checked, messages, strict=True)
    ]
    if exchange:
        return judge_exchange(spoken, profile)
    (one,) = spoken
    return judge(one.message, profile, encoding=one.encoding, transport=one.transport)


_CHECK_EXAMPLES = """
    With --profile a message is held to a profile too: what it breaks is error[RULE] or warning[RULE] with the clause
    where the rule stands. A rule that was not read there is a warning and says so: recalled, or assumed.

    \b
      h248 check --profile iq add-request.txt
      h248 check --profile iq --exchange fixtures/msrp-originating/*.h248
      h248 check --profile my-profile.toml --json captured/*.txt | jq .label
"""

check = _extended(
    check_messages,
    _check,
    _CHECK_EXAMPLES,
    click.Option(["--profile"], metavar="NAME|FILE", help=f"Hold messages to a profile: {_PROFILE_HELP}"),
    click.Option(["--exchange"], is_flag=True, help="The files are one exchange, in their order."),
    click.Option(["--transport"], type=click.Choice(_TRANSPORTS), help="What the messages came over."),
)

# ---------------------------------------------------------------------------------------------------------- decode


def _decode(profile: str, **arguments: Any) -> None:
    assert decode_messages.callback is not None
    notes = None
    if profile != "none" and (arguments["out"] == "tree" or profile not in SHIPPED):
        known = _loaded(profile, arguments["packages"])

        def notes(message: Message, _: Dictionary | None) -> Mapping[int, str]:
            return procedure_notes(message, known)

    decode_messages.callback(notes=notes, **arguments)


_DECODE_EXAMPLES = """
    A tree says which procedure of a profile each command is, and what its items are.
"""

decode = _extended(
    decode_messages,
    _decode,
    _DECODE_EXAMPLES,
    click.Option(
        ["--profile"],
        metavar="NAME|FILE",
        default="iq",
        show_default=True,
        help=f"Whose procedures a tree names: {_PROFILE_HELP} none: nobody's.",
    ),
)
