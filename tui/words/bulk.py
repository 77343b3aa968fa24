"""Bulk words: how a bulk refund stands, in one line for any screen."""

from textual.content import Content

from store.bulk import Bulk, BulkState, ItemState
from tui.bulk_actions import BULK_RESUME
from tui.bulk_work import BulkWork
from tui.status import BAD, GOOD, WAITS
from tui.text import join, line, plain, show
from tui.widgets.bulk_progress import Progress, about, tallied
from tui.words import names
from tui.words.times import Times


def doing(work: BulkWork, bulk: Bulk) -> str:
    """Return what a bulk does now, in a word; one that nobody carries out is left."""
    if bulk.state is not BulkState.RUNNING:
        return "pausing" if work.going else bulk.state.value
    return "running" if work.going else "left"


def progress(work: BulkWork, bulk: Bulk) -> Progress:
    """Return how far it is."""
    return Progress(doing(work, bulk), bulk.counts, work.seconds_left, work.rate)


def standing(work: BulkWork) -> Content:
    """Return how the bulk of this console stands; nothing where there is none."""
    if (bulk := work.bulk) is None or work.read:
        return Content("")
    told = progress(work, bulk)
    of_whole = f"{told.done:,}/{told.whole:,}"
    shows = f"{BULK_RESUME.key} shows it"
    if work.trouble:
        why = show(str(work.trouble), f"${BAD}")
        return join([line(("✗ ", f"${BAD}"), f"bulk stands at {of_whole}: ", why)])
    match told.word:
        case "running" | "pausing":
            left = about(work.seconds_left) if work.seconds_left is not None else ""
            return join(
                [line((f"bulk {of_whole}", "$accent")), line(left), line(shows)]
            )
        case "left" | "paused":
            kind = "unfinished" if told.word == "left" else "paused"
            what = f"! {kind} bulk by {plain(bulk.actor)}: "
            rest = f"{bulk.queued:,} of {told.whole:,} left"
            resumes = f"{BULK_RESUME.key} resumes it"
            leads = shows if work.began(bulk) else resumes
            return join([line((what + rest, f"${WAITS}")), line(leads)])
        case word:
            head = line((f"✓ bulk {word}: ", f"${GOOD}"))
            stopped = bulk.state is BulkState.STOPPED
            told_of = tallied(bulk.counts, roomy=True, stopped=stopped)
            return join([head.append(told_of), line(shows)])


def safe() -> str:
    """Return what lets an agent close it; the key may be another than declared."""
    return (
        f"Safe to close: {BULK_RESUME.key} or :bulk resume goes on."
        " Every payment has its own key, so never twice."
    )


def title(bulk: Bulk, times: Times | None) -> Content:
    """Return which bulk it is: its size, its reason, who began it and when."""
    when = f" {times.when(bulk.created)}" if times else ""
    return join(
        [
            line(("Bulk refund ", "bold"), plain(bulk.id)),
            line(f"{_refunds(bulk)} of {bulk.total:,} payments, in full"),
            line(names.REASONS[bulk.reason]) if bulk.reason else Content(""),
            show(bulk.note) if bulk.note else Content(""),
            line(shares(bulk)),
            line(f"by {plain(bulk.actor)}{when}"),
        ]
    )


def shares(bulk: Bulk) -> str:
    """Return what comes back of those that are shared; nothing where nothing does."""
    asked = {
        "transfers reversed": bulk.reverse_transfer,
        "application fees given back": bulk.refund_application_fee,
    }
    return ", ".join(words for words, is_asked in asked.items() if is_asked)


def _refunds(bulk: Bulk) -> str:
    return f"{bulk.total - bulk.counts[ItemState.SKIPPED]:,}"


def amounts(bulk: Bulk) -> Content:
    """Return what it refunds and has refunded, each currency for itself."""
    wanted = tuple(state for state in ItemState if state is not ItemState.SKIPPED)
    parts = [line((_sums(bulk, *wanted) or "nothing", "bold"))]
    if sent := _sums(bulk, ItemState.SENT):
        parts.append(line(f"sent {sent}"))
    if held := _sums(bulk, ItemState.HELD):
        parts.append(line((f"HELD {held}", f"${WAITS}")))
    if skipped := bulk.counts[ItemState.SKIPPED]:
        parts.append(line(f"skipped {skipped:,}"))
    return join(parts)


def _sums(bulk: Bulk, *states: ItemState) -> str:
    return " + ".join(map(str, bulk.sums(*states)))
