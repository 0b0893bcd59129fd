"""The workbench's own static files, and Leaflet's from its wheel: nothing comes from another server."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from khabar.errors import NotFound

__all__ = ["leaflet_file", "static_file"]

_OWN = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
    ".json": "application/json", ".png": "image/png",
}  # fmt: skip
_LEAFLET = ("leaflet-src.esm.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")


@lru_cache(maxsize=1)
def _own() -> dict[str, Path]:
    """Every file there is, by name: an address is looked up here, never made into a path."""
    return {path.name: path for path in _OWN.iterdir() if path.suffix in _TYPES}


@lru_cache(maxsize=1)
def _leaflet() -> dict[str, Path]:
    from xstatic.pkg import leaflet  # type: ignore[import-untyped]

    return {name: Path(leaflet.BASE_DIR) / name for name in _LEAFLET}


@get("/static/{name:str}", sync_to_thread=True, include_in_schema=False)
def static_file(name: FromPath[str]) -> Response[bytes]:
    """One of our files."""
    return _file(_own().get(name))


@get("/static/leaflet/{name:path}", sync_to_thread=True, include_in_schema=False)
def leaflet_file(name: FromPath[str]) -> Response[bytes]:
    """One of Leaflet's."""
    return _file(_leaflet().get(name.lstrip("/")))


def _file(path: Path | None) -> Response[bytes]:
    if path is None:
        raise NotFound("no such file", stage="static")
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers=headers)
