"""A list: payments made of numbers, so that a list of a million costs nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from store.badge import Badge
from store.errors import StoreBusy
from store.lists.page import Cursor, Page
from store.method import Method
from store.money import Money, zero
from store.outcome import PaymentLine
from tui.theme import DEFAULTS
from tui.widgets.payments_table import PaymentsTable
from tui.words.times import Times
from tui.words.zone import Zone

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PAGE = 100


def line(number: int, *, version: int = 1, name: str = "Ada") -> PaymentLine:
    """Return the payment of that number; the highest is the newest."""
    return PaymentLine(
        id=f"pi_{number:06d}",
        seq=number,
        created=NOON - timedelta(minutes=1_000_000 - number),
        badge=list(Badge)[number % len(Badge)],
        money=Money(100 + number, "usd"),
        refunded=zero("usd"),
        failed_refunds=0,
        name=name,
        email=None,
        method=Method("card", "visa", "4242"),
        charge=None,
        intent=None,
        actor=None,
        expires_at=None,
        version=version,
    )


@dataclass
class Numbers:
    """Payments `count` - 1 … 0, newest first, and how often and what was asked."""

    count: int
    gone: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    fails: bool = False

    async def __call__(
        self,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: PaymentLine | None = None,
        last: bool = False,
    ) -> Page[PaymentLine]:
        """Return a page of the list."""
        self.asked.append(
            "last"
            if last
            else "around"
            if around
            else "after"
            if after
            else "before"
            if before
            else "first"
        )
        if self.fails:
            raise StoreBusy("Another process holds the store; nothing was done.")
        if before or last:
            start = before.seq + 1 if before else 0
            numbers = self._numbers(range(start, self.count))
            rows = tuple(line(number) for number in reversed(numbers))
            more = bool(rows) and rows[0].seq < self.count - 1
        else:
            end = around.seq if around else after.seq - 1 if after else self.count - 1
            numbers = self._numbers(range(end, -1, -1))
            rows = tuple(line(number) for number in numbers)
            more = bool(rows) and rows[-1].seq > 0
        first = Cursor(0, rows[0].seq) if rows else None
        return Page(rows, first, Cursor(0, rows[-1].seq) if rows else None, more)

    def _numbers(self, wanted: range) -> list[int]:
        found = []
        for number in wanted:
            if number not in self.gone:
                found.append(number)
            if len(found) == PAGE:
                break
        return found


class ListApp(App[None]):
    """Nothing but the list."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self.numbers = numbers
        self.told: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of statuses."""
        return {**super().get_theme_variable_defaults(), **DEFAULTS}

    def compose(self) -> ComposeResult:
        """Put the list there."""
        yield PaymentsTable()

    @property
    def table(self) -> PaymentsTable:
        """Return the list."""
        return self.query_one(PaymentsTable)

    def on_mount(self) -> None:
        """Read the list."""
        self.table.times = lambda: Times(Zone(UTC), NOON)
        self.table.total = self.numbers.count
        self.table.focus()
        self.table.show(self.numbers)

    def on_row_table_opened(self, message: PaymentsTable.Opened) -> None:
        """Keep what was opened."""
        self.told.append(message.id)

    def on_window_view_load_failed(self, message: PaymentsTable.LoadFailed) -> None:
        """Keep what failed."""
        self.told.append(str(message.error))

    def on_payments_table_range_chosen(
        self, message: PaymentsTable.RangeChosen
    ) -> None:
        """Keep the ends of a range that is longer than what is held."""
        first, last = message.ends
        self.told.append((first.seq, last.seq))


@asynccontextmanager
async def listed(
    numbers: Numbers, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], ListApp]]:
    """Show a list."""
    app = ListApp(numbers)
    async with app.run_test(size=size) as pilot:
        await read(pilot)
        yield pilot, app


async def read(pilot: Pilot[None]) -> None:
    """Wait until nothing is being read."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def drawn(app: ListApp) -> list[str]:
    """Return the lines as they are drawn."""
    return [app.table.render_line(y).text for y in range(app.table.size.height)]
