from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.config import Settings
from khabar.ingest import read_inputs, total_bytes
from khabar.records import Document, Rejection

ARABIC = "قال متحدث باسم مجلس البلدة إن ثلاثة أشخاص أصيبوا فى اشتباكات قرب النهر."


def read(*paths: object, settings: Settings | None = None, stdin: bytes | None = None, **options: Any) -> list[Any]:
    stream = None if stdin is None else io.BufferedReader(io.BytesIO(stdin))
    return list(read_inputs([str(p) for p in paths], settings=settings or Settings(), stdin=stream, **options))


def codes(items: Sequence[Document | Rejection]) -> list[tuple[str, str]]:
    return [(i.document, i.code) if isinstance(i, Rejection) else (i.external_id, "ok") for i in items]


def line(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def test_a_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    text = f"  {ARABIC}\r\n\u2028{ARABIC}\u0085\u00a0«غير مغلق\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (document,) = read(tmp_path / "a.txt", published="2019-03-02", publisher="النهر")
    assert document.text == text
    assert (document.external_id, document.published, document.publisher) == ("a.txt", "2019-03-02", "النهر")
    assert (document.title, document.url, document.language) == (None, None, "ar")


def test_jsonl_keeps_unknown_fields_and_goes_on_after_bad_lines(tmp_path: Path) -> None:
    lines = [
        line(id="a", text=ARABIC, published="2019-03-02T10:00:00+03:00", section="سياسة", tags=[1, {"x": None}]),
        b'{"id": "b", "text": \n',
        line(id="c"),
        line(text=ARABIC),
        b"\n",
        line(id="d", text=ARABIC, published="amongst"),
        line(id="e", text=5),
        line(id="f", text="  \n "),
        line(id="g", text=ARABIC, title=["x"]),
        b'{"id": "h", "text": "\\ud800"}\n',
        b'["x"]\n',
        line(id=7, text=ARABIC, published="", url=None),
        line(id="a", text=f"{ARABIC}\u2028{ARABIC}\u0085"),
        b'{"id": "i", "text": "\xff\xfe"}\n',
        b"[" * 100_000 + b"\n",
        line(id="j", text=ARABIC)[:-1],
    ]
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    items = read(tmp_path / "a.jsonl")
    assert codes(items) == [
        ("a", "ok"),
        ("a.jsonl, line 2", "bad-json"),
        ("c", "missing-field"),
        ("a.jsonl, line 4", "missing-field"),
        ("d", "bad-field"),
        ("e", "bad-field"),
        ("f", "empty-text"),
        ("g", "bad-field"),
        ("a.jsonl, line 10", "invalid-unicode"),
        ("a.jsonl, line 11", "bad-json"),
        ("7", "ok"),
        ("a", "ok"),
        ("a.jsonl, line 14", "undecodable-bytes"),
        ("a.jsonl, line 15", "bad-json"),
        ("j", "ok"),
    ]
    assert items[0].extra == {"section": "سياسة", "tags": [1, {"x": None}]}
    assert items[10].published is None
    assert "line 3" in items[2].detail


def test_the_given_date_fills_only_what_the_line_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(id="a", text=ARABIC, published="2019-03-02") + line(id="b", text=ARABIC))
    assert [d.published for d in read(tmp_path / "a.jsonl", published="2020-01-01")] == ["2019-03-02", "2020-01-01"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_jsonl_with_a_byte_order_mark(tmp_path: Path, codec: str) -> None:
    text = "".join(json.dumps({"id": str(i), "text": ARABIC}, ensure_ascii=False) + "\n" for i in range(3))
    (tmp_path / "a.jsonl").write_bytes(text.encode(codec))
    assert codes(read(tmp_path / "a.jsonl")) == [("0", "ok"), ("1", "ok"), ("2", "ok")]


def test_json_is_one_object_or_an_array(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(line(id="a", text=ARABIC))
    (tmp_path / "two.json").write_bytes(b"[" + line(id="a", text=ARABIC) + b",5," + line(id="c") + b"]")
    (tmp_path / "bad.json").write_bytes(line(id="a", text=ARABIC) * 2)
    (tmp_path / "none.json").write_bytes(b"[]")
    assert codes(read(tmp_path / "one.json")) == [("a", "ok")]
    assert codes(read(tmp_path / "two.json")) == [("a", "ok"), ("two.json, item 2", "bad-json"), ("c", "missing-field")]
    assert codes(read(tmp_path / "bad.json")) == [("bad.json", "bad-json")]
    assert read(tmp_path / "none.json") == []


def test_a_folder_is_read_in_order_and_nothing_in_it_is_lost(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.TXT").write_text(ARABIC)
    (tmp_path / "a.txt").write_text(ARABIC)
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / os.fsdecode(b"z\xff.txt")).write_text(ARABIC)
    assert codes(read(tmp_path)) == [
        ("a.txt", "ok"),
        ("c.pdf", "unsupported-file"),
        ("gone.txt", "unreadable-file"),
        ("loop", "unsupported-file"),
        ("pipe.txt", "unsupported-file"),
        ("sub/b.TXT", "ok"),
        ("z\\xff.txt", "ok"),
    ]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.jsonl"):
        (tmp_path / name).write_text(ARABIC)
    opened = Path.open

    def refuse(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name != "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    expected = [("a.txt", "unreadable-file"), ("b.txt", "ok"), ("c.jsonl", "unreadable-file")]
    assert codes(read(tmp_path)) == expected


def test_globs(tmp_path: Path) -> None:
    for name in ("x/1.txt", "x/y/2.txt", "z[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ARABIC)
    assert codes(read(tmp_path / "x" / "*.txt")) == [("1.txt", "ok")]
    assert codes(read(tmp_path / "**" / "*.txt")) == [("x/1.txt", "ok"), ("x/y/2.txt", "ok"), ("z[1].txt", "ok")]
    assert codes(read(tmp_path / "x*")) == [("x/1.txt", "ok"), ("x/y/2.txt", "ok")]
    assert codes(read(tmp_path / "z[1].txt")) == [("z[1].txt", "ok")]
    assert [code for _, code in codes(read(tmp_path / "q*.txt", tmp_path / "q.txt"))] == ["unreadable-file"] * 2


def test_standard_input_is_json_lines_or_one_text() -> None:
    assert codes(read("-", stdin=b" \n" + line(id="a", text=ARABIC) + b"{\n")) == [
        ("a", "ok"),
        ("-, line 3", "bad-json"),
    ]
    assert [d.text for d in read("-", stdin=ARABIC.encode())] == [ARABIC]
    assert codes(read("-", stdin=json.dumps({"id": "a", "text": ARABIC}).encode("utf-16"))) == [("a", "ok")]
    assert codes(read("-", stdin=b"")) == [("-", "empty-text")]
    assert codes(read("-")) == [("-", "unreadable-file")]


def test_limits(tmp_path: Path) -> None:
    settings = Settings(max_bytes=300, max_characters=150)
    (tmp_path / "a.txt").write_text("خ" * 151)
    (tmp_path / "b.txt").write_text("خ" * 149)
    (tmp_path / "c.txt").write_text("خ" * 151 + " ")
    (tmp_path / "d.jsonl").write_bytes(line(id="x", text="خ" * 200) + line(id="y", text="خبر") + b"{" * 400)
    assert codes(read(tmp_path, settings=settings)) == [
        ("a.txt", "too-large"),
        ("b.txt", "ok"),
        ("c.txt", "too-large"),
        ("d.jsonl, line 1", "too-large"),
        ("y", "ok"),
        ("d.jsonl, line 3", "too-large"),
    ]
    assert codes(read("-", stdin=b"x" * 301, settings=settings)) == [("-", "too-large")]


def test_the_output_inside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARABIC)
    (tmp_path / "out.jsonl").write_bytes(line(id="x", text=ARABIC))
    skip = frozenset({(tmp_path / "out.jsonl").resolve()})
    assert codes(read(tmp_path, skip=skip)) == [("a.txt", "ok")]
    assert total_bytes([str(tmp_path)], skip=skip) == len(ARABIC.encode())
    assert total_bytes(["-"]) is None


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(id="a", text=ARABIC) * 100_000)
    seen: list[int] = []
    items = read_inputs([str(tmp_path / "a.jsonl")], settings=Settings(), on_bytes=seen.append)
    next(items)
    assert sum(seen) <= 1 << 20


SUFFIXES = st.sampled_from([".txt", ".html", ".json", ".jsonl"])
PIECES = st.sampled_from(
    [b"{", b'"id":"a","text":', b'"', b"}", b"[", b"]", b"\n", b"<p>", b"</p><article>", b"\\ud800", b"\0", b"\xff",
     b"\xef\xbb\xbf", b"\xff\xfe", ARABIC.encode(), ARABIC.encode("cp1256"), b"&#xd800;", b"1e999", b"<!--", b"<svg>"]
)  # fmt: skip


@given(suffix=SUFFIXES, data=st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=12).map(b"".join)))
def test_any_bytes_give_documents_or_rejections(tmp_path_factory: Any, suffix: str, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    for item in [*read(path), *read("-", stdin=data)]:
        if isinstance(item, Document):
            item.text.encode()
            assert item.text.strip()
        else:
            assert item.code
            assert item.to_json()
