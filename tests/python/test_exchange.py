"""ninjs and schema.org: field names and types as the standards have them, and nothing made up."""

from __future__ import annotations

import doctest
import json
from datetime import datetime
from typing import Any

import pytest

import pullquote
from pullquote import exchange

#: The properties of ninjs 3.0 that text can have, and those of the objects in its lists; the schema allows no others.
NINJS: dict[str, type] = {
    "uri": str,
    "type": str,
    "standard": dict,
    "language": str,
    "contentCreated": str,
    "altIds": list,
    "headlines": list,
    "descriptions": list,
    "bodies": list,
    "by": str,
    "located": str,
    "people": list,
    "organisations": list,
    "places": list,
    "subjects": list,
    "infoSources": list,
}
CONCEPT = {"name", "rel", "uri", "literal"}
ITEMS = {
    "standard": {"name", "version", "schema"},
    "altIds": {"role", "value"},
    "headlines": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    **dict.fromkeys(("people", "organisations", "places", "subjects"), CONCEPT),
}
#: The properties of NewsArticle, with those of Article, CreativeWork and Thing, that are used.
NEWS_ARTICLE = {
    *("@context", "@type", "url", "identifier", "headline", "description", "articleSection", "author", "datePublished"),
    *("dateline", "locationCreated", "sourceOrganization", "inLanguage", "articleBody", "wordCount", "mentions"),
    "hasPart",
}

TEXT = """World

Port strike ends after nine days

Dockers and owners shake hands

By Lee Roe

ROTTERDAM, June 3 (Reuters) - Dockers will return to work on Monday, Transport Minister Ana Ortiz said.

A long night

"The cranes will move again at six," she told reporters in the Netherlands.

(Reporting by Lee Roe)
"""


def parsed(**options: Any) -> pullquote.Article:
    records = [
        {"id": "https://www.wikidata.org/entity/Q1", "name": "Ana Ortiz", "type": "person"},
        {"id": "nl", "name": "Netherlands", "type": "place"},
    ]
    pipeline = pullquote.Pipeline(gazetteer=pullquote.Gazetteer.from_records(records))
    return pipeline.parse(TEXT, **options)


def test_ninjs_has_the_fields_of_the_standard() -> None:
    news = parsed(id=7, date="2024-06-03T10:00:00+02:00").to_ninjs()
    assert {name: type(value) for name, value in news.items()} == {n: NINJS[n] for n in news}
    for name, allowed in ITEMS.items():
        values = news.get(name, [])
        for item in values if isinstance(values, list) else [values]:
            assert set(item) <= allowed, name
    assert news["uri"].startswith("urn:uuid:")
    assert news["altIds"] == [{"role": "id", "value": "7"}]
    assert news["standard"]["version"] == "3.0"
    assert news["type"] == "text"
    assert news["by"] == "Lee Roe"
    assert news["located"] == "ROTTERDAM"
    assert news["infoSources"] == [{"name": "Reuters"}]
    assert news["descriptions"][0]["value"] == "Dockers and owners shake hands"
    assert datetime.fromisoformat(news["contentCreated"]).tzinfo is not None
    body = news["bodies"][0]
    assert body["value"].startswith("ROTTERDAM, June 3 (Reuters) - Dockers")
    assert body["value"].endswith("in the Netherlands.")
    assert (body["charCount"], body["wordCount"]) == (len(body["value"]), len(body["value"].split()))
    assert {"name": "Ana Ortiz", "rel": "mentions", "uri": "https://www.wikidata.org/entity/Q1"} in news["people"]
    assert {"name": "Netherlands", "rel": "mentions", "literal": "nl"} in news["places"]


def test_the_uri_is_the_id_or_made_of_it() -> None:
    assert parsed(id="https://example.org/a").to_ninjs()["uri"] == "https://example.org/a"
    assert parsed(id="x").to_ninjs(uri="tag:example.org,2024:1")["uri"] == "tag:example.org,2024:1"
    assert parsed(id="x").to_ninjs()["uri"] == parsed(id="x").to_ninjs()["uri"] != parsed(id="y").to_ninjs()["uri"]


def test_schema_org_has_the_fields_of_a_news_article() -> None:
    news = parsed(id="https://example.org/a", date="2024-06-03").to_schema_org()
    assert set(news) <= NEWS_ARTICLE
    assert (news["@context"], news["@type"]) == ("https://schema.org", "NewsArticle")
    assert news["url"] == "https://example.org/a"
    assert news["headline"] == "Port strike ends after nine days"
    assert news["articleSection"] == "World"
    assert news["author"] == [{"@type": "Person", "name": "Lee Roe"}]
    assert news["datePublished"] == "2024-06-03"
    assert news["dateline"] == "ROTTERDAM, June 3 (Reuters)"
    assert news["sourceOrganization"] == {"@type": "Organization", "name": "Reuters"}
    quote = next(part for part in news["hasPart"] if part["text"].startswith('"The cranes'))
    assert quote["@type"] == "Quotation"
    assert quote["creator"] == {"@type": "Person", "name": "Ana Ortiz"}
    assert {"@type": "Place", "name": "Netherlands", "identifier": "nl"} in news["mentions"]
    assert json.loads(json.dumps(news)) == news


@pytest.mark.parametrize("text", ["", "Nothing here"])
def test_what_is_not_there_is_left_out(text: str) -> None:
    article = pullquote.parse(text, date="yesterday")
    assert set(article.to_ninjs()) <= {"uri", "standard", "type", "language", "bodies", "subjects", "people", "places"}
    assert set(article.to_schema_org()) <= {"@context", "@type", "inLanguage", "articleBody", "wordCount", "mentions"}


def test_examples_of_the_docstrings_run() -> None:
    for module in (pullquote, exchange):
        result = doctest.testmod(module)
        assert result.attempted > 0
        assert result.failed == 0
