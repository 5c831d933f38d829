"""What the tests share: an article of our own, and a small corpus of them."""

import json
from pathlib import Path

import pytest

TEXT = """World | Africa

Dam talks resume as floodwater recedes

KHARTOUM, May 4 (Reuters) - Negotiators met again on Monday after the river fell below its danger mark.

“The gauges tell us what we need to know,” said Water Minister Samira Osman. “We will open two gates tomorrow.”

Osman, who took office in March, said the farms downstream would be told. Çelik Ağa, a farmer, said “not soon enough”.
"""


@pytest.fixture
def text() -> str:
    """An article with characters of one, two and three bytes."""
    return TEXT


@pytest.fixture
def texts() -> list[str]:
    """Articles that differ."""
    return [TEXT.replace("Osman", f"Osman{i}") + "\nMore of it. " * (i % 7) for i in range(40)]


@pytest.fixture
def corpus(tmp_path: Path, texts: list[str]) -> Path:
    """The same as JSON lines."""
    path = tmp_path / "corpus.jsonl"
    path.write_text(
        "".join(json.dumps({"id": f"a{i}", "body": t}) + "\n" for i, t in enumerate(texts)), encoding="utf-8"
    )
    return path
