"""``h248 agw`` and ``h248 alg``: gateway and controller as processes of their own."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click
import msgspec

from iq_profile.agw.config import AgwConfig, read_agw_config
from iq_profile.agw.gateway import Gateway
from iq_profile.alg.config import AlgConfig, read_alg_config
from iq_profile.alg.controller import Controller
from iq_profile.configuration import print_configuration
from megaco.association import AssociationEvent, ContactLost, InService, NoAnswer, Refused
from megaco.commands.inputs import EXIT_CODES
from megaco.errors import MegacoError, TransportError

Config = TypeVar("Config", bound=msgspec.Struct)

_CONFIG_HELP = "TOML file; - reads it from standard input."


@click.command(epilog=EXIT_CODES)
@click.option("--config", "config_file", metavar="FILE", help=_CONFIG_HELP)
@click.option("--print-config", "prints", is_flag=True, help="Print every key with its default and meaning, and exit.")
@click.option("-v", "--verbose", is_flag=True, help="Log every connection and indication.")
def agw(config_file: str | None, prints: bool, verbose: bool) -> None:
    """Run the gateway (IMS-AGW): it registers with the controller and carries media until it is stopped.

    With h248.encoding = "binary" the numbers of the packages must be the controller's; those of tcpbcc and tlsbsc that
    are shipped are assumed. h248.packages names folders with package files of one's own.

    \b
    Examples:
      h248 agw --print-config > agw.toml
      h248 agw --config agw.toml
      printf '[h248]\\ncontroller = "udp://192.0.2.1:2944"\\n' | h248 agw --config -
    """
    _serve(config_file, prints, verbose, AgwConfig, read_agw_config, _run_gateway)


@click.command(epilog=EXIT_CODES)
@click.option("--config", "config_file", metavar="FILE", help=_CONFIG_HELP)
@click.option("--print-config", "prints", is_flag=True, help="Print every key with its default and meaning, and exit.")
@click.option("-v", "--verbose", is_flag=True, help="Log every gateway, session and indication.")
def alg(config_file: str | None, prints: bool, verbose: bool) -> None:
    """Run the controller (IMS-ALG): it serves gateways and ends until it is stopped.

    A gateway may speak text or binary whatever h248.encoding says here. In binary the numbers of the packages must be
    the gateway's; those of tcpbcc and tlsbsc that are shipped are assumed. h248.packages names folders with package
    files of one's own.

    \b
    Examples:
      h248 alg --print-config > alg.toml
      h248 alg --config alg.toml
    """
    _serve(config_file, prints, verbose, AlgConfig, read_alg_config, _run_controller)


def _serve(
    config_file: str | None,
    prints: bool,
    verbose: bool,
    kind: type[Config],
    read: Callable[[str], Config],
    run: Callable[[Config], Awaitable[None]],
) -> None:
    if prints:
        click.echo(print_configuration(kind), nl=False)
        return
    if config_file is None:
        raise click.UsageError("--config FILE is needed; --print-config shows what goes in")
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    try:
        asyncio.run(_until_stopped(run(read(config_file))))
    except (MegacoError, OSError) as error:
        raise click.ClickException(str(error)) from None


async def _until_stopped(work: Awaitable[None]) -> None:
    """Run until the work ends by itself or a signal asks to stop; the work then closes what it opened."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _warn_of_assumed_numbers(config: AgwConfig | AlgConfig) -> None:
    """Say once which numbers of binary nobody has confirmed; with others at the far end nothing would be understood."""
    assumed = config.h248.assumed_packages() if config.h248.is_binary else ()
    if assumed:
        where = "package files of one's own in h248.packages override them"
        told = f"warning: binary uses assumed numbers for {', '.join(assumed)}: both ends must have the same; {where}"
        click.echo(told, err=True)


async def _run_gateway(config: AgwConfig) -> None:
    _warn_of_assumed_numbers(config)
    failure: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    watch = _Watch(config, failure)
    gateway = await Gateway.start(config, on_association=watch.hear)
    try:
        assert gateway.mg is not None
        click.echo(f"listening on udp://{gateway.mg.local}, registering with {watch.controller}", err=True)
        raise TransportError(await failure)
    finally:
        await gateway.close()


class _Watch:
    """Tells the user how the association fares, and gives up where the configuration says so."""

    def __init__(self, config: AgwConfig, failure: asyncio.Future[str]) -> None:
        self.config = config
        self.controller = f"udp://{config.h248.controller_address}"
        self.failure = failure
        self.unanswered = 0

    def hear(self, event: AssociationEvent) -> None:
        """Take what the association tells."""
        controller = self.controller
        match event:
            case InService(version=version):
                self.unanswered = 0
                click.echo(f"in service with {controller}, H.248 version {version}", err=True)
            case ContactLost():
                click.echo(f"{controller} does not answer any more; registering again", err=True)
            case Refused(error=error):
                self._give_up(f"{controller} refuses the registration: {error.code} {error.text or ''}")
            case NoAnswer():
                self.unanswered += 1
                if self.unanswered == self.config.h248.registration_attempts:
                    hint = "start the controller, or set h248.registration_attempts = 0 to go on trying"
                    self._give_up(f"{controller} does not answer: {hint}")
                else:
                    click.echo(f"{controller} does not answer; trying again", err=True)

    def _give_up(self, reason: str) -> None:
        if not self.failure.done():
            self.failure.set_result(reason)


async def _run_controller(config: AlgConfig) -> None:
    _warn_of_assumed_numbers(config)
    controller = await Controller.start(config)
    try:
        assert controller.mgc is not None
        host = config.signalling.listen.rpartition(":")[0]
        ends = f"{host}:{controller.signalling_port}"
        click.echo(f"listening for gateways on udp://{controller.mgc.local}, for ends on {ends}", err=True)
        await asyncio.get_running_loop().create_future()
    finally:
        await controller.close()
