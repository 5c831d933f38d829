"""Measure files to files against the same articles in memory, and the memory it takes; figures go into RESULTS.md.

    python benches/corpus.py --data DIR [--articles 100000] [--memory]

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


def speed(data: Path, articles: int, folder: Path) -> None:
    """The rate of files to files against the rate in memory."""
    corpus = folder / "corpus.jsonl.zst"
    size = write(corpus, data, articles)
    # Before and after, because a machine is not always equally fast.
    memory = [alone(in_memory, corpus, folder)]
    files, most = alone(files_to_files, corpus, folder / "out")
    memory.append(alone(in_memory, corpus, folder))
    written = sum(path.stat().st_size for path in (folder / "out").rglob("*.parquet"))
    seconds = min(took for took, _ in memory)
    lines = [
        f"{about()} `python benches/corpus.py --data DIR --articles {articles}`: {articles} articles sampled from the "
        f"dev sets, {size / 1e6:.0f} MB of text, JSONL.zst to Parquet with zstd, all tables, {written / 1e6:.0f} MB "
        "written.",
        "",
        "| | articles/s | MB of text/s | peak memory MB |",
        "|---|---:|---:|---:|",
        f"| in memory, `extract` of an Arrow table, the faster of two | {articles / seconds:.0f} | "
        f"{size / 1e6 / seconds:.1f} | {memory[0][1]:.0f} |",
        f"| files to files, `run` | {articles / files:.0f} | {size / 1e6 / files:.1f} | {most:.0f} |",
        "",
        f"Files to files runs at {100 * seconds / files:.0f} % of the rate in memory.",
    ]
    write_section("corpus", "## Files to files\n\n" + "\n".join(lines))
    print("\n".join(lines))


def growth(data: Path, articles: int, folder: Path) -> None:
    """The memory of ten times the input."""
    peaks, sizes = [], []
    for times in (1, 10):
        corpus = folder / f"{times}.jsonl.zst"
        sizes.append(write(corpus, data, times * articles) / 1e6)
        peaks.append(alone(files_to_files, corpus, folder / f"out-{times}")[1])
    (small, large), (little, much) = sizes, peaks
    text = (
        f"{about()} `python benches/corpus.py --data DIR --articles {articles} --memory`: {small:.0f} MB of text take "
        f"{little:.0f} MB of memory at most, {large:.0f} MB take {much:.0f} MB: {much / little:.2f} times as much for "
        "ten times the input."
    )
    write_section("memory", f"## Memory of files to files\n\n{text}")
    print(text)


def about() -> str:
    """When, what and where."""
    return f"{time.strftime('%Y-%m-%d')}, version {__version__}, {platform.machine()}, {THREADS} threads,"


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--memory", action="store_true", help="the memory of ten times the input; takes minutes")
    parser.add_argument("--folder", type=Path, help="where the corpus and the results lie; default: a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        (growth if options.memory else speed)(options.data, options.articles, Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
