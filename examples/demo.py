"""The demo: `pullquote run` on a folder of articles, who said what in the terminal, and a page to look at.

python examples/demo.py FOLDER OUT
"""

import shutil
import sys
from pathlib import Path

from pullquote import Pipeline
from pullquote.cli import main as pullquote
from pullquote.display import page, said_by


def demo(folder: Path, out: Path) -> int:
    """Run, print and write `OUT/report.html`."""
    code = pullquote(["run", str(folder), "--out", str(out), "--no-resume"])
    if code:
        return code
    texts = ((path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("**/*.txt")))
    articles = list(Pipeline().pipe(texts))
    width = shutil.get_terminal_size((120, 40)).columns
    for article in articles:
        rows = list(said_by(article))
        if rows:
            print(f"\n{article.headline or article.id}")
        for who, kind, said in rows:
            line = f"  {who[:28]:28}  {kind:8}  {said}"
            print(line if len(line) <= width else line[: width - 1] + "…")
    report = out / "report.html"
    report.write_text(page(articles, "Who said what"), encoding="utf-8")
    print(f"\nTables: {out}/*/*.parquet   Page: {report}")
    return 0


if __name__ == "__main__":
    sys.exit(demo(Path(sys.argv[1]), Path(sys.argv[2])))
