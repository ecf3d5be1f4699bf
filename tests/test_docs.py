"""The documentation says what the code does."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_machines_page_is_drawn_from_the_tables() -> None:
    """docs/machines.md is what docs/draw_machines.py prints."""
    spec = importlib.util.spec_from_file_location("draw_machines", ROOT / "docs" / "draw_machines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "machines.md").read_text("utf-8") == module.page()


def test_links_lead_somewhere() -> None:
    """Every relative link of the README and of docs/ names a file that is there."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
