"""What the model is told of each word beside its letters: what tables and earlier stages know of it, by name."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.factuality import Modals
from khabar.events.scene import Scene
from khabar.records import Claim

__all__ = ["COLUMNS", "word_marks"]

COLUMNS = 7


def word_marks(scene: Scene, claims: Sequence[Claim], modals: Modals) -> list[tuple[str, ...]]:
    """`COLUMNS` names a word: its mention, class, event type, frame, modality, part in a claim, and clitics."""
    view = scene.view
    marks: list[tuple[str, ...]] = []
    before = -1
    for at, word in enumerate(view.words):
        index = word.named if word.named >= 0 else word.value
        mention = ""
        if index >= 0:
            mention = view.mentions[index].type + (".I" if index == before else ".B")
        before = index
        sense = word.forms[0].senses[0] if word.forms else None
        claim = scene.claim_at[at]
        part = scene.speech_at[at] or (f"content.{claims[claim].stance}" if claim >= 0 else "")
        marks.append(
            (
                mention,
                word.kind,
                sense.type if sense else "",
                sense.frame if sense else "",
                modals.of(word.norm),
                part,
                f"{word.conjunction}{word.prefix}.{word.suffix}",
            )
        )
    return marks
