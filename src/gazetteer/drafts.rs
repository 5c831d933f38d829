//! Aliases in, in the order of the records; the section of aliases out, in the order of the trie, those of one form
//! together.

use super::alias::{Alias, Behind, Form, Way};
use super::records::Reader;
use super::sealed::ask;

/// An alias with as many others before it in its record keeps its form: it would not soon be found there.
const FAR: u16 = 8;

/// An alias while the trie is built; [`Behind::FORM`] says that its form cannot be read from the record.
#[derive(Clone, Copy)]
struct Draft {
    alias: Alias,
    /// The next one of the same form, plus one; zero for none.
    next: u32,
    /// For the first of a form: where it is among the letters, plus one, if one of them needs it; else zero.
    form: u32,
}

/// All aliases so far.
#[derive(Default)]
pub(super) struct Drafts {
    list: Vec<Draft>,
    /// Forms, each behind its length.
    letters: Vec<u8>,
}

impl Drafts {
    /// Room for so many.
    pub fn expecting(aliases: usize) -> Self {
        Self { list: Vec::with_capacity(aliases), letters: Vec::new() }
    }

    /// How many there are: the number of the next one.
    pub fn len(&self) -> u32 {
        self.list.len() as u32
    }

    /// Bytes that they take at most.
    pub fn size(&self) -> usize {
        self.list.len() * Alias::HEAD + self.letters.len()
    }

    /// Whether the form of the alias of this number, the first of its form, is `form`.
    pub fn is(&self, number: u32, form: &[u8], records: &[u8]) -> bool {
        let Some(draft) = self.list.get(number as usize) else { return false };
        let way = draft.alias.way();
        if way == Way::Kept {
            return self.letters(draft) == Some(form);
        }
        let reader = Reader::at(records.into(), draft.alias.at);
        let alias = reader.and_then(|reader| reader.alias_bytes(u32::from(draft.alias.number)));
        alias.is_some_and(|alias| Form::new(alias, way).is(form))
    }

    /// Adds an alias, which as the user gave it is `text`; `first` is the number of the first one of the same form.
    pub fn push(&mut self, mut alias: Alias, text: &str, form: &[u8], first: Option<u32>) {
        let number = self.len();
        let way = if alias.number < FAR { Form::way(text, form) } else { Way::Kept };
        alias.behind.set(Behind::FORM, way == Way::Kept);
        alias.behind.set(Behind::STOPLESS, way == Way::Stopless);
        self.list.push(Draft { alias, next: 0, form: 0 });
        let first = first.unwrap_or(number);
        if first < number {
            let next = std::mem::replace(&mut self.list[first as usize].next, number + 1);
            self.list[number as usize].next = next;
        }
        let first = &mut self.list[first as usize];
        if way == Way::Kept && first.form == 0 {
            first.form = self.letters.len() as u32 + 1;
            self.letters.extend_from_slice(&(form.len() as u16).to_le_bytes());
            self.letters.extend_from_slice(form);
        }
    }

    /// The form of the first of it, if one of them needs it.
    fn letters(&self, first: &Draft) -> Option<&[u8]> {
        let start = first.form.checked_sub(1)? as usize;
        let (len, letters) = self.letters.get(start..)?.split_first_chunk()?;
        letters.get(..usize::from(u16::from_le_bytes(*len)))
    }

    /// Asks for an alias that is written soon.
    pub fn ask(&self, number: u32) {
        self.list.get(number as usize).into_iter().for_each(ask);
    }

    /// Writes the alias `first` and those of its form: the likeliest record first, then the first one given.
    pub fn write(&self, first: u32, prior: impl Fn(&Alias) -> f32, out: &mut Vec<u8>) {
        let first = &self.list[first as usize];
        let form = |alias: &Alias| if alias.way() == Way::Kept { self.letters(first) } else { None };
        if first.next == 0 {
            return first.alias.push(out, form(&first.alias), false);
        }
        let next = |draft: &&Draft| self.list.get(draft.next.checked_sub(1)? as usize);
        let mut chain: Vec<Alias> = std::iter::successors(Some(first), next).map(|draft| draft.alias).collect();
        chain.sort_by(|a, b| prior(b).total_cmp(&prior(a)).then((a.record, a.number).cmp(&(b.record, b.number))));
        for (i, alias) in chain.iter().enumerate() {
            alias.push(out, form(alias).filter(|_| i == 0), i + 1 < chain.len());
        }
    }
}
