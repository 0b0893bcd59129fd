"""One key for a name however it is spelt, in Arabic or in Latin letters.

The key is the word's consonants in classes that transliterations confuse (ق ك q k; ط ت t; ض ذ ظ د dh d), without
vowels, the article and doubling: محمد, Mohammed and Muhammad are `mhmd`. Where a Latin letter stands for two classes
(the g of Gaddafi and of Gamal) a word has a key for each. Keys find candidates for a search; they prove nothing.
"""

from __future__ import annotations

import itertools
import re

from khabar.text.normalise import fold

__all__ = ["name_keys"]

_ARABIC = str.maketrans(
    {
        "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "s", "س": "s", "ص": "s", "ج": "g", "چ": "c", "غ": "g",
        "ح": "h", "ه": "h", "خ": "x", "د": "d", "ض": "d", "ذ": "d", "ظ": "d", "ر": "r", "ز": "z", "ژ": "z",
        "ش": "c", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n",
        "ا": "", "و": "", "ي": "", "ع": "", "ء": "",
    }
)  # fmt: skip
_LATIN = re.compile("kh|gh|sh|ch|th|dh|ph|[a-z]")
_CLASSES = {
    "kh": "x", "gh": "g", "sh": "c", "ch": "c", "th": "s", "dh": "d", "ph": "f", "b": "b", "p": "b", "t": "t",
    "s": "s", "c": "k", "k": "k", "q": "k", "x": "ks", "h": "h", "d": "d", "r": "r", "f": "f", "v": "f", "l": "l",
    "m": "m", "n": "n", "j": "g",
}  # fmt: skip
_EITHER = {"g": ("g", "k"), "z": ("z", "d")}
_ARTICLES = frozenset({"al", "el", "ال"})
_MOST = 4  # keys of one word
_LONGEST = 60  # letters of a word that are looked at


def name_keys(word: str) -> tuple[str, ...]:
    """The keys of one word, in order; none for an article, or a word of fewer than two consonants."""
    folded = fold(word)[:_LONGEST]
    if folded in _ARTICLES:
        return ()
    if not folded.isascii():
        bare = folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded
        choices: list[tuple[str, ...]] = [(bare.translate(_ARABIC),)]
    else:
        choices = [_EITHER.get(part, (_CLASSES.get(part, ""),)) for part in _LATIN.findall(folded)]
    combined = itertools.islice(itertools.product(*choices), _MOST)
    keys = [_squeezed("".join(parts)) for parts in combined]
    return tuple(dict.fromkeys(key for key in keys if len(key) >= 2))


def _squeezed(key: str) -> str:
    """Doubled consonants once, and no final h: news writes ta marbuta as a, ah or at."""
    once = "".join(char for char, _ in itertools.groupby(key))
    return once[:-1] if once.endswith("h") and len(once) > 2 else once
