//! Single names to be added and taken out in, a gazetteer with all of these changes out.
//!
//! Changes gather here, so that a thousand of them cost one overlay.

use super::alias::MAX_LETTERS;
use super::{Gazetteer, Hit, Mode, Record, Scratch};
use crate::error::{Error, Result};
use crate::text::{folded, tokenize};
use std::collections::{BTreeMap, BTreeSet};

/// Changes of names that are not compiled yet.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Records as they are to be, by name.
    records: BTreeMap<String, Record>,
    /// Ids of the compiled records that these replace, or that are to go.
    taken: BTreeSet<String>,
}

impl Edits {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.taken.is_empty()
    }

    /// The gazetteer with the changes.
    ///
    /// # Errors
    /// [`Error::Record`] if a name cannot be used, [`Error::Input`] if the gazetteer's file is damaged.
    pub fn apply(&self, to: &Gazetteer) -> Result<Gazetteer> {
        to.overlay(self.records.values().cloned(), self.taken.iter().map(String::as_str))
    }

    /// Gives the record of this name, a new one where there is none, one name more; false if it has it already.
    ///
    /// # Errors
    /// [`Error::Record`] for a blank name, [`Error::Input`] if the gazetteer's file is damaged.
    pub fn add(&mut self, to: &Gazetteer, keyword: &str, name: &str) -> Result<bool> {
        let (keyword, name) = (keyword.trim(), name.trim());
        for given in [keyword, name] {
            if given.is_empty() || given.len() > MAX_LETTERS {
                let (place, length, most) = ("a keyword or its name".to_owned(), given.len(), MAX_LETTERS);
                return Err(Error::Record { place, problem: format!("expected 1 to {most} bytes, found {length}") });
            }
        }
        let known = match self.records.remove(name) {
            Some(record) => Some(record),
            None => self.take(to, name, |record| record.name == name)?.into_iter().next(),
        };
        let is_new = known.is_none();
        let mut record =
            known.unwrap_or_else(|| Record { id: name.to_owned(), name: name.to_owned(), ..Record::default() });
        let has = names(&record).any(|known| known == keyword);
        if !has {
            record.aliases.push(keyword.to_owned());
        }
        self.records.insert(name.to_owned(), record);
        Ok(is_new || !has)
    }

    /// Takes a name from all records that have it; a record without any goes. False if none has it.
    ///
    /// # Errors
    /// [`Error::Input`] if the gazetteer's file is damaged.
    pub fn remove(&mut self, from: &Gazetteer, keyword: &str) -> Result<bool> {
        let wanted = folded(keyword.trim());
        let has = |record: &Record| names(record).any(|name| folded(name) == wanted);
        let mut changed = self.take(from, keyword, has)?;
        let pending: Vec<String> = self.records.iter().filter(|(_, r)| has(r)).map(|(name, _)| name.clone()).collect();
        changed.extend(pending.iter().filter_map(|name| self.records.remove(name)));
        let any = !changed.is_empty();
        for mut record in changed {
            let keeps = |name: &String| folded(name) != wanted;
            record.aliases.retain(keeps);
            record.weak_aliases.retain(keeps);
            if !keeps(&record.name) {
                if record.aliases.is_empty() {
                    continue;
                }
                record.name = record.aliases.remove(0);
            }
            self.records.insert(record.name.clone(), record);
        }
        Ok(any)
    }

    /// The compiled records that `name` names and `wanted` wants, to be replaced.
    fn take(&mut self, from: &Gazetteer, name: &str, wanted: impl Fn(&Record) -> bool) -> Result<Vec<Record>> {
        let Some(hit) = from.named(name)? else { return Ok(Vec::new()) };
        let records = hit.records.iter().map(|&number| from.record(number));
        let found: Vec<Record> = records.filter(|r| !self.taken.contains(&r.id) && wanted(r)).collect();
        from.intact()?;
        self.taken.extend(found.iter().map(|record| record.id.clone()));
        Ok(found)
    }
}

fn names(record: &Record) -> impl Iterator<Item = &String> {
    std::iter::once(&record.name).chain(&record.aliases).chain(&record.weak_aliases)
}

impl Gazetteer {
    /// The hit that takes in all of `name`, if it is a name of some record.
    ///
    /// # Errors
    /// [`Error::Input`] if the gazetteer's file is damaged.
    pub fn named(&self, name: &str) -> Result<Option<Hit>> {
        let tokens = tokenize(name);
        let (Some(first), Some(last)) = (tokens.list.first(), tokens.list.last()) else { return Ok(None) };
        let (whole, mut found) = (first.span.to(last.span), None);
        self.each_match(&tokens, Mode::All, &mut Scratch::default(), |hit| {
            if hit.span == whole {
                found = Some(hit.to_hit());
            }
        })?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(kb: &Gazetteer) -> Vec<String> {
        let mut all: Vec<String> = (0..10)
            .map(|i| kb.record(i))
            .filter(|r| kb.named(&r.name).unwrap().is_some())
            .map(|r| [vec![r.name], r.aliases].concat().join("|"))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn names_come_and_go() {
        let base = Gazetteer::from_records([
            Record { id: "Q1".into(), name: "New York".into(), aliases: vec!["NYC".into()], ..Record::default() },
            Record { id: "Q2".into(), name: "Paris".into(), ..Record::default() },
        ])
        .unwrap();
        let mut edits = Edits::default();
        assert!(edits.add(&base, "Big Apple", "New York").unwrap());
        assert!(!edits.add(&base, "NYC", "New York").unwrap());
        assert!(edits.add(&base, "Springfield", "Springfield").unwrap());
        assert!(!edits.add(&base, "Springfield", "Springfield").unwrap());
        assert!(edits.remove(&base, "new york").unwrap() && edits.remove(&base, "Paris").unwrap());
        assert!(!edits.remove(&base, "Paris").unwrap() && !edits.remove(&base, "London").unwrap());
        assert!(edits.add(&base, " ", "x").is_err());
        let kb = edits.apply(&base).unwrap();
        assert_eq!(all(&kb), ["NYC|Big Apple", "Springfield"]);
        assert_eq!(kb.named("NYC").unwrap().map(|hit| kb.id(hit.records[0]).to_owned()), Some("Q1".to_owned()));
        assert_eq!((kb.named("Paris").unwrap(), kb.named("New York").unwrap(), kb.len()), (None, None, 2));
    }
}
