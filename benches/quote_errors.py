"""Why attributions are wrong: errors on PolNeAR dev, all and a hundred drawn by chance, by cause.

    python benches/quote_errors.py --data DIR [--show N]

DIR holds data/ and eval/. What counts is what eval/score_quotes.py counts as "E2E all": a content that shares half of
its words or more with one of the gold, and a source that shares a word with it. `--show` prints N errors of each cause.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accuracy import Row, rows
from pullquote import Pipeline
from report import write_section

GOLD = "data/quotes/polnear.dev.jsonl"
SAMPLE = 100
#: The causes, in the order of the table, with what they mean.
CAUSES = {
    "not found: a reporting word": "nothing shares a word with a content of the gold; its cue is a common one (say)",
    "not found: a word that seldom reports": "the same with any other cue",
    "not found: no cue in the gold": "the same without a cue",
    "boundary: begins too early": "less than half of the words are shared; the start is further off than the end",
    "boundary: begins too late": "the same",
    "boundary: ends too early": "the same with the end",
    "boundary: ends too late": "the same",
    "source: another one": "the content is right",
    "source: none found": "the content is right",
    "source: the gold has none": "the content is right",
    "not in the gold: a reporting word": "a content of ours that shares no word with one of the gold",
    "not in the gold: a word that seldom reports": "the same with any other cue",
    "not in the gold: inside a quote": "the same, wholly inside quote marks, with a parent",
    "not in the gold: quoted words": "the same without a cue",
}


def boundary(own: frozenset[int], right: frozenset[int]) -> str:
    """Which end of a content is further off."""
    start, end = min(own) - min(right), max(own) - max(right)
    if abs(start) >= abs(end):
        return f"boundary: begins too {'late' if start > 0 else 'early'}"
    return f"boundary: ends too {'late' if end > 0 else 'early'}"


def pairs(scorer: Any, gold: list[Row], pred: list[Row]) -> tuple[dict[int, int], dict[int, int]]:
    """Each content's partner on the other side, the likest first."""
    of_gold: dict[int, int] = {}
    of_pred: dict[int, int] = {}
    shared = (
        (scorer.jaccard(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(pred)
        if g["content"] & p["content"]
    )
    for _, i, j in sorted(shared, reverse=True):
        if i not in of_gold and j not in of_pred:
            of_gold[i], of_pred[j] = j, i
    return of_gold, of_pred


def cue(row: Row) -> str:
    """How the cause of a row's absence ends."""
    return "a reporting word" if row["reporting"] else "a word that seldom reports"


def errors(scorer: Any, row: Row, parsed: Row) -> Iterator[tuple[str, frozenset[int]]]:
    """Each error of an article: its cause, and the numbers of the words in question."""
    article = scorer.Article(row["text"])
    gold = article.read(scorer.attributions(row))
    pred = article.read(scorer.attributions(parsed))
    nested = {article.words(q["spans"]) for q in parsed["quotes"] if q["parent"] is not None and q["kind"] == "direct"}
    gold, pred, _ = scorer.set_aside(gold, pred)
    of_gold, of_pred = pairs(scorer, gold, pred)
    for i, wanted in enumerate(gold):
        if i not in of_gold:
            yield f"not found: {cue(wanted) if wanted['cue'] else 'no cue in the gold'}", wanted["content"]
            continue
        got = pred[of_gold[i]]
        if scorer.jaccard(wanted, got) < 0.5:
            yield boundary(got["content"], wanted["content"]), wanted["content"]
        elif not scorer.same_source(wanted, got):
            missing = "none found" if wanted["source"] else "the gold has none"
            yield f"source: {'another one' if wanted['source'] and got['source'] else missing}", wanted["content"]
    for j, got in enumerate(pred):
        if j not in of_pred:
            inside = "inside a quote" if got["content"] in nested else cue(got)
            yield f"not in the gold: {inside if got['cue'] else 'quoted words'}", got["content"]


def shown(scorer: Any, text: str, words: frozenset[int]) -> str:
    """The words of an error with some before and after."""
    spans = [m.span() for m in scorer.WORD.finditer(text)]
    start, end = spans[min(words)][0], spans[max(words)][1]
    return f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 60]}".replace("\n", " ")


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    options = parser.parse_args()
    sys.path.insert(0, str(options.data / "eval"))
    scorer = importlib.import_module("score_quotes")
    pipeline = Pipeline()
    found: list[tuple[str, str]] = []
    for row in rows(options.data / GOLD):
        for cause, words in errors(scorer, row, pipeline.parse(row["text"]).to_dict()):
            found.append((cause, f"{row['id']}: {shown(scorer, row['text'], words)}"))
    drawn = Counter(cause for cause, _ in random.Random(0).sample(found, min(SAMPLE, len(found))))
    every = Counter(cause for cause, _ in found)
    lines = ["| cause | of 100 | of all | meaning |", "|---|---:|---:|---|"]
    lines += [f"| {cause} | {drawn[cause]} | {every[cause]} | {about} |" for cause, about in CAUSES.items()]
    about = f"PolNeAR dev, all attributions, {len(found)} errors; `python benches/quote_errors.py --data DIR`."
    write_section("quote-errors", f"## Errors of quotes by cause\n\n{about}\n\n" + "\n".join(lines))
    print(*lines, sep="\n")
    examples = defaultdict(list)
    for cause, example in found:
        examples[cause].append(example)
    for cause, some in examples.items() if options.show else ():
        print(f"\n{cause}", *random.Random(0).sample(some, min(options.show, len(some))), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
