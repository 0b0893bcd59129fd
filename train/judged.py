"""Single words of a corpus, judged to name an event or none: examples beside the gold, without roles and claims.

News that was marked whole holds few essays, and essays are full of attacks in general, of old wars and of strikes in
football. `train/event_words.tsv` says of candidates in 1,529 sentences, half of them of columns, which name an event.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from khabar.attribution import attribute
from khabar.events import stage_scenes
from khabar.events.factuality import Before, factuality_features
from khabar.events.marks import word_marks
from khabar.events.scene import Scene
from khabar.events.triggers import Candidate, Field, Memory, find_candidates, trigger_features
from khabar.mentions import find_mentions
from khabar.records import Claim, Document, document_from
from khabar.resources import Resources
from khabar.text import normalise, segment
from train.errors import TrainError
from train.examples import Example, FactRow, TriggerRow, spaced

__all__ = ["WORDS", "Judged", "judged_examples", "read_judged"]

WORDS = Path(__file__).parent / "event_words.tsv"


class Judged(msgspec.Struct, frozen=True):
    """What a word of a document names: a type and its factuality, or None."""

    start: int
    end: int
    event: tuple[str, str] | None


def read_judged(path: Path = WORDS) -> dict[str, list[Judged]]:
    """Judged words by document: the first 16 hex digits of the SHA-256 of its id."""
    found: dict[str, list[Judged]] = {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith(("#", "document\t")):
            document, start, end, type_, factuality = line.split("\t")
            event = (type_, factuality) if type_ else None
            found.setdefault(document, []).append(Judged(int(start), int(end), event))
    return found


def judged_examples(corpus: Path, resources: Resources, words: Path = WORDS) -> Iterator[Example]:
    """One example a sentence with judged words, on the program's own mentions and claims.

    `corpus` is JSON lines as `bench/corpus.py` writes them. Raises TrainError if none of the documents is there.
    """
    judged = read_judged(words)
    read = 0
    with corpus.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            article = json.loads(line)
            here = judged.get(hashlib.sha256(article["id"].encode()).hexdigest()[:16])
            if here:
                read += 1
                yield from _examples(_document(article), here, resources)
    if not read:
        raise TrainError(f"{corpus}: none of the documents of {words.name} is here")


def _document(article: dict[str, Any]) -> Document:
    return document_from(
        article["text"], external_id=article["id"], language="ar", published=article.get("published"),
        publisher=article.get("publisher"), title=article.get("title"),
    )  # fmt: skip


def _examples(document: Document, judged: list[Judged], resources: Resources) -> Iterator[Example]:
    text = normalise(document.text)
    sentences = segment(text)
    mentions = find_mentions(document, text, sentences, resources)
    claims = attribute(document, text, sentences, mentions, resources)
    memory = Memory()
    scenes = stage_scenes(text, sentences, mentions, claims, resources)
    for place, (sentence, (scene, said)) in enumerate(zip(sentences, scenes, strict=True)):
        candidates = find_candidates(scene)
        known = [(candidate, of) for candidate in candidates if (of := _judgement(scene, candidate, judged))]
        if known:
            field = Field(candidates)
            yield Example(
                document.external_id or "", place, True,
                [spaced(document.text, token.start, token.end) for token in sentence.tokens],
                list(zip(*word_marks(scene, said), strict=True)),
                [
                    TriggerRow(
                        c.at, c.sense.type, list(dict.fromkeys(trigger_features(scene, c, field, memory, place))),
                        of.event is not None and of.event[0] == c.sense.type,
                    )
                    for c, of in known
                ],
                [], _facts(scene, said, known), [], None,
            )  # fmt: skip
        memory.add(candidates)


def _judgement(scene: Scene, candidate: Candidate, judged: list[Judged]) -> Judged | None:
    """What was said of the word: words are in order of their place."""
    word = scene.view.words[candidate.at]
    at = bisect_right(judged, word.start, key=lambda one: one.start) - 1
    return judged[at] if at >= 0 and (judged[at].start, judged[at].end) == (word.start, word.end) else None


def _facts(scene: Scene, said: Sequence[Claim], known: list[tuple[Candidate, Judged]]) -> list[FactRow]:
    rows: list[FactRow] = []
    before: Before | None = None
    for candidate, of in known:
        if of.event is None or of.event[0] != candidate.sense.type or (before and before.at == candidate.at):
            continue
        index = scene.claim_at[candidate.at]
        features = factuality_features(scene, candidate, said[index] if index >= 0 else None, before)
        rows.append(FactRow(candidate.at, list(dict.fromkeys(features)), of.event[1]))
        before = Before(candidate.at, candidate.form.pos, of.event[1])
    return rows
