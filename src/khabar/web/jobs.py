"""Ingests that were asked for in the browser: one after the other, in the background, watched by polling.

A job's documents are on disk batch by batch, as with `khabar ingest`; what is known of the job itself is in memory.
"""

from __future__ import annotations

import re
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec

from khabar.config import Settings
from khabar.errors import InputError, KhabarError, NotFound, TooMany
from khabar.ingest import read_arrivals
from khabar.intake import add_up, batches, end_ingest, ingested
from khabar.records import Arrival, Document, Reading, Rejection, document_from
from khabar.resources import load_resources
from khabar.store import Store, ledger
from khabar.store.database import Counts
from khabar.store.engine import write
from khabar.store.evidence import rows_hash
from khabar.web.fetching import Fetched, fetch_page

__all__ = ["Job", "JobState", "Jobs"]

JobState = Literal["waiting", "running", "done", "failed"]
_BATCH = 10  # small, so that progress shows
_MOST_WAITING = 20
_KEPT = 200  # jobs that are remembered
_SHOWN = 200  # documents and rejections of one job that are told
_UNSAFE = re.compile(r"[^\w.\- ]+")


class Job(msgspec.Struct, frozen=True):
    """An ingest: what was named, how far it is, and what came of it. `documents` are ids, `rejections` with reasons."""

    id: str
    who: str
    sources: tuple[str, ...]
    state: JobState
    asked_at: str
    ingest: int | None = None
    counts: Counts = msgspec.field(default_factory=Counts)
    documents: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    detail: str = ""


class Jobs:
    """The jobs of one workbench."""

    def __init__(self, store: Store, settings: Settings, *, folder: Path, processes: int) -> None:
        self._store, self._settings, self._folder, self._processes = store, settings, folder, processes
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="khabar-jobs")

    def all(self) -> list[Job]:
        """The newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def get(self, key: str) -> Job:
        """One job. Raises NotFound."""
        with self._lock:
            job = self._jobs.get(key)
        if job is None:
            raise NotFound(f"no job {key[:40]}", stage="jobs")
        return job

    def add_files(self, files: list[tuple[str, bytes]], *, who: str) -> Job:
        """Ingest uploaded files, each with the name that its sender gave it. Raises TooMany."""
        job = self._add(tuple(_safe_name(name) for name, _ in files), who)
        folder = self._folder / job.id
        paths = []
        for number, (name, data) in enumerate(files):
            # The sender's name is a label: each file lies in a folder of our own naming.
            path = folder / str(number) / _safe_name(name)
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
            paths.append(str(path))
        self._pool.submit(self._run, job, lambda: read_arrivals(paths, settings=self._settings))
        return job

    def add_addresses(self, addresses: list[str], *, who: str) -> Job:
        """Fetch pages and ingest them. Raises TooMany."""
        job = self._add(tuple(address[:2000] for address in addresses), who)
        self._pool.submit(self._run, job, lambda: self._fetched(job))
        return job

    def close(self) -> None:
        """Take no more jobs; what runs comes to its end, what waits does not start."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _add(self, sources: tuple[str, ...], who: str) -> Job:
        job = Job(secrets.token_hex(8), who, sources, "waiting", self._store.now())
        with self._lock:
            if sum(one.state in {"waiting", "running"} for one in self._jobs.values()) >= _MOST_WAITING:
                raise TooMany("too many jobs wait: try again later", stage="jobs")
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        return job

    def _set(self, key: str, **changes: object) -> Job:
        with self._lock:
            job = msgspec.structs.replace(self._jobs[key], **changes)
            self._jobs[key] = job
        return job

    def _run(self, job: Job, arrivals: Callable[[], Iterator[Arrival]]) -> None:
        try:
            self._take_in(self._set(job.id, state="running"), arrivals())
        except KhabarError as error:
            self._set(job.id, state="failed", detail=f"{error.code}: {error.detail}")
        except Exception as error:
            # A thread of the pool has nobody to tell: the job itself says that it failed.
            self._set(job.id, state="failed", detail=f"error: {type(error).__name__}: {error}")
        else:
            self._set(job.id, state="done")
        finally:
            shutil.rmtree(self._folder / job.id, ignore_errors=True)

    def _take_in(self, job: Job, arrivals: Iterator[Arrival]) -> None:
        store, settings = self._store, self._settings
        reader = load_resources(settings).fingerprint
        ingest = store.begin_ingest([f"workbench job {job.id}", *job.sources], reader)
        self._tell(job, ingest)
        job = self._set(job.id, ingest=ingest)
        total = Counts()
        for batch in batches(ingested(store, arrivals, settings, reader, jobs=self._processes), _BATCH):
            add_up(total, store.add(ingest, batch))
            rejections = tuple(one.result for one in batch if isinstance(one.result, Rejection))
            documents = tuple(key for one in batch if (key := _document_id(one)))
            job = self._set(
                job.id, counts=msgspec.structs.replace(total),
                rejections=(*job.rejections, *rejections)[:_SHOWN], documents=(*job.documents, *documents)[:_SHOWN],
            )  # fmt: skip
        end_ingest(store, ingest, settings)

    def _tell(self, job: Job, ingest: int) -> None:
        with write(self._store.engine) as connection:
            detail = {"who": job.who, "number": ingest}
            ledger.append(connection, self._store.now(), [("ingest-asked", job.id, rows_hash([]), detail)])

    def _fetched(self, job: Job) -> Iterator[Arrival]:
        for number, address in enumerate(job.sources):
            try:
                page = fetch_page(address, allow=frozenset(self._settings.fetch_allow.split()))
            except InputError as error:
                yield Arrival(None, address, "none", error.rejection(document=address, stage="fetch"))
                continue
            path = self._folder / job.id / str(number) / ("page.html" if page.is_html else "page.txt")
            path.parent.mkdir(parents=True)
            path.write_bytes(page.body)
            for arrival in read_arrivals([str(path)], settings=self._settings):
                yield self._addressed(arrival, page)

    def _addressed(self, arrival: Arrival, page: Fetched) -> Arrival:
        """The arrival as it was fetched: its address is where it lay, and its document's where the page names none."""
        result = arrival.result
        if isinstance(result, Document):
            given = {name: getattr(result, name) for name in ("language", "publisher", "title", "published", "extra")}
            result = document_from(result.text, external_id=page.url, url=result.url or page.url, **given)
        elif isinstance(result, Rejection):
            result = msgspec.structs.replace(result, document=page.url)
        return msgspec.structs.replace(arrival, location=page.url, captured_at=self._store.now(), result=result)


def _document_id(arrival: Arrival) -> str | None:
    if isinstance(arrival.result, Reading):
        return arrival.result.document.id
    return arrival.result.id if isinstance(arrival.result, Document) else None


def _safe_name(name: str) -> str:
    """The last part of a sender's file name, of letters, digits and a few marks; its suffix says how it is read."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    safe = _UNSAFE.sub("_", last).strip(". ")
    stem, dot, suffix = safe.rpartition(".")
    return f"{stem[:80]}{dot}{suffix[:10]}" if stem else (safe[:80] or "file")
