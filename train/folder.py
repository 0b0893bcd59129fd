"""Encoders in folders as Hugging Face writes them: `config.json`, weights, a tokenizer.

Read: `model_type` bert, roberta, xlm-roberta, camembert, and electra whose table is as wide as its layers (AraBERT,
CAMeLBERT, MARBERT, AraELECTRA, multilingual E5 and their like), with absolute positions and GELU; and modernbert
(`train.modern_folder`). Weights are in `model.safetensors` or `pytorch_model.bin`, the tokenizer in `tokenizer.json` or
BERT's `vocab.txt`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from tokenizers import BertWordPieceTokenizer, Tokenizer
from torch import Tensor

from train.bert import Encoder, Shape, Stack
from train.checkpoint import Checkpoint
from train.errors import TrainError
from train.modern_folder import ACTIVATIONS, MODERN, modern_encoder

__all__ = ["load_encoder", "load_tokenizer", "save_encoder"]

# Where the first position stands in the table: RoBERTa counts on from its padding.
_AFTER_PADDING = {"roberta", "xlm-roberta", "camembert"}
_READ = {"bert", "electra", MODERN, *_AFTER_PADDING}
_NEEDED = (
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "max_position_embeddings",
    "vocab_size",
)  # fmt: skip
_PARTS = ("query", "key", "value")
_LINEAR = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def load_encoder(folder: Path, *, layers: int | None = None, freeze: int = 0, dropout: float = 0.1) -> Stack:
    """The encoder of a folder; with `layers`, only so many of its lowest; `freeze` as in `Stack.freeze`.

    Raises TrainError for a folder that is none, or an encoder that is not supported.
    """
    config = _config(folder)
    whole = config["num_hidden_layers"]
    if layers is not None and not 1 <= layers <= whole:
        raise TrainError(f"{folder}: has {whole} layers, {layers} are asked for")
    make = modern_encoder if config["model_type"] == MODERN else _bert
    encoder = make(folder, config, whole if layers is None else layers, dropout)
    encoder.freeze(freeze)
    return encoder


def _bert(folder: Path, config: Mapping[str, Any], layers: int, dropout: float) -> Encoder:
    shape = _shape(config, layers)
    encoder = Encoder(shape, dropout=dropout)
    first = int(config["pad_token_id"]) + 1 if config["model_type"] in _AFTER_PADDING else 0
    encoder.load_state_dict(_state(Checkpoint(folder, "embeddings.word_embeddings.weight"), shape, first))
    return encoder


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder. Raises TrainError where there is none, or it cannot be read."""
    whole, words = folder / "tokenizer.json", folder / "vocab.txt"
    try:
        if whole.is_file():
            return Tokenizer.from_file(str(whole))
        if words.is_file():
            return _word_pieces(folder, words)
    except Exception as error:
        # Whatever tokenizers raises for a damaged file, the user needs its name.
        raise TrainError(f"{folder}: unreadable tokenizer: {error}") from error
    raise TrainError(f"{folder}: neither tokenizer.json nor vocab.txt")


def _word_pieces(folder: Path, words: Path) -> Tokenizer:
    told = folder / "tokenizer_config.json"
    config = json.loads(told.read_text("utf-8")) if told.is_file() else {}
    # Defaults as of Hugging Face's BertTokenizer: accents, Arabic vowel marks among them, go where case goes.
    made = BertWordPieceTokenizer(
        str(words), lowercase=config.get("do_lower_case", True), strip_accents=config.get("strip_accents")
    )
    return Tokenizer.from_str(made.to_str())


def save_encoder(encoder: Encoder, folder: Path, *, tokenizer_of: Path) -> None:
    """Write the encoder as a BertModel; the tokenizer is copied from the folder `tokenizer_of`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(_described(encoder.shape), indent=1) + "\n", "utf-8")
    tensors = {name: tensor.detach().float().cpu().contiguous() for name, tensor in sorted(_named(encoder).items())}
    (folder / "model.safetensors").write_bytes(save(tensors, metadata={"format": "pt"}))
    for name in ("tokenizer.json", "vocab.txt"):
        if (tokenizer_of / name).is_file() and tokenizer_of.resolve() != folder.resolve():
            shutil.copyfile(tokenizer_of / name, folder / name)


def _state(weights: Checkpoint, shape: Shape, first_position: int) -> dict[str, Tensor]:
    width = shape.hidden
    positions = weights("embeddings.position_embeddings.weight")[first_position:]
    state = {
        "words.weight": weights("embeddings.word_embeddings.weight", shape.pieces, width),
        "positions": positions[: shape.positions] + weights("embeddings.token_type_embeddings.weight")[0],
        "norm.weight": weights("embeddings.LayerNorm.weight", width),
        "norm.bias": weights("embeddings.LayerNorm.bias", width),
    }
    for layer in range(shape.layers):
        there = f"encoder.layer.{layer}"
        for kind in ("weight", "bias"):
            parts = [weights(f"{there}.attention.self.{part}.{kind}") for part in _PARTS]
            state[f"layers.{layer}.qkv.{kind}"] = torch.cat(parts)
            for name, old in _LINEAR.items():
                state[f"layers.{layer}.{name}.{kind}"] = weights(f"{there}.{old}.{kind}")
    return state


def _named(encoder: Encoder) -> dict[str, Tensor]:
    """The encoder's tensors under BertModel's names."""
    state, width = encoder.state_dict(), encoder.shape.hidden
    named = {
        "embeddings.word_embeddings.weight": state["words.weight"],
        "embeddings.position_embeddings.weight": state["positions"],
        "embeddings.token_type_embeddings.weight": torch.zeros(1, width),
        "embeddings.LayerNorm.weight": state["norm.weight"],
        "embeddings.LayerNorm.bias": state["norm.bias"],
    }
    for layer in range(encoder.shape.layers):
        there = f"encoder.layer.{layer}"
        for kind in ("weight", "bias"):
            for part, tensor in zip(_PARTS, state[f"layers.{layer}.qkv.{kind}"].split(width), strict=True):
                named[f"{there}.attention.self.{part}.{kind}"] = tensor
            for name, old in _LINEAR.items():
                named[f"{there}.{old}.{kind}"] = state[f"layers.{layer}.{name}.{kind}"]
    return named


def _config(folder: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TrainError(f"{folder}: no readable config.json, so it is no encoder's folder ({error})") from error
    kind = config.get("model_type")
    if kind not in _READ:
        raise TrainError(f"{folder}: model_type {kind!r}; read are {', '.join(sorted(_READ))}")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise TrainError(f"{folder}: positions are {config['position_embedding_type']}; only absolute ones are read")
    if config.get("embedding_size", config.get("hidden_size")) != config.get("hidden_size"):
        raise TrainError(f"{folder}: its table is narrower than its layers, which is not read")
    activation = config.get("hidden_activation", config.get("hidden_act", "gelu"))
    if activation not in ACTIVATIONS:
        raise TrainError(f"{folder}: activation {activation!r}; read are {', '.join(ACTIVATIONS)}")
    missing = [name for name in _NEEDED if not isinstance(config.get(name), int)]
    if missing:
        raise TrainError(f"{folder}: config.json has no {', '.join(missing)}")
    return {"pad_token_id": 1 if kind in _AFTER_PADDING else 0, **config}


def _shape(config: Mapping[str, Any], layers: int) -> Shape:
    lost = int(config["pad_token_id"]) + 1 if config["model_type"] in _AFTER_PADDING else 0
    return Shape(
        hidden=config["hidden_size"],
        layers=layers,
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        positions=config["max_position_embeddings"] - lost,
        pieces=config["vocab_size"],
        epsilon=config.get("layer_norm_eps", 1e-12),
        pad=config["pad_token_id"],
        tanh_gelu=ACTIVATIONS[config.get("hidden_act", "gelu")],
    )


def _described(shape: Shape) -> dict[str, object]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": 1,
        "vocab_size": shape.pieces,
        "layer_norm_eps": shape.epsilon,
        "hidden_act": "gelu_new" if shape.tanh_gelu else "gelu",
        "pad_token_id": shape.pad,
    }
