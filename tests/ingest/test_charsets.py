from __future__ import annotations

import random

import pytest

from khabar.errors import UndecodableBytes
from khabar.ingest.charsets import decode

ARABIC = "أعلن مجلس بلدة السدرة أن ثلاثة أشخاص أصيبوا فى الاشتباكات، وقال: «لم يقتل أحد».\nوأضاف أن الطريق مفتوح."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256"])
def test_arabic_in_every_charset_that_is_told(codec: str) -> None:
    assert decode(ARABIC.encode(codec)) == ARABIC


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_two_words_in_utf16_without_a_mark(codec: str) -> None:
    assert decode("سالم الجهني".encode(codec)) == "سالم الجهني"


def test_utf16_big_endian_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + ARABIC.encode("utf-16-be")) == ARABIC


def test_a_stray_nul_stays() -> None:
    assert decode((ARABIC + "\0").encode()) == ARABIC + "\0"


def test_the_page_says_which_charset() -> None:
    short = "خبر"
    assert decode(short.encode("iso8859-6"), declared="ISO-8859-6") == short


@pytest.mark.parametrize(
    "data",
    [
        ARABIC[:-1].encode()[:-1],  # cut inside a character
        ARABIC.encode().replace(b"\xd8", b"\xff", 1),
        "Привет, это новости из города. Все хорошо сегодня.".encode("cp1251"),
        "Καλημέρα, αυτά είναι τα νέα από την πόλη σήμερα.".encode("cp1253"),
        "שלום, אלה החדשות מהעיר היום בבוקר".encode("cp1255"),
        "Événements à l'été, très récents à Nîmes".encode("latin-1"),
        "Die Straße wäre gesperrt, hieß es später".encode("latin-1"),
        random.Random(1).randbytes(5000),
        bytes(range(256)) * 4,
        b"\xff\xfe\x00",  # a mark, and half a character
        b"PK\x03\x04" + bytes(200),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableBytes):
        decode(data)
