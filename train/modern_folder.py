"""ModernBERT's folders: `config.json` in its older and its younger form, and their names of weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

from train.bert import Shape
from train.checkpoint import Checkpoint
from train.errors import TrainError
from train.modern import ModernEncoder, Modes

__all__ = ["ACTIVATIONS", "MODERN", "modern_encoder"]

MODERN = "modernbert"
ACTIVATIONS = {"gelu": False, "gelu_new": True, "gelu_pytorch_tanh": True}
_LOCAL, _GLOBAL = "sliding_attention", "full_attention"
_NAMES = {
    "qkv": "attn.Wqkv",
    "out": "attn.Wo",
    "norm1": "attn_norm",
    "norm2": "mlp_norm",
    "up": "mlp.Wi",
    "down": "mlp.Wo",
}


def modern_encoder(folder: Path, config: Mapping[str, Any], layers: int, dropout: float) -> ModernEncoder:
    """The encoder of a folder with its `layers` lowest layers. Raises TrainError for what is not supported."""
    encoder = ModernEncoder(_shape(config, layers), _modes(folder, config, layers), dropout=dropout)
    weights = Checkpoint(folder, "embeddings.tok_embeddings.weight")
    state: dict[str, Tensor] = {}
    for name, due in encoder.state_dict().items():
        state[name] = weights(_old_name(name), *due.shape)
    encoder.load_state_dict(state)
    return encoder


def _old_name(name: str) -> str:
    """Theirs for one of our tensors."""
    part, _, kind = name.rpartition(".")
    if part.startswith("layers."):
        _, number, ours = part.split(".")
        return f"layers.{number}.{_NAMES[ours]}.{kind}"
    return {"words": "embeddings.tok_embeddings", "norm": "embeddings.norm", "top": "final_norm"}[part] + f".{kind}"


def _shape(config: Mapping[str, Any], layers: int) -> Shape:
    return Shape(
        hidden=config["hidden_size"],
        layers=layers,
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        positions=config["max_position_embeddings"],
        pieces=config["vocab_size"],
        epsilon=config.get("norm_eps", 1e-5),
        pad=config["pad_token_id"],
        tanh_gelu=ACTIVATIONS[config.get("hidden_activation", "gelu")],
    )


def _modes(folder: Path, config: Mapping[str, Any], layers: int) -> Modes:
    """Defaults are those of the first checkpoints, whose `config.json` leaves nothing of it out."""
    every = config.get("global_attn_every_n_layers", 3)
    kinds = config.get("layer_types") or [_LOCAL if at % every else _GLOBAL for at in range(layers)]
    older = {_GLOBAL: config.get("global_rope_theta", 160000.0), _LOCAL: config.get("local_rope_theta", 10000.0)}
    younger = config.get("rope_parameters") or {}
    for rope in younger.values():
        if isinstance(rope, Mapping) and rope.get("rope_type", "default") != "default":
            raise TrainError(f"{folder}: rotary positions of the kind {rope['rope_type']!r} are not read")
    theta = {kind: (younger.get(kind) or {}).get("rope_theta", older[kind]) for kind in older}
    return Modes(
        local=tuple(kind == _LOCAL for kind in kinds[:layers]),
        window=config.get("local_attention", 128) // 2,
        theta=tuple(float(theta[kind] or older[_GLOBAL]) for kind in kinds[:layers]),
        norm_bias=config.get("norm_bias", False),
        attention_bias=config.get("attention_bias", False),
        inner_bias=config.get("mlp_bias", False),
    )
