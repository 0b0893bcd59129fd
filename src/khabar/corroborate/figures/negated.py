"""Numbers that a text does not give for its own: `سبعة لا تسعة`, `أربعة بدلا من ستة`, `تسع من أصل عشرين`."""

from __future__ import annotations

import re

from khabar.text import fold

__all__ = ["is_set_aside"]

_BEFORE = 40  # characters
_SET_ASIDE = re.compile(
    r"(?:^|[^\w])(?:و?لا|و?ليس(?:ت|تا|ا|وا)?|(?:بدلا?|عوضا) (?:من|عن)|من (?:اصل|مجموع)) "
    r"(?:(?:ال)?(?:رقم|عدد) )?(?:نحو |حوالي )?$"
)


def is_set_aside(text: str, start: int) -> bool:
    """Whether the number that starts there is denied, or is the whole of which another is a part."""
    return _SET_ASIDE.search(fold(text[max(0, start - _BEFORE) : start])) is not None
