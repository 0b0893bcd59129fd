"""Events: what the article says happened, will happen, or did not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from khabar.events.factuality import Before, build_factuality
from khabar.events.lexicon import build_lexicon
from khabar.events.opinions import Opinion, Panel, form_opinions
from khabar.events.roles import build_roles, with_mention
from khabar.events.scene import Scene, restage_scene, stage_scene
from khabar.events.scoring import probability
from khabar.events.triggers import Memory, Scored, build_triggers
from khabar.events.words import view_sentence
from khabar.records import Claim, Event, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_events", "form_opinions", "restage_scenes", "stage_scenes"]

_TOGETHER = 500  # words: more at once is no quicker, and what is kept of each candidate has a bound


def find_events(
    text: NormalText,
    mentions: tuple[Mention, ...],
    scenes: Sequence[tuple[Scene, Sequence[Claim]]],
    opinions: Sequence[Opinion | None],
    resources: Resources,
) -> tuple[Event, ...]:
    """Events in order of their trigger, with ids `e0`, `e1`, …, from the scenes and the opinions of all sentences.

    `score` is the logistic of the trigger's summed weights: how often a word of this sense, in such a context, was an
    event of this type in the articles that the weights were fitted on.
    """
    triggers = resources.compiled(build_triggers)
    roles = resources.compiled(build_roles)
    factuality = resources.compiled(build_factuality)
    events: list[Event] = []
    memory = Memory()
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    starts = [mention.start for mention in ordered]
    for first, last in _together(scenes):
        panel = Panel(opinions[first:last])
        chosen = triggers.choose([scene for scene, _ in scenes[first:last]], memory, first, panel)
        filled = roles.of(text, scenes[first:last], chosen, panel)
        for place in range(first, last):
            before: Before | None = None
            scene, here = scenes[place]
            for scored, found in zip(chosen[place - first], filled[place - first], strict=True):
                if not scored.is_event(has_roles=bool(found)):
                    continue
                claim = _claim_of(scene, here, scored)
                fact = factuality.of(scene, scored.candidate, claim, before, opinions[place])
                before = Before(scored.candidate.at, scored.candidate.form.pos, fact)
                word = scene.view.words[scored.candidate.at]
                events.append(
                    Event(
                        id=f"e{len(events)}",
                        claim=claim.id if claim else None,
                        type=scored.candidate.sense.type,
                        trigger=text.original_span(word.start, word.end),
                        factuality=fact,
                        roles=tuple(with_mention(role, ordered, starts) for role in found),
                        score=probability(scored.score),
                    )
                )
    return tuple(events)


def _together(scenes: Sequence[tuple[Scene, Sequence[Claim]]]) -> Iterator[tuple[int, int]]:
    """Sentences that are weighed at once: most articles whole, what is longer in parts of `_TOGETHER` words or more."""
    first = words = 0
    for last, (scene, _) in enumerate(scenes, 1):
        words += len(scene.view.words)
        if words >= _TOGETHER or last == len(scenes):
            yield first, last
            first, words = last, 0


def stage_scenes(
    text: NormalText,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    resources: Resources,
) -> list[tuple[Scene, Sequence[Claim]]]:
    """Each sentence with what is known of it, and the claims that touch it."""
    lexicon = resources.compiled(build_lexicon)
    scenes: list[tuple[Scene, Sequence[Claim]]] = []
    by_sentence = _claims_of(sentences, claims)
    first = 0
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    for sentence, here in zip(sentences, by_sentence, strict=True):
        while first < len(ordered) and ordered[first].start < sentence.start:
            first += 1
        last = first
        while last < len(ordered) and ordered[last].start < sentence.end:
            last += 1
        view = view_sentence(text, sentence, ordered[first:last], lexicon)
        scenes.append((stage_scene(view, here), here))
        first = last
    return scenes


def restage_scenes(
    sentences: Sequence[Sentence], scenes: Sequence[tuple[Scene, Sequence[Claim]]], claims: Sequence[Claim]
) -> list[tuple[Scene, Sequence[Claim]]]:
    """The same sentences with other claims."""
    by_sentence = _claims_of(sentences, claims)
    return [
        (restage_scene(scene, here) if before or here else scene, here)
        for (scene, before), here in zip(scenes, by_sentence, strict=True)
    ]


def _claims_of(sentences: Sequence[Sentence], claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims whose content or cue touches each sentence; a cue may stand in another sentence than its content."""
    starts = [sentence.start for sentence in sentences]
    found: list[list[Claim]] = [[] for _ in sentences]
    for claim in claims:
        spans = (claim.content, claim.cue) if claim.cue is not None else (claim.content,)
        touched: dict[int, None] = {}
        for span in spans:
            at = max(0, bisect_right(starts, span.start) - 1)
            while at < len(sentences) and sentences[at].start < span.end:
                if sentences[at].end > span.start:
                    touched[at] = None
                at += 1
        for at in touched:
            found[at].append(claim)
    return found


def _claim_of(scene: Scene, claims: Sequence[Claim], scored: Scored) -> Claim | None:
    index = scene.claim_at[scored.candidate.at]
    return claims[index] if index >= 0 else None
