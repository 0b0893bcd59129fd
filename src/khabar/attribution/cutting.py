"""Cutting contents: where the next claim begins, what stands before a trailing particle, which claim holds which."""

from __future__ import annotations

from collections.abc import Callable

from khabar.attribution.agreement import agreement_of
from khabar.attribution.contents import content_end, trim, trim_connectives
from khabar.attribution.cues import is_finite
from khabar.attribution.drafts import Draft
from khabar.attribution.modifiers import has_article, has_wa
from khabar.attribution.phrases import Phrase
from khabar.attribution.quotations import Quotation
from khabar.attribution.view import COMPLEMENTISERS, View

__all__ = ["cut_contents", "nest"]

_MIN_CLAUSE = 4  # tokens before a trailing particle that can be a clause of their own
_MIN_SAID = 2  # tokens of them where the sentence ends with the particle
_ONES = frozenset({"witness", "unnamed_source", "unnamed_official", "office", "rank", "honorific"})
_BEGUN = 5  # tokens of a clause that has only begun
_MIN_PHRASE = 1  # tokens of a content before a clause of another subject
_LOOK_AHEAD = 14  # tokens
_MAX_FOLLOWING = 30  # cues that may stand in one content
_WHERE = frozenset({"في", "الي", "علي", "من", "عن"})
_FRONTED = 2  # tokens before a noun of saying that a sentence opens with
_NEAR = 3  # tokens between a content and what belongs to it: a comma, وذلك


def cut_contents(view: View, drafts: list[Draft], carries: Callable[[Phrase], bool]) -> list[Draft]:
    """Give every draft its content's end; drafts without content are left out.

    `carries` tells a phrase that carries (an agency) from one that speaks.
    """
    for index, draft in enumerate(drafts):
        if draft.kind != "closing" and not draft.backward:
            _cut_forward(view, draft, drafts[index + 1 : index + 1 + _MAX_FOLLOWING])
    for index, draft in enumerate(drafts):
        if draft.backward:
            _cut_backward(view, drafts, index, carries)
    return [draft for draft in drafts if draft.kind != "closing" and draft.end > draft.start]


def nest(view: View, drafts: list[Draft]) -> None:
    """Note for every draft whose cue stands inside another's content which one that is, and end its own content where
    the outer speaker goes on."""
    for index, draft in enumerate(drafts):
        if draft.parent is not None or draft.backward:
            continue
        for other in reversed(drafts[:index]):
            if not other.backward and other.start <= draft.at < other.end:
                draft.parent = other
                if draft.kind in {"finite", "noun"}:
                    draft.end = _inner_end(view, draft)
                break


def _inner_end(view: View, draft: Draft) -> int:
    """Where the outer speaker goes on after what the inner one said: …، ولذلك, إلا أن, أي أن, فإنه."""
    for at in range(draft.start + 1, draft.end):
        if view.quote[at] is view.quote[draft.start] and _goes_on(view, at):
            return trim_connectives(view, draft.start, at)
    return draft.end


def _goes_on(view: View, at: int) -> bool:
    word = view.norm[at]
    following = view.norm[at + 1] if at + 1 < len(view) else ""
    if view.has(at, "outer") or (word == "اي" and following in COMPLEMENTISERS):
        return True
    if view.has(at, "except") and following in COMPLEMENTISERS:
        return True
    if word == "في" and view.has(at + 1, "sign") and view.norm[at + 2 : at + 3] in (["الي"], ["علي"]):
        return True
    if word[:1] == "و" and view.covered[at] is None and is_finite(view, at):
        return True
    return view.is_comma(at - 1) and word[:1] == "و" and word[1:] in COMPLEMENTISERS


def _cut_forward(view: View, draft: Draft, following: list[Draft]) -> None:
    limit = _limit(view, draft, draft.start, following)
    if draft.weak:
        limit = _phrase_limit(view, draft.start, limit)
    if draft.kind == "noun" and draft.at <= _FRONTED:
        limit = next(
            (at for at in range(draft.start, limit) if view.is_comma(at) and _is_plain(view, draft, at)), limit
        )
    draft.end = content_end(view, draft.start, draft.at, limit)
    if draft.start < limit < len(view):
        draft.end = min(draft.end, trim_connectives(view, draft.start, limit))


def _is_plain(view: View, draft: Draft, at: int) -> bool:
    """رغم نفي الشركة وقوع تسرب، | أخليت القرية: whether a comma ends what a sentence only opens with."""
    return view.quote[at] is view.quote[draft.start] and at + 1 < len(view) and not _joins(view, at + 1)


def _joins(view: View, at: int) -> bool:
    return view.norm[at][:1] == "و" and not (view.has(at, "waw_noun") or view.has(at, "waw_verb"))


def _phrase_limit(view: View, start: int, limit: int) -> int:
    """A content that is a noun phrase (نفى وجود صفقة | فيما …) ends where a new main clause opens."""
    for at in range(start + _MIN_PHRASE, limit):
        if view.quote[at] is view.quote[start] and _opens_main_clause(view, at):
            return at
    return limit


def _opens_main_clause(view: View, at: int) -> bool:
    if view.has(at, "except") or view.norm[at] == "الا":
        return at + 1 < len(view) and view.norm[at + 1] in COMPLEMENTISERS
    return view.has(at, "breaking") or (view.norm[at] == "حيث" and view.is_comma(at - 1))


def _limit(view: View, draft: Draft, start: int, following: list[Draft]) -> int:
    opens = view.has_joined(start, "adjunct") or view.has_joined(start, "preposition")
    for other in following:
        if other.at < start or not _is_boundary(view, draft, start, other):
            continue
        if opens and other.fresh and not other.joined:
            opens = False  # إن بعد الهجوم أكدت مصادر: the verb of the content itself
            continue
        return max(other.segment, start)
    return len(view)


def _is_boundary(view: View, draft: Draft, start: int, other: Draft) -> bool:
    """Whether another draft opens a claim of its own rather than standing inside this content."""
    outer, inner = view.quote[start], view.quote[other.at]
    if inner is not None and inner is not outer and inner.close is not None and inner.open >= (view.number, start):
        return False
    if outer is not None and inner is outer and _quotes_whole(view, draft, outer):
        return False  # a verb of saying inside the words that are quoted
    if other.kind in {"closing", "particle", "participle"}:
        return True
    if other.kind == "noun":
        return False
    if other.relative:
        return other.phrase is None  # the speaker speaks of it: الهجوم الذي قال إنه
    if other.joined:
        return not _is_others(draft, other)
    if other.at == start and other.kind == "finite" and view.is_complementiser(start - 1):
        return False  # قال إنه رأى
    before = other.segment
    if before < other.at and view.has(before, "connective"):
        breaks = view.norm[before][:1] in {"و", "ك", "ف"} or view.has(before, "breaking")
        return before <= start or view.is_comma(before - 1) or breaks
    if view.is_comma(before - 1) or (before < other.at and has_wa(view, before)):
        return True
    # A verb with its own subject that nothing ties to what stands before it: a full stop is missing.
    return other.fresh and before > start and not _is_tied(view, before) and not _tells_of_noun(view, before)


def _is_others(draft: Draft, other: Draft) -> bool:
    """قال العامل إن مسلحين دخلوا وأمروا الناس بكذا: one does not go on as many, so those of the content do."""
    if other.kind != "finite" or other.phrase is not None or other.agrees != "p":
        return False
    if draft.phrase is None:
        return draft.agrees in {"m", "f"}
    is_one = draft.phrase.has_person or (draft.phrase.head is not None and draft.phrase.head.kind in _ONES)
    return is_one and agreement_of(draft.phrase, "") in {"m", "f"}


def _tells_of_noun(view: View, at: int) -> bool:
    """قيادي محلي | يطالب التنظيم بكذا: right after a noun without the article a verb in the present tells of it."""
    before = at - 1
    bare = view.tokens[before].kind == "word" and not has_article(view.norm[before]) and view.covered[before] is None
    bare = bare and not view.timed[before] and not view.norm[before].endswith("كيف")
    return bare and view.norm[at][:1] in {"ي", "ت"}


def _quotes_whole(view: View, draft: Draft, quotation: Quotation) -> bool:
    """Whether a quotation that this cue opens closes in the same sentence."""
    return view.quote[draft.at] is not quotation and view.close_of(quotation) is not None


def _is_tied(view: View, at: int) -> bool:
    previous = at - 1
    return (
        view.is_complementiser(previous)
        or view.norm[previous] in {"ان", "ما", "لما", "بما", "عما", "مما"}
        or view.has(previous, "clause")
        or view.has(previous, "relative")
        or view.has(previous, "negation")
        or view.has(previous, "bound")
    )


def _cut_backward(view: View, drafts: list[Draft], index: int, carries: Callable[[Phrase], bool]) -> None:
    """The content of بحسب مصدر: what stands before it, or after it where it opens the sentence."""
    draft = drafts[index]
    earlier = [other for other in drafts[:index] if not other.backward and other.kind != "closing"]
    reaching = [other for other in earlier if other.end > other.start and draft.segment - other.end <= _NEAR]
    if draft.points:
        _cite_pointed(view, draft, reaching or [other for other in drafts[:index] if other.points], earlier)
    elif draft.leads:
        _cite_following(view, drafts, index)
    elif reaching:
        _cite_reported(view, draft, reaching[-1], carries)
    elif _breaks_in(view, draft) and len(drafts) == 1:
        # ارتفعت، بحسب كذا، حصيلة الضحايا
        draft.start, draft.end, draft.skip = 0, trim(view, 0, len(view)), int(view.norm[0][:1] == "و")
    elif draft.segment >= (_MIN_SAID if _closes(view, draft) else _MIN_CLAUSE):
        _cite_preceding(view, drafts, index, has_claims=bool(earlier))
    else:
        _cite_following(view, drafts, index)


def _cite_pointed(view: View, draft: Draft, reaching: list[Draft], earlier: list[Draft]) -> None:
    """What is confirmed or denied: what the claim right before it says, else what stands before it in the sentence."""
    if reaching:
        last = reaching[-1]
        draft.start, draft.end, draft.skip = last.start, last.end, last.skip
        if "denies" in {draft.stance, last.stance} and not last.points:
            draft.stance = "denies" if draft.stance != last.stance else "asserts"
        return
    start = max((other.end for other in earlier), default=0)
    while start < draft.segment and view.tokens[start].kind == "punct" and view.norm[start] not in {'"', "("}:
        start += 1
    draft.start, draft.end, draft.skip = start, trim_connectives(view, start, draft.segment), _wa(view, start)


def _wa(view: View, start: int) -> int:
    """The letters of the conjunction that a sentence opens with."""
    word = view.norm[start]
    has_wa = word[:1] == "و" and len(word) > 3 and view.tokens[start].kind == "word"
    has_wa = has_wa and not view.has(start, "waw_noun") and not view.has(start, "waw_verb")
    return int(has_wa and view.covered[start] is None and view.lexicon.source_noun(word) is None)


def _closes(view: View, draft: Draft) -> bool:
    """Whether nothing follows who is cited."""
    return all(token.kind == "punct" for token in view.tokens[draft.end :])


def _breaks_in(view: View, draft: Draft) -> bool:
    """Whether a particle between commas stands inside a clause that has only begun before it."""
    before, after = draft.segment - 1, draft.end
    if not (0 < before <= _BEGUN and view.is_comma(before) and after < len(view) and view.is_comma(after)):
        return False
    small = ("adjunct", "preposition", "connective", "clause", "so_that")
    opens = any(view.has_joined(0, words) for words in small) and not view.has_joined(0, "verb_before")
    placed = before > 1 and after + 1 < len(view) and view.norm[after + 1] in _WHERE  # وجرى التوقيع، بحسب كذا، في المقر
    loose = ("connective", "clause", "so_that") if placed else small
    goes_on = after + 1 < len(view) and not any(view.has_joined(after + 1, words) for words in loose)
    joined = goes_on and view.norm[after + 1][:1] in {"و", "ف"} and not view.has(after + 1, "preposition")
    return not opens and goes_on and not joined and view.covered[0] is None


def _cite_reported(view: View, draft: Draft, last: Draft, carries: Callable[[Phrase], bool]) -> None:
    """After another claim: an agency carried it; another source cites its last clause, or the same again."""
    assert draft.phrase is not None
    clause = _last_clause(view, last)
    if clause is not None:
        draft.start, draft.end, draft.skip = clause, last.end, int(view.norm[clause][:1] == "و")
        draft.parent = last if draft.phrase.is_paper else None
        last.end = trim_connectives(view, last.start, clause)
        return
    if carries(draft.phrase) or draft.phrase in draft.carriers:
        last.carriers.append(draft.phrase)
        draft.end = draft.start = 0
        return
    if _is_ground(view, draft.phrase) or view.norm[draft.at : draft.at + 2] == ["علي", "لسان"]:
        draft.end = draft.start = 0
        return
    draft.start, draft.end, draft.skip = last.start, last.end, last.skip
    draft.parent = last
    draft.stance = "asserts" if view.norm[draft.at] == "كما" else last.stance
    last.silent = view.norm[draft.at] == "نقلا"  # the speaker passes on what others said


def _is_ground(view: View, phrase: Phrase) -> bool:
    """وفقا للقانون, حسب المادة, بحسب البيان: what the speaker goes by or says it in, not who says it."""
    word = view.norm[phrase.start][phrase.skip :].removeprefix("ال")
    is_own = phrase.is_paper and phrase.definite and phrase.end == phrase.start + 1
    return is_own or word in view.lexicon.words["ground"]


def _last_clause(view: View, last: Draft) -> int | None:
    """Where the last coordinate clause of a content starts: a comma, و and a verb."""
    for at in range(last.end - _MIN_CLAUSE, last.start + _MIN_CLAUSE, -1):
        word = view.norm[at]
        joined = word[:1] == "و" and len(word) > 3 and not word.startswith(("وال", "وان", "ول", "وب"))
        is_clause = joined and view.covered[at] is None and view.lexicon.source_noun(word) is None
        if view.is_comma(at - 1) and (is_clause or view.has(at, "breaking") or word == "كما"):
            return at if view.quote[at] is view.quote[last.start] else None
    return None


def _cite_preceding(view: View, drafts: list[Draft], index: int, *, has_claims: bool) -> None:
    draft, after = drafts[index], drafts[index].end
    start = max(
        (other.end for other in drafts[:index] if other.kind != "closing" and other.end <= draft.segment), default=0
    )
    while start < draft.segment and view.tokens[start].kind == "punct" and view.norm[start] not in {'"', "("}:
        start += 1
    draft.start, draft.end = start, trim(view, start, draft.segment)
    is_inside = after < len(view) and view.tokens[after].kind != "punct" and not view.is_comma(draft.segment - 1)
    if is_inside and not has_claims and len(drafts) == 1:
        draft.end = trim(view, start, len(view))  # the particle stands inside its own content
    draft.skip = _wa(view, start)


def _after_so_that(view: View, start: int) -> int:
    """Past what is left of the source when فإن opens the content a little further on."""
    for at in range(start, min(start + _LOOK_AHEAD, len(view))):
        if view.norm[at] in {"فان", "فقد", "فانه", "فانها"}:
            return at + 1
    return start


def _cite_following(view: View, drafts: list[Draft], index: int) -> None:
    """وبحسب رويترز، فإن … : all that follows; a cue with a source of its own makes it a carrier."""
    draft = drafts[index]
    start = draft.end
    while start < len(view) and (
        (view.tokens[start].kind == "punct" and view.norm[start] != '"') or view.has(start, "so_that")
    ):
        start += 1
    start = _after_so_that(view, start)
    if view.has(start, "relative"):
        draft.start = draft.end = 0  # what follows still tells of the source
        return
    following = drafts[index + 1 :]
    for other in following:
        if other.kind == "finite" and other.phrase is not None and other.segment - start <= _NEAR:
            assert draft.phrase is not None
            other.carriers.extend(draft.carriers or [draft.phrase])
            draft.start = draft.end = 0
            return
    limit = (
        _limit(view, draft, start + 1, [other for other in following if other.kind != "noun"])
        if start < len(view)
        else start
    )
    draft.start = start
    draft.end = trim_connectives(view, start, limit) if start < len(view) else start
    if draft.end > start + 1 and view.norm[start] == '"':
        draft.start = start + 1
