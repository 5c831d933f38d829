//! Interviews and transcripts: blocks that are what somebody says, by a label before them or by their role.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::scene::Scene;
use crate::article::{EntityType, Form, Role};
use crate::names::Name;
use crate::text::{Flags, Kind, TokenRange};
use rustc_hash::FxHashMap;

/// A label has no more tokens.
const MAX_LABEL: usize = 5;

/// What stands before a colon and is no name: a kicker.
const KICKERS: [&str; 14] = [
    "EXCLUSIVE",
    "BREAKING",
    "WATCH",
    "VIDEO",
    "PHOTOS",
    "PICTURES",
    "UPDATE",
    "UPDATED",
    "ANALYSIS",
    "OPINION",
    "EXPLAINER",
    "REVEALED",
    "LIVE",
    "NOTE",
];

/// A block that somebody speaks.
struct Turn {
    label: Option<TokenRange>,
    content: TokenRange,
    block: usize,
    /// The label stands inside the marks: `"LEE: We won.`
    marked: bool,
}

/// The turns of an article, as attributions without a cue. One labelled block alone is none.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Attribution> {
    let turns: Vec<Turn> = (0..scene.structure.blocks.len()).filter_map(|b| turn(scene, b)).collect();
    let near = |t: &Turn, other: Option<&Turn>| other.is_some_and(|o| o.block.abs_diff(t.block) <= 2);
    let speaks = |i: usize| near(&turns[i], turns.get(i + 1)) || i > 0 && near(&turns[i], turns.get(i - 1));
    let asks = |t: &Turn| {
        scene.structure.blocks[t.block].role == Role::Question
            || t.label.as_ref().is_some_and(|l| l.len() == 1 && scene.is(l.start, "Q"))
    };
    let speaking: Vec<&Turn> =
        turns.iter().enumerate().filter(|&(i, turn)| speaks(i) && !asks(turn)).map(|(_, turn)| turn).collect();
    if speaking.is_empty() {
        return Vec::new();
    }
    let cast = Cast::new(scene);
    speaking.into_iter().map(|turn| attribution(scene, &cast, turn)).collect()
}

/// Who may be meant by a label that names nobody.
struct Cast<'s> {
    /// The first person whom the text names, its author aside.
    guest: Option<&'s Name>,
    /// The first person with these initials.
    initials: FxHashMap<String, &'s Name>,
}

impl<'s> Cast<'s> {
    fn new(scene: &Scene<'s, '_>) -> Self {
        let persons = || scene.names.iter().filter(|n| n.kind == EntityType::Person);
        let mut initials = FxHashMap::default();
        for name in persons() {
            let words = name.tokens.clone().filter(|&i| scene.kind(i) == Kind::Word);
            initials.entry(words.filter_map(|i| scene.word(i).chars().next()).collect()).or_insert(name);
        }
        let wrote = |n: &&Name| scene.structure.blocks[scene.block_of(n.tokens.start)].role == Role::Byline;
        Self { guest: persons().find(|n| !wrote(n)), initials }
    }

    /// The guest, where the text names that person before the token.
    fn guest(&self, before: usize) -> Option<Source> {
        self.guest.filter(|n| n.tokens.end <= before).map(of_name)
    }
}

/// Takes away what others made of the blocks of `turns` whose labels stand inside the marks, and what they took for the words
/// behind a label's colon.
pub fn clear(scene: &Scene<'_, '_>, turns: &[Attribution], found: &mut Vec<Attribution>) {
    let mut openers: Vec<usize> = turns.iter().flat_map(|t| &t.pieces).map(|p| scene.block_of(p.start)).collect();
    openers.retain(|&b| scene.opens_region(scene.structure.blocks[b].tokens.start).is_some());
    openers.sort_unstable();
    let is_turn = |a: &Attribution| {
        let start = a.pieces.first().map_or(0, |p| p.start);
        let block = scene.block_of(start);
        openers.binary_search(&block).is_ok()
            && (a.cue.is_none() || start == scene.structure.blocks[block].tokens.start)
    };
    let first = |a: &Attribution| a.pieces.first().map(|p| p.start);
    let mut starts: Vec<_> = turns.iter().map(first).collect();
    starts.sort_unstable();
    let behind_label = |a: &Attribution| {
        a.cue.as_ref().is_none_or(|c| scene.word(c.start) == ":") && starts.binary_search(&first(a)).is_ok()
    };
    found.retain(|a| !is_turn(a) && !behind_label(a));
}

fn turn(scene: &Scene<'_, '_>, block: usize) -> Option<Turn> {
    let mut tokens = scene.structure.blocks[block].tokens.clone();
    let role = scene.structure.blocks[block].role;
    let marked = scene.opens_region(tokens.start).is_some_and(|r| is_open_to_end(scene, r, &tokens));
    tokens.start += usize::from(marked);
    let labelled = tokens
        .clone()
        .take(MAX_LABEL + 1)
        .find(|&i| scene.word(i) == ":")
        .filter(|&i| i > tokens.start && i + 1 < tokens.end);
    let label = labelled.map(|colon| tokens.start..colon).filter(|l| is_label(scene, l));
    match (label, role) {
        (Some(label), Role::Paragraph | Role::Question | Role::Answer | Role::ListItem | Role::Subhead) => {
            let content = label.end + 1..tokens.end;
            let quoted = scene.opens_region(content.start).is_some();
            let capitals = label.clone().all(|i| scene.token(i).flags.contains(Flags::ALL_CAPS));
            (!quoted && (!marked || capitals)).then_some(Turn { label: Some(label), content, block, marked })
        }
        (_, Role::Question | Role::Answer) => Some(Turn { label: None, content: tokens, block, marked: false }),
        _ => None,
    }
}

/// `Q`, `LEE`, `RB`, `Irina Sokolova`, `Dr. Lee`.
fn is_label(scene: &Scene<'_, '_>, label: &TokenRange) -> bool {
    let all_caps = |i: usize| {
        scene.token(i).flags.contains(Flags::ALL_CAPS)
            || (scene.token(i).is_capital() && scene.token(i).span.len() == 1)
    };
    if scene.is_any(label.start, &KICKERS) {
        return false;
    }
    let capitals = label.clone().all(|i| scene.kind(i) == Kind::Stop || scene.kind(i) == Kind::Word && all_caps(i));
    let person =
        scene.name(label.end - 1).is_some_and(|n| n.kind == EntityType::Person || n.kind == EntityType::Organization);
    capitals && label.len() <= 3
        || person && label.clone().all(|i| scene.token(i).is_capital() || scene.kind(i) != Kind::Word)
}

fn attribution(scene: &Scene<'_, '_>, cast: &Cast<'_>, turn: &Turn) -> Attribution {
    let source = match &turn.label {
        Some(label) if label.len() == 1 && scene.word(label.start).len() <= 2 => by_initials(scene, cast, label),
        Some(label) => Some(Source { core: label.clone(), phrase: label.clone(), form: phrase::form(scene, label) }),
        None => cast.guest(turn.content.start),
    };
    let mut pieces = vec![turn.content.clone()];
    if turn.marked {
        pieces.extend(continued(scene, turn.block + 1));
    }
    Attribution {
        pieces,
        cue: None,
        source,
        reason: "turn of an interview",
        confidence: 0.7,
        chances: [1.0; 3],
        unmarked: true,
    }
}

/// Whether no mark closes region `r` before its block ends.
fn is_open_to_end(scene: &Scene<'_, '_>, r: usize, block: &TokenRange) -> bool {
    !scene.regions[r].closed || scene.regions[r].tokens.end == block.end
}

/// The quoted blocks from `block` on that carry a marked turn on: each begins with a mark and has no label of its own.
fn continued<'s>(scene: &'s Scene<'_, '_>, block: usize) -> impl Iterator<Item = TokenRange> + 's {
    let blocks = scene.structure.blocks.get(block..).unwrap_or_default().iter();
    let carries_on = |t: &TokenRange| {
        scene.opens_region(t.start).is_some_and(|r| is_open_to_end(scene, r, t))
            && scene.kind(t.start + 1) == Kind::Word
            && !t.clone().take(MAX_LABEL + 2).any(|i| scene.word(i) == ":")
    };
    blocks.map(|b| b.tokens.clone()).take_while(carries_on)
}

/// `A` is the guest; `RB` is whose initials these are.
fn by_initials(scene: &Scene<'_, '_>, cast: &Cast<'_>, label: &TokenRange) -> Option<Source> {
    let word = scene.word(label.start);
    if word == "A" {
        return cast.guest(label.start);
    }
    cast.initials.get(word).copied().map(of_name)
}

fn of_name(name: &Name) -> Source {
    Source { core: name.tokens.clone(), phrase: name.tokens.clone(), form: Form::Name }
}
