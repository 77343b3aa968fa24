"""Shared import: a charge that is shared comes in with its transfer."""

import json
from pathlib import Path

from store import Store
from store.intake.reading import read

TRANSFER = {
    "id": "tr_1",
    "object": "transfer",
    "amount": 1_500,
    "amount_reversed": 375,
    "currency": "usd",
    "destination": "acct_1",
}


def bring(store: Store, folder: Path, *objects: dict[str, object]) -> None:
    """Import objects as one file."""
    file = folder / "export.json"
    file.write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
    store.take_in("export.json", read(file))
