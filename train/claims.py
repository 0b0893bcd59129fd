"""How likely a claim is right: fitted on held-out articles, from the model's logit of its cue and the rules' score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from khabar.attribution import attribute, revise
from khabar.events import form_opinions, stage_scenes
from khabar.gold import Gold, load_gold
from khabar.ingest import read_inputs
from khabar.mentions import find_mentions
from khabar.model import Blend
from khabar.records import Document
from khabar.text import normalise, segment
from train.held_out import fit_blend, fold_of
from train.scores import FoldReader, is_claim

__all__ = ["ClaimBlends", "fit_claims"]


class ClaimBlends(msgspec.Struct, frozen=True):
    """Of claims with a cue that the model heard, and of the others."""

    claim: Blend
    uncued: Blend


def fit_claims(folders: Sequence[Path], work: Path, folds: int) -> ClaimBlends:
    """Logistic regressions over the claims of all held-out articles."""
    cued: list[tuple[float, float, bool]] = []
    uncued: list[tuple[float, float, bool]] = []
    for number in range(folds):
        reader = FoldReader(work, f"fold-{number}", model=True)
        for folder in folders:
            gold, articles = load_gold(folder)
            paths = [str(articles / f"{name}.json") for name in gold if fold_of(name, folds) == number]
            for document in read_inputs(paths, settings=reader.resources.settings):
                if isinstance(document, Document):
                    for logit, score, is_right in _judged(document, gold[document.external_id], reader):
                        row = (logit or 0.0, math.log(score / (1 - score)), is_right)
                        (uncued if logit is None else cued).append(row)
    return ClaimBlends(fit_blend(cued), fit_blend(uncued, both=False))


def _judged(document: Document, gold: Gold, reader: FoldReader) -> Iterator[tuple[float | None, float, bool]]:
    """Of each claim: the logit of its cue, the rules' score, and whether gold has its content and its source."""
    resources = reader.resources
    text = normalise(document.text)
    sentences = segment(text)
    mentions = find_mentions(document, text, sentences, resources)
    told = attribute(document, text, sentences, mentions, resources)
    opinions = form_opinions(text, sentences, stage_scenes(text, sentences, mentions, told, resources), resources)
    for claim in revise(
        text, sentences, mentions, told, opinions, resources, weigh=False, publisher=document.publisher
    ):
        logit = None
        if claim.cue is not None:
            heard = [o for o, s in zip(opinions, sentences, strict=True) if o and s.start <= claim.cue.start < s.end]
            logit = heard[0].cue_logit((claim.cue.start, claim.cue.end)) if heard else None
        yield logit, min(max(claim.score, 0.01), 0.99), any(is_claim(claim, wanted) for wanted in gold.claims)
