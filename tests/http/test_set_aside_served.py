"""What breaks when its time has come is named, and the clock goes on."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from serving import Served, pay, serve

DEBIT = "pm_us_bank_account"
PATIENCE = 60
ADVANCE = "/v1/test_helpers/advance"


def spoil(file: Path, charge: str) -> None:
    """Give a charge a time that is none, as no program of ours would."""
    with closing(sqlite3.connect(file)) as raw, raw:
        guard = "SELECT sql FROM sqlite_master WHERE name = 'charge_bu'"
        (sql,) = raw.execute(guard).fetchone()
        raw.execute("DROP TRIGGER charge_bu")
        raw.execute("UPDATE charge SET created = 9999999999999 WHERE id = ?", (charge,))
        raw.execute(sql)


def advanced(served: Served) -> dict[str, Any]:
    """Let ten days pass; return the answer."""
    answer = served.raw("POST", ADVANCE, "by=10d")
    assert answer.status == 200
    return answer.body


def test_time_goes_on_past_what_breaks(tmp_path: Path) -> None:
    """Each answer names it, the server says it once, all others settle."""
    with serve(tmp_path) as served:
        api = served.client().v1
        bad, good = pay(api, DEBIT), pay(api, DEBIT)
        assert advanced_to_nothing(served)
        spoil(served.file, bad.latest_charge)
        first = advanced(served)
        (broken,) = first["set_aside"]
        assert (broken["id"], broken["deed"]) == (bad.latest_charge, "charge_settles")
        assert broken["due"] < first["now"]
        assert broken["why"]
        assert api.payment_intents.retrieve(good.id).status == "succeeded"
        later = pay(api, DEBIT)
        second = advanced(served)
        assert second["set_aside"] == first["set_aside"]
        assert api.payment_intents.retrieve(later.id).status == "succeeded"
        end = time.monotonic() + PATIENCE
        while bad.latest_charge not in served.printed.read_text():
            assert time.monotonic() < end  # whoever lets time pass beside requests
            time.sleep(0.05)
    printed = served.printed.read_text()
    assert printed.count(bad.latest_charge) == 1
    assert "Traceback" not in printed


def advanced_to_nothing(served: Served) -> bool:
    """Let a minute pass, in which nothing is due."""
    answer = served.raw("POST", ADVANCE, "by=1m").body
    return bool(answer["set_aside"] == [] and answer["steps"] == 0)
