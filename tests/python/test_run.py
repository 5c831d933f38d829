"""Files to files, and the command line."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pullquote
from pullquote import Pipeline
from pullquote.cli import main

pipe = Pipeline(n_threads=2)


def read(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table that was written."""
    parts = [pq.read_table(p) for p in sorted((out / table).glob("*.parquet"))]
    return list(pa.concat_tables(parts).to_pylist())


def files(out: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_run_is_extract(corpus: Path, texts: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = pipe.run(corpus, out, progress=False)
    assert (report.articles, report.errors, report.parts) == (len(texts), 0, 1)
    table = pa.table({"id": [f"a{i}" for i in range(len(texts))], "text": texts})
    tables = pipe.extract(table)
    for name in tables.keys():  # noqa: SIM118
        assert read(out, name) == tables[name].to_arrow().to_pylist()
        assert report.rows[name] == len(tables[name])
    assert not list(out.rglob("*.part"))


def test_every_format_gives_the_same(corpus: Path, tmp_path: Path, texts: list[str]) -> None:
    rows = [json.loads(line) for line in corpus.read_text().splitlines()]
    zipped = tmp_path / "b.jsonl.gz"
    zipped.write_bytes(gzip.compress(corpus.read_bytes()[:3000]) + gzip.compress(corpus.read_bytes()[3000:]))
    packed = tmp_path / "c.jsonl.zst"
    packed.write_bytes(pa.Codec("zstd").compress(corpus.read_bytes()).to_pybytes())
    with (tmp_path / "d.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["id", "body"])
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "e.parquet", row_group_size=7)
    folder = tmp_path / "f f"
    folder.mkdir()
    for i, text in enumerate(texts):
        (folder / f"a{i:02}.txt").write_text(text)
    expected = None
    for name in ("corpus.jsonl", "b.jsonl.gz", "c.jsonl.zst", "d.csv", "e.parquet", "f f"):
        out = tmp_path / f"out {name}"
        pipe.run(tmp_path / name, out, progress=False)
        found = [{k: v for k, v in row.items() if k != "article_id"} for row in read(out, "sentences")]
        expected = expected or found
        assert found == expected, name
    pipe.run([str(tmp_path / "f f" / "a1?.txt"), folder], tmp_path / "many", progress=False)
    assert len(read(tmp_path / "many", "articles")) == len(texts) + 10


def test_bytes_do_not_depend_on_threads(corpus: Path, tmp_path: Path) -> None:
    for n in (1, 2):
        Pipeline(n_threads=n).run(corpus, tmp_path / str(n), progress=False)
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_json_lines_and_csv(corpus: Path, tmp_path: Path, texts: list[str]) -> None:
    pipe.run(corpus, tmp_path / "j", format="jsonl", progress=False)
    lines = (tmp_path / "j/articles/part-00000.jsonl").read_text().splitlines()
    assert json.loads(lines[3]) == pipe.parse(texts[3], id="a3").to_dict()
    pipe.run(corpus, tmp_path / "c", format="csv", progress=False)
    with (tmp_path / "c/sentences/part-00000.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == len(pipe.extract(texts).sentences)


def test_shards_are_the_whole(tmp_path: Path, text: str) -> None:
    source = tmp_path / "big.jsonl"
    source.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i in range(9000)))
    for i in range(3):
        pipe.run(source, tmp_path / "out", tables=["articles"], shard=(i, 3), progress=False)
    ids = sorted(row["article_id"] for row in read(tmp_path / "out", "articles"))
    assert ids == list(range(9000))


def test_bad_rows_go_to_errors(tmp_path: Path) -> None:
    source = tmp_path / "bad.jsonl"
    source.write_bytes(
        b'{"id": 1, "text": "Good."}\n{"id": 2, "text": null}\nnonsense\n{"id": "x", "text": "Bad id."}\n'
        b'{"id": 5, "text": ["list"]}\n{"id": 6}\n{"id": 7, "text": "caf\xe9 fran\xe7ais d\xe9j\xe0"}\n'
    )
    report = pipe.run(source, tmp_path / "out", progress=False)
    errors = read(tmp_path / "out", "errors")
    assert [e["row"] for e in errors] == [2, 3, 4, 5]
    assert all(e["file"] == str(source) for e in errors)
    assert [a["article_id"] for a in read(tmp_path / "out", "articles")] == [1, 2, 7]
    assert (report.articles, report.errors) == (7, 4)
    with pytest.raises(pullquote.TooManyErrors, match=r"bad\.jsonl, row"):
        pipe.run(source, tmp_path / "strict", max_errors=2, progress=False)
    assert not list((tmp_path / "strict").rglob("*.part"))


def test_other_encodings(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    french = "Le ministre a déclaré que la réunion était terminée, à l'été."
    (folder / "latin.txt").write_bytes(french.encode("cp1252"))
    (folder / "wide.txt").write_bytes(french.encode("utf-16"))
    (folder / "mark.txt").write_bytes(french.encode("utf-8-sig"))
    (folder / "picture.txt").write_bytes(b"GIF89a\xff\x00\x00\x81\x8d" * 9)
    pipe.run(folder, tmp_path / "out", progress=False)
    articles = read(tmp_path / "out", "articles")
    assert [(a["article_id"], a["n_chars"]) for a in articles] == [(n, len(french)) for n in ("latin", "mark", "wide")]
    (error,) = read(tmp_path / "out", "errors")
    assert error["file"].endswith("picture.txt")
    assert "byte 6" in error["error"]


def test_what_is_not_there(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.jsonl") as caught:
        pipe.run(tmp_path / "none.jsonl", tmp_path / "out", progress=False)
    assert isinstance(caught.value, pullquote.PullquoteError)
    with pytest.raises(pullquote.InputError, match="no file fits"):
        pipe.run(str(tmp_path / "*.parquet"), tmp_path / "out", progress=False)
    with pytest.raises(pullquote.InputError, match="there are id, body"):
        pipe.run(corpus, tmp_path / "out", columns={"text": "artikel"}, progress=False)
    (tmp_path / "x.pdf").write_text("x")
    with pytest.raises(pullquote.InputError, match="no known format"):
        pipe.run(tmp_path / "x.pdf", tmp_path / "out", progress=False)
    with pytest.raises(pullquote.ConfigError, match="shard"):
        pipe.run(corpus, tmp_path / "out", shard=(3, 3), progress=False)


def test_truncated_input_is_an_error(tmp_path: Path, corpus: Path) -> None:
    short = tmp_path / "short.jsonl.gz"
    short.write_bytes(gzip.compress(corpus.read_bytes())[:-100])
    with pytest.raises(pullquote.FileError, match=r"short\.jsonl\.gz"):
        pipe.run(short, tmp_path / "out", progress=False)


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.csv", "header.csv"])
def test_empty_corpus(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("id,text\n" if name == "header.csv" else "")
    report = pipe.run(tmp_path / name, tmp_path / "out", progress=False)
    assert report.articles == 0
    assert read(tmp_path / "out", "quotes") == []


def test_resume_does_nothing_twice(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = pipe.run(corpus, out, progress=False)
    before = files(out)
    (out / "sentences/part-00000.parquet").write_bytes(b"kept")
    assert pipe.run(corpus, out, progress=False) == first
    assert (out / "sentences/part-00000.parquet").read_bytes() == b"kept"
    with pytest.raises(pullquote.InputError, match="another job"):
        Pipeline(quotes="none").run(corpus, out, progress=False)
    (out / "quotes/part-00001.parquet").write_bytes(b"of an earlier, longer run")
    pipe.run(corpus, out, resume=False, progress=False)
    assert files(out) == before


def test_command_line(corpus: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.txt"
    path.write_text(text)
    assert main(["parse", str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == pullquote.parse(text).to_dict()
    assert main(["parse", str(path), "--format", "html"]) == 0
    assert "<article" in capsys.readouterr().out
    assert main(["parse", str(path), "--format", "text"]) == 0
    assert "Dam talks resume" in capsys.readouterr().out
    assert (
        main(["run", str(corpus), "--out", str(tmp_path / "o"), "--tables", "quotes,articles", "--threads", "1"]) == 0
    )
    assert "40 articles, 0 errors" in capsys.readouterr().err
    assert main(["run", "missing.jsonl", "--out", str(tmp_path / "o2")]) == 2
    assert "missing.jsonl" in capsys.readouterr().err
    assert main(["parse", str(tmp_path / "none.txt")]) == 2


def test_standard_input(corpus: Path, tmp_path: Path, text: str) -> None:
    command = [sys.executable, "-m", "pullquote"]
    parsed = subprocess.run([*command, "parse", "-"], input=text.encode(), capture_output=True, check=True, timeout=60)
    assert json.loads(parsed.stdout)["text"] == text
    out = tmp_path / "out"
    subprocess.run([*command, "run", "-", "--out", str(out)], input=corpus.read_bytes(), check=True, timeout=60)
    assert len(read(out, "articles")) == 40
