//! Sentences and names in, quotes out: what was said, the words that report it, and the phrase that says who.
//!
//! [`marks`] pairs the quote marks of each block. A [`scene`] maps regions and names to tokens and holds sentences
//! together that one region bridges. [`attribute`] gives each passage its [`attribution`]s: the trained [`ranker`] finds
//! cues, sources and contents, [`refuse`] says which of them nobody said, and [`mend`] corrects what grammar knows for
//! certain, of the [`speaker`] and of the [`edges`] and the [`clause`] of the content, as [`inserted`] does of cues between commas and [`tagged`]
//! of those right behind quoted words; when the judge has spoken, [`afterwards`] mends sources and contents once more, and [`impersonal`] finds what was announced, heard or denied. Without a model, [`rules`] over [`cues`], [`phrase`]s and
//! [`content`] boundaries do. [`announced`] knows lines that announce the next block, [`headline`] knows the forms without a cue, [`signature`] the dash
//! and name below a quote, [`gesture`] sentences like "Lee shrugs.", [`turns`] interviews. [`carry`] joins the pieces of split quotes and gives floating ones their
//! speaker; [`regions`] tells speech from other quoted words.

mod afterwards;
mod announced;
mod attribute;
pub(crate) mod attribution;
mod carry;
mod clause;
mod content;
mod cues;
mod edges;
mod gesture;
mod headline;
mod impersonal;
mod inserted;
pub(crate) mod judge;
mod marks;
mod mend;
mod phrase;
pub(crate) mod ranker;
mod refuse;
mod regions;
mod resume;
mod rules;
pub(crate) mod scene;
mod signature;
mod speaker;
mod tagged;
pub(crate) mod trust;
mod turns;
pub(crate) mod voices;

use crate::article::{Form, QuoteKind, Role};
use crate::lang::Classes;
use crate::names::Name;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{Kind, TokenRange, Tokens};
use attribution::Attribution;
use carry::Carry;
use judge::{Judge, Ruled, Trained};
use phrase::Source;
use scene::{Passage, Scene};

/// Which quotes are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Direct, mixed and indirect.
    #[default]
    All,
    /// Direct and mixed.
    Direct,
    /// None.
    None,
}

/// A quote before its speaker is known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// What was said, in pieces.
    pub spans: Vec<Span>,
    /// The words that report it.
    pub cue: Option<Span>,
    /// The phrase that says who.
    pub speaker: Option<Speaker>,
    /// The quote in which this one is reported: its index.
    pub parent: Option<usize>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule that chose the speaker.
    pub reason: &'static str,
}

/// A phrase that says who spoke.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The smallest whole noun phrase, with title and name.
    pub span: Span,
    /// The same with appositions and relative clauses.
    pub phrase: Span,
    /// The tokens of `span`.
    pub tokens: TokenRange,
    /// What sort of phrase it is.
    pub form: Form,
}

/// What is quoted inside quoted words needs a cue this likely.
const NESTED: f32 = 0.55;

/// Verbs whose quoted words are an utterance, however short: `told me 'go home'`.
const VOICED: [&str; 16] = [
    "told",
    "tells",
    "tell",
    "telling",
    "shouted",
    "shouting",
    "chanted",
    "chanting",
    "yelled",
    "cried",
    "screamed",
    "replied",
    "answered",
    "whispered",
    "asked",
    "asking",
];

/// Pronouns that speak.
const PRONOUNS: [&str; 6] = ["I", "he", "she", "it", "we", "they"];

/// Finds the quotes of an article, in order of their first span.
pub fn find(
    tokens: &Tokens<'_>,
    classes: &[Classes],
    structure: &Structure,
    names: &[Name],
    wanted: Wanted,
) -> Vec<Quote> {
    if wanted == Wanted::None || tokens.is_empty() {
        return Vec::new();
    }
    let scene = Scene::new(tokens, classes, structure, names, ranker::model());
    let mut found = match scene.model {
        Some(model) => attributions(&scene, wanted, &mut Trained(model)),
        None => attributions(&scene, wanted, &mut Ruled),
    };
    for attribution in &mut found {
        mend::without_circumstance(&scene, attribution);
        afterwards::mend(&scene, attribution);
    }
    afterwards::join(&scene, &mut found);
    found.retain(|attribution| !gesture::is_mute(&scene, attribution));
    gesture::name_speakers(&scene, &mut found);
    if wanted == Wanted::All {
        let overlooked: Vec<_> = passages(&scene).iter().flat_map(|p| impersonal::find(&scene, p, &found)).collect();
        found.extend(overlooked);
    }
    let mut quotes: Vec<Quote> = found.into_iter().filter_map(|a| quote(&scene, a)).collect();
    quotes.extend(nested(scene));
    quotes.retain(|q| wanted == Wanted::All || q.kind != QuoteKind::Indirect);
    quotes.sort_by_key(|q| (q.spans[0].start, std::cmp::Reverse(q.spans[0].end)));
    quotes.dedup_by(|b, a| a.spans == b.spans);
    nest(&mut quotes);
    quotes
}

/// The attributions of an article, by one judge.
pub(crate) fn attributions(scene: &Scene<'_, '_>, wanted: Wanted, judge: &mut dyn Judge) -> Vec<Attribution> {
    let mut carry = Carry::new(scene, wanted == Wanted::Direct, judge);
    for passage in passages(scene) {
        carry.read(&passage);
    }
    let mut found = carry.found;
    carry::next_speaker(scene, &mut found);
    let turns = turns::find(scene);
    turns::clear(scene, &turns, &mut found);
    found.extend(turns);
    found
}

/// What is quoted inside quoted words.
fn nested(scene: Scene<'_, '_>) -> Vec<Quote> {
    let passages = scene.nesting_passages();
    let Some(inside) = scene.inside() else { return Vec::new() };
    let found = passages.into_iter().flat_map(|p| inside.cut(p)).flat_map(|p| attribute::passage(&inside, &p));
    let found = found.filter(|a| a.chances[0] >= NESTED && a.pieces.iter().any(|p| p.len() > 3));
    let speaks = |a: &Attribution| {
        let mut regions = a.pieces.iter().flat_map(Clone::clone).filter_map(|i| inside.opens_region(i)).peekable();
        regions.peek().is_some() && !regions.all(|r| regions::is_name(&inside, r))
    };
    let mended = |mut a: Attribution| {
        afterwards::mend(&inside, &mut a);
        // Passages inside marks are single sentences.
        for piece in &mut a.pieces {
            if let Some(region) = inside.opens_region(piece.start).map(|r| &inside.regions[r]).filter(|r| r.closed) {
                // "When he says 'high sense,' people sell": the comma within the marks ends it.
                let closed = inside.kind(region.inner().end - 1) == Kind::Comma
                    && inside.opens_region(region.tokens.end).is_none();
                piece.end = if closed { region.tokens.end } else { piece.end.max(region.tokens.end) };
            }
        }
        a
    };
    found.filter(speaks).map(mended).filter_map(|a| quote(&inside, a)).collect()
}

/// The headline, quotes set apart and the sentences of the prose, in order.
pub(crate) fn passages(scene: &Scene<'_, '_>) -> Vec<Passage> {
    // A pull quote looks like a subhead.
    let pulled = |t: &TokenRange| {
        scene.opens_region(t.start).is_some_and(|r| scene.regions[r].closed && scene.regions[r].tokens == *t)
    };
    let headlines = scene.structure.blocks.iter().enumerate();
    let headlines = headlines.filter(|(_, b)| b.role == Role::Headline || b.role == Role::Subhead && pulled(&b.tokens));
    let mut all: Vec<Passage> = headlines.map(|(block, b)| Passage { tokens: b.tokens.clone(), block }).collect();
    all.extend(scene.passages());
    all.sort_by_key(|p| p.tokens.start);
    all.into_iter().flat_map(|p| scene.cut(p)).collect()
}

fn quote(scene: &Scene<'_, '_>, found: Attribution) -> Option<Quote> {
    let pieces: Vec<TokenRange> = found.pieces.into_iter().filter(|p| !p.is_empty()).collect();
    let words = |quoted: bool| {
        let counts =
            |i: usize| matches!(scene.kind(i), Kind::Word | Kind::Number) && scene.region(i).is_some() == quoted;
        pieces.iter().any(|p| p.clone().any(counts))
    };
    let kind = match (words(true), words(false)) {
        (_, true) if found.unmarked => QuoteKind::Direct,
        (true, false) if is_fragment(scene, &pieces, found.cue.as_ref()) => QuoteKind::Mixed,
        (true, false) => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        (false, true) => QuoteKind::Indirect,
        (false, false) => return None,
    };
    let speaker = found.source.map(|source| speaker(scene, source));
    let mut spans: Vec<Span> = pieces.iter().map(|p| scene.span(p)).collect();
    spans.sort_unstable();
    let cue = found.cue.map(|c| scene.span(&c));
    Some(Quote { kind, spans, cue, speaker, parent: None, confidence: found.confidence, reason: found.reason })
}

/// Who spoke, as it stands in the text; of "she'd" the pronoun.
fn speaker(scene: &Scene<'_, '_>, source: Source) -> Speaker {
    let mut speaker = Speaker {
        span: scene.span(&source.core),
        phrase: scene.span(&source.phrase),
        tokens: source.core,
        form: source.form,
    };
    let word = scene.word(speaker.tokens.end - 1);
    let contracted = word.find(['\'', '\u{2019}']).filter(|_| speaker.tokens.len() == 1);
    if let Some(at) = contracted.filter(|&at| PRONOUNS.iter().any(|p| p.eq_ignore_ascii_case(&word[..at]))) {
        let end = speaker.span.start + at as u32;
        speaker.phrase.end = if speaker.phrase.end == speaker.span.end { end } else { speaker.phrase.end };
        speaker.span.end = end;
        speaker.form = Form::Pronoun;
    }
    speaker
}

/// `branding him "the laziest man in Essex"`: words of somebody within the reporter's own sentence.
fn is_fragment(scene: &Scene<'_, '_>, pieces: &[TokenRange], cue: Option<&TokenRange>) -> bool {
    let ([piece], Some(cue)) = (pieces, cue) else { return false };
    let Some(region) = scene.opens_region(piece.start).map(|r| &scene.regions[r]) else { return false };
    let inner = region.inner();
    let whole = region.tokens == *piece && !inner.is_empty();
    let ends = |i: usize| matches!(scene.kind(i), Kind::Stop | Kind::Comma);
    let announced = matches!(scene.word(piece.start - 1), "," | ":") || scene.kind(piece.start - 1) == Kind::Stop;
    let lower = scene.kind(inner.start) == Kind::Word && !scene.token(inner.start).is_capital();
    let voiced = scene.is_any(cue.start, &VOICED);
    !voiced && whole && lower && cue.end <= piece.start && !announced && !ends(inner.end - 1)
}

/// Gives each quote that stands inside another one that as its parent: the smallest, where there are several.
fn nest(quotes: &mut [Quote]) {
    let mut around: Vec<usize> = Vec::new();
    for i in 0..quotes.len() {
        let span = quotes[i].spans[0];
        around.retain(|&p| quotes[p].spans.iter().any(|s| s.end > span.start));
        let holder =
            around.iter().rev().copied().find(|&p| quotes[p].spans.iter().any(|s| s.contains(span) && *s != span));
        quotes[i].parent = holder;
        around.push(i);
    }
}
