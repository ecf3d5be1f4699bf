"""``--packages`` and ``--provisioning``: the names that binary has numbers for, as the user's own files add to them."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from megaco import Dictionary, EncodeError, LocalError, dictionary
from megaco.binary.names import SHIPPED

_PACKAGES_HELP = (
    "A folder of package files (*.toml) to know besides the packages that are shipped; may be given again. "
    "A file replaces the shipped package of its id."
)
_PROVISIONING_HELP = (
    f"How binary lays out TerminationIDs and names of digit maps: {', '.join(SHIPPED)}, or a TOML file of one's own. "
    f"[default: {SHIPPED[0]}]"
)
_REMEDIES = (
    ((".toml", "the package's file"), "--packages DIR names its folder"),
    (("[termination_names]", "[digit_map_names]"), "--provisioning FILE names the file that has them"),
)
"""What an EncodeError speaks of, and the option that helps."""


def dictionary_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add both options to a command, which gets as ``dictionary`` what they make; None where neither is given."""

    @packages_option
    @click.option("--provisioning", metavar="NAME|FILE", callback=_check_provisioning, help=_PROVISIONING_HELP)
    @wraps(function)
    def command(*, packages: tuple[Path, ...], provisioning: str | Path | None, **arguments: Any) -> Any:
        return function(dictionary=_dictionary(packages, provisioning), **arguments)

    return command


def packages_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--packages`` to a command, which gets as ``packages`` the folders that are named."""
    return click.option(
        "--packages",
        multiple=True,
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=_check_packages,
        help=_PACKAGES_HELP,
    )(function)


def _check_packages(
    _context: click.Context, _parameter: click.Parameter, folders: tuple[Path, ...]
) -> tuple[Path, ...]:
    for folder in folders:
        if not any(folder.glob("*.toml")):  # a folder that adds nothing is the wrong one
            raise click.BadParameter(f"Directory {click.format_filename(folder)!r} has no package file (*.toml).")
    return folders


def _check_provisioning(
    _context: click.Context, _parameter: click.Parameter, provisioning: str | None
) -> str | Path | None:
    """Tell a name from a file: a name that is shipped wins, ``./default`` is a file."""
    if provisioning is None or provisioning in SHIPPED:
        return provisioning
    if not os.path.exists(provisioning) or os.path.isdir(provisioning):
        shown = click.format_filename(provisioning)
        raise click.BadParameter(f"{shown!r} is no file, and none of those that are shipped: {', '.join(SHIPPED)}.")
    return Path(provisioning)


def _dictionary(packages: tuple[Path, ...], provisioning: str | Path | None) -> Dictionary | None:
    if not packages and provisioning is None:
        return None
    try:
        return dictionary(packages, provisioning)
    except LocalError as error:
        raise click.ClickException(" ".join(str(error).split())) from None


def with_remedy(error: EncodeError) -> EncodeError:
    """Return an error with the option behind it that takes the file of which it speaks."""
    remedy = next((option for words, option in _REMEDIES if any(word in error.what for word in words)), None)
    return EncodeError(f"{error.what} ({remedy})", error.path) if remedy else error
