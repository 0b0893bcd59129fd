"""One short article, cold: what a person waits for. Processor time, so that a busy machine does not count."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def seconds(arguments: list[str]) -> float:
    """The least processor time of three runs."""
    times = []
    for _ in range(3):
        before = os.times()
        subprocess.run(arguments, check=True, capture_output=True)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        times.append(spent)
    return min(times)


def test_a_short_article_takes_a_second_and_a_half_beyond_the_interpreter(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("قال متحدث باسم مجلس البلدة إن ثلاثة أشخاص قتلوا في دمشق أمس.", "utf-8")
    bare = seconds([sys.executable, "-c", "pass"])
    assert seconds([sys.executable, "-m", "khabar.cli", "read", str(article)]) - bare <= 1.5
    assert seconds([sys.executable, "-m", "khabar.cli", "--help"]) - bare <= 0.6
