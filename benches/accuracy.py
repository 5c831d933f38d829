"""Parse the dev sets, score them, write benches/RESULTS.md and compare with benches/accuracy_floor.json.

    python benches/accuracy.py --data DIR [--check] [--update-floor] [--only PART-OF-A-NAME]

DIR holds data/, gold/ and eval/ with the scorers. `--check` fails where a figure is worse than its floor.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pullquote import Gazetteer, Pipeline, __version__
from report import write_section

HERE = Path(__file__).parent
FLOOR = HERE / "accuracy_floor.json"
#: Figures that are good when they are low.
LOW = ("false datelines",)

Row = dict[str, Any]
Scores = dict[str, float]


@dataclass(frozen=True)
class Set:
    """A dev set: its file, its scorer, how its articles are parsed."""

    path: str
    scorer: str
    options: tuple[tuple[str, str], ...] = ()
    gazetteer: bool = False

    @property
    def name(self) -> str:
        return Path(self.path).name.removesuffix(".gz").removesuffix(".jsonl")


KB = ("data/entities/newsfair.dev.jsonl", "data/entities/aida.dev.jsonl")
SETS = [
    *(
        Set(f"data/segmentation/sentences.{name}.jsonl", "segments")
        for name in (
            "grs_en",
            "ewt_dev",
            "gum_dev",
            "gentle_all",
            *(f"newscrawl_dev.{x}" for x in ("pl", "ro", "ja", "lt", "ta")),
        )
    ),
    Set("data/segmentation/structure.reuters_1987.jsonl.gz", "segments"),
    Set("data/segmentation/structure.publishers.jsonl.gz", "segments"),
    Set("data/segmentation/structure.gum.jsonl", "segments"),
    Set("data/segmentation/speed.bbc_2004.jsonl.gz", "datelines"),
    Set("data/quotes/polnear.dev.jsonl", "quotes"),
    Set("data/entities/worldwide.dev.jsonl", "entities"),
    Set("data/entities/gum.coref.dev.jsonl", "entities"),
    *(Set(path, "entities", gazetteer=True) for path in KB),
    *(
        Set(path, scorer, options)
        for path in ("data/articles/annotated.dev.jsonl", "gold/seed_article.gold.jsonl")
        for scorer, options in (("segments", ()), ("quotes", (("source", "mention"),)), ("entities", ()))
    ),
]


def rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines, gzip or plain."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def gold_labels(data: Path) -> Gazetteer:
    """A gazetteer of the names, and the names alone, of the entities that the linking sets speak of."""
    names: dict[str, str] = {}
    for path in KB:
        for row in rows(data / path):
            for mention in row["mentions"]:
                identifier = str(mention["entity"])
                if identifier.startswith("Q"):
                    names.setdefault(identifier, mention["name"])
    return Gazetteer.from_records({"id": i, "name": n} for i, n in sorted(names.items()))


def false_datelines(gold: list[Row], parsed: list[Row]) -> Scores:
    """The share of articles with a dateline, of a set that has none."""
    return {"false datelines": round(100 * sum(p["dateline"] is not None for p in parsed) / len(gold), 2)}


def misplaced_spans(parsed: list[Row]) -> Iterator[str]:
    """Spans that lie outside of their text, or whose speaker's text is another."""
    for article in parsed:
        length = len(article["text"])
        spans = [(x["start"], x["end"]) for part in ("blocks", "sentences", "mentions") for x in article[part]]
        for quote in article["quotes"]:
            spans += [tuple(s) for s in quote["spans"]] + ([tuple(quote["cue"])] if quote["cue"] else [])
            if speaker := quote["speaker"]:
                spans.append(tuple(speaker["phrase"]))
                if article["text"][speaker["start"] : speaker["end"]] != speaker["text"]:
                    yield f"{article['id']}: speaker {speaker}"
        yield from (f"{article['id']}: {s}:{e} of {length}" for s, e in spans if not 0 <= s < e <= length)


def measure(data: Path, only: str) -> dict[str, Scores]:
    """The figures of each set."""
    sys.path.insert(0, str(data / "eval"))
    scorers: dict[str, Callable[..., Scores]] = {
        name: importlib.import_module(f"score_{name}").score for name in ("segments", "quotes", "entities")
    }
    scorers["datelines"] = false_datelines
    plain = Pipeline()
    labels = cache(lambda: Pipeline(gazetteer=gold_labels(data)))

    @cache
    def parse(path: str, gazetteer: bool) -> tuple[list[Row], list[Row]]:
        gold = rows(data / path)
        pipeline = labels() if gazetteer else plain
        texts = ((row["id"], row["text"]) for row in gold)
        parsed = [article.to_dict() for article in pipeline.pipe(texts)]
        if wrong := list(misplaced_spans(parsed)):
            sys.exit(f"{path}: {len(wrong)} spans do not hold, such as {wrong[0]}")
        return gold, parsed

    figures: dict[str, Scores] = {}
    for each in SETS:
        if only in each.name:
            gold, parsed = parse(each.path, each.gazetteer)
            scores = scorers[each.scorer](gold, parsed, **dict(each.options))
            figures.setdefault(each.name, {}).update(scores)
            print(f"{each.name} ({len(gold)} articles, {each.scorer})", file=sys.stderr)
    return figures


def compare(figures: dict[str, Scores], floor: dict[str, Scores]) -> list[str]:
    """The figures that are worse than their floor."""
    worse = []
    for name, scores in figures.items():
        for metric, least in floor.get(name, {}).items():
            now = scores.get(metric)
            good = now is not None and (now <= least if metric in LOW else now >= least)
            if not good:
                worse.append(f"{name}, {metric}: {now}, floor {least}")
    return worse


def table(figures: dict[str, Scores], floor: dict[str, Scores]) -> str:
    """The figures as Markdown, one table a set."""
    parts = []
    for name, scores in figures.items():
        lines = [f"### {name}", "", "| measure | now | floor |", "|---|---:|---:|"]
        for metric, value in scores.items():
            least = floor.get(name, {}).get(metric)
            lines.append(f"| {metric} | {value:.2f} | {'' if least is None else f'{least:.2f}'} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def main() -> int:
    """Measure, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="", help="only sets whose name holds this; RESULTS.md stays as it is")
    parser.add_argument("--check", action="store_true", help="fail where a figure is worse than its floor")
    parser.add_argument("--update-floor", action="store_true", help="make the figures of now the floor")
    options = parser.parse_args()
    began = time.monotonic()
    figures = measure(options.data, options.only)
    floor: dict[str, Scores] = json.loads(FLOOR.read_text()) if FLOOR.exists() else {}
    if options.update_floor:
        # Precision and recall may change places as long as F1 holds.
        keep = {n: {m: v for m, v in s.items() if not m.endswith((" P", " R"))} for n, s in figures.items()}
        floor = floor | keep
        FLOOR.write_text(json.dumps(floor, indent=1) + "\n")
    if options.only or options.check:
        print(table(figures, floor))
    else:
        command = "python benches/accuracy.py --data DIR"
        about = f"{time.strftime('%Y-%m-%d')}, version {__version__}, `{command}`, {time.monotonic() - began:.0f} s."
        write_section("accuracy", f"## Accuracy\n\n{about}\n\n{table(figures, floor)}")
    worse = compare(figures, floor)
    print("\n".join(["worse than the floor:", *worse] if worse else ["no figure is worse than its floor"]))
    return 1 if worse and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
