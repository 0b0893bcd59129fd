from __future__ import annotations

import base64
import hashlib
import re
import typing
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from factories import REPORT, claim, event, full_reading, mention, reading, role
from khabar import records
from khabar.export import writer_for
from khabar.export.html import reading_fragment
from khabar.export.labels import LABELS
from khabar.export.marks import Mark, cut
from khabar.records import Reading


def page(*readings: Reading, notice: tuple[str, str] | None = None) -> str:
    writer = writer_for("html", notice=notice)
    return writer.start() + "".join(writer.add(item) for item in readings) + writer.finish()


class Spans(HTMLParser):
    """The text of the article's paragraphs, and for each record the characters that its spans cover."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.covered: dict[tuple[str, str], str] = {}
        self.stack: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "div":
            self.inside = given.get("class") == "text"
        if self.inside and tag == "p" and self.text:
            self.text += "\n"
        if self.inside and tag == "span":
            self.stack.append((given["data-as"] or "").split())

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == "span":
            self.stack.pop()
        if tag == "div":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if not self.inside or (not self.text and not data.strip()):
            return
        self.text += data
        for owners in self.stack:
            for owner in owners:
                record, _, part = owner.partition(":")
                self.covered[record, part] = self.covered.get((record, part), "") + data


def parsed(text: str) -> Spans:
    spans = Spans()
    spans.feed(text)
    return spans


def test_every_span_is_drawn_over_its_own_characters() -> None:
    spans = parsed(page(full_reading()))
    assert spans.text == REPORT
    assert spans.covered["d0-c0", "source"] == "زيد العامر، المتحدث باسم مجلس البلدة"
    assert spans.covered["d0-c0", "content"] == "ثلاثة أشخاص «قتلوا» في السدرة أمس"
    assert spans.covered["d0-c0", "carrier"] == "وكالة الضفة"
    assert spans.covered["d0-m0", "actor"] == "زيد العامر"
    assert spans.covered["d0-e0", "trigger"] == "قتلوا"
    assert spans.covered["d0-c1", "cue"] == "نفى"


def test_crossing_spans() -> None:
    text = "ab cd ef\ngh"
    item = reading(text, claims=[claim(text, "ab cd", "cd ef", "ef\ngh")], mentions=[mention(text, "b cd e", "ORG")])
    spans = parsed(page(item))
    assert spans.text == text
    assert spans.covered["d0-c0", "source"] == "ab cd"
    assert spans.covered["d0-c0", "cue"] == "cd ef"
    assert spans.covered["d0-c0", "content"] == "efgh"
    assert spans.covered["d0-m0", "actor"] == "b cd e"


MARKS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda t: Mark(t[0], t[0] + t[1], "content", f"c{t[0]}"))


@given(st.lists(MARKS, max_size=12), st.integers(0, 20), st.integers(1, 20))
def test_segments_cover_the_text_once_with_the_right_marks(marks: list[Mark], start: int, length: int) -> None:
    end = start + length
    segments = list(cut(start, end, marks))
    assert [s.start for s in segments] == [start, *(s.end for s in segments[:-1])]
    assert segments[-1].end == end
    for segment in segments:
        for offset in range(segment.start, segment.end):
            wanted = sorted((m.start, m.end) for m in marks if m.start <= offset < m.end)
            assert sorted((m.start, m.end) for m in segment.marks) == wanted


HOSTILE = '<script>alert(1)</script>" onload="x" \'&amp;'


def test_everything_from_the_text_is_escaped() -> None:
    text = f"قال {HOSTILE} إن {HOSTILE} خبر"
    item = reading(
        text, claims=[claim(text, HOSTILE, "قال", HOSTILE + " خبر")], mentions=[mention(text, HOSTILE, "ORG")],
        events=[event(text, "ASSAULT", HOSTILE, (role(text, "agent", HOSTILE),))], title=HOSTILE, publisher=HOSTILE,
        published="2019-01-01", url="javascript:alert(1)", external_id=HOSTILE,
    )  # fmt: skip
    for shown in (page(item, item, notice=(HOSTILE, HOSTILE)), reading_fragment(item)):
        assert "<script>alert" not in shown
        assert 'onload="x"' not in shown
        assert 'href="javascript' not in shown


def test_the_page_is_closed_to_the_network_and_to_foreign_scripts() -> None:
    text = page(full_reading(url="https://example.org/a"))
    script = re.search(r"<script>(.*)</script>", text, re.DOTALL)
    assert script
    digest = base64.b64encode(hashlib.sha256(script.group(1).encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text
    assert re.findall(r'(?:src|href)="(?!#|https://example\.org/a")', text) == []
    assert "url(" not in text
    assert "@import" not in text


def test_an_index_where_there_are_several() -> None:
    assert '<nav class="index">' not in page(full_reading())
    several = page(full_reading(), full_reading(), notice=("عينة", "sample"))
    assert '<nav class="index">' in several
    assert 'href="#d1"' in several
    assert "&lt;" not in several
    assert several.count('class="notice"') == 1


def test_every_label_has_a_name_in_both_languages() -> None:
    types = ("MentionType", "SourceKind", "Stance", "Quote", "EventType", "Factuality", "RoleName")
    wanted = {value for name in types for value in typing.get_args(getattr(records, name))}
    assert wanted == set(LABELS)
    assert all(arabic and english for arabic, english in LABELS.values())


def test_a_notebook_shows_the_reading() -> None:
    shown = full_reading()._repr_html_()
    assert shown.startswith('<div class="khabar"')
    assert "<script" not in shown
    assert "قتلى في السدرة" in shown


def test_an_empty_reading() -> None:
    assert parsed(page(reading("خبر"))).text == "خبر"
