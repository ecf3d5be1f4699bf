"""The examples as the programs that they are: a controller and a gateway of two processes on loopback."""

import ast
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

import megaco

HOME = Path(__file__).parent.parent
EXAMPLES = sorted((HOME / "examples").glob("*.py"))
MOST_LINES = 40
"""Lines of code in an example, imports aside."""
SERVED = """InService
rtp/1 is in context 1
rtp/2 is in context 1
rtp/1 is free
rtp/2 is free
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the examples are ended by signals")


class Program:
    """An example that runs."""

    def __init__(self, name: str, *arguments: str) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, HOME / "examples" / f"{name}.py", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HOME)},
        )
        self._watch = Timer(20.0, self._process.kill)  # rather a test that fails than one that hangs
        self._watch.start()

    def says(self, beginning: str) -> str:
        """Return the next line of its output, which begins so."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline().rstrip()
        assert line.startswith(beginning), (line, self._process.poll())
        return line

    def stop(self, number: signal.Signals) -> tuple[int, str, str]:
        """End it by a signal; return its exit code, the rest of its output, its errors."""
        self._process.send_signal(number)
        rest, errors = self._process.communicate()
        return self._process.returncode, rest, errors

    def end(self) -> None:
        """Make sure that it is gone."""
        self._process.kill()
        self._process.communicate()
        self._watch.cancel()


@contextmanager
def program(name: str, *arguments: str) -> Iterator[Program]:
    """Run an example."""
    running = Program(name, *arguments)
    try:
        yield running
    finally:
        running.end()


def _free_port(transport: str) -> int:
    kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("encoding", megaco.ENCODINGS)
@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_call(transport: str, encoding: str, number: signal.Signals) -> None:
    """Registration, Add, Modify, AuditValue, Subtract; the gateway leaves, and both end in good order."""
    url = f"{transport}://127.0.0.1:{_free_port(transport)}"
    with program("controller", url, "--encoding", encoding) as controller:
        controller.says(f"listening at {url}")
        with program("gateway", url, "--encoding", encoding) as gateway:
            peer = controller.says("GatewayUp: 127.0.0.1:").partition(" ")[2]
            controller.says("context 1 connects rtp/1 with rtp/2")
            for name in ("rtp/1", "rtp/2"):
                assert "mode=<StreamMode.SEND_RECEIVE" in controller.says(f"{name} MediaDescriptor(")
            controller.says("2 terminations are free again")
            assert gateway.stop(number) == (0, SERVED, "")
        controller.says(f"GatewayDown: {peer}")
        assert controller.stop(number) == (0, "", "")


def test_a_gateway_without_controller() -> None:
    """Ends when it is told to, though nobody ever answered."""
    with program("gateway", f"tcp://127.0.0.1:{_free_port('tcp')}") as gateway:
        gateway.says("NoAnswer")
        code, _, errors = gateway.stop(signal.SIGTERM)
        assert (code, "Traceback" in errors) == (0, False)


def test_there_are_examples() -> None:
    """Those that the README shows."""
    assert [path.stem for path in EXAMPLES] == ["controller", "gateway"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_short_and_use_public_names(path: Path) -> None:
    """Nothing private is imported or reached for, and there is not much to read."""
    source = path.read_text()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            named = [*(node.module or "").split("."), *(one.name for one in node.names)]
            assert not any(name.startswith("_") for name in named)
        elif isinstance(node, ast.Attribute):
            assert node.attr == "__name__" or not node.attr.startswith("_")
    assert _lines_of_code(tree) <= MOST_LINES
    assert re.search(rf"^python examples/{path.name} ", source, re.MULTILINE)


def _lines_of_code(tree: ast.Module) -> int:
    """Count the lines that say something: docstrings, imports and what is between lines are none."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.stmt) and not is_docstring and not isinstance(node, ast.Import | ast.ImportFrom):
            lines.add(node.lineno)
    return len(lines)
