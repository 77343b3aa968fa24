"""Exported files: whole or not at all, for their owner alone, and no formulas."""

import csv
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from store.exports.writing import Column, ExportFile, Form, Table, cell, file_name
from store.money import Money

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =cmd|'/C calc'!A0",
    "\u200b=1",
    "\ufeff=1",
    "\uff1d1",
    '=HYPERLINK("http://x","y")',
)
NOON = datetime(2026, 3, 2, 12, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
TEXTS: Table[str] = Table(
    "texts",
    (
        Column("Text", "text", lambda row: row),
        Column("Amount", "amount", lambda _: Money(-1230, "kwd")),
        Column("At", "at", lambda _: NOON),
    ),
)


def written(target: Path, form: Form, rows: tuple[str, ...]) -> str:
    """Return what a file of these rows holds."""
    file = ExportFile(target, form, TEXTS)
    file.write(rows)
    file.finish()
    return target.read_bytes().decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text: str) -> None:
    """A spreadsheet sees a text, whatever the customer wrote."""
    assert str(cell(text)).startswith("'")


def test_texts_that_are_no_formulas_are_left_alone() -> None:
    """Names and addresses are as they are, and nothing in them acts on a terminal."""
    assert cell("佐藤 o'Neil a=b") == "佐藤 o'Neil a=b"
    assert cell("a\x1b[2J\u202eb") == "a\\x1b[2J\\u202eb"
    assert cell("علی\u200cرضا") == "علی\u200cرضا"
    assert cell("\u200c=علی") == "\\u200c=علی"
    assert cell(None) == ""


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money(9000, "jpy"), "9000"),
        (Money(1230, "kwd"), "1.230"),
        (Money(-4200, "usd"), "-42.00"),
        (Money(1, "usd"), "0.01"),
    ],
)
def test_amounts_are_numbers(money: Money, said: str) -> None:
    """Exact, in major units, with the currency's decimals, without thousands marks."""
    assert cell(money) == said


def test_csv_byte_by_byte(tmp_path: Path) -> None:
    """Titles, then a line for each row; times in UTC; mode 0600."""
    target = tmp_path / "out.csv"
    assert written(target, Form.CSV, ('=1,"2"', "Ada\nB")) == (
        "Text,Amount,At\n"
        '"\'=1,""2""",-1.230,2026-03-02T06:15:30Z\n'
        "Ada B,-1.230,2026-03-02T06:15:30Z\n"
    )
    assert target.stat().st_mode & 0o777 == 0o600
    with target.open(encoding="utf-8", newline="") as lines:
        assert [row["Text"] for row in csv.DictReader(lines)] == ['\'=1,"2"', "Ada B"]


def test_json_lines_are_data(tmp_path: Path) -> None:
    """Texts as they are stored, money in its smallest unit, all of it ASCII."""
    said = written(tmp_path / "out.ndjson", Form.JSON_LINES, ("=1\x7f\x1b\u202e",))
    assert said.isascii()
    assert said.rstrip("\n").isprintable()
    assert json.loads(said) == {
        "text": "=1\x7f\x1b\u202e",
        "amount": -1230,
        "at": "2026-03-02T06:15:30Z",
    }


def test_what_is_there_is_kept_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    """Nobody's file is overwritten, and a discarded replacement leaves it as it was."""
    target = tmp_path / "out.csv"
    target.write_text("mine")
    target.chmod(0o644)
    with pytest.raises(FileExistsError):
        ExportFile(target, Form.CSV, TEXTS)
    half = ExportFile(target, Form.CSV, TEXTS, replace=True)
    half.write(("a",))
    half.discard()
    assert target.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [target]
    whole = ExportFile(target, Form.CSV, TEXTS, replace=True)
    whole.write(("a",))
    whole.finish()
    assert target.read_text().startswith("Text,Amount,At\na,")
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_discarded_file_was_never_there(tmp_path: Path) -> None:
    """Nothing is left of a file that was not written to its end."""
    file = ExportFile(tmp_path / "out.csv", Form.CSV, TEXTS)
    file.write(("a",) * 1000)
    assert file.number == 1000
    file.discard()
    assert list(tmp_path.iterdir()) == []


def test_names_of_files_say_what_and_when() -> None:
    """The time is UTC, the ending that of the form."""
    assert file_name("movements", NOON, Form.CSV) == "movements-20260302-061530.csv"
    assert file_name("events", NOON.astimezone(UTC), Form.JSON_LINES).endswith(
        "-061530.ndjson"
    )
