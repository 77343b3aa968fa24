"""Webhooks: from the log of events to each endpoint's queue, and through it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from store.clock import to_unix
from store.event import Event
from store.sql import event_log, lists
from store.sql.mapping.money import event_of
from store.sql.mapping.webhooks import (
    delivery_of,
    delivery_values,
    endpoint_of,
    endpoint_values,
)
from store.sql.rows import named
from store.sql.tables import EVENT, WEBHOOK_DELIVERY, WEBHOOK_ENDPOINT
from store.webhook.delivery import OPEN, Delivery, DeliveryState, Pace, Parcel
from store.webhook.endpoint import Endpoint, EndpointStatus

LOOKED_THROUGH = 200
"""So many events of the log are looked through at once."""
_PARTS = 50
"""So often in one transaction, where none is wanted."""
_KEPT = timedelta(days=30)
_OPEN = [one.value for one in OPEN]
_ENDED = [one.value for one in DeliveryState if one not in OPEN]
_BEHIND, _WAITING = DeliveryState.BEHIND.value, DeliveryState.WAITING.value
_T = WEBHOOK_DELIVERY.c
_Seen = Row[int, str, str, str]


def add(connection: Connection, endpoint: Endpoint) -> None:
    """Write a new endpoint."""
    connection.execute(insert(WEBHOOK_ENDPOINT), endpoint_values(endpoint))


def rewrite(connection: Connection, endpoint: Endpoint) -> None:
    """Rewrite an endpoint."""
    this = update(WEBHOOK_ENDPOINT).where(WEBHOOK_ENDPOINT.c.id == endpoint.id)
    connection.execute(this.values(endpoint_values(endpoint)))


def remove(connection: Connection, endpoint_id: str) -> None:
    """Delete an endpoint, and everything that was on its way there."""
    connection.execute(
        delete(WEBHOOK_DELIVERY).where(WEBHOOK_DELIVERY.c.endpoint == endpoint_id)
    )
    connection.execute(
        delete(WEBHOOK_ENDPOINT).where(WEBHOOK_ENDPOINT.c.id == endpoint_id)
    )


def give_up_all(connection: Connection, endpoint_id: str, now: datetime) -> None:
    """Give up everything that is on its way to an endpoint."""
    query = update(WEBHOOK_DELIVERY).where(
        _T.endpoint == endpoint_id, _T.state.in_(_OPEN)
    )
    ended = {"state": DeliveryState.GIVEN_UP.value, "ended": to_unix(now)}
    connection.execute(query.values(ended))


def enabled(connection: Connection) -> tuple[Endpoint, ...]:
    """Return the endpoints that are sent anything, the oldest first."""
    wanted = WEBHOOK_ENDPOINT.c.status == EndpointStatus.ENABLED.value
    query = select(WEBHOOK_ENDPOINT).where(wanted).order_by(WEBHOOK_ENDPOINT.c.seq)
    return tuple(map(endpoint_of, connection.execute(query)))


def pending(connection: Connection, events: Sequence[Event]) -> Mapping[str, int]:
    """Return by their ids how many endpoints some events are still on their way to.

    What no endpoint has looked at yet is on its way to those that want it.
    """
    endpoints = enabled(connection)
    if not endpoints or not events:
        return {}
    on_way = Counter(
        one.id
        for one in events
        for endpoint in endpoints
        if endpoint.seen < one.seq and endpoint.wants(one.type)
    )
    query = select(_T.event).where(
        _T.endpoint.in_([one.id for one in endpoints]),
        _T.event_seq.in_([one.seq for one in events]),
        _T.state.in_(_OPEN),
    )
    on_way.update(connection.execute(query).scalars())
    return on_way


def newest(connection: Connection) -> int:
    """Return the place in the log of the newest event."""
    return int(connection.execute(select(func.max(EVENT.c.seq))).scalar() or 0)


def since(
    connection: Connection, seq: int, types: Sequence[str], limit: int
) -> tuple[Event, ...]:
    """Return events after a place in the log, as they happened."""
    wanted = (EVENT.c.seq > seq, *event_log.of_api(types))
    query = select(EVENT).where(*wanted).order_by(EVENT.c.seq).limit(limit)
    return tuple(map(event_of, named(connection.execute(query))))


def has_news(connection: Connection, endpoint: Endpoint) -> bool:
    """Tell whether the log has events for an endpoint, or many that are none."""
    found, looked = _news(connection, endpoint)
    return bool(found) or len(looked) == LOOKED_THROUGH


def queue_up(connection: Connection, endpoint: Endpoint, now: datetime) -> Endpoint:
    """Put the next events of the log into an endpoint's queue; return it after them.

    An event stands behind every earlier one about the same object.
    """
    found, looked = _news(connection, endpoint)
    if not looked:
        return endpoint
    objects = {row.object_id for row in found}
    query = select(_T.object_id).where(
        _T.endpoint == endpoint.id, _T.object_id.in_(objects), _T.state.in_(_OPEN)
    )
    open_ = set(connection.execute(query).scalars())
    for row in found:
        behind = row.object_id in open_
        queued = Delivery(
            endpoint=endpoint.id,
            event=row.id,
            event_seq=row.seq,
            object_id=row.object_id,
            state=DeliveryState.BEHIND if behind else DeliveryState.WAITING,
            due=now,
        )
        connection.execute(insert(WEBHOOK_DELIVERY), delivery_values(queued))
        open_.add(row.object_id)
    after = replace(endpoint, seen=looked[-1].seq)
    rewrite(connection, after)
    _forget(connection, endpoint, now)
    return after


def _news(
    connection: Connection, endpoint: Endpoint
) -> tuple[list[_Seen], list[_Seen]]:
    """Return the next events that an endpoint wants, and all that were looked at."""
    event = EVENT.c
    query: Select[int, str, str, str] = (
        select(event.seq, event.id, event.type, event.object_id)
        .where(event.seq > endpoint.seen)
        .order_by(event.seq)
    )
    looked = list(connection.execute(query.limit(LOOKED_THROUGH)))
    return [one for one in looked if endpoint.wants(one.type)], looked


def _forget(connection: Connection, endpoint: Endpoint, now: datetime) -> None:
    """Forget what ended long ago."""
    query = delete(WEBHOOK_DELIVERY).where(
        _T.endpoint == endpoint.id,
        _T.state.in_(_ENDED),
        _T.due < to_unix(now - _KEPT),
    )
    connection.execute(query)


def due(connection: Connection, endpoint_id: str, now: datetime) -> Delivery | None:
    """Return what is sent next to an endpoint; None where nothing is due."""
    query = select(WEBHOOK_DELIVERY).where(
        _T.endpoint == endpoint_id, _T.state == _WAITING, _T.due <= to_unix(now)
    )
    row = connection.execute(query.order_by(_T.due, _T.event_seq).limit(1)).first()
    return delivery_of(row) if row else None


def claim(
    connection: Connection, endpoint_id: str, now: datetime, pace: Pace
) -> Parcel | None:
    """Write down that an event is about to be sent, before it is."""
    found = lists.find(connection, lists.ENDPOINTS, endpoint_id)
    if found is None or not found.is_enabled:
        return None
    waiting = due(connection, found.id, now)
    for _ in range(_PARTS):
        if waiting is not None:
            break
        after = queue_up(connection, found, now)
        waiting = due(connection, found.id, now)
        if after.seen == found.seen:
            break
        found = after
    if waiting is None:
        return None
    event = lists.find(connection, lists.EVENTS, waiting.event)
    under_way = waiting.claimed(now, pace)
    write(connection, waiting, under_way)
    if event is None:
        return None
    count = pending(connection, (event,)).get(event.id, 0)
    return Parcel(found, under_way, event, count)


def write(connection: Connection, before: Delivery, after: Delivery) -> bool:
    """Rewrite a delivery that is still as it was, and let the next one go after it.

    Tells whether it was: what another process took over meanwhile is its own.
    """
    query = update(WEBHOOK_DELIVERY).where(
        _T.endpoint == before.endpoint,
        _T.event_seq == before.event_seq,
        _T.state == before.state.value,
        _T.attempts == before.attempts,
    )
    if not connection.execute(query.values(delivery_values(after))).rowcount:
        return False
    if after.has_ended:
        _free(connection, after)
    return True


def _free(connection: Connection, ended: Delivery) -> None:
    following = select(func.min(_T.event_seq)).where(
        _T.endpoint == ended.endpoint,
        _T.object_id == ended.object_id,
        _T.state == _BEHIND,
    )
    seq = connection.execute(following).scalar()
    if seq is not None:
        this = update(WEBHOOK_DELIVERY).where(
            _T.endpoint == ended.endpoint, _T.event_seq == seq
        )
        connection.execute(this.values(state=_WAITING))


def of_endpoint(connection: Connection, endpoint_id: str) -> tuple[Delivery, ...]:
    """Return everything that was ever on its way to an endpoint, in order."""
    query = select(WEBHOOK_DELIVERY).where(_T.endpoint == endpoint_id)
    return tuple(map(delivery_of, connection.execute(query.order_by(_T.event_seq))))
