"""How far reviewers agree, counted as judgements come in, is what counting all of them gives."""

from __future__ import annotations

import random

import pytest

from factories import reading
from khabar.store import Store
from khabar.store.judgements import Judgement
from khabar.store.judging import judge
from khabar.web import progress
from khabar.web.progress import Progress, Tally


def test_agreement_as_judgements_come_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(4)
    documents = [
        reading(external_id=f"a{number}", url=f"http://example.com/{number}").document.id for number in range(3)
    ]
    tally, made = Tally(), list[Judgement]()
    seen = set[tuple[int, int]]()
    for step in range(60):
        who, verb = chance.choice(("salma", "omar", "huda")), chance.choice(("accept", "accept", "reject", "withdraw"))
        if verb != "withdraw":
            kind, item = chance.choice((("claim", "c0"), ("event", "e0")))
            document = chance.choice(documents)
            made.append(judge(store, who=who, verb=verb, kind=kind, subject=item, document=document))  # type: ignore[arg-type]
        elif made:
            made.append(judge(store, who=who, verb="withdraw", kind="judgement", subject=chance.choice(made).id))
        if step == 40:  # as if many documents had been judged since
            monkeypatch.setattr(progress, "_AT_ONCE", 0)
        with store.engine.connect() as connection:
            now, anew = tally.of(connection, "claim"), Tally().of(connection, "claim")
        assert now == anew
        seen.add((now.both, now.agreed))
    assert len(seen) > 3
    assert isinstance(now, Progress)
