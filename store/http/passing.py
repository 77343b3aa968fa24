"""Passing: the clock of the outside world, put forward by a test."""

from datetime import datetime

from store.ahead import moment, span, unix_moment
from store.bank import SetAside
from store.clock import to_unix
from store.errors import Refused
from store.http.routes import Call, Endpoint
from store.http.takes import Takes
from store.refusals import webhooks as webhook_refusals
from store.shape.objects import Json


def _advance(call: Call) -> object:
    """Let time pass: everything that is due until then happens now.

    What breaks is set aside and named, for as long as it is not tried again.
    """
    until = _until(call)
    steps = call.store.pass_time(until)
    return {
        "object": "test_helpers.advance",
        "livemode": False,
        "now": to_unix(until),
        "steps": steps,
        "set_aside": [_broken(one) for one in call.store.agenda.set_aside()],
    }


def _broken(one: SetAside) -> Json:
    return {
        "id": one.due.object_id,
        "deed": one.due.deed.value,
        "due": to_unix(one.due.at),
        "why": one.why,
    }


def _until(call: Call) -> datetime:
    """Return until when time passes.

    Raises:
        Refused: It is no time, or past.
    """
    to, by = call.given.get("to"), call.given.get("by")
    present = call.store.present()
    match to, by:
        case str(), None:
            until = unix_moment(to) or moment(to)
        case None, str():
            until = _later(present, by)
        case _:
            raise Refused(webhook_refusals.one_time())
    if until is None:
        raise Refused(webhook_refusals.no_time("to" if to else "by"))
    if until < present:
        raise Refused(webhook_refusals.past())
    return until


def _later(present: datetime, by: str) -> datetime | None:
    ahead = span(by)
    try:
        return None if ahead is None else present + ahead
    except OverflowError:
        return None


_ADVANCE = (Takes("to"), Takes("by"))
ENDPOINTS = (Endpoint("POST", "/v1/test_helpers/advance", _advance, _ADVANCE),)
