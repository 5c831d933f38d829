"""A corpus of any size: articles sampled from the dev sets and given new ids, always the same ones."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pyarrow as pa

#: News of every length and style that is not used for training.
SETS = (
    "articles/annotated.dev.jsonl",
    "entities/newsfair.dev.jsonl",
    "entities/worldwide.dev.jsonl",
    "quotes/polnear.dev.jsonl",
    "segmentation/speed.bbc_2004.jsonl.gz",
    "segmentation/structure.publishers.jsonl.gz",
    "segmentation/structure.reuters_1987.jsonl.gz",
)


def texts(data: Path) -> list[str]:
    """The texts of the sets, in order."""
    found = []
    for name in SETS:
        path = data / name
        lines = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        found += [json.loads(line)["text"] for line in lines.splitlines()]
    return found


def write(path: Path, data: Path, articles: int) -> int:
    """Write so many articles as JSONL.zst and give the bytes of their texts."""
    pool, chance, size = texts(data), random.Random(articles), 0
    with pa.OSFile(str(path), "wb") as raw, pa.CompressedOutputStream(raw, "zstd") as file:
        for i in range(articles):
            text = chance.choice(pool)
            size += len(text.encode())
            file.write(json.dumps({"id": f"sample-{i:07}", "text": text}, ensure_ascii=False).encode() + b"\n")
    return size
