"""`pullquote gazetteer build|match|stats`: files of entities to compiled ones, names in texts, sizes and risks."""

from __future__ import annotations

import argparse
import json
import sys

from pullquote import Gazetteer
from pullquote.cli.shared import OK, SOME_ERRORS, read

FORMATS = ("csv", "jsonl", "parquet", "spacy", "flashtext", "ftm", "wikidata")
MODES = ("longest", "all", "maximal", "priority")
#: Ordinary words that `build` names; `stats --top` names more.
NAMED = 10


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("gazetteer", help="your own entities", description="Compile and try your entities.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    build = actions.add_parser("build", help="compile a file of entities", description="Compile a file of entities.")
    build.add_argument("input", metavar="IN", help="CSV, TSV, JSONL or Parquet (.gz, .zst), or as --format says")
    build.add_argument("-o", "--out", required=True, metavar="OUT", help="the compiled file")
    _reading(build)
    build.add_argument(
        "--skip-bad", action="store_true", help="skip and count bad rows instead of stopping at the first"
    )
    build.add_argument("--transliterate", action="store_true", help="match spellings of other newsrooms too")
    build.set_defaults(do=_build)

    match = actions.add_parser("match", help="find names in a text", description="Print names, one JSON object a line.")
    match.add_argument("gazetteer", metavar="GAZETTEER", help="a compiled file, or a file of entities")
    match.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    _reading(match)
    match.add_argument("--mode", choices=MODES, default="longest", help="default: longest")
    match.add_argument("--fuzzy", action="store_true", help="let words with a capital be one letter off")
    match.set_defaults(do=_match)

    stats = actions.add_parser("stats", help="sizes and risky names", description="Print sizes and the riskiest names.")
    stats.add_argument("gazetteer", metavar="GAZETTEER", help="a compiled file, or a file of entities")
    _reading(stats)
    stats.add_argument("--top", type=int, default=20, metavar="N", help="how many risky names; default: 20")
    stats.set_defaults(do=_stats)


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, help="of a file of entities; default: by its ending")
    parser.add_argument("--languages", default="en", metavar="CODE,…", help="of Wikidata's names; default: en")


def _read(path: str, options: argparse.Namespace, strict: bool = True, transliterate: bool = False) -> Gazetteer:
    if options.format == "wikidata":
        return Gazetteer.from_wikidata(path, options.languages.split(","), strict=strict, transliterate=transliterate)
    return Gazetteer.read(path, format=options.format, strict=strict, transliterate=transliterate)


def _build(options: argparse.Namespace) -> int:
    compiled = _read(options.input, options, strict=not options.skip_bad, transliterate=options.transliterate)
    compiled.save(options.out)
    report = compiled.report
    if report is None:
        print(f"{options.out}: {len(compiled)} entities, copied from a compiled file", file=sys.stderr)
        return OK
    print(f"{options.out}: {report.records} entities, {report.skipped} rows skipped", file=sys.stderr)
    for problem in report.problems:
        print(f"  {problem}", file=sys.stderr)
    if report.ordinary:
        some = ", ".join(report.ordinary[:NAMED])
        more = f" and {len(report.ordinary) - NAMED} more" if len(report.ordinary) > NAMED else ""
        print(f"  ordinary words, names only where the context says so: {some}{more}", file=sys.stderr)
    return SOME_ERRORS if report.skipped else OK


def _match(options: argparse.Namespace) -> int:
    gazetteer = _read(options.gazetteer, options)
    text = read(options.file)
    for found in gazetteer.match(text, mode=options.mode, fuzzy=options.fuzzy):
        row = {
            "start": found.start,
            "end": found.end,
            "text": text[found.start : found.end],
            "alias": found.alias,
            "ids": found.ids,
            "type": found.type,
            "weak": found.weak,
            "score": round(found.score, 4),
        }
        print(json.dumps(row, ensure_ascii=False))
    return OK


def _stats(options: argparse.Namespace) -> int:
    stats = _read(options.gazetteer, options).stats()
    print(f"entities\t{stats.records}\nforms\t{stats.forms}\nbytes\t{stats.bytes}\nweak names\t{len(stats.weak)}")
    if stats.weak and options.top > 0:
        print("\nname\tid\tuses as an ordinary word in a million")
        for name, id, uses in stats.weak[: options.top]:
            print(f"{name}\t{id}\t{uses}")
    return OK
