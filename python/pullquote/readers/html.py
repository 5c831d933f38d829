"""A page of HTML in, the article on it out, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike, fspath
from pathlib import Path

import trafilatura

from pullquote.errors import InputError
from pullquote.readers import Row

__all__ = ["article", "rows"]


def article(page: str | bytes, url: str | None = None) -> Row | None:
    """The article on a page: its paragraphs with empty lines between, headline and date; None where there is none.

    The id is the page's own address, or else `url`.
    """
    found = trafilatura.bare_extraction(page, url=url, include_comments=False, include_tables=False, with_metadata=True)
    if found is None:
        return None
    fields = found if isinstance(found, dict) else found.as_dict()
    text = fields.get("text")
    if not text:
        return None
    paragraphs = [line.strip() for line in text.split("\n")]
    if paragraphs[0] == fields.get("title"):
        # It is given apart.
        del paragraphs[0]
    body = "\n\n".join(line for line in paragraphs if line)
    return Row(body, id=url or fields.get("url"), headline=fields.get("title"), date=fields.get("date"))


def rows(path: str | PathLike[str]) -> Iterator[Row | InputError]:
    """The article of a file; its id is the page's own address, or else the path."""
    page = Path(path).read_bytes()
    found = article(page)
    if found is None:
        yield InputError("no article on this page")
    else:
        yield Row(found.text, found.id or fspath(path), found.headline, found.date, len(page))
