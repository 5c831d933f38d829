"""An article in the formats that newsrooms exchange: IPTC ninjs 3.0 and schema.org NewsArticle.

Sources: the JSON schema of ninjs 3.0 (iptc.org/std/ninjs) and https://schema.org/NewsArticle. What an article does not
have is left out; nothing is guessed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pullquote import Article

#: Blocks that make up the body, without furniture and captions.
BODY = ("paragraph", "subhead", "list_item", "question", "answer", "embed")
#: Where ninjs puts entities of each type.
NINJS = {"person": "people", "organization": "organisations", "place": "places"} | dict.fromkeys(
    ("group", "misc"), "subjects"
)
#: What schema.org calls them.
SCHEMA_ORG = {"person": "Person", "organization": "Organization", "place": "Place", "group": "Thing", "misc": "Thing"}

STANDARD = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
BY = re.compile(r"(?:(?:interview|story|words|written|report|text|analysis|review|posted)\s+)?by:?\s+", re.IGNORECASE)


def ninjs(article: Article, uri: str | None = None) -> dict[str, Any]:
    """The article as an object of ninjs 3.0, its entities as people, organisations, places and subjects.

    `uri` names the article; without one it is the article's id, where that is a URI, or a UUID made from id and text.

    >>> import pullquote
    >>> article = pullquote.parse("Strike ends\\n\\nBy Lee Roe\\n\\nROME, June 3 (Reuters) - Work began.")
    >>> news = article.to_ninjs(uri="https://example.org/1")
    >>> news["headlines"], news["by"], news["located"]
    ([{'role': 'main', 'value': 'Strike ends'}], 'Lee Roe', 'ROME')
    """
    identifier = None if article.id is None else str(article.id)
    if uri is None:
        uri = identifier if identifier and SCHEME.fullmatch(identifier) else _urn(identifier, article.text)
    body = _body(article)
    news: dict[str, Any] = {
        "uri": uri,
        "standard": {"name": "ninjs", "version": "3.0", "schema": STANDARD},
        "type": "text",
        "language": article.language,
    }
    if identifier is not None and identifier != uri:
        news["altIds"] = [{"role": "id", "value": identifier}]
    if article.headline:
        news["headlines"] = [{"role": "main", "value": article.headline}]
    if article.deck:
        news["descriptions"] = [{"role": "deck", "contentType": "text/plain", "value": article.deck}]
    if article.byline:
        news["by"] = BY.sub("", article.byline, count=1)
    if article.dateline and article.dateline.place:
        news["located"] = article.dateline.place
    if article.dateline and article.dateline.agency:
        news["infoSources"] = [{"name": article.dateline.agency}]
    # Its type is a date with a time and a zone.
    created = _time(article.date)
    if created and created.tzinfo:
        news["contentCreated"] = created.isoformat()
    if body:
        counts = {"charCount": len(body), "wordCount": len(body.split())}
        news["bodies"] = [{"role": "main", "contentType": "text/plain", **counts, "value": body}]
    for entity in article.entities:
        known = {}
        if entity.kb_id:
            known = {"uri" if SCHEME.fullmatch(entity.kb_id) else "literal": entity.kb_id}
        news.setdefault(NINJS[entity.type], []).append({"name": entity.name, "rel": "mentions", **known})
    return news


def schema_org(article: Article) -> dict[str, Any]:
    """The article as a NewsArticle of schema.org in JSON-LD, its quotes as parts of type Quotation.

    >>> import json, pullquote
    >>> article = pullquote.parse('Strike ends\\n\\nROME, June 3 (Reuters) - "It is over," Lee Roe said.')
    >>> news = article.to_schema_org()
    >>> news["@type"], news["dateline"], [part["creator"]["name"] for part in news["hasPart"]]
    ('NewsArticle', 'ROME, June 3 (Reuters)', ['Lee Roe'])
    >>> json.dumps(news)[:34]
    '{"@context": "https://schema.org",'
    """
    news: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
    if article.id is not None:
        news["url" if str(article.id).startswith(("https://", "http://")) else "identifier"] = str(article.id)
    dateline = article.dateline
    fields = {
        "headline": article.headline,
        "description": article.deck,
        "articleSection": article.section_label,
        "author": list(_authors(article)),
        "datePublished": article.date if _time(article.date) else None,
        "dateline": dateline and article.text[dateline.start : dateline.end],
        "locationCreated": dateline and dateline.place and {"@type": "Place", "name": dateline.place},
        "sourceOrganization": dateline and dateline.agency and {"@type": "Organization", "name": dateline.agency},
        "inLanguage": article.language,
        "articleBody": _body(article),
        "wordCount": len(_body(article).split()),
        "mentions": [_thing(e.type, e.name, e.kb_id) for e in article.entities],
        "hasPart": list(_quotations(article)),
    }
    return news | {name: value for name, value in fields.items() if value}


def _urn(identifier: str | None, text: str) -> str:
    """A name that is the same for the same id and text."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{identifier or ''}\0{text}").urn


def _time(date: str | None) -> datetime | None:
    """The date of publication, where it is one of ISO 8601."""
    try:
        return datetime.fromisoformat(date) if date else None
    except ValueError:
        return None


def _body(article: Article) -> str:
    """The blocks of the body, with a blank line between two."""
    return "\n\n".join(article.text[b.start : b.end] for b in article.blocks if b.role in BODY)


def _thing(kind: str, name: str, identifier: str | None = None) -> dict[str, str]:
    """An entity as a node."""
    node = {"@type": SCHEMA_ORG[kind], "name": name}
    if identifier:
        node["@id" if SCHEME.fullmatch(identifier) else "identifier"] = identifier
    return node


def _authors(article: Article) -> Iterator[dict[str, str]]:
    """The people of the byline; where none is known, the byline as it stands, without its "by"."""
    bylines = [b for b in article.blocks if b.role == "byline"]
    named = [
        article.text[m.start : m.end]
        for m in article.mentions
        if m.type == "person" and any(b.start <= m.start and m.end <= b.end for b in bylines)
    ]
    if not named and article.byline:
        named = [BY.sub("", article.byline, count=1)]
    yield from (_thing("person", name) for name in dict.fromkeys(named))


def _quotations(article: Article) -> Iterator[dict[str, Any]]:
    """The quotes, each with who said it."""
    types = {entity.id: entity.type for entity in article.entities}
    for quote in article.quotes:
        part: dict[str, Any] = {
            "@type": "Quotation",
            "text": " … ".join(article.text[start:end] for start, end in quote.spans),
        }
        name = quote.speaker_name or (quote.speaker and quote.speaker.text)
        if name:
            kind = types.get(quote.entity, "person") if quote.entity is not None else "person"
            part["creator"] = _thing(kind, name)
        yield part
