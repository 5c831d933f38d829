"""Measure how fast a corpus becomes tables, and write the figures into benches/RESULTS.md.

    python benches/speed.py CORPUS.jsonl.gz [--times 3]

The texts lie in memory; read and decompressed beforehand. Each figure is the best of several runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote import Pipeline, __version__
from report import write_section

if TYPE_CHECKING:
    from pullquote._native import _TableName

CASES: list[tuple[str, str, Sequence[_TableName] | None]] = [
    ("all tables", "all", None),
    ('quotes="direct", table quotes', "direct", ("quotes",)),
    ("table sentences", "none", ("sentences",)),
]


def best(pipeline: Pipeline, texts: list[str], tables: Sequence[_TableName] | None, times: int) -> float:
    """The shortest time of several, in seconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        pipeline.extract(texts, tables=tables)
        took.append(time.perf_counter() - began)
    return min(took)


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with gzip.open(options.corpus, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    lines = ["| what | one thread MB/s | two threads MB/s | ratio |", "|---|---:|---:|---:|"]
    for name, quotes, tables in CASES:
        one, two = (
            megabytes / best(Pipeline(quotes=quotes, n_threads=n), texts, tables, options.times)  # type: ignore[arg-type]
            for n in (1, 2)
        )
        lines.append(f"| {name} | {one:.1f} | {two:.1f} | {two / one:.2f} |")
    about = (
        f"{time.strftime('%Y-%m-%d')}, version {__version__}, {platform.machine()}, `python benches/speed.py CORPUS`: "
    )
    about += (
        f"{options.corpus.name}, {len(texts)} articles, {megabytes:.1f} MB, `Pipeline(n_threads=…).extract(texts)`."
    )
    write_section("speed", f"## Speed\n\n{about}\n\n" + "\n".join(lines))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
