"""Answers: what a verb returned, as the JSON that the API answers with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store import refusals
from store.errors import Refusal, Refused, StoreBusy, StoreError
from store.http.expanding import expanded
from store.http.fetching import shown
from store.http.routes import Call
from store.http.written import listed
from store.lists.window import Found, Listed
from store.refusals import http as http_refusals
from store.shape.account import list_shape
from store.shape.objects import Json

_ASK_AGAIN = (409, 429)
_WRONG = 400


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a status, a body of JSON, and what its headers say."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Declined(Exception):
    """A payment that was tried and declined: carried out, and answered with 402."""

    def __init__(self, error: Json) -> None:
        super().__init__(error.get("message"))
        self.error = error


class RefusedOf(Refused):
    """A refusal that shows what it is about, as the API does of payment intents."""

    def __init__(self, refusal: Refusal, beside: Json) -> None:
        super().__init__(refusal)
        self.beside = beside


def done(
    call: Call, result: object, expand: Sequence[str], *, written: bool = False
) -> Reply:
    """Return the answer to a request that was carried out.

    Raises:
        Refused: Something is to be expanded that cannot be.
    """
    if isinstance(result, Listed) and not expand:
        around = list_shape([], call.path, has_more=result.has_more)
        del around["data"]
        return Reply(200, listed(result, around))
    shape = shaped(call, result)
    return Reply(200, _json(expanded(call.store, shape, expand, written=written)))


def shaped(call: Call, result: object) -> Json:
    """Return a verb's answer as the API writes it."""
    match result:
        case Listed():
            data = [shown(one) for one in result]
            return list_shape(data, call.path, has_more=result.has_more)
        case Found():
            return {
                "object": "search_result",
                "data": [shown(one) for one in result],
                "has_more": result.has_more,
                "next_page": result.next_page,
                "url": call.path,
            }
        case _:
            return shown(result)


def refused(refusal: Refusal, beside: Mapping[str, object] | None = None) -> Reply:
    """Return the answer to a request that the rules refuse, with what it is about."""
    headers = {}
    if refusal.status >= _WRONG:
        again = refusal.status in _ASK_AGAIN
        headers["Stripe-Should-Retry"] = "true" if again else "false"
    if refusal.status == 401:  # noqa: PLR2004 - what asks for a key
        headers["WWW-Authenticate"] = 'Basic realm="Refund Desk"'
    body = {"error": {**refusal.body()["error"], **(beside or {})}}
    return Reply(refusal.status, _json(body), headers)


def declined(error: Declined) -> Reply:
    """Return the answer to a payment that was declined."""
    headers = {"Stripe-Should-Retry": "false"}
    return Reply(402, _json({"error": error.error}), headers)


def failed(error: StoreError) -> Reply:
    """Return the answer where the store could not do it."""
    match error:
        case Refused():
            return refused(error.refusal)
        case StoreBusy():
            return refused(refusals.lock_timeout())
        case _:
            return refused(Refusal(str(error), status=500, type="api_error"))


def broken() -> Reply:
    """Return the answer to what should not have happened."""
    return refused(http_refusals.failed())


def _json(shape: Mapping[str, object]) -> str:
    return json.dumps(shape)
