//! Articles in, articles out, stage by stage: a stage goes through all articles of a batch before the next one begins, so
//! that its tables and its code stay in the processor's caches. One article after the other takes a tenth to a fifth
//! longer.

use super::report::Parts;
use super::{Depth, Input, Pipeline, check_length};
use crate::article::Article;
use crate::entities::{self, Found, Linked};
use crate::error::Result;
use crate::gazetteer::Hit;
use crate::guard::{guarded, trip};
use crate::lang::{Classes, lexicon};
use crate::names::{self, Name};
use crate::pool::Control;
use crate::quotes::{self, Quote, Wanted};
use crate::segment::{self, Structure};
use crate::text::{Offsets, Tokens, tokenize};
use std::borrow::Cow;

/// An article at work: what its stages found so far.
struct Work<'t> {
    tokens: Tokens<'t>,
    structure: Structure,
    classes: Vec<Classes>,
    hits: Vec<Hit>,
    names: Vec<Name>,
    quotes: Vec<Quote>,
    linked: Linked,
    depth: Depth,
}

/// A stage reads what those before it found.
type Stage = for<'t> fn(&Pipeline, &mut Work<'t>);

/// The stages after the first, in order.
const STAGES: [Stage; 3] = [Pipeline::name, Pipeline::quote, Pipeline::link];

impl Pipeline {
    /// Parses articles as far as `depth`, each by itself; results keep their order. A panic inside one article ends that
    /// article alone.
    ///
    /// # Errors
    /// [`crate::Error::Interrupted`] where `control` says so. Those of the articles stand in their places: see
    /// [`Pipeline::parse_to`].
    pub fn parse_batch<'t>(
        &self,
        inputs: Vec<Input<'t>>,
        depth: Depth,
        control: &Control,
    ) -> Result<Vec<Result<Article<'t>>>> {
        let mut found = Vec::with_capacity(inputs.len());
        for input in &inputs {
            control.check()?;
            found.push(guarded(|| self.begin(input, depth)));
        }
        for stage in if depth == Depth::Structure { &[] } else { &STAGES[..] } {
            for slot in &mut found {
                control.check()?;
                if let Ok(work) = slot
                    && let Err(error) = guarded(|| {
                        stage(self, work);
                        Ok(())
                    })
                {
                    *slot = Err(error);
                }
            }
        }
        let reported: Vec<_> = found.into_iter().map(|work| guarded(|| self.report(work?))).collect();
        let whole =
            |(input, reported): (Input<'t>, Result<Article<'static>>)| reported.map(|found| input.article(found));
        Ok(inputs.into_iter().zip(reported).map(whole).collect())
    }

    fn begin<'a>(&self, input: &'a Input<'_>, depth: Depth) -> Result<Work<'a>> {
        check_length(&input.text)?;
        trip(&input.text);
        let tokens = tokenize(&input.text);
        let options = segment::Options { body_only: input.headline.is_some(), language: self.language };
        let structure = segment::segment(&tokens, options);
        let (mut classes, mut hits) = (Vec::new(), Vec::new());
        if depth > Depth::Structure {
            classes = lexicon().classify(&tokens);
            hits = self.gazetteer.as_ref().map(|g| g.matches(&tokens)).transpose()?.unwrap_or_default();
        }
        let (names, quotes, linked) = (Vec::new(), Vec::new(), Linked::default());
        Ok(Work { tokens, structure, classes, hits, names, quotes, linked, depth })
    }

    fn name(&self, work: &mut Work<'_>) {
        // Speakers of quoted words are found as well by rules alone, and several times as fast.
        let tagger = names::tagger().filter(|_| self.quotes != Wanted::Direct);
        work.names = names::find_by(tagger, &work.tokens, &work.classes, &work.structure, &work.hits);
    }

    fn quote(&self, work: &mut Work<'_>) {
        work.quotes = quotes::find(&work.tokens, &work.classes, &work.structure, &work.names, self.quotes);
    }

    fn link(&self, work: &mut Work<'_>) {
        if work.depth == Depth::Quotes && work.quotes.is_empty() {
            return;
        }
        names::mend(&work.tokens, &work.classes, &work.structure, &mut work.names);
        let forms = self.gazetteer.as_ref().map(|g| self.forms.of(g));
        work.linked = entities::link(&Found {
            tokens: &work.tokens,
            classes: &work.classes,
            structure: &work.structure,
            gazetteer: self.gazetteer.as_deref(),
            forms: forms.as_deref(),
            hits: &work.hits,
            names: &work.names,
            quotes: &work.quotes,
        });
    }

    /// What was found, with an empty text.
    fn report(&self, work: Work<'_>) -> Result<Article<'static>> {
        self.gazetteer.as_ref().map_or(Ok(()), |g| g.intact())?;
        let text = work.tokens.text;
        let (structure, quotes, linked) = (work.structure, work.quotes, work.linked);
        Ok(Parts { offsets: Offsets::new(text), text, structure, quotes, linked }.article())
    }
}

impl<'t> Input<'t> {
    /// The article of what was found in it.
    fn article(self, found: Article<'static>) -> Article<'t> {
        Article {
            id: self.id,
            headline: self.headline.map(Cow::into_owned).or(found.headline),
            text: self.text,
            date: self.date,
            ..found
        }
    }
}
