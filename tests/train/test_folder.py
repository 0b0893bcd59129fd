"""Encoders of other people's folders: what is read, what is refused and how it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")
pytest.importorskip("safetensors", reason="weights are kept as safetensors (the extra `train`)")

from train.bert import Encoder, MarkedEncoder, Shape  # noqa: E402
from train.errors import TrainError  # noqa: E402
from train.folder import load_encoder, load_tokenizer, save_encoder  # noqa: E402
from train.tensors import Fixed  # noqa: E402

SHAPE = Shape(hidden=16, layers=3, heads=2, inner=32, positions=12, pieces=20, pad=1)
IDS = torch.tensor([[0, 5, 6, 7, 2], [0, 8, 2, 1, 1]])
MASK = (IDS != 1).long()


def small() -> Encoder:
    torch.manual_seed(3)
    encoder = Encoder(SHAPE)
    torch.nn.init.normal_(encoder.positions)
    return encoder.eval()


def rewritten(folder: Path, **changes: Any) -> None:
    config = json.loads((folder / "config.json").read_text("utf-8")) | changes
    (folder / "config.json").write_text(json.dumps(config), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_encoder(small(), tmp_path, tokenizer_of=tmp_path)
    return tmp_path


def test_written_and_read_again_it_is_the_same(folder: Path) -> None:
    again = load_encoder(folder).eval()
    assert again.shape == SHAPE
    assert torch.equal(again(IDS, MASK), small()(IDS, MASK))


def test_padding_does_not_change_the_others() -> None:
    encoder = small()
    alone = encoder(IDS[1:, :3], MASK[1:, :3])
    assert torch.allclose(encoder(IDS, MASK)[1, :3], alone[0], atol=1e-6)


def test_the_lowest_layers_alone(folder: Path) -> None:
    lowest = load_encoder(folder, layers=1).eval()
    whole = small()
    whole.layers = whole.layers[:1]
    assert torch.equal(lowest(IDS, MASK), whole(IDS, MASK))
    with pytest.raises(TrainError, match="has 3 layers, 4 are asked for"):
        load_encoder(folder, layers=4)


def test_frozen_layers_do_not_learn(folder: Path) -> None:
    encoder = load_encoder(folder, freeze=2)
    learning = {name.split(".")[1] for name, parameter in encoder.named_parameters() if parameter.requires_grad}
    assert learning == {"2"}


def test_old_names_prefixes_and_pickles_are_read(folder: Path) -> None:
    from safetensors.torch import load_file

    tensors = load_file(folder / "model.safetensors")
    old = {
        "bert."
        + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): tensor
        for name, tensor in tensors.items()
    }
    (folder / "model.safetensors").unlink()
    torch.save({**old, "cls.predictions.bias": torch.zeros(20)}, folder / "pytorch_model.bin")
    assert torch.equal(load_encoder(folder).eval()(IDS, MASK), small()(IDS, MASK))


def test_roberta_counts_its_positions_after_the_padding(folder: Path) -> None:
    rewritten(folder, model_type="roberta")
    encoder = load_encoder(folder)
    assert encoder.shape.positions == SHAPE.positions - 2
    assert torch.equal(encoder.positions, small().positions[2:])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"model_type": "deberta"}, "model_type 'deberta'; read are bert"),
        ({"position_embedding_type": "relative_key"}, "positions are relative_key"),
        ({"embedding_size": 8}, "narrower than its layers"),
        ({"hidden_act": "relu"}, "activation 'relu'"),
        ({"vocab_size": 21}, "embeddings.word_embeddings.weight is \\(20, 16\\), \\(21, 16\\) is due"),
        ({"num_hidden_layers": 4}, "no encoder.layer.3.attention.self.query.weight"),
    ],
)
def test_what_is_not_read_is_named(folder: Path, changes: dict[str, Any], said: str) -> None:
    rewritten(folder, **changes)
    with pytest.raises(TrainError, match=said):
        load_encoder(folder)


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(TrainError, match=r"no readable config\.json"):
        load_encoder(tmp_path)


def test_damaged_and_missing_weights(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(TrainError, match="unreadable weights"):
        load_encoder(folder)
    weights.unlink()
    with pytest.raises(TrainError, match=r"neither model\.safetensors nor"):
        load_encoder(folder)


def test_marks_add_to_what_the_fixed_layers_give() -> None:
    plain, marked = small()(IDS, MASK), MarkedEncoder(small(), 1, [4, 3]).eval()
    none = torch.zeros(2, 5, 2, dtype=torch.long)
    assert torch.equal(marked(IDS, MASK, none), plain)
    some = none.clone()
    some[0, 2, 1] = 2
    assert not torch.allclose(marked(IDS, MASK, some)[0], plain[0])
    assert torch.equal(marked(IDS, MASK, some)[1], plain[1])
    below = marked.below(IDS, MASK)
    assert torch.equal(marked.above(below, MASK, some), marked(IDS, MASK, some))
    assert not any(parameter.requires_grad for parameter in marked.below.parameters())


def words_of_bert(folder: Path) -> None:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "قال", "ال", "##وزير", ":"]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", "utf-8")


def test_a_list_of_words_is_a_tokenizer_too(folder: Path) -> None:
    words_of_bert(folder)
    tokenizer = load_tokenizer(folder)
    assert tokenizer.encode("قال الوزير").ids == [2, 5, 6, 7, 3]
    vectors, first, owner = Fixed(load_encoder(folder), tokenizer).of([" قال", " الوزير", ":"])
    assert vectors.shape == (6, SHAPE.hidden)
    assert (first, owner) == ([1, 2, 4], [-1, 0, 1, 1, 2, -1])


def test_vowel_marks_stay_where_the_folder_says_so(folder: Path) -> None:
    words_of_bert(folder)
    assert load_tokenizer(folder).encode("قالَ").ids == [2, 5, 3]
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": false}', "utf-8")
    assert load_tokenizer(folder).encode("قالَ").ids == [2, 1, 3]


def test_damaged_and_missing_tokenizers(folder: Path) -> None:
    with pytest.raises(TrainError, match=r"neither tokenizer\.json nor vocab\.txt"):
        load_tokenizer(folder)
    (folder / "tokenizer.json").write_text("{", "utf-8")
    with pytest.raises(TrainError, match="unreadable tokenizer"):
        load_tokenizer(folder)
