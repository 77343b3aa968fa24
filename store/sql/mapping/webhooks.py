"""Mapping of webhook endpoints, and of events on their way to them."""

import json

from store.clock import from_unix, to_unix
from store.sql.mapping.payments import Values, details_of, dumped, loaded, moment, unix
from store.sql.rows import NamedRow
from store.webhook.delivery import Delivery, DeliveryState
from store.webhook.endpoint import Endpoint, EndpointStatus


def endpoint_values(endpoint: Endpoint) -> Values:
    """Return an endpoint's row."""
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "secret": endpoint.secret,
        "enabled_events": dumped(endpoint.enabled_events),
        "description": endpoint.description,
        "details": details_of(endpoint.metadata, {}),
        "status": endpoint.status.value,
        "created": to_unix(endpoint.created),
        "seen": endpoint.seen,
    }


def endpoint_of(row: NamedRow) -> Endpoint:
    """Return the endpoint of a row."""
    metadata, _ = loaded(row.details)
    return Endpoint(
        id=row.id,
        url=row.url,
        secret=row.secret,
        enabled_events=tuple(json.loads(row.enabled_events)),
        description=row.description,
        metadata=metadata,
        status=EndpointStatus(row.status),
        created=from_unix(row.created),
        seen=row.seen,
    )


def delivery_values(delivery: Delivery) -> Values:
    """Return a delivery's row."""
    return {
        "endpoint": delivery.endpoint,
        "event": delivery.event,
        "event_seq": delivery.event_seq,
        "object_id": delivery.object_id,
        "state": delivery.state.value,
        "due": to_unix(delivery.due),
        "attempts": delivery.attempts,
        "status": delivery.status,
        "said": delivery.said,
        "ended": unix(delivery.ended),
    }


def delivery_of(row: NamedRow) -> Delivery:
    """Return the delivery of a row."""
    return Delivery(
        endpoint=row.endpoint,
        event=row.event,
        event_seq=row.event_seq,
        object_id=row.object_id,
        state=DeliveryState(row.state),
        due=from_unix(row.due),
        attempts=row.attempts,
        status=row.status,
        said=row.said,
        ended=moment(row.ended),
    )
