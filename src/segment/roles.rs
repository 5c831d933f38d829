//! Pieces of the page in, blocks with their roles out: furniture by its words, the head of the page by its order, subheads
//! and captions by their neighbours.

use super::byline;
use super::deck::{goes_on, is_deck};
use super::draft::{Draft, Setting, ends_with_stop, has_inner_stop};
use crate::article::Role;
use crate::text::{Flags, Kind, Tokens};

/// Gives every draft its role.
pub(super) fn decide(tokens: &Tokens<'_>, drafts: &mut [Draft], setting: Setting) {
    captions(tokens, drafts);
    let body = head(tokens, drafts, setting);
    interviews(tokens, drafts, body);
    turns(tokens, drafts, body);
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
fn head(tokens: &Tokens<'_>, drafts: &mut [Draft], setting: Setting) -> usize {
    // A first line with a dash is a headline that quotes, unless a list begins the page.
    if drafts.len() > 1 && drafts[0].role == Some(Role::ListItem) && drafts[1].role != Some(Role::ListItem) {
        drafts[0].role = None;
    }
    let open = |drafts: &[Draft], from: usize| (from..drafts.len()).find(|&i| drafts[i].role.is_none());
    let Some(mut at) = open(drafts, 0) else { return 0 };
    if !setting.body_only && is_headline(tokens, &drafts[at]) && drafts.len() > at + 1 {
        if is_label(tokens, drafts, at) {
            drafts[at].role = Some(Role::SectionLabel);
            at += 1;
        }
        drafts[at].role = Some(Role::Headline);
        at += 1;
    }
    let mut decked = setting.body_only;
    while at < drafts.len() {
        let range = &drafts[at].tokens;
        if drafts[at].role.is_some() {
            at += 1;
            continue;
        }
        let after_byline = at > 0 && drafts[at - 1].role == Some(Role::Byline);
        let titled = byline::is_named_title(tokens, range) || after_byline && byline::is_name_and_title(tokens, range);
        // A name, and what its bearer is on the next line.
        let below = || drafts.get(at + 1).is_some_and(|d| d.words < 6 && byline::is_name_and_title(tokens, &d.tokens));
        let bare = at > 0 && byline::is_bare_name(tokens, range);
        let special = after_byline && drafts[at].span.of(tokens.text).starts_with("Special to ");
        let alone = special || at > 0 && drafts[at].words < 4 && byline::is_title(tokens, range);
        let titled = titled || alone || bare && (after_byline || below() || is_columnist(tokens, drafts, at));
        if drafts[at].opening.is_none() && (byline::is_byline(tokens, range) || titled) {
            drafts[at].role = Some(Role::Byline);
        } else if !decked && is_deck(tokens, drafts, at, setting.language) {
            drafts[at].role = Some(Role::Deck);
            decked = true;
        } else if goes_on(tokens, drafts, at) {
            drafts[at].role = Some(Role::Deck);
        } else {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a bare name below the headline is who wrote: the page is called an opinion, or says at its end who that is.
fn is_columnist(tokens: &Tokens<'_>, drafts: &[Draft], at: usize) -> bool {
    const OPINIONS: [&str; 8] =
        ["opinion", "comment", "column", "analysis", "perspective", "commentary", "essay", "viewpoint"];
    let text = |d: &Draft| d.span.of(tokens.text);
    let called = |d: &Draft| {
        let kicker = text(d).split(':').next().unwrap_or_default().trim();
        OPINIONS.iter().any(|o| o.eq_ignore_ascii_case(kicker))
    };
    let name = text(&drafts[at]);
    let told = |d: &Draft| text(d).strip_prefix(name).is_some_and(|rest| rest.starts_with(" is "));
    let prose = drafts.get(at + 1).is_some_and(|d| d.words > 12);
    prose && (drafts[..at].iter().any(called) || drafts[at + 1..].last().is_some_and(told))
}

fn is_headline(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let line = draft.span.of(tokens.text);
    draft.opening.is_none()
        && draft.words <= 40
        && draft.words > 0
        && !line.ends_with([',', ';'])
        && (!ends_with_stop(line)
            || draft.words <= 30 && line.ends_with(['?', '!', '…']) && !has_inner_stop(tokens, draft)
            || line.ends_with("...")
            || is_loud(tokens, draft))
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

/// Paragraphs that ask and paragraphs that answer in the first person, by turns.
fn turns(tokens: &Tokens<'_>, drafts: &mut [Draft], body: usize) {
    let asks = |d: &Draft| d.role.is_none() && d.words <= 40 && d.span.of(tokens.text).ends_with('?');
    let own = |d: &Draft| {
        let first =
            |i: usize| matches!(tokens.word(i), "I" | "I’m" | "I'm" | "my" | "My" | "me" | "we" | "We" | "our" | "Our");
        d.role.is_none() && d.tokens.clone().any(first)
    };
    // Talk that is no interview of a paper has neither byline nor deck.
    if !drafts[..body].iter().any(|d| matches!(d.role, Some(Role::Byline | Role::Deck))) {
        return;
    }
    let questions: Vec<_> = (body..drafts.len()).filter(|&i| asks(&drafts[i])).collect();
    let answered = questions.iter().filter(|&&i| drafts.get(i + 1).is_some_and(own)).count();
    let [first, .., last] = questions[..] else { return };
    let turns = last - first <= 3 * questions.len();
    let called = |d: &Draft| d.role.is_some() && d.span.of(tokens.text).to_ascii_lowercase().contains("interview");
    let least = if drafts[..body].iter().any(called) { 2 } else { 4 };
    if questions.len() < least || answered * 3 < questions.len() * 2 || !turns {
        return;
    }
    let mut answering = false;
    for draft in drafts[first..].iter_mut().take(last + 2 - first).filter(|d| d.role.is_none()) {
        let question = draft.span.of(tokens.text).ends_with('?') || answering && draft.words <= 10;
        draft.role = Some(if question { Role::Question } else { Role::Answer });
        answering = !question;
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

/// `"It stands." — Ana Ortiz`: quoted words with their speaker.
fn is_signed(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let dash = |i: usize| tokens[i].kind == Kind::Dash && tokens[i - 1].kind == Kind::Mark;
    tokens[draft.tokens.start].kind == Kind::Mark && draft.tokens.clone().skip(2).any(dash)
}

fn is_subhead(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let line = draft.span.of(tokens.text);
    let first = &tokens[draft.tokens.start];
    if draft.words > 15
        || draft.words == 0
        || draft.opening.is_some()
        || is_signed(tokens, draft)
        || first.is_word() && !first.is_capital() && !first.flags.contains(Flags::UNSPACED)
    {
        return false;
    }
    let asks = line.ends_with(['?', '？']) && first.kind != Kind::Mark && !has_inner_stop(tokens, draft);
    asks && draft.words > 1 || !ends_with_stop(line)
}
