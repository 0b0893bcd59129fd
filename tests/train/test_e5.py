"""Unpacking of four-bit weights, on a file of a few hundred bytes."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")

from train.e5 import PackedEncoder  # noqa: E402
from train.errors import TrainError  # noqa: E402

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁قال"]
WIDTH, INNER, POSITIONS = 32, 64, 3


def packed(tensors: dict[str, bytes], *, block: int = 32, magic: bytes = b"E5S1") -> bytes:
    """A file of one layer; the directory's offsets count from the file's start."""
    blob = "".join(PIECES).encode()
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4").tobytes()
    head = magic + struct.pack("<I7ifi", 1, WIDTH, 1, 2, INNER, len(PIECES), POSITIONS, 2, 1e-12, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + bounds + bytes(4 * len(PIECES)) + blob
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    at = len(head) + sum(2 + len(name) + 21 for name in tensors)
    for name, data in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, at, len(data))
        at += len(data)
    return head + b"".join(tensors.values())


def matrix(rows: int, columns: int) -> bytes:
    """Blocks with scale 0.5 whose weights are -8, -7 … 7 twice: low halves first."""
    one = struct.pack("<e", 0.5) + bytes(value | value << 4 for value in range(16))
    return one * (rows * columns // 32)


def vector(size: int) -> bytes:
    return np.arange(size, dtype="<f4").tobytes()


def all_tensors() -> dict[str, bytes]:
    tensors = {
        "emb.word": matrix(len(PIECES), WIDTH),
        "emb.pos": vector(POSITIONS * WIDTH),
        "emb.type": vector(2 * WIDTH),
        "emb.ln.w": vector(WIDTH),
        "emb.ln.b": vector(WIDTH),
    }
    for short, rows, columns in (
        ("q", 32, 32),
        ("k", 32, 32),
        ("v", 32, 32),
        ("ao", 32, 32),
        ("fi", 64, 32),
        ("fo", 32, 64),
    ):
        tensors |= {f"l0.{short}.w": matrix(rows, columns), f"l0.{short}.b": vector(rows)}
    for short in ("aln", "oln"):
        tensors |= {f"l0.{short}.w": vector(WIDTH), f"l0.{short}.b": vector(WIDTH)}
    return tensors


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "packed.bin"
    path.write_bytes(packed(all_tensors()))
    return path


def test_sizes_and_pieces(file: Path) -> None:
    encoder = PackedEncoder(file)
    assert encoder.pieces == PIECES
    assert (encoder.header.hidden, encoder.header.layers, encoder.header.inner) == (WIDTH, 1, INNER)


def test_weights_are_nibbles_less_eight_times_the_scale(file: Path) -> None:
    tensors = PackedEncoder(file).tensors()
    row = tensors["embeddings.word_embeddings.weight"][4]
    assert row.tolist() == [(value - 8) / 2 for value in [*range(16), *range(16)]]
    assert tensors["encoder.layer.0.output.dense.weight"].shape == (WIDTH, INNER)
    assert tensors["embeddings.token_type_embeddings.weight"].shape == (2, WIDTH)
    assert len(tensors) == 5 + 16


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(packed({}, magic=b"GGUF"))
    with pytest.raises(TrainError, match="is no packed encoder"):
        PackedEncoder(path)


def test_other_blocks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "blocks.bin"
    path.write_bytes(packed({}, block=64))
    with pytest.raises(TrainError, match="blocks of 64"):
        PackedEncoder(path)


@pytest.mark.parametrize("size", [0, 3, 40, 90])
def test_a_file_that_is_cut_short_is_refused(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(TrainError, match=r"packed\.bin"):
        PackedEncoder(file)


def test_a_tensor_that_is_cut_short_is_named(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(TrainError, match=r"tensor l0\.oln\.b"):
        PackedEncoder(file).tensors()


def test_a_missing_tensor_is_named(tmp_path: Path) -> None:
    path = tmp_path / "packed.bin"
    path.write_bytes(packed({name: data for name, data in all_tensors().items() if name != "l0.fi.w"}))
    with pytest.raises(TrainError, match=r"no tensor l0\.fi\.w"):
        PackedEncoder(path).tensors()
