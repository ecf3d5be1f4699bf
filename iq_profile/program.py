"""The program ``h248``: every command of the codec and of the Iq profile."""

from typing import NoReturn

import click

from iq_profile.commands.demo import demo
from iq_profile.commands.fixtures import fixtures
from iq_profile.commands.profiled import check, decode
from iq_profile.commands.serve import agw, alg
from megaco import __version__
from megaco.commands import COMMANDS, run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="h248")
def program() -> None:
    """H.248/Megaco messages and the 3GPP Iq profile: read them, check them, run them.

    \b
    Examples:
      h248 demo all                      four call flows on loopback
      h248 decode --out tree MESSAGE     look at a message
      h248 check MESSAGE                 is it to the letter of the standard?
      h248 agw --print-config            configure a gateway
    """


for _command in (*COMMANDS, check, decode, demo, agw, alg, fixtures):  # a later one takes the place of its like
    program.add_command(_command)


def main() -> NoReturn:
    """Run the program; the entry point of the console script."""
    run(program)
