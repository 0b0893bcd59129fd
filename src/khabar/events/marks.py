"""What the model is told of each word beside its letters: what tables and earlier stages know of it, by name."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.scene import Scene
from khabar.events.words import View
from khabar.records import Claim

__all__ = ["COLUMNS", "word_marks"]

COLUMNS = 7


def word_marks(scene: Scene, claims: Sequence[Claim]) -> tuple[Sequence[str], ...]:
    """`COLUMNS` names a word, by column: its mention, class, event type, frame, modality, part in a claim, clitics."""
    words = scene.view.words
    senses = [word.forms[0].senses[0] if word.forms else None for word in words]
    return (
        _mentions(scene.view),
        [word.kind for word in words],
        [sense.type if sense else "" for sense in senses],
        [sense.frame if sense else "" for sense in senses],
        [word.modal for word in words],
        [
            speech or (f"content.{claims[claim].stance}" if claim >= 0 else "")
            for speech, claim in zip(scene.speech_at, scene.claim_at, strict=True)
        ],
        [f"{word.conjunction}{word.prefix}.{word.suffix}" for word in words],
    )


def _mentions(view: View) -> list[str]:
    """The type of the mention that each word is in, and whether it begins there."""
    marks: list[str] = []
    before = -1
    for word in view.words:
        index = word.named if word.named >= 0 else word.value
        marks.append(view.mentions[index].type + (".I" if index == before else ".B") if index >= 0 else "")
        before = index
    return marks
