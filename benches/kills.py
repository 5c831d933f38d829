"""Kill a job at random moments, resume it, and compare its bytes with those of an unbroken run.

    python benches/kills.py --data DIR [--times 20] [--articles 250000]

A job is killed with signal 9 at a random moment of its time, once more while it is resumed, and then left to its end.
Exits with 1 where a byte differs.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import write_section
from sample import write


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def main() -> int:
    """Kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--articles", type=int, default=250_000)
    parser.add_argument("--quotes", choices=("all", "direct", "none"), default="none", help="none is the fastest")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, killed, differ = random.Random(options.seed), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder / "corpus.jsonl.zst", options.data, options.articles)
        command = [sys.executable, "-m", "pullquote", "run", str(folder / "corpus.jsonl.zst"), "--quiet"]
        command += ["--quotes", options.quotes, "--out"]
        began = time.perf_counter()
        subprocess.run([*command, str(folder / "whole")], check=True)
        took = time.perf_counter() - began
        whole = contents(folder / "whole")
        parts = len(list((folder / "whole" / "articles").glob("*.parquet")))
        for i in range(options.times):
            out = folder / f"out{i}"
            for _ in range(2):
                process = subprocess.Popen([*command, str(out)])
                time.sleep(chance.random() * took)
                process.kill()
                killed += process.wait() < 0
            subprocess.run([*command, str(out)], check=True)
            same = contents(out) == whole
            differ += not same
            print(f"{i + 1}: {'the same' if same else 'DIFFERENT'}", flush=True)
            for path in sorted(out.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
    about = (
        f"`python benches/kills.py --data DIR --times {options.times} --articles {options.articles} --quotes "
        f"{options.quotes}`: {size / 1e6:.0f} MB of text, {parts} parts, {took:.1f} s unbroken. {options.times} jobs, "
        f"killed {killed} times in all with signal 9 at random moments of a run and resumed: "
        f"{options.times - differ} of {options.times} have the bytes of the unbroken run in every file."
    )
    write_section("kills", f"## Killed and resumed\n\n{about}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
