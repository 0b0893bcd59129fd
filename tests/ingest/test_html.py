from __future__ import annotations

import pytest

from khabar.errors import InputError
from khabar.ingest.html import read_page

FIRST = "قال متحدث باسم مجلس البلدة إن ثلاثة أشخاص أصيبوا في اشتباكات قرب النهر."
SECOND = "وأضاف المتحدث أن الطريق إلى المدينة فتح مساء السبت بعد اتفاق بين الطرفين."
MENU = "<nav><ul>" + "".join(f'<li><a href="/{i}">قسم {i}</a></li>' for i in range(20)) + "</ul></nav>"
META = (
    '<meta property="og:site_name" content="صحيفة  النهر"><meta property="og:title" content="ثلاثة جرحى">'
    '<link rel="canonical" href="https://example.org/a/1">'
)


def page(body: str, head: str = META) -> str:
    return f"<!doctype html><html lang=ar><head>{head}</head><body>{MENU}{body}<footer>الحقوق محفوظة</footer></body></html>"


ARTICLE = f"<article><h1>ثلاثة جرحى</h1><p>{FIRST}</p><p>{SECOND}</p></article>"


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("2019-03-02T10:15:00+0300", "2019-03-02T10:15:00+03:00"),
        ("2019-03-02T10:15:00+03:00", "2019-03-02T10:15:00+03:00"),
        ("2019-03-02", "2019-03-02"),
        ("soon", None),
    ],
)
def test_an_article_with_what_its_page_says(stamp: str, published: str | None) -> None:
    found = read_page(page(ARTICLE, META + f'<meta property="article:published_time" content="{stamp}">').encode())
    assert FIRST in found.text
    assert SECOND in found.text
    assert "قسم" not in found.text
    assert (found.title, found.publisher) == ("ثلاثة جرحى", "صحيفة النهر")
    assert (found.url, found.published) == ("https://example.org/a/1", published)


@pytest.mark.parametrize("declared", ['<meta charset="windows-1256">', ""])
def test_old_pages_in_windows_1256(declared: str) -> None:
    assert FIRST in read_page(page(ARTICLE, declared + META).encode("cp1256")).text


@pytest.mark.parametrize(
    "body",
    ["", "<form><label>الاسم<input></label><button>دخول</button></form>", "<h1>404</h1><p>الصفحة غير موجودة</p>",
     "".join(f"<div><a href='/a{i}'><h3>خبر رقم {i}</h3></a></div>" for i in range(30))],
)  # fmt: skip
def test_a_page_without_an_article(body: str) -> None:
    with pytest.raises(InputError) as caught:
        read_page(page(body).encode())
    assert caught.value.code == "no-article"


@pytest.mark.parametrize("source", ["<", "<html>", "خبر", "<p>" * 20_000, "<!-- ", "\0" * 50, "<table>" * 3000])
def test_what_is_hardly_html(source: str) -> None:
    with pytest.raises(InputError):
        read_page(source.encode())


def test_a_page_past_the_limit() -> None:
    with pytest.raises(InputError) as caught:
        read_page(b"<p>" + b" " * 8_000_000)
    assert caught.value.code == "too-large"
