"""Marks: the payments that are meant by the next bulk, by id, and what they sum to."""

from collections.abc import Iterable, Iterator, Mapping

from store.badge import Badge
from store.bulk import Plan
from store.money import Money
from store.outcome import PaymentGist, PaymentLine
from tui.status import BADGES
from tui.words.cells import cells

WHOLE = frozenset((Badge.SUCCEEDED, Badge.REFUND_FAILED))
"""Of which a bulk can refund the whole amount; its plan has the last word."""

MOST_PLANNED = 100
"""Of so many marks a plan is worth asking for after each key.

What more of them come to is only about right: less may be captured than was paid.
"""


def gist_of(line: PaymentLine) -> PaymentGist:
    """Return what a mark keeps of a row."""
    return PaymentGist(line.id, line.badge, line.money)


class Marks:
    """A set of payments in the order in which they were marked, summed as it changes.

    Costs the same with one mark as with a hundred thousand.
    """

    def __init__(self) -> None:
        self._marked: dict[str, PaymentGist] = {}
        self._sums: dict[tuple[Badge, str], tuple[int, int]] = {}
        self._plan: Plan | None = None

    def __len__(self) -> int:
        return len(self._marked)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._marked

    def __iter__(self) -> Iterator[str]:
        return iter(self._marked)

    def add(self, gists: Iterable[PaymentGist]) -> None:
        """Mark payments; those that are marked keep their place, as they are now."""
        for gist in gists:
            if before := self._marked.get(gist.id):
                self._count(before, -1)
            self._marked[gist.id] = gist
            self._count(gist, 1)

    def drop(self, ids: Iterable[str]) -> None:
        """Take marks away."""
        for id_ in ids:
            if gone := self._marked.pop(id_, None):
                self._count(gone, -1)

    def invert(self, gists: Iterable[PaymentGist]) -> None:
        """Mark those of the payments that are not, and no longer those that are."""
        for gist in gists:
            if gist.id in self._marked:
                self.drop((gist.id,))
            else:
                self.add((gist,))

    def renew(self, lines: Mapping[str, PaymentLine]) -> bool:
        """Take payments as they are now; tell whether a marked one is another."""
        found = (self._marked.get(id_) for id_ in lines)
        held = [gist for gist in found if gist]
        fresh = [gist_of(lines[gist.id]) for gist in held]
        changed = [now for now, was in zip(fresh, held, strict=True) if now != was]
        self.add(changed)
        return bool(changed)

    @property
    def wants_plan(self) -> bool:
        """Tell whether a plan would tell better what a bulk would refund."""
        return 0 < len(self) <= MOST_PLANNED and self._plan is None

    def foresee(self, ids: tuple[str, ...], plan: Plan) -> bool:
        """Take a plan's word for what it was made of; tell whether they still are."""
        if still := tuple(self) == ids:
            self._plan = plan
        return still

    def clear(self) -> None:
        """Take every mark away."""
        self._plan = None
        self._marked.clear()
        self._sums.clear()

    def told(self, width: int) -> str:
        """Return how many are marked and what a bulk would refund, as wide as that.

        Nothing at all is told of no marks.
        """
        if not self._marked:
            return ""
        head, short = f"{len(self):,} marked: ", f"{self._whole:,} in bulk"
        for rest in (self.gist, f"{short} {self.total}".rstrip()):
            if cells(head + rest) <= width:
                return head + rest
        totals = self._totals
        return f"{head}{short}" + (f", {len(totals)} currencies" if totals else "")

    @property
    def gist(self) -> str:
        """Return what a bulk would refund of them, and what it would not."""
        kind = "full refund" if self._whole == 1 else "full refunds"
        near = "of about " if len(self) > MOST_PLANNED else ""
        parts = [f"{self._whole:,} {kind} {near}{self.total}"] if self._whole else []
        if others := self._others():
            parts.append(others)
        return ", ".join(parts)

    @property
    def total(self) -> str:
        """Return what a bulk would refund of them, each currency for itself."""
        return " + ".join(map(str, self._totals))

    @property
    def _totals(self) -> list[Money]:
        if self._plan:
            return list(self._plan.sums)
        sums: dict[str, int] = {}
        for (badge, currency), (number, amount) in self._sums.items():
            if badge in WHOLE and number:
                sums[currency] = sums.get(currency, 0) + amount
        return [Money(sums[one], one) for one in sorted(sums)]

    @property
    def _whole(self) -> int:
        if self._plan:
            return len(self._plan.refundable)
        return sum(n for (badge, _), (n, _) in self._sums.items() if badge in WHOLE)

    def _others(self) -> str:
        """Return what no bulk refunds: by its state where all are in one."""
        found: dict[str, int] = {}
        for (badge, _), (number, _) in self._sums.items():
            if number and badge not in WHOLE:
                word = BADGES[badge].word.lower()
                found[word] = found.get(word, 0) + number
        number = sum(found.values())
        if self._plan and len(self._plan.skipped) != number:
            found = dict(self._plan.skipped_as)
            number = len(self._plan.skipped)
        if not number:
            return ""
        if len(found) == 1:
            return f"{number:,} {next(iter(found))} (not in bulk)"
        return f"{number:,} not in bulk"

    def _count(self, gist: PaymentGist, step: int) -> None:
        self._plan = None
        key = gist.badge, gist.money.currency
        number, amount = self._sums.get(key, (0, 0))
        self._sums[key] = number + step, amount + step * gist.money.amount
