"""A sentence as the events stage sees it: words between their clitics, and the mentions on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from khabar.events.forms import Form
from khabar.events.lexicon import Lexicon
from khabar.records import Mention
from khabar.text import NormalText, Sentence, Token

__all__ = ["View", "Word", "view_sentence"]

_PREPOSITIONS = {"ب": "ب", "بال": "ب", "ل": "ل", "لل": "ل", "ك": "ك", "كال": "ك"}
_NAMED = frozenset({"PERSON", "ORG", "PLACE"})


class Word(msgspec.Struct, frozen=True, gc=False):
    """One token. `start`/`end` are original offsets without clitics, `bare` is the normal form between them.

    `kind` is that of its reading (see `Analysis`), or `silent` for a trigger word that names nothing where it stands.
    `damma` says that the original has one on the first letter (`قُتل`): the verb is passive. `verbal` says that the word
    is a verb and nothing else. `modal` is the class of a word that takes what it governs out of the facts. `named` and
    `value` are indexes into the sentence's mentions (PERSON, ORG, PLACE; TIME, QUANTITY), or -1.
    """

    start: int
    end: int
    norm: str
    bare: str
    kind: str
    named: int
    value: int
    conjunction: str = ""
    prefix: str = ""
    preposition: str = ""
    article: bool = False
    suffix: str = ""
    particle: bool = False
    forms: tuple[Form, ...] = ()
    damma: bool = False
    verbal: bool = False
    modal: str = ""

    @property
    def is_word(self) -> bool:
        return self.kind != "punct"


class View(msgspec.Struct, frozen=True):
    """One sentence: its words and the mentions inside it, in order."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]


def view_sentence(text: NormalText, sentence: Sentence, mentions: Sequence[Mention], lexicon: Lexicon) -> View:
    """Read the sentence's tokens; `mentions` are those that start inside it."""
    tokens = sentence.tokens
    starts = [token.start for token in tokens]
    named, value = [-1] * len(tokens), [-1] * len(tokens)
    for index, mention in enumerate(mentions):
        here = named if mention.type in _NAMED else value
        at = max(0, bisect_left(starts, mention.start + 1) - 1)
        while at < len(tokens) and tokens[at].start < mention.end:
            if tokens[at].end > mention.start and here[at] < 0:
                here[at] = index
            at += 1
    words = tuple(
        _word(text, token, mentions[named[at]] if named[at] >= 0 else None, named[at], value[at], lexicon)
        for at, token in enumerate(tokens)
    )
    return View(_with_pairs(_without_silent(words, lexicon), lexicon), tuple(mentions))


def _with_pairs(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Word, ...]:
    """The second word of `من قبل`, `على يد` stands for both."""
    found = list(words)
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        if word.kind == "name" or before.kind == "name":
            continue
        kind = lexicon.pair(before.bare, word.norm)
        if kind is not None:
            bare = f"{before.bare} {word.bare}"
            found[at] = msgspec.structs.replace(
                word, bare=bare, kind=kind, particle=True, preposition="", prefix="", forms=(), verbal=False
            )
    return tuple(found)


def _without_silent(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Word, ...]:
    """Words that name nothing beside their neighbours (`قطع غيار`) have no trigger readings."""
    found = list(words)
    for at, word in enumerate(words):
        if not word.forms or word.named >= 0:
            continue
        before = words[at - 1].bare if at else ""
        after = words[at + 1].bare if at + 1 < len(words) else ""
        if lexicon.is_silent(word.bare, before, after):
            kind = "silent" if word.kind == "trigger" else word.kind
            found[at] = msgspec.structs.replace(word, forms=(), kind=kind, verbal=False)
    return tuple(found)


def _word(text: NormalText, token: Token, name: Mention | None, named: int, value: int, lexicon: Lexicon) -> Word:
    norm = token.norm
    if token.kind != "word":
        return Word(token.start, token.end, norm, norm, token.kind, named, value)
    if name is not None:
        return _named_word(token, name, named, value, lexicon.modal(norm))
    reading = lexicon.analyse(norm)
    start, end = token.start, token.end
    if reading.start or reading.end < len(norm):
        start = text.start_of(token.norm_start + reading.start)
        end = text.end_of(token.norm_start + reading.end)
        if reading.prefix.endswith("ال"):
            start = text.start_of(token.norm_start + reading.start - 2)
    article = reading.prefix.endswith("ال") or reading.prefix == "لل"
    return Word(
        start, end, norm, norm[reading.start : reading.end], reading.kind, named, value, reading.conjunction,
        reading.prefix, _PREPOSITIONS.get(reading.prefix, ""), article, reading.suffix, reading.particle, reading.forms,
        "\u064f" in text.original[start : start + 2], reading.verbal, reading.modal,
    )  # fmt: skip


def _named_word(token: Token, name: Mention, named: int, value: int, modal: str) -> Word:
    """A token of a name: what stands before the mention's start is clitics."""
    before = max(0, name.start - token.start)
    clitics = token.norm[:before] if before < len(token.norm) else ""
    conjunction = clitics[:1] if clitics[:1] in ("و", "ف") else ""
    prefix = clitics[len(conjunction) :]
    return Word(
        token.start + before, token.end, token.norm, token.norm[before:], "name", named, value, conjunction, prefix,
        _PREPOSITIONS.get(prefix, ""), token.norm.startswith("ال", before), modal=modal,
    )  # fmt: skip
