"""`pullquote gazetteer`: build, match, stats, and compiled files for the other commands."""

import json
from pathlib import Path

import pytest

from pullquote.cli import main

ROWS = "id,name,aliases,type\nq1,Samira Osman,S. Osman,person\nq2,March,,organization\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "kb.csv"
    path.write_text(ROWS)
    return path


def test_build_match_stats(tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "kb.pqg"
    assert main(["gazetteer", "build", str(source), "-o", str(out)]) == 0
    said = capsys.readouterr().err
    assert "kb.pqg: 2 entities, 0 rows skipped" in said
    assert "ordinary words, names only where the context says so: March" in said
    text = tmp_path / "text.txt"
    text.write_text("Then S. Osman left March for Samira Ossman.")
    assert main(["gazetteer", "match", str(out), str(text), "--fuzzy"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["text"], row["ids"], row["weak"]) for row in rows] == [
        ("S. Osman", ["q1"], False),
        ("March", ["q2"], True),
        ("Samira Ossman", ["q1"], True),
    ]
    for path in (out, source):
        assert main(["gazetteer", "stats", str(path)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "entities\t2"
        assert lines[-1].startswith("March\tq2\t")
    text.write_text('"It stands," S. Osman said.')
    for path in (out, source):
        assert main(["parse", str(text), "--gazetteer", str(path)]) == 0
        assert json.loads(capsys.readouterr().out)["entities"][0]["kb_id"] == "q1"


def test_bad_rows_and_files(tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "kb.pqg"
    source.write_text(ROWS + "q3,Acme,,planet\n")
    assert main(["gazetteer", "build", str(source), "-o", str(out)]) == 2
    assert "kb.csv, line 4: type" in capsys.readouterr().err
    assert not out.exists()
    assert main(["gazetteer", "build", str(source), "-o", str(out), "--skip-bad"]) == 1
    assert "1 rows skipped\n  " in capsys.readouterr().err
    assert main(["gazetteer", "stats", str(tmp_path / "none.pqg"), "--format", "csv"]) == 2
    assert "none.pqg" in capsys.readouterr().err
    names = tmp_path / "names.txt"
    names.write_text("NYC=>New York\n")
    assert main(["gazetteer", "build", str(names), "-o", str(out), "--format", "flashtext"]) == 0
    entities = tmp_path / "w.json"
    entities.write_text('{"id": "Q9", "labels": {"es": {"value": "Ana Ortiz"}}}\n')
    wikidata = ["gazetteer", "stats", str(entities), "--format", "wikidata", "--languages", "en,es"]
    assert main(wikidata) == 0
    assert capsys.readouterr().out.startswith("entities\t1\n")
