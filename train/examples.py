"""Gold articles as the model sees them: one example a sentence, with the decisions that a reader makes in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from khabar.attribution import attribute
from khabar.events import stage_scenes
from khabar.events.factuality import Before, factuality_features
from khabar.events.marks import word_marks
from khabar.events.role_features import pair_phrases, role_features
from khabar.events.scene import Scene
from khabar.events.triggers import Candidate, Field, Memory, find_candidates, trigger_features
from khabar.mentions import find_mentions
from khabar.records import Claim, Mention, Source, Span, document_from
from khabar.resources import Resources
from khabar.text import normalise, segment

__all__ = ["Example", "FactRow", "PairRow", "SpeechRow", "TriggerRow", "examples_of", "spaced"]


class TriggerRow(msgspec.Struct):
    """A word that may name an event of a type, and whether it does."""

    at: int
    type: str
    features: list[str]
    is_event: bool


class PairRow(msgspec.Struct):
    """A phrase near an event, and the roles that it fills."""

    at: int
    first: int
    last: int
    type: str
    features: list[str]
    roles: tuple[str, ...]


class FactRow(msgspec.Struct):
    """An event, and its factuality."""

    at: int
    features: list[str]
    value: str


class SpeechRow(msgspec.Struct):
    """A cue, and the words of its source, content and carriers: inclusive ranges of words."""

    at: int
    source: tuple[int, int] | None
    content: tuple[int, int] | None
    via: list[tuple[int, int]]


class Example(msgspec.Struct):
    """One sentence, the `place`th of its article: words as the article has them, their marks, and the rows.

    `cues` is None where it is not known which words are cues.
    """

    article: str
    place: int
    own: bool
    words: list[str]
    marks: list[tuple[str, ...]]
    triggers: list[TriggerRow]
    pairs: list[PairRow]
    facts: list[FactRow]
    speech: list[SpeechRow]
    cues: list[int] | None

    @property
    def whole(self) -> bool:
        """Whether all of the sentence was marked, and not single words of it."""
        return self.cues is not None


def examples_of(folder: Path, resources: Resources) -> Iterator[Example]:
    """Two readings an article: on gold mentions and claims, and on the program's own (`own`)."""
    for path in sorted((folder / "compiled").glob("*.json")):
        gold = msgspec.json.decode(path.read_bytes())
        article = msgspec.json.decode((folder / "articles" / path.name).read_bytes())
        document = document_from(
            article["text"], external_id=path.stem, language="ar", published=article.get("published"),
            publisher=article.get("publisher"), title=article.get("title"),
        )  # fmt: skip
        text = normalise(document.text)
        sentences = segment(text)
        mentions = find_mentions(document, text, sentences, resources)
        claims = attribute(document, text, sentences, mentions, resources)
        for own, here, said in ((False, gold_mentions(gold), gold_claims(gold)), (True, mentions, claims)):
            scenes = stage_scenes(text, sentences, here, said, resources)
            yield from _examples(path.stem, own, document.text, sentences, scenes, gold)


def _examples(name: str, own: bool, text: str, sentences: Any, scenes: Any, gold: dict[str, Any]) -> Iterator[Example]:
    memory = Memory()
    for place, (sentence, (scene, claims)) in enumerate(zip(sentences, scenes, strict=True)):
        candidates = find_candidates(scene)
        field = Field(candidates)
        triggers = [
            TriggerRow(
                c.at, c.sense.type, list(dict.fromkeys(trigger_features(scene, c, field, memory, place))),
                gold_event(gold["events"], scene, c) is not None,
            )
            for c in candidates
        ]  # fmt: skip
        memory.add(candidates)
        found = {c.at: (c, e) for c in reversed(candidates) if (e := gold_event(gold["events"], scene, c)) is not None}
        chosen = Field([found[at][0] for at in sorted(found)])
        pairs: list[PairRow] = []
        facts: list[FactRow] = []
        before: Before | None = None
        for at in sorted(found):
            candidate, event = found[at]
            pairs += [
                PairRow(
                    at, pair.phrase.first, pair.phrase.last, candidate.sense.type,
                    list(dict.fromkeys(role_features(scene, candidate, pair, chosen))),
                    _roles((pair.phrase.start, pair.phrase.end), event),
                )
                for pair in pair_phrases(scene, at)
            ]  # fmt: skip
            index = scene.claim_at[at]
            claim = claims[index] if index >= 0 else None
            features = list(dict.fromkeys(factuality_features(scene, candidate, claim, before)))
            facts.append(FactRow(at, features, event["factuality"]))
            before = Before(at, candidate.form.pos, event["factuality"])
        yield Example(
            name, place, own, [spaced(text, token.start, token.end) for token in sentence.tokens],
            list(zip(*word_marks(scene, claims), strict=True)), triggers, pairs, facts, *_speech(scene, gold["claims"]),
        )  # fmt: skip


def spaced(text: str, start: int, end: int) -> str:
    """A word with the space before it, if there is one: so the tokenizer was trained."""
    return (" " if not start or text[start - 1].isspace() else "") + text[start:end]


def _speech(scene: Scene, claims: list[dict[str, Any]]) -> tuple[list[SpeechRow], list[int]]:
    rows: list[SpeechRow] = []
    for claim in claims:
        cue = _words(scene, claim["cue"])
        if cue is None:
            continue
        via = [words for via in claim["via"] if (words := _words(scene, via)) is not None]
        rows.append(SpeechRow(cue[0], _words(scene, claim["source"]), _words(scene, claim["content"]), via))
    return rows, sorted({row.at for row in rows})


def _words(scene: Scene, span: dict[str, Any] | None) -> tuple[int, int] | None:
    """The words that a span covers half of or more, if it lies in the sentence."""
    words = scene.view.words
    if span is None or not words or span["start"] < words[0].start - 3 or span["end"] > words[-1].end + 3:
        return None
    covered = []
    for at, word in enumerate(words):
        shared = min(word.end, span["end"]) - max(word.start, span["start"])
        if 2 * shared >= min(word.end - word.start, span["end"] - span["start"]):
            covered.append(at)
    return (covered[0], covered[-1]) if covered else None


def _roles(span: tuple[int, int], event: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({role["role"] for role in event["roles"] if overlap(span, role) >= 0.5}))


def gold_event(events: Sequence[dict[str, Any]], scene: Scene, candidate: Candidate) -> dict[str, Any] | None:
    """The gold event that a candidate stands for."""
    word = scene.view.words[candidate.at]
    for event in events:
        if event["type"] == candidate.sense.type and overlap((word.start, word.end), event["trigger"]) >= 0.5:
            return event
    return None


def overlap(left: tuple[int, int], right: dict[str, Any]) -> float:
    """Intersection over union."""
    shared = min(left[1], right["end"]) - max(left[0], right["start"])
    return shared / (max(left[1], right["end"]) - min(left[0], right["start"])) if shared > 0 else 0.0


def gold_mentions(gold: dict[str, Any]) -> tuple[Mention, ...]:
    rows = sorted(gold["mentions"], key=lambda row: (row["start"], -row["end"]))
    return tuple(Mention(f"m{n}", row["start"], row["end"], row["text"], row["type"]) for n, row in enumerate(rows))


def gold_claims(gold: dict[str, Any]) -> tuple[Claim, ...]:
    return tuple(_claim(number, row) for number, row in enumerate(gold["claims"]))


def _claim(number: int, row: dict[str, Any]) -> Claim:
    source, cue = row["source"], row["cue"]
    return Claim(
        id=f"c{number}",
        source=Source(source["start"], source["end"], source["text"], row["kind"], None) if source else None,
        via=tuple(Span(via["start"], via["end"], via["text"]) for via in row["via"]),
        cue=Span(**cue) if cue else None,
        content=Span(**row["content"]),
        stance=row["stance"],
        quote=row["quote"],
        score=1.0,
    )
