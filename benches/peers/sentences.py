"""Sentence boundaries beside seven other libraries: the same sets, the same measure, one core, one run.

    python benches/compare.py sentences --data DIR [--times 3]

DIR holds data/ and eval/ with the scorer. What the table says of its columns stands in `ABOUT`. The cores in Rust are
compared by the program of `benches/cores`, where cargo is at hand.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pullquote
from accuracy import Row, rows
from report import write_section

ABOUT = """\
Boundaries DOC F1. A peer reads each text whole and, in a second pass, line by line, because a line break ends a
sentence in all of these sets; the better pass of the two is its figure for the set. pullquote reads the whole
text. MB/s: the news articles of the speed set, from Python, one thread, sentences as strings (for pullquote
with tokens, blocks and datelines), the best of several runs; × is how much longer than pullquote."""

#: Gives the sentences of a text in order; they may lose white space and nothing else.
Splitter = Callable[[str], list[str]]

ENGLISH = ("grs_en", "ewt_dev", "gum_dev", "gentle_all")
OTHERS = ("pl", "ro", "ja", "lt", "ta")
SETS = {**dict.fromkeys(ENGLISH, "en"), **{f"newscrawl_dev.{code}": code for code in OTHERS}}


CORES = Path(__file__).parents[1] / "cores" / "Cargo.toml"


@dataclass(frozen=True)
class Peer:
    """A library: its name in the package index, its languages, how it is made ready for one."""

    package: str
    languages: tuple[str, ...]
    make: Callable[[str], Splitter]


def sentencex(language: str) -> Splitter:
    """The rules of Wikimedia, in Rust."""
    segment = importlib.import_module("sentencex").segment
    return lambda text: list(segment(language, text))


def pysbd(language: str) -> Splitter:
    """Pragmatic segmenter."""
    segmenter = importlib.import_module("pysbd").Segmenter(language=language, clean=False)
    return lambda text: list(segmenter.segment(text))


def nupunkt(language: str) -> Splitter:
    """Punkt, trained on law and finance."""
    return importlib.import_module("nupunkt").sent_tokenize  # type: ignore[no-any-return]


def syntok(language: str) -> Splitter:
    """Rules over tokens."""
    analyze = importlib.import_module("syntok.segmenter").analyze

    def split(text: str) -> list[str]:
        sentences = (sentence for paragraph in analyze(text) for sentence in paragraph)
        return [text[s[0].offset : s[-1].offset + len(s[-1].value)] for s in sentences if s]

    return split


def sentence_splitter(language: str) -> Splitter:
    """The rules of Europarl."""
    split: Splitter = importlib.import_module("sentence_splitter").SentenceSplitter(language=language).split
    return split


def blingfire(language: str) -> Splitter:
    """Automata of Bing."""
    split = importlib.import_module("blingfire").text_to_sentences
    return lambda text: str(split(text)).split("\n")


def icu(language: str) -> Splitter:
    """UAX #29, with the suppressions of CLDR where there are any."""
    module = importlib.import_module("icu")
    iterator = module.BreakIterator.createSentenceInstance(module.Locale(f"{language}@ss=standard"))

    def split(text: str) -> list[str]:
        # Its positions are UTF-16 units.
        data = text.encode("utf-16-le")
        iterator.setText(text)
        found, start = [], 0
        for end in iterator:
            found.append(data[2 * start : 2 * end].decode("utf-16-le"))
            start = end
        return found

    return split


ALL = ("en", *OTHERS)
PEERS = {
    "sentencex": Peer("sentencex", ALL, sentencex),
    "pySBD": Peer("pysbd", ("en", "pl", "ja"), pysbd),
    "nupunkt": Peer("nupunkt", ("en",), nupunkt),
    "syntok": Peer("syntok", ("en",), syntok),
    "sentence-splitter": Peer("sentence-splitter", ("en", "pl", "ro", "lt"), sentence_splitter),
    "BlingFire": Peer("blingfire", ALL, blingfire),
    "ICU": Peer("PyICU", ALL, icu),
}


def lines(split: Splitter) -> Splitter:
    """The same, line by line."""
    return lambda text: [s for line in text.split("\n") if line.strip() for s in split(line)]


def boundaries(text: str, sentences: list[str]) -> list[dict[str, int]]:
    """The spans of sentences of which only white space may be lost; characters that show nothing may be, too."""
    solid = [i for i, c in enumerate(text) if not c.isspace()]
    found, at = [], 0
    for sentence in sentences:
        length = sum(not c.isspace() for c in sentence)
        if length and at < len(solid):
            last = min(at + length, len(solid)) - 1
            found.append({"start": solid[at], "end": solid[last] + 1})
            at += length
    return found


def predicted(gold: list[Row], split: Splitter) -> list[Row]:
    """What a peer says, in the form of the scorer."""
    return [{"id": g["id"], "text": g["text"], "sentences": boundaries(g["text"], split(g["text"]))} for g in gold]


def ours(gold: list[Row]) -> list[Row]:
    """What pullquote says."""
    pipeline = pullquote.Pipeline(quotes="none")
    return [a.to_dict() for a in pipeline.pipe((g["id"], g["text"]) for g in gold)]


def seconds(split: Callable[[str], Any], texts: list[str], times: int) -> float:
    """The shortest of several runs over all texts."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        for text in texts:
            split(text)
        took.append(time.perf_counter() - began)
    return min(took)


def rivals(sets: dict[str, list[Row]], score: Callable[..., dict[str, float]]) -> Iterator[tuple[str, list[str]]]:
    """Each peer with its cells: a score for each set, or a dash where it has no such language."""
    for name, peer in PEERS.items():
        try:
            version = importlib.metadata.version(peer.package)
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} (not installed)", ["–"] * len(sets)
            continue
        cells = []
        for set_name, gold in sets.items():
            if SETS[set_name] not in peer.languages:
                cells.append("–")
                continue
            split = peer.make(SETS[set_name])
            passes = (score(gold, predicted(gold, each)) for each in (split, lines(split)))
            cells.append(f"{max(found['boundaries DOC F1'] for found in passes):.2f}")
        yield f"{name} {version}", cells


def mean(cells: list[str], count: int) -> str:
    """The mean of the first cells, where all have a figure."""
    values = [float(cell) for cell in cells[:count] if cell != "–"]
    return f"{sum(values) / count:.2f}" if len(values) == count else "–"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Name the options."""
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/ and eval/")
    parser.add_argument("--times", type=int, default=3, help="runs for the speed; default: 3")


def main(options: argparse.Namespace) -> int:
    """Measure, print and write the table."""
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(options.data / "eval"))
    score = importlib.import_module("score_segments").score
    folder = options.data / "data/segmentation"
    sets = {name: rows(folder / f"sentences.{name}.jsonl") for name in SETS}
    news = rows(folder / "speed.bbc_2004.jsonl.gz")
    texts = [row["text"] for row in news]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6

    own = [f"{score(gold, ours(gold))['boundaries DOC F1']:.2f}" for gold in sets.values()]
    table = [(f"**pullquote** {pullquote.__version__}", own, seconds(pullquote.sentences, texts, options.times))]
    for name, cells in rivals(sets, score):
        peer = PEERS[name.split()[0]]
        known = "not installed" not in name
        # The slow ones are run once.
        took = seconds(peer.make("en"), texts, 1) if known else 0.0
        if known and took < 5:
            took = seconds(peer.make("en"), texts, options.times)
        table.append((name, cells, took))
    head = ["library", *(name.removeprefix("newscrawl_dev.") for name in sets)]
    head += ["mean of English", "mean of all", "MB/s", "×"]
    out = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    for name, cells, took in table:
        speed = [f"{megabytes / took:.1f}", f"{took / table[0][2]:.1f}"] if took else ["–", "–"]
        row = [name, *cells, mean(cells, len(ENGLISH)), mean(cells, len(sets)), *speed]
        out.append("| " + " | ".join(row) + " |")
    about = f"{time.strftime('%Y-%m-%d')}, `python benches/compare.py sentences --data DIR`. {ABOUT}"
    parts = ["## Sentences beside other libraries", about, "\n".join(out), *cores(news)]
    write_section("sentences", "\n\n".join(parts))
    print("\n".join(out))
    return 0


def cores(news: list[Row]) -> list[str]:
    """What `benches/cores` measures over the same articles, as Markdown; nothing without cargo."""
    if not shutil.which("cargo"):
        return ["The cores in Rust were not compared: cargo is not installed."]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": row["text"]}) + "\n" for row in news)
        file.flush()
        command = ["cargo", "run", "--quiet", "--release", "--manifest-path", str(CORES), "--", file.name]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    speeds: dict[str, float] = found["speeds"]
    first = speeds["pullquote sentences"]
    rates = [f"| {name} | {rate:.0f} | {first / rate:.1f} |" for name, rate in speeds.items()]
    linear = [
        f"| {name} | " + " | ".join(f"{rate:.0f}" for rate in row) + " |" for name, row in found["linear"].items()
    ]
    return [
        "The cores in Rust, one thread, the same articles, the best of seven runs:",
        "\n".join(["| core | MB/s | × |", "|---|---:|---:|", *rates]),
        "Time is linear: MB/s of tokens, blocks, datelines and sentences together, for one text of so many megabytes.",
        "\n".join(["| text | 1 MB | 10 MB | 100 MB |", "|---|---:|---:|---:|", *linear]),
    ]
