"""Measure what `import pullquote` adds to bare Python, and the size of the wheel; figures go into RESULTS.md.

python benches/start.py [WHEEL] [--times 30]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from pullquote import __version__
from report import write_section


def took(code: str) -> float:
    """How long a new Python with this code lives, in milliseconds."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return 1000 * (time.perf_counter() - began)


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, nargs="?", help="made by `maturin build --release`")
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args()
    took("import pullquote")
    # Turn by turn, because a machine is not always equally fast.
    pairs = [(took("pass"), took("import pullquote")) for _ in range(options.times)]
    bare, full = (statistics.median(times) for times in zip(*pairs, strict=True))
    lines = [
        f"{time.strftime('%Y-%m-%d')}, version {__version__}, `python benches/start.py WHEEL --times {options.times}`, "
        "medians of whole processes:",
        "",
        f"- bare Python {bare:.0f} ms, with `import pullquote` {full:.0f} ms: {full - bare:.0f} ms for the import;",
    ]
    if options.wheel:
        lines.append(f"- the wheel, models and word lists in it: {options.wheel.stat().st_size / 1e6:.1f} MB.")
    write_section("start", "## Start\n\n" + "\n".join(lines))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
