"""The reader's network: an encoder over a sentence's pieces, and heads over its words.

`khabar.model.heads` computes the same heads with numpy where the reader runs; their names and shapes are kept alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from train.bert import MarkedEncoder
from train.naming import Naming
from train.tensors import Prepared

__all__ = ["Batch", "Decisions", "Heads", "Network"]

WIDE = 192  # of the heads' hidden layers
FAR = 48  # words beyond which a distance counts as one
SPEECH = 7  # outside; source, content and via, first and further words
_SAID = 0.7  # share of the named features that a decision is told while it learns


class Bag(nn.Module):
    """Named features, each with a vector, summed; some are withheld in training, so that none is relied on."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(size, WIDE, mode="sum")
        nn.init.normal_(self.table.weight, std=0.02)

    def forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """One row of feature numbers a decision -> (decisions, WIDE)."""
        flat = torch.tensor([number for row in rows for number in row], dtype=torch.long)
        starts = torch.tensor([0, *(len(row) for row in rows[:-1])], dtype=torch.long).cumsum(0)
        weights = (torch.rand(len(flat)) < _SAID).float() / _SAID if self.training else torch.ones(len(flat))
        found: Tensor = self.table(flat, starts, per_sample_weights=weights)
        return found


class Heads(nn.Module):
    """Logits of decisions about words; `h` are the vectors of words, one below the other, `at` their numbers."""

    def __init__(self, naming: Naming, width: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.2)
        types, roles, values = len(naming.types), len(naming.roles), len(naming.values)
        self.trigger_word, self.trigger_bag = nn.Linear(width, WIDE), Bag(len(naming.triggers) + 1)
        self.trigger = nn.Linear(WIDE, types)
        self.pair_event, self.pair_first, self.pair_last = (nn.Linear(width, WIDE) for _ in range(3))
        self.pair_left, self.pair_right = nn.Linear(width, WIDE), nn.Linear(width, WIDE)
        self.pair_type = nn.Embedding(types, WIDE)
        self.pair_bag, self.pair_more = Bag(len(naming.pairs) + 1), nn.Linear(WIDE, WIDE)
        self.pair = nn.Linear(WIDE, roles)
        self.fact_word, self.fact_bag = nn.Linear(width, WIDE), Bag(len(naming.facts) + 1)
        self.fact = nn.Linear(WIDE, values)
        self.cue = nn.Linear(width, 1)
        self.said_cue, self.said_word = nn.Linear(width, WIDE), nn.Linear(width, WIDE)
        self.said_left, self.said_right = nn.Linear(width, WIDE), nn.Linear(width, WIDE)
        self.said_far, self.said_more = nn.Embedding(2 * FAR + 1, WIDE), nn.Linear(WIDE, WIDE)
        self.said = nn.Linear(WIDE, SPEECH)

    def triggers(self, h: Tensor, at: Tensor, features: Sequence[Sequence[int]]) -> Tensor:
        """(words, event types)."""
        hidden = _gelu(self.trigger_word(self.drop(h[at])) + self.trigger_bag(features))
        found: Tensor = self.trigger(self.drop(hidden))
        return found

    def pairs(
        self, h: Tensor, at: Tensor, first: Tensor, last: Tensor, types: Tensor, features: Sequence[Sequence[int]]
    ) -> Tensor:
        """(phrases, roles), for phrases by their first and last word, in the event at each word `at`."""
        event, left, right = self.drop(h[at]), self.drop(h[first]), self.drop(h[last])
        hidden = self.pair_event(event) + self.pair_first(left) + self.pair_last(right)
        hidden = hidden + self.pair_left(event) * self.pair_right(left)
        hidden = _gelu(hidden + self.pair_type(types) + self.pair_bag(features))
        hidden = hidden + _gelu(self.pair_more(self.drop(hidden)))
        found: Tensor = self.pair(self.drop(hidden))
        return found

    def factualities(self, h: Tensor, at: Tensor, features: Sequence[Sequence[int]]) -> Tensor:
        """(events, factualities)."""
        hidden = _gelu(self.fact_word(self.drop(h[at])) + self.fact_bag(features))
        found: Tensor = self.fact(self.drop(hidden))
        return found

    def cues(self, h: Tensor) -> Tensor:
        """(words): whether a word is the first of a cue."""
        found: Tensor = self.cue(self.drop(h))[:, 0]
        return found

    def speech(self, h: Tensor, at: int) -> Tensor:
        """(words, SPEECH) for the cue at a word; `h` is one sentence."""
        cue, word = self.drop(h[at])[None], self.drop(h)
        far = (torch.arange(len(h)) - at).clamp(-FAR, FAR) + FAR
        hidden = self.said_cue(cue) + self.said_word(word) + self.said_left(cue) * self.said_right(word)
        hidden = _gelu(hidden + self.said_far(far))
        hidden = hidden + _gelu(self.said_more(self.drop(hidden)))
        found: Tensor = self.said(self.drop(hidden))
        return found


def _gelu(x: Tensor) -> Tensor:
    """The tangent form: numpy has no error function."""
    return nn.functional.gelu(x, approximate="tanh")


class Batch:
    """Sentences padded to one length."""

    def __init__(self, sentences: Sequence[Prepared]) -> None:
        longest = max(len(sentence.below) for sentence in sentences)
        count, width = len(sentences), sentences[0].below.shape[1]
        self.below = torch.zeros(count, longest, width)
        self.mask = torch.zeros(count, longest)
        self.marks = torch.zeros(count, longest, sentences[0].marks.shape[1], dtype=torch.long)
        self.words: list[int] = []  # places of first pieces, all sentences in one row
        self.starts = [0]  # the number of each sentence's first word
        for row, sentence in enumerate(sentences):
            length = len(sentence.below)
            self.below[row, :length] = sentence.below.float()
            self.mask[row, :length] = 1
            self.marks[row, :length] = sentence.marks
            self.words += [row * longest + first for first in sentence.first]
            self.starts.append(len(self.words))


class Decisions:
    """Logits of all rows of a batch, beside the truth; None where there are no rows."""

    def __init__(self, network: Network, sentences: Sequence[Prepared]) -> None:
        batch = Batch(sentences)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=network.training):
            vectors = network.encoder.above(batch.below, batch.mask, batch.marks)
        self.h = vectors.float().reshape(-1, vectors.shape[-1])[torch.tensor(batch.words)]
        self.starts = batch.starts
        shifted = list(zip(batch.starts, sentences, strict=False))
        heads = network.heads
        self.trigger_rows = [(start + row[0], *row[1:]) for start, s in shifted for row in s.triggers]
        self.triggers: Tensor | None = None
        if self.trigger_rows:
            at, types, features, _ = zip(*self.trigger_rows, strict=True)
            logits = heads.triggers(self.h, torch.tensor(at), features)
            self.triggers = logits.gather(1, torch.tensor(types)[:, None])[:, 0]
        self.pair_rows = [
            (start + row[0], start + row[1], start + row[2], *row[3:]) for start, s in shifted for row in s.pairs
        ]
        self.pairs: Tensor | None = None
        if self.pair_rows:
            at, first, last, types, features, _ = zip(*self.pair_rows, strict=True)
            self.pairs = heads.pairs(
                self.h, torch.tensor(at), torch.tensor(first), torch.tensor(last), torch.tensor(types), features
            )
        self.fact_rows = [(start + row[0], *row[1:]) for start, s in shifted for row in s.facts]
        self.facts: Tensor | None = None
        if self.fact_rows:
            at, features, _ = zip(*self.fact_rows, strict=True)
            self.facts = heads.factualities(self.h, torch.tensor(at), features)
        self.cue_truth = [value for s in sentences for value in s.cues]
        self.cues = heads.cues(self.h)
        self.speech = [
            (heads.speech(self.h[start : start + len(s.first)], at), truth)
            for start, s in shifted
            for at, truth in s.speech
        ]


class Network(nn.Module):
    """Encoder and heads, trained together."""

    def __init__(self, encoder: MarkedEncoder, naming: Naming) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(naming, encoder.below.shape.hidden)
