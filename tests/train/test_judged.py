"""Words that were judged one by one, beside articles that were marked whole."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")

from train.errors import TrainError  # noqa: E402
from train.judged import WORDS, judged_examples, read_judged  # noqa: E402

from khabar.config import Settings  # noqa: E402
from khabar.resources import Resources, load_resources  # noqa: E402

TEXT = "شن الكاتب هجوما على قرار الوزير. وقتل مسلحون ثلاثة جنود قرب الحدود أمس، وقد تتوسع المظاهرات."
CORPUS = Path(os.environ.get("KHABAR_SHARED", "../shared")) / "corpus/saudinewsnet"


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(reader="rules"))


def written(folder: Path, *words: tuple[str, str, str]) -> tuple[Path, Path]:
    """A corpus of one article, and the judged words of it."""
    corpus, judged = folder / "corpus.jsonl", folder / "words.tsv"
    corpus.write_text(json.dumps({"id": "a", "text": TEXT, "published": "2019-03-02"}) + "\n", "utf-8")
    document = hashlib.sha256(b"a").hexdigest()[:16]
    rows = [
        "\t".join((document, str(TEXT.index(word)), str(TEXT.index(word) + len(word)), kind, factuality))
        for word, kind, factuality in words
    ]
    judged.write_text("\n".join(["# said by hand", "document\tstart\tend\ttype\tfactuality", *rows, ""]), "utf-8")
    return corpus, judged


def test_only_judged_words_are_learned_from(tmp_path: Path, resources: Resources) -> None:
    corpus, words = written(tmp_path, ("هجوما", "", ""), ("قتل", "ASSAULT", "certain"))
    first, second = judged_examples(corpus, resources, words)
    assert {row.is_event for row in first.triggers} == {False}
    assert not first.facts
    assert {row.type for row in second.triggers if row.is_event} == {"ASSAULT"}  # in one or more senses
    assert {row.value for row in second.facts} == {"certain"}
    assert {row.at for row in second.triggers} == {second.facts[0].at}  # of the other candidates nobody spoke
    assert all(example.cues is None and not example.pairs and not example.speech for example in (first, second))


def test_documents_that_are_not_there_are_an_error(tmp_path: Path, resources: Resources) -> None:
    corpus, words = written(tmp_path, ("قتل", "ASSAULT", "certain"))
    corpus.write_text(json.dumps({"id": "b", "text": TEXT}) + "\n", "utf-8")
    with pytest.raises(TrainError, match=r"none of the documents of words\.tsv is here"):
        list(judged_examples(corpus, resources, words))


def test_the_words_of_the_project_are_words_of_the_corpus() -> None:
    judged = read_judged()
    assert all(one.start < one.end for here in judged.values() for one in here)
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}")
    import sys

    sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
    from corpus import articles

    found = {
        name: article["text"]
        for article in articles(CORPUS)
        if (name := hashlib.sha256(article["id"].encode()).hexdigest()[:16]) in judged
    }
    assert set(found) == set(judged), WORDS
    words = [found[name][one.start : one.end] for name, here in judged.items() for one in here]
    assert all(word and not any(c.isspace() for c in word) for word in words)
