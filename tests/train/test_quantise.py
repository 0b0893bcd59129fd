"""The exported encoder: float as trained, int8 close to it and the same in every batch."""

from __future__ import annotations

from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")
pytest.importorskip("onnx", reason="weights are exported through onnx (the extra `train`)")
onnxruntime = pytest.importorskip("onnxruntime")

from train.bert import Encoder, MarkedEncoder, Shape  # noqa: E402
from train.errors import TrainError  # noqa: E402
from train.export import export_onnx  # noqa: E402
from train.quantise import quantise  # noqa: E402

SHAPE = Shape(hidden=64, layers=3, heads=4, inner=128, positions=40, pieces=50, pad=1)


def encoder() -> MarkedEncoder:
    torch.manual_seed(5)
    marked = MarkedEncoder(Encoder(SHAPE), 1, [4])
    for name, parameter in marked.named_parameters():
        if name.endswith("weight") and parameter.dim() == 2:
            torch.nn.init.normal_(parameter, std=0.15)
    return marked.eval()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("onnx")
    inputs = {
        "ids": torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]]),
        "mask": torch.tensor([[1.0, 1, 1, 1], [1, 1, 1, 0]]),
        "marks": torch.zeros(2, 4, 1, dtype=torch.long),
    }
    export_onnx(encoder(), inputs, dict.fromkeys((*inputs, "hidden"), ("batch", "pieces")), out / "float.onnx")
    assert quantise(out / "float.onnx", out / "int8.onnx") == 4 * SHAPE.layers
    return out


def session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(model: onnxruntime.InferenceSession, sentences: list[list[int]]) -> list[np.ndarray]:
    """One batch, padded; of each sentence its own rows."""
    longest = max(map(len, sentences))
    ids = np.array([row + [SHAPE.pad] * (longest - len(row)) for row in sentences], np.int64)
    marks = np.where(ids == 5, 2, 0)[:, :, None]
    hidden = model.run(None, {"ids": ids, "mask": (ids != SHAPE.pad).astype(np.float32), "marks": marks})[0]
    return [vectors[: len(row)] for vectors, row in zip(hidden, sentences, strict=True)]


SENTENCES = [[0, *range(3, 3 + length), 2] for length in (2, 3, 5, 8, 13, 21, 30)]


def test_float_is_what_was_trained(folder: Path) -> None:
    model, trained = session(folder / "float.onnx"), encoder()
    for row in SENTENCES:
        ids = torch.tensor([row])
        marks = torch.where(ids == 5, 2, 0)[:, :, None]
        with torch.no_grad():
            due = trained(ids, torch.ones(ids.shape), marks)[0]
        # The table of pieces is int8 in the exported graph.
        assert torch.cosine_similarity(torch.tensor(run(model, [row])[0]), due).min() > 0.9995


def test_int8_is_close_to_float(folder: Path) -> None:
    exact, small = session(folder / "float.onnx"), session(folder / "int8.onnx")
    for row in SENTENCES:
        left, right = run(exact, [row])[0], run(small, [row])[0]
        cosine = (left * right).sum(1) / np.linalg.norm(left, axis=1) / np.linalg.norm(right, axis=1)
        assert cosine.min() > 0.998


@pytest.mark.parametrize("threads", [1, 2])
def test_a_sentence_is_the_same_in_every_batch(folder: Path, threads: int) -> None:
    alone = [run(session(folder / "int8.onnx"), [row])[0] for row in SENTENCES]
    model = session(folder / "int8.onnx", threads)
    for together in (SENTENCES, SENTENCES[::-1], [*SENTENCES[2:5], SENTENCES[6]]):
        for row, vectors in zip(together, run(model, together), strict=True):
            assert np.array_equal(vectors, alone[SENTENCES.index(row)])


def test_the_small_file_is_smaller(folder: Path) -> None:
    assert (folder / "int8.onnx").stat().st_size < 0.5 * (folder / "float.onnx").stat().st_size


def test_nothing_to_quantise_is_an_error(tmp_path: Path) -> None:
    import onnx
    from onnx import TensorProto, helper

    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "pieces"]) for name in ("ids", "hidden")]
    graph = helper.make_graph([helper.make_node("Identity", ["ids"], ["hidden"])], "plain", values[:1], values[1:])
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), tmp_path / "plain.onnx"
    )
    with pytest.raises(TrainError, match="no product with a constant matrix"):
        quantise(tmp_path / "plain.onnx", tmp_path / "out.onnx")
