//! Why a mention belongs to its entity, and how often such a reason is right.

/// What led from the words of a mention to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The first name of its entity.
    FirstName,
    /// The same words as a name before.
    SameName,
    /// The same record of the user's gazetteer.
    Gazetteer,
    /// Initials of a name, or capitals in brackets beside it.
    Acronym,
    /// Another name of the same country.
    OtherCountryName,
    /// A form of the name of one record of the gazetteer.
    ListedForm,
    /// A nationality of a country of the gazetteer.
    CountryAdjective,
    /// A state's abbreviation.
    Abbreviation,
    /// The beginning of an organization's name.
    ShortForm,
    /// Another spelling of a person's name, or a middle name more or less.
    Variant,
    /// A title before the surname of one person.
    TitleAndSurname,
    /// The surname of one person.
    Surname,
    /// The surname of several persons: the nearest, or the first.
    SharedSurname,
    /// The given name of one person.
    GivenName,
    /// A title right before the name.
    TitleBeside,
    /// An apposition or a role beside the name.
    DescriptionBeside,
    /// The noun of a description beside a name.
    HeadNoun,
    /// The country's person whose role is of that kind.
    CountryAndRole,
    /// A role that is used for the role beside a name.
    KindredRole,
    /// A noun for a body, or a sort of place, that was named.
    NounOfBody,
    /// A name within the phrase.
    NameInPhrase,
    /// The initials of a title: the CM for a Chief Minister.
    TitleInitials,
    /// Another word for the person just spoken of.
    OtherWord,
    /// What was written by who spoke before.
    Document,
    /// A relative pronoun behind a name.
    RelativeClause,
    /// A pronoun for who spoke before.
    PronounToSpeaker,
    /// A pronoun for the subject of a sentence before.
    PronounToSubject,
    /// A pronoun for the subject of a sentence after.
    PronounToLater,
}

impl Reason {
    /// All of them, in the order of the sieve.
    pub const ALL: [Self; 28] = [
        Self::FirstName,
        Self::SameName,
        Self::Gazetteer,
        Self::Acronym,
        Self::OtherCountryName,
        Self::ListedForm,
        Self::CountryAdjective,
        Self::Abbreviation,
        Self::ShortForm,
        Self::Variant,
        Self::TitleAndSurname,
        Self::Surname,
        Self::SharedSurname,
        Self::GivenName,
        Self::TitleBeside,
        Self::DescriptionBeside,
        Self::HeadNoun,
        Self::CountryAndRole,
        Self::KindredRole,
        Self::NounOfBody,
        Self::NameInPhrase,
        Self::TitleInitials,
        Self::OtherWord,
        Self::Document,
        Self::RelativeClause,
        Self::PronounToSpeaker,
        Self::PronounToSubject,
        Self::PronounToLater,
    ];

    /// The words in JSON and tables.
    pub fn name(self) -> &'static str {
        self.known().0
    }

    /// The share of such links that are right, from 0 to 1.
    pub fn confidence(self) -> f32 {
        self.known().1
    }

    /// Words and share. The shares are those of `benches/link_confidence.py` over the annotated development articles,
    /// (right + 1) / (judged + 2): a reason that they do not show has 0.5.
    fn known(self) -> (&'static str, f32) {
        match self {
            Self::FirstName => ("first name of its entity", 0.97),
            Self::SameName => ("same name", 0.98),
            Self::Gazetteer => ("gazetteer", 0.85),
            Self::Acronym => ("acronym", 0.94),
            Self::OtherCountryName => ("other name of a country", 0.95),
            Self::ListedForm => ("form of a listed name", 0.95),
            Self::CountryAdjective => ("adjective of a country", 0.85),
            Self::Abbreviation => ("abbreviation", 0.75),
            Self::ShortForm => ("short form of a name", 0.67),
            Self::Variant => ("variant of a name", 0.83),
            Self::TitleAndSurname => ("title and surname", 0.92),
            Self::Surname => ("surname", 0.9),
            Self::SharedSurname => ("surname of several", 0.86),
            Self::GivenName => ("given name", 0.67),
            Self::TitleBeside => ("title beside the name", 0.88),
            Self::DescriptionBeside => ("description beside the name", 0.87),
            Self::HeadNoun => ("head noun", 0.8),
            Self::CountryAndRole => ("country and role", 0.67),
            Self::KindredRole => ("kindred role", 0.5),
            Self::NounOfBody => ("noun of a body", 0.93),
            Self::NameInPhrase => ("name in the phrase", 0.6),
            Self::TitleInitials => ("initials of a title", 0.5),
            Self::OtherWord => ("other word for the person before", 0.75),
            Self::Document => ("words of the speaker before", 0.67),
            Self::RelativeClause => ("relative clause", 0.5),
            Self::PronounToSpeaker => ("pronoun to the speaker before", 0.89),
            Self::PronounToSubject => ("pronoun to the subject before", 0.88),
            Self::PronounToLater => ("pronoun to the subject after", 0.5),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn reasons_have_words_of_their_own_and_a_share() {
        let words: HashSet<_> = Reason::ALL.iter().map(|r| r.name()).collect();
        assert_eq!(words.len(), Reason::ALL.len());
        assert!(Reason::ALL.iter().all(|r| r.confidence() > 0.0 && r.confidence() < 1.0));
    }
}
