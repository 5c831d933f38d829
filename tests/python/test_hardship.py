"""Files to files when something is wrong: the disk, the input, the folder, or the process that did it."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import pty
import random
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pullquote
from pullquote import Pipeline
from pullquote.cli import main

pipe = Pipeline(n_threads=2)
#: Fast, for what is not about quotes.
plain = Pipeline(quotes="none", n_threads=2)
TEXT = "“Le gué est ouvert,” said Çelik Ağa. "


def read(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table that was written."""
    parts = [pq.read_table(p) for p in sorted((out / table).glob("*.parquet"))]
    return list(pa.concat_tables(parts).to_pylist())


def files(out: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def big(path: Path, megabytes: int = 300) -> Path:
    """Articles enough for several parts."""
    with path.open("w", encoding="utf-8") as file:
        for i in range(megabytes * 16):
            file.write(json.dumps({"id": i, "text": f"{TEXT}It is number {i}. " + "x" * 62_000}) + "\n")
    return path


# Input ---------------------------------------------------------------------------------------------------------------


def test_a_line_beyond_the_limit_is_a_bad_row(tmp_path: Path) -> None:
    source = tmp_path / "long.jsonl"
    with source.open("w") as file:
        file.write('{"id": 1, "text": "One."}\n{"id": 2, "text": "')
        for _ in range(64):
            file.write("x" * (1 << 20))
        file.write('"}\n{"id": 3, "text": "Three."}\n')
    report = plain.run(source, tmp_path / "out", max_row_bytes=1 << 20, progress=False)
    assert (report.articles, report.errors) == (3, 1)
    assert [a["article_id"] for a in read(tmp_path / "out", "articles")] == [1, 3]
    (error,) = read(tmp_path / "out", "errors")
    assert (error["row"], error["file"]) == (1, str(source))
    assert "max_row_bytes=1048576" in error["error"]
    assert main(["run", str(source), "--out", str(tmp_path / "cli"), "--max-row-bytes", "1M", "--quiet"]) == 1
    with pytest.raises(SystemExit):
        main(["run", str(source), "--out", str(tmp_path / "cli"), "--max-row-bytes", "much"])


@pytest.mark.skipif(sys.platform != "linux", reason="reads its own peak memory from /proc")
def test_a_gigabyte_in_one_line_is_refused_without_taking_its_memory(tmp_path: Path) -> None:
    script = """if True:
        import gzip, sys
        from pullquote import Pipeline
        with gzip.open("huge.jsonl.gz", "wb", compresslevel=1) as file:
            file.write(b'{"text": "One."}\\n{"text": "')
            for _ in range(1024):
                file.write(b"x" * (1 << 20))
            file.write(b'"}\\n{"text": "Three."}\\n')
        report = Pipeline(quotes="none").run("huge.jsonl.gz", "out", progress=False)
        peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
        print(report.articles, report.errors, int(peak.split()[1]) // 1024)
    """
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    articles, errors, peak = map(int, done.stdout.split())
    assert (articles, errors) == (3, 1)
    assert peak < 400


def test_every_reader_has_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 5000)
    (tmp_path / "b.xml").write_text(f"<nitf><body><body.content><p>{'x' * 5000}</p></body.content></body></nitf>")
    pq.write_table(pa.table({"id": ["c"], "text": ["x" * 5000]}), tmp_path / "c.parquet")
    (tmp_path / "d.jsonl").write_text(json.dumps({"id": "d", "text": "x" * 5000}))
    (tmp_path / "e.txt").write_text("Short.")
    plain.run(tmp_path, tmp_path / "out", max_row_bytes=4096, progress=False)
    assert [a["article_id"] for a in read(tmp_path / "out", "articles")] == ["e"]
    errors = read(tmp_path / "out", "errors")
    assert [Path(e["file"]).name for e in errors] == ["a.txt", "b.xml", "c.parquet", "d.jsonl"]
    assert all("max_row_bytes=4096" in e["error"] for e in errors)
    (tmp_path / "f.csv").write_text('id,text\n1,One\n2,"Never closed\n' + "and on\n" * 100_000)
    with pytest.raises(pullquote.InputError, match=r"f\.csv: row 1: a quote that is never closed"):
        plain.run(tmp_path / "f.csv", tmp_path / "out2", max_row_bytes=4096, progress=False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["wide.jsonl", "wide.csv", "wide.jsonl.gz"])
def test_utf_16(tmp_path: Path, encoding: str, name: str) -> None:
    rows = [{"id": f"a{i}", "text": TEXT * (i + 1)} for i in range(500)]
    if "csv" in name:
        text = "id,text\n" + "".join(f'{r["id"]},"{r["text"]}"\n' for r in rows)
    else:
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    data = text.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    plain.run(tmp_path / name, tmp_path / "out", progress=False)
    found = [(a["article_id"], a["n_chars"]) for a in read(tmp_path / "out", "articles")]
    assert found == [(r["id"], len(str(r["text"]))) for r in rows]


def test_broken_utf_16_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "wide.jsonl").write_bytes('{"text": "One."}\n'.encode("utf-16") + b"\x00")
    with pytest.raises(pullquote.FileError, match=r"wide\.jsonl: broken UTF-16"):
        plain.run(tmp_path / "wide.jsonl", tmp_path / "out", progress=False)


def test_invalid_utf_8_in_the_middle(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": TEXT * 9}, ensure_ascii=False).encode() + b"\n"
    broken = bytearray(good)
    broken[300] = 0xFF
    (tmp_path / "a.jsonl").write_bytes(good + bytes(broken) + good)
    cell = TEXT.encode().replace(b",", b"")
    (tmp_path / "b.csv").write_bytes(b"id,text\na," + cell + b"\na," + cell[:-3] + b"\xff \xc3\xa9\n")
    (tmp_path / "c.txt").write_bytes((TEXT * 9).encode()[:-10] + b"\xe2\x80")
    report = plain.run(tmp_path, tmp_path / "out", progress=False)
    assert (report.articles, report.errors) == (6, 3)
    errors = read(tmp_path / "out", "errors")
    assert [(Path(e["file"]).name, e["row"]) for e in errors] == [("a.jsonl", 1), ("b.csv", 1), ("c.txt", 0)]
    assert all("broken UTF-8 at byte" in e["error"] for e in errors)
    assert {a["n_chars"] for a in read(tmp_path / "out", "articles")} == {len(TEXT) * 9, len(cell.decode())}


def test_truncated_compression(tmp_path: Path, corpus: Path) -> None:
    # Bytes that do not shrink, so that the cut is in the middle of the text
    noise = "".join(json.dumps({"text": random.Random(i).randbytes(900).hex()}) + "\n" for i in range(300)).encode()
    whole = {"gz": gzip.compress(noise), "zst": pa.Codec("zstd").compress(noise).to_pybytes()}
    for ending, data in whole.items():
        for cut in (len(data) // 2, len(data) - 3):
            short = tmp_path / f"short.jsonl.{ending}"
            short.write_bytes(data[:cut])
            with pytest.raises(pullquote.FileError, match=rf"short\.jsonl\.{ending}"):
                plain.run(short, tmp_path / f"out-{ending}-{cut}", progress=False)
        # Several streams in one file are one
        short.write_bytes(data + data)
        assert plain.run(short, tmp_path / f"two-{ending}", progress=False).articles == 600


def test_nulls_wrong_types_missing_columns(tmp_path: Path) -> None:
    def run(table: pa.Table) -> Any:
        pq.write_table(table, tmp_path / "t.parquet")
        return plain.run(tmp_path / "t.parquet", tmp_path / "out", resume=False, progress=False)

    report = run(pa.table({"id": [1, None, 3], "text": ["One.", None, "Three."]}))
    assert (report.articles, report.errors) == (3, 0)
    assert [a["article_id"] for a in read(tmp_path / "out", "articles")] == [1, None, 3]
    with pytest.raises(pullquote.InputError, match=r"t\.parquet: no column for the text.*there are id, artikel"):
        run(pa.table({"id": [1], "artikel": ["x"]}))
    with pytest.raises(pullquote.InputError, match=r"t\.parquet: column \"text\": expected strings, found Int64"):
        run(pa.table({"text": [1, 2]}))
    with pytest.raises(pullquote.InputError, match=r"t\.parquet: column \"id\": expected strings or integers"):
        run(pa.table({"id": [1.5], "text": ["x"]}))
    assert run(pa.table({"text": pa.array([], pa.string())})).articles == 0
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(pullquote.InputError, match=r"t\.parquet"):
        plain.run(tmp_path / "t.parquet", tmp_path / "out", resume=False, progress=False)
    (tmp_path / "t.parquet").write_bytes(b"")
    with pytest.raises(pullquote.InputError, match=r"t\.parquet"):
        plain.run(tmp_path / "t.parquet", tmp_path / "out", resume=False, progress=False)


def test_ids_are_known_behind_many_bad_rows(tmp_path: Path) -> None:
    source = tmp_path / "late.jsonl"
    source.write_text("nonsense\n" * 9000 + '{"id": "a", "text": "One."}\n' * 3)
    for name in ("one", "again"):
        report = plain.run(source, tmp_path / name, progress=False)
        assert (report.articles, report.errors) == (9003, 9000)
    assert [a["article_id"] for a in read(tmp_path / "one", "articles")] == ["a"] * 3
    assert files(tmp_path / "one") == files(tmp_path / "again")
    source.write_text("nonsense\n" * 90_000)
    with pytest.raises(
        pullquote.InputError, match=r"late\.jsonl: the first 65536 rows are all bad; the last: expected"
    ):
        plain.run(source, tmp_path / "hopeless", progress=False)


def test_names_with_spaces_and_other_letters(tmp_path: Path) -> None:
    folder = tmp_path / "Çelik’s news, 記事 [1]"
    folder.mkdir()
    (folder / "über den Fluß.txt").write_text("One.", encoding="utf-8")
    (folder / "zwei.jsonl").write_text('{"id": "z", "text": "Two."}\n')
    out = tmp_path / "aus gabe é"
    assert main(["run", str(folder), "--out", str(out), "--quiet"]) == 0
    assert [a["article_id"] for a in read(out, "articles")] == ["z", "über den Fluß"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [i["file"] for i in manifest["inputs"]] == [str(folder / "zwei.jsonl"), str(folder / "über den Fluß.txt")]


def test_many_tiny_files(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for i in range(100_000):
        fd = os.open(folder / f"{i:06}.txt", os.O_CREAT | os.O_WRONLY)
        os.write(fd, b"The ferry sails again.")
        os.close(fd)
    report = plain.run(folder, tmp_path / "out", tables=["articles"], progress=False)
    assert (report.articles, report.errors) == (100_000, 0)
    ids = [a["article_id"] for a in read(tmp_path / "out", "articles")]
    assert ids == [f"{i:06}" for i in range(100_000)]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_unreadable_input(tmp_path: Path, corpus: Path) -> None:
    corpus.chmod(0)
    with pytest.raises(pullquote.FileError, match=r"corpus\.jsonl: Permission denied"):
        plain.run(corpus, tmp_path / "out", progress=False)


def test_a_file_that_fails_in_the_middle(tmp_path: Path) -> None:
    # A folder opens as a file and cannot be read: as a disk that fails.
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "One."}\n')
    (tmp_path / "b.jsonl").mkdir()
    link = tmp_path / "c.jsonl"
    link.symlink_to("/proc/self/mem")
    with pytest.raises(pullquote.FileError, match=r"c\.jsonl"):
        plain.run([tmp_path / "a.jsonl", link], tmp_path / "out", progress=False)
    assert not list((tmp_path / "out").rglob("*.part"))


# Output --------------------------------------------------------------------------------------------------------------

RUN = """if True:
    import sys
    from pullquote import Pipeline
    print("begin", flush=True)
    Pipeline(quotes="none", n_threads=2).run(sys.argv[1], sys.argv[2], progress=False)
"""


def test_disk_full(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    source = big(tmp_path / "big.jsonl", 5)
    limited = """if True:
        import resource, sys
        import pullquote
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            pullquote.Pipeline(quotes="none").run(sys.argv[1], sys.argv[2], format="csv", progress=False)
        except pullquote.FileError as error:
            print(error)
    """
    assert resource
    command = [sys.executable, "-c", limited, str(source), str(tmp_path / "out")]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "File too large" in said
    assert str(tmp_path / "out") in said
    assert not list((tmp_path / "out").rglob("*.part"))
    # With room again, it goes on.
    assert plain.run(source, tmp_path / "out", format="csv", progress=False).articles == 80


def test_no_space_left(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(room)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        source = big(tmp_path / "big.jsonl", 20)
        with pytest.raises(pullquote.FileError, match="No space left on device"):
            plain.run(source, room / "out", tables=["sentences"], format="csv", progress=False)
        assert not list(room.rglob("*.part"))
    finally:
        subprocess.run(["umount", str(room)], check=True)


def test_a_folder_that_cannot_be_written(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(pullquote.FileError, match="file"):
        plain.run(corpus, tmp_path / "file", progress=False)


def test_folder_in_use(tmp_path: Path, corpus: Path) -> None:
    out = tmp_path / "out"
    holder = subprocess.Popen(
        [sys.executable, "-m", "pullquote", "run", "-", "--out", str(out)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert holder.stdin is not None
    until = time.monotonic() + 30
    while not (out / "manifest.json").exists() and time.monotonic() < until:
        time.sleep(0.02)
    with pytest.raises(pullquote.InputError, match=rf"in use: another run \(process {holder.pid}\)"):
        plain.run(corpus, out, progress=False)
    with pytest.raises(pullquote.InputError, match="in use"):
        plain.run(corpus, out, shard=(0, 2), progress=False)
    assert main(["run", str(corpus), "--out", str(out), "--quiet"]) == 2
    # A dead run blocks nobody.
    holder.kill()
    holder.communicate()
    with pytest.raises(pullquote.InputError, match="resume=False"):
        plain.run(corpus, out, progress=False)
    assert plain.run(corpus, out, resume=False, progress=False).articles == 40


def test_shards_and_whole_jobs_do_not_mix(tmp_path: Path, corpus: Path) -> None:
    plain.run(corpus, tmp_path / "out", shard=(0, 2), progress=False)
    with pytest.raises(pullquote.InputError, match="another job"):
        pipe.run(corpus, tmp_path / "out", shard=(1, 2), progress=False)
    for shard in ((0, 1), (0, 3)):
        with pytest.raises(pullquote.InputError, match="another cut into shards"):
            plain.run(corpus, tmp_path / "out", shard=shard, resume=False, progress=False)
    plain.run(corpus, tmp_path / "out", shard=(1, 2), progress=False)


def test_results_depend_on_the_language(tmp_path: Path, corpus: Path) -> None:
    plain.run(corpus, tmp_path / "out", progress=False)
    with pytest.raises(pullquote.InputError, match=r"another job: .*language=en.*expected .*language=de"):
        Pipeline(quotes="none", language="de").run(corpus, tmp_path / "out", progress=False)
    with corpus.open("a") as file:
        file.write('{"id": "new", "body": "More."}\n')
    with pytest.raises(pullquote.InputError, match=r"another job: input .*corpus\.jsonl"):
        plain.run(corpus, tmp_path / "out", progress=False)


def test_manifest(tmp_path: Path, corpus: Path) -> None:
    plain.run(corpus, tmp_path / "out", progress=False)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["version"] == pullquote.__version__
    assert re.fullmatch("[0-9a-f]{16}", manifest["hash"])
    assert "quotes=none" in manifest["configuration"]
    assert manifest["inputs"] == [{"file": str(corpus), "bytes": corpus.stat().st_size}]
    assert manifest["complete"]
    (part,) = manifest["parts"]
    assert (part["articles"], part["errors"], part["rows"]["articles"]) == (40, 0, 40)


def test_errors_as_json_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "One."}\n{"id": 2, "text": 5}\n')
    plain.run(tmp_path / "a.jsonl", tmp_path / "out", format="jsonl", progress=False)
    (error,) = map(json.loads, (tmp_path / "out/errors/part-00000.jsonl").read_text().splitlines())
    assert (error["article_id"], error["row"], error["file"]) == (None, 1, str(tmp_path / "a.jsonl"))


# The process ---------------------------------------------------------------------------------------------------------


def test_killed_and_resumed(tmp_path: Path) -> None:
    source = big(tmp_path / "big.jsonl")
    command = [sys.executable, "-c", RUN, str(source)]
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "whole")], check=True, timeout=120)
    took = time.monotonic() - began
    expected = files(tmp_path / "whole")
    assert len(list((tmp_path / "whole" / "articles").iterdir())) >= 2
    moments = random.Random(7)
    killed = 0
    for attempt in range(4):
        out = tmp_path / f"out{attempt}"
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.random() * took * 0.8)
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        subprocess.run([*command, str(out)], check=True, timeout=120)
        assert files(out) == expected
    assert killed >= 1


def test_interrupted_leaves_finished_parts_good(tmp_path: Path) -> None:
    source = big(tmp_path / "big.jsonl")
    plain.run(source, tmp_path / "whole", progress=False)
    out = tmp_path / "out"
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "pullquote",
            "run",
            str(source),
            "--out",
            str(out),
            "--quotes",
            "none",
            "--threads",
            "1",
        ],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until = time.monotonic() + 60
    while not (out / "articles" / "part-00000.parquet").exists() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - sent < 2
    assert process.returncode == 130
    assert "run again to go on" in said
    assert not list(out.rglob("*.part"))
    first = {name: data for name, data in files(out).items() if "part-00000" in name}
    assert first == {name: data for name, data in files(tmp_path / "whole").items() if "part-00000" in name}
    plain.run(source, out, progress=False)
    assert files(out) == files(tmp_path / "whole")


def test_interrupted_while_it_waits_for_input(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pullquote", "run", "-", "--out", str(tmp_path / "out")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until = time.monotonic() + 30
    while not (tmp_path / "out" / "manifest.json").exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    # Not by closing the input: it must end on its own.
    assert process.wait(10) == 130
    process.communicate()


def test_progress_on_a_terminal_and_not_elsewhere(tmp_path: Path, corpus: Path) -> None:
    command = [sys.executable, "-m", "pullquote", "run", str(big(tmp_path / "big.jsonl", 20)), "--quotes", "none"]
    quiet = subprocess.run([*command, "--out", str(tmp_path / "a")], capture_output=True, text=True, timeout=60)
    assert quiet.returncode == 0
    assert quiet.stdout == ""
    assert re.fullmatch(
        r"320 articles, 0 errors, 0 quotes, \d+\.\d s \(\d+ articles/s, \d+\.\d MB/s\): .*a\n", quiet.stderr
    )
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 160, 0, 0))
    process = subprocess.Popen([*command, "--out", str(tmp_path / "b")], stderr=child)
    os.close(child)
    shown = b""
    try:
        while piece := os.read(parent, 4096):
            shown += piece
    except OSError:
        pass  # The other side has closed.
    assert process.wait(60) == 0
    os.close(parent)
    # Bytes done of all, the time left, the rate of both kinds.
    assert re.search(rb"\d+%.*/19\.\dM \[\d+:\d+<\d+:\d+, +[\d.]+[kM]?B/s, \d+ articles, \d+ articles/s", shown)


def test_exit_codes(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "One."}\nnonsense\n')
    assert main(["run", str(corpus), "--out", str(tmp_path / "good"), "--quiet"]) == 0
    assert main(["run", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "some"), "--quiet"]) == 1
    strict = ["run", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "strict"), "--max-errors", "0", "--quiet"]
    assert main(strict) == 2
