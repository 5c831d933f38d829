//! Names that the quote stage has read in, the same with their ends mended out: a forename that was taken for a title, an honour
//! that was taken for a forename, a headline's adjective, a firm's name that was taken for a person's ([`firms`]).

use super::{Name, firms};
use crate::article::{EntityType, Role};
use crate::lang::Classes;
use crate::segment::Structure;
use crate::text::{Flags, Kind, Tokens};

/// Titles that are given names far more often.
const FORENAMES: [&str; 3] = ["Don", "Donna", "Dean"];

/// Titles that are given names behind another title.
const SECOND: [&str; 3] = ["Earl", "Duke", "Major"];

/// Before the names of people alone.
const HONOURED: [&str; 8] = ["Dr", "Mr", "Mrs", "Ms", "Miss", "Sir", "Dame", "Prof"];

/// Ranks of the police, before the names of people alone.
const RANKS: [&str; 8] = ["Insp", "Supt", "DCI", "DS", "PC", "DC", "PCSO", "Sgt"];

/// Mends the names of an article, which stand in order.
pub fn mend(tokens: &Tokens<'_>, classes: &[Classes], structure: &Structure, names: &mut Vec<Name>) {
    with_place(tokens, names);
    with_compass(tokens, names);
    part_body(tokens, classes, names);
    with_foe(tokens, names);
    with_ampersand(tokens, names);
    firms::retype(tokens, classes, names);
    of_kin(tokens, names);
    honoured(tokens, names);
    siblings(tokens, names);
    in_dateline(classes, structure, names);
    listed_cities(classes, names);
    names.retain(|n| {
        let none = is_title_alone(tokens, classes, n)
            || is_notion(tokens, classes, n)
            || is_degree(tokens, n)
            || n.tokens.len() == 1 && matches!(tokens.word(n.tokens.start), "Gov't" | "Gov’t" | "Govt");
        n.hit.is_some() || !none
    });
    for i in 0..names.len() {
        // "GTE Corp <GTE>".
        let open = names[i].tokens.clone().skip(1).find(|&t| tokens.word(t) == "<");
        if let Some(open) = open.filter(|_| names[i].hit.is_none()) {
            names[i].tokens.end = open;
            names[i].span = tokens.span(&names[i].tokens);
        }
        // "In a post on X".
        let first = names[i].tokens.start;
        let network =
            names[i].tokens.len() == 1 && tokens.word(first) == "X" && first > 0 && tokens.word(first - 1) == "on";
        if network && names[i].hit.is_none() {
            names[i].kind = EntityType::Organization;
        }
        // "London Stock Exchange".
        let exchange = names[i].tokens.len() > 1 && tokens.word(names[i].tokens.end - 1) == "Exchange";
        if exchange && names[i].hit.is_none() && names[i].kind == EntityType::Place {
            names[i].kind = EntityType::Organization;
        }
        // "Dr Rabito" of the Rabito Clinic.
        let honoured = names[i].title.as_ref().is_some_and(|t| t.len() < 3 && HONOURED.contains(&tokens.word(t.start)));
        if honoured && names[i].hit.is_none() {
            names[i].kind = EntityType::Person;
        }
        if names[i].kind != EntityType::Person || names[i].hit.is_some() {
            continue;
        }
        if is_body(tokens, classes, names, i) {
            let title = names[i].title.take();
            names[i].tokens.start = title.map_or(names[i].tokens.start, |t| t.start);
            names[i].kind = EntityType::Organization;
            names[i].span = tokens.span(&names[i].tokens);
            continue;
        }
        with_forename(tokens, classes, &mut names[i]);
        // "Chancellor of the Exchequer Ana Roe", "Nobel Laureate Ana Roe".
        let first = names[i].tokens.start;
        let ranked = names[i].tokens.len() > 2 && RANKS.contains(&tokens.word(first));
        if ranked || names[i].tokens.len() > 1 && tokens.word(first) == "Exchequer" {
            names[i].tokens.start += 1;
        } else if names[i].tokens.len() > 2 && tokens.word(first + 1) == "Laureate" {
            names[i].tokens.start += 2;
        }
        without_honour(tokens, &mut names[i]);
        if begins_headline(structure, &names[i]) && names_again(tokens, classes, names, i) {
            names[i].tokens.start += 1;
        }
        names[i].span = tokens.span(&names[i].tokens);
    }
}

/// "Deputy Prime Minister", "Crown Prince": no name behind the title.
fn is_title_alone(tokens: &Tokens<'_>, classes: &[Classes], name: &Name) -> bool {
    const NAMES: Classes = Classes::FORENAME.union(Classes::SURNAME);
    // "Chief Technology Officer".
    let before = name.tokens.start.checked_sub(1).map_or("", |t| tokens.word(t));
    let officer = tokens.word(name.tokens.end - 1) == "Officer" && name.tokens.len() < 4 && before == "Chief";
    let rank = matches!(tokens.word(name.tokens.start), "Extraordinary" | "Plenipotentiary") || officer;
    let Some(title) = name.title.as_ref().filter(|_| name.kind == EntityType::Person) else { return rank };
    let office = |t: usize| classes[t].intersects(Classes::ROLE | Classes::TITLE) || tokens.word(t) == "Prime";
    let crown = tokens.word(title.start) == "Crown" && name.tokens.len() == 1;
    let offices = name.tokens.clone().all(office) && !name.tokens.clone().any(|t| classes[t].intersects(NAMES));
    offices || rank || crown && office(name.tokens.start)
}

/// "Barry Roe, M.D.,": a degree behind a name.
fn is_degree(tokens: &Tokens<'_>, name: &Name) -> bool {
    const DEGREES: [&str; 12] = ["MD", "PhD", "DO", "RN", "JD", "MBA", "CPA", "MPH", "MSc", "BSc", "Esq", "EdD"];
    let comma = name.tokens.start.checked_sub(2).is_some_and(|t| tokens.word(t + 1) == "," && tokens[t].is_capital());
    let plain = || name.span.of(tokens.text).replace('.', "");
    comma && name.title.is_none() && DEGREES.contains(&&*plain())
}

/// "The Monetary Authority of Singapore": the place belongs to the name of the body.
fn with_place(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    const BODIES: [&str; 12] = [
        "University",
        "Authority",
        "Academy",
        "Council",
        "Federation",
        "Association",
        "Chamber",
        "Museum",
        "Society",
        "Union",
        "College",
        "Institute",
    ];
    names.dedup_by(|place, body| {
        let plain = body.hit.is_none() && place.hit.is_none() && place.title.is_none();
        let joined = place.tokens.start == body.tokens.end + 1 && tokens.word(body.tokens.end) == "of";
        let whole = plain
            && joined
            && (body.kind, place.kind) == (EntityType::Organization, EntityType::Place)
            && BODIES.contains(&tokens.word(body.tokens.end - 1));
        if whole {
            body.tokens.end = place.tokens.end;
            body.span = tokens.span(&body.tokens);
        }
        whole
    });
}

/// "N Korea", "S Africa": the letter belongs to the name of the country, and the whole is a place.
fn with_compass(tokens: &Tokens<'_>, names: &mut [Name]) {
    const POINTS: [&str; 2] = ["N", "S"];
    const HALVES: [&str; 3] = ["Korea", "Africa", "Ireland"];
    for name in names.iter_mut().filter(|n| n.hit.is_none() && n.title.is_none()) {
        let last = name.tokens.end - 1;
        let point = last.checked_sub(1).filter(|&t| POINTS.contains(&tokens.word(t)) && tokens[last].space_before());
        let whole = name.tokens.len() == 1 || name.tokens.len() == 2 && point == Some(name.tokens.start);
        if let Some(point) = point.filter(|_| whole && HALVES.contains(&tokens.word(last))) {
            name.tokens.start = point;
            name.kind = EntityType::Place;
            name.span = tokens.span(&name.tokens);
        }
    }
}

/// "Ambassador to the UN Anatoly Roe": the body and then the person.
fn part_body(tokens: &Tokens<'_>, classes: &[Classes], names: &mut Vec<Name>) {
    let role = |t: usize| classes[t].intersects(Classes::ROLE | Classes::TITLE);
    let mut parted = Vec::new();
    for (i, name) in names.iter().enumerate().filter(|(_, n)| n.hit.is_none() && n.title.is_none()) {
        let first = name.tokens.start;
        let last = name.tokens.end - 1;
        if name.tokens.len() < 3 {
            continue;
        }
        let acronym = |t: usize| tokens[t].flags.contains(Flags::ALL_CAPS);
        let body = acronym(first) && tokens[first].span.len() > 1 && !acronym(first + 1) && !acronym(last);
        let article = first.checked_sub(1).filter(|&t| tokens.word(t) == "the").unwrap_or(first);
        let to = article.checked_sub(1).filter(|&t| matches!(tokens.word(t), "to" | "at" | "of"));
        let sent = to.is_some_and(|to| (to.saturating_sub(2)..to).any(role));
        let noun = |t: usize| classes[t].intersects(Classes::COMMON | Classes::ORG_NOUN | Classes::ROLE);
        let forename = classes[first + 1].contains(Classes::FORENAME);
        if body && sent && (forename || !name.tokens.clone().any(noun)) {
            parted.push(i);
        }
    }
    for i in parted.into_iter().rev() {
        let (first, end) = (names[i].tokens.start, names[i].tokens.end);
        let mut person = names[i].clone();
        person.tokens = first + 1..end;
        person.kind = EntityType::Person;
        person.span = tokens.span(&person.tokens);
        names[i].tokens = first..first + 1;
        names[i].kind = EntityType::Organization;
        names[i].span = tokens.span(&names[i].tokens);
        names.insert(i + 1, person);
    }
}

/// "The Centre for Protection against Unfair Competition": what a body is against belongs to its name.
fn with_foe(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    let mut joined = false;
    for i in 0..names.len() {
        let against = names[i].tokens.end;
        let word = |t: usize| tokens.get(t).map_or("", |_| tokens.word(t));
        if !matches!(word(against), "against" | "Against") {
            continue;
        }
        let body = names[i].kind == EntityType::Organization && names[i].hit.is_none();
        let purposed = names[i].tokens.clone().any(|t| matches!(tokens.word(t), "for" | "of" | "and"));
        let led = purposed || word(against) == "Against";
        let capital = |t: &usize| tokens.get(*t).is_some_and(|token| token.is_capital() && token.is_word());
        let end = (against + 1..tokens.len()).find(|t| !capital(t)).unwrap_or(tokens.len());
        let apart = names.get(i + 1).is_none_or(|next| next.tokens.start >= end || next.tokens.end <= end);
        if body && led && end > against + 1 && apart {
            names[i].tokens.end = end;
            names[i].span = tokens.span(&names[i].tokens);
            joined = true;
        }
    }
    // What it is against may have been a name by itself.
    if joined {
        names.dedup_by(|inner, body| inner.tokens.start < body.tokens.end);
    }
}

/// "A daughter, Liis,", "his wife Oda": a member of a family is a person.
fn of_kin(tokens: &Tokens<'_>, names: &mut [Name]) {
    const KIN: [&str; 12] = [
        "daughter",
        "son",
        "wife",
        "husband",
        "mother",
        "father",
        "sister",
        "brother",
        "girlfriend",
        "boyfriend",
        "fiancée",
        "grandson",
    ];
    for name in names.iter_mut().filter(|n| n.hit.is_none() && n.tokens.len() < 3) {
        let Some(before) = name.tokens.start.checked_sub(1) else { continue };
        let comma = tokens.word(before) == ",";
        let noun = if comma { before.checked_sub(1) } else { Some(before) };
        let closed =
            tokens.get(name.tokens.end).is_some_and(|_| matches!(tokens.word(name.tokens.end), "," | "." | "and"));
        let acronym = tokens[name.tokens.start].flags.contains(Flags::ALL_CAPS);
        let unsure = name.kind != EntityType::Person
            && (name.kind != EntityType::Organization || closed && name.tokens.len() == 1);
        if unsure && !acronym && (closed || !comma) && noun.is_some_and(|t| KIN.contains(&tokens.word(t))) {
            name.kind = EntityType::Person;
        }
    }
}

/// "Two sisters, Nuala and Bríd": whom a noun for several of a family brings in are persons.
fn siblings(tokens: &Tokens<'_>, names: &mut [Name]) {
    const SEVERAL: [&str; 8] =
        ["sisters", "brothers", "sons", "daughters", "children", "grandchildren", "siblings", "twins"];
    let word = |t: usize| tokens.get(t).map_or("", |_| tokens.word(t));
    for i in 0..names.len() {
        let first = names[i].tokens.start;
        let comma = first.checked_sub(2).filter(|&t| matches!(word(t + 1), "," | ":") && SEVERAL.contains(&word(t)));
        if comma.is_none() {
            continue;
        }
        let mut last = i;
        while names.get(last + 1).is_some_and(|next| {
            let between = names[last].tokens.end..next.tokens.start;
            between.len() < 3 && between.into_iter().all(|t| matches!(word(t), "," | "and"))
        }) {
            last += 1;
        }
        let one = |n: &Name| n.tokens.len() == 1 && n.hit.is_none() && n.title.is_none();
        if last > i && names[i..=last].iter().all(one) {
            names[i..=last].iter_mut().for_each(|n| n.kind = EntityType::Person);
        }
    }
}

/// "ABUJA (Sahel News Service) —": what a dateline names as its place is one, and its agency a body.
fn in_dateline(classes: &[Classes], structure: &Structure, names: &mut [Name]) {
    for agency in structure.datelines.iter().filter_map(|d| d.agency) {
        let from = names.partition_point(|n| n.span.start < agency.start);
        let within = names[from..].iter_mut().take_while(|n| n.span.end <= agency.end);
        within.filter(|n| n.hit.is_none()).for_each(|n| n.kind = EntityType::Organization);
    }
    for place in structure.datelines.iter().filter_map(|d| d.place) {
        let from = names.partition_point(|n| n.span.start < place.start);
        for name in names[from..].iter_mut().take_while(|n| n.span.end <= place.end) {
            // "TODAY NICARAGUA" is a paper.
            let paper = name.tokens.len() > 1 && classes[name.tokens.end - 1].contains(Classes::COUNTRY);
            name.kind = if paper || name.hit.is_some() { name.kind } else { EntityType::Place };
        }
    }
}

/// "Baroness Roe", "DR. ROE", "our correspondent Ana Roe": whom such a title honours, and who reports, is a person.
fn honoured(tokens: &Tokens<'_>, names: &mut [Name]) {
    const LOUD: [&str; 10] = ["DR", "SEN", "REP", "MR", "MRS", "MS", "PROF", "SIR", "HON", "JUDGE"];
    const REPORTS: [&str; 5] = ["correspondent", "reporter", "journalist", "columnist", "photographer"];
    let title = |t: usize| matches!(tokens.word(t), "Baroness" | "Dr" | "Sir" | "Dame" | "Prof" | "Hon");
    for name in names.iter_mut().filter(|n| n.hit.is_none() && n.kind == EntityType::Organization) {
        let first = name.tokens.start;
        let several = (2..4).contains(&name.tokens.len());
        let stop = first.checked_sub(1).filter(|&t| tokens.word(t) == ".").unwrap_or(first);
        let before = stop.checked_sub(1).filter(|&t| tokens[t].is_word());
        let loud = before.is_some_and(|t| LOUD.contains(&tokens.word(t)));
        let loud = loud && name.tokens.clone().all(|t| tokens[t].flags.contains(Flags::ALL_CAPS));
        let reports = several && first == stop && before.is_some_and(|t| REPORTS.contains(&tokens.word(t)));
        if several && title(first) || loud || reports {
            name.kind = EntityType::Person;
        }
    }
}

/// "The Cologne line": a city that lists know is neither a group nor a work.
fn listed_cities(classes: &[Classes], names: &mut [Name]) {
    for name in names.iter_mut().filter(|n| n.hit.is_none() && n.tokens.len() == 1) {
        let class = classes[name.tokens.start];
        let unsure = matches!(name.kind, EntityType::Group | EntityType::Misc);
        if unsure && class.contains(Classes::CITY) && !class.intersects(Classes::DEMONYM | Classes::COMMON) {
            name.kind = EntityType::Place;
        }
    }
}

/// "Texas A&M": an ampersand without spaces joins two letters of one name, and the name before them.
fn with_ampersand(tokens: &Tokens<'_>, names: &mut [Name]) {
    let joined = |t: usize| tokens.get(t).is_some_and(|token| !token.space_before());
    let letter = |t: usize| tokens.get(t).is_some_and(|token| token.span.len() == 1 && token.is_capital());
    for i in 0..names.len() {
        let end = names[i].tokens.end;
        let first = if letter(end - 1) { end - 1 } else { end };
        let and = first + 1;
        let follows = names.get(i + 1).is_none_or(|next| next.tokens.start > and + 1);
        let joins = tokens.get(and).is_some_and(|_| tokens.word(and) == "&") && joined(and) && joined(and + 1);
        if joins && letter(first) && letter(and + 1) && follows && names[i].hit.is_none() {
            names[i].tokens.end = and + 2;
            names[i].kind = EntityType::Organization;
            names[i].span = tokens.span(&names[i].tokens);
        }
    }
}

/// "Patriarchy and misogyny remain", "Woefully inadequate": an abstract noun or an adverb at the beginning of a sentence.
fn is_notion(tokens: &Tokens<'_>, classes: &[Classes], name: &Name) -> bool {
    const ENDINGS: [&str; 11] =
        ["archy", "gyny", "ocracy", "ology", "ality", "ivity", "fully", "ously", "ately", "edly", "ingly"];
    let first = name.tokens.start;
    let opens = first == 0 || tokens[first - 1].kind == Kind::Stop || tokens[first].flags.contains(Flags::LINE_BEFORE);
    let plain = !classes[first].intersects(Classes::FORENAME | Classes::SURNAME) && name.title.is_none();
    let word = tokens.word(first);
    let person = name.kind == EntityType::Person && name.tokens.len() == 1;
    person && plain && opens && word.len() > 6 && ENDINGS.iter().any(|e| word.ends_with(e))
}

/// "General Acquisition", where another name goes on so ("General Acquisition Co"): no general of that name.
fn is_body(tokens: &Tokens<'_>, classes: &[Classes], names: &[Name], i: usize) -> bool {
    let Some(title) = names[i].title.clone().filter(|t| t.len() == 1 && t.end == names[i].tokens.start) else {
        return false;
    };
    let own = title.start..names[i].tokens.end;
    let person = classes[own.start + 1].intersects(Classes::FORENAME | Classes::SURNAME);
    let longer = |n: &Name| {
        n.kind == EntityType::Organization
            && n.tokens.len() >= own.len()
            && n.tokens.clone().zip(own.clone()).all(|(a, b)| tokens[a].hash == tokens[b].hash)
    };
    !person && names.iter().any(longer)
}

/// "Donna Kelce", "Don Roe", though not "Don Pedro"; "Rep. Earl Roe".
fn with_forename(tokens: &Tokens<'_>, classes: &[Classes], name: &mut Name) {
    let Some(title) = name.title.clone().filter(|t| t.end == name.tokens.start) else { return };
    let given = classes[name.tokens.start].contains(Classes::FORENAME);
    let last = title.end - 1;
    let office = |i: usize| classes[i].intersects(Classes::ROLE | Classes::TITLE);
    let second = (1..3).filter_map(|back| last.checked_sub(back)).find(|&i| tokens[i].is_word()).is_some_and(office);
    let forename = FORENAMES.contains(&tokens.word(last)) || second && SECOND.contains(&tokens.word(last));
    if forename && !given {
        name.tokens.start = last;
        name.title = (title.start < last).then_some(title.start..last);
    }
}

/// "Datuk Seri Anwar Ibrahim".
fn without_honour(tokens: &Tokens<'_>, name: &mut Name) {
    let start = name.tokens.start;
    let seri = matches!(tokens.word(start), "Seri" | "Sri") && name.tokens.len() > 1;
    let before = |back: usize| start.checked_sub(back).map_or("", |i| tokens.word(i));
    let datuk = |word: &str| matches!(word, "Datuk" | "Dato" | "Tan");
    if seri && (datuk(before(1)) || datuk(before(2))) {
        name.tokens.start += 1;
        name.title = name.title.take().map(|t| t.start..start + 1);
    }
}

/// Whether a name of several words opens a headline.
fn begins_headline(structure: &Structure, name: &Name) -> bool {
    let starts = |b: &crate::segment::Block| b.role == Role::Headline && b.tokens.start == name.tokens.start;
    name.tokens.len() > 1 && name.title.is_none() && structure.blocks.iter().any(starts)
}

/// "Disappointed Scott", where the article speaks of Allan Scott: whether the first word is an ordinary one and the rest ends
/// another person's name.
fn names_again(tokens: &Tokens<'_>, classes: &[Classes], names: &[Name], i: usize) -> bool {
    let own = &names[i].tokens;
    let first = classes[own.start];
    if !first.contains(Classes::COMMON) || first.intersects(Classes::FORENAME | Classes::SURNAME) {
        return false;
    }
    let same = |a: usize, b: usize| tokens[a].hash == tokens[b].hash;
    let rest = own.start + 1..own.end;
    let whole = |n: &Name| n.tokens.len() == own.len() && n.tokens.clone().zip(own.clone()).all(|(a, b)| same(a, b));
    let ends = |n: &Name| {
        n.tokens.len() > rest.len() && n.tokens.clone().rev().zip(rest.clone().rev()).all(|(a, b)| same(a, b))
    };
    let mut others = names.iter().enumerate().filter(|(k, n)| *k != i && n.kind == EntityType::Person);
    others.clone().any(|(_, n)| ends(n) && !whole(n)) && !others.any(|(_, n)| whole(n))
}
