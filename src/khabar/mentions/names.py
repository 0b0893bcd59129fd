"""Persons and organisations: known actors from the lexicon, unknown names by their context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from khabar.mentions.actors import ActorName, build_actors, is_acronym
from khabar.mentions.countries import Countries
from khabar.mentions.entities import NameSpan, Referents
from khabar.mentions.known import find_known
from khabar.mentions.known_persons import find_known_persons
from khabar.mentions.leaders import LeaderTable, build_leaders
from khabar.mentions.lexicon import Hit
from khabar.mentions.organisations import Heads, build_heads, find_organisations
from khabar.mentions.persons import find_persons, find_short_forms, folded_words, known_parts, trimmed
from khabar.mentions.vocabulary import Vocabulary, build_vocabulary
from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_names"]


def find_names(
    document: Document, text: NormalText, sentences: tuple[Sentence, ...], resources: Resources
) -> tuple[Mention, ...]:
    """PERSON and ORG mentions (ids are given later), which do not overlap each other.

    The entity is an actor of the tables, or `doc:<n>` for a name that only this document explains; a bare body whose
    country the article leaves open is `unresolved`.
    """
    table = resources.compiled(build_actors)
    leaders = resources.compiled(build_leaders)
    vocabulary = resources.compiled(build_vocabulary)
    heads = resources.compiled(build_heads)
    lines = [folded_words(document.text, sentence) for sentence in sentences]
    hits = [hit for hit in table.lexicon.find(text, sentences) if _spelt(hit, document.text)]
    person_hits = leaders.lexicon.find(text, sentences)
    countries = Countries(hits, lines, vocabulary)
    spans = [
        NameSpan(known.sentence, known.first, known.last, known.cut, "ORG", known.actors, known.body, (), 0)
        for known in find_known(hits, lines, countries.main(), table, heads, vocabulary)
    ]
    spans += [
        NameSpan(known.sentence, known.first, known.last, known.cut, "PERSON", (), None, known.leaders, 0)
        for known in find_known_persons(person_hits, lines, countries, vocabulary)
    ]
    spans += _by_context(lines, heads, leaders, vocabulary)
    spans = _without_nationality(spans, lines, vocabulary)
    referents = Referents(table, leaders, countries, vocabulary, lines, spans)
    return tuple(_mention(text, sentences, span, referents) for span in _without_overlaps(spans))


def _spelt(hit: Hit[ActorName], text: str) -> bool:
    """Whether a name in Latin letters stands in capitals, as acronyms do: `WHO` is a body, `who` is a word."""
    written = text[hit.start : hit.end]
    return not (written.isascii() and is_acronym(written.upper())) or written.isupper()


def _by_context(
    lines: Sequence[Sequence[str]], heads: Heads, leaders: LeaderTable, vocabulary: Vocabulary
) -> list[NameSpan]:
    """Names that no table has: organisations by their head, persons by their words and titles."""
    spans: list[NameSpan] = []
    persons = [find_persons(words, vocabulary) for words in lines]
    known = known_parts(name for found in persons for name in found)
    persons = [[trimmed(name, known, leaders.is_sure, vocabulary) for name in found] for found in persons]
    for number, words in enumerate(lines):
        for organisation in find_organisations(words, heads, vocabulary):
            first, last, cut = organisation.first, organisation.last, organisation.cut
            spans.append(NameSpan(number, first, last, cut, "ORG", (), None, (), 1))
        short = find_short_forms(words, persons[number], known, vocabulary)
        spans.extend(
            NameSpan(number, person.first, person.last, person.cut, "PERSON", (), None, (), 2)
            for person in (*persons[number], *short)
        )
    return spans


def _without_nationality(
    spans: Sequence[NameSpan], lines: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> list[NameSpan]:
    """Without the longer readings that only add a nationality to the name of a known actor: `حزب الله اللبناني`."""
    known = {(span.sentence, span.first): span.last for span in spans if span.actors and span.body is None}

    def adds_nationality(span: NameSpan) -> bool:
        last = known.get((span.sentence, span.first), span.last)
        rest = lines[span.sentence][last : span.last]
        return span.rank > 0 and bool(rest) and all(word in vocabulary.demonyms for word in rest)

    return [span for span in spans if not adds_nationality(span)]


def _without_overlaps(spans: Iterable[NameSpan]) -> list[NameSpan]:
    """The longest of overlapping names, a known one before one by context; in order of the text."""
    taken: set[tuple[int, int]] = set()
    chosen: list[NameSpan] = []
    for span in sorted(spans, key=lambda span: (span.first - span.last, span.rank, span.sentence, span.first)):
        tokens = {(span.sentence, at) for at in range(span.first, span.last)}
        if taken.isdisjoint(tokens):
            taken |= tokens
            chosen.append(span)
    return sorted(chosen, key=lambda span: (span.sentence, span.first))


def _mention(text: NormalText, sentences: Sequence[Sentence], span: NameSpan, referents: Referents) -> Mention:
    tokens = sentences[span.sentence].tokens
    start = text.start_of(tokens[span.first].norm_start + span.cut) if span.cut else tokens[span.first].start
    where = text.original_span(start, tokens[span.last - 1].end)
    entity, unresolved = referents.of(span, where.text)
    return Mention("", where.start, where.end, where.text, span.type, entity=entity, unresolved=unresolved)
