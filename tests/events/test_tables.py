"""The tables of the events stage: every line is usable, and the generated ones are up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from khabar.events.forms import NounRow, TriggerRow
from khabar.events.lexicon import build_lexicon
from khabar.events.scoring import build_scorer
from khabar.records import Factuality, RoleName
from khabar.resources import Resources

ROOT = Path(__file__).parent.parent.parent


def test_every_trigger_line_says_what_its_part_of_speech_needs(resources: Resources) -> None:
    for row in resources.tables.rows("events/triggers.tsv", TriggerRow):
        assert (row.pos == "verb") == bool(row.root and row.pattern), row
        assert row.sure in {"", "yes"}, row
        assert row.needs.partition(":")[0] in {"", "next", "object", "prep", "subject", "suffix"}, row


def test_no_trigger_line_stands_twice(resources: Resources) -> None:
    rows = [msgspec.structs.astuple(row) for row in resources.tables.rows("events/triggers.tsv", TriggerRow)]
    assert len(rows) == len(set(rows))


def test_a_word_in_one_type_has_one_frame_unless_its_needs_tell_them_apart(resources: Resources) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in resources.tables.rows("events/triggers.tsv", TriggerRow):
        key = (row.word, row.pos, row.type, row.needs, row.pattern)
        assert seen.setdefault(key, row.frame) == row.frame, row


def test_nouns_have_known_classes(resources: Resources) -> None:
    classes = {row.cls for row in resources.tables.rows("events/nouns.tsv", NounRow)}
    assert classes == {
        "abstract", "area", "genus", "goods", "group", "person", "place", "vehicle", "victim", "weapon",
    }  # fmt: skip


def test_weights_are_for_the_labels_of_the_records(resources: Resources) -> None:
    assert set(build_scorer(resources.tables, "role").labels) <= set(get_args(RoleName))
    assert set(build_scorer(resources.tables, "factuality").labels) == set(get_args(Factuality))


def test_the_forms_are_those_of_the_verbs() -> None:
    pytest.importorskip("mazini")
    script = ROOT / "scripts" / "conjugate_triggers.py"
    assert subprocess.run([sys.executable, str(script), "--check"], check=False).returncode == 0


@pytest.mark.parametrize(
    ("word", "bare", "kind"),
    [
        ("وهجماتهم", "هجمات", "trigger"),
        ("بالهجوم", "هجوم", "trigger"),
        ("للانسحاب", "انسحاب", "trigger"),
        ("سيلتقي", "يلتقي", "trigger"),
        ("فقتلوهم", "قتلو", "trigger"),
        ("زيارته", "زيارت", "trigger"),
        ("استيلايه", "استيلاي", "trigger"),
        ("والمسلحون", "مسلحون", "person"),
        ("وقواته", "قوات", "group"),
        ("ومن", "من", "prep"),
        ("بالمجهول", "مجهول", ""),
    ],
)
def test_a_word_is_read_between_its_clitics(resources: Resources, word: str, bare: str, kind: str) -> None:
    reading = resources.compiled(build_lexicon).analyse(word)
    assert (word[reading.start : reading.end], reading.kind) == (bare, kind)


def test_a_plural_is_a_noun_before_it_is_a_participle(resources: Resources) -> None:
    reading = resources.compiled(build_lexicon).analyse("مواجهات")
    assert {form.pos for form in reading.forms} == {"noun"}
