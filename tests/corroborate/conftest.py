"""Who speaks in a text of a test's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factories import document
from khabar.config import Settings
from khabar.corroborate.copies.credits import build_credits
from khabar.corroborate.cues import build_cues
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices import Speakers
from khabar.records import Reading
from khabar.resources import load_resources
from khabar.workers import read_one

Voices = Callable[[str], list[Voice | None]]


@pytest.fixture(scope="module")
def voices() -> Voices:
    """The voices of a text's claims, in their order, None for the outlet's own; read by rules, so that the claims are what
    the sentence says."""
    resources = load_resources(Settings(reader="rules"))

    def found(text: str) -> list[Voice | None]:
        reading = read_one(document(text, publisher="صحيفة الغدير"), resources)
        assert isinstance(reading, Reading)
        outlets = resources.compiled(build_credits).outlets
        ends = [at for at, letter in enumerate(text) if letter == "."]
        speakers = Speakers(reading, resources.compiled(build_cues), outlets, ends)
        return [speakers.voice(claim) for claim in reading.claims]

    return found
