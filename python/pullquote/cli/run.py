"""`pullquote run INPUTS --out DIR`: files of articles to files of tables."""

from __future__ import annotations

import argparse
import sys
import time

from pullquote import InputError
from pullquote.cli.shared import OK, SOME_ERRORS, pipeline, pipeline_options


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("run", help="files to files", description="Parse files of articles and write tables.")
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="JSONL, CSV, TSV (.gz, .zst), Parquet, .txt, folders, patterns, -"
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder of the results")
    parser.add_argument("--format", choices=("parquet", "jsonl", "csv"), default="parquet", help="default: parquet")
    parser.add_argument("--tables", metavar="NAME,…", help="articles,blocks,sentences,quotes,mentions,entities")
    for part in ("text", "id", "headline", "date"):
        parser.add_argument(f"--{part}", metavar="COLUMN", help=f"the column of the {part}; default: by its name")
    parser.add_argument("--shard", metavar="I/N", default="0/1", help="this run's share of the work, from 0/N to N-1/N")
    parser.add_argument("--no-resume", action="store_true", help="begin anew instead of going on")
    parser.add_argument("--max-errors", type=int, metavar="N", help="stop after more bad articles than this")
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary")
    pipeline_options(parser)
    parser.set_defaults(do=_run)


def _run(options: argparse.Namespace) -> int:
    part, _, parts = options.shard.partition("/")
    if not (part.isdecimal() and parts.isdecimal()):
        raise InputError(f"--shard: expected I/N such as 0/4, found {options.shard!r}")
    names = {part: getattr(options, part) for part in ("text", "id", "headline", "date") if getattr(options, part)}
    began = time.monotonic()
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
    )
    if not options.quiet:
        seconds = time.monotonic() - began
        quotes = report.rows.get("quotes")
        said = "" if quotes is None else f", {quotes} quotes"
        print(
            f"{report.articles} articles, {report.errors} errors{said}, {seconds:.1f} s: {options.out}", file=sys.stderr
        )
    return SOME_ERRORS if report.errors else OK
