//! What a case's text gives, and whether an expectation holds of it.

use super::format::{Case, Item, Line};
use pullquote::article::{Article, EntityType, Form, Mention, Quote};
use pullquote::gazetteer::{Gazetteer, Record};
use pullquote::text::tokenize;
use pullquote::{Input, Pipeline};
use std::sync::Arc;

type Range = (u32, u32);
type Verdict = Result<(), String>;

/// A parsed case.
pub struct Outcome {
    article: Article<'static>,
    gazetteer: Option<Arc<Gazetteer>>,
}

impl Outcome {
    /// Parses the text of a case, with its aliases as gazetteer.
    pub fn of(case: &Case) -> Self {
        let mut records: Vec<Record> = Vec::new();
        for line in &case.expectations {
            if let [Item::Word(word), Item::Span(alias, _), _, Item::Span(name, _), _, Item::Word(kind)] =
                line.0.as_slice()
                && word == "alias"
            {
                add_alias(&mut records, alias, name, kind);
            }
        }
        let gazetteer = (!records.is_empty()).then(|| Arc::new(Gazetteer::from_records(records).expect("records")));
        let pipeline = Pipeline { gazetteer: gazetteer.clone(), ..Pipeline::default() };
        let input = Input { text: case.text.clone().into(), ..Input::default() };
        Self { article: pipeline.parse(input).expect("a short text"), gazetteer }
    }

    /// Whether one expectation holds; otherwise why not.
    pub fn check(&self, line: &Line) -> Verdict {
        let items = line.0.as_slice();
        let words: Vec<&str> =
            items.iter().map_while(|i| if let Item::Word(w) = i { Some(w.as_str()) } else { None }).collect();
        match (words.as_slice(), &items[words.len()..]) {
            (["quote", kind], rest) => self.quote(kind, rest),
            (["quotes", n], []) => same(self.article.quotes.len().to_string().as_str(), n),
            (["no", "quote"], [span]) => self.no_quote(self.locate(span)?),
            // Lists are checked whole; aliases were read before the text was parsed.
            (["sentence" | "alias"] | ["block" | "piece", _], _) => Ok(()),
            (["repeat"], [span]) => self.repeat(self.locate(span)?),
            (["role", role], [span]) => self.role(role, self.locate(span)?),
            (["dateline"], rest) => self.dateline(rest),
            (["no", "dateline"], []) => self.article.dateline.as_ref().map_or(Ok(()), |d| Err(format!("found {d:?}"))),
            (["mention", kind], [span, rest @ ..]) => self.mention(kind, self.locate(span)?, rest),
            (["no", "mention"], [span]) => self.no_mention(self.locate(span)?),
            (["same"], [a, b]) => self
                .linked(a, b)
                .and_then(|(x, y)| if x.is_some() && x == y { Ok(()) } else { Err(format!("{x:?} and {y:?}")) }),
            (["different"], [a, b]) => self
                .linked(a, b)
                .and_then(|(x, y)| if x.is_none() || x != y { Ok(()) } else { Err(format!("both {x:?}")) }),
            (["entity", kind], [Item::Span(name, _)]) => self.entity(kind, name),
            (["hit"], [span, Item::Span(name, _)]) => self.hit(self.locate(span)?, name),
            (["no", "hit"], [span]) => self.no_hit(self.locate(span)?),
            _ => Err("an expectation that this test does not know".to_owned()),
        }
    }

    /// The lists, which are checked whole: once, at their first line.
    pub fn check_list(&self, lines: &[Line]) -> Verdict {
        let mut sentences = Vec::new();
        let mut blocks = Vec::new();
        let mut pieces = Vec::new();
        for line in lines {
            match line.0.as_slice() {
                [Item::Word(word), Item::Span(text, _)] if word == "sentence" => sentences.push(text.clone()),
                [Item::Word(word), Item::Word(role), Item::Span(text, _)] if word == "block" => {
                    blocks.push(format!("{role} {text}"));
                }
                [Item::Word(word), Item::Word(reason), Item::Span(text, _)] if word == "piece" => {
                    pieces.push(format!("{reason} {text}"));
                }
                _ => {}
            }
        }
        let found: Vec<String> = self.article.sentences.iter().map(|s| self.text((s.start, s.end))).collect();
        if !sentences.is_empty() && found != sentences {
            return Err(format!("sentences {found:?}"));
        }
        let found: Vec<String> =
            self.article.blocks.iter().map(|b| format!("{} {}", b.role.name(), self.text((b.start, b.end)))).collect();
        if !blocks.is_empty() && found != blocks {
            return Err(format!("blocks {found:?}"));
        }
        let cut = pullquote::split(&self.article.text).map_err(|e| e.to_string())?;
        let first_line = |text: String| text.lines().next().unwrap_or_default().to_owned();
        let found: Vec<String> =
            cut.iter().map(|p| format!("{} {}", p.reason.name(), first_line(self.text((p.start, p.end))))).collect();
        if !pieces.is_empty() && found != pieces {
            return Err(format!("pieces {found:?}"));
        }
        Ok(())
    }

    fn repeat(&self, range: Range) -> Verdict {
        let block = self.article.blocks.iter().find(|b| (b.start, b.end) == range).ok_or("there is no such block")?;
        block.duplicate_of.map(|_| ()).ok_or_else(|| "it repeats no deck".to_owned())
    }

    fn text(&self, (start, end): Range) -> String {
        self.article.text.chars().skip(start as usize).take((end - start) as usize).collect()
    }

    /// The code points of a span.
    fn locate(&self, item: &Item) -> Result<Range, String> {
        let Item::Span(wanted, number) = item else { return Err(format!("expected a span, found {item:?}")) };
        let (at, _) = self
            .article
            .text
            .match_indices(wanted.as_str())
            .nth(number - 1)
            .ok_or_else(|| format!("{wanted:?} is not in the text"))?;
        let start = self.article.text[..at].chars().count() as u32;
        Ok((start, start + wanted.chars().count() as u32))
    }

    fn quote(&self, kind: &str, rest: &[Item]) -> Verdict {
        let mut spans = Vec::new();
        let mut at = 0;
        loop {
            spans.push(self.locate(rest.get(at).ok_or("a span is missing")?)?);
            at += 1;
            if rest.get(at) != Some(&Item::Word("+".to_owned())) {
                break;
            }
            at += 1;
        }
        let pieces = |q: &Quote| q.spans.iter().map(|s| (s.start, s.end)).collect::<Vec<Range>>();
        let Some(quote) = self.article.quotes.iter().find(|q| pieces(q) == spans) else {
            let all: Vec<String> = self
                .article
                .quotes
                .iter()
                .map(|q| {
                    format!("{} {:?}", q.kind.name(), pieces(q).into_iter().map(|r| self.text(r)).collect::<Vec<_>>())
                })
                .collect();
            return Err(format!("found {}", all.join("; ")));
        };
        same(quote.kind.name(), kind)?;
        let mut rest = rest[at..].iter();
        while let Some(Item::Word(key)) = rest.next() {
            let value = rest.clone().next();
            match (key.as_str(), value) {
                ("unnamed", _) => same(&format!("{:?}", quote.speaker_name), "None")?,
                ("no", Some(Item::Word(what))) if what == "cue" => same(&format!("{:?}", quote.cue), "None")?,
                ("no", Some(Item::Word(what))) if what == "speaker" => same(&format!("{:?}", quote.speaker), "None")?,
                ("cue", Some(span)) => self.same_range(quote.cue.map(|c| (c.start, c.end)), self.locate(span)?)?,
                ("speaker", Some(span)) => {
                    self.same_range(quote.speaker.as_ref().map(|s| (s.start, s.end)), self.locate(span)?)?;
                }
                ("phrase", Some(span)) => {
                    self.same_range(
                        quote.speaker.as_ref().map(|s| (s.phrase.start, s.phrase.end)),
                        self.locate(span)?,
                    )?;
                }
                ("named", Some(Item::Span(name, _))) => {
                    same_name(quote.speaker_name.as_deref().unwrap_or("nobody"), name)?;
                }
                _ => return Err(format!("unknown part {key}")),
            }
            if key != "unnamed" {
                rest.next();
            }
        }
        Ok(())
    }

    fn same_range(&self, found: Option<Range>, wanted: Range) -> Verdict {
        if found == Some(wanted) { Ok(()) } else { Err(format!("found {:?}", found.map(|r| self.text(r)))) }
    }

    fn no_quote(&self, (start, end): Range) -> Verdict {
        let over = self.article.quotes.iter().flat_map(|q| &q.spans).find(|s| s.start < end && start < s.end);
        over.map_or(Ok(()), |s| Err(format!("found {:?}", self.text((s.start, s.end)))))
    }

    fn role(&self, role: &str, range: Range) -> Verdict {
        let holds = self.article.blocks.iter().any(|b| b.role.name() == role && (b.start, b.end) == range);
        let all = || {
            self.article
                .blocks
                .iter()
                .map(|b| format!("{} {:?}", b.role.name(), self.text((b.start, b.end))))
                .collect::<Vec<_>>()
                .join("; ")
        };
        if holds { Ok(()) } else { Err(format!("found {}", all())) }
    }

    fn dateline(&self, rest: &[Item]) -> Verdict {
        let found = self.article.dateline.as_ref().ok_or("found none")?;
        self.same_range(Some((found.start, found.end)), self.locate(&rest[0])?)?;
        for pair in rest[1..].chunks(2) {
            let (key, want) = match pair {
                [Item::Word(no), Item::Word(key)] if no == "no" => (key, None),
                [Item::Word(key), Item::Span(text, _)] => (key, Some(text.as_str())),
                _ => return Err("a part without its value".to_owned()),
            };
            let value = match key.as_str() {
                "place" => &found.place,
                "date" => &found.date,
                _ => &found.agency,
            };
            same(value.as_deref().unwrap_or("none"), want.unwrap_or("none"))?;
        }
        Ok(())
    }

    fn mention(&self, kind: &str, range: Range, rest: &[Item]) -> Verdict {
        let at = |m: &&Mention| (m.start, m.end) == range && (kind == "any" || m.kind.name() == kind);
        let Some(found) = self.article.mentions.iter().find(at) else {
            let near: Vec<String> = self
                .overlapping(range)
                .map(|m| format!("{} {:?}", m.kind.name(), self.text((m.start, m.end))))
                .collect();
            return Err(format!("found {}", near.join("; ")));
        };
        for pair in rest.chunks(2) {
            match pair {
                [Item::Word(key), Item::Span(name, _)] if key == "entity" => {
                    same_name(self.entity_name(found).as_deref().unwrap_or("none"), name)?;
                }
                [Item::Word(key), Item::Word(form)] if key == "form" => same(found.form.name(), form)?,
                _ => return Err("an unknown part".to_owned()),
            }
        }
        Ok(())
    }

    fn overlapping(&self, (start, end): Range) -> impl Iterator<Item = &Mention> {
        self.article.mentions.iter().filter(move |m| m.start < end && start < m.end)
    }

    fn entity_name(&self, mention: &Mention) -> Option<String> {
        let id = mention.entity?;
        self.article.entities.iter().find(|e| e.id == id).map(|e| e.name.clone())
    }

    fn no_mention(&self, range: Range) -> Verdict {
        let name = self.overlapping(range).find(|m| matches!(m.form, Form::Name | Form::Short | Form::Acronym));
        name.map_or(Ok(()), |m| Err(format!("found {} {:?}", m.kind.name(), self.text((m.start, m.end)))))
    }

    fn linked(&self, a: &Item, b: &Item) -> Result<(Option<u32>, Option<u32>), String> {
        let of = |item| -> Result<Option<u32>, String> {
            let (start, end) = self.locate(item)?;
            Ok(self.article.mentions.iter().find(|m| (m.start, m.end) == (start, end)).and_then(|m| m.entity))
        };
        Ok((of(a)?, of(b)?))
    }

    fn entity(&self, kind: &str, name: &str) -> Verdict {
        let holds = self
            .article
            .entities
            .iter()
            .any(|e| (kind == "any" || e.kind.name() == kind) && same_name(&e.name, name).is_ok());
        let all = || {
            self.article
                .entities
                .iter()
                .map(|e| format!("{} {:?}", e.kind.name(), e.name))
                .collect::<Vec<_>>()
                .join("; ")
        };
        if holds { Ok(()) } else { Err(format!("found {}", all())) }
    }

    /// The gazetteer's hits: code points and names.
    fn hits(&self) -> Vec<(Range, Vec<String>)> {
        let text = &self.article.text;
        let offsets = pullquote::text::Offsets::new(text);
        let Some(gazetteer) = &self.gazetteer else { return Vec::new() };
        let hits = gazetteer.matches(&tokenize(text)).expect("in memory");
        hits.iter()
            .map(|h| {
                let at = offsets.chars(h.span);
                ((at.start, at.end), h.records.iter().map(|&r| gazetteer.record(r).name.clone()).collect())
            })
            .collect()
    }

    fn hit(&self, range: Range, name: &str) -> Verdict {
        let hits = self.hits();
        let holds = hits.iter().any(|(r, names)| *r == range && names.iter().any(|n| n == name));
        if holds {
            Ok(())
        } else {
            Err(format!("found {:?}", hits.iter().map(|(r, n)| (self.text(*r), n)).collect::<Vec<_>>()))
        }
    }

    fn no_hit(&self, (start, end): Range) -> Verdict {
        let over = self.hits().into_iter().find(|((s, e), _)| *s < end && start < *e);
        over.map_or(Ok(()), |(r, _)| Err(format!("found {:?}", self.text(r))))
    }
}

fn add_alias(records: &mut Vec<Record>, alias: &str, name: &str, kind: &str) {
    let kind = [EntityType::Person, EntityType::Organization, EntityType::Place, EntityType::Group, EntityType::Misc]
        .into_iter()
        .find(|k| k.name() == kind);
    match records.iter_mut().find(|r| r.name == name) {
        Some(record) => record.aliases.push(alias.to_owned()),
        None => records.push(Record {
            id: name.to_owned(),
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            kind,
            ..Record::default()
        }),
    }
}

fn same(found: &str, wanted: &str) -> Verdict {
    if found == wanted { Ok(()) } else { Err(format!("found {found}")) }
}

fn same_name(found: &str, wanted: &str) -> Verdict {
    if found.to_lowercase() == wanted.to_lowercase() { Ok(()) } else { Err(format!("found {found}")) }
}
