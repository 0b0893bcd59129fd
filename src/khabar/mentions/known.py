"""Known organisations in a text: forms of the actor table, and which of them context allows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.mentions.actors import Actor, ActorName, Body
from khabar.mentions.lexicon import Hit, readings
from khabar.mentions.organisations import Heads
from khabar.mentions.vocabulary import Vocabulary

__all__ = ["KnownName", "find_known"]

_MEDIA = frozenset({"newspaper", "channel", "agency", "site"})
# Kinds whose ambiguous names may stand alone once the article has named them in full.
_RECALLED = frozenset({"armed_group", "coalition", "party", "intergovernmental", "other", "army"})
_QUOTE = '"'
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


def find_known(
    hits: Sequence[Hit[ActorName]], lines: Sequence[Sequence[str]], heads: Heads, vocabulary: Vocabulary
) -> list[KnownName]:
    """The hits that are mentions of organisations, overlapping ones too."""
    seen = {
        value.actor.id
        for hit in hits
        for value in hit.values
        if value.actor is not None and not value.mark and len(hit.values) == 1
    }
    found: list[KnownName] = []
    for hit in hits:
        words = lines[hit.sentence]
        if _is_power(hit, words, vocabulary) or _is_office(hit, words, vocabulary):
            continue
        allowed = [value for value in hit.values if _allowed(value, hit, words, seen, heads, vocabulary)]
        if allowed:
            actors = tuple(value.actor for value in allowed if value.actor is not None)
            body = next((value.body for value in allowed if value.body is not None), None)
            ranked = tuple(sorted(actors, key=lambda actor: actor.id not in seen))
            found.append(KnownName(hit.sentence, hit.first, hit.last, len(hit.prefix), ranked, body))
    return found


def _allowed(
    value: ActorName, hit: Hit[ActorName], words: Sequence[str], seen: set[str], heads: Heads, vocabulary: Vocabulary
) -> bool:
    actor = value.actor
    if value.mark == "~" or (actor is not None and actor.kind == "state"):
        return False
    if not value.mark:
        return True
    if actor is None:
        return _spoken(hit, words, vocabulary)
    if actor.id in seen and actor.kind in _RECALLED and hit.form not in vocabulary.demonyms:
        return not _follows_noun(hit, words, vocabulary)
    return _led(hit, words, heads, vocabulary, media=actor.kind in _MEDIA)


def _led(hit: Hit[ActorName], words: Sequence[str], heads: Heads, vocabulary: Vocabulary, *, media: bool) -> bool:
    """Whether a fitting head, quotation marks, or the dashes of a dateline show that a word is meant as a name."""
    at = hit.first - 1
    after = words[hit.last] if hit.last < len(words) else ""
    quoted = at >= 0 and (words[at], after) in ((_QUOTE, _QUOTE), ("(", ")"))
    if at >= 0 and words[at] in (_QUOTE, "("):
        at -= 1
    if at >= 0 and any(heads.has(rest, "lead") for _, rest in readings(words[at], vocabulary.whole)):
        return True
    if media and len(words) == hit.last - hit.first:
        return True
    if media and hit.first and words[hit.first - 1] in _DASHES:
        return True
    if media and not hit.first and after in _DASHES:
        return True
    return quoted


def _spoken(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether an ambiguous body is the subject of a verb of speech: `أعلنت الداخلية`."""
    return hit.first > 0 and "saying" in vocabulary.context(words[hit.first - 1])


def _follows_noun(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a one-word name may be the adjective of the definite noun before it: `القيادي الحوثي`."""
    before = words[hit.first - 1] if hit.first else ""
    return hit.last - hit.first == 1 and not hit.prefix and before[:2] == "ال" and before[-2:] not in ("ين", "ون")


def _is_office(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`رئيس الحكومة`, `وزير الداخلية`: a bare body of one word after the title that it completes."""
    if hit.last - hit.first > 1 or hit.prefix or not hit.first or all(value.body is None for value in hit.values):
        return False
    body = next(value.body for value in hit.values if value.body is not None)
    before = words[hit.first - 1]
    title = any(
        vocabulary.contexts.get(rest, frozenset()) & {"office"} for _, rest in readings(before, vocabulary.whole)
    )
    return title and before[:2] != "ال" and body.body in ("government", "foreign-ministry", "interior-ministry")


def _is_power(hit: Hit[ActorName], words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """`نظام الأسد`, `حكومة هادي`: the person is the mention."""
    if "rule" not in vocabulary.contexts.get(hit.form.partition(" ")[0], frozenset()):
        return False
    rest = words[hit.first + 1 : hit.last]
    return bool(rest) and all(vocabulary.kind(word) in ("given", "name") for word in rest)
