"""Hostile: what people write to do harm, in every field that somebody else fills."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store import Mode, open_store
from store.event import Actor
from store.intake.reading import read
from tui.files.memory import Memory
from tui.settings import Settings, View

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

PAYLOADS = {
    "clipboard": "\x1b]52;c;SGFja2Vk\x07",
    "title": "\x1b]0;owned\x07",
    "icon": "\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;https://evil.example\x1b\\bank\x1b]8;;\x1b\\",
    "size": "\x1b[8;77;777t",
    "wipe": "\x1b[2J\x1b[31mred",
    "reset": "a\x1bcb",
    "device": "\x1bPq#0\x1b\\",
    "program": "\x1b_Ga=T\x1b\\",
    "c1 csi": "\x9b31mred",
    "c1 osc": "\x9d0;owned\x9c",
    "nul": "a\x00b\x7fc",
    "bells": "ring\x07\x08\x0b\x0c\r\nnext",
    "bidi": "\u202eevil\u202c\u2066x\u2069",
    "unseen": "pay\u200bpal\u2060\ufeff",
    "markup": "[/x]",
    "open markup": "[bold",
    "click": "[@click=app.quit]free[/]",
    "marks": "z" + "\u0301" * 60,
}
"""By what each would do, were it written to a terminal as it is."""
ACTS = re.compile(
    "\x1b[\\]PX^_c]|\x1b\\[8;77"
    "|[\x00\x07\x08\x0b\x0c\x7f-\x9f\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""What must never be written, whoever asks for it."""
AT = 1_772_400_000
MIA = Actor("mia")


def objects(number: int, text: str) -> list[dict[str, Any]]:
    """Return a customer, a payment and its refund with a text in every field."""
    customer = {
        "id": f"cus_evil{number}",
        "object": "customer",
        "created": AT,
        "name": text,
        "email": f"{text}@example.com",
        "description": text,
        "metadata": {"note": text},
    }
    currency = "usd" if number % 3 else "eur"  # of which there is none: refunds wait
    card = {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2030}
    charge = {
        "id": f"ch_evil{number}",
        "object": "charge",
        "amount": 2000,
        "amount_captured": 2000,
        "amount_refunded": 500,
        "balance_transaction": None,
        "billing_details": {"email": f"{text}@example.com", "name": text},
        "captured": True,
        "created": AT + number,
        "currency": currency,
        "customer": customer,
        "description": text,
        "disputed": False,
        "failure_message": text,
        "metadata": {"order": text, f"k {text}"[:40]: text},
        "outcome": {"type": "authorized", "seller_message": text},
        "paid": True,
        "payment_intent": f"pi_evil{number}",
        "payment_method_details": {"card": {**card, "network": text}, "type": "card"},
        "receipt_email": f"{text}@example.com",
        "refunded": False,
        "statement_descriptor": text,
        "status": "succeeded",
    }
    refund = {
        "id": f"re_evil{number}",
        "object": "refund",
        "amount": 500,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": AT + 100 + number,
        "currency": currency,
        "description": text,
        "destination_details": {
            "card": {
                "reference": text,
                "reference_status": "available",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": {"why": text},
        "payment_intent": charge["payment_intent"],
        "reason": None,
        "status": "failed" if number % 2 else "succeeded",
        **({"failure_reason": "declined"} if number % 2 else {}),
    }
    intent = {
        "id": charge["payment_intent"],
        "object": "payment_intent",
        "amount": 2000,
        "amount_received": 2000,
        "capture_method": "automatic",
        "created": AT + number,
        "currency": currency,
        "customer": customer["id"],
        "description": text,
        "latest_charge": charge["id"],
        "metadata": {"cart": text},
        "payment_method_types": ["card"],
        "status": "succeeded",
    }
    return [customer, charge, refund, intent]


def make_store(file: Path) -> None:
    """Make a store in which every text that somebody else wrote is hostile.

    A third of its payments has a refund that waits for funds, half one that failed.
    """
    lines = [
        json.dumps(one)
        for number, text in enumerate(PAYLOADS.values())
        for one in objects(number, text)
    ]
    export = file.with_suffix(".ndjson")
    export.write_text("\n".join(lines), encoding="utf-8")
    with open_store(f"sqlite:///{file}", mode=Mode.SANDBOX) as store:
        store.take_in(export.name, read(export))
        store.topups.create(amount=1_000_000, currency="usd", actor=MIA)
        _add_notes(store)


def _add_notes(store: Store) -> None:
    """Write each text as a note and as the reason of a refund, as an evil agent."""
    for number, text in enumerate(PAYLOADS.values()):
        agent = Actor(f"agent {text}"[:60])
        payment = f"pi_evil{number}"
        store.notes.add(payment=payment, text=text, actor=agent)
        store.refunds.create(
            payment_intent=payment, amount=100, reason="other", note=text, actor=agent
        )


def remember(file: Path) -> None:
    """Write choices in which every view, filter and command is hostile."""
    texts = tuple(PAYLOADS.values())
    memory = Memory(Settings(), file)
    views = tuple(View(text, text, columns=(text,)) for text in texts)
    chosen = replace(memory.settings, views=views, filters=texts, commands=texts)
    memory.choose(chosen)
