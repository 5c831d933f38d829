"""The command line: one module a command, each with `add`, which names its options and what does it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import cast

from pullquote import PullquoteError, __version__
from pullquote.cli import gazetteer, parse, run, split
from pullquote.cli.shared import FAILED, INTERRUPTED, OK


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say and give the exit code."""
    options = _parser().parse_args(argv)
    try:
        return cast("Callable[[argparse.Namespace], int]", options.do)(options)
    except PullquoteError as error:
        print(f"pullquote: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("pullquote: interrupted; finished parts are good, run again to go on", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough; nothing more may be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pullquote", description="Who said what about whom, in news text.")
    parser.add_argument("--version", action="version", version=f"pullquote {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (parse, run, split, gazetteer):
        command.add(commands)
    return parser
