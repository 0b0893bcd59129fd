"""A BERT encoder in plain PyTorch: the mathematics of Hugging Face's BertModel, with Q, K and V in one matrix.

Small and without branches on data, so that the exported graph is small too. Devlin et al. 2019 (BERT), after Vaswani
et al. 2017; RoBERTa, XLM-RoBERTa and ELECTRA differ only in names and in where positions begin (see `train.folder`).
What a younger kind (`train.modern`) has in common with it is `Stack`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec
import torch
from torch import Tensor, nn

__all__ = ["Encoder", "Layer", "MarkedEncoder", "Shape", "Stack", "mix", "through"]


class Shape(msgspec.Struct, frozen=True):
    """Sizes of an encoder; `positions` is the longest input in pieces, `pad` the id of the padding piece."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    pieces: int
    epsilon: float = 1e-12
    pad: int = 0
    tanh_gelu: bool = False


class Stack(nn.Module):
    """Pieces to vectors: `ids` (batch, pieces) and `mask` (1 where a piece is) to (batch, pieces, hidden).

    A table of pieces, `layers` that take (hidden, bias), and `top`, through which the vectors of the highest go.
    """

    def __init__(self, shape: Shape, layers: Iterable[nn.Module], norm: nn.Module, top: nn.Module, drop: float) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.pieces, shape.hidden, padding_idx=shape.pad)
        self.norm, self.top = norm, top
        self.drop = nn.Dropout(drop)
        self.layers = nn.ModuleList(layers)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors of the pieces. Inputs longer than `shape.positions` fail."""
        found: Tensor = self.top(self.climb(ids, mask))
        return found

    def climb(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What leaves the highest layer."""
        return through(self.layers, self.start(ids), mask)

    def start(self, ids: Tensor) -> Tensor:
        """What goes into the lowest layer."""
        hidden: Tensor = self.drop(self.norm(self.embed(ids)))
        return hidden

    def embed(self, ids: Tensor) -> Tensor:
        """The rows of the table; the exported encoder has another table."""
        found: Tensor = self.words(ids)
        return found

    def freeze(self, bottom: int) -> None:
        """Keep the embeddings and the `bottom` lowest layers as they are; 0 freezes nothing."""
        if bottom <= 0:
            return
        learning = {id(value) for part in (*self.layers[bottom:], self.top) for value in part.parameters()}
        for parameter in self.parameters():
            parameter.requires_grad_(id(parameter) in learning)


class Encoder(Stack):
    """BERT's: a vector for each place is added to that of the piece."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        layers = (Layer(shape, dropout) for _ in range(shape.layers))
        super().__init__(shape, layers, nn.LayerNorm(shape.hidden, eps=shape.epsilon), nn.Identity(), dropout)
        # The type embedding of a single text is added in: it is the same at every place.
        self.positions = nn.Parameter(torch.zeros(shape.positions, shape.hidden))

    def embed(self, ids: Tensor) -> Tensor:
        return super().embed(ids) + self.positions[: ids.shape[1]]


class MarkedEncoder(nn.Module):
    """An encoder that is told marks of the words between two of its layers.

    `below` are fixed layers, whose output may be kept between epochs; `layers` learn, and see the sum of that output
    and of a vector a mark. Mark 0 of every column is none.
    """

    def __init__(self, encoder: Stack, fixed: int, marks: Sequence[int], *, dropout: float = 0.1) -> None:
        """Take the encoder's layers apart after `fixed` of them; `marks` are how many marks each column has."""
        super().__init__()
        self.below = encoder
        self.layers = encoder.layers[fixed:]
        self.top = encoder.top
        encoder.layers, encoder.top = encoder.layers[:fixed], nn.Identity()
        encoder.freeze(fixed)
        self.marks = nn.ModuleList(nn.Embedding(size, encoder.shape.hidden, padding_idx=0) for size in marks)
        for table in self.marks:
            nn.init.normal_(table.weight, std=0.02)
            with torch.no_grad():
                table.weight[0].zero_()
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """ids, mask (batch, pieces), marks (batch, pieces, columns) to vectors (batch, pieces, hidden)."""
        return self.above(self.below.climb(ids, mask), mask, marks)

    def above(self, below: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """The learning layers, over what the fixed ones gave."""
        for column, table in enumerate(self.marks):
            below = below + self.drop(table(marks[:, :, column]))
        found: Tensor = self.top(through(self.layers, below, mask))
        return found


def through(layers: Iterable[nn.Module], hidden: Tensor, mask: Tensor) -> Tensor:
    """Run layers; `mask` is 1 where a piece is."""
    # Added to the attention's scores; -10000 as in BERT, which float16 can hold.
    bias = (1.0 - mask.to(hidden.dtype))[:, None, None, :] * -10000.0
    for layer in layers:
        hidden = layer(hidden, bias)
    return hidden


class Layer(nn.Module):
    """Attention and two matrices, each with the input added and normalised after it."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width = shape.hidden
        self.heads, self.size = shape.heads, width // shape.heads
        self.scale = 1 / math.sqrt(self.size)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=shape.epsilon)
        self.up = nn.Linear(width, shape.inner)
        self.down = nn.Linear(shape.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=shape.epsilon)
        self.activate = nn.GELU("tanh" if shape.tanh_gelu else "none")
        self.drop = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """The layer's output, shaped as its input."""
        hidden = self.norm1(hidden + self.drop(self.out(self.attend(hidden, bias))))
        return self.norm2(hidden + self.drop(self.down(self.activate(self.up(hidden)))))

    def attend(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Every piece's mixture of all pieces of its text."""
        batch, length, width = hidden.shape
        query, key, value = self.qkv(hidden).view(batch, length, 3, self.heads, self.size).unbind(2)
        return mix(query, key, value, bias, self.scale, self.drop).reshape(batch, length, width)


def mix(query: Tensor, key: Tensor, value: Tensor, bias: Tensor, scale: float, drop: nn.Module) -> Tensor:
    """Attention; all are (batch, pieces, heads, size), `bias` is added to the scores (batch, heads, pieces, pieces)."""
    if scale != 1:  # folded into the weights in an exported encoder
        query = query * scale
    scores = query.transpose(1, 2) @ key.permute(0, 2, 3, 1) + bias
    mixed: Tensor = drop(torch.softmax(scores, -1)) @ value.transpose(1, 2)
    return mixed.transpose(1, 2)
