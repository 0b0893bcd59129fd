"""A workbench over a small store, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from factories import reading
from khabar.cli.demo import SAMPLE
from khabar.config import Settings
from khabar.corroborate.keep import corroborate_store
from khabar.ingest import read_inputs
from khabar.intake import end_ingest
from khabar.records import Arrival, Reading
from khabar.resources import Resources
from khabar.store import Store
from khabar.web.accounts import ROLES, add_account
from khabar.web.app import make_app
from khabar.web.workbench import Workbench, workbench
from khabar.workers import read_all
from workbenches import HOME, PASSWORD, login


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A store with three documents, of which one has a claim."""
    opened = Store.open(address, create=True)
    made = [reading(external_id=f"a{number}", url=f"http://example.com/{number}") for number in range(3)]
    arrivals = [Arrival(b"raw %d" % number, f"a{number}", "text", one) for number, one in enumerate(made)]
    opened.add(opened.begin_ingest(["test"], "test"), arrivals)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def sample() -> list[Reading]:
    """The sample, read."""
    settings = Settings()
    return [
        one for one in read_all(read_inputs([str(SAMPLE)], settings=settings), settings) if isinstance(one, Reading)
    ]


@pytest.fixture
def bench(store: Store, tmp_path: Path) -> Workbench:
    """A workbench that reads in its own process."""
    return workbench(store, Settings(), processes=1, folder=tmp_path / "uploads")


@pytest.fixture
def client(bench: Workbench) -> Iterator[TestClient[Any]]:
    """A browser without an account, on the same machine: a reviewer."""
    with TestClient(make_app(bench), base_url=HOME) as opened:
        opened.headers["X-CSRF-Token"] = opened.get("/api/v1/session").json()["csrf"]
        yield opened


@pytest.fixture
def sign_in(bench: Workbench) -> Iterator[Callable[[str], TestClient[Any]]]:
    """Makes a browser that is signed in as an account of a role."""
    for role in ROLES:
        add_account(bench.store, f"a {role}", PASSWORD, role, who="test")
    opened = ExitStack()

    def signed(role: str) -> TestClient[Any]:
        browser = opened.enter_context(TestClient(make_app(bench), base_url=HOME, raise_server_exceptions=False))
        login(browser, f"a {role}", PASSWORD)
        browser.headers["X-CSRF-Token"] = browser.get("/api/v1/session").json()["csrf"]
        return browser

    with opened:
        yield signed


@pytest.fixture
def told(client: TestClient[Any], store: Store, sample: list[Reading], resources: Resources) -> TestClient[Any]:
    """A browser of a store with the sample, corroborated."""
    arrivals = [Arrival(b"%d" % n, f"s{n}", "text", one) for n, one in enumerate(sample)]
    ingest = store.begin_ingest(["sample"], "test")
    store.add(ingest, arrivals)
    end_ingest(store, ingest, Settings())
    corroborate_store(store, resources)
    return client
