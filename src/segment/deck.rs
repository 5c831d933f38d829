//! The pieces below the headline in, whether they are decks out; and which later block repeats one.

use super::byline;
use super::draft::{Draft, ends_with_stop};
use super::structure::Block;
use crate::article::Role;
use crate::lang::Language;
use crate::text::{TokenRange, Tokens};
use rustc_hash::FxHashSet;

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

/// How many later pieces are compared with a deck.
const LATER: usize = 60;

/// Whether a later piece says a good part of it again: two fifths of its runs of three words.
fn is_said_again(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    let own = words(tokens, &drafts[at].tokens);
    let runs: FxHashSet<&[u64]> = own.windows(3).collect();
    let again = |d: &Draft| {
        let other = words(tokens, &d.tokens);
        let shared: FxHashSet<&[u64]> = other.windows(3).filter(|run| runs.contains(run)).collect();
        shared.len() * 5 >= runs.len() * 2
    };
    own.len() >= 5 && drafts[at + 1..].iter().take(LATER).any(|d| d.words < 400 && again(d))
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
