//! Tokens and structure in, names out: where names stand and what sort of thing each is.
//!
//! Rules come first: [`scene`] judges the capitals, [`chains`] joins words to runs, [`parts`] cuts runs into names and
//! titles, [`typing`] gathers evidence for each type and [`document`] weighs it over the article. What they find is
//! evidence for the trained [`tagger`], and [`settle`] makes one list of both; [`occupations`] go off their persons. Hits of
//! the gazetteer go before all. When quotes were read, [`mend()`] mends the ends of names for those who link them, and knows
//! [`firms`] by the nouns before them.

mod chains;
mod document;
mod firms;
mod known;
mod mend;
mod occupations;
mod parts;
mod scene;
mod settle;
pub(crate) mod tagger;
mod typing;

use crate::article::EntityType;
use crate::gazetteer::Hit;
use crate::lang::Classes;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{TokenRange, Tokens};
pub use mend::mend;
use parts::Candidate;
use scene::Scene;
pub use tagger::Tagger;

/// A name in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its bytes, without titles, articles and possessives.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it is.
    pub kind: EntityType,
    /// The title right before it ("Foreign Minister" of "Foreign Minister Sergey Lavrov"), without a country.
    pub title: Option<TokenRange>,
    /// The number of the gazetteer's hit that it comes from.
    pub hit: Option<usize>,
}

/// The tagger that ships with the package.
pub fn tagger() -> Option<&'static Tagger> {
    tagger::tagger()
}

/// Finds the names of an article.
pub fn find(tokens: &Tokens<'_>, classes: &[Classes], structure: &Structure, hits: &[Hit]) -> Vec<Name> {
    find_by(tagger(), tokens, classes, structure, hits)
}

/// Finds the names of an article by a tagger, or by rules and lists alone where there is none.
pub fn find_by(
    tagger: Option<&Tagger>,
    tokens: &Tokens<'_>,
    classes: &[Classes],
    structure: &Structure,
    hits: &[Hit],
) -> Vec<Name> {
    let scene = Scene::new(tokens, classes, structure);
    let (found, kinds) = by_rules(&scene, structure);
    let mut found: Vec<_> = match tagger {
        None => found.into_iter().zip(kinds).collect(),
        Some(tagger) => {
            let tagged = tagger.find(&tagger::Sheet::new(&scene, structure, &found, &kinds));
            settle::settle(&scene, found, &kinds, &tagged)
        }
    };
    occupations::part(&scene, &mut found);
    let name = |(candidate, kind): (Candidate, EntityType)| {
        let span = tokens.span(&candidate.tokens);
        Name { span, tokens: candidate.tokens, kind, title: candidate.title, hit: None }
    };
    with_hits(found.into_iter().map(name).collect(), hits)
}

/// The candidates and types that rules and lists alone find.
fn by_rules(scene: &Scene<'_, '_>, structure: &Structure) -> (Vec<Candidate>, Vec<EntityType>) {
    let found = candidates(scene, structure);
    let own: Vec<_> = found.iter().map(|c| typing::evidence(scene, c)).collect();
    let kinds = document::types(scene, &found, &own);
    (found, kinds)
}

/// Hands the tagger's view of an article to `read`.
#[cfg(feature = "train")]
pub(crate) fn with_sheet<R>(
    tokens: &Tokens<'_>,
    structure: &Structure,
    read: impl FnOnce(&tagger::Sheet<'_, '_, '_>) -> R,
) -> R {
    let classes = crate::lang::lexicon().classify(tokens);
    let scene = Scene::new(tokens, &classes, structure);
    let (found, kinds) = by_rules(&scene, structure);
    read(&tagger::Sheet::new(&scene, structure, &found, &kinds))
}

/// All candidates, block by block; what lies in no block has no names.
fn candidates(scene: &Scene<'_, '_>, structure: &Structure) -> Vec<Candidate> {
    let mut found = Vec::new();
    for block in &structure.blocks {
        let (mut i, end) = (block.tokens.start, block.tokens.end);
        while i < end {
            if let Some(title) = chains::marked_title(scene, i, end) {
                i = title.end + 1;
                found.push(Candidate { tokens: title, title: None, kind: Some(EntityType::Misc) });
            } else if let Some(chain) = chains::chain_at(scene, i, end) {
                i = chain.end;
                parts::cut(scene, chain, &mut found);
            } else {
                i += 1;
            }
        }
    }
    found
}

/// Lays the gazetteer's hits over the names: where two overlap the longer stays, at equal length the hit.
fn with_hits(names: Vec<Name>, hits: &[Hit]) -> Vec<Name> {
    if hits.is_empty() {
        return names;
    }
    let mut out: Vec<Name> = Vec::with_capacity(names.len() + hits.len());
    let mut names = names.into_iter().peekable();
    for (number, hit) in hits.iter().enumerate() {
        while let Some(name) = names.next_if(|n| n.span.end <= hit.span.start) {
            out.push(name);
        }
        let mut own =
            Name { span: hit.span, tokens: hit.tokens.clone(), kind: EntityType::Misc, title: None, hit: Some(number) };
        let (mut longer, mut seen) = (false, false);
        while let Some(name) = names.next_if(|n| n.span.overlaps(hit.span)) {
            own.kind = name.kind;
            seen = true;
            own.title = own.title.or_else(|| name.title.clone());
            if name.span.contains(hit.span) && name.span != hit.span {
                out.push(name);
                longer = true;
            }
        }
        // An ordinary word is a name only where it looks like one.
        if !longer && (seen || !hit.weak) && out.last().is_none_or(|last| !last.span.overlaps(hit.span)) {
            out.push(own);
        }
    }
    out.extend(names);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::lexicon;
    use crate::segment;
    use crate::text::tokenize;
    use proptest::prelude::*;

    /// `Name/type` for each name, with the title before it in brackets.
    fn names(text: &str) -> Vec<String> {
        let tokens = tokenize(text);
        let found = find(&tokens, &lexicon().classify(&tokens), &segment::segment(&tokens, true), &[]);
        let show = |n: &Name| {
            let title = n.title.as_ref().map_or(String::new(), |t| format!("[{}] ", tokens.span(t).of(text)));
            format!("{title}{}/{}", n.span.of(text), n.kind.name())
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn titles_and_nationalities_stand_apart() {
        assert_eq!(
            names("Talks with Serbian Energy Minister Milena Roe began. The UN Secretary General Pedro Lima left."),
            [
                "Serbian/group",
                "[Energy Minister] Milena Roe/person",
                "UN/organization",
                "[Secretary General] Pedro Lima/person"
            ]
        );
        assert_eq!(names("It was led by Prime Minister Fayez al-Tahan."), ["[Prime Minister] Fayez al-Tahan/person"]);
        assert_eq!(names("Then the Energy Minister and the Prime Minister left."), Vec::<String>::new());
    }

    #[test]
    fn small_words_join_the_names_of_bodies() {
        for (text, name) in [
            ("The Ministry of Water and Forests has closed the park.", "Ministry of Water and Forests/organization"),
            ("Later the Bank of England raised rates.", "Bank of England/organization"),
            ("Ships crossed the Gulf of Aden on Friday.", "Gulf of Aden/place"),
            ("On Monday Tallis Motors Inc. recalled vans.", "Tallis Motors Inc./organization"),
            ("He was born near Ortiz Street in 1950.", "Ortiz Street/place"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
    }

    #[test]
    fn a_capital_at_the_start_needs_more() {
        assert_eq!(names("Hope is fading. Yesterday nobody came. Rescuers left."), Vec::<String>::new());
        assert_eq!(names("Hope Larkin, a nurse, came."), ["Hope Larkin/person"]);
        assert_eq!(names("I’m tired. We've seen TV and COVID."), Vec::<String>::new());
    }

    #[test]
    fn hyphens_join_persons_and_part_places() {
        assert_eq!(
            names("The Brazil-Africa forum met Jean-Luc Mabiala."),
            ["Brazil/place", "Africa/place", "Jean-Luc Mabiala/person"]
        );
    }

    #[test]
    fn syllables_of_a_given_name_stay_together() {
        assert_eq!(names("Ha-rin Lee told Ana Ortiz to go."), ["Ha-rin Lee/person", "Ana Ortiz/person"]);
    }

    #[test]
    fn a_surname_has_the_type_of_the_whole_name() {
        let found = names("We met Ines Coral on Friday. In the evening Coral sang.");
        assert_eq!(found, ["Ines Coral/person", "Coral/person"]);
    }

    #[test]
    fn states_keep_the_stop_of_their_abbreviation() {
        assert_eq!(names("A church in Pell Creek, Okla., burned down."), ["Pell Creek/place", "Okla./place"]);
    }

    #[test]
    fn letters_in_brackets_end_an_acronym() {
        let found = names("In the state the JD(S) has decided to hold a survey. However, JD(S) leaders denied it.");
        assert_eq!(found, ["JD(S)/organization", "JD(S)/organization"]);
    }

    #[test]
    fn amounts_of_money_are_no_names() {
        assert_eq!(names("The aid was worth QR695,118 in June and R27bn in all."), Vec::<String>::new());
    }

    #[test]
    fn the_noun_of_a_body_is_a_name_after_the() {
        let found = names("The Grey Lake Foundation opened two schools. Last year the Foundation built a clinic.");
        assert_eq!(found, ["Grey Lake Foundation/organization", "Foundation/organization"]);
    }

    #[test]
    fn clubs_have_short_names() {
        let found = names("Shares of Man Utd rose after Newcastle Utd lost.");
        assert_eq!(found, ["Man Utd/organization", "Newcastle Utd/organization"]);
    }

    #[test]
    fn honours_saints_and_kin() {
        for (text, expected) in [
            ("The inquiry heard Rupert Vane KC on Monday.", "Rupert Vane/person"),
            ("She died at St Brannock's Hospital on Monday.", "St Brannock's Hospital/place"),
            ("His wife, Amna, nodded. Every time the phone rings she stays.", "Amna/person"),
        ] {
            assert_eq!(names(text), [expected], "{text}");
        }
    }

    #[test]
    fn an_occupation_at_the_start_is_a_title() {
        assert_eq!(names("Ferryman Luc Pelletier sang."), ["[Ferryman] Luc Pelletier/person"]);
        assert_eq!(names("Potter Greta Salvesen sang."), ["[Potter] Greta Salvesen/person"]);
        assert_eq!(names("Grace Ann Pelletier sang."), ["Grace Ann Pelletier/person"]);
    }

    proptest! {
        #[test]
        fn names_are_ordered_and_apart(text in "([A-Z][a-z]{1,6}|of|the|and|al-|\\.|,|\"|Minister|Kenya|Inc| |\n){0,40}") {
            let tokens = tokenize(&text);
            let found = find(&tokens, &lexicon().classify(&tokens), &segment::segment(&tokens, false), &[]);
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for name in &found {
                prop_assert!(!name.tokens.is_empty() && name.span == tokens.span(&name.tokens));
            }
        }
    }
}
