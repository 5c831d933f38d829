"""Who said what about whom, in news text, at the speed of the disk.

>>> article = parse('"The vote stands," Mayor Ana Ortiz said on Monday.')
>>> len(article.sentences)
1
"""

from functools import cache

from pullquote._native import (
    Article,
    Articles,
    Block,
    Dateline,
    Entity,
    Extraction,
    Gazetteer,
    Match,
    Mention,
    Pipeline,
    Quote,
    Report,
    Sentence,
    Speaker,
    Table,
    Tables,
    __version__,
)
from pullquote.errors import (
    ConfigError,
    FileError,
    GazetteerError,
    InputError,
    InputTypeError,
    InternalError,
    MissingExtraError,
    MissingFileError,
    MissingTableError,
    PullquoteError,
    TooManyErrors,
)

__all__ = [
    "Article",
    "Articles",
    "Block",
    "ConfigError",
    "Dateline",
    "Entity",
    "Extraction",
    "FileError",
    "Gazetteer",
    "GazetteerError",
    "InputError",
    "InputTypeError",
    "InternalError",
    "Match",
    "Mention",
    "MissingExtraError",
    "MissingFileError",
    "MissingTableError",
    "Pipeline",
    "PullquoteError",
    "Quote",
    "Report",
    "Sentence",
    "Speaker",
    "Table",
    "Tables",
    "TooManyErrors",
    "__version__",
    "blocks",
    "parse",
    "sentences",
]


@cache
def _default() -> Pipeline:
    return Pipeline()


def parse(text: str, id: str | int | None = None, headline: str | None = None, date: str | None = None) -> Article:
    """Parse one article with the default pipeline.

    Offsets of the result are code points of `text`, half-open: `text[quote.start:quote.end]` is the quote.
    With `headline` given apart, `text` is the body alone.
    Raises `InputTypeError` where `text` is no string, `InputError` where it holds a lone surrogate.
    """
    return _default().parse(text, id=id, headline=headline, date=date)


def sentences(text: str) -> list[str]:
    """The sentences of the prose of an article, as they stand in it."""
    article = _structure().parse(text)
    return [text[s.start : s.end] for s in article.sentences]


def blocks(text: str) -> list[tuple[str, str]]:
    """The parts of an article, each as role and text: `("headline", "…")`, `("paragraph", "…")`."""
    article = _structure().parse(text)
    return [(b.role, text[b.start : b.end]) for b in article.blocks]


@cache
def _structure() -> Pipeline:
    return Pipeline(quotes="none")
