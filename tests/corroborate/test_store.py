"""Corroboration through the store: any order of arrival, any split into runs, judgements, redaction, interruption."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from corroborate.worlds import Told, world
from databases import ENGINES, empty_database
from khabar.corroborate import keep, links
from khabar.corroborate.digest import Digester, build_digester
from khabar.corroborate.keep import Summary, corroborate_store
from khabar.corroborate.profiles import Happening, Voice
from khabar.errors import StoreConflict
from khabar.records import Arrival, Reading
from khabar.resources import Resources, Tables, load_resources
from khabar.store import Store, schema
from khabar.store.judging import judge
from khabar.store.redact import redact_documents, undo_ingest

DOSSIERS = ("akkar", "diyala", "fezzan")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store.open(address, create=True)
    yield opened
    opened.engine.dispose()


@pytest.fixture(params=ENGINES)
def other(request: pytest.FixtureRequest, tmp_path: Any, address: str) -> Iterator[Store]:
    """A second store of the same engine as the first."""
    if (request.param == "sqlite") == address.startswith("postgres"):
        pytest.skip("the other engine")
    folder = tmp_path / "other"
    folder.mkdir()
    with empty_database(request.param, folder) as made:
        opened = Store.open(made, create=True)
        yield opened
        opened.engine.dispose()


def named(*starts: str) -> list[Told]:
    return [one for one in world() if one.reading.document.external_id.startswith(starts)]


def add(store: Store, documents: Sequence[Told], name: str = "test") -> int:
    ingest = store.begin_ingest([name], "test")
    store.add(
        ingest,
        [Arrival(one.reading.document.id.encode(), f"{n}", "text", one.reading) for n, one in enumerate(documents)],
    )
    store.finish_ingest(ingest)
    return ingest


def kept(store: Store) -> dict[str, Any]:
    """All that corroboration keeps, by what does not depend on the order of arrival."""
    d, link, like = schema.document, schema.link, schema.likeness
    with store.engine.connect() as connection:
        ids = dict(connection.execute(select(d.c.pk, d.c.id)).all())
        tables: dict[str, Any] = {
            table.name: {row.id: zlib.decompress(row.data) for row in connection.execute(select(table))}
            for table in (schema.story, schema.copy_group)
        }
        tables["basis"] = dict(connection.execute(select(schema.story.c.id, schema.story.c.basis)).all())
        tables["links"] = {(ids[row.left_pk], ids[row.right_pk]): row[2:] for row in connection.execute(select(link))}
        tables["scores"] = {
            (ids[row.left_pk], ids[row.right_pk], row.happening): row.score for row in connection.execute(select(like))
        }
        for table in (schema.story_document, schema.copy_document):
            rows = connection.execute(select(table))
            tables[table.name] = sorted((row[0], ids[row.document_pk], *row[2:]) for row in rows)
        tables["profiles"] = {
            ids[row.document_pk]: (row.basis, zlib.decompress(row.data), row.shingles, row.telling)
            for row in connection.execute(select(schema.profile))
        }
    return tables


def events() -> dict[str, str]:
    """The name of each document's main event, by external id."""
    return {
        one.reading.document.external_id: f"{one.profile.document}/{one.profile.happenings[0].event}"
        for one in world() if one.profile.happenings
    }  # fmt: skip


def stories(store: Store) -> list[set[str]]:
    with store.engine.connect() as connection:
        rows = [msgspec.json.decode(zlib.decompress(data)) for data in connection.scalars(select(schema.story.c.data))]
    return [{report["external_id"] for report in row["reports"]} for row in rows]


@pytest.mark.parametrize("seed", [1, 2])
def test_dossiers_in_any_order_and_any_split(store: Store, other: Store, resources: Resources, seed: int) -> None:
    documents = named(*DOSSIERS)
    add(other, documents)
    corroborate_store(other, resources)
    order = random.Random(seed)
    order.shuffle(documents)
    cuts = sorted(order.sample(range(len(documents)), 3))
    for start, end in zip([0, *cuts], [*cuts, len(documents)], strict=True):
        add(store, documents[start:end], f"part {start}")
        corroborate_store(store, resources)
    assert kept(store) == kept(other)
    assert corroborate_store(store, resources).changed == 0


def test_judgements_are_kept_and_win(store: Store, other: Store, resources: Resources) -> None:
    """Merged and split before all is there, in the middle, and all at once: the same; and withdrawn, as if unsaid."""
    name = events()
    merged = (name["akkar-01"], name["diyala-01"])
    split = (name["diyala-03"], name["diyala-01"])
    add(store, named("akkar", "diyala-01", "diyala-02"))
    corroborate_store(store, resources)
    before = stories(store)
    assert any({"diyala-01", "diyala-02"} <= one for one in before)
    made = [judge(store, who="Salma", verb="merge", kind="story", subject=merged[0], value=merged[1])]
    corroborate_store(store, resources)
    assert any({"akkar-01", "diyala-01", "diyala-02"} <= one for one in stories(store))
    add(store, named("diyala"), "the rest")
    made.append(judge(store, who="Salma", verb="split", kind="story", subject=split[0], value=split[1]))
    corroborate_store(store, resources)
    assert not any({"diyala-01", "diyala-03"} <= one for one in stories(store))
    assert any({"akkar-01", "diyala-01"} <= one for one in stories(store))

    add(other, named("diyala", "akkar"))
    for verb, (left, right) in (("merge", merged), ("split", split)):
        judge(other, who="Salma", verb=verb, kind="story", subject=left, value=right)  # type: ignore[arg-type]
    corroborate_store(other, resources)
    assert kept(store) == kept(other)

    for one in made:
        judge(store, who="Salma", verb="withdraw", kind="judgement", subject=one.id)
    corroborate_store(store, resources)
    assert any({"diyala-01", "diyala-03"} <= one for one in stories(store))
    assert not any({"akkar-01", "diyala-01"} <= one for one in stories(store))


def test_an_item_of_a_bulletin_can_be_taken_out_of_a_story(store: Store, resources: Resources) -> None:
    add(store, named("0-", "bulletin"))
    corroborate_store(store, resources)
    (home,) = [one for one in stories(store) if "0-report" in one]
    assert "bulletin-again" in home
    (again,) = named("bulletin-again")
    items = [happening.event for happening in again.profile.happenings]
    for item in items:
        for name in home - {"bulletin-again", "bulletin"}:
            subject, value = f"{again.profile.document}/{item}", events()[name]
            judge(store, who="Salma", verb="split", kind="story", subject=subject, value=value)
    corroborate_store(store, resources)
    assert not any({"0-report", "bulletin-again"} <= one for one in stories(store))


def test_redacted_and_undone_documents_leave_no_trace(
    store: Store, other: Store, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that were too common to link by are not, once documents are gone."""
    monkeypatch.setattr(links, "_COMMON", 4)
    monkeypatch.setattr(links, "_NEIGHBOURS", 1)
    add(store, named(*DOSSIERS))
    mistaken = add(store, named("0-", "chain"), "mistaken")
    corroborate_store(store, resources)
    gone = {"diyala-02", "fezzan-01", "akkar-05"}
    redact_documents(
        store, [one.profile.document for one in named(*gone)], who="Salma", why="at risk"
    )  # fmt: skip
    assert not any(gone & one for one in stories(store))
    undo_ingest(store, mistaken, who="Salma", why="wrong folder")
    corroborate_store(store, resources)
    add(other, [one for one in named(*DOSSIERS) if one.reading.document.external_id not in gone])
    corroborate_store(other, resources)
    assert kept(store) == kept(other)


def test_an_interrupted_run_loses_nothing(
    store: Store, other: Store, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, named("diyala", "akkar"))

    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keep, "_BATCH", 5)
        patch.setattr(keep, "_write", stopped)
        with pytest.raises(KeyboardInterrupt):
            corroborate_store(store, resources)
    done = corroborate_store(store, resources)
    assert done.profiled == 0
    add(other, named("diyala", "akkar"))
    corroborate_store(other, resources)
    assert kept(store) == kept(other)


def test_a_document_redacted_meanwhile_is_in_no_story(
    store: Store, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = named("diyala")
    add(store, documents)
    find = keep.corroborate

    def meanwhile(*given: Any, **options: Any) -> Any:
        found = find(*given, **options)
        redact_documents(store, [documents[0].profile.document], who="Salma", why="at risk")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(keep, "corroborate", meanwhile)
        with pytest.raises(StoreConflict):
            corroborate_store(store, resources)
    assert stories(store) == []
    corroborate_store(store, resources)
    assert stories(store)
    assert not any("diyala-01" in one for one in stories(store))


def test_a_new_document_touches_only_its_candidates(
    store: Store, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted: readings opened, pairs compared, texts and stories made anew."""
    new = named("diyala-05")
    rest = [one for one in named(*DOSSIERS, "0-", "1-") if one not in new]
    add(store, rest)
    first = corroborate_store(store, resources)
    before = kept(store)
    add(store, new, "one more")
    opened: list[str] = []
    read, text = keep.current_reading, keep._Kept.text
    monkeypatch.setattr(keep, "current_reading", lambda connection, key: opened.append(key) or read(connection, key))
    monkeypatch.setattr(keep._Kept, "text", lambda self, key: opened.append(key) or text(self, key))
    done = corroborate_store(store, resources)
    after = kept(store)
    (key,) = (one.profile.document for one in new)
    touched = {story for story, document, _ in after["story_document"] if document == key}
    assert done.profiled == 1
    assert key in opened
    # Of others the text is opened where it is a copy of the new one, or the new one of it.
    copying = {copy for copy, document in after["copy_document"] if document == key}
    assert set(opened) <= {document for copy, document in after["copy_document"] if copy in copying} | {key}
    compared = after["scores"].keys() - before["scores"].keys()
    assert 0 < done.compared == len(compared) < first.compared / 5
    # Besides the new document: stories that hold a candidate of it, asked whether they are one.
    near = {document for pair in after["scores"] if key in pair for document in pair[:2]}
    homes = {story for story, document, _ in after["story_document"] if document in near}
    members = {document for story, document, _ in after["story_document"] if story in homes}
    assert all(key in pair or members.issuperset(pair[:2]) for pair in compared)
    changed = {story for story in after["story"] if after["story"][story] != before["story"].get(story)}
    assert changed == touched
    assert done.changed == len(touched)


def test_nothing_new_costs_nothing(store: Store, resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, named("diyala"))
    corroborate_store(store, resources)
    monkeypatch.setattr(keep, "_insert", lambda *given: [pytest.fail("a row was written") for _ in given[2]])
    monkeypatch.setattr(keep, "current_reading", lambda *_: pytest.fail("a reading was opened"))
    monkeypatch.setattr(keep._Kept, "text", lambda *_: pytest.fail("a text was opened"))
    done = corroborate_store(store, resources)
    assert (done.profiled, done.compared, done.changed) == (0, 0, 0)


def test_profiles_are_made_again_when_a_table_changes_that_they_are_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    resources = load_resources()
    read = type(resources.tables).rows
    folders: set[str] = set()

    def noted(self: Tables, name: str, row: type[Any]) -> Iterator[Any]:
        folders.add(f"data/{name.partition('/')[0]}")
        return read(self, name, row)

    monkeypatch.setattr(type(resources.tables), "rows", noted)
    for build in (build_digester, links.build_link_model):
        resources.compiled(build)
    assert "data/values" in folders
    assert folders <= set(keep._MADE_BY)


def test_profiles_are_made_again_when_any_module_of_corroboration_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        seen.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    keep.fingerprint(load_resources())
    assert set(Path(keep.__file__).parent.rglob("*.py")) <= set(seen)


def test_what_cannot_be_compared_is_named_and_all_else_is(
    store: Store, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, named("diyala"))
    digester = type(resources.compiled(build_digester))
    whole = digester._happenings

    def failing(self: Digester, reading: Reading, people: dict[Voice, None]) -> Iterator[Happening]:
        if reading.document.external_id == "diyala-02":
            raise ValueError("as a fault of ours would")
        yield from whole(self, reading, people)

    monkeypatch.setattr(digester, "_happenings", failing)
    done = corroborate_store(store, resources)
    assert [(one.document, one.stage, one.code) for one in done.rejections] == [
        ("diyala-02", "corroborate", "reader-failed")
    ]
    assert done.documents == 14
    assert done.stories > 1
    assert done.copies


def test_empty(store: Store, resources: Resources) -> None:
    assert corroborate_store(store, resources) == Summary(0, 0, 0, 0, 0, 0, 0)


def test_everything_is_made_again_by_another_version(store: Store, resources: Resources) -> None:
    add(store, named("diyala"))
    corroborate_store(store, resources)
    before = kept(store)
    with store.engine.begin() as connection:
        connection.execute(update(schema.profile).values(basis="of an earlier version"))
    assert corroborate_store(store, resources).profiled == 14
    assert kept(store) == before
