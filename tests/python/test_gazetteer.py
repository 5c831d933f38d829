"""The gazetteer from Python: records and files in, hits, tables and pickles out."""

from __future__ import annotations

import doctest
import gzip
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pullquote
from pullquote import Gazetteer, Pipeline

ROWS: list[dict[str, Any]] = [
    {"id": "Q1", "name": "Samira Osman", "aliases": ["S. Osman"], "type": "person", "prior": 0.5},
    {"id": "Q2", "name": "Nile Water Authority", "aliases": ["NWA"], "type": "organization", "country": "sd"},
    {"id": "Q3", "name": "May", "weak_aliases": ["The Rock"], "roles": ["minister"]},
]
TEXT = "Ünder S. Osman, the NWA and Samira Osman’s aide met May; Nile  Water\nAuthority staff left."


@pytest.fixture
def kb() -> Gazetteer:
    return Gazetteer.from_records(ROWS)


def found(kb: Gazetteer, text: str = TEXT) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.id) for m in kb.match(text)]


def test_the_examples_of_the_docstrings() -> None:
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    examples = 0
    for test in finder.find(Gazetteer, "Gazetteer", module=False, globs=dict(vars(pullquote))):
        examples += len(test.examples)
        runner.run(test)
    assert examples >= 10
    assert runner.failures == 0


def test_matches(kb: Gazetteer) -> None:
    assert found(kb) == [
        ("S. Osman", "Q1"),
        ("NWA", "Q2"),
        ("Samira Osman", "Q1"),
        ("May", "Q3"),
        ("Nile  Water\nAuthority", "Q2"),
    ]
    first, *_, may, _ = kb.match(TEXT)
    assert (first.name, first.alias, first.type, first.weak, first.score) == (
        "Samira Osman",
        "S. Osman",
        "person",
        False,
        1,
    )
    assert (may.weak, may.type, may.ids) == (True, None, ["Q3"])
    assert pickle.loads(pickle.dumps(first)) == first
    assert kb.report is not None
    assert (kb.report.records, kb.report.ordinary) == (3, ["May"])


def test_modes_and_fuzzy() -> None:
    kb = Gazetteer.from_records(["University of Cairo", "Cairo", "Cairo Museum"])
    text = "the University of Cairo Museum"
    assert [m.name for m in kb.match(text, mode="maximal")] == ["University of Cairo", "Cairo Museum"]
    assert len(kb.match(text, mode="all")) == 3
    near = kb.match("the Univercity of Cairo", fuzzy=True)
    assert [m.name for m in near] == ["University of Cairo"]
    assert 0.9 < near[0].score < 1
    assert kb.match("the Univercity of Kairo Museum") == []
    with pytest.raises(pullquote.ConfigError, match="mode: expected longest, all, maximal or priority"):
        kb.match(text, mode="best")  # type: ignore[arg-type]
    with pytest.raises(pullquote.ConfigError, match='expected mode="longest" with it'):
        kb.match(text, mode="all", fuzzy=True)


def columns(table: pullquote.Table) -> list[dict[str, Any]]:
    return list(table.to_arrow().to_pylist())


def test_batches(kb: Gazetteer) -> None:
    texts = ["Nobody.", TEXT, None, "the NWA"]
    want = columns(kb.match_batch(texts))
    assert [row["article_id"] for row in want] == [1, 1, 1, 1, 1, 3]
    assert [TEXT[row["start"] : row["end"]] for row in want[:2]] == ["S. Osman", "NWA"]
    assert want[0] == {
        "article_id": 1,
        "start": 6,
        "end": 14,
        "alias": "S. Osman",
        "kb_id": "Q1",
        "type": "person",
        "n_entities": 1,
        "weak": False,
        "score": 1.0,
    }
    for data in (
        pa.array(texts),
        pa.chunked_array([pa.array(texts[:2]), pa.array(texts[2:])]),
        pa.array(texts).dictionary_encode(),
        pl.Series(texts),
        pd.DataFrame({"text": texts}).convert_dtypes(dtype_backend="pyarrow"),
    ):
        assert columns(kb.match_batch(data)) == want
    named = pa.table({"key": ["a", "b", "c", "d"], "body": texts})
    table = kb.match_batch(named, text="body", id="key")
    assert [row["article_id"] for row in columns(table)] == ["b"] * 5 + ["d"]
    assert table.schema["weak"] == "bool"
    assert table.to_polars().shape == (6, 9)
    assert len(kb.match_batch([], mode="all")) == 0
    assert columns(kb.match_batch(["the NWAA Nile Watter Authority"], fuzzy=True))[0]["alias"] == "Nile Water Authority"
    with pytest.raises(pullquote.InputTypeError, match="expected a list of texts"):
        kb.match_batch("one text")
    with pytest.raises(pullquote.ConfigError, match="n_threads"):
        kb.match_batch(texts, n_threads=0)


def test_threads_and_their_number_change_nothing(kb: Gazetteer, texts: list[str]) -> None:
    many = [text + TEXT for text in texts * 20]
    want = kb.match_batch(many, n_threads=1)
    assert kb.match_batch(many, n_threads=3) == want
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(lambda _: kb.match_batch(many), range(8)))
        alone = [kb.match(text) for text in many]
        assert list(pool.map(kb.match, many)) == alone
    assert all(table == want for table in tables)
    assert sum(map(len, alone)) == len(want)


def test_sources_give_the_same(tmp_path: Path, kb: Gazetteer) -> None:
    table = pa.table(
        {
            "id": ["Q1", "Q2", "Q3"],
            "name": ["Samira Osman", "Nile Water Authority", "May"],
            "aliases": [["S. Osman"], ["NWA"], None],
            "weak_aliases": [None, [], ["The Rock"]],
            "type": ["person", "organization", None],
            "country": [None, "sd", None],
            "roles": pa.array([None, None, ["minister"]], pa.large_list(pa.string())),
            "prior": [0.5, None, None],
            "other": [1, 2, 3],
        }
    )
    assert Gazetteer.from_arrow(table) == kb
    assert Gazetteer.from_arrow(pl.from_arrow(table)) == kb
    assert Gazetteer.from_arrow(duckdb.from_arrow(table)) == kb
    pq.write_table(table, tmp_path / "kb.parquet", row_group_size=2)
    assert Gazetteer.from_parquet(tmp_path / "kb.parquet") == kb
    header = "id,name,aliases,weak_aliases,type,country,roles,prior\n"
    rows = "Q1,Samira Osman,S. Osman,,person,,,0.5\nQ2,Nile Water Authority,NWA,,organization,sd,,\n"
    packed = tmp_path / "kb.csv.gz"
    packed.write_bytes(gzip.compress((header + rows + "Q3,May,,The Rock,,,minister,\n").encode()))
    assert Gazetteer.from_csv(packed) == kb
    for path in (packed, tmp_path / "kb.parquet"):
        assert Gazetteer.read(path) == kb
        assert Pipeline(gazetteer=path) == Pipeline(gazetteer=kb)
    assert Gazetteer.from_records([{**ROWS[0], "aliases": "S. Osman"}, *ROWS[1:]]) == kb
    assert Gazetteer.from_records(ROWS[:2]) != kb
    assert kb != ROWS


def test_readers_of_other_formats(tmp_path: Path) -> None:
    spacy, flash, ftm, wikidata = (tmp_path / name for name in ("p.jsonl", "k.txt", "e.json", "w.json"))
    spacy.write_text('{"label": "ORG", "pattern": [{"LOWER": "acme"}], "id": "acme"}\n')
    flash.write_text("NYC=>New York\n")
    ftm.write_text('{"id": "a", "schema": "Person", "properties": {"name": ["Ana Ortiz"]}}\n')
    wikidata.write_text('{"id": "Q9", "labels": {"es": {"value": "Ana Ortiz"}}}\n')
    assert [m.id for m in Gazetteer.from_spacy_patterns(spacy).match("an ACME van")] == ["acme"]
    assert [m.id for m in Gazetteer.from_flashtext(flash).match("to NYC")] == ["New York"]
    assert [m.id for m in Gazetteer.from_ftm(ftm).match("Ana Ortiz")] == ["a"]
    assert len(Gazetteer.from_wikidata(wikidata)) == 0
    assert [m.id for m in Gazetteer.from_wikidata(wikidata, languages=["en", "es"]).match("Ana Ortiz")] == ["Q9"]
    assert len(Gazetteer.read(flash, format="flashtext")) == 1
    with pytest.raises(pullquote.InputError, match="name the format: csv, jsonl"):
        Gazetteer.read(flash)
    with pytest.raises(pullquote.ConfigError, match="format: expected csv"):
        Gazetteer.read(flash, format="xml")  # type: ignore[arg-type]


def test_bad_rows(tmp_path: Path) -> None:
    rows = [ROWS[0], {"id": "x"}, 7, {"name": 5}, {"name": "A B", "aliases": [1]}, {"name": "C D", "prior": "high"}]
    with pytest.raises(pullquote.GazetteerError, match="record 2: a record without a name"):
        Gazetteer.from_records(rows)  # type: ignore[arg-type]
    kb = Gazetteer.from_records(rows, strict=False)  # type: ignore[arg-type]
    assert kb.report is not None
    assert (len(kb), kb.report.records, kb.report.skipped) == (1, 1, 5)
    for problem, words in zip(
        kb.report.problems,
        ("without a name", "expected a dict or a name, found int", "name: expected a string", "aliases: ", "prior: "),
        strict=True,
    ):
        assert words in problem
    path = tmp_path / "kb.jsonl"
    path.write_text('{"name": "Ana Ortiz"}\n{"name": \n{"name": "Acme", "type": "planet"}\n')
    kb = Gazetteer.from_jsonl(path, strict=False)
    assert kb.report is not None
    assert "kb.jsonl, line 2: " in kb.report.problems[0]
    assert 'line 3: type "planet"' in kb.report.problems[1]
    pq.write_table(pa.table({"title": ["x"]}), tmp_path / "kb.parquet")
    with pytest.raises(pullquote.InputError, match="no column `name`; the columns are title"):
        Gazetteer.from_parquet(tmp_path / "kb.parquet")
    with pytest.raises(pullquote.InputError, match="Parquet"):
        Gazetteer.from_parquet(path)
    with pytest.raises(pullquote.GazetteerError, match="row 2: a record without a name"):
        Gazetteer.from_arrow(pa.table({"name": ["Ana", None]}))
    with pytest.raises(pullquote.InputTypeError, match="expected an iterable of dicts"):
        Gazetteer.from_records("Ana")
    with pytest.raises(pullquote.InputTypeError, match="found a column alone"):
        Gazetteer.from_arrow(pa.array(["Ana"]))
    with pytest.raises(pullquote.InputTypeError, match="gazetteer: expected a Gazetteer, the path"):
        Pipeline(gazetteer=5)  # type: ignore[arg-type]

    def rows_that_fail() -> Any:
        yield {"name": "Ana"}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Gazetteer.from_records(rows_that_fail())


def test_transliterations() -> None:
    assert [m.id for m in Gazetteer.from_records(["Sergei Ivanov"], transliterate=True).match("Sergey Ivanoff")] == [
        "Sergei Ivanov"
    ]


def test_saved_and_opened(tmp_path: Path, kb: Gazetteer) -> None:
    path = tmp_path / "kb.pqg"
    kb.save(path)
    opened = Gazetteer.open(path)
    assert (opened, opened.path, kb.path) == (kb, path, path)
    assert found(opened) == found(kb)
    assert opened.stats() == kb.stats()
    assert opened.report is None
    assert path.read_bytes() == kb.to_bytes()
    assert Gazetteer.from_bytes(kb.to_bytes()) == kb
    assert Gazetteer.read(path) == kb
    assert Pipeline(gazetteer=str(path)).parse(TEXT).entities == Pipeline(gazetteer=kb).parse(TEXT).entities
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(pullquote.InputError, match=r"kb\.pqg: the file is cut off; build the gazetteer again"):
        Gazetteer.open(path)
    path.write_bytes(b"name\nAna\n")
    with pytest.raises(pullquote.InputError, match="no gazetteer"):
        Gazetteer.open(path)
    with pytest.raises(FileNotFoundError):
        Gazetteer.open(tmp_path / "none.pqg")


def test_a_damaged_file_never_answers(tmp_path: Path) -> None:
    path = tmp_path / "kb.pqg"
    kb = Gazetteer.from_records(f"Ana{i} Ortiz{i}" for i in range(50_000))
    kb.save(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : -4000] = bytes(len(data) // 2 - 4000)
    path.write_bytes(data)
    opened = Gazetteer.open(path)
    text = " ".join(f"Ana{i} Ortiz{i}." for i in range(0, 50_000, 100))
    with pytest.raises(pullquote.InputError, match="a checksum differs"):
        opened.match(text)
    with pytest.raises(pullquote.InputError, match="a checksum differs"):
        Gazetteer.open(path).match_batch([text])
    with pytest.raises(pullquote.InputError, match="a checksum differs"):
        Gazetteer.open(path).verify()
    with pytest.raises(pullquote.InputError, match="a checksum differs"):
        Pipeline(gazetteer=path).parse(text)


def test_pickles(tmp_path: Path, kb: Gazetteer) -> None:
    again = pickle.loads(pickle.dumps(kb))
    assert (again, again.path) == (kb, None)
    path = tmp_path / "kb.pqg"
    kb.save(path)
    pickled = pickle.dumps(Pipeline(gazetteer=path))
    assert len(pickled) < 500
    assert pickle.loads(pickled) == Pipeline(gazetteer=kb)
    Gazetteer.from_records(["Somebody Else"]).save(path)
    with pytest.raises(pullquote.GazetteerError, match="changed since the gazetteer was pickled"):
        pickle.loads(pickled)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        pickle.loads(pickled)


def test_overlays(kb: Gazetteer) -> None:
    newer = kb.overlay(add=[{"id": "Q4", "name": "Leon Vale"}, "May"], remove=["Q3", "Q1"])
    assert found(newer, "Leon Vale met Samira Osman of the NWA in May") == [
        ("Leon Vale", "Q4"),
        ("NWA", "Q2"),
        ("May", "May"),
    ]
    assert (len(kb), len(newer), found(kb, "Samira Osman")) == (3, 3, [("Samira Osman", "Q1")])
    assert pickle.loads(pickle.dumps(newer)) == newer
    with pytest.raises(pullquote.GazetteerError, match="record 1: "):
        kb.overlay(add=[{"id": "Q5"}])


def test_keywords_as_in_flashtext() -> None:
    kb = Gazetteer()
    assert len(kb) == 0
    assert kb.add_keyword("Big Apple", "New York")
    assert not kb.add_keyword("New York")  # a name of its own already
    kb["NYC"] = "New York"
    assert not kb.add_keyword("NYC", "New York")
    assert kb.add_keyword("Bay Area")
    text = "I love the Big Apple, NYC, and the Bay Area."
    assert kb.extract_keywords(text) == ["New York", "New York", "Bay Area"]
    assert kb.extract_keywords(text, span_info=True)[0] == ("New York", 11, 20)
    assert ("NYC" in kb, "Paris" in kb, kb["Big Apple"], len(kb)) == (True, False, "New York", 2)
    assert kb.remove_keyword("NYC")
    assert not kb.remove_keyword("NYC")
    del kb["Bay Area"]
    assert kb.extract_keywords(text) == ["New York"]
    with pytest.raises(KeyError):
        kb["NYC"]
    with pytest.raises(KeyError):
        del kb["NYC"]
    with pytest.raises(pullquote.GazetteerError, match="expected 1 to 2048 bytes, found 0"):
        kb.add_keyword(" ")
    with pytest.raises(TypeError):
        hash(kb)
    for i in range(2000):
        kb.add_keyword(f"Ana{i} Ortiz", f"Ana Ortiz {i}")
    assert kb.extract_keywords("Ana1999 Ortiz") == ["Ana Ortiz 1999"]
    pipeline = Pipeline(gazetteer=kb)
    kb.remove_keyword("Big Apple")
    assert [e.kb_id for e in pipeline.parse("They left the Big Apple.").entities] == ["New York"]


def test_stats_name_risky_names(kb: Gazetteer) -> None:
    stats = kb.stats()
    assert (stats.records, stats.forms > 4, stats.bytes > 100) == (3, True, True)
    assert [(name, id) for name, id, _ in stats.weak] == [("May", "Q3"), ("The Rock", "Q3")]
    assert stats.weak[0][2] > 100
    kb = Gazetteer.from_records(["March", "Bank", "Net", "May", "Lavrov", "Target", "China"])
    assert kb.report is not None
    assert sorted(kb.report.ordinary) == ["Bank", "March", "May", "Net", "Target"]


#: What a process does that opens a file and matches: afterwards it says how its pages are shared.
READER = """if True:
    import re, sys
    from pullquote import Gazetteer
    path, text = sys.argv[1:]
    kb = Gazetteer.open(path)
    hits = len(kb.match(text))
    kb.verify()
    print(hits, flush=True)
    sys.stdin.readline()
    part = open("/proc/self/smaps").read().split(path, 1)[1].split("VmFlags")[0]
    size = {k: int(v) for k, v in re.findall(r"(\\w+): +(\\d+) kB", part)}
    print(size["Shared_Clean"], size["Private_Clean"] + size["Private_Dirty"] + size["Shared_Dirty"], flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_processes_share_the_pages_of_a_file(tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / "kb.pqg"
    Gazetteer.from_records(f"Ana{i} Ortiz{i}" for i in range(30_000)).save(path)
    start = [sys.executable, "-c", READER, str(path), "Ana7 Ortiz7 met Ana8 Ortiz8"]
    readers = [subprocess.Popen(start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        pipes = [(reader.stdin, reader.stdout) for reader in readers]
        assert [out.readline() for _, out in pipes if out] == ["2\n", "2\n"]
        for into, out in pipes:
            assert into is not None
            assert out is not None
            into.write("\n")
            into.flush()
            shared, own = map(int, out.readline().split())
            assert shared > 0.9 * path.stat().st_size / 1024
            assert own == 0
    finally:
        for reader in readers:
            reader.communicate("\n\n", timeout=30)
