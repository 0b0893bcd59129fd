"""Whom a text credits at its head."""

from __future__ import annotations

from khabar.corroborate.copies.credits import build_credits
from khabar.resources import load_resources

CREDITS = load_resources().compiled(build_credits)


def test_a_place_in_a_dateline_is_no_outlet() -> None:
    text = "زوارة (ليبيا) - قالت البلدية إن الجسر أغلق أمام المارة صباح الأحد."
    assert CREDITS.find(text, "صحيفة الغدير", {"ليبيا"}) is None
    named_alike = text.replace("ليبيا", "اليمن")  # a channel's name too
    assert CREDITS.find(named_alike, "صحيفة الغدير", {"اليمن"}) is None
    credit = CREDITS.find(text.replace("ليبيا", "نسيم البحر"), "صحيفة الغدير", {"ليبيا"})
    assert credit
    assert credit.label == "نسيم البحر"
