//! The formats that users bring to the gazetteer, good rows and bad ones.

use pullquote::article::EntityType;
use pullquote::gazetteer::{Gazetteer, Record};
use pullquote::text::tokenize;
use std::path::PathBuf;

fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("pullquote-{}-{name}", std::process::id()));
    std::fs::write(&path, content).expect("the temporary folder can be written");
    path
}

fn found<'t>(kb: &Gazetteer, text: &'t str) -> Vec<&'t str> {
    kb.matches(&tokenize(text)).expect("whole").iter().map(|hit| hit.span.of(text)).collect()
}

mod csv {
    use super::*;

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

#[test]
fn json_lines() {
    let path = file(
        "rows.jsonl",
        "\u{feff}{\"id\": 7, \"name\": \"Ana Ortiz\", \"aliases\": [\"A. Ortiz\"], \"type\": \"PER\", \"prior\": 0.5}\n\n\
         {\"name\": \"Acme\", \"aliases\": \"Acme Corp|Acme Inc\", \"weak_aliases\": [\"Top\"], \"other\": 1}\n\
         {\"name\": \"Bo\", \"aliases\": 5}\n{\"name\": \n{\"id\": \"x\"}\n"
            .as_bytes(),
    );
    let (kb, report) = Gazetteer::from_jsonl(&path, false).expect("bad rows are skipped");
    assert_eq!((kb.len(), report.records, report.skipped), (2, 2, 3));
    assert_eq!((kb.id(0), kb.kind(0)), ("7", Some(EntityType::Person)));
    assert_eq!(kb.record(1).aliases, ["Acme Corp", "Acme Inc"]);
    assert!(report.problems[0].contains("line 4: expected a string or a list of strings"), "{:?}", report.problems);
    let tokens = tokenize("Top of Acme Corp");
    assert_eq!(kb.matches(&tokens).expect("whole").iter().map(|h| h.weak).collect::<Vec<_>>(), [true, false]);
    let error = Gazetteer::from_jsonl(&path, true).expect_err("line 4").to_string();
    assert!(error.contains("rows.jsonl, line 4: "), "{error}");
}

#[test]
fn spacy_patterns() {
    let path = file(
        "patterns.jsonl",
        br#"{"label": "ORG", "pattern": "Apple", "id": "apple"}
{"label": "ORG", "pattern": [{"LOWER": "apple"}, {"ORTH": "Inc"}, {"TEXT": "."}], "id": "apple"}
{"label": "GPE", "pattern": [{"LOWER": "san"}, {"LOWER": "francisco"}]}
{"label": "SHIP", "pattern": [{"TEXT": "Wilkes"}, {"TEXT": "-"}, {"TEXT": "Barre"}]}
{"label": "GPE", "pattern": [{"LOWER": "new"}, {"OP": "?"}]}
{"label": "GPE", "pattern": [{"LOWER": {"IN": ["a", "b"]}}]}
{"label": "GPE", "pattern": []}
"#,
    );
    let (kb, report) = Gazetteer::from_spacy_patterns(&path, false).expect("bad rows are skipped");
    assert_eq!((kb.len(), report.records, report.skipped), (3, 3, 3));
    assert_eq!(
        kb.record(0),
        Record {
            id: "apple".into(),
            name: "Apple".into(),
            aliases: vec!["apple Inc.".into()],
            kind: Some(EntityType::Organization),
            ..Record::default()
        }
    );
    assert_eq!(
        found(&kb, "SAN FRANCISCO, san francisco, Apple Inc. of Wilkes-Barre; apple"),
        ["SAN FRANCISCO", "san francisco", "Apple Inc.", "Wilkes-Barre"]
    );
    assert!(report.problems[0].contains("line 5: a token of the pattern asks for \"OP\""), "{:?}", report.problems);
    assert!(report.problems[1].contains("line 6: ") && report.problems[2].contains("line 7: an empty"));
}

#[test]
fn flashtext_keywords() {
    let lines = file("keywords.txt", "NYC=>New York\nBig Apple => New York\nParis\n=>\n".as_bytes());
    let (kb, report) = Gazetteer::from_flashtext(&lines, false).expect("bad rows are skipped");
    assert_eq!((kb.len(), report.skipped), (2, 1));
    assert_eq!(found(&kb, "NYC, the Big Apple and Paris"), ["NYC", "Big Apple", "Paris"]);
    let json = file("keywords.json", br#"{"New York": ["NYC"], "Paris": []}"#);
    let (kb, _) = Gazetteer::from_flashtext(&json, true).expect("a good file");
    assert_eq!(found(&kb, "NYC and Paris"), ["NYC", "Paris"]);
    let bad = file("bad.json", br#"["NYC"]"#);
    let error = Gazetteer::from_flashtext(&bad, false).expect_err("a list").to_string();
    assert!(error.contains("line 1") && error.contains("keyword"), "{error}");
}

#[test]
fn follow_the_money() {
    let path = file(
        "entities.ftm.json",
        br#"{"id": "a", "schema": "Person", "caption": "Ana Ortiz", "properties": {"name": ["Ana Ortiz"], "alias": ["Anita Ortiz"], "weakAlias": ["Anita"], "country": ["mx"], "position": ["mayor"]}}
{"id": "b", "schema": "Company", "properties": {"name": ["Vale Holdings"], "previousName": ["Old Vale"], "abbreviation": ["VHL"]}}
{"id": "c", "schema": "Address", "properties": {"full": ["1 High Street"]}}
{"schema": "Person"}
"#,
    );
    let (kb, report) = Gazetteer::from_ftm(&path, false).expect("bad rows are skipped");
    assert_eq!((kb.len(), report.skipped), (2, 1));
    assert_eq!(found(&kb, "Anita Ortiz left Old Vale, now VHL"), ["Anita Ortiz", "Old Vale", "VHL"]);
    let ana = kb.record(0);
    assert_eq!((ana.country.as_deref(), &ana.roles[..]), (Some("mx"), &["mayor".to_owned()][..]));
    let tokens = tokenize("Anita");
    assert!(kb.matches(&tokens).expect("whole")[0].weak);
}

#[test]
fn wikidata_entities() {
    let path = file(
        "dump.json",
        br#"[
{"id": "Q1", "labels": {"en": {"value": "Ana Ortiz"}, "es": {"value": "Ana Ortiz de Vega"}, "fr": {"value": "Anne"}}, "aliases": {"en": [{"value": "Anita Ortiz"}]}, "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}], "P21": [{"mainsnak": {"datavalue": {"value": {"id": "Q6581072"}}}}], "P27": [{"mainsnak": {"snaktype": "somevalue"}}]}, "sitelinks": {"enwiki": {}, "eswiki": {}}},
{"id": "Q2", "labels": {"fr": {"value": "Rien"}}, "aliases": [], "claims": []},
{"id": "Q3", "labels": {"en": {"value": "Valetown"}}, "aliases": [], "claims": {"P31": [{"mainsnak": {}}, {"mainsnak": {"datavalue": {"value": {"id": "Q515"}}}}]}},
{"labels": {}}
]
"#,
    );
    let (kb, report) = Gazetteer::from_wikidata(&path, &["en", "es"], false).expect("bad rows are skipped");
    assert_eq!((kb.len(), report.skipped), (2, 1));
    let ana = kb.record(0);
    assert_eq!(ana.aliases, ["Ana Ortiz de Vega", "Anita Ortiz"]);
    assert_eq!((ana.kind, ana.gender.as_deref(), ana.prior), (Some(EntityType::Person), Some("female"), Some(2.0)));
    assert_eq!(kb.kind(1), Some(EntityType::Place));
}

#[cfg(feature = "corpus")]
#[test]
fn packed_files() {
    use pullquote::gazetteer::{Format, Options};
    use std::io::Write;
    let sources: [(&str, &str, Format); 7] = [
        ("csv", "name\nAna Ortiz\n", Format::Csv),
        ("jsonl", "{\"name\": \"Ana Ortiz\"}\n", Format::Jsonl),
        ("spacy", "{\"label\": \"PERSON\", \"pattern\": \"Ana Ortiz\"}\n", Format::SpacyPatterns),
        ("txt", "Ana Ortiz\n", Format::Flashtext),
        ("json", "{\"Ana Ortiz\": []}", Format::Flashtext),
        ("ftm", "{\"id\": \"a\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Ana Ortiz\"]}}\n", Format::Ftm),
        ("wikidata", "{\"id\": \"Q1\", \"labels\": {\"en\": {\"value\": \"Ana Ortiz\"}}}\n", Format::Wikidata),
    ];
    for (ending, rows, format) in sources {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(rows.as_bytes()).expect("memory can be written");
        let gz = file(&format!("packed.{ending}.gz"), &gz.finish().expect("memory can be written"));
        let zst = zstd::encode_all(rows.as_bytes(), 1).expect("memory can be written");
        for path in [gz, file(&format!("packed.{ending}.ZST"), &zst)] {
            let (kb, report) = Gazetteer::read(&path, Some(format), &Options::default()).expect("a good file");
            assert_eq!((found(&kb, "Ana Ortiz"), report.map(|r| r.records)), (vec!["Ana Ortiz"], Some(1)), "{ending}");
        }
    }
    let cut = file("cut.csv.gz", b"\x1f\x8b\x08\x00");
    assert!(Gazetteer::from_csv(&cut, true).expect_err("cut off").to_string().contains("cut.csv.gz"));
}
