"""Everything that the rules ask about one sentence: words, phrases, claims, and what lies between two words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from khabar.events.phrases import Phrase, find_phrases
from khabar.events.words import View, Word
from khabar.records import Claim

__all__ = ["Scene", "restage_scene", "stage_scene"]

_BREAKS = ("comp", "rel", "sub", "cond", "comma", "verb", "quote")


class Scene(msgspec.Struct, frozen=True):
    """A sentence with its phrases.

    `firsts` are the first words of the phrases, `subjects` of those that look like subjects. By word: `phrase_at` is
    the index of its phrase, `claim_at` of the innermost claim (shortest content) that holds it, `cue_at` and
    `source_at` of the first claim with it in its cue or source, each -1 for none; `speech_at` is `cue` or `source`
    where it is in one. `breaks[k]` are the words that are breaks of kind k.
    """

    view: View
    phrases: tuple[Phrase, ...]
    firsts: tuple[int, ...]
    phrase_at: tuple[int, ...]
    claim_at: tuple[int, ...]
    speech_at: tuple[str, ...]
    cue_at: tuple[int, ...]
    source_at: tuple[int, ...]
    breaks: dict[str, tuple[int, ...]]
    subjects: tuple[int, ...]
    kinds: tuple[str, ...]

    def between(self, kind: str, left: int, right: int) -> int:
        """Breaks of a kind strictly between two words, left < right."""
        places = self.breaks[kind]
        return bisect_left(places, right) - bisect_right(places, left)


def stage_scene(view: View, claims: Sequence[Claim]) -> Scene:
    """`claims` are those whose spans touch the sentence."""
    phrases = find_phrases(view)
    phrase_at = [-1] * len(view.words)
    for index, phrase in enumerate(phrases):
        for at in range(phrase.first, phrase.last + 1):
            phrase_at[at] = index
    kinds = {mention.type for mention in view.mentions}
    nowhere = (-1,) * len(view.words)
    scene = Scene(
        view=view,
        phrases=phrases,
        firsts=tuple(phrase.first for phrase in phrases),
        phrase_at=tuple(phrase_at),
        claim_at=nowhere,
        speech_at=("",) * len(view.words),
        cue_at=nowhere,
        source_at=nowhere,
        breaks=_breaks(view),
        subjects=() if claims else _subjects(view, phrases, nowhere),
        kinds=tuple(kind for kind in ("PLACE", "ORG", "PERSON", "TIME", "QUANTITY") if kind in kinds),
    )
    return restage_scene(scene, claims) if claims else scene


def restage_scene(scene: Scene, claims: Sequence[Claim]) -> Scene:
    """The same sentence with other claims."""
    view = scene.view
    cue_at, source_at = _touched(view, claims, "cue"), _touched(view, claims, "source")
    speech = (
        "cue" if cue >= 0 else "source" if source >= 0 else "" for cue, source in zip(cue_at, source_at, strict=True)
    )
    return msgspec.structs.replace(
        scene,
        claim_at=_innermost(view, claims),
        speech_at=tuple(speech),
        cue_at=cue_at,
        source_at=source_at,
        subjects=_subjects(view, scene.phrases, cue_at),
    )


def _subjects(view: View, phrases: Sequence[Phrase], cue_at: Sequence[int]) -> tuple[int, ...]:
    return tuple(phrase.first for phrase in phrases if _is_subject(view, phrase, cue_at))


def _is_subject(view: View, phrase: Phrase, cue_at: Sequence[int]) -> bool:
    """A phrase without a preposition that opens a clause, or follows a verb at once."""
    if phrase.preposition or phrase.joined or phrase.kind == "TIME":
        return False
    at = phrase.first - 1
    if at >= 0 and view.words[at].norm in ('"', "(", ":"):
        at -= 1
    if at < 0 or cue_at[at] >= 0:
        return True
    left = view.words[at]
    return left.verbal or left.kind in ("comp", "sub") or any(form.pos == "verb" for form in left.forms)


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


def _touched(view: View, claims: Sequence[Claim], name: str) -> tuple[int, ...]:
    """The first claim whose cue (or source) covers each word, or -1; equal spans are looked at once."""
    starts = [word.start for word in view.words]
    found = [-1] * len(starts)
    seen: dict[tuple[int, int], None] = {}
    for index, claim in enumerate(claims):
        span = getattr(claim, name)
        if span is None or (span.start, span.end) in seen:
            continue
        seen[span.start, span.end] = None
        at = max(0, bisect_left(starts, span.start + 1) - 1)
        while at < len(starts) and starts[at] < span.end:
            if view.words[at].end > span.start and found[at] < 0:
                found[at] = index
            at += 1
    return tuple(found)


def _breaks(view: View) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {kind: [] for kind in ("", *_BREAKS)}
    for at, word in enumerate(view.words):
        places[_break(word)].append(at)
    return {kind: tuple(places[kind]) for kind in _BREAKS}


def _break(word: Word) -> str:
    if word.value >= 0:
        return ""  # ما لا يقل عن 17
    if word.particle:
        return word.kind if word.kind in _BREAKS else "verb" if word.verbal else ""
    if word.kind == "punct":
        return "comma" if word.norm in ("،", ",", "؛", ";", ":") else "quote" if word.norm == '"' else ""
    is_verb = word.verbal or any(form.pos == "verb" for form in word.forms)
    return "verb" if is_verb and not word.article else ""
