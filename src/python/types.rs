//! The parts of an article as Python classes: frozen, comparable, picklable; each wraps the core's type.

use super::errors::named;
use crate::article as core;
use crate::span::CharSpan;
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The JSON of a value.
pub fn to_json<T: Serialize>(py: Python<'_>, value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|e| named(py, "InternalError", &e.to_string()))
}

/// The value of its JSON.
pub fn from_json<T: DeserializeOwned>(py: Python<'_>, json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(|e| named(py, "InputError", &format!("JSON: {e}")))
}

/// The same as a dict.
pub fn to_dict<'py, T: Serialize>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (to_json(py, value)?,))
}

/// The hash of a value's JSON.
pub fn hash<T: Serialize>(py: Python<'_>, value: &T) -> PyResult<u64> {
    let mut hasher = DefaultHasher::new();
    to_json(py, value)?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// A string or None as Python writes it.
pub fn quoted(py: Python<'_>, text: Option<&str>) -> PyResult<String> {
    let Some(text) = text else { return Ok("None".to_owned()) };
    let shown = match text.char_indices().nth(40) {
        Some((cut, _)) => PyString::new(py, &format!("{}…", &text[..cut])),
        None => PyString::new(py, text),
    };
    Ok(shown.repr()?.to_string())
}

/// Through the shortest decimal, so that it is the number of the JSON.
fn decimal(share: f32) -> f64 {
    share.to_string().parse().unwrap_or_default()
}

fn pair(span: CharSpan) -> (u32, u32) {
    (span.start, span.end)
}

/// A class that wraps a type of the core: what all of them have, and what stands in the braces.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[pyclass(frozen, eq, module = "pullquote")]
        #[derive(Clone, PartialEq)]
        pub struct $name(pub core::$name);

        #[pymethods]
        impl $name {
            $($body)*

            /// The fields as a dict.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_dict(py, &self.0)
            }

            /// The fields as JSON.
            fn to_json(&self, py: Python<'_>) -> PyResult<String> {
                to_json(py, &self.0)
            }

            /// The object of its JSON.
            #[staticmethod]
            fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
                from_json(py, json).map(Self)
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((slf.get_type().getattr("from_json")?, (to_json(slf.py(), &slf.get().0)?,)))
            }

            fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
                hash(py, &self.0)
            }
        }
    };
}

record! {
    /// One article of a text that holds several.
    Piece {
        /// Its first code point.
        #[getter]
        fn start(&self) -> u32 { self.0.start }
        /// One past its last code point.
        #[getter]
        fn end(&self) -> u32 { self.0.end }
        /// Why it begins where it does: "start", "separator", "`page_break`", "header" or "dateline".
        #[getter]
        fn reason(&self) -> &'static str { self.0.reason.name() }
        fn __repr__(&self) -> String { format!("Piece({}:{}, {})", self.0.start, self.0.end, self.0.reason.name()) }
    }
}

record! {
    /// A part of the page.
    Block {
        /// What it is for: "headline", "paragraph", …
        #[getter]
        fn role(&self) -> &'static str { self.0.role.name() }
        /// Its first code point.
        #[getter]
        fn start(&self) -> u32 { self.0.start }
        /// One past its last code point.
        #[getter]
        fn end(&self) -> u32 { self.0.end }
        /// The index of the deck whose words it repeats.
        #[getter]
        fn duplicate_of(&self) -> Option<u32> { self.0.duplicate_of }
        fn __repr__(&self) -> String { format!("Block({} {}:{})", self.0.role.name(), self.0.start, self.0.end) }
    }
}

record! {
    /// A sentence of a prose block.
    Sentence {
        /// Its first code point.
        #[getter]
        fn start(&self) -> u32 { self.0.start }
        /// One past its last code point.
        #[getter]
        fn end(&self) -> u32 { self.0.end }
        /// The index of its block.
        #[getter]
        fn block(&self) -> u32 { self.0.block }
        fn __repr__(&self) -> String { format!("Sentence({}:{}, block {})", self.0.start, self.0.end, self.0.block) }
    }
}

record! {
    /// Where, when and by which agency.
    Dateline {
        /// Its first code point.
        #[getter]
        fn start(&self) -> u32 { self.0.start }
        /// One past its closing mark.
        #[getter]
        fn end(&self) -> u32 { self.0.end }
        /// The place or places as written.
        #[getter]
        fn place(&self) -> Option<&str> { self.0.place.as_deref() }
        /// The date as written.
        #[getter]
        fn date(&self) -> Option<&str> { self.0.date.as_deref() }
        /// The agency.
        #[getter]
        fn agency(&self) -> Option<&str> { self.0.agency.as_deref() }
        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            let [place, date, agency] =
                [&self.0.place, &self.0.date, &self.0.agency].map(|part| quoted(py, part.as_deref()));
            Ok(format!("Dateline({}:{}, place={}, date={}, agency={})", self.0.start, self.0.end, place?, date?, agency?))
        }
    }
}

record! {
    /// Who said it, as the text puts it.
    Speaker {
        /// The first code point of the smallest whole noun phrase.
        #[getter]
        fn start(&self) -> u32 { self.0.start }
        /// One past its last code point.
        #[getter]
        fn end(&self) -> u32 { self.0.end }
        /// The noun phrase as written.
        #[getter]
        fn text(&self) -> &str { &self.0.text }
        /// "name", "short", "acronym", "title", "nominal" or "pronoun".
        #[getter]
        fn form(&self) -> &'static str { self.0.form.name() }
        /// The whole source phrase, with appositions and relative clauses: start and end.
        #[getter]
        fn phrase(&self) -> (u32, u32) { pair(self.0.phrase) }
        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            Ok(format!("Speaker({}, {} {}:{})", quoted(py, Some(&self.0.text))?, self.0.form.name(), self.0.start, self.0.end))
        }
    }
}

record! {
    /// Something that somebody said or wrote.
    Quote {
        /// Its number within the article.
        #[getter]
        fn id(&self) -> u32 { self.0.id }
        /// "direct", "mixed" or "indirect".
        #[getter]
        fn kind(&self) -> &'static str { self.0.kind.name() }
        /// The first code point of the first piece.
        #[getter]
        fn start(&self) -> u32 { self.0.start() }
        /// One past the last code point of the last piece.
        #[getter]
        fn end(&self) -> u32 { self.0.end() }
        /// Start and end of each piece.
        #[getter]
        fn spans(&self) -> Vec<(u32, u32)> { self.0.spans.iter().map(|&s| pair(s)).collect() }
        /// Start and end of the words that report it.
        #[getter]
        fn cue(&self) -> Option<(u32, u32)> { self.0.cue.map(pair) }
        /// Who said it.
        #[getter]
        fn speaker(&self) -> Option<Speaker> { self.0.speaker.clone().map(Speaker) }
        /// The whole name of the speaker, where it is known.
        #[getter]
        fn speaker_name(&self) -> Option<&str> { self.0.speaker_name.as_deref() }
        /// The id of the speaker's entity.
        #[getter]
        fn entity(&self) -> Option<u32> { self.0.entity }
        /// The id of the quote in which this one is reported.
        #[getter]
        fn parent(&self) -> Option<u32> { self.0.parent }
        /// From 0 to 1.
        #[getter]
        fn confidence(&self) -> f64 { decimal(self.0.confidence) }
        /// The rule that chose the speaker.
        #[getter]
        fn reason(&self) -> &str { &self.0.reason }
        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            let speaker = self.0.speaker.as_ref().map(|s| s.text.as_str());
            let name = quoted(py, self.0.speaker_name.as_deref().or(speaker))?;
            Ok(format!("Quote({} {}:{}, speaker={name})", self.0.kind.name(), self.0.start(), self.0.end()))
        }
    }
}

record! {
    /// Words that refer to an entity.
    Mention {
        /// Its first code point.
        #[getter]
        fn start(&self) -> u32 { self.0.start }
        /// One past its last code point.
        #[getter]
        fn end(&self) -> u32 { self.0.end }
        /// "person", "organization", "place", "group" or "misc".
        #[getter]
        fn r#type(&self) -> &'static str { self.0.kind.name() }
        /// "name", "short", "acronym", "title", "nominal" or "pronoun".
        #[getter]
        fn form(&self) -> &'static str { self.0.form.name() }
        /// The id of its entity.
        #[getter]
        fn entity(&self) -> Option<u32> { self.0.entity }
        /// "gazetteer" or "discovered".
        #[getter]
        fn source(&self) -> &'static str { self.0.source.name() }
        /// What led to its entity: "same name", "acronym", "title and surname", "country and role", …
        #[getter]
        fn reason(&self) -> &str { &self.0.reason }
        /// How often such a reason is right on annotated articles, from 0 to 1.
        #[getter]
        fn confidence(&self) -> f64 { decimal(self.0.confidence) }
        fn __repr__(&self) -> String {
            format!("Mention({} {} {}:{})", self.0.kind.name(), self.0.form.name(), self.0.start, self.0.end)
        }
    }
}

record! {
    /// Somebody or something that the article speaks of.
    Entity {
        /// Its number within the article.
        #[getter]
        fn id(&self) -> u32 { self.0.id }
        /// The whole name.
        #[getter]
        fn name(&self) -> &str { &self.0.name }
        /// "person", "organization", "place", "group" or "misc".
        #[getter]
        fn r#type(&self) -> &'static str { self.0.kind.name() }
        /// The id in the gazetteer.
        #[getter]
        fn kb_id(&self) -> Option<&str> { self.0.kb_id.as_deref() }
        /// The fullest description that stands beside its name: "Russia's Foreign Minister".
        #[getter]
        fn description(&self) -> Option<&str> { self.0.description.as_deref() }
        /// "female" or "male", of a person whose names, titles or pronouns tell it.
        #[getter]
        fn gender(&self) -> Option<&str> { self.0.gender.as_deref() }
        /// How many mentions refer to it, of any form.
        #[getter]
        fn n_mentions(&self) -> u32 { self.0.n_mentions }
        /// How many quotes it is the speaker of.
        #[getter]
        fn n_quotes(&self) -> u32 { self.0.n_quotes }
        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            Ok(format!("Entity({}, {})", quoted(py, Some(&self.0.name))?, self.0.kind.name()))
        }
    }
}
