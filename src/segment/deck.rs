//! The pieces below the headline in, whether they are decks out; and which later block repeats one.

use super::byline;
use super::draft::{Draft, ends_with_stop};
use super::structure::Block;
use crate::article::Role;
use crate::lang::Language;
use crate::text::{TokenRange, Tokens};

/// Longer pieces are paragraphs.
const MOST_WORDS: usize = 70;

/// Whether the piece below the headline is a deck.
pub(super) fn is_deck(tokens: &Tokens<'_>, drafts: &[Draft], at: usize, language: Language) -> bool {
    let draft = &drafts[at];
    let headed = drafts[..at].iter().any(|d| d.role == Some(Role::Headline));
    if !headed || draft.opening.is_some() || draft.words > MOST_WORDS || draft.words < 3 {
        return false;
    }
    let Some(next) = following(drafts, at) else { return false };
    if !ends_with_stop(draft.span.of(tokens.text)) {
        return next.role.is_none() || next.role != Some(Role::ListItem);
    }
    let signed = matches!(next.role, Some(Role::Timestamp | Role::Byline)) || byline::is_byline(tokens, &next.tokens);
    let custom = has_custom(language) && next.role.is_none() && drafts.len() > at + 3;
    custom || signed || next.opening.is_some() || is_said_again(tokens, drafts, at)
}

/// Outside English a lead-in of whole sentences is the custom, but not in Chinese and Japanese papers.
fn has_custom(language: Language) -> bool {
    !matches!(language, Language::English | Language::Chinese | Language::Japanese)
}

/// More lines than this are a table.
const MOST_LINES: usize = 4;

/// Whether a line goes on with the deck before it: neither ends with a stop, and a paragraph follows somewhere.
pub(super) fn goes_on(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    let open = |d: &Draft| !ends_with_stop(d.span.of(tokens.text));
    let deck = at > 0 && drafts[at - 1].role == Some(Role::Deck) && open(&drafts[at - 1]);
    let few = drafts[..at].iter().rev().take_while(|d| d.role == Some(Role::Deck)).count() < MOST_LINES;
    let draft = &drafts[at];
    deck && few && draft.opening.is_none() && draft.words <= 25 && open(draft) && following(drafts, at).is_some()
}

/// The next piece that is no furniture.
fn following(drafts: &[Draft], at: usize) -> Option<&Draft> {
    let furniture = [Role::Note, Role::Caption, Role::Credit, Role::Related].map(Some);
    drafts[at + 1..].iter().find(|d| !furniture.contains(&d.role))
}

/// How many later pieces are compared with a deck, for a part of its words and for all of them.
const NEXT: usize = 12;
const LATER: usize = 60;

/// Whether a later piece says a good part of it again: two fifths of its runs of three words.
fn is_said_again(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    let own = Runs::of(tokens, &drafts[at].tokens);
    let later = drafts[at + 1..].iter().take(NEXT).filter(|d| d.words < 400);
    own.keys.len() >= 3 && later.map(|d| own.shared(tokens, &d.tokens)).any(|n| n * 5 >= own.keys.len() * 2)
}

/// The runs of three words of a piece.
struct Runs {
    keys: Vec<u64>,
    /// A bit for each key, so that most of what is not there is told at once.
    filter: [u64; 16],
}

impl Runs {
    fn of(tokens: &Tokens<'_>, range: &TokenRange) -> Self {
        let mut runs = Self { keys: runs(tokens, range).collect(), filter: [0; 16] };
        runs.keys.sort_unstable();
        runs.keys.dedup();
        for &key in &runs.keys {
            runs.filter[key as usize % 16] |= 1 << (key >> 58);
        }
        runs
    }

    /// How many of them another piece has, one that stands there twice counted once.
    fn shared(&self, tokens: &Tokens<'_>, range: &TokenRange) -> usize {
        let known = |key: &u64| self.filter[*key as usize % 16] >> (key >> 58) & 1 == 1;
        let mut found: Vec<u64> = runs(tokens, range).filter(known).collect();
        found.sort_unstable();
        found.dedup();
        found.iter().filter(|&key| self.keys.binary_search(key).is_ok()).count()
    }
}

/// The runs of three words, each as one number.
fn runs(tokens: &Tokens<'_>, range: &TokenRange) -> impl Iterator<Item = u64> {
    let hashes = tokens.list[range.clone()].iter().map(|t| t.hash).filter(|&h| h != 0);
    let (mut a, mut b) = (0, 0);
    let keys = hashes.map(move |c| {
        let key = a ^ u64::rotate_left(b, 21) ^ c.rotate_left(42);
        (a, b) = (b, c);
        key
    });
    keys.skip(2)
}

/// Marks the blocks that hold a deck's words once more, in one run.
pub(super) fn mark_repeats(tokens: &Tokens<'_>, blocks: &mut [Block]) {
    for deck in 0..blocks.len() {
        if blocks[deck].role == Role::Paragraph {
            break;
        }
        let own = words(tokens, &blocks[deck].tokens);
        if blocks[deck].role != Role::Deck || own.len() < 5 {
            continue;
        }
        for block in blocks[deck + 1..].iter_mut().take(LATER).filter(|b| b.role.is_prose()) {
            let short = block.tokens.len() < 1000;
            if short
                && block.duplicate_of.is_none()
                && words(tokens, &block.tokens).windows(own.len()).any(|w| w == own)
            {
                block.duplicate_of = Some(deck);
            }
        }
    }
}

/// The hashes of the words.
fn words(tokens: &Tokens<'_>, range: &TokenRange) -> Vec<u64> {
    tokens.list[range.clone()].iter().map(|t| t.hash).filter(|&h| h != 0).collect()
}

#[cfg(test)]
mod tests {
    use crate::article::Role;
    use crate::segment::segment;
    use crate::text::tokenize;

    #[test]
    fn a_block_that_repeats_the_deck_is_marked() {
        let deck = "Dockers go back to work on Monday after nine days.";
        let text =
            format!("Port strike ends\n\n{deck}\n\nThe cranes stood still.\n\n{deck} Nobody won.\n\nIt is over.");
        let structure = segment(&tokenize(&text), false);
        let found: Vec<_> = structure.blocks.iter().map(|b| (b.role, b.duplicate_of)).collect();
        let plain = (Role::Paragraph, None);
        assert_eq!(found, [(Role::Headline, None), (Role::Deck, None), plain, (Role::Paragraph, Some(1)), plain]);
    }
}
