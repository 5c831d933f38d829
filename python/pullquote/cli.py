"""The command line: `pullquote parse FILE|-` and `pullquote run INPUTS --out DIR`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from pullquote import Gazetteer, InputError, MissingFileError, Pipeline, PullquoteError, __version__
from pullquote.display import article_html, article_text

#: Exit codes: all went well; some articles became errors; the command could not be done; Ctrl-C.
OK, SOME_ERRORS, FAILED, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say and give the exit code."""
    options = _parser().parse_args(argv)
    try:
        if options.command == "parse":
            return _parse(options)
        return _run(options)
    except PullquoteError as error:
        print(f"pullquote: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("pullquote: interrupted; finished parts are good, run again to go on", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough; nothing more may be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pullquote", description="Who said what about whom, in news text.")
    parser.add_argument("--version", action="version", version=f"pullquote {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="parse|run")

    parse = commands.add_parser("parse", help="parse one article", description="Parse one article and print it.")
    parse.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parse.add_argument("--format", choices=("json", "text", "html"), default="json", help="default: json")
    _pipeline_options(parse)

    run = commands.add_parser("run", help="files to files", description="Parse files of articles and write tables.")
    run.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="JSONL, CSV, TSV (.gz, .zst), Parquet, .txt, folders, patterns, -"
    )
    run.add_argument("--out", required=True, metavar="DIR", help="the folder of the results")
    run.add_argument("--format", choices=("parquet", "jsonl", "csv"), default="parquet", help="default: parquet")
    run.add_argument("--tables", metavar="NAME,…", help="articles,blocks,sentences,quotes,mentions,entities")
    for part in ("text", "id", "headline", "date"):
        run.add_argument(f"--{part}", metavar="COLUMN", help=f"the column of the {part}; default: by its name")
    run.add_argument("--shard", metavar="I/N", default="0/1", help="this run's share of the work, from 0/N to N-1/N")
    run.add_argument("--no-resume", action="store_true", help="begin anew instead of going on")
    run.add_argument("--max-errors", type=int, metavar="N", help="stop after more bad articles than this")
    run.add_argument("--quiet", action="store_true", help="no progress and no summary")
    _pipeline_options(run)
    return parser


def _pipeline_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quotes", choices=("all", "direct", "none"), default="all", help="default: all")
    parser.add_argument("--gazetteer", metavar="CSV", help="your entities: a CSV file with id, name, aliases, type")
    parser.add_argument("--threads", type=int, metavar="N", help="default: one a core")


def _pipeline(options: argparse.Namespace) -> Pipeline:
    gazetteer = Gazetteer.from_csv(options.gazetteer) if options.gazetteer else None
    return Pipeline(gazetteer=gazetteer, quotes=options.quotes, n_threads=options.threads)


def _parse(options: argparse.Namespace) -> int:
    article = _pipeline(options).parse(_read(options.file))
    if options.format == "json":
        print(article.to_json())
    elif options.format == "html":
        print(article_html(article))
    else:
        print(article_text(article))
    return OK


def _read(path: str) -> str:
    try:
        if path == "-":
            return sys.stdin.buffer.read().decode()
        with open(path, "rb") as file:
            return file.read().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 from byte {error.start}; `pullquote run` finds the encoding") from error
    except OSError as error:
        raise MissingFileError(f"{path}: {error.strerror}") from error


def _run(options: argparse.Namespace) -> int:
    part, _, parts = options.shard.partition("/")
    if not (part.isdecimal() and parts.isdecimal()):
        raise InputError(f"--shard: expected I/N such as 0/4, found {options.shard!r}")
    names = {part: getattr(options, part) for part in ("text", "id", "headline", "date") if getattr(options, part)}
    began = time.monotonic()
    report = _pipeline(options).run(
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
