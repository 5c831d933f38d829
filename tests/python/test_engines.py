"""Engines that call back with batches give the rows that one machine gives, with the user's gazetteer."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import pullquote
from pullquote import Gazetteer, Pipeline
from pullquote.integrations import _worker
from pullquote.integrations._worker import Worker

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from pullquote._native import _TableName

TABLES: list[_TableName] = ["articles", "blocks", "sentences", "quotes", "mentions", "entities", "errors"]

PEOPLE = Gazetteer.from_records(
    [{"id": f"Q{i}", "name": f"Samira Osman{i}", "aliases": [f"S. Osman{i}"], "type": "person"} for i in range(40)]
)
pipe = Pipeline(gazetteer=PEOPLE)


@pytest.fixture
def articles(texts: list[str]) -> pa.Table:
    """Articles with ids, one text of them null."""
    bodies: list[str | None] = [*texts, None]
    return pa.table({"url": [f"u{i:03}" for i in range(len(bodies))], "number": range(len(bodies)), "body": bodies})


def local(articles: pa.Table, table: _TableName, id: str = "url") -> list[dict[str, Any]]:
    """What one machine gives."""
    return list(pipe.extract(articles, text="body", id=id)[table].to_arrow().to_pylist())


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by their article: engines keep the order within an article and not between articles."""
    return sorted(rows, key=lambda row: row["article_id"])


def test_one_machine_finds_the_gazetteer(articles: pa.Table) -> None:
    assert {row["kb_id"] for row in local(articles, "entities")} >= {"Q3", "Q39"}
    assert len(local(articles, "quotes")) > 80


@pytest.mark.parametrize("table", TABLES)
def test_batches_are_the_whole(articles: pa.Table, table: _TableName) -> None:
    rows = []
    for batch in articles.to_batches(max_chunksize=7):
        result = pa.record_batch(pipe.map_batch(batch, table=table, text="body", id="url"))
        assert isinstance(result, pa.RecordBatch)
        rows += result.to_pylist()
    assert rows == local(articles, table)


def test_an_empty_table_has_the_type_of_its_ids(articles: pa.Table) -> None:
    for empty in (articles.slice(0, 0), articles.schema.empty_table(), articles.slice(0, 0).to_batches()):
        data = empty if isinstance(empty, pa.Table) else pa.Table.from_batches(empty, articles.schema)
        assert pipe.map_batch(data, text="body", id="url").schema["article_id"] == "string"
        assert pipe.map_batch(data, text="body", id="number").schema["article_id"] == "int64"


def test_a_worker_opens_its_pipeline_once(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = pickle.loads(pickle.dumps(Worker.new(pipe, "quotes", "body", "url")))
    monkeypatch.setattr(_worker, "_opened", {})
    first = worker.pipeline()
    assert first == pipe.with_threads(1)
    assert pickle.loads(pickle.dumps(worker)).pipeline() is first
    assert Worker.new(Pipeline(n_threads=3), "quotes", "body", "url").pipeline().n_threads == 3


# Spark ---------------------------------------------------------------------------------------------------------------


def java() -> str | None:
    """Why Spark cannot run here."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(str(Path(home) / "bin" / "java") if home else "java")
    if found is None:
        return "Spark is left out: it needs Java 17 or later, and no `java` is on the path"
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = said.partition('"')[2].partition(".")[0]
    if not version.isdecimal() or int(version) < 17:
        return f"Spark is left out: it needs Java 17 or later, found {said.splitlines()[:1]}"
    return None


NO_JAVA = java()
spark_test = pytest.mark.skipif(NO_JAVA is not None, reason=NO_JAVA or "")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two workers on this machine."""
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    # The workers' Python is this one, not the first on the path.
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.local.dir", str(folder))
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        # Smaller than a partition, so that batches are cut inside of it
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "4")
        .getOrCreate()
    )
    yield session
    session.stop()
    monkeypatch.undo()


def spark_rows(frame: Any) -> list[dict[str, Any]]:
    """What Spark gives, in the order of the articles."""
    rows = [row.asDict(recursive=True) for row in frame.collect()]
    return ordered(rows)


@spark_test
@pytest.mark.parametrize("table", TABLES)
def test_spark(spark: SparkSession, articles: pa.Table, table: _TableName) -> None:
    from pullquote.integrations.spark import extract, spark_schema

    frame = spark.createDataFrame(articles.to_pylist()).repartition(5)
    found = extract(frame, pipe, table, text="body", id="url")
    assert found.schema == spark_schema(table)
    assert spark_rows(found) == local(articles, table)


@spark_test
def test_spark_numbers_its_articles(spark: SparkSession, articles: pa.Table) -> None:
    from pullquote.integrations.spark import extract, spark_schema

    frame = spark.createDataFrame(articles.to_pylist()).repartition(3)
    found = extract(frame, pipe, text="body", id="number")
    assert found.schema == spark_schema("quotes", "int64")
    assert spark_rows(found) == local(articles, "quotes", "number")
    with pytest.raises(pullquote.InputError, match="no column 'artikel'; there are"):
        extract(frame, pipe, text="artikel", id="url")


@spark_test
def test_spark_opens_the_gazetteer_once_a_worker(spark: SparkSession, articles: pa.Table) -> None:
    worker = Worker.new(pipe, "quotes", "body", "url")

    def count(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            worker(batch)
            names = [str(id(pipeline)) for pipeline in _worker._opened.values()]
            yield pa.record_batch({"process": [os.getpid()], "opened": ["|".join(names)]})

    frame = spark.createDataFrame(articles.to_pylist()).repartition(8).select("url", "body")
    seen = frame.mapInArrow(count, "process bigint, opened string").collect()
    assert len(seen) > 8
    assert len({row.process for row in seen}) == len({(row.process, row.opened) for row in seen}) <= 2
    assert all("|" not in row.opened for row in seen)


# Dask ----------------------------------------------------------------------------------------------------------------


def dask_frame(articles: pa.Table, partitions: int) -> Any:
    """The articles in so many pieces."""
    import dask.dataframe as dd

    from_pandas: Any = dd.from_pandas
    return from_pandas(articles.to_pandas(), npartitions=partitions)


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_dask(articles: pa.Table, scheduler: str) -> None:
    import dask

    from pullquote.integrations.dask import extract

    frame = dask_frame(articles, 4)
    wanted: list[_TableName] = TABLES if scheduler == "threads" else ["quotes", "entities"]
    with dask.config.set(scheduler=scheduler, num_workers=2):
        for table in wanted:
            found: Any = extract(frame, pipe, table, text="body", id="url")
            result = found.compute()
            assert list(found._meta.dtypes) == list(result.dtypes)
            rows = pa.Table.from_pandas(result, preserve_index=False).to_pylist()
            assert ordered(rows) == local(articles, table), table


def test_dask_knows_the_types(articles: pa.Table) -> None:
    from pullquote.integrations.dask import extract, meta

    frame = dask_frame(articles, 2)
    pd.testing.assert_frame_equal(extract(frame, pipe, text="body", id="number")._meta, meta(pipe, id_type="int64"))
    pd.testing.assert_frame_equal(extract(frame, text="body", id="url")._meta, meta())
    with pytest.raises(pullquote.InputError, match="no column 'artikel'; there are url, number, body"):
        extract(frame, text="artikel", id="url")


# Polars --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_polars(articles: pa.Table, table: _TableName) -> None:
    from pullquote.integrations.polars import extract, polars_schema

    frame = pl.DataFrame(articles)
    for id, kind in (("url", "string"), ("number", "int64")):
        lazy = extract(frame, pipe, table, text="body", id=id)
        assert lazy.collect_schema() == polars_schema(table, kind)
        assert lazy.collect().to_dicts() == local(articles, table, id)
    assert ordered(
        extract(frame.lazy(), pipe, table, text="body", id="url").collect(engine="streaming").to_dicts()
    ) == (local(articles, table))


def test_polars_scans_files(articles: pa.Table, tmp_path: Path) -> None:
    from pullquote.integrations.polars import scan

    for half in (0, 1):
        pl.DataFrame(articles)[half * 20 : half * 20 + 20 + half].write_ndjson(tmp_path / f"{half}.jsonl")
    columns = {"text": "body", "id": "url"}
    quotes = scan(str(tmp_path / "*.jsonl"), pipe, columns=columns)
    expected = local(articles, "quotes")
    assert quotes.collect().to_dicts() == expected
    said = quotes.filter(pl.col("kind") == "direct").select("speaker_name", "text")
    assert said.collect().to_dicts() == [
        {"speaker_name": q["speaker_name"], "text": q["text"]} for q in expected if q["kind"] == "direct"
    ]
    assert quotes.head(5).collect().to_dicts() == expected[:5]
    assert quotes.collect_schema()["article_id"] == pl.String()
    with pytest.raises(pullquote.MissingFileError, match=r"none\.jsonl"):
        scan(tmp_path / "none.jsonl")


def test_scan_gives_one_piece_at_least(tmp_path: Path, corpus: Path, texts: list[str]) -> None:
    pieces = list(pipe.scan(corpus, "articles"))
    assert [row["article_id"] for piece in pieces for row in piece.to_arrow().to_pylist()] == [
        f"a{i}" for i in range(len(texts))
    ]
    (tmp_path / "empty.jsonl").write_text("")
    (piece,) = pipe.scan(tmp_path / "empty.jsonl")
    assert (piece.name, len(piece)) == ("quotes", 0)
    (tmp_path / "wrong.jsonl").write_text('{"artikel": 1}')
    with pytest.raises(pullquote.InputError, match="there are artikel"):
        next(pipe.scan(tmp_path / "wrong.jsonl"))


# DuckDB --------------------------------------------------------------------------------------------------------------


def test_duckdb(articles: pa.Table) -> None:
    from pullquote.integrations.duckdb import register

    connection = duckdb.connect()
    register(connection, pipe)
    register(connection, pipe, "entities", name="who")
    connection.register("articles", articles)
    for function, table in (("quotes", "quotes"), ("who", "entities")):
        query = (
            f"SELECT url AS article_id, unnest({function}(body), recursive := false) AS row FROM articles ORDER BY url"
        )
        rows = connection.sql(query).fetchall()
        found = [{"article_id": url, **row} for url, row in rows]
        assert found == local(articles, table)  # type: ignore[arg-type]
    assert connection.sql("SELECT len(quotes(NULL)), len(quotes(''))").fetchall() == [(0, 0)]
