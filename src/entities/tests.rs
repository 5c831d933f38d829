//! Short texts and what is linked in them.

use crate::Pipeline;
use crate::article::Article;
use crate::gazetteer::{Gazetteer, Record};
use proptest::prelude::*;
use std::sync::Arc;

fn parse(text: &str) -> Article<'_> {
    Pipeline::default().parse(text).expect("a short text")
}

/// The names of the entities of all mentions that read `words`.
fn bearers(article: &Article<'_>, words: &str) -> Vec<String> {
    let text: Vec<char> = article.text.chars().collect();
    let reads = |s: u32, e: u32| text[s as usize..e as usize].iter().collect::<String>() == words;
    let name = |id: u32| article.entities[id as usize].name.clone();
    article.mentions.iter().filter(|m| reads(m.start, m.end)).filter_map(|m| m.entity.map(name)).collect()
}

#[test]
fn short_forms_find_the_whole_name() {
    for (text, short, whole) in [
        ("Mayor Ines Coral came. Then Coral went home.", "Coral", "Ines Coral"),
        ("The Nile Water Authority (NWA) met. Later the NWA left.", "NWA", "Nile Water Authority"),
        ("Orchard Foods Ltd grew. Later Orchard Foods paid.", "Orchard Foods", "Orchard Foods Ltd"),
        ("Judge Yusuf Karami spoke. Then Youssef Karami left.", "Youssef Karami", "Yusuf Karami"),
        ("We saw J.K. Marlow. It was J. K. Marlow who sang.", "J. K. Marlow", "J.K. Marlow"),
        ("Samir el-Tahan came. Then el-Tahan spoke.", "el-Tahan", "Samir el-Tahan"),
    ] {
        let article = parse(text);
        let found = bearers(&article, short);
        assert!(!found.is_empty() && found.iter().all(|name| name == whole), "{text} {found:?}");
    }
}

#[test]
fn two_of_one_name_stay_two() {
    let article = parse("The shop of Harald Brandt and Anna Brandt is open. Mrs Brandt cooks. Mr Brandt writes.");
    assert_eq!(bearers(&article, "Brandt"), ["Anna Brandt", "Harald Brandt"]);
    let article = parse("His father Karl Stover built it. The son, Karl Stover Jr, sold it.");
    assert_eq!(bearers(&article, "Karl Stover"), ["Karl Stover"]);
}

#[test]
fn descriptions_find_their_bearer() {
    for (text, words, whole) in [
        (
            "Norway's Foreign Minister Sigrid Aune came. It was useful, Norway's top diplomat said.",
            "Norway's top diplomat",
            "Sigrid Aune",
        ),
        ("Ines Coral, the mayor of Varn, came. The mayor then fell.", "The mayor", "Ines Coral"),
        (
            "On Monday Acorn Holdings plc closed. Nobody knew why the company did so.",
            "the company",
            "Acorn Holdings plc",
        ),
    ] {
        let article = parse(text);
        assert_eq!(bearers(&article, words), [whole], "{text}");
    }
}

#[test]
fn an_object_is_not_its_subject() {
    let text = "Mayor Ines Coral won. But Wiremu Tully, of the Rice Board (RB), accused her of fraud.\n\n\"She has not come,\" he said.";
    assert_eq!(bearers(&parse(text), "he"), ["Wiremu Tully"]);
    assert_eq!(bearers(&parse(text), "her"), Vec::<String>::new());
}

#[test]
fn who_is_not_named_stays_so() {
    for (text, words) in [
        (
            "Foreign Minister Ines Coral came. U.S. officials left. \"It is fragile,\" the official said.",
            "the official",
        ),
        ("Acorn Holdings plc met. The paramilitary force said it was late. It did not say why it left.", "It"),
    ] {
        assert_eq!(bearers(&parse(text), words), Vec::<String>::new(), "{text}");
    }
    let text = "Kenya's top diplomat called for talks. \"It is late,\" Foreign Minister Ines Coral said.";
    assert_eq!(bearers(&parse(text), "Kenya's top diplomat"), ["Ines Coral"]);
}

#[test]
fn pronouns_go_to_the_speaker_before() {
    let article = parse("Ana Ortiz met Karl Lee on Friday.\n\n\"We won,\" Ortiz said.\n\n\"It was late,\" she added.");
    let names: Vec<_> = article.quotes.iter().map(|q| q.speaker_name.as_deref()).collect();
    assert_eq!(names, [Some("Ana Ortiz"), Some("Ana Ortiz")]);
    assert_eq!(bearers(&article, "she"), ["Ana Ortiz"]);
}

/// The reasons of all mentions that read `words`.
fn reasons(article: &Article<'_>, words: &str) -> Vec<String> {
    let text: Vec<char> = article.text.chars().collect();
    let reads = |s: u32, e: u32| text[s as usize..e as usize].iter().collect::<String>() == words;
    article.mentions.iter().filter(|m| reads(m.start, m.end)).map(|m| m.reason.to_string()).collect()
}

#[test]
fn links_say_why() {
    for (text, words, reason) in [
        ("Mayor Ines Coral came. Then Coral went home.", "Ines Coral", "first name of its entity"),
        ("Mayor Ines Coral came. Then Coral went home.", "Mayor", "title beside the name"),
        ("Mayor Ines Coral came. Then Coral went home.", "Coral", "surname"),
        ("Mayor Ines Coral came. Then Mayor Coral went home.", "Coral", "title and surname"),
        ("The Nile Water Authority (NWA) met. Later the NWA left.", "NWA", "acronym"),
        ("On Monday Acorn Holdings plc closed. Later Acorn Holdings paid.", "Acorn Holdings", "short form of a name"),
        ("Ines Coral, the mayor of Varn, came. The mayor then fell.", "The mayor", "head noun"),
        ("They left Britain. Later they returned to the UK by sea.", "UK", "other name of a country"),
        ("Ines Coral, the mayor of Varn, came.", "the mayor of Varn", "description beside the name"),
        (
            "Norway's Foreign Minister Sigrid Aune came. It was useful, Norway's top diplomat said.",
            "Norway's top diplomat",
            "country and role",
        ),
    ] {
        let found = reasons(&parse(text), words);
        assert!(found.contains(&reason.to_owned()), "{text} {words} {found:?}");
    }
}

#[test]
fn entities_say_who_they_are() {
    for (text, name, description, gender) in [
        ("Norway's Foreign Minister Sigrid Aune came.", "Sigrid Aune", Some("Norway's Foreign Minister"), "female"),
        ("Mr Lee Tan came.", "Lee Tan", None, "male"),
        ("On Friday Piotr Halas came.", "Piotr Halas", None, "male"),
        ("On Friday Jean-Claude Marchand came.", "Jean-Claude Marchand", None, "male"),
        ("Mayor Ines Coral, the mayor of\nVarn, came.", "Ines Coral", Some("the mayor of Varn"), "female"),
    ] {
        let article = parse(text);
        let entity = article.entities.iter().find(|e| e.name == name).expect(text);
        assert_eq!(entity.description.as_deref(), description, "{text}");
        assert_eq!(entity.gender.as_deref(), Some(gender), "{text}");
    }
}

#[test]
fn aliases_of_one_record_are_one_entity() {
    let bank = Record {
        id: "Q1".into(),
        name: "Bank of England".into(),
        aliases: vec!["Old Lady".into()],
        ..Record::default()
    };
    let gazetteer = Arc::new(Gazetteer::from_records([bank]).expect("a record"));
    let pipeline = Pipeline { gazetteer: Some(gazetteer), ..Pipeline::default() };
    let article = pipeline.parse("The Bank of England met. The Old Lady kept rates.").expect("a short text");
    let ids: Vec<_> = article.entities.iter().map(|e| (e.kb_id.as_deref(), e.n_mentions)).collect();
    assert_eq!(ids, [(Some("Q1"), 2)]);
    assert_eq!(reasons(&article, "Old Lady"), ["gazetteer"]);
}

/// The ids of the entities of all mentions that read `words`, with a gazetteer of `names`.
fn ids(names: &[&str], text: &str, words: &str) -> Vec<Option<String>> {
    let record = |&name: &&str| Record { id: name.to_owned(), name: name.to_owned(), ..Record::default() };
    let gazetteer = Arc::new(Gazetteer::from_records(names.iter().map(record)).expect("records"));
    let article = Pipeline { gazetteer: Some(gazetteer), ..Pipeline::default() }.parse(text).expect("a short text");
    let chars: Vec<char> = text.chars().collect();
    let reads = |s: u32, e: u32| chars[s as usize..e as usize].iter().collect::<String>() == words;
    let id = |e: u32| article.entities[e as usize].kb_id.clone();
    article.mentions.iter().filter(|m| reads(m.start, m.end)).map(|m| m.entity.and_then(id)).collect()
}

#[test]
fn a_form_of_one_listed_name_is_that_name() {
    for (listed, text, words) in [
        ("Ruth B. Aldous", "We met Ruth Aldous there.", "Ruth Aldous"),
        ("Anneli Korvola", "On Monday Mr Korvola came home.", "Korvola"),
        ("Norwegian Salmon Growers Union", "On Monday the NSGU met in Oslo.", "NSGU"),
        ("Norwegian Salmon Growers Union", "The Norwegian Salmon Growers Union met.", "Norwegian Salmon Growers Union"),
        (
            "United States Department of Education",
            "The U.S. Department of Education paid.",
            "U.S. Department of Education",
        ),
        ("Italy", "She met Italian police in May.", "Italian"),
        ("Poland", "She met Polish police in May.", "Polish"),
        ("Muammar Gaddafi", "On Monday Moammar Gadhafi spoke.", "Moammar Gadhafi"),
        ("Abdel Fattah el-Sisi", "They met Abdel-Fattah el-Sissi there.", "Abdel-Fattah el-Sissi"),
    ] {
        let found = ids(&[listed], text, words);
        assert_eq!(found, [Some(listed.to_owned())], "{text}");
    }
}

#[test]
fn a_form_of_several_listed_names_is_none() {
    for (listed, text, words) in [
        (["Anneli Korvola", "Pekka Korvola"], "On Monday Mr Korvola came home.", "Korvola"),
        (["Anneli Korvola", "Oslo"], "We met Pekka Korvola there.", "Pekka Korvola"),
        (["Ruth B. Aldous", "Ruth C. Aldous"], "We met Ruth Aldous there.", "Ruth Aldous"),
        (["John Kersten", "Oslo"], "We met Jon Kersten there.", "Jon Kersten"),
        (["Maria Silva", "Oslo"], "We met Mario Salvi there.", "Mario Salvi"),
    ] {
        assert_eq!(ids(&listed, text, words), [None], "{text}");
    }
    // The article's own person of that surname comes before the list's.
    let text = "We met Pekka Korvola there. Later Korvola was tired.";
    assert_eq!(ids(&["Anneli Korvola"], text, "Korvola"), [None]);
}

/// The names of the speakers, in the order of the quotes.
fn speakers(text: &str) -> Vec<Option<String>> {
    parse(text).quotes.iter().map(|q| q.speaker_name.clone()).collect()
}

#[test]
fn a_pronoun_is_whom_the_article_speaks_of() {
    for (text, whole) in [
        // Not who qualifies the office of another.
        (
            "Karl Lee lost.\n\nLee campaign spokesman Omar Diaz told reporters that it was late.\n\n\"We won,\" he said.",
            "Omar Diaz",
        ),
        // Not whom the words are about.
        (
            "Karl Lee's lawyer, Omar Diaz, said on Friday that he was ill. Lee would sue the court, he said.",
            "Omar Diaz",
        ),
    ] {
        let found = speakers(text);
        assert_eq!(found.last().and_then(|n| n.as_deref()), Some(whole), "{text} {found:?}");
    }
    // Somebody without a name stays without.
    let text = "Karl Lee lost on Friday.\n\n\"We live in a cave,\" my father often said. \"It is dark,\" he added.";
    assert_eq!(speakers(text).last(), Some(&None));
}

#[test]
fn other_words_lead_to_the_person() {
    for (text, whole) in [
        (
            "Widow wins\n\nA former comptroller who stole millions told a court on Monday that she was sorry.\n\nJoan Roe, 58, wept.",
            "Joan Roe",
        ),
        ("Joan Roe wept.\n\n\"I was tired,\" said the 58-year-old.", "Joan Roe"),
        ("Chief Minister Joan Roe came. \"We paid them,\" the CM said.", "Joan Roe"),
        ("Budget officer Joan Roe came to Oslo. Her report said that records were absent.", "Joan Roe"),
    ] {
        let found = speakers(text);
        assert!(found.iter().any(|n| n.as_deref() == Some(whole)), "{text} {found:?}");
    }
}

/// The words of all mentions that are descriptions.
fn described(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let nominal = |m: &&crate::article::Mention| m.form == crate::article::Form::Nominal;
    let words = |m: &crate::article::Mention| chars[m.start as usize..m.end as usize].iter().collect::<String>();
    parse(text).mentions.iter().filter(nominal).map(words).collect()
}

#[test]
fn descriptions_end_where_their_phrase_does() {
    for (text, expected) in [
        ("Ana Roe, a 68-year-old journalist, came.", &["a 68-year-old journalist"][..]),
        ("It was the club's vice-chairman Karl Lee who came.", &["vice-chairman"]),
        ("On Monday Oslo-based analyst Karl Lee came.", &["Oslo-based analyst"]),
        ("Karl Lee, who leads the party, came.", &[]),
        ("According to Acorn Holdings, a company will close in May.", &[]),
        ("The river is under the Varn Water Board, Acorn Holdings and the health ministry.", &[]),
        ("The High Court met. Nobody stopped the court process.", &[]),
        ("The High Court met. Nobody stopped the court.", &["the court"]),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn a_country_is_known_by_its_other_names() {
    let state = Record { id: "Q30".into(), name: "United States of America".into(), ..Record::default() };
    let gazetteer = Arc::new(Gazetteer::from_records([state]).expect("a record"));
    let pipeline = Pipeline { gazetteer: Some(gazetteer), ..Pipeline::default() };
    let article = pipeline.parse("She flew to the United States. He stayed in Britain.").expect("a short text");
    let id = |words: &str| article.entities.iter().find(|e| e.name == words).expect(words).kb_id.as_deref();
    assert_eq!((id("United States of America"), id("Britain")), (Some("Q30"), None));
    assert_eq!(reasons(&article, "United States"), ["other name of a country"]);
}

proptest! {
    #[test]
    fn ids_are_those_of_entities(text in "([A-Z][a-z]{1,5}|said|he|the minister|of|\"|,|\\.|Mr|\\(| |\n){0,40}") {
        let article = parse(&text);
        for mention in &article.mentions {
            prop_assert!(mention.entity.is_none_or(|e| (e as usize) < article.entities.len()));
            prop_assert!(mention.start < mention.end);
        }
        prop_assert_eq!(&article, &parse(&text));
    }
}
