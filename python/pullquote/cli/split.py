"""`pullquote split FILE|-`: a text that holds several articles to one line of JSON an article."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pullquote import split
from pullquote.cli.shared import OK, read


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "split",
        help="cut a text of several articles",
        description="Cut a text that holds several articles, such as an archive export or a feed page, and print one "
        "line of JSON an article: id, start, end, reason and text. `pullquote run` reads these lines.",
    )
    parser.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parser.add_argument("--spans", action="store_true", help="leave the texts out")
    parser.set_defaults(do=_split)


def _split(options: argparse.Namespace) -> int:
    text = read(options.file)
    name = "stdin" if options.file == "-" else Path(options.file).name
    for number, piece in enumerate(split(text), start=1):
        row = {"id": f"{name}#{number}", **piece.to_dict()}
        if not options.spans:
            row["text"] = text[piece.start : piece.end]
        print(json.dumps(row, ensure_ascii=False))
    return OK
