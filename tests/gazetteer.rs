//! The gazetteer by example, and against a matcher so simple that it must be right.

use proptest::prelude::*;
use pullquote::article::EntityType;
use pullquote::gazetteer::{Gazetteer, Mode, Record, Scratch};
use pullquote::text::{folded, tokenize};

fn named(name: &str) -> Record {
    Record { name: name.to_owned(), ..Record::default() }
}

fn build<'a>(names: impl IntoIterator<Item = &'a str>) -> Gazetteer {
    Gazetteer::from_records(names.into_iter().map(named)).expect("every name is good")
}

fn found<'t>(kb: &Gazetteer, text: &'t str) -> Vec<&'t str> {
    kb.matches(&tokenize(text)).iter().map(|hit| hit.span.of(text)).collect()
}

fn in_mode(kb: &Gazetteer, mode: Mode, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    kb.each_match(&tokenize(text), mode, &mut Scratch::default(), |hit| out.push(hit.span.of(text).to_owned()));
    out
}

/// Aliases with `|` between them, a text, and what is found in it with `|` between.
const CASES: &[(&str, &str, &str)] = &[
    // The longest, whole words, possessives
    ("England|Bank of England", "The Bank of England governor", "Bank of England"),
    ("Bank of England|Bank of Scotland|Bank", "the Bank of Ireland", "Bank"),
    ("Lee|York|New York Times", "Leeds, New Yorkers and New York", "York"),
    ("Nokia|Clintons", "Nokia’s and Nokia's Clintons' NOKIA'S", "Nokia|Nokia|Clintons|NOKIA"),
    ("McDonald's|Lloyd's of London", "McDonald’s and Lloyd’s of London", "McDonald’s|Lloyd’s of London"),
    ("Workers' Party", "the Workers’ Party, or Workers Party", "Workers’ Party|Workers Party"),
    // Hyphens and dashes
    ("Russia|Africa|Moscow", "a Russia-Africa forum, Moscow-based", "Russia|Africa|Moscow"),
    (
        "Jean-Pierre Bemba",
        "Jean-Pierre Bemba, Jean–Pierre Bemba, Jean Pierre Bemba",
        "Jean-Pierre Bemba|Jean–Pierre Bemba|Jean Pierre Bemba",
    ),
    ("Wilkes Barre|Rhine - Ruhr", "Wilkes–Barre, Rhine - Ruhr and Rhine-Ruhr", "Wilkes–Barre|Rhine - Ruhr|Rhine-Ruhr"),
    ("Lee Kim", "said Lee—Kim was away, Lee - Kim too", ""),
    // Diacritics, apostrophes, white space
    ("Łukasz Żak|Sao Paulo", "Lukasz Zak of São Paulo, ŁUKASZ Z\u{307}AK", "Lukasz Zak|São Paulo|ŁUKASZ Z\u{307}AK"),
    ("O'Neil", "O’Neil, OʼNeil and O'Neil's", "O’Neil|OʼNeil|O'Neil"),
    (
        "Ana Ortiz",
        "Ana\u{a0}Ortiz, Ana  Ortiz, Ana\nOrtiz, Ana&nbsp;Ortiz",
        "Ana\u{a0}Ortiz|Ana  Ortiz|Ana\nOrtiz|Ana&nbsp;Ortiz",
    ),
    ("Ana Ortiz|Jean-Pierre", "Ana\n\nOrtiz and Jean-\nPierre", "Jean-\nPierre"),
    ("Ana Ortiz", "İİİ Ana Ortiz", "Ana Ortiz"),
    ("Procter & Gamble|AT&T", "Procter &amp; Gamble and AT&T", "Procter &amp; Gamble|AT&T"),
    // Capitals
    ("Sergey Lavrov|Tunis", "LAVROV, SERGEY LAVROV LANDS IN TUNIS, sergey lavrov", "SERGEY LAVROV|TUNIS"),
    ("US|WHO|IT", "US and us, Us; Who knows? it is It", "US"),
    ("US", "The U.S. and the U. S. Senate", "U.S.|U. S."),
    ("U.S.|May|Ali", "US u.s. May MAY may ALI", "US|May"),
    ("NATO|iPhone", "Nato nato NATO iPhone IPHONE iphone", "Nato|NATO|iPhone|IPHONE"),
    (
        "rapid support forces|al-Shabaab",
        "Rapid Support Forces rapid support forces Al Shabaab",
        "Rapid Support Forces|rapid support forces|Al Shabaab",
    ),
    (
        "BANK OF ENGLAND|The Hague|Bank Of The West",
        "Bank of England in the Hague, Bank of the West",
        "Bank of England|the Hague|Bank of the West",
    ),
    ("US", "PLEASE TELL US THE TRUTH", ""),
    ("3M", "3m people left 3M", "3M"),
    // Initials and stops
    ("J.K. Marsh", "J.K. Marsh, J. K. Marsh, JK Marsh, J K Marsh", "J.K. Marsh|J. K. Marsh|JK Marsh|J K Marsh"),
    ("J. K. Marsh", "J.K. Marsh, J. K. Marsh, JK Marsh", "J.K. Marsh|J. K. Marsh|JK Marsh"),
    ("JK Marsh", "J.K. Marsh, J. K. Marsh, JK Marsh", "J.K. Marsh|J. K. Marsh|JK Marsh"),
    ("John F. Kerr|Ted R Poe", "John F Kerr, John F. Kerr, Ted R. Poe", "John F Kerr|John F. Kerr|Ted R. Poe"),
    ("St. Louis|St Albans|Acme Inc.", "St Louis, St. Albans, Acme Inc", "St Louis|St. Albans|Acme Inc"),
    ("Ana Ortiz", "He met Ana. Ortiz left.", ""),
    // Scripts without spaces
    ("北京|欢迎", "北京欢迎你", "北京|欢迎"),
    ("กรุงเทพ", "ที่กรุงเทพมหานคร", "กรุงเทพ"),
    ("がく", "かく がく", "がく"),
    ("东京大学|东京", "在东京大学和东京", "东京大学|东京"),
    ("弗拉基米尔·普京|Nokia", "总统弗拉基米尔·普京说Nokia公司", "弗拉基米尔·普京|Nokia"),
];

#[test]
fn finds_names_as_news_writes_them() {
    for &(aliases, text, want) in CASES {
        let kb = build(aliases.split('|'));
        assert_eq!(found(&kb, text).join("|"), want, "{aliases} in {text}");
    }
}

#[test]
fn modes_choose_among_overlaps() {
    let rank = |name: &str, prior| Record { prior: Some(prior), ..named(name) };
    let kb = Gazetteer::from_records([
        rank("University of Cairo", 0.2),
        rank("Cairo", 0.1),
        rank("Cairo Museum", 0.9),
        rank("University", 0.5),
    ])
    .expect("good records");
    let text = "the University of Cairo Museum";
    assert_eq!(in_mode(&kb, Mode::Longest, text), ["University of Cairo"]);
    assert_eq!(in_mode(&kb, Mode::All, text), ["University", "University of Cairo", "Cairo", "Cairo Museum"]);
    assert_eq!(in_mode(&kb, Mode::Maximal, text), ["University of Cairo", "Cairo Museum"]);
    assert_eq!(in_mode(&kb, Mode::Priority, text), ["University", "Cairo Museum"]);
}

#[test]
fn the_likeliest_record_comes_first() {
    let paris = |id: &str, prior| Record { id: id.into(), prior, ..named("Paris") };
    let kb = Gazetteer::from_records([paris("texas", None), paris("france", Some(0.9)), paris("ontario", Some(0.1))])
        .expect("good records");
    let tokens = tokenize("in Paris");
    let [hit] = &kb.matches(&tokens)[..] else { panic!("one hit") };
    let ids: Vec<_> = hit.records.iter().map(|&r| kb.record(r).id).collect();
    assert_eq!(ids, ["france", "ontario", "texas"]);
}

#[test]
fn a_record_with_several_forms_is_named_once() {
    let kb = Gazetteer::from_records([Record {
        aliases: vec!["U.S.".into(), "US".into(), " ".into(), "USA".into()],
        kind: Some(EntityType::Place),
        ..named("United States")
    }])
    .expect("a good record");
    let tokens = tokenize("The US and the USA");
    let hits = kb.matches(&tokens);
    assert_eq!(hits.iter().map(|h| h.records.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(kb.alias(0, hits[1].alias), "USA");
    assert_eq!((kb.record(0).id.as_str(), kb.kind(0)), ("United States", Some(EntityType::Place)));
}

#[test]
fn bad_records_are_told_by_number() {
    let error = Gazetteer::from_records([named("Ana"), named(" ")]).expect_err("no name").to_string();
    assert!(error.starts_with("record 2: a record without a name"), "{error}");
    let error = Gazetteer::from_records([named(&"x".repeat(3000))]).expect_err("too long").to_string();
    assert!(error.contains("3000 bytes"), "{error}");
}

/// Words of which names and texts are made; several fold to the same.
fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "Ana", "ana", "ANA", "Ortiz", "Żak", "Zak", "of", "Cairo", "Bank", "bank", "O'Neil", "O’Neil", "kb", "Kb",
    ])
}

/// How the aliases are matched in so many words: every start, every alias, the longest kept, then on from its end.
fn oracle(aliases: &[Vec<&str>], words: &[&str]) -> Vec<(usize, usize)> {
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let shouted = |w: &&str| !w.chars().any(char::is_lowercase);
    let fits = |alias: &Vec<&str>, at: usize| {
        let Some(here) = words.get(at..at + alias.len()) else { return false };
        let short = alias.concat().chars().filter(|c| c.is_alphanumeric()).count() < 4 && !alias.iter().all(shouted);
        let cased: Vec<_> = here.iter().filter(|w| capital(w)).collect();
        here.iter().zip(alias).all(|(w, a)| folded(w) == folded(a) && (!capital(a) || capital(w)))
            && !(short && alias.iter().any(|a| capital(a)) && !cased.is_empty() && cased.iter().all(|w| shouted(w)))
            && (alias.len() > 1 || alias[0] != "ANA" || here == ["ANA"])
    };
    let (mut at, mut out) = (0, Vec::new());
    while at < words.len() {
        let best = aliases.iter().filter(|alias| fits(alias, at)).map(Vec::len).max();
        out.extend(best.map(|len| (at, at + len)));
        at += best.unwrap_or(1);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_the_oracle(
        aliases in proptest::collection::vec(proptest::collection::vec(word(), 1..4), 1..8),
        words in proptest::collection::vec(word(), 0..30),
    ) {
        let names: Vec<String> = aliases.iter().map(|alias| alias.join(" ")).collect();
        let kb = build(names.iter().map(String::as_str));
        let text = words.join(" ");
        let hits: Vec<_> = kb.matches(&tokenize(&text)).iter().map(|h| (h.tokens.start, h.tokens.end)).collect();
        prop_assert_eq!(hits, oracle(&aliases, &words), "{:?} in {}", names, text);
    }

    #[test]
    fn a_name_is_found_in_its_own_text(name in "\\PC{1,12}") {
        if let Ok(kb) = Gazetteer::from_records([named(&name)]) {
            let tokens = tokenize(&name);
            let found = kb.matches(&tokens);
            prop_assert!(found.iter().all(|hit| name.get(hit.span.start as usize..hit.span.end as usize).is_some()));
        }
    }

    #[test]
    fn longest_hits_are_among_all_hits(names in proptest::collection::vec("\\PC{1,8}", 1..20), text in "\\PC{0,80}") {
        let good = names.iter().map(String::as_str).chain(["Ana", "北", "a"]).filter(|n| !n.trim().is_empty());
        let kb = build(good);
        let tokens = tokenize(&text);
        let mut all = Vec::new();
        kb.each_match(&tokens, Mode::All, &mut Scratch::default(), |hit| all.push(hit.to_hit()));
        let longest = kb.matches(&tokens);
        prop_assert!(longest.iter().all(|hit| all.contains(hit)));
        prop_assert!(longest.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(all.iter().all(|hit| tokens.span(&hit.tokens).contains(hit.span)));
    }
}

mod csv {
    use super::*;
    use std::path::PathBuf;

    fn file(name: &str, content: &[u8]) -> PathBuf {
        let path = std::env::temp_dir().join(format!("pullquote-{}-{name}", std::process::id()));
        std::fs::write(&path, content).expect("the temporary folder can be written");
        path
    }

    #[test]
    fn columns_in_any_order() {
        let path = file(
            "order.csv",
            "\u{feff}Type,name,aliases,extra,prior\nperson,Ana Ortiz,\"A. Ortiz|Ortiz\",x,0.5\n,Acme,,,\n".as_bytes(),
        );
        let (kb, report) = Gazetteer::from_csv(&path, true).expect("a good file");
        assert_eq!((kb.len(), report.records, report.skipped), (2, 2, 0));
        let ana = kb.record(0);
        assert_eq!((ana.id.as_str(), ana.kind, ana.prior), ("Ana Ortiz", Some(EntityType::Person), Some(0.5)));
        assert_eq!(ana.aliases, ["A. Ortiz", "Ortiz"]);
        assert_eq!(found(&kb, "Ortiz left Acme"), ["Ortiz", "Acme"]);
    }

    #[test]
    fn tabs_need_no_quotes() {
        let path = file("tabs.tsv", b"id\tname\nq1\tThe \"Rock\" Diaz\n");
        let (kb, _) = Gazetteer::from_csv(&path, true).expect("a good file");
        assert_eq!(found(&kb, "the “Rock” Diaz"), ["the “Rock” Diaz"]);
    }

    #[test]
    fn bad_rows_are_told_by_line_or_skipped() {
        let path = file("bad.csv", b"name,type\nAna,person\nBo,planet\n,person\n\xff\xfe,\na,b,c\nCy,\n");
        let error = Gazetteer::from_csv(&path, true).expect_err("line 3").to_string();
        assert!(
            error.ends_with("bad.csv, line 3: type \"planet\": expected person, organization, place, group or misc"),
            "{error}"
        );
        let (kb, report) = Gazetteer::from_csv(&path, false).expect("bad rows are skipped");
        assert_eq!((kb.len(), report.skipped), (2, 4));
        for (problem, word) in report.problems.iter().zip(["line 3", "line 4", "line 5", "line 6"]) {
            assert!(problem.contains(word), "{problem}");
        }
    }

    #[test]
    fn a_file_without_names_or_not_there() {
        let path = file("header.csv", b"title,id\nAna,1\n");
        let error = Gazetteer::from_csv(&path, false).expect_err("no column").to_string();
        assert!(error.contains("no column `name`; the columns are title, id"), "{error}");
        let error = Gazetteer::from_csv(&path.with_extension("gone"), true).expect_err("no file").to_string();
        assert!(error.contains("gone"), "{error}");
    }
}
