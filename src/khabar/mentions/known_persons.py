"""Known persons in a text: forms of the table of leaders, and which of them context allows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.mentions.countries import Countries
from khabar.mentions.leaders import Leader, LeaderName
from khabar.mentions.lexicon import Hit, names_form
from khabar.mentions.persons import evidence_before
from khabar.mentions.vocabulary import Vocabulary

__all__ = ["KnownPerson", "find_known_persons"]


class KnownPerson(msgspec.Struct, frozen=True, gc=False):
    """A name of the table in sentence `sentence`, tokens `[first, last)`, `cut` letters of clitics before it; the
    leaders that bear it and that the context allows."""

    sentence: int
    first: int
    last: int
    cut: int
    leaders: tuple[Leader, ...]


def find_known_persons(
    hits: Sequence[Hit[LeaderName]], lines: Sequence[Sequence[str]], countries: Countries, vocabulary: Vocabulary
) -> list[KnownPerson]:
    """The hits that are mentions of persons, overlapping ones too.

    A marked form (`صالح`, `هادي`) counts when the article has the full name; and, where the person's country is spoken
    of, after a title, a verb of speech, a word of power (`قوات صالح`) or `و`. Titles are left out of the span.
    """
    seen = frozenset(value.leader.id for hit in hits for value in hit.values if not value.mark and len(hit.values) == 1)
    found: list[KnownPerson] = []
    for hit in hits:
        evidence = evidence_before(lines[hit.sentence], hit.first, vocabulary)
        if evidence == "site":
            continue
        here = (countries.main(), countries.of(hit.sentence))
        leaders = tuple(value.leader for value in hit.values if _allowed(value, hit, evidence, here, seen))
        if leaders:
            first = _without_title(hit, lines[hit.sentence], leaders, vocabulary)
            cut = len(hit.prefix) if first == hit.first else 0
            found.append(KnownPerson(hit.sentence, first, hit.last, cut, leaders))
    return found


def _without_title(
    hit: Hit[LeaderName], words: Sequence[str], leaders: Sequence[Leader], vocabulary: Vocabulary
) -> int:
    """The first token of the name after titles that the form has (`المخلوع صالح`); the usual name keeps its own."""
    first = hit.first
    if any(names_form(leader.name_ar) == hit.form for leader in leaders):
        return first
    while first < hit.last - 1 and vocabulary.context(words[first]) & {"honorific", "modifier"}:
        first += 1
    return first


def _allowed(
    value: LeaderName, hit: Hit[LeaderName], evidence: str, here: tuple[str | None, ...], seen: frozenset[str]
) -> bool:
    if not value.mark:
        return True
    if hit.form == "صالح" and hit.prefix.endswith("ل") and not evidence:
        return False  # لصالح: in favour of
    if value.leader.id in seen:
        return True
    at_home = value.leader.country is None or value.leader.country in here
    return at_home and (bool(evidence) or hit.prefix.startswith("و"))
