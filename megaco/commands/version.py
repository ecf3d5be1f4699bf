"""``h248 version``: what runs."""

import platform
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

import click

from megaco import __version__
from megaco.interpreted import mode
from megaco.text import decoder

from .inputs import EXIT_CODES

CODEC = {"compiled": "compiled (mypyc)", "interpreted": "interpreted"}


@click.command(epilog=EXIT_CODES)
def version() -> None:
    """Print the versions of h248, of Python, of the codec and of the TLS libraries.

    \b
    Examples:
      h248 version
    """
    lines = [f"h248 {__version__}", f"Python {platform.python_version()}", f"codec: {CODEC[mode(decoder)]}"]
    for line in lines + tls_versions():
        click.echo(line)


def tls_versions() -> list[str]:
    """Return a line for each of cryptography and pyOpenSSL that is installed, and one for the OpenSSL they run on."""
    found = [f"{name} {number}" for name in ("cryptography", "pyOpenSSL") if (number := _installed(name))]
    try:
        from OpenSSL import SSL
    except ImportError:
        return found
    return [*found, SSL.OpenSSL_version(SSL.OPENSSL_VERSION).decode("ascii")]


def _installed(name: str) -> str | None:
    try:
        return installed_version(name)
    except PackageNotFoundError:
        return None
