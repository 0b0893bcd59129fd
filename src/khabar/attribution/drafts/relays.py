"""Who carried the words: agencies, channels and papers in the frame of a cue."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.attribution.frames import Frame
from khabar.attribution.modifiers import is_outlet
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["carriers_of", "hearers_of", "outlet_at"]

_OFFICES = frozenset(
    {"اداره", "مكتب", "داءره", "قسم", "مدير", "وزير", "وزاره", "مسوول", "امين", "لجنه", "خليه", "دايره"}
)
_MAX_GENERIC = 4  # tokens of a body that has an agency's generic noun


def carriers_of(frame: Frame, before: Phrase | None) -> list[Phrase]:
    """Who relays, and who carried it by the particles."""
    carriers = list(frame.carriers)
    if frame.relayed and before is not None and not carriers:
        carriers.append(before)
    return carriers


def hearers_of(view: View, frame: Frame, before: Phrase | None, carriers: list[Phrase]) -> list[Phrase]:
    """Who is told, and outlets in the circumstances (في مقابلة مع قناة كذا)."""
    hearers = list(frame.told)
    taken = [*hearers, *carriers, *([frame.subject] if frame.subject is not None else [])]
    if (before is None or frame.subject is not None) and view.has_joined(0, "opening"):
        hearers.extend(_outlets(view, 1, frame.cue.at, taken))
    near = _outlets(view, frame.cue.at + 1, frame.start, taken)
    if frame.cue.form.verb.object == "addressee":
        near = (phrase for phrase in near if view.has(phrase.start - 1, "preposition") or phrase.skip)
    hearers.extend(near)
    return hearers


def _outlets(view: View, start: int, end: int, taken: list[Phrase]) -> Iterator[Phrase]:
    """Outlets between two tokens that are not in a phrase which is `taken`."""
    at = start
    while at < end:
        if at in view.told:
            at = view.told[at]
            continue
        phrase = outlet_at(view, at, end)
        if phrase is not None and not any(other.start < phrase.end and phrase.start < other.end for other in taken):
            yield phrase
            at = phrase.end
        else:
            at += 1


def _is_gate(view: View, phrase: Phrase) -> bool:
    """بوابة الميناء, موقع كذا: what is called after a place is that place's, unless a list knows the outlet."""
    names_places = bool(phrase.names) and all(name.mention.type == "PLACE" for name in phrase.names)
    quoted = '"' in view.norm[phrase.start : phrase.end]
    return view.has_noun(phrase.start, "gate") and names_places and not quoted


def outlet_at(view: View, at: int, end: int) -> Phrase | None:
    """An agency, channel or paper that starts at the token."""
    name = view.names.get(at)
    found = view.noun(at) if name is None else None
    if name is None and (found is None or found[0].kind != "media"):
        return None
    if name is not None and not is_outlet(view, name):
        return None
    if name is None and (view.norm[at] == "للانباء" or view.quote[at] is not None):
        return None  # the rest of an agency's name, a word in the name of a programme
    if name is None and any(view.has(i, "no_press") for i in range(at, min(at + _MAX_GENERIC, end))):
        return None
    if name is None and at and view.norm[at][:2] == "ال" and view.norm[at - 1] in _OFFICES:
        return None  # من إدارة الإعلام
    phrase = read_phrase(view, at, nominal=True, until=end)
    if phrase is None or any(view.has(i, "own_channel") for i in range(phrase.start, min(phrase.end + 2, len(view)))):
        return None
    if view.has_noun(at, "sites") and not (view.has_noun(at + 1, "web") or view.outlet(phrase.start, phrase.end)):
        return None  # مواقع المقاومة are positions
    if name is None and _is_gate(view, phrase):
        return None
    word = view.norm[at]
    is_press = view.has(at, "press") or (word[:2] == "لل" and "ال" + word[2:] in view.lexicon.words["press"])
    is_quoted = '"' in view.norm[phrase.start : phrase.end] or view.norm[phrase.end - 1] == ")"
    return phrase if phrase.names or is_press or is_quoted else None
