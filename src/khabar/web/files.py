"""The workbench's own static files, and Leaflet's from its wheel: nothing comes from another server.

Their address holds the version of them all, so that modules that import each other are of one version, and loaded once.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from khabar.errors import NotFound

__all__ = ["static_file", "static_version"]

_OWN = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
    ".json": "application/json", ".png": "image/png",
}  # fmt: skip
_LEAFLET = ("leaflet-src.esm.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """Every file there is, by name: an address is looked up here, never made into a path."""
    from xstatic.pkg import leaflet  # type: ignore[import-untyped]

    own = {path.name: path for path in sorted(_OWN.iterdir()) if path.suffix in _TYPES}
    return own | {f"leaflet/{name}": Path(leaflet.BASE_DIR) / name for name in _LEAFLET}


@lru_cache(maxsize=1)
def static_version() -> str:
    """Changes when a static file does, so that a browser never mixes old and new."""
    digest = hashlib.sha256()
    for name, path in _files().items():
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@get("/static/{version:str}/{name:path}", sync_to_thread=True, include_in_schema=False)
def static_file(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """One of our files, or of Leaflet's; one that is asked for under another version is not kept."""
    path = _files().get(name.lstrip("/"))
    if path is None:
        raise NotFound("no such file", stage="static")
    kept = "public, max-age=31536000, immutable" if version == static_version() else "no-cache"
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers={"Cache-Control": kept})
