"""`pullquote parse FILE|-`: one article as JSON, text, HTML, ninjs or schema.org."""

from __future__ import annotations

import argparse
import json

from pullquote.cli.shared import OK, pipeline, pipeline_options, read
from pullquote.display import article_html, article_text


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("parse", help="parse one article", description="Parse one article and print it.")
    parser.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parser.add_argument(
        "--format", choices=("json", "text", "html", "ninjs", "schema-org"), default="json", help="default: json"
    )
    pipeline_options(parser)
    parser.set_defaults(do=_parse)


def _parse(options: argparse.Namespace) -> int:
    article = pipeline(options).parse(read(options.file))
    if options.format == "json":
        print(article.to_json())
    elif options.format in ("ninjs", "schema-org"):
        news = article.to_ninjs() if options.format == "ninjs" else article.to_schema_org()
        print(json.dumps(news, ensure_ascii=False))
    elif options.format == "html":
        print(article_html(article))
    else:
        print(article_text(article))
    return OK
