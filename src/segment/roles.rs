//! Pieces of the page in, blocks with their roles out: furniture by its words, the head of the page by its order, subheads
//! and captions by their neighbours.

use super::blocks::Draft;
use super::byline;
use crate::article::Role;
use crate::text::{Flags, Kind, Tokens};

/// Gives every draft its role.
pub(super) fn decide(tokens: &Tokens<'_>, drafts: &mut [Draft], body_only: bool) {
    captions(tokens, drafts);
    let body = head(tokens, drafts, body_only);
    interviews(tokens, drafts, body);
    lists(tokens, drafts, body);
    subheads(tokens, drafts, body);
    for draft in drafts {
        draft.role.get_or_insert(Role::Paragraph);
    }
}

/// A short piece before the credit of a picture is its caption.
fn captions(tokens: &Tokens<'_>, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let picture = drafts[i].role == Some(Role::Credit) && is_picture(drafts[i].span.of(tokens.text));
        let before = &mut drafts[i - 1];
        if picture && before.role.is_none() && before.words <= 60 && before.opening.is_none() && i > 1 {
            before.role = Some(Role::Caption);
        }
    }
}

/// Whether a credit is that of a picture and not of the story.
fn is_picture(line: &str) -> bool {
    let line = line.trim_start_matches('(').to_ascii_lowercase();
    !["reporting", "additional", "writing", "editing", "edited", "compiled", "with ", "by "]
        .iter()
        .any(|w| line.starts_with(w))
}

/// Section label, headline, bylines and deck; returns where the body begins.
fn head(tokens: &Tokens<'_>, drafts: &mut [Draft], body_only: bool) -> usize {
    let open = |drafts: &[Draft], from: usize| (from..drafts.len()).find(|&i| drafts[i].role.is_none());
    let Some(mut at) = open(drafts, 0) else { return 0 };
    if !body_only && is_headline(tokens, &drafts[at]) && drafts.len() > at + 1 {
        if is_label(tokens, drafts, at) {
            drafts[at].role = Some(Role::SectionLabel);
            at += 1;
        }
        drafts[at].role = Some(Role::Headline);
        at += 1;
    }
    let mut deck = None;
    while at < drafts.len() {
        let range = &drafts[at].tokens;
        if drafts[at].role.is_some() {
            at += 1;
            continue;
        }
        let after_byline = at > 0 && drafts[at - 1].role == Some(Role::Byline);
        let titled = byline::is_named_title(tokens, range) || after_byline && byline::is_name_and_title(tokens, range);
        if drafts[at].opening.is_none() && (byline::is_byline(tokens, range) || titled) {
            drafts[at].role = Some(Role::Byline);
        } else if deck.is_none() && !body_only && is_deck(tokens, drafts, at) {
            drafts[at].role = Some(Role::Deck);
            deck = Some(at);
        } else {
            break;
        }
        at += 1;
    }
    at
}

fn is_headline(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let line = draft.span.of(tokens.text);
    draft.opening.is_none()
        && draft.words <= 40
        && draft.words > 0
        && !line.ends_with([',', ';'])
        && (!ends_with_stop(line)
            || draft.words <= 30 && line.ends_with(['?', '!', '…'])
            || line.ends_with("...")
            || is_loud(tokens, draft))
}

/// Whether a line ends as a sentence does.
fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', '»', '」'])
        .ends_with(['.', '!', '?', ':', ',', ';', '…', '。', '！', '？', '؟', '।'])
}

/// Whether all words are in capitals.
fn is_loud(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let words = || draft.tokens.clone().filter(|&i| tokens[i].is_word() && tokens[i].span.len() > 1);
    words().next().is_some() && words().all(|i| tokens[i].flags.intersects(Flags::ALL_CAPS | Flags::DOTTED))
}

/// Whether the first line only names the section: short, with a longer headline below.
fn is_label(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    let (label, Some(next)) = (&drafts[at], drafts.get(at + 1)) else { return false };
    if next.role.is_some() || !is_headline(tokens, next) || next.words <= label.words || drafts.len() < at + 3 {
        return false;
    }
    let line = label.span.of(tokens.text);
    let path = label.words <= 8 && [" | ", " > ", " » ", " › ", " / "].iter().any(|s| line.contains(s));
    let short = label.words <= 2 || label.words == 3 && is_loud(tokens, label);
    path || short && next.words >= 4 && next.words <= 25 && !line.ends_with(['?', '!'])
}

/// Whether the piece below the headline is a deck.
fn is_deck(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    let draft = &drafts[at];
    let line = draft.span.of(tokens.text);
    let headed = drafts[..at].iter().any(|d| d.role == Some(Role::Headline));
    if !headed || draft.opening.is_some() || draft.words > 70 || draft.words < 3 {
        return false;
    }
    let Some(next) = drafts[at + 1..]
        .iter()
        .find(|d| !matches!(d.role, Some(Role::Note | Role::Caption | Role::Credit | Role::Related)))
    else {
        return false;
    };
    if !ends_with_stop(line) {
        return next.role.is_none() || next.role != Some(Role::ListItem);
    }
    let signed = matches!(next.role, Some(Role::Timestamp | Role::Byline)) || byline::is_byline(tokens, &next.tokens);
    signed || next.opening.is_some() || repeats(tokens, drafts, at)
}

/// Whether a later piece says the same words.
fn repeats(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    let words =
        |d: &Draft| -> Vec<u64> { tokens.list[d.tokens.clone()].iter().map(|t| t.hash).filter(|&h| h != 0).collect() };
    let own = words(&drafts[at]);
    own.len() >= 5
        && drafts[at + 1..]
            .iter()
            .take(60)
            .any(|d| d.words >= own.len() && d.words < 400 && words(d).windows(own.len()).any(|w| w == own))
}

/// `Q:` and `A:` name their parts themselves.
fn interviews(tokens: &Tokens<'_>, drafts: &mut [Draft], body: usize) {
    for draft in &mut drafts[body..] {
        let r = &draft.tokens;
        if draft.role.is_some() || r.len() < 3 || tokens.word(r.start + 1) != ":" && tokens.word(r.start + 1) != "." {
            continue;
        }
        match tokens.word(r.start) {
            "Q" => draft.role = Some(Role::Question),
            "A" if tokens.word(r.start + 1) == ":" => draft.role = Some(Role::Answer),
            _ => {}
        }
    }
}

/// Short pieces after a colon are items of a list.
fn lists(tokens: &Tokens<'_>, drafts: &mut [Draft], body: usize) {
    let mut i = body;
    while i < drafts.len() {
        let introduces = drafts[i].role.is_none() && drafts[i].span.of(tokens.text).ends_with(':');
        i += 1;
        if !introduces {
            continue;
        }
        let is_item = |d: &Draft| {
            d.role.is_none()
                && d.words <= 14
                && d.words > 0
                && d.opening.is_none()
                && tokens[d.tokens.start].kind != Kind::Mark
                && !d.span.of(tokens.text).ends_with(':')
        };
        let n = drafts[i..].iter().take_while(|d| is_item(d)).count();
        let open = drafts[i..i + n].iter().any(|d| !ends_with_stop(d.span.of(tokens.text)));
        if n >= 2 && open {
            drafts[i..i + n].iter_mut().for_each(|d| d.role = Some(Role::ListItem));
            i += n;
        }
    }
}

/// Short lines without a stop, between paragraphs.
fn subheads(tokens: &Tokens<'_>, drafts: &mut [Draft], body: usize) {
    for i in body..drafts.len() {
        if drafts[i].role.is_some() || i == 0 {
            continue;
        }
        let next = drafts[i + 1..].iter().find(|d| d.role != Some(Role::Note));
        let leads = next.is_some_and(|d| d.role.is_none() || matches!(d.role, Some(Role::ListItem | Role::Caption)));
        if leads && is_subhead(tokens, &drafts[i]) {
            drafts[i].role = Some(Role::Subhead);
        }
    }
}

fn is_subhead(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let line = draft.span.of(tokens.text);
    let first = &tokens[draft.tokens.start];
    if draft.words > 15
        || draft.words == 0
        || draft.opening.is_some()
        || first.is_word() && !first.is_capital() && !first.flags.contains(Flags::UNSPACED)
    {
        return false;
    }
    let asks = line.ends_with(['?', '？']) && first.kind != Kind::Mark && draft.words <= 14;
    asks && draft.words > 1 || !ends_with_stop(line)
}
