"""Carrying out: one request becomes one verb, answered once for each key."""

import hashlib
import json
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store import refusals
from store.desk.replied import Replied, ReplyingKey
from store.errors import Refused, StoreError, WouldWait
from store.event import Actor, Face
from store.http import answers, expanding
from store.http.answers import Declined, RefusedOf, Reply
from store.http.connected import verb_of
from store.http.forms import Tree
from store.http.routes import Call, Endpoint
from store.http.takes import EXPAND, read
from store.key import of_account

if TYPE_CHECKING:
    from store import Store

REPLAYED = {"Idempotent-Replayed": "true"}
_DONE = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was read from the wire and whose key was taken."""

    endpoint: Endpoint
    path: str
    ids: Mapping[str, str]
    form: Tree
    who: str
    request: str
    """Its own id, which its events carry too."""
    key: str | None = None
    account: str | None = None
    shown_key: str = ""
    """The API key, as it may be shown."""

    @property
    def kept_key(self) -> str | None:
        """Return what its key is kept as: each account has keys of its own."""
        return None if self.key is None else of_account(self.account, self.key)

    @property
    def command(self) -> str:
        """Return a digest of everything that its key is bound to."""
        said = [self.endpoint.method, self.path, self.form, self.account]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @property
    def reads_little(self) -> bool:
        """Tell whether a few rows that an index finds are the whole answer."""
        return self.endpoint.quick and EXPAND.name not in self.form


def at_once(store: "Store", asked: Asked) -> Reply | None:
    """Answer a request where nobody is waited for; None says: ask elsewhere.

    So the thread that takes requests need not hand it to another, which takes longer
    than most of what reads little.
    """
    with suppress(WouldWait), store.at_once():
        return carry_out(store, asked)
    return None


def carry_out(store: "Store", asked: Asked) -> Reply:
    """Answer a request; whatever happens, there is an answer.

    Raises:
        WouldWait: It is to be answered at once and cannot be; nothing was done.
    """
    try:
        return _once(store, asked)
    except WouldWait:
        raise
    except StoreError as error:
        return answers.failed(error)
    except Exception:  # noqa: BLE001 - a client never sees what broke
        return broke(asked.request)


def broke(request: str) -> Reply:
    """Say on the server where the code broke, and to the client only that it did."""
    # Lines of code name no data; messages of exceptions may.
    told = traceback.format_exc(limit=-8).splitlines()
    lines = [line for line in told if line.startswith("  File ")]
    sys.stderr.write("\n".join((f"{request} broke:", *lines, "")))
    return answers.broken()


def _once(store: "Store", asked: Asked) -> Reply:
    kept = asked.kept_key
    if kept is None or not asked.endpoint.writes:
        return _answered(store, asked)
    key, direct = ReplyingKey(kept), asked.endpoint.direct
    was_done = False
    if not direct:
        # The transaction cannot keep the reply: it is kept after it, and who was
        # there before is asked first.
        if replayed := _replayed(store, asked, kept):
            return replayed
        was_done = store.answer(kept) is not None
    reply = _answered(store, asked, key)
    if key.kept is not None:
        return reply
    # Such a verb knows by itself whether its key was used: nearly never it was.
    if direct and (replayed := _replayed(store, asked, kept)):
        return replayed
    # It is done, whatever becomes of the reply: asked again, the verb itself tells.
    with suppress(StoreError):
        if store.answer(kept) is not None:
            told = Replied(asked.command, reply.status, reply.body)
            store.replies.keep(kept, told)
    if was_done or key.was_used:
        return replace(reply, headers={**reply.headers, **REPLAYED})
    return reply


def _replayed(store: "Store", asked: Asked, key: str) -> Reply | None:
    """Return what the key was replied before; None where it never was.

    Raises:
        Refused: That was the reply to another request.
    """
    kept = store.replies.find(key)
    if kept is None:
        return None
    if kept.command != asked.command:
        raise Refused(refusals.idempotency_mismatch(asked.key or key))
    return Reply(kept.status, kept.body, REPLAYED)


def _answered(store: "Store", asked: Asked, key: ReplyingKey | None = None) -> Reply:
    """Let the verb do it; what it refuses is an answer as well."""
    try:
        given: dict[str, Any] = read(asked.endpoint.known, asked.form)
        expand: tuple[str, ...] = given.pop("expand", ())
        call = Call(
            store=store,
            path=asked.path,
            ids=asked.ids,
            given=given,
            actor=Actor(asked.who, Face.API, asked.request),
            key=key,
            account=asked.account,
        )
        writes = asked.endpoint.writes
        if writes:
            expanding.check(asked.endpoint.shows, expand)
        verb = verb_of(asked.endpoint, call, asked.shown_key)
        if key is not None and asked.endpoint.direct and not expand:
            key.render = lambda result: Replied(
                asked.command, _DONE, answers.done(call, result, ()).body
            )
        result = verb(call)
        if key is not None and key.kept is not None:
            return Reply(key.kept.status, key.kept.body)
        return answers.done(call, result, expand, written=writes)
    except RefusedOf as refused:
        return answers.refused(refused.refusal, refused.beside)
    except Refused as refused:
        return answers.refused(refused.refusal)
    except Declined as declined:
        return answers.declined(declined)
