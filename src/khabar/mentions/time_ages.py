"""Ages: a length of time that says how old someone is is a quantity, by the guidelines."""

from __future__ import annotations

from khabar.mentions.time_nodes import Found, Length
from khabar.mentions.time_scan import Scan

__all__ = ["is_age"]

_AGE_UNITS = frozenset({"Y", "MO"})
_NEAR = frozenset({"عمره", "عمرها", "العمر", "بعمر"})
_PERIODS = frozenset({"مده", "فتره", "مدته", "مدتها", "المده", "لمده"})
_AGES = frozenset({"اعمار", "اعمارهم", "الاعمار", "اعمارهن", "العمريه"})


def is_age(s: Scan, found: Found) -> bool:
    """Whether a length is an age: after a word of age, alone in brackets, or between commas after a name."""
    node = found.node
    if not isinstance(node, Length) or node.ago or node.direction or node.parts[0][1] not in _AGE_UNITS:
        return False
    if node.parts[0][0] is None or len(node.parts) > 1:
        return False
    start = found.start - (s.norm(found.start - 1) == "ال")
    before, after = s.norm(start - 1), s.norm(found.end)
    if after == ")" and _in_brackets(s, start):
        return True
    if before in {"،", ","} and after in {"،", ",", ")"} and s.words[found.start].kind == "number":
        return True
    if any(s.norm(at).removeprefix("و") in _NEAR for at in range(max(0, start - 3), start)):
        return True
    if any(s.norm(at).removeprefix("و") in _AGES for at in range(max(0, start - 9), start)):
        return True
    if any(s.base(at) in _PERIODS for at in range(max(0, start - 5), start)):
        return False  # `مدة تبلغ خمس سنوات`
    of_age = after == "من" and s.norm(found.end + 1) in _NEAR
    return of_age or s.before(start) in s.lex.frames["age"]


def _in_brackets(s: Scan, start: int) -> bool:
    """`(15 عاما)`, `(26 و27 عاما)`: nothing but numbers since the bracket."""
    at = start - 1
    while (s.words[at].kind == "number" or s.norm(at) == "و") and at > 0 and start - at < 4:
        at -= 1
    return s.norm(at) == "("
