"""`pullquote run INPUTS --out DIR`: files of articles to files of tables."""

from __future__ import annotations

import argparse
import sys

from pullquote import ConfigError, Report
from pullquote.cli.shared import OK, SOME_ERRORS, pipeline, pipeline_options

EPILOG = """Exit codes: 0 all went well, 1 some articles became rows of errors, 2 the job could not be done,
130 interrupted. Whatever the code, finished parts are good."""

_FACTORS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "run",
        help="files to files",
        description="Parse files of articles and write tables. Run again, it goes on where it stopped.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="JSONL, CSV, TSV, NITF, NewsML-G2, WARC (all also .gz, .zst), Parquet, .txt, .html, folders, patterns, -",
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder of the results")
    parser.add_argument("--format", choices=("parquet", "jsonl", "csv"), default="parquet", help="default: parquet")
    parser.add_argument("--tables", metavar="NAME,…", help="articles,blocks,sentences,quotes,mentions,entities")
    for part in ("text", "id", "headline", "date"):
        parser.add_argument(f"--{part}", metavar="COLUMN", help=f"the column of the {part}; default: by its name")
    parser.add_argument("--shard", metavar="I/N", default="0/1", help="this run's share of the work, from 0/N to N-1/N")
    parser.add_argument("--no-resume", action="store_true", help="begin anew instead of going on")
    parser.add_argument("--max-errors", type=int, metavar="N", help="stop after more bad articles than this")
    parser.add_argument(
        "--max-row-bytes", type=_size, metavar="N", help="a longer row is bad, such as 500K, 64M, 2G; default: 128M"
    )
    parser.add_argument(
        "--split", action="store_true", help="a row may hold several articles: those of row ID are ID#1, ID#2, …"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary")
    pipeline_options(parser)
    parser.set_defaults(do=_run)


def _size(text: str) -> int:
    number, factor = (text[:-1], _FACTORS[text[-1:].upper()]) if text[-1:].upper() in _FACTORS else (text, 1)
    if not number.isdecimal() or int(number) == 0:
        raise argparse.ArgumentTypeError(f"expected a size such as 500K, 64M or 2G, found {text!r}")
    return int(number) * factor


def _run(options: argparse.Namespace) -> int:
    part, _, parts = options.shard.partition("/")
    if not (part.isdecimal() and parts.isdecimal()):
        raise ConfigError(f"--shard: expected I/N such as 0/4, found {options.shard!r}")
    names = {part: getattr(options, part) for part in ("text", "id", "headline", "date") if getattr(options, part)}
    report = pipeline(options).run(
        options.inputs,
        options.out,
        columns=names,
        tables=options.tables.split(",") if options.tables else None,
        format=options.format,
        shard=(int(part), int(parts)),
        resume=not options.no_resume,
        progress=not options.quiet,
        max_errors=options.max_errors,
        max_row_bytes=options.max_row_bytes,
        split=options.split,
    )
    if not options.quiet:
        print(f"{_summary(report)}: {options.out}", file=sys.stderr)
    return SOME_ERRORS if report.errors else OK


def _summary(report: Report) -> str:
    quotes = report.rows.get("quotes")
    said = "" if quotes is None else f", {quotes} quotes"
    rates = f"{report.articles_per_second:.0f} articles/s, {report.megabytes_per_second:.1f} MB/s"
    return f"{report.articles} articles, {report.errors} errors{said}, {report.seconds:.1f} s ({rates})"
