from __future__ import annotations

import itertools
import random

import numpy as np

from khabar.corroborate.copies import CopyPair, find_copies
from khabar.corroborate.copies.shingles import Shingler

WORDS = [f"كلمة{n}" for n in range(4000)]


def article(rng: random.Random, words: int) -> list[str]:
    return [rng.choice(WORDS) for _ in range(words)]


def pairs(texts: list[str]) -> set[tuple[int, int]]:
    shingler = Shingler()
    return {(pair.left, pair.right) for pair in find_copies([shingler.shingles(text) for text in texts])}


def exhaustive(texts: list[str]) -> set[tuple[int, int]]:
    """Every pair counted with sets of words, nothing shared with the code under test but the definition."""
    sets = []
    for text in texts:
        words = text.split()
        sets.append({tuple(words[i : i + 5]) for i in range(len(words) - 4)} if len(words) > 40 else set())
    return {
        (i, j)
        for i, j in itertools.combinations(range(len(sets)), 2)
        if sets[i] and sets[j] and len(sets[i] & sets[j]) * 2 >= min(len(sets[i]), len(sets[j]))
    }


def test_whole_edited_and_embedded_copies() -> None:
    rng = random.Random(1)
    wire = article(rng, 120)
    edited = [*wire[:60], "جديد", *wire[61:]]
    longer = article(rng, 200) + wire + article(rng, 200)
    other = article(rng, 150)
    assert pairs([" ".join(text) for text in (wire, edited, longer, other)]) == {(0, 1), (0, 2), (1, 2)}


def test_spelling_that_folding_covers_makes_no_difference() -> None:
    base = "قالت مصادر أمنية في مدينة الرقة إن الهجوم استهدف " * 6
    words = [f"{word}{n}" for n, word in enumerate(base.split())]
    text = " ".join(words)
    assert pairs([text, text.replace("أ", "ا").replace("ة", "ه").replace("ى", "ي")]) == {(0, 1)}


def collection(seed: int) -> list[str]:
    """Articles, and as many that hold one of them with something else put in."""
    rng = random.Random(seed)
    pool = [article(rng, rng.randint(30, 150)) for _ in range(rng.randint(2, 12))]
    for _ in range(len(pool)):
        one = rng.choice(pool)
        cut = rng.randint(0, len(one))
        pool.append(one[:cut] + article(rng, rng.randint(0, 80)) + one[cut:])
    return [" ".join(text) for text in pool]


def test_against_exhaustive_counting() -> None:
    wanted = missed = 0
    for seed in range(150):
        texts = collection(seed)
        want, got = exhaustive(texts), pairs(texts)
        assert got <= want
        lost = {pair for pair in want - got if not _only_chained(texts, {pair})}
        wanted, missed = wanted + len(want), missed + len(lost)
    assert wanted > 1000
    assert missed <= 0.01 * wanted


def _only_chained(texts: list[str], missing: set[tuple[int, int]]) -> bool:
    """Identical texts stand for each other: a pair may be there through an identical text."""
    same: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        same.setdefault(text, []).append(index)
    return all(len(same[texts[i]]) > 1 or len(same[texts[j]]) > 1 for i, j in missing)


def test_a_thousand_identical_texts_are_a_chain() -> None:
    text = " ".join(article(random.Random(2), 80))
    shingles = Shingler().shingles(text)
    found = find_copies([shingles] * 1000)
    assert found == [CopyPair(i, i + 1, 1.0, 1.0) for i in range(999)]


def test_a_thousand_near_copies_stay_linear() -> None:
    rng = random.Random(3)
    base = article(rng, 200)
    shingler = Shingler()
    texts = []
    for n in range(1000):
        words = list(base)
        words[rng.randrange(200)] = f"تغيير{n}"
        texts.append(shingler.shingles(" ".join(words)))
    found = find_copies(texts)
    assert 999 <= len(found) <= 1000 * 110
    reached = {0}
    for pair in found:
        if pair.left in reached:
            reached.add(pair.right)
    assert len(reached) == 1000


def test_short_texts_are_no_copies() -> None:
    assert find_copies([Shingler().shingles("خبر عاجل")] * 1000) == []
    assert find_copies([]) == []
    assert find_copies([np.empty(0, np.uint64)]) == []
