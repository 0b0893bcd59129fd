"""Many documents: one after the other, or by several processes with the same results in the same order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from khabar.config import Settings
from khabar.errors import KhabarError, ReaderError
from khabar.pipeline import read_document
from khabar.records import Document, Reading, Rejection
from khabar.resources import Resources, load_resources

__all__ = ["Read", "read_all", "read_one"]

Result = Reading | Rejection
Read = Callable[[Document, Resources], Result]

# A batch is large enough to hide the cost of sending it, small enough that the last ones end together.
_BATCH_DOCUMENTS = 16
_BATCH_CHARACTERS = 100_000
_BATCHES_AHEAD = 3  # for each process: none waits, and memory holds no more than these


def read_one(document: Document, resources: Resources) -> Result:
    """The reading of a document, or the rejection that says why there is none."""
    try:
        return read_document(document, resources)
    except KhabarError as error:
        return error.rejection(document=document.external_id, stage="read")


def read_all(
    items: Iterable[Document | Rejection], settings: Settings, *, jobs: int = 1, read: Read = read_one
) -> Generator[Result, None, None]:
    """Readings and rejections in the order of `items`, whatever `jobs` is; rejections pass through.

    With more than one job, a document at which a process dies is rejected as `reader-failed`, and the rest goes on.
    """
    if jobs == 1:
        resources = load_resources(settings)
        for item in items:
            yield item if isinstance(item, Rejection) else read(item, resources)
        return
    with _Pool(settings, jobs, read) as pool:
        yield from pool.read(items)


class _Batch:
    """Documents that go to a process together, with the rejections that stand among them."""

    def __init__(self) -> None:
        self.items: list[Document | Rejection] = []
        self.documents: list[Document] = []
        self.characters = 0
        self.future: Future[list[Result]] | None = None

    def add(self, item: Document | Rejection) -> None:
        self.items.append(item)
        if isinstance(item, Document):
            self.documents.append(item)
            self.characters += len(item.text)

    @property
    def full(self) -> bool:
        return len(self.items) >= _BATCH_DOCUMENTS or self.characters >= _BATCH_CHARACTERS

    def merged(self, results: list[Result]) -> Iterator[Result]:
        following = iter(results)
        for item in self.items:
            yield item if isinstance(item, Rejection) else next(following)


class _Pool:
    def __init__(self, settings: Settings, jobs: int, read: Read) -> None:
        self._settings, self._jobs, self._read = settings, jobs, read
        self._executor = self._start()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def read(self, items: Iterable[Document | Rejection]) -> Iterator[Result]:
        waiting: deque[_Batch] = deque()
        for batch in _batches(items):
            self._submit(batch)
            waiting.append(batch)
            if len(waiting) >= _BATCHES_AHEAD * self._jobs:
                yield from self._finish(waiting)
        while waiting:
            yield from self._finish(waiting)

    def _finish(self, waiting: deque[_Batch]) -> Iterator[Result]:
        batch = waiting.popleft()
        assert batch.future is not None
        try:
            results = batch.future.result()
        except BrokenProcessPool:
            # Which document did it is not known: this batch is read one by one, the others start again.
            results = [self._read_alone(document) for document in batch.documents]
            for other in waiting:
                self._submit(other)
        yield from batch.merged(results)

    def _read_alone(self, document: Document) -> Result:
        try:
            return self._executor.submit(_work, [document], self._read).result()[0]
        except BrokenProcessPool:
            pass
        self._restart()
        try:
            return self._executor.submit(_work, [document], self._read).result()[0]
        except BrokenProcessPool:
            self._restart()
        error = ReaderError("the process that read it died", document=document.external_id, stage="read")
        return error.rejection()

    def _submit(self, batch: _Batch) -> None:
        try:
            batch.future = self._executor.submit(_work, batch.documents, self._read)
        except BrokenProcessPool:
            batch.future = Future()
            batch.future.set_exception(BrokenProcessPool())

    def _start(self) -> ProcessPoolExecutor:
        # A fresh interpreter: a forked one would share the threads' locks of the progress bar.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_prepare, initargs=(self._settings,))

    def _restart(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._start()


def _batches(items: Iterable[Document | Rejection]) -> Iterator[_Batch]:
    batch = _Batch()
    for item in items:
        batch.add(item)
        if batch.full:
            yield batch
            batch = _Batch()
    if batch.items:
        yield batch


# One per process, set when it starts.
_resources: Resources | None = None


def _prepare(settings: Settings) -> None:
    global _resources  # noqa: PLW0603 -- what a process keeps between batches has no other home
    # The interrupt reaches the whole group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _resources = load_resources(settings)


def _work(documents: list[Document], read: Read) -> list[Result]:
    assert _resources is not None
    return [read(document, _resources) for document in documents]
