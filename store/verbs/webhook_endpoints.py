"""Webhook endpoints: the verbs of the places that are told of events."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Unpack

from store import refusals
from store.errors import Refusal, Refused
from store.event import Actor
from store.lists.window import Listed, Window
from store.shape.objects import previous_attributes
from store.shape.webhooks import deleted_shape, endpoint_shape
from store.sql import lists, webhooks
from store.sql.transaction import Transaction
from store.verbs.metadata import checked, merged
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs
from store.webhook.endpoint import (
    CREATED,
    DELETED,
    UPDATED,
    Endpoint,
    EndpointStatus,
    why_not_types,
    why_not_url,
)
from store.webhook.signing import SECRET

_NAME = lists.ENDPOINTS.name


class WebhookEndpoints(Verbs):
    """What can be asked of endpoints; their own events are sent to none of them."""

    def create(
        self,
        *,
        url: str,
        enabled_events: Sequence[str],
        actor: Actor,
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Endpoint:
        """Add an endpoint: it is told of what happens from now on.

        Raises:
            Refused: Nothing can be sent to the URL, or a type of event is none.
        """
        types = tuple(dict.fromkeys(enabled_events))
        said = {
            "url": url,
            "enabled_events": types,
            "description": description,
            "metadata": dict(metadata or {}),
        }
        request = Request("webhook_endpoints.create", said, actor, key)

        def act(tx: Transaction) -> Endpoint:
            _refuse(why_not_url(url) or why_not_types(types))
            made = Endpoint(
                id=tx.ids.new("we"),
                url=url,
                secret=tx.ids.new(SECRET),
                enabled_events=types,
                created=tx.now,
                description=description or None,
                metadata=checked(metadata),
            )
            tx.tell(CREATED, endpoint_shape(made))
            made = replace(made, seen=webhooks.newest(tx.connection))
            webhooks.add(tx.connection, made)
            return made

        return self._run(request, act, _recall, lambda made: made.id)

    def update(
        self,
        endpoint: str,
        *,
        actor: Actor,
        url: str | None = None,
        enabled_events: Sequence[str] | None = None,
        description: str | None = None,
        metadata: Mapping[str, str] | str | None = None,
        disabled: bool | None = None,
        key: str | None = None,
    ) -> Endpoint:
        """Change an endpoint.

        One that is disabled is sent nothing: what was on its way is given up, and of
        what happens meanwhile it is not told later.

        Raises:
            Refused: There is none, or it cannot become so.
        """
        given = {
            "url": url,
            "enabled_events": None if enabled_events is None else tuple(enabled_events),
            "description": description,
            "metadata": metadata,
            "disabled": disabled,
        }
        said = {"endpoint": endpoint, **given}
        request = Request("webhook_endpoints.update", said, actor, key)

        def act(tx: Transaction) -> Endpoint:
            before = _recall(tx, endpoint)
            after = replace(
                before,
                url=before.url if url is None else url,
                enabled_events=before.enabled_events
                if enabled_events is None
                else tuple(dict.fromkeys(enabled_events)),
                description=before.description
                if description is None
                else description or None,
                metadata=merged(before.metadata, metadata),
                status=_status(before, disabled=disabled),
            )
            _refuse(why_not_url(after.url) or why_not_types(after.enabled_events))
            return self._changed(tx, before, after)

        return self._run(request, act, _recall, lambda changed: changed.id)

    def _changed(self, tx: Transaction, before: Endpoint, after: Endpoint) -> Endpoint:
        shape = endpoint_shape(after)
        previous = previous_attributes(endpoint_shape(before), shape)
        if not previous:
            return before
        tx.tell(UPDATED, shape, previous=previous)
        if before.is_enabled and not after.is_enabled:
            webhooks.give_up_all(tx.connection, after.id, self._clock.now())
        if after.is_enabled and not before.is_enabled:
            after = replace(after, seen=webhooks.newest(tx.connection))
        webhooks.rewrite(tx.connection, after)
        return after

    def retrieve(self, endpoint: str) -> Endpoint:
        """Return an endpoint.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.ENDPOINTS, endpoint)

    def list(self, **window: Unpack[Window]) -> Listed[Endpoint]:
        """Return a page of endpoints, newest first.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.ENDPOINTS, window)

    def delete(self, endpoint: str, *, actor: Actor, key: str | None = None) -> str:
        """Delete an endpoint, and what was on its way there; return its id.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        said = {"endpoint": endpoint}
        request = Request("webhook_endpoints.delete", said, actor, key)

        def act(tx: Transaction) -> str:
            found = _recall(tx, endpoint)
            webhooks.remove(tx.connection, found.id)
            tx.tell(DELETED, deleted_shape(found.id))
            return found.id

        return self._run(request, act, lambda _, gone: gone, lambda gone: gone)


def _status(before: Endpoint, *, disabled: bool | None) -> EndpointStatus:
    if disabled is None:
        return before.status
    return EndpointStatus.DISABLED if disabled else EndpointStatus.ENABLED


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def _recall(tx: Transaction, given: str) -> Endpoint:
    found = lists.find(tx.connection, lists.ENDPOINTS, given)
    if found is None:
        raise Refused(refusals.no_such(_NAME, given, "id"))
    return found
