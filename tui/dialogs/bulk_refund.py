"""Bulk refund: the plan, one reason for all, and the phrase that arms the button."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from store.bulk import ItemState, Plan, PlanItem
from store.errors import StoreError
from store.money import sums
from store.refund import Reason
from store.shared_refund import SharedRefund, told_of
from tui.dialogs.armed import ArmedDialog
from tui.status import BULK_ITEMS, WAITS
from tui.text import join, line, plain
from tui.widgets.choices import Choices
from tui.widgets.reason_choices import LONGEST_NOTE, reason_choices
from tui.widgets.share_choices import ShareChoices
from tui.widgets.still_input import StillInput
from tui.words import names

SHOWN = 4
"""So few that are skipped are named in the dialog; of more, the bulk lists each."""
LONGEST_PHRASE = 24


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """Why an agent refunds many payments."""

    reason: Reason = Reason.REQUESTED_BY_CUSTOMER
    note: str | None = None
    reverse_transfer: bool = False
    refund_application_fee: bool = False


def phrase(plan: Plan) -> str:
    """Return what is to be typed before a plan can be carried out."""
    return f"REFUND {len(plan.refundable)}"


def payments(number: int) -> str:
    """Return so many payments in words."""
    return "1 payment" if number == 1 else f"{number:,} payments"


class BulkRefundDialog(ArmedDialog[BulkRequest, Plan]):
    """Shows what would become of each payment; answers with the reason for all."""

    TITLE_TEXT = "Bulk refund"
    KEEP = "Keep all"
    AUTO_FOCUS = "#arm"

    def __init__(
        self,
        number: int,
        dry_run: Callable[[BulkRequest], Awaitable[Plan]],
    ) -> None:
        super().__init__(dry_run)
        self._number = number
        self._shown: Plan | None = None
        self._refused = False

    def about(self) -> Content:
        """Return how many payments were marked."""
        marked = line((f"{payments(self._number)} marked", "bold"))
        return join([marked, line("full refunds only, all for one reason")])

    def fields(self) -> ComposeResult:
        """Compose reason and note."""
        with Horizontal(classes="field"):
            yield Label("Reason")
            yield reason_choices(BulkRequest().reason)
        with Horizontal(classes="field"):
            yield Label("Note")
            yield StillInput(longest=LONGEST_NOTE, id="note")
        yield ShareChoices("their accounts", (True, True))

    def on_mount(self) -> None:
        """Ask of shares once the plan has found some."""
        self.query_one(ShareChoices).display = False
        super().on_mount()

    def arms(self) -> ComposeResult:
        """Compose the phrase."""
        with Horizontal(classes="field -arm"):
            yield Label("Arm")
            yield StillInput(longest=LONGEST_PHRASE, id="arm")
            yield Static(id="phrase", classes="why")

    def why_locked(self) -> str | None:
        """Return what is to be typed, while it is not."""
        if self._shown is None:
            return None if self._refused else "planning"
        if not self._shown.refundable:
            return "nothing to refund"
        typed = self.query_one("#arm", StillInput).value.strip()
        wanted = phrase(self._shown)
        return None if typed == wanted else f"type {wanted}"

    def request(self) -> BulkRequest:
        """Return reason and note as they are typed."""
        reasons: Choices[Reason] = self.query_one("#reason", Choices)
        note = self.query_one("#note", StillInput).value.strip()
        chosen = self.query_one(ShareChoices).chosen
        return BulkRequest(reasons.value, note or None, *chosen)

    def foresight(self, outcome: Plan) -> Content:
        """Return the sums, what is skipped and why, and what would wait for funds."""
        self._shown, self._refused = outcome, False
        self._ask_of_shares(outcome.shared)
        self._relabel(None)
        self._ask_for(f"type {phrase(outcome)}" if outcome.refundable else "")
        return Content("\n").join(told(outcome))

    def refused(self, error: StoreError) -> Content:
        """Return why nothing is planned."""
        self._shown, self._refused = None, True
        self._ask_for("")
        return super().refused(error)

    def _ask_of_shares(self, shares: tuple[SharedRefund, ...]) -> None:
        """Ask what there is to ask of them; nothing where none is shared."""
        transfers = [one.transfer for one in shares if one.transfer is not None]
        fees = [one.fee for one in shares if one.fee is not None]
        choices = self.query_one(ShareChoices)
        choices.display = bool(shares)
        choices.offer(transfer=bool(transfers), fee=bool(fees))
        choices.tell(sums(transfers), sums(fees))

    def _ask_for(self, typed: str) -> None:
        self.query_one("#phrase", Static).update(Content(typed))

    def verb(self, request: BulkRequest | None) -> str:
        """Return what the button will do."""
        del request
        number = len(self._shown.refundable) if self._shown else self._number
        return f"Refund {payments(number)}"


def told(plan: Plan) -> list[Content]:
    """Return a plan in lines: the sums, what would wait, what is skipped and why."""
    sums = " + ".join(map(str, plan.sums)) or "nothing"
    lines = [line((sums, "bold")), _refundable(plan)]
    if plan.shared:
        shared = f"{len(plan.shared):,} shared with connected accounts"
        lines.append(line(f"{shared}: {plain(told_of(plan.shared))}"))
    if plan.skipped:
        lines.append(_skipped(plan))
    if len(plan.skipped) <= SHOWN:
        lines += [_named(one) for one in plan.skipped]
    return lines


def _refundable(plan: Plan) -> Content:
    look = BULK_ITEMS[ItemState.HELD]
    head = [line(f"can refund {len(plan.refundable):,}")]
    if plan.held:
        held = f"{look.glyph} {len(plan.held):,} HELD until funds come"
        head.append(line((held, f"${WAITS}")))
    return join(head)


def _skipped(plan: Plan) -> Content:
    reasons = plan.skipped_as
    why = ", ".join(f"{number:,} {plain(brief)}" for brief, number in reasons)
    if len(reasons) == 1:
        why = plain(reasons[0][0])
    return line(f"skipped {len(plan.skipped):,}: {why}")


def _named(item: PlanItem) -> Content:
    look = BULK_ITEMS[ItemState.SKIPPED]
    named = f"{names.short(item.payment)} {plain(item.customer)}"
    why = plain(names.shortened(item.message or ""))
    return line((f"{look.glyph} ", look.style), f"{named}: {why}")
