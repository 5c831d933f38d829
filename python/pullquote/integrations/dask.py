"""Dask: a data frame of articles in, a data frame of quotes (or of another table) out, by `map_partitions`.

    from pullquote.integrations.dask import extract

    quotes = extract(articles, pipeline, text="body", id="url")

Needs the extra `pullquote[dask]` on every worker. Columns have Arrow's types (`pandas.ArrowDtype`), so that nulls and
spans come through as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pandas as pd
import pyarrow as pa

from pullquote import Pipeline
from pullquote.integrations._worker import Worker

if TYPE_CHECKING:
    from dask.dataframe import DataFrame

    from pullquote._native import _TableName

__all__ = ["extract", "meta"]


def extract(
    df: DataFrame,
    pipeline: Pipeline | None = None,
    table: _TableName = "quotes",
    *,
    text: str = "text",
    id: str = "id",
    headline: str | None = None,
    date: str | None = None,
) -> DataFrame:
    """One table of the articles of a data frame, lazily; `article_id` joins it with `df`.

    Raises `InputError` for a column that is not there.
    """
    worker = Worker.new(pipeline, table, text, id, headline, date)
    worker.check([str(name) for name in df.columns])
    meta = _parse(df._meta[worker.columns], worker)
    return cast("DataFrame", df[worker.columns].map_partitions(_parse, worker, meta=meta))


def meta(pipeline: Pipeline | None = None, table: _TableName = "quotes", id_type: str = "string") -> pd.DataFrame:
    """An empty frame with the columns and types of a table, for `map_partitions` of your own."""
    ids = pa.array([], pa.int64() if id_type == "int64" else pa.string())
    empty = pa.table({"id": ids, "text": pa.array([], pa.string())})
    return _frame(Worker.new(pipeline, table, "text", "id")(empty))


def _parse(frame: pd.DataFrame, worker: Worker) -> pd.DataFrame:
    return _frame(worker(pa.Table.from_pandas(frame, preserve_index=False)))


def _frame(table: object) -> pd.DataFrame:
    return pa.table(table).to_pandas(types_mapper=pd.ArrowDtype)
