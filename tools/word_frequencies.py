#!/usr/bin/env python3
"""Make src/lang/en/frequencies.tsv: how common words are, and how often each is a name.

    word_frequencies.py OUT TEXTS.jsonl ... [--least 8]

TEXTS  JSON lines with "text"; counts alone are taken from them

A row is a word, its uses as an ordinary word in a million words (in lower case; of months and days, all uses), and the
share in percent of uses with a capital amid a sentence, where a capital tells a name.
"""
import argparse
import collections
import json
import re
from pathlib import Path

CALENDAR = set(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d.,:]*|[.!?:;\"“”‘—()\[\]•*|–-]|\n")


def count(text, lower, names):
    """Adds the words of a text; the start of a sentence and a line in capitals tell nothing of names. Returns the words."""
    words = 0
    for line in text.split("\n"):
        tokens = TOKEN.findall(line)
        letters = [t for t in tokens if t[0].isalpha()]
        words += len(letters)
        titled = sum(t[0].isupper() for t in letters if len(t) > 3) > 0.6 * max(1, sum(len(t) > 3 for t in letters))
        before = "."
        for token in tokens:
            if token.islower():
                lower[re.sub(r"['’]s$", "", token)] += 1
            elif token[0].isupper() and (token.lower() in CALENDAR or not titled and before[0].isalnum()):
                names[re.sub(r"['’]s$", "", token.lower())] += 1
            before = token
    return words


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path), ap.add_argument("texts", nargs="+", type=Path)
    ap.add_argument("--least", type=float, default=8.0, help="uses in a million words")
    a = ap.parse_args()
    lower, names, words = collections.Counter(), collections.Counter(), 0
    for path in a.texts:
        with open(path, encoding="utf-8") as rows:
            for row in rows:
                words += count(json.loads(row)["text"], lower, names)
    rows = []
    for word in sorted(set(lower) | CALENDAR):
        uses = (lower[word] + (names[word] if word in CALENDAR else 0)) * 1e6 / words
        if len(word) > 1 and (uses >= a.least or word in CALENDAR):
            share = 0 if word in CALENDAR else round(100 * names[word] / (lower[word] + names[word]))
            rows.append(f"{word.replace('’', chr(39))}\t{uses:.0f}\t{share}\n")
    comment = (
        "# Words, their uses in a million words as ordinary words, and the share in percent of uses as names. Counted by\n"
        "# tools/word_frequencies.py in the training parts of PolNeAR, of the Worldwide newswire set and of UD English GUM:\n"
        "# counts alone, no text of theirs. Months and days count in all their uses.\n"
    )
    a.out.write_text(comment + "".join(sorted(set(rows))), encoding="utf-8")
    print(words, "words read,", len(rows), "listed")


if __name__ == "__main__":
    main()
