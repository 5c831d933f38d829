"""Tables: what goes in, what comes out, and that neither threads nor batches change it."""

import pickle
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import pullquote
from pullquote import Pipeline

pipe = Pipeline()
TABLES = ("articles", "blocks", "sentences", "quotes", "mentions", "entities", "errors")


def arrow_types(schema: pa.Schema) -> set[str]:
    """The types of a schema's columns."""
    return {str(field.type) for field in schema}


def test_a_list(texts: list[str]) -> None:
    tables = pipe.extract(texts)
    assert tables.keys() == list(TABLES)
    assert len(tables.articles) == len(texts)
    sentences = tables.sentences.to_arrow().to_pylist()
    assert all(texts[s["article_id"]][s["start"] : s["end"]] == s["text"] for s in sentences)
    allowed = {
        "string",
        "int32",
        "int64",
        "float",
        "bool",
        "list<item: struct<start: int32 not null, end: int32 not null> not null>",
    }
    for name in TABLES:
        schema = tables[name].to_arrow().schema
        assert schema.names[0] == "article_id"
        assert arrow_types(schema) <= allowed
        assert list(tables[name].schema) == schema.names
    assert tables.quotes.to_arrow().schema.names[-1] == "spans"


def test_mentions_and_entities_are_those_of_the_article() -> None:
    text = "Norway's Foreign Minister Sigrid Aune came. Aune left the Nile Water Authority (NWA)."
    article = pipe.parse(text)
    tables = pipe.extract([text])
    mentions = tables.mentions.to_arrow().to_pylist()
    assert [(m["reason"], pytest.approx(m["confidence"])) for m in mentions] == [
        (m.reason, m.confidence) for m in article.mentions
    ]
    columns = ("n_mentions", "n_quotes", "description", "gender")
    entities = [tuple(e[column] for column in columns) for e in tables.entities.to_arrow().to_pylist()]
    assert entities == [tuple(getattr(e, column) for column in columns) for e in article.entities]
    assert "Norway's Foreign Minister" in {e[2] for e in entities}


SOURCES: dict[str, Callable[[list[str | None]], Any]] = {
    "list": lambda t: t,
    "tuple": tuple,
    "generator": iter,
    "pyarrow array": pa.array,
    "pyarrow large": lambda t: pa.array(t, pa.large_string()),
    "pyarrow view": lambda t: pa.array(t, pa.string_view()),
    "pyarrow dictionary": lambda t: pa.array(t).dictionary_encode(),
    "pyarrow chunked": lambda t: pa.chunked_array([t[:3], t[3:]]),
    "pyarrow table": lambda t: pa.table({"x": range(len(t)), "text": t}),
    "pyarrow batch": lambda t: pa.record_batch({"text": t}),
    "pyarrow reader": lambda t: pa.table({"text": t}).to_reader(max_chunksize=2),
    "polars series": pl.Series,
    "polars frame": lambda t: pl.DataFrame({"text": t}),
    "polars categorical": lambda t: pl.DataFrame({"text": pl.Series(t, dtype=pl.Categorical)}),
    "pandas frame": lambda t: pd.DataFrame({"text": t}),
    "pandas object": lambda t: pd.DataFrame({"text": pd.Series(t, dtype=object)}),
    "pandas category": lambda t: pd.DataFrame({"text": pd.Series(t, dtype="category")}),
    "pandas series": lambda t: pd.Series(t),
    "sliced": lambda t: pa.array([None, *t]).slice(1),
    "duckdb": lambda t: duckdb.from_arrow(pa.table({"text": t})),
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_gives_the_same(source: str, text: str) -> None:
    texts = [text, None, "", text[:60], "Ünï “said”.", text]
    assert pipe.extract(SOURCES[source](texts)) == pipe.extract(texts)


def test_null_rows_give_empty_articles(text: str) -> None:
    tables = pipe.extract(pa.table({"text": [text, None, text]}))
    assert tables.articles.to_arrow()["n_chars"].to_pylist() == [len(text), 0, len(text)]
    assert len(tables.errors) == 0


def test_ids_keep_their_type(text: str) -> None:
    for ids, kind in ((["a", None, "c"], "string"), ([5, None, 7], "int64")):
        tables = pipe.extract(pa.table({"id": ids, "text": [text] * 3}))
        column = tables.articles.to_arrow()["article_id"]
        assert (column.to_pylist(), str(column.type)) == (ids, kind)
    small = pipe.extract(pa.table({"id": pa.array([1, 2], pa.uint8()), "text": [text] * 2}))
    assert str(small.quotes.to_arrow()["article_id"].type) == "int64"


def test_columns_by_name(text: str) -> None:
    table = pa.table({"url": ["u"], "maintext": ["Body."], "Title": ["Head"], "day": ["2024-05-04"]})
    article = pipe.extract(table, headline="Title", date="day").articles.to_arrow().to_pylist()[0]
    assert (article["article_id"], article["headline"], article["date"]) == ("u", "Head", "2024-05-04")
    assert pipe.extract(table).articles.to_arrow()["headline"].to_pylist() != ["Head"]
    assert pipe.extract(table, id=None).articles.to_arrow()["article_id"].to_pylist() == [0]


def test_only_some_tables(texts: list[str]) -> None:
    tables = pipe.extract(texts, tables=("sentences",))
    assert tables.keys() == ["sentences", "errors"]
    assert tables.sentences == pipe.extract(texts).sentences
    with pytest.raises(pullquote.MissingTableError, match="sentences, errors"):
        tables.quotes  # noqa: B018
    assert not hasattr(tables, "quotes")


def test_threads_and_batches_change_nothing(texts: list[str]) -> None:
    texts = texts * 30
    one, two = (Pipeline(n_threads=n).extract(texts) for n in (1, 2))
    assert one == two
    assert one == pipe.extract(pa.chunked_array([texts[:7], texts[7:]]))


def test_out_to_other_libraries(texts: list[str]) -> None:
    tables = pipe.extract(texts)
    rows = len(tables.sentences)
    assert tables.sentences.to_pandas().shape[0] == tables.sentences.to_polars().height == rows
    table = tables.sentences
    database: Any = duckdb.connect()
    database.register("sentences", table)
    for _ in range(2):
        assert database.execute("select count(*), count(text) from sentences").fetchone() == (rows, rows)
    assert pa.schema(table) == table.to_arrow().schema
    assert pa.record_batch(table).num_rows == rows


def test_pickle(texts: list[str]) -> None:
    tables = pipe.extract(texts)
    assert pickle.loads(pickle.dumps(tables)) == tables
    assert pickle.loads(pickle.dumps(tables.quotes)) == tables.quotes
    assert tables != pipe.extract(texts[1:])


def test_map_batch(texts: list[str]) -> None:
    batch = pa.record_batch({"id": list(range(40)), "text": texts})
    for name in ("quotes", "sentences", "errors"):
        assert pipe.map_batch(batch, table=name) == pipe.extract(batch)[name]


def test_empty() -> None:
    nothing = pa.array([], pa.string())
    sources: tuple[Any, ...] = ([], pa.table({"text": nothing}), nothing, iter(()))
    for data in sources:
        tables = pipe.extract(data)
        assert all(len(tables[name]) == 0 for name in TABLES)
        assert tables.quotes.to_arrow().num_rows == 0


def test_progress_tells_all(texts: list[str]) -> None:
    seen: list[tuple[int, int, int]] = []
    pipe.extract(texts, progress=lambda *counts: seen.append(counts))
    assert seen[-1][:2] == (len(texts), 0)


def test_pipe_is_lazy_and_in_order(texts: list[str]) -> None:
    taken = 0

    def source() -> Any:
        nonlocal taken
        for i, text in enumerate(texts * 50):
            taken += 1
            yield i, text

    articles = pipe.pipe(source())
    assert next(articles).id == 0
    assert taken < 10
    assert [a.id for a in articles] == list(range(1, len(texts) * 50))
    assert [a.id for a in pipe.pipe(texts[:2])] == [None, None]
