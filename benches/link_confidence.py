"""How far the `confidence` of a mention can be believed: links by their reason, and the share of each that is right.

    python benches/link_confidence.py --data DIR

DIR holds data/ and eval/. A name is judged where the annotated development articles have a mention of exactly its span,
a description where it overlaps one of theirs, a pronoun where it is the speaker of one of their quotes; right is what
bears the gold entity's name. Links to a gazetteer are judged on the development sets with ids, where gold has an id,
with a gazetteer of their labels. The share is (right + 1) / (judged + 2). It goes into src/entities/reason.rs.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accuracy import KB, Row, gold_labels, rows
from pullquote import Pipeline
from report import write_section

ARTICLES = "data/articles/annotated.dev.jsonl"
Judged = tuple[str, bool]
Span = tuple[int, int]
#: The reasons that only a gazetteer gives.
LISTED = ("gazetteer", "other name of a country", "form of a listed name", "adjective of a country")


def gold_spans(row: Row) -> tuple[dict[Span, Row], dict[Span, Row]]:
    """The gold names of an article, and its gold descriptions and speakers, each with its entity."""
    named = {entity["name"]: entity for entity in row["entities"]}
    names = {(s, e): entity for entity in row["entities"] for s, e in entity["mentions"]}
    others = {(s, e): entity for entity in row["entities"] for s, e in entity["descriptions"]}
    for quote in row["quotes"]:
        if quote["speaker"] and quote["speaker_entity"] in named:
            start, end = quote["speaker"]
            others.setdefault((start, end), named[quote["speaker_entity"]])
    return names, others


def links(scorer: Any, row: Row, parsed: Row) -> Iterator[Judged]:
    """The reason of each mention that the gold article has too, and whether it bears the gold name."""
    names, others = gold_spans(row)
    bearers = {entity["id"]: scorer.key(entity["name"]) for entity in parsed["entities"]}
    for mention in parsed["mentions"]:
        start, end = mention["start"], mention["end"]
        if mention["form"] in scorer.NAMES:
            gold = [names[start, end]] if (start, end) in names else []
        else:
            gold = [entity for (s, e), entity in others.items() if s < end and start < e]
        if gold:
            bearer = bearers[mention["entity"]]
            yield mention["reason"], any(bearer in scorer.good_names(row["text"], entity) for entity in gold)


def ids(row: Row, parsed: Row) -> Iterator[Judged]:
    """The same for mentions that the gazetteer knows, by the gold ids."""
    gold = {(m["start"], m["end"]): str(m["entity"]) for m in row["mentions"]}
    known = {entity["id"]: entity["kb_id"] for entity in parsed["entities"]}
    for mention in parsed["mentions"]:
        wanted = gold.get((mention["start"], mention["end"]))
        if mention["reason"] in LISTED and wanted is not None and known[mention["entity"]]:
            yield mention["reason"], known[mention["entity"]] == wanted


def measure(data: Path) -> tuple[Counter[str], Counter[str]]:
    """For each reason, how many links were judged and how many of them are right."""
    sys.path.insert(0, str(data / "eval"))
    scorer = importlib.import_module("score_entities")
    plain, labels = Pipeline(), Pipeline(gazetteer=gold_labels(data))
    found: list[Judged] = []
    for row in rows(data / ARTICLES):
        found += links(scorer, row, plain.parse(row["text"]).to_dict())
    for path in KB:
        for row in rows(data / path):
            found += ids(row, labels.parse(row["text"]).to_dict())
    return Counter(reason for reason, _ in found), Counter(reason for reason, right in found if right)


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    judged, right = measure(parser.parse_args().data)
    lines = ["| reason | judged | right | confidence |", "|---|---:|---:|---:|"]
    for reason, count in judged.most_common():
        share = (right[reason] + 1) / (count + 2)
        lines.append(f"| {reason} | {count} | {right[reason]} | {share:.2f} |")
    about = f"{Path(ARTICLES).name}, {sum(judged.values())} links; `python benches/link_confidence.py --data DIR`."
    write_section("link-confidence", f"## Confidence of links\n\n{about}\n\n" + "\n".join(lines))
    print(about, *lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
