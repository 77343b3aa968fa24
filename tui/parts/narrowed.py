"""NarrowedPayments: which payments are listed, in which order, with which columns.

What is chosen is remembered: it is there again after another screen, and after a start.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, tzinfo

from textual import on, work

from store.errors import StoreError
from store.lists.page import Order, Sort
from store.search.language import Filter, SearchError, Tab, parse
from tui.actions import BACK, NEXT_TAB, PREVIOUS_TAB
from tui.parts.listed import ListedPayments
from tui.settings import View
from tui.status import BAD, GOOD, QUIET, TABS
from tui.text import line, plain
from tui.widgets.columns import PAYMENTS
from tui.widgets.filter_bar import FilterBar
from tui.widgets.sheet import of_titles
from tui.widgets.tab_bar import beside


class NarrowedPayments(ListedPayments):
    """Filter, tab, order, columns, and the views that keep them under a name."""

    def on_mount(self) -> None:
        """Begin with what was on when the list was left."""
        self.bar.wrong = self.why_not
        self._take(self.remembered)
        self._tell_remembered()

    def _tell_remembered(self) -> None:
        """Say what of the list is not shown, before anybody misses it."""
        filter_, tab = self.bar.query_text, self.tabs.active
        said: list[str] = []
        if filter_:
            said.append(f"{plain(filter_)} ({BACK.key} clears it)")
        if tab is not Tab.ALL:
            said.append(f"under {TABS[tab].title} ({PREVIOUS_TAB.key} {NEXT_TAB.key})")
        if said:
            self.result.tell(line(("as you left it: ", f"${QUIET}"), " ".join(said)))

    @property
    def remembered(self) -> View:
        """Return how the list was looked at last, as a view without a name."""
        had = self.app.settings
        return View("", had.filter, had.sort, had.columns, had.tab)

    def _take(self, view: View) -> None:
        """Look at the list that way, without reading it yet."""
        self.bar.query_text, self.tabs.active = view.filter, view.tab
        self._sort, self._filter = view.sort, Filter(tab=view.tab)
        self.table.sheet = of_titles(PAYMENTS, view.columns)

    def renew(self) -> None:
        """Show what changed; the first time, what the remembered filter finds."""
        if self._begun or not self.bar.query_text:
            super().renew()
        else:
            self._begin_narrowed()

    @work(exclusive=True, group="read")
    async def _begin_narrowed(self) -> None:
        with suppress(StoreError):  # the list will say so
            await self.ask.read(lambda store: store.now())
        if wrong := self.why_not(self.bar.query_text):
            self._tell_wrong(wrong)
            self.bar.query_text = ""
        else:
            self._filter = self._parsed(self.bar.query_text)
        super().renew()

    # The filter.

    def why_not(self, text: str) -> SearchError | None:
        """Return why a filter cannot be read, and where."""
        try:
            self._parsed(text)
        except SearchError as wrong:
            return wrong
        return None

    def _parsed(self, text: str) -> Filter:
        return parse(text, self.tabs.active, now=self.ask.now, zone=self._days())

    def _days(self) -> tzinfo:
        """Return whose days `today` and `last week` are meant in."""
        now = self.ask.now
        return (self.zone.place(now).tzinfo if now else None) or UTC

    def _tell_wrong(self, wrong: SearchError) -> None:
        where = f"character {wrong.position + 1}: "
        self.result.tell(line(("✗ ", f"${BAD}"), where, plain(str(wrong))))

    @on(FilterBar.Changed)
    def _narrow(self, event: FilterBar.Changed) -> None:
        self._filter = self._parsed(event.text)
        self.result.clear()
        if not self.bar.is_editing:
            self._remember()
        self._list()

    @on(FilterBar.Left)
    def _to_the_list(self, event: FilterBar.Left) -> None:
        self.table.focus()
        if kept := event.kept:
            had = self.app.settings
            others = tuple(one for one in had.filters if one != kept)
            self.app.choose(replace(had, filters=(*others, kept)))
        self._remember()

    def _remember(self) -> None:
        now = self.view("")
        settings = replace(
            self.app.settings,
            filter=now.filter,
            tab=now.tab,
            sort=now.sort,
            columns=now.columns,
        )
        if settings != self.app.settings:
            self.app.choose(settings)

    def action_filter(self) -> None:
        """Type a filter."""
        self.bar.edit(self.app.settings.filters)

    def find(self) -> None:
        """Type a new filter over all payments, whatever was looked for last."""
        if self.bar.query_text or self.tabs.active is not Tab.ALL:
            self.bar.clear()
            self._take(replace(self.view(""), filter="", tab=Tab.ALL))
            self._remember()
            self._list()
        self.action_filter()

    # Tabs and order.

    def action_next_tab(self) -> None:
        """Show the next tab."""
        self._show_tab(beside(self.tabs.active, 1))

    def action_previous_tab(self) -> None:
        """Show the tab before."""
        self._show_tab(beside(self.tabs.active, -1))

    def _show_tab(self, tab: Tab) -> None:
        self.tabs.active = tab
        self._filter = replace(self._filter, tab=tab)
        self._remember()
        self._list()

    def action_sort(self) -> None:
        """Order by the other key; the cursor stays on its payment."""
        other = Order.AMOUNT if self._sort.order is Order.CREATED else Order.CREATED
        self._order(Sort(other, self._sort.ascending))

    def action_reverse(self) -> None:
        """Turn the order round; the cursor stays on its payment."""
        self._order(Sort(self._sort.order, not self._sort.ascending))

    def _order(self, sort: Sort) -> None:
        self._sort = sort
        self._remember()
        self._list(around=self.table.line)

    # Columns and views.

    @work(group="menu", exclusive=True)
    async def action_columns(self) -> None:
        """Choose which columns are shown, and in which order."""
        from tui.dialogs.columns import ColumnsDialog

        dialog = ColumnsDialog(self._titles)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            self.show_columns(chosen)

    @property
    def _titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.table.sheet.further)

    def show_columns(self, titles: tuple[str, ...]) -> None:
        """Show these columns, by their titles; none means all there is room for."""
        self.table.sheet = of_titles(PAYMENTS, titles)
        self.table.redraw()
        self._remember()

    def view(self, name: str) -> View:
        """Return how the list is looked at now, under a name."""
        usual = self.table.sheet.further == PAYMENTS.further
        return View(
            name,
            self.bar.query_text,
            self._sort,
            () if usual else self._titles,
            self.tabs.active,
        )

    def show_view(self, view: View) -> None:
        """Look at the list as a view keeps it."""
        if wrong := self.why_not(view.filter):
            self._tell_wrong(wrong)
            return
        self.bar.clear()
        self._take(view)
        self._filter = self._parsed(view.filter)
        self._remember()
        self._list()
        self.table.focus()
        self._tell(f"view {plain(view.name)}")

    @work(group="menu", exclusive=True)
    async def action_views(self) -> None:
        """Pick a saved view, save this one, or delete one."""
        from tui.dialogs.views import Deleted, Picked, Saved, ViewsDialog

        had = self.app.settings
        match await self.app.push_screen_wait(ViewsDialog(had.views)):
            case Picked(view):
                self.show_view(view)
            case Saved(name):
                others = tuple(one for one in had.views if one.name != name)
                views = (*others, self.view(name))
                self.app.choose(replace(had, views=views))
                self._tell(f"saved view {plain(name)}")
            case Deleted(view):
                others = tuple(one for one in had.views if one != view)
                self.app.choose(replace(had, views=others))
                self._tell(f"deleted view {plain(view.name)}")

    def _tell(self, words: str) -> None:
        self.result.tell(line(("✓ ", f"${GOOD}"), words))
