"""The encoder: words in, a vector a word out, through onnxruntime.

One sentence at a time: int8 matrices are multiplied by inputs that are scaled by their largest value, so a sentence
that shared a batch would come out a little different beside other sentences. Alone it is the same whatever is read
with it, on one thread or on more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from khabar.errors import SettingsError
from khabar.model.heads import Vectors

__all__ = ["LONGEST", "Said", "WordEncoder"]

LONGEST = 250  # pieces of a sentence; words after them get no vector


class Said(msgspec.Struct, frozen=True):
    """Words, each with the space before it if there is one, and the numbers of their marks, one a column."""

    words: Sequence[str]
    marks: Sequence[Sequence[int]]


class WordEncoder:
    """An ONNX file (inputs `ids`, `mask`, `marks`; output `hidden`) with its tokenizer."""

    def __init__(self, onnx: Path, tokenizer: Path, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, threads)
        options.inter_op_num_threads = 1
        # Threads that spin between sentences take the cores from whatever else reads.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(onnx), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:
            raise SettingsError(f"{onnx.parent}: unreadable weights: {error}", stage="settings") from error
        self._start, self._end = self._tokenizer.token_to_id("<s>"), self._tokenizer.token_to_id("</s>")
        self._unknown = self._tokenizer.token_to_id("<unk>")

    def read(self, sentences: Sequence[Said]) -> Iterator[Vectors]:
        """Of each sentence (words, width): the vector of each word's first piece, as far as `LONGEST` pieces reach."""
        for said in sentences:
            ids, first, owner = self._pieces(said.words)
            columns = len(said.marks[0]) if said.marks else 0
            none = [0] * columns
            marks = [said.marks[at] if at >= 0 else none for at in owner]
            hidden = self._session.run(
                None,
                {
                    "ids": np.array([ids], np.int64),
                    "mask": np.ones((1, len(ids)), np.float32),
                    "marks": np.array([marks], np.int64).reshape(1, len(ids), columns),
                },
            )[0]
            yield hidden[0][first]

    def _pieces(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Numbers of pieces, the first piece of each word, and the word of each piece (-1 for the two at the ends)."""
        ids, first, owner = [self._start], [], [-1]
        for at, word in enumerate(words):
            found = self._tokenizer.encode(word, add_special_tokens=False).ids or [self._unknown]
            if len(ids) + len(found) >= LONGEST:
                break
            first.append(len(ids))
            ids += found
            owner += [at] * len(found)
        return [*ids, self._end], first, [*owner, -1]
