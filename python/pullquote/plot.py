"""Pictures of results, with matplotlib: `pip install pullquote[plot]`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from pullquote import Article


def speakers(articles: Iterable[Article], top: int = 15, ax: Axes | None = None) -> Axes:
    """Bars of the people and bodies quoted most often, by kind of quote. Gives the axes, to be changed or saved."""
    from matplotlib import pyplot

    counts: dict[str, Counter[str]] = {kind: Counter() for kind in ("direct", "mixed", "indirect")}
    for article in articles:
        for quote in article.quotes:
            if quote.speaker_name:
                counts[quote.kind][quote.speaker_name] += 1
    total = sum(counts.values(), Counter[str]())
    names = sorted(total, key=lambda name: (total[name], name))[-top:]
    if ax is None:
        _, ax = pyplot.subplots(figsize=(8, 0.6 + 0.35 * len(names)), layout="constrained")
    left = [0] * len(names)
    for (kind, of_kind), colour in zip(counts.items(), ("#e0a800", "#6aa84f", "#4a86c5"), strict=True):
        widths = [of_kind[name] for name in names]
        ax.barh(names, widths, left=left, label=kind, color=colour)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    ax.set_xlabel("quotes")
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    return ax
