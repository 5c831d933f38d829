//! A file of NITF or NewsML-G2 in, one row for each article of it out.

use super::{Read1, Reading, Row, Source, bad, file_error, open};
use crate::article::ArticleId;
use crate::corpus::decode::decode_named;
use crate::error::Result;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

/// What an element or attribute is in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Id,
    Date,
    Headline,
    /// The name of the document, where it has no headline.
    Title,
    Deck,
    Byline,
    Dateline,
    /// Who sends it, as a dateline names it.
    Agency,
    /// A paragraph, subhead, caption or item of a list: a block of the text.
    Block,
    /// Plain text with line breaks of its own.
    Plain,
}

/// The elements that hold an article; the outermost counts.
const ARTICLES: [&str; 2] = ["nitf", "newsItem"];

/// Where the parts of an article stand. A path is the end of the way from the root to the element, without prefixes of
/// namespaces; `//` skips any elements, `@` names an attribute. The first that fits counts.
const PATHS: [(&str, Part); 25] = [
    // NITF
    ("docdata/doc-id@id-string", Part::Id),
    ("docdata/date.issue@norm", Part::Date),
    ("nitf/head/title", Part::Title),
    ("body.head/hedline/hl1", Part::Headline),
    ("body.head/hedline/hl2", Part::Deck),
    ("body.head/byline", Part::Byline),
    ("body.head/dateline", Part::Dateline),
    ("body.head/distributor", Part::Agency),
    ("body.content//media-caption", Part::Block),
    ("body.content//media-producer", Part::Block),
    ("body.content//p", Part::Block),
    ("body.content//hl2", Part::Block),
    ("body.content//li", Part::Block),
    ("body.end/tagline", Part::Block),
    // NewsML-G2
    ("newsItem@guid", Part::Id),
    ("contentMeta/contentCreated", Part::Date),
    ("itemMeta/versionCreated", Part::Date),
    ("contentMeta/headline", Part::Headline),
    ("itemMeta/title", Part::Title),
    ("contentMeta/by", Part::Byline),
    ("contentMeta/dateline", Part::Dateline),
    ("inlineXML//p", Part::Block),
    ("inlineXML//h2", Part::Block),
    ("inlineXML//li", Part::Block),
    ("contentSet/inlineData", Part::Plain),
];

/// Elements after which a word ends although no space stands there.
const BREAKS: [&str; 4] = ["br", "location", "p", "story.date"];

/// The articles of a file. One that is no XML, or holds no article, is a bad row.
pub fn rows(source: &Source, file: &Arc<str>, reading: &Reading) -> Result<std::vec::IntoIter<Read1>> {
    let mut bytes = Vec::new();
    let limit = reading.max_row_bytes as u64;
    open(source, &reading.control)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| file_error(file, e))?;
    let read = if bytes.len() as u64 > limit {
        Err(reading.too_long())
    } else {
        decode_named(&bytes, declared(&bytes)).and_then(|xml| articles(&xml))
    };
    let rows: Vec<Read1> = match read {
        Ok(articles) => articles.into_iter().zip(0..).map(|(a, row)| Ok(Ok(a.row(source, file, row)))).collect(),
        Err(problem) => vec![Ok(Err(bad(file, 0, problem)))],
    };
    Ok(rows.into_iter())
}

/// The encoding that the first line declares.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..memchr::memchr(b'>', bytes)?];
    let at = memchr::memmem::find(head.strip_prefix(b"<?xml")?, b"encoding")? + b"<?xml".len() + b"encoding".len();
    head[at..].split(|b| matches!(b, b'"' | b'\'')).nth(1)
}

/// What was read of one article.
#[derive(Debug, Default, PartialEq)]
struct Found {
    id: Option<String>,
    date: Option<String>,
    headline: Option<String>,
    title: Option<String>,
    deck: Option<String>,
    byline: Option<String>,
    dateline: Option<String>,
    agency: Option<String>,
    blocks: Vec<String>,
}

impl Found {
    fn add(&mut self, part: Part, text: &str) {
        let plain = part == Part::Plain;
        let text = if plain { text.trim().to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
        if text.is_empty() {
            return;
        }
        let slot = match part {
            Part::Block | Part::Plain => return self.blocks.push(text),
            Part::Id => &mut self.id,
            Part::Date => &mut self.date,
            Part::Headline => &mut self.headline,
            Part::Title => &mut self.title,
            Part::Deck => &mut self.deck,
            Part::Byline => &mut self.byline,
            Part::Dateline => &mut self.dateline,
            Part::Agency => &mut self.agency,
        };
        slot.get_or_insert(text);
    }

    /// The text in the order of a page: headline, deck, byline, then the body with its dateline.
    fn text(&mut self) -> Option<String> {
        if let (Some(dateline), Some(first)) = (&self.dateline, self.blocks.first_mut()) {
            // Many bodies repeat the dateline.
            let place = dateline.split([',', ' ']).next().unwrap_or_default().to_lowercase();
            if !first.to_lowercase().starts_with(&place) {
                let agency = self.agency.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
                *first = format!("{dateline}{agency} - {first}");
            }
        }
        let headline = self.headline.take().or(self.title.take());
        let head = [headline, self.deck.take(), self.byline.take()].into_iter().flatten();
        let blocks: Vec<String> = head.chain(self.blocks.drain(..)).collect();
        (!blocks.is_empty()).then(|| blocks.join("\n\n"))
    }

    fn row(mut self, source: &Source, file: &Arc<str>, row: i64) -> Row {
        let named = if row == 0 { source.id.clone() } else { format!("{}:{row}", source.id) };
        let id = self.id.take().unwrap_or(named);
        Row {
            text: self.text(),
            id: Some(ArticleId::Str(Cow::Owned(id))),
            headline: None,
            date: self.date,
            file: Arc::clone(file),
            row,
        }
    }
}

/// Walks through a document.
#[derive(Default)]
struct Walk {
    /// The names from the root to here.
    path: Vec<String>,
    /// How deep the article's element lies.
    article: Option<usize>,
    /// The part that is read, how deep its element lies, and its text so far.
    part: Option<(Part, usize, String)>,
    found: Vec<Found>,
}

fn articles(xml: &str) -> std::result::Result<Vec<Found>, String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    reader.config_mut().expand_empty_elements = true;
    let (mut walk, mut root) = (Walk::default(), None);
    loop {
        let event = reader.read_event().map_err(|e| format!("XML, byte {}: {e}", reader.error_position()))?;
        match event {
            Event::Start(element) => {
                walk.open(&element);
                root.get_or_insert_with(|| walk.path.join("/"));
            }
            Event::End(_) => walk.close(),
            Event::Text(text) => walk.text(&text),
            Event::CData(text) => walk.text(&text),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(character)) => walk.text(character.encode_utf8(&mut [0; 4])),
                Ok(None) => {
                    let unknown = || format!("XML, byte {}: unknown entity &{};", reader.buffer_position(), &*name);
                    walk.text(resolve_html5_entity(&name).ok_or_else(unknown)?);
                }
                Err(e) => return Err(format!("XML, byte {}: {e}", reader.buffer_position())),
            },
            Event::Eof if walk.path.is_empty() => break,
            Event::Eof => return Err(format!("XML: the file ends inside of <{}>", walk.path.join("/"))),
            _ => {}
        }
    }
    if walk.found.is_empty() {
        let root = root.map_or_else(|| "no element".to_owned(), |root| format!("<{root}>"));
        return Err(format!("expected NITF or NewsML-G2 with <nitf> or <newsItem>, found {root}"));
    }
    Ok(walk.found)
}

impl Walk {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name: &str = element.local_name().into_inner();
        self.path.push(name.to_owned());
        if self.article.is_none() && ARTICLES.contains(&name) {
            self.article = Some(self.path.len());
            self.found.push(Found::default());
        }
        let Some(found) = self.found.last_mut().filter(|_| self.article.is_some()) else { return };
        for attribute in element.attributes().flatten() {
            let key: &str = attribute.key.local_name().into_inner();
            if let (Some(part), Ok(value)) =
                (part(&self.path, Some(key)), attribute.normalized_value(XmlVersion::Implicit1_0))
            {
                found.add(part, &value);
            }
        }
        if self.part.is_none() {
            self.part = part(&self.path, None).map(|part| (part, self.path.len(), String::new()));
        }
    }

    fn close(&mut self) {
        let depth = self.path.len();
        if let Some((_, _, text)) = &mut self.part
            && self.path.last().is_some_and(|name| BREAKS.contains(&name.as_str()))
        {
            text.push(' ');
        }
        if let Some((part, _, text)) = self.part.take_if(|(_, at, _)| *at == depth)
            && let Some(found) = self.found.last_mut()
        {
            found.add(part, &text);
        }
        self.article = self.article.filter(|&at| at != depth);
        self.path.pop();
    }

    fn text(&mut self, piece: &str) {
        if let Some((_, _, text)) = &mut self.part {
            text.push_str(piece);
        }
    }
}

/// The part that a path means.
fn part(path: &[String], attribute: Option<&str>) -> Option<Part> {
    let fits = |pattern: &str| {
        let (elements, wanted) = pattern.split_once('@').map_or((pattern, None), |(e, a)| (e, Some(a)));
        wanted == attribute && ends_with(path, elements)
    };
    PATHS.iter().find(|(pattern, _)| fits(pattern)).map(|(_, part)| *part)
}

fn ends_with(path: &[String], pattern: &str) -> bool {
    if let Some((outer, inner)) = pattern.split_once("//") {
        return path.split_last().is_some_and(|(last, above)| last == inner && above.iter().any(|name| name == outer));
    }
    let mut names = path.iter().rev();
    pattern.rsplit('/').all(|wanted| names.next().is_some_and(|name| name == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NITF: &str = r#"<?xml version="1.0"?>
<nitf><head><title>A title</title><docdata><doc-id id-string="n.7"/><date.issue norm="20260504T0900Z"/></docdata></head>
<body><body.head><hedline><hl1>Ferry talks &amp; tides</hl1><hl2>A deck</hl2></hedline><byline>By <person>Ana
Ortiz</person></byline><dateline><location>HULL</location><story.date>May 4</story.date></dateline></body.head>
<body.content><p>The ferry <em>sails</em>&nbsp;again&#33;</p><media><media-caption><p>The quay.</p><p>At dawn.</p>
</media-caption></media><block><hl2>What next</hl2><p>“Soon,” she said.</p></block></body.content></body></nitf>"#;

    #[test]
    fn nitf_in_the_order_of_the_page() {
        let mut found = articles(NITF).unwrap().remove(0);
        assert_eq!((found.id.as_deref(), found.date.as_deref()), (Some("n.7"), Some("20260504T0900Z")));
        let text = "Ferry talks & tides\n\nA deck\n\nBy Ana Ortiz\n\nHULL May 4 - The ferry sails again!\n\nThe quay. At dawn.\n\nWhat next\n\n\
                    “Soon,” she said.";
        assert_eq!(found.text().unwrap(), text);
    }

    #[test]
    fn several_items_and_prefixes() {
        let item = |n: u32, content: &str| {
            format!(
                "<n:newsItem guid=\"urn:{n}\"><n:contentMeta><n:headline>H{n}</n:headline></n:contentMeta>\
                 <n:contentSet>{content}</n:contentSet></n:newsItem>"
            )
        };
        let html = "<n:inlineXML><html><body><h2>S</h2><p>One.</p></body></html></n:inlineXML>";
        let plain = "<n:inlineData>One.\n\nTwo.</n:inlineData>";
        let xml = format!("<n:newsMessage><n:itemSet>{}{}</n:itemSet></n:newsMessage>", item(1, html), item(2, plain));
        let texts: Vec<_> = articles(&xml).unwrap().into_iter().map(|mut f| (f.id.clone(), f.text())).collect();
        let expected = [("urn:1", "H1\n\nS\n\nOne."), ("urn:2", "H2\n\nOne.\n\nTwo.")];
        assert_eq!(texts, expected.map(|(id, text)| (Some(id.to_owned()), Some(text.to_owned()))));
    }

    #[test]
    fn what_is_no_news_says_why() {
        for (xml, problem) in [
            ("<rss><p>x</p></rss>", "found <rss>"),
            ("<nitf><body>", "ends inside of <nitf/body>"),
            ("<nitf></body></nitf>", "XML, byte"),
            ("<nitf>&nosuch;</nitf>", "unknown entity &nosuch;"),
            ("", "found no element"),
        ] {
            let message = articles(xml).unwrap_err();
            assert!(message.contains(problem), "{xml}: {message}");
        }
    }

    #[test]
    fn encodings_that_are_declared() {
        assert_eq!(declared(b"<?xml version='1.0' encoding='ISO-8859-2'?><nitf/>"), Some(&b"ISO-8859-2"[..]));
        assert_eq!(declared(b"<nitf encoding=\"x\"/>"), None);
    }
}
