"""``h248 demo``: whole call flows on loopback."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Literal

import click

from iq_profile.flow.ladder import render_text
from iq_profile.flow.run import PARTICIPANTS, FlowOptions, FlowResult, run_flow
from iq_profile.flow.steps import PROCEDURES
from iq_profile.flow.svg import render_svg_document
from megaco.commands.dictionaries import packages_option
from megaco.commands.inputs import EXIT_CODES
from megaco.errors import MegacoError
from megaco.sdp import Setup
from megaco.transport import capture

_NARROW, _WIDE = 80, 120
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=EXIT_CODES)
@click.argument("procedures", nargs=-1, metavar="[PROCEDURE...|all]", type=click.Choice([*PROCEDURES, "all"]))
@click.option("--setup", type=click.Choice(["active", "passive"]), default="active", help="a=setup of the answer.")
@click.option("--ipv6", is_flag=True, help="Use ::1 instead of 127.0.0.1.")
@click.option(
    "--wrong-certificate", type=click.Choice(["ue", "agw"]), help="Who shows another certificate than announced."
)
@click.option(
    "--encoding",
    type=click.Choice(["pretty", "compact", "binary"]),
    default="pretty",
    help="H.248 encoding; binary is shown as the text that it stands for.",
)
@click.option(
    "--transport", type=click.Choice(["udp", "tcp"]), default="udp", help="H.248 transport; in TCP with TPKT."
)
@click.option("--profile", "profile_file", type=_FILE, help="Run by a profile file of one's own.")
@packages_option
@click.option("--svg", "svg_file", type=_FILE, help="Draw the ladders into a file.")
@click.option("--pcap", "pcap_file", type=_FILE, help="Write the H.248 messages as a capture for Wireshark.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a procedure instead of ladders.")
@click.option("-v", "--verbose", is_flag=True, help="Show each message whole, below its arrow.")
@click.pass_context
def demo(
    context: click.Context,
    procedures: tuple[str, ...],
    setup: Literal["active", "passive"],
    ipv6: bool,
    wrong_certificate: Literal["ue", "agw"] | None,
    encoding: Literal["pretty", "compact", "binary"],
    transport: Literal["udp", "tcp"],
    profile_file: Path | None,
    packages: tuple[Path, ...],
    svg_file: Path | None,
    pcap_file: Path | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Run call flows with a real gateway, controller, UE and core peer on loopback.

    Each flow registers the gateway, agrees on media security, offers and answers SDP, opens TCP, does TLS with both
    certificates checked against their fingerprints, passes MSRP or BFCP both ways, and releases. What is printed was
    seen by the endpoint that it arrived at; the exit code is 0 only if every step of every flow was. In a capture the
    controller has port 2944, in binary 2945; in truth it listened at any free one. Binary goes by the shipped package
    numbers, of which those of tcpbcc and tlsbsc are assumed; --packages has others.

    \b
    Examples:
      h248 demo all
      h248 demo msrp-originating --setup passive --svg ladder.svg
      h248 demo msrp-originating --encoding binary --pcap call.pcap && tshark -r call.pcap
      h248 demo bfcp-originating --transport tcp --pcap call.pcap && tshark -r call.pcap
      h248 demo msrp-originating --profile my-profile.toml --packages my-packages
      h248 demo bfcp-terminating --json | jq '.steps[] | select(.ok | not)'
      h248 demo msrp-originating --wrong-certificate ue
    """
    chosen = PROCEDURES if not procedures or "all" in procedures else procedures
    names = str(profile_file or ""), tuple(map(str, packages))
    options = FlowOptions(Setup(setup), ipv6, wrong_certificate, encoding, transport, *names)
    results = [_run(name, options) for name in chosen]
    for result in results:
        click.echo(_as_json(result) if as_json else _as_ladder(result, verbose))
    if svg_file is not None:
        ladders = [(result.procedure, list(PARTICIPANTS), result.entries, result.verdicts) for result in results]
        _write(svg_file, render_svg_document(ladders).encode("utf-8"))
    if pcap_file is not None:
        _write(pcap_file, capture(datagram for result in results for datagram in result.datagrams))
    context.exit(0 if all(result.ok for result in results) else 1)


def _run(name: str, options: FlowOptions) -> FlowResult:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"running {name} ...", err=True)
    try:
        return asyncio.run(run_flow(name, options))
    except (MegacoError, OSError) as error:
        raise click.ClickException(f"{name}: {error}") from None


def _as_json(result: FlowResult) -> str:
    return json.dumps(result.to_json(), ensure_ascii=False)


def _as_ladder(result: FlowResult, verbose: bool) -> str:
    width = min(max(shutil.get_terminal_size((_WIDE, 24)).columns, _NARROW), 200)
    colour = sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return render_text(
        result.procedure,
        list(PARTICIPANTS),
        result.entries,
        result.verdicts,
        width=width,
        colour=colour,
        verbose=verbose,
    )


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
