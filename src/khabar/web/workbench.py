"""What every handler works with: the store, the settings, the jobs, and who is let in without an account."""

from __future__ import annotations

import getpass
import secrets
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from khabar.config import Settings
from khabar.resources import Resources, load_resources
from khabar.store import Store
from khabar.web.jobs import Jobs
from khabar.web.progress import Tally
from khabar.web.throttle import Throttle

__all__ = ["Ask", "Bench", "Workbench", "workbench"]


class Workbench(msgspec.Struct, frozen=True):
    """One running workbench. `local_name` judges where there are no accounts, and the server is on loopback.

    `hosts` are the names under which a browser may ask for it; empty: any. `body_seconds` is how long a request's body
    may keep us waiting.
    """

    store: Store
    settings: Settings
    jobs: Jobs
    throttle: Throttle
    secret: str
    resources: Resources
    tally: Tally
    local_name: str | None
    hosts: frozenset[str] = frozenset()
    body_seconds: float = 30.0


Ask = Request[Any, Any, Any]
Bench = NamedDependency[Workbench]
"""A handler's parameter that is the workbench."""


def workbench(
    store: Store,
    settings: Settings,
    *,
    loopback: bool = True,
    processes: int = 2,
    folder: Path | None = None,
    body_seconds: float = 30.0,
) -> Workbench:
    """A workbench over a store. `processes` read documents; with 1 they are read in this process."""
    folder = folder or Path(tempfile.mkdtemp(prefix="khabar-uploads-"))
    return Workbench(
        store=store, settings=settings, jobs=Jobs(store, settings, folder=folder, processes=processes),
        throttle=Throttle(), secret=secrets.token_urlsafe(32), resources=load_resources(settings),
        tally=Tally(),
        local_name=_user() if loopback else None,
        # A page of another site that names itself 127.0.0.1 in the DNS would otherwise be let in.
        hosts=frozenset({"localhost", "127.0.0.1", "[::1]"}) if loopback else frozenset(), body_seconds=body_seconds,
    )  # fmt: skip


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"
