from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from factories import TEXT
from khabar.cli.app import app
from khabar.records import Claim, Span, reading_from_json
from khabar.store import Store, ledger, schema
from khabar.store.engine import write
from khabar.store.packing import unpack
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


def test_judge_withdraw_and_export_gold(inputs: Path, tmp_path: Path) -> None:
    from khabar.gold import load_gold

    db = tmp_path / "k.db"
    run("ingest", inputs, "--db", db)
    document = msgspec.json.decode(run("documents", "--db", db, "-n", 1)[1])["document"]
    status, out, _ = run("judge", "accept", "document", document, "--db", db, "--who", "سلمى")
    assert status == 0
    made = msgspec.json.decode(out)
    assert (made["who"], made["verb"]) == ("سلمى", "accept")
    assert run("gold", "export", tmp_path / "gold", "--db", db)[2].startswith("1 documents")
    with Store.open(str(db)).engine.connect() as connection:
        entry = list(ledger.entries(connection))[-1]
    assert (entry.action, entry.subject, msgspec.json.decode(entry.detail)["documents"]) == (
        "export",
        "gold",
        [document],
    )
    assert run("verify", "--db", db)[0] == 0
    gold, articles = load_gold(tmp_path / "gold")
    assert len(gold) == 1
    assert [path.stem for path in articles.iterdir()] == list(gold)
    assert run("judge", "withdraw", "judgement", made["id"], "--db", db)[0] == 0
    assert len(run("judgements", "--db", db)[1].splitlines()) == 2
    assert run("judgements", "--db", db, "--standing")[1] == ""
    assert run("judge", "accept", "claim", "c99", "--document", document, "--db", db)[0] == 2
    assert run("judge", "shout", "claim", "c0", "--document", document, "--db", db)[0] == 2


def test_lists(inputs: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    run("ingest", inputs, "--db", db)
    status, out, err = run("documents", "الرقة", "--db", db, "-n", 7, "--count", "--format", "jsonl")
    assert (status, len(out.splitlines())) == (0, 7)
    assert "120 documents" in err
    cursor = err.split("--after ")[1].strip()
    page = run("documents", "الرقة", "--db", db, "-n", 7, "--after", cursor, "--format", "csv")[1].splitlines()
    assert len(page) == 8
    assert set(page).isdisjoint(out.splitlines())
    assert run("claims", "--db", db, "--near", "1,2")[0] == 2
    assert run("claims", "--db", db, "--near", "1,2,3", "--within", "SY")[0] == 2
    assert run("claims", "--db", db, "--judgement", "maybe")[0] == 2
    assert run("actors", "--db", db)[0] == 0
    assert run("events", "--db", db, "-f", "table")[0] == 0


def test_redact_undo_backup_restore_and_reread(inputs: Path, tmp_path: Path) -> None:
    db, again = tmp_path / "k.db", tmp_path / "again.db"
    run("ingest", inputs, "--db", db)
    document = msgspec.json.decode(run("documents", "--db", db, "-n", 1)[1])["document"]
    assert run("redact", document, "--why", "asked", "--db", db)[2] == "1 documents redacted\n"
    assert run("redact", "--why", "asked", "--db", db)[0] == 2
    assert run("redact", "--person", "محمد سالم", "--why", "asked", "--db", db)[2] == "119 documents redacted\n"
    assert run("backup", tmp_path / "b.gz", "--db", db)[0] == 0
    assert run("restore", tmp_path / "b.gz", "--db", again)[0] == 0
    assert run("verify", "--db", again)[0] == 0
    assert run("reread", "--db", again)[1].startswith("0 documents read again")
    assert run("undo", 1, "--why", "wrong", "--db", again)[0] == 0
    assert run("documents", "--db", again, "-f", "jsonl")[1] == ""
    assert run("verify", "--db", again)[0] == 0


def test_reread_says_what_changed_and_what_no_longer_fits(inputs: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    run("ingest", inputs, "--db", db)
    store = Store.open(str(db))
    with store.engine.connect() as connection:
        r = schema.reading
        row = connection.execute(select(r.c.data, r.c.sha256).order_by(r.c.pk)).first()
    assert row is not None
    now = reading_from_json(unpack(row.data, row.sha256))
    # A reading of another version, with a claim that the present one does not make.
    content = Span(0, 2, now.document.text[:2])
    extra = Claim("c9", None, (), None, content, "asserts", "indirect", 0.5)
    store.add_readings([msgspec.structs.replace(now, reader="older", claims=(extra,))])
    document = now.document.id
    run("judge", "accept", "claim", "c9", "--document", document, "--db", db, "--who", "سلمى")
    with write(store.engine) as connection:
        connection.execute(update(r).where(r.c.document_pk == 1, r.c.reader != "older").values(reader="oldest"))
    store.engine.dispose()
    out = run("reread", "--db", db)[1]
    assert out.startswith("1 documents read again, 0 rejected\nclaims gained: 1\n    ")
    assert f"claims lost: 1\n    ?: {content.text}" in out
    assert "judgements that no longer fit the reading:\n    accept claim c9, by سلمى" in out


def test_an_alias_finds_what_the_text_calls_otherwise(tmp_path: Path) -> None:
    db, path = tmp_path / "k.db", tmp_path / "a.jsonl"
    path.write_bytes(msgspec.json.encode({"id": "a", "text": "أعلن داعش مسؤوليته عن الهجوم في مدينة الرقة."}))
    run("ingest", path, "--db", db)
    assert '"actor:islamic-state"' in run("actors", "ISIS", "--db", db, "-f", "jsonl")[1]
    assert run("claims", "ISIS", "--db", db, "-f", "jsonl")[1].count("\n") == 1
    assert run("documents", "al-Raqqah", "--db", db, "-f", "jsonl")[1].count("\n") == 1


def test_a_wrong_origin_by_the_command_line(inputs: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    run("ingest", inputs, "--db", db)
    for line in run("events", "--db", db, "-n", 1000, "--format", "jsonl")[1].splitlines():
        event = msgspec.json.decode(line)
        given = '{"label": "هيئة الرصد", "kind": "organization"}'
        status, out, _ = run(
            "judge", "correct", "origin", event["id"], "--document", event["document"], "--field", "origin",
            "--value", given, "--db", db,
        )  # fmt: skip
        assert status == 0
        assert msgspec.json.decode(out)["value"]["label"] == "هيئة الرصد"
        break
    else:
        raise AssertionError("no event was read")
    wrong = ("judge", "merge", "origin", "e999", "--document", event["document"], "--value", "x/e0", "--db", db)
    assert run(*wrong)[0] == 2
