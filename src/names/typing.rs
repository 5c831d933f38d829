//! A candidate in, evidence for each type out: lists, parts of the name, and the words around it.

use super::known::known;
use super::parts::Candidate;
use super::scene::{Cap, Scene};
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Flags, Kind, TokenRange};

/// Points for person, organization, place, group and misc.
pub(super) type Points = [i32; 5];

const P: usize = 0;
const O: usize = 1;
const L: usize = 2;
const G: usize = 3;
const M: usize = 4;

/// The type with the most points; organization wins over the rest at a tie, person over place.
pub(super) fn best(points: &Points) -> EntityType {
    const ORDER: [(usize, EntityType); 5] = [
        (O, EntityType::Organization),
        (P, EntityType::Person),
        (L, EntityType::Place),
        (G, EntityType::Group),
        (M, EntityType::Misc),
    ];
    let mut winner = ORDER[0];
    for next in ORDER {
        if points[next.0] > points[winner.0] {
            winner = next;
        }
    }
    winner.1
}

/// The index of a type among the points.
pub(super) fn slot(kind: EntityType) -> usize {
    match kind {
        EntityType::Person => P,
        EntityType::Organization => O,
        EntityType::Place => L,
        EntityType::Group => G,
        EntityType::Misc => M,
    }
}

/// What the name itself and its neighbours say.
pub(super) fn evidence(scene: &Scene<'_, '_>, name: &Candidate) -> Points {
    let mut points = [0; 5];
    if let Some(kind) = name.kind {
        points[slot(kind)] += 20;
    }
    if name.title.is_some() {
        points[P] += 12;
    }
    let range = &name.tokens;
    if let Some((phrase, kind)) = known().at(scene.tokens, range.start, range.end)
        && phrase.end == range.end
    {
        points[slot(kind)] += 9;
    } else if range.len() == 1 {
        one_word(scene, range.start, &mut points);
    } else {
        several_words(scene, range, &mut points);
    }
    before(scene, range, &mut points);
    after(scene, range, &mut points);
    points
}

fn one_word(scene: &Scene<'_, '_>, i: usize, points: &mut Points) {
    let class = scene.class(i);
    let personal = class.intersects(Classes::FORENAME | Classes::SURNAME);
    let country = class.contains(Classes::COUNTRY);
    for (any, slot, weight) in [
        (Classes::DEMONYM, G, 9),
        (Classes::COUNTRY, L, 8),
        (Classes::STATE, L, 6),
        (Classes::CITY, L, if personal { 5 } else { 6 }),
        (
            Classes::FORENAME,
            P,
            if country {
                0
            } else if class.contains(Classes::CITY) {
                2
            } else {
                4
            },
        ),
        (
            Classes::SURNAME,
            P,
            if country {
                0
            } else if class.intersects(Classes::COMMON | Classes::CITY) {
                1
            } else {
                3
            },
        ),
        (Classes::AGENCY, O, 7),
        (Classes::ORG_NOUN, O, 5),
        (Classes::PLACE_NOUN, L, 1),
        (Classes::MISC_NOUN, M, 2),
    ] {
        if class.intersects(any) {
            points[slot] += weight;
        }
    }
    let token = &scene.tokens[i];
    if token.flags.contains(Flags::ALL_CAPS) && scene.cap(i) != Cap::Loud && token.span.len() <= 7 {
        points[O] += 5;
    } else if token.flags.contains(Flags::INNER_CAPITAL) {
        let mac = scene.tokens.word(i).starts_with("Mc") || scene.tokens.word(i).starts_with("Mac");
        points[if mac { P } else { O }] += 3;
    } else if !class.contains(Classes::COMMON) {
        points[P] += 1;
        points[O] += 1;
    }
}

fn several_words(scene: &Scene<'_, '_>, range: &TokenRange, points: &mut Points) {
    let mut last = range.end - 1;
    if scene.tokens[last].kind == Kind::Stop {
        last -= 1;
    }
    let (first, tail) = (scene.class(range.start), scene.class(last));
    let of = range.clone().find(|&i| scene.cap(i) == Cap::None && matches!(scene.tokens.word(i), "of" | "for" | "on"));
    let head = of.map_or(tail, |i| scene.class(i.saturating_sub(1)));
    if tail.contains(Classes::ORG_SUFFIX) && !tail.contains(Classes::SURNAME) {
        points[O] += 9;
    }
    if head.contains(Classes::ORG_NOUN) {
        points[O] += 7;
    } else if head.contains(Classes::PLACE_NOUN) {
        points[L] += if of.is_some() && head.contains(Classes::COMMON) { 5 } else { 7 };
    } else if head.contains(Classes::MISC_NOUN) {
        points[M] += 7;
    }
    let plain = !tail.intersects(Classes::ORG_NOUN | Classes::PLACE_NOUN | Classes::MISC_NOUN)
        || tail.intersects(Classes::SURNAME) && !is_plain_place(scene.tokens.word(last));
    let article = first.contains(Classes::PARTICLE) && scene.is_hyphen(range.start + 1);
    if first.contains(Classes::FORENAME) && plain && of.is_none() && !article {
        points[P] += if first.contains(Classes::COMMON) { 3 } else { 6 };
    }
    if scene.is_initial(range.start) && !scene.tokens[range.start].flags.contains(Flags::DOTTED)
        || range.clone().skip(1).any(|i| scene.is_initial(i))
    {
        points[P] += 4;
    }
    if tail.contains(Classes::NAME_SUFFIX) {
        points[P] += 6;
    }
    if range.clone().any(|i| scene.has(i, Classes::PARTICLE) && scene.cap(i) == Cap::None) {
        points[P] += 3;
    }
    if tail.contains(Classes::SURNAME) && !head.contains(Classes::ORG_NOUN) && of.is_none() {
        points[P] += if tail.contains(Classes::COMMON) { 1 } else { 3 };
    }
    if first.contains(Classes::SURNAME) && range.len() <= 3 && !first.contains(Classes::COMMON) {
        points[P] += 1;
    }
    shape(scene, range, points);
}

/// Nouns that end places' names and hardly any person's.
fn is_plain_place(word: &str) -> bool {
    matches!(
        word,
        "Street"
            | "Avenue"
            | "Road"
            | "Lake"
            | "Airport"
            | "Lodge"
            | "House"
            | "Bridge"
            | "Square"
            | "Dam"
            | "Station"
            | "Island"
            | "Islands"
            | "County"
            | "Valley"
            | "Province"
            | "District"
            | "River"
            | "University"
            | "Church"
            | "School"
            | "Hospital"
    )
}

/// What the shapes of the words of a longer name say.
fn shape(scene: &Scene<'_, '_>, range: &TokenRange, points: &mut Points) {
    let words = || range.clone().filter(|&i| scene.tokens[i].is_word() && scene.cap(i) != Cap::None);
    let first = scene.class(range.start);
    if matches!(
        scene.tokens.word(range.start),
        "Lake"
            | "Mount"
            | "Cape"
            | "Fort"
            | "Port"
            | "San"
            | "Santa"
            | "St"
            | "Saint"
            | "Gulf"
            | "North"
            | "South"
            | "East"
            | "West"
            | "Northern"
            | "Southern"
            | "Eastern"
            | "Western"
            | "New"
            | "Mt"
            | "El"
            | "Los"
            | "Las"
            | "Upper"
            | "Lower"
            | "Central"
            | "Camp"
    ) {
        points[L] += if matches!(scene.tokens.word(range.start), "Lake" | "Mount" | "Mt" | "Gulf" | "Port" | "Cape") {
            10
        } else {
            5
        };
    }
    if matches!(
        scene.tokens.word(range.start),
        "Hurricane" | "Cyclone" | "Typhoon" | "Storm" | "Tropical" | "Operation"
    ) {
        points[M] += 12;
    }
    if words().all(|i| scene.has(i, Classes::COMMON)) {
        points[O] += 2;
        points[M] += 1;
        points[P] -= 2;
    }
    if first.intersects(Classes::COUNTRY | Classes::DEMONYM)
        || first.contains(Classes::CITY) && !first.intersects(Classes::FORENAME | Classes::SURNAME)
    {
        points[O] += 3;
        points[P] -= 2;
    }
    if words().any(|i| {
        scene.tokens[i].flags.contains(Flags::ALL_CAPS)
            && scene.tokens[i].span.len() > 1
            && scene.cap(i) == Cap::Sure
            && !scene.tokens[i].flags.contains(Flags::DOTTED)
    }) {
        points[O] += 2;
    }
    let count = words().count();
    if (2..=3).contains(&count)
        && words().all(|i| !scene.has(i, Classes::COMMON | Classes::ORG_NOUN | Classes::PLACE_NOUN))
    {
        points[P] += 3;
    }
    if words()
        .all(|i| scene.has(i, Classes::CITY | Classes::COUNTRY) && !scene.has(i, Classes::FORENAME | Classes::SURNAME))
    {
        points[L] += 3;
    }
}

fn before(scene: &Scene<'_, '_>, range: &TokenRange, points: &mut Points) {
    let Some(i) = range.start.checked_sub(1) else { return };
    let class = scene.class(i);
    let single = range.len() == 1;
    match scene.tokens.word(i) {
        "in" | "In" => points[L] += 4,
        "near" | "across" | "outside" | "toward" | "towards" | "around" | "throughout" => points[L] += 3,
        "to" | "from" | "into" => points[L] += 2,
        "at" => points[L] += 1,
        "by" | "with" | "told" => points[P] += 1,
        "the" | "The" => {
            points[O] += 2;
            points[M] += 1;
            points[P] -= 4;
            points[L] -= i32::from(single);
        }
        "of" if i > 0
            && matches!(
                scene.tokens.word(i - 1),
                "city"
                    | "town"
                    | "village"
                    | "province"
                    | "region"
                    | "state"
                    | "district"
                    | "capital"
                    | "port"
                    | "suburb"
                    | "outskirts"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
            ) =>
        {
            points[L] += 5;
        }
        "of" if single => points[L] += 2,
        _ if scene.cap(i) == Cap::None && class.contains(Classes::ROLE) => points[P] += 4,
        _ if scene.cap(i) == Cap::None && class.contains(Classes::ORG_NOUN) && class.contains(Classes::COMMON) => {
            points[O] += 2;
        }
        _ => {}
    }
}

fn after(scene: &Scene<'_, '_>, range: &TokenRange, points: &mut Points) {
    let Some(token) = scene.tokens.get(range.end) else { return };
    let (i, class) = (range.end, scene.class(range.end));
    match token.kind {
        Kind::Comma if scene.tokens.word(i) == "," => {
            if scene.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number && t.span.len() <= 2)
                && scene.tokens.get(i + 2).is_some()
                && scene.tokens.word(i + 2) == ","
            {
                points[P] += 6;
            } else if scene.cap(i + 1) != Cap::None && scene.has(i + 1, Classes::COUNTRY | Classes::STATE) {
                points[L] += 3;
            } else if scene.tokens.get(i + 1).is_some() && scene.tokens.word(i + 1) == "who" {
                points[P] += 4;
            }
        }
        Kind::Dash if scene.is_hyphen(i) && scene.tokens.word(i + 1) == "based" => points[L] += 6,
        Kind::Word if scene.cap(i) == Cap::None => {
            if class.contains(Classes::CUE_VERB) {
                points[P] += 2;
                points[O] += 1;
            } else if scene.tokens.word(i) == "who" {
                points[P] += 3;
            } else if class.contains(Classes::ORG_NOUN)
                || matches!(
                    scene.tokens.word(i),
                    "newspaper"
                        | "daily"
                        | "channel"
                        | "magazine"
                        | "website"
                        | "airline"
                        | "spokesman"
                        | "spokeswoman"
                        | "shares"
                        | "stock"
                        | "subsidiary"
                        | "television"
                )
            {
                points[O] += 6;
            } else if class.contains(Classes::PLACE_NOUN) {
                points[L] += 4;
            }
        }
        _ => {}
    }
}
