"""`pullquote parse FILE|-`: one article as JSON, text or HTML."""

from __future__ import annotations

import argparse

from pullquote.cli.shared import OK, pipeline, pipeline_options, read
from pullquote.display import article_html, article_text


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("parse", help="parse one article", description="Parse one article and print it.")
    parser.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parser.add_argument("--format", choices=("json", "text", "html"), default="json", help="default: json")
    pipeline_options(parser)
    parser.set_defaults(do=_parse)


def _parse(options: argparse.Namespace) -> int:
    article = pipeline(options).parse(read(options.file))
    if options.format == "json":
        print(article.to_json())
    elif options.format == "html":
        print(article_html(article))
    else:
        print(article_text(article))
    return OK
