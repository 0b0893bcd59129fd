"""From logits to spans: who is cited and what is said, for one cue."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import numpy as np

from khabar.model.heads import Vectors

__all__ = ["Part", "Telling", "decode_telling"]

# Labels: 0 outside, then first and further words of source, content and via.
_FIRSTS = _SOURCE, _CONTENT, _VIA = 1, 3, 5
_NEVER = float("-inf")


class Part(msgspec.Struct, frozen=True):
    """Words `first` to `last`, and how likely a word of them is labelled so, on average."""

    first: int
    last: int
    probability: float


class Telling(msgspec.Struct, frozen=True):
    """What one cue governs: the first source, the longest content. Carriers have labels too, and are the rules'."""

    source: Part | None
    content: Part | None


def decode_telling(logits: Vectors) -> Telling:
    """The likeliest labels of (words, 7) logits, under which a further word follows a first one of its kind."""
    scores = _log_softmax(logits)
    labels: list[int] = scores.argmax(1).tolist()
    if not _in_order(labels):
        labels = _viterbi(scores)
    sources, contents = (_runs(labels, scores, kind) for kind in (_SOURCE, _CONTENT))
    content = max(contents, key=lambda part: part.last - part.first, default=None)
    return Telling(sources[0] if sources else None, content)


def _in_order(labels: list[int]) -> bool:
    """Whether each further word follows one of its kind."""
    return all(label - 1 not in _FIRSTS or label - before in (0, 1) for before, label in pairwise((0, *labels)))


def _log_softmax(logits: Vectors) -> Vectors:
    shifted = logits - logits.max(1, keepdims=True)
    found: Vectors = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return found


def _viterbi(scores: Vectors) -> list[int]:
    """Numbers of seven labels are sooner compared one by one than as arrays."""
    best, *rows = scores.tolist()
    for first in _FIRSTS:
        best[first + 1] = _NEVER
    back: list[list[int]] = []
    for row in rows:
        before = [best.index(max(best))] * len(best)
        for first in _FIRSTS:
            before[first + 1] = first if best[first] >= best[first + 1] else first + 1
        best = [best[label] + score for label, score in zip(before, row, strict=True)]
        back.append(before)
    labels = [best.index(max(best))]
    for before in reversed(back):
        labels.append(before[labels[-1]])
    return labels[::-1]


def _runs(labels: list[int], scores: Vectors, kind: int) -> list[Part]:
    found: list[Part] = []
    first = -1
    for at, label in enumerate([*labels, 0]):
        if first >= 0 and label != kind + 1:
            likely = np.exp(scores[first:at, kind : kind + 2].max(1))
            found.append(Part(first, at - 1, float(likely.mean())))
            first = -1
        if label == kind:
            first = at
    return found
