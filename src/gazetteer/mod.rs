//! The user's own entities: their aliases compiled into a trie over token hashes, matched against an article's tokens.
//!
//! ```
//! use pullquote::gazetteer::{Gazetteer, Record};
//! use pullquote::text::tokenize;
//!
//! let bank = Record { name: "Bank of England".into(), aliases: vec!["BoE".into()], ..Record::default() };
//! let kb = Gazetteer::from_records([bank])?;
//! let tokens = tokenize("The Bank of\u{A0}England’s governor left the BoE.");
//! let found: Vec<_> = kb.matches(&tokens)?.iter().map(|hit| hit.span.of(tokens.text)).collect();
//! assert_eq!(found, ["Bank of\u{A0}England", "BoE"]);
//! # Ok::<(), pullquote::Error>(())
//! ```
//!
//! An alias is found whatever the white space, the hyphens, the stops and the diacritics between and on its letters; it
//! keeps its capitals: see [`Gazetteer::matches`].

mod alias;
mod atoms;
#[cfg(feature = "tables")]
pub mod batch;
#[cfg(feature = "tables")]
mod columns;
mod compile;
mod drafts;
mod file;
mod form;
mod fuzzy;
mod gate;
mod keywords;
mod matcher;
mod overlay;
mod records;
mod risk;
mod sealed;
mod sources;
mod starts;
mod table;
mod transliterate;
mod view;

pub use fuzzy::Fuzzy;
pub use keywords::Edits;
pub use matcher::{HitRef, Mode, Named, Scratch};
pub use sources::{Format, Options, Report, entity_type, parts};

use crate::article::EntityType;
use crate::error::Result;
use crate::span::Span;
use crate::text::{TokenRange, Tokens, folded};
use alias::Alias;
use compile::Builder;
use file::Opened;
use form::Gate;
use matcher::Search;
use overlay::Layer;
use records::Reader;
use serde::{Deserialize, Serialize};
use std::path::Path;
use view::LayerView;

/// One entity of the user's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The user's id; the name where there is none.
    #[serde(default)]
    pub id: String,
    /// The canonical name; an alias too.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Other names that are names only where the context says so.
    #[serde(default)]
    pub weak_aliases: Vec<String>,
    /// person, organization, place, group or misc.
    #[serde(default, rename = "type")]
    pub kind: Option<EntityType>,
    /// The country it belongs to.
    #[serde(default)]
    pub country: Option<String>,
    /// What the person is: "foreign minister".
    #[serde(default)]
    pub roles: Vec<String>,
    /// "male" or "female".
    #[serde(default)]
    pub gender: Option<String>,
    /// How often it is meant, against others of the same alias.
    #[serde(default)]
    pub prior: Option<f32>,
}

/// A place where an alias stands in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The records that have this alias, the likeliest first.
    pub records: Vec<u32>,
    /// Which alias of the first record: zero for its name, one for the first of its other names.
    pub alias: u16,
    /// Whether the alias is an ordinary word too, or was called weak: a name only where the context says so.
    pub weak: bool,
    /// How like the alias the text is: 1, but for [`Fuzzy`] hits.
    pub score: f32,
}

/// What a gazetteer holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Records that were not taken out.
    pub records: usize,
    /// Forms of their aliases: an alias with initials or stops has several.
    pub forms: usize,
    /// Bytes of the compiled aliases.
    pub bytes: usize,
    /// The weak aliases, the commonest words first: ordinary words, and those that their records call weak.
    pub weak: Vec<Weak>,
}

/// An alias that is a name only where the context says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weak {
    /// Its record.
    pub record: u32,
    /// Which alias of the record.
    pub alias: u16,
    /// How often it stands in a million words of news as an ordinary word; zero for those that are rarely one.
    pub uses: u32,
}

/// Compiled aliases. Immutable; one serves many threads, and clones share the aliases.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    layers: Vec<Layer>,
}

impl Gazetteer {
    /// Compiles the aliases of `records`. Blank aliases are passed over.
    ///
    /// # Errors
    /// [`Error::Record`](crate::Error::Record) with the number of a record that has no name, or an alias of more than 2048 bytes.
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Result<Self> {
        let records = records.into_iter();
        let mut builder = Builder::expecting(records.size_hint().0);
        overlay::build(&mut builder, records)?;
        Ok(Self::from_builder(builder))
    }

    /// Reads a file of comma-separated values; one of tab-separated values if it ends in `.tsv`.
    ///
    /// The first row names the columns, in any order: `name`, and where they are there `id`, `aliases`, `weak_aliases`,
    /// `type`, `country`, `roles`, `gender`, `prior`. Several aliases or roles stand in one cell, with `|` between them. A
    /// `strict` reading ends at the first bad row; otherwise such rows are skipped, and the report counts and names them.
    ///
    /// # Errors
    /// [`Error::File`](crate::Error::File) if it cannot be read, [`Error::Record`](crate::Error::Record) with file and line
    /// for a bad row or header.
    pub fn from_csv(path: &Path, strict: bool) -> Result<(Self, Report)> {
        Self::from_format(path, Format::Csv, strict)
    }

    /// Reads a file of JSON lines, each a record: `{"id", "name", "aliases", "weak_aliases", "type", "country", "roles",
    /// "gender", "prior"}`, where only the name must be there. `aliases` and `roles` may be a list or one string with `|`
    /// between its parts.
    ///
    /// # Errors
    /// As [`Gazetteer::from_csv`].
    pub fn from_jsonl(path: &Path, strict: bool) -> Result<(Self, Report)> {
        Self::from_format(path, Format::Jsonl, strict)
    }

    /// Reads a Parquet file with the columns of [`Gazetteer::from_csv`]; `aliases`, `weak_aliases` and `roles` may be lists.
    ///
    /// # Errors
    /// As [`Gazetteer::from_csv`]; [`Error::Input`](crate::Error::Input) if it is no Parquet file or has no column `name`.
    pub fn from_parquet(path: &Path, strict: bool) -> Result<(Self, Report)> {
        Self::from_format(path, Format::Parquet, strict)
    }

    /// Reads the patterns of spaCy's `EntityRuler`, JSON lines of `{"label", "pattern", "id"}`. A pattern is a string, or a
    /// list of tokens with `LOWER`, `ORTH` or `TEXT`; `LOWER` matches any case. Patterns of one id are one record.
    ///
    /// # Errors
    /// As [`Gazetteer::from_csv`]; a pattern that asks for more is a bad row.
    pub fn from_spacy_patterns(path: &Path, strict: bool) -> Result<(Self, Report)> {
        Self::from_format(path, Format::SpacyPatterns, strict)
    }

    /// Reads the keywords of flashtext: a JSON file of `{"clean name": ["keyword", ...]}`, or lines of
    /// `keyword=>clean name` or `keyword`. The clean name is matched too.
    ///
    /// # Errors
    /// As [`Gazetteer::from_csv`].
    pub fn from_flashtext(path: &Path, strict: bool) -> Result<(Self, Report)> {
        Self::from_format(path, Format::Flashtext, strict)
    }

    /// Reads entities of `FollowTheMoney`, one a line; the names are `name`, `alias`, `previousName`, `abbreviation`, and
    /// `weakAlias`, which is weak.
    ///
    /// # Errors
    /// As [`Gazetteer::from_csv`].
    pub fn from_ftm(path: &Path, strict: bool) -> Result<(Self, Report)> {
        Self::from_format(path, Format::Ftm, strict)
    }

    /// Reads Wikidata entities, one a line, as in its dumps: labels and aliases of `languages`, the first being the name;
    /// the type by what the entity is an instance of; the number of its pages as prior. Entities without a label are
    /// passed over.
    ///
    /// # Errors
    /// As [`Gazetteer::from_csv`].
    pub fn from_wikidata(path: &Path, languages: &[&str], strict: bool) -> Result<(Self, Report)> {
        let languages = languages.iter().map(|&language| language.to_owned()).collect();
        let read = Self::read(path, Some(Format::Wikidata), &Options { strict, languages, ..Options::default() });
        read.map(|(gazetteer, report)| (gazetteer, report.unwrap_or_default()))
    }

    fn from_format(path: &Path, format: Format, strict: bool) -> Result<(Self, Report)> {
        let read = Self::read(path, Some(format), &Options { strict, ..Options::default() });
        read.map(|(gazetteer, report)| (gazetteer, report.unwrap_or_default()))
    }

    fn from_builder(builder: Builder) -> Self {
        Self { layers: vec![Layer::built(builder)] }
    }

    /// Opens a file that [`Gazetteer::save`] wrote: it is mapped into memory, so that processes that open the same file
    /// share it. Its head and length are checked at once, the rest block by block when it is first read: whatever reads
    /// a damaged block ends in an error. The file must not be changed in place while it is open; saving a new one under
    /// its name is no such change.
    ///
    /// # Errors
    /// [`Error::File`](crate::Error::File) if it cannot be read, [`Error::Input`](crate::Error::Input) if it is cut off,
    /// damaged or something else.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { layers: vec![Layer::new(file::open(path)?)] })
    }

    /// Takes the bytes of such a file; all of them are checked.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) if they are cut off, damaged or something else.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self> {
        Ok(Self { layers: vec![Layer::new(Opened::from_bytes(bytes)?)] })
    }

    /// Writes the gazetteer into a file, for [`Gazetteer::open`]. The same records give the same bytes.
    ///
    /// # Errors
    /// [`Error::File`](crate::Error::File) if it cannot be written, [`Error::Input`](crate::Error::Input) if it was opened
    /// from a file that is damaged.
    pub fn save(&self, path: &Path) -> Result<()> {
        self.single()?.file.save(path)
    }

    /// The bytes of such a file.
    ///
    /// # Errors
    /// [`Error::Record`](crate::Error::Record) if the layers do not fit one file, [`Error::Input`](crate::Error::Input) if
    /// one was opened from a file that is damaged.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        self.single()?.file.to_bytes()
    }

    /// A number that tells this gazetteer from others: gazetteers of the same records have the same.
    ///
    /// # Errors
    /// [`Error::Record`](crate::Error::Record) if the layers do not fit one file.
    pub fn fingerprint(&self) -> Result<u64> {
        Ok(self.single()?.file.fingerprint)
    }

    /// An error if anything that was read so far came from a damaged file: ask before what was read counts.
    /// [`Gazetteer::matches`] asks by itself.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input), then.
    pub fn intact(&self) -> Result<()> {
        self.layers.iter().try_for_each(|layer| layer.file.intact())
    }

    /// Reads all of the file that it was opened from.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) if it is damaged.
    pub fn verify(&self) -> Result<()> {
        self.layers.iter().try_for_each(|layer| layer.file.verify())
    }

    /// How many records there are; those taken out do not count.
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How big the gazetteer is, and which aliases are weak.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) if its file is damaged.
    pub fn stats(&self) -> Result<Stats> {
        let mut stats = Stats { records: self.len(), ..Stats::default() };
        for layer in self.layer_views() {
            stats.bytes += layer.view.bytes();
            let live = |alias: &Alias| !layer.removed.is_some_and(|removed| removed.contains(&alias.record));
            for alias in layer.view.all().map(|(alias, _)| alias).filter(live) {
                stats.forms += 1;
                if alias.gate.contains(Gate::WEAK) {
                    let record = layer.first + alias.record;
                    let uses = risk::uses(&folded(self.alias(record, alias.number)));
                    stats.weak.push(Weak { record, alias: alias.number, uses });
                }
            }
        }
        self.intact()?;
        stats.weak.sort_unstable_by_key(|weak| (std::cmp::Reverse(weak.uses), weak.record, weak.alias));
        stats.weak.dedup();
        Ok(stats)
    }

    /// The layers as they are matched, each with the number of its first record.
    fn layer_views(&self) -> Vec<LayerView<'_>> {
        let mut first = 0;
        let mut layers = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let view = layer.view();
            layers.push(LayerView { view, first, removed: layer.removed() });
            first += view.len() as u32;
        }
        layers
    }

    fn reader(&self, record: u32) -> Option<Reader<'_>> {
        let mut index = record as usize;
        for layer in &self.layers {
            let view = layer.view();
            if index < view.len() {
                return view.record(index as u32);
            }
            index -= view.len();
        }
        None
    }

    /// A record of a hit; an empty one if there is none of this number.
    pub fn record(&self, index: u32) -> Record {
        self.reader(index).and_then(Reader::record).unwrap_or_default()
    }

    /// The type of a record, without reading the rest of it.
    pub fn kind(&self, index: u32) -> Option<EntityType> {
        self.reader(index).and_then(Reader::kind)
    }

    /// The id of a record, without reading the rest of it.
    pub fn id(&self, index: u32) -> &str {
        self.reader(index).and_then(Reader::id).unwrap_or_default()
    }

    /// Records for tables of hits, many in a row.
    #[cfg(feature = "python")]
    pub(crate) fn readers<'g>(&'g self) -> impl Fn(u32) -> Option<Reader<'g>> {
        let layers = self.layer_views();
        move |record| {
            let layer = layers.iter().rev().find(|layer| layer.first <= record)?;
            layer.view.record(record - layer.first)
        }
    }

    /// The text of an alias as it was given: zero is the record's name.
    pub fn alias(&self, record: u32, alias: u16) -> &str {
        self.reader(record).and_then(|reader| reader.alias(u32::from(alias))).unwrap_or_default()
    }

    /// The longest aliases in the text, from left to right, without overlap.
    ///
    /// Names are matched word by word, so never inside a word, and a possessive is no part of them. White space, line
    /// breaks within a paragraph, hyphens, diacritics and the stops of abbreviations do not count. A word of an alias that
    /// has a capital needs one in the text; a text in capitals will do for aliases of four letters and more; an acronym of
    /// up to three letters needs all its capitals, so that `US` is not `us`. Words without capitals match any case.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) if its file is damaged where it was read.
    pub fn matches(&self, tokens: &Tokens<'_>) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        self.each_match(tokens, Mode::Longest, &mut Scratch::default(), |hit| hits.push(hit.to_hit()))?;
        Ok(hits)
    }

    /// Gives each hit to `sink`, in the order of the text; nothing is allocated but what `scratch` keeps.
    ///
    /// # Errors
    /// As [`Gazetteer::matches`]; hits that were given before do not count then.
    pub fn each_match(
        &self,
        tokens: &Tokens<'_>,
        mode: Mode,
        scratch: &mut Scratch,
        sink: impl FnMut(HitRef<'_>),
    ) -> Result<()> {
        let layers = self.layer_views();
        Search { layers: &layers, tokens }.run(mode, scratch, sink);
        self.intact()
    }
}

impl HitRef<'_> {
    /// The hit with buffers of its own.
    pub fn to_hit(&self) -> Hit {
        Hit {
            span: self.span,
            tokens: self.tokens.clone(),
            records: self.named.iter().map(|n| n.record).collect(),
            alias: self.named.first().map_or(0, |n| n.alias),
            weak: self.named.iter().all(|n| n.weak),
            score: 1.0,
        }
    }
}
