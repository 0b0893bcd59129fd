"""The weights of a folder, loaded once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import numpy as np

from khabar.config import Settings
from khabar.errors import SettingsError
from khabar.model.encoder import WordEncoder
from khabar.model.heads import Heads
from khabar.model.names import Names, read_names
from khabar.resources import Tables

__all__ = ["Model", "build_model", "weights_of"]

PACKAGED = Path(__file__).parent / "weights"
_FILES = ("encoder.onnx", "tokenizer.json", "heads.npz", "names.json")


class Model(msgspec.Struct, frozen=True):
    """What reads: the encoder, the heads over its words, and the names of their numbers."""

    encoder: WordEncoder
    heads: Heads
    names: Names


def build_model(tables: Tables) -> Model | None:
    """The model of the settings; None where the rules read alone. Raises SettingsError for weights that are damaged."""
    folder = weights_of(tables.settings)
    if folder is None:
        return None
    heads = _read_heads(folder / "heads.npz")
    encoder = WordEncoder(folder / "encoder.onnx", folder / "tokenizer.json", tables.settings.threads)
    return Model(encoder, heads, read_names(folder / "names.json"))


def _read_heads(path: Path) -> Heads:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Heads({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise SettingsError(f"{path}: unreadable weights: {error}", stage="settings") from error


def weights_of(settings: Settings) -> Path | None:
    """The folder of weights that the settings ask for, or None for the rules alone.

    Raises SettingsError where `reader = "model"` or a folder is asked for and no weights are there.
    """
    if settings.reader == "rules":
        return None
    folder = Path(settings.weights) if settings.weights else PACKAGED
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if not missing:
        return folder
    if settings.weights or settings.reader == "model":
        raise SettingsError(f"no weights of a model in {folder}: {', '.join(missing)} not there", stage="settings")
    return None
