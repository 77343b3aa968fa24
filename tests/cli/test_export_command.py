"""`export --list`: every list of the console goes into a file."""

import csv
from pathlib import Path

import pytest
from till import Till, opened


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """Return a till with one payment, of whose money a part is given back."""
    made = opened(tmp_path, name="=1+1")
    made.asked("refunds", "create", "--charge", made.charge, "--amount=700")
    return made


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        ("payments", {"Customer Name": "'=1+1", "Currency": "usd"}),
        ("movements", {"Type": "charge", "Amount": "50.00"}),
        ("events", {"Type": "refund.created"}),
    ],
)
def test_a_list_is_written(
    till: Till, tmp_path: Path, listed: str, known: dict[str, str]
) -> None:
    """One of its rows is what happened; the file is its owner's alone."""
    file = tmp_path / "out.csv"
    answer = till("export", "--list", listed, str(file))
    assert answer.code == 0
    assert str(file) in answer.out
    assert file.stat().st_mode & 0o777 == 0o600
    with file.open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    assert any(known.items() <= row.items() for row in found), found


@pytest.mark.parametrize("listed", ["failed", "pending"])
def test_an_empty_list_has_titles(till: Till, tmp_path: Path, listed: str) -> None:
    """Nothing failed and nothing waits: the file says what it would have."""
    file = tmp_path / "out.csv"
    assert till("export", "--list", listed, str(file)).out.startswith("0 rows exported")
    assert file.read_text(encoding="utf-8").startswith("id,Created (UTC),Amount,")


def test_a_filter_is_refused_where_there_is_none(till: Till, tmp_path: Path) -> None:
    """What would be ignored is said; nothing is written."""
    file = tmp_path / "out.csv"
    answer = till("export", "--list=pending", "--filter", "x", str(file))
    assert answer.code != 0
    assert "--filter is for payments and events." in answer.err
    assert not file.exists()


def test_events_are_narrowed(till: Till, tmp_path: Path) -> None:
    """The filter of the log is the console's."""
    file = tmp_path / "out.csv"
    answer = till("export", "--list=events", "--filter", "type:refund.", str(file))
    assert answer.code == 0
    with file.open(encoding="utf-8", newline="") as lines:
        types = {row["Type"] for row in csv.DictReader(lines)}
    assert types
    assert all(one.startswith("refund.") for one in types)


@pytest.mark.parametrize(
    ("typed", "number"), [("bjork", 1), ("BJÖRK lodz", 1), ("-björk", 0)]
)
def test_a_name_is_found_without_its_accents(
    tmp_path: Path, typed: str, number: int
) -> None:
    """The filter of payments is the console's, and so is the search of a bulk."""
    till = opened(tmp_path, name="Björk Łódź")
    file = tmp_path / "out.csv"
    answer = till("export", f"--filter={typed}", str(file))
    assert answer.code == 0, answer.err
    with file.open(encoding="utf-8", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == number
    if number:
        planned = till.asked("bulk", "plan", f"--query={typed}")
        assert [one["payment"] for one in planned["items"]] == [till.intent]
