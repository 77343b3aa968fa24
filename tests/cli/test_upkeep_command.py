"""`backup`, `restore`, `migrate`, `doctor`, `advance`, `export`."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from till import KIM, Till, opened

from store import open_store
from store.clock import StandingClock


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """Return a till with one payment."""
    return opened(tmp_path)


def test_doctor_finds_a_sound_store_sound(till: Till) -> None:
    """One sentence, exit code 0, and the outside world did not act."""
    answer = till("doctor")
    assert (answer.code, answer.out, answer.err) == (0, "till.db is sound.\n", "")


def test_doctor_names_what_is_broken(till: Till) -> None:
    """Each finding is a line; exit code 1."""
    with closing(sqlite3.connect(till.file)) as raw:
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE event SET type = 'charge.failed'")
        for _, sql in guards:
            raw.execute(sql)
        raw.commit()
    answer = till("doctor")
    assert answer.code == 1
    assert answer.out.splitlines()
    assert all("it does not hold that" in line for line in answer.out.splitlines())
    assert answer.err.startswith("till.db is not sound: ")


def test_backup_is_restored(till: Till, tmp_path: Path) -> None:
    """What happened after the backup is gone once it is put back."""
    copy = tmp_path / "copy.db"
    assert till("backup", str(copy)).out == f"Backed up to {copy}\n"
    assert copy.stat().st_mode & 0o777 == 0o600
    till.asked("refunds", "create", "--charge", till.charge)
    again = till("backup", str(copy))
    assert again.code == 1
    assert "there already" in again.err
    assert till("restore", str(copy)).out == f"Restored from {copy}\n"
    assert till.asked("refunds", "list")["data"] == []
    absent = till("restore", str(tmp_path / "none.db"))
    assert absent.code == 1
    assert absent.err.count("\n") == 1


def test_migrate_leaves_a_new_store_alone(till: Till) -> None:
    """It says that there is nothing to do."""
    answer = till("migrate")
    assert answer.code == 0
    assert answer.out.startswith("The store is up to date (schema ")


def test_advance_lets_the_outside_world_act(till: Till) -> None:
    """Within a week a refund gets its reference."""
    till.asked("refunds", "create", "--charge", till.charge, "--amount=100")
    answer = till("advance", "3w")
    assert answer.code == 0
    assert int(answer.out.split()[0]) >= 1
    assert till("advance", "2199-01-01T00:00").code == 0


def test_what_breaks_is_named_and_everything_else_goes_on(till: Till) -> None:
    """By `advance` and by `doctor`, with exit code 1, until it is tried again."""
    with open_store(f"sqlite:///{till.file}") as store:
        good, bad = (
            store.payment_intents.create(
                amount=900,
                currency="usd",
                payment_method="pm_us_bank_account",
                actor=KIM,
            ).payment
            for _ in range(2)
        )
    assert bad.charge is not None
    with closing(sqlite3.connect(till.file)) as raw, raw:
        guard = "SELECT sql FROM sqlite_master WHERE name = 'charge_bu'"
        (sql,) = raw.execute(guard).fetchone()
        raw.execute("DROP TRIGGER charge_bu")
        raw.execute(
            "UPDATE charge SET created = 9999999999999 WHERE id = ?", (bad.charge.id,)
        )
        raw.execute(sql)
    answer = till("advance", "10d")
    assert answer.code == 1
    assert f"{bad.charge.id}: charge settles, due " in answer.out
    assert " is set aside: " in answer.out
    assert answer.err == (
        "1 deed of the outside world is set aside; everything else went on.\n"
    )
    assert till.asked("payment_intents", "retrieve", good.id)["status"] == "succeeded"
    doctor = till("doctor")
    assert doctor.code == 1
    assert " is set aside: " in doctor.out
    again = till("advance", "10d", "--retry")
    assert (again.code, " is set aside: " in again.out) == (1, True)


def test_what_is_overdue_is_told(till: Till) -> None:
    """It happens when the store is opened next; a store is sound until then."""
    begun = datetime.now(UTC) - timedelta(days=30)
    file = till.file.with_name("old.db")
    with open_store(f"sqlite:///{file}", clock=StandingClock(begun)) as store:
        store.payment_intents.create(
            amount=900, currency="usd", payment_method="pm_us_bank_account", actor=KIM
        )
    answer = till.desk("doctor", "--store", str(file))
    first, last = answer.out.splitlines()
    assert first.endswith(" happens once the store is opened.")
    assert (answer.code, last) == (0, "old.db is sound.")
    assert till.desk("advance", "1h", "--store", str(file)).code == 0
    assert till.desk("doctor", "--store", str(file)).out == "old.db is sound.\n"


def test_export_is_for_its_owner_alone(tmp_path: Path) -> None:
    """A new file, mode 0600, whose path is told; no cell is a formula."""
    till = opened(tmp_path, name="=1+1\x1b[2J")
    file = tmp_path / "out.csv"
    answer = till("export", str(file))
    assert answer.out == f"1 payment exported to {file}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    with file.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["Customer Name"] == "'=1+1\\x1b[2J"
    assert (row["Amount"], row["Status"]) == ("50.00", "succeeded")
    assert row["PaymentIntent ID"] == till.intent
    again = till("export", str(file))
    assert again.code == 1
    assert "cannot be written" in again.err


def test_export_of_lines_is_imported_again(till: Till, tmp_path: Path) -> None:
    """JSON lines hold the payment with its refunds, as import takes them."""
    refund = till.asked("refunds", "create", "--charge", till.charge, "--amount=5")
    file, other = tmp_path / "out.ndjson", tmp_path / "other.db"
    assert till("export", str(file), "--format=json").code == 0
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["id"] == till.intent
    assert till.desk("import", str(file), "--store", str(other)).code == 0
    with open_store(f"sqlite:///{other}") as store:
        assert store.refunds.retrieve(refund["id"]).money.amount == 5


def test_export_is_narrowed(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The filter is the console's; without a name the file is in this folder."""
    monkeypatch.chdir(tmp_path)
    answer = till("export", "--filter", "amount>100")
    assert answer.out.startswith("0 payments exported to ")
    (file,) = tmp_path.glob("payments-*.csv")
    assert str(file) in answer.out
