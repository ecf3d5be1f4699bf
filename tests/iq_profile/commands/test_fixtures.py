"""``h248 fixtures``."""

import re
import shutil
from pathlib import Path

from iq_profile.flow.steps import PROCEDURES

from .programs import ROOT, call, start


def test_the_shipped_fixtures_are_good() -> None:
    """All of them; a last line counts what binary cannot carry, with the reasons."""
    result = start("fixtures", "check", str(ROOT / "fixtures"))
    assert (result.returncode, result.stdout) == (0, b"")
    (line,) = result.stderr.decode().splitlines()
    found = re.fullmatch(r"not carried in binary: (\d+) messages \((.+)\); -v names them", line)
    assert found is not None, line
    assert sum(int(count) for count in re.findall(r"(?:^|, )(\d+) ", found.group(2))) == int(found.group(1)) > 0


def test_verbose_names_what_binary_cannot_carry() -> None:
    """A line a message, with the reason; they are counted, and no fault."""
    result = call("fixtures", "check", "-v", str(ROOT / "fixtures"))
    *lines, summary = result.stderr.splitlines()
    assert result.exit_code == 0
    assert f" {len(lines)} messages " in summary
    assert all(re.match(r"\S+\.h248: not in binary: \S", line) for line in lines)


def test_good_fixtures_of_flows_say_nothing(tmp_path: Path) -> None:
    """Binary carries each of their messages."""
    for name in PROCEDURES:
        shutil.copytree(ROOT / "fixtures" / name, tmp_path / name)
    result = call("fixtures", "check", str(tmp_path))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_changed_file_is_exit_code_1(tmp_path: Path) -> None:
    """Each finding is a line with its file; the other folders are checked all the same."""
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    changed = []
    for flow, pattern in (("bfcp-originating", "030-*"), ("msrp-terminating", "040-*")):
        (path,) = (tmp_path / "fixtures" / flow).glob(pattern)
        path.write_bytes(path.read_bytes().replace(b"IP4", b"IP5"))
        changed.append(str(path))
    result = call("fixtures", "check", str(tmp_path / "fixtures"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert all(name in result.stderr for name in (str(tmp_path / "fixtures" / "bfcp-originating"), changed[1]))


def test_no_fixtures_are_told(tmp_path: Path) -> None:
    """No folder, an empty one, one without folders, one with folders of something else: a line and exit code 1."""
    empty, other = tmp_path / "empty", tmp_path / "other"
    empty.mkdir()
    (other / "notes").mkdir(parents=True)
    for folder, told in (
        (tmp_path / "none", "No such file or directory"),
        (empty, "no fixture folders in it"),
        (other, "no fixtures (NNN-SOURCE-to-TARGET.WHAT.h248 or .sdp)"),
    ):
        result = call("fixtures", "check", str(folder))
        assert result.exit_code == 1
        assert told in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_what_is_recorded_passes(tmp_path: Path) -> None:
    """A folder a flow; the counts go to standard error."""
    result = call("fixtures", "record", str(tmp_path / "new"))
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(PROCEDURES)
    assert result.stderr.count(" messages\n") == len(PROCEDURES)
    assert call("fixtures", "check", str(tmp_path / "new")).exit_code == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """One line, exit code 1."""
    (tmp_path / "file").write_bytes(b"")
    result = call("fixtures", "record", str(tmp_path / "file" / "new"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
