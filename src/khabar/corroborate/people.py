"""People who speak for a body: in one report by name and office, in another the body itself or its spokesman."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from khabar.corroborate.naming import name_tokens
from khabar.corroborate.profiles import Voice

__all__ = ["bodies_of_people"]

_RUNNING = frozenset({"اداره", "قياده", "رياسه"})
_FULL = 2  # words of a name that is one person's


def bodies_of_people(voices: Sequence[Voice | None], is_name_of: Callable[[str, str], bool]) -> dict[str, str]:
    """For each person's key the key of the body for which they speak, where that one is among the voices.

    By the office that a report gives (`of`), or since another names them as the body's spokesman. `is_name_of` says
    whether a shorter and a longer name are of one body.
    """
    bodies = {voice.key: voice for voice in voices if voice and voice.kind == "organization" and voice.key}
    people = {voice.key: voice for voice in voices if voice and voice.kind == "named_person" and voice.key}
    by_word: dict[str, list[Voice]] = {}
    for body in bodies.values():
        for token in set(name_tokens(body.label)):
            by_word.setdefault(token, []).append(body)
    spoke = {
        name_tokens(voice.speaker): voice.key
        for voice in voices
        if voice and voice.kind == "organization" and voice.key and voice.speaker
    }
    offices: dict[str, dict[str, None]] = {}
    for voice in voices:
        if voice and voice.kind == "named_person" and voice.of:
            offices.setdefault(voice.key, {})[voice.of] = None
    found: dict[str, str] = {}
    for key, person in people.items():
        body_key = _spoken_for(name_tokens(person.label), spoke)
        if body_key is None:
            named = (_named(office, by_word, is_name_of) for office in offices.get(key, ()))
            body_key = next((one for one in named if one is not None), None)
        if body_key is not None:
            found[key] = body_key
    known = {name_tokens(people[key].label): body_key for key, body_key in found.items()}
    for key, person in people.items():
        other = _spoken_for(name_tokens(person.label), known)
        if key not in found and other is not None:
            found[key] = other
    return found


def _spoken_for(name: tuple[str, ...], spoke: dict[tuple[str, ...], str]) -> str | None:
    """The body of whoever has this name, or a longer or shorter one that ends alike."""
    if name in spoke:
        return spoke[name]
    if len(name) < _FULL:
        return None
    return next((key for other, key in _ending_alike(name, spoke) if _is_one(name, other)), None)


def _ending_alike(name: tuple[str, ...], spoke: dict[tuple[str, ...], str]) -> Iterable[tuple[tuple[str, ...], str]]:
    return ((other, key) for other, key in spoke.items() if len(other) >= _FULL and other[-1] == name[-1])


def _is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    return set(short) <= set(long)


def _head(name: tuple[str, ...]) -> str:
    """The word that a name is called by for short: المخيم of إدارة مخيم كذا."""
    return name[1] if len(name) > 1 and name[0] in _RUNNING else name[0]


def _named(name: str, by_word: dict[str, list[Voice]], is_name_of: Callable[[str, str], bool]) -> str | None:
    tokens = name_tokens(name)
    if len(tokens) == 1:
        # المسؤول عن النقطة: the only one of that name.
        heads = {body.key for body in by_word.get(tokens[0], ()) if _head(name_tokens(body.label)) == tokens[0]}
        return heads.pop() if len(heads) == 1 else None
    near = {body.key: body for token in tokens for body in by_word.get(token, ())}
    return next((key for key, body in sorted(near.items()) if is_name_of(name, body.label)), None)
