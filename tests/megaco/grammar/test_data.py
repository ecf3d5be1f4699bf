"""Where the data files are."""

import pytest

from megaco.grammar import grammar_text, read_toml


def test_the_grammar_is_found() -> None:
    """The grammar file is there, as text."""
    assert "megaco_message:" in grammar_text()


def test_toml_files_are_found() -> None:
    """A data file is read by its name, relative to the folder."""
    tables = {"rules", "terminals", "allowances", "since", "spellings", "header", "layout", "levels", "words"}
    assert set(read_toml("megaco.toml")) == tables


def test_a_file_that_is_not_there() -> None:
    """A name that is not there is an error of the file system."""
    with pytest.raises(FileNotFoundError):
        read_toml("nothing.toml")
