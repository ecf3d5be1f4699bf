"""``h248 check``: what is wrong with messages, one line a finding."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import click

from megaco import DecodeError, Deviation, Dictionary, Message, decode

from .dictionaries import dictionary_options
from .findings import Report, report_of_deviation, report_of_error
from .inputs import EXIT_CODES, InputRefusedError, shown
from .messages import read_message


class Checked(NamedTuple):
    """A message that was decoded."""

    file: str
    """As findings call it."""
    octets: bytes
    message: Message


class Judge(NamedTuple):
    """What else messages are held to."""

    reports: Callable[[Sequence[Checked], Dictionary | None], Iterable[Report]]
    """Takes messages that belong together, in their order."""
    is_of_exchange: bool
    """Whether all files belong together; else each is by itself."""


@click.command(epilog=EXIT_CODES.replace("input refused", "a file has an error"))
@click.option("--strict", is_flag=True, help="Hold to the letter of the standard: warnings are errors.")
@click.option("--json", "as_json", is_flag=True, help="Print each finding as a JSON object on standard output.")
@dictionary_options
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
def check(
    strict: bool, as_json: bool, dictionary: Dictionary | None, files: tuple[str, ...], judge: Judge | None = None
) -> None:
    """Check H.248 messages in text or binary, one a FILE; - is standard input. Says nothing of a good file.

    Findings are lines on standard error, FILE:LINE:COL: error[CODE]: what was found; expected what, where CODE is the
    error code (H.248.8) that such a message is answered with; of a binary message FILE:@OFFSET: error[CODE]: ...
    (in PATH). Deviations from the standard that decoding takes are warning[NAME] and leave the exit code at 0; with
    --strict they are errors.

    \b
    Examples:
      h248 check captured/*.txt captured/*.bin
      h248 check --strict add-request.txt
      h248 check --packages my-packages add-request.bin
    """
    work = _Work(strict, as_json, dictionary, judge)
    exchange: list[Checked] = []
    for name in files:
        checked = work.decoded(name)
        if checked is not None and judge is not None and judge.is_of_exchange:
            exchange.append(checked)
        elif checked is not None:
            work.judge([checked])
    work.judge(exchange)
    if work.has_failed:
        raise click.exceptions.Exit(1)


class _Work:
    """Checks files, tells what is wrong with them, and remembers whether anything was an error."""

    def __init__(self, strict: bool, as_json: bool, dictionary: Dictionary | None, judge: Judge | None) -> None:
        self.strict = strict
        self.as_json = as_json
        self.dictionary = dictionary
        self.has_failed = False
        self._judge = judge

    def decoded(self, name: str) -> Checked | None:
        """Return the message in a file; None where it is told that there is none."""
        file = shown(name)

        def deviated(deviation: Deviation) -> None:
            self.tell(report_of_deviation(file, deviation))

        try:
            octets = read_message(name)
            message = decode(octets, strict=self.strict, on_deviation=deviated, dictionary=self.dictionary)
        except DecodeError as error:
            self.tell(report_of_error(file, error))
        except InputRefusedError as error:
            self.refuse(file, error)
        else:
            return Checked(file, octets, message)
        return None

    def judge(self, checked: Sequence[Checked]) -> None:
        """Tell what the judge, if there is one, finds in messages that belong together."""
        for report in self._judge.reports(checked, self.dictionary) if self._judge is not None and checked else ():
            self.tell(report)

    def tell(self, report: Report) -> None:
        """Print a finding."""
        self.has_failed |= report.severity == "error" or self.strict
        if self.as_json:
            click.echo(report.json())
        else:
            click.echo(str(report), err=True)

    def refuse(self, file: str, error: InputRefusedError) -> None:
        """Print why a file holds nothing that could be checked."""
        self.has_failed = True
        if self.as_json:
            click.echo(Report(file, "error", "", error.what, error.place).json())
        else:
            click.echo(f"{file}:{f'{error.place}:' if error.place else ''} error: {error.what}", err=True)
