"""Upkeep of a database: schema, hashes, ledger."""

from __future__ import annotations

import sys

from khabar.cli.guard import FAILURE
from khabar.store import Store, ledger
from khabar.store.engine import check_schema, connect, upgrade_schema, write
from khabar.store.rebuild import rebuild_index
from khabar.store.verify import verify

__all__ = ["check_command", "head_command", "rebuild_command", "upgrade_command", "verify_command"]


def verify_command(db: str) -> int:
    """Print every fault, the first ledger entry that fails first; status 1 if there is one."""
    store = Store.open(db)
    faults = 0
    for fault in verify(store.engine):
        faults += 1
        where = f"ledger entry {fault.seq}" if fault.seq is not None else "outside the ledger"
        print(f"{where}: {fault.subject}: {fault.why}")
    with store.engine.connect() as connection:
        print(f"{'FAULTY' if faults else 'ok'}: {faults} faults; ledger head {ledger.head(connection)}")
    return FAILURE if faults else 0


def head_command(db: str) -> int:
    """Print the hash of the last ledger entry."""
    with Store.open(db).engine.connect() as connection:
        print(ledger.head(connection))
    return 0


def upgrade_command(db: str) -> int:
    """Bring the schema up to date."""
    engine = connect(db, create=True)
    upgrade_schema(engine)
    check_schema(engine)
    sys.stderr.write("the schema is up to date\n")
    return 0


def rebuild_command(db: str) -> int:
    """Make the search tables again."""
    with write(Store.open(db).engine) as connection:
        ledger.lock(connection)
        rebuild_index(connection)
    sys.stderr.write("the search tables are made again\n")
    return 0


def check_command(db: str) -> int:
    """Check the schema; what is wrong comes as an error."""
    check_schema(connect(db))
    print("ok: the schema is this version's")
    return 0
