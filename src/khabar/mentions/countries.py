"""Which country an article, and a sentence of it, is about: by the names of states and the demonyms that it uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from khabar.mentions.actors import ActorName
from khabar.mentions.lexicon import Hit
from khabar.mentions.vocabulary import Vocabulary

__all__ = ["Countries"]

_CLEAR = 1.5  # the first country must be named so many times as often as the second


class Countries:
    """Counts of countries (ISO 3166-1 alpha-2) over the document and in each sentence."""

    def __init__(self, hits: Sequence[Hit[ActorName]], lines: Sequence[Sequence[str]], vocabulary: Vocabulary) -> None:
        self._lines = [Counter(filter(None, map(vocabulary.country, words))) for words in lines]
        for hit in hits:
            country = _country(hit)
            if country:
                self._lines[hit.sentence][country] += 1
        self._all: Counter[str] = Counter()
        for line in self._lines:
            self._all.update(line)

    def of(self, sentence: int) -> str | None:
        """The country that a bare body in this sentence belongs to, where that is clear."""
        here = self._lines[sentence]
        if len(here) == 1:
            return next(iter(here))
        return self.main()

    def main(self) -> str | None:
        """The country of the article, if one is named clearly more often than any other."""
        ranked = self.ranked()
        if not ranked:
            return None
        if len(ranked) == 1 or ranked[0][1] >= _CLEAR * ranked[1][1]:
            return ranked[0][0]
        return None

    def ranked(self) -> list[tuple[str, int]]:
        """All countries with their counts, the most frequent first, then by code."""
        return sorted(self._all.items(), key=lambda item: (-item[1], item[0]))


def _country(hit: Hit[ActorName]) -> str | None:
    """The country of a hit whose actors all belong to one."""
    found = {value.actor.country for value in hit.values if value.actor is not None and value.mark != "*"}
    return next(iter(found)) if len(found) == 1 else None
