"""A real server on the sample's database, and a real browser that may go nowhere else."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from databases import empty_database
from khabar.cli.demo import SAMPLE
from sample_stories import keep_stories

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def kept_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a database with the sample of invented articles, to be restored into either engine."""
    from khabar.cli import main

    folder = tmp_path_factory.mktemp("sample")
    assert main(["ingest", str(SAMPLE), "--db", str(folder / "sample.db")]) == 0
    assert main(["backup", str(folder / "sample.gz"), "--db", str(folder / "sample.db")]) == 0
    return folder / "sample.gz"


@pytest.fixture
def serve(kept_sample: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a server on a copy of the sample; returns its address."""
    import uvicorn

    from khabar.config import Settings
    from khabar.store import Store
    from khabar.store.archive import restore
    from khabar.web.app import make_app
    from khabar.web.workbench import workbench

    servers: list[tuple[Any, threading.Thread, Any]] = []
    opened = ExitStack()

    def start(
        prepare: Callable[[Store], None] = lambda store: None, *, stories: bool = False, engine: str = "sqlite",
        tiles: str = "", attribution: str = "",
    ) -> str:  # fmt: skip
        folder = tmp_path / f"served{len(servers)}"
        folder.mkdir()
        store = Store.open(opened.enter_context(empty_database(engine, folder)), create=True)
        restore(store, kept_sample)
        prepare(store)
        if stories:
            keep_stories(store)
        settings = Settings(tile_url=tiles, tile_attribution=attribution)
        app = make_app(workbench(store, settings, processes=1, folder=tmp_path / "uploads"))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", http="h11", ws="none"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        servers.append((server, thread, store))
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    with opened:
        yield start
        for server, thread, store in servers:
            server.should_exit = True
            thread.join(10)
            store.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages of a visitor of their own; at the end nothing may have gone wrong or gone elsewhere."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(home: str, **options: Any) -> Any:
        context = chromium.new_context(**({"viewport": {"width": 1300, "height": 850}, "locale": "en-US"} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        # A refusal (409, 412) is an answer that a test asks for; the browser's own words on it are no fault of ours.
        expected = ("status of 409", "status of 412", "status of 404", "status of 400")
        page.on(
            "console",
            lambda m: (
                wrong.append(m.text)
                if m.type in {"error", "warning"} and not any(e in m.text for e in expected)
                else None
            ),
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith((home, "data:")) else wrong.append(request.url)
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
