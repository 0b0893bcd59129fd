"""Weights of a folder, in `model.safetensors` or `pytorch_model.bin`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from train.errors import TrainError

__all__ = ["Checkpoint"]


class Checkpoint:
    """Tensors by their bare names; a missing or misshapen one is a TrainError."""

    def __init__(self, folder: Path, table: str) -> None:
        """Read the weights of a folder; `table` is the bare name of its table of pieces."""
        self.folder = folder
        tensors = _tensors(folder)
        whole = next((name for name in tensors if name.endswith(table)), None)
        if whole is None:
            raise TrainError(f"{folder}: its weights have no {table}")
        prefix = whole.removesuffix(table)
        # Checkpoints from before 2019 call a norm's weight and bias gamma and beta.
        self._tensors = {
            name.removeprefix(prefix).replace(".gamma", ".weight").replace(".beta", ".bias"): tensor.float()
            for name, tensor in tensors.items()
            if name.startswith(prefix)
        }

    def __call__(self, name: str, *shape: int) -> Tensor:
        found = self._tensors.get(name)
        if found is None:
            raise TrainError(f"{self.folder}: its weights have no {name}")
        if shape and tuple(found.shape) != shape:
            raise TrainError(f"{self.folder}: {name} is {tuple(found.shape)}, {shape} is due")
        return found


def _tensors(folder: Path) -> Mapping[str, Tensor]:
    safe, pickled = folder / "model.safetensors", folder / "pytorch_model.bin"
    try:
        if safe.is_file():
            return load_file(safe)
        if pickled.is_file():
            found: Mapping[str, Tensor] = torch.load(pickled, map_location="cpu", weights_only=True)
            return found
    except Exception as error:
        # Whatever torch or safetensors raises for a damaged file, the user needs its name.
        raise TrainError(f"{folder}: unreadable weights: {error}") from error
    raise TrainError(
        f"{folder}: neither model.safetensors nor pytorch_model.bin (weights in several files are not read)"
    )
