"""Each state of a reference gives the agent its words and the customer its letter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, said, until_shown
from imported_reference import with_stan
from textual.widgets import TextArea

from conftest import MONDAY, Import
from store.event import Actor
from tui.dialogs.letter import LetterDialog
from tui.dialogs.look_up import LookUpDialog
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

ARN = "acquirer_reference_number"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("where", "ago", "card", "letter"),
    [
        (
            {"type": "refund", "reference_status": "pending", "reference_type": ARN},
            DAY,
            ("pending, expected by", "The bank has not given the reference yet."),
            "The bank has not given the reference yet. We expect it by",
        ),
        (
            {"type": "refund", "reference_status": "pending", "reference_type": ARN},
            30 * DAY,
            ("late, was expected by", "The reference is late"),
            "We expected it by",
        ),
        (
            {
                "type": "refund",
                "reference": "74537604221222132710364",
                "reference_status": "available",
                "reference_type": ARN,
            },
            10 * DAY,
            (
                "available",
                "74537604221222132710364",
                "can trace the refund by this ARN",
            ),
            "ARN: 74537604221222132710364",
        ),
        (
            {"type": "refund", "reference_status": "unavailable"},
            10 * DAY,
            ("unavailable", "The bank gives no reference for this refund."),
            "please ask your bank for a credit of",
        ),
        (
            {"type": "reversal"},
            DAY,
            ("reversal", "This is a reversal: the charge drops off the statement"),
            "so there is no separate credit and no ARN.",
        ),
    ],
    ids=["pending", "late", "available", "unavailable", "reversal"],
)
async def test_words_and_letter(
    store: Store,
    mia: Actor,
    bring: Import,
    where: dict[str, str],
    ago: timedelta,
    card: tuple[str, ...],
    letter: str,
) -> None:
    """`l` says how it stands, `m` opens the letter that fits."""
    charge, refund = with_stan("one", MONDAY - ago)
    bring(charge, {**refund, "destination_details": {"type": "card", "card": where}})
    async with at_work(store, mia, RefundScreen("re_one"), (100, 30)) as desk:
        await desk.press("l")
        await until_shown(desk, LookUpDialog)
        shown = " ".join(said(desk, "#card").split())
        assert all(words in shown for words in card), shown
        await desk.press("escape")
        await until_shown(desk, RefundScreen)
        await desk.press("m")
        await until_shown(desk, LetterDialog)
        text = " ".join(desk.app.screen.query_one(TextArea).text.split())
        assert letter in text
