"""The workbench as an ASGI application: routes, errors in one shape, limits, and the gate around all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Response
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from khabar.version import __version__
from khabar.web.api import Reads
from khabar.web.entrance import Entrance
from khabar.web.faults import fault_of
from khabar.web.files import static_file
from khabar.web.filters import provide_asked, provide_paging
from khabar.web.gate import Gate
from khabar.web.judging import Judging
from khabar.web.lookup import Lookup
from khabar.web.pages import Pages
from khabar.web.place_pages import PlaceApi, PlacePages
from khabar.web.previews import Previews
from khabar.web.render import render
from khabar.web.review_pages import ReviewPages
from khabar.web.story_pages import StoryApi, StoryPages
from khabar.web.voice_pages import VoiceApi, VoicePages
from khabar.web.workbench import Ask, Workbench
from khabar.web.writes import Writes

__all__ = ["make_app"]


def make_app(bench: Workbench) -> Gate:
    """The application of a workbench."""

    @asynccontextmanager
    async def closing(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            bench.jobs.close()

    app = Litestar(
        route_handlers=[
            Reads, Judging, Writes, Entrance, Lookup, Pages, Previews, ReviewPages, StoryApi, StoryPages, PlaceApi,
            PlacePages, VoiceApi, VoicePages, static_file,
        ],
        dependencies={
            "bench": Provide(lambda: bench, sync_to_thread=False),
            "asked": Provide(provide_asked, sync_to_thread=False),
            "paging": Provide(provide_paging, sync_to_thread=False),
        },
        exception_handlers={Exception: _answer},
        request_max_body_size=None,
        openapi_config=OpenAPIConfig(
            title="Khabar", version=__version__, path="/api/v1/schema", render_plugins=[JsonRenderPlugin()],
            description="Who said what: documents, claims, events, actors, places, stories, judgements, jobs.",
        ),
        lifespan=[closing],
        logging_config=None,
    )  # fmt: skip
    return Gate(app, bench)


def _answer(request: Ask, error: Exception) -> Response[Any]:
    fault, status = fault_of(error)
    path = request.url.path
    if path.startswith(("/api/", "/static/")) or "text/html" not in request.headers.get("accept", ""):
        return Response(fault, status_code=status, media_type="application/json")
    return render(request, "error.html", status=status, number=status, fault=fault, asked=bool(request.url.query))
