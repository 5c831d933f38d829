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
    kb.matches(&tokenize(text)).expect("whole").iter().map(|hit| hit.span.of(text)).collect()
}

fn in_mode(kb: &Gazetteer, mode: Mode, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    kb.each_match(&tokenize(text), mode, &mut Scratch::default(), |hit| out.push(hit.span.of(text).to_owned()))
        .expect("whole");
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
    let [hit] = &kb.matches(&tokens).expect("whole")[..] else { panic!("one hit") };
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
    let hits = kb.matches(&tokens).expect("whole");
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
        let hits: Vec<_> = kb.matches(&tokenize(&text)).expect("whole").iter().map(|h| (h.tokens.start, h.tokens.end)).collect();
        prop_assert_eq!(hits, oracle(&aliases, &words), "{:?} in {}", names, text);
    }

    #[test]
    fn a_name_is_found_in_its_own_text(name in "\\PC{1,12}") {
        if let Ok(kb) = Gazetteer::from_records([named(&name)]) {
            let tokens = tokenize(&name);
            let found = kb.matches(&tokens).expect("whole");
            prop_assert!(found.iter().all(|hit| name.get(hit.span.start as usize..hit.span.end as usize).is_some()));
        }
    }

    #[test]
    fn longest_hits_are_among_all_hits(names in proptest::collection::vec("\\PC{1,8}", 1..20), text in "\\PC{0,80}") {
        let good = names.iter().map(String::as_str).chain(["Ana", "北", "a"]).filter(|n| !n.trim().is_empty());
        let kb = build(good);
        let tokens = tokenize(&text);
        let mut all = Vec::new();
        kb.each_match(&tokens, Mode::All, &mut Scratch::default(), |hit| all.push(hit.to_hit())).expect("whole");
        let longest = kb.matches(&tokens).expect("whole");
        prop_assert!(longest.iter().all(|hit| all.contains(hit)));
        prop_assert!(longest.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(all.iter().all(|hit| tokens.span(&hit.tokens).contains(hit.span)));
    }
}

mod files {
    use super::*;
    use std::path::PathBuf;

    fn path(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("pullquote-{}-{name}.pqkb", std::process::id()))
    }

    fn sample() -> Gazetteer {
        build(["Ana Ortiz", "J.K. Marsh", "Bank of England", "US", "北京", "Procter & Gamble"])
    }

    const TEXT: &str = "Ana Ortiz of the Bank of England met J. K. Marsh of Procter & Gamble in the U.S. 在北京";

    #[test]
    fn a_saved_gazetteer_finds_the_same() {
        let (kb, path) = (sample(), path("same"));
        kb.save(&path).expect("the temporary folder can be written");
        let opened = Gazetteer::open(&path).expect("what was saved can be opened");
        assert_eq!(opened.matches(&tokenize(TEXT)).expect("whole"), kb.matches(&tokenize(TEXT)).expect("whole"));
        assert_eq!(found(&opened, TEXT).len(), 6);
        assert_eq!((opened.len(), opened.record(1)), (6, kb.record(1)));
        assert_eq!(opened.fingerprint().expect("one layer"), kb.fingerprint().expect("one layer"));
        assert_eq!(std::fs::read(&path).expect("the file is there"), sample().to_bytes().expect("one layer"));
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let bytes = sample().to_bytes().expect("one layer");
        let answer = sample().matches(&tokenize(TEXT)).expect("whole");
        for cut in 0..bytes.len() {
            assert!(Gazetteer::from_bytes(bytes[..cut].to_vec()).is_err(), "cut at {cut}");
        }
        let mut held = 0;
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1 << (at % 8);
            // Bytes between the sections are all that may change.
            if let Ok(kb) = Gazetteer::from_bytes(other) {
                assert_eq!(kb.matches(&tokenize(TEXT)).expect("whole"), answer, "bit of byte {at}");
                held += 1;
            }
        }
        assert!(held < 7 * 64, "{held} changes were not seen");
        assert!(Gazetteer::from_bytes([&bytes[..], b"x"].concat()).is_err());
        assert!(Gazetteer::from_bytes(bytes).is_ok());
    }

    /// Names enough for many blocks of a file.
    fn many() -> Gazetteer {
        let names: Vec<String> = (0..30_000).map(|i| format!("Ana{} Ortiz{}", i % 173, i)).collect();
        build(names.iter().map(String::as_str))
    }

    #[test]
    fn damage_is_seen_where_it_is_read() {
        let (kb, path) = (many(), path("blocks"));
        let bytes = kb.to_bytes().expect("one layer");
        let people: Vec<String> = (0..30_000).step_by(501).map(|i| format!("Ana{} Ortiz{i}", i % 173)).collect();
        let text = people.join(" left. ");
        let want = kb.matches(&tokenize(&text)).expect("whole");
        assert_eq!(want.len(), 60);
        let (mut late, mut seen) = (0, 0);
        for at in (0..bytes.len()).step_by(bytes.len() / 150) {
            let mut other = bytes.clone();
            other[at] ^= 0x10;
            std::fs::write(&path, other).expect("the temporary folder can be written");
            let Ok(opened) = Gazetteer::open(&path) else {
                seen += 1;
                continue;
            };
            assert!(opened.verify().is_err() || at < 4096, "byte {at}");
            let opened = Gazetteer::open(&path).expect("opened before");
            let hits = opened.matches(&tokenize(&text));
            let records = want.iter().map(|hit| opened.record(hit.records[0])).collect::<Vec<_>>();
            match (hits, opened.intact()) {
                (Ok(hits), Ok(())) => {
                    assert_eq!(hits, want, "byte {at}");
                    assert!(records.iter().zip(&want).all(|(r, hit)| *r == kb.record(hit.records[0])));
                }
                (_, error) => {
                    let error = error.expect_err("it stays broken").to_string();
                    assert!(error.contains("checksum differs") && error.contains("blocks"), "{error}");
                    late += 1;
                    assert!(opened.to_bytes().is_err() && opened.stats().is_err() && opened.fuzzy().is_err());
                }
            }
        }
        assert!(late > 20 && seen > 0, "{late} late, {seen} at once");
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("the temporary folder can be written");
        let error = Gazetteer::open(&path).expect_err("cut off").to_string();
        assert!(error.contains("cut off"), "{error}");
        std::fs::remove_file(&path).expect("it is there");
    }

    #[test]
    fn a_foreign_file_is_an_error_that_says_so() {
        let path = path("foreign");
        std::fs::write(&path, "name\nAna\n").expect("the temporary folder can be written");
        let error = Gazetteer::open(&path).expect_err("a foreign file").to_string();
        assert!(error.contains("no gazetteer") && error.contains("foreign"), "{error}");
        assert!(Gazetteer::open(&path.with_extension("gone")).is_err());
    }

    #[test]
    fn an_overlay_adds_and_removes() {
        let base = sample();
        let kb = base.overlay([named("Leon Vale"), named("US")], ["Ana Ortiz", "US"]).expect("good records");
        assert_eq!(found(&kb, "Ana Ortiz met Leon Vale in the US for J.K. Marsh"), ["Leon Vale", "US", "J.K. Marsh"]);
        assert_eq!((base.len(), kb.len()), (6, 6));
        let tokens = tokenize("Leon Vale");
        let hits = kb.matches(&tokens).expect("whole");
        assert_eq!(kb.id(hits[0].records[0]), "Leon Vale");
        let again = kb.overlay([named("Bo Reed")], ["Leon Vale"]).expect("a good record");
        assert_eq!(found(&again, "Leon Vale, Bo Reed, the US, Ana Ortiz"), ["Bo Reed", "US"]);
        let whole = Gazetteer::from_bytes(again.to_bytes().expect("it fits")).expect("whole bytes");
        assert_eq!(found(&whole, "Leon Vale, Bo Reed, the US, Ana Ortiz"), ["Bo Reed", "US"]);
        assert_eq!(found(&base, "Ana Ortiz"), ["Ana Ortiz"]);
    }

    #[test]
    fn layers_name_all_their_records() {
        let kb = build(["Paris"]).overlay([named("Paris"), named("Paris Texas")], []).expect("good records");
        let tokens = tokenize("Paris and Paris, Texas");
        assert_eq!(
            kb.matches(&tokens).expect("whole").iter().map(|h| h.records.clone()).collect::<Vec<_>>(),
            [[0, 1], [0, 1]]
        );
        let tokens = tokenize("Paris Texas");
        assert_eq!(kb.matches(&tokens).expect("whole")[0].records, [2]);
    }
}

mod fuzzy {
    use super::*;

    fn scored(aliases: &str, text: &str) -> Vec<String> {
        let fuzzy = build(aliases.split('|')).fuzzy().expect("whole");
        fuzzy
            .matches(&tokenize(text))
            .expect("whole")
            .iter()
            .map(|hit| format!("{}{}", hit.span.of(text), if hit.score < 1.0 { "~" } else { "" }))
            .collect()
    }

    #[test]
    fn one_edit_a_word() {
        for (aliases, text, want) in [
            ("Sergey Lavrov|Khalifa Haftar", "Sergei Lavrov met Khalifa Haftir", "Sergei Lavrov~|Khalifa Haftir~"),
            (
                "Haftar|Lavrov",
                "Hafter, Lavrov, Larvov, Lvrov, Lavrrov and Haftarian",
                "Hafter~|Lavrov|Larvov~|Lvrov~|Lavrrov~",
            ),
            ("Johan Smith", "Jahan Smyth, Jahan Smythe, Jack Smith", "Jahan Smyth~"),
            ("Bank of England", "the Bank of Engand said, the bnk of England", "Bank of Engand~"),
            ("Paris|Parks", "Paris, Parks", "Paris|Parks"),
            ("Acme", "Acne, acmes", ""),
            ("Żeleński", "Zelenskij", "Zelenskij~"),
            ("Chun-hung Lyles", "Chun-huvng Lyles, Chun-hung Lyle, Chun - hunh", "Chun-huvng Lyles~|Chun-hung Lyle~"),
            ("Marchi|Workerz Party", "March, Workers Party, Workerss Party", ""),
        ] {
            assert_eq!(scored(aliases, text).join("|"), want, "{aliases} in {text}");
        }
    }

    proptest! {
        #[test]
        fn variants_of_one_edit_are_found(name in "[A-Z][a-z]{5,9}", at in 1usize..5, letter in "[a-z]", kind in 0..3) {
            let mut variant = name.clone();
            match kind {
                0 => { variant.remove(at); }
                1 => variant.insert_str(at, &letter),
                _ => variant.replace_range(at..=at, &letter),
            }
            let kb = build([name.as_str(), "Quux Xyzzy"]).fuzzy().expect("whole");
            prop_assert_eq!(kb.matches(&tokenize(&variant)).expect("whole").len(), 1, "{} for {}", variant, name);
        }
    }
}

#[test]
fn one_gazetteer_serves_many_threads() {
    let kb = build(["Ana Ortiz", "Cairo"]);
    let text = "Ana Ortiz in Cairo. ".repeat(50);
    let alone = kb.matches(&tokenize(&text)).expect("whole");
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| kb.matches(&tokenize(&text)).expect("whole"))).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("no panic"), alone);
        }
    });
}

#[test]
fn weak_aliases_are_named() {
    let kb =
        Gazetteer::from_records([Record { weak_aliases: vec!["The Rock".into()], ..named("May") }, named("Ana Ortiz")])
            .expect("good records");
    let stats = kb.stats().expect("whole");
    assert_eq!((stats.records, stats.forms), (2, 3));
    assert_eq!(
        stats.weak.iter().map(|weak| kb.alias(weak.record, weak.alias)).collect::<Vec<_>>(),
        ["May", "The Rock"]
    );
}

#[test]
fn an_alias_in_lower_case_means_the_word_itself() {
    let word = Record { name: "inflation".into(), ..Record::default() };
    let called_weak = Record { name: "Prices".into(), weak_aliases: vec!["market".into()], ..Record::default() };
    let kb = Gazetteer::from_records([word, called_weak, named("Bank")]).expect("good records");
    let tokens = tokenize("The Bank expects inflation to ease and the market to calm.");
    let hits = kb.matches(&tokens).expect("whole");
    let found: Vec<_> = hits.iter().map(|h| (h.span.of(tokens.text), h.weak)).collect();
    assert_eq!(found, [("Bank", true), ("inflation", false), ("market", true)]);
}

#[test]
fn huge_and_odd_texts_take_linear_time() {
    let kb = build(["a a a a b", "北京大学", "Ana Ortiz", "A.B. C", "- x"]);
    let fuzzy = kb.fuzzy().expect("whole");
    for piece in ["a ", "北", "A", "Ana", "-", "&", "\n", ".", "A.", "'", "e\u{301}", "北A\u{301}"] {
        let text = piece.repeat(400_000 / piece.len());
        let tokens = tokenize(&text);
        let (exact, near) = (kb.matches(&tokens).expect("whole"), fuzzy.matches(&tokens).expect("whole"));
        assert!(near.len() >= exact.len(), "{piece}");
    }
}

/// Words of few letters, so that many hold others; four letters and more, so that a text in capitals counts too.
fn dense() -> impl Strategy<Value = String> {
    (proptest::sample::select(vec!["abab", "ab", "ba", "babab", "aabb"]), "[ab]{3,4}", 0..3).prop_map(
        |(head, tail, shape)| {
            let word = format!("{head}{tail}");
            match shape {
                0 => word,
                1 => format!("{}{}", word[..1].to_uppercase(), &word[1..]),
                _ => word.to_uppercase(),
            }
        },
    )
}

/// All places of the aliases by an automaton that knows nothing of words, those at the borders of words kept, and of these
/// the ones whose capitals are allowed.
fn by_automaton(aliases: &[String], text: &str) -> Vec<(usize, usize)> {
    let automaton =
        aho_corasick::AhoCorasick::builder().ascii_case_insensitive(true).build(aliases).expect("few aliases");
    let letter = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let starts = |words: &str| words.split(' ').map(|w| w.starts_with(char::is_uppercase)).collect::<Vec<_>>();
    let mut hits: Vec<_> = automaton
        .find_overlapping_iter(text)
        .filter(|hit| !letter(hit.start().checked_sub(1)) && !letter(Some(hit.end())))
        .filter(|hit| {
            let wanted = starts(&aliases[hit.pattern().as_usize()]);
            wanted.iter().zip(starts(&text[hit.range()])).all(|(wanted, has)| !wanted || has)
        })
        .map(|hit| (hit.start(), hit.end()))
        .collect();
    hits.sort_unstable();
    hits.dedup();
    hits
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_an_automaton(
        aliases in proptest::collection::vec(proptest::collection::vec(dense(), 1..4), 1..12),
        picks in proptest::collection::vec((any::<prop::sample::Index>(), dense(), 0..8, proptest::sample::select(vec![" ", " ", " ", ", ", ". ", "; ", "\n\n"])), 0..40),
    ) {
        let aliases: Vec<String> = aliases.iter().map(|words| words.join(" ")).collect();
        // Aliases as they stand, in small letters, in capitals, and words that are none.
        let pieces: Vec<String> = picks.iter().map(|(index, other, shape, gap)| {
            let alias = index.get(&aliases);
            let shown = match shape {
                0 => alias.to_lowercase(),
                1 => alias.to_uppercase(),
                2 => other.clone(),
                3 => format!("{alias}{other}"),
                4 => alias.split(' ').next().unwrap_or_default().to_owned(),
                _ => alias.clone(),
            };
            format!("{shown}{gap}")
        }).collect();
        let text = pieces.concat();
        let kb = build(aliases.iter().map(String::as_str));
        let spans = |mode| {
            let mut out = Vec::new();
            kb.each_match(&tokenize(&text), mode, &mut Scratch::default(), |hit| out.push((hit.span.start as usize, hit.span.end as usize)))
                .expect("in memory");
            out
        };
        let all = by_automaton(&aliases, &text);
        prop_assert_eq!(&spans(Mode::All), &all, "{:?} in {}", &aliases, &text);
        let mut end = 0;
        let mut longest = all.clone();
        longest.sort_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
        longest.retain(|hit| {
            let next = hit.0 >= end;
            if next {
                end = hit.1;
            }
            next
        });
        prop_assert_eq!(spans(Mode::Longest), longest);
        let within = |a: &(usize, usize), b: &(usize, usize)| a != b && b.0 <= a.0 && a.1 <= b.1;
        let maximal: Vec<_> = all.iter().filter(|a| !all.iter().any(|b| within(a, b))).copied().collect();
        prop_assert_eq!(spans(Mode::Maximal), maximal);
    }
}
