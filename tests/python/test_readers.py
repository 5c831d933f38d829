"""Formats of the edges: HTML, web archives, NITF and NewsML-G2."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pullquote
from pullquote import Pipeline, readers
from pullquote.cli import main
from pullquote.readers import Row

DATA = Path(__file__).parent / "data"
pipe = Pipeline(n_threads=2)
PAGE = (DATA / "ferry.html").read_bytes()
URL = "https://news.example.org/2026/05/04/ferry-talks"


def read(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table that was written."""
    parts = [pq.read_table(p) for p in sorted((out / table).glob("*.parquet"))]
    return list(pa.concat_tables(parts).to_pylist())


def said(out: Path) -> list[tuple[str, str | None, str]]:
    """Article, speaker and words of each quote."""
    return [(q["article_id"], q["speaker_name"], q["text"]) for q in read(out, "quotes")]


def archive(records: list[tuple[str, str, bytes]]) -> bytes:
    """A web archive of answers: address, type of the content, content."""
    whole = io.BytesIO()
    for i, (url, kind, body) in enumerate(records):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-05-05T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{i:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        whole.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return whole.getvalue()


def test_nitf(tmp_path: Path) -> None:
    report = pipe.run(DATA / "ferry.nitf.xml", tmp_path / "out", progress=False)
    assert (report.articles, report.errors) == (1, 0)
    (article,) = read(tmp_path / "out", "articles")
    assert article["article_id"] == "ferry-2026-05-04-a"
    assert article["headline"] == "Ferry crews & owners agree to talks"
    assert (article["date"], article["byline"]) == ("20260504T091500Z", "By Ana Ortiz")
    assert article["dateline_place"] == "HULL, England"
    sentences = [s["text"] for s in read(tmp_path / "out", "sentences")]
    assert "Ferry crews will return to work on Tuesday, their union said on Monday." in sentences
    assert not any("Not prose" in s for s in sentences)
    assert said(tmp_path / "out")[-1] == ("ferry-2026-05-04-a", "Lee Roe", "“We have a date, and we have a table,”")
    roles = [b["role"] for b in read(tmp_path / "out", "blocks")]
    assert {"byline", "paragraph", "subhead"} <= set(roles)


def test_newsml(tmp_path: Path) -> None:
    zipped = tmp_path / "two.xml.gz"
    zipped.write_bytes(gzip.compress((DATA / "two.newsml.xml").read_bytes()))
    pipe.run(zipped, tmp_path / "out", progress=False)
    first, second = read(tmp_path / "out", "articles")
    assert first["article_id"] == "urn:newsml:example.org:20260504:1"
    assert (first["headline"], first["date"]) == ("Cafés may stay open", "2026-05-04T09:30:00Z")
    assert (first["byline"], first["dateline_place"]) == ("By André Roux", "Lyon")
    assert second["headline"] == "Prices fell in May"
    assert ("urn:newsml:example.org:20260504:1", "Zoë Petit", '"Until midnight, and no later,"') in said(
        tmp_path / "out"
    )
    assert [q[2] for q in said(tmp_path / "out") if q[0].endswith(":2")][-1] == '"They will fall again,"'


def test_xml_that_is_no_news(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<rss><channel/></rss>")
    (tmp_path / "b.xml").write_text("<nitf><body>")
    (tmp_path / "c.xml").write_bytes(b"\x89PNG\x00\x01\x81")
    (tmp_path / "d.xml").write_bytes((DATA / "ferry.nitf.xml").read_bytes())
    report = pipe.run(tmp_path, tmp_path / "out", progress=False)
    assert (report.articles, report.errors) == (4, 3)
    problems = [e["error"] for e in read(tmp_path / "out", "errors")]
    assert "expected NITF or NewsML-G2 with <nitf> or <newsItem>, found <rss>" in problems[0]
    assert "the file ends inside of <nitf/body>" in problems[1]
    assert "not UTF-8" in problems[2]


def test_html() -> None:
    pytest.importorskip("trafilatura")
    (row,) = readers.rows(DATA / "ferry.html")
    assert isinstance(row, Row)
    assert (row.id, row.headline, row.date) == (URL, "Ferry crews agree to talks", "2026-05-04")
    assert row.text is not None
    assert row.text.split("\n\n")[1].startswith("“We have a date, and we have a table,” said Lee Roe")
    assert "Cookies" not in row.text
    assert readers.html.article("<html><body></body></html>") is None


def test_html_through_run(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_bytes(PAGE)
    (tmp_path / "pages" / "b.htm").write_text("<html><body></body></html>")
    assert main(["run", str(tmp_path / "pages"), "--out", str(tmp_path / "out"), "--quiet"]) == 1
    assert "Lee Roe" in {speaker for _, speaker, _ in said(tmp_path / "out")}
    (error,) = read(tmp_path / "out", "errors")
    assert (Path(error["file"]).name, error["error"]) == ("b.htm", "no article on this page")


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_warc(tmp_path: Path, name: str) -> None:
    pytest.importorskip("fastwarc")
    data = archive(
        [
            (URL, "text/html; charset=utf-8", PAGE),
            ("https://news.example.org/logo.png", "image/png", b"\x89PNG"),
            (URL + "-2", "text/html", PAGE.replace(b"Lee Roe", b"Ann Lee")),
        ]
    )
    (tmp_path / name).write_bytes(data if name.endswith("gz") else gzip.decompress(data))
    report = pipe.run(tmp_path / name, tmp_path / "out", progress=False)
    assert (report.articles, report.errors) == (2, 0)
    assert [a["article_id"] for a in read(tmp_path / "out", "articles")] == [URL, URL + "-2"]
    assert {"Lee Roe", "Ann Lee"} <= {speaker for _, speaker, _ in said(tmp_path / "out")}
    # Broken in the middle: an error, and no hang.
    (tmp_path / "short.warc.gz").write_bytes(data[:-300])
    with pytest.raises(pullquote.InputError, match=r"short\.warc\.gz"):
        pipe.run(tmp_path / "short.warc.gz", tmp_path / "short", progress=False)


@pytest.mark.parametrize(("name", "library"), [("a.html", "trafilatura"), ("a.warc.gz", "fastwarc")])
def test_an_extra_that_is_not_installed(tmp_path: Path, name: str, library: str) -> None:
    script = f"""if True:
        import sys
        sys.modules[{library!r}] = None
        import pullquote
        try:
            pullquote.Pipeline().run({name!r}, "out", progress=False)
        except pullquote.MissingExtraError as error:
            assert isinstance(error, ImportError)
            print(error)
    """
    (tmp_path / name).write_bytes(b"")
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    extra = "html" if library == "trafilatura" else "warc"
    assert f"{name}: needs the extra {extra}: pip install 'pullquote[{extra}]'" in done.stdout
    assert not (tmp_path / "out").exists()
