"""Words to vectors at run time, with a graph and a tokenizer of a few pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import SettingsError

np = pytest.importorskip("numpy")
onnx = pytest.importorskip("onnx", reason="the graph of these tests is made with onnx (the extra `train`)")
tokenizers = pytest.importorskip("tokenizers")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from khabar.model.encoder import LONGEST, Pieces, Said, WordEncoder, windows_of  # noqa: E402

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁قال", "▁ال", "وزير", ":", "▁"]
COLUMNS = 2


def tokenizer() -> tokenizers.Tokenizer:
    made = tokenizers.Tokenizer(tokenizers.models.Unigram([(piece, -1.0) for piece in PIECES], unk_id=3))
    made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never")
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made


def graph() -> onnx.ModelProto:
    """`hidden` is (piece, how many pieces the window has, the first column of marks)."""
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "pieces"]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["batch", "pieces"]),
        helper.make_tensor_value_info("marks", TensorProto.INT64, ["batch", "pieces", COLUMNS]),
    ]
    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "pieces", 3])
    nodes = [
        helper.make_node("Cast", ["ids"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["mask", "second"], ["count"], keepdims=1),
        helper.make_node("Mul", ["mask", "count"], ["counts"]),
        helper.make_node("Gather", ["marks", "nought"], ["mark"], axis=2),
        helper.make_node("Cast", ["mark"], ["marked"], to=TensorProto.FLOAT),
        *(helper.make_node("Unsqueeze", [name, "third"], [name + "1"]) for name in ("number", "counts", "marked")),
        helper.make_node("Concat", ["number1", "counts1", "marked1"], ["hidden"], axis=2),
    ]
    constants = {"second": [1], "third": [2], "nought": 0}
    initial = [numpy_helper.from_array(np.array(value, np.int64), name) for name, value in constants.items()]
    made = helper.make_graph(nodes, "small", inputs, [output], initial)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("onnxruntime")
    onnx.save(graph(), tmp_path / "encoder.onnx")
    tokenizer().save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def encoder(folder: Path, threads: int = 1) -> WordEncoder:
    return WordEncoder(folder / "encoder.onnx", folder / "tokenizer.json", threads)


def said(*words: str) -> Said:
    return Said(words, [list(range(1, len(words) + 1)), [0] * len(words)])


def test_a_word_has_the_vector_of_its_first_piece(folder: Path) -> None:
    vectors = encoder(folder).read([said(" قال", " الوزير", ":")])
    assert vectors.tolist() == [[4, 6, 1], [5, 6, 2], [7, 6, 3]]


def test_every_word_has_a_vector_however_long_the_sentence(folder: Path) -> None:
    vectors = encoder(folder).read([said(*[" الوزير"] * 400)])
    assert vectors.shape == (400, 3)
    assert vectors[:, 2].tolist() == list(range(1, 401))
    assert vectors[:, 1].max() <= LONGEST


def test_words_of_nothing_and_sentences_of_nothing(folder: Path) -> None:
    assert encoder(folder).read([]).shape == (0, 3)
    assert encoder(folder).read([said()]).shape == (0, 3)
    assert encoder(folder).read([said(), said("", " قال")])[:, 2].tolist() == [1, 2]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_same_in_order_on_any_number_of_threads(folder: Path, threads: int) -> None:
    sentences = [said(*[" قال"] * length) for length in (7, 1, 300, 2, 0, 40)]
    alone = [encoder(folder).read([sentence]) for sentence in sentences]
    assert np.array_equal(encoder(folder, threads).read(sentences), np.concatenate(alone))


def test_windows_are_bounded() -> None:
    windows = windows_of(["ب" * 100_000, *[" قال"] * 600], Pieces(tokenizer()))
    assert all(len(window.ids) <= LONGEST for window in windows)
    assert sum(len(window.first) for window in windows) == 601
    assert len(windows) <= 4
    for window in windows:
        assert (window.ids[0], window.ids[-1]) == (0, 2)
        assert (window.owner[0], window.owner[-1]) == (-1, -1)
        assert len(window.owner) == len(window.ids)


def test_damaged_weights_are_a_fault_of_the_settings(folder: Path) -> None:
    (folder / "encoder.onnx").write_bytes(b"nothing")
    with pytest.raises(SettingsError, match="unreadable weights"):
        encoder(folder)


def test_a_tokenizer_without_ends_is_refused(folder: Path) -> None:
    bare = tokenizer()
    bare.post_processor = tokenizers.processors.ByteLevel()
    bare.save(str(folder / "tokenizer.json"))
    with pytest.raises(SettingsError, match="no piece before and after"):
        encoder(folder)
