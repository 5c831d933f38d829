"""Polars: a frame of articles, or files of them, in; a lazy frame of quotes (or of another table) out.

    from pullquote.integrations.polars import extract, scan

    quotes = extract(pl.scan_parquet("articles/*.parquet"), pipeline, text="body", id="url")
    quotes = scan("articles/*.jsonl.zst", pipeline)

Needs the extra `pullquote[polars]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from typing import TYPE_CHECKING

import polars as pl
from polars.io.plugins import register_io_source

from pullquote import InputError, Pipeline
from pullquote.integrations._worker import schema

if TYPE_CHECKING:
    from pullquote._native import _TableName

__all__ = ["extract", "polars_schema", "scan"]

_TYPES: dict[str, pl.DataType] = {
    "string": pl.String(),
    "int32": pl.Int32(),
    "int64": pl.Int64(),
    "float32": pl.Float32(),
    "list<struct<start: int32, end: int32>>": pl.List(pl.Struct({"start": pl.Int32(), "end": pl.Int32()})),
}


def polars_schema(table: _TableName = "quotes", id_type: str = "string") -> pl.Schema:
    """The schema of a table in Polars' types; `id_type` is "string" or "int64", as the id column is."""
    return pl.Schema({name: _TYPES[kind] for name, kind in schema(table, id_type).items()})


def extract(
    df: pl.DataFrame | pl.LazyFrame,
    pipeline: Pipeline | None = None,
    table: _TableName = "quotes",
    *,
    text: str = "text",
    id: str = "id",
    headline: str | None = None,
    date: str | None = None,
) -> pl.LazyFrame:
    """One table of the articles of a frame, lazily; `article_id` joins it with `df`.

    Raises `InputError` for a column that is not there.
    """
    parser = pipeline or Pipeline()
    lazy = df.lazy()
    columns = [name for name in (text, id, headline, date) if name is not None]
    there = lazy.collect_schema()
    if missing := [name for name in columns if name not in there]:
        raise InputError(f"no column {missing[0]!r}; there are {', '.join(there)}")

    def parse(frame: pl.DataFrame) -> pl.DataFrame:
        return pl.DataFrame(parser.map_batch(frame, table=table, text=text, id=id, headline=headline, date=date))

    wanted = polars_schema(table, "int64" if there[id].is_integer() else "string")
    # An article stands for itself: batches may come as they like.
    return lazy.select(columns).map_batches(parse, schema=dict(wanted), streamable=True)


def scan(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    pipeline: Pipeline | None = None,
    table: _TableName = "quotes",
    columns: dict[str, str] | None = None,
) -> pl.LazyFrame:
    """One table of the articles in files, lazily and in pieces: what `Pipeline.run` reads, without the folder.

    Raises `MissingFileError` or `InputError` for inputs that cannot be read; bad rows are in the table "errors".
    """
    parser = pipeline or Pipeline()
    # The type of the ids is known when the first rows are read; no more than their structure is parsed for it.
    first = next(Pipeline(quotes="none").scan(inputs, "errors", columns))
    wanted = polars_schema(table, first.schema["article_id"])

    def read(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        for piece in parser.scan(inputs, table, columns):
            frame = pl.DataFrame(piece)
            if n_rows is not None:
                frame = frame.head(n_rows)
                n_rows -= frame.height
            if predicate is not None:
                frame = frame.filter(predicate)
            yield frame if with_columns is None else frame.select(with_columns)
            if n_rows == 0:
                return

    return register_io_source(read, schema=wanted)
