"""The tables of data/cues: every verb has its forms, every row fits, the generated table is up to date."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from khabar.attribution.lexicon import CueLexicon, build_cue_lexicon
from khabar.resources import Resources
from khabar.text import fold

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "conjugate_cues.py"


@pytest.fixture
def lexicon(resources: Resources) -> CueLexicon:
    return resources.compiled(build_cue_lexicon)


def readings(lexicon: CueLexicon, word: str) -> set[tuple[str, str, str]]:
    return {(form.verb.lemma, form.kind, form.agrees) for form in lexicon.forms.get(fold(word), ())}


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("قال", ("قال", "past", "m")),
        ("قالت", ("قال", "past", "f")),
        ("قالوا", ("قال", "past", "p")),
        ("يقول", ("قال", "present", "m")),
        ("تقول", ("قال", "present", "f")),
        ("يقولون", ("قال", "present", "p")),
        ("أشار", ("أشار", "past", "m")),
        ("اشارت", ("أشار", "past", "f")),  # written without hamza
        ("مشيرا", ("أشار", "participle", "m")),
        ("مشيرة", ("أشار", "participle", "f")),
        ("مشيرين", ("أشار", "participle", "p")),
        ("مؤكدا", ("أكد", "participle", "m")),
        ("إعلان", ("أعلن", "masdar", "")),
        ("نفى", ("نفى", "past", "m")),
        ("ينفي", ("نفى", "present", "m")),
        ("يستبعد", ("استبعد", "present", "m")),
    ],
)
def test_forms(lexicon: CueLexicon, word: str, reading: tuple[str, str, str]) -> None:
    assert reading in readings(lexicon, word)


@pytest.mark.parametrize("word", ["أقول", "نقول", "قلنا", "قلت"])
def test_first_and_second_persons_are_no_cues(lexicon: CueLexicon, word: str) -> None:
    assert fold(word) not in lexicon.forms


@pytest.mark.parametrize(
    ("word", "kind", "skip", "definite"),
    [
        ("مصدر", "unnamed_source", 0, False),
        ("المصدر", "unnamed_source", 0, True),
        ("لمصدر", "unnamed_source", 1, False),
        ("للمصدر", "unnamed_source", 2, True),
        ("ومصادر", "unnamed_source", 1, False),
        ("والوزير", "office", 1, True),
        ("مصدرا", "unnamed_source", 0, False),
        ("مصادرنا", "unnamed_source", 0, True),
        ("وزير", "office", 0, False),  # its own و is no conjunction
    ],
)
def test_source_nouns(lexicon: CueLexicon, word: str, kind: str, skip: int, definite: bool) -> None:
    found = lexicon.source_noun(fold(word))
    assert found is not None
    assert (found[0].kind, found[1], found[2]) == (kind, skip, definite)


def test_strangers_are_no_source_nouns(lexicon: CueLexicon) -> None:
    assert lexicon.source_noun(fold("شجرة")) is None


@pytest.mark.skipif(importlib.util.find_spec("mazini") is None, reason="mazini is a development dependency")
def test_the_table_of_forms_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("conjugate_cues", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "argv", ["conjugate_cues.py", "--check"])
    assert module.main() == 0, "run scripts/conjugate_cues.py"
