"""Processes and signals: fork, spawn, threads, Ctrl-C."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from pullquote import Pipeline

pipe = Pipeline(n_threads=2)


def count(texts: list[str]) -> int:
    """How many sentences there are."""
    return len(pipe.extract(texts).sentences)


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_processes(method: str, texts: list[str]) -> None:
    expected = count(texts)
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as processes:
        assert list(processes.map(count, [texts] * 4, timeout=60)) == [expected] * 4


def test_fork_in_the_middle_of_use(texts: list[str]) -> None:
    many = texts * 200
    with ThreadPoolExecutor(1) as threads:
        under_way = threads.submit(count, many)
        time.sleep(0.02)
        child = os.fork()
        if child == 0:
            signal.alarm(60)
            os._exit(0 if count(texts) > 0 else 1)
        _, status = os.waitpid(child, 0)
        assert status == 0
        assert under_way.result(60) == 200 * count(texts)


def test_threads_of_python(texts: list[str]) -> None:
    expected = count(texts)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(count, [texts] * 32)) == [expected] * 32


SCRIPTS = {
    "extract": "pipe.extract(texts)",
    "run": "pipe.run('big.jsonl', 'out', progress=False)",
    "parse": "pipe.parse(' '.join(texts[:40000]))",
    "pipe": "[0 for _ in pipe.pipe(texts)]",
}


@pytest.mark.parametrize("call", SCRIPTS)
def test_ctrl_c(call: str, tmp_path: Path, text: str) -> None:
    script = f"""if True:
        import json, signal, sys, time
        from pullquote import Pipeline
        signal.signal(signal.SIGINT, signal.default_int_handler)
        text = {text!r}
        texts = [text] * 400_000
        if {call!r} == "run":
            with open("big.jsonl", "w") as file:
                for _ in texts:
                    file.write(json.dumps(dict(text=text)) + "\\n")
        pipe = Pipeline(n_threads=2)
        print("begin", flush=True)
        try:
            while True:
                {SCRIPTS[call]}
        except KeyboardInterrupt:
            print("stopped", time.time(), flush=True)
    """
    process = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    time.sleep(0.5)
    sent = time.time()
    process.send_signal(signal.SIGINT)
    word, at = process.stdout.readline().split()
    process.wait(60)
    process.stdout.close()
    assert word == "stopped"
    assert float(at) - sent < 0.5
    assert not list(tmp_path.rglob("*.part"))


def test_small_calls_do_not_wait_for_a_tick(text: str) -> None:
    began = time.perf_counter()
    for _ in range(40):
        pipe.extract([text])
    assert time.perf_counter() - began < 1.0
