"""One short article, cold: what a person waits for, beyond the interpreter's own start.

    python bench/start.py

Prints processor and wall seconds (the least of five runs) of `python -c pass`, `khabar --help` and `khabar read` of one
article, each in a new process. The aim: at most 1.5 s more than the interpreter alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
TEXT = "قال متحدث باسم مجلس البلدة إن ثلاثة أشخاص قتلوا في دمشق أمس."


def least(arguments: list[str]) -> tuple[float, float]:
    """Processor and wall seconds of the quickest run."""
    runs = []
    for _ in range(RUNS):
        before, start = os.times(), time.perf_counter()
        subprocess.run(arguments, check=True, capture_output=True)
        wall, after = time.perf_counter() - start, os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        runs.append((spent, wall))
    return min(runs)


def main() -> None:
    article = Path(tempfile.mkdtemp()) / "article.txt"
    article.write_text(TEXT, "utf-8")
    khabar = [sys.executable, "-m", "khabar.cli"]
    bare = least([sys.executable, "-c", "pass"])
    print(f"{'':22}{'processor':>10}{'wall':>8}   beyond the interpreter")
    for name, command in (
        ("python -c pass", [sys.executable, "-c", "pass"]),
        ("khabar --help", [*khabar, "--help"]),
        ("khabar read", [*khabar, "read", str(article)]),
    ):
        spent, wall = least(command)
        print(f"{name:22}{spent:10.2f}{wall:8.2f}   {max(0.0, spent - bare[0]):.2f} / {max(0.0, wall - bare[1]):.2f} s")


if __name__ == "__main__":
    main()
