"""Known organisations in a text: forms of the actor table, and which of them context allows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.mentions.actors import Actor, ActorName, ActorTable, Body
from khabar.mentions.lexicon import Hit
from khabar.mentions.organisations import Heads
from khabar.mentions.vocabulary import Vocabulary

__all__ = ["KnownName", "find_known"]

_MEDIA = frozenset({"newspaper", "channel", "agency", "site"})
# Kinds whose ambiguous names may stand alone once the article has named them in full.
_RECALLED = frozenset({"armed_group", "coalition", "party", "intergovernmental", "other", "army"})
_QUOTE = '"'
_ROYAL = frozenset({"الملكي", "الملكيه"})
_GROUPS = frozenset({"مجموعه", "دول"})
_DASHES = frozenset({"-", "–", "—", "ـ"})


class KnownName(msgspec.Struct, frozen=True, gc=False):
    """A name of the table in sentence `sentence`, tokens `[first, last)`, `cut` letters of clitics before it.

    `actors` are those that the form and the context leave, the likeliest first; `body` is set for a bare body.
    """

    sentence: int
    first: int
    last: int
    cut: int
    actors: tuple[Actor, ...]
    body: Body | None


class _Article(msgspec.Struct, frozen=True):
    """What the article as a whole says: the ids of actors named beyond doubt, and its country if that is clear."""

    seen: frozenset[str]
    country: str | None
    table: ActorTable
    heads: Heads
    vocabulary: Vocabulary


def find_known(
    hits: Sequence[Hit[ActorName]],
    lines: Sequence[Sequence[str]],
    country: str | None,
    table: ActorTable,
    heads: Heads,
    vocabulary: Vocabulary,
) -> list[KnownName]:
    """The hits that are mentions of organisations, overlapping ones too; `country` is the article's, if clear."""
    seen = frozenset(
        value.actor.id
        for hit in hits
        for value in hit.values
        if value.actor is not None and not value.mark and len(hit.values) == 1
    )
    article = _Article(seen, country, table, heads, vocabulary)
    found: list[KnownName] = []
    for hit in hits:
        words = lines[hit.sentence]
        if _is_power(hit, words, vocabulary) or _is_office(hit, words, vocabulary):
            continue
        allowed = [value for value in hit.values if _allowed(value, hit, words, article)]
        # A loose name (القوات الكردية) is that of the actor whom the article also names beyond doubt.
        allowed = [value for value in allowed if value.actor and value.actor.id in seen] or allowed
        if allowed:
            actors = tuple(value.actor for value in allowed if value.actor is not None)
            body = next((value.body for value in allowed if value.body is not None), None)
            ranked = tuple(sorted(actors, key=lambda actor: actor.id not in seen))
            first, last = _bracketed(hit, words) if not hit.form[:1].isalpha() else (hit.first, hit.last)
            if body is not None:
                last = _extended(words, last, vocabulary)
            found.append(KnownName(hit.sentence, first, last, len(hit.prefix), ranked, body))
    return found


def _allowed(value: ActorName, hit: Hit[ActorName], words: Sequence[str], article: _Article) -> bool:
    actor, vocabulary = value.actor, article.vocabulary
    if value.mark == "~" or (actor is not None and actor.kind == "state"):
        return False
    if not value.mark:
        return True
    if actor is None:
        return _body_allowed(value, hit, words, article)
    if actor.id in article.seen and actor.kind in _RECALLED and hit.form not in vocabulary.demonyms:
        return not _follows_noun(hit, words)
    if actor.kind == "party" and actor.country == article.country and hit.form[-2:] in ("ون", "ين"):
        return True  # الجمهوريون in an article about the United States
    return _led(hit, words, article, actor.kind)


def _body_allowed(value: ActorName, hit: Hit[ActorName], words: Sequence[str], article: _Article) -> bool:
    """An ambiguous body: the subject of a verb of speech, after a fitting head, or named in full elsewhere."""
    if value.body is not None and article.country is not None:
        actor = article.table.body_of(value.body.body, article.country)
        if actor is not None and actor.id in article.seen and value.body.body == "government":
            return not _follows_noun(hit, words)
    return _spoken(hit, words, article.vocabulary) or _led(hit, words, article, "body")


def _led(hit: Hit[ActorName], words: Sequence[str], article: _Article, kind: str) -> bool:
    """Whether a fitting head, quotation marks, or the dashes of a dateline show that a word is meant as a name."""
    after = words[hit.last] if hit.last < len(words) else ""
    at = hit.first - 1
    before = words[at] if at >= 0 else ""
    marks = (before, after)
    if before in (_QUOTE, "("):
        at -= 1
    leads = (
        [rest for _, rest in article.vocabulary.readings(words[at]) if article.heads.has(rest, "lead")]
        if at >= 0
        else []
    )
    if leads and not (kind == "body" and "حركه" in leads):
        return True  # حركة المرور is traffic
    if kind in _MEDIA:
        alone = hit.first == 0 and hit.last == len(words)
        dashed = before in _DASHES and (after in _DASHES or not after)
        return alone or dashed or (not before and after in _DASHES) or marks in ((_QUOTE, _QUOTE), ("(", ")"))
    return kind != "body" and marks == (_QUOTE, _QUOTE)


def _spoken(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether an ambiguous body is the subject of a verb of speech: `أعلنت الداخلية`."""
    return hit.first > 0 and "saying" in vocabulary.context(words[hit.first - 1])


def _follows_noun(hit: Hit[ActorName], words: Sequence[str]) -> bool:
    """Whether a one-word name may be the adjective of the definite noun before it: `القيادي الحوثي`."""
    before = words[hit.first - 1] if hit.first else ""
    return hit.last - hit.first == 1 and not hit.prefix and before[:2] == "ال" and before[-2:] not in ("ين", "ون")


def _is_office(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`رئيس الحكومة`, `وزير الداخلية`: a bare body of one word after the title that it completes."""
    if hit.last - hit.first > 1 or hit.prefix or not hit.first or all(value.body is None for value in hit.values):
        return False
    body = next(value.body for value in hit.values if value.body is not None)
    before = words[hit.first - 1]
    title = any(vocabulary.contexts.get(rest, frozenset()) & {"office"} for _, rest in vocabulary.readings(before))
    return title and before[:2] != "ال" and body.body in ("government", "foreign-ministry", "interior-ministry")


def _is_power(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`نظام الأسد`, `حكومة هادي`: the person is the mention."""
    if "rule" not in vocabulary.contexts.get(hit.form.partition(" ")[0], frozenset()):
        return False
    rest = words[hit.first + 1 : hit.last]
    return bool(rest) and all(vocabulary.kind(word) in ("given", "name") for word in rest)


def _extended(words: Sequence[str], last: int, vocabulary: Vocabulary) -> int:
    """The end of a bare body with the nationality after it: `البحرية` + `الملكية البحرينية`."""
    end = last
    while end < len(words) and (words[end] in vocabulary.demonyms or words[end] in _ROYAL) and words[end][:2] == "ال":
        end += 1
    return end


def _bracketed(hit: Hit[ActorName], words: Sequence[str]) -> tuple[int, int]:
    """A name of digits with the group word before it: `مجموعة (5 + 1)`."""
    opener = words[hit.first - 1] if hit.first else ""
    group = hit.first - (2 if opener in ("(", _QUOTE) else 1)
    if group < 0 or words[group] not in _GROUPS:
        return hit.first, hit.last
    closes = opener in ("(", _QUOTE) and words[hit.last : hit.last + 1] in ([")"], [_QUOTE])
    return group, hit.last + closes
