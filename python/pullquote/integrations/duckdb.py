"""DuckDB: a function in SQL that gives the quotes (or another table) of a text.

    from pullquote.integrations.duckdb import register

    register(connection, pipeline)
    connection.sql("SELECT id, q.speaker_name, q.text FROM (SELECT id, unnest(quotes(body)) AS q FROM articles)")

Needs DuckDB and pyarrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from duckdb.func import FunctionNullHandling, PythonUDFType

from pullquote import Pipeline
from pullquote.integrations._worker import schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pullquote._native import _TableName

__all__ = ["register"]

_TYPES = {
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float32": "FLOAT",
    "list<struct<start: int32, end: int32>>": 'STRUCT("start" INTEGER, "end" INTEGER)[]',
}


def register(
    connection: DuckDBPyConnection,
    pipeline: Pipeline | None = None,
    table: _TableName = "quotes",
    name: str | None = None,
) -> None:
    """Add the function `name(text)`, by default named as the table; it gives a list of the table's rows.

    The rows have the table's columns but `article_id`, since the list stands in the row of its article. A null text
    gives an empty list.
    """
    parser = pipeline or Pipeline()

    def rows(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
        found = pa.table(parser.map_batch(texts, table=table, id=None)).combine_chunks()
        # The row of each article in the batch; the lists begin where the number grows.
        counts = pc.value_counts(found["article_id"])
        held = dict(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True))
        offsets = [0]
        for row in range(len(texts)):
            offsets.append(offsets[-1] + held.get(row, 0))
        struct = found.drop_columns(["article_id"]).to_struct_array()
        values = pa.concat_arrays(struct.chunks) if struct.num_chunks else pa.array([], struct.type)
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)

    columns = schema(table, "int64").items()
    fields = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in columns if column != "article_id")
    connection.create_function(
        name or table,
        rows,
        ["VARCHAR"],
        f"STRUCT({fields})[]",
        type=PythonUDFType.ARROW,
        null_handling=FunctionNullHandling.SPECIAL,
    )
