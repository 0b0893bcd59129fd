"""Texts of a corpus, for counting words and for training without labels. Nothing of them is kept."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from train.errors import TrainError

__all__ = ["corpus_texts"]


def corpus_texts(corpus: Path) -> Iterator[str]:
    """Titles and bodies, in the order of the files: of JSON lines (`title`, `text`), or of SaudiNewsNet's zips
    (JSON arrays with `title`, `content`).

    `corpus` is a file or a folder. Raises TrainError if nothing is there.
    """
    files = [corpus] if corpus.is_file() else sorted([*corpus.rglob("*.jsonl"), *corpus.rglob("*.zip")])
    if not files:
        raise TrainError(f"{corpus}: no .jsonl and no .zip here")
    for path in files:
        for article in _articles(path):
            yield from (
                text for key in ("title", "text", "content") if isinstance(text := article.get(key), str) and text
            )


def _articles(path: Path) -> Iterator[dict[str, Any]]:
    try:
        if path.suffix != ".zip":
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield from (json.loads(line) for line in lines if line.strip())
            return
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                yield from _objects(json.loads(archive.read(name).decode("utf-8-sig", "replace"), strict=False))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise TrainError(f"{path}: {error}") from error


def _objects(value: object) -> Iterable[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
