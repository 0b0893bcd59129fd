"""One key for the spellings of a name in Arabic and Latin letters: محمد, Mohammed and Muhammad.

The key keeps the consonants that both scripts write, one letter a class of sounds, and drops vowels, articles, doubled
letters and what transliterations disagree about. It is a skeleton in the manner of Soundex, made for the pairs of
letters that Arabic names have in English, French and German spelling. Equal keys are a reason to look, not a proof.
"""

from __future__ import annotations

import re
from functools import lru_cache

from khabar.text.normalise import fold

__all__ = ["name_key", "word_keys"]

_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "g", "چ": "g", "غ": "g", "ح": "h", "ه": "h", "خ": "x",
    "د": "d", "ض": "d", "ذ": "z", "ظ": "z", "ز": "z", "ژ": "g", "ر": "r", "س": "s", "ص": "s", "ش": "c", "ف": "f",
    "ڤ": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "و": "w", "ي": "y", "ا": "a", "ع": "a", "ء": "",
}  # fmt: skip
# Latin spellings of one Arabic letter; what is not listed stands for itself.
_LATIN = {
    "tch": "c", "sch": "c", "sh": "c", "ch": "c", "kh": "x", "gh": "g", "dh": "z", "th": "t", "dj": "g", "ph": "f",
    "ck": "k", "qu": "k", "zh": "g", "x": "ks", "j": "g", "q": "k", "c": "k", "p": "b", "v": "f", "ou": "a",
    "e": "a", "i": "a", "o": "a", "u": "a",
}  # fmt: skip
_SPELLING = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LATIN_ARTICLE = re.compile(r"\b(?:al|el|ul|as|ash|ar|an|ad|adh|at|ath|az|es|esh|er|en|ed|et|ez)[-'’ʼ`]+(?=\w)")
_LATIN_SERVANT = re.compile(
    r"\b(?:abd|abdu|abdul|abdel|abdal|abdoul)[\s'’-]*(?:al|el|ul|ar|er|ur|as|es|an|en)?[\s'’-]+(?=\w)"
)
_LATIN_JOINED = re.compile(r"\babd(?:ul|el|al|oul)(?=[a-z]{3})")
_ARABIC_SERVANT = re.compile(r"\bعبد\s*(?:ال)?(?=\w)")
_PARTICLES = frozenset({"bin", "ibn", "ben", "بن", "ابن", "al", "el", "ال", "the", "of", "and", "de"})
_DIACRITICS = str.maketrans(
    "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāēīōūḥṣḍṭẓġšžčćğışı", "aaaaaaceeeeiiiinooooouuuuyyaeiouhsdtzgszccgisi"
)


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    """Word keys joined by blanks, articles and `bin` left out; empty where the text has no letters.

    >>> name_key("محمد بن سلمان") == name_key("Mohammed bin Salman") == name_key("Muhammad Salman")
    True
    """
    folded = fold(text).translate(_DIACRITICS)
    folded = _LATIN_SERVANT.sub("abd", _LATIN_ARTICLE.sub("", folded))
    folded = _ARABIC_SERVANT.sub("عبد", _LATIN_JOINED.sub("abd", folded))
    keys = [_word_key(word) for word in _WORD.findall(folded) if word not in _PARTICLES]
    return " ".join(key for key in keys if key)


# Latin letters that some write for another sound: the g of Gaddafi (ق), the d of Qaddafi and of Abu Dabi (ذ, ظ).
_ALTERNATIVES = (("g", "q"), ("d", "dh"))


def word_keys(word: str) -> tuple[str, ...]:
    """Every key that one word of a name may have, the likeliest first; for a search, which may find too much."""
    spellings = [word.lower()]
    if word.isascii():
        for letter, other in _ALTERNATIVES:
            spellings += [spelling.replace(letter, other) for spelling in spellings]
    return tuple(dict.fromkeys(key for key in map(name_key, spellings) if len(key) > 1 and " " not in key))


@lru_cache(maxsize=50_000)
def _word_key(word: str) -> str:
    if word.isdigit():
        return word
    if word[0].isascii():
        sounds = _latin(word)
    else:
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        sounds = "".join(_ARABIC.get(char, "") for char in bare.replace("تش", "ش"))
    first, rest = sounds[:1], sounds[1:]
    skeleton = re.sub(r"[awy]", "", rest)
    if skeleton.endswith("h"):
        skeleton = skeleton[:-1]
    return re.sub(r"(.)\1+", r"\1", first + skeleton)


def _latin(word: str) -> str:
    return _SPELLING.sub(lambda match: _LATIN[match.group()], word)
