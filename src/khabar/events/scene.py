"""Everything that the rules ask about one sentence: words, phrases, claims, and what lies between two words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from khabar.events.phrases import Phrase, find_phrases
from khabar.events.words import View, Word
from khabar.records import Claim

__all__ = ["Scene", "stage_scene"]

_BREAKS = ("comp", "rel", "sub", "cond", "comma", "verb", "quote")


class Scene(msgspec.Struct, frozen=True):
    """A sentence with its phrases.

    `phrase_at[i]` is the index of the phrase that holds word i, or -1; `firsts` the first words of the phrases.
    `claim_at[i]` is the index of the innermost claim (shortest content) that holds word i, or -1; `speech_at[i]` is
    `cue` or `source` where word i is in one. `counts[k][i]` counts breaks of kind k before word i.
    """

    view: View
    phrases: tuple[Phrase, ...]
    firsts: tuple[int, ...]
    phrase_at: tuple[int, ...]
    claim_at: tuple[int, ...]
    speech_at: tuple[str, ...]
    counts: dict[str, tuple[int, ...]]
    kinds: tuple[str, ...]

    def between(self, kind: str, left: int, right: int) -> int:
        """Breaks of a kind strictly between two words, left < right."""
        count = self.counts[kind]
        return count[right] - count[left + 1]


def stage_scene(view: View, claims: Sequence[Claim]) -> Scene:
    """`claims` are those whose spans touch the sentence."""
    phrases = find_phrases(view)
    phrase_at = [-1] * len(view.words)
    for index, phrase in enumerate(phrases):
        for at in range(phrase.first, phrase.last + 1):
            phrase_at[at] = index
    kinds = {mention.type for mention in view.mentions}
    return Scene(
        view=view,
        phrases=phrases,
        firsts=tuple(phrase.first for phrase in phrases),
        phrase_at=tuple(phrase_at),
        claim_at=_innermost(view, claims),
        speech_at=_speech(view, claims),
        counts=_counts(view),
        kinds=tuple(kind for kind in ("PLACE", "ORG", "PERSON", "TIME", "QUANTITY") if kind in kinds),
    )


def _innermost(view: View, claims: Sequence[Claim]) -> tuple[int, ...]:
    """Short contents are painted first, and a painted word is stepped over: linear however claims are nested."""
    starts = [word.start for word in view.words]
    claim_at = [-1] * len(starts)
    free = list(range(len(starts) + 1))
    for index in sorted(range(len(claims)), key=lambda i: (claims[i].content.end - claims[i].content.start, i)):
        at = _next_free(free, bisect_left(starts, claims[index].content.start))
        while at < len(starts) and starts[at] < claims[index].content.end:
            claim_at[at] = index
            free[at] = at + 1
            at = _next_free(free, at)
    return tuple(claim_at)


def _next_free(free: list[int], at: int) -> int:
    while free[at] != at:
        free[at] = free[free[at]]
        at = free[at]
    return at


def _speech(view: View, claims: Sequence[Claim]) -> tuple[str, ...]:
    starts = [word.start for word in view.words]
    speech_at = [""] * len(starts)
    for name in ("source", "cue"):
        spans = {(span.start, span.end): None for claim in claims if (span := getattr(claim, name)) is not None}
        for start, end in spans:
            at = max(0, bisect_left(starts, start + 1) - 1)
            while at < len(starts) and starts[at] < end:
                if view.words[at].end > start:
                    speech_at[at] = name
                at += 1
    return tuple(speech_at)


def _counts(view: View) -> dict[str, tuple[int, ...]]:
    counts: dict[str, list[int]] = {kind: [0] for kind in _BREAKS}
    for word in view.words:
        here = _break(word)
        for kind in _BREAKS:
            counts[kind].append(counts[kind][-1] + (kind == here))
    return {kind: tuple(count) for kind, count in counts.items()}


def _break(word: Word) -> str:
    if word.particle:
        return word.kind if word.kind in _BREAKS else "verb" if word.kind == "aux" else ""
    if word.kind == "punct":
        return "comma" if word.norm in ("،", ",", "؛", ";", ":") else "quote" if word.norm == '"' else ""
    return "verb" if any(form.pos == "verb" for form in word.forms) and not word.article else ""
