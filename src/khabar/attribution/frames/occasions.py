"""Statements, speeches and interviews between a cue and its content: who delivered, carried or received them."""

from __future__ import annotations

from khabar.attribution.frames.subjects import has_clitic
from khabar.attribution.frames.walk import Walk
from khabar.attribution.modifiers import ADJECTIVE_ENDINGS, has_article
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["end_of_occasion", "past_delivery", "past_received"]

_MAX_COPY = 10
_ON_IT = frozenset({"عليه", "عليها"})


def end_of_occasion(walk: Walk, phrase: Phrase) -> int:
    """نفت الوزارة في بيان | صحة كذا: where a noun can be the content, a bare statement has no other noun in idafa."""
    view, after = walk.view, phrase.start + 1
    received = next((at for at in range(after, phrase.end) if view.has(at, "received")), None)
    if received is not None:
        return received  # بيان | تلقى
    is_bare = phrase.skip == 0 and not has_article(view.norm[phrase.start]) and after < phrase.end
    if not (walk.takes_noun and is_bare and view.tokens[after].kind == "word" and after not in view.names):
        return phrase.end
    ends_here = not view.norm[after].endswith(ADJECTIVE_ENDINGS) and not has_clitic(view, after)
    return after if ends_here and not view.has(after, "adjective") and view.noun(after) is None else phrase.end


def past_delivery(walk: Walk, at: int) -> int:
    """Past who delivered or carried the words of an occasion: تصريحات | نقلتها وكالة كذا, كلمة | ألقاها الوزير."""
    view = walk.view
    copied = past_reception(view, at)
    if copied is not None:
        return copied
    if at < len(view) and view.has(at, "issued"):
        return at + 1  # في بيان | صادر مساء اليوم
    if view.has(at, "carried") and at + 1 < len(view) and at not in view.names:
        carrier = walk.phrase(at + 1)
        return carrier.end if carrier is not None else at + 1  # في بيان | تناقلته حسابات
    if at + 1 >= len(view) or not view.original(at).endswith(("ه", "ها")) or view.noun(at) is not None:
        return at
    phrase = walk.phrase(at + 1)
    return phrase.end if phrase is not None and phrase.known and at not in view.names else at


def past_received(walk: Walk) -> bool:
    """Past who received the statement that speaks: جاء في بيان للحركة | تلقى الموقع نسخة منه | أن."""
    subject = walk.frame.subject
    if subject is None or not subject.is_paper or subject.end != walk.at:
        return False
    end = past_reception(walk.view, walk.at)
    return end is not None and walk.pass_to(end)


def past_reception(view: View, at: int) -> int | None:
    """Past who has a statement or a copy of it: بيان | تلقت «كذا» نسخة منه, | اطلعت عليه الصحيفة, | وصل إلى الإذاعة."""
    if not view.has(at, "received"):
        return None
    for end in range(at + 1, min(at + _MAX_COPY, len(view))):
        if view.norm[end] in {"منه", "منها"} and view.norm[end - 1] == "نسخه":
            return end + 1
        if view.is_complementiser(end) or view.is_comma(end):
            break
    start = at + 2 if at + 1 < len(view) and (view.norm[at + 1] in _ON_IT or view.norm[at + 1] == "الي") else at + 1
    if start >= len(view):
        return None
    if start in view.told:
        return view.told[start]
    phrase = read_phrase(view, start, nominal=True)
    is_outlet = phrase is not None and (phrase.is_media or view.outlet(phrase.start, phrase.end) is not None)
    quoted = view.norm[start] == '"'
    if phrase is None or not (is_outlet or quoted or start == at + 2):
        return start if start == at + 2 else None
    return phrase.end
