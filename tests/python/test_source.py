"""The sources themselves: what the layers may name, and that every class is as the others are."""

import re
from pathlib import Path

import pullquote
import pytest

ROOT = Path(__file__).parents[2]


def test_the_core_never_names_python() -> None:
    for path in (ROOT / "src").rglob("*.rs"):
        if "python" not in path.relative_to(ROOT / "src").parts:
            assert "pyo3" not in path.read_text(encoding="utf-8"), path


def test_unsafe_code_stays_where_it_is_needed() -> None:
    for path in (ROOT / "src" / "python").glob("*.rs"):
        if path.name != "arrow.rs":
            assert not re.search(r"\bunsafe\b", path.read_text(encoding="utf-8").replace("`unsafe`", "")), path


def test_every_class_is_frozen_and_knows_its_module() -> None:
    for path in (ROOT / "src" / "python").glob("*.rs"):
        for options in re.findall(r"#\[pyclass(.*?)\]", path.read_text(encoding="utf-8")):
            assert "frozen" in options, path
            assert 'module = "pullquote"' in options, path


def test_files_are_short_and_say_what_they_are() -> None:
    for path in (ROOT / "src").rglob("*.rs"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("//! "), path
        assert text.count("\n") < 520 or path.name == "tokens.rs", path


@pytest.mark.parametrize("name", pullquote.__all__)
def test_public_names_are_documented(name: str) -> None:
    assert name == "__version__" or getattr(pullquote, name).__doc__
