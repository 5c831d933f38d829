"""Several articles in one text: in Python, on the command line, and in a run from files to files."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

import pullquote
from pullquote.cli import main

ARCHIVE = """Pier opens after ten years

The pïer opened on Monday.

==========

Pier closes again

It closed on Tuesday, Lee Roe said.

==========

Pier sold

It is gone.
"""


def test_pieces_are_code_points_with_reasons() -> None:
    pieces = pullquote.split(ARCHIVE)
    assert [p.reason for p in pieces] == ["start", "separator", "separator"]
    texts = [ARCHIVE[p.start : p.end] for p in pieces]
    assert [t.splitlines()[0] for t in texts] == ["Pier opens after ten years", "Pier closes again", "Pier sold"]
    assert [t[-1] for t in texts] == [".", ".", "."]
    assert pickle.loads(pickle.dumps(pieces)) == pieces
    assert len(set(pieces)) == 3
    assert pieces[0].to_dict() == {"start": 0, "end": pieces[0].end, "reason": "start"}
    assert repr(pieces[0]) == f"Piece(0:{pieces[0].end}, start)"


def test_one_article_is_one_piece_and_nothing_is_none() -> None:
    assert [(p.start, p.end) for p in pullquote.split(" It rained.\n")] == [(1, 11)]
    assert pullquote.split("\n \n") == []


@pytest.mark.parametrize("function", [pullquote.split, pullquote.sentences, pullquote.blocks])
def test_only_text_can_be_cut(function: object) -> None:
    assert callable(function)
    with pytest.raises(pullquote.InputTypeError, match="text: expected a string, found bytes"):
        function(b"x")
    with pytest.raises(pullquote.InputError, match="surrogate"):
        function("\ud800")


def test_sentences_and_blocks_are_those_of_the_article() -> None:
    article = pullquote.parse(ARCHIVE)
    assert pullquote.sentences(ARCHIVE) == [ARCHIVE[s.start : s.end] for s in article.sentences]
    assert pullquote.blocks(ARCHIVE) == [(b.role, ARCHIVE[b.start : b.end]) for b in article.blocks]


def test_a_deck_that_a_block_repeats_is_marked() -> None:
    deck = "Dockers go back to work on Monday after nine days."
    article = pullquote.parse(
        f"Port strike ends\n\n{deck}\n\nThe cranes stood still.\n\n{deck} Nobody won.\n\nSo what."
    )
    assert [(b.role, b.duplicate_of) for b in article.blocks][1::2] == [("deck", None), ("paragraph", 1)]
    assert [b.get("duplicate_of") for b in article.to_dict()["blocks"]] == [None, None, None, 1, None]


def test_the_command_prints_a_line_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "archive.txt"
    file.write_text(ARCHIVE, encoding="utf-8")
    assert main(["split", str(file)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == ["archive.txt#1", "archive.txt#2", "archive.txt#3"]
    assert all(row["text"] == ARCHIVE[row["start"] : row["end"]] for row in rows)
    assert main(["split", "--spans", str(file)]) == 0
    assert "text" not in json.loads(capsys.readouterr().out.splitlines()[0])


@pytest.mark.parametrize("key", [7, "a#1"])
def test_a_run_splits_rows_into_parts_with_ids_of_their_own(tmp_path: Path, key: int | str) -> None:
    rows = [{"id": key, "text": ARCHIVE, "title": "Given"}, {"id": key, "text": ""}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = tmp_path / "out"
    assert (
        main(["run", str(tmp_path / "rows.jsonl"), "--out", str(out), "--format", "jsonl", "--split", "--quiet"]) == 0
    )
    lines = [line for file in sorted(out.rglob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    parts = [row for row in map(json.loads, lines) if "text" in row]
    assert [row["id"] for row in parts] == [f"{key}#1", f"{key}#2", f"{key}#3", f"{key}#1"]
    pieces = pullquote.split(ARCHIVE)
    assert [row["text"] for row in parts[:3]] == [ARCHIVE[p.start : p.end] for p in pieces]


def test_split_ids_are_strings_in_the_tables(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": 7, "text": ARCHIVE}), encoding="utf-8")
    report = pullquote.Pipeline().run(str(tmp_path / "rows.jsonl"), tmp_path / "out", split=True, progress=False)
    assert (report.articles, report.errors, report.rows["articles"]) == (1, 0, 3)
    table = pq.read_table(next((tmp_path / "out").rglob("*articles*.parquet"), None) or tmp_path / "out" / "articles")
    assert table["article_id"].to_pylist() == ["7#1", "7#2", "7#3"]
