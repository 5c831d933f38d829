"""The cases of tests/cases, through Python; tests/cases/README.md says how they are written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pullquote import Article, Gazetteer, Pipeline, Quote, split

CASES = Path(__file__).parents[1] / "cases"
ITEM = re.compile(r"(`{1,2})(?P<text>.+?)\1(?:#(?P<nth>\d+))?|(?P<word>\S+)")
ESCAPE = re.compile(r"\\u\{([0-9A-Fa-f]+)\}")
CASE = re.compile(r"^## (?P<name>.+?)\n+```text\n(?P<text>.*?)\n?```\n+```expect\n(?P<expect>.*?)```", re.M | re.S)
NAMES = {"name", "short", "acronym"}

Span = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """A word of an expectation, or a text between backticks and which of its occurrences is meant."""

    text: str
    quoted: bool
    nth: int = 1


@dataclass(frozen=True)
class Case:
    """A text and what must come out of it."""

    file: str
    name: str
    text: str
    expect: tuple[str, ...]

    def items(self, line: str) -> list[Item]:
        return [
            Item(m["word"], False) if m["word"] else Item(unescape(m["text"]), True, int(m["nth"] or 1))
            for m in ITEM.finditer(line)
        ]

    def span(self, item: Item) -> Span:
        at = -1
        for _ in range(item.nth):
            at = self.text.find(item.text, 0 if at < 0 else at + len(item.text))
            assert at >= 0, f"{item.text!r}#{item.nth} is not in the text"
        return at, at + len(item.text)


def unescape(text: str) -> str:
    """Characters for their escapes."""
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)


def cases() -> Iterator[Case]:
    """All cases of all files."""
    for path in sorted(CASES.glob("*.md")):
        if path.name != "README.md":
            for m in CASE.finditer(path.read_text(encoding="utf-8")):
                lines = tuple(line.strip() for line in m["expect"].splitlines() if line.strip())
                yield Case(path.name, m["name"].strip(), unescape(m["text"]), lines)


def known() -> set[str]:
    """The cases that do not pass yet."""
    path = CASES / "known.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


class Checker:
    """An article and the case that says what it must be."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.lines = [case.items(line) for line in case.expect]
        self.aliases = self.gazetteer()
        self.article: Article = Pipeline(gazetteer=self.aliases, n_threads=1).parse(case.text)

    def gazetteer(self) -> Gazetteer | None:
        records: dict[tuple[str, str], list[str]] = {}
        for items in self.lines:
            if items[0].text == "alias":
                alias, name, kind = items[1].text, items[3].text, items[5].text
                records.setdefault((name, kind), []).append(alias)
        rows = [{"id": n, "name": n, "type": k, "aliases": a} for (n, k), a in records.items()]
        return Gazetteer.from_records(rows) if rows else None

    def wrong(self) -> list[str]:
        """The lines that do not hold."""
        found = []
        for kind in ("sentence", "block", "piece"):
            if not self.whole_list(kind):
                found.append(f"the {kind}s are others")
        for line, items in zip(self.case.expect, self.lines, strict=True):
            if items[0].text in ("alias", "sentence", "block", "piece"):
                continue
            negated = items[0].text == "no"
            name = f"no_{items[1].text}" if negated else items[0].text
            check: Callable[[list[Item]], bool] = getattr(self, f"is_{name}")
            if not check(items[2:] if negated else items[1:]):
                found.append(line)
        return found

    def whole_list(self, kind: str) -> bool:
        wanted = [items for items in self.lines if items[0].text == kind]
        if not wanted:
            return True
        if kind == "sentence":
            return [self.case.span(i[1]) for i in wanted] == [(s.start, s.end) for s in self.article.sentences]
        if kind == "piece":
            cut = [(p.reason, self.case.text[p.start : p.end].splitlines()[0]) for p in split(self.case.text)]
            return [(i[1].text, i[2].text) for i in wanted] == cut
        expected = [(i[1].text, *self.case.span(i[2])) for i in wanted]
        return expected == [(b.role, b.start, b.end) for b in self.article.blocks]

    def is_repeat(self, items: list[Item]) -> bool:
        span = self.case.span(items[0])
        return any((b.start, b.end) == span and b.duplicate_of is not None for b in self.article.blocks)

    def is_quotes(self, items: list[Item]) -> bool:
        return len(self.article.quotes) == int(items[0].text)

    def is_quote(self, items: list[Item]) -> bool:
        spans, rest = [self.case.span(items[1])], items[2:]
        while rest and rest[0].text == "+" and not rest[0].quoted:
            spans, rest = [*spans, self.case.span(rest[1])], rest[2:]
        same = (q for q in self.article.quotes if q.kind == items[0].text and q.spans == spans)
        return any(self.quote_has(quote, rest) for quote in same)

    def quote_has(self, quote: Quote, rest: list[Item]) -> bool:
        speaker = quote.speaker
        parts = {
            "cue": quote.cue,
            "speaker": (speaker.start, speaker.end) if speaker else None,
            "phrase": speaker.phrase if speaker else None,
        }
        while rest:
            word = rest[0].text
            if word == "unnamed":
                holds, rest = quote.speaker_name is None, rest[1:]
            elif word == "no":
                holds, rest = parts[rest[1].text] is None, rest[2:]
            elif word == "named":
                holds, rest = quote.speaker_name == rest[1].text, rest[2:]
            else:
                holds, rest = parts[word] == self.case.span(rest[1]), rest[2:]
            if not holds:
                return False
        return True

    def is_no_quote(self, items: list[Item]) -> bool:
        start, end = self.case.span(items[0])
        return not any(s < end and start < e for q in self.article.quotes for s, e in q.spans)

    def is_role(self, items: list[Item]) -> bool:
        return (items[0].text, *self.case.span(items[1])) in [(b.role, b.start, b.end) for b in self.article.blocks]

    def is_no_dateline(self, items: list[Item]) -> bool:
        return not items and self.article.dateline is None

    def is_dateline(self, items: list[Item]) -> bool:
        dateline = self.article.dateline
        if dateline is None or (dateline.start, dateline.end) != self.case.span(items[0]):
            return False
        rest = items[1:]
        while rest:
            if rest[0].text == "no":
                key, value, rest = rest[1].text, None, rest[2:]
            else:
                key, value, rest = rest[0].text, rest[1].text, rest[2:]
            if getattr(dateline, key) != value:
                return False
        return True

    def entity_of(self, item: Item) -> int | None:
        span = self.case.span(item)
        return next((m.entity for m in self.article.mentions if (m.start, m.end) == span), None)

    def is_mention(self, items: list[Item]) -> bool:
        span, rest = self.case.span(items[1]), items[2:]
        wanted = {rest[i].text: rest[i + 1].text for i in range(0, len(rest), 2)}
        names = {e.id: e.name for e in self.article.entities}
        return any(
            (m.start, m.end) == span
            and items[0].text in ("any", m.type)
            and wanted.get("form", m.form) == m.form
            and ("entity" not in wanted or (m.entity is not None and names[m.entity] == wanted["entity"]))
            for m in self.article.mentions
        )

    def is_no_mention(self, items: list[Item]) -> bool:
        start, end = self.case.span(items[0])
        return not any(m.form in NAMES and m.start < end and start < m.end for m in self.article.mentions)

    def is_same(self, items: list[Item]) -> bool:
        one, other = (self.entity_of(item) for item in items)
        return one is not None and one == other

    def is_different(self, items: list[Item]) -> bool:
        one, other = (self.entity_of(item) for item in items)
        return one is None or one != other

    def is_entity(self, items: list[Item]) -> bool:
        return (items[0].text, items[1].text) in [(e.type, e.name) for e in self.article.entities]

    def is_hit(self, items: list[Item]) -> bool:
        assert self.aliases is not None
        hits = [((m.start, m.end), m.ids) for m in self.aliases.match(self.case.text)]
        return any(span == self.case.span(items[0]) and items[1].text in ids for span, ids in hits)

    def is_no_hit(self, items: list[Item]) -> bool:
        start, end = self.case.span(items[0])
        return self.aliases is None or not any(
            m.start < end and start < m.end for m in self.aliases.match(self.case.text)
        )


ALL, KNOWN = list(cases()), known()


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case: Case) -> None:
    wrong = Checker(case).wrong()
    if f"{case.file}: {case.name}" in KNOWN:
        assert wrong, "passes now: take it off known.txt"
    else:
        assert not wrong, "\n".join(wrong)


def test_known_cases_are_cases() -> None:
    assert {f"{case.file}: {case.name}" for case in ALL} >= KNOWN
    names = [(case.file, case.name) for case in ALL]
    assert len(set(names)) == len(names)
    for path in set(CASES.glob("*.md")) - {CASES / "README.md"}:
        headings = len(re.findall(r"^## [A-Z]\d", path.read_text(encoding="utf-8"), re.M))
        assert headings == sum(case.file == path.name for case in ALL), path
