"""The sources of the border: that every class is as the others are, and every public name explained."""

import re
from pathlib import Path

import pytest

import pullquote

BORDER = sorted((Path(__file__).parents[2] / "src" / "python").glob("*.rs"))


@pytest.mark.parametrize("path", BORDER, ids=lambda path: path.name)
def test_every_class_is_frozen_and_knows_its_module(path: Path) -> None:
    for options in re.findall(r"#\[pyclass(.*?)\]", path.read_text(encoding="utf-8")):
        assert "frozen" in options
        assert 'module = "pullquote"' in options


@pytest.mark.parametrize("path", BORDER, ids=lambda path: path.name)
def test_unsafe_code_stays_in_one_file(path: Path) -> None:
    code = "\n".join(line.split("//")[0] for line in path.read_text(encoding="utf-8").splitlines())
    assert path.name == "arrow.rs" or "unsafe" not in code


@pytest.mark.parametrize("name", pullquote.__all__)
def test_public_names_are_documented(name: str) -> None:
    assert name == "__version__" or getattr(pullquote, name).__doc__
