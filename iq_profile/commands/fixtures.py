"""``h248 fixtures``: record and replay the flows as files."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from iq_profile.flow.fixtures import Finding, check_folder, fixture_folders, record_folder
from iq_profile.flow.run import FlowOptions, run_flow
from iq_profile.flow.steps import PROCEDURES
from megaco.commands.inputs import EXIT_CODES
from megaco.errors import LocalError, MegacoError

_MOST_REASONS = 4


@click.group()
def fixtures() -> None:
    """Flows as files: one folder a flow, one file a message."""


@fixtures.command(epilog=EXIT_CODES)
@click.argument("folder", default="fixtures", type=click.Path(file_okay=False, path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Name each message that binary cannot carry, with the reason.")
@click.pass_context
def check(context: click.Context, folder: Path, verbose: bool) -> None:
    """Replay every fixture folder below DIR, however deep: codec round trips, the profile, both sides of each flow.

    Says nothing of good ones.

    Every message makes the round trip through pretty, compact and binary; those that binary cannot carry, for want of
    a number or of a form, are counted in a last line. A folder of messages that are not numbered is no flow: its
    messages make the round trips only.

    \b
    Examples:
      h248 fixtures check
      h248 fixtures check my-captures/
    """
    skipped: list[Finding] = []
    try:
        folders = fixture_folders(folder)
        findings = [finding for one in folders for finding in check_folder(one, skipped.append)]
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from None
    except LocalError as error:
        raise click.ClickException(str(error)) from None
    if not folders:
        raise click.ClickException(f"{folder}: no fixture folders in it")
    for finding in findings:
        click.echo(str(finding), err=True)
    for one in skipped if verbose else ():
        click.echo(f"{one.path}: not in binary: {one.what}", err=True)
    if skipped:
        click.echo(_summary(skipped), err=True)
    context.exit(1 if findings else 0)


def _summary(skipped: Sequence[Finding]) -> str:
    """Count the reasons, without names and advice, the most frequent first."""
    reasons = Counter(re.sub(r" ?'[^']*'", "", one.what.partition(";")[0]).strip() for one in skipped)
    shown = [f"{count} {reason}" for reason, count in reasons.most_common(_MOST_REASONS)]
    rest = reasons.total() - sum(count for _, count in reasons.most_common(_MOST_REASONS))
    told = ", ".join([*shown, f"{rest} for other reasons"] if rest else shown)
    return f"not carried in binary: {len(skipped)} messages ({told}); -v names them"


@fixtures.command(epilog=EXIT_CODES)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def record(folder: Path) -> None:
    """Run every flow and write what was seen into DIR, a folder a flow; review it before you rely on it.

    \b
    Examples:
      h248 fixtures record /tmp/new-fixtures
    """
    for name in PROCEDURES:
        try:
            result = asyncio.run(run_flow(name, FlowOptions()))
            written = record_folder(result, folder / name)
        except (MegacoError, OSError) as error:
            raise click.ClickException(f"{name}: {error}") from None
        click.echo(f"{folder / name}: {written} messages", err=True)
