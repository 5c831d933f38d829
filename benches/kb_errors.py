"""Why mentions get no id, or a wrong one: errors of linking to a gazetteer of the gold labels, by cause.

    python benches/kb_errors.py --data DIR [--show N]

DIR holds data/. What counts is what eval/score_entities.py counts. `--show` prints N errors of each cause.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from accuracy import KB, Row, gold_labels, rows
from pullquote import Pipeline
from report import write_section

Span = tuple[int, int]
#: The causes, in the order of the table, with what they mean.
CAUSES = {
    "a number": "gold has a quantity there, no entity; the measure counts it",
    "not a name": "gold has an id for words without a capital; nothing overlaps them",
    "not found": "gold has an id for a name; no mention overlaps its span",
    "no id": "the mention is found; its words or its entity lead to no record",
    "wrong boundary": "a mention overlaps, with other borders",
    "ambiguous": "found with another id, and the label of the gold id is what the text says",
    "metonym or type": "found with another id, whose label is what the text says: a place for its team or government",
    "wrong entity": "found with another id, by another form in the article",
    "link with other borders": "a link overlaps a gold mention, with other borders",
    "not in gold": "gold has no id there",
}


def overlapping(span: Span, others: dict[Span, str | None]) -> list[Span]:
    """The spans that share a character with `span`."""
    return [(s, e) for s, e in others if s < span[1] and span[0] < e]


def predicted(parsed: Row) -> dict[Span, str | None]:
    """The id, if any, of each mention by name."""
    ids = {entity["id"]: entity["kb_id"] for entity in parsed["entities"]}
    forms = ("name", "short", "acronym")
    return {(m["start"], m["end"]): ids.get(m["entity"]) for m in parsed["mentions"] if m["form"] in forms}


def cause_of(words: str, wanted: str, got: str, labels: dict[str, str]) -> str:
    """Why one id was taken for another."""
    same = [words.casefold() == labels.get(i, "").casefold() for i in (wanted, got)]
    return "ambiguous" if same[0] else "metonym or type" if same[1] else "wrong entity"


def missed(words: str, wanted: str, overlapped: bool) -> str:
    """Why a gold span is no mention."""
    if wanted == "QUANTITY":
        return "a number"
    if overlapped:
        return "wrong boundary"
    return "not found" if any(c.isupper() for c in words) else "not a name"


def errors(row: Row, parsed: Row, labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each error of an article: its cause, and the words around it."""
    low, high = row.get("evaluation_span") or (0, len(row["text"]))
    gold = {
        (m["start"], m["end"]): str(m["entity"])
        for m in row["mentions"]
        if low <= m["start"] and m["end"] <= high and not m.get("coref")
    }
    free = {(m["start"], m["end"]) for m in row["mentions"] if m.get("optional")}
    found = {k: v for k, v in predicted(parsed).items() if low <= k[0] and k[1] <= high}
    need = {k: v for k, v in gold.items() if k not in free and v.startswith("Q")}

    def shown(span: Span, *ids: str | None) -> str:
        start, end = span
        text = row["text"]
        around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")
        return f"{around}  " + " ".join(f"{i} {labels.get(i or '', '')}" for i in ids)

    for span, wanted in need.items():
        got = found.get(span)
        if got == wanted:
            continue
        if got:
            yield cause_of(row["text"][span[0] : span[1]], wanted, got, labels), shown(span, wanted, got)
        elif span in found:
            yield "no id", shown(span, wanted)
        else:
            yield missed(row["text"][span[0] : span[1]], wanted, bool(overlapping(span, found))), shown(span, wanted)
    for span, got in found.items():
        if got and span not in need and span not in free:
            close = overlapping(span, dict(need))
            yield "link with other borders" if close else "not in gold", shown(span, got)


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    options = parser.parse_args()
    pipeline = Pipeline(gazetteer=gold_labels(options.data))
    gold = {path: rows(options.data / path) for path in KB}
    labels = {str(m["entity"]): m["name"] for part in gold.values() for row in part for m in row["mentions"]}
    counts: dict[str, list[int]] = {cause: [0] * len(KB) for cause in CAUSES}
    examples: dict[str, list[str]] = defaultdict(list)
    for column, part in enumerate(gold.values()):
        for row in part:
            for cause, words in errors(row, pipeline.parse(row["text"]).to_dict(), labels):
                counts[cause][column] += 1
                examples[cause].append(f"{row['id']}: {words}")
    names = [Path(path).name.removesuffix(".jsonl") for path in KB]
    lines = [f"| cause | {' | '.join(names)} | meaning |", "|---|" + "---:|" * len(names) + "---|"]
    lines += [f"| {cause} | {' | '.join(map(str, counts[cause]))} | {about} |" for cause, about in CAUSES.items()]
    about = "A gazetteer of the gold labels, names alone; `python benches/kb_errors.py --data DIR`."
    write_section("kb-errors", f"## Errors of linking to a gazetteer\n\n{about}\n\n" + "\n".join(lines))
    print(*lines, sep="\n")
    for cause, found in examples.items():
        chosen = random.Random(0).sample(found, min(options.show, len(found)))
        print(f"\n{cause}", *chosen, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
