"""What the command line is tried with: typed arguments, a home folder, a file."""

import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from store.cli import main

CHARGE = {
    "id": "ch_one",
    "object": "charge",
    "amount": 4200,
    "amount_captured": 4200,
    "amount_refunded": 0,
    "billing_details": {"name": "Jane Doe", "email": "jane@example.com"},
    "captured": True,
    "created": 1_780_000_000,
    "currency": "usd",
    "paid": True,
    "payment_method_details": {
        "type": "card",
        "card": {"brand": "visa", "last4": "1881"},
    },
    "refunded": False,
    "status": "succeeded",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Types commands, with a folder as home; returns how each ended."""

    home: Path
    store: str | None = None
    """What the environment names as the store."""

    def __call__(self, *arguments: str) -> Answer:
        """Run `refund-desk` with these arguments."""
        out, err = StringIO(), StringIO()
        environment = {"XDG_DATA_HOME": str(self.home), "HOME": str(self.home)}
        if self.store:
            environment["REFUND_DESK_STORE"] = self.store
        with (
            patch.object(sys, "argv", ["refund-desk", *arguments]),
            patch.dict(os.environ, environment),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = _code()
        return Answer(code, out.getvalue(), err.getvalue())

    def file(self, name: str, *objects: object) -> Path:
        """Write objects as JSON lines, texts as they are."""
        file = self.home / name
        lines = (o if isinstance(o, str) else json.dumps(o) for o in objects)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file


def _code() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0
