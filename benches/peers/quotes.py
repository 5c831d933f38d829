"""Quotes beside an extractor of regular expressions in plain Python: the same texts, measure and core, in one run.

    python benches/compare.py quotes --data DIR [--times 3]

DIR holds data/ and eval/ with the scorer. textacy finds direct quotes on a spaCy pipeline; it is left out, because no
pipeline with a parser is to be had from the package index.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from accuracy import Row, rows
from pullquote import Pipeline
from report import write_section

CUES = (
    "said|says|say|saying|told|tells|added|adds|wrote|writes|asked|asks|tweeted|claimed|claims|argued|argues|noted|notes|"
    "warned|warns|insisted|insists|explained|explains|announced|announces|stated|states|believes|believed|suggested|"
    "replied|continued|acknowledged|reported|reports|declared|called|responded|admitted|denied|promised|urged"
)
TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|President|Senator|Secretary|Governor|Minister)\.?\s+)"
NAME = rf"{TITLE}*[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]+){{0,4}}"
SOURCE = rf"(?:{NAME}|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Tt]he\s+\w+(?:\s+\w+)?|[Oo]fficials|[Cc]ritics|[Ee]xperts)"
QUOTED = re.compile(r"[“\"](?=\S)[^“”\"\n]{2,}[”\"]|``(?=\S)[^\n]{2,}?''|“[^“”\n]{2,}$", re.MULTILINE)
AFTER = re.compile(rf"\s*,?\s*(?:(?P<cue1>{CUES})\s+(?P<source1>{SOURCE})|(?P<source2>{SOURCE})\s+(?P<cue2>{CUES})\b)")
BEFORE = re.compile(rf"(?P<source>{SOURCE})(?:,[^,\n]{{1,60}},)?\s+(?:\w+ly\s+)?(?P<cue>{CUES})\b[^.!?\n“\"]{{0,60}}$")
CLAUSE = re.compile(
    rf"(?P<source>{SOURCE})\s+(?:\w+ly\s+)?(?P<cue>{CUES})\s+(?:that\s+)?(?P<content>[A-Za-z][^.!?\n“”\"]{{15,}})(?=[.!?])"
)


def quote(kind: str, span: tuple[int, int], match: re.Match[str] | None, base: int, names: tuple[str, str]) -> Row:
    """A quote in the form of `Article.to_dict()`."""
    source, cue = names
    found: Row = {"kind": kind, "spans": [list(span)], "cue": None, "speaker": None}
    if match is not None:
        start, end = (base + at for at in match.span(source))
        found["speaker"] = {"start": start, "end": end, "phrase": [start, end]}
        found["cue"] = [base + at for at in match.span(cue)]
    return found


def extract(text: str) -> list[Row]:
    """Quoted words with the nearest source and cue on either side, else the last speaker; clauses after a cue."""
    quotes: list[Row] = []
    speaker: Row | None = None
    for region in QUOTED.finditer(text):
        span = region.span()
        after = AFTER.match(text, span[1], span[1] + 120)
        if after is not None:
            names = ("source1", "cue1") if after["source1"] else ("source2", "cue2")
            found = quote("direct", span, after, 0, names)
        else:
            base = max(text.rfind("\n", 0, span[0]) + 1, span[0] - 160)
            before = BEFORE.search(text[base : span[0]])
            found = quote("direct", span, before, base, ("source", "cue"))
        if found["speaker"] is None:
            found["speaker"] = speaker
        speaker = found["speaker"]
        quotes.append(found)
    quotes += [quote("indirect", m.span("content"), m, 0, ("source", "cue")) for m in CLAUSE.finditer(text)]
    return quotes


def add_options(parser: argparse.ArgumentParser) -> None:
    """The folder of the sets and the number of runs."""
    parser.add_argument("--data", type=Path, required=True, help="folder that holds data/ and eval/")
    parser.add_argument("--times", type=int, default=3, help="runs; the best one counts")


def seconds(run: Callable[[], Any], times: int) -> float:
    """The time of the best run."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def main(options: argparse.Namespace) -> int:
    """Score and time both, write the table."""
    sys.path.insert(0, str(options.data / "eval"))
    scorer = importlib.import_module("score_quotes")
    gold = rows(options.data / "data/quotes/polnear.dev.jsonl")
    texts = [row["text"] for row in rows(options.data / "data/segmentation/speed.bbc_2004.jsonl.gz")]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    pipeline, direct = Pipeline(n_threads=1), Pipeline(quotes="direct", n_threads=1)
    ours = [{**pipeline.parse(row["text"]).to_dict(), "id": row["id"]} for row in gold]
    theirs = [{"id": row["id"], "quotes": extract(row["text"])} for row in gold]
    times = {
        "pullquote, all tables": (ours, seconds(lambda: pipeline.extract(texts), options.times)),
        'pullquote, quotes="direct"': (
            None,
            seconds(lambda: direct.extract(texts, tables=("quotes",)), options.times),
        ),
        "regular expressions": (theirs, seconds(lambda: [extract(text) for text in texts], options.times)),
    }
    base = times["pullquote, all tables"][1]
    head = ("QR attrib overlap", "E2E-R all", "E2E all", "E2E direct", "E2E indirect")
    lines = [f"| | {' | '.join(head)} | MB/s | × |", "|---|" + "---:|" * (len(head) + 2)]
    for name, (predicted, taken) in times.items():
        scores = scorer.score(gold, predicted) if predicted is not None else {}
        cells = " | ".join(f"{scores[h]:.1f}" if scores else "" for h in head)
        lines.append(f"| {name} | {cells} | {megabytes / taken:.1f} | {taken / base:.2f} |")
    about = (
        "PolNeAR dev, by the measures above; MB/s over the news articles of the speed set, one thread, the best of "
        f"{options.times} runs; × is the time beside that of all tables. textacy needs a spaCy pipeline "
        "with a parser, and the package index has none."
    )
    write_section("peers-quotes", f"## Quotes beside a peer\n\n{about}\n\n" + "\n".join(lines))
    print(*lines, sep="\n")
    return 0
