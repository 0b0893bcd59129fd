from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from factories import TEXT
from khabar.cli.app import app
from khabar.store import Store, schema
from khabar.store.redact import redact_documents


def run(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    lines = [{"id": f"d{n}", "text": f"{TEXT} {n}", "url": f"http://a/{n}"} for n in range(120)]
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join([*map(msgspec.json.encode, lines), b"{broken", b'{"id": "e", "text": " "}']))
    return path


def test_ingest_again_and_verify(inputs: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    status, out, err = run("ingest", inputs, "--db", db)
    assert status == 3
    assert out == ""
    assert '"bad-json"' in err
    assert '"empty-text"' in err
    assert "120 new" in err
    assert "2 rejected" in err
    status, _, err = run("ingest", inputs, "--db", db)
    assert "120 seen again, 0 read anew" in err
    status, out, _ = run("verify", "--db", db)
    assert (status, out[:11]) == (0, "ok: 0 fault")
    status, out, _ = run("ledger", "head", "--db", db)
    assert out.startswith("sha256:")
    assert run("db", "check", "--db", db)[0] == 0


def test_the_original_line_is_kept_to_the_byte(inputs: Path, tmp_path: Path) -> None:
    from khabar.store.packing import unpack

    db = tmp_path / "k.db"
    run("ingest", inputs, "--db", db)
    store = Store.open(str(db))
    with store.engine.connect() as connection:
        rows = connection.execute(select(schema.blob.c.data, schema.blob.c.sha256)).all()
    kept = {unpack(row.data, row.sha256) for row in rows}
    assert kept == set(inputs.read_bytes().split(b"\n"))


def test_what_was_redacted_does_not_come_back(inputs: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    run("ingest", inputs, "--db", db)
    store = Store.open(str(db))
    with store.engine.connect() as connection:
        document = connection.scalar(select(schema.document.c.id).where(schema.document.c.external_id == "d7"))
    redact_documents(store, [document], who="a", why="b")
    status, _, err = run("ingest", inputs, "--db", db)
    assert status == 3
    assert '"redacted"' in err
    with store.engine.connect() as connection:
        empty = select(func.count()).select_from(schema.blob).where(schema.blob.c.data.is_(None))
        assert connection.scalar(empty) == 1
    assert run("verify", "--db", db)[0] == 0


def test_a_database_that_is_none(tmp_path: Path) -> None:
    status, _, err = run("verify", "--db", tmp_path / "none.db")
    assert status == 1
    assert "khabar ingest" in err
    (tmp_path / "text.db").write_text("this is no database, and it is long enough to be read as one" * 20)
    status, _, err = run("verify", "--db", tmp_path / "text.db")
    assert status == 1
    assert "not a database" in err
