"""Erlang/OTP's stack as a process beside the test: told what to do by lines, telling what happens by lines."""

import asyncio
import base64
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

import megaco
from megaco.message import Message
from tests.judges.otp import HOW_TO_INSTALL, OtpMissingError

PATIENCE_S = 20.0
"""For anything that a virtual machine is to do or to tell."""

_GREETINGS = ("started", "failed", "listening", "connected")
DICTIONARY = megaco.dictionary(provisioning="otp")
"""Names in binary, TerminationIDs as OTP has them: an octet a level."""


class OtpFailedError(Exception):
    """The process ended, or told nothing in time; with what it wrote to its standard error."""


class Told(NamedTuple):
    """A line of the process."""

    kind: str
    rest: str

    def words(self, count: int) -> list[str]:
        """Return the rest as so many words, the last one as long as it may be."""
        return self.rest.split(" ", count - 1)


class OtpProcess:
    """An escript of this folder, running; ``greeting`` is its first line. Lines are kept until somebody hears them."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.greeting = ""
        self._process = process
        self._told: list[Told] = []
        self._news = asyncio.Event()
        self._errors: list[str] = []
        self._readers = [asyncio.create_task(self._read()), asyncio.create_task(self._read_errors())]

    @classmethod
    async def start(cls, escript: str, *arguments: str) -> Self:
        """Start it; raises OtpMissingError where Erlang, or a part of it, is not here."""
        program = shutil.which("escript")
        if program is None:
            raise OtpMissingError(f"Erlang is not installed ({HOW_TO_INSTALL})")
        pipe = asyncio.subprocess.PIPE
        path = str(Path(__file__).parent / escript)
        running = cls(
            await asyncio.create_subprocess_exec(program, path, *arguments, stdin=pipe, stdout=pipe, stderr=pipe)
        )
        try:
            greeting = await running.hear()
            if greeting.kind == "missing":
                raise OtpMissingError(f"Erlang: {greeting.rest} is missing ({HOW_TO_INSTALL})")
            if greeting.kind not in _GREETINGS:
                raise OtpFailedError(f"it began with {greeting}; {running._complaint()}")
        except BaseException:
            await running.close()
            raise
        running.greeting = " ".join(greeting).strip()
        return running

    def say(self, *words: object) -> None:
        """Send a line."""
        assert self._process.stdin is not None
        self._process.stdin.write((" ".join(map(str, words)) + "\n").encode())

    async def hear(self, kind: str | None = None, begins: str = "", *, within_s: float = PATIENCE_S) -> Told:
        """Wait for the next line of a kind that begins so, and take it; raises OtpFailedError where there is none."""
        try:
            async with asyncio.timeout(within_s):
                while True:
                    found = self._take(kind, begins)
                    if found is not None:
                        return found
                    if self._process.stdout is None or self._process.stdout.at_eof():
                        raise OtpFailedError(f"it ended; {self._complaint()}")
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            wanted = f"{kind or 'anything'} {begins}".strip()
            raise OtpFailedError(f"no {wanted} within {within_s:g} s; {self._complaint()}") from None

    def heard(self, kind: str) -> list[Told]:
        """Take all lines of a kind that are there."""
        found = [one for one in self._told if one.kind == kind]
        self._told = [one for one in self._told if one.kind != kind]
        return found

    async def close(self) -> None:
        """End its input, and wait until it has ended."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await asyncio.gather(*self._readers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def _take(self, kind: str | None, begins: str) -> Told | None:
        for index, one in enumerate(self._told):
            if kind in (None, one.kind) and one.rest.startswith(begins):
                return self._told.pop(index)
        return None

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            kind, _, rest = line.decode().rstrip("\n").partition(" ")
            self._told.append(Told(kind, rest))
            self._news.set()
        self._news.set()

    async def _read_errors(self) -> None:
        assert self._process.stderr is not None
        while line := await self._process.stderr.readline():
            self._errors.append(line.decode())

    def _complaint(self) -> str:
        return f"told: {self._told}; said: {''.join(self._errors)}"


class OtpUser(OtpProcess):
    """``otp_user.escript``: an end of an association."""

    @classmethod
    async def listen(cls, transport: str, encoding: str, *settings: str) -> Self:
        """Start a controller; settings are Erlang terms like ``{pending_timer, 100}``."""
        return await cls.start("otp_user.escript", "mgc", transport, encoding, "0", "controller", _configured(settings))

    @classmethod
    async def connect(cls, transport: str, encoding: str, port: int, *settings: str) -> Self:
        """Start a gateway that knows its controller at a port; it says nothing to it until it is told to."""
        return await cls.start(
            "otp_user.escript", "mg", transport, encoding, str(port), "gateway", _configured(settings)
        )

    @property
    def port(self) -> int:
        """Where a controller listens."""
        return int(self.greeting.removeprefix("listening "))

    def cast(self, name: str, message: Message) -> None:
        """Have it send the requests in a message, whose version is the connection's."""
        self.say("cast", name, _text_of(message))

    async def answer(self, *way: object) -> None:
        """Have it answer requests so from now on."""
        self.say("answer", *way)
        await self.is_ready()

    async def answer_with(self, message: Message) -> None:
        """Have it answer requests with the reply in a message."""
        await self.answer("text", _text_of(message))

    async def hear_acks(self, way: Literal["handle", "sloppy"]) -> None:
        """Have it tell of acknowledgements from now on: of those that it asks for, or of those that come unasked."""
        self.say("acks", way)
        await self.is_ready()

    async def is_ready(self) -> None:
        """Wait until it has done all that it was told."""
        self.say("info", "protocol_version")
        await self.hear("info")

    async def segments(self, name: str) -> dict[int, Message]:
        """Wait for all segments of the reply to what was cast, and return them by number."""
        found: dict[int, Message] = {}
        is_last = False
        while not is_last:
            _, _, number, last, told = (await self.hear("segment", f"{name} ")).words(5)
            found[int(number)], is_last = message_in(told), last == "true"
        return found

    async def reply(self, name: str) -> Message:
        """Wait for the reply to what was cast; it stands in a message of the version that it came in."""
        return message_in((await self.hear("reply", f"{name} ")).words(3)[2])

    async def request(self) -> Message:
        """Wait for a request."""
        return message_in((await self.hear("request")).words(2)[1])


def message_in(told: str) -> Message:
    """Read what stands for a message in a line."""
    return megaco.decode(base64.b64decode(told), dictionary=DICTIONARY)


def _text_of(message: Message) -> str:
    return base64.b64encode(megaco.encode(message, "pretty")).decode()


def _configured(settings: Sequence[str]) -> str:
    return f"[{', '.join(('{strict_version, false}', *settings))}]"
