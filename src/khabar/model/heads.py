"""The small layers over the encoder's word vectors, in numpy: all decisions of a kind at once.

Every decision is told two things: what the encoder makes of the words, and the named features that the rules go by,
each of which has a vector of its own. `train/network.py` holds the same layers as they are trained.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Heads", "Numbers", "Vectors"]

Vectors: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.intp]  # (features, rows): the named features of each row, filled up with 0

_ROOT = math.sqrt(2 / math.pi)
_BAGS = ("trigger_bag.table.weight", "pair_bag.table.weight", "fact_bag.table.weight")
_LOOKED_UP = (*_BAGS, "pair_type.weight", "said_far.weight")


class Heads:
    """Weights by the names that the trained layers have."""

    def __init__(self, weights: Mapping[str, Vectors]) -> None:
        # Tables lie by row, to be looked up. Layers lie by column: so, few words are multiplied thrice as fast.
        self._weights = {
            name: np.asarray(value, np.float32, "C" if name.endswith(_LOOKED_UP) else "F")
            for name, value in weights.items()
        }
        for name in _BAGS:
            table = self._weights[name]
            self._weights[name] = np.concatenate([np.zeros_like(table[:1]), table[1:], np.zeros_like(table[:1])])

    def triggers(self, words: Vectors, at: Sequence[int], features: Numbers) -> Vectors:
        """Logits (rows, event types) of words that may name an event; `words` is (words, width)."""
        hidden = _gelu(self._linear("trigger_word", words[list(at)]) + self._bags("trigger_bag", features))
        return self._linear("trigger", hidden)

    def pairs(
        self, words: Vectors, at: Sequence[int], first: Sequence[int], last: Sequence[int], types: Sequence[int],
        features: Numbers,
    ) -> Vectors:  # fmt: skip
        """Logits (rows, roles) of phrases, by their first and last word, in the events at the words `at`."""
        event, left = self._at(words, at, "pair_event", "pair_left")
        begin, right = self._at(words, first, "pair_first", "pair_right")
        (end,) = self._at(words, last, "pair_last")
        hidden = event + begin + end + left * right
        hidden = hidden + self._weights["pair_type.weight"][list(types)] + self._bags("pair_bag", features)
        return self._linear("pair", self._deepened("pair_more", _gelu(hidden)))

    def factualities(self, words: Vectors, at: Sequence[int], features: Numbers) -> Vectors:
        """Logits (rows, factualities) of the events at the words `at`."""
        hidden = _gelu(self._linear("fact_word", words[list(at)]) + self._bags("fact_bag", features))
        return self._linear("fact", hidden)

    def cues(self, words: Vectors) -> Vectors:
        """A logit a word: whether it is the first of a cue."""
        return self._linear("cue", words)[:, 0]

    def speech(self, words: Vectors, cues: Sequence[tuple[int, int, int]]) -> list[Vectors]:
        """Of each cue, given as (first word of its sentence, end, word of the cue), the logits (words, 7).

        The labels are: outside, then first and further words of source, content, via.
        """
        lengths = [end - first for first, end, _ in cues]
        places = np.concatenate([np.arange(first, end) for first, end, _ in cues])
        at = np.array([at for *_, at in cues])
        table = self._weights["said_far.weight"]
        far = len(table) // 2
        distance = np.clip(places - at.repeat(lengths), -far, far) + far
        word, right = self._at(words, places, "said_word", "said_right")
        cue, left = (self._linear(name, words[at]).repeat(lengths, 0) for name in ("said_cue", "said_left"))
        hidden = cue + word + table[distance] + left * right
        logits = self._linear("said", self._deepened("said_more", _gelu(hidden)))
        return np.split(logits, np.cumsum(lengths[:-1]))

    def _linear(self, name: str, rows: Vectors) -> Vectors:
        found: Vectors = rows @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return found

    def _at(self, words: Vectors, places: Sequence[int] | NDArray[np.intp], *names: str) -> Iterator[Vectors]:
        """Layers over the words at some places; a word is multiplied once, in however many rows it stands."""
        distinct, rows = np.unique(places, return_inverse=True)
        return (self._linear(name, words[distinct])[rows] for name in names)

    def _deepened(self, name: str, hidden: Vectors) -> Vectors:
        return hidden + _gelu(self._linear(name, hidden))

    def _bags(self, name: str, features: Numbers) -> Vectors:
        """The sum of the vectors of each row's features; 0 and numbers beyond the table have none."""
        table = self._weights[name + ".table.weight"]
        found: Vectors = np.add.reduce(table.take(features, 0, mode="clip"), 0)
        return found


def _gelu(x: Vectors) -> Vectors:
    """`x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x ** 3)))`, in one array."""
    found: Vectors = np.float32(0.044715) * x
    found *= x
    found *= x
    found += x
    found *= np.float32(_ROOT)
    np.tanh(found, found)
    found += 1
    found *= np.float32(0.5) * x
    return found
