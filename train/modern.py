"""A ModernBERT encoder in plain PyTorch: the mathematics of Hugging Face's ModernBertModel.

Warner et al. 2024. Beside BERT: norms stand before attention and matrices, pieces are turned by their place (rotary
positions, Su et al. 2021) instead of having a vector of it, some layers see only a window around each piece, and the
wide matrix is gated. No dropout but ours, no branches on data, and no table of positions: any length can be read.
"""

from __future__ import annotations

import math

import msgspec
import torch
from torch import Tensor, nn

from train.bert import Shape, Stack, mix

__all__ = ["ModernEncoder", "ModernLayer", "Modes"]


class Modes(msgspec.Struct, frozen=True):
    """How the layers of an encoder differ: of each whether it sees only pieces within `window` places, and the base
    of its rotation; and which of its parts have biases."""

    local: tuple[bool, ...]
    window: int
    theta: tuple[float, ...]
    norm_bias: bool = False
    attention_bias: bool = False
    inner_bias: bool = False


class ModernEncoder(Stack):
    """ModernBERT's: pieces go in without a word on their places."""

    def __init__(self, shape: Shape, modes: Modes, *, dropout: float = 0.1) -> None:
        layers = [ModernLayer(shape, modes, number, dropout) for number in range(shape.layers)]
        norm, top = (_norm(shape, modes) for _ in range(2))
        super().__init__(shape, layers, norm, top, dropout)


class ModernLayer(nn.Module):
    """Attention and a gated pair of matrices, each added to what came in."""

    def __init__(self, shape: Shape, modes: Modes, number: int, dropout: float) -> None:
        super().__init__()
        width = shape.hidden
        self.heads, self.size = shape.heads, width // shape.heads
        self.scale = 1 / math.sqrt(self.size)
        self.window = modes.window if modes.local[number] else None
        self.theta = modes.theta[number]
        # What comes from the table was normalised there.
        self.norm1 = _norm(shape, modes) if number else nn.Identity()
        self.qkv = nn.Linear(width, 3 * width, bias=modes.attention_bias)
        self.out = nn.Linear(width, width, bias=modes.attention_bias)
        self.norm2 = _norm(shape, modes)
        self.up = nn.Linear(width, 2 * shape.inner, bias=modes.inner_bias)
        self.down = nn.Linear(shape.inner, width, bias=modes.inner_bias)
        self.activate = nn.GELU("tanh" if shape.tanh_gelu else "none")
        self.drop = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """The layer's output, shaped as its input."""
        hidden = hidden + self.drop(self.out(self.attend(self.norm1(hidden), bias)))
        inner, gate = self.up(self.norm2(hidden)).chunk(2, dim=-1)
        found: Tensor = hidden + self.drop(self.down(self.activate(inner) * gate))
        return found

    def attend(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Every piece's mixture of the pieces that it sees."""
        batch, length, width = hidden.shape
        query, key, value = self.qkv(hidden).view(batch, length, 3, self.heads, self.size).unbind(2)
        places = torch.arange(length, device=hidden.device)
        if self.window is not None:
            far = (places[:, None] - places[None]).abs() > self.window
            bias = bias + far.to(bias.dtype) * -10000.0
        turn = self._turn(places)
        query, key = (_rotated(part.float(), *turn).to(value.dtype) for part in (query, key))
        return mix(query, key, value, bias, self.scale, self.drop).reshape(batch, length, width)

    def _turn(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Cosine and sine of each place's angles: (pieces, 1, size)."""
        steps = torch.arange(0, self.size, 2, device=places.device).float() / self.size
        angles = places.float()[:, None] / self.theta**steps
        angles = torch.cat((angles, angles), -1)[:, None]
        return angles.cos(), angles.sin()


def _rotated(part: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    left, right = part.chunk(2, dim=-1)
    return part * cos + torch.cat((-right, left), -1) * sin


def _norm(shape: Shape, modes: Modes) -> nn.LayerNorm:
    return nn.LayerNorm(shape.hidden, eps=shape.epsilon, bias=modes.norm_bias)
