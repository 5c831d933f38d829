"""How far `confidence` can be believed: quotes by their confidence, and the share of each band that is right.

    cargo run --release --example jsonl < GOLD.jsonl > PRED.jsonl
    python benches/reliability.py GOLD.jsonl PRED.jsonl --eval DIR

Right means what the end-to-end measure of DIR/score_quotes.py means: half of the content's words, a word of the source.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from report import write_section

Row = dict[str, Any]


def judged(scorer: Any, gold: Row, predicted: Row) -> Iterator[tuple[float, bool]]:
    """The confidence of each quote of an article, and whether it is right."""
    article = scorer.Article(gold["text"])
    wanted = article.read(scorer.attributions(gold))
    quotes = [quote for quote in predicted["quotes"] if article.words(quote["spans"])]
    found = article.read(scorer.attributions({"quotes": quotes}))
    pairs = sorted(
        ((scorer.jaccard(g, p), i, j) for i, g in enumerate(wanted) for j, p in enumerate(found)), reverse=True
    )
    partner: dict[int, tuple[float, int]] = {}
    taken: set[int] = set()
    for share, i, j in pairs:
        if share > 0 and i not in taken and j not in partner:
            taken.add(i)
            partner[j] = (share, i)
    for j, quote in enumerate(quotes):
        share, i = partner.get(j, (0.0, 0))
        yield quote["confidence"], share >= 0.5 and scorer.same_source(wanted[i], found[j])


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--eval", type=Path, required=True, help="folder of score_quotes.py")
    options = parser.parse_args()
    sys.path.insert(0, str(options.eval))
    scorer = importlib.import_module("score_quotes")
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    texts = options.pred.read_text(encoding="utf-8").split("\n")
    predicted = {row["id"]: row for row in (json.loads(line) for line in texts if line)}
    all_judged = [pair for gold in rows for pair in judged(scorer, gold, predicted[gold["id"]])]
    lines = ["| confidence | quotes | mean confidence | right |", "|---|---:|---:|---:|"]
    bands = [(low / 10, (low + 1) / 10) for low in range(10)]
    gap = 0.0
    for low, high in bands:
        band = [(c, r) for c, r in all_judged if low <= c < high or high == 1.0 == c]
        if band:
            mean, right = sum(c for c, _ in band) / len(band), sum(r for _, r in band) / len(band)
            gap += abs(mean - right) * len(band) / len(all_judged)
            lines.append(f"| {low:.1f}–{high:.1f} | {len(band)} | {mean:.2f} | {right:.2f} |")
    about = f"{options.gold.name}, {len(all_judged)} quotes; expected calibration error {gap:.3f}."
    write_section("reliability", f"## Confidence of quotes\n\n{about}\n\n" + "\n".join(lines))
    print(about, *lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
