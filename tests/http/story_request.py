"""A request of a story, and the objects that its places name.

A request names objects by kind and place (`{pi:-1}` is the newest payment intent,
`{refundable:-1}` the newest that something can be refunded of), so that a story still
means something when requests are left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text

from store import Store

PREFIXES = (
    *("pi", "ch", "py", "re", "pyr", "cus", "pm", "tr", "trr", "fee", "fr"),
    *("du", "prv", "tu", "we", "txn", "evt"),
)
SAME = {"py": "ch", "pyr": "re"}
"""Ids of another name that are of the same kind."""
OWN_ID = re.compile(rf'"id": ?"((?:{"|".join(PREFIXES)})_\w+)"')
PLACE = re.compile(r"\{(\w+):(-?\d+)\}")
_PAID = "status = 'succeeded' AND captured = 1 AND amount_refunded < amount_captured"
FITTING = {
    "confirmable": """SELECT id FROM payment_intent
        WHERE status IN ('requires_payment_method', 'requires_confirmation')""",
    "capturable": "SELECT id FROM payment_intent WHERE status = 'requires_capture'",
    "capturable_charge": """SELECT latest_charge FROM payment_intent
        WHERE status = 'requires_capture'""",
    "processing": "SELECT id FROM payment_intent WHERE status = 'processing'",
    "cancelable": """SELECT id FROM payment_intent
        WHERE status NOT IN ('canceled', 'succeeded')""",
    "refundable": f"""SELECT payment_intent FROM charge WHERE {_PAID}
        AND connect_type IS NULL""",
    "refundable_charge": f"""SELECT id FROM charge WHERE {_PAID}
        AND connect_type IS NULL""",
    "shared": f"""SELECT payment_intent FROM charge WHERE {_PAID}
        AND connect_type IS NOT NULL AND connect_type <> 'direct'""",
    **{
        f"refundable_of_{name}": f"""SELECT payment_intent FROM charge WHERE {_PAID}
            AND connect_type = 'direct' AND connected_account = 'acct_{name}'"""
        for name in ("ann", "bob")
    },
    "asking": "SELECT id FROM refund WHERE status = 'requires_action'",
    "needing": "SELECT id FROM dispute WHERE status LIKE '%needs_response'",
    "saved": "SELECT id FROM payment_method WHERE customer IS NOT NULL",
    "unsaved": "SELECT id FROM payment_method WHERE customer IS NULL",
    "refund": "SELECT id FROM refund",
    "charge_of_refund": "SELECT charge FROM refund",
    "reversal": "SELECT id FROM transfer_reversal",
    "transfer_of_reversal": 'SELECT "of" FROM transfer_reversal',
    "fee_refund": "SELECT id FROM fee_refund",
    "fee_of_fee_refund": 'SELECT "of" FROM fee_refund',
}
"""What only some objects of a kind are fit for → which they are now."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `{kind:place}` in its path and form names an object."""

    method: str
    path: str
    form: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    account: str | None = None
    """The connected account in whose name it is asked."""

    def __str__(self) -> str:
        said = " ".join(f"{name}={value}" for name, value in self.form)
        more = " ".join(filter(None, (self.key, self.account)))
        return f"{self.method} {self.path} {said} {more}".rstrip()


AGAIN = "/again"
"""The path that stands for the last request that was done with a key."""
_SPANS = re.compile(r"\d+[mhd]")


def is_span(form: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a form says no more than for how long time passes."""
    return [name for name, _ in form] == ["by"] and bool(_SPANS.fullmatch(form[0][1]))


class Known:
    """The ids that answers have named, by kind, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_kind: dict[str, dict[str, None]] = {}

    def learn(self, body: str) -> None:
        """Remember every id in an answer."""
        for id_ in OWN_ID.findall(body):
            prefix = id_.partition("_")[0]
            kind = SAME.get(prefix, prefix)
            self._by_kind.setdefault(kind, {})[id_] = None

    def named(self, given: str) -> str:
        """Return a text with every place in it filled."""
        return PLACE.sub(self._at, given)

    def whole(self, ask: Ask) -> Ask:
        """Return a request with every place in it filled."""
        form = tuple((name, self.named(value)) for name, value in ask.form)
        return replace(ask, path=self.named(ask.path), form=form)

    def _at(self, found: re.Match[str]) -> str:
        kind, place = found[1], int(found[2])
        ids = self._fitting(kind) if kind in FITTING else self._of(kind)
        return ids[place % len(ids)] if ids else f"{kind}_none"

    def _of(self, kind: str) -> list[str]:
        ids = list(self._by_kind.get(kind, ()))
        return ["pm_card_visa"] if kind == "pm" and not ids else ids

    def _fitting(self, kind: str) -> list[str]:
        with self._store._database.read() as connection:
            query = f"{FITTING[kind]} ORDER BY seq"
            return [str(one) for one in connection.execute(text(query)).scalars()]
