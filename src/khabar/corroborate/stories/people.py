"""People who speak for a body: in one report by name and office, in another the body itself or its spokesman."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from khabar.corroborate.naming import AREAS, OFFICES, name_tokens
from khabar.corroborate.profiles import Voice

__all__ = ["bodies_of_people", "in_post", "with_surnames"]

_RUNNING = frozenset({"اداره", "قياده", "رياسه"})
_GOVERNING = OFFICES | {"حكومه", "سلطه", "سلطات", "مجلس", "امانه"}
_FULL = 2  # words of a name that is one person's


def with_surnames(voices: Sequence[Voice | None], elsewhere: Sequence[Voice]) -> list[Voice | None]:
    """With what was taken for a body as a person where it is the surname of one whom another report names in full."""
    names = (v.speaker if v.kind == "organization" else v.label for v in (*voices, *elsewhere) if v)
    full = {name for name in map(name_tokens, names) if len(name) >= _FULL}
    surnames = {name[-1] for name in full}

    def is_surname(voice: Voice) -> bool:
        tokens = name_tokens(voice.label) if voice.kind == "organization" and voice.key.startswith("name:") else ()
        return len(tokens) == 1 and tokens[0] in surnames

    return [replace(v, kind="named_person") if v and is_surname(v) else v for v in voices]


def in_post(label: str, people: Sequence[Voice]) -> Voice | None:
    """The one person who is named with the post by which alone an unnamed source goes: السائق, صاحب المركب."""
    words = label.split()
    definite = words[0].startswith("ال") or (len(words) > 1 and words[1].startswith("ال"))
    tokens = name_tokens(label)
    if not definite or not tokens:
        return None
    named = {voice.key: voice for voice in people if any(_begins(post, tokens) for post in voice.posts)}
    return next(iter(named.values())) if len(named) == 1 else None


def _begins(post: str, tokens: tuple[str, ...]) -> bool:
    return tuple(post.split())[: len(tokens)] == tokens


def bodies_of_people(
    voices: Sequence[Voice | None], is_name_of: Callable[[str, str], bool], elsewhere: Sequence[Voice] = ()
) -> dict[str, str]:
    """For each person's key the key of the body for which they speak, where that one is among the voices; of those who
    head one body that is not, the key of the first.

    By the office that a report gives (`of`), or since another names them as the body's spokesman; `elsewhere` are those
    who are named so where the reports speak of other things. `is_name_of` says whether a shorter and a longer name are
    of one body.
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
    named_elsewhere: dict[tuple[str, ...], str] = {}
    for voice in elsewhere:
        name, of = (voice.speaker, voice.label) if voice.kind == "organization" else (voice.label, voice.of)
        body_key = _named(of, by_word, is_name_of)
        if name and body_key is not None:
            named_elsewhere.setdefault(name_tokens(name), body_key)
    spoke = {**named_elsewhere, **spoke}
    found: dict[str, str] = {}
    for key, person in people.items():
        body_key = _spoken_for(name_tokens(person.label), spoke)
        if body_key is None:
            named = (_named(office, by_word, is_name_of) for office in offices.get(key, ()))
            body_key = next((one for one in named if one is not None), None)
        if body_key is not None:
            found[key] = body_key
    heads = {voice.key: voice for voice in voices if voice and voice.kind == "named_person" and voice.heads}
    found |= _sharing({key: voice for key, voice in heads.items() if key not in found}, is_name_of)
    known = {name_tokens(people[key].label): body_key for key, body_key in found.items()}
    for key, person in people.items():
        other = _spoken_for(name_tokens(person.label), known)
        if key not in found and other is not None and other != key:
            found[key] = other
    return found


def _sharing(heads: Mapping[str, Voice], is_name_of: Callable[[str, str], bool]) -> dict[str, str]:
    """Of those who head one body, each with the first: who holds an office goes by other names in other reports.

    Where only a bare word names the body, the names must be one's too: وزير الخارجية is of many countries.
    """
    found: dict[str, str] = {}
    by_word: dict[str, list[Voice]] = {}
    for person in sorted(heads.values(), key=lambda voice: -len(name_tokens(voice.of))):
        tokens = name_tokens(person.of)
        near = [one for token in tokens for one in by_word.get(token, ()) if not _are_two(person, one)]
        alike = (one for one in near if _is_one(name_tokens(person.label), name_tokens(one.label)))
        same = (one for one in near if len(tokens) > 1 and is_name_of(person.of, one.of))
        first = next(alike, None) or next(same, None)
        if first is not None:
            found[person.key] = found.get(first.key, first.key)
        for token in set(tokens):
            by_word.setdefault(token, []).append(person)
    return found


def _are_two(one: Voice, other: Voice) -> bool:
    """Whether both are known actors, and not the same."""
    return one.key != other.key and one.key.startswith("actor:") and other.key.startswith("actor:")


def _spoken_for(name: tuple[str, ...], spoke: dict[tuple[str, ...], str]) -> str | None:
    """The body of whoever has this name, or a longer or shorter one that ends alike."""
    if name in spoke:
        return spoke[name]
    if len(name) < _FULL:
        # النجار is who the others name in full, where that is one alone.
        ends = {key for other, key in spoke.items() if len(other) >= _FULL and name == other[-1:]}
        return ends.pop() if len(ends) == 1 else None
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
        heads = {body.key: body for body in by_word.get(tokens[0], ()) if _head(name_tokens(body.label)) == tokens[0]}
        longest = max(heads.values(), key=lambda body: (len(name_tokens(body.label)), body.key), default=None)
        one = longest is not None and all(is_name_of(body.label, longest.label) for body in heads.values())
        return longest.key if longest is not None and one else None
    near = {body.key: body for token in tokens for body in by_word.get(token, ())}
    if AREAS.intersection(tokens[:1]):  # the governor of محافظة كذا is not the police of it
        governing = _GOVERNING.union(tokens[:1])
        near = {key: body for key, body in near.items() if governing.intersection(name_tokens(body.label)[:1])}
    return next((key for key, body in sorted(near.items()) if is_name_of(name, body.label)), None)
