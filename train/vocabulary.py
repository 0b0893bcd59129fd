"""The part of a large vocabulary that Arabic news needs.

Kept are the special pieces, single characters, every piece that is all Arabic, other pieces (Latin, digits, marks)
that the corpus shows at least twice, and the pieces of `query:` and `passage:`, with which the encoder was trained.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from train.errors import TrainError

__all__ = ["SPACE", "cut_tokenizer", "kept_pieces", "piece_counts"]

SPACE = "\u2581"
"""What stands for a space before a word in the pieces."""

_SPECIAL = 4  # <s> <pad> </s> <unk>
_SEEN = 2
_PREFIXES = " query: passage:"
_ARABIC = re.compile(rf"{SPACE}?[\u0621-\u063a\u0640-\u0652\u0660-\u066c\u0671]+")
# Arabic blocks with presentation forms, Latin, digits, punctuation and signs of money: what newspapers print.
_PRINTED = re.compile(
    rf"[{SPACE}\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff\u0020-\u007e\u00a0-\u024f"
    r"\u2010-\u203a\u20a0-\u20bf\u2190-\u2199]+"
)
_WORD = re.compile(r"(\s?)(\d+(?:[.,/:\u066b\u066c-]\d+)*|[^\W\d_]+|\.{2,}|[^\s\w]|_)")
_AT_ONCE = 50_000


def piece_counts(texts: Iterable[str], tokenizer: Tokenizer) -> Counter[int]:
    """How often each piece comes in the texts, by id. Words are counted first, so that each is cut up once."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update((" " if space else "") + word for space, word in _WORD.findall(text))
    counts: Counter[int] = Counter()
    known = sorted(words)
    for start in range(0, len(known), _AT_ONCE):
        part = known[start : start + _AT_ONCE]
        for word, found in zip(part, tokenizer.encode_batch(part, add_special_tokens=False), strict=True):
            for piece in found.ids:
                counts[piece] += words[word]
    return counts


def kept_pieces(vocabulary: list[str], counts: Counter[int], tokenizer: Tokenizer) -> list[int]:
    """Ids of the pieces to keep, rising; `<mask>`, if there, is among them."""
    prefixes = set(tokenizer.encode(_PREFIXES, add_special_tokens=False).ids)
    kept = []
    for number, piece in enumerate(vocabulary):
        single = len(piece.replace(SPACE, "")) <= 1 and _PRINTED.fullmatch(piece)
        seen = counts[number] >= _SEEN and _PRINTED.fullmatch(piece)
        if number < _SPECIAL or piece == "<mask>" or number in prefixes or _ARABIC.fullmatch(piece) or single or seen:
            kept.append(number)
    return kept


def cut_tokenizer(source: Path, keep: list[int] | None) -> str:
    """The JSON of a SentencePiece-unigram tokenizer with only the pieces `keep` (all, if None).

    Words bring their own space (see `khabar.model.pieces`), so the tokenizer adds none.
    Raises TrainError for a tokenizer of another kind.
    """
    described: dict[str, Any] = json.loads(source.read_text("utf-8"))
    model = described["model"]
    if model.get("type") != "Unigram":
        raise TrainError(f"{source}: a {model.get('type')} tokenizer; only Unigram ones can be cut")
    vocabulary = model["vocab"]
    kept = keep if keep is not None else list(range(len(vocabulary)))
    new = {old: number for number, old in enumerate(kept)}
    model["vocab"] = [vocabulary[number] for number in kept]
    model["unk_id"] = new[model["unk_id"]]
    described["added_tokens"] = [
        {**token, "id": new[token["id"]]} for token in described["added_tokens"] if token["id"] in new
    ]
    described["truncation"] = described["padding"] = None
    described["pre_tokenizer"] = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "never", "split": True}
    return json.dumps(described, ensure_ascii=False)
