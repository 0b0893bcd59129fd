"""The report in a real browser: its policy lets its own script run, and nothing in it fails."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from factory import full_reading
from khabar.export import writer_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: apt-get install chromium)")
def test_the_report_opens(tmp_path: Path) -> None:
    writer = writer_for("html")
    page = tmp_path / "report.html"
    page.write_text(writer.start() + writer.add(full_reading()) + writer.add(full_reading()) + writer.finish(), "utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=2000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    # The script's last line says that it came to its end.
    assert 'data-ready="true"' in dom
    assert "قتلى في السدرة" in dom
