"""Where places are named.

A name of the gazetteer counts by itself if it is well known and no other word. Every other name needs evidence beside
it: a generic head (`بلدة X`), a place joined to it (`الرقة وX`, `X شمال حلب`), or a preposition of place in an article
about its country. A name that no table has counts after a head that opens one (`قرية X`, `معسكر X`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from khabar.mentions.gazetteer import Entry, Gazetteer, Head
from khabar.mentions.lexicon import Hit, readings
from khabar.mentions.places_words import (
    CONTAINMENT,
    JOINS,
    PARTICLES,
    PLURALS,
    PREPOSITIONS,
    SIDES,
    name_length,
)
from khabar.text import NormalText, Sentence, Token

__all__ = ["Spot", "distance_km", "find_spots"]

_JOINED_KM = 300.0  # places named in one breath lie near each other
_PASSES = 4  # evidence spreads along `خور مكسر والمعلا وكريتر والتواهي`
_MAX_LIST = 20
_REACH = 4  # tokens between a name and what contains it


class Spot(msgspec.Struct, frozen=True, gc=False):
    """One place in the text: original offsets, its tokens `[first, last)`, its folded name, what it may be."""

    start: int
    end: int
    sentence: int
    first: int
    last: int
    form: str
    prefix: str
    entries: tuple[Entry, ...]


def find_spots(text: NormalText, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Spot]:
    """Places in order, not overlapping. Every hit is looked at a fixed number of times."""
    found = gazetteer.lexicon.find(text, sentences)
    hits = [_spot(hit) for hit in found if not _other_word(hit, text, sentences[hit.sentence].tokens, gazetteer)]
    hits += _headed_sites(text, sentences, gazetteer)
    accepted = [spot for spot in hits if _by_itself(spot, sentences, gazetteer)]
    accepted += _listed(text, sentences, gazetteer)
    for _ in range(_PASSES):
        count = len(accepted)
        accepted = _with_evidence(hits, accepted, sentences, gazetteer)
        if len(accepted) == count:
            break
    chosen = _longest(accepted)
    chosen += _unknown(text, sentences, gazetteer, chosen)
    return _longest(chosen)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine)."""
    p = math.pi / 180
    a = math.sin((lat2 - lat1) * p / 2) ** 2
    a += math.cos(lat1 * p) * math.cos(lat2 * p) * math.sin((lon2 - lon1) * p / 2) ** 2
    return 12742 * math.asin(math.sqrt(a))


def _spot(hit: Hit[Entry]) -> Spot:
    return Spot(hit.start, hit.end, hit.sentence, hit.first, hit.last, hit.form, hit.prefix, hit.values)


def _other_word(hit: Hit[Entry], text: NormalText, tokens: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """A generic head (`مدينة`), or an adjective of nationality that is spelt like a country (`السوق السعودية`)."""
    spelt = gazetteer.guards.get(hit.form, "").partition("spelt:")[2]
    if spelt and not text.original[: hit.end].endswith(spelt):
        return True
    if hit.form in gazetteer.heads or hit.form in PREPOSITIONS or hit.form in SIDES or hit.form in PARTICLES:
        return True
    if not hit.first:
        return False
    previous = tokens[hit.first - 1]
    if hit.prefix[-1:] in {"ب", "ل", "ك"} and _governs(previous.norm, gazetteer):
        return True  # `في ببنين`: the letter is the name's
    if hit.prefix or hit.last - hit.first > 1:
        return False
    if previous.kind != "word" or (gazetteer.head(previous.norm) and not _definite(previous.norm)):
        return False
    if hit.form.startswith("ال"):
        return hit.form[2:] in gazetteer.demonyms and _definite(previous.norm)
    if hit.form in gazetteer.demonyms:
        return hit.form.endswith("ه") and previous.norm.endswith(("ه", "ات", "ر", "ن")) and not _particle(previous.norm)
    accusative = hit.form.endswith("ا") and hit.form[:-1] in gazetteer.demonyms and previous.norm.endswith("ا")
    return accusative and not previous.norm.endswith(("وا", "نا", "ها")) and not _particle(previous.norm)


def _governs(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a noun must follow at once, without a preposition of its own."""
    if word in PREPOSITIONS:
        return True
    head = gazetteer.head(word)
    return head is not None and not head.inside and not _definite(word) and head.word not in PLURALS


def _definite(word: str) -> bool:
    return any(form.startswith("ال") and len(form) > 4 for _, form in readings(word)) and not _particle(word)


def _particle(word: str) -> bool:
    return any(form in PREPOSITIONS or form in SIDES or form in PARTICLES for _, form in readings(word))


def _longest(spots: Iterable[Spot]) -> list[Spot]:
    chosen: list[Spot] = []
    end = -1
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if spot.start >= end:
            chosen.append(spot)
            end = spot.end
    return chosen


def _by_itself(spot: Spot, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> bool:
    tokens = sentences[spot.sentence].tokens
    hard = gazetteer.guards.get(spot.form) == "hard"
    if hard and spot.form.endswith("ه") and not spot.form.startswith("ال"):
        return False  # `مدينة جديدة` is no name
    if _head_of(tokens, spot, gazetteer) is not None:
        return True
    if not spot.entries:
        return True  # a site that its head names
    guarded = not gazetteer.guards.get(spot.form, "spelt").startswith("spelt")
    if guarded or all(entry.weak for entry in spot.entries):
        return False
    # ك before an indefinite name is more often a letter of the word; a known name after it is a comparison.
    return "ك" not in spot.prefix or spot.form.startswith("ال")


def _head_of(tokens: Sequence[Token], spot: Spot, gazetteer: Gazetteer) -> Head | None:
    """The generic head before a name, over an opening quotation mark or an adjective (`العاصمة اليمنية صنعاء`)."""
    if spot.prefix and not spot.prefix.endswith("ل"):
        return None
    at = spot.first - 1
    if at >= 0 and tokens[at].norm in {'"', "("}:
        at -= 1
    if at < 0 or tokens[at].kind != "word":
        return None
    head = gazetteer.head(tokens[at].norm)
    if head is None and at > 0 and tokens[at].norm.startswith("ال") and tokens[at].norm.endswith(("ي", "يه")):
        head = gazetteer.head(tokens[at - 1].norm)
        if head is None or not tokens[at - 1].norm.endswith("العاصمه"):
            return None
    return None if head is None or head.inside or tokens[spot.first].norm in head.fields else head


def _with_evidence(
    hits: Sequence[Spot], accepted: Sequence[Spot], sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> list[Spot]:
    starts = {(spot.sentence, spot.first): spot for spot in accepted}
    ends = {(spot.sentence, spot.last): spot for spot in accepted}
    countries = {entry.country for spot in accepted for entry in spot.entries[:1] if entry.country}
    points = _points(accepted, gazetteer)
    known = {id(spot) for spot in accepted}
    out = list(accepted)
    for spot in hits:
        if id(spot) in known:
            continue
        tokens = sentences[spot.sentence].tokens
        if gazetteer.guards.get(spot.form) == "hard":
            plain = spot.prefix in {"", "و"} and spot.form.startswith("ال") and not _after_comma(spot, tokens)
            good = plain and _joined(spot, tokens, starts, ends, gazetteer)
        else:
            good = _joined(spot, tokens, starts, ends, gazetteer)
            good = good or _placed(spot, tokens, countries, points, gazetteer)
        if good:
            out.append(spot)
    return out


def _after_comma(spot: Spot, tokens: Sequence[Token]) -> bool:
    """`، وأشار`: after a comma و more often begins a clause than it goes on with a list."""
    return spot.prefix == "و" and spot.first > 0 and tokens[spot.first - 1].norm in JOINS


def _points(spots: Iterable[Spot], gazetteer: Gazetteer) -> list[tuple[float, float]]:
    found: dict[tuple[float, float], None] = {}
    for spot in spots:
        for entry in spot.entries[:3]:
            point = gazetteer.point(entry)
            if point is not None and entry.feature not in {"PCLI", "CONT", "RGN"}:
                found[point.lat, point.lon] = None
    return list(found)[:64]


def _joined(
    spot: Spot,
    tokens: Sequence[Token],
    starts: dict[tuple[int, int], Spot],
    ends: dict[tuple[int, int], Spot],
    gazetteer: Gazetteer,
) -> bool:
    """Whether a place that is accepted stands beside the name, joined or containing, and near it."""
    before = ends.get((spot.sentence, spot.first))
    if before is not None and "و" in spot.prefix and _near(spot, before, gazetteer):
        return True
    if spot.first and tokens[spot.first - 1].norm in JOINS:
        before = ends.get((spot.sentence, spot.first - 1))
        if before is not None and _near(spot, before, gazetteer):
            return True
    after = starts.get((spot.sentence, spot.last))
    if after is not None and after.prefix == "و" and _near(spot, after, gazetteer):
        return True
    return _contained(spot, tokens, starts, gazetteer)


def _contained(spot: Spot, tokens: Sequence[Token], starts: dict[tuple[int, int], Spot], gazetteer: Gazetteer) -> bool:
    """`X شمال حلب`, `X في محافظة لحج`, `X بريف حماة`: a container named within a few tokens."""
    linked = False
    for at in range(spot.last, min(len(tokens), spot.last + _REACH)):
        container = starts.get((spot.sentence, at))
        if container is not None and (linked or container.prefix[-1:] == "ب"):
            return _near(spot, container, gazetteer)
        word = tokens[at].norm
        head = gazetteer.head(word)
        if word in CONTAINMENT or (head is not None and not head.inside):
            linked = True
        elif not linked or tokens[at].kind != "word":
            return False
    return False


def _placed(
    spot: Spot,
    tokens: Sequence[Token],
    countries: set[str],
    points: Sequence[tuple[float, float]],
    gazetteer: Gazetteer,
) -> bool:
    """Whether a preposition of place stands before it, and the article is about its country and neighbourhood."""
    if not spot.entries:
        return False
    previous = tokens[spot.first - 1].norm if spot.first else ""
    word = next((form for _, form in readings(previous) if form in SIDES), None)
    if not (previous in PREPOSITIONS or word or spot.prefix[-1:] == "ب"):
        return False
    if spot.prefix[-1:] in {"ب", "ل", "ك"} and not spot.form.startswith("ال") and spot.entries[0].weak:
        return False
    for entry in spot.entries:
        if entry.country not in countries and entry.feature != "PCLI":
            continue
        point = gazetteer.point(entry)
        if point is None or not entry.weak:
            return True
        if any(distance_km(point.lat, point.lon, lat, lon) <= _JOINED_KM / 2 for lat, lon in points):
            return True
    return False


def _near(spot: Spot, other: Spot, gazetteer: Gazetteer) -> bool:
    for entry in spot.entries:
        for neighbour in other.entries:
            if neighbour.feature == "PCLI" or entry.feature == "PCLI":
                if entry.country == neighbour.country or entry.feature == neighbour.feature:
                    return True
                continue
            here, there = gazetteer.point(entry), gazetteer.point(neighbour)
            if here is None or there is None:
                if entry.country == neighbour.country:
                    return True
            elif distance_km(here.lat, here.lon, there.lat, there.lon) <= _JOINED_KM:
                return True
    return False


def _headed_sites(text: NormalText, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Spot]:
    """Sites by their head: `مستشفى منبج`, `معسكر القرميد`, `قاعدة العند الجوية`; the head and its tail inside."""
    spots: list[Spot] = []
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        for at, token in enumerate(tokens[:-1]):
            found = gazetteer.cut_head(token.norm)
            if found is None or token.kind != "word" or "ك" in token.norm[: found[0]]:
                continue
            cut, head = found
            if head.inside and (spot := _site(text, sentence, number, at, cut, head, gazetteer)):
                spots.append(spot)
    return spots


def _site(
    text: NormalText, sentence: Sentence, number: int, at: int, cut: int, head: Head, gazetteer: Gazetteer
) -> Spot | None:
    tokens = sentence.tokens
    first = at + 1
    if tokens[first].norm == '"' and first + 1 < len(tokens):
        first += 1
    length, entries = _known_name(tokens, first, gazetteer)
    if not length and head.opens:
        length = name_length(tokens, first, head.opens, site=True)
    if not length:
        return None
    last = first + length
    if last < len(tokens) and tokens[last].norm == '"' and first > at + 1:
        last += 1 if last + 1 < len(tokens) and tokens[last + 1].norm in head.tails else 0
    while last < len(tokens) and tokens[last].norm in head.tails:
        last += 1
    start = text.start_of(tokens[at].norm_start + cut) if cut else tokens[at].start
    form = " ".join((head.word, *(t.norm for t in tokens[at + 1 : last] if t.kind != "punct")))
    exact = gazetteer.lexicon.get(form) or gazetteer.lexicon.get(_without_tails(form, head))
    return Spot(start, tokens[last - 1].end, number, at, last, form, tokens[at].norm[:cut], exact or entries)


def _without_tails(form: str, head: Head) -> str:
    words = form.split(" ")
    while words and words[-1] in head.tails:
        words.pop()
    return " ".join(words)


def _known_name(
    tokens: Sequence[Token], first: int, gazetteer: Gazetteer, word: str = ""
) -> tuple[int, tuple[Entry, ...]]:
    """The longest name of the gazetteer that starts at a token, of which `word` may be what clitics leave."""
    for length in range(min(4, len(tokens) - first), 0, -1):
        words = (word or tokens[first].norm, *(token.norm for token in tokens[first + 1 : first + length]))
        entries = gazetteer.lexicon.get(" ".join(words))
        common = length == 1 and (words[0] in gazetteer.heads or gazetteer.guards.get(words[0]) == "hard")
        if entries and not common:
            return length, entries
    return 0, ()


def _unknown(
    text: NormalText, sentences: Sequence[Sentence], gazetteer: Gazetteer, chosen: Sequence[Spot]
) -> list[Spot]:
    """Names that no table has, after a generic head that opens one."""
    taken = {(spot.sentence, at) for spot in chosen for at in range(spot.first, spot.last)}
    spots: list[Spot] = []
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        for at, token in enumerate(tokens[:-1]):
            head = gazetteer.head(token.norm) if token.kind == "word" else None
            if head is None or head.inside or not head.opens:
                continue
            first = at + 1 + (tokens[at + 1].norm == '"')
            if first >= len(tokens) or (number, first) in taken or (number, at) in taken:
                continue
            if tokens[first].norm in head.fields:
                continue
            length = name_length(tokens, first, head.opens, site=False)
            if length and not any((number, at) in taken for at in range(first, first + length)):
                spots.append(_plain(tokens, number, first, first + length))
    return spots


def _listed(text: NormalText, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Spot]:
    """Names in a list after a plural or dual head: `قرى سيعة، وذي مهنة، ومحزف`, known or not."""
    spots: list[Spot] = []
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        for at, token in enumerate(tokens[:-1]):
            head = gazetteer.head(token.norm) if token.kind == "word" else None
            if head is None or head.inside or head.word not in PLURALS:
                continue
            first, items = at + 1, 0
            while items < _MAX_LIST and (spot := _item(text, sentence, number, first, items, gazetteer)):
                spots.append(spot)
                first, items = spot.last, items + 1
                while first < len(tokens) and tokens[first].norm in JOINS:
                    first += 1
    return spots


def _item(
    text: NormalText, sentence: Sentence, number: int, first: int, items: int, gazetteer: Gazetteer
) -> Spot | None:
    """One name of a list; from the second on it starts with و or stands behind a comma."""
    tokens = sentence.tokens
    if first >= len(tokens) or tokens[first].kind != "word":
        return None
    joined = items and tokens[first - 1].norm not in JOINS
    for cut, form in readings(tokens[first].norm):
        if cut > 1 or (joined and not cut):
            continue
        length, entries = _known_name(tokens, first, gazetteer, form)
        if length:
            break
    else:
        return None
    start = text.start_of(tokens[first].norm_start + cut) if cut else tokens[first].start
    words = (form, *(token.norm for token in tokens[first + 1 : first + length]))
    last = first + length
    return Spot(start, tokens[last - 1].end, number, first, last, " ".join(words), "و" * cut, entries)


def _plain(tokens: Sequence[Token], number: int, first: int, last: int) -> Spot:
    form = " ".join(token.norm for token in tokens[first:last])
    return Spot(tokens[first].start, tokens[last - 1].end, number, first, last, form, "", ())
