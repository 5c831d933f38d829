//! Records in, compiled aliases out: the trie, the aliases with their forms, the filter of first atoms, the records.

use super::Record;
use super::alias::{Alias, Behind, MAX_LETTERS};
use super::atoms;
use super::drafts::Drafts;
use super::form::{Element, Forms, Gate, SEPARATOR};
use super::records::{self, Reader};
use super::risk;
use super::sealed::Bytes;
use super::table::{Next, Put, Slot, Table, extend};
use super::view::{FilterWord, View, filter};
use crate::article::EntityType;
use crate::text::folded;

/// Records beyond which none are expected, whatever is said.
const MOST_EXPECTED: usize = 1 << 24;
/// Bytes of a record with a name and little else.
const LIKELY_BYTES: usize = 32;

/// Compiled aliases as they lie in memory; each section is one run of bytes, the same as in a file.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub roots: Vec<Slot>,
    pub slots: Vec<Slot>,
    pub filter: Vec<FilterWord>,
    pub aliases: Vec<u8>,
    pub records: Vec<u8>,
    /// Where each record begins.
    pub starts: Vec<[u8; 4]>,
}

impl Compiled {
    pub fn view(&self) -> View<'_> {
        View {
            roots: Bytes::from(self.roots.as_flattened()).into(),
            slots: Bytes::from(self.slots.as_flattened()).into(),
            filter: &self.filter,
            aliases: self.aliases[..].into(),
            records: self.records[..].into(),
            starts: self.starts.as_flattened().into(),
        }
    }
}

/// Which alias of which record, where that begins, and whether it calls the alias weak.
#[derive(Clone, Copy)]
struct Number {
    record: u32,
    at: u32,
    alias: u16,
    weak: bool,
}

/// Its name, its aliases, its weak ones: the order in which they are numbered.
fn names(record: &Record) -> impl Iterator<Item = &String> {
    std::iter::once(&record.name).chain(&record.aliases).chain(&record.weak_aliases)
}

/// Takes records one by one.
#[derive(Default)]
pub(super) struct Builder {
    compiled: Compiled,
    roots: Table,
    table: Table,
    drafts: Drafts,
    reader: Forms,
    /// The form that is put in.
    text: Vec<u8>,
    /// Hashes of first atoms that need a capital, and of those that do not.
    capital_starts: Vec<u64>,
    other_starts: Vec<u64>,
    ranked: bool,
    /// Aliases that are ordinary words, with their uses in a million words.
    ordinary: Vec<(u32, String)>,
}

impl Builder {
    /// Takes records of which there are likely `records`: what they need is not made room for again and again. Memory
    /// that is not used in the end is none.
    pub fn expecting(records: usize) -> Self {
        let records = records.min(MOST_EXPECTED);
        let mut builder = Self::default();
        builder.compiled.records.reserve(records * LIKELY_BYTES);
        builder.compiled.starts.reserve(records);
        builder.drafts = Drafts::expecting(records);

        builder
    }

    /// Compiles a record; the error is what is wrong with it.
    pub fn add(&mut self, mut record: Record) -> Result<(), String> {
        if record.name.trim().is_empty() {
            return Err("a record without a name; expected at least {\"name\": …}".to_owned());
        }
        if record.id.is_empty() {
            record.id.clone_from(&record.name);
        }
        for list in [&mut record.aliases, &mut record.weak_aliases] {
            list.retain(|alias| !alias.trim().is_empty() && *alias != record.name);
        }
        self.check(&record)?;
        let number = self.compiled.starts.len() as u32;
        let at = self.compiled.records.len() as u32;
        self.compiled.starts.push(at.to_le_bytes());
        records::write(&mut self.compiled.records, &record);
        self.ranked |= record.prior.is_some();
        for (i, alias) in names(&record).enumerate() {
            let weak = i > record.aliases.len();
            self.alias(record.kind, Number { record: number, at, alias: i as u16, weak }, alias);
        }
        Ok(())
    }

    fn check(&self, record: &Record) -> Result<(), String> {
        let long = |text: &String| text.len() > MAX_LETTERS;
        if let Some(alias) = names(record).find(|a| long(a)) {
            let start: String = alias.chars().take(40).collect();
            let (length, most) = (alias.len(), MAX_LETTERS);
            return Err(format!("the alias {start:?}… has {length} bytes, expected at most {most}"));
        }
        let count = record.aliases.len() + record.weak_aliases.len();
        if count >= usize::from(u16::MAX) {
            return Err(format!("{count} aliases in one record, expected at most 65534: split it"));
        }
        let room = u32::MAX as usize - self.compiled.records.len() > (1 << 28);
        let full = !room || self.drafts.size() > Table::MAX_ALIAS as usize - (1 << 27);
        if full { Err("too many records for one gazetteer: split the list".to_owned()) } else { Ok(()) }
    }

    fn alias(&mut self, kind: Option<EntityType>, number: Number, text: &str) {
        let mut reader = std::mem::take(&mut self.reader);
        let mut ordinary = false;
        if reader.read(text, kind) {
            reader.each(|reader, form| ordinary |= self.form(reader, form, number, text));
        }
        self.reader = reader;
        if ordinary {
            self.ordinary.push((risk::uses(&folded(text)), text.to_owned()));
        }
    }

    /// The aliases that are ordinary words, the commonest first.
    pub fn ordinary(&mut self) -> Vec<String> {
        let mut ordinary = std::mem::take(&mut self.ordinary);
        ordinary.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ordinary.dedup();
        ordinary.into_iter().map(|(_, alias)| alias).collect()
    }

    /// Puts one form of the alias `given` into the trie; true if it is an ordinary word.
    fn form(&mut self, reader: &Forms, form: &[Element], number: Number, given: &str) -> bool {
        self.text.clear();
        for (i, element) in form.iter().enumerate() {
            if i > 0 {
                self.text.push(SEPARATOR);
            }
            self.text.extend_from_slice(reader.text(element).as_bytes());
        }
        let mut gate = reader.gate;
        // An acronym asks for capitals, which the word has not; an alias in lower case means the word itself.
        let ordinary =
            form.len() == 1 && form[0].capital && !gate.contains(Gate::EXACT) && risk::is_ordinary(&self.text);
        gate.set(Gate::WEAK, number.weak || ordinary);
        let capitals = form.iter().take(16).enumerate().fold(0, |bits, (i, e)| bits | u16::from(e.capital) << i);
        let Number { record, at, alias: number, .. } = number;
        let (prefix, new_start) = self.prefixes(form);
        let (drafts, records, text) = (&self.drafts, &self.compiled.records, &self.text);
        let table = if form.len() == 1 { &mut self.roots } else { &mut self.table };
        let put = table.put(prefix, drafts.len(), |other| drafts.is(other, text, records));
        self.note_start(form[0], new_start || (put == Put::NewPrefix && form.len() == 1));
        let first = if let Put::Behind(first) = put { Some(first) } else { None };
        let alias = Alias { record, at, capitals, number, gate, behind: Behind::empty() };
        self.drafts.push(alias, given, &self.text, first);
        ordinary
    }

    /// Notes all prefixes but the last; returns the hash of the whole, and whether the first atom is new.
    fn prefixes(&mut self, form: &[Element]) -> (u64, bool) {
        let (mut prefix, mut new_start) = (form[0].hash, false);
        for (i, element) in form.iter().enumerate().skip(1) {
            let next = match element {
                Element { sign: Some(_), .. } => Next::SIGN,
                Element { capital: true, .. } if i < 16 => Next::CAPITAL,
                _ => Next::SMALL,
            };
            if i == 1 {
                new_start = self.roots.note_prefix(prefix, next);
            } else {
                self.table.note_prefix(prefix, next);
            }
            prefix = extend(prefix, element.hash);
        }
        (prefix, new_start)
    }

    fn note_start(&mut self, first: Element, new: bool) {
        if !first.capital {
            // Signs have no hash of their own before a walk begins.
            self.other_starts.push(first.sign.map_or(first.hash, atoms::sort_of));
            self.other_starts.extend(first.sign);
        } else if new {
            self.capital_starts.push(first.hash);
        }
    }

    /// All that was added, ready to be matched.
    pub fn finish(self) -> Compiled {
        let Self { mut compiled, roots, table, drafts, ranked, .. } = self;
        compiled.filter = filter(&self.capital_starts, &self.other_starts);
        let (records, aliases) = (&compiled.records, &mut compiled.aliases);
        let prior = |alias: &Alias| {
            if ranked { Reader::at(records[..].into(), alias.at).map_or(0.0, Reader::prior) } else { 0.0 }
        };
        aliases.reserve_exact(drafts.size());
        let mut write = |first: u32| {
            let place = aliases.len() as u32;
            drafts.write(first, prior, aliases);
            place
        };
        compiled.roots = roots.finish(|first| drafts.ask(first), &mut write);
        compiled.slots = table.finish(|first| drafts.ask(first), &mut write);
        compiled.records.shrink_to_fit();
        compiled.starts.shrink_to_fit();
        compiled
    }
}
