"""A database of made-up documents with ten claims each, as large as one likes, for `bench/web.py`.

python bench/synthetic.py CLAIMS OUT.db

Words, actors, places and days are drawn with a fixed seed, some of them often and most of them seldom, as in news.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import islice
from typing import Any

from khabar.records import (
    Arrival,
    Claim,
    Entity,
    Event,
    Mention,
    Place,
    Reading,
    Role,
    Source,
    Span,
    document_from,
)
from khabar.store import Store

CLAIMS = 10  # a document
BATCH = 200
LETTERS = "ابتثجحخدرزسشصطعغفقكلمنهوي"
TYPES = ("ASSAULT", "MOVE", "PROTEST", "AGREE", "CONSULT", "AID", "ACCUSE", "COERCE")


def main() -> int:
    claims, path = int(sys.argv[1]), sys.argv[2]
    chance = random.Random(7)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(3, 7))) for _ in range(8_000)]
    store = Store.open(path, create=True)
    ingest = store.begin_ingest(["synthetic"], "synthetic")
    made = (one(number, words, chance) for number in range(claims // CLAIMS))
    start, stored = time.perf_counter(), 0
    while batch := list(islice(made, BATCH)):
        store.add(ingest, [Arrival(b"", f"s:{stored + n}", "text", reading) for n, reading in enumerate(batch)])
        stored += len(batch)
    store.finish_ingest(ingest)
    print(f"{stored} documents, {stored * CLAIMS} claims, {time.perf_counter() - start:.0f} s: {path}")
    return 0


def seldom(chance: random.Random, most: int) -> int:
    """A number below `most`, small ones much oftener than large ones."""
    return min(int(chance.paretovariate(0.7)) - 1, most - 1)


def one(number: int, words: list[str], chance: random.Random) -> Reading:
    """A document of ten sentences: who, a cue, and what happened where."""
    text, mentions, claims, events = "", [], [], []

    def span(part: str) -> Span:
        nonlocal text
        start = len(text)
        text += part
        return Span(start, start + len(part), part)

    for n in range(CLAIMS):
        actor, place = seldom(chance, 5_000), seldom(chance, 2_000)
        source = span(words[actor % len(words)] + " " + words[-actor % len(words)])
        mentions.append(
            mention(len(mentions), source, "PERSON", entity=Entity(f"actor:{actor}", None, None, source.text))
        )
        cue = span(" قال ")
        start = len(text)
        trigger = span(words[seldom(chance, len(words))])
        text += " " + " ".join(words[seldom(chance, len(words))] for _ in range(8)) + " في "
        town = span(words[place % len(words)])
        where = Place(f"place:{place}", None, town.text, "SA" if place % 3 else "YE", f"place:{place // 10}",
                      20 + place % 10, 40 + place % 7, None, "exact")  # fmt: skip
        mentions.append(mention(len(mentions), town, "PLACE", place=where))
        content = Span(start, len(text), text[start:])
        text += ".\n"
        score = round(chance.random(), 2)
        claims.append(Claim(
            f"c{n}", Source(source.start, source.end, source.text, "named_person", f"actor:{actor}"), (), cue, content,
            "denies" if chance.random() < 0.1 else "asserts", "indirect", score,
        ))  # fmt: skip
        role = Role("place", town.start, town.end, town.text, mentions[-1].id)
        kind: Any = TYPES[seldom(chance, len(TYPES))]
        events.append(Event(f"e{n}", f"c{n}", kind, trigger, "certain", (role,), score))
    day = f"20{10 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
    document = document_from(
        text, external_id=f"s{number}", language="ar", publisher=f"outlet {seldom(chance, 200)}", published=day,
        title=" ".join(chance.choices(words, k=6)),
    )  # fmt: skip
    return Reading(document, tuple(mentions), tuple(claims), tuple(events), "synthetic")


def mention(number: int, span: Span, kind: Any, **value: Any) -> Mention:
    return Mention(f"m{number}", span.start, span.end, span.text, kind, **value)


if __name__ == "__main__":
    sys.exit(main())
