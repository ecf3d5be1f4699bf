"""``h248 fixtures``."""

import shutil
from pathlib import Path

from iq_profile.flow.steps import PROCEDURES

from .programs import ROOT, call, start


def test_the_shipped_fixtures_say_nothing() -> None:
    """Good files, in the folder that is the default where the program runs."""
    result = start("fixtures", "check", str(ROOT / "fixtures"))
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


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
