"""Quick: the tests that tell within a minute whether all is well.

Every rule, the contracts, the store's first verbs on one engine, each face once and one
flow of each screen. What is quick is said here, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

FLOWS = {
    "balance": "test_movements_are_filtered_by_kind",
    "bulk": "test_few_keys_and_an_honest_plan",
    "events": "test_key_5_leads_there_and_1_back",
    "failed": "test_trying_again_is_a_new_refund_in_its_place",
    "payment": "test_a_note_of_two_lines",
    "payments": "test_keys_act_on_the_payment_under_the_cursor",
    "pending": "test_top_up_releases_in_order",
    "refund": "test_cancel_the_only_refund",
}
"""One flow of each screen."""
CONTRACTS = {"test_layers", "test_quick", "test_readme"}
VERBS = {"test_capture", "test_refunds_cancel", "test_refunds_create"}
FACES = {"test_export_command", "test_http_refusals", "test_settings_command"}
LONG = {
    "test_connect_sequences",
    "test_corrupted",
    "test_demo",
    "test_faults",
    "test_intake_captures_rules",
    "test_intake_endless",
    "test_intake_store",
    "test_invariants",
    "test_kills",
    "test_postgres",
    "test_seed",
}
"""Of the tests without an engine of their own, those that take their time."""
_OPENS = {"engine", "schema", "shared_url", "store", "url"}
"""The fixtures of those that open a store."""


def is_quick(item: pytest.Item) -> bool:
    """Tell whether a test is one of the quick ones."""
    file, test = item.path.stem, getattr(item, "originalname", None)
    fixtures: set[str] = set(getattr(item, "fixturenames", ()))
    if file in CONTRACTS or file in FACES or test in FLOWS.values():
        return True
    if file in VERBS:
        given = getattr(item, "callspec", None)
        return given is None or given.params.get("engine") != "postgresql"
    is_rule = item.path.parent.name == "store" and not fixtures & _OPENS
    return is_rule and file not in LONG
