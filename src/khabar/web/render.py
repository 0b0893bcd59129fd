"""Templates to pages: one environment that escapes everything, and what every page knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie

from khabar.export.labels import LABELS
from khabar.web.files import static_version
from khabar.web.words import LANGUAGES, WORDS
from khabar.web.workbench import Ask

__all__ = ["language_of", "render"]

_HERE = Path(__file__).parent
_LANGUAGE_COOKIE = "khabar_lang"
_YEAR = 31_536_000
# The pages there are, in the order of the menu.
MENU = ("stories", "claims", "events", "documents", "actors", "places", "outlets", "review", "ingest", "api")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.policies["json.dumps_function"] = _json
    made.filters["day"] = lambda moment: (moment or "")[:10]
    made.filters["moment"] = lambda moment: (moment or "")[:16].replace("T", " ")
    # A place's id may hold a slash, which is a part of its address.
    made.globals["place_address"] = lambda key: "/places/" + quote(key, safe=":/")
    made.filters["facing"] = _facing
    made.filters["web_address"] = lambda url: url if url and url.startswith(("http://", "https://")) else None
    return made


def _facing(text: str) -> str:
    """The direction of a text: of its first letter, and of the articles where there is none, as in a number alone."""
    found = next((kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}), "AL")
    return "ltr" if found == "L" else "rtl"


def _json(value: Any, **_: Any) -> str:
    """JSON of records and of plain values; the template's own filter makes it safe inside HTML."""
    return msgspec.json.encode(value).decode()


def language_of(request: Ask) -> str:
    """`ar` or `en`: what the address says, else the cookie, else what the browser prefers, else Arabic."""
    for given in (request.query_params.get("lang"), request.cookies.get(_LANGUAGE_COOKIE)):
        if given in LANGUAGES:
            return str(given)
    preferred = request.headers.get("accept-language", "")[:200].lower()
    found = {code: preferred.find(code) for code in LANGUAGES if code in preferred}
    return min(found, key=lambda code: found[code]) if found else "ar"


def render(
    request: Ask,
    template: str,
    *,
    status: int = 200,
    cookies: list[Cookie] | None = None,
    **context: Any,
) -> Response[str]:
    """A page. `context` is the template's own; every page has the words of its language, and who is asking."""
    language = language_of(request)
    words = _words(language)
    page = _environment().get_template(template).render(
        **context, lang=language, dir="rtl" if language == "ar" else "ltr", t=words, label=_labels(language),
        me=request.user, path=request.url.path, address=_address(request), version=static_version(),
        other="en" if language == "ar" else "ar", name_of=_namer(language), named_once=_once_namer(language),
        called=_called(language), menu=MENU,
    )  # fmt: skip
    kept = list(cookies or [])
    if request.query_params.get("lang") in LANGUAGES:
        kept.append(Cookie(_LANGUAGE_COOKIE, value=language, max_age=_YEAR, samesite="lax", httponly=True))
    return Response(page, status_code=status, media_type="text/html", cookies=kept)


def _words(language: str) -> Callable[..., str]:
    which = LANGUAGES.index(language)

    def words(key: str, **values: object) -> str:
        many, _, one = WORDS[key][which].partition("|")
        return (one if one and values.get("count") == 1 else many).format(**values)

    return words


def _labels(language: str) -> Callable[[str | None], str]:
    which = LANGUAGES.index(language)

    def label(key: str | None) -> str:
        if key is None:
            return ""
        found = LABELS.get(key) or WORDS.get(key)
        return found[which] if found else key

    return label


def _namer(language: str) -> Callable[[Any], str]:
    """The name of an actor or a place in the page's language, else in the other, else its id."""
    first, second = ("name_ar", "name_en") if language == "ar" else ("name_en", "name_ar")

    def name_of(one: Any) -> str:
        row = one if isinstance(one, dict) else msgspec.structs.asdict(one)
        return str(row.get(first) or row.get(second) or row.get("id") or "")

    return name_of


def _once_namer(language: str) -> Callable[[Any, dict[str, Any] | None], list[tuple[str, Any]]]:
    """Places with their names, each name once: a town and its district are often called the same."""
    name_of = _namer(language)

    def named_once(places: Any, rows: dict[str, Any] | None) -> list[tuple[str, Any]]:
        named: dict[str, Any] = {}
        for place in places:
            named.setdefault(name_of(rows[place.id] if rows is not None else place), place)
        return list(named.items())

    return named_once


def _called(language: str) -> Callable[[Any], str]:
    """The name of a record that has `name_ar`, `name_en` and `id`."""
    name_of = _namer(language)

    def called(record: Any) -> str:
        return name_of({name: getattr(record, name) for name in ("name_ar", "name_en", "id")})

    return called


def _address(request: Ask) -> Callable[..., str]:
    """The present address with some parameters changed (None takes one out): links that keep the filter."""

    def address(_path: str | None = None, **changes: Any) -> str:
        given = {name: value for name, value in request.query_params.items() if value != ""}
        given.update(changes)
        query = urlencode({name: value for name, value in given.items() if value is not None})
        return f"{_path or request.url.path}{'?' + query if query else ''}"

    return address
