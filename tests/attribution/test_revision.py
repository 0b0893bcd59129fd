"""Second thoughts on claims, with a listener of our own in the model's place."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from khabar.attribution import attribute, revise
from khabar.mentions import find_mentions
from khabar.model import Part, Telling
from khabar.records import Claim, document_from
from khabar.resources import load_resources
from khabar.text import normalise, segment

RESOURCES = load_resources()


class Heard:
    """Says of each sentence what it was given: cues by word, and what each governs."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]], tellings: dict[int, tuple[float, Telling]]) -> None:
        self.text, self.spans, self.tellings = text, spans, tellings

    def cues(self) -> list[tuple[int, float]]:
        return [(at, likely) for at, (likely, _) in sorted(self.tellings.items())]

    def telling(self, at: int) -> Telling:
        return self.tellings[at][1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.spans[first][0], self.spans[last][1]

    def confidence(self, score: float, cue: tuple[int, int] | None) -> float:
        return score


def revised(text: str, tellings: dict[int, tuple[float, Telling]]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Claims of a text of one sentence by the rules, and after second thoughts."""
    document = document_from(text, external_id="t", language="ar")
    normal = normalise(text)
    sentences = segment(normal)
    assert len(sentences) == 1
    mentions = find_mentions(document, normal, sentences, RESOURCES)
    told = attribute(document, normal, sentences, mentions, RESOURCES)
    spans = [(token.start, token.end) for token in sentences[0].tokens]
    heard = Heard(text, spans, tellings)
    return told, revise(normal, sentences, mentions, told, [heard], RESOURCES)


TEXT = "قال وزير الصحة إن المستشفى استقبل عشرة جرحى مساء الأحد"


def test_an_all_but_sure_content_replaces_that_of_the_rules() -> None:
    telling = Telling(None, Part(4, 7, 0.995))
    told, after = revised(TEXT, {0: (0.99, telling)})
    assert told[0].content.text == "المستشفى استقبل عشرة جرحى مساء الأحد"
    assert after[0].content.text == "المستشفى استقبل عشرة جرحى"
    assert after[0].source == told[0].source


def test_a_content_that_is_only_likely_changes_nothing() -> None:
    told, after = revised(TEXT, {0: (0.99, Telling(None, Part(4, 7, 0.9)))})
    assert after == told


def test_a_claim_whose_cue_is_none_to_the_model_is_left_out() -> None:
    told, after = revised(TEXT, {0: (0.01, Telling(None, None))})
    assert len(told) == 1
    assert after == ()


def test_a_claim_that_the_rules_have_not_is_added_with_its_kind() -> None:
    text = "همس حارس المبنى لجيرانه بأن اللصوص دخلوا من الباب الخلفي"
    telling = Telling(Part(1, 2, 0.9), Part(5, 9, 0.95))
    told, after = revised(text, {0: (0.95, telling)})
    assert told == ()
    assert [(claim.source.text, claim.content.text) for claim in after] == [
        ("حارس المبنى", "اللصوص دخلوا من الباب الخلفي")
    ]
    assert after[0].cue.text == "همس"
    assert after[0].id == "c0"


def test_a_cue_that_is_only_likely_adds_nothing() -> None:
    text = "همس حارس المبنى لجيرانه بأن اللصوص دخلوا من الباب الخلفي"
    assert revised(text, {0: (0.7, Telling(Part(1, 2, 0.9), Part(5, 9, 0.9)))})[1] == ()


def test_without_listeners_the_claims_are_the_very_same() -> None:
    document = document_from(TEXT, external_id="t", language="ar")
    normal = normalise(TEXT)
    sentences = segment(normal)
    mentions = find_mentions(document, normal, sentences, RESOURCES)
    told = attribute(document, normal, sentences, mentions, RESOURCES)
    assert revise(normal, sentences, mentions, told, [None], RESOURCES) is told


parts = st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)).map(
    lambda p: Part(min(p[0], p[1]), max(p[0], p[1]), p[2])
)
tellings = st.builds(Telling, st.none() | parts, st.none() | parts)


@given(st.dictionaries(st.integers(0, 9), st.tuples(st.floats(0, 1), tellings)))
def test_whatever_is_heard_spans_are_the_text_and_ids_run_on(heard: dict[int, tuple[float, Telling]]) -> None:
    _, after = revised(TEXT, heard)
    assert [claim.id for claim in after] == [f"c{number}" for number in range(len(after))]
    for claim in after:
        for span in (claim.source, claim.cue, claim.content, *claim.via):
            if span is not None:
                assert TEXT[span.start : span.end] == span.text


def test_a_quotation_does_not_go_on_over_its_closing_mark() -> None:
    text = "قال الوزير إن «عشرين عاملا دخلوا النفق مساء أمس ولم يخرجوا» أي عمال المنجم القديم"
    told, after = revised(text, {0: (0.99, Telling(None, Part(4, 16, 0.995)))})
    assert after == told
    assert told[0].quote == "direct"


def test_who_is_described_stays_part_of_the_content() -> None:
    text = 'وصف الوزير الاتفاق بأنه "خطوة على طريق طويل لا رجعة عنه أبدا"'
    told, after = revised(text, {0: (0.99, Telling(Part(1, 1, 0.99), Part(5, 12, 0.995)))})
    assert told[0].content.text.startswith("الاتفاق بأنه")
    assert after == told


def test_a_mark_alone_is_no_source() -> None:
    text = "هذا وقد لاحظت “ ازدحاما كبيرا أمام فروع الشركة منذ الصباح"
    _, after = revised(text, {2: (0.99, Telling(Part(3, 3, 0.99), Part(4, 10, 0.995)))})
    assert after == ()


def test_a_verb_with_its_subject_and_its_clause_stays_though_the_model_knows_no_such_cue() -> None:
    told, after = revised("وجزم مسؤول في المرفأ بأن السفينة غادرت", {})
    assert [claim.source.text for claim in after if claim.source] == ["مسؤول في المرفأ"]
    assert after[0].content == told[0].content


def test_without_a_clause_or_with_a_speaker_of_before_it_does_not() -> None:
    _, after = revised("ويقدر عددهم بمئة وقالت الوزارة في حفل", {})
    assert after == ()


def test_a_source_does_not_take_in_the_verb_before_it() -> None:
    text = "من جهة أخرى صحح المرصد الحصيلة وقال إنهم ثلاثة"
    telling = Telling(Part(3, 4, 0.99), Part(7, 8, 0.6))
    told, after = revised(text, {6: (0.99, telling)})
    assert [claim.source.text for claim in after if claim.source] == [c.source.text for c in told if c.source]
