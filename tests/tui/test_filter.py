"""Typing a filter: completion, the place of an error, what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, settled, until
from payments_filter import JANE, followed, listed, typing

from conftest import Pay
from store.event import Actor
from store.payment import Customer
from store.verbs.payments import Payments
from tui.widgets.offered import Offered

if TYPE_CHECKING:
    from store import Store


def below(desk: Desk) -> str:
    """Return the line under the field."""
    return str(desk.app.screen.query_one(Offered).render())


async def test_tab_completes_a_key_then_a_value_then_the_next_value(
    store: Store, mia: Actor
) -> None:
    """Tab takes what is offered; pressed again, the next value instead of it."""
    async with at_work(store, mia) as desk:
        field = await typing(desk, "ada st")
        assert "tab status:" in below(desk)
        await desk.press("tab")
        assert field.value == "ada status:"
        await settled(desk)
        assert "succeeded refunded pending" in below(desk)
        await desk.press("r", "e", "f", "tab")
        assert field.value == "ada status:refunded"
        assert below(desk).startswith("refunded tab refund_failed refund_held")
        await desk.press("tab")
        assert field.value == "ada status:refund_failed"
        await settled(desk)
        assert below(desk).startswith("refund_failed tab refund_held")


async def test_what_may_come_is_said_before_anything_is_typed(
    store: Store, mia: Actor
) -> None:
    """The keys of the language are there at once; a key without values explains one."""
    async with at_work(store, mia) as desk:
        await desk.press("slash")
        await settled(desk)
        assert below(desk).startswith("tab status: amount>")
        await typing(desk, "amount>")
        assert below(desk) == "how much was paid, such as amount>20.00"
        field = await typing(desk, "20 last4:42")
        assert below(desk) == "the card's last four digits, such as last4:4242"
        await desk.press("tab")
        assert field.value == "amount>20 last4:42"
        await typing(desk, " ")
        assert "^" in below(desk)


async def test_right_takes_what_stands_behind_the_cursor(
    store: Store, mia: Actor
) -> None:
    """At the end of the text, the right arrow takes the shown rest of the word."""
    async with at_work(store, mia) as desk:
        field = await typing(desk, "curr")
        assert "currency:" in everything_said(desk).splitlines()[2]
        await desk.press("right")
        assert field.value == "currency:"


async def test_completing_reads_nothing_from_the_store(
    store: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys that only begin a term ask the store for nothing."""
    pay()
    async with at_work(store, mia) as desk:
        await until(desk, lambda: bool(listed(desk).table.held))
        asked: list[str] = []
        for name in ("page", "count"):

            def noted(
                self: Payments, *given: object, called: str = name, **options: object
            ) -> None:
                del self, given, options
                asked.append(called)

            monkeypatch.setattr(Payments, name, noted)
        await typing(desk, "status:")
        await desk.press("r", "e")
        await followed(desk)
        assert asked == []


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_an_error_points_at_its_place_and_the_last_good_list_stays(
    store: Store, mia: Actor, pay: Pay, size: tuple[int, int]
) -> None:
    """The caret is under the term; enter does not keep what cannot be read."""
    pay(customer=JANE)
    pay()
    async with at_work(store, mia, size=size) as desk:
        await typing(desk, "jane ")
        assert len(listed(desk).table.held) == 1
        field = await typing(desk, "amount>x status:no")
        lines = everything_said(desk).splitlines()
        typed = next(row for row in lines if "amount>x" in row)
        pointing = lines[lines.index(typed) + 1]
        assert pointing.index("^") == typed.index("amount>x")
        assert '"x" is no amount' in "\n".join(lines)
        await desk.press("enter")
        await settled(desk)
        assert listed(desk).focused is field
        assert field.value == "jane amount>x status:no"
        assert len(listed(desk).table.held) == 1
        assert listed(desk).app.settings.filters == ()


async def test_a_term_that_is_being_typed_is_not_called_wrong(
    store: Store, mia: Actor
) -> None:
    """`status:` alone offers its values; `status:x` has none, so it is pointed at."""
    async with at_work(store, mia) as desk:
        await typing(desk, "status:")
        assert "^" not in below(desk)
        await typing(desk, "x")
        assert "^" in below(desk)
        assert '"status:x" is no status' in " ".join(below(desk).split())


async def test_the_list_waits_while_a_term_is_begun(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """A word that may yet become a key narrows nothing; with enter it is a word."""
    pay(customer=JANE)
    pay(customer=Customer("cus_c", "Carl Curry", "carl@example.com"))
    async with at_work(store, mia) as desk:
        await typing(desk, "jane ")
        await typing(desk, "sta")
        assert "tab status:" in below(desk)
        assert len(listed(desk).table.held) == 1
        assert "Nothing matches" not in everything_said(desk)
        assert listed(desk).bar.query_text == "jane "
        await typing(desk, "r")
        assert "Nothing matches jane star" in everything_said(desk)
        await desk.press("escape")
        await followed(desk)
        await typing(desk, "cur")
        assert len(listed(desk).table.held) == 2
        await desk.press("enter")
        await settled(desk)
        assert listed(desk).bar.query_text == "cur"
        assert len(listed(desk).table.held) == 1


async def test_up_and_down_recall_what_was_kept(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Up goes back through kept filters, down forward, and at last to the list."""
    pay()
    async with at_work(store, mia) as desk:
        for text in ("one", "two", "one"):
            await typing(desk, text)
            await desk.press("enter")
            await settled(desk)
            await desk.press("escape")
        assert listed(desk).app.settings.filters == ("two", "one")
        field = await typing(desk, "new")
        await desk.press("up")
        assert field.value == "one"
        await desk.press("up", "up")
        assert field.value == "two"
        await desk.press("down", "down")
        assert field.value == "new"
        await desk.press("down")
        await settled(desk)
        assert not listed(desk).bar.is_editing
        assert listed(desk).bar.query_text == "new"
        assert listed(desk).focused is listed(desk).table


async def test_a_method_alone_says_which_key_finds_it(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """With the digits after it, as the list shows it, it is found as it is."""
    pay(customer=JANE)
    made = pay(method="pm_card_mastercard")
    async with at_work(store, mia) as desk:
        await typing(desk, "visa")
        await desk.press("enter")
        await settled(desk)
        assert "brand:visa finds what was paid with it." in everything_said(desk)
        await desk.press("escape")
        await followed(desk)
        for typed in ("mc 4", "444"):
            await typing(desk, typed)
            assert listed(desk).table.held == (made.id,)
        await typing(desk, "0")
        assert "brand:mastercard finds" in everything_said(desk)
