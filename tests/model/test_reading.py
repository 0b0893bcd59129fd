"""Reading with the packaged weights: the same whatever the threads, left out where it is not wanted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar.config import Settings, load_settings
from khabar.errors import SettingsError
from khabar.model import Said, build_model, weights_of
from khabar.records import Reading
from khabar.resources import Resources, load_resources

TEXT = """أعلن محافظ المدينة، سالم الراوي، أن قوات الأمن اعتقلت سبعة مشتبه بهم في حي الزهور مساء الأحد.
ونفى متحدث باسم المعارضة أن يكون المعتقلون من أنصارها، وقال إن بينهم ثلاثة طلاب كانوا عائدين إلى بيوتهم.
وتعتزم البلدية إرسال مساعدات إلى الأسر التي نزحت من القرى المجاورة بعد قصف استمر يومين."""


def read(text: str, **chosen: object) -> Reading:
    return khabar.read(text, published="2019-03-04", resources=load_resources(Settings(**chosen)))  # type: ignore[arg-type]


def test_the_weights_are_there_and_read() -> None:
    assert weights_of(Settings()) is not None
    reading = read(TEXT, reader="model")
    assert {"COERCE", "ASSAULT"} <= {event.type for event in reading.events}
    assert [claim.source.text for claim in reading.claims if claim.source] != []


def test_threads_change_nothing() -> None:
    one, two = (read(TEXT * 3, threads=threads) for threads in (1, 2))
    assert one.to_json() == two.to_json()


def test_events_are_the_same_whatever_is_weighed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    resources = load_resources(Settings(reader="model"))
    whole = khabar.read(TEXT, resources=resources)
    monkeypatch.setattr("khabar.events._TOGETHER", 1)
    assert khabar.read(TEXT, resources=resources).events == whole.events != ()


def test_a_sentence_is_read_alike_whatever_stands_beside_it() -> None:
    model = build_model(load_resources(Settings(reader="model")).tables)
    assert model is not None
    lines = [[" " + word for word in line.split()] for line in TEXT.splitlines()]
    sentences = [Said(words, [[0] * len(words) for _ in model.names.marks]) for words in lines]
    alone = [model.encoder.read([said]) for said in sentences]
    assert np.array_equal(model.encoder.read(sentences), np.concatenate(alone))


def test_cues_are_told_alike_whatever_is_asked_at_once() -> None:
    model = build_model(load_resources(Settings(reader="model")).tables)
    assert model is not None
    words = np.random.default_rng(1).normal(size=(60, model.encoder.read([]).shape[1])).astype(np.float32)
    cues = [(0, 20, 3), (0, 20, 0), (20, 21, 20), (21, 60, 59)]
    for (first, end, at), told in zip(cues, model.heads.speech(words, cues), strict=True):
        (alone,) = model.heads.speech(words[first:end], [(0, end - first, at - first)])
        np.testing.assert_allclose(told, alone, atol=1e-4)


def test_the_rules_alone_are_another_reader() -> None:
    rules, model = (load_resources(Settings(reader=reader)) for reader in ("rules", "model"))
    assert rules.fingerprint != model.fingerprint
    assert build_model(rules.tables) is None
    assert all(event.score for event in read(TEXT, reader="rules").events)


def test_the_command_line_and_the_environment_choose_the_reader() -> None:
    assert load_settings(environment={"KHABAR_READER": "rules"}).reader == "rules"
    assert load_settings(environment={"KHABAR_READER": "rules"}, reader="model").reader == "model"
    assert load_settings(environment={"KHABAR_READER": "rules"}, reader=None).reader == "rules"
    with pytest.raises(SettingsError):
        load_settings(environment={"KHABAR_READER": "guess"})


def test_a_folder_without_weights_is_an_error_where_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"encoder\.onnx"):
        weights_of(Settings(weights=str(tmp_path)))


def test_damaged_weights_are_an_error_that_names_them(tmp_path: Path) -> None:
    found = weights_of(Settings())
    assert found is not None
    for path in found.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "encoder.onnx").write_bytes(b"nothing")
    with pytest.raises(SettingsError, match="unreadable"):
        build_model(Resources(Settings(weights=str(tmp_path))).tables)
    (tmp_path / "heads.npz").write_bytes(b"nothing")
    with pytest.raises(SettingsError, match=r"heads\.npz"):
        build_model(Resources(Settings(weights=str(tmp_path))).tables)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300))
def test_any_text_is_read_and_every_span_is_its_text(text: str) -> None:
    if not text.strip():
        return
    reading = read(text, reader="model")
    spans = [span for claim in reading.claims for span in (claim.source, claim.cue, claim.content, *claim.via) if span]
    spans += [span for event in reading.events for span in (event.trigger, *event.roles)]
    for span in spans:
        assert text[span.start : span.end] == span.text


def test_a_word_that_is_added_to_a_table_changes_what_the_model_is_told() -> None:
    """A gazetteer of the user's is seen by the model, since mentions are marks."""
    resources = load_resources(Settings(reader="model"))
    model = resources.compiled(build_model)
    assert model is not None
    words = [" وصل", " المقاتلون", " إلى", " سمرقندوة"]
    unmarked = [[0] * len(words) for _ in model.names.marks]
    marked = [[0, 0, 0, model.names.marks[0]["PLACE.B"]], *unmarked[1:]]
    plain, told = (model.encoder.read([Said(words, marks)]) for marks in (unmarked, marked))
    assert not np.array_equal(plain[0], told[0])
