"""Letters: tell the customer of a refund, by the clipboard or by mail."""

import asyncio
from datetime import UTC, tzinfo

from textual.content import Content

from store import refusals
from store.errors import Refused, StoreError, StoreUnusable
from store.mail.letter import address, compose, situation
from store.mail.receipt import Letter
from store.mail.template import WrongTemplate
from tui.actions import LETTER
from tui.dialogs.letter import Copied, LetterDialog, Mailed
from tui.files import letters
from tui.flows.attempt import Desk, asked_of, times_at, write_once
from tui.flows.references import pick
from tui.words import results


async def letter(
    desk: Desk, payment_id: str, refund_id: str | None = None
) -> Content | None:
    """Show what to tell the customer of a refund; copy or mail what is made of it."""
    key = desk.ask.key()
    try:
        chosen = refund_id or await pick(desk, payment_id, LETTER.title)
        if chosen is None:
            return None
        dialog = await _dialog(desk, chosen)
        match await desk.app.push_screen_wait(dialog):
            case Copied(written):
                desk.app.copy_to_clipboard(_text(written))
                return results.copied_letter()
            case Mailed(written):
                return await write_once(
                    desk,
                    lambda store: store.letters.send(
                        chosen, written, actor=desk.ask.actor, key=key
                    ),
                    asked_of(desk, key, f"letter about {chosen}"),
                    results.of_letter,
                    lambda mail: results.Done(mail.id, mail.refund),
                )
    except StoreUnusable as lost:
        return results.no_answer(lost)
    except StoreError as refused:
        return results.nothing_done(refused)
    except WrongTemplate as wrong:
        return results.wrong_template(str(wrong))
    return None


async def _dialog(desk: Desk, refund_id: str) -> LetterDialog:
    detail = await desk.ask.read(lambda store: store.refunds.detail(refund_id))
    if detail.payment is None:
        missing = detail.refund.charge or refund_id
        raise Refused(refusals.no_such("charge", missing, "charge"))
    times = await times_at(desk)
    of = situation(detail, times.now)
    template = await asyncio.to_thread(letters.template, of)
    days = _days(times.zone.place(times.now).tzinfo)
    subject, body = compose(detail, template, times.now, days)
    written = Letter(address(detail), subject, body)
    return LetterDialog(of, written, desk.ask.read_only)


def _days(zone: tzinfo | None) -> tzinfo:
    return zone or UTC


def _text(written: Letter) -> str:
    return f"{written.subject}\n\n{written.body}"
