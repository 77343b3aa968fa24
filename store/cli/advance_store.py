"""Advance: banks, networks and customers act ahead of time, in a sandbox."""

from datetime import datetime

from store.ahead import moment, span
from store.cli import place, say
from store.cli.options import Mistyped, Typed

SET_ASIDE = 1


def advance_store(typed: Typed) -> int:
    """Let the outside world do everything that is due until a time.

    Return 1 where something of it broke, which is named; the rest was done.

    Raises:
        Mistyped: The time is none, or is past.
        StoreUnusable: The store cannot be opened.
    """
    with place.open_there(place.url_of(typed.store)) as store:
        until = _until(typed.to, store.now())
        if typed.retry:
            store.agenda.try_again()
        steps = store.advance(until)
        broken = store.agenda.set_aside()
    at = f"{until:%Y-%m-%d %H:%M} UTC"
    say.result(f"{say.counted(steps, 'step')} of the outside world until {at}")
    for one in broken:
        say.result(str(one))
    if broken:
        what = say.counted(len(broken), "deed")
        are = "is" if len(broken) == 1 else "are"
        say.problem(
            f"{what} of the outside world {are} set aside; everything else went on."
        )
        return SET_ASIDE
    return 0


def _until(text: str, now: datetime) -> datetime:
    ahead = span(text)
    if ahead is not None:
        return now + ahead
    at = moment(text)
    if at is None:
        raise Mistyped(
            f'"{text}" is no time: use a span such as 7d, 12h or 30m, or a time such'
            " as 2026-03-02T09:00."
        )
    if at < now:
        raise Mistyped(f"{at:%Y-%m-%d %H:%M} UTC is past: time moves forward only.")
    return at
