"""``h248 agw`` and ``h248 alg``: gateway and controller as processes of their own."""

import asyncio
import contextlib
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
from megaco.endpoint.log import shown
from megaco.errors import MegacoError, TransportError
from megaco.transport import Trace

from .observing import Observing, observing_options

Config = TypeVar("Config", bound=msgspec.Struct)

_CONFIG_HELP = "TOML file; - reads it from standard input."


@click.command(epilog=EXIT_CODES)
@click.option("--config", "config_file", metavar="FILE", help=_CONFIG_HELP)
@click.option("--print-config", "prints", is_flag=True, help="Print every key with its default and meaning, and exit.")
@observing_options
def agw(config_file: str | None, prints: bool, observing: Observing) -> None:
    """Run the gateway (IMS-AGW): it registers with the controller and carries media until it is stopped.

    With h248.encoding = "binary" the numbers of the packages must be the controller's; those of tcpbcc and tlsbsc that
    are shipped are assumed. h248.packages names folders with package files of one's own.

    \b
    Examples:
      h248 agw --print-config > agw.toml
      h248 agw --config agw.toml
      h248 agw --config agw.toml --trace messages.jsonl
      h248 agw --config agw.toml --pcap - | wireshark -k -i -
      printf '[h248]\\ncontroller = "udp://192.0.2.1:2944"\\n' | h248 agw --config -
    """
    _serve(config_file, prints, observing, AgwConfig, read_agw_config, _run_gateway)


@click.command(epilog=EXIT_CODES)
@click.option("--config", "config_file", metavar="FILE", help=_CONFIG_HELP)
@click.option("--print-config", "prints", is_flag=True, help="Print every key with its default and meaning, and exit.")
@observing_options
def alg(config_file: str | None, prints: bool, observing: Observing) -> None:
    """Run the controller (IMS-ALG): it serves gateways and ends until it is stopped.

    A gateway may speak text or binary whatever h248.encoding says here. In binary the numbers of the packages must be
    the gateway's; those of tcpbcc and tlsbsc that are shipped are assumed. h248.packages names folders with package
    files of one's own.

    \b
    Examples:
      h248 alg --print-config > alg.toml
      h248 alg --config alg.toml
      h248 alg --config alg.toml --pcap messages.pcap --log-level info --log-json
      h248 alg --config alg.toml --metrics 127.0.0.1:9248 & curl http://127.0.0.1:9248/metrics
    """
    _serve(config_file, prints, observing, AlgConfig, read_alg_config, _run_controller)


def _serve(
    config_file: str | None,
    prints: bool,
    observing: Observing,
    kind: type[Config],
    read: Callable[[str], Config],
    run: Callable[[Config, Observing, Trace | None], Awaitable[None]],
) -> None:
    if prints:
        click.echo(print_configuration(kind), nl=False)
        return
    if config_file is None:
        raise click.UsageError("--config FILE is needed; --print-config shows what goes in")
    observing.start_log()
    try:
        config = read(config_file)
        with observing.recordings() as trace:
            asyncio.run(_until_stopped(run(config, observing, trace)))
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


async def _run_gateway(config: AgwConfig, observing: Observing, trace: Trace | None) -> None:
    _warn_of_assumed_numbers(config)
    failure: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    watch = _Watch(config, failure)
    gateway = await Gateway.start(config, trace=trace, on_association=watch.hear)
    try:
        assert gateway.mg is not None
        async with observing.serve_metrics(gateway.mg):
            click.echo(f"listening on {gateway.mg.local.url}, registering with {watch.controller}", err=True)
            raise TransportError(await failure)
    finally:
        await gateway.close()


class _Watch:
    """Tells the user how the association fares, and gives up where the configuration says so."""

    def __init__(self, config: AgwConfig, failure: asyncio.Future[str]) -> None:
        self.config = config
        self.controller = config.h248.controller_address.url
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
                self._give_up(f"{controller} refuses the registration: {error.code} {shown(error.text or '')}")
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


async def _run_controller(config: AlgConfig, observing: Observing, trace: Trace | None) -> None:
    _warn_of_assumed_numbers(config)
    controller = await Controller.start(config, trace=trace)
    try:
        assert controller.mgc is not None
        host = config.signalling.listen.rpartition(":")[0]
        ends = f"{host}:{controller.signalling_port}"
        async with observing.serve_metrics(controller.mgc):
            click.echo(f"listening for gateways on {controller.mgc.local.url}, for ends on {ends}", err=True)
            await asyncio.get_running_loop().create_future()
    finally:
        await controller.close()
