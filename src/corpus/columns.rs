//! Column names in, what each column is for out.

use crate::error::{Error, Result};

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The text of the article.
    Text,
    /// Its id.
    Id,
    /// Its headline, where it stands apart.
    Headline,
    /// Its date of publication.
    Date,
}

impl Part {
    /// All of them; a [`Row`](super::readers::Row) has its values in this order.
    pub const ALL: [Self; 4] = [Self::Text, Self::Id, Self::Headline, Self::Date];

    /// The option's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
            Self::Headline => "headline",
            Self::Date => "date",
        }
    }

    /// The names that are known, the likeliest first.
    fn known(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["text", "body", "maintext", "plaintext", "content", "raw_text"],
            Self::Id => &["id", "url"],
            Self::Headline => &["headline", "title"],
            Self::Date => &["date"],
        }
    }
}

/// The names of the columns: given, or found by the names that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column of the text.
    pub text: Option<String>,
    /// The column of the ids.
    pub id: Option<String>,
    /// The column of the headlines.
    pub headline: Option<String>,
    /// The column of the dates.
    pub date: Option<String>,
}

impl Columns {
    fn given(&self, part: Part) -> Option<&str> {
        match part {
            Part::Text => self.text.as_deref(),
            Part::Id => self.id.as_deref(),
            Part::Headline => self.headline.as_deref(),
            Part::Date => self.date.as_deref(),
        }
    }

    /// How well a column's name fits a part: 0 is best; none where it does not.
    pub fn rank(&self, part: Part, name: &str) -> Option<usize> {
        match self.given(part) {
            Some(given) => (given == name).then_some(0),
            None => part.known().iter().position(|known| name.eq_ignore_ascii_case(known)),
        }
    }

    /// The best column for a part.
    pub fn find<'n>(&self, part: Part, names: impl IntoIterator<Item = &'n str>) -> Option<usize> {
        let ranked = names.into_iter().enumerate().filter_map(|(i, name)| Some((self.rank(part, name)?, i)));
        ranked.min().map(|(_, i)| i)
    }

    /// The columns of all parts, by their place among `names`.
    ///
    /// # Errors
    /// No column for the text, or a given name that is not there; the message lists the columns there are.
    pub fn all(&self, place: &str, names: &[&str]) -> Result<[Option<usize>; 4]> {
        let mut found = [None; 4];
        for (part, slot) in Part::ALL.into_iter().zip(&mut found) {
            *slot = self.find(part, names.iter().copied());
            if slot.is_none() && (part == Part::Text || self.given(part).is_some()) {
                return Err(self.missing(part, place, names));
            }
        }
        Ok(found)
    }

    /// The error of a part that has no column.
    pub fn missing(&self, part: Part, place: &str, names: &[&str]) -> Error {
        let wanted = match self.given(part) {
            Some(given) => format!("no column {given:?} for the {}", part.name()),
            None => format!("no column for the {}: expected one of {}", part.name(), part.known().join(", ")),
        };
        let there =
            if names.is_empty() { "there are none".to_owned() } else { format!("there are {}", names.join(", ")) };
        Error::Input { place: place.to_owned(), problem: format!("{wanted}; {there}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_by_likelihood() {
        let columns = Columns::default();
        assert_eq!(columns.all("f", &["title", "Body", "text", "url"]).unwrap(), [Some(2), Some(3), Some(0), None]);
    }

    #[test]
    fn a_missing_column_lists_the_others() {
        let columns = Columns { text: Some("artikel".into()), ..Columns::default() };
        let message = columns.all("a.csv", &["text", "id"]).unwrap_err().to_string();
        assert_eq!(message, "a.csv: no column \"artikel\" for the text; there are text, id");
    }
}
