"""Names in news text: pullquote's gazetteer beside keyword matchers and automata.

Alias sets of several sizes, combined from lists of names with a seed, are matched in the Reuters 1987 and BBC texts.
Each matcher works alone in a process of its own on one core; the best of several passes counts.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.metadata
import json
import os
import pickle
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from report import write_section

Hit = tuple[int, int]
#: Finds the names in one text.
Finder = Callable[[str], Iterable[Hit]]

SEED = 1987
BODIES = ("Bank", "Holdings", "Group", "University", "Airlines", "Motors", "Energy", "Press", "Party", "Institute")
NONE = "–"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Name the options of the comparison."""
    parser.add_argument("--data", type=Path, required=True, help="a folder with lists/ and segmentation/")
    parser.add_argument("--sizes", default="1000,100000,1000000", help="aliases, default: %(default)s")
    parser.add_argument("--only", help="matchers, separated by commas; default: all that are installed")
    parser.add_argument("--limit", type=float, default=120, help="seconds for one matcher, default: %(default)s")
    parser.add_argument(
        "--keep", type=Path, help="a file of measurements that this run adds to and the table is made of"
    )


def main(options: argparse.Namespace) -> int:
    """Measure and write the table."""
    texts = corpus(options.data / "segmentation")
    kept = json.loads(options.keep.read_text()) if options.keep and options.keep.exists() else {}
    wanted = options.only.split(",") if options.only else list(PEERS)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "texts.json").write_text(json.dumps(texts))
        for size in map(int, options.sizes.split(",")):
            (work / "names.json").write_text(json.dumps(names(options.data / "lists", size)))
            for peer in wanted:
                measured = run(peer, work, options.limit)
                print(f"{size:>9} {peer}: {measured}", flush=True)
                before = kept.get(f"{peer}|{size}", {})
                if measured.get("speed", 0) >= before.get("speed", 0):
                    kept[f"{peer}|{size}"] = measured
    if options.keep:
        options.keep.write_text(json.dumps(kept, indent=1))
    write_section("gazetteer", table(kept, texts))
    return 0


def corpus(folder: Path) -> list[str]:
    """The texts of both sets."""
    texts = []
    for name in ("structure.reuters_1987.jsonl.gz", "speed.bbc_2004.jsonl.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as rows:
            texts += [json.loads(row)["text"] for row in rows]
    return texts


def names(folder: Path, count: int) -> list[str]:
    """Names of places and persons, and made-up ones of persons and bodies; the same for the same count."""

    def cells(path: str, column: str, delimiter: str = ",") -> list[str]:
        with open(folder / path, encoding="utf-8-sig", newline="") as rows:
            found = (row[column].strip() for row in csv.DictReader(rows, delimiter=delimiter))
            return sorted({name for name in found if name.isprintable() and len(name) > 2})

    forenames = cells("forenames_by_country.csv", "Romanized Name")
    surnames = cells("surnames_by_country.csv", "Romanized Name")
    with gzip.open(folder / "surnames_us_1990.csv.gz", "rt", encoding="utf-8", newline="") as rows:
        surnames += [row[0].title() for row in csv.reader(rows) if row and row[0].isalpha()][:20_000]
    places = cells("countries.tsv", "name", "\t") + cells("cities_15000.tsv", "name", "\t")
    seeded = random.Random(SEED)
    made: dict[str, None] = dict.fromkeys(seeded.sample(places, min(len(places), count // 5)))
    while len(made) < count:
        person = f"{seeded.choice(forenames)} {seeded.choice(surnames)}"
        body = f"{seeded.choice(surnames)} {seeded.choice(BODIES)}"
        initial = f"{seeded.choice(forenames)} {chr(seeded.randrange(65, 91))}. {seeded.choice(surnames)}"
        made[seeded.choices((person, body, initial, seeded.choice(surnames)), (6, 2, 1, 1))[0]] = None
    return list(made)


def run(peer: str, work: Path, limit: float) -> dict[str, Any]:
    """The measurements of a matcher, or why there are none."""
    script = "import sys; from peers.gazetteer import worker; worker(*sys.argv[1:])"
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, peer, str(work)],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": f"over {limit:.0f} s"}
    if done.returncode != 0:
        return {"problem": (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1][:80]}
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def worker(peer: str, folder: str) -> None:
    """Measure one matcher in this process and print the result as JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work = Path(folder)
    aliases, texts = (json.loads((work / name).read_text()) for name in ("names.json", "texts.json"))
    print(json.dumps(PEERS[peer](aliases, texts, work)))


def resident() -> float:
    """The memory that this process has now, in MB."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize() / 1e6


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """The shortest time of several, and what came of the last."""
    best, result = float("inf"), None
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return best, result


def size_of(texts: list[str]) -> float:
    """In MB."""
    return sum(len(text.encode()) for text in texts) / 1e6


def inside(texts: list[str], hits: Iterable[tuple[int, int, int]]) -> tuple[int, float]:
    """How many hits there are, and the share that begins or ends inside a word."""
    count = cut = 0
    for row, start, end in hits:
        text = texts[row]
        before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        count, cut = count + 1, cut + (before or after)
    return count, cut / max(1, count)


def automaton(
    build: Callable[[list[str]], Any],
    finder: Callable[[Any], Finder],
    save: Callable[[Any, Path], None] | None = None,
    load: Callable[[Path], Any] | None = None,
) -> Callable[[list[str], list[str], Path], dict[str, Any]]:
    """Measures a matcher that takes one text after the other."""

    def measure(aliases: list[str], texts: list[str], work: Path) -> dict[str, Any]:
        before = resident()
        took, built = timed(lambda: build(aliases))
        find = finder(built)
        memory = resident() - before
        sample = texts[:: max(1, round(size_of(texts)))]
        once, _ = timed(lambda: [list(find(text)) for text in sample])
        # Slow ones on a part of the texts, every n-th: about four seconds of them.
        part = texts[:: max(1, round(once * size_of(texts) / max(size_of(sample), 0.1) / 4))]
        seconds, found = timed(lambda: [list(find(text)) for text in part], 3)
        hits, cut = inside(part, ((i, s, e) for i, row in enumerate(found) for s, e in row))
        opened = None
        if save and load:
            path = work / "saved"
            save(built, path)
            opened, _ = timed(lambda: load(path))
        speed = size_of(part) / seconds
        return {
            "build": took,
            "memory": memory,
            "open": opened,
            "speed": speed,
            "hits": hits / size_of(part),
            "cut": cut,
        }

    return measure


def ours(mapped: bool, column: bool = True) -> Callable[[list[str], list[str], Path], dict[str, Any]]:
    """Measures `match_batch`, of what was just built or of a file that is mapped."""

    def measure(aliases: list[str], texts: list[str], work: Path) -> dict[str, Any]:
        import pyarrow as pa

        from pullquote import Gazetteer

        path = work / "kb.pqg"
        data = pa.array(texts) if column else texts
        Gazetteer.from_records(["Warm Up"]).match_batch(data, n_threads=1)
        took = 0.0
        if mapped:
            # Built by another process, so that this one has no more than it maps.
            subprocess.run([sys.executable, "-c", BUILDER, str(work / "names.json"), str(path)], check=True)
            before = resident()
            opened, kb = timed(lambda: Gazetteer.open(path))
        else:
            before, names = resident(), pa.table({"name": aliases})
            took, kb = timed(lambda: Gazetteer.from_arrow(names))
        table = kb.match_batch(data, n_threads=1)
        memory = resident() - before
        seconds, table = timed(lambda: kb.match_batch(data, n_threads=1), 5)
        rows = table.to_arrow().select(["article_id", "start", "end"]).to_pylist()
        hits, cut = inside(texts, ((r["article_id"], r["start"], r["end"]) for r in rows))
        if not mapped:
            kb.save(path)
            opened, _ = timed(lambda: Gazetteer.open(path))
        found = {"build": took or None, "memory": memory, "open": opened, "speed": size_of(texts) / seconds}
        return {**found, "hits": hits / size_of(texts), "cut": cut}

    return measure


BUILDER = """
import json, sys
from pullquote import Gazetteer
Gazetteer.from_records(json.load(open(sys.argv[1]))).save(sys.argv[2])
"""


def fuzzy(aliases: list[str], texts: list[str], _: Path) -> dict[str, Any]:
    """Measures approximate matching: how many names with one edit are found, and the cost of a word with a capital."""
    from pullquote import Gazetteer

    kb = Gazetteer.from_records(aliases)
    seeded = random.Random(SEED)
    long = [name for name in aliases if len(name) > 7 and max(map(len, name.split())) > 4]
    chosen = seeded.sample(long, min(2000, len(long)))
    variants = [edited(name, seeded) for name in chosen]
    took, _ = timed(lambda: kb.match("Warm Up", fuzzy=True))
    found = sum(
        any(m.name == name for m in nearest(kb, variant)) for name, variant in zip(chosen, variants, strict=True)
    )
    whole = sum(any(m.end - m.start == len(v) for m in nearest(kb, v)) for v in variants)
    part = texts[::4]
    plain, _ = timed(lambda: kb.match_batch(part, n_threads=1), 3)
    near, _ = timed(lambda: kb.match_batch(part, fuzzy=True, n_threads=1), 3)
    words = sum(len(re.findall(r"\b[A-Z]\w+", text)) for text in part)
    return {
        "build": took,
        "found": whole / len(variants),
        "same": found / len(variants),
        "look-up": (near - plain) / words * 1e6,
        "speed": size_of(part) / near,
    }


def nearest(kb: Any, text: str) -> Iterator[Any]:
    yield from kb.match(text, fuzzy=True)


def edited(name: str, seeded: random.Random) -> str:
    """The name with one letter put in, left out, replaced or swapped, not the first, in its longest word."""
    word = max(name.split(), key=len)
    at = seeded.randrange(1, len(word) - 1)
    letter = seeded.choice("abcdefghijklmnopqrstuvwxyz")
    other = {
        0: word[:at] + letter + word[at:],
        1: word[:at] + word[at + 1 :],
        2: word[:at] + letter + word[at + 1 :],
        3: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[seeded.randrange(4)]
    return name.replace(word, other, 1)


def build_flashtext(aliases: list[str]) -> Any:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_list(aliases)
    return processor


def build_ahocorasick_rs(aliases: list[str]) -> Any:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(aliases, matchkind=MatchKind.LeftmostLongest)


def build_pyahocorasick(aliases: list[str]) -> Any:
    import ahocorasick

    built = ahocorasick.Automaton()
    for number, alias in enumerate(aliases):
        built.add_word(alias, (number, len(alias)))
    built.make_automaton()
    return built


def build_daachorse(aliases: list[str]) -> Any:
    import daachorse

    return daachorse.CharwiseDoubleArrayAhoCorasick(aliases, daachorse.MATCH_KIND_LEFTMOST_LONGEST)


def build_hyperscan(aliases: list[str]) -> Any:
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = [hyperscan.HS_FLAG_SOM_LEFTMOST] * len(aliases)
    database.compile([re.escape(alias).encode() for alias in aliases], list(range(len(aliases))), flags=flags)
    return database


def find_hyperscan(database: Any) -> Finder:
    def find(text: str) -> list[Hit]:
        data, hits = text.encode(), []
        database.scan(data, match_event_handler=lambda _, start, end, __, ___: hits.append((start, end)))
        if len(data) == len(text):
            return hits
        return [(len(data[:s].decode()), len(data[:e].decode(errors="replace"))) for s, e in hits]

    return find


def build_spacy(aliases: list[str]) -> Any:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("NAME", list(nlp.tokenizer.pipe(aliases)))
    return nlp, matcher


def find_spacy(built: Any) -> Finder:
    nlp, matcher = built

    def find(text: str) -> list[Hit]:
        doc = nlp.make_doc(text)
        spans = [doc[start:end] for _, start, end in matcher(doc)]
        return [(span.start_char, span.end_char) for span in spans]

    return find


def dump(built: Any, path: Path) -> None:
    path.write_bytes(pickle.dumps(built))


def undump(path: Path) -> Any:
    return pickle.loads(path.read_bytes())


PEERS: dict[str, Callable[[list[str], list[str], Path], dict[str, Any]]] = {
    "pullquote": ours(mapped=False),
    "pullquote (list of str)": ours(mapped=False, column=False),
    "pullquote (mapped file)": ours(mapped=True),
    "pullquote (fuzzy)": fuzzy,
    "flashtext": automaton(
        build_flashtext,
        lambda built: lambda text: ((s, e) for _, s, e in built.extract_keywords(text, span_info=True)),
        dump,
        undump,
    ),
    "ahocorasick_rs": automaton(
        build_ahocorasick_rs, lambda built: lambda text: ((s, e) for _, s, e in built.find_matches_as_indexes(text))
    ),
    "pyahocorasick": automaton(
        build_pyahocorasick,
        lambda built: lambda text: ((end - value[1] + 1, end + 1) for end, value in built.iter_long(text)),
        dump,
        undump,
    ),
    "daachorse": automaton(build_daachorse, lambda built: lambda text: ((s, e) for s, e, _ in built.find(text))),
    "hyperscan": automaton(build_hyperscan, find_hyperscan),
    "spacy": automaton(build_spacy, find_spacy),
}


def row_of(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(kept: dict[str, Any], texts: list[str]) -> str:
    """The measurements as Markdown."""
    versions = []
    for package in ("pullquote", "flashtext", "ahocorasick_rs", "pyahocorasick", "daachorse", "hyperscan", "spacy"):
        try:
            versions.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{package} not installed")
    lines = [
        "## Gazetteer",
        "",
        f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, `python benches/compare.py gazetteer --data DIR`, one "
        f"core, {len(texts)} texts, {size_of(texts):.1f} MB. {', '.join(versions)}.",
        "",
        "| aliases | matcher | MB/s | build s | memory MB | open ms | hits a MB | hits inside words |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    near = [
        "",
        "Approximate matching, `fuzzy=True`: names with one edit in their longest word; cost of a capitalised word.",
        "",
        "| aliases | found | as the same name | µs a word | MB/s | index s |",
        "|---:|---:|---:|---:|---:|---:|",
    ]

    def cell(value: float | None, form: str) -> str:
        return NONE if value is None else format(value, form)

    order = list(PEERS)
    for key, m in sorted(kept.items(), key=lambda row: (int(row[0].split("|")[1]), order.index(row[0].split("|")[0]))):
        peer, count = key.split("|")
        start = f"{int(count):,}"
        if "problem" in m:
            cells = [start, peer, m["problem"], "", "", "", "", ""]
        elif "found" in m:
            cells = [start, f"{m['found']:.1%}", f"{m['same']:.1%}", f"{m['look-up']:.2f}", f"{m['speed']:.1f}"]
            near.append(row_of([*cells, f"{m['build']:.1f}"]))
            continue
        else:
            opened = None if m["open"] is None else m["open"] * 1000
            cells = [start, peer, f"{m['speed']:.1f}", cell(m["build"], ".2f"), f"{m['memory']:.0f}"]
            cells += [cell(opened, ".1f"), f"{m['hits']:.0f}", f"{m['cut']:.1%}"]
        lines.append(row_of(cells))
    notes = [
        "",
        "`pullquote` takes an Arrow column and gives an Arrow table, tokenizing within; the others take each text as a "
        "`str` and give a list of spans. Memory is what the process grew by, pullquote's after a pass over the texts. "
        "Hits of the others begin and end anywhere; hyperscan gives all hits, the others the longest. With `--keep` "
        "each matcher's row is its fastest of several runs on the same machine.",
    ]
    return "\n".join(lines + notes + (near if any("found" in m for m in kept.values()) else []))
