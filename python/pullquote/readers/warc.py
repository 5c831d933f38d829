"""A web archive in (WARC, WET; plain, gz, zst), the article of each page out, by fastwarc and trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from pullquote.errors import InputError
from pullquote.readers import Row, html

__all__ = ["rows"]

#: Pages are kept, pictures and scripts are not.
_PAGES = ("text/html", "application/xhtml+xml")


def rows(path: str | PathLike[str]) -> Iterator[Row | InputError]:
    """The articles of the pages in the archive; the id of each is its address.

    Raises `OSError` where the archive ends inside of a page. Pages without
    an article, and records that are no pages, are left out: an archive is full of them.
    """
    wanted = WarcRecordType.response | WarcRecordType.conversion
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, record_types=wanted, auto_decode="all"):
            url = record.headers.get("WARC-Target-URI")
            try:
                found = _article(record, url)
            except (ValueError, LookupError) as error:
                yield InputError(f"{url}: {error}")
                continue
            if found is not None:
                yield Row(found.text, url, found.headline, found.date or _date(record), file.tell())


def _article(record: Any, url: str | None) -> Row | None:
    if record.record_type == WarcRecordType.conversion:
        return Row(record.reader.read().decode("utf-8", "replace"))
    status = record.http_headers.status_code if record.http_headers else None
    if status != 200 or record.http_content_type not in _PAGES:
        return None
    page: bytes | str = record.reader.read()
    if len(page) < record.content_length and "Content-Encoding" not in record.http_headers:
        raise OSError(f"the archive ends inside of {url}")
    if record.http_charset:
        page = page.decode(record.http_charset, "replace") if isinstance(page, bytes) else page
    return html.article(page, url)


def _date(record: Any) -> str | None:
    return record.record_date.isoformat() if record.record_date else None
