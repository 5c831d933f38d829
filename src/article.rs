//! What comes out: an article with its blocks, sentences, quotes, mentions and entities.
//!
//! All offsets here are **code points**, half-open, over the text exactly as given. The field names are the JSON of
//! `Article.to_dict()` and of the command line.

use crate::span::CharSpan;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The id of an article: that of its row, string or number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ArticleId<'t> {
    /// A number.
    Int(i64),
    /// A string: a URL, a key.
    Str(Cow<'t, str>),
}

impl ArticleId<'_> {
    /// The same with a string of its own.
    pub fn into_owned(self) -> ArticleId<'static> {
        match self {
            Self::Int(id) => ArticleId::Int(id),
            Self::Str(id) => ArticleId::Str(Cow::Owned(id.into_owned())),
        }
    }
}

/// One article with everything found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article<'t> {
    /// The id that came with the text.
    pub id: Option<ArticleId<'t>>,
    /// The text as given.
    pub text: Cow<'t, str>,
    /// ISO 639-1 code.
    pub language: Cow<'t, str>,
    /// The label above the headline: "World | Europe".
    pub section_label: Option<String>,
    /// The headline: the block's text, or the one given beside the text.
    pub headline: Option<String>,
    /// The deck (standfirst) below the headline.
    pub deck: Option<String>,
    /// The line that names the authors.
    pub byline: Option<String>,
    /// The date of publication that came with the text; in tables alone.
    #[serde(skip)]
    pub date: Option<Cow<'t, str>>,
    /// Where, when and by which agency.
    pub dateline: Option<Dateline>,
    /// The parts of the page, in order.
    pub blocks: Vec<Block>,
    /// The sentences of the prose blocks, in order.
    pub sentences: Vec<Sentence>,
    /// Who said what, in order of the first span.
    pub quotes: Vec<Quote>,
    /// Names, descriptions and pronouns, in order.
    pub mentions: Vec<Mention>,
    /// What the mentions refer to.
    pub entities: Vec<Entity>,
}

/// A dateline: `MOSCOW, April 6. /TASS/.`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// First code point.
    pub start: u32,
    /// One past the closing mark.
    pub end: u32,
    /// The place or places as written.
    pub place: Option<String>,
    /// The date as written.
    pub date: Option<String>,
    /// The agency.
    pub agency: Option<String>,
}

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A label above the headline.
    SectionLabel,
    /// The headline.
    Headline,
    /// The standfirst below the headline.
    Deck,
    /// Who wrote it.
    Byline,
    /// A line that is a date or a time alone.
    Timestamp,
    /// Running text.
    Paragraph,
    /// A heading between paragraphs.
    Subhead,
    /// An item of a list.
    ListItem,
    /// Text below a picture.
    Caption,
    /// Who made the picture, or who contributed.
    Credit,
    /// A notice: correction, advertisement mark, copyright.
    Note,
    /// A pointer to another article.
    Related,
    /// A post from elsewhere.
    Embed,
    /// A question of an interview.
    Question,
    /// An answer of an interview.
    Answer,
}

impl Role {
    /// Whether its text is prose that has sentences.
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Deck | Self::Paragraph | Self::ListItem | Self::Caption | Self::Question | Self::Answer)
    }

    /// The name in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::SectionLabel => "section_label",
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Timestamp => "timestamp",
            Self::Paragraph => "paragraph",
            Self::Subhead => "subhead",
            Self::ListItem => "list_item",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Note => "note",
            Self::Related => "related",
            Self::Embed => "embed",
            Self::Question => "question",
            Self::Answer => "answer",
        }
    }
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is for.
    pub role: Role,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Index of the deck whose words it repeats; left out of the JSON where it repeats none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<u32>,
}

/// A sentence of a prose block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Index of its block.
    pub block: u32,
}

/// How a quote stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// All of it between quote marks.
    Direct,
    /// Partly between quote marks.
    Mixed,
    /// Reported without quote marks.
    Indirect,
}

impl QuoteKind {
    /// The name in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// Who said it, as the text puts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// First code point of the smallest whole noun phrase.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// The noun phrase as written.
    pub text: String,
    /// What sort of phrase it is.
    pub form: Form,
    /// The whole source phrase, with appositions and relative clauses.
    pub phrase: CharSpan,
}

/// Something that somebody said or wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Its number within the article.
    pub id: u32,
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// What was said, in one or more pieces.
    pub spans: Vec<CharSpan>,
    /// The word or words that report it.
    pub cue: Option<CharSpan>,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The canonical name of the speaker's entity.
    pub speaker_name: Option<String>,
    /// The id of the speaker's entity.
    pub entity: Option<u32>,
    /// The quote in which this one is reported.
    pub parent: Option<u32>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule that chose the speaker.
    pub reason: Cow<'static, str>,
}

impl Quote {
    /// First code point of the first piece.
    pub fn start(&self) -> u32 {
        self.spans.first().map_or(0, |s| s.start)
    }

    /// One past the last code point of the last piece.
    pub fn end(&self) -> u32 {
        self.spans.last().map_or(0, |s| s.end)
    }
}

/// The sort of words that a mention is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A full name.
    Name,
    /// A part of a name that stood in full elsewhere.
    Short,
    /// Initials: NATO, the NWA.
    Acronym,
    /// A title before a name.
    Title,
    /// A description: "Russia's top diplomat".
    Nominal,
    /// A pronoun.
    Pronoun,
}

impl Form {
    /// The name in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Short => "short",
            Self::Acronym => "acronym",
            Self::Title => "title",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// The sort of thing that an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityType {
    /// A person.
    Person,
    /// A company, institution, party's body, team, medium.
    Organization,
    /// A country, city, region, river, building with an address.
    Place,
    /// Nationalities, parties as people, religions.
    Group,
    /// Works, events, laws, products, awards.
    Misc,
}

impl EntityType {
    /// The name in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Group => "group",
            Self::Misc => "misc",
        }
    }
}

/// Where a mention comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionSource {
    /// The user's gazetteer.
    Gazetteer,
    /// Found in the text itself.
    Discovered,
}

impl MentionSource {
    /// The name in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gazetteer => "gazetteer",
            Self::Discovered => "discovered",
        }
    }
}

/// Words that refer to an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What it refers to.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// What sort of words.
    pub form: Form,
    /// The id of its entity.
    pub entity: Option<u32>,
    /// Who knew it.
    pub source: MentionSource,
    /// What led to its entity: "same name", "acronym", "country and role".
    #[serde(default)]
    pub reason: Cow<'static, str>,
    /// How often such a reason is right, from 0 to 1.
    #[serde(default)]
    pub confidence: f32,
}

/// Somebody or something that the article speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its number within the article.
    pub id: u32,
    /// The fullest name that the article gives it, or the gazetteer's.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The id in the user's gazetteer.
    pub kb_id: Option<String>,
    /// The fullest description that stands beside its name: "Russia's Foreign Minister".
    #[serde(default)]
    pub description: Option<String>,
    /// "female" or "male", of a person whose names, titles or pronouns tell it.
    #[serde(default)]
    pub gender: Option<Cow<'static, str>>,
    /// How many mentions refer to it, of any form.
    #[serde(default)]
    pub n_mentions: u32,
    /// How many quotes it is the speaker of.
    #[serde(default)]
    pub n_quotes: u32,
}

/// Why an article begins where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The text begins here.
    Start,
    /// A line of signs stands before it.
    Separator,
    /// A form feed stands before it.
    PageBreak,
    /// It begins with a header line that others begin with too.
    Header,
    /// A headline and a dateline begin it, after the end of another story.
    Dateline,
}

impl Reason {
    /// The name in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Separator => "separator",
            Self::PageBreak => "page_break",
            Self::Header => "header",
            Self::Dateline => "dateline",
        }
    }
}

/// One article of a text that holds several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Why it begins where it does.
    pub reason: Reason,
}
