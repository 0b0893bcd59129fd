"""A whole training on an article of our own: it goes on where it was stopped, and its weights read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra `train`)")
pytest.importorskip("onnx", reason="weights are exported through onnx (the extra `train`)")
pytest.importorskip("sklearn", reason="the rules' weights are fitted by scikit-learn (the extra `train`)")

from tokenizers import Tokenizer, models, pre_tokenizers, processors  # noqa: E402
from train.bert import Encoder, Shape  # noqa: E402
from train.errors import TrainError  # noqa: E402
from train.folder import save_encoder  # noqa: E402
from train.network import Decisions  # noqa: E402
from train.reader import Training  # noqa: E402
from train.recipe import Recipe  # noqa: E402
from train.tensors import prepare  # noqa: E402

from khabar.config import Settings  # noqa: E402
from khabar.model import Numbers, build_model  # noqa: E402
from khabar.pipeline import read_document  # noqa: E402
from khabar.records import document_from  # noqa: E402
from khabar.resources import load_resources  # noqa: E402

TEXT = (
    "قال مصدر أمني إن مسلحين هاجموا نقطة تفتيش في الموصل وقتلوا ثلاثة جنود. وأعلنت الوزارة إرسال تعزيزات إلى المدينة."
)
RECIPE = Recipe(fixed=1, layers=1, epochs=2, batch=2, folds=2)


def span(part: str) -> dict[str, object]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part}


def gold() -> dict[str, object]:
    event = {"type": "ASSAULT", "trigger": span("هاجموا"), "factuality": "certain"}
    event["roles"] = [{"role": "agent", **span("مسلحين")}, {"role": "place", **span("الموصل")}]
    moved = {"type": "MOBILIZE", "trigger": span("إرسال"), "factuality": "certain", "roles": []}
    claim = {"source": span("مصدر أمني"), "kind": "unnamed_source", "via": [], "cue": span("قال"),
             "content": span("مسلحين هاجموا نقطة تفتيش في الموصل وقتلوا ثلاثة جنود"), "stance": "asserts",
             "quote": "indirect"}  # fmt: skip
    mention = {**span("الموصل"), "type": "PLACE", "norm": "Mosul, IQ, 36.3, 43.1"}
    return {"mentions": [mention], "claims": [claim], "events": [event, moved]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gold of twelve articles, some of them in each fold, and an encoder that knows nothing."""
    root = tmp_path_factory.mktemp("training")
    for name in ("articles", "compiled"):
        (root / "gold" / name).mkdir(parents=True)
    for number in range(12):
        article = {"id": f"a{number}", "text": TEXT, "published": "2019-03-02"}
        (root / "gold/articles" / f"a{number}.json").write_text(json.dumps(article), "utf-8")
        (root / "gold/compiled" / f"a{number}.json").write_text(json.dumps({"id": f"a{number}", **gold()}), "utf-8")
    words = sorted(set(TEXT.replace(".", " .").split()))
    vocabulary = {piece: at for at, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    torch.manual_seed(7)
    shape = Shape(hidden=24, layers=2, heads=2, inner=48, positions=300, pieces=len(vocabulary), pad=1)
    (root / "made").mkdir()
    tokenizer.save(str(root / "made/tokenizer.json"))
    save_encoder(Encoder(shape), root / "base", tokenizer_of=root / "made")
    return root


def trained(folder: Path, work: str, said: list[str] | None = None) -> Path:
    say = said.append if said is not None else lambda line: None
    Training([folder / "gold"], folder / "base", folder / work, RECIPE, say).run(folder / f"{work}-weights")
    return folder / f"{work}-weights"


@pytest.fixture(scope="module")
def weights(folder: Path) -> Path:
    return trained(folder, "once")


def test_the_weights_read(weights: Path) -> None:
    resources = load_resources(Settings(reader="model", weights=str(weights)))
    reading = read_document(document_from(TEXT, external_id="t", language="ar"), resources)
    assert all(0 <= event.score <= 1 for event in reading.events)
    assert reading.reader != load_resources(Settings(reader="rules")).fingerprint


def test_a_second_run_does_nothing_again_and_gives_the_same(folder: Path, weights: Path) -> None:
    before = {path.name: path.read_bytes() for path in weights.iterdir()}
    said: list[str] = []
    trained(folder, "once", said)
    assert not [line for line in said if "epoch" in line or "fitting" in line]
    assert {path.name: path.read_bytes() for path in weights.iterdir()} == before


def test_a_training_that_was_stopped_gives_the_weights_of_one_that_was_not(folder: Path, weights: Path) -> None:
    class Stop(Exception):
        pass

    def stop(line: str) -> None:
        if "all: epoch 1" in line:
            raise Stop

    with pytest.raises(Stop):
        Training([folder / "gold"], folder / "base", folder / "twice", RECIPE, stop).run(folder / "twice-weights")
    assert not (folder / "twice-weights").exists()
    assert (trained(folder, "twice") / "heads.npz").read_bytes() == (weights / "heads.npz").read_bytes()


def filled(rows: Sequence[Sequence[int]]) -> Numbers:
    return np.array(list(zip_longest(*rows, fillvalue=0)), np.intp)


def test_the_heads_at_run_time_are_those_that_were_trained(folder: Path, weights: Path) -> None:
    training = Training([folder / "gold"], folder / "base", folder / "once", RECIPE, lambda line: None)
    examples = training.examples()
    network, naming, fixed = training._network("all", examples)
    prepared = [prepare(example, fixed, naming) for example in examples[:2]]
    with torch.no_grad():
        decisions = Decisions(network, prepared)
    heads = build_model(load_resources(Settings(reader="model", weights=str(weights))).tables).heads
    rows = decisions.trigger_rows
    words = decisions.h.numpy()
    found = heads.triggers(words, [row[0] for row in rows], filled([row[2] for row in rows]))
    chosen = [float(found[number, row[1]]) for number, row in enumerate(rows)]
    assert chosen == pytest.approx(decisions.triggers.tolist(), abs=0.02)  # float16 weights
    rows = decisions.pair_rows
    found = heads.pairs(words, *(([row[k] for row in rows]) for k in range(4)), filled([row[4] for row in rows]))
    assert found.ravel().tolist() == pytest.approx(decisions.pairs.numpy().ravel().tolist(), abs=0.02)
    assert heads.cues(words).tolist() == pytest.approx(decisions.cues.tolist(), abs=0.02)


def test_a_folder_without_gold_is_an_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainError, match="no gold"):
        Training([tmp_path], folder / "base", tmp_path / "work", RECIPE, lambda line: None).examples()
