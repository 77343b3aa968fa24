"""Results: the line that says what was done, and stays until it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from textual.content import Content

from store.bank import SetAside
from store.desk.answered import Answered
from store.desk.follow_up import FailedRefund
from store.desk.note import Note
from store.errors import StoreError
from store.mail.receipt import Mail, MailState, mail_text
from store.outcome import PaymentOutcome, RefundOutcome, TopupOutcome
from store.refund import Refund, RefundStatus
from tui.actions import CANCEL_REFUND
from tui.bulk_actions import BULK_RESUME
from tui.files.journal import Asked
from tui.status import BAD, GOOD, QUIET, WAITS
from tui.text import join, line, plain, show
from tui.words import names
from tui.words.times import Times
from tui.words.zone import Zone, moment

LONGEST_PATH = 4096
"""Characters; no system has longer paths."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done: the cursor goes there, so that the next key acts on it."""

    id: str
    """The refund, note, letter, payment or top-up."""
    refund: str | None = None
    """The refund that it is or that it is about."""


def refunded(outcome: RefundOutcome) -> Done:
    """Return that a refund was made or canceled."""
    return Done(outcome.refund.id, outcome.refund.id)


def _done(words: str) -> Content:
    return line(("✓ ", f"${GOOD}"), words)


def _waits(sign: str, words: str) -> Content:
    return line((f"{sign} {words}", f"${WAITS}"))


def nothing_done(error: StoreError) -> Content:
    """Return that nothing was done, and why; its notes say what to do instead."""
    instead = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    why = show(str(error))
    return line(("✗ nothing was done: ", f"${BAD}"), why, (instead, "bold"))


def waiting() -> Content:
    """Return that the store was asked and has not answered yet."""
    return line(("? no answer yet: ", f"${WAITS}"), "waiting for the store…")


def checking(error: StoreError) -> Content:
    """Return that the store failed, and that its answer is being looked for."""
    return line(
        ("? no answer: checking… (same key) ", f"${WAITS}"),
        show(str(error), f"${QUIET}"),
    )


def became(
    asked: Asked, answered: Answered | None, zone: Zone, now: datetime
) -> Content:
    """Return of an unconfirmed action whether it was done."""
    when = moment(asked.at, zone, now)
    told = show(f"{asked.what} by {asked.actor} {when}: ")
    if answered is None:
        not_done = line(("not done, nothing was sent", "bold"))
        return line(("✗ ", f"${BAD}"), "unconfirmed action: ", told, not_done)
    if answered.done:
        by = f", {plain(answered.object_id)}" if answered.object_id else ""
        done = line((f"{answered.word}{by}", f"${GOOD}"))
        then = line(" · ", show(answered.message))
        sign = line(("✓ ", f"${GOOD}"))
        if answered.goes_on:
            sign = line(("! ", f"${WAITS}"))
            then = join([then, line(f"{BULK_RESUME.key} goes on with it")])
        return line(sign, "unconfirmed action: ", told, done, then)
    why = line(("not done: ", "bold"), show(answered.message))
    return line(("✗ ", f"${BAD}"), "unconfirmed action: ", told, why)


def still_unknown(asked: Asked, error: StoreError) -> Content:
    """Return that nobody knows yet whether an action was done."""
    return line(
        ("? no answer: ", f"${WAITS}"),
        show(f"{asked.what}. {error}"),
        " It is looked up as soon as the store answers, also after the next start.",
    )


def unreachable(error: StoreError) -> Content:
    """Return that what is on the screen is not followed any more, and why."""
    then = " What is shown may be old; it is read again once the store answers."
    return line(("✗ ", f"${BAD}"), show(str(error)), then)


def set_aside(broken: Sequence[SetAside]) -> Content:
    """Return what broke when the outside world did it, and that the rest goes on."""
    more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
    then = f"{more} Everything else goes on; refund-desk doctor names it."
    return line(("! ", f"${BAD}"), show(f"{broken[0]}."), then)


def nothing_left() -> Content:
    """Return that a bulk refund has an outcome for each of its payments."""
    return line(("✓ ", f"${GOOD}"), "nothing is left: every payment has its outcome")


def reachable() -> Content:
    """Return that what is on the screen is followed again."""
    return _done("the store answers again")


def no_answer(error: StoreError) -> Content:
    """Return that the store failed, so that nobody knows whether it was done."""
    look = " Look at the timeline before you try again."
    return line(("? no answer: ", f"${WAITS}"), show(str(error)), look)


def of_refund(outcome: RefundOutcome, times: Times) -> Content:
    """Return what became of a refund; held money is never called refunded."""
    refund = outcome.refund
    what = f"{refund.money} {names.short(refund.id)}"
    if refund.is_held:
        short = f"HELD: short {outcome.short}" if outcome.short else "HELD"
        position = outcome.queue_position
        place = names.place(position) if position else ""
        return join([_waits("!", short), line(place), line(what)])
    if refund.status is RefundStatus.REQUIRES_ACTION:
        asked = plain(refund.instructions_email)
        return join([_waits("?", f"asks {asked} for bank details"), line(what)])
    if refund.status is RefundStatus.PENDING and not refund.has_moved_money:
        return join([_waits("◷", "waits for the charge to settle"), line(what)])
    if refund.status is RefundStatus.PENDING:
        return join([_waits("…", "on its way through the bank"), line(what)])
    how = " as a reversal" if refund.is_reversal else ""
    cancels = Content.empty()
    if until := outcome.cancelable_until:
        left = times.minutes_until(until, refund.created)
        cancels = line(f"{CANCEL_REFUND.key} cancels for {left} min")
    return join([_done(f"sent {what}{how}"), cancels])


def of_retry(outcome: RefundOutcome, old: Refund, times: Times) -> Content:
    """Return what became of a refund that took the place of one that failed."""
    told = of_refund(replace(outcome, cancelable_until=None), times)
    return join([told, line(f"in place of {names.short(old.id)}")])


def of_finished(failed: FailedRefund) -> Content:
    """Return that a failed refund left the inbox."""
    refund = failed.refund
    return _done(f"done with {refund.money} {names.short(refund.id)}")


def of_note(note: Note) -> Content:
    """Return that a note was written down."""
    return _done(f"noted on {plain(note.payment)}")


def of_cancel_refund(outcome: RefundOutcome) -> Content:
    """Return that a refund was canceled, and what is left to refund again."""
    refund = outcome.refund
    left = outcome.payment.refundable
    return join(
        [
            _done(f"canceled {refund.money} {names.short(refund.id)}"),
            line(f"{left} can be refunded"),
        ]
    )


def of_cancel_payment(outcome: PaymentOutcome) -> Content:
    """Return that a payment was canceled, and what the customer gets free."""
    payment = outcome.payment
    how = "ended" if names.captured(payment) else "canceled"
    return join(
        [
            _done(f"{how} {payment.money} {names.short(payment.id)}"),
            line(f"{outcome.released} is freed on the customer's side"),
        ]
    )


def of_topup(outcome: TopupOutcome) -> Content:
    """Return what was added, and which refunds it let go."""
    gone = outcome.released
    ids = ", ".join(f"{names.short(refund.id)} {refund.money}" for refund in gone)
    let_go = f"released {len(gone)}: {ids}" if gone else "released none"
    return join([_done(f"added {outcome.money}"), line(let_go)])


def of_cover(outcomes: tuple[TopupOutcome, ...]) -> Content:
    """Return what was added to each currency, and how many refunds it let go."""
    gone = sum(len(one.released) for one in outcomes)
    added = ", ".join(str(one.money) for one in outcomes)
    return join([_done(f"added {added}"), line(f"released {gone or 'none'}")])


def exporting(number: int) -> Content:
    """Return how many rows of a file are written so far."""
    return line((f"exporting… {number:,} rows", f"${QUIET}"))


def of_export(number: int, path: Path) -> Content:
    """Return how many rows were written, and where they are."""
    rows = "1 row" if number == 1 else f"{number:,} rows"
    return line(_done(f"exported {rows} to "), show(str(path), limit=LONGEST_PATH))


def nothing_written(why: str) -> Content:
    """Return that there is no file, and why."""
    return line(("✗ nothing was written: ", f"${BAD}"), show(why))


def copied_letter() -> Content:
    """Return that a letter was sent to the clipboard, which answers nothing."""
    return _done("copied the letter to the terminal's clipboard")


def of_letter(mail: Mail) -> Content:
    """Return what became of a letter."""
    told = plain(mail_text(mail))
    match mail.state:
        case MailState.SENT:
            return _done(told)
        case MailState.SANDBOX:
            return _waits("!", told)
        case MailState.FAILED:
            return line((f"✗ {told}", f"${BAD}"))
        case _:
            return _waits("?", told)


def wrong_template(sentence: str) -> Content:
    """Return why a template of the agent's own cannot be used."""
    return line(("✗ ", f"${BAD}"), plain(sentence))
