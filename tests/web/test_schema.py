"""What the API answers is what its description says, for requests that Schemathesis makes up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar.testing import TestClient
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from factories import reading
from khabar.config import Settings
from khabar.records import Arrival
from khabar.store import Store
from khabar.web.app import make_app
from khabar.web.workbench import workbench
from workbenches import HOME

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    folder: Path = tmp_path_factory.mktemp("schema")
    store = Store.open(str(folder / "khabar.db"), create=True)
    store.add(
        store.begin_ingest(["t"], "t"), [Arrival(b"x", "x", "text", reading(external_id=f"a{n}")) for n in range(3)]
    )
    bench = workbench(store, Settings(), processes=1, folder=folder / "uploads")
    with TestClient(make_app(bench), base_url=HOME, raise_server_exceptions=False) as opened:
        opened.headers["X-CSRF-Token"] = opened.get("/api/v1/session").json()["csrf"]
        yield opened
    store.engine.dispose()


def test_the_description_holds(browser: TestClient[Any]) -> None:
    api = schemathesis.openapi.from_dict(browser.get("/api/v1/schema/openapi.json").json())
    tried = 0
    for found in api.get_all_operations():
        operation = found.ok()
        tried += 1

        @settings(max_examples=12, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            answer = send(browser, case)
            if answer is not None:
                # One of three content types, by a parameter: more than the description says of one status.
                checks = CHECKS[:2] if case.operation.path.endswith("/export") else CHECKS
                case.validate_response(schemathesis.Response.from_any(answer), checks=checks)

        holds()
    assert tried > 20


def send(browser: TestClient[Any], case: Any) -> Any:
    """The answer to a made-up request; None where its headers are none that HTTP allows."""
    sent = case.as_transport_kwargs(base_url=HOME)
    headers = {str(name): str(value) for name, value in sent.get("headers", {}).items()} | {"Host": "127.0.0.1"}
    options = {name: sent[name] for name in ("params", "json", "data", "files") if sent.get(name) is not None}
    if "files" in options:
        options["files"] = [
            (name, ("a.txt", str(value).encode("utf-8", "replace"))) for name, value in options["files"]
        ]
    if isinstance(options.get("data"), bytes):
        options["content"] = options.pop("data")
    try:
        return browser.request(sent["method"], sent["url"], headers=headers, **options)
    except UnicodeEncodeError:
        return None
