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
    GazetteerReport,
    GazetteerStats,
    Match,
    Mention,
    Piece,
    Pipeline,
    Quote,
    Report,
    Sentence,
    Speaker,
    Table,
    Tables,
    __version__,
    blocks,
    sentences,
    split,
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
    "GazetteerReport",
    "GazetteerStats",
    "InputError",
    "InputTypeError",
    "InternalError",
    "Match",
    "Mention",
    "MissingExtraError",
    "MissingFileError",
    "MissingTableError",
    "Piece",
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
    "split",
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
