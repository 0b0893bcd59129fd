"""Credit lines: the agency that a text says it is from, in its first or last line.

`عدن - رويترز:`, `(أ ف ب)`, `واس- الرياض`, `بيروت 25 شوال 1436 هـ ... م واس`, `المصدر: وكالات`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import msgspec

from khabar.corroborate.outlets import UNNAMED_AGENCIES, Outlets, build_outlets
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Credit", "Credits", "build_credits"]

_HEAD, _TAIL = 120, 80  # characters at either end in which a credit is looked for
_PIECE = re.compile(r"([^-–—ـ:/|\n\r.،(«]{2,40})(?:[-–—ـ:/|]|[\n\r])\s*")
_DATELINE = re.compile(r"^[^\n.]{0,90}?\(([^()\n]{2,30})\)\s*[-–—ـ]")
_SOURCE_LINE = re.compile(r"(?:المصدر|المصادر|نقلا عن|نقلاً عن)\s*[:：]\s*([^\n.()]{2,40})\s*[.)]?\s*$")
_LAST_BRACKET = re.compile(r"[(«\[{/]\s*([^()«»\[\]{}/\n]{2,30})\s*[)»\]}/]\s*\.?\s*$")
_LAST_LINE = re.compile(r"\n\s*([^\n]{2,25})\s*$")
_SPA = re.compile(r"(?:هـ|ه)\s.{0,40}?\sم\s+(واس)\s")
_SPACES = re.compile(r"\s+")
_LONGEST = 5  # words of an outlet's name


class Credit(msgspec.Struct, frozen=True):
    """The outlet that a text credits, and how it names it."""

    key: str
    label: str


class Credits(msgspec.Struct, frozen=True):
    """Credit forms, and the outlets' names."""

    forms: dict[str, str]
    outlets: Outlets

    def find(self, text: str, publisher: str | None, places: Collection[str] = ()) -> Credit | None:
        """The credit of a text, if it names another than its publisher; `places` are names that are no outlet's:
        الزاوية (ليبيا) -"""
        own = self.outlets.key(publisher) if publisher else None
        found = (credit for credit in self._credits(text) if credit.key != own)
        return next((one for one in found if one.label not in places or one.key in self.outlets.agencies), None)

    def _credits(self, text: str) -> Iterator[Credit]:
        """What stands where a credit stands, the surest first.

        The table's forms and agencies count anywhere there; in a dateline's brackets and after `المصدر:` any name does.
        """
        head, tail = text[:_HEAD], text[-_TAIL:]
        spa, dateline, source = _SPA.search(text[: 2 * _HEAD]), _DATELINE.search(head), _SOURCE_LINE.search(tail)
        last = [match[1] for pattern in (_LAST_BRACKET, _LAST_LINE) if (match := pattern.search(tail))]
        stated = [match[1] for match in (spa, source, dateline) if match]
        for name in (*stated, *_opening(head), *last):
            if credit := self._agency(name):
                yield credit
        for name in stated:
            label = _label(name)
            if label and not any(mark in label for mark in "0123456789:/"):
                yield Credit(self.outlets.key(label), label)
        for name in last:
            if key := self.outlets.known(_label(name)):
                yield Credit(key, _label(name))

    def _agency(self, name: str) -> Credit | None:
        label = _label(name)
        outlet = self.forms.get(_form(label))
        if outlet is not None:
            return Credit(UNNAMED_AGENCIES if outlet == "*" else self.outlets.key(outlet), label)
        key = self.outlets.known(label)
        return Credit(key, label) if key in self.outlets.agencies and key is not None else None


def _opening(head: str) -> list[str]:
    """The pieces before the text proper: `عدن`, `رويترز` of `عدن - رويترز: قال`."""
    pieces: list[str] = []
    at = 0
    while len(pieces) < 3 and (match := _PIECE.match(head, at)) and len(match[1].split()) <= _LONGEST:
        pieces.append(match[1])
        at = match.end()
    return pieces


def _label(name: str) -> str:
    return _SPACES.sub(" ", name).strip(" .،•*-")


class _Row(msgspec.Struct, frozen=True):
    form: str
    outlet: str


def build_credits(tables: Tables) -> Credits:
    """From data/corroborate/credits.tsv and the tables of outlets."""
    forms = {_form(row.form): row.outlet for row in tables.rows("corroborate/credits.tsv", _Row)}
    return Credits(forms, build_outlets(tables))


def _form(name: str) -> str:
    return _SPACES.sub(" ", fold(name)).strip(" .")
