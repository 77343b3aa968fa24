"""A deed of the outside world that breaks stops no other, and is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

import server
from conftest import MONDAY, Later, Pay
from rows import rows
from store import Store, migrate, open_store
from store.bank import Deed, Due, SetAside, why_broken
from store.clock import StandingClock
from store.errors import StoreBusy, StoreUnusable
from store.event import Actor, Face
from store.payment import Charge, ChargeStatus, IntentStatus, Payment
from store.refund import RefundStatus
from store.sql.engine import Reached
from store.sql.schema import SCHEMA
from store.sql.transaction import Transaction
from store.verbs import confirming, paying, taking

API = Actor("shop", Face.API)
DEBIT = "pm_us_bank_account"
MONTH = timedelta(days=30)


@pytest.fixture
def broken(pay: Pay, monkeypatch: pytest.MonkeyPatch) -> Payment:
    """A debit that cannot settle, whatever is tried, until the patch is undone."""
    bad = pay(method=DEBIT)
    assert bad.charge is not None
    settle, given = taking.settle, bad.charge.id

    def breaks(tx: Transaction, charge: Charge) -> None:
        settle(tx, charge)
        if charge.id == given:
            raise ValueError("half is written\nand this line is data")

    monkeypatch.setattr(taking, "settle", breaks)
    return bad


def test_what_breaks_is_undone_and_set_aside(
    store: Store, pay: Pay, later: Later, broken: Payment
) -> None:
    """Nothing of it is written; what is due before and after it happens, once."""
    others = [
        pay(method=DEBIT),
        pay(method="pm_card_visa"),
        pay(method="pm_sepa_debit"),
    ]
    later(MONTH)
    assert broken.charge is not None
    (found,) = store.agenda.set_aside()
    assert found.due.deed is Deed.CHARGE_SETTLES
    assert found.due.object_id == broken.charge.id
    assert found.why == "ValueError: half is written"
    assert store.payments.find(broken.id) == broken
    for one in others:
        assert store.payment_intents.retrieve(one.id).status is IntentStatus.SUCCEEDED
    assert store.agenda.overdue() == ()
    assert store.advance() == 0
    (finding,) = store.examine()
    assert finding.object_id == broken.charge.id
    assert str(found) in str(finding)


def test_it_is_tried_again_once_it_can_be_done(
    store: Store, later: Later, broken: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks again for as long as nothing is mended; then it happens."""
    later(MONTH)
    assert store.agenda.try_again() == 1
    assert store.agenda.set_aside() == ()
    later()
    assert len(store.agenda.set_aside()) == 1
    monkeypatch.undo()
    assert store.agenda.try_again() == 1
    assert store.advance() > 0
    assert store.payment_intents.retrieve(broken.id).status is IntentStatus.SUCCEEDED
    assert store.examine() == ()


def test_what_ends_otherwise_is_no_longer_set_aside(
    store: Store, later: Later, broken: Payment
) -> None:
    """Canceling the payment takes what broke off the list, too."""
    later(MONTH)
    store.payment_intents.cancel(broken.id, actor=API)
    assert store.agenda.set_aside() == ()
    assert store.examine() == ()


def test_a_guard_that_refuses_is_named_without_its_values(
    store: Store, pay: Pay, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The class and the rule; no statement and nothing that it was given."""
    pay(method=DEBIT)
    monkeypatch.setattr(taking, "_succeed", _twice)
    later(MONTH)
    (found,) = store.agenda.set_aside()
    assert found.why.endswith("illegal_transition")
    assert "UPDATE" not in found.why


def _twice(tx: Transaction, charge: Charge, intent: object) -> None:
    """Write a move that no charge makes, so that the guards refuse it."""
    del intent
    wrong = {"id": charge.id}
    tx.connection.exec_driver_sql(
        f"UPDATE charge SET status = 'failed' WHERE id = '{wrong['id']}'"
    )
    tx.connection.exec_driver_sql(
        f"UPDATE charge SET status = 'pending' WHERE id = '{wrong['id']}'"
    )


@pytest.mark.parametrize("failure", [StoreBusy, StoreUnusable])
def test_a_store_that_cannot_be_written_sets_nothing_aside(
    store: Store,
    pay: Pay,
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
    failure: type[Exception],
) -> None:
    """Whoever asks hears of it; the deed stays where it is and happens later."""
    paid = pay(method=DEBIT)
    clock.at += MONTH

    def fails(*_: object) -> None:
        raise failure("Nothing was done; try again.")

    with monkeypatch.context() as patched:
        patched.setattr(taking, "settle", fails)
        with pytest.raises(failure):
            store.advance()
    assert store.agenda.set_aside() == ()
    (due,) = store.agenda.overdue()
    assert due.deed is Deed.CHARGE_SETTLES
    store.advance()
    assert store.payment_intents.retrieve(paid.id).status is IntentStatus.SUCCEEDED


def test_what_is_overdue_is_passed_over_once_something_was_written_since(
    store: Store, pay: Pay, clock: StandingClock
) -> None:
    """A store that nobody opened is only late."""
    pay(method=DEBIT)
    clock.at = MONDAY + MONTH
    (due,) = store.agenda.overdue()
    assert due == Due(due.at, Deed.CHARGE_SETTLES, due.object_id)
    assert store.agenda.passed_over() == ()
    pay()
    assert store.agenda.passed_over() == (due,)
    assert store.examine() == ()


def test_a_class_and_one_line_say_why() -> None:
    """What an error says besides may be somebody's data."""
    assert why_broken(KeyError("x")) == "KeyError: 'x'"
    assert why_broken(ValueError()) == "ValueError: "
    assert why_broken(ValueError("\x1b[2Jred")).startswith("ValueError: ")
    assert "\x1b" not in why_broken(ValueError("\x1b[2Jred"))
    assert len(why_broken(ValueError("x" * 9_999))) < 300
    due = Due(MONDAY, Deed.CHARGE_SETTLES, "py_1")
    assert str(SetAside(due, "KeyError: 'x'")) == (
        "py_1: charge settles, due 2026-03-02 09:00 UTC, is set aside: KeyError: 'x'"
    )


@pytest.fixture
def laid_out_again(engine: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Lay the worker's schema out anew, and drop the copy that a migration kept."""
    yield
    if engine == "postgresql":
        schema: server.Schema = request.getfixturevalue("schema")
        schema.anew()
        dropped = f"DROP SCHEMA IF EXISTS {schema.name}_schema_0005 CASCADE"
        server.run(server.SERVER, dropped)


def test_an_older_store_with_such_a_jam_gets_well(
    store: Store,
    laid_out_again: None,
    url: str,
    pay: Pay,
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Charges that can never settle fail, their refunds end, every other goes on."""
    del laid_out_again
    canceled, by_hand, good = _as_before(store, pay, monkeypatch)
    waiting = [one.id for one in store.payments.find(canceled).refunds]
    assert len(waiting) == 1
    assert {one.object_id for one in store.examine()} == {
        charge.id
        for one in (canceled, by_hand)
        if (charge := store.payments.find(one).charge)
    }
    store.close()
    _back_to_0005(url)
    assert migrate(url).after == SCHEMA
    with open_store(url, clock=clock) as mended:
        assert mended.examine() == ()
        for one in (canceled, by_hand):
            charge = mended.payments.find(one).charge
            assert charge is not None
            assert charge.status is ChargeStatus.FAILED
        assert mended.refunds.retrieve(waiting[0]).status is RefundStatus.CANCELED
        status = mended.payment_intents.retrieve(by_hand).status
        assert status is IntentStatus.REQUIRES_PAYMENT_METHOD
        clock.at += MONTH
        assert mended.advance() > 0
        assert mended.payment_intents.retrieve(good).status is IntentStatus.SUCCEEDED
        assert mended.agenda.overdue() == ()
        assert mended.agenda.set_aside() == ()
        assert mended.examine() == ()


def _as_before(
    store: Store, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str, str]:
    """Cancel a debit and make one by hand as older programs did; pay another."""
    with monkeypatch.context() as older:
        for name in ("_fail_charge", "_carry_on_refunds"):
            older.setattr(taking, name, lambda *_: None)
        for module in (paying, confirming):
            older.setattr(module, "check_capture", lambda *_, **__: None)
        canceled = pay(method=DEBIT)
        store.refunds.create(payment_intent=canceled.id, actor=API)
        store.payment_intents.cancel(canceled.id, actor=API)
        by_hand = pay(method=DEBIT, capture_method="manual")
    return canceled.id, by_hand.id, pay(method=DEBIT).id


def _back_to_0005(url: str) -> None:
    reached = Reached(url)
    try:
        with reached.writing() as connection:
            connection.exec_driver_sql("DROP TABLE set_aside")
            connection.exec_driver_sql("ALTER TABLE topup DROP COLUMN details")
            connection.exec_driver_sql(
                "UPDATE meta SET value = '0005' WHERE key = 'schema'"
            )
            connection.commit()
    finally:
        reached.close()
    assert "set_aside" not in rows(url)


def test_the_jam_is_passed_even_where_nothing_was_migrated(
    store: Store, pay: Pay, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its time comes, a charge of a payment that has ended fails."""
    canceled, by_hand, good = _as_before(store, pay, monkeypatch)
    later(MONTH)
    assert store.agenda.set_aside() == ()
    for one in (canceled, by_hand):
        charge = store.payments.find(one).charge
        assert charge is not None
        assert charge.status is ChargeStatus.FAILED
    assert store.payment_intents.retrieve(good).status is IntentStatus.SUCCEEDED
    assert store.examine() == ()
