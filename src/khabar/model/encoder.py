"""The encoder: words in, a vector a word out, through onnxruntime.

One sentence at a time, which is as quick as padded batches; with several threads each takes the next sentence. Every
run is on one thread, and the matrices are multiplied piece by piece (see `train/quantise.py`), so a sentence's vectors
are the same whatever is read beside it, and on however many threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.errors import SettingsError
from khabar.model.heads import Vectors
from khabar.text import kept

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["LONGEST", "Pieces", "Said", "Window", "WordEncoder", "windows_of"]

LONGEST = 250  # pieces of a window: 1 sentence of news in 400 is longer, and is read in several
_PIECES = 24  # of a word; what has more is no word of a language
_LETTERS = 200  # of a word that are cut into pieces


class Said(msgspec.Struct, frozen=True):
    """Words, each with the space before it if there is one, and by column the numbers of their marks."""

    words: Sequence[str]
    marks: Sequence[Sequence[int]]


class Window(msgspec.Struct, frozen=True):
    """Pieces of some words in a row: their numbers, the place of each word's first piece, and each piece's word.

    The two at the ends belong to no word: their `owner` is -1.
    """

    ids: list[int]
    first: list[int]
    owner: list[int]


class Run(msgspec.Struct, frozen=True):
    """What the encoder is given for a window, and the place of each word's first piece."""

    given: dict[str, NDArray[Any]]
    first: list[int]


class Pieces:
    """Cuts words into the pieces that the encoder knows, by their numbers. `start` and `end` stand around a window."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Raises ValueError for a tokenizer that puts nothing around a text."""
        # What it puts around a text of nothing: `<s>`, `</s>` or `[CLS]`, `[SEP]`.
        self.start, self.end = tokenizer.encode("").ids
        self._tokenizer = tokenizer
        self._cut = kept(self._cut_word)

    def of(self, word: str) -> tuple[int, ...]:
        """One piece at least: a word of which the tokenizer leaves nothing (a lone control) still has a place."""
        return self._cut(word[:_LETTERS])

    def _cut_word(self, word: str) -> tuple[int, ...]:
        found = self._tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False)
        return tuple(found.ids[:_PIECES]) or (self.end,)


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
            loaded = Tokenizer.from_file(str(tokenizer))
            shapes = {given.name: given.shape for given in self._session.get_inputs()}
            self._columns = int(shapes["marks"][2])
            self._width = int(self._session.get_outputs()[0].shape[2])
        except Exception as error:
            raise SettingsError(f"{onnx.parent}: unreadable weights: {error}", stage="settings") from error
        try:
            self._pieces = Pieces(loaded)
        except ValueError as error:
            raise SettingsError(f"{tokenizer}: puts no piece before and after a text", stage="settings") from error
        self._threads = max(1, threads)

    def read(self, sentences: Sequence[Said]) -> Vectors:
        """(words, width), of all sentences in a row: the vector of each word's first piece."""
        # All are made ready first: code and tables that are at work are quick, and each run drives them out.
        runs = [run for said in sentences for run in self._runs(said)]
        ends = list(accumulate((len(run.first) for run in runs), initial=0))
        vectors = np.empty((ends[-1], self._width), np.float32)
        parts = [vectors[start:end] for start, end in pairwise(ends)]
        if self._threads == 1 or len(runs) < 2:
            for run, part in zip(runs, parts, strict=True):
                self._fill(run, part)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(self._fill, runs, parts))
        return vectors

    def _runs(self, said: Said) -> list[Run]:
        # The last row is for the owner -1: pieces of no word.
        marks = np.array([[*column, 0] for column in said.marks], np.int64).T
        return [
            Run(
                {
                    "ids": np.array([window.ids], np.int64),
                    "mask": np.ones((1, len(window.ids)), np.float32),
                    "marks": marks.take(window.owner, 0)[np.newaxis],
                },
                window.first,
            )
            for window in windows_of(said.words, self._pieces)
        ]

    def _fill(self, run: Run, vectors: Vectors) -> None:
        (hidden,) = self._session.run(None, run.given)
        hidden[0].take(run.first, 0, vectors, mode="clip")


def windows_of(words: Sequence[str], pieces: Pieces) -> list[Window]:
    """The pieces of a sentence, in as many windows of up to `LONGEST` as its words need; one at least."""
    windows: list[Window] = []
    ids, first, owner = [pieces.start], list[int](), [-1]
    for at, word in enumerate(words):
        found = pieces.of(word)
        if len(ids) + len(found) >= LONGEST:
            windows.append(Window([*ids, pieces.end], first, [*owner, -1]))
            ids, first, owner = [pieces.start], [], [-1]
        first.append(len(ids))
        ids += found
        owner += [at] * len(found)
    windows.append(Window([*ids, pieces.end], first, [*owner, -1]))
    return windows
