#!/usr/bin/env python3
"""Make the generated word lists of src/lang/en from open data.

    word_lists.py LISTS POS OUT [--names-1990 DIR] [--texts FILE.jsonl ...]

LISTS  folder with cities_15000.tsv, countries.tsv, forenames_by_country.csv, surnames_by_country.csv, surnames_us_1990.csv.gz
POS    folder with *_train.tsv.gz: token, UPOS, XPOS
DIR    folder with dist.female.first and dist.male.first of the US Census 1990
FILE   texts in which more ordinary words are counted: words in lower case alone are taken
"""
import argparse
import collections
import csv
import gzip
import json
import re
import unicodedata
from pathlib import Path

CAPITALS_KEPT = {"reading", "nice", "mobile", "bath", "split", "orange", "hull", "bergen", "cork", "buffalo", "phoenix"}
FOLD = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'", "ʼ": "'"})


def fold(word):
    flat = unicodedata.normalize("NFKD", word.lower()).translate(FOLD)
    return "".join(ch for ch in flat if not unicodedata.combining(ch))


def write(path, comment, words):
    path.write_text("# " + comment + "\n" + "\n".join(words) + "\n", encoding="utf-8")


def is_word(word):
    return re.fullmatch(r"[^\W\d_]+(?:['’][^\W\d_]+)*", word) is not None


def tagged(folder):
    """Counts of tags for each word written in lower case."""
    tags = collections.defaultdict(collections.Counter)
    for path in sorted(folder.glob("*_train.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                if len(parts) == 3 and parts[0].islower() and is_word(parts[0]):
                    tags[fold(parts[0])][parts[1]] += 1
    return tags


def lower_case_words(files):
    """Words that stand in lower case nearly always, twice or more."""
    low, all_ = collections.Counter(), collections.Counter()
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                for word in re.findall(r"(?<![\w@./-])[^\W\d_]+(?![\w@/])", json.loads(line)["text"]):
                    all_[fold(word)] += 1
                    low[fold(word)] += word.islower()
    return {w for w, n in low.items() if n >= 2 and n >= 0.6 * all_[w] and len(w) > 1}


def forenames(lists, census):
    sexes = collections.defaultdict(collections.Counter)
    with open(lists / "forenames_by_country.csv", encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            name = fold(row["Romanized Name"].strip())
            if is_word(name) and len(name) > 1:
                sexes[name][row["Gender"]] += 1
    if census:
        for sex in ("female", "male"):
            for line in (census / f"dist.{sex}.first").read_text().splitlines():
                name, share = line.split()[:2]
                if float(share) >= 0.002:
                    sexes[fold(name)][sex[0].upper()] += 1 + float(share) * 20
    return sexes


def surnames(lists, most):
    names = {}
    with open(lists / "surnames_by_country.csv", encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            for part in row["Romanized Name"].split("/"):
                name = fold(part.strip())
                if is_word(name) and len(name) > 1:
                    names[name] = None
    with gzip.open(lists / "surnames_us_1990.csv.gz", "rt") as lines:
        for n, line in enumerate(lines):
            if n < most:
                names[fold(line.split(",")[0])] = None
    return sorted(names)


def cities(lists, common, one_word, several):
    """Names of one word and of several; ordinary words fall out."""
    short, long = set(), set()
    with open(lists / "cities_15000.tsv", encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, people = fold(row["name"]), int(row["population"] or 0)
            if is_word(name):
                if people >= one_word and len(name) > 2 and (name not in common or name in CAPITALS_KEPT):
                    short.add(name)
            elif people >= several and "(" not in name and len(name.split()) < 5:
                long.add(name.replace("-", " "))
    return sorted(short), sorted(long)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("lists", type=Path), ap.add_argument("pos", type=Path), ap.add_argument("out", type=Path)
    ap.add_argument("--names-1990", type=Path), ap.add_argument("--texts", nargs="*", default=[])
    a = ap.parse_args()
    tags = tagged(a.pos)
    common = {w for w, t in tags.items() if t["PROPN"] < 0.5 * t.total()}
    common |= lower_case_words(a.texts)
    write(a.out / "common.txt", "Words at home in lower case, counted in the training parts of UD English EWT and GUM and in news", sorted(common))
    share = lambda w, tag: tags[w][tag] / tags[w].total()
    verbs = sorted(w for w, t in tags.items() if t["VERB"] >= 2 and share(w, "VERB") >= 0.5)
    write(a.out / "verbs.txt", "Verb forms: UD English EWT and GUM, training parts, where the verb is the commonest reading", verbs)
    adverbs = sorted(w for w, t in tags.items() if t["ADV"] >= 2 and share(w, "ADV") >= 0.5)
    write(a.out / "adverbs.txt", "Adverbs: UD English EWT and GUM, training parts", adverbs)
    sexes = forenames(a.lists, a.names_1990)
    source = "popular-names-by-country-dataset (CC0) and US Census 1990 (public domain)"
    men = sorted(n for n, s in sexes.items() if s["M"] > 4 * s["F"])
    women = sorted(n for n, s in sexes.items() if s["F"] > 4 * s["M"])
    write(a.out / "forenames_male.txt", "Given names of men: " + source, men)
    write(a.out / "forenames_female.txt", "Given names of women: " + source, women)
    write(a.out / "forenames_both.txt", "Given names of either: " + source, sorted(set(sexes) - set(men) - set(women)))
    write(a.out / "surnames.txt", "Family names: " + source, surnames(a.lists, 12000))
    one, several = cities(a.lists, common, 100_000, 200_000)
    write(a.out / "cities.txt", "Cities of one word above 100,000 people: GeoNames (CC BY 4.0)", one)
    write(a.out / "cities_long.txt", "Cities of several words above 200,000 people: GeoNames (CC BY 4.0)", several)
    towns = {name for names in cities(a.lists, common, 15_000, 15_000) for name in names} - set(one) - set(several)
    write(a.out / "towns.txt", "Towns below the cities of cities.txt and cities_long.txt: GeoNames (CC BY 4.0)", sorted(towns))
    with open(a.lists / "countries.tsv", encoding="utf-8") as rows:
        names = [fold(r["name"]) for r in csv.DictReader(rows, delimiter="\t")]
    with open(a.lists / "territories_cldr_en.tsv", encoding="utf-8") as rows:
        names += [fold(row.rstrip("\n").split("\t")[1]) for row in rows]
    names = [n for n in names if n not in {"world", "turkiye", "outlying oceania"} and not re.search(r"[&(.\[]", n)] + ["turkey", "turkiye"]
    one = sorted({n for n in names if is_word(n)})
    long = sorted({n.replace("-", " ") for n in names if not is_word(n)})
    write(a.out / "countries.txt", "Countries and regions of one word: GeoNames (CC BY 4.0) and Unicode CLDR", one)
    write(a.out / "countries_long.txt", "Countries and regions of several words: GeoNames (CC BY 4.0) and Unicode CLDR", long)


if __name__ == "__main__":
    main()
