"""The encoder to start from: multilingual-e5-small, unpacked, with the vocabulary of Arabic news.

Written as a Hugging Face folder (`config.json`, `model.safetensors`, `tokenizer.json`), so that `train.bert` reads it
as it reads any other encoder.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save
from tokenizers import Tokenizer

from train.corpus import corpus_texts
from train.e5 import Floats, Header, PackedEncoder
from train.errors import TrainError
from train.vocabulary import cut_tokenizer, kept_pieces, piece_counts

__all__ = ["make_base"]

_TABLE = "embeddings.word_embeddings.weight"


def make_base(out: Path, packed: PackedEncoder, tokenizer_json: Path, corpus: Path) -> str:
    """Write the base encoder into the folder `out`; the same inputs give the same bytes. A line on it is returned.

    Raises TrainError where the packed encoder and the tokenizer do not belong together.
    """
    vocabulary = _vocabulary(tokenizer_json, packed)
    whole = Tokenizer.from_str(cut_tokenizer(tokenizer_json, None))
    counts = piece_counts(corpus_texts(corpus), whole)
    keep = kept_pieces(vocabulary, counts, whole)
    tensors = packed.tensors()
    tensors[_TABLE] = np.ascontiguousarray(tensors[_TABLE][keep])
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(cut_tokenizer(tokenizer_json, keep), "utf-8")
    (out / "config.json").write_text(json.dumps(_config(packed.header, len(keep)), indent=1) + "\n", "utf-8")
    (out / "model.safetensors").write_bytes(save(dict(sorted(tensors.items())), metadata={"format": "pt"}))
    (out / "README.md").write_text(_page(tensors), "utf-8")
    covered = sum(counts[piece] for piece in keep) / max(1, sum(counts.values()))
    parameters = sum(tensor.size for tensor in tensors.values())
    return f"{len(keep)} of {len(vocabulary)} pieces, {covered:.2%} of the corpus; {parameters / 1e6:.1f} M parameters"


def _vocabulary(tokenizer_json: Path, packed: PackedEncoder) -> list[str]:
    pieces = [piece for piece, _ in json.loads(tokenizer_json.read_text("utf-8"))["model"]["vocab"]]
    shared = min(len(pieces), len(packed.pieces))
    if pieces[:shared] != packed.pieces[:shared] or len(pieces) > packed.header.rows:
        raise TrainError(f"{tokenizer_json}: its pieces are not those of the packed encoder")
    return pieces


def _config(header: Header, pieces: int) -> dict[str, object]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": header.hidden,
        "num_hidden_layers": header.layers,
        "num_attention_heads": header.heads,
        "intermediate_size": header.inner,
        "max_position_embeddings": header.positions,
        "type_vocab_size": header.types,
        "vocab_size": pieces,
        "layer_norm_eps": float(f"{header.epsilon:.3g}"),
        "hidden_act": "gelu",
        "pad_token_id": 1,
    }


def _page(tensors: dict[str, Floats]) -> str:
    rows = "\n".join(
        f"| `{name}` | {' × '.join(map(str, tensor.shape))} |"
        for name, tensor in sorted(tensors.items())
        if ".layer." not in name or ".layer.0." in name
    )
    return f"""# Base encoder
multilingual-e5-small (MIT) from 4-bit weights, vocabulary cut to Arabic news. Made by `python -m train base`.

A folder as Hugging Face's BertModel reads it: float32 tensors in `model.safetensors`, matrices as (out, in), all layers
shaped as layer 0. Pieces: `<s>` 0, `<pad>` 1, `</s>` 2, `<unk>` 3, `<mask>` last. Positions count from 0. The tokenizer
adds no space of its own: a word that follows a space is given with it (` word`), a mark that touches is not.

| tensor | shape |
|---|---|
{rows}
"""
