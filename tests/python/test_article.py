"""Article and its parts: the contract's fields, offsets, equality, pickling, display."""

import json
import pickle
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pullquote

KEYS = {
    "": "id text language section_label headline deck byline dateline blocks sentences quotes mentions entities",
    "dateline": "start end place date agency",
    "blocks": "role start end",
    "sentences": "start end block",
    "quotes": "id kind spans cue speaker speaker_name entity parent confidence reason",
    "mentions": "start end type form entity source reason confidence",
    "entities": "id name type kb_id description gender n_mentions n_quotes",
}

QUOTE = {
    "id": 0,
    "kind": "direct",
    "spans": [[0, 4], [9, 12]],
    "cue": [5, 8],
    "speaker": {"start": 13, "end": 16, "text": "Ana", "form": "name", "phrase": [13, 20]},
    "speaker_name": "Ana Ortiz",
    "entity": 0,
    "parent": None,
    "confidence": 0.9,
    "reason": "subject of the cue",
}

MENTION = {
    "start": 14,
    "end": 25,
    "type": "person",
    "form": "name",
    "entity": 0,
    "source": "discovered",
    "reason": "same name",
    "confidence": 0.9,
}

ENTITY = {
    "id": 0,
    "name": "Ana Ortiz",
    "type": "person",
    "kb_id": None,
    "description": "a nurse",
    "gender": "female",
    "n_mentions": 1,
    "n_quotes": 1,
}


def whole() -> pullquote.Article:
    """An article that has something in every field."""
    fields = {
        "id": 7,
        "text": "“Hi” ran “No” <Ana> Ortiz",
        "language": "en",
        "section_label": "World",
        "headline": "A & B",
        "deck": None,
        "byline": None,
        "dateline": {"start": 0, "end": 4, "place": "ROME", "date": None, "agency": "AP"},
        "blocks": [{"role": "paragraph", "start": 0, "end": 25}],
        "sentences": [{"start": 0, "end": 25, "block": 0}],
        "quotes": [QUOTE],
        "mentions": [MENTION],
        "entities": [ENTITY],
    }
    return pullquote.Article.from_json(json.dumps(fields))


def spans(article: dict[str, Any]) -> list[tuple[int, int]]:
    """All spans of an article."""
    found = [(x["start"], x["end"]) for part in ("blocks", "sentences", "mentions") for x in article[part]]
    for quote in article["quotes"]:
        found += [*map(tuple, quote["spans"])]
        found += [tuple(quote["cue"])] if quote["cue"] else []
        if speaker := quote["speaker"]:
            found += [(speaker["start"], speaker["end"]), tuple(speaker["phrase"])]
    if article["dateline"]:
        found.append((article["dateline"]["start"], article["dateline"]["end"]))
    return found


def test_dict_has_the_fields_of_the_contract(text: str) -> None:
    for article in (pullquote.parse(text).to_dict(), whole().to_dict()):
        assert set(article) == set(KEYS[""].split())
        for part in ("blocks", "sentences", "quotes", "mentions", "entities"):
            for row in article[part]:
                assert set(row) == set(KEYS[part].split())
        if article["dateline"]:
            assert set(article["dateline"]) == set(KEYS["dateline"].split())


def test_json_is_the_dict(text: str) -> None:
    for article in (pullquote.parse(text), whole()):
        assert json.loads(article.to_json()) == article.to_dict() == json.loads(article.to_json(indent=2))


def test_attributes_are_the_dict() -> None:
    article = whole()
    quote = article.quotes[0]
    assert (quote.start, quote.end, quote.spans, quote.cue) == (0, 12, [(0, 4), (9, 12)], (5, 8))
    assert quote.confidence == 0.9
    assert quote.speaker is not None
    assert (quote.speaker.text, quote.speaker.phrase) == ("Ana", (13, 20))
    assert article.dateline is not None
    assert article.dateline.place == "ROME"
    mention, entity = article.mentions[0], article.entities[0]
    assert (mention.type, mention.reason, mention.confidence) == ("person", "same name", 0.9)
    assert (entity.name, entity.description, entity.gender) == ("Ana Ortiz", "a nurse", "female")
    assert (entity.n_mentions, entity.n_quotes) == (1, 1)


def test_entities_say_what_is_known_of_them() -> None:
    text = "Mrs Ana Ortiz, a nurse from Leeds, met Robert Lee.\n\n“We won,” Ortiz said. “It rained,” she added."
    article = pullquote.parse(text)
    ana = next(e for e in article.entities if e.name == "Ana Ortiz")
    assert (ana.description, ana.gender, ana.n_quotes) == ("a nurse from Leeds", "female", 2)
    assert ana.n_mentions == sum(m.entity == ana.id for m in article.mentions) >= 3
    lee = next(e for e in article.entities if e.name == "Robert Lee")
    assert (lee.description, lee.gender, lee.n_quotes) == (None, "male", 0)
    reasons = {text[m.start : m.end]: m.reason for m in article.mentions}
    assert (reasons["Ana Ortiz"], reasons["Ortiz"]) == ("first name of its entity", "surname")
    assert reasons["she"] == "pronoun to the speaker before"
    assert all(0 < m.confidence < 1 for m in article.mentions)


def test_articles_without_the_later_fields_are_read() -> None:
    old = whole().to_dict()
    for field in ("reason", "confidence"):
        del old["mentions"][0][field]
    for field in ("description", "gender", "n_mentions", "n_quotes"):
        del old["entities"][0][field]
    article = pullquote.Article.from_json(json.dumps(old))
    assert (article.mentions[0].reason, article.entities[0].description) == ("", None)


def test_equal_hash_and_pickle() -> None:
    article = whole()
    parts: list[object] = [article, article.dateline, article.quotes[0], article.quotes[0].speaker]
    parts += [article.blocks[0], article.sentences[0], article.mentions[0], article.entities[0]]
    for part in parts:
        again = pickle.loads(pickle.dumps(part))
        assert again == part
        assert hash(again) == hash(part)
        assert type(again) is type(part)
    assert article != pullquote.parse(article.text)


def test_frozen() -> None:
    quote = whole().quotes[0]
    with pytest.raises(AttributeError):
        quote.kind = "mixed"  # type: ignore[misc]


def test_repr_is_short() -> None:
    article = whole()
    for part in (article, article.dateline, *article.quotes, *article.blocks, *article.mentions, *article.entities):
        assert len(repr(part)) < 120
    assert repr(article.quotes[0]) == "Quote(direct 0:12, speaker='Ana Ortiz')"


class Tags(HTMLParser):
    """Counts what is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += "" if "style" in self.open else data


def test_html_is_escaped_and_well_formed() -> None:
    html = whole()._repr_html_()
    tags = Tags()
    tags.feed(html)
    assert not tags.open
    assert "“Hi” ran “No” <Ana> Ortiz" in tags.said
    assert "<Ana>" not in html


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\"“”‘’'\n .,—KMOSR(AP)é𝔘"), max_size=400))
def test_spans_lie_in_any_text(text: str) -> None:
    article = pullquote.parse(text)
    assert article.text == text
    for start, end in spans(article.to_dict()):
        assert 0 <= start < end <= len(text)
    for quote in article.quotes:
        if quote.speaker:
            assert text[quote.speaker.start : quote.speaker.end] == quote.speaker.text


def test_offsets_count_code_points(text: str) -> None:
    shifted = "𝔘é\n\n" + text
    for whole_text in (text, shifted):
        said = [whole_text[b.start : b.end] for b in pullquote.parse(whole_text).blocks]
        assert any(s.startswith("Osman, who took office") and s.endswith("“not soon enough”.") for s in said)


def test_headline_given_apart(text: str) -> None:
    article = pullquote.parse("They met again.", id="x", headline="Talks", date="2024-05-04")
    assert (article.id, article.headline, article.date) == ("x", "Talks", "2024-05-04")
    assert [b.role for b in article.blocks] == ["paragraph"]


def test_sentences_and_blocks(text: str) -> None:
    assert all(s in text for s in pullquote.sentences(text))
    assert "paragraph" in dict(pullquote.blocks(text))
