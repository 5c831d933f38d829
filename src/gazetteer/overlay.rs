//! Records to be added and ids to be taken out in, a gazetteer that shares the rest with the old one out.

use super::compile::Builder;
use super::file::Opened;
use super::records::Reader;
use super::view::View;
use super::{Gazetteer, Record};
use crate::error::{Error, Result};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::Arc;

/// One set of compiled aliases, and what was taken out of it since.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub file: Arc<Opened>,
    removed: Arc<FxHashSet<u32>>,
}

impl Layer {
    pub fn new(file: Opened) -> Self {
        Self { file: Arc::new(file), removed: Arc::default() }
    }

    pub fn built(builder: Builder) -> Self {
        Self::new(Opened::built(builder.finish()))
    }

    pub fn view(&self) -> View<'_> {
        self.file.view()
    }

    /// The records that were taken out, if any.
    pub fn removed(&self) -> Option<&FxHashSet<u32>> {
        (!self.removed.is_empty()).then_some(&*self.removed)
    }

    /// How many records are left.
    pub fn len(&self) -> usize {
        self.view().len() - self.removed.len()
    }

    fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let view = self.view();
        (0..view.len() as u32)
            .filter(|number| !self.removed.contains(number))
            .filter_map(move |number| view.record(number)?.record())
    }

    /// The same without the records of these ids.
    fn without(&self, ids: &FxHashSet<&str>) -> Self {
        let view = self.view();
        let mut removed = FxHashSet::clone(&self.removed);
        removed.extend(
            (0..view.len() as u32).filter(|&n| view.record(n).and_then(Reader::id).is_some_and(|id| ids.contains(id))),
        );
        Self { file: Arc::clone(&self.file), removed: Arc::new(removed) }
    }
}

impl Gazetteer {
    /// The gazetteer with the records `add`, and without those whose ids are in `remove`. The old one stays as it is, and
    /// the new one shares its aliases: only what was added is compiled. A record that replaces another of its id is both
    /// removed and added.
    ///
    /// # Errors
    /// [`Error::Record`] with the number of a record to be added that cannot be used.
    pub fn overlay<'i>(
        &self,
        add: impl IntoIterator<Item = Record>,
        remove: impl IntoIterator<Item = &'i str>,
    ) -> Result<Self> {
        let ids: FxHashSet<&str> = remove.into_iter().collect();
        let mut layers = self.layers.iter();
        let first = layers.next().map(|layer| if ids.is_empty() { layer.clone() } else { layer.without(&ids) });
        let mut builder = Builder::default();
        // What earlier overlays added is compiled again with the new, so that there are never more than two layers.
        for layer in layers {
            build(&mut builder, layer.records().filter(|record| !ids.contains(record.id.as_str())))?;
        }
        build(&mut builder, add)?;
        self.intact()?;
        let added = Layer::built(builder);
        let layers = first.into_iter().chain((added.len() > 0).then_some(added)).collect();
        Ok(Self { layers })
    }

    /// All of it as one layer with nothing taken out.
    pub(super) fn single(&self) -> Result<Cow<'_, Layer>> {
        if let [only] = &self.layers[..]
            && only.removed.is_empty()
        {
            return Ok(Cow::Borrowed(only));
        }
        let mut builder = Builder::default();
        build(&mut builder, self.layers.iter().flat_map(Layer::records))?;
        self.intact()?;
        Ok(Cow::Owned(Layer::built(builder)))
    }
}

/// Adds records; an error has the number of the bad one.
pub(super) fn build(builder: &mut Builder, records: impl IntoIterator<Item = Record>) -> Result<()> {
    for (i, record) in records.into_iter().enumerate() {
        builder.add(record).map_err(|problem| Error::Record { place: format!("record {}", i + 1), problem })?;
    }
    Ok(())
}
