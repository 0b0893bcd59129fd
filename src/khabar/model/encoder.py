"""The encoder: words in, a vector a word out, through onnxruntime.

One sentence at a time, which is as quick as padded batches; with several threads each takes the next sentence. Every
run is on one thread, and the matrices are multiplied piece by piece (see `train/quantise.py`), so a sentence's vectors
are the same whatever is read beside it, and on however many threads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from khabar.errors import SettingsError
from khabar.model.heads import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["LONGEST", "Said", "Window", "WordEncoder", "windows_of"]

LONGEST = 250  # pieces of a window: 1 sentence of news in 400 is longer, and is read in several
_PIECES = 24  # of a word; what has more is no word of a language
_LETTERS = 200  # of a word that are cut into pieces


class Said(msgspec.Struct, frozen=True):
    """Words, each with the space before it if there is one, and the numbers of their marks, one a column."""

    words: Sequence[str]
    marks: Sequence[Sequence[int]]


class Window(msgspec.Struct, frozen=True):
    """Pieces of some words in a row: their numbers, the place of each word's first piece, and each piece's word.

    The two at the ends belong to no word: their `owner` is -1.
    """

    ids: list[int]
    first: list[int]
    owner: list[int]


class WordEncoder:
    """An ONNX file (inputs `ids`, `mask`, `marks`; output `hidden`) with its tokenizer."""

    def __init__(self, onnx: Path, tokenizer: Path, threads: int) -> None:
        """Load both. Raises SettingsError for files that cannot be read."""
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # Its own threads would share one sentence's small matrices, and wait for each other.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(onnx), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            shapes = {given.name: given.shape for given in self._session.get_inputs()}
            self._columns = int(shapes["marks"][2])
        except Exception as error:
            raise SettingsError(f"{onnx.parent}: unreadable weights: {error}", stage="settings") from error
        if len(self._tokenizer.encode("").ids) != 2:
            raise SettingsError(f"{tokenizer}: puts no piece before and after a text", stage="settings")
        self._threads = max(1, threads)

    def read(self, sentences: Sequence[Said]) -> Iterator[Vectors]:
        """Of each sentence (words, width): the vector of each word's first piece."""
        if self._threads == 1 or len(sentences) < 2:
            yield from map(self._vectors, sentences)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            yield from pool.map(self._vectors, sentences)

    def _vectors(self, said: Said) -> Vectors:
        parts = [self._run(window, said.marks) for window in windows_of(said.words, self._tokenizer)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _run(self, window: Window, marks: Sequence[Sequence[int]]) -> Vectors:
        pieces, none = len(window.ids), [0] * self._columns
        marked = [marks[at] if at >= 0 else none for at in window.owner]
        given = {
            "ids": np.array([window.ids], np.int64),
            "mask": np.ones((1, pieces), np.float32),
            "marks": np.array([marked], np.int64),
        }
        hidden: Vectors = self._session.run(None, given)[0][0]
        return hidden[window.first]


def windows_of(words: Sequence[str], tokenizer: Tokenizer) -> list[Window]:
    """The pieces of a sentence, in as many windows of up to `LONGEST` as its words need; one at least."""
    # What the tokenizer puts around a text of nothing: `<s>`, `</s>` or `[CLS]`, `[SEP]`.
    start, end = tokenizer.encode("").ids
    windows = [Window([start], [], [-1])]
    for at, found in enumerate(_pieces(words, tokenizer)):
        # A word of which the tokenizer leaves nothing (a lone control) still has a place.
        ids = found[:_PIECES] or [end]
        if len(windows[-1].ids) + len(ids) >= LONGEST:
            windows.append(Window([start], [], [-1]))
        window = windows[-1]
        window.first.append(len(window.ids))
        window.ids.extend(ids)
        window.owner.extend([at] * len(ids))
    for window in windows:
        window.ids.append(end)
        window.owner.append(-1)
    return windows


def _pieces(words: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    pieces: list[list[int]] = [[] for _ in words]
    found = tokenizer.encode([word[:_LETTERS] for word in words], is_pretokenized=True, add_special_tokens=False)
    for number, word in zip(found.ids, found.word_ids, strict=True):
        if word is not None:
            pieces[word].append(number)
    return pieces
