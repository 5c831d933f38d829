"""What goes wrong, and what is said then."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import pullquote
from pullquote import Gazetteer, Pipeline

pipe = Pipeline()


@pytest.mark.parametrize("wrong", [None, 5, b"bytes", ["list"], object()])
def test_not_a_string(wrong: Any) -> None:
    for call in (pullquote.parse, pipe.parse, pullquote.sentences, pullquote.blocks):
        with pytest.raises(TypeError, match="expected a string, found") as caught:
            call(wrong)
        assert isinstance(caught.value, pullquote.PullquoteError)


def test_lone_surrogate() -> None:
    with pytest.raises(pullquote.InputError, match="lone surrogate at position 3"):
        pullquote.parse("abc\ud800")
    with pytest.raises(pullquote.InputError, match="row 1"):
        pipe.extract(["fine", "abc\udfff"])


def test_data_of_another_type() -> None:
    for wrong in ("a text", 5, {"text": ["a"]}, b"x"):
        with pytest.raises(pullquote.InputTypeError, match="expected a list of texts"):
            pipe.extract(wrong)  # type: ignore[arg-type]
    with pytest.raises(pullquote.InputTypeError, match="row 1: expected a string or None, found int"):
        pipe.extract(["a", 5])  # type: ignore[list-item]
    with pytest.raises(pullquote.InputError, match="expected strings, found Int64"):
        pipe.extract(pa.array([1, 2]))


def test_unknown_column() -> None:
    table = pa.table({"key": [1], "artikel": ["x"]})
    with pytest.raises(pullquote.InputError, match="there are key, artikel"):
        pipe.extract(table)
    with pytest.raises(ValueError, match=r'no column "title" for the headline; there are'):
        pipe.extract(table, text="artikel", headline="title")
    assert len(pipe.extract(table, text="artikel", id="key").articles) == 1


def test_options() -> None:
    for options in ({"quotes": "some"}, {"n_threads": 0}, {"language": "tlh"}):
        with pytest.raises(pullquote.ConfigError, match=f"{next(iter(options))}: expected"):
            Pipeline(**options)
    with pytest.raises(pullquote.ConfigError, match="articles, blocks, sentences"):
        pipe.extract(["x"], tables=("words",))  # type: ignore[arg-type]


def test_pipe_tells_which_and_goes_on() -> None:
    articles = pipe.pipe(["one", 5, "two"])  # type: ignore[arg-type]
    assert next(articles).text == "one"
    with pytest.raises(pullquote.InputTypeError):
        next(articles)


def test_error_in_the_source_comes_after_the_articles_before_it() -> None:
    def source() -> Any:
        yield "one"
        yield "two"
        yield "three"
        raise LookupError("gone")

    articles = pipe.pipe(source())
    assert [next(articles).text for _ in range(3)] == ["one", "two", "three"]
    with pytest.raises(LookupError):
        next(articles)


def test_gazetteer_errors(tmp_path: Path) -> None:
    with pytest.raises(pullquote.GazetteerError, match="record 2"):
        Gazetteer.from_records([{"id": "1", "name": "A B"}, {"id": "2"}])
    with pytest.raises(FileNotFoundError):
        Gazetteer.from_csv(tmp_path / "none.csv")
    path = tmp_path / "kb.csv"
    path.write_text("id,name,type\n1,Ana Ortiz,person\n2,Acme,firm\n")
    with pytest.raises(pullquote.GazetteerError, match="line 3"):
        Gazetteer.from_csv(path)
    path.write_text("key,title\n1,x\n")
    with pytest.raises(pullquote.GazetteerError, match="the columns are key, title"):
        Gazetteer.from_csv(path)


def test_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "kb.csv"
    path.write_text("id,name,aliases,type\nq1,Samira Osman,S. Osman|Osman,person\nq2,Acme Holdings,,organization\n")
    kb = Gazetteer.from_csv(path)
    same = Gazetteer.from_records(
        [
            {"id": "q1", "name": "Samira Osman", "aliases": ["S. Osman", "Osman"], "type": "person"},
            {"id": "q2", "name": "Acme Holdings", "type": "organization"},
        ]
    )
    assert (len(kb), kb) == (2, same)
    text = "Ünder Samira Osman, Acme Holdings grew."
    assert [(text[m.start : m.end], m.id) for m in kb.match(text)] == [("Samira Osman", "q1"), ("Acme Holdings", "q2")]
    again: Gazetteer = pickle.loads(pickle.dumps(kb))
    assert again == kb
    assert again.match(text) == kb.match(text)
    pipeline = pickle.loads(pickle.dumps(Pipeline(gazetteer=kb, quotes="direct", n_threads=2)))
    assert pipeline == Pipeline(gazetteer=same, quotes="direct", n_threads=2)


def test_deep_and_long_texts_end() -> None:
    for text in ("“" * 200_000, "(" * 200_000, "\"'" * 100_000, "«‹" * 100_000 + "›»" * 100_000):
        assert pullquote.parse(text).text == text
    line = "The committee met on Monday and Ana Ortiz said that it would go on. " * 750_000
    article = pullquote.parse(line)
    assert len(article.text) > 50_000_000
    endless = ("A ", "According to Lee, ", "he said that it was so and ", "the man who said ", "Lee: no\n", "; is | “ ")
    for pattern in endless:
        text = pattern * (500_000 // len(pattern))
        assert pullquote.parse(text).text == text
    described = "The chairman of the Rice Board, Ana Roe, left. The company said so. The CM agreed, he said. " * 100_000
    assert len(pullquote.parse(described).quotes) > 0


def test_a_panic_is_a_row_of_errors(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(["a", "PANIC", "c"]))
    )
    script = """if True:
        import sys, pullquote
        pipe = pullquote.Pipeline()
        tables = pipe.extract(["a", "PANIC", "c"])
        print(tables.errors.to_arrow().to_pylist(), tables.articles.to_arrow()["article_id"].to_pylist())
        report = pipe.run("in.jsonl", "out", progress=False)
        print(report.articles, report.errors)
        try:
            pullquote.parse("PANIC")
        except pullquote.InternalError as error:
            print("caught", error)
    """
    environment = os.environ | {"PULLQUOTE_TEST_PANIC": "PANIC"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    lines = done.stdout.splitlines()
    assert "'row': 1, 'error': 'internal error: forced by" in lines[0]
    assert lines[0].endswith("[0, 2]")
    assert lines[1] == "3 1"
    assert lines[2].startswith("caught internal error")
