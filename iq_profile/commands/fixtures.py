"""``h248 fixtures``: record and replay the flows as files."""

import asyncio
from pathlib import Path

import click

from iq_profile.flow.fixtures import check_folder, record_folder
from iq_profile.flow.run import FlowOptions, run_flow
from iq_profile.flow.steps import PROCEDURES
from megaco.commands.inputs import EXIT_CODES
from megaco.errors import LocalError, MegacoError


@click.group()
def fixtures() -> None:
    """Flows as files: one folder a flow, one file a message."""


@fixtures.command(epilog=EXIT_CODES)
@click.argument("folder", default="fixtures", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def check(context: click.Context, folder: Path) -> None:
    """Replay every fixture folder below DIR: codec round trips, and both sides of each flow. Says nothing of good ones.

    A folder of messages that are not numbered is no flow: its messages make the codec round trips only.

    \b
    Examples:
      h248 fixtures check
      h248 fixtures check my-captures/
    """
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir())
        findings = [finding for one in folders for finding in check_folder(one)]
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from None
    except LocalError as error:
        raise click.ClickException(str(error)) from None
    if not folders:
        raise click.ClickException(f"{folder}: no fixture folders in it")
    for finding in findings:
        click.echo(str(finding), err=True)
    context.exit(1 if findings else 0)


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
