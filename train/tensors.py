"""Examples as numbers: pieces under the fixed layers, marks, and the rows of each decision."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import torch
from tokenizers import Tokenizer
from torch import Tensor

from khabar.model.encoder import Pieces, windows_of
from train.bert import Stack
from train.examples import Example
from train.naming import Naming

__all__ = ["UNKNOWN", "Fixed", "Prepared", "prepare"]

UNKNOWN = -1.0


class Prepared(msgspec.Struct):
    """One example. Rows are tuples as `train.network.Heads` takes them, truth last."""

    below: Tensor  # (pieces, width): what the fixed layers make of them
    first: list[int]  # the first piece of each word
    marks: Tensor  # (pieces, columns)
    triggers: list[tuple[int, int, list[int], bool]]
    pairs: list[tuple[int, int, int, int, list[int], list[int]]]
    facts: list[tuple[int, list[int], int]]
    speech: list[tuple[int, list[int]]]
    cues: list[float]  # of each word; UNKNOWN where nobody said


class Fixed:
    """The fixed layers: each sentence goes through them once, however often it is trained on."""

    def __init__(self, encoder: Stack, tokenizer: Tokenizer) -> None:
        self._encoder, self._pieces = encoder.eval(), Pieces(tokenizer)
        self._kept: dict[tuple[str, ...], tuple[Tensor, list[int], list[int]]] = {}

    def of(self, words: Sequence[str]) -> tuple[Tensor, list[int], list[int]]:
        """Vectors of the pieces, the first piece of each word, and the word of each piece (-1 for none).

        Of a sentence of several windows only the first is learned from.
        """
        key = tuple(words)
        if key not in self._kept:
            window = windows_of(words, self._pieces)[0]
            with torch.no_grad():
                vectors = self._encoder.climb(torch.tensor([window.ids]), torch.ones(1, len(window.ids)))[0]
            self._kept[key] = (vectors.bfloat16(), window.first, window.owner)
        return self._kept[key]


def prepare(example: Example, fixed: Fixed, naming: Naming) -> Prepared:
    """Rows about words that did not fit into the encoder are left out."""
    below, first, owner = fixed.of(example.words)
    length = len(first)
    marks = [[known.get(name, 0) for known, name in zip(naming.marks, row, strict=True)] for row in example.marks]
    # The last row, for pieces of no word, is row -1 too.
    table = torch.tensor([*marks, [0] * len(naming.marks)])
    cues = set(example.cues or ())
    return Prepared(
        below=below,
        first=first,
        marks=table[torch.tensor(owner)],
        triggers=[
            (row.at, naming.types.index(row.type), _known(naming.triggers, row.features), row.is_event)
            for row in example.triggers
            if row.at < length
        ],
        pairs=[
            (
                row.at, row.first, row.last, naming.types.index(row.type), _known(naming.pairs, row.features),
                [naming.roles.index(name) for name in row.roles],
            )
            for row in example.pairs
            if row.at < length and row.last < length
        ],
        facts=[
            (row.at, _known(naming.facts, row.features), naming.values.index(row.value))
            for row in example.facts
            if row.at < length
        ],
        speech=[
            (row.at, _spans(length, row.content, row.source, row.via)) for row in example.speech if row.at < length
        ],
        cues=[UNKNOWN if example.cues is None else float(at in cues) for at in range(length)],
    )  # fmt: skip


def _known(names: dict[str, int], features: list[str]) -> list[int]:
    return [names[feature] for feature in features if feature in names]


def _spans(
    length: int, content: tuple[int, int] | None, source: tuple[int, int] | None, via: list[tuple[int, int]]
) -> list[int]:
    """Of each word 0, or 1 and 2 (source), 3 and 4 (content), 5 and 6 (via): first and further; the last one wins."""
    found = [0] * length
    for label, spans in ((3, [content]), (1, [source]), (5, via)):
        for span in spans:
            if span is not None:
                for at in range(span[0], min(span[1] + 1, length)):
                    found[at] = label + (at > span[0])
    return found
