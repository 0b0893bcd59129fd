"""From a trained network to the folder of weights that the reader loads."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import numpy as np
import torch

from khabar.model import Names
from train.export import export_onnx
from train.folder import load_tokenizer
from train.held_out import Blends
from train.naming import Naming
from train.network import Network
from train.quantise import quantise

__all__ = ["write_weights"]


def write_weights(
    network: Network, naming: Naming, blends: Blends, base: Path, out: Path, *, keep_float: bool = False
) -> None:
    """Write `encoder.onnx` (int8), `tokenizer.json`, `heads.npz` (float16) and `names.json` into `out`.

    With `keep_float`, `encoder.onnx` has float matrices: what int8 costs is measured beside it.
    """
    out.mkdir(parents=True, exist_ok=True)
    _encoder(network, len(naming.marks), out, keep_float=keep_float)
    if (base / "tokenizer.json").is_file():
        shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    else:
        load_tokenizer(base).save(str(out / "tokenizer.json"))
    arrays = {name: value.numpy().astype(np.float16) for name, value in network.heads.state_dict().items()}
    np.savez_compressed(out / "heads.npz", allow_pickle=False, **arrays)
    names = Names(
        marks=tuple(naming.marks), triggers=naming.triggers, pairs=naming.pairs, facts=naming.facts,
        types=tuple(naming.types), roles=tuple(naming.roles), values=tuple(naming.values),
        trigger=blends.trigger, role=blends.role, factuality=blends.factuality,
    )  # fmt: skip
    (out / "names.json").write_bytes(msgspec.json.encode(names) + b"\n")


def _encoder(network: Network, columns: int, out: Path, *, keep_float: bool) -> None:
    """Exported twice as long and twice as many as anything special, so that no size is taken for fixed."""
    inputs = {
        "ids": torch.tensor([[0, 10, 11, 12, 2], [0, 10, 2, 1, 1]]),
        "mask": torch.tensor([[1.0] * 5, [1.0] * 3 + [0.0] * 2]),
        "marks": torch.zeros(2, 5, columns, dtype=torch.long),
    }
    axes = dict.fromkeys((*inputs, "hidden"), ("batch", "pieces"))
    float_file = out / ("encoder.onnx" if keep_float else "encoder.float.onnx")
    export_onnx(network.encoder, inputs, axes, float_file)
    if not keep_float:
        quantise(float_file, out / "encoder.onnx")
        float_file.unlink()
