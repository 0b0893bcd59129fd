"""Ages: a length of time that says how old someone is is a quantity, by the guidelines."""

from __future__ import annotations

from khabar.mentions.time_nodes import Found, Length
from khabar.mentions.time_scan import Scan

__all__ = ["is_age"]

_BEFORE = frozenset({
    "عمره", "عمرها", "العمر", "عمر", "البالغ", "البالغه", "يبلغ", "تبلغ", "بالغ", "سن", "عمرهما", "عمرهم", "اعمارهم", "يناهز",
    "تناهز", "وعمره", "وعمرها", "بعمر", "السن", "ذو", "ذات", "ذي", "اعمار", "عن",
})  # fmt: skip
_AGE_UNITS = frozenset({"Y", "MO"})


def is_age(s: Scan, found: Found) -> bool:
    """Whether a length is an age: after a word of age, alone in brackets, or between commas after a name."""
    node = found.node
    if not isinstance(node, Length) or node.ago or node.direction or node.parts[0][1] not in _AGE_UNITS:
        return False
    if node.parts[0][0] is None or len(node.parts) > 1:
        return False
    before, after = s.norm(found.start - 1), s.norm(found.end)
    if before == "(" and after == ")":
        return True
    if before in {"،", ","} and after in {"،", ",", ")"} and s.words[found.start].kind == "number":
        return True
    reach = [s.norm(at) for at in range(max(0, found.start - 3), found.start)]
    if any(word in {"عمره", "عمرها", "العمر", "وعمره", "وعمرها", "بعمر"} for word in reach):
        return True
    return before in _BEFORE - {"عن"} or (
        s.norm(found.end) == "من" and s.norm(found.end + 1) in {"العمر", "عمره", "عمرها"}
    )
