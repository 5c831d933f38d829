"""Spark: a data frame of articles in, a data frame of quotes (or of another table) out, by `mapInArrow`.

    from pullquote.integrations.spark import extract

    quotes = extract(articles, pipeline, text="body", id="url")

Needs Spark 4 and the extra `pullquote[spark]` on the driver and on every worker. A gazetteer in a file that all workers
see (`Gazetteer.open(path)`) travels as its path; one that was compiled in memory travels whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pyarrow as pa
from pyspark.sql.types import IntegralType, StructType

from pullquote import Pipeline
from pullquote.integrations._worker import Worker, schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from pullquote._native import _TableName

__all__ = ["extract", "spark_schema"]

_TYPES = {
    "string": "string",
    "int32": "int",
    "int64": "bigint",
    "float32": "float",
    "list<struct<start: int32, end: int32>>": "array<struct<`start`:int,`end`:int>>",
}


def spark_schema(table: _TableName = "quotes", id_type: str = "string") -> StructType:
    """The schema of a table in Spark's types; `id_type` is "string" or "int64", as the id column is."""
    columns = schema(table, id_type).items()
    ddl = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in columns)
    return cast("StructType", StructType.fromDDL(ddl))


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
    worker.check(df.columns)
    integers = isinstance(df.schema[id].dataType, IntegralType)

    def parse(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.record_batch(worker(batch))

    wanted = spark_schema(table, "int64" if integers else "string")
    return df.select(*worker.columns).mapInArrow(parse, wanted)
