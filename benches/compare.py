"""Compare pullquote with other libraries on the same input in the same run, and write the table into RESULTS.md.

    python benches/compare.py NAME [options]

Each module of `peers` is one comparison. What a comparison needs beyond the test requirements stands in
`benches/requirements.txt`; a peer that is not installed is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

import peers


def main(argv: Sequence[str] | None = None) -> int:
    """Run the comparison that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="name", required=True)
    for found in pkgutil.iter_modules(peers.__path__):
        module = importlib.import_module(f"peers.{found.name}")
        command = commands.add_parser(found.name, description=module.__doc__)
        module.add_options(command)
        command.set_defaults(do=module.main)
    options = parser.parse_args(argv)
    return int(options.do(options))


if __name__ == "__main__":
    sys.exit(main())
