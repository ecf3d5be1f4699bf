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
from iq_profile.stack import StackKeys, write_mid
from megaco.association import (
    AssociationEvent,
    ContactLost,
    HandedOff,
    InService,
    Leaving,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
)
from megaco.commands.inputs import EXIT_CODES
from megaco.endpoint.log import shown
from megaco.errors import MegacoError, TransportError
from megaco.transport import Address, Trace, parse_url

from .observing import Observing, observing_options

Config = TypeVar("Config", bound=msgspec.Struct)

_ANY_HOST = ("0.0.0.0", "::")  # noqa: S104  # compared with, not listened at
_CONFIG_HELP = "TOML file; - reads it from standard input."


@click.command(epilog=EXIT_CODES)
@click.option("--config", "config_file", metavar="FILE", help=_CONFIG_HELP)
@click.option("--print-config", "prints", is_flag=True, help="Print every key with its default and meaning, and exit.")
@observing_options
def agw(config_file: str | None, prints: bool, observing: Observing) -> None:
    """Run the gateway (IMS-AGW): it registers with the controller and carries media until it is stopped.

    H.248 goes over UDP, TCP or SCTP; h248.controllers names others to register with where the first is silent. SIGTERM
    or Ctrl-C ends it at once, or gracefully where h248.leave_s gives the time; the second signal ends it at once.

    With h248.encoding = "binary" the numbers of the packages must be the controller's; those of tcpbcc and tlsbsc that
    are shipped are assumed. h248.packages names folders with package files of one's own.

    \b
    Examples:
      h248 agw --print-config > agw.toml
      h248 agw --config agw.toml
      h248 agw --config agw.toml --trace messages.jsonl
      h248 agw --config agw.toml --pcap - | wireshark -k -i -
      printf '[h248]\\ncontroller = "tcp://mgc.example.net"\\nlisten = "tcp://192.0.2.7"\\n' | h248 agw --config -
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


def _warn_of_no_identity(keys: StackKeys, url: str, *_: str) -> None:
    """Say once that far ends know this program by an address that is nobody's."""
    host = parse_url(url, keys.encoding).host
    if not keys.mid and host in _ANY_HOST:
        click.echo(f"warning: messages are from [{host}]: set h248.mid, by which far ends know it", err=True)


async def _run_gateway(config: AgwConfig, observing: Observing, trace: Trace | None) -> None:
    _warn_of_assumed_numbers(config)
    _warn_of_no_identity(config.h248, config.h248.listen)
    failure: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    watch = _Watch(config, failure)
    gateway = await Gateway.start(config, trace=trace, on_association=watch.hear)
    try:
        assert gateway.mg is not None
        watch.names = dict(zip(gateway.mg.controllers, watch.controllers, strict=True))
        async with observing.serve_metrics(gateway.mg):
            click.echo(f"listening on {gateway.mg.local.url}, registering with {watch.controllers[0]}", err=True)
            try:
                raise TransportError(await failure)
            except asyncio.CancelledError:
                await gateway.leave()  # a second signal ends this too
                raise
    finally:
        await gateway.close()


class _Watch:
    """Tells the user how the association fares, and gives up where the configuration says so."""

    def __init__(self, config: AgwConfig, failure: asyncio.Future[str]) -> None:
        self.config = config
        self.controllers = [address.url for address in config.h248.controller_addresses]
        self.names: dict[Address, str] = {}
        """Controllers as the configuration names them."""
        self.failure = failure
        self.unanswered = 0
        self._tried = self.controllers[0]
        self._is_handed_off = False

    def hear(self, event: AssociationEvent) -> None:
        """Take what the association tells."""
        match event:
            case Register(controller=Address() as address, expects_reply=True):
                self._try(self.names.get(address, address.url))
            case InService(version=version):
                self.unanswered = 0
                click.echo(f"in service with {self._tried}, H.248 version {version}", err=True)
            case ContactLost():
                click.echo(f"contact with {self._tried} is lost; registering again", err=True)
            case HandedOff(mid=mid):
                self._is_handed_off = True
                click.echo(f"{self._tried} hands this gateway off to {shown(write_mid(mid))}", err=True)
            case MoveTo(mid=mid) if not self._is_handed_off:
                click.echo(f"{self._tried} sends this gateway to {shown(write_mid(mid))}", err=True)
            case Refused(error=error):
                self._give_up(f"{self._tried} refuses the registration: {error.code} {shown(error.text or '')}")
            case NoAnswer():
                self._note_silence()
            case Leaving(delay_s=delay_s):
                click.echo(f"leaving service: no new sessions, {delay_s} s for those that there are", err=True)

    def _try(self, url: str) -> None:
        """Tell of a registration with another controller than the one before."""
        if url != self._tried:
            click.echo(f"registering with {url} instead of {self._tried}", err=True)
        self._tried, self._is_handed_off = url, False

    def _note_silence(self) -> None:
        self.unanswered += 1
        several = len(self.controllers) > 1
        silence = f"none of {', '.join(self.controllers)} answers" if several else f"{self._tried} does not answer"
        if self.unanswered == self.config.h248.registration_attempts:
            hint = "start the controller, or set h248.registration_attempts = 0 to go on trying"
            self._give_up(f"{silence}: {hint}")
        else:
            click.echo(f"{silence}; trying again", err=True)

    def _give_up(self, reason: str) -> None:
        if not self.failure.done():
            self.failure.set_result(reason)


async def _run_controller(config: AlgConfig, observing: Observing, trace: Trace | None) -> None:
    _warn_of_assumed_numbers(config)
    _warn_of_no_identity(config.h248, *config.h248.urls)
    controller = await Controller.start(config, trace=trace)
    try:
        assert controller.mgc is not None
        host = config.signalling.listen.rpartition(":")[0]
        ends = f"{host}:{controller.signalling_port}"
        places = ", ".join(address.url for address in controller.mgc.locals)
        async with observing.serve_metrics(controller.mgc):
            click.echo(f"listening for gateways on {places}, for ends on {ends}", err=True)
            await asyncio.get_running_loop().create_future()
    finally:
        await controller.close()
