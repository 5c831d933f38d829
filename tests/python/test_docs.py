"""The examples of the documentation run as printed; blocks marked `py` need more than the tests have."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^## (.*?)\n.*?```python\n(.*?)```", re.DOTALL | re.MULTILINE)
EXAMPLES = [
    pytest.param(title.split("\n")[0], code, id=f"{page.stem}: {title}")
    for page in sorted(DOCS.glob("*.md"))
    for section in re.split(r"^(?=## )", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for title, code in BLOCK.findall(section)
]


@pytest.mark.parametrize(("title", "code"), EXAMPLES)
def test_example(title: str, code: str) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, title, "exec"), {})
    assert "Ana Ortiz" in out.getvalue()
    assert "direct" in out.getvalue()


def test_there_are_examples() -> None:
    assert [example.values[0] for example in EXAMPLES] == ["One batch", "Dask", "Polars", "DuckDB"]
