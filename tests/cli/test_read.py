from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khabar.cli import main

ARABIC = "قال متحدث باسم مجلس البلدة إن ثلاثة أشخاص أصيبوا في اشتباكات قرب النهر."
KHABAR = [sys.executable, "-m", "khabar.cli"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = [json.dumps({"id": f"a{i}", "text": f"{ARABIC} {i}", "rubric": "x"}, ensure_ascii=False) for i in range(40)]
    (folder / "a.jsonl").write_text("\n".join([*lines[:20], "{", *lines[20:]]), "utf-8")
    (folder / "b.txt").write_text(ARABIC, "utf-8")
    return folder


def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*KHABAR, *map(str, arguments)], capture_output=True, check=False, **options)


def rejections(stderr: bytes) -> list[dict[str, str]]:
    return [json.loads(line) for line in stderr.decode().splitlines() if line.startswith("{")]


def test_standard_output_holds_readings_and_nothing_else(articles: Path) -> None:
    done = run("read", articles)
    assert done.returncode == 3
    readings = [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]
    assert [r["external_id"] for r in readings] == [*(f"a{i}" for i in range(40)), "b.txt"]
    assert {r["schema"] for r in readings} == {"khabar.reading/1"}
    assert readings[0]["extra"] == {"rubric": "x"}
    assert "extra" not in readings[-1]
    (rejection,) = rejections(done.stderr)
    assert (rejection["schema"], rejection["document"], rejection["code"]) == (
        "khabar.rejection/1", "a.jsonl, line 21", "bad-json",
    )  # fmt: skip
    assert "41 documents" in done.stderr.decode()
    assert "1 rejection;" in done.stderr.decode()


def test_two_processes_print_the_same_bytes(articles: Path) -> None:
    assert run("read", articles, "--jobs", 2).stdout == run("read", articles).stdout


def test_files_for_output_and_rejections(articles: Path, tmp_path: Path) -> None:
    out, refused = articles / "out.jsonl", tmp_path / "refused.jsonl"
    done = run("read", articles, "-o", out, "--rejections", refused)
    assert (done.returncode, done.stdout) == (3, b"")
    assert rejections(done.stderr) == []
    assert len(out.read_bytes().splitlines()) == 41
    assert [r["code"] for r in rejections(refused.read_bytes())] == ["bad-json"]


def test_one_text_from_standard_input() -> None:
    done = run("read", "-", "--published", "2019-03-02", "--publisher", "النهر", input=ARABIC.encode())
    assert done.returncode == 0
    reading = json.loads(done.stdout)
    assert (reading["text"], reading["published"], reading["publisher"]) == (ARABIC, "2019-03-02", "النهر")


@pytest.mark.parametrize("form", ["table", "json", "csv", "html"])
def test_every_format(articles: Path, form: str) -> None:
    done = run("read", articles / "b.txt", "--format", form)
    assert done.returncode == 0
    assert done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "Usage"),
        (["read"], 2, "PATH"),
        (["read", "x", "--format", "xml"], 2, "xml"),
        (["read", "x", "--jobs", "0"], 2, "jobs"),
        (["read", "x", "--published", "yesterday"], 2, "RFC 3339"),
        (["read", "nowhere.txt"], 3, "unreadable-file"),
        (["read", "x", "-o", "/nowhere/out"], 1, "/nowhere/out"),
        (["nonsense"], 2, "nonsense"),
        (["evaluate", "nowhere"], 2, "no gold"),
    ],
)
def test_exit_statuses(arguments: list[str], status: int, message: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == status
    captured = capfd.readouterr()
    assert message in captured.err + captured.out


def test_bad_settings_are_misuse(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KHABAR_MAX_BYTES", "many")
    assert main(["read", "x"]) == 2
    assert "max_bytes" in capfd.readouterr().err


def test_a_closed_pipe_is_quiet(articles: Path) -> None:
    command = " ".join([*KHABAR, "read", str(articles), "| head -c 100 >/dev/null; exit ${PIPESTATUS[0]}"])
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr
    assert done.returncode in {0, 3}


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A test run in the background ignores interrupts, and so would all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_with_130(jobs: str) -> None:
    line = json.dumps({"id": "a", "text": ARABIC}, ensure_ascii=False).encode() + b"\n"
    with subprocess.Popen(
        [*KHABAR, "read", "-", "--jobs", jobs], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line * (1 if jobs == "1" else 200))
        process.stdin.flush()
        assert process.stdout.readline()
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(20) == 130


def test_version_and_doctor(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    version = capfd.readouterr().out
    assert version.startswith("khabar 0.1.0 (reader 0.1.0+")
    assert main(["doctor"]) == 0
    assert "nothing is missing" in capfd.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from khabar.cli import main; main(['--help']); print([m for m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = done.stderr.decode()
    for name in ("'trafilatura'", "'rich.console'", "'ahocorasick_rs'", "'khabar.pipeline'"):
        assert name not in loaded
