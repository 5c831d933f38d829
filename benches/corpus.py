"""Measure files to files against the same articles in memory, and the memory it takes; figures go into RESULTS.md.

    python benches/corpus.py --data DIR [--articles 100000]

`--data` is the folder of the dev sets. JSONL.zst to Parquet, all tables, two threads. Each figure is of a process of
its own; the peak of its memory is what the system counts (`VmHWM`, on Linux).
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pyarrow.json as pj

from pullquote import Pipeline, __version__
from report import write_section
from sample import write

THREADS = 2


def peak() -> float:
    """The most memory that this process ever had, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def files_to_files(corpus: str, out: str) -> tuple[float, float]:
    """Seconds and megabytes of `Pipeline.run`."""
    began = time.perf_counter()
    report = Pipeline(n_threads=THREADS).run(corpus, out, progress=False)
    if report.errors:
        raise SystemExit(f"{report.errors} errors")
    return time.perf_counter() - began, peak()


def in_memory(corpus: str, out: str) -> tuple[float, float]:
    """Seconds and megabytes of `Pipeline.extract` on the same articles, read beforehand."""
    table = pj.read_json(corpus)
    began = time.perf_counter()
    Pipeline(n_threads=THREADS).extract(table)
    return time.perf_counter() - began, peak()


def alone(work: Callable[[str, str], tuple[float, float]], corpus: Path, out: Path) -> tuple[float, float]:
    """Do it in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, str(corpus), str(out)).result()


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the corpus and the results lie; default: a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        whole, tenth = folder / "whole.jsonl.zst", folder / "tenth.jsonl.zst"
        size, small = write(whole, options.data, options.articles), write(tenth, options.data, options.articles // 10)
        # Before and after, because a machine is not always equally fast.
        memory = [alone(in_memory, whole, folder)]
        _, little = alone(files_to_files, tenth, folder / "out-tenth")
        files, much = alone(files_to_files, whole, folder / "out")
        memory.append(alone(in_memory, whole, folder))
        written = sum(path.stat().st_size for path in (folder / "out").rglob("*.parquet"))
    seconds = sum(took for took, _ in memory) / len(memory)
    rates = [options.articles / seconds, options.articles / files]
    lines = [
        "| | articles/s | MB of text/s | peak memory MB |",
        "|---|---:|---:|---:|",
        f"| in memory, `extract` of an Arrow table, mean of two | {rates[0]:.0f} | {size / 1e6 / seconds:.1f} | "
        f"{memory[0][1]:.0f} |",
        f"| files to files, `run` | {rates[1]:.0f} | {size / 1e6 / files:.1f} | {much:.0f} |",
        f"| files to files, a tenth of the articles | | | {little:.0f} |",
        "",
        f"Files to files at {100 * rates[1] / rates[0]:.0f} % of the rate in memory; ten times the input takes "
        f"{much / little:.2f} times the memory.",
    ]
    about = (
        f"{time.strftime('%Y-%m-%d')}, version {__version__}, {platform.machine()}, {THREADS} threads, "
        f"`python benches/corpus.py --data DIR --articles {options.articles}`: {options.articles} articles sampled "
        f"from the dev sets, {size / 1e6:.0f} MB of text (a tenth: {small / 1e6:.0f} MB), JSONL.zst to Parquet with "
        f"zstd, all tables, {written / 1e6:.0f} MB written."
    )
    write_section("corpus", f"## Files to files\n\n{about}\n\n" + "\n".join(lines))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
