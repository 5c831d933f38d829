"""Formats that need a library of Python: a file in, its articles out.

`Pipeline.run` and `pullquote run` read them like any other file; the libraries come with the extras
`pullquote[html]` and `pullquote[warc]`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike, fspath
from typing import TYPE_CHECKING

from pullquote.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Row", "check", "html", "rows", "warc"]

#: The endings of files, the module that reads them, and the extra that it needs.
_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".warc.zst": "warc",
    ".wet": "warc",
    ".wet.gz": "warc",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An article as its file has it: what a column of a table would hold, and the bytes of the file read by then."""

    text: str | None
    id: str | None = None
    headline: str | None = None
    date: str | None = None
    position: int = 0


def rows(path: str | PathLike[str]) -> Iterator[Row | InputError]:
    """The articles of a file of HTML or WARC, in order; an `InputError` stands where one could not be read.

    Raises `MissingExtraError` where the library that reads the format is not installed.
    """
    reader: Iterator[Row | InputError] = _reader(path).rows(path)
    return reader


def check(path: str | PathLike[str]) -> None:
    """Raise `MissingExtraError` where the library that reads this file is not installed."""
    _reader(path)


def __getattr__(name: str) -> ModuleType:
    if name in _FORMATS.values():
        return _load(name, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _reader(path: str | PathLike[str]) -> ModuleType:
    name = fspath(path).lower()
    for ending, extra in _FORMATS.items():
        if name.endswith(ending):
            return _load(extra, fspath(path))
    raise InputError(f"{fspath(path)}: the name says no known format: expected one of {', '.join(_FORMATS)}")


def _load(extra: str, what: str) -> ModuleType:
    try:
        return importlib.import_module(f"pullquote.readers.{extra}")
    except ImportError as error:
        problem = f"{what}: needs the extra {extra}: pip install 'pullquote[{extra}]' ({error})"
        raise MissingExtraError(problem) from error
