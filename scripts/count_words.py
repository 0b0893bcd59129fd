"""Count in how many documents each stem stands: `data/corroborate/frequencies.tsv`.

    python scripts/count_words.py CORPUS.jsonl

CORPUS.jsonl holds objects with `title` and `text`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from khabar.corroborate.words import stem_of, words_of

OUT = Path(__file__).parent.parent / "src/khabar/data/corroborate/frequencies.tsv"
LEAST = 40  # documents; rarer words weigh alike
CHARACTERS = 6000  # of each text: a few very long ones would otherwise make every word common
HEADER = """\
# In how many articles a stem (khabar.corroborate.words.stem_of) stands; `*` is the number of articles counted.
# Written by scripts/count_words.py over SaudiNewsNet (M. A. Alhagri, 2015), stems of 40 articles or more. Counts only.
"""


def main(path: str) -> None:
    counts: Counter[str] = Counter()
    documents = 0
    stems: dict[str, str] = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            documents += 1
            words = set(words_of(f"{article['title']} {article['text'][:CHARACTERS]}"))
            counts.update({stems.setdefault(word, stem_of(word)) for word in words})
    kept = sorted((stem, count) for stem, count in counts.items() if count >= LEAST)
    rows = [f"*\t{documents}", *(f"{stem}\t{count}" for stem, count in kept)]
    OUT.write_text(HEADER + "stem\tdocuments\n" + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(kept)} stems of {documents} articles to {OUT.name}")


if __name__ == "__main__":
    main(sys.argv[1])
