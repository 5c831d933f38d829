"""An article in, HTML or terminal text out: quotes, speakers, cues and entities in colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pullquote import Article

STYLE = """
.pullquote { font: 16px/1.6 Georgia, serif; max-width: 46em; color: #1c1c1c; background: #fff; padding: .5em 1em; }
.pullquote p { margin: 0 0 .8em; white-space: pre-line; }
.pullquote h2 { font-size: 1.35em; line-height: 1.25; margin: .2em 0 .5em; }
.pullquote h3 { font-size: 1.05em; margin: 1em 0 .4em; }
.pullquote .meta { color: #6b6b6b; font: 13px/1.5 system-ui, sans-serif; }
.pullquote .quote { background: #fff3c4; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.pullquote .quote.indirect { background: #e8f1fb; }
.pullquote .quote.mixed { background: #e9f6df; }
.pullquote .speaker { border-bottom: 2px solid #c0392b; }
.pullquote .cue { font-style: italic; color: #a04000; }
.pullquote .entity { text-decoration: underline dotted #4a6fa5; text-underline-offset: 3px; }
.pullquote table { border-collapse: collapse; font: 13px/1.5 system-ui, sans-serif; margin: .5em 0 1em; }
.pullquote td, .pullquote th { text-align: left; vertical-align: top; padding: .2em 1em .2em 0; }
.pullquote th { color: #6b6b6b; font-weight: 600; }
"""

HEADINGS = {"headline": "h2", "subhead": "h3"}
QUIET = {"section_label", "byline", "timestamp", "caption", "credit", "note", "related"}


def article_html(article: Article, title: str | None = None, style: bool = True) -> str:
    """The article as a fragment of HTML; everything in it is escaped. `style=False` where the page has `STYLE`."""
    marks = sorted(_marks(article), key=lambda mark: (mark[0], -mark[1]))
    parts = [f"<style>{STYLE}</style>" if style else "", '<article class="pullquote">']
    if title is not None:
        parts.append(f'<div class="meta">{escape(title)}</div>')
    given = article.headline is not None and not any(b.role == "headline" for b in article.blocks)
    if given:
        parts.append(f"<h2>{escape(article.headline or '')}</h2>")
    for block in article.blocks:
        tag = HEADINGS.get(block.role, "p")
        kind = f' class="meta" title="{block.role}"' if block.role in QUIET else f' title="{block.role}"'
        parts.append(f"<{tag}{kind}>{_coloured(article.text, block.start, block.end, marks)}</{tag}>")
    parts.append(_table(article))
    parts.append("</article>")
    return "".join(parts)


def page(articles: Iterable[Article], title: str) -> str:
    """A page of its own, without links to anything, that shows each article."""
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    shown = "<hr>".join(article_html(a, title=None if a.id is None else str(a.id), style=False) for a in articles)
    return f"{head}<body>{shown}</body></html>"


def article_text(article: Article) -> str:
    """The quotes of an article as lines of plain text: who, how, what."""
    lines = [article.headline or "(no headline)"]
    for who, kind, said in said_by(article):
        lines.append(f"  {who} [{kind}]: {said}")
    return "\n".join(lines)


def said_by(article: Article) -> Iterator[tuple[str, str, str]]:
    """For each quote who said it, its kind, and the words, on one line each."""
    for quote in article.quotes:
        who = quote.speaker_name or (quote.speaker.text if quote.speaker else "?")
        said = " … ".join(article.text[s:e] for s, e in quote.spans)
        yield who, quote.kind, " ".join(said.split())


def _marks(article: Article) -> Iterator[tuple[int, int, str, str]]:
    names = {e.id: e.name for e in article.entities}
    for quote in article.quotes:
        who = quote.speaker_name or (quote.speaker.text if quote.speaker else "nobody")
        for start, end in quote.spans:
            yield start, end, f"quote {quote.kind}", f"{who}: {quote.kind} ({quote.reason})"
        if quote.speaker:
            yield quote.speaker.start, quote.speaker.end, "speaker", who
        if quote.cue:
            yield *quote.cue, "cue", "cue"
    for mention in article.mentions:
        if mention.entity is not None:
            yield mention.start, mention.end, "entity", f"{names[mention.entity]} ({mention.type})"


def _coloured(text: str, start: int, end: int, marks: list[tuple[int, int, str, str]]) -> str:
    """The text with a span element for each mark: marks that cross are cut where others begin or end."""
    inside = [(max(s, start), min(e, end), kind, tip) for s, e, kind, tip in marks if s < end and start < e]
    cuts = sorted({start, end, *(s for s, *_ in inside), *(e for _, e, *_ in inside)})
    parts = []
    for a, b in pairwise(cuts):
        over = [(kind, tip) for s, e, kind, tip in inside if s <= a and b <= e]
        opening = "".join(f'<span class="{kind}" title="{escape(tip)}">' for kind, tip in over)
        parts.append(f"{opening}{escape(text[a:b])}{'</span>' * len(over)}")
    return "".join(parts)


def _table(article: Article) -> str:
    rows = "".join(
        f"<tr><td>{escape(who)}</td><td>{kind}</td><td>{escape(said)}</td></tr>" for who, kind, said in said_by(article)
    )
    return f"<table><tr><th>Who</th><th>How</th><th>What</th></tr>{rows}</table>" if rows else ""
