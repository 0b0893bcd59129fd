"""ModernBERT's folders: the same vectors as their own library gives, and the same from the exported graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")
pytest.importorskip("safetensors", reason="weights are kept as safetensors (the extra `train`)")

from safetensors.torch import save_file  # noqa: E402
from train.bert import MarkedEncoder, Shape  # noqa: E402
from train.errors import TrainError  # noqa: E402
from train.folder import load_encoder  # noqa: E402
from train.modern import ModernEncoder, Modes  # noqa: E402
from train.modern_folder import _old_name  # noqa: E402

CONFIG = {
    "model_type": "modernbert", "hidden_size": 16, "num_hidden_layers": 4, "num_attention_heads": 2,
    "intermediate_size": 24, "max_position_embeddings": 64, "vocab_size": 20, "pad_token_id": 0,
    "global_attn_every_n_layers": 3, "local_attention": 6, "global_rope_theta": 160000.0, "local_rope_theta": 10000.0,
    "norm_eps": 1e-5, "bos_token_id": 1, "eos_token_id": 2, "cls_token_id": 1, "sep_token_id": 2,
}  # fmt: skip
SHAPE = Shape(hidden=16, layers=4, heads=2, inner=24, positions=64, pieces=20, epsilon=1e-5, pad=0)
MODES = Modes(local=(False, True, True, False), window=3, theta=(160000.0, 10000.0, 10000.0, 160000.0))
IDS = torch.tensor([[1, 5, 6, 7, 9, 11, 12, 13, 4, 2], [1, 8, 3, 2, 0, 0, 0, 0, 0, 0]])
MASK = (IDS != 0).long()


def small() -> ModernEncoder:
    torch.manual_seed(3)
    encoder = ModernEncoder(SHAPE, MODES).eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return encoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_file({f"model.{_old_name(name)}": value for name, value in small().state_dict().items()},
              tmp_path / "model.safetensors")  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    return tmp_path


def rewritten(folder: Path, without: str = "", **changes: Any) -> None:
    config = json.loads((folder / "config.json").read_text("utf-8")) | changes
    (folder / "config.json").write_text(json.dumps({k: v for k, v in config.items() if k != without}), "utf-8")


def test_a_folder_is_read(folder: Path) -> None:
    assert torch.equal(load_encoder(folder).eval()(IDS, MASK), small()(IDS, MASK))


def test_the_younger_form_says_the_same(folder: Path) -> None:
    rope = {"full_attention": {"rope_theta": 160000.0, "rope_type": "default"},
            "sliding_attention": {"rope_theta": 10000.0, "rope_type": "default"}}  # fmt: skip
    kinds = ["sliding_attention" if local else "full_attention" for local in MODES.local]
    rewritten(folder, global_rope_theta=None, local_rope_theta=None, rope_parameters=rope, layer_types=kinds)
    assert torch.equal(load_encoder(folder).eval()(IDS, MASK), small()(IDS, MASK))


def test_it_gives_what_its_own_library_gives(folder: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="compared with Hugging Face's transformers")
    theirs = transformers.AutoModel.from_pretrained(folder).eval()
    with torch.no_grad():
        wanted = theirs(input_ids=IDS, attention_mask=MASK).last_hidden_state
        found = load_encoder(folder).eval()(IDS, MASK)
    assert torch.allclose(found[0], wanted[0], atol=1e-5)
    assert torch.allclose(found[1, :4], wanted[1, :4], atol=1e-5)


def test_padding_and_what_is_far_do_not_matter() -> None:
    encoder = small()
    alone = encoder(IDS[1:, :4], MASK[1:, :4])
    assert torch.allclose(encoder(IDS, MASK)[1, :4], alone[0], atol=1e-5)
    encoder.layers = encoder.layers[1:3]  # only those that see a window: two times three places
    changed = IDS.clone()
    changed[0, 9] = 14
    before, after = encoder(IDS, MASK)[0], encoder(changed, MASK)[0]
    assert torch.allclose(before[:3], after[:3], atol=1e-6)
    assert not torch.allclose(before[3], after[3], atol=1e-6)


def test_marks_between_layers_and_the_last_norm_at_the_top(folder: Path) -> None:
    plain, marked = small()(IDS, MASK), MarkedEncoder(load_encoder(folder), 2, [4]).eval()
    assert torch.allclose(marked(IDS, MASK, torch.zeros(*IDS.shape, 1, dtype=torch.long)), plain, atol=1e-6)
    learning = {name.split(".")[0] for name, parameter in marked.named_parameters() if parameter.requires_grad}
    assert learning == {"layers", "top", "marks"}


def test_the_exported_graph_gives_the_same(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="weights are exported through onnx (the extra `train`)")
    onnxruntime = pytest.importorskip("onnxruntime")
    from train.export import export_onnx
    from train.quantise import quantise

    marked = MarkedEncoder(load_encoder(folder), 2, [4]).eval()
    marks = torch.zeros(2, 10, 1, dtype=torch.long)
    inputs = {"ids": IDS, "mask": MASK.float(), "marks": marks}
    export_onnx(marked, inputs, dict.fromkeys((*inputs, "hidden"), ("batch", "pieces")), tmp_path / "float.onnx")
    assert quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx") == 4 * SHAPE.layers
    with torch.no_grad():
        wanted = marked(IDS[:, :7], MASK[:, :7].float(), marks[:, :7])
    for name, near in (("float", 0.05), ("int8", 0.5)):
        session = onnxruntime.InferenceSession(str(tmp_path / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        given = {"ids": IDS[:, :7].numpy(), "mask": MASK[:, :7].float().numpy(), "marks": marks[:, :7].numpy()}
        found = torch.tensor(session.run(None, given)[0])
        assert torch.allclose(found[0], wanted[0], atol=near), name


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rope_parameters": {"full_attention": {"rope_theta": 1.0, "rope_type": "yarn"}}}, "kind 'yarn' are not read"),
        ({"hidden_activation": "silu"}, "activation 'silu'"),
        ({"hidden_size": 12}, "is .* is due"),
        ({"num_hidden_layers": None}, "has no num_hidden_layers"),
    ],
)
def test_what_is_not_read_is_said(folder: Path, changes: dict[str, Any], says: str) -> None:
    rewritten(folder, **changes)
    with pytest.raises(TrainError, match=says):
        load_encoder(folder)
