"""Who is told carries the words on, unless it is the publisher: an agency, a channel, a paper."""

from __future__ import annotations

from khabar.attribution.modifiers import is_outlet
from khabar.attribution.phrases import Phrase
from khabar.attribution.view import View

__all__ = ["hears", "is_publisher"]


def is_publisher(view: View, start: int, end: int, publisher: str | None) -> bool:
    """Whether the tokens `[start, end)` name the publisher, by a code of the list or by its own name."""
    codes = view.outlet(start, end)
    if codes is not None and view.outlets.is_publisher(codes, publisher):
        return True
    return view.outlets.is_named(view.tokens[start:end], publisher)


def hears(view: View, phrase: Phrase, publisher: str | None, *, outlet_named: bool) -> bool:
    """Whether who is told carries it on; `outlet_named` says that the text has named an outlet before."""
    if (
        is_publisher(view, phrase.start, phrase.end, publisher)
        or _is_our_own(view, phrase, publisher, outlet_named=outlet_named)
        or view.norm[phrase.start].endswith("نا")  # مراسلنا, إذاعتنا
        or any(view.has(at, "no_press") for at in range(phrase.start, phrase.end))
    ):
        return False
    if view.outlet(phrase.start, phrase.end) is not None:
        return True
    if phrase.head is not None:
        return phrase.head.kind == "media"
    if phrase.names and is_outlet(view, phrase.names[0]):
        return True
    quoted = view.norm[phrase.start - 1] in {'"', "("} or view.norm[phrase.start] == '"'
    return quoted and bool(phrase.names) and phrase.names[0].mention.type == "ORG"


def _is_our_own(view: View, phrase: Phrase, publisher: str | None, *, outlet_named: bool) -> bool:
    """قال للصحيفة, للإذاعة: by its generic noun alone an outlet is the publisher, unless another was named."""
    is_bare = phrase.is_media and phrase.definite and phrase.end == phrase.start + 1 and not phrase.names
    is_kind = view.outlets.is_kind_of(view.norm[phrase.start], publisher)
    is_press = view.has_noun(phrase.start, "press") and not is_kind
    return is_bare and not outlet_named and not is_press
