"""What several commands share: exit codes, options of the pipeline, input."""

from __future__ import annotations

import argparse
import sys

from pullquote import InputError, MissingFileError, Pipeline

#: Exit codes: all went well; some articles became errors; the command could not be done; Ctrl-C.
OK, SOME_ERRORS, FAILED, INTERRUPTED = 0, 1, 2, 130


def pipeline_options(parser: argparse.ArgumentParser) -> None:
    """Name the options that `pipeline` reads."""
    parser.add_argument("--quotes", choices=("all", "direct", "none"), default="all", help="default: all")
    parser.add_argument(
        "--gazetteer",
        metavar="FILE",
        help="your entities: a file of `pullquote gazetteer build`, CSV, JSONL or Parquet",
    )
    parser.add_argument("--threads", type=int, metavar="N", help="default: one a core")


def pipeline(options: argparse.Namespace) -> Pipeline:
    """The pipeline that the options ask for."""
    return Pipeline(gazetteer=options.gazetteer, quotes=options.quotes, n_threads=options.threads)


def read(path: str) -> str:
    """The text of a file, or of standard input where the path is `-`."""
    try:
        if path == "-":
            return sys.stdin.buffer.read().decode()
        with open(path, "rb") as file:
            return file.read().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 from byte {error.start}; `pullquote run` finds the encoding") from error
    except OSError as error:
        raise MissingFileError(f"{path}: {error.strerror}") from error
