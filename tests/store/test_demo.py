"""The demo: every state there is, the same rows for the same seed."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from store import Mode, Store, open_store
from store.badge import Badge
from store.clock import StandingClock
from store.demo.names import HOSTILE
from store.demo.story import NOW
from store.demo.world import SEED, open_demo
from store.errors import Refused
from store.event import Actor
from store.outcome import PaymentLine
from store.reference import ReferenceStatus, ReferenceType
from store.refund import CANCEL_WINDOW, FailureReason, Reason, RefundStatus
from store.search.language import Tab


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo is that the tests share; nobody writes to it."""
    made = tmp_path_factory.mktemp("demo") / "demo.db"
    open_demo(f"sqlite:///{made}").close()
    return made


@pytest.fixture(scope="module")
def demo(file: Path) -> Iterator[Store]:
    """The demo, for tests that only look."""
    with open_store(f"sqlite:///{file}", clock=StandingClock(NOW)) as store:
        yield store


@pytest.fixture
def own(file: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the demo, for tests that change it."""
    copy = shutil.copy(file, tmp_path / "own.db")
    with open_store(f"sqlite:///{copy}", clock=StandingClock(NOW)) as store:
        yield store


@pytest.fixture(scope="module")
def lines(demo: Store) -> tuple[PaymentLine, ...]:
    """Every payment of the demo as the list shows it."""
    found: list[PaymentLine] = []
    page = demo.payments.page()
    found.extend(page.rows)
    while page.more:
        page = demo.payments.page(after=page.last)
        found.extend(page.rows)
    return tuple(found)


def dumped(file: Path) -> list[str]:
    """Return every row of a database as SQL."""
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def test_same_seed_makes_the_same_rows(file: Path, tmp_path: Path) -> None:
    """Two demos of one seed hold the same rows; another seed makes others."""
    shared = dumped(file)
    for seed, same in ((SEED, True), ("another", False)):
        made = tmp_path / seed
        open_demo(f"sqlite:///{made}", seed).close()
        assert (dumped(made) == shared) is same


def test_clock_stands_still(demo: Store) -> None:
    """The demo says so, and its present is fixed; nothing is left to happen."""
    assert demo.mode is Mode.DEMO
    assert demo.now() == NOW
    assert demo.advance() == 0


def test_demo_keeps_every_rule(demo: Store) -> None:
    """Nothing in it is what the store would not allow."""
    assert demo.examine() == ()


def test_newest_payment_can_be_refunded(lines: tuple[PaymentLine, ...]) -> None:
    """Whoever presses the first key of the tour is not refused."""
    newest = lines[0]
    assert (newest.name, newest.badge) == ("Jane Doe", Badge.SUCCEEDED)
    assert [line for line in lines if line.method.last4 == "1881"] == [newest]


def test_every_badge_is_worn(lines: tuple[PaymentLine, ...]) -> None:
    """A new user sees each badge without doing anything."""
    assert {line.badge for line in lines} == set(Badge)
    assert 250 <= len(lines) <= 500


def test_tabs_count_what_the_list_shows(
    demo: Store, lines: tuple[PaymentLine, ...]
) -> None:
    """The counters agree with the rows."""
    assert demo.payments.tabs()[Tab.ALL] == len(lines)


def test_every_class_of_currency_and_method_is_there(
    lines: tuple[PaymentLine, ...],
) -> None:
    """Two, none and three decimals; each way that a refund can travel."""
    currencies = {line.money.currency for line in lines}
    assert {"usd", "eur", "gbp", "jpy", "kwd"} <= currencies
    methods = {line.method.type for line in lines}
    wanted = "card ideal sepa_debit klarna us_bank_account paypal konbini oxxo"
    assert {*wanted.split(), "customer_balance", "multibanco", "boleto"} <= methods
    brands = {line.method.brand for line in lines}
    assert {"visa", "mastercard", "amex", "discover", "jcb", "diners"} <= brands


def test_hostile_names_are_kept_as_they_are(lines: tuple[PaymentLine, ...]) -> None:
    """The store holds what the customer typed, character by character."""
    assert set(HOSTILE) <= {line.name for line in lines}


def test_euros_are_short_and_a_top_up_releases_the_queue_in_order(own: Store) -> None:
    """Three refunds wait; what is missing lets all of them go, oldest first."""
    pending = own.refunds.pending()
    waiting = [one for one in pending.waiting if one.position]
    assert [one.position for one in waiting] == [1, 2, 3]
    (euros,) = (b for b in pending.balances if b.available.currency == "eur")
    assert euros.short.amount > 0
    done = own.topups.create(
        amount=euros.short.amount, currency="eur", actor=Actor("mia")
    )
    released = [refund.id for refund in done.released]
    assert released == [one.refund.id for one in waiting]
    assert all(one.position is None for one in own.refunds.pending().waiting)


def test_every_answer_of_the_bank_is_there(
    demo: Store, lines: tuple[PaymentLine, ...]
) -> None:
    """References of each kind and state; refunds that ended in each way."""
    refunds = [
        refund
        for line in lines
        if line.refunded or line.failed_refunds or line.actor
        for refund in demo.payments.detail(line.id).payment.refunds
    ]
    places = [refund.destination for refund in refunds if refund.destination]
    assert {place.status for place in places} >= set(ReferenceStatus)
    found = {place.reference_type for place in places if place.reference}
    assert found >= {ReferenceType.ARN, ReferenceType.STAN, ReferenceType.RRN}
    assert any(place.is_reversal for place in places)
    assert {refund.status for refund in refunds} == set(RefundStatus)
    assert {refund.reason for refund in refunds} >= {
        Reason.REQUESTED_BY_CUSTOMER,
        Reason.DUPLICATE,
        Reason.FRAUDULENT,
        Reason.OTHER,
    }
    assert any(refund.reason is Reason.OTHER and refund.note for refund in refunds)
    failures = {refund.failure_reason for refund in refunds}
    assert FailureReason.EXPIRED_OR_CANCELED_CARD in failures
    assert FailureReason.MERCHANT_REQUEST in failures


def test_a_stan_comes_round_again(own: Store, lines: tuple[PaymentLine, ...]) -> None:
    """Two refunds with one STAN, of different dates and customers; later too."""
    stans = {
        refund.destination.reference
        for line in lines
        if line.refunded
        for refund in own.payments.find(line.id).refunds
        if refund.destination
        and refund.destination.reference_type is ReferenceType.STAN
        and refund.destination.reference
    }
    found = {stan: own.payments.by_reference(stan) for stan in sorted(stans)}
    repeated = [alike for alike in found.values() if len(alike) > 1]
    assert [[one.label for one in alike] for alike in repeated] == [["STAN", "STAN"]]
    newer, older = repeated[0]
    assert newer.created.date() > older.created.date()
    assert newer.payment != older.payment
    own.advance(NOW + timedelta(days=30))
    assert own.payments.by_reference(newer.value) == (newer, older)
    assert own.examine() == ()


def test_one_refund_can_be_canceled_right_away(own: Store) -> None:
    """The tour of the console finds a card refund within its window."""
    sent = [
        event.object_id
        for event in own.events.newest(limit=400)
        if event.type == "refund.created" and event.created > NOW - CANCEL_WINDOW
    ]
    assert [refund for refund in sent if _cancels(own, refund)]


def _cancels(demo: Store, refund: str) -> bool:
    try:
        done = demo.refunds.cancel(refund, actor=Actor("mia"))
    except Refused:
        return False
    return done.refund.status is RefundStatus.CANCELED
