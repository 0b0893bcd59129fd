"""The pages say what the program does: codes, commands, examples."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from factories import TEXT
from khabar import errors
from khabar.cli import main
from khabar.cli.demo import SAMPLE
from khabar.store import Store
from khabar.store.stories import StoryFilter, stories_json

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in _BLOCK.findall(page.read_text("utf-8")) if name == language]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_codes_in_the_code_are_the_codes_in_the_page() -> None:
    bases = {errors.KhabarError, errors.InputError}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.KhabarError)]
    in_code = {kind.code for kind in kinds if kind not in bases}
    in_page = set(re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs" / "errors.md").read_text("utf-8"), re.MULTILINE))
    assert in_page == in_code
    tree = errors.__doc__ or ""
    assert all(kind.__name__ in tree for kind in kinds)


def test_the_page_of_commands_is_what_the_program_says() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == script("make_docs").page(), "run: make docs"


def test_help_works_for_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    for name in re.findall(r"^## `khabar ?(.*)`$", (ROOT / "docs" / "cli.md").read_text("utf-8"), re.MULTILINE):
        assert main([*name.split(), "--help"]) == 0
        assert "Usage" in capfd.readouterr().out


def commands() -> list[str]:
    """Every `khabar …` line of a shell block, with what stands around it in the line."""
    lines = [line for page in PAGES for block in blocks(page, "sh") for line in block.splitlines()]
    return [line.split("  #")[0].strip() for line in lines if re.search(r"(^|\| )khabar ", line)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str, str]:
    """A folder with a store of the sample and a backup of it, and the ids of two of its documents and of a story."""
    folder = tmp_path_factory.mktemp("store")
    database = folder / "khabar.db"
    assert main(["ingest", str(SAMPLE), "--db", str(database)]) == 0
    assert main(["backup", str(folder / "store.gz"), "--db", str(database)]) == 0
    assert main(["corroborate", "--db", str(database)]) == 0
    store = Store.open(str(database))
    readings = store.readings_not_by("none")
    with store.engine.connect() as connection:
        story = next(stories_json(connection, StoryFilter()))
    return folder, next(readings).document.id, next(readings).document.id, json.loads(story)["id"]


@pytest.mark.parametrize("command", commands())
def test_commands_of_the_pages_run(command: str, tmp_path: Path, filled: tuple[Path, str, str, str]) -> None:
    for file in filled[0].iterdir():
        if command.split()[1] != "ingest":
            shutil.copy(file, tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    (tmp_path / "news" / "a.txt").write_text(TEXT, "utf-8")
    shutil.copy(SAMPLE, tmp_path / "articles.jsonl")
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    (tmp_path / "page.html").write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    khabar = f"{shlex.quote(sys.executable)} -m khabar.cli "
    line = re.sub(r"(^|\| )khabar ", lambda match: match[1] + khabar, command)
    environment = {**os.environ, "DOCUMENT": filled[1], "OTHER": filled[2], "STORY": filled[3]}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=tmp_path, capture_output=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_of_the_pages_runs(page: Path) -> None:
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), {})


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_opens_with_the_two_commands() -> None:
    first = blocks(ROOT / "README.md", "sh")[0]
    assert [line.split("  ")[0] for line in first.splitlines()] == ["make demo", "make test"]
    targets = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "check"):
        assert re.search(rf"^{target}:", targets, re.MULTILINE)
