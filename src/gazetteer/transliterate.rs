//! A name in, the ways in which other newsrooms spell it out: `Sergei` and `Sergey`, `al-Asad` and `el-Asad`.

use super::Record;

/// No name gets more spellings than that.
const MOST: usize = 16;

/// Endings that stand for one another.
const ENDINGS: &[(&str, &str)] =
    &[("ov", "off"), ("ev", "eff"), ("ei", "ey"), ("sky", "ski"), ("sky", "skiy"), ("sky", "skyy"), ("ski", "skiy")];

/// Letters that stand for one another anywhere.
const LETTERS: &[(&str, &str)] = &[("kh", "h"), ("ou", "u"), ("ss", "s"), ("mm", "m"), ("dj", "j"), ("iy", "i")];

impl Record {
    /// The record with other spellings of its names as further aliases: `al-`/`el-`, `-ov`/`-off`, `-ei`/`-ey`,
    /// `-sky`/`-ski`, `kh`/`h`, `ou`/`u`, single and double `s` and `m`. At most fifteen a name.
    #[must_use]
    pub fn with_transliterations(mut self) -> Self {
        let names: Vec<String> = std::iter::once(&self.name).chain(&self.aliases).cloned().collect();
        for spelling in names.iter().flat_map(|name| spellings(name)) {
            if !names.contains(&spelling) && !self.aliases.contains(&spelling) {
                self.aliases.push(spelling);
            }
        }
        self
    }
}

/// Spellings of a whole name, itself the first.
fn spellings(name: &str) -> Vec<String> {
    let mut whole = vec![String::new()];
    for word in name.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let (between, words) = (&word[letters.len()..], words(letters));
        let each = |word: &String| whole.iter().map(|start| format!("{start}{word}{between}")).collect::<Vec<_>>();
        whole = words.iter().flat_map(each).take(MOST).collect();
    }
    whole
}

/// Spellings of a word, itself the first.
fn words(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    match word {
        "al" => all.push("el".to_owned()),
        "el" => all.push("al".to_owned()),
        "Al" => all.push("El".to_owned()),
        "El" => all.push("Al".to_owned()),
        _ if word.chars().count() > 3 => {
            let pairs = |list: &'static [(&str, &str)]| list.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
            let ended = pairs(ENDINGS).filter_map(|(from, to)| Some(word.strip_suffix(from)?.to_owned() + to));
            let within = LETTERS.iter().filter_map(|&(from, to)| swapped(word, from, to));
            all.extend(ended.chain(within));
        }
        _ => {}
    }
    all
}

/// The word with `to` for `from`, at its start with a capital; none if `from` is not in it.
fn swapped(word: &str, from: &str, to: &str) -> Option<String> {
    let capital = |letters: &str| {
        let mut letters = letters.to_owned();
        if let Some(first) = letters.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        letters
    };
    if let Some(rest) = word.strip_prefix(&capital(from)) {
        return Some(capital(to) + rest);
    }
    word.contains(from).then(|| word.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_as_others_do() {
        for (name, want) in [
            ("Sergei Ivanov", "Sergey Ivanoff"),
            ("Bashar al-Asad", "Bashar el-Asad"),
            ("Mahmoud Khatami", "Mahmud Hatami"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
            ("Hafez Assad", "Hafez Asad"),
            ("Li", "Li"),
        ] {
            assert!(spellings(name).iter().any(|s| s == want), "{name}: {:?}", spellings(name));
        }
        assert_eq!(spellings("Ana Ortiz"), ["Ana Ortiz"]);
        assert!(spellings(&"Khassoukhassov ".repeat(40)).len() <= MOST);
    }

    #[test]
    fn a_record_keeps_its_own_first() {
        let record = Record { name: "Sergei Lavrov".into(), aliases: vec!["Lavrov".into()], ..Record::default() };
        let record = record.with_transliterations();
        assert_eq!(record.aliases[0], "Lavrov");
        assert!(
            record.aliases.contains(&"Sergey Lavroff".to_owned()) && record.aliases.contains(&"Lavroff".to_owned())
        );
        assert_eq!(record.clone().aliases.iter().filter(|a| *a == "Lavroff").count(), 1);
    }
}
