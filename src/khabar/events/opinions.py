"""What the trained model thinks of a sentence, beside the rules: logits that are weighed against theirs.

The rules find what may be an event or a role; the model has a say in which of them are. Without weights, or with
`--reader rules`, there are no opinions, and the rules decide alone.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from khabar.events.marks import word_marks
from khabar.events.role_features import Pair
from khabar.events.scene import Scene
from khabar.events.scoring import probability
from khabar.events.triggers import Candidate
from khabar.events.words import View
from khabar.model import Model, Numbers, Said, Telling, Vectors, build_model, decode_telling
from khabar.records import Claim
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["Opinion", "Panel", "form_opinions"]

_HARDLY = -4.0  # logit of a cue below which a word is none
_TOGETHER = 500  # words: more at once is no quicker, and what is kept of each has a bound
_SHORTEST = 3  # words: in fewer nothing is told


class Opinion:
    """Of one sentence. `words` are the vectors of all words of the document, its own from number `first` on."""

    def __init__(
        self, model: Model, view: View, words: Vectors, first: int, cue_logits: Sequence[float],
        tellings: Mapping[int, Telling],
    ) -> None:  # fmt: skip
        """`tellings` are those of the cues that are likelier than not, by their word."""
        self.model, self.words, self.first, self.telling = model, words, first, tellings.__getitem__
        self._view, self._cue_logits = view, cue_logits

    def of_factuality(self, candidate: Candidate, numbers: Numbers, rules: Sequence[float]) -> list[float]:
        """The logit of each factuality, from that of the rules, by the numbers of one candidate's features."""
        logits = self.model.heads.factualities(self.words, [self.first + candidate.at], numbers)[0]
        blend = self.model.names.factuality
        return [blend.of(own, rule) for own, rule in zip(logits.tolist(), rules, strict=True)]

    def cues(self) -> list[tuple[int, float]]:
        """Words that may begin a cue, in order, with the probability."""
        return [(at, 1 / (1 + math.exp(-logit))) for at, logit in enumerate(self._cue_logits) if logit > _HARDLY]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Original offsets of words, without clitics before the first."""
        return self._view.words[first].start, self._view.words[last].end

    def confidence(self, score: float, cue: tuple[int, int] | None) -> float:
        """How likely a claim is right, by the rules' score and by its cue (original offsets)."""
        by_rules = _logit(score)
        logit = self.cue_logit(cue) if cue is not None else None
        names = self.model.names
        return probability(names.uncued.of(0.0, by_rules) if logit is None else names.claim.of(logit, by_rules))

    def cue_logit(self, cue: tuple[int, int]) -> float | None:
        """The highest logit of the words that a cue covers; None where it covers none."""
        words = self._view.words
        first = bisect_left(words, cue[0] + 1, key=lambda word: word.end)
        last = bisect_left(words, cue[1], key=lambda word: word.start)
        return max(self._cue_logits[first:last], default=None)


class Panel:
    """The opinions of some sentences, asked at once. Where a sentence has none, the rules' logits stay as they are.

    A row is a candidate with the number of its sentence among them, and for a role the phrase too.
    """

    def __init__(self, opinions: Sequence[Opinion | None]) -> None:
        heard = next(filter(None, opinions), None)
        self._model: Model | None = heard.model if heard else None
        self._words: Vectors = heard.words if heard else np.empty((0, 0), np.float32)
        # The number of each sentence's first word; -1 for a sentence without an opinion.
        self._firsts = [opinion.first if opinion is not None else -1 for opinion in opinions]

    def of_triggers(
        self, rows: Sequence[tuple[int, Candidate]], numbers: Numbers, rules: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The logits of candidates from those of the rules, by the numbers of their features."""
        asked = [at for at, (number, _) in enumerate(rows) if self._firsts[number] >= 0]
        if self._model is None or not asked:
            return rules
        names = self._model.names
        at = [self._firsts[rows[k][0]] + rows[k][1].at for k in asked]
        types = [names.types.index(rows[k][1].sense.type) for k in asked]
        logits = self._model.heads.triggers(self._words, at, numbers[:, asked])
        found = rules.copy()
        found[asked] = names.trigger.of(logits[np.arange(len(types)), types].astype(np.float64), rules[asked])
        return found

    def of_roles(
        self, rows: Sequence[tuple[int, Candidate, Pair]], numbers: Numbers, rules: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The logits (rows, roles) of phrases in events from those of the rules, by the numbers of their features."""
        asked = [at for at, (number, *_) in enumerate(rows) if self._firsts[number] >= 0]
        if self._model is None or not asked:
            return rules
        names = self._model.names
        told = [
            (self._firsts[number], candidate, pair.phrase) for number, candidate, pair in map(rows.__getitem__, asked)
        ]
        logits = self._model.heads.pairs(
            self._words,
            [first + candidate.at for first, candidate, _ in told],
            [first + phrase.first for first, _, phrase in told],
            [first + phrase.last for first, _, phrase in told],
            [names.types.index(candidate.sense.type) for _, candidate, _ in told],
            numbers[:, asked],
        )
        found = rules.copy()
        found[asked] = names.role.of(logits.astype(np.float64), rules[asked])
        return found


def _logit(score: float) -> float:
    bounded = min(max(score, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


def form_opinions(
    text: NormalText,
    sentences: Sequence[Sentence],
    scenes: Sequence[tuple[Scene, Sequence[Claim]]],
    resources: Resources,
) -> list[Opinion | None]:
    """One a sentence; None for all without a model, and for a sentence of fewer than `_SHORTEST` words."""
    model = resources.compiled(build_model)
    if model is None:
        return [None] * len(sentences)
    asked = [index for index, (scene, _) in enumerate(scenes) if len(scene.view.words) >= _SHORTEST]
    words = model.encoder.read(
        [
            Said(_spelled(text.original, sentences[index]), model.names.mark_numbers(word_marks(*scenes[index])))
            for index in asked
        ]
    )
    logits: list[float] = model.heads.cues(words).tolist()
    ends = list(accumulate((len(scenes[index][0].view.words) for index in asked), initial=0))
    tellings = _tellings(model, words, logits, ends)
    found: list[Opinion | None] = [None] * len(sentences)
    for index, (first, end) in zip(asked, pairwise(ends), strict=True):
        found[index] = Opinion(model, scenes[index][0].view, words, first, logits[first:end], tellings[first])
    return found


def _tellings(
    model: Model, words: Vectors, logits: Sequence[float], ends: Sequence[int]
) -> dict[int, dict[int, Telling]]:
    """What the cues that are likelier than not govern, by the first word of the sentence and the word in it."""
    found: dict[int, dict[int, Telling]] = {first: {} for first in ends[:-1]}
    cues = [(first, end, at) for first, end in pairwise(ends) for at in range(first, end) if logits[at] >= 0]
    for together in _parts(cues):
        for (first, _, at), told in zip(together, model.heads.speech(words, together), strict=True):
            found[first][at - first] = decode_telling(told)
    return found


def _parts(cues: Sequence[tuple[int, int, int]]) -> Iterator[Sequence[tuple[int, int, int]]]:
    """Cues that are asked about at once: those of most articles all, else of `_TOGETHER` words or a few more."""
    start = words = 0
    for stop, (first, end, _) in enumerate(cues, 1):
        words += end - first
        if words >= _TOGETHER or stop == len(cues):
            yield cues[start:stop]
            start, words = stop, 0


def _spelled(text: str, sentence: Sentence) -> list[str]:
    """Words as the article has them, each with the space before it: so the tokenizer was trained."""
    return [
        (" " if not token.start or text[token.start - 1].isspace() else "") + text[token.start : token.end]
        for token in sentence.tokens
    ]
