"""The examples of the README run as printed, and print what they promise."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_examples_run() -> None:
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 3
    printed = []
    for block in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block, "README.md", "exec"), {})
        printed.append(out.getvalue())
    first, tables, linked = printed[:3]
    assert "Ana Ortiz | indirect | Dockers will return to work on Monday" in first
    assert 'Ana Ortiz | direct | "The cranes will move again at six," she told reporters. "Nobody has won."' in first
    assert "Lee Roe" in tables
    assert "Ana Ortiz ['Q1']" in linked
    assert any("separator | Pier closes | ROME" in text for text in printed)
